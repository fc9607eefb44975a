/** @file names.h
 *  Names of columns out of what people call things.
 */
#ifndef HOT_LAYERS_READ_NAMES_H
#define HOT_LAYERS_READ_NAMES_H

enum { HOT_NAME = 41 }; /**< bytes of a name, its zero included */

/** "IMD decile (2019)" -> "imd_decile_2019": [a-z][a-z0-9_]*, at most 40 characters; letters beyond
 *  ASCII go; a name that would begin with a digit begins with "n_", an empty one is "column". */
void hot_name_made_safe(const char *text, char name[HOT_NAME]);

#endif
