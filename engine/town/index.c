/** @file index.c
 *  Segments by square of ground. Adding costs the squares a segment's box covers; asking costs the
 *  segments in the squares asked.
 */
#include "engine/town/parts.h"

typedef struct {
    int32_t west, south, east, north;
} squares;

static int32_t square(int64_t at)
{
    int64_t cell = at < 0 ? 0 : at / HOT_TOWN_SQUARE;
    return (int32_t)(cell < HOT_TOWN_SQUARES ? cell : HOT_TOWN_SQUARES - 1);
}

static squares covered(hot_town_point a, hot_town_point b, int64_t reach)
{
    return (squares){
        square((a.x < b.x ? a.x : b.x) - reach), square((a.y < b.y ? a.y : b.y) - reach),
        square((a.x < b.x ? b.x : a.x) + reach), square((a.y < b.y ? b.y : a.y) + reach)};
}

hot_status hot_town_index_new(hot_town_index *index)
{
    size_t n = (size_t)HOT_TOWN_SQUARES * HOT_TOWN_SQUARES;
    int32_t *head = hot_new_raw(n, sizeof *head);
    if (!head) return HOT_MEMORY;
    for (size_t i = 0; i < n; ++i) head[i] = -1;
    *index = (hot_town_index){.head = head};
    return HOT_OK;
}

void hot_town_index_free(hot_town_index *index)
{
    hot_free(index->segment);
    hot_free(index->next);
    hot_free(index->which);
    hot_free(index->head);
    *index = (hot_town_index){0};
}

static hot_status enter(hot_town_index *index, int32_t row, int32_t col)
{
    size_t n = index->n_entries;
    if (!hot_grow(&index->next, &index->room_next, n + 1, sizeof *index->next) ||
        !hot_grow(&index->which, &index->room_which, n + 1, sizeof *index->which))
        return HOT_MEMORY;
    int32_t *head = &index->head[row * HOT_TOWN_SQUARES + col];
    index->which[n] = (int32_t)index->n - 1;
    index->next[n] = *head;
    *head = (int32_t)n;
    index->n_entries++;
    return HOT_OK;
}

static hot_status add(hot_town_index *index, hot_town_segment segment)
{
    if (!hot_grow(&index->segment, &index->room, index->n + 1, sizeof *index->segment))
        return HOT_MEMORY;
    index->segment[index->n++] = segment;
    squares box = covered(segment.a, segment.b, 0);
    for (int32_t row = box.south; row <= box.north; ++row)
        for (int32_t col = box.west; col <= box.east; ++col) HOT_TRY(enter(index, row, col));
    return HOT_OK;
}

hot_status hot_town_index_add(hot_town_index *index, const hot_town *town, hot_town_line line,
                              int32_t owner)
{
    const hot_town_point *p = town->points.at + line.first;
    for (size_t i = 0; i + 1 < line.count; ++i)
        HOT_TRY(add(index, (hot_town_segment){p[i], p[i + 1], owner}));
    return HOT_OK;
}

void hot_town_index_near(const hot_town_index *index, hot_town_point a, hot_town_point b,
                         int64_t reach, hot_town_see see, void *data)
{
    squares box = covered(a, b, reach);
    for (int32_t row = box.south; row <= box.north; ++row)
        for (int32_t col = box.west; col <= box.east; ++col)
            for (int32_t e = index->head[row * HOT_TOWN_SQUARES + col]; e >= 0; e = index->next[e])
                if (!see(&index->segment[index->which[e]], data)) return;
}
