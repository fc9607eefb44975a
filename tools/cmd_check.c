/* check: what is in the input, what would be rejected and why. Writes nothing. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/bytes.h"
#include "engine/incidents/select.h"
#include "layers/judge.h"
#include "layers/write/manifest.h"
#include "tools/options.h"
#include "tools/plain.h"
#include "tools/progress.h"

enum { PLAIN = 256, SHOWN = 20, TYPES_SHOWN = 40 };

static double percent(uint64_t part, uint64_t whole)
{
    return whole ? 100 * (double)part / (double)whole : 0;
}

/* ---- rows ---- */

static int by_name(const void *a, const void *b)
{
    const hot_input *const *p = a, *const *q = b;
    return strcmp((*p)->name, (*q)->name);
}

static void say_file(const hot_input *one)
{
    char name[PLAIN];
    printf(
        "  %-44s %9" PRIu64 " rows, %" PRIu64 " accepted, %zu rejected, %" PRIu64 " duplicate%s\n",
        hot_plain(one->name, name, sizeof name), one->read, one->accepted, one->rejects.n,
        one->duplicates,
        one->columns.stats19 ? "; road collisions: their reference is no identifier of a row" : "");
}

static void say_names(const char *const *list, size_t n, const char *about)
{
    char name[PLAIN];
    for (size_t k = 0; k < n && k < SHOWN; k++)
        printf("  %s: %s\n", hot_plain(list[k], name, sizeof name), about);
    if (n > SHOWN) printf("  and %zu more: %s\n", n - SHOWN, about);
}

static hot_status say_rows(const hot_study *s)
{
    const hot_loaded *in = &s->loaded;
    printf("%" PRIu64 " rows read = %" PRIu64 " accepted + %" PRIu64 " rejected + %zu duplicate\n",
           in->read, in->accepted, in->rejected, in->n_duplicates);
    const hot_input **order = hot_new(in->n_inputs, sizeof *order);
    if (!order) return HOT_MEMORY;
    for (size_t k = 0; k < in->n_inputs; k++) order[k] = &in->inputs[k];
    qsort(order, in->n_inputs, sizeof *order, by_name);
    for (size_t k = 0; k < in->n_inputs; k++) say_file(order[k]);
    hot_free(order);
    say_names(in->again, in->n_again, "the same content as another file, read once");
    return HOT_OK;
}

static void say_rejects(const hot_study *s)
{
    const hot_loaded *in = &s->loaded;
    size_t shown = 0;
    char name[PLAIN];
    if (in->rejected == 0) return;
    printf("\nRejected, by reason:\n");
    for (int r = 0; r < HOT_REASONS; r++)
        if (in->rejects[r])
            printf("  %-18s %9" PRIu64 "  %s\n", hot_reason_name((hot_reason)r), in->rejects[r],
                   hot_reason_about((hot_reason)r));
    printf("\nThe first of them:\n");
    for (size_t k = 0; k < in->n_inputs; k++)
        for (size_t r = 0; r < in->inputs[k].rejects.n && shown < SHOWN; r++, shown++) {
            const hot_reject *one = &in->inputs[k].rejects.row[r];
            printf("  %s, line %" PRIu64, hot_plain(in->inputs[k].name, name, sizeof name),
                   one->line);
            if (one->column) printf(", column %u", one->column);
            printf(": %s\n", hot_reason_name(one->reason));
        }
    if (in->rejected > shown) printf("  and %" PRIu64 " more\n", in->rejected - shown);
}

static void say_mistakes(const hot_study *s, const hot_judgement *j)
{
    char mend[PLAIN];
    if (j->n_mistakes == 0) return;
    printf("\nLikely mistakes, and what mends them:\n");
    for (size_t k = 0; k < j->n_mistakes; k++)
        printf("  %" PRIu64 " of %" PRIu64 " rows %s.\n    Try: %s\n", j->mistakes[k].rows,
               s->loaded.read, j->mistakes[k].about,
               hot_plain(j->mistakes[k].mend, mend, sizeof mend));
}

/* ---- when ---- */

static void say_months(const hot_judgement *j)
{
    for (size_t k = 0; k < j->n_months; k++) {
        const hot_month_rows *m = &j->months[k];
        printf("  %04d-%02d %9" PRIu64 " rows", m->month / 12, m->month % 12 + 1, m->rows);
        if (m->files > 1) printf(" in %zu files", m->files);
        printf("\n");
    }
}

/** Months for which there is no data, and files with holes. */
static void say_gaps(const hot_study *s, const hot_judgement *j)
{
    size_t gaps = 0;
    char name[PLAIN];
    for (size_t k = 0; k < s->coverage.n; k++) {
        int32_t month = s->coverage.first + (int32_t)k;
        if (s->coverage.covered[k]) continue;
        printf("%s%04d-%02d", gaps++ ? ", " : "  No data for ", month / 12, month % 12 + 1);
    }
    if (gaps) printf(": a month without a file is not a month without incidents.\n");
    for (size_t k = 0; k < j->n_files; k++)
        if (j->files[k].gaps)
            printf("  %s has %d month%s without a row between its first and its last.\n",
                   hot_plain(j->files[k].name, name, sizeof name), j->files[k].gaps,
                   j->files[k].gaps == 1 ? "" : "s");
}

static void say_coverage(const hot_study *s, const hot_judgement *j)
{
    enum { MONTHS_SHOWN = 120 };
    char period[96];
    hot_study_period(s, period);
    printf("\nPeriod: %s\n", *period ? period : "no month is covered");
    if (j->n_months <= MONTHS_SHOWN) say_months(j);
    say_gaps(s, j);
}

/* ---- what ---- */

static void say_types(const hot_judgement *j)
{
    char name[PLAIN];
    printf("\nTypes:\n");
    for (size_t k = 0; k < j->n_types && k < TYPES_SHOWN; k++) {
        const hot_type_rows *t = &j->types[k];
        uint64_t all = t->located + t->unlocated;
        printf("  %9" PRIu64 "  %s", all, *t->name ? hot_plain(t->name, name, 90) : "(no type)");
        if (t->unlocated) printf(" (%.1f %% without coordinates)", percent(t->unlocated, all));
        printf("\n");
    }
    if (j->n_types > TYPES_SHOWN) printf("  and %zu more\n", j->n_types - TYPES_SHOWN);
}

/* ---- where ---- */

static void say_snapped(const hot_study *s, const hot_judgement *j)
{
    printf("\nLocations: %zu distinct, for %zu incidents\n", s->loaded.points.n,
           s->loaded.incidents.n);
    if (s->loaded.snapped)
        printf("  They are anonymised map points, not where things happened: %.0f %% of the dates "
               "are no finer than\n  a month, %.0f %% of the labels begin \"On or near\", and "
               "%.1f incidents share a point. Repeat places and\n  street-level patterns describe "
               "the map points.\n",
               100 * j->month_share, 100 * j->near_share, j->rows_per_point);
    else
        printf(
            "  They are taken for where things happened: %.0f %% of the dates are no finer than a "
            "month, %.0f %% of the\n  labels begin \"On or near\", and %.1f incidents share a "
            "point.\n",
            100 * j->month_share, 100 * j->near_share, j->rows_per_point);
}

static void say_known(const hot_study *s, const hot_judgement *j)
{
    static const char *const to[HOT_KNOWN] = {"about 1 m", "about 10 m", "about 100 m",
                                              "about 1 km", "worse than 1 km"};
    size_t classes = 0;
    for (size_t k = 0; k < HOT_KNOWN; k++) classes += j->known[k] > 0;
    for (size_t k = 0; k < HOT_KNOWN; k++)
        if (j->known[k])
            printf("  %s positions are written to %s%s.\n",
                   classes == 1                          ? "All"
                   : k == 0 || j->known[k] * 2 > j->rows ? "Most"
                                                         : "Some",
                   to[k], s->loaded.snapped ? ", which map points are not" : "");
}

static const char *pile_in_words(hot_pile pile)
{
    switch (pile) {
    case HOT_PILE_STATION:
        return ": a police station, where things are recorded";
    case HOT_PILE_NO_ABODE:
        return ": a stand-in for an address that is not known";
    case HOT_PILE_ROUNDED:
        return ": rounded coordinates, the middle of somewhere";
    case HOT_PILE_LARGE:
        return ": so many that it may stand for somewhere else";
    default:
        return "";
    }
}

static void say_piles(const hot_judgement *j)
{
    char label[PLAIN];
    if (j->n_top) printf("\nMost incidents on one point:\n");
    for (size_t k = 0; k < j->n_top; k++)
        printf("  %9" PRIu64 "  (%.1f %%)  %.0f, %.0f  %s%s\n", j->top[k].rows,
               percent(j->top[k].rows, j->rows), j->top[k].x, j->top[k].y,
               hot_plain(j->top[k].label, label, 90), pile_in_words(j->top[k].pile));
    if (j->piled[HOT_PILE_STATION])
        printf("  %" PRIu64
               " incidents in all are placed at a police station or custody suite: they "
               "were recorded\n  there and may have happened elsewhere.\n",
               j->piled[HOT_PILE_STATION]);
    if (j->piled[HOT_PILE_NO_ABODE])
        printf("  %" PRIu64 " incidents in all have an address that stands for none (\"no fixed "
               "abode\", \"unknown\").\n",
               j->piled[HOT_PILE_NO_ABODE]);
}

static void say_places(const hot_study *s, const hot_judgement *j)
{
    const hot_loaded *in = &s->loaded;
    say_snapped(s, j);
    say_known(s, j);
    printf("Projection: %s", in->operation);
    if (in->accuracy > 0) printf(", good to %g m", in->accuracy);
    printf("\n");
    if (in->coarse && s->epsg == 27700)
        printf("  The OSTN15 grid is not installed: positions may be out by up to 4 m.\n");
    say_piles(j);
}

static void say_outside(const hot_judgement *j)
{
    static const char *const far[] = {"up to 100 m", "100 m to 1 km", "1 to 10 km",
                                      "more than 10 km"};
    for (size_t k = 0; k < 4; k++)
        if (j->outside[k]) printf("    %9" PRIu64 "  %s from its edge\n", j->outside[k], far[k]);
}

static void say_selection(const hot_study *s, const hot_judgement *j)
{
    char types[200], plain[PLAIN];
    hot_study_types(s, types, sizeof types);
    printf("\n%s: %" PRIu64 " selected, and %" PRIu64 " more without coordinates\n",
           hot_plain(types, plain, sizeof plain), s->n_selected, s->loaded.selected_unlocated);
    if (s->bounding == SIZE_MAX) return;
    printf("  %" PRIu64 " inside the study area, %" PRIu64 " outside\n", s->n_inside, s->n_outside);
    say_outside(j);
    for (size_t k = 0; k < s->n_sets; k++)
        printf("  %s: %zu areas; %" PRIu64
               " incidents of the study area lie in none; %zu repaired\n",
               s->sets[k].areas.name, s->sets[k].areas.n, s->sets[k].unplaced,
               s->sets[k].areas.n_repairs);
}

static hot_status say(const hot_study *s, const hot_judgement *j)
{
    HOT_TRY(say_rows(s));
    say_rejects(s);
    say_mistakes(s, j);
    say_coverage(s, j);
    say_types(j);
    say_places(s, j);
    say_selection(s, j);
    return HOT_OK;
}

/* ---- as JSON ---- */

/** The manifest's parts, and the judgement as one more. */
static hot_status say_json(const hot_study *s, const hot_judgement *j, int *code, hot_error *error)
{
    char *text = NULL;
    hot_bytes bytes = {0};
    hot_status status = hot_manifest_format_input(s, &text, error);
    char *end = status == HOT_OK ? strrchr(text, '}') : NULL;
    if (end) {
        while (end > text && (end[-1] == '\n' || end[-1] == ' ')) end--;
        *end = 0;
        status = hot_bytes_add_text(&bytes, text);
        if (status == HOT_OK) status = hot_bytes_add_text(&bytes, ",\n  \"judgement\": ");
        if (status == HOT_OK) status = hot_judgement_format(j, s, &bytes);
        if (status == HOT_OK) status = hot_bytes_add(&bytes, "\n}", 3);
    }
    if (status == HOT_OK) *code = hot_say_data((const char *)bytes.data);
    hot_free(text);
    hot_bytes_free(&bytes);
    return status;
}

/** Files that were passed over, named on stderr. */
static void tell_skipped(const hot_asked *asked, const hot_loaded *in)
{
    char name[PLAIN];
    for (size_t k = 0; k < in->n_skipped && k < SHOWN; k++)
        hot_message(&asked->settings, "%s is no file of incidents and was skipped.",
                    hot_plain(in->skipped[k], name, sizeof name));
    if (in->n_skipped > SHOWN)
        hot_message(&asked->settings, "%zu more files that hold no incidents were skipped.",
                    in->n_skipped - SHOWN);
}

static int check(const hot_asked *asked)
{
    hot_study study = {0};
    hot_judgement judgement = {0};
    hot_error error = {{0}};
    hot_progress progress = hot_progress_begin(&asked->settings);
    hot_status status =
        hot_study_load(asked->path, asked->n_paths, &asked->settings, &progress, &study, &error);
    hot_progress_end();
    int code = 0;
    if (status == HOT_OK) tell_skipped(asked, &study.loaded);
    if (status == HOT_OK) status = hot_judge(&study, &judgement);
    bool json = hot_settings_given(&asked->settings, "json");
    if (status == HOT_OK)
        status = json ? say_json(&study, &judgement, &code, &error) : say(&study, &judgement);
    if (status != HOT_OK) code = hot_explain(status, &error);
    double most = hot_settings_number(&asked->settings, "max-rejected");
    if (code == 0 && (double)study.loaded.rejected > most * (double)study.loaded.read) code = 3;
    code = hot_said(code);
    hot_judgement_free(&judgement);
    hot_study_free(&study);
    return code;
}

/* clang-format off */
static const hot_option options[] = {
    {"json", HOT_OPTION_FLAG, NULL, NULL, NULL, "Messages", "print the counts and the judgement as JSON on stdout", true},
};
/* clang-format on */

const hot_command hot_command_check = {
    .name = "check",
    .arguments = "INCIDENTS...",
    .about = "Read and judge the input; writes nothing",
    .examples = "Example:\n\n  hotbeat check 2025-*.csv --areas ward=wards.gpkg",
    .options = options,
    .n_options = 1,
    .analyses = true,
    .least_paths = 1,
    .most_paths = 65535,
    .run = check,
};
