/** @file places.c
 *  Houses, shops, pubs and works along the streets, the people who live in them, and the open
 *  spaces where people meet.
 */
#include <string.h>

#include "engine/town/parts.h"

enum { PLACES = 19, NEAREST_OFF = 80, FARTHEST_OFF = 150, MOST_FRONT = 360 };

/* dm of street front of one plot */
static const int32_t front_from[HOT_TOWN_FIELDS] = {170, 140, 205, 190, 210, 420, 300};
static const int32_t front_to[HOT_TOWN_FIELDS] = {250, 175, 285, 250, 305, 700, 560};

static const char *const pubs[] = {"The Wheatsheaf",    "The Market Tavern", "The Bell, Corn Hill",
                                   "The Packhorse",     "The Old Swan",      "The Mitre",
                                   "The Railway Hotel", "The Fleece",        "The Dog and Otter",
                                   "The Three Tuns",    "The Weaver's Arms", "The Lamb & Flag",
                                   "The Green Dragon",  "The Plough",        "The Millstone"};
enum { PUBS = sizeof pubs / sizeof pubs[0] };

static const struct {
    const char *name;
    int32_t x, y; /* m */
} open_spaces[] = {
    {"Station Forecourt", 6322, 5006},
    {"Station Forecourt", 6310, 4982},
    {"Station Forecourt", 6338, 5016},
    {"Priory Park", 6640, 5850},
    {"Priory Park", 6760, 5990},
    {"Priory Park", 6880, 6050},
    {"Priory Park", 6700, 6200},
    {"Priory Park", 6900, 6240},
    {"Priory Park", 6620, 6080},
    {"Castle Green", 4880, 4660},
    {"Castle Green", 4900, 4720},
    {"Abbey Meads Recreation Ground", 5850, 3960},
    {"Abbey Meads Recreation Ground", 6050, 3930},
    {"Larkfield Recreation Ground", 3150, 5560},
    {"Larkfield Recreation Ground", 3220, 5640},
    {"St Osyth's Churchyard", 4910, 6090},
    {"Market Place", 5362, 4872},
    {"Market Place", 5385, 4905},
};
enum { OPEN_SPACES = sizeof open_spaces / sizeof open_spaces[0] };

typedef struct {
    hot_town *town;
    const hot_town_index *index;
    hot_town_chance chance;
    size_t pubs;
} builder;

/* Is a house free of every street but its own, and of water, parks and rails on the way to it? */
typedef struct {
    hot_town_point house, front;
    int32_t street;
    int64_t clear2;
    bool free;
} plot;

static bool look(const hot_town_segment *segment, void *data)
{
    plot *p = data;
    if (segment->owner == p->street) return true;
    if (segment->owner == HOT_TOWN_BARRIER)
        p->free = !hot_town_touch(p->house, p->front, segment->a, segment->b) &&
                  hot_town_gap2(p->house, segment->a, segment->b) > 60 * 60;
    else
        p->free = hot_town_gap2(p->house, segment->a, segment->b) > p->clear2;
    return p->free;
}

static bool holds(const hot_town *town, const hot_town_area *area, hot_town_point p)
{
    if (p.x < area->low.x || p.x > area->high.x || p.y < area->low.y || p.y > area->high.y)
        return false;
    return hot_town_inside(town->points.at + area->ring.first, area->ring.count, p);
}

/* Areas tile, so the order of asking does not matter; a neighbour's area is the likeliest. */
static uint8_t find_area(const hot_town *town, const hot_town_area *areas, size_t n, uint8_t guess,
                         hot_town_point p)
{
    if (holds(town, &areas[guess], p)) return guess;
    for (size_t i = 0; i < n; ++i)
        if (i != guess && holds(town, &areas[i], p)) return (uint8_t)i;
    return UINT8_MAX;
}

static hot_status add_place(hot_town *town, hot_town_place place)
{
    const hot_town_place *last = town->n_places ? &town->places[town->n_places - 1] : &place;
    place.ward = find_area(town, town->wards, HOT_TOWN_WARDS, last->ward, place.at);
    place.beat = find_area(town, town->beats, HOT_TOWN_BEATS, last->beat, place.at);
    if (place.ward == UINT8_MAX || place.beat == UINT8_MAX) return HOT_OK;
    if (!hot_grow(&town->places, &town->room_places, town->n_places + 1, sizeof *town->places))
        return HOT_MEMORY;
    town->places[town->n_places++] = place;
    town->people += place.people;
    town->wards[place.ward].people += place.people;
    town->beats[place.beat].people += place.people;
    return HOT_OK;
}

/* Households of one to five, 2.1 on average. */
static uint8_t household(builder *b)
{
    static const uint8_t size[20] = {1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 4, 4, 5};
    return size[hot_town_chance_below(&b->chance, 20)];
}

static bool is_shopping(const hot_town_street *street, hot_town_style style)
{
    if (strcmp(street->name, "Larkfield Parade") == 0) return true;
    return style == HOT_TOWN_OLD && street->style == HOT_TOWN_FIELDS;
}

static hot_town_kind kind_of(builder *b, const hot_town_street *street, hot_town_style style)
{
    uint32_t roll = hot_town_chance_below(&b->chance, 1000);
    if (style == HOT_TOWN_WORKS) return HOT_TOWN_WORKPLACE;
    if (is_shopping(street, style))
        return roll < 45 ? HOT_TOWN_PUB : roll < 800 ? HOT_TOWN_SHOP : HOT_TOWN_HOME;
    if (style == HOT_TOWN_OLD)
        return roll < 12 ? HOT_TOWN_PUB : roll < 200 ? HOT_TOWN_SHOP : HOT_TOWN_HOME;
    return roll < 12 ? HOT_TOWN_SHOP : HOT_TOWN_HOME;
}

static void furnish(builder *b, const hot_town_street *street, hot_town_place *place)
{
    place->kind = (uint8_t)kind_of(b, street, (hot_town_style)place->style);
    if (place->kind == HOT_TOWN_PUB) {
        if (b->pubs < PUBS)
            place->name = pubs[b->pubs++];
        else
            place->kind = HOT_TOWN_SHOP;
    }
    if (place->kind == HOT_TOWN_HOME) place->people = household(b);
}

/* Two or three flats over some shops and in some old houses: the same spot, other addresses. */
static hot_status add_flats(builder *b, hot_town_place place)
{
    if (place.style > HOT_TOWN_TERRACE || place.kind == HOT_TOWN_PUB) return HOT_OK;
    if (hot_town_chance_below(&b->chance, 100) >= (place.kind == HOT_TOWN_SHOP ? 30U : 4U))
        return HOT_OK;
    uint32_t flats = 1 + hot_town_chance_below(&b->chance, 3);
    place.kind = HOT_TOWN_HOME;
    for (uint32_t i = 1; i <= flats; ++i) {
        place.flat = (uint8_t)i;
        place.people = household(b);
        HOT_TRY(add_place(b->town, place));
    }
    return HOT_OK;
}

/* House numbers are odd on the left and even on the right; a number is used up even where the plot
 * turned out not to be free, as happens in towns. */
static hot_status build(builder *b, size_t s, hot_town_point front, hot_town_point house,
                        hot_town_style style, uint16_t number)
{
    int64_t off = hot_town_distance(front, house);
    plot p = {house, front, (int32_t)s, off * off, true};
    hot_town_index_near(b->index, house, front, FARTHEST_OFF, look, &p);
    if (!p.free) return HOT_OK;
    hot_town_place place = {.at = house, .street = (uint32_t)s, .number = number};
    place.style = (uint8_t)style;
    furnish(b, &b->town->streets[s], &place);
    HOT_TRY(add_place(b->town, place));
    return add_flats(b, place);
}

/* The point at `along` of a street, and the vertex that begins its segment. */
static hot_town_point walk(const hot_town_point *p, size_t *i, int64_t *before, int64_t along,
                           size_t n, int64_t left, hot_town_point *front)
{
    int64_t length = hot_town_distance(p[*i], p[*i + 1]);
    while (along > *before + length && *i + 2 < n) {
        *before += length;
        ++*i;
        length = hot_town_distance(p[*i], p[*i + 1]);
    }
    *front = hot_town_beside(p[*i], p[*i + 1], along - *before, 0);
    return hot_town_beside(p[*i], p[*i + 1], along - *before, left);
}

static int64_t street_length(const hot_town *town, hot_town_line line)
{
    int64_t length = 0;
    for (size_t i = 0; i + 1 < line.count; ++i)
        length +=
            hot_town_distance(town->points.at[line.first + i], town->points.at[line.first + i + 1]);
    return length;
}

static hot_status build_side(builder *b, size_t s, int side)
{
    hot_town_line line = b->town->streets[s].line;
    const hot_town_point *p = b->town->points.at + line.first;
    int64_t end = street_length(b->town, line), before = 0, along = 60;
    size_t i = 0;
    for (uint16_t number = side > 0 ? 1 : 2; along < end; number = (uint16_t)(number + 2)) {
        hot_town_point front, house;
        int64_t off = hot_town_chance_between(&b->chance, NEAREST_OFF, FARTHEST_OFF);
        house = walk(p, &i, &before, along, line.count, off * side, &front);
        hot_town_style style = hot_town_style_at(front);
        bool fields = style == HOT_TOWN_FIELDS;
        along += fields ? MOST_FRONT
                        : hot_town_chance_between(&b->chance, front_from[style], front_to[style]);
        if (fields)
            number = (uint16_t)(number - 2);
        else
            HOT_TRY(build(b, s, front, house, style, number));
    }
    return HOT_OK;
}

static hot_status open_space(hot_town *town, size_t i)
{
    hot_town_place place = {.kind = HOT_TOWN_OPEN, .style = HOT_TOWN_OLD};
    place.at = (hot_town_point){open_spaces[i].x * 10, open_spaces[i].y * 10};
    place.name = open_spaces[i].name;
    place.street = UINT32_MAX;
    return add_place(town, place);
}

static bool is_ringway(const hot_town_street *street)
{
    return strstr(street->name, "Ringway") != NULL;
}

hot_status hot_town_make_places(hot_town *town, const hot_town_index *index)
{
    builder b = {town, index, hot_town_chance_new(town->seed, PLACES), 0};
    for (size_t i = 0; i < OPEN_SPACES; ++i) HOT_TRY(open_space(town, i));
    for (size_t s = 0; s < town->n_streets; ++s) {
        if (is_ringway(&town->streets[s])) continue;
        HOT_TRY(build_side(&b, s, 1));
        HOT_TRY(build_side(&b, s, -1));
    }
    return HOT_OK;
}
