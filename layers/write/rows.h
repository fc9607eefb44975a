/** @file rows.h
 *  The rows of a layer as JSON, for other programs.
 */
#ifndef HOT_LAYERS_WRITE_ROWS_H
#define HOT_LAYERS_WRITE_ROWS_H

#include "engine/base/bytes.h"
#include "layers/layer.h"

/** An array of objects, a line each, whose keys are the columns; missing values are null. Geometry
 *  is left out. Bytes that are not UTF-8 become '?'.
 *  @return HOT_OK, or HOT_MEMORY */
HOT_MUST_USE hot_status hot_rows_format(const hot_layer *layer, hot_bytes *bytes);

#endif
