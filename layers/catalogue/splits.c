/* Every area's incidents split by a word of each: the kind of anti-social behaviour, the agency. */
#include <inttypes.h>
#include <stdio.h>

#include "layers/catalogue/catalogue.h"
#include "layers/kinds.h"
#include "layers/sources.h"

static const hot_column kind_columns[] = {
    {"area_set", HOT_TEXT, "Area set", "", "ward, beat ...; all = the whole study area."},
    {"area_code", HOT_TEXT, "Area", "", "The area's code; empty for the whole study area."},
    {"area_name", HOT_TEXT, "Name", "", "The area's name."},
    {"kind", HOT_TEXT, "Kind", "",
     "personal, nuisance, environmental; not mapped = its codes are in no line of the map."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period", "Of this kind in the area."},
    {"share", HOT_REAL, "Share of the area's incidents (0 to 1)", "0 to 1",
     "Of the area's incidents; empty where it has none."},
};

static const hot_column source_columns[] = {
    {"area_set", HOT_TEXT, "Area set", "", "ward, beat ...; all = the whole study area."},
    {"area_code", HOT_TEXT, "Area", "", "The area's code; empty for the whole study area."},
    {"area_name", HOT_TEXT, "Name", "", "The area's name."},
    {"source", HOT_TEXT, "Agency", "", "As named by --source."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period",
     "Recorded by this agency in the area."},
    {"share", HOT_REAL, "Share of the area's incidents (0 to 1)", "0 to 1",
     "Of the area's incidents; empty where it has none."},
};

static const hot_code kind_codes[] = {{"personal", "Aimed at a person or a group"},
                                      {"nuisance", "Troubles the community"},
                                      {"environmental", "Harms surroundings"},
                                      {"not mapped", "Its codes are in no line of the map"}};
static const hot_coding kind_codings[] = {HOT_CODING("kind", kind_codes)};

static const hot_declaration kinds = {
    .name = "kinds",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Kinds of anti-social behaviour by area",
    .about = "How many incidents of each kind every area has, by the codes that the logs were "
             "closed and opened with. Logs that turned out to be no anti-social behaviour, void "
             "or duplicate are in none.",
    .citation = "Home Office (2011), National Standard for Incident Recording: personal, nuisance, "
                "environmental.",
    .columns = kind_columns,
    .n_columns = sizeof kind_columns / sizeof *kind_columns,
    .codings = kind_codings,
    .n_codings = 1,
};

static const hot_declaration sources = {
    .name = "sources",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Agencies by area",
    .about = "How many incidents each agency recorded in every area. One incident may be on the "
             "books of two agencies: possible_duplicates lists those that may be.",
    .citation = "",
    .columns = source_columns,
    .n_columns = sizeof source_columns / sizeof *source_columns,
};

static const hot_declaration *const layers[] = {&kinds, &sources};

static const char group[] = "Kinds, weights and sources";

/* clang-format off */
static const hot_option options[] = {
    {"source", HOT_OPTION_SOURCE, "NAME=FILE", NULL, NULL, group, "incidents of one agency, such as police=log.csv; give it once for each file, and a name again for a further file of that agency", false},
    {"map-types", HOT_OPTION_FILE, "FILE", NULL, NULL, group, "kinds of ASB by local codes: a CSV file of opening,closing,kind (hotbeat sample writes one); logs that are not ASB, void or duplicate are left out and counted", false},
    {"kind", HOT_OPTION_LIST, "KIND", NULL, NULL, group, "only incidents of this kind: personal, nuisance or environmental", false},
    {"closing", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, group, "column of the closing code (the opening code is the type)", false},
    {"weights", HOT_OPTION_FILE, "FILE", NULL, NULL, group, "weights by type (a harm index): CSV of type,weight, or JSON; sums of weights stand beside the counts", false},
    {"precision", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, group, "column that says how finely a position is known: metres, or address, street, postcode, ward; coarser than 100 m is left out of density and repeat places", false},
};
/* clang-format on */

/** The words that incidents are split by, and which of them each incident inside has. */
typedef struct {
    const hot_declaration *declared;
    const char *column;
    size_t n;
    const char *const *name; /* [n] */
    const uint16_t *of;      /* [n_inside] */
} split;

/** A row for every word of one area. */
static hot_status set_area(const split *by, const int64_t *count, const char *set, const char *code,
                           hot_layer *l, size_t row)
{
    int64_t all = 0;
    for (size_t g = 0; g < by->n; g++) all += count[g];
    for (size_t g = 0; g < by->n; g++, row++) {
        HOT_TRY(hot_layer_set_text(l, "area_set", row, set));
        HOT_TRY(hot_layer_set_text(l, "area_code", row, code));
        HOT_TRY(hot_layer_set_text(l, by->column, row, by->name[g]));
        hot_layer_set_integer(l, "incidents", row, count[g]);
        if (all) hot_layer_set_real(l, "share", row, (double)count[g] / (double)all);
    }
    return HOT_OK;
}

/** Rows `row` and on for a set; NULL = the whole study area.
 *  @param cell  [n_inside] spare: the row of each incident, counted from `row` */
static hot_status split_set(const hot_study *s, const hot_area_set *set, const split *by,
                            int32_t *cell, hot_layer *l, size_t row)
{
    size_t n = set ? set->areas.n : 1;
    int64_t *count = hot_new(n * by->n, sizeof *count);
    hot_status status = count ? HOT_OK : HOT_MEMORY;
    for (size_t k = 0; count && k < s->n_inside; k++) {
        int32_t area = set ? set->area_of[s->loaded.incidents.point[s->inside[k]]] : 0;
        cell[k] = area < 0 ? -1 : area * (int32_t)by->n + by->of[k];
        if (area >= 0) count[cell[k]]++;
    }
    for (size_t i = 0; i < n && status == HOT_OK; i++)
        status = set_area(by, count + i * by->n, set ? set->areas.name : "all",
                          set ? set->areas.code[i] : NULL, l, row + i * by->n);
    if (status == HOT_OK) status = hot_weighted_sum(s, cell, row, n * by->n, l);
    hot_free(count);
    return status;
}

static hot_status split_all(const hot_study *s, const split *by, int32_t *cell, hot_layer *l)
{
    size_t row = by->n;
    HOT_TRY(hot_weighted_declare(s, l));
    HOT_TRY(split_set(s, NULL, by, cell, l, 0));
    for (size_t k = 0; k < s->n_sets; k++) {
        HOT_TRY(split_set(s, &s->sets[k], by, cell, l, row));
        row += s->sets[k].areas.n * by->n;
    }
    return HOT_OK;
}

static hot_status make_split(const hot_study *s, const split *by, hot_result *result)
{
    size_t areas = 1;
    for (size_t k = 0; k < s->n_sets; k++) areas += s->sets[k].areas.n;
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(by->declared, NULL, NULL, areas * by->n, l));
    int32_t *cell = hot_new_raw(s->n_inside, sizeof *cell);
    hot_status status = cell ? split_all(s, by, cell, l) : HOT_MEMORY;
    hot_free(cell);
    return status;
}

/** What the table leaves out, in its own description. */
static hot_status say_left_out(const hot_study *s, hot_layer *l)
{
    char text[600];
    const uint64_t *out = s->counts.mapped_out;
    int n = snprintf(text, sizeof text,
                     "%s Left out in this run: %" PRIu64 " not ASB, %" PRIu64 " void, %" PRIu64
                     " duplicate.",
                     kinds.about, out[HOT_NOT_ASB], out[HOT_VOID], out[HOT_DUPLICATE_LOG]);
    l->about = hot_arena_text(&l->arena, text, (size_t)n);
    return l->about ? HOT_OK : HOT_MEMORY;
}

/** The kinds that were asked for, and those of no kind where there are any. */
static hot_status make_kinds(const hot_study *s, uint16_t *of, hot_result *result)
{
    static const hot_kind listed[] = {HOT_PERSONAL, HOT_NUISANCE, HOT_ENVIRONMENTAL, HOT_UNMAPPED};
    const char *name[4];
    uint16_t place[HOT_KINDS] = {0}, n = 0;
    unsigned asked = hot_kinds_asked(s), there = 0;
    for (size_t k = 0; k < s->n_inside; k++) there |= 1u << s->kind[s->inside[k]];
    for (size_t k = 0; k < 4; k++) {
        bool empty = listed[k] == HOT_UNMAPPED && !(there >> HOT_UNMAPPED & 1);
        if (empty || !(asked >> listed[k] & 1)) continue;
        place[listed[k]] = n;
        name[n++] = hot_kind_name(listed[k]);
    }
    for (size_t k = 0; k < s->n_inside; k++) of[k] = place[s->kind[s->inside[k]]];
    split by = {&kinds, "kind", n, name, of};
    HOT_TRY(make_split(s, &by, result));
    return say_left_out(s, &result->layers[result->n - 1]);
}

static hot_status make_sources(const hot_study *s, uint16_t *of, hot_result *result)
{
    for (size_t k = 0; k < s->n_inside; k++)
        of[k] = s->source_of[s->loaded.incidents.file[s->inside[k]]];
    split by = {&sources, "source", s->n_sources, s->source, of};
    return make_split(s, &by, result);
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    (void)error;
    if (!s->kind && !s->n_sources) return HOT_OK;
    uint16_t *of = hot_new_raw(s->n_inside, sizeof *of);
    if (!of) return HOT_MEMORY;
    hot_status status = s->kind ? make_kinds(s, of, result) : HOT_OK;
    if (status == HOT_OK && s->n_sources) status = make_sources(s, of, result);
    hot_free(of);
    return status;
}

const hot_analysis hot_analysis_splits = {
    .word = "splits",
    .about = "Kinds of incidents, and whose they are, by area",
    .layers = layers,
    .n_layers = 2,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .make = make,
};
