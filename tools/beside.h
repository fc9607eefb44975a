/** @file beside.h
 *  How the areas of a set lie beside each other, in words.
 */
#ifndef HOT_TOOLS_BESIDE_H
#define HOT_TOOLS_BESIDE_H

#include <stddef.h>

#include "layers/read/areas.h"

enum { HOT_BESIDE = 2, HOT_BESIDE_ROOM = 400 };

/** What there is to say of overlaps and gaps, a sentence each; codes of areas are as in the data,
 *  cut after 60 bytes.
 *  @return how many; 0 where the areas lie side by side */
size_t hot_beside(const hot_areas *areas, char sentence[HOT_BESIDE][HOT_BESIDE_ROOM]);

#endif
