/** @file gridref.h
 *  Grid references of the Ordnance Survey: letters and figures for a square of the National Grid.
 *
 *  Source  Ordnance Survey, "A guide to coordinate systems in Great Britain", section 7.1, and
 *          "Using the National Grid".
 */
#ifndef HOT_INCIDENTS_GRIDREF_H
#define HOT_INCIDENTS_GRIDREF_H

#include <stdbool.h>
#include <stddef.h>

/** Read a grid reference of two letters and 2, 4, 6, 8 or 10 figures: "SU 387 148",
 *  "TG5140913177", "nt2573". Case does not matter; blanks may stand around it, after the letters
 *  and between two halves of equal length.
 *  @param x, y  out: the centre of the square, easting and northing in m
 *  @param size  out: the square's side, m: 10000, 1000, 100, 10 or 1
 *  @return false, and nothing written, for anything else: a square outside 0..700 km east and
 *  0..1300 km north, the letter I, one letter (the Irish grid) */
bool hot_gridref_parse(const char *at, size_t length, double *x, double *y, double *size);

#endif
