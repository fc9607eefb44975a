#include "layers/read/calendar.h"

#include <string.h>

#include "engine/incidents/clock.h"
#include "layers/read/listing.h"

enum { DAY = 86400, NAME = 0, FROM, TO, KIND };

static bool day_parse(const char *text, int64_t *day)
{
    hot_moment m;
    if (!hot_moment_parse(text, strlen(text), NULL, &m) || m.precision < HOT_DAY) return false;
    *day = (m.second >= 0 ? m.second : m.second - (DAY - 1)) / DAY;
    return true;
}

static hot_status parse_range(const hot_listing_line *line, hot_calendar_range *r, hot_error *error)
{
    const char *to = *line->text[TO] ? line->text[TO] : line->text[FROM];
    if (!day_parse(line->text[FROM], &r->first) || !day_parse(to, &r->last))
        return hot_fail(error, HOT_INPUT,
                        "%s: line %llu: \"%s\" to \"%s\" are no dates; expected such as 2025-07-23 "
                        "or 23/07/2025.",
                        line->file, line->line, line->text[FROM], line->text[TO]);
    if (r->first <= r->last) return HOT_OK;
    return hot_fail(error, HOT_INPUT, "%s: line %llu: %s ends before it begins.", line->file,
                    line->line, line->text[NAME]);
}

/** The number of that name and kind, which is added where it is new. */
static hot_status find_name(hot_calendar *c, const char *name, const char *kind, size_t *at)
{
    for (*at = 0; *at < c->n; ++*at)
        if (strcmp(c->name[*at].name, name) == 0 && strcmp(c->name[*at].kind, kind) == 0)
            return HOT_OK;
    if (!hot_grow(&c->name, &c->room, c->n + 1, sizeof *c->name)) return HOT_MEMORY;
    c->name[c->n] = (hot_calendar_name){hot_arena_text(&c->arena, name, strlen(name)),
                                        hot_arena_text(&c->arena, kind, strlen(kind))};
    if (!c->name[c->n].name || !c->name[c->n].kind) return HOT_MEMORY;
    c->n++;
    return HOT_OK;
}

static hot_status take_range(void *self, const hot_listing_line *line, hot_error *error)
{
    hot_calendar *c = self;
    hot_calendar_range r;
    if (!*line->text[NAME])
        return hot_fail(error, HOT_INPUT, "%s: line %llu: the days have no name.", line->file,
                        line->line);
    HOT_TRY(parse_range(line, &r, error));
    HOT_TRY(find_name(c, line->text[NAME], line->text[KIND], &r.name));
    if (!hot_grow(&c->range, &c->room_ranges, c->n_ranges + 1, sizeof *c->range)) return HOT_MEMORY;
    c->range[c->n_ranges++] = r;
    return HOT_OK;
}

hot_status hot_calendar_read(const char *path, hot_calendar *calendar, hot_error *error)
{
    static const char *const column[] = {"name", "from", "to", "kind"};
    *calendar = (hot_calendar){0};
    const hot_listing listing = {column,     4,       2, "a CSV file of name,from,to,kind",
                                 take_range, calendar};
    return hot_listing_read(path, &listing, error);
}

void hot_calendar_free(hot_calendar *c)
{
    hot_free(c->name);
    hot_free(c->range);
    hot_arena_free(&c->arena);
    *c = (hot_calendar){0};
}
