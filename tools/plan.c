#include "tools/plan.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "layers/write/plan.h"
#include "layers/write/publish.h"
#include "tools/options.h"
#include "tools/plain.h"

enum { PLAIN = 1024 };

static void say_rows(const hot_study *s)
{
    const hot_loaded *in = &s->loaded;
    char period[96];
    hot_study_period(s, period);
    printf("Rows\n  %" PRIu64 " read = %" PRIu64 " accepted + %" PRIu64
           " rejected + %zu duplicate\n",
           in->read, in->accepted, in->rejected, in->n_duplicates);
    printf("  %" PRIu64 " selected = %" PRIu64 " inside + %" PRIu64
           " outside the study area; %" PRIu64 " more have no coordinates\n  %s\n",
           s->n_selected, s->n_inside, s->n_outside, in->selected_unlocated, period);
}

static void say_crs(const hot_study *s)
{
    const hot_loaded *in = &s->loaded;
    char name[PLAIN], operation[PLAIN];
    printf("\nCoordinates\n  EPSG:%d (%s)\n  Operation: %s\n", s->epsg,
           hot_plain(s->crs.name, name, sizeof name),
           hot_plain(in->operation, operation, sizeof operation));
    if (isfinite(in->accuracy)) printf("  Accuracy: %g m\n", in->accuracy);
    if (in->grid) printf("  Grid: %s\n", hot_plain(in->grid, name, sizeof name));
}

static void say_rule(const char *name, double x, double y)
{
    if (!isfinite(x)) return;
    printf("    %-56s %7.1f m", name, x);
    if (isfinite(y)) printf(" east, %.1f m north", y);
    printf("\n");
}

static void say_beside(const hot_bandwidth_beside *b)
{
    const double none = NAN;
    printf("  Other rules, of %zu distinct places:\n", b->places);
    say_rule("ArcGIS, a quartic's radius", b->rules.arcgis, none);
    say_rule("nrd, four times a Gaussian's sigma", b->rules.nrd_x, b->rules.nrd_y);
    say_rule("Scott, a Gaussian's sigma", b->rules.scott_x, b->rules.scott_y);
    say_rule("likeliest of those that auto tries", b->likely, none);
    say_rule("Berman and Diggle, a disc's radius, at most 1 km", b->disc, none);
    say_rule("Cronie and van Lieshout, a Gaussian's sigma", b->inverse, none);
    if (b->places > HOT_BESIDE_PLACES)
        printf("    (the last three are not worked out for more than %d places)\n",
               HOT_BESIDE_PLACES);
    else if (b->places > HOT_BESIDE_FAR_PLACES)
        printf("    (Cronie and van Lieshout's is not worked out for more than %d places)\n",
               HOT_BESIDE_FAR_PLACES);
    printf("    A Gaussian's sigma spreads as a quartic of 2.83 times it, a disc of R as one of "
           "1.41 R.\n");
}

static void say_tried(const hot_bandwidth_choice *c)
{
    bool ahead = c->way == HOT_BANDWIDTH_AHEAD;
    if (!ahead && c->way != HOT_BANDWIDTH_LIKELY) return;
    printf("  Tried: %s\n", ahead ? "incidents found" : "log likelihood");
    for (int k = 0; k < HOT_BANDWIDTHS; k++)
        printf("    %6g m  %10.1f\n", c->metres[k], c->score[k]);
}

static void say_density(const hot_study *s, const hot_plan *p)
{
    const hot_frame *f = &s->frame;
    printf("\nDensity\n  Kernel %s, bandwidth %g m. %s\n", hot_settings_text(s->settings, "kernel"),
           s->bandwidth, s->chosen.why);
    say_tried(&s->chosen);
    say_beside(&p->beside);
    printf("  Cells: %d by %d of %g m = %" PRId64 ", of which %" PRId64 " in the study area\n",
           f->cols, f->rows, f->cell, hot_frame_size(f), p->cells_inside);
}

/** Where it would go, and what of it is there. */
static void say_target(const char *out, const char *refused, size_t replaced)
{
    char plain[PLAIN];
    if (!out)
        printf("  It is not said where: --out FOLDER\n");
    else if (*refused)
        printf("  It would be refused: %s\n", hot_plain(refused, plain, sizeof plain));
    else if (replaced)
        printf("  %s: is there, and its %zu file%s would be replaced\n",
               hot_plain(out, plain, sizeof plain), replaced, replaced == 1 ? "" : "s");
    else
        printf("  %s: would be made new\n", hot_plain(out, plain, sizeof plain));
}

static void say_text(const hot_study *s, const hot_plan *p)
{
    say_rows(s);
    say_crs(s);
    if (p->surface) say_density(s, p);
    printf("\nMemory\n  About %.0f MiB\n\nOutput\n", (double)p->bytes / (1 << 20));
    say_target(p->out, p->refused, p->replaced);
    for (size_t k = 0; k < p->n_files; k++) printf("  %s\n", p->file[k]);
    if (p->pages) printf("  (%zu maps)\n", p->pages);
    printf("\nNothing was written.\n");
}

int hot_plan_say(const hot_study *s, const char *only, hot_error *error)
{
    hot_plan plan;
    char *text = NULL;
    bool json = hot_settings_given(s->settings, "json");
    hot_status status = hot_plan_make(s, only, hot_settings_text(s->settings, "out"),
                                      hot_settings_given(s->settings, "overwrite"), &plan);
    if (status == HOT_OK && json) status = hot_plan_format(s, &plan, &text, error);
    if (status != HOT_OK) return hot_explain(status, error);
    if (json)
        fputs(text, stdout);
    else
        say_text(s, &plan);
    if (json) fputc('\n', stdout);
    hot_free(text);
    return hot_said(0);
}

int hot_target_say(const char *out, const char *kind, bool overwrite, const char *what)
{
    size_t replaced = 0;
    hot_error why = {{0}};
    if (out) (void)!hot_publish_look(out, kind, overwrite, &replaced, &why);
    printf("Output\n");
    say_target(out, why.text, replaced);
    printf("  %s\n\nNothing was written.\n", what);
    return hot_said(0);
}
