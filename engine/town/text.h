/** @file text.h
 *  A growing text, for the town's files. For engine/town only.
 */
#ifndef HOT_TOWN_TEXT_H
#define HOT_TOWN_TEXT_H

#include "engine/town/parts.h"

/** Append; HOT_MEMORY leaves what was there. */
HOT_MUST_USE hot_status hot_town_text_add(hot_town_text *text, const char *bytes, size_t length);
HOT_MUST_USE __attribute__((format(printf, 2, 3))) hot_status
hot_town_text_print(hot_town_text *text, const char *format, ...);
/** A CSV field, quoted where it must be. */
HOT_MUST_USE hot_status hot_town_text_field(hot_town_text *text, const char *field);

#endif
