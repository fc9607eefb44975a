/* What a funder asks for: hotspots, what lies round them, and the rest, by month and by quarter. */
#include <stdio.h>
#include <string.h>

#include "engine/space/surroundings.h"
#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/columns.h"
#include "layers/catalogue/hotspots_adopted.h"
#include "layers/compare.h"
#include "layers/history.h"

/* clang-format off */
static const hot_column columns[] = {
    {"hotspot_id", HOT_TEXT, "Hotspot", "", "Its code; empty = all of them together."},
    {"name", HOT_TEXT, "Name", "", "What the place is called."},
    {"span", HOT_TEXT, "Span", "", "month or quarter."},
    {"period", HOT_TEXT, "Period", "", "2025-04, or the quarter of the calendar year: 2025-Q2."},
    {"financial", HOT_TEXT, "Financial year", "", "From April to March: 2025-26; of a quarter also which of its four: 2025-26 Q1, the same three months as 2025-Q2."},
    {"months", HOT_INTEGER, "Months with data", "months", "That lie whole within the period of the run; of a quarter up to three, 0 = no data, and all counts empty."},
    {"adopted", HOT_INTEGER, "Adopted", "", "1 = it was a hotspot from the span's first day on; 0 = not yet, for all or part of it; empty = not said."},
    {"hotspot", HOT_INTEGER, "Incidents in the hotspot", "incidents", "In these months; where hotspots overlap, counted once, in the first by code."},
    {"ring", HOT_INTEGER, "Incidents in the ring round it", "incidents", "Within --hotspots-ring of its edge, in no hotspot; rings may share incidents."},
    {"rest_of_ward", HOT_INTEGER, "Incidents in the rest of its ward", "incidents", "In the ward that holds its middle, in no hotspot and no ring; empty without wards."},
    {"rest_of_force", HOT_INTEGER, "Incidents in the rest of the study area", "incidents", "Outside its ward, in no hotspot and no ring."},
    {"hotspot_last_year", HOT_INTEGER, "In the hotspot a year earlier", "incidents", "In the same months a year earlier; empty where the input does not cover every one of them."},
    {"ring_last_year", HOT_INTEGER, "In the ring a year earlier", "incidents", "Likewise."},
    {"rest_of_ward_last_year", HOT_INTEGER, "In the rest of its ward a year earlier", "incidents", "Likewise."},
    {"rest_of_force_last_year", HOT_INTEGER, "In the rest of the study area a year earlier", "incidents", "Likewise."},
    {"adopted_last_year", HOT_INTEGER, "Adopted a year earlier", "", "1 = it was a hotspot from the first day a year earlier on; 0 = not yet: it may have been chosen because that year was high, and less is to be expected anyway; empty = not said."},
};
/* clang-format on */

static const hot_code spans[] = {{"month", "A month"}, {"quarter", "Three months"}};
static const hot_code adopted[] = {{"1", "Adopted by then"}, {"0", "Not yet adopted"}};
static const hot_coding codings[] = {HOT_CODING("span", spans), HOT_CODING("adopted", adopted),
                                     HOT_CODING("adopted_last_year", adopted)};

const hot_declaration hot_monitoring_layer = {
    .name = "hotspot_monitoring",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Hotspots by month and quarter",
    .about = "Each adopted hotspot beside the ring round it, the rest of its ward and the rest of "
             "the study area, by month and by quarter, with the same months a year earlier. A "
             "month without data is empty and not zero. Places chosen because they were high fall "
             "back by themselves: compare with a year in which they were hotspots already.",
    .citation = "",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

/* ---- where each point counts ---- */

enum { NOWHERE = -1 };

/** Where an incident counts: the first of these that holds it. */
enum { HOTSPOT, RING, WARD, FORCE, ZONES };

typedef struct {
    const hot_study *study;
    const hot_area_set *set;
    const hot_area_set *wards; /* NULL = none */
    size_t n, months;          /* hotspots; months of the history */
    hot_history history;
    hot_months period; /* whole months of the run's period, in the history's numbers */
    hot_surroundings rings;
    int32_t *ringed; /* [points] number among the points in rings; NOWHERE */
    size_t n_ringed;
    int32_t *ward;     /* [n] that holds its middle; NOWHERE */
    uint8_t *holds;    /* [wards] 1 = the middle of some hotspot */
    uint32_t *hotspot; /* [(n + 1) * months]; last: all of them */
    uint32_t *at;      /* [n_ringed * months] */
    uint32_t *ring;    /* [(n + 1) * months] */
    uint32_t *clear;   /* [(wards + 1) * months] in no hotspot and no ring; last: everywhere */
} monitor;

static void monitor_free(monitor *m)
{
    hot_history_free(&m->history);
    hot_surroundings_free(&m->rings);
    hot_free(m->ringed);
    hot_free(m->ward);
    hot_free(m->holds);
    hot_free(m->hotspot);
    hot_free(m->at);
    hot_free(m->ring);
    hot_free(m->clear);
}

/** Only points that some row of the history lies on, and no hotspot holds. */
static hot_status find_rings(monitor *m)
{
    const hot_study *s = m->study;
    const hot_points *p = &s->loaded.points;
    double within = hot_settings_number(s->settings, "hotspots-ring");
    uint8_t *asked = hot_new(p->n, 1);
    m->ringed = hot_new_raw(p->n, sizeof *m->ringed);
    hot_status status = asked && m->ringed ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) {
        for (size_t k = 0; k < m->history.n; k++) {
            uint32_t point = s->loaded.incidents.point[m->history.row[k]];
            asked[point] = m->set->area_of[point] < 0;
        }
        status =
            hot_surroundings_new(&m->set->areas.shapes, p->x, p->y, asked, p->n, within, &m->rings);
    }
    hot_free(asked);
    HOT_TRY(status);
    for (size_t k = 0; k < p->n; k++) m->ringed[k] = NOWHERE;
    for (size_t k = 0; k < m->rings.start[m->n]; k++) {
        int32_t *number = &m->ringed[m->rings.point[k]];
        if (*number == NOWHERE) *number = (int32_t)m->n_ringed++;
    }
    return HOT_OK;
}

static const hot_area_set *find_wards(const hot_study *s)
{
    for (size_t k = 0; k < hot_study_tilings(s); k++)
        if (strcmp(s->sets[k].areas.name, "ward") == 0) return &s->sets[k];
    return NULL;
}

static size_t n_wards(const monitor *m)
{
    return m->wards ? m->wards->areas.n : 0;
}

/** The ward that ward_code of the layer names. */
static hot_status place_in_wards(monitor *m, const hot_layer *l)
{
    m->wards = find_wards(m->study);
    m->ward = hot_new_raw(m->n, sizeof *m->ward);
    m->holds = hot_new(n_wards(m), 1);
    if (!m->ward || !m->holds) return HOT_MEMORY;
    for (size_t i = 0; i < m->n; i++) {
        const char *code = m->wards ? hot_layer_text(l, "ward_code", i) : NULL;
        m->ward[i] = code ? (int32_t)hot_areas_find(&m->wards->areas, code) : NOWHERE;
        if (code) m->holds[m->ward[i]] = 1;
    }
    return HOT_OK;
}

/* ---- counting ---- */

static void count_row(monitor *m, uint32_t point, size_t month)
{
    int32_t in = m->set->area_of[point], ringed = m->ringed[point];
    int32_t ward = m->wards ? m->wards->area_of[point] : NOWHERE;
    if (in >= 0) {
        m->hotspot[(size_t)in * m->months + month]++;
        m->hotspot[m->n * m->months + month]++;
    } else if (ringed != NOWHERE) {
        m->at[(size_t)ringed * m->months + month]++;
        m->ring[m->n * m->months + month]++;
    } else {
        if (ward >= 0) m->clear[(size_t)ward * m->months + month]++;
        m->clear[n_wards(m) * m->months + month]++;
    }
}

static void sum_rings(monitor *m)
{
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = m->rings.start[i]; k < m->rings.start[i + 1]; k++) {
            const uint32_t *at = m->at + (size_t)m->ringed[m->rings.point[k]] * m->months;
            for (size_t t = 0; t < m->months; t++) m->ring[i * m->months + t] += at[t];
        }
}

static hot_status count(monitor *m)
{
    const uint32_t *point = m->study->loaded.incidents.point;
    m->hotspot = hot_new((m->n + 1) * m->months, sizeof *m->hotspot);
    m->ring = hot_new((m->n + 1) * m->months, sizeof *m->ring);
    m->at = hot_new(m->n_ringed * m->months, sizeof *m->at);
    m->clear = hot_new((n_wards(m) + 1) * m->months, sizeof *m->clear);
    if (!m->hotspot || !m->ring || !m->at || !m->clear) return HOT_MEMORY;
    for (size_t k = 0; k < m->history.n; k++)
        count_row(m, point[m->history.row[k]], (size_t)m->history.month[k]);
    sum_rings(m);
    return HOT_OK;
}

/** Rest of the wards that hold hotspots, each once. */
static uint32_t rest_of_wards(const monitor *m, size_t month)
{
    uint32_t sum = 0;
    for (size_t w = 0; w < n_wards(m); w++)
        if (m->holds[w]) sum += m->clear[w * m->months + month];
    return sum;
}

/** One hotspot's zones, or those of all together (i = n), in one month. */
static void zones_of(const monitor *m, size_t i, size_t month, int64_t zone[ZONES])
{
    uint32_t ward = 0;
    if (i == m->n)
        ward = rest_of_wards(m, month);
    else if (m->ward[i] != NOWHERE)
        ward = m->clear[(size_t)m->ward[i] * m->months + month];
    zone[HOTSPOT] += m->hotspot[i * m->months + month];
    zone[RING] += m->ring[i * m->months + month];
    zone[WARD] += ward;
    zone[FORCE] += (int64_t)m->clear[n_wards(m) * m->months + month] - ward;
}

/* ---- spans of months ---- */

/** A month, or a quarter of the calendar: months first .. last since year 0. */
typedef struct {
    int32_t first, last;
} span;

static bool has_data(const monitor *m, int32_t month)
{
    int32_t at = month - m->history.first;
    return at >= 0 && (size_t)at < m->months && m->history.covered[at];
}

static bool in_period(const monitor *m, int32_t month)
{
    int32_t at = month - m->history.first - m->period.first;
    return at >= 0 && at < m->period.months;
}

/** What a span's zones sum to, of the months that are in the period and have data, and of the same
 *  months a year earlier. */
typedef struct {
    int64_t months, earlier_months;
    int64_t now[ZONES], earlier[ZONES];
} sums;

static sums sum_span(const monitor *m, size_t i, span at)
{
    sums s = {0};
    for (int32_t month = at.first; month <= at.last; month++) {
        if (!in_period(m, month) || !has_data(m, month)) continue;
        s.months++;
        zones_of(m, i, (size_t)(month - m->history.first), s.now);
        if (!has_data(m, month - 12)) continue;
        s.earlier_months++;
        zones_of(m, i, (size_t)(month - 12 - m->history.first), s.earlier);
    }
    return s;
}

static int64_t start_of(int32_t month)
{
    return hot_days(month / 12, month % 12 + 1, 1) * 86400;
}

/** 1 = every hotspot asked about was adopted by then, 0 = one was not, -1 = it is not said. */
static int adopted_by(const monitor *m, size_t i, int32_t month)
{
    size_t first = i == m->n ? 0 : i, last = i == m->n ? m->n : i + 1;
    bool unsaid = false;
    for (size_t k = first; k < last; k++) {
        if (m->set->valid_from[k] > start_of(month)) return 0;
        unsaid = unsaid || m->set->valid_from[k] == INT64_MIN;
    }
    return unsaid ? -1 : 1;
}

/* ---- the table ---- */

static hot_status set_span(span at, hot_layer *l, size_t row)
{
    char period[48], financial[48];
    int year = (int)(at.first / 12), month = (int)(at.first % 12), begins = year - (month < 3);
    int n = snprintf(financial, sizeof financial, "%04d-%02d", begins, (begins + 1) % 100);
    if (at.last > at.first) {
        snprintf(period, sizeof period, "%04d-Q%d", year, month / 3 + 1);
        snprintf(financial + n, sizeof financial - (size_t)n, " Q%d", (month + 9) % 12 / 3 + 1);
    } else {
        snprintf(period, sizeof period, "%04d-%02d", year, month + 1);
    }
    HOT_TRY(hot_layer_set_text(l, "span", row, at.last > at.first ? "quarter" : "month"));
    HOT_TRY(hot_layer_set_text(l, "period", row, period));
    return hot_layer_set_text(l, "financial", row, financial);
}

static void set_zones(const monitor *m, size_t i, const int64_t zone[ZONES],
                      const char *const column[ZONES], hot_layer *l, size_t row)
{
    bool ward = i == m->n ? m->wards != NULL : m->ward[i] != NOWHERE;
    for (int z = 0; z < ZONES; z++)
        if (z != WARD || ward) hot_layer_set_integer(l, column[z], row, zone[z]);
}

static hot_status set_row(const monitor *m, size_t i, span at, hot_layer *l, size_t row)
{
    static const char *const now[] = {"hotspot", "ring", "rest_of_ward", "rest_of_force"};
    static const char *const earlier[] = {"hotspot_last_year", "ring_last_year",
                                          "rest_of_ward_last_year", "rest_of_force_last_year"};
    const hot_areas *a = &m->set->areas;
    sums s = sum_span(m, i, at);
    int by = adopted_by(m, i, at.first), by_then = adopted_by(m, i, at.first - 12);
    HOT_TRY(hot_layer_set_text(l, "hotspot_id", row, i < m->n ? a->code[i] : NULL));
    HOT_TRY(hot_layer_set_text(l, "name", row,
                               i == m->n     ? "All hotspots"
                               : a->label[i] ? a->label[i]
                                             : a->code[i]));
    hot_layer_set_integer(l, "months", row, s.months);
    if (by >= 0) hot_layer_set_integer(l, "adopted", row, by);
    if (by_then >= 0) hot_layer_set_integer(l, "adopted_last_year", row, by_then);
    if (s.months) set_zones(m, i, s.now, now, l, row);
    if (s.months && s.earlier_months == s.months) set_zones(m, i, s.earlier, earlier, l, row);
    return set_span(at, l, row);
}

/** A stray date a century off must not give every hotspot a thousand empty rows. */
enum { GAPS_LISTED = 240 };

/** The next span of so many months that is listed, from `at` on.
 *  @return false where there is none */
static bool next_span(const monitor *m, int32_t length, span *at)
{
    int32_t first = m->history.first + m->period.first, end = first + m->period.months;
    for (; first < end && at->first < end; at->first += length) {
        bool listed = m->period.months <= GAPS_LISTED;
        at->last = at->first + length - 1;
        for (int32_t k = at->first; k <= at->last && !listed; k++)
            listed = in_period(m, k) && has_data(m, k);
        if (listed) return true;
    }
    return false;
}

static span first_span(const monitor *m, int32_t length)
{
    int32_t first = m->history.first + m->period.first;
    return (span){first - first % length, 0};
}

static size_t count_spans(const monitor *m, int32_t length)
{
    size_t n = 0;
    for (span at = first_span(m, length); next_span(m, length, &at); at.first += length) n++;
    return n;
}

static hot_status set_spans(const monitor *m, size_t i, int32_t length, hot_layer *l, size_t *row)
{
    for (span at = first_span(m, length); next_span(m, length, &at); at.first += length)
        HOT_TRY(set_row(m, i, at, l, (*row)++));
    return HOT_OK;
}

enum { MONTH = 1, QUARTER = 3 };

/** All together first, then each; of each the months and then the quarters. */
static hot_status set_rows(const monitor *m, hot_layer *l)
{
    size_t row = 0;
    for (size_t k = 0; k <= m->n; k++) {
        size_t i = k ? k - 1 : m->n;
        HOT_TRY(set_spans(m, i, MONTH, l, &row));
        HOT_TRY(set_spans(m, i, QUARTER, l, &row));
    }
    return HOT_OK;
}

static hot_status say_ring(const monitor *m, hot_layer *l)
{
    char text[300];
    snprintf(text, sizeof text, "The ring reaches %g m.%s",
             hot_settings_number(m->study->settings, "hotspots-ring"),
             m->wards ? ""
                      : " No set of areas is called ward: the rest is that of the study area.");
    HOT_TRY(hot_layer_say(l, text));
    if (m->study->loaded.snapped)
        HOT_TRY(hot_layer_say(l, "Locations are anonymised map points, which may lie on the other "
                                 "side of a hotspot's edge."));
    if (m->period.months) return HOT_OK;
    return hot_layer_say(l, "Not made: no whole month lies within the period.");
}

static hot_status make_table(const monitor *m, hot_result *result)
{
    size_t listed = count_spans(m, MONTH) + count_spans(m, QUARTER);
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_monitoring_layer, NULL, NULL, (m->n + 1) * listed, l));
    HOT_TRY(set_rows(m, l));
    return say_ring(m, l);
}

static hot_status watch(monitor *m, hot_result *result)
{
    hot_stretch period;
    HOT_TRY(hot_history_new(m->study, &m->history));
    hot_study_span(m->study, &period.from, &period.to);
    m->period = hot_stretch_months(period, m->history.first);
    m->months = m->history.months;
    m->n = m->set->areas.n;
    HOT_TRY(find_rings(m));
    HOT_TRY(place_in_wards(m, hot_result_layer(result, "hotspots")));
    HOT_TRY(count(m));
    return make_table(m, result);
}

hot_status hot_monitoring_make(const hot_study *s, hot_result *result)
{
    monitor m = {.study = s, .set = hot_study_adopted(s)};
    if (!m.set) return HOT_OK;
    hot_status status = watch(&m, result);
    monitor_free(&m);
    return status;
}
