/** @file parts.h
 *  What the makers of the town share: a generator, integer geometry, and the order of the work.
 *  Lengths are decimetres unless said otherwise. For engine/town only.
 */
#ifndef HOT_TOWN_PARTS_H
#define HOT_TOWN_PARTS_H

#include <stdbool.h>

#include "engine/base/memory.h"
#include "engine/town/town.h"

/** splitmix64: every draw is a function of the seed and the number of draws before it. */
typedef struct {
    uint64_t state;
} hot_town_chance;

/** A generator of its own for each purpose, so that a change in one leaves the others alone. */
hot_town_chance hot_town_chance_new(uint64_t seed, uint64_t purpose);
uint64_t hot_town_chance_next(hot_town_chance *chance);
/** 0 .. n-1; 0 when n = 0. */
uint32_t hot_town_chance_below(hot_town_chance *chance, uint32_t n);
/** from .. to, both included. */
int32_t hot_town_chance_between(hot_town_chance *chance, int32_t from, int32_t to);
/** A count that scatters about mean_1000 / 1000 nearly as a Poisson count does. */
uint32_t hot_town_chance_count(hot_town_chance *chance, uint64_t mean_1000);

/** A direction of length 16384. */
typedef struct {
    int64_t x, y;
} hot_town_heading;
enum { HOT_TOWN_UNIT = 16384, HOT_TOWN_TURN = 1024 };

int64_t hot_town_root(int64_t n); /**< floor of the square root; n >= 0 */
int64_t hot_town_distance(hot_town_point a, hot_town_point b);
int64_t hot_town_distance2(hot_town_point a, hot_town_point b);
hot_town_heading hot_town_heading_of(hot_town_point from, hot_town_point to);
/** Turned left by `angle` (1024 = full circle). */
hot_town_heading hot_town_heading_turn(hot_town_heading heading, int32_t angle);
hot_town_point hot_town_ahead(hot_town_point from, hot_town_heading heading, int64_t length);
/** The point `along` of `length` from a to b, `left` beside the line. */
hot_town_point hot_town_beside(hot_town_point a, hot_town_point b, int64_t along, int64_t left);
/** Twice the signed area of a, b, c. */
int64_t hot_town_side(hot_town_point a, hot_town_point b, hot_town_point c);
/** Do the closed segments ab and cd touch? */
bool hot_town_touch(hot_town_point a, hot_town_point b, hot_town_point c, hot_town_point d);
/** Even-odd; a ring's boundary belongs to the side below and left of it. */
bool hot_town_inside(const hot_town_point *ring, size_t n, hot_town_point p);
/** Squared distance from p to the segment ab. */
int64_t hot_town_gap2(hot_town_point p, hot_town_point a, hot_town_point b);

HOT_MUST_USE hot_status hot_town_points_add(hot_town_points *points, hot_town_point at);
/** Append the first vertex again; HOT_DOMAIN where there is none. */
HOT_MUST_USE hot_status hot_town_points_close(hot_town_points *ring);
/** Cut the corners of `from` (Chaikin) into the empty `to`; ends stay. */
HOT_MUST_USE hot_status hot_town_smooth(const hot_town_points *from, bool closed,
                                        hot_town_points *to);
/** Break every step longer than `longest`, bending it by up to 1 / `bend` of its length at random;
 *  bend = 0 keeps it straight. */
HOT_MUST_USE hot_status hot_town_break(const hot_town_points *from, int64_t longest, int32_t bend,
                                       hot_town_chance *chance, hot_town_points *to);
/** Append a line to the town's vertices. */
HOT_MUST_USE hot_status hot_town_keep(hot_town *town, const hot_town_points *from,
                                      hot_town_line *line);

/** Segments by square of ground, so that neighbours are found quickly. */
typedef struct {
    hot_town_point a, b;
    int32_t owner; /**< street, or HOT_TOWN_BARRIER */
} hot_town_segment;
enum { HOT_TOWN_BARRIER = -1, HOT_TOWN_SQUARES = 120, HOT_TOWN_SQUARE = 1000 };
typedef struct {
    hot_town_segment *segment;
    size_t n, room;
    int32_t *next; /**< entry after this one in its square; -1 = last */
    int32_t *which;
    size_t n_entries, room_next, room_which;
    int32_t *head; /**< [HOT_TOWN_SQUARES * HOT_TOWN_SQUARES] */
} hot_town_index;
HOT_MUST_USE hot_status hot_town_index_new(hot_town_index *index);
void hot_town_index_free(hot_town_index *index);
HOT_MUST_USE hot_status hot_town_index_add(hot_town_index *index, const hot_town *town,
                                           hot_town_line line, int32_t owner);
/** Call `see` for every segment in the squares within `reach` of the box ab; a segment may be seen
 *  more than once. Stops when `see` returns false. */
typedef bool (*hot_town_see)(const hot_town_segment *segment, void *data);
void hot_town_index_near(const hot_town_index *index, hot_town_point a, hot_town_point b,
                         int64_t reach, hot_town_see see, void *data);

/** The built-up style at a point. */
hot_town_style hot_town_style_at(hot_town_point p);

/** The makers, in order. Each leaves what it made in the town; on failure the town can be freed. */
HOT_MUST_USE hot_status hot_town_make_plan(hot_town *town);
HOT_MUST_USE hot_status hot_town_make_areas(hot_town *town);
HOT_MUST_USE hot_status hot_town_make_streets(hot_town *town, hot_town_index *index);
HOT_MUST_USE hot_status hot_town_make_places(hot_town *town, const hot_town_index *index);
HOT_MUST_USE hot_status hot_town_make_incidents(hot_town *town);

/** Name street `s` after its style and shape, unlike any other. */
typedef struct {
    uint8_t used[HOT_TOWN_FIELDS][64][8];
    uint8_t next[HOT_TOWN_FIELDS];
} hot_town_names;
void hot_town_name_street(hot_town_names *names, hot_town_street *street, int64_t length,
                          bool dead_end, bool curved);

/** A street by its name, or n_streets. */
size_t hot_town_street_named(const hot_town *town, const char *name);

/** Minutes of the 1st of each month since 2024-01-01, [HOT_TOWN_MONTHS + 1]. */
extern const int32_t hot_town_month_day[HOT_TOWN_MONTHS + 1];

#endif
