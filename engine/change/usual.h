/** @file usual.h
 *  How much do counts vary from month to month when nothing has changed? Several times as much as
 *  chance alone would have it, and a change is one beyond that.
 */
#ifndef HOT_CHANGE_USUAL_H
#define HOT_CHANGE_USUAL_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Blocks of months: the period, what it is compared with, and then the rest of history. */
enum { HOT_BLOCK_NONE = -1, HOT_BLOCK_NOW, HOT_BLOCK_BEFORE, HOT_BLOCK_REST };

/** Consecutive months: `months` from the one numbered `first` on. */
typedef struct {
    int32_t first, months;
} hot_months;

/** Put every covered month into a block, within which an area's level may be taken for one: the two
 *  periods are a block each, and what else is covered is cut where it is not consecutive and after
 *  twelve months.
 *  @param covered  [months] 1 = there is data; a month without is in no block
 *  @param now,before  do not overlap; may lie beyond 0 .. months - 1 and be empty
 *  @param block    [months] out, HOT_BLOCK_NONE .. */
void hot_blocks(const uint8_t *covered, size_t months, hot_months now, hot_months before,
                int32_t *block);

/** The least months of history that usual variation is taken from: two years. */
enum { HOT_USUAL_MONTHS = 24 };

typedef struct {
    double factor; /**< variance over that of chance alone, >= 1 */
    double df;     /**< residual degrees of freedom behind it, >= 0; 0 = the factor is not known */
} hot_usual;

/** Dispersion of counts of areas by months: Pearson's chi-square over its degrees of freedom, of
 * the Poisson model in which every area has a level of its own in every block and every month a
 * total of its own. No less than 1.
 *
 *  Source  McCullagh and Nelder (1989), Generalized Linear Models, section 6.2.3; as R's
 *          summary(glm(n ~ area:block + month, quasipoisson))$dispersion, worked out exactly.
 *  Departs: an area without an incident in a block, and a month without one, are left out there.
 *  @param count  [units * months] a unit's months side by side
 *  @param block  [months] as hot_blocks gives them
 *  @param least  units with fewer in all blocks together are left out: of many that hold next to
 *                nothing, chi-square tells of those alone. 1 = every unit that has any
 *  @return HOT_OK, or HOT_MEMORY (*usual untouched). Cost O(units * months) */
HOT_MUST_USE hot_status hot_usual_variation(const uint32_t *count, size_t units, size_t months,
                                            const int32_t *block, uint64_t least, hot_usual *usual);

/** The same factor where every covered month is of one block: a level for each unit that all months
 *  share. 1 where nothing is left to judge by.
 *  @param covered  [months] 0 = no data: left out */
HOT_MUST_USE hot_status hot_dispersion(const uint32_t *count, size_t units, size_t months,
                                       const uint8_t *covered, uint64_t least, double *dispersion);

#endif
