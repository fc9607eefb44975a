/* Runs a fuzzer's entry point over every file of the folders named on the command line, for builds
 * without libFuzzer. No folder, an empty one or an unreadable file is a failure. */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(size ? size : 1); /* exact, so that a byte too far is seen */
    int failed = !file || !data || fread(data, 1, size, file) != size;
    if (failed) fprintf(stderr, "%s: cannot be read\n", path);
    else LLVMFuzzerTestOneInput(data, size);
    free(data);
    if (file) fclose(file);
    return failed;
}

/** How many files were run; -1 = one could not be. */
static long run_folder(const char *folder)
{
    DIR *listing = opendir(folder);
    if (!listing) return -1;
    long n = 0;
    for (struct dirent *entry; n >= 0 && (entry = readdir(listing)) != NULL;) {
        char path[4096];
        struct stat about;
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (length < 0 || (size_t)length >= sizeof path || stat(path, &about) != 0) n = -1;
        else if (S_ISREG(about.st_mode)) n = run_file(path, (size_t)about.st_size) ? -1 : n + 1;
    }
    closedir(listing);
    return n;
}

int main(int count, char **folder)
{
    if (count < 2) return fprintf(stderr, "usage: %s FOLDER...\n", folder[0]), 2;
    for (int k = 1; k < count; k++) {
        long n = run_folder(folder[k]);
        if (n <= 0) return fprintf(stderr, "%s: no files were run\n", folder[k]), 1;
        printf("%s: %ld files\n", folder[k], n);
    }
    return 0;
}
