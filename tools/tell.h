/** @file tell.h
 *  What is said of the areas, in the same words by every command.
 */
#ifndef HOT_TOOLS_TELL_H
#define HOT_TOOLS_TELL_H

#include "layers/study.h"

/** Says one sentence; it holds nothing that a terminal would obey. */
typedef void hot_say(void *self, const char *sentence);

/** What is worth saying of the area sets: overlaps and gaps, incidents that lie in none, residents
 *  that are not known. Nothing where all is as it should be. */
void hot_tell_areas(const hot_study *study, hot_say *say, void *self);

#endif
