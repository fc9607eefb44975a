#include "styles/draw/labels.h"

#include <math.h>
#include <stdlib.h>

#include "engine/base/memory.h"
#include "styles/draw/inside.h"
#include "styles/draw/outlines.h"

bool hot_taken_claim(hot_taken *taken, const hot_view *v, hot_rect b)
{
    double gap = 1;
    if (b.x < v->x + gap || b.y < v->y + gap || b.x + b.width > v->x + v->width - gap ||
        b.y + b.height > v->y + v->height - gap)
        return false;
    for (size_t i = 0; i < taken->n; i++) {
        const hot_rect *o = &taken->box[i];
        if (b.x < o->x + o->width && o->x < b.x + b.width && b.y < o->y + o->height &&
            o->y < b.y + b.height)
            return false;
    }
    return hot_taken_add(taken, b) == HOT_OK;
}

hot_status hot_taken_add(hot_taken *taken, hot_rect box)
{
    if (!hot_grow(&taken->box, &taken->room, taken->n + 1, sizeof *taken->box)) return HOT_MEMORY;
    taken->box[taken->n++] = box;
    return HOT_OK;
}

void hot_taken_free(hot_taken *taken)
{
    hot_free(taken->box);
    *taken = (hot_taken){0};
}

typedef struct {
    size_t row;
    int64_t rank;
} candidate;

static int by_rank(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

/** Mean warmth under the box, 0 to 1: a name should not hide what the map is about. */
static double heat_under(const hot_canvas *c, hot_rect b)
{
    double warmth = 0;
    long all = 0;
    if (!c->heat) return 0;
    for (int j = (int)b.y - c->view.y; j < (int)(b.y + b.height) - c->view.y; j += 3)
        for (int i = (int)b.x - c->view.x; i < (int)(b.x + b.width) - c->view.x; i += 3) {
            if (i < 0 || j < 0 || i >= c->view.width || j >= c->view.height) continue;
            int k = c->heat[(size_t)j * (size_t)c->view.width + (size_t)i];
            warmth += k ? 0.3 + 0.1 * k : 0;
            all++;
        }
    return all ? warmth / (double)all : 0;
}

static hot_rect box_at(const hot_spot *s, double width, double height, double gap)
{
    return (hot_rect){s->x - width / 2 - gap, s->y - height / 2 - gap, width + 2 * gap,
                      height + 2 * gap};
}

/** Spots in order of merit: roomy, near the middle, not over heat. Few, so a plain insertion. */
static void spots_order(const hot_canvas *c, hot_spot *spots, size_t n, double width, double height)
{
    double merit[HOT_SPOTS];
    for (size_t i = 0; i < n; i++) {
        hot_spot s = spots[i];
        double m = fmin(s.width / width, 1.4) - 0.6 * s.centre -
                   1.6 * heat_under(c, box_at(&s, width, height, 0));
        size_t k = i;
        for (; k && merit[k - 1] < m; k--) {
            merit[k] = merit[k - 1];
            spots[k] = spots[k - 1];
        }
        merit[k] = m;
        spots[k] = s;
    }
}

static bool is_own(const hot_canvas *c, double x, double y)
{
    size_t stride = (size_t)cairo_image_surface_get_stride(c->own);
    int i = (int)x - c->view.x, j = (int)y - c->view.y;
    if (i < 0 || j < 0 || i >= c->view.width || j >= c->view.height) return false;
    return cairo_image_surface_get_data(c->own)[(size_t)j * stride + (size_t)i] > 0;
}

/** Does a neighbour's name touch the page's area? Looked at on a grid of 9 by 5 points. */
static bool meets_own(const hot_canvas *c, hot_rect b)
{
    for (int k = 0; c->own && k < 45; k++) {
        int col = k % 9, row = k / 9;
        if (is_own(c, b.x + b.width * col / 8, b.y + b.height * row / 4)) return true;
    }
    return false;
}

static const char none[] = "no incidents in the period";

static hot_setting none_setting(const hot_canvas *c)
{
    return (hot_setting){.pt = 9,
                         .ink = HOT_INK_QUIET,
                         .width = 62 * c->mm,
                         .lines = 1,
                         .align = PANGO_ALIGN_CENTER,
                         .halo = 0.45 * c->mm};
}

/** Room for the line under the name of a page's area without incidents; 0 when it has some. */
static double none_measure(const hot_canvas *c, double *width)
{
    double w, h;
    if (c->show != HOT_SHOW_QUIET) return 0;
    hot_setting s = none_setting(c);
    hot_text_measure(c, &s, none, &w, &h);
    *width = fmax(*width, w);
    return h;
}

static void none_draw(const hot_canvas *c, double x, double y)
{
    hot_setting s = none_setting(c);
    hot_text_draw(c, &s, x - s.width / 2, y, none);
}

static void area_label(const hot_canvas *c, hot_taken *taken, size_t row, bool own)
{
    hot_spot spots[HOT_SPOTS];
    double width, height, gap = 0.7 * c->mm;
    const char *name = hot_layer_text(c->set, "name", row);
    if (!name || !*name) name = hot_layer_text(c->set, "code", row);
    if (!name || !*name || !hot_path_in_sight(&c->view, &c->set->shapes, row)) return;
    hot_setting s = {.pt = own          ? 10
                           : c->row < 0 ? 6.6
                                        : 7.6,
                     .bold = own,
                     .ink = own ? HOT_INK_TEXT : HOT_INK_QUIET,
                     .width = (own ? 62 : 30) * c->mm,
                     .lines = 2,
                     .align = PANGO_ALIGN_CENTER,
                     .halo = (own ? 0.55 : 0.42) * c->mm};
    size_t n = hot_inside(&c->view, &c->set->shapes, row, spots);
    if (!n) return;
    hot_text_measure(c, &s, name, &width, &height);
    double below = own ? none_measure(c, &width) : 0;
    height += below;
    spots_order(c, spots, n, width, height);
    for (size_t i = 0; i < n; i++) {
        hot_rect box = box_at(&spots[i], width, height, gap);
        if (!own && (spots[i].width < 0.85 * width || meets_own(c, box))) continue;
        if (!hot_taken_claim(taken, &c->view, box)) continue;
        double top = spots[i].y - height / 2;
        top += hot_text_draw(c, &s, spots[i].x - s.width / 2, top, name);
        if (below > 0) none_draw(c, spots[i].x, top);
        return;
    }
}

hot_status hot_labels_areas(const hot_canvas *c, hot_taken *taken)
{
    if (!c->set) return HOT_OK;
    candidate *all = hot_new(c->set->n, sizeof *all);
    if (!all) return HOT_MEMORY;
    for (size_t i = 0; i < c->set->n; i++)
        all[i] = (candidate){i, hot_layer_integer(c->set, "rank", i, INT64_MAX)};
    qsort(all, c->set->n, sizeof *all, by_rank);
    if (c->row >= 0) area_label(c, taken, (size_t)c->row, true);
    for (size_t i = 0; i < c->set->n; i++)
        if ((int64_t)all[i].row != c->row) area_label(c, taken, all[i].row, false);
    hot_free(all);
    return HOT_OK;
}
