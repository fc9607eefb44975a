/** @file clock.h
 *  Dates and times as they are written in incident files, as local time.
 *
 *  A moment is a count of seconds since 1970-01-01T00:00 on the local clock: what a wall clock
 *  showed, without a zone. Its precision says how much of it was written: a month is its first
 *  second, with precision HOT_MONTH.
 */
#ifndef HOT_INCIDENTS_CLOCK_H
#define HOT_INCIDENTS_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { HOT_MONTH, HOT_DAY, HOT_MINUTE, HOT_SECOND } hot_precision;

/** "month", "day", "minute", "second". */
const char *hot_precision_name(hot_precision precision);

typedef struct {
    int64_t second; /**< local, since 1970-01-01T00:00 */
    hot_precision precision;
} hot_moment;

/** When a zone's clocks were changed: from at[i] (UTC, s) on, local = UTC + offset[i]; before at[0]
 *  offset_before. */
typedef struct {
    size_t n;
    int64_t *at;     /**< [n] ascending */
    int32_t *offset; /**< [n] s */
    int32_t offset_before;
} hot_zone;

void hot_zone_free(hot_zone *zone);

/** Offset of the zone's clock at a moment of UTC, s. */
int32_t hot_zone_offset(const hot_zone *zone, int64_t utc);

/** Days since 1970-01-01 of a date of the Gregorian calendar, month 1..12, day 1..31.
 *  Source  Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil. */
int64_t hot_days(int64_t year, int month, int day);

typedef struct {
    int64_t year;
    int month, day; /**< 1..12, 1..31 */
} hot_date;
/** The date of a day number; the inverse of hot_days (civil_from_days). */
hot_date hot_date_of(int64_t days);

int hot_month_length(int64_t year, int month);

/** Read a date or a date and time: YYYY-MM, YYYY-MM-DD, DD/MM/YYYY, each date alone or followed by
 *  'T' or a blank and HH:MM or HH:MM:SS (a fraction of a second is cut). '/', '-' and '.' may
 *  separate DD/MM/YYYY, '-' and '/' YYYY-MM-DD. A time may end in Z or +HH:MM: it is then put on
 *  the zone's clock (`zone` may be NULL: UTC). Years 1900 to 2199.
 *  @return false, and *moment untouched, for anything else (also 31 June and 24:01; 24:00 is the
 *  next day's 00:00) */
bool hot_moment_parse(const char *at, size_t length, const hot_zone *zone, hot_moment *moment);

/** In which order a date of figures alone is written. */
typedef enum { HOT_DAY_FIRST, HOT_MONTH_FIRST, HOT_YEAR_FIRST } hot_date_order;

/** How dates are written; `= {0}` is how the United Kingdom writes them. */
typedef struct {
    hot_date_order order;
    const char *pattern; /**< NULL, or how the whole text is written, as strptime has it */
} hot_date_format;

/** Read "DMY", "MDY", "YMD" or a pattern of %Y %y %m %d %e %b %B %H %I %p %M %S %z %F %T %R %% and
 *  other characters, which stand for themselves; a blank stands for any number of blanks. A pattern
 *  has a year and a month, no finer part without the one above it, nothing twice, and %z last.
 *  @param format  out; its pattern is `text` itself
 *  @return false, and nothing written, for anything else */
bool hot_date_format_parse(const char *text, hot_date_format *format);

/** Read a date or a date and time as hot_moment_parse does, but with MM/DD/YYYY (HOT_MONTH_FIRST)
 * or no such form (HOT_YEAR_FIRST) in place of DD/MM/YYYY, or by the pattern alone. %y is 1969 to
 *  2068; %H without %M is known to the minute; a fraction of a second after %S is cut. */
bool hot_moment_parse_as(const char *at, size_t length, hot_date_format format,
                         const hot_zone *zone, hot_moment *moment);

/** Read a time of day, in the forms above, on the day of `day`, which is HOT_DAY or finer. `moment`
 *  may be `day` itself.
 *  @return false, and *moment untouched, for anything else */
bool hot_moment_parse_clock(const char *at, size_t length, hot_moment day, const hot_zone *zone,
                            hot_moment *moment);

/** ISO text of no more than what is known: "2025-01", "2025-01-31", "2025-01-31T22:15", with
 *  seconds where they were written. `text` holds 32 bytes. */
void hot_moment_format(hot_moment moment, char *text);

/** The second after the last one that the moment covers: the next month's, day's, minute's. */
int64_t hot_moment_end(hot_moment moment);

#endif
