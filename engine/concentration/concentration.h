/** @file concentration.h
 *  Do a few units (places, cells, areas, persons) hold most of the incidents?
 *
 *  Source  Bernasco and Steenbeek (2017), "More places than crimes", Journal of Quantitative
 *          Criminology 33: the generalised Lorenz curve and Gini coefficient, and the authors' R
 *          package lorenzgini for the unbiased one. The baseline of chance: Safer Streets project,
 *          University of Leeds (2025), "Measuring crime concentration".
 */
#ifndef HOT_CONCENTRATION_CONCENTRATION_H
#define HOT_CONCENTRATION_CONCENTRATION_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Units with equally many incidents. */
typedef struct {
    uint32_t incidents; /**< of each, > 0 */
    uint64_t units;
} hot_tier;

/** How many units have how many incidents: all that concentration is worked out from, whatever the
 *  order of the units. `= {0}` is empty; free with hot_tiers_free. */
typedef struct {
    size_t n;
    hot_tier *tier;     /**< [n] most incidents first */
    uint64_t units;     /**< those without an incident included */
    uint64_t held;      /**< units with one or more */
    uint64_t incidents; /**< in all */
} hot_tiers;

/** Sort units into tiers.
 *  @param count  [n] incidents of each unit; 0 is a unit too
 *  @return HOT_OK, or HOT_MEMORY (*tiers untouched)
 *  Cost O(n + largest count)    Memory  8 bytes for each count up to the largest */
HOT_MUST_USE hot_status hot_tiers_new(const uint32_t *count, size_t n, hot_tiers *tiers);
void hot_tiers_free(hot_tiers *tiers);

/** The fewest units that together hold at least so many per cent of the incidents; 0 where there is
 *  no incident.
 *  @param percent  0 to 100 */
uint64_t hot_tiers_needed(const hot_tiers *tiers, unsigned percent);

/** Incidents of the k units with most of them (of all, where k is more than there are).
 *  @param tied  out: further units that have as many as the last of these, and might as well have
 *               been taken in its place */
uint64_t hot_tiers_top(const hot_tiers *tiers, uint64_t k, uint64_t *tied);

/** Gini coefficient, sum of (2i - n - 1) x_i / (n sum x) over x rising: 0 = all units have equally
 *  many, near 1 = one has all. NaN where there is no incident. */
double hot_gini(const hot_tiers *tiers);

/** Generalised: against the most even spread that so few incidents allow, max(1, N/c)(G - 1) + 1;
 *  the same as hot_gini where incidents outnumber units. NaN where there is no incident. */
double hot_gini_generalised(const hot_tiers *tiers);

/** The generalised one times m / (m - 1), m the smaller of units and incidents: 1 where one unit
 *  has all. NaN where m < 2. */
double hot_gini_unbiased(const hot_tiers *tiers);

/** The Gini coefficient that chance alone gives: of units with Poisson counts of that mean.
 *  @param lambda  incidents a unit, > 0; NaN otherwise
 *  Cost O(sqrt lambda) */
double hot_gini_by_chance(double lambda);

/** How far above chance: (A - A0) / (Ac - A0), A the area under the curve of hot_lorenz, A0 that of
 *  chance, Ac = 1 - 1 / (2 len) the most there can be, len = units + 1 its vertices. Near 0 = as
 *  chance gives, below 0 = more even than that, near 1 = one unit has all. NaN where there is no
 *  incident, or a single unit. */
double hot_gini_beyond_chance(const hot_tiers *tiers);

/** A piece of a Lorenz curve: units of one kind together. */
typedef struct {
    double incidents, weight; /**< >= 0; the weight of a unit is 1, its residents, its area ... */
} hot_lorenz_step;

/** A vertex: the first `weight` share of the units holds the first `incidents` share. */
typedef struct {
    double weight, incidents; /**< 0 to 1 */
} hot_lorenz_vertex;

/** The Lorenz curve, most incidents for their weight first; of equals the one with more incidents.
 *  Steps without incidents and weight are left out.
 *  @param step    [n] is put in order
 *  @param vertex  [n + 1] out: (0, 0) to (1, 1)
 *  @return how many vertices there are; 0 where there is no incident or no weight
 *  Cost O(n log n) */
size_t hot_lorenz(hot_lorenz_step *step, size_t n, hot_lorenz_vertex *vertex);

/** The steps of units of weight 1: one for each tier, and one for the units without an incident.
 *  @param step  [tiers->n + 1] out
 *  @return how many */
size_t hot_lorenz_steps(const hot_tiers *tiers, hot_lorenz_step *step);

enum { HOT_LORENZ_MOST = 202 };

/** Leave out vertices until HOT_LORENZ_MOST are enough for any curve: of those within the same
 *  hundredth of the units and of the incidents only the first stays, and the last of all.
 *  @return how many are left, in their order */
size_t hot_lorenz_thin(hot_lorenz_vertex *vertex, size_t n);

#endif
