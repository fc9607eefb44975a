/** @file plan.c
 *  Waters, railway, parks, bridges, map names and the main roads, from the hand-drawn ground.
 */
#include <string.h>

#include "engine/town/map.h"
#include "engine/town/parts.h"

enum {
    ROAD_SEED = 11,
    RIVER_HALF = 170, /* dm, half the river's width */
    BROOK_HALF = 25,
    STEP = 300, /* dm, longest step of a road */
};

static const struct {
    const char *name, *kind;
    int32_t x, y; /* m */
} marks[] = {
    {"Thornbeck", "town", 5370, 4870},           {"Larkfield", "district", 3200, 5650},
    {"Northgate", "district", 5150, 6550},       {"Priory Park", "district", 6780, 6080},
    {"Millbrook", "district", 7350, 5080},       {"Abbey Meads", "district", 6050, 3300},
    {"Southfields", "district", 4300, 3550},     {"St Osyth's", "district", 5250, 5880},
    {"Enterprise Park", "district", 8400, 4950}, {"Coldharrow", "village", 4300, 8700},
    {"Thorpe Osyth", "village", 9320, 7700},     {"Nether Wend", "village", 8560, 1650},
    {"Ashmere", "village", 2300, 2400},          {"Hinton Green", "village", 1400, 6540},
    {"Market Place", "landmark", 5365, 4885},    {"Thornbeck station", "landmark", 6360, 5000},
};
enum { MARKS = sizeof marks / sizeof marks[0] };

static hot_status make_marks(hot_town *town)
{
    town->marks = hot_new(MARKS, sizeof *town->marks);
    if (!town->marks) return HOT_MEMORY;
    for (size_t i = 0; i < MARKS; ++i)
        town->marks[i] =
            (hot_town_mark){marks[i].name, marks[i].kind, {marks[i].x * 10, marks[i].y * 10}};
    town->n_marks = MARKS;
    return HOT_OK;
}

/* A bank: every vertex moved sideways, square to the line from its predecessor to its successor. */
static hot_town_point bank(const hot_town_points *line, size_t i, int64_t left)
{
    hot_town_point before = line->at[i ? i - 1 : 0], after = line->at[i + 1 < line->n ? i + 1 : i];
    hot_town_heading h = hot_town_heading_of(before, after);
    return hot_town_ahead(line->at[i], (hot_town_heading){-h.y, h.x}, left);
}

/* Narrow at the source, full from a third of the way on. */
static int64_t half_width(const hot_town_points *line, size_t i, int64_t half)
{
    int64_t share = (int64_t)(i * 3 + line->n) * 100 / (int64_t)(2 * line->n);
    return half * (share < 100 ? share : 100) / 100;
}

static hot_status water(hot_town *town, const hot_town_points *line, int64_t half,
                        hot_town_line *outline)
{
    hot_town_points ring = {0};
    hot_status status = HOT_OK;
    for (size_t i = 0; status == HOT_OK && i < line->n; ++i)
        status = hot_town_points_add(&ring, bank(line, i, -half_width(line, i, half)));
    for (size_t i = line->n; status == HOT_OK && i-- > 0;)
        status = hot_town_points_add(&ring, bank(line, i, half_width(line, i, half)));
    if (status == HOT_OK) status = hot_town_points_close(&ring);
    if (status == HOT_OK) status = hot_town_keep(town, &ring, outline);
    hot_free(ring.at);
    return status;
}

static hot_status make_waters(hot_town *town, const hot_town_ground *ground)
{
    static const int64_t half[] = {RIVER_HALF, BROOK_HALF};
    town->waters = hot_new(2, sizeof *town->waters);
    town->courses = hot_new(2, sizeof *town->courses);
    town->rails = hot_new(1, sizeof *town->rails);
    if (!town->waters || !town->courses || !town->rails) return HOT_MEMORY;
    for (size_t i = 0; i < 2; ++i) {
        const hot_town_points *line = &ground->course[HOT_TOWN_RIVER + i];
        town->waters[i].name = hot_town_course_pins[HOT_TOWN_RIVER + i].name;
        HOT_TRY(water(town, line, half[i], &town->waters[i].line));
        HOT_TRY(hot_town_keep(town, line, &town->courses[i]));
    }
    town->n_waters = town->n_courses = 2;
    town->rails[0].name = hot_town_course_pins[HOT_TOWN_RAIL].name;
    town->n_rails = 1;
    return hot_town_keep(town, &ground->course[HOT_TOWN_RAIL], &town->rails[0].line);
}

static hot_status make_bridges(hot_town *town, const hot_town_ground *ground)
{
    static const uint8_t at[] = {AT_WEST_BRIDGE,   AT_OLD_BRIDGE,    AT_NEW_BRIDGE,
                                 AT_LONDON_BRIDGE, AT_PRIORY_BRIDGE, AT_FORD};
    town->bridges = hot_new(sizeof at, sizeof *town->bridges);
    if (!town->bridges) return HOT_MEMORY;
    for (size_t i = 0; i < sizeof at; ++i) town->bridges[i] = ground->spot[at[i]];
    town->n_bridges = sizeof at;
    return HOT_OK;
}

/* Pins may be listed either way round; a ring is kept counter-clockwise. */
static void turn_left(hot_town *town, hot_town_line ring)
{
    if (hot_town_twice_area(town, ring) >= 0) return;
    hot_town_point *p = town->points.at + ring.first;
    for (size_t i = 0, j = ring.count - 1; i < j; ++i, --j) {
        hot_town_point swap = p[i];
        p[i] = p[j];
        p[j] = swap;
    }
}

static hot_status park(hot_town *town, const hot_town_outline *drawn, hot_town_feature *out)
{
    hot_town_points ring = {0}, once = {0}, twice = {0};
    hot_status status = HOT_OK;
    for (size_t i = 0; status == HOT_OK && i < HOT_TOWN_PINS && drawn->pin[i].x; ++i)
        status = hot_town_points_add(&ring,
                                     (hot_town_point){drawn->pin[i].x * 10, drawn->pin[i].y * 10});
    if (status == HOT_OK) status = hot_town_points_close(&ring);
    if (status == HOT_OK) status = hot_town_smooth(&ring, true, &once);
    if (status == HOT_OK) status = hot_town_smooth(&once, true, &twice);
    if (status == HOT_OK) status = hot_town_keep(town, &twice, &out->line);
    if (status == HOT_OK) turn_left(town, out->line);
    out->name = drawn->name;
    hot_free(ring.at);
    hot_free(once.at);
    hot_free(twice.at);
    return status;
}

static hot_status make_parks(hot_town *town)
{
    town->parks = hot_new(hot_town_n_parks, sizeof *town->parks);
    if (!town->parks) return HOT_MEMORY;
    for (size_t i = 0; i < hot_town_n_parks; ++i)
        HOT_TRY(park(town, &hot_town_park_pins[i], &town->parks[i]));
    town->n_parks = hot_town_n_parks;
    return HOT_OK;
}

/* Drawn through its pins, bent a little, its corners cut, then broken into short steps so that
 * side streets can begin at a vertex. */
static hot_status trace(const hot_town_ground *ground, size_t r, hot_town_points stage[5])
{
    const hot_town_road *road = &hot_town_roads[r];
    hot_town_chance chance = hot_town_chance_new(ROAD_SEED, r);
    HOT_TRY(hot_town_points_add(&stage[0], ground->spot[road->from]));
    for (size_t i = 0; i < 6 && road->via[i].x; ++i)
        HOT_TRY(hot_town_points_add(&stage[0],
                                    (hot_town_point){road->via[i].x * 10, road->via[i].y * 10}));
    HOT_TRY(hot_town_points_add(&stage[0], ground->spot[road->to]));
    HOT_TRY(hot_town_break(&stage[0], 1800, road->bend, &chance, &stage[1]));
    HOT_TRY(hot_town_smooth(&stage[1], false, &stage[2]));
    HOT_TRY(hot_town_smooth(&stage[2], false, &stage[3]));
    return hot_town_break(&stage[3], STEP, 0, &chance, &stage[4]);
}

static hot_status make_road(hot_town *town, const hot_town_ground *ground, size_t r)
{
    const hot_town_road *road = &hot_town_roads[r];
    if (!hot_grow(&town->streets, &town->room_streets, town->n_streets + 1, sizeof *town->streets))
        return HOT_MEMORY;
    hot_town_street *street = &town->streets[town->n_streets];
    *street = (hot_town_street){.class_ = (hot_town_class)road->class_, .style = HOT_TOWN_FIELDS};
    memcpy(street->name, road->name, strlen(road->name) + 1);
    hot_town_points stage[5] = {{0}};
    hot_status status = trace(ground, r, stage);
    if (status == HOT_OK) status = hot_town_keep(town, &stage[4], &street->line);
    for (size_t i = 0; i < 5; ++i) hot_free(stage[i].at);
    town->n_streets += status == HOT_OK;
    return status;
}

static hot_status draw(hot_town *town, const hot_town_ground *ground)
{
    HOT_TRY(make_waters(town, ground));
    HOT_TRY(make_bridges(town, ground));
    HOT_TRY(make_parks(town));
    HOT_TRY(make_marks(town));
    for (size_t r = 0; r < hot_town_n_roads; ++r) HOT_TRY(make_road(town, ground, r));
    return HOT_OK;
}

hot_status hot_town_make_plan(hot_town *town)
{
    hot_town_ground ground;
    HOT_TRY(hot_town_ground_new(&ground));
    hot_status status = draw(town, &ground);
    hot_town_ground_free(&ground);
    return status;
}
