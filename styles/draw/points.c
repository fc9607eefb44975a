#include "styles/draw/points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/memory.h"

typedef struct {
    double x, y;
    int64_t count;
} place;

static bool in_sight(const hot_view *v, double x, double y)
{
    hot_box b = hot_view_box(v);
    return x >= b.west && x < b.east && y >= b.south && y < b.north;
}

static int64_t counted_areas(const hot_canvas *c)
{
    int64_t sum = 0;
    if (!c->set || !hot_layer_column(c->set, "incidents")) return -1;
    if (c->row >= 0) return hot_layer_integer(c->set, "incidents", (size_t)c->row, -1);
    for (size_t i = 0; i < c->set->n; i++) sum += hot_layer_integer(c->set, "incidents", i, 0);
    return sum;
}

int64_t hot_points_count(const hot_canvas *c)
{
    const hot_layer *incidents = hot_result_layer(c->result, "incidents");
    int64_t n = 0;
    if (!incidents || !incidents->x) return counted_areas(c);
    for (size_t i = 0; i < incidents->n; i++)
        n += in_sight(&c->view, incidents->x[i], incidents->y[i]);
    return n;
}

double hot_points_radius(const hot_canvas *c, double count, double most)
{
    double one = 1.15 * c->mm, largest = 6 * c->mm;
    if (one * sqrt(most) > largest) one = largest / sqrt(most);
    return one * sqrt(count);
}

void hot_circle_draw(const hot_canvas *c, const hot_legend_entry *e, double x, double y,
                     double radius)
{
    cairo_new_path(c->cr);
    cairo_arc(c->cr, x, y, radius, 0, 2 * G_PI);
    hot_ink_colour(c->cr, e->fill);
    cairo_fill_preserve(c->cr);
    hot_ink_colour(c->cr, e->outline);
    cairo_set_line_width(c->cr, e->outline_mm * c->mm);
    cairo_stroke(c->cr);
}

static int by_place(const void *left, const void *right)
{
    const place *a = left, *b = right;
    if (a->y != b->y) return a->y < b->y ? -1 : 1;
    return a->x < b->x ? -1 : a->x > b->x;
}

static int largest_first(const void *left, const void *right)
{
    const place *a = left, *b = right;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    return by_place(left, right);
}

/** In the page's area, by the pixel; everywhere on an overview. */
static bool is_own(const hot_canvas *c, double x, double y)
{
    if (!c->own) return true;
    size_t i = (size_t)((x - c->view.west) / c->view.m_per_px);
    size_t j = (size_t)((c->view.north - y) / c->view.m_per_px);
    size_t stride = (size_t)cairo_image_surface_get_stride(c->own);
    if (i >= (size_t)c->view.width || j >= (size_t)c->view.height) return false;
    return cairo_image_surface_get_data(c->own)[j * stride + i] > 127;
}

static bool is_shown(const hot_canvas *c, double x, double y)
{
    return in_sight(&c->view, x, y) && (c->show != HOT_SHOW_OWN_POINTS || is_own(c, x, y));
}

/** Rows that are shown, one entry per place, the largest first. */
static size_t places_collect(const hot_canvas *c, const hot_layer *incidents, place *places)
{
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < incidents->n; i++)
        if (is_shown(c, incidents->x[i], incidents->y[i]))
            places[n++] = (place){incidents->x[i], incidents->y[i], 1};
    qsort(places, n, sizeof *places, by_place);
    for (size_t i = 0; i < n; i++) {
        if (kept && by_place(&places[kept - 1], &places[i]) == 0)
            places[kept - 1].count++;
        else
            places[kept++] = places[i];
    }
    qsort(places, kept, sizeof *places, largest_first);
    return kept;
}

static hot_status place_draw(const hot_canvas *c, const place *at, int64_t most, hot_taken *taken)
{
    double x = hot_view_x(&c->view, at->x), y = hot_view_y(&c->view, at->y);
    double radius = hot_points_radius(c, (double)at->count, (double)most);
    hot_circle_draw(c, &c->pen->legend[HOT_LOOK_INCIDENTS].entry[0], x, y, radius);
    return hot_taken_add(taken, (hot_rect){x - radius, y - radius, 2 * radius, 2 * radius});
}

hot_status hot_points_draw(const hot_canvas *c, int64_t *most, hot_taken *taken)
{
    const hot_layer *incidents = hot_result_layer(c->result, "incidents");
    hot_status status = HOT_OK;
    *most = 0;
    if (!incidents || !incidents->x) return HOT_OK;
    place *places = hot_new(incidents->n, sizeof *places);
    if (!places) return HOT_MEMORY;
    size_t n = places_collect(c, incidents, places);
    if (n) *most = places[0].count;
    for (size_t i = 0; i < n && status == HOT_OK; i++)
        status = place_draw(c, &places[i], *most, taken);
    hot_free(places);
    return status;
}

bool hot_places_shown(const hot_canvas *c)
{
    const char *word = hot_result_word(c->result, "show_places");
    return word && strcmp(word, "1") == 0 && hot_result_layer(c->result, "repeats");
}

static void repeats_class_draw(const hot_canvas *c, const hot_layer *repeats,
                               const hot_legend_entry *e)
{
    for (size_t i = 0; i < repeats->n; i++) {
        double x = repeats->x[i], y = repeats->y[i];
        if ((double)hot_layer_integer(repeats, "class", i, -1) != e->value) continue;
        if (!in_sight(&c->view, x, y) || !is_own(c, x, y)) continue;
        hot_circle_draw(c, e, hot_view_x(&c->view, x), hot_view_y(&c->view, y),
                        e->size_mm * c->mm / 2);
    }
}

void hot_repeats_draw(const hot_canvas *c)
{
    const hot_layer *repeats = hot_result_layer(c->result, "repeats");
    const hot_legend *legend = &c->pen->legend[HOT_LOOK_REPEATS];
    if (!repeats || !repeats->x) return;
    for (size_t i = legend->n; i-- > 0;) repeats_class_draw(c, repeats, &legend->entry[i]);
}
