/* What hotspots are called: by streets, and never by an address. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "engine/incidents/csv.h"
#include "layers/catalogue/hotspots_found.h"

enum { STREET = 60 }; /* bytes of a street's name */

/* ---- a street in a text ---- */

/** What published data calls a place that is no street. */
static const char *const generic[] = {"airport/airfield",
                                      "bus/coach station",
                                      "conference/exhibition centre",
                                      "further/higher educational building",
                                      "hospital",
                                      "motorway service area",
                                      "nightclub",
                                      "no location",
                                      "park/open space",
                                      "parking area",
                                      "pedestrian subway",
                                      "petrol station",
                                      "police station",
                                      "prison",
                                      "race track",
                                      "shopping area",
                                      "sports/recreation area",
                                      "supermarket",
                                      "theatre/concert hall"};

/** How a street's name ends. */
static const char *const endings[] = {
    "street",    "st",      "road",       "rd",      "lane",  "ln",   "avenue",   "ave",
    "close",     "drive",   "dr",         "way",     "place", "pl",   "crescent", "square",
    "sq",        "terrace", "grove",      "gardens", "hill",  "row",  "walk",     "parade",
    "broadway",  "market",  "green",      "rise",    "view",  "mews", "quay",     "esplanade",
    "promenade", "circus",  "embankment", "bypass",  "gate",  "path", "passage",  "alley",
    "wharf",     "bank",    "approach"};

static bool is_one_of(const char *text, size_t n, const char *const *list, size_t size)
{
    for (size_t k = 0; k < size; k++)
        if (strlen(list[k]) == n && strncasecmp(list[k], text, n) == 0) return true;
    return false;
}

/** How many bytes to show of a text: no half a letter. */
static int shown(const char *text, size_t most)
{
    return hot_utf8_cut(text, strlen(text), most);
}

/** Text between blanks; *n its length. */
static const char *trimmed(const char *text, size_t *n)
{
    while (*n && isspace((unsigned char)*text)) text++, --*n;
    while (*n && isspace((unsigned char)text[*n - 1])) --*n;
    return text;
}

/** What stands behind the last word with a digit: "Flat 2, 14a" goes, so that no number is left. */
static const char *behind_numbers(const char *text, size_t *n)
{
    size_t from = 0;
    for (size_t k = 0; k < *n; k++)
        if (isdigit((unsigned char)text[k])) {
            while (k < *n && !isspace((unsigned char)text[k])) k++;
            from = k;
        }
    *n -= from;
    return trimmed(text + from, n);
}

static bool ends_as_street(const char *text, size_t n)
{
    size_t from = n;
    while (from && !isspace((unsigned char)text[from - 1])) from--;
    return from > 0 && is_one_of(text + from, n - from, endings, sizeof endings / sizeof *endings);
}

/** Names in capitals alone are hard to read. */
static void copy_name(const char *text, size_t n, char street[STREET])
{
    bool small = false, inside = false;
    n = (size_t)hot_utf8_cut(text, n, STREET - 1);
    for (size_t k = 0; k < n; k++) small = small || islower((unsigned char)text[k]);
    for (size_t k = 0; k < n; k++) {
        unsigned char c = (unsigned char)text[k];
        street[k] = (char)(inside && !small && c < 128 ? tolower(c) : c);
        inside = c >= 128 || isalpha(c) || c == '\'';
    }
    street[n] = 0;
    for (size_t k = 1; k < n; k++) /* "St Mary'S" in published data */
        if (street[k] == 'S' && street[k - 1] == '\'' && !isalnum((unsigned char)street[k + 1]))
            street[k] = 's';
}

/** Of published map points: "On or near Fore Street". @return false where it is no street */
static bool street_of_point(const char *text, char street[STREET])
{
    static const char before[] = "On or near";
    size_t n = strlen(text);
    if (strncasecmp(text, before, sizeof before - 1) == 0) {
        text += sizeof before - 1;
        n -= sizeof before - 1;
    }
    text = trimmed(text, &n);
    if (n == 0 || is_one_of(text, n, generic, sizeof generic / sizeof *generic)) return false;
    copy_name(text, n, street);
    return true;
}

/** Of an address: its first part that ends as streets do. @return false where none does */
static bool street_of_address(const char *text, char street[STREET])
{
    while (*text) {
        size_t all = strcspn(text, ",;/\n"), n = all;
        const char *part = trimmed(text, &n);
        part = behind_numbers(part, &n);
        if (n && ends_as_street(part, n)) {
            copy_name(part, n, street);
            return true;
        }
        text += all + (text[all] != 0);
    }
    return false;
}

/* ---- the streets of each hotspot ---- */

typedef struct {
    int32_t row;
    uint32_t word;
    uint32_t count;
    bool address;
    char street[STREET];
    uint32_t texts; /* different addresses, where it is from those; else any */
} mention;

typedef struct {
    int32_t row;
    uint32_t word;
    bool address;
} told;

static int by_word(const void *a, const void *b)
{
    const told *p = a, *q = b;
    if (p->row != q->row) return p->row < q->row ? -1 : 1;
    return p->word < q->word ? -1 : p->word > q->word;
}

static int by_street(const void *a, const void *b)
{
    const mention *p = a, *q = b;
    if (p->row != q->row) return p->row < q->row ? -1 : 1;
    return strcmp(p->street, q->street);
}

static int by_count(const void *a, const void *b)
{
    const mention *p = a, *q = b;
    if (p->row != q->row) return p->row < q->row ? -1 : 1;
    if (p->count != q->count) return p->count > q->count ? -1 : 1;
    return strcmp(p->street, q->street);
}

/** What each incident in a hotspot says of its place. */
static size_t list_told(const hot_found *f, told *list)
{
    const hot_study *s = f->study;
    const hot_incidents *t = &s->loaded.incidents;
    size_t n = 0;
    for (size_t k = 0; k < s->n_inside; k++) {
        uint32_t i = s->inside[k];
        int32_t row = f->set.area_of[t->point[i]];
        bool address = t->address[i] && !t->label[i];
        uint32_t word = address ? t->address[i] : t->label[i];
        if (row >= 0 && word) list[n++] = (told){row, word, address};
    }
    if (n) qsort(list, n, sizeof *list, by_word);
    return n;
}

static hot_status add_mention(mention **list, size_t *n, size_t *room, const mention *one)
{
    if (!hot_grow(list, room, *n + 1, sizeof **list)) return HOT_MEMORY;
    (*list)[(*n)++] = *one;
    return HOT_OK;
}

/** Each text once, as the street in it. */
static hot_status list_streets(const hot_found *f, const told *list, size_t n, mention **streets,
                               size_t *n_streets)
{
    const hot_study *s = f->study;
    size_t room = 0;
    for (size_t k = 0, same; k < n; k += same) {
        for (same = 1; k + same < n && by_word(&list[k], &list[k + same]) == 0;) same++;
        mention one = {.row = list[k].row, .count = (uint32_t)same, .texts = 1};
        const char *text = hot_incidents_word(&s->loaded.incidents, list[k].word);
        bool found = s->loaded.snapped ? street_of_point(text, one.street)
                                       : street_of_address(text, one.street);
        if (!list[k].address) one.texts = 2; /* a street was given as such */
        if (found) HOT_TRY(add_mention(streets, n_streets, &room, &one));
    }
    return HOT_OK;
}

/** Of equal streets one, with the incidents of all; of one address alone none: it might be told by
 *  its street. @return how many are left */
static size_t merge_streets(mention *list, size_t n)
{
    size_t merged = 0, kept = 0;
    if (n) qsort(list, n, sizeof *list, by_street);
    for (size_t k = 0; k < n; k++) {
        if (merged && by_street(&list[merged - 1], &list[k]) == 0) {
            list[merged - 1].count += list[k].count;
            list[merged - 1].texts += list[k].texts;
        } else {
            list[merged++] = list[k];
        }
    }
    for (size_t k = 0; k < merged; k++)
        if (list[k].texts > 1) list[kept++] = list[k];
    if (kept) qsort(list, kept, sizeof *list, by_count);
    return kept;
}

static hot_status set_name(hot_found *f, size_t row, const char *name)
{
    hot_areas *a = &f->set.areas;
    a->label[row] = hot_arena_text(&a->arena, name, strlen(name));
    return a->label[row] ? HOT_OK : HOT_MEMORY;
}

/** "Market Place / Fore Street": the two with most incidents. */
static hot_status name_by_streets(hot_found *f, const mention *list, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        char name[2 * STREET + 8];
        if (k && list[k - 1].row == list[k].row) continue;
        bool second = k + 1 < n && list[k + 1].row == list[k].row;
        snprintf(name, sizeof name, "%s%s%s", list[k].street, second ? " / " : "",
                 second ? list[k + 1].street : "");
        HOT_TRY(set_name(f, (size_t)list[k].row, name));
    }
    return HOT_OK;
}

static hot_status name_by_incidents(hot_found *f)
{
    told *list = hot_new_raw(f->study->n_inside, sizeof *list);
    mention *streets = NULL;
    size_t n = 0;
    hot_status status = list ? list_streets(f, list, list_told(f, list), &streets, &n) : HOT_MEMORY;
    if (status == HOT_OK) status = name_by_streets(f, streets, merge_streets(streets, n));
    hot_free(list);
    hot_free(streets);
    return status;
}

/* ---- the nearest road, or the area ---- */

static double distance2(const hot_shapes *s, size_t k, double x, double y)
{
    double ax = s->x[k], ay = s->y[k], dx = s->x[k + 1] - ax, dy = s->y[k + 1] - ay;
    double length2 = dx * dx + dy * dy;
    double at = length2 > 0 ? ((x - ax) * dx + (y - ay) * dy) / length2 : 0;
    at = fmax(0, fmin(1, at));
    return pow(ax + at * dx - x, 2) + pow(ay + at * dy - y, 2);
}

static double line_distance2(const hot_shapes *s, size_t f, double x, double y)
{
    double least = INFINITY;
    for (size_t p = s->part[f]; p < s->part[f + 1]; p++)
        for (size_t r = s->ring[p]; r < s->ring[p + 1]; r++)
            for (size_t k = s->point[r]; k + 1 < s->point[r + 1]; k++)
                least = fmin(least, distance2(s, k, x, y));
    return least;
}

/** Of roads equally near the first by the alphabet. */
static const char *nearest_road(const hot_layer *roads, double x, double y, double within)
{
    const char *name = NULL;
    double least = within * within;
    for (size_t f = 0; f < roads->n; f++) {
        const char *own = hot_layer_text(roads, "name", f);
        hot_box b;
        if (!own || !*own || hot_shapes_box(&roads->shapes, f, &b) != HOT_OK) continue;
        if (x < b.west - within || x > b.east + within || y < b.south - within ||
            y > b.north + within)
            continue;
        double d = line_distance2(&roads->shapes, f, x, y);
        if (d > least || (d == least && name && strcmp(own, name) >= 0)) continue;
        least = d;
        name = own;
    }
    return name;
}

/** The name of the area of the first set that has the row's code. */
static const char *area_name(const hot_found *f, const hot_layer *l, size_t row)
{
    const hot_study *s = f->study;
    for (size_t k = 0; k < s->n_sets; k++) {
        char column[64];
        snprintf(column, sizeof column, "%s_code", s->sets[k].areas.name);
        const char *code = hot_layer_column(l, column) ? hot_layer_text(l, column, row) : NULL;
        if (!code) continue;
        size_t area = hot_areas_find(&s->sets[k].areas, code);
        return s->sets[k].areas.label[area] ? s->sets[k].areas.label[area] : code;
    }
    return NULL;
}

static hot_status name_otherwise(hot_found *f, const hot_layer *l, size_t row, hot_error *error)
{
    const hot_hotspot_unit *unit = &f->chosen.unit[f->chosen.place[f->place[row]].first];
    const hot_layer *roads = NULL;
    char name[STREET + 16];
    HOT_TRY(hot_search_roads(f->study, f->search, &roads, error));
    const char *road = roads ? nearest_road(roads, unit->x, unit->y, 500) : NULL;
    const char *area = road ? NULL : area_name(f, l, row);
    if (road)
        copy_name(road, strlen(road), name);
    else if (area)
        snprintf(name, sizeof name, "Near %.*s", shown(area, 60), area);
    else
        snprintf(name, sizeof name, "Hotspot %.40s", f->set.areas.code[row]);
    return set_name(f, row, name);
}

/* ---- no two alike ---- */

typedef struct {
    const char *name;
    size_t row;
} named;

static int by_name(const void *a, const void *b)
{
    const named *p = a, *q = b;
    int order = strcmp(p->name, q->name);
    if (order) return order;
    return p->row < q->row ? -1 : p->row > q->row;
}

/** What tells one from others of its name: its area, where theirs differ, else its code. */
static const char *mark_of(const hot_found *f, const hot_layer *l, const named *same, size_t n,
                           size_t k)
{
    const char *own = area_name(f, l, same[k].row);
    for (size_t i = 0; i < n && own; i++) {
        const char *other = area_name(f, l, same[i].row);
        if (!other || strcmp(own, other) != 0) return own;
    }
    return f->set.areas.code[same[k].row];
}

/** Put that mark behind every name that is not alone. */
static hot_status part_names(hot_found *f, const hot_layer *l, named *list)
{
    size_t n = f->set.areas.n;
    for (size_t k = 0; k < n; k++) list[k] = (named){f->set.areas.label[k], k};
    if (n) qsort(list, n, sizeof *list, by_name);
    for (size_t k = 0, same; k < n; k += same) {
        for (same = 1; k + same < n && strcmp(list[k].name, list[k + same].name) == 0;) same++;
        for (size_t i = 0; i < same && same > 1; i++) {
            char name[400];
            const char *own = list[k + i].name, *mark = mark_of(f, l, list + k, same, i);
            snprintf(name, sizeof name, "%.*s (%.*s)", shown(own, 200), own, shown(mark, 60), mark);
            HOT_TRY(set_name(f, list[k + i].row, name));
        }
    }
    return HOT_OK;
}

static hot_status tell_apart(hot_found *f, const hot_layer *l)
{
    named *list = hot_new(f->set.areas.n, sizeof *list);
    hot_status status = list ? part_names(f, l, list) : HOT_MEMORY;
    if (status == HOT_OK) status = part_names(f, l, list); /* two in one area of three */
    hot_free(list);
    return status;
}

hot_status hot_found_name(hot_found *f, hot_layer *l, hot_error *error)
{
    HOT_TRY(name_by_incidents(f));
    for (size_t k = 0; k < f->set.areas.n; k++)
        if (!f->set.areas.label[k]) HOT_TRY(name_otherwise(f, l, k, error));
    HOT_TRY(tell_apart(f, l));
    for (size_t k = 0; k < l->n; k++)
        HOT_TRY(hot_layer_set_text(l, "name", k, f->set.areas.label[k]));
    return HOT_OK;
}
