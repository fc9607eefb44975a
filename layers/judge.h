/** @file judge.h
 *  What the input means for the analysis: not whether it can be read, but what can be said with it.
 */
#ifndef HOT_LAYERS_JUDGE_H
#define HOT_LAYERS_JUDGE_H

#include "engine/base/bytes.h"
#include "layers/study.h"

enum { HOT_TOP = 10 };

/** Likely mistakes: the loader's hints, and those that only the whole shows. */
enum {
    HOT_MISTAKE_FAR_OUTSIDE = HOT_HINTS, /**< most incidents lie far outside the study area */
    HOT_MISTAKE_BEYOND, /**< most rows lie far from where the analysis's system is used */
    HOT_MISTAKE_IRISH,  /**< most lie in Northern Ireland, and the system is Great Britain's */
    HOT_MISTAKES
};

/** Why so many incidents may stand on one point. */
typedef enum {
    HOT_PILE_NONE,    /**< nothing says so */
    HOT_PILE_STATION, /**< its label is that of a police station: recorded there, not happened there
                       */
    HOT_PILE_NO_ABODE, /**< "no fixed abode", "unknown" */
    HOT_PILE_ROUNDED,  /**< its coordinates are rounded far more than the others are */
    HOT_PILE_LARGE,    /**< at least 20 and 2 % of all, though positions are not map points */
} hot_pile;

/** One of the points that most incidents stand on. */
typedef struct {
    double x, y; /**< m, in the analysis's system */
    uint64_t rows;
    const char *label; /**< of the first incident there; "" = none. Text from data */
    hot_pile pile;
} hot_top;

/** How finely a position is known: up to 1 m, 10 m, 100 m, 1 km, or worse. */
enum { HOT_KNOWN = 5 };

typedef struct {
    int32_t month; /**< year * 12 + month - 1 */
    uint64_t rows;
    size_t files; /**< that have rows of it */
} hot_month_rows;

typedef struct {
    const hot_input *input;
    const char *name;
    int32_t first, months; /**< from its first month with rows to its last; months = 0: no row */
    int32_t gaps;          /**< months between them without a row */
} hot_file_months;

typedef struct {
    const char *name; /**< "" = none is given. Text from data */
    uint64_t located, unlocated;
} hot_type_rows;

/** A likely mistake and what would mend it. */
typedef struct {
    int kind; /**< a hot_hint, or one of HOT_MISTAKE_... */
    uint64_t rows;
    char about[256]; /**< a clause after "N rows" */
    char mend[256];  /**< what to say or do; may hold names of columns, which are text from data */
} hot_mistake;

/** `= {0}` is empty; free with hot_judgement_free. Texts of data live as long as the study. */
typedef struct {
    uint64_t rows; /**< accepted, of the types and dates asked for: what the piles, the positions
                      and the distances are of */
    double month_share, near_share, key_share, rows_per_point; /**< of the accepted rows: dates of
                        no more than a month, labels "On or near ...", keys of places */
    hot_box all, most; /**< m: where all those rows lie, and where 98 % do at the least (the
                            hundredth part of them is cut off on each axis, half on each side) */
    size_t n_top;
    hot_top top[HOT_TOP];               /**< most rows first */
    uint64_t piled[HOT_PILE_LARGE + 1]; /**< rows by their own label: stations and no abode alone */
    uint64_t known[HOT_KNOWN];
    size_t n_months;
    hot_month_rows *months; /**< [n_months] from the first to the last of the coverage */
    size_t n_files;
    hot_file_months *files; /**< [n_files] by name */
    size_t n_types;
    hot_type_rows *types; /**< [n_types] of all accepted rows, most first */
    uint64_t outside[4];  /**< rows outside the study area: up to 100 m, 1 km, 10 km, more */
    size_t n_mistakes;
    hot_mistake mistakes[HOT_MISTAKES];
} hot_judgement;

/** Judge a loaded study.
 *  @return HOT_OK, or HOT_MEMORY (judgement empty)
 *  Cost O(rows + points + vertices), and for each point outside the study area O(vertices / 64) */
HOT_MUST_USE hot_status hot_judge(const hot_study *study, hot_judgement *judgement);
void hot_judgement_free(hot_judgement *judgement);

/** The judgement as a JSON object: `snapped`, `extent`, `top`, `piled`, `positions_known_to`,
 *  `months`, `files`, `types`, `outside`, `mistakes`. */
HOT_MUST_USE hot_status hot_judgement_format(const hot_judgement *judgement, const hot_study *study,
                                             hot_bytes *bytes);

/** "police_station" ...: as in the JSON; "" for HOT_PILE_NONE. */
const char *hot_pile_name(hot_pile pile);
/** "swapped_axes" ...: as in the JSON. */
const char *hot_mistake_name(int kind);

/** Decimals that a number is written with: 6 for -1.789012, 0 for 401234, -2 for 401200; -6 to 7.
 */
int hot_decimals(double value);

/** Distance of a point outside all polygons from the nearest of their edges, m; `most` where it is
 *  farther than that. For tests; hot_judge does not look at every edge. */
double hot_distance_outside(const hot_shapes *shapes, double x, double y, double most);

#endif
