/** @file repeats_parts.h
 *  What the files of the analysis repeats share.
 */
#ifndef HOT_LAYERS_REPEATS_PARTS_H
#define HOT_LAYERS_REPEATS_PARTS_H

#include "engine/repeats/dates.h"
#include "engine/repeats/repeats.h"
#include "layers/layer.h"
#include "layers/study.h"

/** What a place is called and how finely its dates are known. */
typedef struct {
    uint32_t word; /**< 0 = none */
    uint8_t precision;
} hot_repeats_named;

/** A case, a victim or a place with as many reports as call for a case review. */
typedef struct {
    bool by_case;
    uint32_t key; /**< word of the case; row of the place */
    uint32_t reports;
    hot_dates_window window;
    int32_t first, last; /**< days since 1970-01-01 */
    uint8_t precision;
} hot_repeats_called;

/** The repeat places of a study: the rows of the layer. */
typedef struct {
    const hot_study *study;
    uint64_t incidents; /**< inside, less those at premises left out */
    uint32_t *count;    /**< [places] 0 where left out */
    size_t n;
    uint32_t *order, *rank;   /**< [n] the place of each row */
    int32_t *row;             /**< [n_inside] of the incident's place; negative = none */
    int64_t *from;            /**< [n_inside] s, local */
    hot_repeats_span *span;   /**< [n] */
    hot_repeats_named *named; /**< [n] */
    uint8_t *review;          /**< [n] 1 = calls for a case review; NULL = not judged */
    int reports, months;      /**< what calls for one */
    uint8_t *late; /**< [n_inside] 1 = reported too late for a review; NULL = not judged */
    bool reported; /**< whether any file says when incidents were reported */
    uint64_t n_late;
    hot_repeats_called *reviews; /**< [n_reviews] */
    size_t n_reviews, room_reviews;
    char left_out_said[400]; /**< a sentence after a blank, or "" */
} hot_repeats_found;

extern const hot_declaration hot_repeats_counts_layer, hot_reviews_layer, hot_intervals_layer,
    hot_left_out_layer;

/** A date no finer than the day, as text of the arena; NULL without memory. */
const char *hot_repeats_when(int64_t second, uint8_t precision, hot_arena *arena);

/** Read --repeats-exclude, and mark the study's places that it names.
 *  @return HOT_OK; a failure with a sentence */
HOT_MUST_USE hot_status hot_repeats_leave_out(hot_study *study, hot_repeats_found *found,
                                              hot_error *error);
/** The table of what was left out, where a list was given. */
HOT_MUST_USE hot_status hot_repeats_make_left_out(const hot_repeats_found *found,
                                                  hot_result *result);

/** Find what calls for a case review by --repeats-review; nothing on anonymised map points.
 *  @return HOT_OK; HOT_USAGE with a sentence for what is no threshold; HOT_MEMORY */
HOT_MUST_USE hot_status hot_repeats_review(hot_repeats_found *found, hot_error *error);
HOT_MUST_USE hot_status hot_repeats_make_reviews(const hot_repeats_found *found,
                                                 hot_result *result);
/** The table of places by how many incidents they have. */
HOT_MUST_USE hot_status hot_repeats_make_counts(const hot_repeats_found *found, hot_result *result);
/** The table of days between repeats. */
HOT_MUST_USE hot_status hot_repeats_make_intervals(const hot_repeats_found *found,
                                                   hot_result *result);

#endif
