/** @file study.h
 *  What a run is about: incidents and areas, loaded once, placed, selected. Every analysis is given
 *  the same study.
 */
#ifndef HOT_LAYERS_STUDY_H
#define HOT_LAYERS_STUDY_H

#include "engine/base/progress.h"
#include "engine/incidents/kinds.h"
#include "engine/space/frame.h"
#include "engine/space/within.h"
#include "layers/layer.h"
#include "layers/read/areas.h"
#include "layers/read/load.h"
#include "layers/settings.h"
#include "layers/tally.h"

/** An area set, and which of its areas holds each point. */
typedef struct {
    hot_areas areas;
    hot_within *within;
    int32_t *area_of;    /**< [points] area, -1 = none */
    size_t overlapping;  /**< distinct points held by more than one area */
    uint64_t unplaced;   /**< incidents inside the study area that no area of this set holds */
    int64_t *valid_from; /**< [areas] s, local, INT64_MIN = not said; NULL but for hotspots */
    bool adopted;        /**< hotspots that --hotspots gave: they do not fill the study area, and an
                              incident in none of them is nothing to remark on */
    size_t unmatched_population; /**< codes of the population file that are no area */
} hot_area_set;

/** What was counted while the codes, weights and positions of the input were looked at. */
typedef struct {
    uint64_t mapped_out[HOT_KINDS]; /**< rows of the types and dates asked for, left out by kind */
    hot_tally unmapped;             /**< rows of those without a kind, by type */
    hot_tally unweighted;           /**< incidents inside without a weight, by type */
    uint64_t coarse_squares;        /**< incidents inside that are known to a large square only */
    uint64_t coarse_centroids;      /**< others, piled up on the centroid of an area */
} hot_split_counts;

/** How the bandwidth came about: see bandwidth.h. */
typedef enum {
    HOT_BANDWIDTH_USUAL,
    HOT_BANDWIDTH_GIVEN,
    HOT_BANDWIDTH_AHEAD,  /**< auto: by the next month's incidents */
    HOT_BANDWIDTH_LIKELY, /**< auto: by likelihood on distinct places */
    HOT_BANDWIDTH_TOO_FEW /**< auto, and too little to choose by: the usual one */
} hot_bandwidth_way;

enum { HOT_BANDWIDTHS = 9 };
typedef struct {
    hot_bandwidth_way way;
    char why[400];                 /**< in a sentence or two */
    const char *brief;             /**< in a few words, for the map; NULL = usual or given */
    double metres[HOT_BANDWIDTHS]; /**< those tried by auto */
    double score[HOT_BANDWIDTHS];  /**< incidents found, or log likelihood */
    int32_t first, last;           /**< months tested on, year * 12 + month - 1 */
    int64_t incidents;             /**< of those */
} hot_bandwidth_choice;

typedef struct {
    const hot_settings *settings;
    const hot_progress *progress;
    int epsg, threads;
    hot_crs crs;
    hot_loaded loaded;
    size_t n_sets;
    hot_area_set *sets; /**< [n_sets] as --areas gave them; the adopted hotspots come last */
    size_t bounding;    /**< the set whose areas are the study area; SIZE_MAX = none */

    size_t n_sources;    /**< agencies whose files were read; 0 = none was named */
    const char **source; /**< [n_sources] by the alphabet */
    uint16_t *source_of; /**< [inputs] number of each file's source */
    uint8_t *kind;       /**< [rows] hot_kind; NULL = no --map-types */
    bool weighted;       /**< whether the incidents' weights were asked for */
    size_t n_remarks, room_remarks;
    const char **remark; /**< [n_remarks] what a person should know of the input, in sentences */
    hot_split_counts counts;

    int64_t from, to;      /**< s, local: what was asked for; INT64_MIN, INT64_MAX = open */
    hot_coverage coverage; /**< of the input, clipped to from and to */

    uint64_t n_selected, n_inside, n_outside;
    uint32_t *inside;       /**< [n_inside] rows of the table: selected and in the study area */
    double *count_at_point; /**< [points] how many of them lie there */
    uint8_t *coarse;        /**< [rows] 1 = its position is too coarse for density and repeat
                                 places; NULL = none of those inside is */
    double *fine_at_point;  /**< [points] as count_at_point, without those; NULL = the same */

    hot_frame frame;
    uint8_t *mask;    /**< [frame] 1 = the cell's centre is in the study area; NULL = everywhere */
    double bandwidth; /**< m */
    hot_bandwidth_choice chosen; /**< why that one */
    double *density; /**< [frame] incidents per km2; NaN outside; set by the analysis kde */

    size_t n_places;          /**< set by hot_study_places */
    uint32_t *point_of_place; /**< [n_places] its westmost */
    uint32_t *key_of_place;   /**< [n_places] word of its key; 0 = known by its coordinates */
    uint32_t *count_at_place; /**< [n_places] incidents inside that are known finely enough */
    uint32_t *place;          /**< [n_inside] */
    int32_t *in_hotspot; /**< [points] row of the layer `hotspots` that was found, -1 = none; set by
                              the analysis hotspots; NULL = none was looked for */
    uint8_t *left_out;   /**< [n_places] 1 = left out of repeat places; NULL = none is */

    const char
        *only; /**< the one analysis that was asked for, NULL = all; set as the result is made */
    bool other_season; /**< set by the analysis change: different months of the year */
    char *comparison;  /**< set by the analysis change: what is compared, in a sentence; or NULL */
    char *recording_shift; /**< its sentence, where the recording changed and not the incidents */
} hot_study;

/** Load, place and select everything the settings name.
 *  @param paths  the incident files, beside those of the settings' sources
 *  @return HOT_OK, or a failure with a sentence; *study is then empty */
HOT_MUST_USE hot_status hot_study_load(const char *const *paths, size_t n,
                                       const hot_settings *settings, const hot_progress *progress,
                                       hot_study *study, hot_error *error);
void hot_study_free(hot_study *study);

/** How many of the sets --areas gave: those that are there to divide the study area. */
size_t hot_study_tilings(const hot_study *study);
/** m2 of the study area, what its areas share counted once; NaN where there is none. */
double hot_study_area(const hot_study *study);
/** The set of adopted hotspots, or NULL. */
const hot_area_set *hot_study_adopted(const hot_study *study);

/** Lay the frame over the study area, or over the incidents where there is none.
 *  @param surface  whether a surface is to be made; without one a few large cells do, and no frame
 *                  is too large
 *  @return HOT_OK; HOT_INPUT, with a sentence, when there is nothing to analyse: no row accepted,
 * no row of a type that was asked for, no data for the dates; HOT_USAGE when the frame would be too
 *  large */
HOT_MUST_USE hot_status hot_study_frame(hot_study *study, bool surface, hot_error *error);

/** Read one end of a period: a year, a month or a day.
 *  @param option  whose value it is, for the sentence
 *  @param text    NULL leaves *second as it is
 *  @param end     whether to give the second after it, not its first
 *  @return HOT_OK; HOT_USAGE with a sentence */
HOT_MUST_USE hot_status hot_bound_parse(const char *option, const char *text, bool end,
                                        int64_t *second, hot_error *error);

/** The types and dates that a run is about; its texts are the settings'. */
hot_selection hot_study_selection(const hot_study *study);

/** "January" to "December". */
extern const char *const hot_month_name[12];

/** A period in words: "January to December 2025", "3 March 2025 to 9 March 2025". `text` holds 96
 * bytes.
 *  @param from,to  s, local: from <= t < to, whole days */
void hot_period_format(int64_t from, int64_t to, char *text);
/** The period in words, and how many of its months have no data. `text` holds 96 bytes. */
void hot_study_period(const hot_study *study, char *text);
/** What was selected, in words: "Anti-social behaviour", "All incidents", "Personal anti-social
 *  behaviour".
 *  @param text  [room] out; `room` = 0 only measures
 *  @return its whole length without the zero, as snprintf does; what does not fit is cut */
size_t hot_study_types(const hot_study *study, char *text, size_t room);
/** First and last second of the period: what was asked for, else what is covered. */
void hot_study_span(const hot_study *study, int64_t *from, int64_t *to);

#endif
