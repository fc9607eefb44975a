#define _DEFAULT_SOURCE

#include "layers/write/plan.h"

#include <math.h>
#include <string.h>

#include <jansson.h>

#include "layers/write/manifest.h"

static void set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static json_t *metres(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *pair(double x, double y)
{
    json_t *both = json_array();
    json_array_append_new(both, metres(x));
    json_array_append_new(both, metres(y));
    return both;
}

/** Texts of ours and of options; bytes that are no UTF-8 become null. */
static json_t *words(const char *text)
{
    json_t *value = text ? json_string(text) : NULL;
    return value ? value : json_null();
}

static json_t *bandwidth_of(const hot_study *s, const hot_bandwidth_beside *b)
{
    const hot_bandwidth_choice *c = &s->chosen;
    json_t *all = json_object(), *tried = json_array(), *rules = json_object();
    bool scored = c->way == HOT_BANDWIDTH_AHEAD || c->way == HOT_BANDWIDTH_LIKELY;
    for (int k = 0; k < HOT_BANDWIDTHS && scored; k++)
        json_array_append_new(tried, pair(c->metres[k], c->score[k]));
    set(rules, "arcgis_radius", metres(b->rules.arcgis));
    set(rules, "nrd", pair(b->rules.nrd_x, b->rules.nrd_y));
    set(rules, "scott_sigma", pair(b->rules.scott_x, b->rules.scott_y));
    set(rules, "likeliest_radius", metres(b->likely));
    set(rules, "diggle_disc", metres(b->disc));
    set(rules, "cronie_van_lieshout_sigma", metres(b->inverse));
    set(all, "metres", json_real(s->bandwidth));
    set(all, "why", words(c->why));
    set(all, "tried", tried);
    set(all, "rules", rules);
    set(all, "distinct_places", json_integer((json_int_t)b->places));
    return all;
}

static json_t *frame_of(const hot_study *s, const hot_plan *p)
{
    json_t *all = json_object();
    set(all, "columns", json_integer(s->frame.cols));
    set(all, "rows", json_integer(s->frame.rows));
    set(all, "cell", json_real(s->frame.cell));
    set(all, "cells", json_integer((json_int_t)hot_frame_size(&s->frame)));
    set(all, "cells_inside", json_integer((json_int_t)p->cells_inside));
    return all;
}

static json_t *output_of(const hot_plan *p)
{
    json_t *all = json_object(), *files = json_array();
    for (size_t k = 0; k < p->n_files; k++) json_array_append_new(files, words(p->file[k]));
    set(all, "out", words(p->out));
    set(all, "files", files);
    set(all, "page_maps", json_integer((json_int_t)p->pages));
    set(all, "replaced_files", json_integer((json_int_t)p->replaced));
    set(all, "refused", *p->refused ? words(p->refused) : json_null());
    return all;
}

hot_status hot_plan_format(const hot_study *s, const hot_plan *p, char **text, hot_error *error)
{
    char *input = NULL;
    HOT_TRY(hot_manifest_format_input(s, &input, error));
    json_t *all = json_loads(input, 0, NULL), *plan = json_object();
    hot_free(input);
    if (p->surface) set(plan, "bandwidth", bandwidth_of(s, &p->beside));
    if (p->surface) set(plan, "frame", frame_of(s, p));
    set(plan, "memory_bytes", json_integer((json_int_t)p->bytes));
    set(plan, "output", output_of(p));
    bool whole = all && json_object_set_new(all, "plan", plan) == 0;
    char *own = whole ? json_dumps(all, JSON_INDENT(2)) : NULL;
    json_decref(all);
    *text = own ? hot_text(own, strlen(own)) : NULL;
    free(own);
    return *text ? HOT_OK : HOT_MEMORY;
}
