/* hotbeat: hot spots by beat. The verb chooses the command. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/base/version.h"
#include "tools/options.h"
#include "tools/plain.h"
#include "tools/progress.h"

static const hot_command *const commands[] = {&hot_command_run,    &hot_command_check,
                                              &hot_command_map,    &hot_command_evaluate,
                                              &hot_command_sample, &hot_command_doctor};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void help(FILE *to)
{
    fprintf(to, "hotbeat " HOT_VERSION ": where harm gathers, by ward and by beat\n\n"
                "  hotbeat COMMAND [OPTION...] FILE...\n\n");
    for (size_t k = 0; k < COMMANDS; k++)
        fprintf(to, "  %-13s %s\n", commands[k]->name, commands[k]->about);
    fprintf(to, "\nOne analysis of a run, alone:\n\n");
    for (size_t k = 0; k < hot_catalogue_size; k++)
        if (hot_catalogue[k]->examples)
            fprintf(to, "  %-13s %s\n", hot_catalogue[k]->word, hot_catalogue[k]->about);
    fprintf(to,
            "\nhotbeat COMMAND --help says more. To try it without any data of your own:\n\n"
            "  hotbeat sample town\n"
            "  cd town\n"
            "  hotbeat run incidents/*.csv --areas ward=town.gpkg:wards \\\n"
            "      --areas beat=town.gpkg:beats --type \"Anti-social behaviour\" --out result\n");
}

/** @return whether there is a command of that name */
static bool find_command(const char *name, hot_command *command)
{
    for (size_t k = 0; k < COMMANDS; k++) {
        *command = *commands[k];
        if (strcmp(command->name, name) == 0) return true;
    }
    for (size_t k = 0; k < hot_catalogue_size; k++) {
        *command = hot_command_of(hot_catalogue[k]);
        if (command->examples && strcmp(command->name, name) == 0) return true;
    }
    return false;
}

static int run_command(const hot_command *command, int argc, char **argv)
{
    hot_asked asked;
    hot_error error = {{0}};
    hot_status status = hot_asked_read(command, argc, argv, &asked, &error);
    int code = status != HOT_OK ? hot_explain(status, &error)
               : asked.done     ? hot_said(0)
                                : command->run(command, &asked);
    hot_asked_free(&asked);
    return code;
}

static void list_commands(void)
{
    for (size_t k = 0; k < COMMANDS; k++) puts(commands[k]->name);
    for (size_t k = 0; k < hot_catalogue_size; k++)
        if (hot_catalogue[k]->examples) puts(hot_catalogue[k]->word);
}

/** The completion script asks for the words that may follow. */
static void list_options(const char *name)
{
    hot_command command;
    hot_asked asked;
    if (!find_command(name, &command)) return;
    hot_status status = hot_asked_declare(&command, &asked);
    for (size_t o = 0; status == HOT_OK && o < asked.settings.n; o++)
        printf("--%s\n", asked.settings.setting[o].option->name);
    hot_asked_free(&asked);
}

/** What is asked of the program itself. @return its exit code, or -1 where it is none of these */
static int answer(const char *verb, const char *more)
{
    if (strcmp(verb, "--help") == 0 || strcmp(verb, "help") == 0)
        help(stdout);
    else if (strcmp(verb, "--list-options") == 0)
        more ? list_options(more) : list_commands();
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
    hot_command command;
    if (find_command(verb, &command)) return run_command(&command, argc - 1, argv + 1);
    char plain[64];
    fprintf(stderr, "hotbeat: %s: there is no such command; see hotbeat --help.\n",
            hot_plain(verb, plain, sizeof plain));
    return 2;
}
