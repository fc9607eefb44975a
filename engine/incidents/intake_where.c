/* Where an incident was, from its row. */
#include <math.h>
#include <string.h>

#include "engine/base/number.h"
#include "engine/incidents/gridref.h"
#include "engine/incidents/intake_row.h"

static bool holds(hot_box box, double x, double y)
{
    return x >= box.west && x <= box.east && y >= box.south && y <= box.north;
}

static bool is_known(hot_box box)
{
    return box.west < box.east;
}

static hot_reason judge_degrees(const row *r)
{
    double x = r->x, y = r->y;
    hot_box use = r->rules->degrees;
    bool legal = fabs(x) <= 180 && fabs(y) <= 90;
    if (is_known(use) && !holds(use, x, y) && holds(use, y, x)) return HOT_SWAPPED_AXES;
    if (!legal && fabs(y) <= 180 && fabs(x) <= 90 && !is_known(use)) return HOT_SWAPPED_AXES;
    if (fabs(x) > 360 || fabs(y) > 360) return HOT_METRES_IN_DEGREES;
    return legal ? HOT_REASONS : HOT_OUT_OF_RANGE;
}

static hot_reason judge_metres(const row *r)
{
    hot_box box = r->in->columns.coordinates == HOT_EASTNORTH ? HOT_GRID_BOX : r->rules->metres;
    if (!is_known(box)) return HOT_REASONS;
    bool degrees = fabs(r->x) <= 180 && fabs(r->y) <= 90;
    bool kilometres = r->in->columns.coordinates == HOT_EASTNORTH && hot_is_kilometres(r->x, r->y);
    if (holds(box, r->x, r->y) && !degrees && !kilometres) return HOT_REASONS;
    if (!degrees && !kilometres && holds(box, r->y, r->x)) return HOT_SWAPPED_AXES;
    return HOT_OUT_OF_RANGE;
}

/** Whether a coordinate says that it is not known. */
static inline bool is_null(hot_slice f)
{
    return f.length == 0 || (f.length == 4 && (f.at[0] | 32) == 'n' && (f.at[1] | 32) == 'u' &&
                             (f.at[2] | 32) == 'l' && (f.at[3] | 32) == 'l');
}

static hot_reason read_gridref(row *r)
{
    hot_slice f = field_of(r, HOT_FOR_GRIDREF);
    if (is_null(f)) return fault_at(r, HOT_FOR_GRIDREF, HOT_NO_COORDINATES);
    if (hot_gridref_parse(f.at, f.length, &r->x, &r->y, &r->precision_m)) return HOT_REASONS;
    return fault_at(r, HOT_FOR_GRIDREF, HOT_BAD_NUMBER);
}

/** Collisions whose place was not recorded have -1 for both coordinates. */
static bool is_unrecorded(const row *r, hot_slice x, hot_slice y)
{
    return r->in->columns.stats19 && x.length == 2 && y.length == 2 && memcmp(x.at, "-1", 2) == 0 &&
           memcmp(y.at, "-1", 2) == 0;
}

static hot_reason read_pair(row *r)
{
    hot_slice x = field_of(r, HOT_FOR_X), y = field_of(r, HOT_FOR_Y);
    if (is_null(x) || is_unrecorded(r, x, y)) return fault_at(r, HOT_FOR_X, HOT_NO_COORDINATES);
    if (is_null(y)) return fault_at(r, HOT_FOR_Y, HOT_NO_COORDINATES);
    if (!hot_number_parse(x.at, x.length, &r->x)) return fault_at(r, HOT_FOR_X, HOT_BAD_NUMBER);
    if (!hot_number_parse(y.at, y.length, &r->y)) return fault_at(r, HOT_FOR_Y, HOT_BAD_NUMBER);
    r->x += 0.0; /* -0 is 0 */
    r->y += 0.0;
    if (r->x == 0 && r->y == 0) return fault_at(r, HOT_FOR_X, HOT_ZERO_ISLAND);
    return HOT_REASONS;
}

hot_reason hot_row_where(row *r)
{
    const hot_columns *c = &r->in->columns;
    hot_reason reason = c->at[HOT_FOR_GRIDREF] >= 0 ? read_gridref(r) : read_pair(r);
    if (reason != HOT_REASONS) return reason;
    reason = c->coordinates == HOT_LONLAT ? judge_degrees(r) : judge_metres(r);
    return reason == HOT_REASONS ? reason : fault_at(r, HOT_FOR_X, reason);
}

/** What geocoders say of a position, and a square as large as such a thing mostly is, m. */
static bool nominal_square(hot_slice f, double *side)
{
    static const struct {
        const char *word;
        double side;
    } known[] = {{"exact", 0},   {"point", 0},    {"address", 0},     {"premises", 0},
                 {"uprn", 0},    {"street", 100}, {"postcode", 200},  {"ward", 1000},
                 {"beat", 1000}, {"area", 1000},  {"centroid", 1000}, {"town", 1000}};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        size_t n = 0;
        while (n < f.length && known[k].word[n] && (f.at[n] | 32) == known[k].word[n]) n++;
        if (n == f.length && !known[k].word[n]) return *side = known[k].side, true;
    }
    return false;
}

hot_reason hot_row_precision(row *r)
{
    double side = 0;
    if (!has(r, HOT_FOR_GRIDREF)) r->precision_m = 0;
    hot_slice f = field_of(r, HOT_FOR_PRECISION);
    bool metres = f.length && hot_number_parse(f.at, f.length, &side);
    if (f.length && !metres && !nominal_square(f, &side))
        return fault_at(r, HOT_FOR_PRECISION, HOT_BAD_NUMBER);
    if (side < 0) return fault_at(r, HOT_FOR_PRECISION, HOT_BAD_NUMBER);
    r->precision_m = fmax(r->precision_m, side);
    return HOT_REASONS;
}
