/** @file events.h
 *  When incidents happen, and where each type tends to. For engine/town only.
 */
#ifndef HOT_TOWN_EVENTS_H
#define HOT_TOWN_EVENTS_H

#include "engine/town/parts.h"

enum { HOT_TOWN_DAYS = 731, HOT_TOWN_DAY = 1440 };

/** Types, in the order of hot_town_type. */
enum {
    TYPE_ASB,
    TYPE_VIOLENCE,
    TYPE_DAMAGE,
    TYPE_SHOPLIFTING,
    TYPE_VEHICLE,
    TYPE_PUBLIC_ORDER,
    TYPE_BURGLARY,
    TYPE_BICYCLE
};

/** Habits of the clock. */
typedef enum {
    WHEN_EVENING,    /**< any day, most from 16 to 23 */
    WHEN_NIGHT_OUT,  /**< Friday and Saturday 21:00 to 03:00 */
    WHEN_HOME_TIME,  /**< school days 15:00 to 18:00 */
    WHEN_PARK,       /**< evenings 18:00 to 23:00 */
    WHEN_OPEN_HOURS, /**< shops */
    WHEN_WORK_DAY,   /**< begins in the morning of a working day */
    WHEN_BED_TIME    /**< begins late in the evening */
} hot_town_when;

/** A moment of month `month` after that habit, minutes since 2024-01-01T00:00, on a multiple of
 *  five; -1 when the habit has no such day (schools closed). */
int32_t hot_town_moment(hot_town_chance *chance, hot_town_when when, size_t month);

/** The same moment, moved out of the hour that the clock skips in March or repeats in October. */
int32_t hot_town_clock_true(int32_t minutes);

/** 100 = an average month; month counts from January 2024. */
uint32_t hot_town_season(uint8_t type, size_t month);

/** How much a place draws a type; `heat` is the place's own, 1 for most. */
uint32_t hot_town_draw(uint8_t type, const hot_town_place *place, uint32_t heat);

#endif
