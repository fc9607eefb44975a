#include "engine/space/outline.h"

#include <string.h>

#include "engine/base/memory.h"

/** Neighbouring cells of the class in one row. The lowest run of a part is its root. */
typedef struct {
    int32_t from, to; /**< columns; `to` is the first one after it */
    size_t root;
} strip;

/** A corner of the border, in cells from the frame's north-west corner. */
typedef struct {
    int32_t col, row;
} corner;

typedef struct {
    size_t first, end; /**< corners */
    size_t part;
    bool hole;
} loop;

/** Headings, so that +1 is a turn to the left. */
enum { EAST, NORTH, WEST, SOUTH };

/** Bits of `mark`. */
enum { TOP_SEEN = 1, ON_PATH = 2 };

typedef struct {
    const hot_frame *frame;
    const int8_t *class_;
    int8_t value;
    strip *strip;
    size_t n_strips, n_parts;
    size_t *row;   /**< [rows + 1] first strip of every row */
    uint8_t *mark; /**< [(rows + 1) * (cols + 1)] of the cell or vertex at that row and column */
    corner *path;  /**< the corners since the start that are not in a ring yet */
    size_t n_path, room_path;
    corner *corner; /**< of the finished rings */
    size_t n_corners, room_corners;
    loop *loop;
    size_t n_loops, room_loops;
    size_t *first; /**< [n_parts + 1] first ring of every part in `sorted` */
    size_t *sorted;
} outline;

static void outline_free(outline *o)
{
    hot_free(o->strip);
    hot_free(o->row);
    hot_free(o->mark);
    hot_free(o->path);
    hot_free(o->corner);
    hot_free(o->loop);
    hot_free(o->first);
    hot_free(o->sorted);
}

static bool is_in(const outline *o, int32_t row, int32_t col)
{
    const hot_frame *f = o->frame;
    if (row < 0 || col < 0 || row >= f->rows || col >= f->cols) return false;
    return o->class_[(size_t)row * (size_t)f->cols + (size_t)col] == o->value;
}

static uint8_t *mark_at(const outline *o, int32_t row, int32_t col)
{
    return &o->mark[(size_t)row * ((size_t)o->frame->cols + 1) + (size_t)col];
}

/* ---- which cells are one part ---- */

/** First column from `col` on that is of the class, or `cols`. */
static int32_t next_in(const outline *o, const int8_t *line, int32_t col)
{
    int32_t cols = o->frame->cols;
    const int8_t *at = memchr(line + col, (unsigned char)o->value, (size_t)(cols - col));
    return at ? (int32_t)(at - line) : cols;
}

/** First column after `col`, which is of the class, that is not. */
static int32_t next_out(const outline *o, const int8_t *line, int32_t col)
{
    int32_t cols = o->frame->cols;
    while (++col + 8 <= cols && memcmp(line + col, line + col - 1, 8) == 0) col += 7;
    while (col < cols && line[col] == o->value) col++;
    return col;
}

/** The strips of all rows, or where `list` is NULL only how many there are. */
static size_t scan_strips(const outline *o, strip *list, size_t *first_of_row)
{
    size_t n = 0;
    const hot_frame *f = o->frame;
    for (int32_t row = 0; row < f->rows; row++) {
        const int8_t *line = o->class_ + (size_t)row * (size_t)f->cols;
        if (list) first_of_row[row] = n;
        for (int32_t from = next_in(o, line, 0), to; from < f->cols; n++) {
            to = next_out(o, line, from);
            if (list) list[n] = (strip){.from = from, .to = to, .root = n};
            from = to < f->cols ? next_in(o, line, to) : to;
        }
    }
    if (list) first_of_row[f->rows] = n;
    return n;
}

/** Every step halves the way that is left for the next one. */
static size_t root_of(outline *o, size_t i)
{
    while (o->strip[i].root != i) i = o->strip[i].root = o->strip[o->strip[i].root].root;
    return i;
}

static void join(outline *o, size_t a, size_t b)
{
    a = root_of(o, a);
    b = root_of(o, b);
    if (a < b)
        o->strip[b].root = a;
    else
        o->strip[a].root = b;
}

/** Join the strips of a row to those of the row above that they share a side with. */
static void join_row(outline *o, int32_t row)
{
    size_t above = o->row[row - 1], here = o->row[row], end = o->row[row + 1];
    for (size_t first = here; above < first && here < end;) {
        const strip *a = &o->strip[above], *h = &o->strip[here];
        if (a->from < h->to && h->from < a->to) join(o, above, here);
        if (a->to < h->to)
            above++;
        else
            here++;
    }
}

/** Number the parts by their first strip and let every strip's root be that number. */
static void number_parts(outline *o)
{
    for (size_t i = 0; i < o->n_strips; i++) {
        size_t root = o->strip[i].root; /* <= i: if less, numbered by now */
        o->strip[i].root = root == i ? o->n_parts++ : o->strip[root].root;
    }
}

static hot_status find_parts(outline *o)
{
    o->n_strips = scan_strips(o, NULL, NULL);
    o->strip = hot_new_raw(o->n_strips, sizeof *o->strip);
    o->row = hot_new_raw((size_t)o->frame->rows + 1, sizeof *o->row);
    if (!o->strip || !o->row) return HOT_MEMORY;
    scan_strips(o, o->strip, o->row);
    for (int32_t row = 1; row < o->frame->rows; row++) join_row(o, row);
    number_parts(o);
    return HOT_OK;
}

static size_t part_of(const outline *o, int32_t row, int32_t col)
{
    size_t low = o->row[row], high = o->row[row + 1];
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (o->strip[middle].from <= col)
            low = middle;
        else
            high = middle;
    }
    return o->strip[low].root;
}

/* ---- the rings ---- */

/** Counter-clockwise on the map, where rows go south, counts positive. */
static int64_t area_of(const corner *c, size_t n)
{
    int64_t area = 0;
    for (size_t i = 0; i < n; i++) {
        const corner *next = &c[i + 1 < n ? i + 1 : 0];
        area += (int64_t)c[i].col * (c[i].row - next->row);
    }
    return area;
}

/** The path from corner `from` on is a ring: keep it as one of the part, and cut the path there. */
static hot_status close_ring(outline *o, size_t from, size_t part)
{
    size_t n = o->n_path - from, first = o->n_corners;
    if (!hot_grow(&o->corner, &o->room_corners, first + n, sizeof *o->corner)) return HOT_MEMORY;
    if (!hot_grow(&o->loop, &o->room_loops, o->n_loops + 1, sizeof *o->loop)) return HOT_MEMORY;
    for (size_t i = 0; i < n; i++) {
        corner c = o->corner[first + i] = o->path[from + i];
        *mark_at(o, c.row, c.col) &= (uint8_t)~ON_PATH;
    }
    o->loop[o->n_loops++] = (loop){
        .first = first, .end = first + n, .part = part, .hole = area_of(o->path + from, n) < 0};
    o->n_corners += n;
    o->n_path = from;
    return HOT_OK;
}

static hot_status push_corner(outline *o, corner c)
{
    if (!hot_grow(&o->path, &o->room_path, o->n_path + 1, sizeof *o->path)) return HOT_MEMORY;
    o->path[o->n_path++] = c;
    *mark_at(o, c.row, c.col) |= ON_PATH;
    return HOT_OK;
}

/** A border touches itself only on its right hand, so what it has enclosed since the first visit
 *  lies last on the path. The corner itself stays: the rest turns there as well. */
static hot_status add_corner(outline *o, corner c, size_t part)
{
    if (!(*mark_at(o, c.row, c.col) & ON_PATH)) return push_corner(o, c);
    size_t from = o->n_path - 1;
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): what is marked ON_PATH is on the path
    while (o->path[from].col != c.col || o->path[from].row != c.row) from--;
    HOT_TRY(close_ring(o, from, part));
    return push_corner(o, c);
}

/** Where a border of cells on the left hand goes on: to the left whenever it can, which keeps cells
 *  that only meet at a corner apart. */
static int turned(const outline *o, corner at, int heading)
{
    static const int8_t row[4] = {-1, -1, 0, 0}, col[4] = {0, -1, -1, 0};
    int right = (heading + 3) % 4; /* the cell ahead on the right is the one ahead-left of that */
    if (!is_in(o, at.row + row[heading], at.col + col[heading])) return (heading + 1) % 4;
    if (!is_in(o, at.row + row[right], at.col + col[right])) return heading;
    return right;
}

static corner stepped(corner at, int heading)
{
    static const int8_t row[4] = {0, -1, 0, 1}, col[4] = {1, 0, -1, 0};
    return (corner){at.col + col[heading], at.row + row[heading]};
}

/** Follow the border whose way west along the top of a cell ends at `start`, that cell's corner. */
static hot_status trace(outline *o, corner start)
{
    size_t part = part_of(o, start.row, start.col);
    corner at = start;
    int heading = WEST;
    do {
        int next = turned(o, at, heading);
        if (next != heading) HOT_TRY(add_corner(o, at, part));
        heading = next;
        at = stepped(at, heading);
        if (heading == WEST) *mark_at(o, at.row, at.col) |= TOP_SEEN;
    } while (heading != WEST || at.col != start.col || at.row != start.row);
    return close_ring(o, 0, part);
}

/** The borders that go west along the top of a strip's cells, if they were not followed yet. */
static hot_status trace_strip(outline *o, int32_t row, const strip *s)
{
    size_t cols = (size_t)o->frame->cols;
    const int8_t *above = row ? o->class_ + (size_t)(row - 1) * cols : NULL;
    const uint8_t *mark = mark_at(o, row, 0);
    for (int32_t col = s->from; col < s->to; col++) {
        if ((above && above[col] == o->value) || mark[col] & TOP_SEEN) continue;
        HOT_TRY(trace(o, (corner){col, row}));
    }
    return HOT_OK;
}

/** Every border goes west somewhere, along the top of a cell. */
static hot_status trace_all(outline *o)
{
    const hot_frame *f = o->frame;
    o->mark = hot_new(((size_t)f->rows + 1) * ((size_t)f->cols + 1), 1);
    if (!o->mark) return HOT_MEMORY;
    for (int32_t row = 0; row < f->rows; row++)
        for (size_t k = o->row[row]; k < o->row[row + 1]; k++)
            HOT_TRY(trace_strip(o, row, &o->strip[k]));
    return HOT_OK;
}

/** Rings by part, its one outline first, holes as they were found. */
static hot_status sort_rings(outline *o)
{
    o->first = hot_new(o->n_parts + 2, sizeof *o->first);
    o->sorted = hot_new_raw(o->n_loops, sizeof *o->sorted);
    if (!o->first || !o->sorted) return HOT_MEMORY;
    size_t *next = o->first + 1; /* ends as the next part's first ring */
    for (size_t i = 0; i < o->n_loops; i++) o->first[o->loop[i].part + 2]++;
    for (size_t p = 0; p < o->n_parts; p++) o->first[p + 2] += o->first[p + 1];
    for (int hole = 0; hole < 2; hole++)
        for (size_t i = 0; i < o->n_loops; i++)
            if (o->loop[i].hole == hole) o->sorted[next[o->loop[i].part]++] = i;
    return HOT_OK;
}

/* ---- into shapes ---- */

static hot_status write_ring(const outline *o, const loop *l, hot_shapes *shapes)
{
    const hot_frame *f = o->frame;
    for (size_t i = l->first; i <= l->end; i++) {
        // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): a ring was kept with its corners
        corner c = o->corner[i < l->end ? i : l->first];
        HOT_TRY(hot_shapes_add(shapes, f->west + c.col * f->cell, f->north - c.row * f->cell));
    }
    return hot_shapes_end_ring(shapes);
}

static hot_status write_parts(const outline *o, hot_shapes *shapes)
{
    for (size_t p = 0; p < o->n_parts; p++) {
        for (size_t i = o->first[p]; i < o->first[p + 1]; i++)
            HOT_TRY(write_ring(o, &o->loop[o->sorted[i]], shapes));
        HOT_TRY(hot_shapes_end_part(shapes));
    }
    return hot_shapes_end(shapes);
}

/** Cut back to what was there before: the offsets before the old ends are untouched. */
static void cut_back(hot_shapes *shapes, const hot_shapes *before)
{
    shapes->n = before->n;
    shapes->n_parts = before->n_parts;
    shapes->n_rings = before->n_rings;
    shapes->n_points = before->n_points;
}

hot_status hot_outline(const hot_frame *frame, const int8_t *class_, int8_t value,
                       hot_shapes *shapes)
{
    outline o = {.frame = frame, .class_ = class_, .value = value};
    hot_shapes before = *shapes;
    hot_status status = find_parts(&o);
    if (status == HOT_OK) status = trace_all(&o);
    if (status == HOT_OK) status = sort_rings(&o);
    if (status == HOT_OK) status = write_parts(&o, shapes);
    if (status != HOT_OK) cut_back(shapes, &before);
    outline_free(&o);
    return status;
}
