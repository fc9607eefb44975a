/** @file premises.h
 *  A list of premises that a person wants left out of repeat places: police stations, hospitals,
 *  businesses that report for others.
 */
#ifndef HOT_LAYERS_READ_PREMISES_H
#define HOT_LAYERS_READ_PREMISES_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/base/words.h"
#include "engine/space/shapes.h"
#include "engine/space/within.h"

/** Premises that are given as a point. */
typedef struct {
    double x, y;
    uint32_t premises;
} hot_spot;

/** `= {0}` is empty; free with hot_premises_free. */
typedef struct {
    size_t n;         /**< premises: lines or features that name one */
    hot_words keys;   /**< UPRNs, addresses and place keys, without what does not tell them apart */
    uint32_t *of_key; /**< [keys.n] which premises; of two with one key the first */
    size_t room, entries;
    size_t n_spots, room_spots;
    hot_spot *spot; /**< [n_spots] by x, then number */
    size_t n_sites;
    hot_shapes site;    /**< [n_sites] premises that are given as polygons */
    uint32_t *of_site;  /**< [n_sites] which premises */
    hot_within *within; /**< of `site`: what holds it is not to be moved */
} hot_premises;

#define HOT_NO_PREMISES UINT32_MAX

/** A point stands for the places this near to it, m: they were given the same coordinates, perhaps
 *  to the whole metre; a neighbour lies further off. */
#define HOT_SPOT_M 1.0

/** What coordinates are brought to. */
typedef struct {
    int epsg;
    const char *grid; /**< a grid file given by hand, or NULL */
} hot_premises_ground;

/** Read points and polygons (GeoPackage, GeoJSON, Shapefile, KML), of one layer; a CSV file with a
 *  column uprn, address, place_key or place (of several each names the premises), or easting and
 *  northing, or longitude and latitude, which count on lines without a key; or any other text of
 * one UPRN, address or place key a line. Blank lines and features of lines are passed over. Text
 * has at most 16 MiB.
 *  @return HOT_OK; HOT_INPUT with a sentence where it cannot be read, is no text, names none, or
 *  where coordinates contradict their system; *premises is then empty */
HOT_MUST_USE hot_status hot_premises_read(const char *path, const hot_premises_ground *ground,
                                          hot_premises *premises, hot_error *error);
void hot_premises_free(hot_premises *premises);

/** The premises of a place's key: case, commas, full stops, blanks and zeros before a number do not
 *  matter, nor does the corner added to an address that stands in several towns (addresses.h).
 *  @return its number, 0 .. n - 1, or HOT_NO_PREMISES */
uint32_t hot_premises_find(const hot_premises *premises, const char *key);

/** The premises whose polygon holds a point, or else whose own point is no further than HOT_SPOT_M;
 *  of several the first. */
uint32_t hot_premises_at(const hot_premises *premises, double x, double y);

/** For the readers of premises: a point of the premises number p->n, in the file's system; all
 *  points from there to the ground; the features of a file. */
HOT_MUST_USE hot_status hot_premises_add_spot(hot_premises *p, double x, double y);
HOT_MUST_USE hot_status hot_premises_put_spots(hot_premises *p, const char *file, int from_epsg,
                                               const hot_premises_ground *ground, hot_error *error);
HOT_MUST_USE hot_status hot_premises_read_features(const char *path,
                                                   const hot_premises_ground *ground,
                                                   hot_premises *p, hot_error *error);

#endif
