/** @file identity.h
 *  What a run was made of, as a digest that does not know of files: the rows that were read,
 *  in whatever order and however they were cut into files, and the areas as they were read.
 */
#ifndef HOT_LAYERS_WRITE_IDENTITY_H
#define HOT_LAYERS_WRITE_IDENTITY_H

#include "layers/study.h"

/** Thirty-two hexadecimal digits and a zero.
 *
 *  Each row is hashed by itself (time, place in the analysis's system, type, label, address, key,
 *  case, identifier, weight; neither file nor line) and the hashes are added up; so is each row
 * that was rejected (reason, column). Areas: names, codes, labels, parents, people, vertices.
 * Context: names, types, vertices, as far as they are drawn. Tables: what they say. Which layers
 * were made counts too, so that one analysis alone is another run. It names, it does not protect:
 * the SHA-256 of each file in the manifest does that.
 *  @return HOT_OK or HOT_MEMORY. Cost O(rows + vertices), about 50 ns a row */
HOT_MUST_USE hot_status hot_identity_format(const hot_study *study, const hot_result *made,
                                            char text[33]);

#endif
