#include "layers/read/weights.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "engine/base/number.h"
#include "engine/incidents/select.h"
#include "layers/read/file.h"
#include "layers/read/listing.h"

enum { TYPE, WEIGHT };

static bool is_same_type(const char *one, const char *at, size_t length)
{
    return strlen(one) == length && strncasecmp(one, at, length) == 0;
}

hot_status hot_weights_add(hot_weights *w, const char *file, const char *where, const char *type,
                           size_t length, double weight, hot_error *error)
{
    if (length == 0)
        return hot_fail(error, HOT_INPUT, "%s: %s: has no type; give one on every line.", file,
                        where);
    if (!isfinite(weight) || weight < 0)
        return hot_fail(error, HOT_INPUT,
                        "%s: %s: the weight of \"%.*s\" is not a number of 0 or more.", file, where,
                        hot_utf8_cut(type, length, 60), type);
    for (size_t k = 0; k < w->n; k++)
        if (is_same_type(w->one[k].type, type, length))
            return hot_fail(error, HOT_INPUT,
                            "%s: %s: the type \"%.*s\" comes twice; keep one weight for it.", file,
                            where, hot_utf8_cut(type, length, 60), type);
    if (!hot_grow(&w->one, &w->room, w->n + 1, sizeof *w->one)) return HOT_MEMORY;
    w->one[w->n] = (hot_weighed){hot_arena_text(&w->arena, type, length), weight};
    return w->one[w->n++].type ? HOT_OK : HOT_MEMORY;
}

static hot_status line_take(void *self, const hot_listing_line *row, hot_error *error)
{
    char where[40];
    const char *type = row->text[TYPE], *said = row->text[WEIGHT];
    double weight;
    snprintf(where, sizeof where, "line %llu", row->line);
    if (!hot_number_parse(said, strlen(said), &weight)) weight = NAN;
    return hot_weights_add(self, row->file, where, type, strlen(type), weight, error);
}

static bool is_json(const char *path)
{
    size_t n = strlen(path);
    return n > 5 && strcasecmp(path + n - 5, ".json") == 0;
}

static hot_status read_csv(const char *path, hot_weights *w, hot_error *error)
{
    static const char *const column[] = {"type|crime_type|category|offence", "weight|harm|score"};
    const hot_listing listing = {.column = column,
                                 .n = 2,
                                 .required = 2,
                                 .expected = "a CSV file of type,weight",
                                 .take = line_take,
                                 .self = w};
    return hot_listing_read(path, &listing, error);
}

hot_status hot_weights_read(const char *path, hot_weights *weights, hot_error *error)
{
    hot_weights w = {0};
    hot_status status =
        is_json(path) ? hot_weights_read_json(path, &w, error) : read_csv(path, &w, error);
    if (status == HOT_OK && w.n == 0)
        status = hot_fail(error, HOT_INPUT, "%s: holds no weight; expected types and weights.",
                          hot_base_name(path));
    if (status == HOT_OK)
        *weights = w;
    else
        hot_weights_free(&w);
    return status;
}

double hot_weights_of(const hot_weights *w, const char *type)
{
    for (size_t k = 0; k < w->n; k++)
        if (is_same_type(w->one[k].type, type, strlen(type))) return w->one[k].weight;
    for (size_t k = 0; k < w->n; k++)
        if (hot_pattern_fits(w->one[k].type, type)) return w->one[k].weight;
    return NAN;
}

void hot_weights_free(hot_weights *w)
{
    hot_free(w->one);
    hot_arena_free(&w->arena);
    *w = (hot_weights){0};
}
