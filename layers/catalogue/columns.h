/** @file columns.h
 *  Columns and sentences that are added to a layer while a run is made.
 */
#ifndef HOT_LAYERS_CATALOGUE_COLUMNS_H
#define HOT_LAYERS_CATALOGUE_COLUMNS_H

#include "layers/layer.h"

enum { HOT_FREE_NAME = 64 };

/** A name for a new column that no column of the layer has, whatever the case of its letters, nor
 *  the GeoPackage's own: the wanted one, or with _2, _3 ... behind it.
 *  @param wanted  at most HOT_FREE_NAME - 12 characters of it are used */
void hot_column_free_name(const hot_layer *layer, const char *wanted, char name[HOT_FREE_NAME]);

/** Add a column by a free name, every value missing.
 *
 *  @param alias  for people; where another column has it too, " (2)", " (3)" ... stands behind it
 *  @param unit, about  copied, as alias is
 *  @param name   out: what it is called */
HOT_MUST_USE hot_status hot_layer_add_free_column(hot_layer *layer, const char *wanted,
                                                  hot_type type, const char *alias,
                                                  const char *unit, const char *about,
                                                  char name[HOT_FREE_NAME]);

/** Put one more sentence behind what the layer says of itself. */
HOT_MUST_USE hot_status hot_layer_say(hot_layer *layer, const char *sentence);

#endif
