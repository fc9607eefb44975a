/* Columns of other tables in the areas' own: deprivation, survey, priorities. */
#include <math.h>

#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/columns.h"
#include "layers/read/names.h"

static hot_status add_column(const hot_joined *c, hot_layer *l)
{
    char safe[HOT_NAME], name[HOT_FREE_NAME];
    hot_name_made_safe(c->field, safe);
    HOT_TRY(hot_layer_add_free_column(l, safe, c->type, *c->field ? c->field : safe, "",
                                      "From another table, joined by the area's code.", name));
    for (size_t i = 0; i < l->n; i++) {
        if (c->type == HOT_TEXT)
            hot_layer_column(l, name)->text[i] = c->text[i];
        else if (c->type == HOT_REAL)
            hot_layer_set_real(l, name, i, c->number[i]);
        else if (isfinite(c->number[i]))
            hot_layer_set_integer(l, name, i, (int64_t)c->number[i]);
    }
    return HOT_OK;
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    (void)s, (void)result, (void)error; /* no layer of its own */
    return HOT_OK;
}

static hot_status fill(const hot_study *s, size_t set, hot_layer *areas, hot_error *error)
{
    (void)error;
    const hot_areas *a = &s->sets[set].areas;
    for (size_t k = 0; k < a->n_joined; k++) HOT_TRY(add_column(&a->joined[k], areas));
    return HOT_OK;
}

const hot_analysis hot_analysis_joined = {
    .word = "joined",
    .about = "Columns of other tables",
    .make = make,
    .fill = fill,
};
