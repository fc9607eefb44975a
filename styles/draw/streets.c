#include "styles/draw/streets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/memory.h"
#include "styles/draw/outlines.h"

/** Kinds of road as OpenStreetMap and Ordnance Survey name them: the first that a value starts
 *  with. `from` and `width`: drawn up to that many metres to a pixel, that many times the style's
 *  width. */
static const struct {
    const char *kind;
    int rank;
    double from, width;
} kinds[] = {
    {"motorway", 0, 1e9, 2.6},   {"trunk", 1, 1e9, 2.4},    {"primary", 2, 1e9, 2.1},
    {"a road", 2, 1e9, 2.1},     {"secondary", 3, 60, 1.7}, {"b road", 3, 60, 1.7},
    {"tertiary", 4, 30, 1.4},    {"minor", 4, 30, 1.3},     {"unclassified", 5, 15, 1.0},
    {"residential", 5, 12, 1.0}, {"local", 5, 12, 1.0},     {"living", 5, 12, 1.0},
    {"pedestrian", 5, 12, 1.0},  {"service", 7, 5, 0.6},    {"foot", 8, 4, 0.45},
    {"path", 8, 4, 0.45},        {"cycle", 8, 4, 0.45},     {"steps", 8, 4, 0.45},
    {"track", 8, 6, 0.45},       {"restricted", 7, 5, 0.6},
};

/** The kind of a road that none of the names fits, and what is not drawn at all. */
enum { KIND_OTHER = G_N_ELEMENTS(kinds), KIND_HIDDEN = 255, RANK_OTHER = 6, RANK_LAST = 8 };

static const char *kind_column(const hot_layer *roads)
{
    static const char *const names[] = {"class",      "highway", "function",
                                        "road_class", "fclass",  "type"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const hot_values *column = hot_layer_column(roads, names[i]);
        if (column && column->column.type == HOT_TEXT) return names[i];
    }
    return NULL;
}

static uint8_t kind_of(const hot_layer *roads, const char *column, size_t row)
{
    const char *text = column ? hot_layer_text(roads, column, row) : NULL;
    for (size_t i = 0; text && i < G_N_ELEMENTS(kinds); i++)
        if (g_ascii_tolower(*text) == *kinds[i].kind &&
            g_ascii_strncasecmp(text, kinds[i].kind, strlen(kinds[i].kind)) == 0)
            return (uint8_t)i;
    return KIND_OTHER;
}

static int rank_of(uint8_t kind)
{
    return kind < KIND_OTHER ? kinds[kind].rank : RANK_OTHER;
}

/** Metres to a pixel up to which a kind is drawn. */
static double limit_of(uint8_t kind)
{
    return kind < KIND_OTHER ? kinds[kind].from : 20;
}

/** The kind of every line in sight at this scale; KIND_HIDDEN for the others. NULL = no memory. */
static uint8_t *kinds_in_sight(const hot_canvas *c, const hot_layer *layer)
{
    const char *column = kind_column(layer);
    uint8_t *found = hot_new_raw(layer->shapes.n, 1);
    for (size_t f = 0; found && f < layer->shapes.n; f++) {
        found[f] = KIND_HIDDEN;
        if (!hot_path_in_sight(&c->view, &layer->shapes, f)) continue;
        uint8_t kind = kind_of(layer, column, f);
        if (c->view.m_per_px <= limit_of(kind)) found[f] = kind;
    }
    return found;
}

static bool is_context(const hot_layer *layer)
{
    return layer->name && strncmp(layer->name, "context_", 8) == 0;
}

static hot_look look_of(const hot_layer *layer)
{
    const char *what = layer->name + 8;
    if (strcmp(what, "roads") == 0) return HOT_LOOK_ROADS;
    if (strcmp(what, "water") == 0) return HOT_LOOK_WATER;
    if (strcmp(what, "parks") == 0) return HOT_LOOK_PARKS;
    return HOT_LOOK_CONTEXT;
}

static void polygons_draw(const hot_canvas *c, const hot_layer *layer, const hot_legend_entry *e)
{
    cairo_new_path(c->cr);
    cairo_set_fill_rule(c->cr, CAIRO_FILL_RULE_EVEN_ODD);
    for (size_t f = 0; f < layer->shapes.n; f++) {
        if (!hot_path_in_sight(&c->view, &layer->shapes, f)) continue;
        hot_path_add(c->cr, &c->view, &layer->shapes, f, true);
        hot_ink_colour(c->cr, e->fill);
        cairo_fill_preserve(c->cr);
        hot_ink_colour(c->cr, e->outline);
        cairo_set_line_width(c->cr, e->outline_mm * c->mm);
        cairo_stroke(c->cr);
    }
    cairo_set_fill_rule(c->cr, CAIRO_FILL_RULE_WINDING);
}

/** Lines of one rank in one stroke. */
static void rank_draw(const hot_canvas *c, const hot_layer *layer, const uint8_t *kind, int rank,
                      double width)
{
    double widen = 1;
    cairo_new_path(c->cr);
    for (size_t f = 0; f < layer->shapes.n; f++) {
        if (kind[f] == KIND_HIDDEN || rank_of(kind[f]) != rank) continue;
        widen = kind[f] < KIND_OTHER ? kinds[kind[f]].width : 1;
        hot_path_add(c->cr, &c->view, &layer->shapes, f, false);
    }
    bool thin = widen * width < 2.2; /* its joins are too small to be seen, and cost time */
    cairo_set_line_join(c->cr, thin ? CAIRO_LINE_JOIN_BEVEL : CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(c->cr, thin ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(c->cr, widen * width);
    cairo_stroke(c->cr);
}

/** Lines up to the rank `least`. The least important first, so that main roads lie on top. */
static hot_status lines_draw(const hot_canvas *c, const hot_layer *layer, int least, double width)
{
    uint8_t *kind = kinds_in_sight(c, layer);
    if (!kind) return HOT_MEMORY;
    cairo_set_antialias(c->cr, CAIRO_ANTIALIAS_FAST);
    for (int rank = least; rank >= 0; rank--) rank_draw(c, layer, kind, rank, width);
    cairo_set_antialias(c->cr, CAIRO_ANTIALIAS_DEFAULT);
    cairo_set_line_cap(c->cr, CAIRO_LINE_CAP_BUTT);
    hot_free(kind);
    return HOT_OK;
}

static void points_draw(const hot_canvas *c, const hot_layer *layer, const hot_legend_entry *e)
{
    for (size_t i = 0; layer->x && i < layer->n; i++) {
        double x = hot_view_x(&c->view, layer->x[i]), y = hot_view_y(&c->view, layer->y[i]);
        if (!(fabs(x) < 1e5) || !(fabs(y) < 1e5)) continue;
        cairo_new_path(c->cr);
        cairo_arc(c->cr, x, y, fmax(e->size_mm, 0.8) * c->mm / 2, 0, 2 * G_PI);
        hot_ink_colour(c->cr, e->fill);
        cairo_fill(c->cr);
    }
}

/** A style of one symbol, or of one for each geometry: areas, lines, points. */
static const hot_legend_entry *entry_of(const hot_canvas *c, const hot_layer *layer)
{
    const hot_legend *l = &c->pen->legend[look_of(layer)];
    size_t at = 0;
    if (layer->declared && layer->declared->geometry == HOT_LINE) at = 1;
    if (layer->declared && layer->declared->geometry == HOT_POINT) at = 2;
    return &l->entry[at < l->n ? at : 0];
}

static hot_status layer_draw(const hot_canvas *c, const hot_layer *layer)
{
    const hot_legend_entry *e = entry_of(c, layer);
    hot_geometry geometry = layer->declared ? layer->declared->geometry : HOT_NO_GEOMETRY;
    if (geometry == HOT_POLYGON) polygons_draw(c, layer, e);
    if (geometry == HOT_POINT) points_draw(c, layer, e);
    if (geometry != HOT_LINE || !layer->shapes.n) return HOT_OK;
    hot_ink_colour(c->cr, e->fill);
    /* A style made for lakes has no line width: a river is drawn thin. */
    return lines_draw(c, layer, RANK_LAST, (e->size_mm > 0 ? e->size_mm : 0.3) * c->mm);
}

hot_status hot_context_draw(const hot_canvas *c)
{
    static const hot_look order[] = {HOT_LOOK_PARKS, HOT_LOOK_WATER, HOT_LOOK_CONTEXT,
                                     HOT_LOOK_ROADS};
    for (size_t k = 0; k < G_N_ELEMENTS(order); k++)
        for (size_t i = 0; i < c->result->n; i++)
            if (is_context(&c->result->layers[i]) && look_of(&c->result->layers[i]) == order[k])
                HOT_TRY(layer_draw(c, &c->result->layers[i]));
    return HOT_OK;
}

hot_status hot_streets_trace(const hot_canvas *c)
{
    const hot_layer *roads = hot_result_layer(c->result, "context_roads");
    if (!roads || !roads->shapes.n) return HOT_OK;
    cairo_set_source_rgba(c->cr, 0.25, 0.2, 0.2, 0.42);
    return lines_draw(c, roads, RANK_OTHER,
                      0.4 * c->pen->legend[HOT_LOOK_ROADS].entry[0].size_mm * c->mm);
}

/** One named street: the longest of its lines in sight stands for it. */
typedef struct {
    const char *name;
    int rank;
    double length; /* px in sight, of all its lines */
    double longest;
    size_t ring;
} street;

static bool may_be_named(const hot_canvas *c, double x, double y)
{
    const hot_view *v = &c->view;
    if (x < v->x || x > v->x + v->width || y < v->y || y > v->y + v->height) return false;
    if (!c->own) return true;
    size_t i = (size_t)(x - v->x), j = (size_t)(y - v->y);
    if (i >= (size_t)v->width || j >= (size_t)v->height) return false;
    return cairo_image_surface_get_data(
               c->own)[j * (size_t)cairo_image_surface_get_stride(c->own) + i] > 127;
}

/** Length of the ring's part that may be named. */
static double ring_length(const hot_canvas *c, const hot_shapes *s, size_t r)
{
    double length = 0;
    for (size_t i = s->point[r]; i + 1 < s->point[r + 1]; i++) {
        double x0 = hot_view_x(&c->view, s->x[i]), y0 = hot_view_y(&c->view, s->y[i]);
        double x1 = hot_view_x(&c->view, s->x[i + 1]), y1 = hot_view_y(&c->view, s->y[i + 1]);
        if (may_be_named(c, (x0 + x1) / 2, (y0 + y1) / 2)) length += hypot(x1 - x0, y1 - y0);
    }
    return length;
}

static int by_name(const void *left, const void *right)
{
    const street *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    if (order) return order;
    return a->ring < b->ring ? -1 : a->ring > b->ring;
}

static int by_merit(const void *left, const void *right)
{
    const street *a = left, *b = right;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    if (a->length != b->length) return a->length > b->length ? -1 : 1;
    return by_name(left, right);
}

/** Add up the lines of one name. */
static size_t streets_join(street *all, size_t n)
{
    size_t kept = 0;
    qsort(all, n, sizeof *all, by_name);
    for (size_t i = 0; i < n; i++) {
        street *last = kept ? &all[kept - 1] : NULL;
        if (!last || strcmp(last->name, all[i].name) != 0) {
            all[kept++] = all[i];
            continue;
        }
        last->length += all[i].length;
        if (all[i].rank < last->rank) last->rank = all[i].rank;
        if (all[i].longest > last->longest) {
            last->longest = all[i].longest;
            last->ring = all[i].ring;
        }
    }
    qsort(all, kept, sizeof *all, by_merit);
    return kept;
}

static hot_status feature_collect(const hot_canvas *c, const hot_layer *roads, size_t f, int rank,
                                  street **all, size_t *room, size_t *n)
{
    const hot_shapes *s = &roads->shapes;
    const char *name = hot_layer_text(roads, "name", f);
    for (size_t p = s->part[f]; p < s->part[f + 1]; p++)
        for (size_t r = s->ring[p]; r < s->ring[p + 1]; r++) {
            double length = ring_length(c, s, r);
            if (length <= 0) continue;
            if (!hot_grow(all, room, *n + 1, sizeof **all)) return HOT_MEMORY;
            (*all)[(*n)++] = (street){name, rank, length, length, r};
        }
    return HOT_OK;
}

static hot_status streets_collect(const hot_canvas *c, const hot_layer *roads, street **all,
                                  size_t *n)
{
    const char *column = kind_column(roads);
    size_t room = 0;
    for (size_t f = 0; f < roads->shapes.n; f++) {
        const char *name = hot_layer_text(roads, "name", f);
        if (!name || !*name || !hot_path_in_sight(&c->view, &roads->shapes, f)) continue;
        uint8_t kind = kind_of(roads, column, f);
        if (rank_of(kind) > RANK_OTHER || c->view.m_per_px > limit_of(kind) / 1.5) continue;
        HOT_TRY(feature_collect(c, roads, f, rank_of(kind), all, &room, n));
    }
    return HOT_OK;
}

/** The point at `along` pixels of the line; false beyond its end. */
static bool point_along(const hot_canvas *c, const hot_shapes *s, size_t r, double along, double *x,
                        double *y)
{
    for (size_t i = s->point[r]; i + 1 < s->point[r + 1]; i++) {
        double x0 = hot_view_x(&c->view, s->x[i]), y0 = hot_view_y(&c->view, s->y[i]);
        double dx = hot_view_x(&c->view, s->x[i + 1]) - x0;
        double dy = hot_view_y(&c->view, s->y[i + 1]) - y0, step = hypot(dx, dy);
        if (along <= step && step > 0) {
            *x = x0 + dx * along / step;
            *y = y0 + dy * along / step;
            return true;
        }
        along -= step;
    }
    return false;
}

static double whole_length(const hot_canvas *c, const hot_shapes *s, size_t r)
{
    double length = 0;
    for (size_t i = s->point[r]; i + 1 < s->point[r + 1]; i++)
        length += hypot(s->x[i + 1] - s->x[i], s->y[i + 1] - s->y[i]);
    return length / c->view.m_per_px;
}

/** Do all four corners of the turned name lie where names may stand? */
static bool stays_inside(const hot_canvas *c, double x, double y, double width, double height,
                         double angle)
{
    double ax = cos(angle) * width / 2, ay = sin(angle) * width / 2;
    double bx = -sin(angle) * height / 2, by = cos(angle) * height / 2;
    return may_be_named(c, x + ax + bx, y + ay + by) && may_be_named(c, x + ax - bx, y + ay - by) &&
           may_be_named(c, x - ax + bx, y - ay + by) && may_be_named(c, x - ax - bx, y - ay - by);
}

/** Where a name of that width may stand along the line, read from left to right. */
static bool stretch_at(const hot_canvas *c, const hot_shapes *s, size_t r, double middle,
                       double width, double height, double *x, double *y, double *angle)
{
    double x0, y0, x1, y1;
    if (!point_along(c, s, r, middle - width / 2, &x0, &y0) ||
        !point_along(c, s, r, middle, x, y) ||
        !point_along(c, s, r, middle + width / 2, &x1, &y1) || !may_be_named(c, *x, *y))
        return false;
    double chord = hypot(x1 - x0, y1 - y0);
    if (chord < 0.97 * width) return false; /* too bent to be read */
    *angle = atan2(y1 - y0, x1 - x0);
    if (*angle > G_PI / 2) *angle -= G_PI;
    if (*angle < -G_PI / 2) *angle += G_PI;
    *x = (x0 + 2 * *x + x1) / 4;
    *y = (y0 + 2 * *y + y1) / 4;
    return stays_inside(c, *x, *y, width, height, *angle);
}

static bool street_label(const hot_canvas *c, const hot_shapes *s, const street *of,
                         hot_taken *taken)
{
    static const double tries[] = {0.5, 0.35, 0.65, 0.2, 0.8};
    hot_setting set = {.pt = of->rank <= 3 ? 7 : 6.2, .ink = HOT_INK_QUIET, .halo = 0.32 * c->mm};
    double width, height, x, y, angle, length = whole_length(c, s, of->ring);
    /* No letter of these names is narrower on average: most streets need not be measured. */
    if (length < 0.35 * set.pt * c->pt * (double)strlen(of->name)) return false;
    hot_text_measure(c, &set, of->name, &width, &height);
    for (size_t i = 0; i < G_N_ELEMENTS(tries); i++) {
        if (!stretch_at(c, s, of->ring, tries[i] * length, width, height, &x, &y, &angle)) continue;
        double w = width * fabs(cos(angle)) + height * fabs(sin(angle)) + 1.2 * c->mm;
        double h = width * fabs(sin(angle)) + height * fabs(cos(angle)) + 0.6 * c->mm;
        if (!hot_taken_claim(taken, &c->view, (hot_rect){x - w / 2, y - h / 2, w, h})) continue;
        set.angle = angle;
        hot_text_draw(c, &set, x - width / 2, y - height / 2, of->name);
        return true;
    }
    return false;
}

hot_status hot_streets_label(const hot_canvas *c, hot_taken *taken)
{
    const hot_layer *roads = hot_result_layer(c->result, "context_roads");
    street *all = NULL;
    size_t n = 0, drawn = 0, most = 32;
    if (!roads || !roads->shapes.n || !hot_layer_column(roads, "name")) return HOT_OK;
    hot_status status = streets_collect(c, roads, &all, &n);
    if (status == HOT_OK && n) {
        n = streets_join(all, n);
        for (size_t i = 0; i < n && drawn < most; i++)
            drawn += street_label(c, &roads->shapes, &all[i], taken);
    }
    hot_free(all);
    return status;
}
