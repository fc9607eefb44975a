#include "layers/catalogue/hotspots_frozen.h"

#include <string.h>

#include "engine/base/bytes.h"
#include "layers/catalogue/hotspots_adopted.h"
#include "layers/digest.h"

static const hot_column columns[] = {
    {"code", HOT_TEXT, "Code", "", "The hotspot's code: hotspot_id of the run it is from."},
    {"name", HOT_TEXT, "Name", "", "What the place is called."},
    {"valid_from", HOT_TEXT, "Valid from", "",
     "ISO date: the day it was adopted, else the day after the period it was found in."},
    {"version", HOT_TEXT, "Version", "",
     "The same for the same hotspots of the same run; another for anything else."},
    {"set_name", HOT_TEXT, "Set", "", "As named by --freeze."},
    {"chosen", HOT_TEXT, "How it was chosen", "", "What the run says of its hotspots."},
    {"run_id", HOT_TEXT, "Run", "", "The run it is from."},
};

const hot_declaration hot_frozen_layer = {
    .name = "frozen",
    .geometry = HOT_POLYGON,
    .title = "Frozen hotspots",
    .about = "Hotspots that were kept, each in frozen/NAME.gpkg of the results and not in "
             "hotbeat.gpkg: give the file to later runs with --hotspots, and they count in the "
             "same places.",
    .citation = "",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

bool hot_frozen_is_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-");
    return n > 0 && n <= 40 && name[n] == 0 && *name != '-' && *name != '_';
}

static hot_status add_text(hot_bytes *b, const char *text)
{
    if (text) HOT_TRY(hot_bytes_add_text(b, text));
    return hot_bytes_add(b, "", 1);
}

static hot_status add_all(const hot_layer *l, const char *run_id, hot_bytes *b)
{
    const hot_shapes *s = &l->shapes;
    HOT_TRY(add_text(b, run_id));
    for (size_t i = 0; i < l->n; i++) {
        HOT_TRY(add_text(b, hot_layer_text(l, "code", i)));
        HOT_TRY(add_text(b, hot_layer_text(l, "name", i)));
        HOT_TRY(add_text(b, hot_layer_text(l, "valid_from", i)));
    }
    HOT_TRY(hot_bytes_add(b, s->x, s->n_points * sizeof *s->x));
    return hot_bytes_add(b, s->y, s->n_points * sizeof *s->y);
}

static hot_status find_version(const hot_layer *l, const char *run_id, char hex[HOT_DIGEST_HEX])
{
    hot_bytes b = {0};
    hot_status status = add_all(l, run_id, &b);
    if (status == HOT_OK) status = hot_digest_of(b.data, b.length, hex);
    hot_bytes_free(&b);
    if (status == HOT_OK) hex[12] = 0;
    return status;
}

static hot_status copy_rows(const hot_layer *from, const char *after, hot_layer *l)
{
    for (size_t i = 0; i < l->n; i++) {
        const char *valid = hot_layer_text(from, "valid_from", i);
        HOT_TRY(hot_layer_set_text(l, "code", i, hot_layer_text(from, "hotspot_id", i)));
        HOT_TRY(hot_layer_set_text(l, "name", i, hot_layer_text(from, "name", i)));
        HOT_TRY(hot_layer_set_text(l, "valid_from", i, valid ? valid : after));
        HOT_TRY(hot_shapes_add_parts(&l->shapes, &from->shapes, i));
        HOT_TRY(hot_shapes_end(&l->shapes));
    }
    return HOT_OK;
}

static hot_status make_layer(const hot_study *s, const hot_result *made, const hot_layer *from,
                             const char *name, hot_result *frozen)
{
    char after[32], version[HOT_DIGEST_HEX];
    int64_t first, end;
    const char *run_id = hot_result_word(made, "run_id");
    hot_layer *l = hot_result_add(frozen);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_frozen_layer, NULL, NULL, from->n, l));
    hot_study_span(s, &first, &end);
    hot_moment_format((hot_moment){end, HOT_DAY}, after);
    HOT_TRY(copy_rows(from, after, l));
    HOT_TRY(find_version(l, run_id, version));
    for (size_t i = 0; i < l->n; i++) {
        HOT_TRY(hot_layer_set_text(l, "version", i, version));
        HOT_TRY(hot_layer_set_text(l, "set_name", i, name));
        HOT_TRY(hot_layer_set_text(l, "chosen", i, from->about));
        HOT_TRY(hot_layer_set_text(l, "run_id", i, run_id));
    }
    return HOT_OK;
}

hot_status hot_hotspots_freeze(const hot_study *s, const hot_result *made, const char *name,
                               hot_result *frozen, hot_error *error)
{
    hot_result all = {.epsg = made->epsg};
    const hot_layer *from = hot_result_layer(made, "hotspots");
    if (!from || from->n == 0)
        return hot_fail(error, HOT_USAGE,
                        "--freeze %s: this run has no hotspots to freeze; look for some with "
                        "--hotspots-count, or give them with --hotspots FILE.",
                        name);
    hot_status status = make_layer(s, made, from, name, &all);
    if (status == HOT_OK)
        *frozen = all;
    else
        hot_result_free(&all);
    return status;
}
