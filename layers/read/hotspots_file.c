#include "layers/read/hotspots_file.h"

#include <stdio.h>
#include <string.h>

#include "engine/incidents/clock.h"

/** The day a date falls on, or false. A library's own "2025/04/01 00:00:00+00" is cut behind the
 *  day. */
static bool day_parse(const char *text, int64_t *second)
{
    hot_moment m;
    char date[16];
    size_t n = strcspn(text, " T");
    bool year = n == 4;
    if (n > 10) return false;
    snprintf(date, sizeof date, "%.*s%s", (int)n, text, year ? "-01" : "");
    if (!hot_moment_parse(date, strlen(date), NULL, &m)) return false;
    *second = m.second;
    return true;
}

static hot_status read_dates(const hot_areas *a, int64_t *valid_from, hot_error *error)
{
    for (size_t i = 0; i < a->n; i++) {
        const char *text = a->from ? a->from[i] : NULL;
        valid_from[i] = INT64_MIN;
        if (!text || day_parse(text, &valid_from[i])) continue;
        return hot_fail(error, HOT_INPUT,
                        "%s: the hotspot %.60s is valid from \"%.40s\", which is no date; write it "
                        "as 2025-04-01.",
                        a->source, a->code[i], text);
    }
    return HOT_OK;
}

/** The text as --areas would have it, with the name of the set before it. */
static hot_status parse(const char *text, hot_source_spec *spec, hot_error *error)
{
    size_t room = strlen(text) + sizeof "hotspot=";
    char *named = hot_new_raw(room, 1);
    if (!named) return HOT_MEMORY;
    snprintf(named, room, "hotspot=%s", text);
    hot_status status = hot_source_parse("--hotspots", named, spec, error);
    hot_free(named);
    if (status != HOT_USAGE) return status;
    return hot_fail(error, HOT_USAGE,
                    "--hotspots %s: expected FILE[:LAYER][,code=FIELD][,name=FIELD]"
                    "[,from=FIELD or DATE][,crs=EPSG:CODE].",
                    text);
}

hot_status hot_hotspots_read(const char *text, int epsg, const hot_place_rules *rules,
                             hot_areas *areas, int64_t **valid_from, hot_error *error)
{
    hot_source_spec spec = {0};
    hot_areas a = {0};
    HOT_TRY(parse(text, &spec, error));
    spec.dated = true;
    hot_status status = hot_areas_read(&spec, epsg, rules, &a, error);
    hot_source_free(&spec);
    HOT_TRY(status);
    int64_t *dates = hot_new(a.n, sizeof *dates);
    status = dates ? read_dates(&a, dates, error) : HOT_MEMORY;
    if (status != HOT_OK) {
        hot_free(dates);
        hot_areas_free(&a);
        return status;
    }
    *areas = a;
    *valid_from = dates;
    return HOT_OK;
}
