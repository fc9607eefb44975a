/** @file when.h
 *  How well is it known at which time of day an incident was?
 */
#ifndef HOT_TEMPORAL_WHEN_H
#define HOT_TEMPORAL_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/incidents/clock.h"

typedef enum {
    HOT_UNTIMED, /**< to the month or day alone */
    HOT_INSTANT, /**< at a time */
    HOT_BETWEEN, /**< between two times */
    HOT_BEYOND,  /**< between two times that lie further apart than the limit: as good as unknown */
} hot_when;

/** Which of them.
 *
 *  An end that is known to the day is that day's last moment. An end before the beginning (both in
 *  one minute, one without its seconds) is the beginning.
 *  @param to     NULL = only one time was given
 *  @param limit  s; a span of just this length is not beyond it
 *  @param end    s, local, out: where its time ends; from.second for an instant */
hot_when hot_when_known(hot_moment from, const hot_moment *to, int64_t limit, int64_t *end);

#endif
