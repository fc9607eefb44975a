#include "tools/tell.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "tools/plain.h"

/** Where sentences go. */
typedef struct {
    hot_say *say;
    void *self;
} mouth;

__attribute__((format(printf, 2, 3))) static void tell(const mouth *m, const char *format, ...)
{
    char sentence[600], plain[1200];
    va_list values;
    va_start(values, format);
    vsnprintf(sentence, sizeof sentence, format, values);
    va_end(values);
    m->say(m->self, hot_plain(sentence, plain, sizeof plain));
}

/** Square metres, or square kilometres where there are many. */
static const char *area_text(double m2, char *text)
{
    if (m2 < 1e5)
        snprintf(text, 32, "%.0f m2", m2);
    else
        snprintf(text, 32, "%.2f km2", m2 / 1e6);
    return text;
}

/** How the areas of a set lie beside each other. */
static void tell_coverage(const mouth *m, const hot_areas *a, bool adopted)
{
    const hot_coverage_report *c = &a->coverage;
    char all[32], most[32];
    if (!c->judged) tell(m, "%s: too detailed to look for overlaps and gaps.", a->name);
    if (c->pairs)
        tell(m,
             "%s: %zu pair%s of areas overlap by %s in all, most of it where %.60s and %.60s do "
             "(%s).",
             a->name, c->pairs, c->pairs == 1 ? "" : "s", area_text(c->overlap, all),
             a->code[c->first], a->code[c->second], area_text(c->largest_overlap, most));
    if (c->gaps && !adopted)
        tell(m, "%s: %zu gap%s between its areas, %s in all, the largest %s.", a->name, c->gaps,
             c->gaps == 1 ? "" : "s", area_text(c->gap, all), area_text(c->largest_gap, most));
}

static void tell_population(const mouth *m, const hot_area_set *set)
{
    size_t unknown = 0, empty = 0;
    if (!set->areas.has_population) return;
    for (size_t k = 0; k < set->areas.n; k++) {
        unknown += isfinite(set->areas.population[k]) ? 0 : 1;
        empty += set->areas.population[k] == 0;
    }
    if (unknown)
        tell(m, "%s: the residents of %zu of %zu areas are not known.", set->areas.name, unknown,
             set->areas.n);
    if (empty)
        tell(m, "%s: nobody lives in %zu of %zu areas.", set->areas.name, empty, set->areas.n);
}

static void tell_beside(const mouth *m, const hot_areas *a)
{
    for (size_t k = 0; k < a->n_denominators; k++) {
        const hot_denominator *d = &a->denominators[k];
        size_t unknown = 0;
        for (size_t i = 0; i < a->n; i++) unknown += isfinite(d->value[i]) ? 0 : 1;
        if (unknown || d->unmatched)
            tell(m, "%s: %s is not known of %zu of %zu areas; %zu of its codes are no %s.", a->name,
                 d->name, unknown, a->n, d->unmatched, a->name);
    }
    for (size_t k = 0; k < a->n_joins; k++) {
        const hot_join *j = &a->joins[k];
        if (j->without)
            tell(m, "%s: %.60s has no row for %zu of %zu areas; %zu of its codes are no %s.",
                 a->name, j->file, j->without, a->n, j->unmatched, a->name);
        else if (j->unmatched)
            tell(m, "%s: %.60s has a row for every area; %zu more of its codes are no %s here.",
                 a->name, j->file, j->unmatched, a->name);
    }
}

static void tell_set(const mouth *m, const hot_area_set *set)
{
    tell_coverage(m, &set->areas, set->adopted);
    if (set->unplaced && !set->adopted)
        tell(m, "%s: %" PRIu64 " incidents of the study area lie in none.", set->areas.name,
             set->unplaced);
    if (set->overlapping)
        tell(m, "%s: areas overlap at %zu location%s; the lowest code was taken.", set->areas.name,
             set->overlapping, set->overlapping == 1 ? "" : "s");
    tell_population(m, set);
    tell_beside(m, &set->areas);
}

void hot_tell_areas(const hot_study *s, hot_say *say, void *self)
{
    mouth m = {say, self};
    for (size_t k = 0; k < s->n_sets; k++) tell_set(&m, &s->sets[k]);
}
