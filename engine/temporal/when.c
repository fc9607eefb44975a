#include "engine/temporal/when.h"

hot_when hot_when_known(hot_moment from, const hot_moment *to, int64_t limit, int64_t *end)
{
    *end = from.second;
    if (from.precision < HOT_MINUTE) return HOT_UNTIMED;
    if (!to) return HOT_INSTANT;
    int64_t until = to->precision < HOT_MINUTE ? hot_moment_end(*to) : to->second;
    if (until <= from.second) return HOT_INSTANT;
    *end = until;
    return until - from.second > limit ? HOT_BEYOND : HOT_BETWEEN;
}
