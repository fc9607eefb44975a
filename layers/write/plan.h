/** @file plan.h
 *  A plan as JSON.
 */
#ifndef HOT_LAYERS_WRITE_PLAN_H
#define HOT_LAYERS_WRITE_PLAN_H

#include "layers/plan.h"

/** The manifest's parts on the input (hot_manifest_format_input) and one more, "plan".
 *  @param text  out, owned by the caller
 *  @return HOT_OK, or HOT_MEMORY */
HOT_MUST_USE hot_status hot_plan_format(const hot_study *study, const hot_plan *plan, char **text,
                                        hot_error *error);

#endif
