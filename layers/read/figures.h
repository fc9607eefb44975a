/** @file figures.h
 *  Figures as they stand in published tables: with commas between thousands, withheld.
 */
#ifndef HOT_LAYERS_READ_FIGURES_H
#define HOT_LAYERS_READ_FIGURES_H

#include <stdbool.h>

#include "engine/incidents/marks.h"

/** What statistical offices write where a number is withheld or not there: nothing, "*", "c", "-",
 *  "..", "[x]", "n/a" ... */
bool hot_figure_withheld(hot_slice text);

/** A number, also "1,234,567"; false, and *value as it was, for anything else. */
bool hot_figure_parse(hot_slice text, double *value);

#endif
