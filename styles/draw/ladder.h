/** @file ladder.h
 *  The absolute ladder of the heat: where its classes end and what they look like, from the styles
 *  of the surface and of its bands. For styles/draw only.
 */
#ifndef HOT_STYLES_DRAW_LADDER_H
#define HOT_STYLES_DRAW_LADDER_H

#include "styles/draw/canvas.h"

enum { HOT_LADDER_CLASSES = 16 };

/** Of fewer incidents than this a density is decoration: they are shown as points, or not at all.
 */
enum { HOT_HEAT_LEAST = 50 };

typedef struct {
    float limit[HOT_LADDER_CLASSES];     /**< class k holds limit[k-1] <= value < limit[k] */
    int n;                               /**< classes; class 0 is too low to be drawn */
    uint32_t colour[HOT_LADDER_CLASSES]; /**< 0x00RRGGBB of a class on white */
    uint8_t alpha[HOT_LADDER_CLASSES];
} hot_ladder;

void hot_ladder_read(const hot_pen *pen, hot_ladder *ladder);

/** The class of a density, incidents per km2. Cost O(classes) */
static inline int hot_ladder_class(const hot_ladder *l, float value)
{
    int k = 0;
    while (k + 1 < l->n && value >= l->limit[k]) k++;
    return k;
}

#endif
