/* Any bytes as a run.json: the options it holds are taken as if they had been typed, or it is
 * refused with a sentence. */
#define _POSIX_C_SOURCE 200809L

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const hot_option table[] = {
    {"areas", HOT_OPTION_SOURCE, "NAME=FILE", NULL, NULL, "", "", false},
    {"type", HOT_OPTION_LIST, "TEXT", NULL, NULL, "", "", false},
    {"cell", HOT_OPTION_METRES, "DISTANCE", "50m", NULL, "", "", false},
    {"maps", HOT_OPTION_CHOICE, "WHICH", "all", "all|none", "", "", false},
    {"grid", HOT_OPTION_TEXT, "FILE", NULL, NULL, "", "", false},
    {"max-rejected", HOT_OPTION_SHARE, "SHARE", NULL, NULL, "", "", false},
    {"show-places", HOT_OPTION_FLAG, NULL, NULL, NULL, "", "", false},
};

static void must(bool holds)
{
    if (!holds) abort();
}

/** A file of these bytes, the same one again and again. */
static const char *file_of(const uint8_t *data, size_t size)
{
    static char path[] = "/tmp/hotbeat-config-XXXXXX";
    static int file = -1;
    if (file < 0) file = mkstemp(path);
    must(file >= 0 && ftruncate(file, 0) == 0);
    must(pwrite(file, data, size, 0) == (ssize_t)size);
    return path;
}

static void settings_hold(const hot_settings *all)
{
    for (size_t k = 0; k < all->n; k++) {
        const hot_setting *s = &all->setting[k];
        bool many = s->option->kind == HOT_OPTION_SOURCE || s->option->kind == HOT_OPTION_LIST;
        must(many || s->n <= 1);
        for (size_t i = 0; i < s->n; i++) must(s->text[i] != NULL);
    }
    must(hot_settings_number(all, "cell") >= 0);
    must(hot_settings_is(all, "maps", "all") || hot_settings_is(all, "maps", "none"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hot_error error = {{0}};
    hot_asked asked = {0};
    if (hot_settings_declare(&asked.settings, table, sizeof table / sizeof *table)) abort();
    if (hot_settings_set(&asked.settings, "type", "typed", &error)) abort();
    const char *path = file_of(data, size);
    hot_status status = hot_config_take(path, &asked, &error);
    must(status == HOT_OK || status == HOT_INPUT || status == HOT_USAGE);
    must(status == HOT_OK || error.text[0]);
    must(hot_settings_of(&asked.settings, "type")->n == 1); /* what was typed stands */
    settings_hold(&asked.settings);
    hot_study none = {0};
    status = hot_config_check(path, &none, &error);
    must(status == HOT_OK || (status == HOT_INPUT && error.text[0]));
    hot_settings_free(&asked.settings);
    return 0;
}
