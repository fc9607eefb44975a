/* The long view: financial years, control charts by month, and which places are new or persistent.
 */
#include "layers/catalogue/trends.h"

#include <math.h>
#include <stdio.h>

#include "engine/change/usual.h"
#include "engine/trends/chart.h"
#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/columns.h"
#include "layers/catalogue/phrases.h"

static const hot_column columns[] = {
    {"area_set", HOT_TEXT, "Kind of area", "", "ward, beat, ..."},
    {"area_code", HOT_TEXT, "Code", "", "The area's code."},
    {"area_name", HOT_TEXT, "Name", "", "The area's name."},
    {"month", HOT_TEXT, "Month", "", "Year and month."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents", "In the month; empty = no data."},
    {"expected", HOT_REAL, "Expected", "incidents",
     "The area's other months, moved as the rest of the study area moved from them to this one."},
    {"low", HOT_INTEGER, "Usually from", "incidents",
     "95 % of such months lie between this and the next."},
    {"high", HOT_INTEGER, "Usually to", "incidents", "Included."},
    {"low_998", HOT_INTEGER, "Nearly always from", "incidents",
     "99.8 % of such months lie between this and the next."},
    {"high_998", HOT_INTEGER, "Nearly always to", "incidents", "Included."},
    {"signal", HOT_INTEGER, "Signal", "",
     "1 = above what is nearly always seen, -1 = below it, 0 = neither; empty = not judged."},
};

static const hot_code signals[] = {
    {"-1", "Below 99.8 % of such months"}, {"0", "Within"}, {"1", "Above 99.8 % of such months"}};
static const hot_coding codings[] = {HOT_CODING("signal", signals)};

const hot_declaration hot_control_chart_layer = {
    .name = "control_chart",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Control chart by month",
    .about =
        "Each area's months beside what its own other months and the season of the rest of the "
        "study area lead one to expect. A signal is a month so far out that chance and usual "
        "variation give one like it twice in a thousand months.",
    .citation = "Control chart: Shewhart (1931); limits widened by overdispersion as in "
                "Spiegelhalter (2005), Statistics in Medicine 24.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

size_t hot_history_covered(const hot_history *h)
{
    size_t n = 0;
    for (size_t m = 0; m < h->months; m++) n += h->covered[m] != 0;
    return n;
}

/* ---- the control chart ---- */

/** A stray date a century off must not give every area a thousand empty rows. */
enum { GAPS_LISTED = 240 };

static bool is_listed(const hot_history *h, size_t month)
{
    return h->covered[month] || h->months <= GAPS_LISTED;
}

static size_t count_rows(const hot_study *s, const hot_history *h)
{
    size_t listed = 0, areas = 0;
    for (size_t m = 0; m < h->months; m++) listed += is_listed(h, m);
    for (size_t k = 0; k < s->n_sets; k++) areas += s->sets[k].areas.n;
    return hot_history_covered(h) >= HOT_CHART_MONTHS ? areas * listed : 0;
}

/** The layer's columns, and the texts that its rows share. */
typedef struct {
    hot_layer *layer;
    const char **set, **code, **month;
    hot_values *incidents, *low, *high, *low_far, *high_far, *signal;
    double *expected;
    const char **month_text; /* [months] */
    size_t row;
    size_t judged, signals; /* months of the set at hand */
} table;

static void put(hot_values *v, size_t row, int64_t value)
{
    v->integer[row] = value;
    v->missing[row] = 0;
}

static void put_row(table *t, const hot_area_set *set, size_t area, bool covered, uint32_t count,
                    size_t month, const hot_chart_month *c)
{
    size_t row = t->row++;
    t->set[row] = set->areas.name;
    t->code[row] = set->areas.code[area];
    t->month[row] = t->month_text[month];
    if (covered) put(t->incidents, row, count);
    if (!isfinite(c->expected)) return;
    t->expected[row] = c->expected;
    put(t->low, row, (int64_t)c->low);
    put(t->high, row, (int64_t)c->high);
    put(t->low_far, row, (int64_t)c->low_far);
    put(t->high_far, row, (int64_t)c->high_far);
    put(t->signal, row, c->signal);
    t->judged++;
    t->signals += c->signal != 0;
}

static void put_set(table *t, const hot_history *h, const hot_area_set *set, const uint32_t *count,
                    const hot_chart_month *chart)
{
    for (size_t a = 0; a < set->areas.n; a++)
        for (size_t m = 0; m < h->months; m++) {
            size_t at = a * h->months + m;
            if (is_listed(h, m)) put_row(t, set, a, h->covered[m], count[at], m, &chart[at]);
        }
}

/** @param dispersion  out, of this set */
static hot_status chart_set(const hot_study *s, const hot_history *h, const hot_area_set *set,
                            table *t, double *dispersion)
{
    size_t n = set->areas.n;
    uint32_t *count = hot_new_raw(n * h->months, sizeof *count);
    hot_chart_month *chart = hot_new_raw(n * h->months, sizeof *chart);
    hot_status status = count && chart ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) {
        hot_history_count(s, h, set->area_of, n, count);
        status = hot_dispersion(count, n, h->months, h->covered, 1, dispersion);
    }
    if (status == HOT_OK) {
        status =
            hot_chart(count, n, h->chosen, h->months, h->covered, *dispersion, s->threads, chart);
    }
    if (status == HOT_OK) put_set(t, h, set, count, chart);
    hot_free(count);
    hot_free(chart);
    return status;
}

static hot_status month_texts(const hot_history *h, table *t)
{
    t->month_text = hot_new(h->months, sizeof *t->month_text);
    if (!t->month_text) return HOT_MEMORY;
    for (size_t m = 0; m < h->months; m++) {
        char text[16];
        int at = (int)h->first + (int)m;
        int n = snprintf(text, sizeof text, "%04d-%02d", at / 12, at % 12 + 1);
        t->month_text[m] = hot_arena_text(&t->layer->arena, text, (size_t)n);
        if (!t->month_text[m]) return HOT_MEMORY;
    }
    return HOT_OK;
}

static table table_of(hot_layer *l)
{
    return (table){.layer = l,
                   .set = hot_layer_column(l, "area_set")->text,
                   .code = hot_layer_column(l, "area_code")->text,
                   .month = hot_layer_column(l, "month")->text,
                   .incidents = hot_layer_column(l, "incidents"),
                   .low = hot_layer_column(l, "low"),
                   .high = hot_layer_column(l, "high"),
                   .low_far = hot_layer_column(l, "low_998"),
                   .high_far = hot_layer_column(l, "high_998"),
                   .signal = hot_layer_column(l, "signal"),
                   .expected = hot_layer_column(l, "expected")->real};
}

static hot_status tell_too_few(size_t covered, hot_layer *l)
{
    char text[120];
    snprintf(text, sizeof text, "Not made: it needs %d months with data, and the input has %zu.",
             HOT_CHART_MONTHS, covered);
    return hot_layer_say(l, text);
}

static hot_status tell_set(const hot_area_set *set, double dispersion, const table *t)
{
    char text[300], judged[HOT_PHRASE], many[80];
    if (t->judged == 0) return HOT_OK;
    hot_phrase_several(set->areas.name, many, sizeof many);
    snprintf(
        text, sizeof text,
        "Months of %s vary %.1f times as much as chance; of %s, %zu %s, where about %.0f would "
        "be if nothing were unusual.",
        many, dispersion, hot_phrase_count(t->judged, judged), t->signals,
        t->signals == 1 ? "is a signal" : "are signals", 0.002 * (double)t->judged);
    return hot_layer_say(t->layer, text);
}

hot_status hot_control_chart_make(const hot_study *s, const hot_history *h, hot_result *result)
{
    size_t covered = hot_history_covered(h);
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_control_chart_layer, NULL, NULL, count_rows(s, h), l));
    if (covered < HOT_CHART_MONTHS) return tell_too_few(covered, l);
    table t = table_of(l);
    hot_status status = month_texts(h, &t);
    for (size_t k = 0; k < s->n_sets && status == HOT_OK; k++) {
        double dispersion = 1;
        t.judged = t.signals = 0;
        status = chart_set(s, h, &s->sets[k], &t, &dispersion);
        if (status == HOT_OK) status = tell_set(&s->sets[k], dispersion, &t);
    }
    hot_free(t.month_text);
    return status;
}

/* ---- the analysis ---- */

static const hot_declaration *const layers[] = {&hot_years_layer, &hot_control_chart_layer,
                                                &hot_trend_classes_layer, &hot_trend_cells_layer};

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    hot_history h = {0};
    HOT_TRY(hot_history_new(s, &h));
    hot_status status = hot_years_make(s, &h, result);
    if (status == HOT_OK) status = hot_control_chart_make(s, &h, result);
    if (status == HOT_OK) status = hot_trend_classes_make(s, &h, result);
    if (status == HOT_OK) status = hot_trend_cells_make(s, &h, result);
    hot_history_free(&h);
    if (status != HOT_DOMAIN) return status;
    return hot_fail(error, HOT_INPUT,
                    "The incidents lie too far apart to be put into squares; give the study area "
                    "with --areas.");
}

const hot_analysis hot_analysis_trends = {
    .word = "trends",
    .about = "Trends: years, months, and what is new or persistent",
    .layers = layers,
    .n_layers = sizeof layers / sizeof *layers,
    .make = make,
};
