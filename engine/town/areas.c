/** @file areas.c
 *  Wards and beats: unions of pieces whose shared borders are stored once, so they tile exactly.
 *
 *  The outline of a union is the borders with one side inside it, each turned so that the inside is
 *  on its left, strung together at their ends.
 */
#include "engine/town/map.h"
#include "engine/town/parts.h"

#define BIT(piece) (UINT32_C(1) << (piece))
enum { BORDER_SEED = 13, MOST = 64 };

typedef struct {
    const char *code, *name;
    uint32_t pieces;
} union_of;

static const union_of wards[HOT_TOWN_WARDS] = {
    {"TB01", "Castle and Market", BIT(IN_MARKET)},
    {"TB02", "Station & Goods Yard", BIT(IN_STATION)},
    {"TB03", "St Osyth's", BIT(IN_OSYTH)},
    {"TB04", "Northgate", BIT(IN_NORTHGATE)},
    {"TB05", "Priory Park", BIT(IN_PRIORY_WEST) | BIT(IN_PRIORY_EAST)},
    {"TB06", "Millbrook", BIT(IN_MILLBROOK)},
    {"TB07", "Abbey Meads", BIT(IN_ABBEY)},
    {"TB08", "Southfields", BIT(IN_SOUTHFIELDS)},
    {"TB09", "Larkfield", BIT(IN_LARKFIELD)},
    {"TB10", "Coldharrow, Thorpe Osyth and the Lanes", BIT(IN_COLDHARROW) | BIT(IN_THORPE)},
    {"TB11", "Eastfield", BIT(IN_EASTFIELD)},
    {"TB12", "Nether Wend", BIT(IN_WEND)},
    {"TB13", "Ashmere & Hinton", BIT(IN_HINTON) | BIT(IN_ASHMERE)},
};

/* Priory Park, the Lanes and Ashmere & Hinton are each cut between two beats. */
static const union_of beats[HOT_TOWN_BEATS] = {
    {"B1", "Town Centre", BIT(IN_MARKET) | BIT(IN_STATION)},
    {"B2", "Northgate and Priory", BIT(IN_OSYTH) | BIT(IN_NORTHGATE) | BIT(IN_PRIORY_WEST)},
    {"B3", "Millbrook", BIT(IN_MILLBROOK) | BIT(IN_PRIORY_EAST)},
    {"B4", "South Bank", BIT(IN_ABBEY) | BIT(IN_SOUTHFIELDS)},
    {"B5", "Larkfield & Hinton", BIT(IN_LARKFIELD) | BIT(IN_HINTON)},
    {"B6", "Rural North and East", BIT(IN_COLDHARROW) | BIT(IN_THORPE) | BIT(IN_EASTFIELD)},
    {"B7", "Rural South", BIT(IN_WEND) | BIT(IN_ASHMERE)},
};

typedef struct {
    hot_town_line line;
    uint8_t from, to;
    uint32_t left, right; /* bits of pieces */
} border;

/* The brook meets the river at the brook's last vertex. */
static size_t vertex_on(const hot_town_ground *ground, uint8_t course, uint8_t spot)
{
    if (hot_town_spots[spot].course == course) return ground->vertex[spot];
    return ground->course[course].n - 1;
}

static hot_status along_course(const hot_town_ground *ground, const hot_town_border *b,
                               hot_town_points *to)
{
    const hot_town_points *course = &ground->course[b->along];
    size_t i = vertex_on(ground, b->along, b->from), end = vertex_on(ground, b->along, b->to);
    for (; i != end; i = i < end ? i + 1 : i - 1) HOT_TRY(hot_town_points_add(to, course->at[i]));
    return hot_town_points_add(to, ground->spot[b->to]);
}

static bool joins(const hot_town_road *road, const hot_town_border *b)
{
    return (road->from == b->from && road->to == b->to) ||
           (road->from == b->to && road->to == b->from);
}

/* Roads are the first streets of the town, in the order of their table. */
static hot_status along_road(const hot_town *town, const hot_town_border *b, hot_town_points *to)
{
    size_t r = 0;
    while (r < hot_town_n_roads && !joins(&hot_town_roads[r], b)) ++r;
    if (r == hot_town_n_roads) return HOT_DOMAIN;
    hot_town_line line = town->streets[r].line;
    bool forward = hot_town_roads[r].from == b->from;
    for (size_t i = 0; i < line.count; ++i) {
        size_t at = line.first + (forward ? i : line.count - 1 - i);
        HOT_TRY(hot_town_points_add(to, town->points.at[at]));
    }
    return HOT_OK;
}

static hot_status free_border(const hot_town_ground *ground, const hot_town_border *b, size_t n,
                              hot_town_points *to)
{
    hot_town_points drawn = {0};
    hot_town_chance chance = hot_town_chance_new(BORDER_SEED, n);
    hot_status status = hot_town_points_add(&drawn, ground->spot[b->from]);
    for (size_t i = 0; status == HOT_OK && i < 4 && b->via[i].x; ++i)
        status = hot_town_points_add(&drawn, (hot_town_point){b->via[i].x * 10, b->via[i].y * 10});
    if (status == HOT_OK) status = hot_town_points_add(&drawn, ground->spot[b->to]);
    if (status == HOT_OK) status = hot_town_break(&drawn, 900, 9, &chance, to);
    hot_free(drawn.at);
    return status;
}

static hot_status lay_border(hot_town *town, const hot_town_ground *ground, size_t n, border *out)
{
    const hot_town_border *b = &hot_town_borders[n];
    hot_town_points line = {0};
    hot_status status = b->along == HOT_TOWN_ROAD   ? along_road(town, b, &line)
                        : b->along == HOT_TOWN_FREE ? free_border(ground, b, n, &line)
                                                    : along_course(ground, b, &line);
    if (status == HOT_OK) status = hot_town_keep(town, &line, &out->line);
    hot_free(line.at);
    out->from = b->from;
    out->to = b->to;
    out->left = b->left < IN_NOTHING ? BIT(b->left) : 0;
    out->right = b->right < IN_NOTHING ? BIT(b->right) : 0;
    return status;
}

/* Append a border without its last vertex, which the next one begins with. */
static hot_status string(hot_town *town, const border *b, bool forward)
{
    for (size_t i = 0; i + 1 < b->line.count; ++i) {
        size_t at = b->line.first + (forward ? i : b->line.count - 1 - i);
        HOT_TRY(hot_town_points_add(&town->points, town->points.at[at]));
    }
    return HOT_OK;
}

static size_t onward(const border *borders, size_t n, uint32_t pieces, uint8_t at, bool *forward)
{
    for (size_t i = 0; i < n; ++i) {
        bool left = borders[i].left & pieces, right = borders[i].right & pieces;
        if (left == right) continue;
        *forward = left;
        if ((left ? borders[i].from : borders[i].to) == at) return i;
    }
    return n;
}

static hot_status outline(hot_town *town, const border *borders, size_t n, uint32_t pieces,
                          hot_town_line *ring)
{
    size_t first = town->points.n, start = 0;
    while (start < n && !(borders[start].left & pieces) == !(borders[start].right & pieces))
        ++start;
    if (start == n) return HOT_DOMAIN;
    bool forward = borders[start].left & pieces;
    uint8_t begin = forward ? borders[start].from : borders[start].to, at = begin;
    do {
        size_t i = onward(borders, n, pieces, at, &forward);
        if (i == n) return HOT_DOMAIN;
        HOT_TRY(string(town, &borders[i], forward));
        at = forward ? borders[i].to : borders[i].from;
    } while (at != begin);
    HOT_TRY(hot_town_points_add(&town->points, town->points.at[first]));
    *ring = (hot_town_line){first, town->points.n - first};
    return HOT_OK;
}

static void measure(const hot_town *town, hot_town_area *area)
{
    const hot_town_point *p = town->points.at + area->ring.first;
    area->low = area->high = p[0];
    for (size_t i = 1; i < area->ring.count; ++i) {
        if (p[i].x < area->low.x) area->low.x = p[i].x;
        if (p[i].y < area->low.y) area->low.y = p[i].y;
        if (p[i].x > area->high.x) area->high.x = p[i].x;
        if (p[i].y > area->high.y) area->high.y = p[i].y;
    }
    area->twice_area = hot_town_twice_area(town, area->ring);
}

static hot_status make_unions(hot_town *town, const border *borders, size_t n,
                              const union_of *unions, size_t n_unions, hot_town_area **areas)
{
    *areas = hot_new(n_unions, sizeof **areas);
    if (!*areas) return HOT_MEMORY;
    for (size_t i = 0; i < n_unions; ++i) {
        hot_town_area *area = &(*areas)[i];
        area->code = unions[i].code;
        area->name = unions[i].name;
        area->parent = HOT_TOWN_NAME;
        HOT_TRY(outline(town, borders, n, unions[i].pieces, &area->ring));
        measure(town, area);
    }
    return HOT_OK;
}

static hot_status divide(hot_town *town, const hot_town_ground *ground)
{
    border borders[MOST];
    size_t n = hot_town_n_borders;
    if (n > MOST) return HOT_DOMAIN;
    for (size_t i = 0; i < n; ++i) HOT_TRY(lay_border(town, ground, i, &borders[i]));
    HOT_TRY(make_unions(town, borders, n, wards, HOT_TOWN_WARDS, &town->wards));
    HOT_TRY(make_unions(town, borders, n, beats, HOT_TOWN_BEATS, &town->beats));
    hot_town_line whole;
    HOT_TRY(outline(town, borders, n, BIT(HOT_TOWN_PIECES) - 1, &whole));
    town->twice_area = hot_town_twice_area(town, whole);
    return HOT_OK;
}

hot_status hot_town_make_areas(hot_town *town)
{
    hot_town_ground ground;
    HOT_TRY(hot_town_ground_new(&ground));
    hot_status status = divide(town, &ground);
    hot_town_ground_free(&ground);
    return status;
}
