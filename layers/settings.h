/** @file settings.h
 *  What the person asked for, by the names of the options.
 *
 *  Options are declared in tables: the common ones in tools/options.c, those of one analysis beside
 *  it in the catalogue. Help, completion, the manifest and the reading of arguments all follow from
 *  the tables.
 */
#ifndef HOT_LAYERS_SETTINGS_H
#define HOT_LAYERS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/memory.h"
#include "engine/base/status.h"

typedef enum {
    HOT_OPTION_TEXT,
    HOT_OPTION_METRES, /**< 400, 400m, 0.4km; >= 0 */
    HOT_OPTION_COUNT,  /**< a whole number >= 0 */
    HOT_OPTION_SHARE,  /**< 5% or 0.05 */
    HOT_OPTION_HOURS,  /**< 48, 48h or 2d, to 744h; hours */
    HOT_OPTION_CHOICE, /**< one of `choices` */
    HOT_OPTION_FILE,   /**< the path of a file, of which the manifest holds the name alone */
    HOT_OPTION_SOURCE, /**< NAME=FILE..., may be given again and again */
    HOT_OPTION_LIST,   /**< text, may be given again and again */
    HOT_OPTION_FLAG,   /**< there or not */
} hot_option_kind;

/** An option as declared. */
typedef struct {
    const char *name; /**< without the dashes */
    hot_option_kind kind;
    const char *argument;  /**< "DISTANCE"; NULL for a flag */
    const char *otherwise; /**< its value when it is not given; NULL = none */
    const char *choices;   /**< "all|overview|none"; of a distance the words that may stand for one,
                                whose number is NaN; of a file, words that are none */
    const char *group;     /**< heading in the help */
    const char *about;     /**< one line in the help */
    bool passing;          /**< says nothing of the result: not in the manifest */
} hot_option;

/** One option's value. */
typedef struct {
    const hot_option *option;
    const char **text; /**< [n] as given, or the default; bytes live in the settings */
    size_t n, room;
    double number; /**< metres, count, share or hours; NaN for other kinds or without a value */
    bool given;
} hot_setting;

typedef struct {
    size_t n, room;
    hot_setting *setting;
    hot_arena arena;
} hot_settings;

/** Add a table's options with their defaults. */
HOT_MUST_USE hot_status hot_settings_declare(hot_settings *settings, const hot_option *options,
                                             size_t n);
/** Set an option by name; a repeatable one gets one more value.
 *  @return HOT_OK; HOT_USAGE with a sentence for a name that is not known or a value that cannot be
 *  read */
HOT_MUST_USE hot_status hot_settings_set(hot_settings *settings, const char *name,
                                         const char *value, hot_error *error);
void hot_settings_free(hot_settings *settings);

/** The values; a name that was never declared is a defect of the program and stops it. */
const char *hot_settings_text(const hot_settings *settings, const char *name); /**< or NULL */
double hot_settings_number(const hot_settings *settings, const char *name);
bool hot_settings_is(const hot_settings *settings, const char *name, const char *value);
bool hot_settings_given(const hot_settings *settings, const char *name);
const hot_setting *hot_settings_of(const hot_settings *settings, const char *name);

/** Whether `value` is one of "one|two|three"; nothing is one of NULL. */
bool hot_choice_has(const char *choices, const char *value);
/** "400", "400m", "0.4km" -> metres. */
bool hot_metres_parse(const char *text, double *metres);
/** "48", "48h", "2d" -> hours, at most 31 days. */
bool hot_hours_parse(const char *text, double *hours);

#endif
