/* hotbeat: hot spots by beat. The verb chooses the command. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/base/version.h"
#include "tools/options.h"
#include "tools/plain.h"
#include "tools/progress.h"

const hot_command *const hot_commands[] = {
    &hot_command_run,     &hot_command_check,  &hot_command_kde,      &hot_command_gistar,
    &hot_command_repeats, &hot_command_change, &hot_command_temporal, &hot_command_concentration,
    &hot_command_map,     &hot_command_sample, &hot_command_doctor,
};
const size_t hot_commands_size = sizeof hot_commands / sizeof *hot_commands;

static void help(FILE *to)
{
    fprintf(to, "hotbeat " HOT_VERSION ": where harm gathers, by ward and by beat\n\n"
                "  hotbeat COMMAND [OPTION...] FILE...\n\n");
    for (size_t k = 0; k < hot_commands_size; k++)
        fprintf(to, "  %-13s %s\n", hot_commands[k]->name, hot_commands[k]->about);
    fprintf(to,
            "\nhotbeat COMMAND --help says more. To try it without any data of your own:\n\n"
            "  hotbeat sample town\n"
            "  cd town\n"
            "  hotbeat run incidents/*.csv --areas ward=town.gpkg:wards \\\n"
            "      --areas beat=town.gpkg:beats --type \"Anti-social behaviour\" --out result\n");
}

static int run_command(const hot_command *command, int argc, char **argv)
{
    hot_asked asked;
    hot_error error = {{0}};
    hot_status status = hot_asked_read(command, argc, argv, &asked, &error);
    int code = status != HOT_OK ? hot_explain(status, &error)
               : asked.done     ? hot_said(0)
                                : command->run(&asked);
    hot_asked_free(&asked);
    return code;
}

/** The completion script asks for the words that may follow. */
static void list_options(const char *name)
{
    for (size_t k = 0; k < hot_commands_size; k++) {
        if (!name) puts(hot_commands[k]->name);
        if (!name || strcmp(hot_commands[k]->name, name) != 0) continue;
        hot_asked asked;
        hot_status status = hot_asked_declare(hot_commands[k], &asked);
        for (size_t o = 0; status == HOT_OK && o < asked.settings.n; o++)
            printf("--%s\n", asked.settings.setting[o].option->name);
        hot_asked_free(&asked);
    }
}

/** What is asked of the program itself. @return its exit code, or -1 where it is none of these */
static int answer(const char *verb, const char *more)
{
    if (strcmp(verb, "--help") == 0 || strcmp(verb, "help") == 0)
        help(stdout);
    else if (strcmp(verb, "--list-options") == 0)
        list_options(more);
    else if (strcmp(verb, "--version") == 0)
        puts("hotbeat " HOT_VERSION);
    else
        return -1;
    return hot_said(0);
}

int main(int argc, char **argv)
{
    hot_listen();
    umask(077); /* what is written is for its owner alone, until the owner decides otherwise */
    if (argc < 2) {
        help(stderr);
        return 2;
    }
    const char *verb = argv[1];
    int code = answer(verb, argc > 2 ? argv[2] : NULL);
    if (code >= 0) return code;
    for (size_t k = 0; k < hot_commands_size; k++)
        if (strcmp(hot_commands[k]->name, verb) == 0)
            return run_command(hot_commands[k], argc - 1, argv + 1);
    char plain[64];
    fprintf(stderr, "hotbeat: %s: there is no such command; see hotbeat --help.\n",
            hot_plain(verb, plain, sizeof plain));
    return 2;
}
