/** @file evaluate_parts.h
 *  The parts of `evaluate predict`: which months are tested, what is chosen on the months before
 *  each, and how much of what came later that holds.
 */
#ifndef HOT_LAYERS_CATALOGUE_EVALUATE_PARTS_H
#define HOT_LAYERS_CATALOGUE_EVALUATE_PARTS_H

#include "engine/hotspots/hotspots.h"
#include "layers/history.h"

/* ---- the months (evaluate_months.c) ---- */

/** The incidents of one place in one month. */
typedef struct {
    uint32_t point;    /**< of the study's */
    uint32_t count;    /**< incidents */
    uint32_t timed;    /**< of those: with a known time of day */
    uint32_t in_hours; /**< of those: within the hours of patrol */
} hot_place_month;

/** Everything that choosing and scoring draw on. `= {0}` is empty. */
typedef struct {
    const hot_study *study;
    double whole;           /**< m2 of the study area */
    int32_t first;          /**< year * 12 + month - 1 of month 0 */
    size_t months;          /**< from the first to the last that is covered */
    const uint8_t *covered; /**< [months] */
    size_t *start;          /**< [months + 1] spots of month m are start[m] .. start[m + 1] - 1 */
    hot_place_month *spot;  /**< by month, then point */
    size_t n_tests;
    size_t *test;      /**< [n_tests] the months that are tested, rising */
    bool hours;        /**< whether hours of patrol were given */
    int from, to;      /**< minutes of the day, to = 1440 for midnight; may go past midnight */
    uint64_t n_coarse; /**< incidents left out because their position is not known well enough */
} hot_rolling;

/** @return HOT_OK; HOT_INPUT, with a sentence, where no month can be tested; HOT_USAGE for hours
 *  that cannot be read or no study area; HOT_MEMORY. *rolling is to be freed in any case */
HOT_MUST_USE hot_status hot_rolling_new(const hot_study *study, const hot_history *history,
                                        hot_rolling *rolling, hot_error *error);
void hot_rolling_free(hot_rolling *rolling);

/** Whether all months from `month` on, so many, are covered. */
bool hot_rolling_covers(const hot_rolling *rolling, size_t month, size_t months);

/** Hours of patrol that one place takes in a month, if somebody is there in all of them. */
double hot_rolling_hours(const hot_rolling *rolling, size_t month);

/* ---- choosing (evaluate_choose.c) ---- */

/** The incidents of some months, by place. `= {0}` is empty. */
typedef struct {
    size_t n;
    double *x, *y;      /**< [n] m */
    double *weight;     /**< [n] */
    uint32_t *count;    /**< [n] */
    uint32_t *point;    /**< [n] of the study's, rising */
    uint32_t *timed;    /**< [n] */
    uint32_t *in_hours; /**< [n] */
} hot_evidence;

/** Incidents of the months from <= m < to; one that is k months older than the last weighs
 *  0.5^(k / half_life).
 *  @param half_life  months; INFINITY = all weigh the same
 *  @return HOT_OK, or HOT_MEMORY. Free it in any case */
HOT_MUST_USE hot_status hot_evidence_new(const hot_rolling *rolling, size_t from, size_t to,
                                         double half_life, hot_evidence *evidence);
void hot_evidence_free(hot_evidence *evidence);

typedef enum { HOT_BY_DISC, HOT_BY_HEXAGON, HOT_BY_CELL } hot_unit_shape;

/** What is chosen, and how. */
typedef struct {
    const char *name; /**< as in the coding of the column `method` */
    hot_unit_shape shape;
    double size;    /**< m: radius of discs, 0 = the hotspots' own; side of hexagons */
    size_t window;  /**< months looked at; 0 = all earlier */
    bool recent;    /**< whether old incidents weigh less */
    bool even;      /**< any unit is as good as another: by lot */
    bool hindsight; /**< chosen on the very months it is scored on: a ceiling, no forecast */
    bool smooth;    /**< cells by density, not by their own incidents */
    size_t ceiling; /**< number of the method that is its units' ceiling */
} hot_method;

extern const hot_method hot_methods[];
extern const size_t hot_methods_size;
enum { HOT_METHOD_OURS = 0, HOT_METHOD_EQUAL = 1, HOT_METHOD_BASE = 2 };

/** Units in the order in which they would be patrolled. `= {0}` is empty. */
typedef struct {
    size_t n;
    double *score;      /**< [n] falling; NULL = the order decides */
    double *area;       /**< [n] m2 that each adds */
    hot_hotspots units; /**< discs, hexagons */
    hot_hotspot_rules rules;
    int32_t *unit_of_cell; /**< [frame] of cells; NULL for others */
    uint32_t *cell;        /**< [n] */
} hot_choice;

/** The first of the months that a method looks at before choosing for `month`. */
size_t hot_method_from(const hot_method *method, size_t month);

/** Months after which an incident weighs half; INFINITY = all weigh the same. */
double hot_method_half_life(const hot_study *study, const hot_method *method);

/** What is spent: area or places. Discs are chosen otherwise for the one than for the other. */
typedef enum { HOT_SPEND_AREA, HOT_SPEND_NUMBER, HOT_SPENDS } hot_spend;

/** Whether a method has places to count: a surface has none. */
bool hot_method_spends(const hot_method *method, hot_spend spend);

/** Choose on the evidence, and on nothing else.
 *  @param budget  m2 or places: units are chosen at least until this is spent
 *  @return HOT_OK, or a failure. Free it in any case */
HOT_MUST_USE hot_status hot_choice_new(const hot_rolling *rolling, const hot_method *method,
                                       const hot_evidence *evidence, hot_spend spend, double budget,
                                       hot_choice *choice);
void hot_choice_free(hot_choice *choice);

/** The unit that holds each place; -1 = none. @param unit  [evidence->n] out */
HOT_MUST_USE hot_status hot_choice_hold(const hot_rolling *rolling, const hot_choice *choice,
                                        const hot_evidence *evidence, int32_t *unit);

/** Middle of a unit, m. */
void hot_choice_centre(const hot_rolling *rolling, const hot_choice *choice, size_t unit, double *x,
                       double *y);

/* ---- scoring (evaluate_score.c) ---- */

enum { HOT_HORIZONS = 2, HOT_BUDGETS = 7, HOT_AREA_BUDGETS = 4, HOT_LISTED = 50 };
extern const size_t hot_horizons[HOT_HORIZONS]; /**< months scored on */
extern const double
    hot_budgets[HOT_BUDGETS]; /**< shares of the study area, then numbers of units */

/** What one choice held, or several together. */
typedef struct {
    double hits, area, units; /**< incidents; m2; units held, parts of one counted as such */
    double in_hours;          /**< incidents held within the hours of patrol */
} hot_held;

/** What happened in the months scored on. */
typedef struct {
    size_t tests;
    double incidents, timed, area, hours; /**< of `tests` study areas; hours of one place */
} hot_happened;

/** A unit that was chosen. */
typedef struct {
    double x, y, score;
} hot_listed;

typedef struct {
    hot_held *held;         /**< [tests * methods * budgets * horizons] of each test */
    hot_happened *happened; /**< [tests * horizons]; tests = 0 where a month is not covered */
    hot_listed *listed;     /**< [tests * methods * spends * HOT_LISTED] */
    size_t *n_listed;       /**< [tests * methods * spends] */
    double *sum;            /**< [series * HOT_DRAWS] drawn again; hot_score_series */
} hot_scores;

enum { HOT_DRAWS = 999 };

/** Index of held[]. */
size_t hot_score_at(size_t test, size_t method, size_t budget, size_t horizon);
/** Index of a series of `sum`: what a method held. Incidents in all are that of method
 *  hot_methods_size, budget 0. */
size_t hot_score_series(size_t method, size_t budget, size_t horizon);

/** Choose and score every test by every method.
 *  @return HOT_OK, or a failure. Free it in any case */
HOT_MUST_USE hot_status hot_scores_new(const hot_rolling *rolling, hot_scores *scores,
                                       hot_error *error);
void hot_scores_free(hot_scores *scores);

#endif
