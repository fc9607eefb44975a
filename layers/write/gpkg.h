/** @file gpkg.h
 *  The door to OGR for writing: one GeoPackage with every layer of a result, styled and described.
 */
#ifndef HOT_LAYERS_WRITE_GPKG_H
#define HOT_LAYERS_WRITE_GPKG_H

#include "engine/base/bytes.h"
#include "engine/base/progress.h"
#include "layers/layer.h"

typedef struct {
    const char *date; /**< YYYY-MM-DD: the date the file bears; never the clock's */
    /** Appends the QML of a layer, nothing where it has none; NULL = no styles. The room of styles
     *  is not known here. */
    hot_status (*style)(const hot_layer *layer, hot_bytes *qml);
    const hot_progress *progress;
} hot_gpkg_rules;

/** Write a new file, GeoPackage 1.3; the same bytes for the same result and rules.
 *  @return HOT_OK; HOT_SYSTEM with a sentence (the file is then not to be used); HOT_STOPPED */
HOT_MUST_USE hot_status hot_gpkg_write(const char *path, const hot_result *result,
                                       const hot_gpkg_rules *rules, hot_error *error);

#endif
