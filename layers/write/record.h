/** @file record.h
 *  What a layer says about itself, as the record that QGIS shows under Properties, Information and
 *  keeps in a GeoPackage's gpkg_metadata.
 */
#ifndef HOT_LAYERS_WRITE_RECORD_H
#define HOT_LAYERS_WRITE_RECORD_H

#include "engine/base/bytes.h"
#include "layers/layer.h"

/** The standard the record follows, as QGIS names it. */
#define HOT_RECORD_STANDARD "http://mrcc.com/qgis.dtd"

/** Append the record of one layer: title, what it holds and how it was worked out, the inputs with
 *  their hashes and the options (from the manifest in the layer run_metadata, where there is one),
 *  rights and restrictions. The same bytes for the same result.
 *  @return HOT_OK; HOT_MEMORY; HOT_DOMAIN where the manifest is no JSON */
HOT_MUST_USE hot_status hot_record_format(const hot_result *result, const hot_layer *layer,
                                          hot_bytes *bytes);

#endif
