/* Kernel density: the surface, its bands as polygons, and each area's peak. */
#include "engine/kde/kde.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>

#include "engine/kde/bands.h"
#include "engine/space/outline.h"
#include "layers/catalogue/kde_parts.h"
#include "layers/coarse.h"

static const hot_column columns[] = {
    {"class", HOT_INTEGER, "Class", "", "0 = under 5 per km2, 7 = 500 and more."},
    {"per_km2_from", HOT_REAL, "From, incidents per km² in the period",
     "incidents per km2 in the period", "Held by the class."},
    {"per_km2_to", HOT_REAL, "To (not included), incidents per km² in the period",
     "incidents per km2 in the period", "Not held by the class; empty for the highest."},
    {"area_km2", HOT_REAL, "Area, km²", "km2",
     "Of the cells whose centre has a density of this class."},
    {"incidents", HOT_INTEGER, "Incidents in the band", "incidents in the period",
     "In those cells. An incident in a cell whose centre lies outside the study area is in none."},
    {"share", HOT_REAL, "Share of all incidents (0 to 1)", "0 to 1",
     "Of the incidents inside the study area."},
};

static const hot_code classes[] = {
    {"0", "under 5"},   {"1", "5 to 10"},    {"2", "10 to 20"},   {"3", "20 to 50"},
    {"4", "50 to 100"}, {"5", "100 to 200"}, {"6", "200 to 500"}, {"7", "500 and more"},
};
static const hot_coding codings[] = {HOT_CODING("class", classes)};

static const hot_declaration layer = {
    .name = "density",
    .style = "density",
    .geometry = HOT_POLYGON,
    .title = "Density of incidents",
    .about = "How many incidents there are round about, per square kilometre in the period: bands "
             "on a fixed ladder, so that a colour means the same next month.",
    .citation = "Kernel density estimate, exact at cell centres; Silverman (1986), Density "
                "Estimation for Statistics and Data Analysis, chapter 4.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

static const hot_declaration *const layers[] = {&layer, &hot_sensitivity_layer};

hot_kernel hot_kde_kernel(const hot_study *s)
{
    hot_kernel kernel = HOT_QUARTIC;
    (void)hot_kernel_parse(hot_settings_text(s->settings, "kernel"), &kernel); /* a choice */
    return kernel;
}

static hot_status estimate(hot_study *s, hot_error *error)
{
    const hot_points *p = &s->loaded.points;
    s->density = hot_new_raw((size_t)hot_frame_size(&s->frame), sizeof *s->density);
    if (!s->density)
        return hot_fail(error, HOT_MEMORY,
                        "There is not enough memory for %d by %d cells; use a larger --cell.",
                        s->frame.cols, s->frame.rows);
    return hot_kde(&s->frame, p->x, p->y, hot_fine_at_point(s), p->n, hot_kde_kernel(s),
                   s->bandwidth, s->mask, s->threads, s->density);
}

/** The surface as it is written and drawn, float32, and the class of every cell. */
static hot_status make_surface(const hot_study *s, hot_surface *surface, int8_t *class_)
{
    size_t rows = (size_t)s->frame.rows, cols = (size_t)s->frame.cols;
    surface->frame = s->frame;
    surface->value = hot_new_raw(rows * cols, sizeof *surface->value);
    if (!surface->value) return HOT_MEMORY;
#pragma omp parallel for schedule(static) num_threads(s->threads)
    for (size_t row = 0; row < rows; row++) {
        float *value = surface->value + row * cols;
        for (size_t k = 0; k < cols; k++) value[k] = (float)s->density[row * cols + k];
        hot_bands(value, cols, class_ + row * cols);
    }
    return HOT_OK;
}

/** Cells and incidents of each class. */
typedef struct {
    int64_t cells[HOT_BANDS], incidents[HOT_BANDS];
} tally;

static void count(const hot_study *s, const int8_t *class_, tally *t)
{
    const hot_points *p = &s->loaded.points;
    const double *count_at = hot_fine_at_point(s);
    int64_t cells[HOT_BANDS + 1] = {0}, incidents[HOT_BANDS + 1] = {0}, n; /* 0 = of no class */
    n = hot_frame_size(&s->frame);
#pragma omp parallel for schedule(static) num_threads(s->threads) reduction(+ : cells)
    for (int64_t i = 0; i < n; i++) cells[class_[i] + 1]++;
#pragma omp parallel for schedule(static) num_threads(s->threads) reduction(+ : incidents)
    for (size_t k = 0; k < p->n; k++) {
        int64_t at = count_at[k] > 0 ? hot_frame_index(&s->frame, p->x[k], p->y[k]) : -1;
        if (at >= 0) incidents[class_[at] + 1] += (int64_t)count_at[k];
    }
    memcpy(t->cells, cells + 1, sizeof t->cells);
    memcpy(t->incidents, incidents + 1, sizeof t->incidents);
}

static void set_band(const hot_study *s, const tally *t, int band, hot_layer *l, size_t row)
{
    double cell_km2 = s->frame.cell * s->frame.cell / 1e6;
    hot_layer_set_integer(l, "class", row, band);
    hot_layer_set_real(l, "per_km2_from", row, hot_band_from(band));
    if (isfinite(hot_band_to(band))) hot_layer_set_real(l, "per_km2_to", row, hot_band_to(band));
    hot_layer_set_real(l, "area_km2", row, (double)t->cells[band] * cell_km2);
    hot_layer_set_integer(l, "incidents", row, t->incidents[band]);
    if (s->n_inside)
        hot_layer_set_real(l, "share", row, (double)t->incidents[band] / (double)s->n_inside);
}

/** The bands' outlines, side by side. */
static hot_status outline_bands(const hot_study *s, const int8_t *class_, const tally *t,
                                hot_shapes *shapes)
{
    hot_shapes band[HOT_BANDS] = {{0}};
    int failed = 0;
#pragma omp parallel for schedule(dynamic) num_threads(s->threads) reduction(| : failed)
    for (int k = 0; k < HOT_BANDS; k++)
        if (t->cells[k]) failed |= hot_outline(&s->frame, class_, (int8_t)k, &band[k]) != HOT_OK;
    hot_status status = failed ? HOT_MEMORY : HOT_OK;
    for (int k = 0; k < HOT_BANDS; k++) {
        if (t->cells[k] && status == HOT_OK) status = hot_shapes_add_parts(shapes, &band[k], 0);
        if (t->cells[k] && status == HOT_OK) status = hot_shapes_end(shapes);
        hot_shapes_free(&band[k]);
    }
    return status;
}

/** Where the bandwidth was chosen, the layer says how. */
static hot_status say_chosen(const hot_study *s, hot_layer *l)
{
    char text[800];
    if (!s->chosen.brief) return HOT_OK;
    int n = snprintf(text, sizeof text, "%s The bandwidth is %g m. %s", layer.about, s->bandwidth,
                     s->chosen.why);
    l->about = hot_arena_text(&l->arena, text, (size_t)n);
    return l->about ? HOT_OK : HOT_MEMORY;
}

static hot_status make_bands(const hot_study *s, const int8_t *class_, hot_layer *l)
{
    tally t;
    size_t n = 0, row = 0;
    count(s, class_, &t);
    for (int band = 0; band < HOT_BANDS; band++) n += t.cells[band] > 0;
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, n, l));
    for (int band = 0; band < HOT_BANDS; band++)
        if (t.cells[band]) set_band(s, &t, band, l, row++);
    HOT_TRY(say_chosen(s, l));
    return outline_bands(s, class_, &t, &l->shapes);
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    HOT_TRY(hot_kde_surfaces_check(s, error));
    HOT_TRY(estimate(s, error));
    int8_t *class_ = hot_new_raw((size_t)hot_frame_size(&s->frame), 1);
    hot_layer *l = hot_result_add(result);
    hot_status status = class_ && l ? make_surface(s, &result->surface, class_) : HOT_MEMORY;
    if (status == HOT_OK) status = make_bands(s, class_, l);
    hot_free(class_);
    if (status == HOT_OK) status = hot_sensitivity_make(s, result);
    if (status == HOT_OK) status = hot_kde_surfaces_make(s, result, error);
    return status;
}

/* ---- each area's peak ---- */

/** What a thread needs: centres of the cells of one row, and the highest densities so far. */
typedef struct {
    double *x, *y, *density; /* [cols] of the cells that have a density */
    int32_t *area;           /* [cols] */
    double *peak;            /* [areas] 0 = none */
} peaks;

static void peaks_free(peaks *p, int threads)
{
    for (int k = 0; p && k < threads; k++) {
        hot_free(p[k].x);
        hot_free(p[k].y);
        hot_free(p[k].density);
        hot_free(p[k].area);
        hot_free(p[k].peak);
    }
    hot_free(p);
}

/** For each thread, or NULL without memory. */
static peaks *peaks_new(size_t cols, size_t areas, int threads)
{
    peaks *p = hot_new((size_t)threads, sizeof *p);
    bool whole = p != NULL;
    for (int k = 0; whole && k < threads; k++) {
        p[k] = (peaks){hot_new_raw(cols, sizeof *p->x), hot_new_raw(cols, sizeof *p->y),
                       hot_new_raw(cols, sizeof *p->density), hot_new_raw(cols, sizeof *p->area),
                       hot_new(areas, sizeof *p->peak)};
        whole = p[k].x && p[k].y && p[k].density && p[k].area && p[k].peak;
    }
    if (whole) return p;
    peaks_free(p, threads);
    return NULL;
}

static hot_status look_at_row(const hot_study *s, const hot_within *within, int32_t row, peaks *p)
{
    size_t n = 0;
    const double *density = s->density + (size_t)row * (size_t)s->frame.cols;
    for (int32_t col = 0; col < s->frame.cols; col++) {
        if (!(density[col] > 0)) continue;
        p->x[n] = hot_frame_x(&s->frame, col);
        p->y[n] = hot_frame_y(&s->frame, row);
        p->density[n++] = density[col];
    }
    HOT_TRY(hot_within_place(within, p->x, p->y, n, 1, p->area, NULL));
    for (size_t k = 0; k < n; k++)
        if (p->area[k] >= 0 && p->density[k] > p->peak[p->area[k]])
            p->peak[p->area[k]] = p->density[k];
    return HOT_OK;
}

/** Areas whose cells are all empty peak at 0; areas that hold no cell centre have no peak. */
static void set_peaks(const hot_study *s, const hot_area_set *set, const peaks *p, double *peak)
{
    for (size_t i = 0; i < set->areas.n; i++) {
        double cells = hot_shapes_area(&set->areas.shapes, i) / (s->frame.cell * s->frame.cell);
        double most = 0;
        for (int k = 0; k < s->threads; k++) most = fmax(most, p[k].peak[i]);
        peak[i] = most > 0 || cells >= 4 ? most : NAN;
    }
}

static hot_status fill(const hot_study *s, size_t set, hot_layer *areas, hot_error *error)
{
    (void)error;
    int failed = 0;
    peaks *p = peaks_new((size_t)s->frame.cols, areas->n, s->threads);
    if (!p) return HOT_MEMORY;
#pragma omp parallel for schedule(dynamic, 8) num_threads(s->threads) reduction(| : failed)
    for (int32_t row = 0; row < s->frame.rows; row++)
        failed |= look_at_row(s, s->sets[set].within, row, &p[omp_get_thread_num()]) != HOT_OK;
    if (!failed) set_peaks(s, &s->sets[set], p, hot_layer_column(areas, "peak_per_km2")->real);
    peaks_free(p, s->threads);
    return failed ? HOT_MEMORY : HOT_OK;
}

const hot_analysis hot_analysis_kde = {
    .word = "kde",
    .about = "Kernel density: where incidents gather",
    .examples = "Example:\n\n  hotbeat kde log.csv --cell 25m --bandwidth 150m --profile internal "
                "--out density",
    .layers = layers,
    .n_layers = sizeof layers / sizeof *layers,
    .options = hot_kde_options,
    .n_options = HOT_KDE_OPTIONS,
    .surface = true,
    .make = make,
    .fill = fill,
};
