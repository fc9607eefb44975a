#include "engine/incidents/addresses.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/space/radix.h"

enum { SQUARE = 100 }; /* m */

enum { NO_BREAK = 0xa0 }; /* a blank, as spreadsheets like to have it */

/** The capital of a letter of Latin-1 and Latin Extended-A: of ô, ŵ ... */
static unsigned capital(unsigned c)
{
    bool odd_is_small = (c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177);
    bool even_is_small = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
    if (c >= 0xe0 && c <= 0xfe && c != 0xf7) return c - 0x20;
    if (odd_is_small) return c & ~1u;
    return even_is_small ? (c - 1) | 1u : c;
}

/** The letter of two bytes at `at`, which capitals are of too; 0 where there is none. */
static unsigned two_bytes(const char *at, size_t left)
{
    unsigned first = (unsigned char)at[0];
    if (left < 2 || first >> 5 != 6) return 0;
    return capital((first & 0x1f) << 6 | ((unsigned char)at[1] & 0x3f));
}

size_t hot_address_plain(hot_slice f, char *plain)
{
    size_t n = 0;
    for (size_t i = 0; i < f.length && n < HOT_ADDRESS; i++) {
        char c = f.at[i];
        unsigned letter = two_bytes(f.at + i, f.length - i);
        if (letter && letter != NO_BREAK) {
            if (n + 2 > HOT_ADDRESS) break;
            plain[n++] = (char)(0xc0 | letter >> 6);
            plain[n++] = (char)(0x80 | (letter & 0x3f));
            i++;
            continue;
        }
        if (letter == NO_BREAK) c = ' ', i++;
        if (c == ',' || c == '.' || c == '\t' || c == '\n' || c == '\r') c = ' ';
        if (c == ' ' && (n == 0 || plain[n - 1] == ' ')) continue;
        plain[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    while (n && plain[n - 1] == ' ') n--;
    return n;
}

/** A square in which a key has incidents. */
typedef struct {
    int64_t east, north; /* squares from the origin */
    size_t joined;       /* a square of the same place that stands before it, or itself */
} square;

/** The squares of one key. */
typedef struct {
    square *list;
    uint32_t *key; /* [n] of each square's place */
    size_t n, room_list, room_key;
} squares;

static int by_position(const void *a, const void *b)
{
    const square *p = a, *q = b;
    if (p->east != q->east) return p->east < q->east ? -1 : 1;
    return p->north < q->north ? -1 : p->north > q->north;
}

static square square_of(const hot_incidents *t, const hot_points *p, uint32_t row)
{
    uint32_t point = t->point[row];
    return (square){(int64_t)floor(p->x[point] / SQUARE), (int64_t)floor(p->y[point] / SQUARE), 0};
}

static bool is_address(const hot_incidents *t, size_t i)
{
    return t->key_is_address[i] && t->key[i] && t->point[i] != UINT32_MAX;
}

static int64_t apart(int64_t a, int64_t b)
{
    return a < b ? b - a : a - b;
}

/** Whether all rows of a key are so near to the first one that their squares touch: nearly always.
 *  @param item  [n] row below its key */
static bool is_near(const hot_incidents *t, const hot_points *p, const uint64_t *item, size_t n)
{
    if (n == 1) return true;
    square first = square_of(t, p, (uint32_t)item[0]);
    for (size_t k = 1; k < n; k++) {
        square other = square_of(t, p, (uint32_t)item[k]);
        if (apart(first.east, other.east) > 1 || apart(first.north, other.north) > 1) return false;
    }
    return true;
}

/** Every square of a key once, in order. */
static hot_status collect(const hot_incidents *t, const hot_points *p, const uint64_t *item,
                          size_t n, squares *s)
{
    if (!hot_grow(&s->list, &s->room_list, n, sizeof *s->list) ||
        !hot_grow(&s->key, &s->room_key, n, sizeof *s->key))
        return HOT_MEMORY;
    for (size_t k = 0; k < n; k++) s->list[k] = square_of(t, p, (uint32_t)item[k]);
    qsort(s->list, n, sizeof *s->list, by_position);
    s->n = 0;
    for (size_t k = 0; k < n; k++)
        if (s->n == 0 || by_position(&s->list[s->n - 1], &s->list[k]) != 0)
            s->list[s->n++] = s->list[k];
    for (size_t k = 0; k < s->n; k++) s->list[k].joined = k;
    return HOT_OK;
}

/** The place of a square: the first of those it is joined with. */
static size_t place_of(squares *s, size_t k)
{
    while (s->list[k].joined != k) {
        s->list[k].joined = s->list[s->list[k].joined].joined;
        k = s->list[k].joined;
    }
    return k;
}

static void join_with(squares *s, size_t k, int64_t east, int64_t north)
{
    square wanted = {s->list[k].east + east, s->list[k].north + north, 0};
    const square *there = bsearch(&wanted, s->list, s->n, sizeof *s->list, by_position);
    if (!there) return;
    size_t a = place_of(s, k), b = place_of(s, (size_t)(there - s->list));
    if (a < b)
        s->list[b].joined = a;
    else
        s->list[a].joined = b;
}

/** Squares that touch are one place; half of the neighbours are enough, the others look back. */
static void join_touching(squares *s)
{
    for (size_t k = 0; k < s->n; k++) {
        join_with(s, k, 0, 1);
        for (int64_t north = -1; north <= 1; north++) join_with(s, k, 1, north);
    }
}

static hot_status part_key(hot_incidents *t, uint32_t own, const square *place, uint32_t *key)
{
    const char *address = hot_incidents_word(t, own);
    size_t room = strlen(address) + 64;
    char *text = hot_new_raw(room, 1);
    if (!text) return HOT_MEMORY;
    int n = snprintf(text, room, "%s @ %lld,%lld", address, (long long)place->east * SQUARE,
                     (long long)place->north * SQUARE);
    hot_status status = hot_words_add(&t->words, text, (size_t)n, key);
    hot_free(text);
    return status;
}

/** Keys of every square's place. */
static hot_status name_places(hot_incidents *t, uint32_t own, squares *s)
{
    for (size_t k = 0; k < s->n; k++) {
        size_t place = place_of(s, k);
        if (place != k)
            s->key[k] = s->key[place];
        else
            HOT_TRY(part_key(t, own, &s->list[k], &s->key[k]));
    }
    return HOT_OK;
}

static bool are_several(squares *s)
{
    for (size_t k = 1; k < s->n; k++)
        if (place_of(s, k) != 0) return true;
    return false;
}

/** The rows of one key: their own where the address is in one place alone. */
static hot_status part_rows(hot_incidents *t, const hot_points *p, const uint64_t *item, size_t n,
                            squares *s)
{
    if (is_near(t, p, item, n)) return HOT_OK;
    HOT_TRY(collect(t, p, item, n, s));
    join_touching(s);
    if (!are_several(s)) return HOT_OK;
    HOT_TRY(name_places(t, (uint32_t)(item[0] >> 32), s));
    for (size_t k = 0; k < n; k++) {
        square wanted = square_of(t, p, (uint32_t)item[k]);
        const square *there = bsearch(&wanted, s->list, s->n, sizeof *s->list, by_position);
        t->key[(uint32_t)item[k]] = s->key[there - s->list];
    }
    return HOT_OK;
}

static size_t count_addresses(const hot_incidents *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++) n += is_address(t, i);
    return n;
}

/** The rows with an address by their key: the row below it.
 *  @param item, spare  [n] */
static void sort_rows(const hot_incidents *t, uint64_t *item, uint64_t *spare)
{
    uint32_t n = 0;
    for (size_t i = 0; i < t->n; i++)
        if (is_address(t, i)) item[n++] = (uint64_t)t->key[i] << 32 | i;
    hot_radix_sort(item, spare, n, t->words.n);
}

static hot_status part_all(hot_incidents *t, const hot_points *p, const uint64_t *item, size_t n)
{
    squares s = {0};
    hot_status status = HOT_OK;
    for (size_t first = 0, after; first < n && status == HOT_OK; first = after) {
        for (after = first + 1; after < n && item[after] >> 32 == item[first] >> 32;) after++;
        status = part_rows(t, p, item + first, after - first, &s);
    }
    hot_free(s.list);
    hot_free(s.key);
    return status;
}

hot_status hot_addresses_part(hot_incidents *t, const hot_points *points)
{
    size_t n = count_addresses(t);
    if (n == 0) return HOT_OK;
    uint64_t *item = hot_new_raw(n, sizeof *item), *spare = hot_new_raw(n, sizeof *spare);
    bool room = item && spare;
    if (room) sort_rows(t, item, spare);
    hot_free(spare);
    hot_status status = room ? part_all(t, points, item, n) : HOT_MEMORY;
    hot_free(item);
    return status;
}
