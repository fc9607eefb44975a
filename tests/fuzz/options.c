/* Values of options of any bytes, a line each: what is taken is in its range, what is refused is
 * refused with a sentence and leaves the number as it was. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "layers/read/areas.h"
#include "layers/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const hot_option table[] = {
    {"text", HOT_OPTION_TEXT, "TEXT", NULL, NULL, "", "", false},
    {"metres", HOT_OPTION_METRES, "DISTANCE", NULL, NULL, "", "", false},
    {"count", HOT_OPTION_COUNT, "N", "0", NULL, "", "", false},
    {"share", HOT_OPTION_SHARE, "SHARE", NULL, NULL, "", "", false},
    {"hours", HOT_OPTION_HOURS, "TIME", "48h", NULL, "", "", false},
    {"choice", HOT_OPTION_CHOICE, "WHICH", "all", "all|overview|none", "", "", false},
    {"list", HOT_OPTION_LIST, "TEXT", NULL, NULL, "", "", false},
};
enum { OPTIONS = sizeof table / sizeof *table };

static void must(bool holds)
{
    if (!holds) abort();
}

static void number_holds(const hot_setting *s)
{
    double v = s->number;
    switch (s->option->kind) {
    case HOT_OPTION_METRES:
        must(v >= 0 && v <= 1e10);
        break;
    case HOT_OPTION_COUNT:
        must(v >= 0 && v <= 1e18 && v == floor(v));
        break;
    case HOT_OPTION_HOURS:
        must(v >= 0 && v <= 744);
        break;
    case HOT_OPTION_SHARE:
        must(v >= 0 && v <= 1);
        break;
    default:
        must(isnan(v));
        break;
    }
}

static void choice_holds(const hot_settings *all)
{
    must(hot_settings_is(all, "choice", "all") || hot_settings_is(all, "choice", "overview") ||
         hot_settings_is(all, "choice", "none"));
}

static void option_holds(hot_settings *all, const char *name, const char *value)
{
    hot_error error = {{0}};
    const hot_setting *s = hot_settings_of(all, name);
    size_t n = s->n;
    double before = s->number;
    hot_status status = hot_settings_set(all, name, value, &error);
    if (status == HOT_OK) {
        must(s->given && s->n == (s->option->kind == HOT_OPTION_LIST ? n + 1 : 1));
        must(strcmp(hot_settings_text(all, name), value) == 0);
        number_holds(s);
    } else {
        must(status == HOT_USAGE && error.text[0] && s->n == n);
        must(memcmp(&before, &s->number, sizeof before) == 0);
    }
    choice_holds(all);
}

static bool is_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return n > 0 && n <= 40 && name[n] == 0 && name[0] >= 'a' && name[0] <= 'z';
}

static void source_holds(const char *text)
{
    hot_error error = {{0}};
    hot_source_spec spec = {0};
    hot_status status = hot_source_parse("--areas", text, &spec, &error);
    if (status == HOT_OK) {
        must(is_name(spec.name) && spec.path && spec.path[0]);
        must(strncmp(text + strlen(spec.name) + 1, spec.path, strlen(spec.path)) == 0);
        must(!spec.layer || spec.layer[0]);
        must(spec.epsg >= 0);
        hot_source_free(&spec);
    } else {
        must((status == HOT_USAGE || status == HOT_INPUT) && error.text[0]);
    }
    must(!spec.name && !spec.path && !spec.layer && !spec.code && !spec.label && !spec.parent);
}

static void line_holds(hot_settings *all, const uint8_t *at, size_t n)
{
    char *text = malloc(n + 1);
    if (!text) abort();
    if (n) memcpy(text, at, n);
    text[n] = 0;
    for (int k = 0; k < OPTIONS; k++) option_holds(all, table[k].name, text);
    source_holds(text);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hot_settings all = {0};
    if (hot_settings_declare(&all, table, OPTIONS) != HOT_OK) abort();
    for (size_t from = 0, to; from < size; from = to + 1) {
        for (to = from; to < size && data[to] != '\n';) to++;
        line_holds(&all, data + from, to - from);
    }
    hot_settings_free(&all);
    return 0;
}
