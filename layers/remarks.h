/** @file remarks.h
 *  What a person should know of a run's input, in sentences: said on stderr once, and kept in the
 *  metadata and in run.json.
 */
#ifndef HOT_LAYERS_REMARKS_H
#define HOT_LAYERS_REMARKS_H

#include "layers/study.h"

/** Add a sentence; text from data in it is shortened by the caller.
 *  @return HOT_OK, or HOT_MEMORY */
__attribute__((format(printf, 2, 3))) HOT_MUST_USE hot_status hot_remark(hot_study *study,
                                                                         const char *format, ...);

#endif
