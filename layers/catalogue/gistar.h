/** @file gistar.h
 *  The squares among which the analysis gistar looks for hot ones.
 */
#ifndef HOT_LAYERS_CATALOGUE_GISTAR_H
#define HOT_LAYERS_CATALOGUE_GISTAR_H

#include "layers/study.h"

/** Squares aligned to the multiples of their side, half-open as a frame's cells are. `= {0}` is
 *  empty. */
typedef struct {
    hot_frame frame; /**< round all of them */
    uint8_t *inside; /**< [frame] 1 = it is one of them */
    double
        *incidents; /**< [frame] of the period, known finely enough; 0 where it is none of them */
    size_t n;       /**< how many there are; 0 = the frame is not set */
    uint64_t elsewhere; /**< incidents in none of them */
} hot_gistar_universe;

/** What --gistar-universe asks for: every square where anything of any type and month was recorded
 *  inside the study area; every square whose centre lies in the study area, too; or those squares
 *  whose centre, or a place where anything was recorded, lies in the polygons of a file as well.
 *  @return HOT_OK; HOT_USAGE with a sentence for a side of 0 or too many squares; HOT_INPUT with a
 *  sentence for a file without polygons or one that cannot be read; HOT_MEMORY */
HOT_MUST_USE hot_status hot_gistar_universe_new(const hot_study *study,
                                                hot_gistar_universe *universe, hot_error *error);
void hot_gistar_universe_free(hot_gistar_universe *universe);

#endif
