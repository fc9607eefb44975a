#include "engine/incidents/incidents.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

hot_status hot_incidents_add(hot_incidents *t, size_t *row)
{
    if (t->n == t->room) {
        size_t room = t->room;
        if (t->n >= UINT32_MAX - 1) return HOT_MEMORY;
#define COLUMN(type, name)                                                                         \
    room = t->room;                                                                                \
    if (!hot_grow(&t->name, &room, t->n + 1, sizeof *t->name)) return HOT_MEMORY;
        HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
        t->room = room;
    }
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

static hot_status row_append(hot_incidents *t, const hot_incidents *part, size_t i,
                             const uint32_t *word, uint16_t file)
{
    size_t row;
    HOT_TRY(hot_incidents_add(t, &row));
#define COLUMN(type, name) t->name[row] = part->name[i];
    HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
    t->type[row] = word[part->type[i]];
    t->label[row] = word[part->label[i]];
    t->address[row] = word[part->address[i]];
    t->key[row] = word[part->key[i]];
    t->case_[row] = word[part->case_[i]];
    t->file[row] = file;
    if (part->id[i]) {
        t->id[row] = hot_arena_text(&t->texts, part->id[i], strlen(part->id[i]));
        if (!t->id[row]) return HOT_MEMORY;
    }
    return HOT_OK;
}

hot_status hot_incidents_append(hot_incidents *t, const hot_incidents *part, uint16_t file)
{
    uint32_t *word = hot_new(part->words.n, sizeof *word);
    if (!word) return HOT_MEMORY;
    hot_status status = words_joined(&t->words, &part->words, word);
    for (size_t i = 0; i < part->n && status == HOT_OK; i++)
        status = row_append(t, part, i, word, file);
    hot_free(word);
    return status;
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

/** Which of the things so far is in which slot: number + 1, or 0 = free. */
typedef struct {
    uint32_t *slot;
    size_t mask;
    uint64_t seed;
} hashed;

/** Slots for `n` things; to be freed with hot_free(slot). */
static bool make_slots(hashed *h, size_t n)
{
    size_t slots = 64;
    while (slots < n * 2) slots *= 2;
    *h = (hashed){hot_new(slots, sizeof *h->slot), slots - 1, hot_hash_seed()};
    return h->slot != NULL;
}

hot_status hot_incidents_duplicates(const hot_incidents *t, uint32_t *first)
{
    hashed h;
    if (!make_slots(&h, t->n)) return HOT_MEMORY;
    for (size_t i = 0; i < t->n; i++) {
        first[i] = UINT32_MAX;
        if (!t->id_hash[i]) continue;
        sameness own = sameness_of(t, i);
        if (t->id[i]) own.id = hot_hash(t->id[i], strlen(t->id[i]), h.seed);
        size_t s = (size_t)hot_hash(&own, sizeof own, h.seed) & h.mask;
        while (h.slot[s] && !rows_same(t, h.slot[s] - 1, i)) s = (s + 1) & h.mask;
        if (h.slot[s])
            first[i] = h.slot[s] - 1;
        else
            h.slot[s] = (uint32_t)i + 1;
    }
    hot_free(h.slot);
    return HOT_OK;
}

/* ---- points ---- */

/** The number of a row's point, which is added when it is new. */
static uint32_t point_of(hot_points *p, const hashed *h, double x, double y, uint8_t coordinates)
{
    double key[3] = {x + 0.0, y + 0.0, coordinates};
    size_t s = (size_t)hot_hash(key, sizeof key, h->seed) & h->mask;
    for (; h->slot[s]; s = (s + 1) & h->mask) {
        uint32_t k = h->slot[s] - 1;
        if (p->x[k] == x && p->y[k] == y && p->coordinates[k] == coordinates) return k;
    }
    uint32_t k = (uint32_t)p->n++;
    p->x[k] = x;
    p->y[k] = y;
    p->coordinates[k] = coordinates;
    h->slot[s] = k + 1;
    return k;
}

hot_status hot_points_collapse(hot_incidents *t, hot_points *points)
{
    hashed h;
    bool made = make_slots(&h, t->n);
    hot_points p = {.x = hot_new_raw(t->n, sizeof *p.x),
                    .y = hot_new_raw(t->n, sizeof *p.y),
                    .coordinates = hot_new_raw(t->n, 1)};
    if (!made || !p.x || !p.y || !p.coordinates) {
        hot_free(h.slot);
        hot_points_free(&p);
        return HOT_MEMORY;
    }
    for (size_t i = 0; i < t->n; i++)
        t->point[i] = point_of(&p, &h, t->x[i], t->y[i], t->coordinates[i]);
    hot_free(h.slot);
    *points = p;
    return HOT_OK;
}

typedef struct {
    double x, y;
    uint32_t was;
} placed;

static int by_place(const void *a, const void *b)
{
    const placed *p = a, *q = b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    if (p->y != q->y) return p->y < q->y ? -1 : 1;
    return 0;
}

/** The finite points, in order; -0 becomes 0, so that equal points are equal as bytes. */
static size_t points_sorted(const hot_points *points, placed *order)
{
    size_t n = 0;
    for (size_t k = 0; k < points->n; k++)
        if (isfinite(points->x[k]) && isfinite(points->y[k]))
            order[n++] = (placed){points->x[k] + 0.0, points->y[k] + 0.0, (uint32_t)k};
    qsort(order, n, sizeof *order, by_place);
    return n;
}

hot_status hot_points_order(hot_incidents *t, hot_points *points)
{
    placed *order = hot_new_raw(points->n, sizeof *order);
    uint32_t *now = hot_new_raw(points->n, sizeof *now);
    if (!order || !now) {
        hot_free(order);
        hot_free(now);
        return HOT_MEMORY;
    }
    size_t sorted = points_sorted(points, order), n = 0;
    memset(now, 0xff, points->n * sizeof *now);
    for (size_t k = 0; k < sorted; k++) {
        if (k == 0 || by_place(&order[k - 1], &order[k]) != 0) {
            points->x[n] = order[k].x;
            points->y[n++] = order[k].y;
        }
        now[order[k].was] = (uint32_t)n - 1;
    }
    points->n = n;
    memset(points->coordinates, HOT_XY, n);
    for (size_t i = 0; i < t->n; i++)
        if (t->point[i] != UINT32_MAX) t->point[i] = now[t->point[i]];
    hot_free(order);
    hot_free(now);
    return HOT_OK;
}

void hot_points_free(hot_points *p)
{
    hot_free(p->x);
    hot_free(p->y);
    hot_free(p->coordinates);
    *p = (hot_points){0};
}
