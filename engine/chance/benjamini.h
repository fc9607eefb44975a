/** @file benjamini.h
 *  Of many p-values some are small by chance alone: how small is each among the others?
 */
#ifndef HOT_CHANCE_BENJAMINI_H
#define HOT_CHANCE_BENJAMINI_H

#include <stddef.h>

#include "engine/base/status.h"

/** Adjusted p-values: taking all that are <= a for findings, no more than a share a of the findings
 *  is expected to be false.
 *
 *  Source  Benjamini and Hochberg (1995), JRSS B 57; as R's p.adjust(p, "BH").
 *  @param p         [n] 0 to 1; NaN = none, which counts for nothing
 *  @param adjusted  [n] out, 0 to 1, not below p; NaN where p is NaN; not p itself
 *  @return HOT_OK, or HOT_MEMORY (adjusted untouched)
 *  Cost O(n log n) */
HOT_MUST_USE hot_status hot_benjamini(const double *p, size_t n, double *adjusted);

#endif
