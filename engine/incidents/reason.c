#include "engine/incidents/reason.h"

#include "engine/base/memory.h"

static const struct {
    const char *name, *about;
} reasons[HOT_REASONS] = {
    [HOT_FIELD_COUNT] = {"field_count", "not as many fields as the header has"},
    [HOT_BAD_UTF8] = {"bad_utf8", "bytes that are not UTF-8 text: save the file as CSV UTF-8"},
    [HOT_NUL] = {"nul", "a zero byte"},
    [HOT_UNCLOSED_QUOTE] = {"unclosed_quote", "a quotation mark out of place"},
    [HOT_HEADER_REPEATED] = {"header_repeated", "the header line again"},
    [HOT_BAD_DATE] = {"bad_date", "no date that can be read"},
    [HOT_NO_COORDINATES] = {"no_coordinates", "no coordinates"},
    [HOT_BAD_NUMBER] = {"bad_number", "a coordinate, weight or precision that is not a number"},
    [HOT_ZERO_ISLAND] = {"zero_island", "coordinates 0, 0"},
    [HOT_SWAPPED_AXES] = {"swapped_axes", "latitude and longitude exchanged"},
    [HOT_METRES_IN_DEGREES] = {"metres_in_degrees", "metres where degrees belong"},
    [HOT_OUT_OF_RANGE] = {"out_of_range", "outside what the coordinate system can hold"},
};

const char *hot_reason_name(hot_reason reason)
{
    return reason < HOT_REASONS ? reasons[reason].name : "";
}

const char *hot_reason_about(hot_reason reason)
{
    return reason < HOT_REASONS ? reasons[reason].about : "";
}

hot_status hot_rejects_add(hot_rejects *r, uint64_t line, uint32_t column, hot_reason reason)
{
    if (!hot_grow(&r->row, &r->room, r->n + 1, sizeof *r->row)) return HOT_MEMORY;
    r->row[r->n++] = (hot_reject){line, column, reason};
    return HOT_OK;
}

void hot_rejects_free(hot_rejects *r)
{
    hot_free(r->row);
    *r = (hot_rejects){0};
}
