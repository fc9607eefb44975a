/** @file kde_parts.h
 *  The parts of the analysis kde: the surface itself (kde.c), how far it rests on the bandwidth
 *  (kde_sensitivity.c), and the other surfaces that may be asked for (kde_surfaces.c).
 */
#ifndef HOT_LAYERS_CATALOGUE_KDE_PARTS_H
#define HOT_LAYERS_CATALOGUE_KDE_PARTS_H

#include "engine/kde/kernels.h"
#include "layers/catalogue/catalogue.h"

extern const hot_declaration hot_sensitivity_layer;

enum { HOT_KDE_OPTIONS = 4 };
extern const hot_option hot_kde_options[HOT_KDE_OPTIONS];

/** The kernel that was asked for. */
hot_kernel hot_kde_kernel(const hot_study *study);

/** Add the table of the densest part at half, once and twice the bandwidth.
 *  After the study's density is made. Memory: 8 bytes a cell while it works.
 *  @return HOT_OK, HOT_MEMORY */
HOT_MUST_USE hot_status hot_sensitivity_make(const hot_study *study, hot_result *result);

/** Whether the other surfaces that were asked for can be made of this study; a sentence if not. */
HOT_MUST_USE hot_status hot_kde_surfaces_check(const hot_study *study, hot_error *error);

/** Add every other surface that was asked for to the result's rasters. */
HOT_MUST_USE hot_status hot_kde_surfaces_make(const hot_study *study, hot_result *result,
                                              hot_error *error);

#endif
