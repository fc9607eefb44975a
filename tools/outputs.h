/** @file outputs.h
 *  Everything that is written of a result: the GeoPackage, the surfaces, the tables, the accounts
 * and the pages.
 */
#ifndef HOT_TOOLS_OUTPUTS_H
#define HOT_TOOLS_OUTPUTS_H

#include "layers/study.h"
#include "layers/write/publish.h"

/** All borrowed. */
typedef struct {
    const hot_settings *settings;
    const hot_study *study;
    const hot_result *result;
    hot_publication *publication; /**< begun; it is for the caller to end it */
    const hot_progress *progress;
    const char *date; /**< that the files bear, YYYY-MM-DD */
} hot_outputs;

/** Write them, side by side on the study's threads.
 *  @param pages  out: page maps drawn
 *  @return as what failed first. The publication is then to be abandoned */
HOT_MUST_USE hot_status hot_outputs_write(const hot_outputs *outputs, size_t *pages,
                                          hot_error *error);

#endif
