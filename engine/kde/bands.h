/** @file bands.h
 *  The ladder by which a density becomes a class, so that one colour means one thing on every map
 *  and in every month.
 */
#ifndef HOT_KDE_BANDS_H
#define HOT_KDE_BANDS_H

#include <stddef.h>
#include <stdint.h>

/** Classes 0 .. HOT_BANDS - 1; class 0 is under 5 per km2. */
enum { HOT_BANDS = 8 };

/** Lower limit of a class, incidents per km2 in the period; the class holds its lower limit and not
 *  its upper one. Class 0 begins at 0; the last has no upper limit (infinity). */
double hot_band_from(int class_);
double hot_band_to(int class_);

/** The class of a density as the file holds it, 0..7; -1 for NaN. */
int8_t hot_band_of(float per_km2);

/** Classes of a whole surface.
 *  @param value  [n] incidents per km2; NaN = outside
 *  @param class_ [n] out */
void hot_bands(const float *value, size_t n, int8_t *class_);

#endif
