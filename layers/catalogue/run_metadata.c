/* What a run says about itself, as keys and values. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/base/bytes.h"
#include "engine/base/version.h"
#include "layers/catalogue/catalogue.h"
#include "layers/write/manifest.h"

static const hot_column columns[] = {
    {"key", HOT_TEXT, "Key", "", "What it is: title, period, bandwidth, manifest ..."},
    {"value", HOT_TEXT, "Value", "", "What the run says of it."},
};

const hot_declaration hot_metadata_layer = {
    .name = "run_metadata",
    .geometry = HOT_NO_GEOMETRY,
    .title = "About this run",
    .about = "What was asked for, what was read, and how it was worked out.",
    .citation = "",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

enum { WORDS = 64 };

typedef struct {
    const char *key[WORDS];
    char *value[WORDS];
    size_t n;
    bool failed;
} list;

/** A count with thousands separators. */
static const char *thousands(uint64_t n, char *text)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, n), to = 0;
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0) text[to++] = ',';
        text[to++] = digits[i];
    }
    text[to] = 0;
    return text;
}

static void add(list *l, const char *key, const char *value)
{
    if (!value || !*value || l->n == WORDS) return;
    l->key[l->n] = key;
    l->value[l->n] = hot_text(value, strlen(value));
    l->failed = l->failed || !l->value[l->n];
    l->n++;
}

static void add_count(list *l, const char *key, uint64_t n)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, n);
    add(l, key, text);
}

static void add_mapped(const hot_study *s, list *l)
{
    char text[160], inside[32], all[32];
    uint64_t n = s->n_selected + s->loaded.selected_unlocated;
    snprintf(text, sizeof text, "%s of %s incidents mapped", thousands(s->n_inside, inside),
             thousands(n, all));
    add(l, "mapped", text);
}

static void add_projection(const hot_study *s, list *l)
{
    const hot_loaded *in = &s->loaded;
    char text[400], accuracy[48] = "";
    if (isfinite(in->accuracy) && in->accuracy > 0)
        snprintf(accuracy, sizeof accuracy, ", good to %g m", in->accuracy);
    bool none = strcmp(in->operation, "none") == 0;
    bool ostn = in->grid && strstr(in->grid, "OSTN15");
    if (none)
        snprintf(text, sizeof text, "%s (EPSG:%d), as in the input", s->crs.name, s->epsg);
    else if (ostn)
        snprintf(text, sizeof text, "%s (EPSG:%d), datum step OSTN15%s", s->crs.name, s->epsg,
                 accuracy);
    else
        snprintf(text, sizeof text, "%s (EPSG:%d)%s", s->crs.name, s->epsg, accuracy);
    add(l, "projection", text);
    add(l, "crs_operation", in->operation);
    add(l, "crs_grid", in->grid);
}

static void add_coarse(const hot_study *s, const char *key, list *l)
{
    char text[256], n[32];
    uint64_t coarse = s->counts.coarse_squares + s->counts.coarse_centroids;
    snprintf(text, sizeof text,
             "%s %s a coarse position, such as a postcode or the middle of a ward: counted by "
             "area, and left out of density, squares, repeat places and the search for hotspots.",
             thousands(coarse, n), coarse == 1 ? "incident has" : "incidents have");
    add(l, key, text);
}

static void add_remarks(const hot_study *s, list *l)
{
    static const char *const key[] = {"remark_1", "remark_2", "remark_3", "remark_4",
                                      "remark_5", "remark_6", "remark_7", "remark_8"};
    for (size_t k = 0; k < s->n_remarks && k < sizeof key / sizeof *key; k++)
        add(l, key[k], s->remark[k]);
}

static void add_warnings(const hot_study *s, list *l)
{
    static const char *const key[] = {"warning_1", "warning_2", "warning_3", "warning_4",
                                      "warning_5"};
    size_t n = 0;
    if (s->loaded.coarse && s->epsg == 27700)
        add(l, key[n++], "Positions may be out by up to 4 m: the OSTN15 grid is not installed.");
    if (s->coarse) add_coarse(s, key[n++], l);
    if (s->bounding == SIZE_MAX)
        add(l, key[n++],
            "No areas were given: the frame is that of the incidents themselves, and "
            "white may be ground that they do not cover.");
    add(l, key[n++], s->recording_shift);
    if (s->other_season)
        add(l, key[n++],
            "The comparison is of different months of the year: season alone may move them.");
}

static void add_method(const hot_study *s, list *l)
{
    char text[64];
    add(l, "kernel", hot_settings_text(s->settings, "kernel"));
    snprintf(text, sizeof text, "%g m", s->bandwidth);
    add(l, "bandwidth", text);
    add(l, "bandwidth_by", s->chosen.brief);
    add(l, "bandwidth_why", s->chosen.brief ? s->chosen.why : NULL);
    snprintf(text, sizeof text, "%g m", s->frame.cell);
    add(l, "cell", text);
}

static void add_sets(const hot_study *s, list *l)
{
    hot_bytes names = {0};
    hot_status status = HOT_OK;
    for (size_t k = 0; k < hot_study_tilings(s) && status == HOT_OK; k++) {
        if (k) status = hot_bytes_add_text(&names, " ");
        if (status == HOT_OK) status = hot_bytes_add_text(&names, s->sets[k].areas.name);
    }
    if (status == HOT_OK) status = hot_bytes_add(&names, "", 1);
    l->failed = l->failed || status != HOT_OK;
    if (status == HOT_OK) add(l, "area_sets", (const char *)names.data);
    hot_bytes_free(&names);
    if (s->bounding != SIZE_MAX) add(l, "study", s->sets[s->bounding].areas.name);
}

/** What was selected, and the title where none was given. */
static void add_types(const hot_study *s, list *l)
{
    const char *title = hot_settings_text(s->settings, "title");
    size_t room = hot_study_types(s, NULL, 0) + 1;
    char *types = hot_new_raw(room, 1);
    l->failed = l->failed || !types;
    if (types) hot_study_types(s, types, room);
    add(l, "title", title ? title : types);
    add(l, "types", types);
    hot_free(types);
}

static void add_all(const hot_study *s, const char *manifest, const char *run_id, list *l)
{
    char period[96];
    add_types(s, l);
    hot_study_period(s, period);
    add(l, "period", period);
    add(l, "comparison", s->comparison);
    add(l, "recording_shift", s->recording_shift);
    add_mapped(s, l);
    add_count(l, "selected", s->n_selected);
    add_count(l, "inside", s->n_inside);
    add_count(l, "outside", s->n_outside);
    add_count(l, "selected_unlocated", s->loaded.selected_unlocated);
    add(l, "profile", hot_settings_text(s->settings, "profile"));
    add(l, "marking", hot_settings_text(s->settings, "marking"));
    add(l, "source_line", hot_settings_text(s->settings, "source-line"));
    if (s->density) add_method(s, l);
    add_projection(s, l);
    add_sets(s, l);
    add(l, "snapped", s->loaded.snapped ? "1" : "0");
    add(l, "fictional", s->loaded.fictional ? "1" : "0");
    add(l, "show_places", hot_settings_given(s->settings, "show-places") ? "1" : "0");
    add_warnings(s, l);
    add_remarks(s, l);
    add(l, "software", "hotbeat " HOT_VERSION);
    add(l, "run_id", run_id);
    add(l, "manifest", manifest);
}

hot_status hot_metadata_make(const hot_study *s, hot_result *result, hot_error *error)
{
    list words = {.n = 0};
    char *manifest = NULL, run_id[16];
    HOT_TRY(hot_manifest_format(s, result, &manifest, run_id, error));
    add_all(s, manifest, run_id, &words);
    hot_free(manifest);
    hot_layer *l = words.failed ? NULL : hot_result_add(result);
    hot_status status = l ? hot_layer_new(&hot_metadata_layer, NULL, NULL, words.n, l) : HOT_MEMORY;
    for (size_t k = 0; k < words.n && status == HOT_OK; k++) {
        status = hot_layer_set_text(l, "key", k, words.key[k]);
        if (status == HOT_OK) status = hot_layer_set_text(l, "value", k, words.value[k]);
    }
    for (size_t k = 0; k < words.n; k++) hot_free(words.value[k]);
    return status;
}
