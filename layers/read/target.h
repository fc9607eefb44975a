/** @file target.h
 *  What a library is to open when a person names a file: the file, or the one in its .zip, and as
 *  what alone.
 */
#ifndef HOT_LAYERS_READ_TARGET_H
#define HOT_LAYERS_READ_TARGET_H

#include <stdbool.h>

#include "engine/base/status.h"
#include "layers/read/kind.h"

typedef struct {
    char *name;     /**< as GDAL calls it; owned */
    hot_kind kind;  /**< never HOT_ZIP */
    bool is_member; /**< of an archive: its first bytes were not looked at yet */
    bool is_layer;  /**< `layer` has named it among several: it is the layer */
} hot_target;

/** Find it.
 *  @param layer  the layer that was asked for; NULL = the only one
 *  @return HOT_OK; HOT_INPUT with a sentence, as kind.h and archive.h say, or where the layer is
 * not there, or not named among several; HOT_MEMORY */
HOT_MUST_USE hot_status hot_target_find(const char *path, const char *layer, hot_target *target,
                                        hot_error *error);
void hot_target_free(hot_target *target);

/** The sentence for a file of several layers of which none was named. */
HOT_MUST_USE hot_status hot_several_layers(const char *file, const char *names, hot_error *error);

#endif
