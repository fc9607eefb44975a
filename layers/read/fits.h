/** @file fits.h
 *  Do coordinates contradict the coordinate system that a file says they are in?
 */
#ifndef HOT_LAYERS_READ_FITS_H
#define HOT_LAYERS_READ_FITS_H

#include "engine/base/status.h"
#include "engine/space/shapes.h"

/** Could coordinates within `box` be of the system `epsg`, and lie where `to_epsg` is used?
 *  @param file  its name, for the sentence
 *  @return HOT_OK; HOT_INPUT with a sentence that says what they look like and the likely mend:
 *  metres taken for degrees or the reverse, latitude before longitude, another part of the world */
HOT_MUST_USE hot_status hot_crs_fits(const char *file, int epsg, int to_epsg, const hot_box *box,
                                     hot_error *error);

/** The same of each feature's box: one that lies elsewhere would stretch the whole. The sentence
 *  gives its number, 1 = the first. */
HOT_MUST_USE hot_status hot_crs_fits_each(const char *file, int epsg, int to_epsg,
                                          const hot_shapes *shapes, hot_error *error);

/** What columns of a system's own coordinates may hold: the area it is used in and 50 km round it,
 *  in its units; all 0 = not known, or no projected system. */
HOT_MUST_USE hot_status hot_crs_room(int epsg, hot_box *box, hot_error *error);

#endif
