/** @file verify.h
 *  Is what stands on the disk what was meant? Writers of foreign libraries can lose an error on the
 *  way (a page that was not written, a failure on closing); so what they wrote is opened again and
 *  looked at before it is published.
 */
#ifndef HOT_LAYERS_WRITE_VERIFY_H
#define HOT_LAYERS_WRITE_VERIFY_H

#include "layers/layer.h"

/** A GeoPackage that was just written: sound by SQLite's own check, with every layer and exactly as
 *  many rows in it as the result has.
 *  @return HOT_OK; HOT_SYSTEM with a sentence. Cost: one reading of the file */
HOT_MUST_USE hot_status hot_verify_gpkg(const char *path, const hot_result *result,
                                        hot_error *error);

/** A surface that was just written: the same frame, the same value in every cell.
 *  @return HOT_OK; HOT_SYSTEM with a sentence. Cost: one reading of the file, and as much memory as
 *  the surface takes */
HOT_MUST_USE hot_status hot_verify_surface(const char *path, const hot_surface *surface,
                                           hot_error *error);

#endif
