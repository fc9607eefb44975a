#include "engine/incidents/hint.h"

#include <math.h>

#include "engine/incidents/intake.h"

hot_hint hot_hint_of_date(hot_slice text, hot_date_format format)
{
    hot_moment moment;
    hot_date_format other = {HOT_MONTH_FIRST, NULL};
    if (format.pattern) return HOT_HINTS;
    if (format.order == HOT_MONTH_FIRST) other.order = HOT_DAY_FIRST;
    if (!hot_moment_parse_as(text.at, text.length, other, NULL, &moment)) return HOT_HINTS;
    return other.order == HOT_MONTH_FIRST ? HOT_HINT_MONTH_FIRST : HOT_HINT_DAY_FIRST;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** Digits in groups of three behind the first separator, which is a comma or a blank. */
static bool in_thousands(const char *at, const char *end)
{
    size_t n = 0, groups = 0;
    char separator = 0;
    for (; at < end && *at != '.'; at++) {
        if (is_digit(*at)) {
            n++;
            continue;
        }
        if ((*at != ',' && *at != ' ') || (separator && *at != separator)) return false;
        if (n == 0 || n > 3 || (groups && n != 3)) return false;
        separator = *at;
        groups++;
        n = 0;
    }
    if (!groups || n != 3) return false;
    for (at += at < end; at < end; at++)
        if (!is_digit(*at)) return false;
    return true;
}

/** Digits, one comma, digits. */
static bool has_decimal_comma(const char *at, const char *end)
{
    size_t commas = 0;
    for (const char *c = at; c < end; c++) {
        commas += *c == ',';
        if (*c != ',' && !is_digit(*c)) return false;
    }
    return commas == 1 && is_digit(*at) && is_digit(end[-1]);
}

hot_hint hot_hint_of_number(hot_slice text)
{
    const char *at = text.at, *end = text.at + text.length;
    while (at < end && *at == ' ') at++;
    while (end > at && end[-1] == ' ') end--;
    if (at < end && (*at == '-' || *at == '+')) at++;
    if (at == end) return HOT_HINTS;
    /* 425,100 is metres with thousands; 51,518 is a latitude. */
    bool short_whole = end - at > 3 && (at[1] == ',' || at[2] == ',');
    if (short_whole && has_decimal_comma(at, end)) return HOT_HINT_DECIMAL_COMMA;
    if (in_thousands(at, end)) return HOT_HINT_THOUSANDS;
    return has_decimal_comma(at, end) ? HOT_HINT_DECIMAL_COMMA : HOT_HINTS;
}

static bool holds(hot_box box, double x, double y)
{
    return x >= box.west && x <= box.east && y >= box.south && y <= box.north;
}

bool hot_is_kilometres(double x, double y)
{
    return x > 0 && x < 700 && y > 0 && y < 1300;
}

hot_hint hot_hint_of_position(double x, double y, hot_coordinates kind, hot_reason reason,
                              hot_box degrees)
{
    /* Where Great Britain lies in the systems that data is most often exported in by mistake; the
       boxes do not meet. */
    static const hot_box mercator = {-1300000, 6200000, 240000, 9000000},
                         utm = {240001, 5500000, 900000, 6900000};
    if (reason == HOT_SWAPPED_AXES) return HOT_HINT_SWAPPED;
    if (kind != HOT_LONLAT && fabs(x) <= 180 && fabs(y) <= 90)
        return holds(degrees, x, y) ? HOT_HINT_DEGREES : HOT_HINTS;
    if (kind == HOT_EASTNORTH && hot_is_kilometres(x, y)) return HOT_HINT_KILOMETRES;
    if (holds(mercator, x, y)) return HOT_HINT_MERCATOR;
    if (holds(utm, x, y)) return HOT_HINT_UTM;
    return kind == HOT_LONLAT && holds(HOT_GRID_BOX, x, y) ? HOT_HINT_GRID_METRES : HOT_HINTS;
}
