#include "styles/draw/ladder.h"

void hot_ladder_read(const hot_pen *pen, hot_ladder *out)
{
    const hot_legend *limits = &pen->legend[HOT_LOOK_SURFACE];
    *out = (hot_ladder){0};
    for (size_t i = 0; i < limits->n && i < HOT_LADDER_CLASSES; i++) {
        const hot_legend_entry *e = hot_legend_class(&pen->legend[HOT_LOOK_DENSITY], (double)i);
        if (!e) e = &limits->entry[i];
        out->limit[out->n] = (float)limits->entry[i].value;
        out->alpha[out->n] = e->fill.alpha;
        out->colour[out->n++] =
            (uint32_t)e->fill.red << 16 | (uint32_t)e->fill.green << 8 | e->fill.blue;
    }
}
