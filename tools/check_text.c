#include "tools/check_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/plain.h"
#include "tools/tell.h"

enum { PLAIN = 256, SHOWN = 20, EXAMPLES = 3, TYPES_SHOWN = 40 };

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
        one->columns.stats19 ? "; STATS19: rows that share a collision's reference are all counted"
                             : "");
}

static void say_names(const char *const *list, size_t n, const char *about)
{
    char name[PLAIN];
    for (size_t k = 0; k < n && k < SHOWN; k++)
        printf("  %s: %s\n", hot_plain(list[k], name, sizeof name), about);
    if (n > SHOWN) printf("  and %zu more: %s\n", n - SHOWN, about);
}

static void say_rows(const hot_study *s, const hot_input *const *files)
{
    const hot_loaded *in = &s->loaded;
    printf("%" PRIu64 " rows read = %" PRIu64 " accepted + %" PRIu64 " rejected + %zu duplicate\n",
           in->read, in->accepted, in->rejected, in->n_duplicates);
    for (size_t k = 0; k < in->n_inputs; k++) say_file(files[k]);
    say_names(in->again, in->n_again, "the same content as another file, read once");
}

/** Which column of a file was taken for what. */
static void list_columns(const hot_input *in)
{
    char name[PLAIN];
    const char *between = ": ";
    for (int p = 0; p < HOT_PURPOSES; p++) {
        if (!in->taken[p]) continue;
        printf("%s%s = %s", between, hot_purpose_name((hot_purpose)p),
               hot_plain(in->taken[p], name, 90));
        between = ", ";
    }
    printf("\n");
}

static bool same_columns(const hot_input *a, const hot_input *b)
{
    for (int p = 0; p < HOT_PURPOSES; p++) {
        if (!a->taken[p] != !b->taken[p]) return false;
        if (a->taken[p] && strcmp(a->taken[p], b->taken[p]) != 0) return false;
    }
    return true;
}

/** One line for files with the same columns that follow each other, as the months of a force do. */
static void say_columns(const hot_study *s, const hot_input *const *files)
{
    size_t n = s->loaded.n_inputs, alike, lines = 0;
    char name[PLAIN];
    printf("\nColumns taken:\n");
    for (size_t k = 0; k < n && lines < SHOWN; k += alike, lines++) {
        for (alike = 1; k + alike < n && same_columns(files[k], files[k + alike]);) alike++;
        printf("  %s", hot_plain(files[k]->name, name, sizeof name));
        if (alike > 1) printf(" and %zu more", alike - 1);
        list_columns(files[k]);
    }
    printf("  Where one is wrong, name another with --x, --y, --gridref, --date, --time-from, "
           "--time-to, --category, --id,\n  --place or --case.\n");
}

/** Where the first rows that were rejected for a reason stand. */
static void say_examples(const hot_input *const *files, size_t n, hot_reason reason)
{
    int shown = 0;
    char name[PLAIN];
    for (size_t k = 0; k < n; k++)
        for (size_t r = 0; r < files[k]->rejects.n && shown < EXAMPLES; r++) {
            const hot_reject *one = &files[k]->rejects.row[r];
            if (one->reason != reason) continue;
            printf("      %s %s, line %" PRIu64, shown++ ? "   and" : "such as",
                   hot_plain(files[k]->name, name, sizeof name), one->line);
            if (one->column) printf(", column %u", one->column);
            printf("\n");
        }
}

static void say_rejects(const hot_study *s, const hot_input *const *files)
{
    const hot_loaded *in = &s->loaded;
    if (in->rejected == 0) return;
    printf("\nRejected, by reason:\n");
    for (int r = 0; r < HOT_REASONS; r++) {
        if (in->rejects[r] == 0) continue;
        printf("  %-18s %9" PRIu64 "  %s\n", hot_reason_name((hot_reason)r), in->rejects[r],
               hot_reason_about((hot_reason)r));
        say_examples(files, in->n_inputs, (hot_reason)r);
    }
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

/** Room for the largest number of a month. */
static int month_width(const hot_judgement *j)
{
    uint64_t most = 0;
    int width = 6;
    for (size_t k = 0; k < j->n_months; k++)
        if (j->months[k].rows > most) most = j->months[k].rows;
    for (; most >= 10000; most /= 10) width++;
    return width;
}

/** A line for each year: rows of each month, "-" for one without data. */
static void say_months(const hot_study *s, const hot_judgement *j)
{
    static const char *const name[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (j->n_months == 0) return;
    int width = month_width(j);
    printf("  Rows");
    for (int k = 0; k < 12; k++) printf("%*s", width, name[k]);
    for (size_t k = 0; k < j->n_months; k++) {
        int32_t month = j->months[k].month;
        if (k == 0 || month % 12 == 0) printf("\n  %04d", month / 12);
        if (k == 0) printf("%*s", width * (month % 12), "");
        if (s->loaded.coverage.covered[k])
            printf("%*" PRIu64, width, j->months[k].rows);
        else
            printf("%*s", width, "-");
    }
    printf("\n");
}

static void say_shared_months(const hot_judgement *j)
{
    size_t shared = 0, first = 0;
    for (size_t k = 0; k < j->n_months; k++)
        if (j->months[k].files > 1 && shared++ == 0) first = k;
    if (shared == 0) return;
    int32_t month = j->months[first].month;
    printf(
        "  %zu month%s rows in more than one file, %04d-%02d %s: several areas, or the same rows "
        "twice?\n",
        shared, shared == 1 ? " has" : "s have", month / 12, month % 12 + 1,
        shared == 1 ? "it is" : "the first");
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
    char period[96];
    hot_study_period(s, period);
    printf("\nPeriod: %s\n", *period ? period : "no month is covered");
    say_months(s, j);
    say_gaps(s, j);
    say_shared_months(j);
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
        double share = percent(t->unlocated, all);
        if (t->unlocated && share < 0.05)
            printf(" (less than 0.1 %% without coordinates)");
        else if (t->unlocated)
            printf(" (%.1f %% without coordinates)", share);
        printf("\n");
    }
    if (j->n_types > TYPES_SHOWN) printf("  and %zu more\n", j->n_types - TYPES_SHOWN);
}

/* ---- where ---- */

static void say_snapped(const hot_study *s, const hot_judgement *j)
{
    const char *format =
        s->loaded.snapped
            ? "  They are anonymised map points, not where things happened: %.0f %% of the dates "
              "are no finer than\n  a month, %.0f %% of the labels begin \"On or near\", and %.1f "
              "incidents share a point. Repeat places and\n  street-level patterns describe the "
              "map points.\n"
            : "  They are taken for where things happened: %.0f %% of the dates are no finer than "
              "a "
              "month, %.0f %% of the\n  labels begin \"On or near\", and %.1f incidents share a "
              "point.\n";
    printf(format, 100 * j->month_share, 100 * j->near_share, j->rows_per_point);
}

static void say_known(const hot_study *s, const hot_judgement *j)
{
    static const char *const to[HOT_KNOWN] = {"about 1 m", "about 10 m", "about 100 m",
                                              "about 1 km", "worse than 1 km"};
    for (size_t k = 0; k < HOT_KNOWN; k++) {
        double share = percent(j->known[k], j->rows);
        if (!j->known[k]) continue;
        if (j->known[k] == j->rows)
            printf("  All positions are written to %s", to[k]);
        else
            printf("  %" PRIu64 " positions (%s%.1f %%) are written to %s", j->known[k],
                   share < 0.1    ? "less than "
                   : share > 99.9 ? "more than "
                                  : "",
                   fmin(fmax(share, 0.1), 99.9), to[k]);
        printf("%s.\n", s->loaded.snapped ? ", but only as map points" : "");
    }
}

/** How far they are spread, and whether that is the doing of a few. Beside a study area there is
 *  more to say: how far outside of it they lie. */
static void say_extent(const hot_study *s, const hot_judgement *j)
{
    double east = (j->all.east - j->all.west) / 1000, north = (j->all.north - j->all.south) / 1000;
    double most_east = (j->most.east - j->most.west) / 1000;
    double most_north = (j->most.north - j->most.south) / 1000;
    if (s->loaded.points.n < 2 || j->rows == 0 || s->bounding != SIZE_MAX) return;
    printf("  They lie within %.0f km by %.0f km", east, north);
    if (east > 2 * most_east + 1 || north > 2 * most_north + 1)
        printf(", 98 %% of them within %.0f km by %.0f km: a few lie far off, and without --areas "
               "a\n  surface would reach to them",
               most_east, most_north);
    printf(".\n");
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
               *j->top[k].label ? hot_plain(j->top[k].label, label, 90) : "(no label)",
               pile_in_words(j->top[k].pile));
    if (j->piled[HOT_PILE_STATION])
        printf("  %" PRIu64
               " incidents in all are placed at a police station or custody suite: they may "
               "have been\n  recorded there, and have happened elsewhere.\n",
               j->piled[HOT_PILE_STATION]);
    if (j->piled[HOT_PILE_NO_ABODE])
        printf("  %" PRIu64 " incidents in all have an address that stands for none (\"no fixed "
               "abode\", \"unknown\").\n",
               j->piled[HOT_PILE_NO_ABODE]);
}

/** How the positions came into the analysis's system, and how good they are there. */
static void say_projection(const hot_study *s)
{
    const hot_loaded *in = &s->loaded;
    if (strcmp(in->operation, "none") == 0) {
        printf("Projection: none; the positions are in EPSG:%d (%s).\n", s->epsg, s->crs.name);
        return;
    }
    printf("Projection: %s", in->operation);
    if (in->accuracy > 0) printf(", good to %g m", in->accuracy);
    printf("\n");
    if (in->fallen_back)
        printf("  %zu locations lie beyond the grid and are less well known.\n", in->fallen_back);
    if (in->coarse && s->epsg == 27700)
        printf("  The OSTN15 grid is not installed: positions may be out by up to 4 m.\n"
               "    To mend it: --grid FILE, or what hotbeat doctor says.\n");
}

static void say_places(const hot_study *s, const hot_judgement *j)
{
    const hot_loaded *in = &s->loaded;
    printf("\nLocations: %zu distinct, for %zu incidents\n", in->points.n, in->incidents.n);
    if (in->incidents.n == 0) return;
    say_snapped(s, j);
    say_known(s, j);
    say_extent(s, j);
    say_projection(s);
    say_piles(j);
}

static void say_outside(const hot_judgement *j)
{
    static const char *const far[] = {"up to 100 m", "100 m to 1 km", "1 to 10 km",
                                      "more than 10 km"};
    for (size_t k = 0; k < 4; k++)
        if (j->outside[k]) printf("    %9" PRIu64 "  %s from its edge\n", j->outside[k], far[k]);
}

static void say_repair(const hot_areas *a, const hot_area_repair *r)
{
    char code[PLAIN], name[PLAIN];
    const char *label = a->label ? a->label[r->area] : NULL;
    printf("    %s %s: invalid (%s), repaired; %.4f km2 before, %.4f after\n",
           hot_plain(a->code[r->area], code, 90), hot_plain(label ? label : "", name, 90),
           r->repair.reason, r->repair.area_before / 1e6, r->repair.area_after / 1e6);
}

static void say_set(const hot_area_set *set)
{
    const hot_areas *a = &set->areas;
    char source[PLAIN], code[PLAIN], label[PLAIN];
    printf("  %s: %zu area%s of %s, with the code %s and %s%s\n", a->name, a->n,
           a->n == 1 ? "" : "s", hot_plain(a->source, source, sizeof source),
           hot_plain(a->code_field, code, 90), a->label_field ? "the name " : "no name",
           hot_plain(a->label_field, label, 90));
    for (size_t k = 0; k < a->n_repairs && k < SHOWN; k++) say_repair(a, &a->repairs[k]);
    if (a->n_repairs > SHOWN) printf("    and %zu more repaired\n", a->n_repairs - SHOWN);
}

static void say_of_areas(void *self, const char *sentence)
{
    (void)self;
    printf("  %s\n", sentence);
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
    printf("\nAreas:\n");
    for (size_t k = 0; k < s->n_sets; k++) say_set(&s->sets[k]);
    hot_tell_areas(s, say_of_areas, NULL);
}

hot_status hot_check_say(const hot_study *s, const hot_judgement *j)
{
    size_t n = s->loaded.n_inputs;
    const hot_input **files = hot_new(n, sizeof *files);
    if (!files) return HOT_MEMORY;
    for (size_t k = 0; k < n; k++) files[k] = &s->loaded.inputs[k];
    qsort(files, n, sizeof *files, by_name);
    say_rows(s, files);
    say_columns(s, files);
    say_rejects(s, files);
    say_mistakes(s, j);
    hot_free(files);
    say_coverage(s, j);
    say_types(j);
    say_places(s, j);
    say_selection(s, j);
    return HOT_OK;
}
