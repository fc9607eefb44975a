/** @file town.c
 *  The fictional town: the same bytes everywhere, a ground that holds together, and the patterns
 *  and damage that its README promises.
 */
#include "engine/town/town.h"
#include "engine/base/memory.h"
#include "layers/catalogue/town.h"
#include "tests/check.h"

/* Snapshots of seed 1. A change of the town changes them: look at its map before recording new
 * ones. */
#define SNAPSHOT_TEXT  UINT64_C(0xDC8E7FF49003AD73)
#define SNAPSHOT_LINES UINT64_C(0x94960C8994CB227F)

static hot_town town;
static hot_town_text month[HOT_TOWN_MONTHS];

static uint64_t fnv(uint64_t hash, const void *bytes, size_t n)
{
    const unsigned char *b = bytes;
    for (size_t i = 0; i < n; ++i) hash = (hash ^ b[i]) * UINT64_C(0x100000001B3);
    return hash;
}

#define FNV UINT64_C(0xCBF29CE484222325)

/* By value, not by memory, so that byte order does not matter. */
static uint64_t fnv_number(uint64_t hash, int64_t value)
{
    char text[24];
    int n = snprintf(text, sizeof text, "%lld;", (long long)value);
    return fnv(hash, text, (size_t)n);
}

static uint64_t lines_hash(const hot_town *t)
{
    uint64_t hash = FNV;
    for (size_t i = 0; i < t->points.n; ++i)
        hash = fnv_number(fnv_number(hash, t->points.at[i].x), t->points.at[i].y);
    return hash;
}

static int build(void **state)
{
    (void)state;
    if (hot_town_new(HOT_TOWN_SEED, &town) != HOT_OK) return -1;
    for (size_t m = 0; m < HOT_TOWN_MONTHS; ++m)
        if (hot_town_incidents_csv(&town, m, &month[m]) != HOT_OK) return -1;
    return 0;
}

static int clear(void **state)
{
    (void)state;
    for (size_t m = 0; m < HOT_TOWN_MONTHS; ++m) hot_town_text_free(&month[m]);
    hot_town_free(&town);
    hot_town_free(&town);
    return 0;
}

static void same_seed_same_bytes(void **state)
{
    (void)state;
    uint64_t hash = FNV;
    for (size_t m = 0; m < HOT_TOWN_MONTHS; ++m) hash = fnv(hash, month[m].bytes, month[m].length);
    hot_town_text people = {0};
    assert_int_equal(hot_town_population_csv(town.wards, HOT_TOWN_WARDS, &people), HOT_OK);
    hash = fnv(hash, people.bytes, people.length);
    hot_town_text_free(&people);
    assert_int_equal(hot_town_population_csv(town.beats, HOT_TOWN_BEATS, &people), HOT_OK);
    hash = fnv(hash, people.bytes, people.length);
    hot_town_text_free(&people);
    uint64_t lines = lines_hash(&town);
    if (hash != SNAPSHOT_TEXT || lines != SNAPSHOT_LINES)
        print_error("text 0x%llX lines 0x%llX\n", (unsigned long long)hash,
                    (unsigned long long)lines);
    assert_true(hash == SNAPSHOT_TEXT);
    assert_true(lines == SNAPSHOT_LINES);
}

static void another_seed_another_town(void **state)
{
    (void)state;
    hot_town other = {0};
    hot_town_text text = {0};
    assert_int_equal(hot_town_new(2, &other), HOT_OK);
    assert_int_equal(hot_town_incidents_csv(&other, 0, &text), HOT_OK);
    assert_true(fnv(FNV, text.bytes, text.length) != fnv(FNV, month[0].bytes, month[0].length));
    assert_true(lines_hash(&other) != lines_hash(&town));
    assert_true(other.twice_area == town.twice_area);
    hot_town_text_free(&text);
    hot_town_free(&other);
}

static void areas_tile(void **state)
{
    (void)state;
    int64_t wards = 0, beats = 0;
    for (size_t i = 0; i < HOT_TOWN_WARDS; ++i) wards += town.wards[i].twice_area;
    for (size_t i = 0; i < HOT_TOWN_BEATS; ++i) beats += town.beats[i].twice_area;
    assert_true(wards == town.twice_area);
    assert_true(beats == town.twice_area);
    assert_true(town.twice_area > INT64_C(80) * 200000000); /* 80 km2 */
}

static int64_t side(hot_town_point a, hot_town_point b, hot_town_point c)
{
    return ((int64_t)b.x - a.x) * ((int64_t)c.y - a.y) -
           ((int64_t)b.y - a.y) * ((int64_t)c.x - a.x);
}

static int sign(int64_t n)
{
    return (n > 0) - (n < 0);
}

static bool crosses(hot_town_point a, hot_town_point b, hot_town_point c, hot_town_point d)
{
    if ((a.x > c.x && a.x > d.x && b.x > c.x && b.x > d.x) ||
        (a.x < c.x && a.x < d.x && b.x < c.x && b.x < d.x))
        return false;
    return sign(side(a, b, c)) * sign(side(a, b, d)) <= 0 &&
           sign(side(c, d, a)) * sign(side(c, d, b)) <= 0;
}

static bool simple(hot_town_line ring)
{
    const hot_town_point *p = town.points.at + ring.first;
    for (size_t i = 0; i + 1 < ring.count; ++i)
        for (size_t j = i + 2; j + 1 < ring.count; ++j)
            if (!(i == 0 && j + 2 == ring.count) && crosses(p[i], p[i + 1], p[j], p[j + 1]))
                return false;
    return p[0].x == p[ring.count - 1].x && p[0].y == p[ring.count - 1].y;
}

static void outlines_are_valid(void **state)
{
    (void)state;
    for (size_t i = 0; i < HOT_TOWN_WARDS; ++i) {
        assert_true(simple(town.wards[i].ring));
        assert_true(town.wards[i].twice_area > 0);
    }
    for (size_t i = 0; i < HOT_TOWN_BEATS; ++i) {
        assert_true(simple(town.beats[i].ring));
        assert_true(town.beats[i].twice_area > 0);
    }
    for (size_t i = 0; i < town.n_waters; ++i) {
        assert_true(simple(town.waters[i].line));
        assert_true(hot_town_twice_area(&town, town.waters[i].line) > 0);
    }
    for (size_t i = 0; i < town.n_parks; ++i) {
        assert_true(simple(town.parks[i].line));
        assert_true(hot_town_twice_area(&town, town.parks[i].line) > 0);
    }
}

static bool inside(hot_town_line ring, hot_town_point q)
{
    const hot_town_point *p = town.points.at + ring.first;
    bool in = false;
    for (size_t i = 0; i + 1 < ring.count; ++i) {
        if ((p[i].y > q.y) == (p[i + 1].y > q.y)) continue;
        int64_t s = side(p[i], p[i + 1], q);
        if (p[i + 1].y > p[i].y ? s > 0 : s < 0) in = !in;
    }
    return in;
}

static size_t count_holding(const hot_town_area *areas, size_t n, hot_town_point p)
{
    size_t count = 0;
    for (size_t i = 0; i < n; ++i)
        if (areas[i].low.x <= p.x && p.x <= areas[i].high.x && areas[i].low.y <= p.y &&
            p.y <= areas[i].high.y)
            count += inside(areas[i].ring, p);
    return count;
}

static void every_incident_is_in_one_ward_and_one_beat(void **state)
{
    (void)state;
    for (size_t i = 0; i < town.n_incidents; ++i) {
        assert_int_equal(count_holding(town.wards, HOT_TOWN_WARDS, town.incidents[i].at), 1);
        assert_int_equal(count_holding(town.beats, HOT_TOWN_BEATS, town.incidents[i].at), 1);
    }
}

static bool at_bridge(hot_town_point a)
{
    for (size_t i = 0; i < town.n_bridges; ++i) {
        int64_t dx = a.x - town.bridges[i].x, dy = a.y - town.bridges[i].y;
        if (dx * dx + dy * dy <= 600 * 600) return true;
    }
    return false;
}

static void streets_cross_water_at_bridges_only(void **state)
{
    (void)state;
    size_t found = 0;
    for (size_t s = 0; s < town.n_streets; ++s)
        for (size_t i = 0; i + 1 < town.streets[s].line.count; ++i) {
            const hot_town_point *p = town.points.at + town.streets[s].line.first + i;
            for (size_t w = 0; w < town.n_courses; ++w)
                for (size_t j = 0; j + 1 < town.courses[w].count; ++j) {
                    const hot_town_point *q = town.points.at + town.courses[w].first + j;
                    if (!crosses(p[0], p[1], q[0], q[1])) continue;
                    ++found;
                    if (!at_bridge(p[0])) print_error("%s crosses water\n", town.streets[s].name);
                    assert_true(at_bridge(p[0]));
                }
        }
    assert_true(found >= town.n_bridges);
}

static void people_add_up(void **state)
{
    (void)state;
    uint32_t wards = 0, beats = 0;
    for (size_t i = 0; i < HOT_TOWN_WARDS; ++i) wards += town.wards[i].people;
    for (size_t i = 0; i < HOT_TOWN_BEATS; ++i) beats += town.beats[i].people;
    assert_int_equal(wards, town.people);
    assert_int_equal(beats, town.people);
    assert_in_range(town.people, 28000, 34000);
}

static void types_are_many(void **state)
{
    (void)state;
    size_t sum = 0;
    for (size_t t = 0; t < HOT_TOWN_TYPES; ++t) {
        assert_in_range(town.by_type[t], 250, 7000);
        sum += town.by_type[t];
    }
    assert_int_equal(sum, town.n_incidents);
    assert_in_range(town.n_incidents, 15000, 20000);
    assert_in_range(town.by_type[0], 6000, 7000);
}

static size_t count_asb(const char *street, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = town.month[from]; i < town.month[to]; ++i) {
        const hot_town_place *p = &town.places[town.incidents[i].place];
        if (town.incidents[i].type || p->kind == HOT_TOWN_OPEN) continue;
        n += !street || strcmp(town.streets[p->street].name, street) == 0;
    }
    return n;
}

/** Nothing before is no change that any range holds. */
static size_t percent(size_t after, size_t before)
{
    return before ? after * 100 / before : 0;
}

static void planted_changes_are_there(void **state)
{
    (void)state;
    size_t before = count_asb("Larkfield Parade", 0, 12);
    size_t after = count_asb("Larkfield Parade", 12, 24);
    assert_in_range(percent(after, before), 130, 175);
    before = count_asb("Millbrook Road", 12, 18);
    after = count_asb("Millbrook Road", 18, 24);
    assert_in_range(percent(after, before), 15, 65);
    assert_in_range(percent(count_asb(NULL, 12, 24), count_asb(NULL, 0, 12)), 90, 110);
}

static int down(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x < y) - (x > y);
}

static void asb_is_concentrated(void **state)
{
    (void)state;
    size_t *count = calloc(town.n_places, sizeof *count), top = 0;
    assert_non_null(count);
    for (size_t i = 0; i < town.n_incidents; ++i)
        if (town.incidents[i].type == 0) count[town.incidents[i].place]++;
    qsort(count, town.n_places, sizeof *count, down);
    for (size_t i = 0; i < town.n_places / 20; ++i) top += count[i];
    free(count);
    assert_in_range(top * 100 / town.by_type[0], 40, 65);
}

static void victims_come_back(void **state)
{
    (void)state;
    size_t reports[HOT_TOWN_VICTIMS + 1] = {0};
    for (size_t i = 0; i < town.n_incidents; ++i) reports[town.incidents[i].case_]++;
    for (size_t v = 1; v <= HOT_TOWN_VICTIMS; ++v) assert_in_range(reports[v], 3, 9);
}

static bool ends_with_label(const char *line, size_t length)
{
    size_t n = strlen(HOT_TOWN_LABEL);
    return length >= n && memcmp(line + length - n, HOT_TOWN_LABEL, n) == 0;
}

static size_t count_fields(const char *line, size_t length)
{
    size_t n = 1;
    bool quoted = false;
    for (size_t i = 0; i < length; ++i) {
        if (line[i] == '"') quoted = !quoted;
        if (line[i] == ',' && !quoted) ++n;
    }
    return n;
}

typedef struct {
    size_t rows, short_rows, headers, duplicates, bad_utf8, empty_place, zero;
} tally;

static void judge(const char *line, size_t length, tally *t)
{
    ++t->rows;
    if (strncmp(line, "incident_id,", 12) == 0) {
        ++t->headers;
        return;
    }
    assert_true(ends_with_label(line, length));
    t->short_rows += count_fields(line, length) != HOT_TOWN_COLUMNS;
    t->bad_utf8 += memchr(line, 0xE9, length) != NULL;
    const char *type = memchr(line + 46, ',', length - 46);
    t->empty_place += type && (strncmp(type, ",,", 2) == 0);
    t->zero += type && strncmp(type, ",0,0,", 5) == 0;
}

static bool seen_above(const char *text, const char *line, size_t length)
{
    for (const char *c = text; c < line; c = strchr(c, '\n') + 1)
        if (strncmp(c, line, length + 1) == 0) return true;
    return false;
}

static void rows_are_labelled_and_damaged_as_said(void **state)
{
    (void)state;
    tally t = {0};
    for (size_t m = 0; m < HOT_TOWN_MONTHS; ++m)
        for (const char *c = month[m].bytes; *c; c = strchr(c, '\n') + 1) {
            size_t length = (size_t)(strchr(c, '\n') - c);
            judge(c, length, &t);
            const char *start = c - month[m].bytes > 1500 ? c - 1500 : month[m].bytes;
            if (start > month[m].bytes) start = strchr(start, '\n') + 1;
            t.duplicates += strncmp(c, "incident", 8) != 0 && seen_above(start, c, length);
        }
    assert_int_equal(t.headers, HOT_TOWN_MONTHS + HOT_TOWN_BAD_HEADER_REPEATED);
    assert_int_equal(t.short_rows, HOT_TOWN_BAD_FIELD_COUNT);
    assert_int_equal(t.bad_utf8, HOT_TOWN_BAD_UTF8);
    assert_int_equal(t.duplicates, HOT_TOWN_DUPLICATES);
    assert_int_equal(t.empty_place, 3); /* the fourth lacks the northing only */
    assert_int_equal(t.zero, HOT_TOWN_BAD_ZERO_ISLAND);
    assert_int_equal(t.rows - HOT_TOWN_MONTHS,
                     town.n_incidents + HOT_TOWN_REJECTED + HOT_TOWN_DUPLICATES);
}

static void times_keep_off_the_changed_hours(void **state)
{
    (void)state;
    static const int32_t days[] = {90, 300, 454, 664};
    for (size_t i = 0; i < town.n_incidents; ++i) {
        const hot_town_incident *x = &town.incidents[i];
        assert_true(x->from <= x->to && x->from >= 0);
        for (size_t d = 0; d < COUNT(days); ++d) {
            assert_false(x->from / 60 == days[d] * 24 + 1);
            assert_false(x->to / 60 == days[d] * 24 + 1);
        }
    }
}

static void readme_says_what_it_is(void **state)
{
    (void)state;
    hot_town_text text = {0};
    assert_int_equal(hot_town_readme(&town, &text), HOT_OK);
    assert_non_null(strstr(text.bytes, "FICTIONAL"));
    assert_non_null(strstr(text.bytes, "16  rejected"));
    assert_non_null(strstr(text.bytes, "hotbeat run"));
    hot_town_text_free(&text);
    hot_town_text_free(&text);
}

static void months_are_bounded(void **state)
{
    (void)state;
    char name[32];
    hot_town_text text = {0};
    assert_int_equal(hot_town_file_name(23, name), HOT_OK);
    assert_string_equal(name, "2025-12-thornbeck.csv");
    assert_int_equal(hot_town_file_name(24, name), HOT_DOMAIN);
    assert_int_equal(hot_town_incidents_csv(&town, 24, &text), HOT_DOMAIN);
    assert_null(text.bytes);
}

static void layers_are_fictional_and_whole(void **state)
{
    (void)state;
    hot_result result = {0};
    assert_int_equal(hot_town_result(&town, &result), HOT_OK);
    assert_int_equal(result.n, HOT_TOWN_LAYERS);
    for (size_t i = 0; i < result.n; ++i) {
        assert_non_null(strstr(result.layers[i].title, "FICTIONAL"));
        assert_non_null(strstr(result.layers[i].about, "FICTIONAL"));
    }
    const hot_layer *wards = hot_result_layer(&result, "wards");
    assert_string_equal(hot_layer_text(wards, "name", 2), "St Osyth's");
    check_relative(hot_shapes_area(&wards->shapes, 0), (double)town.wards[0].twice_area / 200,
                   1e-9);
    hot_result_free(&result);
}

static hot_status make_everything(void)
{
    hot_town t = {0};
    hot_town_text text = {0};
    hot_result result = {0};
    hot_status status = hot_town_new(3, &t);
    if (status == HOT_OK) status = hot_town_incidents_csv(&t, 1, &text);
    if (status == HOT_OK) status = hot_town_result(&t, &result);
    hot_result_free(&result);
    hot_town_text_free(&text);
    hot_town_free(&t);
    return status;
}

/* Each step a good way on from the one before, so that every stage of the making is met. */
static void no_memory_no_leak(void **state)
{
    (void)state;
    hot_status status = HOT_MEMORY;
    for (long n = 0; status != HOT_OK; n += 1 + n) {
        hot_memory_fail_after(n);
        status = make_everything();
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_seed_same_bytes),
        cmocka_unit_test(another_seed_another_town),
        cmocka_unit_test(areas_tile),
        cmocka_unit_test(outlines_are_valid),
        cmocka_unit_test(every_incident_is_in_one_ward_and_one_beat),
        cmocka_unit_test(streets_cross_water_at_bridges_only),
        cmocka_unit_test(people_add_up),
        cmocka_unit_test(types_are_many),
        cmocka_unit_test(planted_changes_are_there),
        cmocka_unit_test(asb_is_concentrated),
        cmocka_unit_test(victims_come_back),
        cmocka_unit_test(rows_are_labelled_and_damaged_as_said),
        cmocka_unit_test(times_keep_off_the_changed_hours),
        cmocka_unit_test(readme_says_what_it_is),
        cmocka_unit_test(months_are_bounded),
        cmocka_unit_test(layers_are_fictional_and_whole),
        cmocka_unit_test(no_memory_no_leak),
    };
    return cmocka_run_group_tests(tests, build, clear);
}
