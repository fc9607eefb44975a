/** @file course.h
 *  New, persistent, former, intermittent: what the months of a unit come to.
 */
#ifndef HOT_TRENDS_COURSE_H
#define HOT_TRENDS_COURSE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** The least covered months for a class: of fewer the last fifth is no whole month. */
enum { HOT_COURSE_MONTHS = 5, HOT_EMERGING_MONTHS = 24 };

/** A unit's marked months, of those covered, in the order of time. */
typedef struct {
    size_t months, hot, cold;
    size_t recent, hot_recent; /**< the last fifth of the months, rounded down, and at least one */
    size_t hot_run, cold_run;  /**< how many months without a break it has been so at the end */
} hot_course;

/** @param mark     [months] 1 hot, -1 cold, 0 neither
 *  @param covered  [months] 0 = no data: passed over, as if the months around it were neighbours */
hot_course hot_course_of(const int8_t *mark, const uint8_t *covered, size_t months);

/** Shares of months that are hot: of the recent ones, and of those before; NaN of no months. */
double hot_course_recent(const hot_course *course);
double hot_course_older(const hot_course *course);

typedef enum {
    HOT_COURSE_NONE,         /**< none of these */
    HOT_COURSE_PERSISTENT,   /**< hot in 80 % of the months and more */
    HOT_COURSE_NEW,          /**< in 10 % and more of the recent, in under 10 % of those before */
    HOT_COURSE_INTERMITTENT, /**< in 10 % and more */
    HOT_COURSE_FORMER,       /**< in 10 % and more of those before, in under 10 % of the recent */
} hot_course_class;

/** The first that holds of persistent, new, former, intermittent.
 *  Source  sfhotspot (Ashby), hotspot_classify and hotspot_classify_params as documented; its
 *          "emerging" is new here. */
hot_course_class hot_course_classify(const hot_course *course);

/** Emerging hot spot classes; the same below 0 for cold spots. */
typedef enum {
    HOT_EMERGING_NONE,
    HOT_EMERGING_NEW,          /**< hot in the last month alone */
    HOT_EMERGING_CONSECUTIVE,  /**< hot in the last two or more, never before */
    HOT_EMERGING_INTENSIFYING, /**< hot in 90 % and more and in the last; the trend is up */
    HOT_EMERGING_PERSISTENT,   /**< the same without a trend */
    HOT_EMERGING_DIMINISHING,  /**< the same; the trend is down */
    HOT_EMERGING_SPORADIC,     /**< hot in the last, and on and off; never cold */
    HOT_EMERGING_OSCILLATING,  /**< the same, and cold in some month */
    HOT_EMERGING_HISTORICAL,   /**< not hot in the last, hot in 90 % and more of those before */
} hot_emerging_class;

/** @param z  of the trend in its counts, seasons allowed for; a trend is beyond 1.96 either way,
 * and none where NaN
 *  @return a hot_emerging_class, or one with its sign turned: a cold spot. The hot side is asked
 *  first; new and consecutive before what a cold month says
 *  Source  Esri, How Emerging Hot Spot Analysis works, ArcGIS Pro: the text of its table. */
int hot_emerging_classify(const hot_course *course, double z);

/** Trend of monthly counts, each month compared with the same month of other years alone.
 *
 *  Source  Hirsch, Slack and Smith (1982), Water Resources Research 18, 107-121: the seasonal
 * Kendall test, a sum of Mann-Kendall's over the calendar's months.
 *  @param count    [months]
 *  @param covered  [months] 0 = no data: left out
 *  @param first    calendar month of the first, 0 = January
 *  @param s,z      out: z is NaN where s has no variance: no month comes twice, or nothing ever
 * differs
 *  @return HOT_OK, or HOT_MEMORY (nothing written) */
HOT_MUST_USE hot_status hot_seasonal_kendall(const uint32_t *count, const uint8_t *covered,
                                             size_t months, int first, double *s, double *z);

#endif
