#include "layers/read/area_fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "engine/base/memory.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** Two letters or more, two digits, and the ending, each once: WD25CD, lsoa11nm, ltla24_code. */
static bool is_ons(const char *field, const char *end)
{
    size_t n = strlen(field), i = 0;
    while (i < n && ((field[i] >= 'A' && field[i] <= 'Z') || (field[i] >= 'a' && field[i] <= 'z')))
        i++;
    return i >= 2 && n == i + 2 + strlen(end) && is_digit(field[i]) && is_digit(field[i + 1]) &&
           strcasecmp(field + i + 2, end) == 0;
}

bool hot_is_ons_code(const char *field)
{
    return is_ons(field, "CD") || is_ons(field, "_code");
}

/** A field has a value in every feature. */
static bool is_full(const hot_vector *v, int field)
{
    for (size_t i = 0; i < v->n; i++) {
        const char *value = v->value[i * v->n_fields + (size_t)field];
        if (!value || !*value) return false;
    }
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/** No value comes twice. */
static bool is_distinct(const hot_vector *v, int field)
{
    const char **sorted = hot_new(v->n, sizeof *sorted);
    bool distinct = sorted != NULL;
    for (size_t i = 0; sorted && i < v->n; i++)
        sorted[i] = v->value[i * v->n_fields + (size_t)field];
    if (sorted) qsort(sorted, v->n, sizeof *sorted, by_text);
    for (size_t i = 1; i < v->n && distinct; i++) distinct = strcmp(sorted[i - 1], sorted[i]) != 0;
    hot_free(sorted);
    return distinct;
}

/** A field has a value in some feature. */
static bool is_used(const hot_vector *v, int field)
{
    for (size_t i = 0; field >= 0 && i < v->n; i++) {
        const char *value = v->value[i * v->n_fields + (size_t)field];
        if (value && *value) return true;
    }
    return false;
}

/** Of the fields that could be it, keep the first, and one whose values all differ for good. */
static bool settles(const hot_vector *v, int field, int *best)
{
    if (field < 0 || !is_full(v, field)) return false;
    if (*best < 0) *best = field;
    if (!is_distinct(v, field)) return false;
    *best = field;
    return true;
}

int hot_area_code_field(const hot_vector *v)
{
    static const char *const usual[] = {
        "code",     "area_code",        "ward_code",  "wardcode", "beat_code",
        "beatcode", "beat_num",         "beat",       "beat_id",  "csp",
        "csp_code", "precinct",         "dist_num",   "district", "gss_code",
        "mapid",    "neighbourhood_id", "hotspot_id", "hotspot",  NULL};
    static const char *const last[] = {"id", "name", NULL};
    int best = -1;
    for (size_t k = 0; k < v->n_fields; k++)
        if (hot_is_ons_code(v->field[k]) && settles(v, (int)k, &best)) return best;
    if (best >= 0) return best;
    for (const char *const *name = usual; *name; name++)
        if (settles(v, hot_vector_field(v, *name), &best)) return best;
    if (best >= 0) return best;
    /* A field of codes with holes in it is what is meant still: to pass to names would hide them.
     */
    for (size_t k = 0; k < v->n_fields; k++)
        if (hot_is_ons_code(v->field[k]) && is_used(v, (int)k)) return (int)k;
    for (const char *const *name = usual; *name; name++)
        if (is_used(v, hot_vector_field(v, *name))) return hot_vector_field(v, *name);
    for (const char *const *name = last; *name; name++)
        if (settles(v, hot_vector_field(v, *name), &best)) return best;
    return best;
}

/** The code's name with another ending: WD25CD -> WD25NM; -1 where that is no field. */
static int sibling(const hot_vector *v, const char *code, const char *from, const char *to)
{
    char name[128];
    size_t n = strlen(code), m = strlen(from);
    if (n <= m || n >= sizeof name - 8 || strcasecmp(code + n - m, from) != 0) return -1;
    snprintf(name, sizeof name, "%.*s%s", (int)(n - m), code, to);
    return hot_vector_field(v, name);
}

int hot_area_label_field(const hot_vector *v, int code)
{
    static const char *const usual[] = {"name",     "ward_name", "wardname", "beat_name",
                                        "beatname", "area_name", "cspn",     "csp_name",
                                        "pfa16nm",  "label",     NULL};
    static const char *const ending[][2] = {{"CD", "NM"},       {"_code", "_name"},
                                            {"_num", "_label"}, {"code", "name"},
                                            {"_id", "_name"},   {"", "n"}};
    if (code < 0) return -1;
    for (size_t k = 0; k < sizeof ending / sizeof *ending; k++) {
        int field = sibling(v, v->field[code], ending[k][0], ending[k][1]);
        if (field >= 0 && is_full(v, field)) return field;
    }
    for (const char *const *name = usual; *name; name++) {
        int field = hot_vector_field(v, *name);
        if (field >= 0 && is_full(v, field)) return field;
    }
    for (size_t k = 0; k < v->n_fields; k++)
        if (is_ons(v->field[k], "NM") && is_full(v, (int)k)) return (int)k;
    return -1;
}

int hot_area_from_field(const hot_vector *v)
{
    /* No "adopted" or "from": those may well hold a yes or a place. */
    static const char *const usual[] = {"valid_from", "adopted_on", "adopted_from",
                                        "date_from",  "start_date", NULL};
    for (const char *const *name = usual; *name; name++)
        if (hot_vector_field(v, *name) >= 0) return hot_vector_field(v, *name);
    return -1;
}

static bool is_field(const hot_vector *v, const char *name, size_t n)
{
    for (size_t k = 0; k < v->n_fields; k++)
        if (strlen(v->field[k]) == n && strncasecmp(v->field[k], name, n) == 0) return true;
    return false;
}

size_t hot_area_field_listed(const hot_vector *v, const char *list)
{
    for (size_t n = strlen(list); n > 0; n--)
        if ((list[n] == 0 || list[n] == '+') && is_field(v, list, n)) return n;
    return strcspn(list, "+");
}

void hot_area_field_names(const hot_vector *v, char *text, size_t room)
{
    size_t n = 0;
    *text = 0;
    for (size_t k = 0; k < v->n_fields && n + 60 < room; k++)
        n += (size_t)snprintf(text + n, room - n, "%s%.40s", k ? ", " : "", v->field[k]);
}
