#include "styles/draw/heat.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"
#include "styles/draw/ladder.h"

/** One pixel column or row between two lines of cells. */
typedef struct {
    int32_t low, high; /* cells; both are inside the frame */
    float weight;      /* of the high one */
    bool inside;       /* the pixel's middle lies on the surface */
} between;

/** Sums of one pixel row over each cell column: value times weight, and weight, of finite cells. */
typedef struct {
    float *sum, *weight;
    size_t from, to; /* the cell columns in sight */
} blended;

static between between_cells(double at, int32_t cells)
{
    between b = {0};
    double middle = at - 0.5, low = floor(middle);
    b.inside = at >= 0 && at < cells;
    if (!b.inside) return b;
    b.low = (int32_t)low;
    b.high = b.low + 1;
    b.weight = (float)(middle - low);
    if (b.low < 0) b.low = 0;
    if (b.high >= cells) b.high = cells - 1;
    return b;
}

static void row_blend(const hot_surface *s, between row, blended *out)
{
    size_t cols = (size_t)s->frame.cols;
    const float *a = s->value + (size_t)row.low * cols, *b = s->value + (size_t)row.high * cols;
    float wb = row.weight, wa = 1 - wb;
    for (size_t c = out->from; c < out->to; c++) {
        bool has_a = !isnan(a[c]), has_b = !isnan(b[c]);
        out->sum[c] = (has_a ? wa * a[c] : 0) + (has_b ? wb * b[c] : 0);
        out->weight[c] = (has_a ? wa : 0) + (has_b ? wb : 0);
    }
}

/** Class of one pixel; 0 also where nothing is drawn.
 *  @param nearest_row  nothing is drawn where its nearest cell lies outside; NULL = not asked */
static int pixel_class(const hot_ladder *l, const blended *row, const float *nearest_row,
                       between col)
{
    float wb = col.weight, wa = 1 - wb;
    float sum = wa * row->sum[col.low] + wb * row->sum[col.high];
    if (!(sum > 0)) return 0; /* most of a county */
    if (nearest_row && isnan(nearest_row[wb < 0.5f ? col.low : col.high])) return 0;
    float weight = wa * row->weight[col.low] + wb * row->weight[col.high];
    return weight > 0 ? hot_ladder_class(l, sum / weight) : 0;
}

static unsigned channel_multiply(unsigned under, unsigned colour, unsigned cover)
{
    unsigned eased = 255 - ((255 - colour) * cover + 127) / 255;
    return (under * eased + 127) / 255;
}

static uint32_t pixel_multiply(uint32_t under, uint32_t colour, unsigned cover)
{
    return channel_multiply(under >> 16 & 255, colour >> 16 & 255, cover) << 16 |
           channel_multiply(under >> 8 & 255, colour >> 8 & 255, cover) << 8 |
           channel_multiply(under & 255, colour & 255, cover);
}

/** What of the page and of the mask one row of the heat touches. */
typedef struct {
    unsigned char *pixels;      /* 4 bytes each */
    const unsigned char *cover; /* NULL = everywhere */
    const uint8_t *above;       /* classes of the row before; NULL = first row */
    uint8_t *classes;
} strip;

static void strip_paint(const hot_ladder *l, bool edges, const strip *s, int width)
{
    for (int i = 0; i < width; i++) {
        int k = s->classes[i], left = i ? s->classes[i - 1] : k, up = s->above ? s->above[i] : k;
        bool edge = edges && (left != k || up != k);
        if (!k && !edge) continue;
        unsigned cover = s->cover ? s->cover[i] : 255;
        uint32_t pixel;
        memcpy(&pixel, s->pixels + 4 * i, 4);
        if (k) pixel = pixel_multiply(pixel, l->colour[k], cover * l->alpha[k] / 255);
        if (edge) pixel = pixel_multiply(pixel, 0xC8B4A0, cover);
        memcpy(s->pixels + 4 * i, &pixel, 4);
    }
}

typedef struct {
    between *col;
    blended row;
} scratch;

static void scratch_free(scratch *s)
{
    hot_free(s->col);
    hot_free(s->row.sum);
    hot_free(s->row.weight);
}

static hot_status scratch_new(const hot_canvas *c, scratch *s)
{
    const hot_frame *f = &c->result->surface.frame;
    *s = (scratch){hot_new((size_t)c->view.width, sizeof *s->col),
                   {hot_new((size_t)f->cols, sizeof(float)),
                    hot_new((size_t)f->cols, sizeof(float)), (size_t)f->cols, 0}};
    if (!s->col || !s->row.sum || !s->row.weight) {
        scratch_free(s);
        return HOT_MEMORY;
    }
    for (int i = 0; i < c->view.width; i++) {
        double x = c->view.west + (i + 0.5) * c->view.m_per_px;
        between b = s->col[i] = between_cells((x - f->west) / f->cell, f->cols);
        if (!b.inside) continue;
        if ((size_t)b.low < s->row.from) s->row.from = (size_t)b.low;
        if ((size_t)b.high + 1 > s->row.to) s->row.to = (size_t)b.high + 1;
    }
    return HOT_OK;
}

/** The study area's mask over one row of pixels; NULL = it is not known. */
static const unsigned char *cover_of(const hot_canvas *c, size_t j)
{
    if (!c->mask) return NULL;
    return cairo_image_surface_get_data(c->mask) +
           j * (size_t)cairo_image_surface_get_stride(c->mask);
}

static void classes_fill(const hot_canvas *c, const hot_ladder *l, scratch *s)
{
    const hot_surface *surface = &c->result->surface;
    const hot_frame *f = &surface->frame;
    for (int j = 0; j < c->view.height; j++) {
        double y = c->view.north - (j + 0.5) * c->view.m_per_px;
        between row = between_cells((f->north - y) / f->cell, f->rows);
        if (!row.inside) continue;
        row_blend(surface, row, &s->row);
        int32_t nearest = row.weight < 0.5f ? row.low : row.high;
        const unsigned char *cover = cover_of(c, (size_t)j);
        const float *nearest_row =
            cover ? NULL : surface->value + (size_t)nearest * (size_t)f->cols;
        uint8_t *out = c->heat + (size_t)j * (size_t)c->view.width;
        for (int i = 0; i < c->view.width; i++)
            if (s->col[i].inside && (!cover || cover[i]))
                out[i] = (uint8_t)pixel_class(l, &s->row, nearest_row, s->col[i]);
    }
}

static void classes_paint(const hot_canvas *c, const hot_ladder *l, bool edges)
{
    cairo_surface_flush(c->image);
    unsigned char *page = cairo_image_surface_get_data(c->image);
    size_t stride = (size_t)cairo_image_surface_get_stride(c->image), width = (size_t)c->view.width;
    for (size_t j = 0; j < (size_t)c->view.height; j++) {
        strip s = {page + ((size_t)c->view.y + j) * stride + 4 * (size_t)c->view.x, cover_of(c, j),
                   j ? c->heat + (j - 1) * width : NULL, c->heat + j * width};
        strip_paint(l, edges, &s, c->view.width);
    }
    cairo_surface_mark_dirty(c->image);
}

hot_status hot_heat_draw(hot_canvas *c)
{
    scratch s;
    hot_ladder l;
    if (!c->result->surface.value) return HOT_OK;
    c->heat = hot_new((size_t)c->view.width * (size_t)c->view.height, 1);
    if (!c->heat) return HOT_MEMORY;
    HOT_TRY(scratch_new(c, &s));
    hot_ladder_read(c->pen, &l);
    /* On an overview a spot is a few pixels wide: edges would be all there is to see. */
    bool edges = c->result->surface.frame.cell >= 1.6 * c->view.m_per_px;
    classes_fill(c, &l, &s);
    classes_paint(c, &l, edges);
    scratch_free(&s);
    return HOT_OK;
}
