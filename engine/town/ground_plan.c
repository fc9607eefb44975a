/** @file ground_plan.c
 *  The courses (river, brook, railway) smoothed, and the named points put on them.
 */
#include "engine/town/map.h"
#include "engine/town/parts.h"

/* The ground is the same for every seed. */
enum { GROUND_SEED = 7 };

typedef struct {
    int32_t longest, bend, rounds;
} manner;

static const manner manners[HOT_TOWN_COURSES] = {[HOT_TOWN_RIVER] = {2600, 9, 2},
                                                 [HOT_TOWN_BROOK] = {900, 7, 1},
                                                 [HOT_TOWN_RAIL] = {9000, 0, 3}};

static hot_status pins(const hot_town_outline *outline, hot_town_points *to)
{
    for (size_t i = 0; i < HOT_TOWN_PINS && outline->pin[i].x; ++i)
        HOT_TRY(hot_town_points_add(
            to, (hot_town_point){outline->pin[i].x * 10, outline->pin[i].y * 10}));
    return HOT_OK;
}

static hot_status smooth_rounds(hot_town_points *line, int32_t rounds)
{
    for (int32_t i = 0; i < rounds; ++i) {
        hot_town_points next = {0};
        hot_status status = hot_town_smooth(line, false, &next);
        hot_free(line->at);
        *line = next;
        if (status != HOT_OK) return status;
    }
    return HOT_OK;
}

static hot_status course(hot_town_ground *ground, size_t c)
{
    hot_town_chance chance = hot_town_chance_new(GROUND_SEED, c);
    hot_town_points drawn = {0};
    hot_status status = pins(&hot_town_course_pins[c], &drawn);
    if (status == HOT_OK)
        status = hot_town_break(&drawn, manners[c].longest, manners[c].bend, &chance,
                                &ground->course[c]);
    hot_free(drawn.at);
    if (status != HOT_OK) return status;
    return smooth_rounds(&ground->course[c], manners[c].rounds);
}

static size_t nearest(const hot_town_points *line, hot_town_point p)
{
    size_t best = 0;
    for (size_t i = 1; i < line->n; ++i)
        if (hot_town_distance2(line->at[i], p) < hot_town_distance2(line->at[best], p)) best = i;
    return best;
}

static void settle(hot_town_ground *ground, size_t s)
{
    const hot_town_spot *spot = &hot_town_spots[s];
    hot_town_point p = {spot->at.x * 10, spot->at.y * 10};
    if (spot->course != HOT_TOWN_FREE) {
        ground->vertex[s] = nearest(&ground->course[spot->course], p);
        p = ground->course[spot->course].at[ground->vertex[s]];
    }
    ground->spot[s] = p;
}

/* The brook's last vertex becomes the river's vertex at its mouth. */
static void join_brook(hot_town_ground *ground)
{
    hot_town_points *brook = &ground->course[HOT_TOWN_BROOK];
    brook->at[brook->n - 1] = ground->spot[AT_MOUTH];
}

static hot_status lay(hot_town_ground *ground)
{
    for (size_t c = HOT_TOWN_RIVER; c < HOT_TOWN_COURSES; ++c) HOT_TRY(course(ground, c));
    for (size_t s = 0; s < HOT_TOWN_SPOTS; ++s) settle(ground, s);
    join_brook(ground);
    return HOT_OK;
}

hot_status hot_town_ground_new(hot_town_ground *ground)
{
    *ground = (hot_town_ground){0};
    hot_status status = lay(ground);
    if (status != HOT_OK) hot_town_ground_free(ground);
    return status;
}

void hot_town_ground_free(hot_town_ground *ground)
{
    for (size_t c = 0; c < HOT_TOWN_COURSES; ++c) hot_free(ground->course[c].at);
    *ground = (hot_town_ground){0};
}
