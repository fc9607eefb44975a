/** @file hotspots_file.h
 *  Hotspots that a team has adopted, or that an earlier run has frozen.
 */
#ifndef HOT_LAYERS_READ_HOTSPOTS_FILE_H
#define HOT_LAYERS_READ_HOTSPOTS_FILE_H

#include "layers/read/areas.h"

/** Read FILE[:LAYER][,code=FIELD][,name=FIELD][,from=FIELD|DATE][,crs=EPSG:CODE] as an area set
 *  called "hotspot"; all that hot_areas_read says of an area's polygons, codes and names holds.
 *
 *  Dates: YYYY, YYYY-MM, YYYY-MM-DD or DD/MM/YYYY, a time behind it is passed by; an empty one is
 *  not said.
 *  @param valid_from  out: [areas->n] s, local, the first second of that day, month or year;
 *                     INT64_MIN = not said; owned by the caller
 *  @return HOT_OK; HOT_USAGE or HOT_INPUT with a sentence, *areas and *valid_from are then empty */
HOT_MUST_USE hot_status hot_hotspots_read(const char *text, int epsg, const hot_place_rules *rules,
                                          hot_areas *areas, int64_t **valid_from, hot_error *error);

#endif
