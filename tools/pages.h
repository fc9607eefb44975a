/** @file pages.h
 *  The page maps of a result: one overview, and one for every area of every set.
 */
#ifndef HOT_TOOLS_PAGES_H
#define HOT_TOOLS_PAGES_H

#include "engine/base/progress.h"
#include "layers/layer.h"
#include "layers/write/publish.h"

typedef struct {
    bool overview, areas; /**< which pages */
    const char *set, *code; /**< only this set, only this area; NULL = all */
    double width_mm, height_mm; /**< 0 = A4 */
    int dpi;                    /**< 0 = 150 */
    int threads;
    const hot_progress *progress;
} hot_pages;

/** Draw the pages into maps/ of an unfinished folder.
 *  @param drawn  out: how many
 *  @return HOT_OK; HOT_USAGE where no area is of that set and code; other failures with a sentence */
HOT_MUST_USE hot_status hot_pages_draw(const hot_result *result, const hot_pages *pages,
                                       const hot_publication *publication, size_t *drawn,
                                       hot_error *error);

#endif
