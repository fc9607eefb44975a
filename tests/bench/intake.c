/* How long does reading an incident file take, all checks on, one thread?
 *
 * Prints the counts and each time as it was taken, then the median and the least beside a bare
 * count of the same bytes' line ends.
 *
 *     bench_intake FILE.csv [TIMES]        default: 5, at most 99 */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/incidents/intake.h"
#include "tests/bench/draws.h"

enum { RUNS = 5, MOST = 99 };

static ptrdiff_t read_file(void *self, char *into, size_t room)
{
    return read(*(int *)self, into, room);
}

static int need_file(const char *path)
{
    int handle = open(path, O_RDONLY);
    if (handle >= 0) return handle;
    perror(path);
    exit(2);
}

static double count_lines(const char *path)
{
    static char block[1 << 16];
    double begun = bench_now();
    int handle = need_file(path);
    size_t lines = 0;
    for (ptrdiff_t n; (n = read(handle, block, sizeof block)) > 0;)
        for (const char *p = block; (p = memchr(p, '\n', (size_t)(block + n - p))); p++) lines++;
    close(handle);
    return lines ? bench_now() - begun : 0;
}

typedef struct {
    uint64_t read, accepted;
} tally;

static double read_rows(const char *path, uint64_t bytes, tally *found)
{
    hot_intake in = {0};
    hot_intake_rules rules = {.degrees = {-9, 49, 3, 62}};
    hot_error error;
    double begun = bench_now();
    int handle = need_file(path);
    hot_status status =
        hot_intake_read((hot_source){read_file, &handle, bytes}, path, &rules, &in, &error);
    double time = bench_now() - begun;
    close(handle);
    if (status != HOT_OK) {
        fprintf(stderr, "%s\n", error.text);
        exit(2);
    }
    *found = (tally){in.read, in.rows.n};
    hot_intake_free(&in);
    return time;
}

int main(int argc, char **argv)
{
    double reads[MOST], counts[MOST];
    tally rows = {0};
    struct stat facts;
    if (argc < 2 || stat(argv[1], &facts) != 0) return 2;
    int runs = argc > 2 ? atoi(argv[2]) : RUNS;
    if (runs < 1 || runs > MOST) return 2;
    for (int run = 0; run < runs; run++) {
        counts[run] = count_lines(argv[1]);
        reads[run] = read_rows(argv[1], (uint64_t)facts.st_size, &rows);
    }
    printf("read %llu accepted %llu seconds", (unsigned long long)rows.read,
           (unsigned long long)rows.accepted);
    for (int run = 0; run < runs; run++) printf(" %.6f", reads[run]);
    double count = bench_median(counts, runs), median = bench_median(reads, runs);
    printf("\n%.0f MB: median %.3f s, least %.3f s (%.0f MB/s), line ends alone %.3f s, "
           "ratio %.1f\n",
           (double)facts.st_size / 1e6, median, reads[0], (double)facts.st_size / 1e6 / median,
           count, median / count);
    return 0;
}
