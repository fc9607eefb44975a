#define _DEFAULT_SOURCE

#include "layers/write/manifest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "engine/base/version.h"
#include "layers/digest.h"
#include "layers/read/file.h"
#include "layers/read/versions.h"
#include "layers/sources.h"
#include "layers/write/identity.h"

static json_t *count(uint64_t n)
{
    return json_integer((json_int_t)n);
}

/** Text from outside; bytes that are not UTF-8 (a file's name may hold them) become '?'. */
static json_t *words(const char *text)
{
    json_t *value = json_string(text);
    if (value || !text) return value ? value : json_null();
    char *plain = hot_text(text, strlen(text));
    for (char *c = plain; c && *c; c++)
        if ((unsigned char)*c >= 0x80) *c = '?';
    value = json_string(plain);
    hot_free(plain);
    return value;
}

/** Rows that the types and dates take and the kinds leave out, by why. */
static json_t *mapped_out_of(const hot_study *s)
{
    json_t *out = json_object();
    for (int k = HOT_NOT_ASB; k < HOT_KINDS; k++)
        json_object_set_new(out, hot_kind_key((hot_kind)k), count(s->counts.mapped_out[k]));
    return out;
}

static json_t *rows_of(const hot_study *s)
{
    json_t *rows = json_object();
    json_object_set_new(rows, "read", count(s->loaded.read));
    json_object_set_new(rows, "accepted", count(s->loaded.accepted));
    json_object_set_new(rows, "rejected", count(s->loaded.rejected));
    json_object_set_new(rows, "duplicate", count(s->loaded.n_duplicates));
    json_object_set_new(rows, "selected", count(s->n_selected));
    json_object_set_new(rows, "selected_unlocated", count(s->loaded.selected_unlocated));
    json_object_set_new(rows, "inside", count(s->n_inside));
    json_object_set_new(rows, "outside", count(s->n_outside));
    if (s->kind) json_object_set_new(rows, "mapped_out", mapped_out_of(s));
    return rows;
}

static json_t *rejects_of(const hot_study *s)
{
    json_t *rejects = json_object();
    for (int r = 0; r < HOT_REASONS; r++)
        json_object_set_new(rejects, hot_reason_name((hot_reason)r), count(s->loaded.rejects[r]));
    return rejects;
}

static json_t *inputs_of(const hot_study *s)
{
    json_t *inputs = json_array();
    for (size_t k = 0; k < s->loaded.n_inputs; k++) {
        const hot_input *in = &s->loaded.inputs[k];
        json_t *one = json_object();
        json_object_set_new(one, "name", words(in->name));
        if (in->source) json_object_set_new(one, "source", words(in->source));
        json_object_set_new(one, "sha256", json_string(in->content.sha256));
        json_object_set_new(one, "bytes", count(in->content.bytes));
        json_object_set_new(one, "rows", count(in->read));
        json_object_set_new(one, "accepted", count(in->accepted));
        json_object_set_new(one, "rejected", count(in->rejects.n));
        json_object_set_new(one, "duplicate", count(in->duplicates));
        json_array_append_new(inputs, one);
    }
    return inputs;
}

/** Rows by agency: read = accepted + rejected + duplicate for each. */
static json_t *sources_of(const hot_study *s)
{
    json_t *sources = json_object();
    for (size_t k = 0; k < s->n_sources; k++) {
        uint64_t read = 0, accepted = 0, rejected = 0, duplicate = 0, inside = 0;
        for (size_t i = 0; i < s->loaded.n_inputs; i++) {
            const hot_input *in = &s->loaded.inputs[i];
            if (s->source_of[i] != k) continue;
            read += in->read;
            accepted += in->accepted;
            rejected += in->rejects.n;
            duplicate += in->duplicates;
        }
        for (size_t i = 0; i < s->n_inside; i++) inside += hot_source_of_row(s, s->inside[i]) == k;
        json_t *one = json_object();
        json_object_set_new(one, "read", count(read));
        json_object_set_new(one, "accepted", count(accepted));
        json_object_set_new(one, "rejected", count(rejected));
        json_object_set_new(one, "duplicate", count(duplicate));
        json_object_set_new(one, "inside", count(inside));
        json_object_set_new(sources, s->source[k], one);
    }
    return sources;
}

/** Names and their rows. */
static json_t *tally_of(const hot_tally *t)
{
    json_t *all = json_object();
    for (size_t k = 0; k < t->n; k++)
        json_object_set_new(all, t->one[k].name, count(t->one[k].rows));
    return all;
}

static json_t *coarse_of(const hot_study *s)
{
    json_t *coarse = json_object();
    json_object_set_new(coarse, "squares", count(s->counts.coarse_squares));
    json_object_set_new(coarse, "centroids", count(s->counts.coarse_centroids));
    return coarse;
}

static json_t *remarks_of(const hot_study *s)
{
    json_t *remarks = json_array();
    for (size_t k = 0; k < s->n_remarks; k++) json_array_append_new(remarks, words(s->remark[k]));
    return remarks;
}

/** What codes, weights, agencies and positions came to. */
static void add_splits(const hot_study *s, json_t *all)
{
    if (s->n_sources) json_object_set_new(all, "sources", sources_of(s));
    if (s->kind) json_object_set_new(all, "unmapped_codes", tally_of(&s->counts.unmapped));
    if (s->weighted)
        json_object_set_new(all, "types_without_weight", tally_of(&s->counts.unweighted));
    json_object_set_new(all, "coarse_positions", coarse_of(s));
    json_object_set_new(all, "remarks", remarks_of(s));
}

static json_t *month_text(int32_t month)
{
    char text[16];
    snprintf(text, sizeof text, "%04d-%02d", month / 12, month % 12 + 1);
    return json_string(text);
}

static json_t *coverage_of(const hot_study *s)
{
    const hot_coverage *c = &s->coverage;
    json_t *coverage = json_object(), *months = json_array(), *gaps = json_array();
    for (size_t k = 0; k < c->n; k++)
        json_array_append_new(c->covered[k] ? months : gaps, month_text(c->first + (int32_t)k));
    json_object_set_new(coverage, "months", months);
    json_object_set_new(coverage, "gaps", gaps);
    return coverage;
}

/** NAME=FILE... without the folders of the file's path, so that the manifest names no machine. What
 *  follows the path may hold slashes of its own: a field called "rate/1000". NULL without memory.
 */
static json_t *source_text(const char *text)
{
    hot_source_spec spec;
    hot_error unused;
    if (hot_source_parse("", text, &spec, &unused) != HOT_OK) return NULL;
    size_t path = strlen(spec.name) + 1, folders = (size_t)(hot_base_name(spec.path) - spec.path);
    hot_source_free(&spec);
    char *value = hot_text(text, strlen(text));
    if (value) memmove(value + path, value + path + folders, strlen(value + path + folders) + 1);
    json_t *json = value ? words(value) : NULL;
    hot_free(value);
    return json;
}

static json_t *one_value(const hot_option *o, const char *text)
{
    if (o->kind == HOT_OPTION_SOURCE) return source_text(text);
    return words(o->kind == HOT_OPTION_FILE ? hot_base_name(text) : text);
}

/** NULL without memory. */
static json_t *option_value(const hot_setting *s)
{
    bool many = s->option->kind == HOT_OPTION_SOURCE || s->option->kind == HOT_OPTION_LIST;
    if (s->option->kind == HOT_OPTION_FLAG) return json_boolean(s->n > 0);
    if (!many) return s->n ? one_value(s->option, s->text[0]) : json_null();
    json_t *list = json_array();
    for (size_t k = 0; k < s->n; k++)
        if (json_array_append_new(list, one_value(s->option, s->text[k])) != 0) {
            json_decref(list);
            return NULL;
        }
    return list;
}

/** Every option as it was resolved, but for those that say nothing of the result. NULL without
 *  memory. */
static json_t *options_of(const hot_study *s)
{
    json_t *options = json_object();
    for (size_t k = 0; k < s->settings->n; k++) {
        const hot_setting *one = &s->settings->setting[k];
        if (one->option->passing) continue;
        if (json_object_set_new(options, one->option->name, option_value(one)) != 0) {
            json_decref(options);
            return NULL;
        }
    }
    if (s->chosen.brief) return options; /* "auto", which makes the same choice again */
    char bandwidth[32];
    snprintf(bandwidth, sizeof bandwidth, "%gm", s->bandwidth);
    json_object_set_new(options, "bandwidth", json_string(bandwidth));
    return options;
}

/** The surfaces beside density.tif, and how each was made. */
static json_t *rasters_of(const hot_result *made)
{
    json_t *all = json_object();
    for (size_t k = 0; k < made->n_rasters; k++)
        json_object_set_new(all, made->rasters[k].name, words(made->rasters[k].about));
    return all;
}

/** Which one, and where it was chosen why and of what. Usual or given is not told apart: a run that
 *  is repeated from its manifest is given what was usual. */
static json_t *bandwidth_of(const hot_study *s)
{
    static const char *const ways[] = {"fixed", "fixed", "next month", "likelihood", "too few"};
    const hot_bandwidth_choice *c = &s->chosen;
    bool scored = c->way == HOT_BANDWIDTH_AHEAD || c->way == HOT_BANDWIDTH_LIKELY;
    json_t *all = json_object(), *tried = json_array();
    json_object_set_new(all, "metres", json_real(s->bandwidth));
    json_object_set_new(all, "by", json_string(ways[c->way]));
    json_object_set_new(all, "why", c->brief ? words(c->why) : json_null());
    for (int k = 0; k < HOT_BANDWIDTHS && scored; k++)
        json_array_append_new(
            tried, json_pack("{s:f, s:f}", "metres", c->metres[k], "score", c->score[k]));
    json_object_set_new(all, "tried", tried);
    if (c->way != HOT_BANDWIDTH_AHEAD) return all;
    json_object_set_new(all, "first_month", month_text(c->first));
    json_object_set_new(all, "last_month", month_text(c->last));
    json_object_set_new(all, "incidents", count((uint64_t)c->incidents));
    return all;
}

static json_t *crs_of(const hot_study *s)
{
    const hot_loaded *l = &s->loaded;
    json_t *crs = json_object();
    char epsg[32];
    snprintf(epsg, sizeof epsg, "EPSG:%d", s->epsg);
    json_object_set_new(crs, "name", json_string(epsg));
    json_object_set_new(crs, "operation", words(l->operation));
    json_object_set_new(crs, "accuracy_m",
                        isfinite(l->accuracy) ? json_real(l->accuracy) : json_null());
    json_object_set_new(crs, "grid", l->grid ? words(l->grid) : json_null());
    json_object_set_new(crs, "places_beyond_grid", count(l->fallen_back));
    return crs;
}

static json_t *crs_name(int epsg)
{
    char text[32];
    snprintf(text, sizeof text, "EPSG:%d", epsg);
    return json_string(text);
}

static json_t *repairs_of(const hot_areas *a)
{
    json_t *repairs = json_array();
    for (size_t k = 0; k < a->n_repairs; k++) {
        const hot_area_repair *r = &a->repairs[k];
        json_t *one = json_object();
        json_object_set_new(one, "code", words(a->code[r->area]));
        json_object_set_new(one, "reason", words(r->repair.reason));
        json_object_set_new(one, "area_before_m2", json_real(r->repair.area_before));
        json_object_set_new(one, "area_after_m2", json_real(r->repair.area_after));
        json_array_append_new(repairs, one);
    }
    return repairs;
}

/** How the areas of a set lie beside each other. */
static json_t *coverage_of_set(const hot_areas *a)
{
    const hot_coverage_report *c = &a->coverage;
    if (!c->judged) return json_null();
    json_t *all = json_object(), *overlaps = json_object(), *gaps = json_object();
    json_object_set_new(overlaps, "pairs", count(c->pairs));
    json_object_set_new(overlaps, "area_m2", json_real(c->overlap));
    if (c->pairs) {
        json_object_set_new(overlaps, "largest_m2", json_real(c->largest_overlap));
        json_object_set_new(
            overlaps, "largest_between",
            json_pack("[o, o]", words(a->code[c->first]), words(a->code[c->second])));
    }
    json_object_set_new(gaps, "count", count(c->gaps));
    json_object_set_new(gaps, "area_m2", json_real(c->gap));
    json_object_set_new(gaps, "largest_m2", json_real(c->largest_gap));
    json_object_set_new(all, "overlaps", overlaps);
    json_object_set_new(all, "gaps", gaps);
    return all;
}

/** Of how many areas the population is known; null without a file of it. */
static json_t *population_of(const hot_area_set *set)
{
    size_t known = 0;
    if (!set->areas.has_population) return json_null();
    for (size_t k = 0; k < set->areas.n; k++) known += isfinite(set->areas.population[k]) ? 1 : 0;
    json_t *all = json_object();
    json_object_set_new(all, "known", count(known));
    json_object_set_new(all, "not_known", count(set->areas.n - known));
    json_object_set_new(all, "codes_of_no_area", count(set->unmatched_population));
    return all;
}

static json_t *denominators_of(const hot_areas *a)
{
    json_t *list = json_array();
    for (size_t k = 0; k < a->n_denominators; k++) {
        const hot_denominator *d = &a->denominators[k];
        size_t known = 0;
        for (size_t i = 0; i < a->n; i++) known += isfinite(d->value[i]) ? 1 : 0;
        json_t *one = json_object();
        json_object_set_new(one, "column", words(d->name));
        json_object_set_new(one, "per", words(d->words));
        json_object_set_new(one, "known", count(known));
        json_object_set_new(one, "not_known", count(a->n - known));
        json_object_set_new(one, "codes_of_no_area", count(d->unmatched));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *joins_of(const hot_areas *a)
{
    json_t *list = json_array();
    for (size_t k = 0; k < a->n_joins; k++) {
        const hot_join *j = &a->joins[k];
        json_t *one = json_object();
        json_object_set_new(one, "source", words(j->file));
        json_object_set_new(one, "code_field", words(j->code_field));
        json_object_set_new(one, "columns", count(j->n));
        json_object_set_new(one, "areas_without_row", count(j->without));
        json_object_set_new(one, "codes_of_no_area", count(j->unmatched));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *areas_of(const hot_study *s)
{
    json_t *sets = json_object();
    for (size_t k = 0; k < s->n_sets; k++) {
        const hot_area_set *set = &s->sets[k];
        json_t *one = json_object();
        json_object_set_new(one, "source", words(set->areas.source));
        json_object_set_new(one, "layer", words(set->areas.layer));
        json_object_set_new(one, "code_field", words(set->areas.code_field));
        json_object_set_new(one, "name_field",
                            set->areas.label_field ? words(set->areas.label_field) : json_null());
        json_object_set_new(one, "areas", count(set->areas.n));
        json_object_set_new(one, "not_placed", count(set->unplaced));
        json_object_set_new(one, "overlapping_places", count(set->overlapping));
        json_object_set_new(one, "source_crs", crs_name(set->areas.source_epsg));
        json_object_set_new(one, "population", population_of(set));
        json_object_set_new(one, "denominators", denominators_of(&set->areas));
        json_object_set_new(one, "joins", joins_of(&set->areas));
        json_object_set_new(one, "coverage", coverage_of_set(&set->areas));
        json_object_set_new(one, "repairs", repairs_of(&set->areas));
        json_object_set_new(sets, set->areas.name, one);
    }
    return sets;
}

/** What else decides the bytes. */
static json_t *versions_of(void)
{
    hot_versions here = hot_versions_here();
    json_t *versions = json_object();
    json_object_set_new(versions, "hotbeat", json_string(HOT_VERSION));
    json_object_set_new(versions, "gdal", words(here.gdal));
    json_object_set_new(versions, "proj", words(here.proj));
    json_object_set_new(versions, "geos", words(here.geos));
    json_object_set_new(versions, "sqlite", words(here.sqlite));
    return versions;
}

static json_t *input_parts(const hot_study *s)
{
    json_t *all = json_object(), *again = json_array(), *skipped = json_array();
    for (size_t k = 0; k < s->loaded.n_again; k++)
        json_array_append_new(again, words(s->loaded.again[k]));
    for (size_t k = 0; k < s->loaded.n_skipped; k++)
        json_array_append_new(skipped, words(s->loaded.skipped[k]));
    json_object_set_new(all, "rows", rows_of(s));
    json_object_set_new(all, "rejects", rejects_of(s));
    json_object_set_new(all, "inputs", inputs_of(s));
    json_object_set_new(all, "given_again", again);
    json_object_set_new(all, "skipped", skipped);
    json_object_set_new(all, "coverage", coverage_of(s));
    json_object_set_new(all, "snapped", json_boolean(s->loaded.snapped));
    json_object_set_new(all, "fictional", json_boolean(s->loaded.fictional));
    add_splits(s, all);
    return all;
}

/** What the period was compared with; null without --compare. */
static json_t *comparison_of(const hot_study *s)
{
    if (!s->comparison) return json_null();
    json_t *all = json_object();
    json_object_set_new(all, "periods", words(s->comparison));
    json_object_set_new(all, "recording_shift",
                        s->recording_shift ? words(s->recording_shift) : json_null());
    return all;
}

static hot_status dump(json_t *all, char **text)
{
    char *own = all ? json_dumps(all, JSON_INDENT(2)) : NULL;
    json_decref(all);
    if (!own) return HOT_MEMORY;
    *text = hot_text(own, strlen(own));
    free(own);
    return *text ? HOT_OK : HOT_MEMORY;
}

/** Twelve characters of the hash of everything that decides the result. How the rows were cut into
 *  files does not, nor do the names of the files: the same rows make the same run. */
static hot_status name_run(const hot_study *s, const hot_result *made, json_t *all, char *run_id)
{
    char content[33], hex[HOT_DIGEST_HEX];
    HOT_TRY(hot_identity_format(s, made, content));
    json_t *decisive = json_copy(all);
    json_object_del(decisive, "inputs");
    json_object_del(decisive, "given_again");
    json_object_set_new(decisive, "content", json_string(content));
    char *text = json_dumps(decisive, JSON_COMPACT);
    json_decref(decisive);
    if (!text) return HOT_MEMORY;
    hot_status status = hot_digest_of(text, strlen(text), hex);
    free(text);
    HOT_TRY(status);
    memcpy(run_id, hex, 12);
    run_id[12] = 0;
    return HOT_OK;
}

hot_status hot_manifest_format(const hot_study *s, const hot_result *made, char **text,
                               char *run_id, hot_error *error)
{
    (void)error;
    json_t *all = input_parts(s);
    json_object_set_new(all, "areas", areas_of(s));
    json_object_set_new(all, "crs", crs_of(s));
    bool whole = json_object_set_new(all, "options", options_of(s)) == 0;
    json_object_set_new(all, "bandwidth", bandwidth_of(s));
    json_object_set_new(all, "surfaces", rasters_of(made));
    json_object_set_new(all, "comparison", comparison_of(s));
    json_object_set_new(all, "versions", versions_of());
    hot_status status = !whole ? HOT_MEMORY : name_run(s, made, all, run_id);
    if (status != HOT_OK) {
        json_decref(all);
        return status;
    }
    json_object_set_new(all, "run_id", json_string(run_id));
    return dump(all, text);
}

hot_status hot_manifest_format_input(const hot_study *s, char **text, hot_error *error)
{
    (void)error;
    json_t *all = input_parts(s);
    json_object_set_new(all, "areas", areas_of(s));
    json_object_set_new(all, "crs", crs_of(s));
    return dump(all, text);
}
