/* check: what is in the input, what would be rejected and why. Writes nothing. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/incidents/select.h"
#include "layers/study.h"
#include "layers/write/manifest.h"
#include "tools/options.h"
#include "tools/progress.h"

static int by_name(const void *a, const void *b)
{
    const hot_input *const *p = a, *const *q = b;
    return strcmp((*p)->name, (*q)->name);
}

static void say_file(const hot_input *one)
{
    printf("  %-44s %9" PRIu64 " rows, %" PRIu64 " accepted, %zu rejected, %" PRIu64
           " duplicate\n",
           one->name, one->read, one->accepted, one->rejects.n, one->duplicates);
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
    for (size_t k = 0; k < in->n_again; k++)
        printf("  %s: the same content as another file, read once\n", in->again[k]);
    return HOT_OK;
}

static void say_rejects(const hot_study *s)
{
    enum { SHOWN = 20 };
    const hot_loaded *in = &s->loaded;
    size_t shown = 0;
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
            printf("  %s, line %" PRIu64, in->inputs[k].name, one->line);
            if (one->column) printf(", column %u", one->column);
            printf(": %s\n", hot_reason_name(one->reason));
        }
    if (in->rejected > shown) printf("  and %" PRIu64 " more\n", in->rejected - shown);
}

static void say_coverage(const hot_study *s)
{
    const hot_coverage *c = &s->coverage;
    size_t gaps = 0;
    char period[96];
    hot_study_period(s, period);
    printf("\nPeriod: %s\n", *period ? period : "no month is covered");
    for (size_t k = 0; k < c->n; k++) {
        int32_t month = c->first + (int32_t)k;
        if (c->covered[k]) continue;
        printf("%s%04d-%02d", gaps++ ? ", " : "  no data for ", month / 12, month % 12 + 1);
    }
    if (gaps) printf("\n");
}

/** Rows of each type, most first. */
static hot_status say_types(const hot_study *s)
{
    const hot_incidents *t = &s->loaded.incidents;
    size_t *rows = hot_new(t->words.n, sizeof *rows);
    if (!rows) return HOT_MEMORY;
    for (size_t i = 0; i < t->n; i++) rows[t->type[i]]++;
    printf("\nTypes:\n");
    for (;;) {
        size_t best = 0;
        for (size_t k = 1; k < t->words.n; k++)
            if (rows[k] > rows[best] ||
                (rows[k] && rows[k] == rows[best] &&
                 strcmp(t->words.text[k], t->words.text[best]) < 0))
                best = k;
        if (t->words.n == 0 || rows[best] == 0) break;
        printf("  %9zu  %.80s\n", rows[best], best ? t->words.text[best] : "(no type)");
        rows[best] = 0;
    }
    hot_free(rows);
    return HOT_OK;
}

static void say_places(const hot_study *s)
{
    const hot_loaded *in = &s->loaded;
    printf("\nLocations: %zu distinct, for %zu incidents\n", in->points.n, in->incidents.n);
    if (in->snapped)
        printf("  They are anonymised map points, not where things happened: repeat places and "
               "street-level\n  patterns describe the map points.\n");
    printf("Projection: %s", in->operation);
    if (in->accuracy > 0) printf(", good to %g m", in->accuracy);
    printf("\n");
    if (in->coarse && s->epsg == 27700)
        printf("  The OSTN15 grid is not installed: positions may be out by up to 4 m.\n");
}

static void say_selection(const hot_study *s)
{
    char types[200];
    hot_study_types(s, types, sizeof types);
    printf("\n%s: %" PRIu64 " selected, and %" PRIu64 " more without coordinates\n", types,
           s->n_selected, s->loaded.selected_unlocated);
    if (s->bounding == SIZE_MAX) return;
    printf("  %" PRIu64 " inside the study area, %" PRIu64 " outside\n", s->n_inside, s->n_outside);
    for (size_t k = 0; k < s->n_sets; k++)
        printf("  %s: %zu areas; %" PRIu64 " incidents of the study area lie in none; %zu repaired\n",
               s->sets[k].areas.name, s->sets[k].areas.n, s->sets[k].unplaced,
               s->sets[k].areas.n_repairs);
}

static hot_status say(const hot_study *s)
{
    HOT_TRY(say_rows(s));
    say_rejects(s);
    say_coverage(s);
    HOT_TRY(say_types(s));
    say_places(s);
    say_selection(s);
    return HOT_OK;
}

static int check(const hot_asked *asked)
{
    hot_study study = {0};
    hot_error error = {{0}};
    char *text = NULL;
    hot_progress progress = hot_progress_begin(&asked->settings);
    hot_status status = hot_study_load(asked->path, asked->n_paths, &asked->settings, &progress,
                                       &study, &error);
    hot_progress_end();
    int code = 0;
    bool json = hot_settings_given(&asked->settings, "json");
    if (status == HOT_OK && json) status = hot_manifest_format_input(&study, &text, &error);
    if (status == HOT_OK && json) code = hot_say_data(text);
    if (status == HOT_OK && !json) status = say(&study);
    if (status != HOT_OK) code = hot_explain(status, &error);
    else if (fflush(stdout) != 0 || ferror(stdout)) code = 1;
    double most = hot_settings_number(&asked->settings, "max-rejected");
    if (code == 0 && (double)study.loaded.rejected > most * (double)study.loaded.read) code = 3;
    hot_free(text);
    hot_study_free(&study);
    return code;
}

/* clang-format off */
static const hot_option options[] = {
    {"json", HOT_OPTION_FLAG, NULL, NULL, NULL, "Messages", "print the counts as JSON on stdout", true},
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
