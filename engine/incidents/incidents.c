#include "engine/incidents/incidents.h"

#include <math.h>
#include <string.h>

#include "engine/space/radix.h"

hot_status hot_incidents_reserve(hot_incidents *t, size_t rows)
{
    size_t room = t->room;
    if (rows >= UINT32_MAX) return HOT_MEMORY;
#define COLUMN(type, name)                                                                         \
    room = t->room;                                                                                \
    if (!hot_grow(&t->name, &room, rows, sizeof *t->name)) return HOT_MEMORY;
    HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
    t->room = room;
    return HOT_OK;
}

hot_status hot_incidents_add(hot_incidents *t, size_t *row)
{
    if (t->n == t->room) HOT_TRY(hot_incidents_reserve(t, t->n + 1));
    *row = t->n++;
    return HOT_OK;
}

/** The part's word numbers in the whole's words. */
static hot_status words_joined(hot_words *whole, const hot_words *part, uint32_t *number)
{
    for (size_t k = 0; k < part->n; k++)
        HOT_TRY(hot_words_add(whole, part->text[k], part->length[k], &number[k]));
    return HOT_OK;
}

static void renumber(uint32_t *column, size_t n, const uint32_t *word)
{
    for (size_t i = 0; i < n; i++) column[i] = word[column[i]];
}

/** Rows behind those that are there. */
static hot_status rows_append(hot_incidents *t, const hot_incidents *part, const uint32_t *word)
{
    size_t from = t->n, n = part->n;
    if (from + n > t->room) HOT_TRY(hot_incidents_reserve(t, from + n));
#define COLUMN(type, name) memcpy(t->name + from, part->name, n * sizeof *t->name);
    HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
    renumber(t->type + from, n, word);
    renumber(t->label + from, n, word);
    renumber(t->address + from, n, word);
    renumber(t->key + from, n, word);
    renumber(t->case_ + from, n, word);
    t->n += n;
    return HOT_OK;
}

static hot_status append(hot_incidents *t, hot_incidents *part)
{
    uint32_t *word = hot_new(part->words.n ? part->words.n : 1, sizeof *word);
    if (!word) return HOT_MEMORY;
    hot_status status = words_joined(&t->words, &part->words, word);
    if (status == HOT_OK && part->n) status = rows_append(t, part, word);
    hot_free(word);
    if (status != HOT_OK) return status;
    hot_arena_join(&t->texts, &part->texts);
    hot_incidents_free(part);
    return HOT_OK;
}

hot_status hot_incidents_take(hot_incidents *t, hot_incidents *part, uint16_t file)
{
    size_t from = t->n;
    bool empty = t->room == 0 && t->words.n == 0;
    if (!empty) HOT_TRY(append(t, part));
    if (empty) {
        hot_arena_join(&part->texts, &t->texts);
        *t = *part;
        *part = (hot_incidents){0};
    }
    for (size_t i = from; i < t->n; i++) t->file[i] = file;
    return HOT_OK;
}

void hot_incidents_keep(hot_incidents *t, const uint8_t *keep)
{
    size_t to = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (!keep[i]) continue;
#define COLUMN(type, name) t->name[to] = t->name[i];
        HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
        to++;
    }
    t->n = to;
}

void hot_incidents_free(hot_incidents *t)
{
#define COLUMN(type, name) hot_free(t->name);
    HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
    hot_words_free(&t->words);
    hot_arena_free(&t->texts);
    *t = (hot_incidents){0};
}

const char *hot_incidents_word(const hot_incidents *t, uint32_t number)
{
    return number < t->words.n ? t->words.text[number] : "";
}

/* ---- duplicates ---- */

/** What makes two rows with one identifier the same. */
typedef struct {
    double x, y;
    int64_t from;
    uint64_t id;
    uint32_t type, key;
} sameness;

static sameness sameness_of(const hot_incidents *t, size_t i)
{
    sameness s;
    memset(&s, 0, sizeof s);
    s.x = t->x[i] + 0.0; /* -0 is 0 */
    s.y = t->y[i] + 0.0;
    s.from = t->from[i];
    s.id = t->id_hash[i];
    s.type = t->type[i];
    s.key = t->key[i];
    return s;
}

static bool rows_same(const hot_incidents *t, size_t a, size_t b)
{
    sameness one = sameness_of(t, a), other = sameness_of(t, b);
    return memcmp(&one, &other, sizeof one) == 0 && t->id[a] && t->id[b] &&
           strcmp(t->id[a], t->id[b]) == 0;
}

/* Both searches below look at random places of tables that no cache holds: a batch of hashes is
 * worked out first, and the memory they lead to asked for, so that the waits are side by side. */
enum { BATCH = 32 };

/** A hash table of row or point numbers: number + 1 below 32 bits of the hash; 0 = free. */
typedef struct {
    uint64_t *slot;
    size_t mask;
    uint64_t seed; /* another one in every run: nobody can write rows that meet in one slot */
} table;

static bool table_new(table *h, size_t n)
{
    size_t slots = 64;
    while (slots < n * 2) slots *= 2;
    *h = (table){hot_new(slots, sizeof *h->slot), slots - 1, hot_hash_seed()};
    return h->slot != NULL;
}

static uint64_t entry_of(uint64_t hash, size_t number)
{
    return hash >> 32 << 32 | (uint32_t)(number + 1);
}

static inline bool may_be(uint64_t entry, uint64_t hash)
{
    return entry >> 32 == hash >> 32;
}

static uint64_t hash_of_row(const hot_incidents *t, const table *h, size_t i)
{
    sameness own = sameness_of(t, i);
    if (t->id[i]) own.id = hot_hash(t->id[i], strlen(t->id[i]), h->seed);
    return hot_hash(&own, sizeof own, h->seed);
}

/** The first row that is the same as row i, which is put into the table where there is none. */
static uint32_t first_same(const hot_incidents *t, table *h, uint64_t hash, size_t i)
{
    size_t s = hash & h->mask;
    for (; h->slot[s]; s = (s + 1) & h->mask) {
        uint32_t row = (uint32_t)h->slot[s] - 1;
        if (may_be(h->slot[s], hash) && rows_same(t, row, i)) return row;
    }
    h->slot[s] = entry_of(hash, i);
    return UINT32_MAX;
}

hot_status hot_incidents_duplicates(const hot_incidents *t, uint32_t *first)
{
    table h;
    uint64_t hash[BATCH];
    if (!table_new(&h, t->n)) return HOT_MEMORY;
    for (size_t from = 0; from < t->n; from += BATCH) {
        size_t to = t->n - from < BATCH ? t->n : from + BATCH;
        for (size_t i = from; i < to; i++) {
            if (t->id_hash[i]) hash[i - from] = hash_of_row(t, &h, i);
            if (t->id_hash[i]) __builtin_prefetch(&h.slot[hash[i - from] & h.mask], 1);
        }
        for (size_t i = from; i < to; i++)
            first[i] = t->id_hash[i] ? first_same(t, &h, hash[i - from], i) : UINT32_MAX;
    }
    hot_free(h.slot);
    return HOT_OK;
}

/* ---- points ---- */

static uint64_t hash_of_place(const hot_incidents *t, const table *h, size_t i)
{
    double key[3] = {t->x[i] + 0.0, t->y[i] + 0.0, t->coordinates[i]};
    return hot_hash(key, sizeof key, h->seed);
}

/** The number of a row's point, which is added when it is new. */
static uint32_t point_of(hot_points *p, table *h, uint64_t hash, const hot_incidents *t, size_t i)
{
    size_t s = hash & h->mask;
    for (; h->slot[s]; s = (s + 1) & h->mask) {
        uint32_t k = (uint32_t)h->slot[s] - 1;
        if (may_be(h->slot[s], hash) && p->x[k] == t->x[i] && p->y[k] == t->y[i] &&
            p->coordinates[k] == t->coordinates[i])
            return k;
    }
    uint32_t k = (uint32_t)p->n++;
    p->x[k] = t->x[i];
    p->y[k] = t->y[i];
    p->coordinates[k] = t->coordinates[i];
    h->slot[s] = entry_of(hash, k);
    return k;
}

static void collapse(hot_incidents *t, table *h, hot_points *p)
{
    uint64_t hash[BATCH];
    for (size_t from = 0; from < t->n; from += BATCH) {
        size_t to = t->n - from < BATCH ? t->n : from + BATCH;
        for (size_t i = from; i < to; i++) {
            hash[i - from] = hash_of_place(t, h, i);
            __builtin_prefetch(&h->slot[hash[i - from] & h->mask], 1);
        }
        for (size_t i = from; i < to; i++) t->point[i] = point_of(p, h, hash[i - from], t, i);
    }
}

hot_status hot_points_collapse(hot_incidents *t, hot_points *points)
{
    table h = {0};
    hot_points p = {.x = hot_new_raw(t->n, sizeof *p.x),
                    .y = hot_new_raw(t->n, sizeof *p.y),
                    .coordinates = hot_new_raw(t->n, 1)};
    if (!p.x || !p.y || !p.coordinates || !table_new(&h, t->n)) {
        hot_points_free(&p);
        return HOT_MEMORY;
    }
    collapse(t, &h, &p);
    hot_free(h.slot);
    *points = p;
    return HOT_OK;
}

/** A key of 32 bits that rises with a finite number: sign, exponent and 20 bits after them. */
static uint32_t rising_key(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits = bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
    return (uint32_t)(bits >> 32);
}

/** The finite points in order of x, then y: numbers below their keys, and how many.
 *  -0 becomes 0, so that equal points are equal as bytes. */
static uint32_t points_sorted(const hot_points *points, hot_point *at, uint64_t *order,
                              uint64_t *spare)
{
    uint32_t n = 0;
    for (size_t k = 0; k < points->n; k++) {
        at[k] = (hot_point){points->x[k] + 0.0, points->y[k] + 0.0, 0};
        if (isfinite(at[k].x) && isfinite(at[k].y))
            order[n++] = (uint64_t)rising_key(at[k].x) << 32 | k;
    }
    hot_radix_sort(order, spare, n, UINT32_MAX);
    hot_points_sort(order, n, at);
    return n;
}

/** Number the points anew, equal ones as one: now[was] = its number. */
static void points_numbered(hot_points *points, const hot_point *at, const uint64_t *order,
                            uint32_t sorted, uint32_t *now)
{
    size_t n = 0;
    for (uint32_t k = 0; k < sorted; k++) {
        const hot_point *own = &at[(uint32_t)order[k]];
        if (k == 0 || own->x != points->x[n - 1] || own->y != points->y[n - 1]) {
            points->x[n] = own->x;
            points->y[n++] = own->y;
        }
        now[(uint32_t)order[k]] = (uint32_t)n - 1;
    }
    points->n = n;
    memset(points->coordinates, HOT_XY, n);
}

hot_status hot_points_order(hot_incidents *t, hot_points *points)
{
    size_t n = points->n;
    hot_point *at = hot_new_raw(n, sizeof *at);
    uint64_t *order = hot_new_raw(n, sizeof *order), *spare = hot_new_raw(n, sizeof *spare);
    uint32_t *now = hot_new_raw(n, sizeof *now);
    bool room = at && order && spare && now;
    if (room) {
        memset(now, 0xff, n * sizeof *now);
        points_numbered(points, at, order, points_sorted(points, at, order, spare), now);
        for (size_t i = 0; i < t->n; i++)
            if (t->point[i] != UINT32_MAX) t->point[i] = now[t->point[i]];
    }
    hot_free(at);
    hot_free(order);
    hot_free(spare);
    hot_free(now);
    return room ? HOT_OK : HOT_MEMORY;
}

void hot_points_free(hot_points *p)
{
    hot_free(p->x);
    hot_free(p->y);
    hot_free(p->coordinates);
    *p = (hot_points){0};
}
