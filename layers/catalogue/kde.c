/* Kernel density: the surface, its bands as polygons, and each area's peak. */
#include "engine/kde/kde.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/kde/bands.h"
#include "engine/space/outline.h"
#include "layers/catalogue/catalogue.h"

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

static const hot_declaration *const layers[] = {&layer};

static hot_status estimate(hot_study *s, hot_error *error)
{
    const hot_points *p = &s->loaded.points;
    hot_kernel kernel;
    if (!hot_kernel_parse(hot_settings_text(s->settings, "kernel"), &kernel)) return HOT_USAGE;
    s->density = hot_new_raw((size_t)hot_frame_size(&s->frame), sizeof *s->density);
    if (!s->density)
        return hot_fail(error, HOT_MEMORY,
                        "There is not enough memory for %d by %d cells; use a larger --cell.",
                        s->frame.cols, s->frame.rows);
    return hot_kde(&s->frame, p->x, p->y, s->count_at_point, p->n, kernel, s->bandwidth, s->mask,
                   s->threads, s->density);
}

/** The surface as it is written and drawn: float32. */
static hot_status make_surface(const hot_study *s, hot_surface *surface)
{
    size_t n = (size_t)hot_frame_size(&s->frame);
    surface->frame = s->frame;
    surface->value = hot_new_raw(n, sizeof *surface->value);
    if (!surface->value) return HOT_MEMORY;
    for (size_t i = 0; i < n; i++) surface->value[i] = (float)s->density[i];
    return HOT_OK;
}

/** Cells and incidents of each class. */
typedef struct {
    int64_t cells[HOT_BANDS], incidents[HOT_BANDS];
} tally;

static void count(const hot_study *s, const int8_t *class_, tally *t)
{
    const hot_points *p = &s->loaded.points;
    int64_t n = hot_frame_size(&s->frame);
    *t = (tally){{0}, {0}};
    for (int64_t i = 0; i < n; i++)
        if (class_[i] >= 0) t->cells[class_[i]]++;
    for (size_t k = 0; k < p->n; k++) {
        int64_t at = s->count_at_point[k] > 0 ? hot_frame_index(&s->frame, p->x[k], p->y[k]) : -1;
        if (at >= 0 && class_[at] >= 0) t->incidents[class_[at]] += (int64_t)s->count_at_point[k];
    }
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

static hot_status make_bands(const hot_study *s, const int8_t *class_, hot_layer *l)
{
    tally t;
    size_t n = 0, row = 0;
    count(s, class_, &t);
    for (int band = 0; band < HOT_BANDS; band++) n += t.cells[band] > 0;
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, n, l));
    for (int band = 0; band < HOT_BANDS; band++) {
        if (t.cells[band] == 0) continue;
        set_band(s, &t, band, l, row++);
        HOT_TRY(hot_outline(&s->frame, class_, (int8_t)band, &l->shapes));
    }
    return HOT_OK;
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    HOT_TRY(estimate(s, error));
    HOT_TRY(make_surface(s, &result->surface));
    size_t n = (size_t)hot_frame_size(&s->frame);
    int8_t *class_ = hot_new_raw(n, 1);
    hot_layer *l = hot_result_add(result);
    hot_status status = class_ && l ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) {
        hot_bands(result->surface.value, n, class_);
        status = make_bands(s, class_, l);
    }
    hot_free(class_);
    return status;
}

/* ---- each area's peak ---- */

/** Centres of the cells that have a density, a row of the frame at a time. */
typedef struct {
    double *x, *y, *density;
    int32_t *area;
    size_t n;
} centres;

static void centres_free(centres *c)
{
    hot_free(c->x);
    hot_free(c->y);
    hot_free(c->density);
    hot_free(c->area);
}

static hot_status centres_of(const hot_study *s, centres *c)
{
    int64_t n = hot_frame_size(&s->frame), dense = 0;
    for (int64_t i = 0; i < n; i++) dense += s->density[i] > 0;
    c->x = hot_new_raw((size_t)dense, sizeof *c->x);
    c->y = hot_new_raw((size_t)dense, sizeof *c->y);
    c->density = hot_new_raw((size_t)dense, sizeof *c->density);
    c->area = hot_new_raw((size_t)dense, sizeof *c->area);
    if (!c->x || !c->y || !c->density || !c->area) return HOT_MEMORY;
    for (int64_t i = 0; i < n; i++) {
        if (!(s->density[i] > 0)) continue;
        c->x[c->n] = hot_frame_x(&s->frame, (int32_t)(i % s->frame.cols));
        c->y[c->n] = hot_frame_y(&s->frame, (int32_t)(i / s->frame.cols));
        c->density[c->n++] = s->density[i];
    }
    return HOT_OK;
}

/** Areas whose cells are all empty peak at 0; areas that hold no cell centre have no peak. */
static void set_peaks(const hot_study *s, const hot_area_set *set, const centres *c, double *peak)
{
    for (size_t i = 0; i < set->areas.n; i++) {
        double cells = hot_shapes_area(&set->areas.shapes, i) / (s->frame.cell * s->frame.cell);
        peak[i] = cells >= 4 ? 0 : NAN;
    }
    for (size_t k = 0; k < c->n; k++) {
        int32_t area = c->area[k];
        if (area >= 0 && !(peak[area] >= c->density[k])) peak[area] = c->density[k];
    }
}

static hot_status fill(const hot_study *s, size_t set, hot_layer *areas, hot_error *error)
{
    (void)error;
    centres c = {0};
    hot_status status = centres_of(s, &c);
    if (status == HOT_OK)
        status = hot_within_place(s->sets[set].within, c.x, c.y, c.n, s->threads, c.area, NULL);
    if (status == HOT_OK)
        set_peaks(s, &s->sets[set], &c, hot_layer_column(areas, "peak_per_km2")->real);
    centres_free(&c);
    return status;
}

const hot_analysis hot_analysis_kde = {
    .word = "kde",
    .about = "Kernel density: where incidents gather",
    .layers = layers,
    .n_layers = 1,
    .surface = true,
    .make = make,
    .fill = fill,
};
