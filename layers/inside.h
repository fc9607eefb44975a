/** @file inside.h
 *  The rows of a study: those that are selected and inside the study area.
 */
#ifndef HOT_LAYERS_INSIDE_H
#define HOT_LAYERS_INSIDE_H

#include "engine/incidents/select.h"
#include "layers/study.h"

/** Set `inside`, `count_at_point`, the counts of rows, and what each set leaves unplaced, of a
 * study whose points are placed in its areas.
 *  @return HOT_OK, or HOT_MEMORY (the study is to be freed) */
HOT_MUST_USE hot_status hot_inside_select(hot_study *study, const hot_selection *selection);

#endif
