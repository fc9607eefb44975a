/** @file plain.h
 *  Text from data, made fit for a terminal.
 *
 *  Whatever a command prints that came from a file, an option or the name of a file goes through
 *  here: the bytes of a name could otherwise move the cursor, colour the screen, turn a line about
 *  or break it in two.
 */
#ifndef HOT_TOOLS_PLAIN_H
#define HOT_TOOLS_PLAIN_H

#include <stddef.h>

/** A printable UTF-8 copy of `text` (NULL = ""), always zero-terminated.
 *
 *  Written as \xNN, byte by byte: control characters (C0, DEL, C1), line and paragraph separators,
 *  marks that turn text about or are invisible, and bytes that are not UTF-8. What does not fit is
 *  cut between characters, with "..." at the end.
 *  @param room  [size] out, size >= 8
 *  @return room. Cost O(size). */
const char *hot_plain(const char *text, char *room, size_t size);

#endif
