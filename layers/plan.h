/** @file plan.h
 *  What a run would do, worked out before anything is made.
 */
#ifndef HOT_LAYERS_PLAN_H
#define HOT_LAYERS_PLAN_H

#include "layers/bandwidth.h"

enum { HOT_PLAN_FILES = 16 };

typedef struct {
    bool surface;                /**< whether a density is made: of the bandwidth and the cells */
    hot_bandwidth_beside beside; /**< what other rules would take */
    int64_t cells_inside;        /**< of the frame's */
    uint64_t bytes;              /**< of memory, roughly, at the most */
    size_t n_files;
    const char *file[HOT_PLAN_FILES]; /**< [n_files] what would be written; static */
    size_t pages;                     /**< page maps among maps/ */
    const char *out;                  /**< where; NULL = it was not said */
    bool there;                       /**< results are there, which would be replaced */
    size_t replaced;                  /**< files of them */
    char refused[1024];               /**< why it could not be written there; "" = it could */
} hot_plan;

/** Plan a run on a study that has its frame.
 *  @param only       one analysis, NULL = all
 *  @param overwrite  whether results that are there may be replaced
 *  @return HOT_OK, or HOT_MEMORY */
HOT_MUST_USE hot_status hot_plan_make(const hot_study *study, const char *only, const char *out,
                                      bool overwrite, hot_plan *plan);

#endif
