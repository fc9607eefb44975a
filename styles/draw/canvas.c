#include "styles/draw/canvas.h"

hot_box hot_view_box(const hot_view *v)
{
    return (hot_box){v->west, v->north - v->height * v->m_per_px, v->west + v->width * v->m_per_px,
                     v->north};
}

void hot_ink_set(cairo_t *cr, hot_ink ink, double alpha)
{
    cairo_set_source_rgba(cr, ink.red, ink.green, ink.blue, alpha);
}

void hot_ink_colour(cairo_t *cr, hot_colour c)
{
    cairo_set_source_rgba(cr, c.red / 255.0, c.green / 255.0, c.blue / 255.0, c.alpha / 255.0);
}
