/** @file pages.h
 *  The page maps of a result: one overview, and one for every area of every set.
 */
#ifndef HOT_TOOLS_PAGES_H
#define HOT_TOOLS_PAGES_H

#include "engine/base/progress.h"
#include "layers/layer.h"
#include "layers/write/publish.h"
#include "styles/draw/page.h"
#include "tools/beside.h"

typedef struct {
    bool overview, areas; /**< which pages */
    const char *set, *code; /**< only this set, only this area; NULL = all */
    double width_mm, height_mm; /**< 0 = A4 */
    int dpi;                    /**< 0 = 150 */
    const hot_progress *progress;
} hot_pages;

/** The pages of a result, to be drawn into maps/ of an unfinished folder, side by side. `= {0}` has
 *  none. It borrows what it was made of. */
typedef struct {
    const hot_result *result;
    hot_pages pages;
    const hot_publication *publication;
    struct hot_sheet *list; /**< [n] */
    size_t n, room;
    size_t drawn;           /**< how many are */
    hot_pen **idle;         /**< [n_idle] pens that no thread holds; one a thread at most */
    size_t n_idle, idle_room;
} hot_atlas;

/** List the pages.
 *  @return HOT_OK; HOT_USAGE, with a sentence, where no area is of that set and code; HOT_MEMORY.
 *  It is to be freed in any case */
HOT_MUST_USE hot_status hot_atlas_new(const hot_result *result, const hot_pages *pages,
                                      const hot_publication *publication, hot_atlas *atlas,
                                      hot_error *error);
void hot_atlas_free(hot_atlas *atlas);

/** Its pages as pieces of work. */
hot_pieces hot_atlas_pieces(hot_atlas *atlas);

#endif
