/** @file phrases.h
 *  Counts and shares as a person says them, for the sentences beside figures.
 */
#ifndef HOT_LAYERS_PHRASES_H
#define HOT_LAYERS_PHRASES_H

#include <stddef.h>
#include <stdint.h>

enum { HOT_PHRASE = 32 };

/** "9,898". @param text  [HOT_PHRASE] out. @return text */
const char *hot_phrase_count(uint64_t n, char *text);

/** A share as per cent, without the sign, to so many places: "63", "5.9"; "under 0.1" and "over
 *  99.9" where rounding would say that it is none or all.
 *  @param share   0 to 1
 *  @param places  0 or 1: hot_phrase_places of the share that its sentence is about
 *  @param text    [HOT_PHRASE] out. @return text */
const char *hot_phrase_percent(double share, int places, char *text);

/** One place below ten per cent, none from there on. */
int hot_phrase_places(double share);

/** Several of an area set: "ward" as "wards", "local_authority" as "local authorities".
 *  @param text  [room] out, cut where it does not fit */
void hot_phrase_several(const char *set, char *text, size_t room);

#endif
