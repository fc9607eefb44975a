#include "layers/catalogue/hotspot_columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/change/usual.h"
#include "engine/trends/course.h"
#include "engine/trends/months.h"
#include "layers/catalogue/catalogue.h"
#include "layers/compare.h"
#include "layers/history.h"
#include "layers/read/polygon.h"

#define HOT_FOUND_CITATION                                                                         \
    "Found ones: the most incidents that so many discs can hold, the best first: Church and "      \
    "ReVelle (1974), The maximal covering location problem; for an area: Khuller, Moss and Naor "  \
    "(1999), The budgeted maximum coverage problem."

/* clang-format off */
static const hot_column columns[] = {
    {"hotspot_id", HOT_TEXT, "Hotspot", "", "Its code, as area_code in the tables by area where area_set is hotspot."},
    {"name", HOT_TEXT, "Name", "", "What the place is called."},
    {"rank", HOT_INTEGER, "Rank", "", "1 = most incidents; equal counts have equal ranks."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period", "Inside it; where hotspots overlap, an incident is counted once, in the first by code."},
    {"share", HOT_REAL, "Share of all incidents (0 to 1)", "0 to 1", "Of the incidents inside the study area."},
    {"cumulative_share", HOT_REAL, "Share of this and those above it (0 to 1)", "0 to 1", "Of the incidents inside the study area, by rank."},
    {"area_m2", HOT_REAL, "Area, m²", "m2", "Of the polygon."},
    {"cumulative_area_share", HOT_REAL, "Share of the area of this and those above it (0 to 1)", "0 to 1", "Of the study area, by rank; what hotspots share is in each of them."},
    {"ward_code", HOT_TEXT, "Ward", "", "The ward that holds a point in its middle."},
    {"beat_code", HOT_TEXT, "Beat", "", "The beat that holds a point in its middle."},
    {"months_hot", HOT_INTEGER, "Months hot", "months", "With more incidents than an even spread over the study area and usual variation explain."},
    {"months", HOT_INTEGER, "Months", "months", "Whole months of the period that the input covers."},
    {"persistence", HOT_TEXT, "Persistence", "", "By its hot months: persistent in 80% of them and more; new in the last fifth alone, former before it alone; intermittent; none. Empty under 5 months."},
    {"stability", HOT_REAL, "Stability (0 to 1)", "0 to 1", "How often it is found again (half of its weight and more) with the grid shifted, half the size and twice, and incidents drawn anew by chance; empty for a hotspot that was given."},
    {"peak_window", HOT_TEXT, "Busiest four hours", "", "Local time; of fewer than 30 incidents with a known time of day nothing is said."},
    {"top_type", HOT_TEXT, "Most frequent type", "", "Of its incidents; of equals the first by the alphabet."},
    {"kinds", HOT_TEXT, "Kinds", "", "Of its incidents, by --map-types, most first; empty without it."},
    {"previous", HOT_INTEGER, "Incidents, comparison period", "incidents", "In the period it is compared with; only for hotspots that were adopted or frozen, never for those just found."},
    {"expected", HOT_REAL, "Expected incidents", "incidents", "From its own past and the trend elsewhere; only where it was adopted before the comparison period."},
    {"difference", HOT_REAL, "Difference from expected", "incidents", "Incidents less expected."},
    {"change_pct", HOT_REAL, "Change, %", "%", "Of the count; empty where the count was 0 or it was not adopted yet."},
    {"p_value", HOT_REAL, "p of the change", "0 to 1", "That chance alone moves it this far."},
    {"p_fdr", HOT_REAL, "p of the change, among all hotspots", "0 to 1", "Adjusted for how many were judged, by Benjamini and Hochberg (1995)."},
    {"change_class", HOT_INTEGER, "Change beyond usual variation", "", "-1 down, 0 usual variation, 1 up; empty = not judged."},
    {"change_note", HOT_TEXT, "Change in words", "", "What changed, and whether that is unusual."},
    {"valid_from", HOT_TEXT, "Adopted", "", "The first day on which it was a hotspot, ISO date; empty = not said, or just found."},
    {"version", HOT_TEXT, "Version", "", "Of a frozen set; empty = none."},
    {"also_inside", HOT_INTEGER, "Counted in another hotspot", "incidents in the period", "Inside it too, and counted in a hotspot that overlaps it."},
    {"per_km2", HOT_REAL, "Incidents per km² in the period", "incidents per km2 in the period", "Incidents over what of its area lies in the study area."},
    {"peak_per_km2", HOT_REAL, "Highest density, incidents per km² in the period", "incidents per km2 in the period", "The highest density at a cell centre inside it; empty where it holds none."},
    {"repeat_places", HOT_INTEGER, "Repeat places", "places", "With two incidents or more."},
    {"repeat_incidents", HOT_INTEGER, "Incidents at repeat places", "incidents", "Of its incidents, those at places with two or more."},
    {"repeat_share", HOT_REAL, "Share at repeat places (0 to 1)", "0 to 1", "Of its incidents."},
    {"weight", HOT_REAL, "Recent weight", "incidents by their age", "What it was chosen for: its incidents, each counted for less by its age (--hotspots-half-life) and, with --weights, by its weight; empty for a hotspot that was given."},
    {"units", HOT_INTEGER, "Discs", "", "Discs, hexagons or streets that make it up; empty for a hotspot that was given."},
    {"ties", HOT_INTEGER, "Ties", "", "Of the hotspot with the unit chosen last: how many others would have done as well; else 0; empty for a hotspot that was given."},
    {"neighbours", HOT_TEXT, "Neighbours", "", "Other hotspots of this layer within 250 m, by code."},
};
/* clang-format on */

static const hot_code changes[] = {
    {"-1", "Fewer than usual variation explains"},
    {"0", "Within usual variation"},
    {"1", "More than usual variation explains"},
};
static const hot_code courses[] = {
    {"persistent", "Hot in 80% of the months and more"},
    {"new", "Hot of late, and not before"},
    {"intermittent", "Hot now and then"},
    {"former", "Hot before, and not of late"},
    {"none", "None of these"},
};
static const hot_coding codings[] = {HOT_CODING("change_class", changes),
                                     HOT_CODING("persistence", courses)};

const hot_declaration hot_hotspots_day_layer = {
    .name = "hotspots_day",
    .style = "hotspots",
    .geometry = HOT_POLYGON,
    .title = "Hotspots by day",
    .about = "Places of patrol size found on the incidents from 07:00 to 19:00 alone, and counting "
             "those.",
    .citation = HOT_FOUND_CITATION,
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

const hot_declaration hot_hotspots_night_layer = {
    .name = "hotspots_night",
    .style = "hotspots",
    .geometry = HOT_POLYGON,
    .title = "Hotspots by night",
    .about = "Places of patrol size found on the incidents from 19:00 to 07:00 alone, and counting "
             "those.",
    .citation = HOT_FOUND_CITATION,
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

const hot_declaration hot_hotspots_layer = {
    .name = "hotspots",
    .style = "hotspots",
    .geometry = HOT_POLYGON,
    .title = "Hotspots",
    .about = "Places of patrol size where incidents gather, with what happened in them.",
    .citation = HOT_FOUND_CITATION,
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

const hot_declaration hot_hotspots_found_layer = {
    .name = "hotspots_found",
    .style = "hotspots",
    .geometry = HOT_POLYGON,
    .title = "Hotspots found",
    .about = "Places of patrol size where incidents gather, found beside those that were given.",
    .citation = HOT_FOUND_CITATION,
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

hot_box *hot_boxes_of(const hot_shapes *shapes)
{
    hot_box *box = hot_new(shapes->n, sizeof *box);
    for (size_t k = 0; box && k < shapes->n; k++)
        if (hot_shapes_box(shapes, k, &box[k]) != HOT_OK)
            box[k] = (hot_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    return box;
}

size_t hot_boxes_near(const hot_box *to, const hot_box *box, size_t n, size_t *list)
{
    size_t found = 0;
    for (size_t k = 0; k < n; k++)
        if (box[k].west <= to->east && box[k].east >= to->west && box[k].south <= to->north &&
            box[k].north >= to->south)
            list[found++] = k;
    return found;
}

void hot_hotspots_phrase_ground(const hot_study *s, double area, char *text, size_t room)
{
    double whole = hot_study_area(s);
    *text = 0;
    if (whole > 0)
        snprintf(text, room, ", on %.*f%% of the study area", area < whole / 1000 ? 3 : 2,
                 100 * area / whole);
}

/* ---- counts, by rank ---- */

static void count(const hot_hotspot_rows *h, int64_t *incidents)
{
    const hot_study *s = h->study;
    for (size_t p = 0; p < s->loaded.points.n; p++)
        if (h->of[p] >= 0) incidents[h->of[p]] += (int64_t)s->count_at_point[p];
}

typedef struct {
    int64_t incidents;
    size_t row;
} ranked;

static int by_incidents(const void *a, const void *b)
{
    const ranked *p = a, *q = b;
    if (p->incidents != q->incidents) return p->incidents > q->incidents ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

/** A share of the study area is of what lies in it. */
static double ground_of(const hot_hotspot_rows *h, size_t row)
{
    return h->ground ? h->ground[row] : hot_shapes_area(h->shapes, row);
}

static void set_ranked(const hot_hotspot_rows *h, const ranked *list, hot_layer *l)
{
    double all = (double)h->study->n_inside, whole = hot_study_area(h->study), sum = 0, area = 0;
    int64_t rank = 0;
    for (size_t k = 0; k < h->n; k++) {
        size_t row = list[k].row;
        double own = (double)list[k].incidents, m2 = ground_of(h, row);
        if (k == 0 || list[k].incidents != list[k - 1].incidents) rank = (int64_t)k + 1;
        sum += own;
        area += m2;
        hot_layer_set_integer(l, "rank", row, rank);
        hot_layer_set_integer(l, "incidents", row, list[k].incidents);
        hot_layer_set_real(l, "share", row, all > 0 ? own / all : NAN);
        hot_layer_set_real(l, "cumulative_share", row, all > 0 ? sum / all : NAN);
        hot_layer_set_real(l, "area_m2", row, hot_shapes_area(h->shapes, row));
        hot_layer_set_real(l, "cumulative_area_share", row, whole > 0 ? area / whole : NAN);
        hot_layer_set_real(l, "per_km2", row, m2 > 0 ? own / m2 * 1e6 : NAN);
    }
}

hot_status hot_hotspots_set_counts(const hot_hotspot_rows *h, hot_layer *l)
{
    int64_t *incidents = hot_new(h->n, sizeof *incidents);
    ranked *list = hot_new(h->n, sizeof *list);
    hot_status status = incidents && list ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) {
        count(h, incidents);
        for (size_t i = 0; i < h->n; i++) list[i] = (ranked){incidents[i], i};
        if (h->n) qsort(list, h->n, sizeof *list, by_incidents);
        set_ranked(h, list, l);
    }
    hot_free(incidents);
    hot_free(list);
    return status;
}

/* ---- months ---- */

/** Units are the hotspots and, last, the rest of the study area. */
typedef struct {
    size_t units, months;
    uint8_t *covered; /* [months] whole months of the period, with data */
    int32_t *unit_of; /* [points] */
    uint32_t *count;  /* [units * months] */
    double *share;    /* [units] */
    int8_t *mark;     /* [units * months] */
} calendar;

static void calendar_free(calendar *c)
{
    hot_free(c->covered);
    hot_free(c->unit_of);
    hot_free(c->count);
    hot_free(c->share);
    hot_free(c->mark);
}

static hot_status calendar_new(const hot_hotspot_rows *h, const hot_history *history, calendar *c)
{
    const hot_study *s = h->study;
    hot_stretch period;
    c->units = h->n + 1;
    c->months = history->months;
    c->covered = hot_new(c->months, 1);
    c->unit_of = hot_new_raw(s->loaded.points.n, sizeof *c->unit_of);
    c->count = hot_new_raw(c->units * c->months, sizeof *c->count);
    c->share = hot_new(c->units, sizeof *c->share);
    c->mark = hot_new_raw(c->units * c->months, sizeof *c->mark);
    if (!c->covered || !c->unit_of || !c->count || !c->share || !c->mark) return HOT_MEMORY;
    hot_study_span(s, &period.from, &period.to);
    hot_months whole = hot_stretch_months(period, history->first);
    for (size_t m = 0; m < c->months; m++) {
        int32_t at = (int32_t)m - whole.first;
        c->covered[m] = history->covered[m] && at >= 0 && at < whole.months;
    }
    for (size_t p = 0; p < s->loaded.points.n; p++)
        c->unit_of[p] = h->of[p] >= 0 ? h->of[p] : (int32_t)h->n;
    hot_history_count(s, history, c->unit_of, c->units, c->count);
    return HOT_OK;
}

/** @return false where there is no study area, or the hotspots fill it: nothing can be hot */
static bool share_out(const hot_hotspot_rows *h, calendar *c)
{
    double whole = hot_study_area(h->study), rest = 1;
    for (size_t i = 0; i < h->n; i++) {
        c->share[i] = ground_of(h, i) / whole;
        rest -= c->share[i];
    }
    c->share[h->n] = rest;
    return rest > 1e-9; /* beyond rounding; false for NaN */
}

static hot_status set_persistence(const calendar *c, size_t i, hot_layer *l)
{
    static const char *const name[] = {[HOT_COURSE_NONE] = "none",
                                       [HOT_COURSE_PERSISTENT] = "persistent",
                                       [HOT_COURSE_NEW] = "new",
                                       [HOT_COURSE_INTERMITTENT] = "intermittent",
                                       [HOT_COURSE_FORMER] = "former"};
    hot_course course = hot_course_of(c->mark + i * c->months, c->covered, c->months);
    if (course.months < HOT_COURSE_MONTHS) return HOT_OK;
    return hot_layer_set_text(l, "persistence", i, name[hot_course_classify(&course)]);
}

static hot_status set_hot(const hot_hotspot_rows *h, calendar *c, hot_layer *l)
{
    double dispersion;
    if (!share_out(h, c)) return HOT_OK;
    HOT_TRY(hot_dispersion(c->count, h->n, c->months, c->covered, 1, &dispersion));
    HOT_TRY(
        hot_months_mark(c->count, c->share, c->units, c->months, c->covered, dispersion, c->mark));
    for (size_t i = 0; i < h->n; i++) {
        int64_t hot = 0;
        for (size_t m = 0; m < c->months; m++)
            hot += c->covered[m] && c->mark[i * c->months + m] == 1;
        hot_layer_set_integer(l, "months_hot", i, hot);
        HOT_TRY(set_persistence(c, i, l));
    }
    return HOT_OK;
}

hot_status hot_hotspots_set_months(const hot_hotspot_rows *h, hot_layer *l)
{
    hot_history history = {0};
    calendar c = {0};
    HOT_TRY(hot_history_new(h->study, &history));
    hot_status status = calendar_new(h, &history, &c);
    int64_t months = 0;
    for (size_t m = 0; status == HOT_OK && m < c.months; m++) months += c.covered[m];
    for (size_t i = 0; status == HOT_OK && i < h->n; i++)
        hot_layer_set_integer(l, "months", i, months);
    if (status == HOT_OK && months) status = set_hot(h, &c, l);
    calendar_free(&c);
    hot_history_free(&history);
    return status;
}

/* ---- types ---- */

typedef struct {
    int32_t row;
    uint32_t type;
} typed;

static int by_row(const void *a, const void *b)
{
    const typed *p = a, *q = b;
    if (p->row != q->row) return p->row < q->row ? -1 : 1;
    return p->type < q->type ? -1 : p->type > q->type;
}

/** Incidents of one hotspot, of equal types side by side. */
static hot_status set_type(const hot_incidents *t, const typed *list, size_t n, hot_layer *l)
{
    size_t most = 0;
    const char *name = NULL;
    for (size_t at = 0, same; at < n; at += same) {
        const char *own = hot_incidents_word(t, list[at].type);
        for (same = 1; at + same < n && list[at + same].type == list[at].type;) same++;
        if (same < most || (same == most && strcmp(own, name) > 0)) continue;
        most = same;
        name = own;
    }
    return *name ? hot_layer_set_text(l, "top_type", (size_t)list->row, name) : HOT_OK;
}

hot_status hot_hotspots_set_types(const hot_hotspot_rows *h, hot_layer *l)
{
    const hot_incidents *t = &h->study->loaded.incidents;
    size_t n = 0;
    typed *list = hot_new_raw(h->study->n_inside, sizeof *list);
    hot_status status = list ? HOT_OK : HOT_MEMORY;
    for (size_t k = 0; list && k < h->study->n_inside; k++) {
        uint32_t i = h->study->inside[k];
        int32_t row = h->of[t->point[i]];
        if (row >= 0) list[n++] = (typed){row, t->type[i]};
    }
    if (n) qsort(list, n, sizeof *list, by_row);
    for (size_t at = 0, own; at < n && status == HOT_OK; at += own) {
        for (own = 1; at + own < n && list[at + own].row == list[at].row;) own++;
        status = set_type(t, list + at, own, l);
    }
    hot_free(list);
    return status;
}

/* ---- kinds ---- */

static hot_status set_kinds_of(const int64_t count[HOT_KINDS], size_t row, hot_layer *l)
{
    char text[400] = "";
    size_t n = 0;
    bool said[HOT_KINDS] = {false};
    for (int k = 0; k < HOT_KINDS; k++) {
        int most = -1;
        for (int i = 0; i < HOT_KINDS; i++)
            if (!said[i] && count[i] && (most < 0 || count[i] > count[most])) most = i;
        if (most < 0) break;
        said[most] = true;
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s %lld", n ? ", " : "",
                              hot_kind_name((hot_kind)most), (long long)count[most]);
    }
    return n ? hot_layer_set_text(l, "kinds", row, text) : HOT_OK;
}

hot_status hot_hotspots_set_kinds(const hot_hotspot_rows *h, hot_layer *l)
{
    const hot_study *s = h->study;
    if (!s->kind) return HOT_OK;
    int64_t(*count)[HOT_KINDS] = hot_new(h->n, sizeof *count);
    hot_status status = count ? HOT_OK : HOT_MEMORY;
    for (size_t k = 0; count && k < s->n_inside; k++) {
        uint32_t i = s->inside[k];
        int32_t row = h->of[s->loaded.incidents.point[i]];
        if (row >= 0) count[row][s->kind[i]]++;
    }
    for (size_t i = 0; i < h->n && status == HOT_OK; i++) status = set_kinds_of(count[i], i, l);
    hot_free(count);
    return status;
}

/* ---- where ---- */

static hot_status set_codes_of(const hot_area_set *set, const double *x, const double *y,
                               int32_t *area, hot_layer *l)
{
    char column[64], alias[64];
    snprintf(column, sizeof column, "%s_code", set->areas.name);
    snprintf(alias, sizeof alias, "Code of the %s", set->areas.name);
    if (!hot_layer_column(l, column))
        HOT_TRY(hot_layer_add_column(l, column, HOT_TEXT, alias, "",
                                     "The area that holds a point in its middle."));
    HOT_TRY(hot_within_place(set->within, x, y, l->n, 1, area, NULL));
    const char **code = hot_layer_column(l, column)->text;
    for (size_t i = 0; i < l->n; i++)
        if (area[i] >= 0) code[i] = set->areas.code[area[i]];
    return HOT_OK;
}

static hot_status find_middles(const hot_hotspot_rows *h, double *x, double *y)
{
    for (size_t i = 0; i < h->n; i++) {
        hot_status status = hot_polygon_inside(h->shapes, i, &x[i], &y[i]);
        if (status == HOT_INPUT) x[i] = y[i] = NAN; /* it has no inside, and lies in no area */
        if (status == HOT_MEMORY) return status;
    }
    return HOT_OK;
}

hot_status hot_hotspots_set_codes(const hot_hotspot_rows *h, hot_layer *l)
{
    double *x = hot_new(h->n, sizeof *x), *y = hot_new(h->n, sizeof *y);
    int32_t *area = hot_new(h->n, sizeof *area);
    hot_status status = x && y && area ? find_middles(h, x, y) : HOT_MEMORY;
    for (size_t k = 0; k < hot_study_tilings(h->study) && status == HOT_OK; k++)
        status = set_codes_of(&h->study->sets[k], x, y, area, l);
    hot_free(x);
    hot_free(y);
    hot_free(area);
    return status;
}

void hot_hotspots_set_inside(const hot_study *s, const hot_area_set *set, const int32_t *of,
                             hot_layer *areas)
{
    hot_values *inside = hot_layer_column(areas, "hotspot_incidents");
    memset(inside->missing, 0, areas->n);
    memset(inside->integer, 0, areas->n * sizeof *inside->integer);
    for (size_t p = 0; p < s->loaded.points.n; p++)
        if (set->area_of[p] >= 0 && of[p] >= 0)
            inside->integer[set->area_of[p]] += (int64_t)s->count_at_point[p];
}
