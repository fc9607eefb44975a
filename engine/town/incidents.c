/** @file incidents.c
 *  Two years of incidents: the everyday ones drawn over all places, then the planted patterns.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/town/events.h"

const char *const hot_town_type[HOT_TOWN_TYPES] = {"Anti-social behaviour",
                                                   "Violence and sexual offences",
                                                   "Criminal damage and arson",
                                                   "Shoplifting",
                                                   "Vehicle crime",
                                                   "Public order",
                                                   "Burglary",
                                                   "Bicycle theft"};

enum { INCIDENTS = 23, HEAT = 29, STREET_JITTER = 110, OPEN_JITTER = 170 };

/* Everyday incidents in an average month, and their clocks: one of two habits. */
static const struct {
    uint16_t monthly;
    uint8_t when, or_when, or_percent, off_percent;
    int16_t span_from, span_to; /* minutes between from and to */
} everyday[HOT_TOWN_TYPES] = {
    [TYPE_ASB] = {172, WHEN_EVENING, WHEN_PARK, 15, 14, 0, 40},
    [TYPE_VIOLENCE] = {166, WHEN_EVENING, WHEN_NIGHT_OUT, 30, 8, 0, 20},
    [TYPE_DAMAGE] = {80, WHEN_BED_TIME, WHEN_EVENING, 40, 20, 60, 720},
    [TYPE_SHOPLIFTING] = {80, WHEN_OPEN_HOURS, WHEN_OPEN_HOURS, 0, 0, 0, 15},
    [TYPE_VEHICLE] = {54, WHEN_BED_TIME, WHEN_WORK_DAY, 20, 60, 360, 720},
    [TYPE_PUBLIC_ORDER] = {50, WHEN_EVENING, WHEN_NIGHT_OUT, 35, 15, 0, 20},
    [TYPE_BURGLARY] = {26, WHEN_WORK_DAY, WHEN_BED_TIME, 45, 0, 120, 600},
    [TYPE_BICYCLE] = {15, WHEN_WORK_DAY, WHEN_OPEN_HOURS, 40, 20, 30, 540}};

typedef struct {
    hot_town *town;
    hot_town_chance chance;
    uint32_t *sum; /* [n_places] running sum of the draw of each place */
} writer;

/* A planted pattern: monthly incidents at the places of a street or an open space. */
typedef struct {
    const char *place;
    uint8_t type, when;
    uint16_t year_1, half_2a, half_2b; /* a month in 2024, in the first, the second half of 2025 */
    bool summer;                       /* follows the summer instead of the type's own season */
} pattern;

static const pattern patterns[] = {
    {"High Street", TYPE_ASB, WHEN_NIGHT_OUT, 26, 26, 26, false},
    {"Market Place", TYPE_ASB, WHEN_NIGHT_OUT, 12, 12, 12, false},
    {"High Street", TYPE_PUBLIC_ORDER, WHEN_NIGHT_OUT, 7, 7, 7, false},
    {"High Street", TYPE_VIOLENCE, WHEN_NIGHT_OUT, 10, 10, 10, false},
    {"Station Forecourt", TYPE_ASB, WHEN_HOME_TIME, 18, 18, 18, false},
    {"Priory Park", TYPE_ASB, WHEN_PARK, 13, 13, 13, true},
    {"Larkfield Parade", TYPE_ASB, WHEN_EVENING, 14, 21, 21, false},
    {"Millbrook Road", TYPE_ASB, WHEN_EVENING, 12, 12, 4, false},
};

static hot_status add(hot_town *town, hot_town_incident incident)
{
    if (!hot_grow(&town->incidents, &town->room_incidents, town->n_incidents + 1,
                  sizeof *town->incidents))
        return HOT_MEMORY;
    town->incidents[town->n_incidents++] = incident;
    return HOT_OK;
}

static hot_town_incident at_place(writer *w, size_t place, uint8_t type, uint32_t off_percent)
{
    hot_town_incident incident = {.place = (uint32_t)place, .type = type, .on_place = 1};
    const hot_town_place *p = &w->town->places[place];
    incident.at = p->at;
    int32_t jitter = p->kind == HOT_TOWN_OPEN ? OPEN_JITTER : STREET_JITTER;
    if (p->kind == HOT_TOWN_OPEN) off_percent = 50;
    if (hot_town_chance_below(&w->chance, 100) < off_percent) {
        incident.on_place = 0;
        incident.at.x += hot_town_chance_between(&w->chance, -jitter, jitter);
        incident.at.y += hot_town_chance_between(&w->chance, -jitter, jitter);
    }
    incident.council = type == TYPE_ASB && hot_town_chance_below(&w->chance, 4) == 0;
    return incident;
}

static hot_status add_at(writer *w, hot_town_incident incident, int32_t from)
{
    uint8_t t = incident.type;
    if (from < 0) return HOT_OK;
    int32_t span =
        hot_town_chance_between(&w->chance, everyday[t].span_from / 5, everyday[t].span_to / 5) * 5;
    incident.from = from;
    incident.to = hot_town_clock_true(from + span);
    return add(w->town, incident);
}

/* The first place whose running sum passes the roll. */
static size_t find(const uint32_t *sum, size_t n, uint32_t roll)
{
    size_t low = 0, high = n - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sum[middle] > roll)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* A few places draw far more than others, always the same ones. */
static uint32_t heat_of(const hot_town *town, size_t place)
{
    hot_town_chance chance = hot_town_chance_new(town->seed ^ (place << 8), HEAT);
    uint32_t roll = hot_town_chance_below(&chance, 1000);
    return roll < 3 ? 12 : roll < 20 ? 5 : roll < 60 ? 2 : 1;
}

static void sum_draws(writer *w, uint8_t type)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < w->town->n_places; ++i)
        w->sum[i] = sum += hot_town_draw(type, &w->town->places[i], heat_of(w->town, i));
}

static hot_status add_everyday(writer *w, uint8_t type, size_t month)
{
    uint64_t mean = (uint64_t)everyday[type].monthly * 10 * hot_town_season(type, month);
    size_t n = w->town->n_places;
    for (uint32_t i = hot_town_chance_count(&w->chance, mean); i > 0; --i) {
        size_t place = find(w->sum, n, hot_town_chance_below(&w->chance, w->sum[n - 1]));
        bool other = hot_town_chance_below(&w->chance, 100) < everyday[type].or_percent;
        hot_town_when when = other ? everyday[type].or_when : everyday[type].when;
        hot_town_incident incident = at_place(w, place, type, everyday[type].off_percent);
        HOT_TRY(add_at(w, incident, hot_town_moment(&w->chance, when, month)));
    }
    return HOT_OK;
}

static bool is_at(const hot_town *town, const hot_town_place *place, const char *name)
{
    if (place->kind == HOT_TOWN_OPEN) return strcmp(place->name, name) == 0;
    return place->flat == 0 && strcmp(town->streets[place->street].name, name) == 0;
}

/* Pubs draw the night out, and a few doors draw more than the rest. */
static void sum_pattern(writer *w, const char *name)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < w->town->n_places; ++i) {
        const hot_town_place *p = &w->town->places[i];
        uint32_t weight = p->kind == HOT_TOWN_PUB || p->kind == HOT_TOWN_OPEN ? 12 : 1;
        if (i % 7 == 0) weight *= 4;
        w->sum[i] = sum += is_at(w->town, p, name) ? weight : 0;
    }
}

static uint64_t pattern_mean(const pattern *p, size_t month)
{
    static const uint16_t park[12] = {10, 15, 40, 80, 140, 230, 270, 250, 110, 35, 12, 8};
    uint64_t monthly = month < 12 ? p->year_1 : month < 18 ? p->half_2a : p->half_2b;
    return monthly * 10 * (p->summer ? park[month % 12] : 100U);
}

static hot_status add_pattern(writer *w, const pattern *p)
{
    size_t n = w->town->n_places;
    sum_pattern(w, p->place);
    if (w->sum[n - 1] == 0) return HOT_OK;
    for (size_t month = 0; month < HOT_TOWN_MONTHS; ++month)
        for (uint32_t i = hot_town_chance_count(&w->chance, pattern_mean(p, month)); i > 0; --i) {
            size_t place = find(w->sum, n, hot_town_chance_below(&w->chance, w->sum[n - 1]));
            hot_town_incident incident = at_place(w, place, p->type, 10);
            int32_t from = hot_town_moment(&w->chance, (hot_town_when)p->when, month);
            HOT_TRY(add_at(w, incident, from));
        }
    return HOT_OK;
}

static size_t some_home(writer *w)
{
    for (;;) {
        size_t i = hot_town_chance_below(&w->chance, (uint32_t)w->town->n_places);
        if (w->town->places[i].kind == HOT_TOWN_HOME) return i;
    }
}

/* Victim v reports 3 to 9 times, a week to five weeks apart, under one case. */
static hot_status add_victim(writer *w, int32_t v)
{
    size_t home = some_home(w);
    int32_t reports = 3 + v * 6 / (HOT_TOWN_VICTIMS - 1);
    int32_t day = hot_town_chance_between(&w->chance, 0, HOT_TOWN_DAYS - 1 - 9 * 35);
    for (int32_t i = 0; i < reports; ++i) {
        hot_town_incident incident = at_place(w, home, TYPE_ASB, 0);
        incident.case_ = (uint16_t)(v + 1);
        int32_t at = day * HOT_TOWN_DAY + hot_town_chance_between(&w->chance, 16 * 12, 24 * 12) * 5;
        HOT_TRY(add_at(w, incident, at));
        day += hot_town_chance_between(&w->chance, 7, 35);
    }
    return HOT_OK;
}

static size_t neighbour(writer *w, size_t home)
{
    enum { REACH = 1900 };
    const hot_town_place *places = w->town->places;
    size_t chosen = home;
    uint32_t seen = 0;
    for (size_t i = 0; i < w->town->n_places; ++i) {
        if (i == home || places[i].kind != HOT_TOWN_HOME) continue;
        if (hot_town_distance2(places[i].at, places[home].at) > (int64_t)REACH * REACH) continue;
        if (hot_town_chance_below(&w->chance, ++seen) == 0) chosen = i;
    }
    return chosen;
}

/* A burglary is often followed by another within 200 m and 14 days. */
static hot_status add_near_repeats(writer *w)
{
    size_t n = w->town->n_incidents;
    for (size_t i = 0; i < n; ++i) {
        hot_town_incident first = w->town->incidents[i];
        if (first.type != TYPE_BURGLARY || hot_town_chance_below(&w->chance, 100) >= 28) continue;
        int32_t from = first.from + hot_town_chance_between(&w->chance, 1, 12) * HOT_TOWN_DAY;
        if (from >= (HOT_TOWN_DAYS - 1) * HOT_TOWN_DAY) continue;
        hot_town_incident next = at_place(w, neighbour(w, first.place), TYPE_BURGLARY, 0);
        HOT_TRY(add_at(w, next, hot_town_clock_true(from)));
    }
    return HOT_OK;
}

static int order(const void *left, const void *right)
{
    const hot_town_incident *a = left, *b = right;
    const int32_t x[] = {a->from, a->type, (int32_t)a->place, a->to,
                         a->at.x, a->at.y, a->case_,          a->council};
    const int32_t y[] = {b->from, b->type, (int32_t)b->place, b->to,
                         b->at.x, b->at.y, b->case_,          b->council};
    for (size_t i = 0; i < sizeof x / sizeof x[0]; ++i)
        if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
    return 0;
}

static void number(hot_town *town)
{
    qsort(town->incidents, town->n_incidents, sizeof *town->incidents, order);
    size_t i = 0;
    for (size_t month = 0; month < HOT_TOWN_MONTHS; ++month) {
        town->month[month] = i;
        int32_t end = hot_town_month_day[month + 1] * HOT_TOWN_DAY;
        for (; i < town->n_incidents && town->incidents[i].from < end; ++i) {
            size_t first = month < 12 ? 0 : town->month[12];
            town->incidents[i].number = (uint32_t)(i - first + 1);
            town->by_type[town->incidents[i].type]++;
        }
    }
    town->month[HOT_TOWN_MONTHS] = town->n_incidents;
}

static hot_status happen(writer *w)
{
    for (int type = 0; type < HOT_TOWN_TYPES; ++type) {
        sum_draws(w, (uint8_t)type);
        for (size_t month = 0; month < HOT_TOWN_MONTHS; ++month)
            HOT_TRY(add_everyday(w, (uint8_t)type, month));
    }
    HOT_TRY(add_near_repeats(w));
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; ++i)
        HOT_TRY(add_pattern(w, &patterns[i]));
    for (int32_t v = 0; v < HOT_TOWN_VICTIMS; ++v) HOT_TRY(add_victim(w, v));
    number(w->town);
    return HOT_OK;
}

hot_status hot_town_make_incidents(hot_town *town)
{
    writer w = {town, hot_town_chance_new(town->seed, INCIDENTS), NULL};
    w.sum = hot_new_raw(town->n_places, sizeof *w.sum);
    if (!w.sum) return HOT_MEMORY;
    hot_status status = happen(&w);
    hot_free(w.sum);
    return status;
}
