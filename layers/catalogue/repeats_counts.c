/* Places by how many incidents they have, and the share of the incidents at repeat places. */
#include "engine/chance/limits.h"
#include "layers/catalogue/repeats_parts.h"

static const hot_column columns[] = {
    {"incidents_at_place", HOT_TEXT, "Incidents at the place", "", "1, 2, 3, 4, or 5 and more."},
    {"places", HOT_INTEGER, "Places", "places", "How many places have that many."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period", "At those places together."},
    {"share", HOT_REAL, "Share of all incidents (0 to 1)", "0 to 1",
     "Of the incidents inside the study area, less those at premises left out; empty on map "
     "points."},
    {"share_or_more", HOT_REAL, "Share at places with as many or more (0 to 1)", "0 to 1",
     "Of the same; of two and more, the share at repeat places; empty on map points."},
    {"low", HOT_REAL, "Share at places with as many or more, lower 95% limit", "0 to 1",
     "Lower 95% limit of that share."},
    {"high", HOT_REAL, "Share at places with as many or more, upper 95% limit", "0 to 1",
     "Upper 95% limit of that share."},
};

static const hot_code how_many[] = {
    {"1", "One"}, {"2", "Two"}, {"3", "Three"}, {"4", "Four"}, {"5 and more", "Five and more"}};
static const hot_coding codings[] = {HOT_CODING("incidents_at_place", how_many)};

const hot_declaration hot_repeats_counts_layer = {
    .name = "repeats_table",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Places by how many incidents they have",
    .about = "How many places have one incident in the period, how many two, and so on. On "
             "anonymised data these are map points, each of which stands for many addresses.",
    .citation = "Limits: Wilson (1927), Journal of the American Statistical Association 22.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

/** The share of the incidents at places with k or more, and its limits. */
static void set_or_more(const hot_repeats_table *t, const hot_repeats_found *f, size_t k,
                        hot_layer *l)
{
    size_t incidents = 0;
    for (size_t more = k; more < 5; more++) incidents += t->incidents[more];
    hot_limits limits = hot_wilson((double)incidents, (double)f->incidents, HOT_Z95);
    hot_layer_set_real(l, "share_or_more", k, (double)incidents / (double)f->incidents);
    hot_layer_set_real(l, "low", k, limits.low);
    hot_layer_set_real(l, "high", k, limits.high);
}

hot_status hot_repeats_make_counts(const hot_repeats_found *f, hot_result *result)
{
    static const char *const label[] = {"1", "2", "3", "4", "5 and more"};
    hot_repeats_table t = hot_repeats_tabulate(f->count, f->study->n_places);
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_repeats_counts_layer, NULL, NULL, 5, l));
    for (size_t k = 0; k < 5; k++) {
        HOT_TRY(hot_layer_set_text(l, "incidents_at_place", k, label[k]));
        hot_layer_set_integer(l, "places", k, (int64_t)t.places[k]);
        hot_layer_set_integer(l, "incidents", k, (int64_t)t.incidents[k]);
        if (f->incidents == 0 || f->study->loaded.snapped) continue;
        hot_layer_set_real(l, "share", k, (double)t.incidents[k] / (double)f->incidents);
        set_or_more(&t, f, k, l);
    }
    return HOT_OK;
}
