#include "layers/settings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/number.h"

bool hot_metres_parse(const char *text, double *metres)
{
    size_t n = strlen(text);
    double unit = 1, value;
    if (n > 2 && strcmp(text + n - 2, "km") == 0) {
        unit = 1000;
        n -= 2;
    } else if (n > 1 && text[n - 1] == 'm') {
        n--;
    }
    if (!hot_number_parse(text, n, &value) || !(value >= 0) || value > 1e7) return false;
    *metres = value * unit;
    return true;
}

bool hot_hours_parse(const char *text, double *hours)
{
    size_t n = strlen(text);
    bool days = n > 1 && text[n - 1] == 'd', unit = days || (n > 1 && text[n - 1] == 'h');
    double value;
    if (!hot_number_parse(text, n - unit, &value)) return false;
    if (days) value *= 24;
    if (!(value >= 0 && value <= 31 * 24)) return false;
    *hours = value;
    return true;
}

static bool share_parse(const char *text, double *share)
{
    size_t n = strlen(text);
    bool percent = n > 1 && text[n - 1] == '%';
    double value;
    if (!hot_number_parse(text, n - percent, &value)) return false;
    if (percent) value /= 100;
    if (!(value >= 0 && value <= 1)) return false;
    *share = value;
    return true;
}

static bool count_parse(const char *text, double *count)
{
    int64_t n;
    if (!hot_integer_parse(text, strlen(text), &n) || n < 0) return false;
    *count = (double)n;
    return true;
}

bool hot_choice_has(const char *choices, const char *value)
{
    size_t n = strlen(value);
    if (strchr(value, '|')) return false; /* two of them are none */
    for (const char *c = choices; c; c = strchr(c, '|') ? strchr(c, '|') + 1 : NULL)
        if (strncmp(c, value, n) == 0 && (c[n] == '|' || c[n] == 0) && n) return true;
    return false;
}

static bool is_repeatable(const hot_option *o)
{
    return o->kind == HOT_OPTION_SOURCE || o->kind == HOT_OPTION_LIST;
}

static hot_status read_number(hot_setting *s, const char *value, hot_error *error)
{
    const hot_option *o = s->option;
    const char *expected = NULL;
    switch (o->kind) {
    case HOT_OPTION_METRES:
        if (hot_choice_has(o->choices, value))
            s->number = NAN;
        else if (!hot_metres_parse(value, &s->number))
            expected = o->choices ? "a distance such as 400m or 0.4km, or a word of the help"
                                  : "a distance such as 400, 400m or 0.4km";
        break;
    case HOT_OPTION_COUNT:
        if (!count_parse(value, &s->number)) expected = "a whole number";
        break;
    case HOT_OPTION_SHARE:
        if (!share_parse(value, &s->number)) expected = "a share such as 5% or 0.05";
        break;
    case HOT_OPTION_HOURS:
        if (!hot_hours_parse(value, &s->number)) expected = "a time such as 48h or 2d, at most 31d";
        break;
    case HOT_OPTION_CHOICE:
        if (!hot_choice_has(o->choices, value)) expected = o->choices;
        break;
    default:
        break;
    }
    if (!expected) return HOT_OK;
    return hot_fail(error, HOT_USAGE, "--%s %s: expected %s.", o->name, value, expected);
}

static hot_status keep_value(hot_settings *all, hot_setting *s, const char *value)
{
    if (!is_repeatable(s->option)) s->n = 0;
    if (!hot_grow(&s->text, &s->room, s->n + 1, sizeof *s->text)) return HOT_MEMORY;
    s->text[s->n] = hot_arena_text(&all->arena, value, strlen(value));
    if (!s->text[s->n]) return HOT_MEMORY;
    s->n++;
    return HOT_OK;
}

hot_status hot_settings_declare(hot_settings *all, const hot_option *options, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (!hot_grow(&all->setting, &all->room, all->n + 1, sizeof *all->setting))
            return HOT_MEMORY;
        hot_setting *s = &all->setting[all->n++];
        *s = (hot_setting){.option = &options[k], .number = NAN};
        if (!options[k].otherwise) continue;
        HOT_TRY(read_number(s, options[k].otherwise, NULL));
        HOT_TRY(keep_value(all, s, options[k].otherwise));
    }
    return HOT_OK;
}

static hot_setting *find(const hot_settings *all, const char *name)
{
    for (size_t k = 0; k < all->n; k++)
        if (strcmp(all->setting[k].option->name, name) == 0) return &all->setting[k];
    return NULL;
}

hot_status hot_settings_set(hot_settings *all, const char *name, const char *value,
                            hot_error *error)
{
    hot_setting *s = find(all, name);
    if (!s) return hot_fail(error, HOT_USAGE, "--%s: there is no such option here.", name);
    HOT_TRY(read_number(s, value, error));
    s->given = true;
    return keep_value(all, s, value);
}

void hot_settings_free(hot_settings *all)
{
    for (size_t k = 0; k < all->n; k++) hot_free(all->setting[k].text);
    hot_free(all->setting);
    hot_arena_free(&all->arena);
    *all = (hot_settings){0};
}

const hot_setting *hot_settings_of(const hot_settings *all, const char *name)
{
    const hot_setting *s = find(all, name);
    if (!s) abort();
    return s;
}

const char *hot_settings_text(const hot_settings *all, const char *name)
{
    const hot_setting *s = hot_settings_of(all, name);
    return s->n ? s->text[s->n - 1] : NULL;
}

double hot_settings_number(const hot_settings *all, const char *name)
{
    return hot_settings_of(all, name)->number;
}

bool hot_settings_is(const hot_settings *all, const char *name, const char *value)
{
    const char *text = hot_settings_text(all, name);
    return text && strcmp(text, value) == 0;
}

bool hot_settings_given(const hot_settings *all, const char *name)
{
    return hot_settings_of(all, name)->given;
}
