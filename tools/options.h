/** @file options.h
 *  Commands and their options, from tables: reading the arguments, the help and the completion all
 *  follow from what is declared here and in the catalogue.
 */
#ifndef HOT_TOOLS_OPTIONS_H
#define HOT_TOOLS_OPTIONS_H

#include "layers/catalogue/catalogue.h"
#include "layers/settings.h"

/** What a command was given. */
typedef struct {
    hot_settings settings;
    const char **path; /**< [n_paths] the arguments that are no options; owned by argv */
    size_t n_paths;
    bool done; /**< the help was asked for and printed */
} hot_asked;

typedef struct hot_command hot_command;
struct hot_command {
    const char *name;
    const char *arguments;     /**< "INCIDENTS..." */
    const char *about;         /**< one line */
    const char *examples;      /**< after the options in its help */
    const hot_option *options; /**< [n_options] of this command alone */
    size_t n_options;
    bool analyses; /**< takes the options of reading and analysing */
    size_t least_paths, most_paths;
    const char *analysis; /**< the word of the one analysis that it makes; NULL = none or all */
    int (*run)(const hot_command *command, const hot_asked *asked); /**< gives the exit code */
};

/** Read the arguments after the command's name.
 *  @return HOT_OK; HOT_USAGE with a sentence. Free with hot_asked_free in either case. */
HOT_MUST_USE hot_status hot_asked_read(const hot_command *command, int argc, char **argv,
                                       hot_asked *asked, hot_error *error);
/** Only the command's options with their defaults, as if no argument had been given. */
HOT_MUST_USE hot_status hot_asked_declare(const hot_command *command, hot_asked *asked);
void hot_asked_free(hot_asked *asked);

extern const hot_command hot_command_run, hot_command_check, hot_command_map, hot_command_sample,
    hot_command_doctor, hot_command_evaluate;

/** The command of an analysis that has one (that declares examples): `run` with nothing else. */
hot_command hot_command_of(const hot_analysis *analysis);

/** Say why a command failed, in one sentence on stderr, and give the exit code: 2 usage, 130
 *  stopped, else 1. */
int hot_explain(hot_status status, const hot_error *error);

/** After the last of what a command prints on stdout: was it written to its last byte?
 *  @param code  the exit code if it was
 *  @return code; or 1, with a sentence on stderr, where it was not and `code` is no failure (0, 3)
 */
int hot_said(int code);

/** Data for another program, on stdout, checked so. */
int hot_say_data(const char *text);

#endif
