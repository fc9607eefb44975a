/** @file events.c
 *  When incidents happen, and where each type tends to.
 */
#include "engine/town/events.h"

/* 2024-01-01 was a Monday. */
const int32_t hot_town_month_day[HOT_TOWN_MONTHS + 1] = {
    0,   31,  60,  91,  121, 152, 182, 213, 244, 274, 305, 335, 366,
    397, 425, 456, 486, 517, 547, 578, 609, 639, 670, 700, 731};

typedef struct {
    uint8_t weekday[7]; /* Monday first; of the day it begins */
    uint8_t first_hour; /* hours past 24 are the next morning */
    uint8_t hour[24];
} habit;

static const habit habits[] = {
    [WHEN_EVENING] = {{9, 9, 9, 10, 12, 13, 10}, 6, {1,  2,  3,  3,  3, 4, 4, 4, 5, 7, 9, 10,
                                                     11, 12, 12, 11, 9, 7, 4, 3, 2, 1, 1, 1}},
    [WHEN_NIGHT_OUT] = {{0, 0, 0, 1, 9, 10, 0}, 21, {6, 9, 12, 11, 8, 5}},
    [WHEN_HOME_TIME] = {{5, 5, 5, 5, 6, 0, 0}, 15, {12, 8, 4}},
    [WHEN_PARK] = {{6, 6, 6, 7, 10, 10, 8}, 18, {4, 6, 9, 10, 7}},
    [WHEN_OPEN_HOURS] = {{8, 8, 8, 9, 10, 12, 7}, 9, {3, 6, 8, 9, 8, 9, 10, 9, 7, 4, 2}},
    [WHEN_WORK_DAY] = {{8, 8, 8, 8, 9, 5, 3}, 7, {4, 8, 8, 5, 3, 2}},
    [WHEN_BED_TIME] = {{8, 8, 8, 8, 9, 10, 9}, 19, {3, 5, 7, 9, 8, 4}},
};

/* First and last days on which schools are closed, weekends apart. */
static const int16_t holidays[][2] = {{0, 4},     {42, 46},   {88, 102},  {147, 151}, {205, 246},
                                      {301, 305}, {357, 368}, {413, 417}, {469, 480}, {511, 515},
                                      {569, 610}, {665, 669}, {721, 730}};

/* Days on which the clock skips (even entries) or repeats (odd entries) the hour from 01:00. */
static const int32_t clock_days[4] = {90, 300, 454, 664};

static bool school_closed(int32_t day)
{
    for (size_t i = 0; i < sizeof holidays / sizeof holidays[0]; ++i)
        if (holidays[i][0] <= day && day <= holidays[i][1]) return true;
    return false;
}

static size_t pick(hot_town_chance *chance, const uint8_t *weight, size_t n)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < n; ++i) sum += weight[i];
    uint32_t roll = hot_town_chance_below(chance, sum);
    size_t i = 0;
    while (roll >= weight[i]) roll -= weight[i++];
    return i;
}

/* A day of the month that falls on the weekday. */
static int32_t day_of(hot_town_chance *chance, size_t month, int32_t weekday)
{
    int32_t first = hot_town_month_day[month], after = hot_town_month_day[month + 1];
    first += (weekday - first % 7 + 7) % 7;
    return first + 7 * hot_town_chance_between(chance, 0, (after - 1 - first) / 7);
}

int32_t hot_town_clock_true(int32_t minutes)
{
    int32_t day = minutes / HOT_TOWN_DAY, hour = minutes % HOT_TOWN_DAY / 60;
    for (size_t i = 0; i < 4; ++i)
        if (day == clock_days[i] && hour == 1) return minutes + 60;
    return minutes;
}

int32_t hot_town_moment(hot_town_chance *chance, hot_town_when when, size_t month)
{
    const habit *h = &habits[when];
    int32_t day = day_of(chance, month, (int32_t)pick(chance, h->weekday, 7));
    int32_t hour = h->first_hour + (int32_t)pick(chance, h->hour, 24);
    int32_t minute = 5 * hot_town_chance_between(chance, 0, 11);
    if (when == WHEN_HOME_TIME && school_closed(day)) return -1;
    int32_t at = day * HOT_TOWN_DAY + hour * 60 + minute;
    if (at >= HOT_TOWN_DAYS * HOT_TOWN_DAY) at -= 7 * HOT_TOWN_DAY;
    return hot_town_clock_true(at);
}

uint32_t hot_town_season(uint8_t type, size_t month)
{
    static const uint8_t summer[12] = {80, 82, 90, 100, 112, 120, 126, 123, 104, 98, 87, 78};
    static const uint8_t winter[12] = {118, 112, 104, 95, 90, 88, 86, 88, 95, 106, 117, 120};
    if (type == TYPE_ASB || type == TYPE_BICYCLE) return summer[month % 12];
    return type == TYPE_BURGLARY ? winter[month % 12] : 100;
}

/* By kind (home, shop, pub, workplace, open space) and by style, in tenths. */
static const uint16_t by_kind[HOT_TOWN_TYPES][5] = {
    [TYPE_ASB] = {10, 18, 110, 12, 90},    [TYPE_VIOLENCE] = {10, 25, 700, 10, 120},
    [TYPE_DAMAGE] = {10, 25, 40, 20, 40},  [TYPE_SHOPLIFTING] = {0, 60, 5, 90, 0},
    [TYPE_VEHICLE] = {10, 8, 10, 40, 30},  [TYPE_PUBLIC_ORDER] = {6, 40, 700, 15, 250},
    [TYPE_BURGLARY] = {10, 14, 20, 30, 0}, [TYPE_BICYCLE] = {5, 30, 40, 20, 500}};
static const uint8_t by_style[8] = {18, 14, 8, 16, 9, 10, 5, 2};

uint32_t hot_town_draw(uint8_t type, const hot_town_place *place, uint32_t heat)
{
    uint32_t draw = (uint32_t)by_kind[type][place->kind] * by_style[place->style];
    bool hot = type == TYPE_ASB || type == TYPE_SHOPLIFTING || type == TYPE_VIOLENCE;
    return hot ? draw * heat : draw;
}
