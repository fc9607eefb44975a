/** @file nearrepeat.h
 *  What the files of the analysis nearrepeat share.
 */
#ifndef HOT_LAYERS_NEARREPEAT_H
#define HOT_LAYERS_NEARREPEAT_H

#include "engine/nearrepeat/nearrepeat.h"
#include "layers/layer.h"
#include "layers/study.h"

enum { HOT_NEARREPEAT_REASON = 300 };

/** What was asked and what came of it. */
typedef struct {
    hot_study *study;
    size_t n_distances, n_days;
    double distance[HOT_CLOSE_BANDS]; /**< [n_distances] m */
    int32_t days[HOT_CLOSE_BANDS];    /**< [n_days] */
    uint32_t deals;
    bool manhattan, anyway;

    size_t n;            /**< incidents judged */
    double *x, *y;       /**< [n] m */
    uint32_t *place;     /**< [n] */
    int32_t *day;        /**< [n] */
    uint32_t *turn;      /**< [n] row of the layer incidents, which is the order in time */
    hot_knox_cell *cell; /**< [(n_distances + 1) * n_days] */
    uint8_t *class_;     /**< [n] hot_chain_class */
    uint64_t without_day, coarse, left_out; /**< incidents that were not judged */
    char reason[HOT_NEARREPEAT_REASON];     /**< why nothing was judged, a sentence; "" = it was */
} hot_nearrepeat;

extern const hot_declaration hot_nearrepeat_layer, hot_chains_layer;

/** Make the two tables, and the column near_repeat_class of the incidents where that layer is. */
HOT_MUST_USE hot_status hot_nearrepeat_make_tables(const hot_nearrepeat *found, hot_result *result);

#endif
