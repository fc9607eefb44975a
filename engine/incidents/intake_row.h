/** @file intake_row.h
 *  A row on its way in; for intake.c, intake_when.c and intake_where.c alone.
 */
#ifndef HOT_INCIDENTS_INTAKE_ROW_H
#define HOT_INCIDENTS_INTAKE_ROW_H

#include <stdbool.h>

#include "engine/incidents/intake.h"

enum { DATE = 32, RECENT_BITS = 10 };

/** A row on its way in. */
typedef struct {
    hot_intake *in;
    const hot_intake_rules *rules;
    const hot_record *record;
    hot_date_format dates;
    bool rare; /* the file has columns that few files have */
    hot_moment from, to;
    bool has_to;
    double x, y, weight, precision_m;
    uint32_t column; /* of the fault */
    /* Columns mostly say again what they said a little before: */
    uint32_t recent[1 << RECENT_BITS]; /* words, by what their texts end in */
    char last_date[DATE];
    size_t last_length; /* of last_date; 0 = none yet */
    hot_moment last_moment;
} row;

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline hot_slice trimmed(hot_slice f)
{
    /* nearly all texts begin and end in a byte that is plainly no blank */
    if (!f.length || ((unsigned char)*f.at > ' ' && (unsigned char)f.at[f.length - 1] > ' '))
        return f;
    while (f.length && is_blank(*f.at)) f.at++, f.length--;
    while (f.length && is_blank(f.at[f.length - 1])) f.length--;
    return f;
}

static inline hot_slice field_of(const row *r, hot_purpose purpose)
{
    int32_t at = r->in->columns.at[purpose];
    return at < 0 ? (hot_slice){"", 0} : trimmed(r->record->field[at]);
}

static inline bool has(const row *r, hot_purpose purpose)
{
    return r->in->columns.at[purpose] >= 0;
}

static inline hot_reason fault_at(row *r, hot_purpose purpose, hot_reason reason)
{
    r->column = (uint32_t)(r->in->columns.at[purpose] + 1);
    return reason;
}

/** When it began, from one column or several: into r->from.
 *  @return HOT_REASONS, or what is wrong, with its column in r->column; so do those below */
hot_reason hot_row_from(row *r);

/** When it ended, if that is said: into r->to and r->has_to. After hot_row_from. */
hot_reason hot_row_to(row *r);

/** Where it was: into r->x and r->y, and r->precision_m of a grid reference. */
hot_reason hot_row_where(row *r);

/** How finely that is known, where a column says: into r->precision_m. After hot_row_where; of two
 *  that are said, the coarser counts. */
hot_reason hot_row_precision(row *r);

#endif
