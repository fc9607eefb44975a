/** @file kinds.h
 *  The kinds of anti-social behaviour, and what a log turns out to be that is none.
 *
 *  Source  the three categories of the National Standard for Incident Recording (Home Office 2011):
 *          personal, nuisance, environmental.
 */
#ifndef HOT_INCIDENTS_KINDS_H
#define HOT_INCIDENTS_KINDS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum {
    HOT_UNMAPPED, /**< its codes are in no line of the map: it stays, without a kind */
    HOT_PERSONAL,
    HOT_NUISANCE,
    HOT_ENVIRONMENTAL,
    HOT_NOT_ASB, /**< this and those after it are left out, and counted */
    HOT_VOID,
    HOT_DUPLICATE_LOG,
    HOT_KINDS, /**< how many there are */
} hot_kind;

/** "not mapped", "personal", ... "duplicate log". */
const char *hot_kind_name(hot_kind kind);
/** As a name in run.json: "not_asb", "void", "duplicate_log". */
const char *hot_kind_key(hot_kind kind);

/** A kind by its name; case, blanks and other marks do not matter. False where there is none. */
bool hot_kind_parse(const char *text, size_t length, hot_kind *kind);

static inline bool hot_kind_is_out(hot_kind kind)
{
    return kind >= HOT_NOT_ASB;
}

/** Whether a type of incident is anti-social behaviour by its name: one that holds "antisocial" in
 *  any spelling, or ASB as a word. */
bool hot_type_is_asb(const char *type);

#endif
