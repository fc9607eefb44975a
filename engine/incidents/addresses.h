/** @file addresses.h
 *  One address, one place: "1 High Street" stands in many towns.
 */
#ifndef HOT_INCIDENTS_ADDRESSES_H
#define HOT_INCIDENTS_ADDRESSES_H

#include "engine/incidents/incidents.h"
#include "engine/incidents/marks.h"

enum { HOT_ADDRESS = 512 }; /**< bytes of an address that are looked at */

/** An address without what does not tell places apart: case, commas, full stops, doubled blanks.
 *  @param plain  [HOT_ADDRESS] out, without a zero at its end
 *  @return its length */
size_t hot_address_plain(hot_slice address, char *plain);

/** Give incidents of one address that lie apart keys of their own.
 *
 *  Incidents whose key is an address are of one place where they lie in the same square of 100 m or
 *  in squares that touch, from square to square. Where an address so falls into several places,
 * each key gets the south-west corner of its place's westmost square added to it: "1 HIGH STREET @
 *  404000,254000". UPRNs and keys that the person named are left as they are.
 *  @param incidents  with points ordered (hot_points_order); `key` is changed, words are added
 *  @return HOT_OK, or HOT_MEMORY
 *  Cost O(n log n)    the same whatever the order of the rows */
HOT_MUST_USE hot_status hot_addresses_part(hot_incidents *incidents, const hot_points *points);

#endif
