/** @file catalogue.h
 *  The analyses, each declared once: its layers, its options, its source, and how it is made.
 *
 *  A new analysis is its own files and one line in catalogue.c.
 */
#ifndef HOT_LAYERS_CATALOGUE_H
#define HOT_LAYERS_CATALOGUE_H

#include "layers/layer.h"
#include "layers/settings.h"
#include "layers/study.h"

typedef struct {
    const char *word;     /**< its command, folder and files: "kde" */
    const char *about;    /**< one line for the help */
    const char *examples; /**< for the help of its own command; NULL = it has no command */
    const hot_declaration *const *layers; /**< [n_layers] what it may add to a result */
    size_t n_layers;
    const hot_option *options; /**< [n_options] its own */
    size_t n_options;
    bool surface; /**< whether it makes a surface, for which the frame must have its cells */
    bool alone;   /**< made only where its own command asks for it */
    /** Add its layers to the result. May leave results in the study for those after it. */
    hot_status (*make)(hot_study *study, hot_result *result, hot_error *error);
    /** Fill its columns of one area set's layer; NULL = it has none. Called after every make. */
    hot_status (*fill)(const hot_study *study, size_t set, hot_layer *areas, hot_error *error);
} hot_analysis;

/** All analyses, in the order in which they are made and their layers stand in the file. */
extern const hot_analysis *const hot_catalogue[];
extern const size_t hot_catalogue_size;

/** The declaration of a layer by its name in the file, an area set's for any other name. */
const hot_declaration *hot_catalogue_layer(const char *name);

/** Whether a name belongs to a layer and cannot be an area set's. */
bool hot_catalogue_reserves(const char *name);

/** Whether one analysis (NULL = all) makes a surface. */
bool hot_catalogue_has_surface(const char *only);

/** Make the result of a study.
 *  @param only  one analysis's word, or NULL for all. The area sets, the context and the metadata
 *               come with either. */
HOT_MUST_USE hot_status hot_catalogue_make(hot_study *study, const char *only, hot_result *result,
                                           hot_error *error);

/** The layers that any result has. */
extern const hot_declaration hot_areas_layer, hot_metadata_layer;
/** Context of points, lines or polygons. */
const hot_declaration *hot_context_layer(hot_geometry geometry);

HOT_MUST_USE hot_status hot_metadata_make(const hot_study *study, hot_result *result,
                                          hot_error *error);
HOT_MUST_USE hot_status hot_context_make(const hot_study *study, hot_result *result,
                                         hot_error *error);
/** Add a column NAME_code for every set that is neither ward nor beat. */
HOT_MUST_USE hot_status hot_codes_declare(const hot_study *study, hot_layer *layer);
/** The column of the codes of one set in a layer of points; [layer->n]. */
const char **hot_codes_column(const hot_study *study, size_t set, const hot_layer *layer);
/** Where weights were asked for: add the column `weighted`, the sum of the weights of the
 *  incidents of each row, to the millionth, so that it does not depend on their order. Incidents
 *  without a weight are left out; a row that has no others is NULL.
 *  @param row_of  [study->n_inside] the layer's row of each incident inside; negative = none */
HOT_MUST_USE hot_status hot_weighted_set(const hot_study *study, const int32_t *row_of,
                                         hot_layer *layer);
/** The same in two steps, where a layer counts its incidents more than once: the column, and the
 *  sums of so many rows from `first` on, as which row_of counts them from 0. */
HOT_MUST_USE hot_status hot_weighted_declare(const hot_study *study, hot_layer *layer);
HOT_MUST_USE hot_status hot_weighted_sum(const hot_study *study, const int32_t *row_of,
                                         size_t first, size_t rows, hot_layer *layer);
/** The same for the areas of a set, of which each row of the layer is one. */
HOT_MUST_USE hot_status hot_weighted_by_area(const hot_study *study, const hot_area_set *set,
                                             hot_layer *layer);

/** The rows of the incidents inside in the order of the layer of that name: by time, then place,
 * then content, whatever the input's order.
 *  @param row  [study->n_inside] out
 *  @return HOT_OK, or HOT_MEMORY    Cost O(n) */
HOT_MUST_USE hot_status hot_incidents_in_order(const hot_study *study, uint32_t *row);

extern const hot_analysis hot_analysis_incidents, hot_analysis_coverage, hot_analysis_levels,
    hot_analysis_kde, hot_analysis_gistar, hot_analysis_repeats, hot_analysis_change,
    hot_analysis_trends, hot_analysis_rates, hot_analysis_concentration, hot_analysis_temporal,
    hot_analysis_splits, hot_analysis_possible_duplicates, hot_analysis_joined,
    hot_analysis_hotspots, hot_analysis_nearrepeat, hot_analysis_clusters, hot_analysis_adopted,
    hot_analysis_evaluate;

#endif
