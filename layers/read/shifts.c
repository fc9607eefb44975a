#include "layers/read/shifts.h"

#include <string.h>

#include "layers/read/file.h"
#include "layers/read/listing.h"

enum { DAY = 86400 };

static const hot_shift usual[] = {{"earlies", 7 * 3600, 15 * 3600},
                                  {"lates", 15 * 3600, 23 * 3600},
                                  {"nights", 23 * 3600, 7 * 3600}};

/** 07:00, 7:00 or 0700, as the second of the day. */
static bool time_parse(const char *text, int32_t *second)
{
    char colon[8] = "";
    hot_moment m;
    if (strlen(text) == 4 && strspn(text, "0123456789") == 4) {
        memcpy(colon, text, 2);
        colon[2] = ':';
        memcpy(colon + 3, text + 2, 2);
        text = colon;
    }
    if (!hot_moment_parse_clock(text, strlen(text), (hot_moment){0, HOT_DAY}, NULL, &m) ||
        m.second < 0 || m.second > DAY)
        return false;
    *second = (int32_t)(m.second % DAY);
    return true;
}

static hot_status take_shift(void *self, const hot_listing_line *line, hot_error *error)
{
    hot_shift_list *list = self;
    hot_shift s = {0};
    if (list->n == HOT_SHIFTS)
        return hot_fail(error, HOT_INPUT, "%s: line %llu: a day has at most %d shifts.", line->file,
                        line->line, HOT_SHIFTS);
    if (!*line->text[0])
        return hot_fail(error, HOT_INPUT, "%s: line %llu: the shift has no name.", line->file,
                        line->line);
    for (size_t k = 0; k < list->n; k++)
        if (strcmp(list->shift[k].name, line->text[0]) == 0)
            return hot_fail(error, HOT_INPUT, "%s: line %llu: the shift \"%s\" comes twice.",
                            line->file, line->line, line->text[0]);
    if (!time_parse(line->text[1], &s.from) || !time_parse(line->text[2], &s.to))
        return hot_fail(error, HOT_INPUT,
                        "%s: line %llu: \"%s\" to \"%s\" is no time of day; expected such as 07:00 "
                        "and 15:00.",
                        line->file, line->line, line->text[1], line->text[2]);
    s.name = hot_arena_text(&list->arena, line->text[0], strlen(line->text[0]));
    if (!s.name) return HOT_MEMORY;
    list->shift[list->n++] = s;
    return HOT_OK;
}

hot_status hot_shifts_read(const char *path, hot_shift_list *list, hot_rota *rota, hot_error *error)
{
    static const char *const column[] = {"name", "from", "to"};
    size_t clash[2] = {0, 0};
    *list = (hot_shift_list){0};
    if (path)
        HOT_TRY(hot_listing_read(
            path, &(hot_listing){column, 3, 3, "a CSV file of name,from,to", take_shift, list},
            error));
    for (size_t k = 0; !path && k < sizeof usual / sizeof *usual; k++)
        list->shift[list->n++] = usual[k];
    hot_status status = hot_rota_lay(list->shift, list->n, rota, clash);
    if (status != HOT_DOMAIN) return status;
    return hot_fail(error, HOT_INPUT,
                    "%s: the shifts \"%s\" and \"%s\" are on duty at one time, and incidents would "
                    "be counted twice; let one begin when the other ends.",
                    path ? hot_base_name(path) : "", list->shift[clash[0]].name,
                    list->shift[clash[1]].name);
}

void hot_shifts_free(hot_shift_list *list)
{
    hot_arena_free(&list->arena);
    *list = (hot_shift_list){0};
}
