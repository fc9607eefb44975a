#include "layers/gaps.h"

#include <stdio.h>

#include "layers/study.h"

void hot_months_in_words(int32_t first, int32_t last, char *text)
{
    enum { ROOM = 40 };
    const char *from = hot_month_name[first % 12], *to = hot_month_name[last % 12];
    if (first == last)
        snprintf(text, ROOM, "%s %d", from, (int)(first / 12));
    else if (first / 12 == last / 12)
        snprintf(text, ROOM, "%s to %s %d", from, to, (int)(last / 12));
    else
        snprintf(text, ROOM, "%s %d to %s %d", from, (int)(first / 12), to, (int)(last / 12));
}

static bool is_covered(const hot_coverage *c, int32_t month)
{
    int64_t at = (int64_t)month - c->first;
    return at >= 0 && at < (int64_t)c->n && c->covered[at];
}

/** The first stretch of missing months that begins at `from` or later.
 *  @return its last month, or last + 1 where there is none */
static int32_t next_stretch(const hot_coverage *c, int32_t from, int32_t last, int32_t *first)
{
    while (from <= last && is_covered(c, from)) from++;
    *first = from;
    if (from > last) return from;
    while (from < last && !is_covered(c, from + 1)) from++;
    return from;
}

size_t hot_gaps(const hot_coverage *c, int32_t first, int32_t last, char *text)
{
    size_t missing = 0, named = 0, length = 0;
    int32_t begins, ends = next_stretch(c, first, last, &begins);
    *text = 0;
    for (int32_t next; begins <= last; begins = next) {
        int32_t after = next_stretch(c, ends + 1, last, &next);
        missing += (size_t)(ends - begins) + 1;
        if (named < HOT_GAPS_NAMED) {
            char words[40];
            hot_months_in_words(begins, ends, words);
            const char *join = named == 0 ? "" : next > last ? " and " : ", ";
            length += (size_t)snprintf(text + length, HOT_GAPS_ROOM - length, "%s%s", join, words);
            if (++named == HOT_GAPS_NAMED && next <= last)
                snprintf(text + length, HOT_GAPS_ROOM - length, " and more");
        }
        ends = after;
    }
    return missing;
}
