/** @file stability.h
 *  Would the same places have been chosen, had the lattice lain elsewhere, the size been another,
 * or chance dealt the incidents again?
 *
 *  A variant chooses by the same rules as many units as were chosen (of half the size four times as
 *  many, on the same budget of area; of twice the size as many, on four times the area; spacing in
 *  proportion), and asks for no least. It finds a place again where its units hold at least half of
 *  the place's weight.
 *
 *  Source  The bootstrap: Efron (1979), Annals of Statistics 7; Poisson in place of multinomial
 *          counts: Hanley and MacGibbon (2006), Computer Methods and Programs in Biomedicine 83.
 */
#ifndef HOT_HOTSPOTS_STABILITY_H
#define HOT_HOTSPOTS_STABILITY_H

#include "engine/hotspots/hotspots.h"

/** Of each place: variants that find it again. */
typedef struct {
    uint16_t shifted; /**< of HOT_STABILITY_SHIFTS: half a step (half a hexagon) east, north, both;
                           0 of 0 for segments */
    uint16_t sized;   /**< of HOT_STABILITY_SIZES: half the size and twice; 0 of 0 for segments */
    uint16_t drawn;   /**< of the draws asked for */
    double share;     /**< of all these variants; NaN where there is none */
} hot_stability;

enum { HOT_STABILITY_SHIFTS = 3, HOT_STABILITY_SIZES = 2, HOT_STABILITY_DRAWS = 1000 };

/** Choose again under every variant.
 *
 *  A draw gives each position a Poisson number of incidents, of mean its count, and its weight in
 *  proportion; each draw has a stream of its own (engine/chance/draws.h).
 *  @param points, rules  as given to hot_hotspots_choose
 *  @param hotspots   what it made
 *  @param draws      <= HOT_STABILITY_DRAWS
 *  @param threads    as hot_threads
 *  @param stability  [hotspots->n_places] out
 *  @return HOT_OK; HOT_MEMORY (stability is then not to be used); HOT_DOMAIN as
 *          hot_hotspots_choose, or for too many draws
 *
 *  Cost    (5 + draws) times hot_hotspots_choose, shared by the threads
 *  Memory  that of hot_hotspots_choose for each thread
 *  The same for any number of threads and any order of the points. */
HOT_MUST_USE hot_status hot_hotspots_stability(const hot_hotspot_points *points,
                                               const hot_hotspot_rules *rules,
                                               const hot_hotspots *hotspots, uint32_t draws,
                                               uint64_t seed, int threads,
                                               hot_stability *stability);

#endif
