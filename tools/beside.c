#include "tools/beside.h"

#include <stdio.h>

/** Square metres, or square kilometres where there are many. */
static const char *area_text(double m2, char *text)
{
    if (m2 < 1e5)
        snprintf(text, 32, "%.0f m2", m2);
    else
        snprintf(text, 32, "%.2f km2", m2 / 1e6);
    return text;
}

size_t hot_beside(const hot_areas *a, char sentence[HOT_BESIDE][HOT_BESIDE_ROOM])
{
    const hot_coverage_report *c = &a->coverage;
    char all[32], most[32];
    size_t n = 0;
    if (!c->judged)
        snprintf(sentence[n++], HOT_BESIDE_ROOM, "too detailed to look for overlaps and gaps.");
    if (c->pairs)
        snprintf(sentence[n++], HOT_BESIDE_ROOM,
                 "%zu pair%s of areas overlap by %s in all, most of it where %.60s and %.60s do "
                 "(%s).",
                 c->pairs, c->pairs == 1 ? "" : "s", area_text(c->overlap, all), a->code[c->first],
                 a->code[c->second], area_text(c->largest_overlap, most));
    if (c->gaps)
        snprintf(sentence[n++], HOT_BESIDE_ROOM,
                 "%zu gap%s between its areas, %s in all, the largest %s.", c->gaps,
                 c->gaps == 1 ? "" : "s", area_text(c->gap, all), area_text(c->largest_gap, most));
    return n;
}
