/** @file shifts.h
 *  The shifts that a force works, from a file.
 */
#ifndef HOT_LAYERS_READ_SHIFTS_H
#define HOT_LAYERS_READ_SHIFTS_H

#include "engine/base/memory.h"
#include "engine/temporal/shifts.h"

/** `= {0}` is empty; the names live in it. */
typedef struct {
    size_t n;
    hot_shift shift[HOT_SHIFTS]; /**< [n] in the file's order */
    hot_arena arena;
} hot_shift_list;

/** Read a CSV file of name, from and to (07:00, 0700; 24:00 is midnight) and lay the shifts over
 *  the day.
 *  @param path  NULL = earlies from 07:00, lates from 15:00, nights from 23:00 to 07:00
 *  @return HOT_OK; HOT_INPUT, with a sentence, for what is no such file, for more than HOT_SHIFTS,
 *  and for two that are on duty at one time. *list is to be freed in any case; the rota lives no
 *  longer than it. */
HOT_MUST_USE hot_status hot_shifts_read(const char *path, hot_shift_list *list, hot_rota *rota,
                                        hot_error *error);
void hot_shifts_free(hot_shift_list *list);

#endif
