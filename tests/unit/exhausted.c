/* Whole operations, from files to files, with the nth request for memory refused and every later
 * one: never a crash or a leak, never half a result that is called a whole one. */
#define _DEFAULT_SOURCE

#include "tests/check.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/bytes.h"
#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/hotspots_frozen.h"
#include "layers/judge.h"
#include "layers/read/environment.h"
#include "layers/read/result.h"
#include "layers/write/gpkg.h"
#include "layers/write/manifest.h"
#include "layers/write/rows.h"
#include "layers/write/surface.h"
#include "layers/write/table.h"
#include "styles/fields.h"
#include "styles/legend.h"
#include "styles/qml.h"

/* ---- two wards, two other areas, a street, a handful of incidents ---- */

static char folder[64];

static const char *path_of(const char *name)
{
    static char path[4][200];
    static int at;
    char *p = path[at++ % 4];
    snprintf(p, 200, "%s/%s", folder, name);
    return p;
}

static void write_file(const char *name, const char *text)
{
    FILE *f = fopen(path_of(name), "wb");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

#define COLLECTION                                                                                 \
    "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"         \
    "\"urn:ogc:def:crs:EPSG::27700\"}},\"features\":["
#define SQUARE(code, w, e)                                                                         \
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"" code "\",\"name\":\"The " code "\"},"      \
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[" w ",250000],[" e ",250000],[" e       \
    ",251000],[" w ",251000],[" w ",250000]]]}}"

static int make_files(void **unused)
{
    (void)unused;
    snprintf(folder, sizeof folder, "/tmp/hotbeat-exhausted-XXXXXX");
    if (!mkdtemp(folder)) return 1;
    hot_environment_clear();
    write_file("wards.geojson",
               COLLECTION SQUARE("A", "400000", "401000") "," SQUARE("B", "401000", "402000") "]}");
    write_file("csps.geojson", COLLECTION SQUARE("C", "400000", "402000") "]}");
    write_file("hotspots.geojson", COLLECTION SQUARE("H", "400050", "400250") "]}");
    write_file("people.csv", "code,people\nA,1000\nB,2000\n");
    write_file("roads.geojson",
               COLLECTION "{\"type\":\"Feature\",\"properties\":{\"name\":\"High Street\"},"
                          "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[400000,250500],"
                          "[402000,250500]]}}]}");
    write_file("a.csv", "id,date,type,easting,northing,address\n"
                        "1,2025-01-03,Noise,400100,250100,1 High Street\n"
                        "2,2025-01-04,Noise,400100,250100,1 High Street\n"
                        "2,2025-01-04,Noise,400100,250100,1 High Street\n"
                        "3,2025-02-05,\"Litter, other\",401500,250500,\"=2, Low Road\"\n"
                        "4,2025-02-30,Noise,400100,250100,\n"
                        "5,2025-02-06,Noise,500000,250100,3 Far Lane\n");
    write_file("shifts.csv", "name,from,to\nday,07:30,15:00\nlate,15:00,23:00\n");
    write_file("days.csv",
               "name,from,to,kind\nTerm,2025-01-06,2025-02-14,school\nFair,2025-03-01,,\n");
    write_file("b.csv", "id,date,type,easting,northing,address\n"
                        "6,2025-03-01 22:30,Noise,401500,250500,\"=2, Low Road\"\n"
                        "7,2025-03-01,Noise,,,\n"
                        "8,2025-04-01,Noise,400100,250100,\n9,2025-05-01,Noise,401500,250500,\n"
                        "10,2025-06-01,Noise,400100,250100,\n11,2025-07-01,Noise,401500,250500,\n"
                        "12,2025-08-01,Noise,400100,250100,\n13,2025-09-01,Noise,401500,250500,\n"
                        "14,2025-10-01,Noise,400100,250100,\n15,2025-11-01,Noise,401500,250500,\n"
                        "16,2025-12-01,Noise,400100,250100,\n" /* and a second year */
                        "17,2026-01-01,Noise,401500,250500,\n18,2026-02-01,Noise,401500,250500,\n"
                        "19,2026-03-01,Noise,401500,250500,\n20,2026-04-01,Noise,401500,250500,\n"
                        "21,2026-05-01,Noise,401500,250500,\n22,2026-06-01,Noise,401500,250500,\n"
                        "23,2026-07-01,Noise,401500,250500,\n24,2026-08-01,Noise,401500,250500,\n"
                        "25,2026-09-01,Noise,401500,250500,\n26,2026-10-01,Noise,401500,250500,\n"
                        "27,2026-11-01,Noise,401500,250500,\n28,2026-12-01,Noise,400100,250100,\n");
    write_file("c.csv", "id,date,type,closing code,easting,northing,match\n"
                        "1,2025-01-03,Noise,,400100,250100,\n"
                        "2,2025-01-04,Noise,VOID,400100,250100,\n"
                        "3,2025-01-05,\"Litter, other\",,401700,250100,ward\n"
                        "4,2025-01-05,Noise,VOID,,,\n");
    write_file("map.csv", "opening,closing,kind\nNoise,,nuisance\n,VOID,void\n");
    write_file("weights.csv", "type,weight\nNoise,2.5\n");
    write_file("premises.csv", "address\n\"=2, Low Road\"\n");
    return 0;
}

static int remove_files(void **unused)
{
    (void)unused;
    static const char *const name[] = {
        "wards.geojson", "csps.geojson", "hotspots.geojson", "people.csv", "roads.geojson",
        "a.csv",         "b.csv",        "shifts.csv",       "days.csv",   "c.csv",
        "map.csv",       "weights.csv",  "premises.csv"};
    for (size_t k = 0; k < COUNT(name); k++) remove(path_of(name[k]));
    return rmdir(folder);
}

/* ---- settings as the command declares them, as far as they matter here ---- */

/* clang-format off */
static const hot_option table[] = {
    {"areas", HOT_OPTION_SOURCE, "", NULL, NULL, "", "", false},
    {"study", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"population", HOT_OPTION_SOURCE, "", NULL, NULL, "", "", false},
    {"join", HOT_OPTION_SOURCE, "", NULL, NULL, "", "", false},
    {"context", HOT_OPTION_SOURCE, "", NULL, NULL, "", "", false},
    {"type", HOT_OPTION_LIST, "", NULL, NULL, "", "", false},
    {"exclude-type", HOT_OPTION_LIST, "", NULL, NULL, "", "", false},
    {"from", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"to", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"input-crs", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"zone", HOT_OPTION_TEXT, "", "Europe/London", NULL, "", "", false},
    {"x", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"y", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"date", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"date-format", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"gridref", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"time-from", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"time-to", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"category", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"id", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"place", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"case", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"weight", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"crs", HOT_OPTION_TEXT, "", "EPSG:27700", NULL, "", "", false},
    {"grid", HOT_OPTION_FILE, "", NULL, NULL, "", "", false},
    {"require-ostn15", HOT_OPTION_FLAG, NULL, NULL, NULL, "", "", false},
    {"cell", HOT_OPTION_METRES, "", "100m", NULL, "", "", false},
    {"bandwidth", HOT_OPTION_METRES, "", NULL, "auto", "", "", false},
    {"kernel", HOT_OPTION_CHOICE, "", "quartic", "quartic|uniform", "", "", false},
    {"seed", HOT_OPTION_COUNT, "", "1", NULL, "", "", false},
    {"threads", HOT_OPTION_COUNT, "", "1", NULL, "", "", true},
    {"incidents", HOT_OPTION_CHOICE, "", "yes", "yes|no", "", "", false},
    {"profile", HOT_OPTION_CHOICE, "", NULL, "internal", "", "", false},
    {"marking", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"title", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"source-line", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"show-places", HOT_OPTION_FLAG, NULL, NULL, NULL, "", "", false},
};
/* clang-format on */

static hot_status set_source(hot_settings *all, const char *option, const char *name,
                             const char *file, hot_error *error)
{
    char text[300];
    snprintf(text, sizeof text, "%s=%s", name, path_of(file));
    return hot_settings_set(all, option, text, error);
}

static hot_status settings_make(hot_settings *all, hot_error *error)
{
    HOT_TRY(hot_settings_declare(all, table, COUNT(table)));
    for (size_t k = 0; k < hot_catalogue_size; k++)
        HOT_TRY(hot_settings_declare(all, hot_catalogue[k]->options, hot_catalogue[k]->n_options));
    HOT_TRY(set_source(all, "areas", "ward", "wards.geojson,parent=name,group=name", error));
    HOT_TRY(set_source(all, "areas", "csp", "csps.geojson", error));
    HOT_TRY(set_source(all, "population", "ward", "people.csv", error));
    HOT_TRY(set_source(all, "join", "ward", "people.csv", error));
    HOT_TRY(set_source(all, "context", "roads", "roads.geojson", error));
    HOT_TRY(hot_settings_set(all, "shifts", path_of("shifts.csv"), error));
    HOT_TRY(hot_settings_set(all, "calendar", path_of("days.csv"), error));
    HOT_TRY(hot_settings_set(all, "repeats-exclude", path_of("premises.csv"), error));
    char hotspots[300];
    snprintf(hotspots, sizeof hotspots, "%s,from=2024", path_of("hotspots.geojson"));
    HOT_TRY(hot_settings_set(all, "hotspots", hotspots, error));
    HOT_TRY(hot_settings_set(all, "gistar-universe", path_of("wards.geojson"), error));
    HOT_TRY(hot_settings_set(all, "gistar-permutations", "19", error));
    HOT_TRY(hot_settings_set(all, "gistar-grid", "yes", error));
    HOT_TRY(hot_settings_set(all, "nearrepeat-permutations", "40", error));
    HOT_TRY(hot_settings_set(all, "clusters", "nnh", error));
    HOT_TRY(hot_settings_set(all, "clusters-minimum", "1", error));
    HOT_TRY(hot_settings_set(all, "hotspots-count", "1", error));
    HOT_TRY(hot_settings_set(all, "hotspots-draws", "1", error)); /* the same requests every time */
    HOT_TRY(hot_settings_set(all, "from", "2025-02", error));
    HOT_TRY(hot_settings_set(all, "compare", "2025-01..2025-01", error));
    HOT_TRY(hot_settings_set(all, "type", "noise", error));
    return hot_settings_set(all, "type", "litter*", error);
}

/** Every density that there is. */
static hot_status settings_deepen(hot_settings *all, hot_error *error)
{
    HOT_TRY(hot_settings_set(all, "bandwidth", "auto", error));
    HOT_TRY(hot_settings_set(all, "kde-adaptive", "yes", error));
    HOT_TRY(hot_settings_set(all, "kde-edge", "diggle", error));
    HOT_TRY(hot_settings_set(all, "kde-half-life", "2", error));
    return hot_settings_set(all, "kde-dual", "ratio", error);
}

/* ---- trying an operation with less memory than it needs ---- */

typedef struct {
    const char *what;
    /** Appends to `result` all that it made. */
    hot_status (*run)(void *self, hot_bytes *result, hot_error *error);
    void *self;
} operation;

static bool same(const hot_bytes *a, const hot_bytes *b)
{
    return a->length == b->length && (a->length == 0 || memcmp(a->data, b->data, a->length) == 0);
}

/** The first n in full, then by steps that grow with n, so that a build with sanitizers is done in
 *  time: what an operation asks for late it asks for many times. With HOTBEAT_WHOLE set, each. */
static long next_of(long n)
{
    return n < 60 || getenv("HOTBEAT_WHOLE") ? n + 1 : n + n / 60;
}

/** Any n from none to what it takes. An operation may do without what was refused, if its result is
 *  the same. */
static void refuse_each(const operation *o)
{
    hot_bytes whole = {0};
    hot_error error = {{0}};
    hot_status status = o->run(o->self, &whole, &error);
    if (status != HOT_OK) fail_msg("%s: %s", o->what, error.text);
    long n = 0;
    for (bool enough = false; !enough; n = next_of(n)) {
        hot_bytes made = {0};
        error.text[0] = 0;
        hot_memory_fail_after(n);
        status = o->run(o->self, &made, &error);
        void *more = hot_new(1, 1); /* whether one more would have been granted */
        hot_memory_fail_after(-1);
        enough = more != NULL;
        hot_free(more);
        if (status == HOT_OK && !same(&made, &whole))
            fail_msg("%s: after %ld requests: half a result", o->what, n);
        if (status != HOT_OK && status != HOT_MEMORY)
            fail_msg("%s: after %ld requests: status %d: %s", o->what, n, (int)status, error.text);
        if (enough) assert_int_equal(status, HOT_OK);
        hot_bytes_free(&made);
    }
    assert_true(n > 1);
    hot_bytes_free(&whole);
}

/* ---- the operations ---- */

static hot_status settings_run(void *self, hot_bytes *result, hot_error *error)
{
    (void)self;
    hot_settings all = {0};
    hot_status status = settings_make(&all, error);
    for (size_t k = 0; k < all.n && status == HOT_OK; k++)
        for (size_t i = 0; i < all.setting[k].n && status == HOT_OK; i++)
            status = hot_bytes_add_text(result, all.setting[k].text[i]);
    hot_settings_free(&all);
    return status;
}

static hot_status tables_format(const hot_study *study, const hot_result *result, hot_bytes *bytes)
{
    for (size_t k = 0; k < result->n; k++) {
        HOT_TRY(hot_table_format(&result->layers[k], bytes));
        HOT_TRY(hot_table_format_about(&result->layers[k], bytes));
    }
    HOT_TRY(hot_table_format_rejects(&study->loaded, bytes));
    HOT_TRY(hot_table_format_duplicates(&study->loaded, bytes));
    return hot_bytes_add(bytes, result->surface.value,
                         (size_t)hot_frame_size(&result->surface.frame) * sizeof(float));
}

static hot_status manifest_format(const hot_study *study, const hot_result *result,
                                  hot_bytes *bytes, hot_error *error)
{
    char *text = NULL, run_id[16];
    HOT_TRY(hot_manifest_format(study, result, &text, run_id, error));
    hot_status status = hot_bytes_add_text(bytes, text);
    hot_free(text);
    return status;
}

/** From files to every table. `study` and `result` are to be freed whatever becomes of it. */
/** @param only  one analysis, or NULL for all */
static hot_status analyse(const hot_settings *settings, const char *only, hot_study *study,
                          hot_result *result, hot_error *error)
{
    const char *paths[] = {path_of("a.csv"), path_of("b.csv")};
    HOT_TRY(hot_study_load(paths, COUNT(paths), settings, NULL, study, error));
    HOT_TRY(hot_study_frame(study, true, error));
    return hot_catalogue_make(study, only, result, error);
}

static hot_status analysis_run(void *self, hot_bytes *bytes, hot_error *error)
{
    hot_study study = {0};
    hot_result result = {0}, frozen = {0};
    hot_status status = analyse(self, NULL, &study, &result, error);
    if (status == HOT_OK) status = tables_format(&study, &result, bytes);
    if (status == HOT_OK) status = manifest_format(&study, &result, bytes, error);
    if (status == HOT_OK) status = hot_hotspots_freeze(&study, &result, "a", &frozen, error);
    if (status == HOT_OK) status = hot_table_format(&frozen.layers[0], bytes);
    hot_result_free(&frozen);
    hot_result_free(&result);
    hot_study_free(&study);
    return status;
}

/** Hotspots tested on one month, their tables and rows. */
static hot_status evaluation_run(void *self, hot_bytes *bytes, hot_error *error)
{
    hot_study study = {0};
    hot_result result = {0};
    hot_status status = analyse(self, "evaluate", &study, &result, error);
    if (status == HOT_OK) status = tables_format(&study, &result, bytes);
    if (status == HOT_OK) status = hot_rows_format(hot_result_layer(&result, "evaluation"), bytes);
    hot_result_free(&result);
    hot_study_free(&study);
    return status;
}

static hot_status judgement_run(void *self, hot_bytes *bytes, hot_error *error)
{
    const char *paths[] = {path_of("a.csv"), path_of("b.csv")};
    hot_study study = {0};
    hot_judgement judgement = {0};
    hot_status status = hot_study_load(paths, COUNT(paths), self, NULL, &study, error);
    if (status == HOT_OK) status = hot_judge(&study, &judgement);
    if (status == HOT_OK) status = hot_judgement_format(&judgement, &study, bytes);
    hot_judgement_free(&judgement);
    hot_study_free(&study);
    return status;
}

static hot_status take_file(const char *path, hot_bytes *bytes)
{
    char block[4096];
    FILE *f = fopen(path, "rb");
    if (!f) return HOT_SYSTEM;
    hot_status status = HOT_OK;
    for (size_t n; status == HOT_OK && (n = fread(block, 1, sizeof block, f)) > 0;)
        status = hot_bytes_add(bytes, block, n);
    fclose(f);
    return status;
}

static hot_status geopackage_run(void *self, hot_bytes *bytes, hot_error *error)
{
    const char *path = path_of("made.gpkg");
    hot_gpkg_rules rules = {"2025-03-31", hot_style_of, NULL};
    remove(path);
    hot_status status = hot_gpkg_write(path, self, &rules, error);
    if (status == HOT_OK) status = take_file(path, bytes);
    remove(path);
    return status;
}

static hot_status surface_run(void *self, hot_bytes *bytes, hot_error *error)
{
    const hot_result *result = self;
    const char *path = path_of("made.tif");
    remove(path);
    hot_status status =
        hot_surface_write(path, &result->surface, result->epsg, "Density", "2025-03-31", error);
    if (status == HOT_OK) status = take_file(path, bytes);
    remove(path);
    return status;
}

static hot_status reading_run(void *self, hot_bytes *bytes, hot_error *error)
{
    hot_result result = {0};
    hot_status status = hot_result_read(self, &result, error);
    for (size_t k = 0; k < result.n && status == HOT_OK; k++) {
        const hot_shapes *s = &result.layers[k].shapes;
        status = hot_table_format(&result.layers[k], bytes);
        if (status == HOT_OK) status = hot_bytes_add(bytes, s->x, s->n_points * sizeof *s->x);
        if (status == HOT_OK) status = hot_bytes_add(bytes, s->y, s->n_points * sizeof *s->y);
    }
    if (status == HOT_OK && result.surface.value)
        status = hot_bytes_add(bytes, result.surface.value,
                               (size_t)hot_frame_size(&result.surface.frame) * sizeof(float));
    hot_result_free(&result);
    return status;
}

static hot_status legend_run(void *self, hot_bytes *bytes, hot_error *error)
{
    size_t length;
    hot_legend legend = {0};
    const char *qml = hot_style_bytes(self, &length);
    hot_status status = hot_legend_read(qml, length, &legend, error);
    for (size_t k = 0; k < legend.n && status == HOT_OK; k++) {
        status = hot_bytes_add_text(bytes, legend.entry[k].label);
        if (status == HOT_OK)
            status = hot_bytes_add(bytes, &legend.entry[k].fill, sizeof(hot_colour));
    }
    hot_legend_free(&legend);
    return status;
}

/* ---- the tests ---- */

static void options_without_memory(void **unused)
{
    (void)unused;
    refuse_each(&(operation){"options", settings_run, NULL});
}

static void styles_without_memory(void **unused)
{
    (void)unused;
    static char *const style[] = {"areas", "density", "incidents", "repeats", "surface", "context"};
    for (size_t k = 0; k < COUNT(style); k++)
        refuse_each(&(operation){style[k], legend_run, style[k]});
}

static void analysis_without_memory(void **unused)
{
    (void)unused;
    hot_settings settings = {0};
    hot_error error = {{0}};
    assert_int_equal(settings_make(&settings, &error), HOT_OK);
    assert_int_equal(settings_deepen(&settings, &error), HOT_OK);
    refuse_each(&(operation){"analysis", analysis_run, &settings});
    refuse_each(&(operation){"judgement", judgement_run, &settings});
    hot_settings_free(&settings);
}

/** The same, with codes, weights and a second agency. */
static void splits_without_memory(void **unused)
{
    (void)unused;
    hot_settings settings = {0};
    hot_error error = {{0}};
    assert_int_equal(settings_make(&settings, &error), HOT_OK);
    assert_int_equal(hot_settings_set(&settings, "hotspots-count", "0", &error), HOT_OK);
    assert_int_equal(set_source(&settings, "source", "council", "c.csv", &error), HOT_OK);
    /* The council has January alone, which a comparison would refuse. */
    assert_int_equal(hot_settings_set(&settings, "compare", "none", &error), HOT_OK);
    assert_int_equal(hot_settings_set(&settings, "map-types", path_of("map.csv"), &error), HOT_OK);
    assert_int_equal(hot_settings_set(&settings, "weights", path_of("weights.csv"), &error),
                     HOT_OK);
    refuse_each(&(operation){"splits", analysis_run, &settings});
    hot_settings_free(&settings);
}

static void evaluation_without_memory(void **unused)
{
    (void)unused;
    hot_settings settings = {0};
    hot_error error = {{0}};
    assert_int_equal(settings_make(&settings, &error), HOT_OK);
    assert_int_equal(hot_settings_set(&settings, "from", "2025-12", &error), HOT_OK);
    assert_int_equal(hot_settings_set(&settings, "compare", "none", &error), HOT_OK);
    refuse_each(&(operation){"evaluation", evaluation_run, &settings});
    hot_settings_free(&settings);
}

static void files_without_memory(void **unused)
{
    (void)unused;
    hot_settings settings = {0};
    hot_study study = {0}, dense = {0};
    hot_result result = {0}, surface = {0};
    hot_error error = {{0}};
    hot_gpkg_rules rules = {"2025-03-31", hot_style_of, NULL};
    char gpkg[200], tif[200];
    snprintf(gpkg, sizeof gpkg, "%s", path_of("hotbeat.gpkg"));
    snprintf(tif, sizeof tif, "%s", path_of("density.tif"));
    assert_int_equal(settings_make(&settings, &error), HOT_OK);
    /* Two analyses have every kind of layer that there is: points, polygons, tables, a surface. */
    assert_int_equal(analyse(&settings, "repeats", &study, &result, &error), HOT_OK);
    assert_int_equal(analyse(&settings, "kde", &dense, &surface, &error), HOT_OK);
    refuse_each(&(operation){"geopackage", geopackage_run, &result});
    refuse_each(&(operation){"surface", surface_run, &surface});
    assert_int_equal(hot_gpkg_write(gpkg, &result, &rules, &error), HOT_OK);
    assert_int_equal(hot_surface_write(tif, &surface.surface, 27700, "", "2025-03-31", &error),
                     HOT_OK);
    refuse_each(&(operation){"reading", reading_run, gpkg});
    assert_int_equal(remove(gpkg), 0);
    assert_int_equal(remove(tif), 0);
    hot_result_free(&surface);
    hot_study_free(&dense);
    hot_result_free(&result);
    hot_study_free(&study);
    hot_settings_free(&settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_without_memory),  cmocka_unit_test(styles_without_memory),
        cmocka_unit_test(analysis_without_memory), cmocka_unit_test(splits_without_memory),
        cmocka_unit_test(files_without_memory),    cmocka_unit_test(evaluation_without_memory),
    };
    return cmocka_run_group_tests_name("exhausted", tests, make_files, remove_files);
}
