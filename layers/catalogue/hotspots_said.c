/* What a layer of found hotspots says of itself. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "layers/catalogue/columns.h"
#include "layers/catalogue/hotspot_columns.h"
#include "layers/catalogue/hotspots_found.h"
#include "layers/catalogue/phrases.h"

static const char *unit_name(const hot_found *f, bool several)
{
    static const char *const name[][2] = {[HOT_HOTSPOT_DISC] = {"disc", "discs"},
                                          [HOT_HOTSPOT_HEXAGON] = {"hexagon", "hexagons"},
                                          [HOT_HOTSPOT_SEGMENT] = {"street", "streets"}};
    return name[f->rules.shape][several];
}

/** "Discs of 150 m radius, chosen one after the other for the most incidents, recent ones first".
 */
static hot_status say_how(const hot_found *f, hot_layer *l)
{
    double half = hot_settings_number(f->study->settings, "hotspots-half-life");
    char text[400], what[60], age[120] = "", months[40];
    snprintf(months, sizeof months, "%g months", half);
    if (f->rules.shape == HOT_HOTSPOT_DISC)
        snprintf(what, sizeof what, "Discs of %g m radius", f->rules.size);
    else if (f->rules.shape == HOT_HOTSPOT_HEXAGON)
        snprintf(what, sizeof what, "Hexagons of %g m a side", f->rules.size);
    else
        snprintf(what, sizeof what, "Streets, to %g m on either side", f->rules.size);
    if (half > 0)
        snprintf(age, sizeof age, ", an incident counting half as much every %s back",
                 half == 1 ? "month" : months);
    snprintf(text, sizeof text,
             "%s, chosen one after the other where they hold most%s%s%s; those that touch are one "
             "hotspot.",
             what, f->study->weighted ? " weight" : "",
             f->rules.per_area ? " for the ground they add" : "", age);
    return hot_layer_say(l, text);
}

/** "20 discs in 9 places hold 3,100 of 10,000 incidents, 31%, on 0.10% of the study area." */
static hot_status say_held(const hot_found *f, hot_layer *l)
{
    const hot_study *s = f->study;
    char text[400], part[HOT_PHRASE], all[HOT_PHRASE], share[HOT_PHRASE], on[60] = "";
    uint64_t held = 0;
    double area = 0;
    for (size_t i = 0; i < l->n; i++) {
        held += (uint64_t)hot_layer_integer(l, "incidents", i, 0);
        area += hot_layer_real(l, "area_m2", i);
    }
    double of = (double)held / (double)s->n_inside;
    hot_hotspots_phrase_ground(s, area, on, sizeof on);
    snprintf(text, sizeof text,
             "%zu %s in %zu place%s hold%s %s of %s incidents, %s%%%s. %s chosen because "
             "%s high: expect fewer there in the next period, whatever is done.",
             f->chosen.n, unit_name(f, f->chosen.n != 1), l->n, l->n == 1 ? "" : "s",
             f->chosen.n == 1 ? "s" : "", hot_phrase_count(held, part),
             hot_phrase_count(s->n_inside, all),
             hot_phrase_percent(of, hot_phrase_places(of), share), on,
             l->n == 1 ? "It was" : "They were", l->n == 1 ? "it was" : "they were");
    return hot_layer_say(l, text);
}

/** Incidents that --hotspots-exclude leaves out, of those that are looked at: by day those of the
 *  day. */
static uint64_t excluded(const hot_found *f)
{
    const hot_study *s = f->study;
    uint64_t sum = 0;
    for (size_t p = 0; p < s->loaded.points.n && f->search->left_out; p++)
        if (f->search->left_out[p]) sum += (uint64_t)s->count_at_point[p];
    return sum;
}

/** m2 of the first disc or hexagon; a street has an area of its own. */
static double first_area(const hot_hotspot_rules *r)
{
    double square = r->size * r->size;
    if (r->shape == HOT_HOTSPOT_SEGMENT) return 0;
    return r->shape == HOT_HOTSPOT_DISC ? acos(-1) * square : 1.5 * sqrt(3) * square;
}

/** Why there is none. */
static hot_status say_none(const hot_found *f, hot_layer *l)
{
    const hot_study *s = f->study;
    char text[300];
    uint32_t least = f->rules.least > 1 ? f->rules.least : 1;
    if (s->n_inside == 0)
        return hot_layer_say(l, "None was found: there is no incident to look at.");
    if (excluded(f) == s->n_inside)
        return hot_layer_say(l, "None was found: --hotspots-exclude leaves out every incident.");
    if (f->rules.area > 0 && first_area(&f->rules) > f->rules.area * (1 + 1e-12))
        snprintf(text, sizeof text,
                 "None was found: one %s covers more than --hotspots-area %.20s allows; ask for a "
                 "larger share, or for a smaller %s.",
                 unit_name(f, false), hot_settings_text(s->settings, "hotspots-area"),
                 unit_name(f, false));
    else
        snprintf(text, sizeof text,
                 "None was found: no %s%s holds %u incident%s with a known place%s.",
                 unit_name(f, false), f->rules.area > 0 ? " that fits into --hotspots-area" : "",
                 least, least == 1 ? "" : "s", s->weighted ? " and a weight" : "");
    return hot_layer_say(l, text);
}

/** Fewer than were asked for. */
static hot_status say_fewer(const hot_found *f, hot_layer *l)
{
    char text[300];
    uint32_t least = f->rules.least > 1 ? f->rules.least : 1;
    if (f->rules.units == 0 || f->chosen.n >= f->rules.units || f->rules.area > 0) return HOT_OK;
    snprintf(text, sizeof text,
             "%zu were asked for: no other %s that is allowed holds %u more incident%s.",
             f->rules.units, unit_name(f, false), least, least == 1 ? "" : "s");
    return hot_layer_say(l, text);
}

static hot_status say_ties(const hot_found *f, hot_layer *l)
{
    char text[200];
    if (f->chosen.tied == 0) return HOT_OK;
    snprintf(text, sizeof text,
             "%zu%s other%s would have done as well as the %s chosen last, which stands for them.",
             f->chosen.tied, f->chosen.tied == HOT_HOTSPOT_TIED ? " or more" : "",
             f->chosen.tied == 1 ? "" : "s", unit_name(f, false));
    return hot_layer_say(l, text);
}

static hot_status say_excluded(const hot_found *f, hot_layer *l)
{
    char text[200], n[HOT_PHRASE];
    uint64_t out = excluded(f);
    if (!f->search->left_out) return HOT_OK;
    snprintf(text, sizeof text, "Left out by --hotspots-exclude: %s incident%s.",
             hot_phrase_count(out, n), out == 1 ? "" : "s");
    return hot_layer_say(l, text);
}

hot_status hot_found_say(const hot_found *f, hot_layer *l)
{
    if (l->n == 0) return say_none(f, l);
    HOT_TRY(say_held(f, l));
    HOT_TRY(say_how(f, l));
    HOT_TRY(say_fewer(f, l));
    HOT_TRY(say_ties(f, l));
    HOT_TRY(say_excluded(f, l));
    if (!f->study->loaded.snapped) return HOT_OK;
    return hot_layer_say(l, "Locations are anonymised map points: each hotspot is a group of map "
                            "points, and which addresses are meant cannot be known.");
}
