/* Near repeats: pairs by bands, Knox's table and its permutations, the chain. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/nearrepeat/deal.h"
#include "engine/nearrepeat/nearrepeat.h"

enum { N = 400, SEVERAL = 97 };

static const double usual_m[] = {100, 200, 300, 400, 500};
static const int32_t usual_days[] = {7, 14, 21, 28};
static const hot_close_bands usual = {5, usual_m, false};
static const hot_knox_rules rules = {usual_days, 4, SEVERAL, 1, 2};

/** W4: (0,0) on 1 January and (0,100) on 4 January: one pair, in 100 to 200 m and 0 to 7 days. */
static void literal_bands(void **unused)
{
    (void)unused;
    double x[] = {0, 0}, y[] = {0, 100};
    uint32_t place[] = {0, 1};
    int32_t day[] = {20089, 20092};
    hot_close_events e = {2, x, y, place, 2, day};
    hot_close_pairs p;
    hot_knox_cell cell[6 * 4];
    assert_int_equal(hot_close_pairs_find(&e, &usual, 100, 2, &p), HOT_OK);
    assert_int_equal(hot_knox(&e, &p, &rules, cell), HOT_OK);
    for (size_t c = 0; c < COUNT(cell); c++) assert_int_equal(cell[c].observed, c == 2 * 4 + 0);
    /* Two days can be dealt in one way only, and back: every deal has the pair. */
    check_near(cell[8].mean, 1, 0);
    check_near(cell[8].median, 1, 0);
    check_near(cell[8].p, 1, 0);
    check_near(cell[8].expected, 1, 0);
    check_near(cell[0].p, 1, 0);
    hot_close_pairs_free(&p);
    static const double a_hundred[] = {100};
    hot_close_bands below = {1, a_hundred, false};
    assert_int_equal(hot_close_pairs_find(&e, &below, 100, 2, &p), HOT_OK);
    assert_int_equal(p.first[2], 0); /* 100 m is not below 100 m */
    hot_close_pairs_free(&p);
}

/** W5: Knox (1964), 96 cases of leukaemia: 152 pairs near in time, 25 near in space, of 4,560. */
static void as_knox(void **unused)
{
    (void)unused;
    double expected = 152.0 * 25 / 4560;
    check_near(expected, 0.8333, 5e-5);
    check_near(hot_knox_poisson(5, expected), 0.00168, 5e-6);
    check_near(hot_knox_poisson(0, expected), 1, 0);
    assert_true(isnan(hot_knox_poisson(5, 0)));
}

/* ---- against the plain definition ---- */

static double x[N], y[N];
static uint32_t place[N];
static int32_t day[N];
static const hot_close_events made = {N, x, y, place, 90, day};

/** Places on a lattice of 50 m, so that many pairs lie on the edges of bands; four incidents and
 *  more a place, and two places at one position. */
static void make(void)
{
    uint32_t seed = 7;
    for (int k = 0; k < N; k++) {
        seed = seed * 1664525u + 1013904223u;
        uint32_t drawn = (seed >> 8) % 89;
        place[k] = drawn;
        x[k] = 400000 + 50.0 * (drawn * 7 % 23);
        y[k] = 250000 + 50.0 * (drawn * 13 % 31);
        day[k] = 20000 + (int32_t)((seed >> 20) % 200);
    }
    place[N - 1] = 89, x[N - 1] = x[0], y[N - 1] = y[0];
}

static int band_of(int a, int b, const hot_close_bands *bands)
{
    double dx = fabs(x[a] - x[b]), dy = fabs(y[a] - y[b]);
    double apart = bands->manhattan ? dx + dy : sqrt(dx * dx + dy * dy);
    if (place[a] == place[b]) return 0;
    for (size_t k = 0; k < bands->n; k++)
        if (apart < bands->edge[k]) return (int)k + 1;
    return -1;
}

static int days_of(int a, int b)
{
    int apart = abs(day[a] - day[b]);
    return apart < 28 ? apart / 7 : -1;
}

static void compare_pairs(const hot_close_bands *bands)
{
    hot_close_pairs p;
    hot_knox_cell cell[6 * 4];
    uint64_t expected[6 * 4] = {0}, close = 0, soon[4] = {0}, in_band[6] = {0};
    assert_int_equal(hot_close_pairs_find(&made, bands, 1000000, 3, &p), HOT_OK);
    for (int a = 0; a < N; a++)
        for (int b = a + 1; b < N; b++) {
            int band = band_of(a, b, bands), days = days_of(a, b);
            close += band >= 0;
            if (band >= 0) in_band[band]++;
            if (days >= 0) soon[days]++;
            if (band >= 0 && days >= 0) expected[band * 4 + days]++;
        }
    assert_int_equal(p.first[6], close);
    assert_int_equal(hot_knox(&made, &p, &rules, cell), HOT_OK);
    for (int c = 0; c < 24; c++) {
        assert_int_equal(cell[c].observed, expected[c]);
        double all = N * (N - 1) / 2.0;
        check_relative(cell[c].expected, (double)in_band[c / 4] * (double)soon[c % 4] / all, 1e-12);
        /* The mean of permutations lies about it: six times what chance gives of 97. */
        check_near(cell[c].mean, cell[c].expected, 6 * sqrt(cell[c].expected / SEVERAL) + 0.5);
    }
    hot_close_pairs_free(&p);
}

static void as_defined(void **unused)
{
    (void)unused;
    make();
    compare_pairs(&usual);
    compare_pairs(&(hot_close_bands){5, usual_m, true});
}

/** All pairs are somewhere: with bands that hold everything the table sums to n (n - 1) / 2. */
static void every_pair_once(void **unused)
{
    (void)unused;
    static const double far[] = {120, 1e5};
    static const int32_t late[] = {10, 1000};
    hot_close_bands bands = {2, far, false};
    hot_knox_rules all = {late, 2, 33, 1, 2};
    hot_close_pairs p;
    hot_knox_cell cell[6];
    uint64_t observed = 0;
    double mean = 0;
    make();
    assert_int_equal(hot_close_pairs_find(&made, &bands, 1000000, 1, &p), HOT_OK);
    assert_int_equal(hot_knox(&made, &p, &all, cell), HOT_OK);
    for (int c = 0; c < 6; c++) observed += cell[c].observed, mean += cell[c].mean;
    assert_int_equal(observed, N * (N - 1) / 2);
    check_near(mean, N * (N - 1) / 2, 1e-6);
    hot_close_pairs_free(&p);
}

/** A deal is a permutation: the kernel's counts are those of the plain sum over dealt days. Seven
 *  edges are two passes, 33 deals two rounds. */
static void deals(void **unused)
{
    (void)unused;
    enum { EDGES = 7, DEALS = 33 };
    static const int16_t edge[EDGES] = {1, 2, 4, 8, 16, 100, INT16_MAX};
    static const double far[] = {1e5};
    hot_close_bands everywhere = {1, far, false};
    hot_close_pairs p;
    int16_t in_order[N];
    static uint32_t count[2 * EDGES * DEALS], again[2 * EDGES * DEALS];
    make();
    for (int k = 0; k < N; k++) in_order[k] = (int16_t)(k * 80);
    assert_int_equal(hot_close_pairs_find(&made, &everywhere, 1000000, 1, &p), HOT_OK);
    assert_int_equal(hot_deal(&p, in_order, edge, EDGES, DEALS, 5, 1, count), HOT_OK);
    assert_int_equal(hot_deal(&p, in_order, edge, EDGES, DEALS, 5, 3, again), HOT_OK);
    assert_memory_equal(count, again, sizeof count);
    for (int d = 0; d < DEALS; d++) {
        /* Whatever the order, N - 1 pairs are 80 days apart, all others more. */
        uint64_t next = 0, all = 0;
        for (int b = 0; b < 2; b++)
            for (int k = 0; k < EDGES; k++) {
                all += count[(b * EDGES + k) * DEALS + d];
                if (k == 5) next += count[(b * EDGES + k) * DEALS + d];
                if (k < 5) assert_int_equal(count[(b * EDGES + k) * DEALS + d], 0);
            }
        assert_int_equal(next, N - 1);
        assert_int_equal(all, N * (N - 1) / 2);
    }
    /* The same seed, the same deals, however many follow; another seed deals otherwise. */
    assert_int_equal(hot_deal(&p, in_order, edge, EDGES, 3, 5, 1, again), HOT_OK);
    for (size_t c = 0; c < 2 * EDGES; c++)
        assert_memory_equal(&again[c * 3], &count[c * DEALS], 3 * sizeof *count);
    assert_int_equal(hot_deal(&p, in_order, edge, EDGES, DEALS, 6, 1, again), HOT_OK);
    assert_memory_not_equal(count, again, sizeof count);
    hot_close_pairs_free(&p);
}

/** Three days dealt to three incidents of which two are close: 1, 2 and 3 days apart equally often.
 * Of many incidents, half of them on one day, the two are on one day half of the time: numbers are
 *  drawn by fives, fours and threes there. */
static void every_deal_is_as_likely(void **unused)
{
    (void)unused;
    enum { MANY = 20000, DEALS = 6000 };
    static const size_t sizes[] = {3, 1000, 5000, MANY};
    static const int16_t edge[] = {1, 2, 3, 4};
    static double tx[MANY], ty[MANY];
    static uint32_t of[MANY], count[6 * 4 * DEALS];
    static int32_t on[MANY];
    static int16_t dealt[MANY];
    for (int k = 0; k < MANY; k++) tx[k] = 1000.0 * k, of[k] = (uint32_t)k;
    tx[1] = 50;
    for (size_t s = 0; s < COUNT(sizes); s++) {
        hot_close_events e = {sizes[s], tx, ty, of, MANY, on};
        uint32_t deals = s ? 640 : DEALS, times[4] = {0};
        hot_close_pairs p;
        for (size_t k = 0; k < sizes[s]; k++) dealt[k] = (int16_t)(s ? k % 2 : k * (k + 1) / 2);
        assert_int_equal(hot_close_pairs_find(&e, &usual, 10, 1, &p), HOT_OK);
        assert_int_equal(p.first[6], 1);
        assert_int_equal(hot_deal(&p, dealt, edge, 4, deals, 11, 2, count), HOT_OK);
        for (size_t k = 0; k < 4; k++)
            for (uint32_t d = 0; d < deals; d++) times[k] += count[(4 + k) * deals + d];
        if (s == 0)
            for (int k = 1; k < 4; k++) assert_in_range(times[k], 1854, 2146); /* four deviations */
        else
            assert_in_range(times[0], 270, 370); /* four deviations about 320 */
        hot_close_pairs_free(&p);
    }
}

/** More pairs than a lane's count holds: forty thousand of one place, all on one day. */
static void full_lanes(void **unused)
{
    (void)unused;
    enum { M = 300, PAIRS = M * (M - 1) / 2 };
    static double at[M];
    static uint32_t one[M];
    static int32_t today[M];
    hot_close_events e = {M, at, at, one, 1, today};
    hot_close_pairs p;
    hot_knox_cell cell[24];
    assert_int_equal(hot_close_pairs_find(&e, &usual, PAIRS - 1, 1, &p), HOT_OK);
    assert_true(p.too_many);
    assert_int_equal(p.first[6], 0);
    hot_close_pairs_free(&p);
    assert_int_equal(hot_close_pairs_find(&e, &usual, PAIRS, 1, &p), HOT_OK);
    assert_false(p.too_many);
    assert_int_equal(hot_knox(&e, &p, &rules, cell), HOT_OK);
    assert_int_equal(cell[0].observed, PAIRS);
    check_near(cell[0].mean, PAIRS, 0);
    check_near(cell[0].p, 1, 0); /* nothing varies: nothing is unusual */
    hot_close_pairs_free(&p);
}

/** The made incidents by place; those of one place from the last or from the first. */
static void by_place(int backwards, double *tx, double *ty, uint32_t *of, int32_t *on)
{
    int n = 0;
    for (uint32_t wanted = 0; wanted < made.places; wanted++)
        for (int k = 0; k < N; k++) {
            int from = backwards ? N - 1 - k : k;
            if (place[from] != wanted) continue;
            tx[n] = x[from] + 1000 * backwards, ty[n] = y[from] - 3000 * backwards;
            of[n] = wanted, on[n] = day[from] + 12345 * backwards;
            n++;
        }
}

/** The table depends on where the places are and which days there are, not on the order of the rows
 *  of a place, where the ground begins, the first day, or the threads. */
static void whatever_the_order(void **unused)
{
    (void)unused;
    static double tx[2][N], ty[2][N];
    static uint32_t of[2][N];
    static int32_t on[2][N];
    hot_knox_cell cell[2][24];
    make();
    for (int turn = 0; turn < 2; turn++) {
        hot_close_events e = {N, tx[turn], ty[turn], of[turn], made.places, on[turn]};
        hot_knox_rules r = rules;
        hot_close_pairs p;
        r.threads = 1 + 2 * turn;
        by_place(turn, tx[turn], ty[turn], of[turn], on[turn]);
        assert_int_equal(hot_close_pairs_find(&e, &usual, 1000000, r.threads, &p), HOT_OK);
        assert_int_equal(hot_knox(&e, &p, &r, cell[turn]), HOT_OK);
        hot_close_pairs_free(&p);
    }
    assert_memory_equal(cell[0], cell[1], sizeof cell[0]);
}

/** None, one, and what is refused. */
static void little_and_wrong(void **unused)
{
    (void)unused;
    static const double falling[] = {100, 100};
    double at[] = {0, 1}, lost[] = {0, INFINITY};
    uint32_t of[] = {0, 1};
    int32_t on[] = {0, HOT_KNOX_DAYS + 1};
    hot_close_pairs p;
    hot_knox_cell cell[24];
    hot_close_events e = {0, at, at, of, 2, on};
    for (e.n = 0; e.n < 2; e.n++) {
        assert_int_equal(hot_close_pairs_find(&e, &usual, 10, 2, &p), HOT_OK);
        assert_int_equal(hot_knox(&e, &p, &rules, cell), HOT_OK);
        assert_int_equal(cell[0].observed, 0);
        assert_true(isnan(cell[0].expected));
        check_near(cell[0].p, 1, 0);
        hot_close_pairs_free(&p);
    }
    assert_int_equal(hot_close_pairs_find(&e, &usual, 10, 2, &p), HOT_OK);
    assert_int_equal(hot_knox(&e, &p, &rules, cell), HOT_DOMAIN); /* 90 years */
    on[1] = 1;
    hot_knox_rules none = rules;
    none.deals = 0;
    assert_int_equal(hot_knox(&e, &p, &none, cell), HOT_OK);
    assert_true(isnan(cell[0].p) && isnan(cell[0].mean) && isnan(cell[0].median));
    none.days = (const int32_t[]){7, 7, 8, 9};
    assert_int_equal(hot_knox(&e, &p, &none, cell), HOT_DOMAIN);
    hot_close_pairs_free(&p);
    assert_int_equal(hot_close_pairs_find(&e, &(hot_close_bands){2, falling, false}, 10, 2, &p),
                     HOT_DOMAIN);
    e.x = lost;
    assert_int_equal(hot_close_pairs_find(&e, &usual, 10, 2, &p), HOT_DOMAIN);
    e.x = at;
    for (long k = 0; k < 15; k++) {
        hot_memory_fail_after(k);
        assert_int_equal(hot_close_pairs_find(&e, &usual, 10, 1, &p), HOT_MEMORY);
    }
    hot_memory_fail_after(-1);
    assert_int_equal(hot_close_pairs_find(&e, &usual, 10, 1, &p), HOT_OK);
    for (long k = 0; k < 5; k++) {
        hot_memory_fail_after(k);
        assert_int_equal(hot_knox(&e, &p, &rules, cell), HOT_MEMORY);
    }
    hot_memory_fail_after(-1);
    hot_close_pairs_free(&p);
}

/** Classes: a place that comes back, one near it, one too far, one too late. */
static void chain(void **unused)
{
    (void)unused;
    double at[] = {0, 0, 99, 250, 340, 340.5}, on_line[6] = {0};
    uint32_t of[] = {0, 0, 1, 2, 3, 4}, turn[] = {1, 0, 2, 3, 4, 5};
    int32_t on[] = {3, 1, 9, 9, 40, 40};
    static const uint8_t expected[] = {HOT_REPEAT,   HOT_ORIGINATOR, HOT_NEAR_REPEAT,
                                       HOT_ISOLATED, HOT_ORIGINATOR, HOT_NEAR_REPEAT};
    uint8_t class_[6];
    hot_close_events e = {6, at, on_line, of, 5, on};
    hot_close_pairs p;
    assert_int_equal(hot_close_pairs_find(&e, &usual, 100, 1, &p), HOT_OK);
    hot_chain_classify(&e, &p, 7, turn, class_);
    assert_memory_equal(class_, expected, sizeof class_);
    assert_string_equal(hot_chain_name(HOT_NEAR_REPEAT), "near repeat");
    hot_close_pairs_free(&p);
}

/** Days by chance give p evenly: of 200 towns, about 5 % at 0.05, for a band with many pairs. */
static void false_alarms(void **unused)
{
    (void)unused;
    enum { TOWNS = 200, M = 120 };
    static double tx[M], ty[M];
    static uint32_t of[M];
    static int32_t on[M];
    uint32_t seed = 3;
    int alarms = 0, below_half = 0;
    for (int t = 0; t < TOWNS; t++) {
        hot_close_events e = {M, tx, ty, of, M, on};
        hot_close_pairs p;
        hot_knox_cell cell[24];
        hot_knox_rules r = rules;
        for (int k = 0; k < M; k++) {
            uint32_t drawn[3];
            for (int d = 0; d < 3; d++) drawn[d] = (seed = seed * 1664525u + 1013904223u) >> 12;
            tx[k] = drawn[0] % 1500, ty[k] = drawn[1] % 1500;
            of[k] = (uint32_t)k, on[k] = (int32_t)(drawn[2] % 100);
        }
        r.seed = (uint64_t)t;
        assert_int_equal(hot_close_pairs_find(&e, &usual, 100000, 1, &p), HOT_OK);
        assert_int_equal(hot_knox(&e, &p, &r, cell), HOT_OK);
        alarms += cell[3 * 4].p <= 0.05;
        below_half += cell[3 * 4].p <= 0.5;
        hot_close_pairs_free(&p);
    }
    assert_in_range(alarms, 2, 20);       /* 99.9 % of a binomial of 200 at 0.04 to 0.05 */
    assert_in_range(below_half, 70, 124); /* ties make it a little rarer than one half */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literal_bands),
        cmocka_unit_test(as_knox),
        cmocka_unit_test(as_defined),
        cmocka_unit_test(every_pair_once),
        cmocka_unit_test(deals),
        cmocka_unit_test(every_deal_is_as_likely),
        cmocka_unit_test(full_lanes),
        cmocka_unit_test(whatever_the_order),
        cmocka_unit_test(little_and_wrong),
        cmocka_unit_test(chain),
        cmocka_unit_test(false_alarms),
    };
    return cmocka_run_group_tests_name("nearrepeat", tests, NULL, NULL);
}
