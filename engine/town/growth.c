/** @file growth.c
 *  Side streets: each main road puts out branches square to it, these put out theirs, and so on.
 *
 *  A street grows step by step, turning a little; it ends where it meets another street (a
 *  junction), comes too close to one, would enter water, a park or the railway, or leaves the
 *  built-up ground. Each building style has its own habits.
 */
#include "engine/town/parts.h"

enum { GROWTH = 17, MOST_STEPS = 48 };

typedef struct {
    int32_t space_from, space_to; /* dm along the parent between branches */
    int32_t gap;                  /* dm, least distance to another street */
    int32_t step, longest, shortest;
    int32_t curve, sway, slant; /* turn per step, its scatter, the scatter of the first direction */
} habit;

static const habit habits[HOT_TOWN_FIELDS] = {
    [HOT_TOWN_OLD] = {550, 1050, 450, 170, 2600, 420, 6, 16, 45},
    [HOT_TOWN_TERRACE] = {820, 1100, 600, 240, 4200, 750, 2, 3, 10},
    [HOT_TOWN_INTERWAR] = {1050, 1700, 760, 220, 5200, 850, 12, 3, 26},
    [HOT_TOWN_ESTATE] = {950, 1500, 680, 180, 3400, 600, 15, 6, 36},
    [HOT_TOWN_MODERN] = {900, 1500, 660, 160, 2800, 550, 18, 10, 60},
    [HOT_TOWN_WORKS] = {1500, 2300, 900, 260, 5500, 1000, 4, 2, 16},
    [HOT_TOWN_VILLAGE] = {1000, 2100, 600, 180, 2200, 450, 12, 10, 50},
};

typedef struct {
    hot_town *town;
    hot_town_index *index;
    hot_town_chance chance;
    hot_town_names names;
} grower;

/* A street as it grows. */
typedef struct {
    hot_town_point at[MOST_STEPS + 2];
    size_t n;
    hot_town_heading heading;
    int32_t curve, turned;
    int64_t length;
    int32_t parent;
    const habit *habit;
    hot_town_style style;
    bool joined;
} shoot;

/* The first thing met on the way from a to b. */
typedef struct {
    hot_town_point start, a, b, where;
    int32_t parent; /* not met; HOT_TOWN_BARRIER - 1 = none */
    int64_t nearest2;
    hot_town_segment met;
    bool found;
} meeting;

static hot_town_point crossing(hot_town_point a, hot_town_point b, hot_town_segment s)
{
    int64_t from = hot_town_side(s.a, s.b, a), to = hot_town_side(s.a, s.b, b);
    if (from == to) return b;
    return (hot_town_point){(int32_t)(a.x + ((int64_t)b.x - a.x) * from / (from - to)),
                            (int32_t)(a.y + ((int64_t)b.y - a.y) * from / (from - to))};
}

static bool meet(const hot_town_segment *segment, void *data)
{
    meeting *m = data;
    if (segment->owner == m->parent || !hot_town_touch(m->a, m->b, segment->a, segment->b))
        return true;
    if (segment->owner != HOT_TOWN_BARRIER && hot_town_gap2(m->start, segment->a, segment->b) <= 4)
        return true;
    hot_town_point p = crossing(m->a, m->b, *segment);
    int64_t d = hot_town_distance2(m->a, p);
    if (m->found && d >= m->nearest2) return true;
    m->found = true;
    m->nearest2 = d;
    m->where = p;
    m->met = *segment;
    return true;
}

/* Is any other street nearer to p than the gap? */
typedef struct {
    hot_town_point start, p;
    int32_t parent;
    int64_t gap2;
    bool crowded;
} crowd;

static bool crowds(const hot_town_segment *segment, void *data)
{
    crowd *c = data;
    if (segment->owner == c->parent || segment->owner == HOT_TOWN_BARRIER) return true;
    if (hot_town_gap2(c->start, segment->a, segment->b) <= 4) return true;
    c->crowded = hot_town_gap2(c->p, segment->a, segment->b) < c->gap2;
    return !c->crowded;
}

/* Near its start a street may be near its parent; later it may meet it again (a crescent). */
static int32_t ignored(const shoot *s)
{
    return s->length < s->habit->gap * 2 ? s->parent : HOT_TOWN_BARRIER - 1;
}

static bool square_enough(hot_town_heading h, hot_town_segment s)
{
    hot_town_heading d = hot_town_heading_of(s.a, s.b);
    int64_t cross = (h.x * d.y - h.y * d.x) / HOT_TOWN_UNIT;
    return (cross < 0 ? -cross : cross) > HOT_TOWN_UNIT * 6 / 10;
}

static bool buildable(hot_town_style own, hot_town_point p)
{
    hot_town_style there = hot_town_style_at(p);
    return there != HOT_TOWN_FIELDS && (there == HOT_TOWN_WORKS) == (own == HOT_TOWN_WORKS);
}

static void advance(shoot *s, hot_town_point to)
{
    s->length += hot_town_distance(s->at[s->n - 1], to);
    s->at[s->n++] = to;
}

/* One step; false when the street has ended. */
static bool grow(const grower *g, shoot *s)
{
    const habit *h = s->habit;
    hot_town_point p = s->at[s->n - 1];
    meeting m = {.start = s->at[0], .a = p, .parent = ignored(s)};
    m.b = hot_town_ahead(p, s->heading, h->step + h->gap);
    hot_town_index_near(g->index, m.a, m.b, 0, meet, &m);
    if (m.found) {
        s->joined = m.met.owner != HOT_TOWN_BARRIER && square_enough(s->heading, m.met);
        if (s->joined) advance(s, m.where);
        return false;
    }
    hot_town_point to = hot_town_ahead(p, s->heading, h->step);
    crowd c = {s->at[0], to, ignored(s), (int64_t)h->gap * h->gap, false};
    hot_town_index_near(g->index, to, to, h->gap, crowds, &c);
    if (c.crowded || !buildable(s->style, to)) return false;
    advance(s, to);
    return s->length < h->longest && s->n < MOST_STEPS;
}

static void turn(grower *g, shoot *s)
{
    int32_t sway = hot_town_chance_between(&g->chance, -s->habit->sway, s->habit->sway);
    int32_t limit = HOT_TOWN_TURN * 45 / 100;
    if (s->turned > limit || s->turned < -limit) s->curve = 0;
    s->turned += s->curve;
    s->heading = hot_town_heading_turn(s->heading, s->curve + sway);
}

static hot_status plant(grower *g, const shoot *s)
{
    hot_town *town = g->town;
    if (!hot_grow(&town->streets, &town->room_streets, town->n_streets + 1, sizeof *town->streets))
        return HOT_MEMORY;
    hot_town_street *street = &town->streets[town->n_streets];
    *street = (hot_town_street){.class_ = HOT_TOWN_STREET, .style = s->style};
    street->line = (hot_town_line){town->points.n, s->n};
    for (size_t i = 0; i < s->n; ++i) HOT_TRY(hot_town_points_add(&town->points, s->at[i]));
    int32_t turned = s->turned < 0 ? -s->turned : s->turned;
    hot_town_name_street(&g->names, street, s->length, !s->joined, turned > HOT_TOWN_TURN / 6);
    if (s->style == HOT_TOWN_OLD && s->length < 700) street->class_ = HOT_TOWN_PATH;
    if (s->style == HOT_TOWN_VILLAGE) street->class_ = HOT_TOWN_LANE;
    return hot_town_index_add(g->index, town, street->line, (int32_t)town->n_streets++);
}

static hot_status branch(grower *g, size_t parent, hot_town_point at, hot_town_heading square)
{
    hot_town_style style = hot_town_style_at(hot_town_ahead(at, square, 300));
    if (style == HOT_TOWN_FIELDS) return HOT_OK;
    const habit *h = &habits[style];
    shoot s = {.n = 1, .habit = h, .style = style, .parent = (int32_t)parent};
    s.at[0] = at;
    s.curve = hot_town_chance_between(&g->chance, -h->curve, h->curve);
    s.heading =
        hot_town_heading_turn(square, hot_town_chance_between(&g->chance, -h->slant, h->slant));
    while (grow(g, &s)) turn(g, &s);
    return s.n > 1 && s.length >= h->shortest ? plant(g, &s) : HOT_OK;
}

static int32_t space(grower *g, hot_town_point at)
{
    hot_town_style style = hot_town_style_at(at);
    const habit *h = &habits[style == HOT_TOWN_FIELDS ? HOT_TOWN_VILLAGE : style];
    return hot_town_chance_between(&g->chance, h->space_from, h->space_to);
}

/* Branches of one street, each side with its own distances; +1 = left. */
static hot_status branches(grower *g, size_t street, int side)
{
    hot_town_line line = g->town->streets[street].line;
    hot_town_point last = g->town->points.at[line.first];
    int32_t wait = space(g, last) * 2 / 3;
    for (size_t i = 1; i + 1 < line.count; ++i) {
        hot_town_point at = g->town->points.at[line.first + i];
        wait -= (int32_t)hot_town_distance(last, at);
        last = at;
        if (wait > 0) continue;
        wait = space(g, at);
        hot_town_heading h = hot_town_heading_of(g->town->points.at[line.first + i - 1],
                                                 g->town->points.at[line.first + i + 1]);
        HOT_TRY(branch(g, street, at, (hot_town_heading){-h.y * side, h.x * side}));
    }
    return HOT_OK;
}

static hot_status put_barriers(const hot_town *town, hot_town_index *index)
{
    for (size_t i = 0; i < town->n_waters; ++i)
        HOT_TRY(hot_town_index_add(index, town, town->waters[i].line, HOT_TOWN_BARRIER));
    for (size_t i = 0; i < town->n_parks; ++i)
        HOT_TRY(hot_town_index_add(index, town, town->parks[i].line, HOT_TOWN_BARRIER));
    for (size_t i = 0; i < town->n_rails; ++i)
        HOT_TRY(hot_town_index_add(index, town, town->rails[i].line, HOT_TOWN_BARRIER));
    return HOT_OK;
}

hot_status hot_town_make_streets(hot_town *town, hot_town_index *index)
{
    grower g = {.town = town, .index = index};
    g.chance = hot_town_chance_new(town->seed, GROWTH);
    HOT_TRY(put_barriers(town, index));
    for (size_t s = 0; s < town->n_streets; ++s)
        HOT_TRY(hot_town_index_add(index, town, town->streets[s].line, (int32_t)s));
    for (size_t s = 0; s < town->n_streets; ++s) {
        HOT_TRY(branches(&g, s, 1));
        HOT_TRY(branches(&g, s, -1));
    }
    return HOT_OK;
}
