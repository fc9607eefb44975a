/** @file result.h
 *  A result read back from its folder, so that its pages can be drawn again.
 */
#ifndef HOT_LAYERS_READ_RESULT_H
#define HOT_LAYERS_READ_RESULT_H

#include "layers/layer.h"

/** Read hotbeat.gpkg and the density.tif beside it, if there is one.
 *  @return HOT_OK; HOT_INPUT with a sentence for what is no result of hotbeat */
HOT_MUST_USE hot_status hot_result_read(const char *path, hot_result *result, hot_error *error);

#endif
