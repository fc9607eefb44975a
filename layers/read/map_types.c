#include "layers/read/map_types.h"

#include <string.h>

#include "engine/incidents/select.h"
#include "layers/read/listing.h"

enum { KIND, OPENING, CLOSING, CODE };

static hot_status line_add(hot_type_map *m, const char *opening, const char *closing, hot_kind kind)
{
    if (!hot_grow(&m->line, &m->room, m->n + 1, sizeof *m->line)) return HOT_MEMORY;
    hot_mapped *line = &m->line[m->n];
    *line = (hot_mapped){hot_arena_text(&m->arena, opening, strlen(opening)),
                         hot_arena_text(&m->arena, closing, strlen(closing)), kind};
    if (!line->opening || !line->closing) return HOT_MEMORY;
    m->n++;
    return HOT_OK;
}

static hot_status line_take(void *self, const hot_listing_line *row, hot_error *error)
{
    hot_type_map *m = self;
    const char *opening = row->text[OPENING], *closing = row->text[CLOSING];
    const char *code = row->text[CODE], *said = row->text[KIND];
    hot_kind kind;
    if (!hot_kind_parse(said, strlen(said), &kind))
        return hot_fail(error, HOT_INPUT,
                        "%s: line %llu: the kind \"%.*s\" is none of personal, nuisance, "
                        "environmental, not ASB, void and duplicate log.",
                        row->file, row->line, hot_utf8_cut(said, strlen(said), 40), said);
    if (!*opening && !*closing && !*code)
        return hot_fail(error, HOT_INPUT,
                        "%s: line %llu: has no code; give the opening code, the closing code or "
                        "both.",
                        row->file, row->line);
    if (*opening || *closing) HOT_TRY(line_add(m, opening, closing, kind));
    if (!*code) return HOT_OK;
    HOT_TRY(line_add(m, "", code, kind));
    return line_add(m, code, "", kind);
}

hot_status hot_type_map_read(const char *path, hot_type_map *map, hot_error *error)
{
    hot_type_map m = {0};
    static const char *const column[] = {"kind", "opening|opening_code|type",
                                         "closing|closing_code", "code"};
    const hot_listing listing = {.column = column,
                                 .n = 4,
                                 .required = 1,
                                 .expected = "a CSV file of opening,closing,kind or code,kind",
                                 .take = line_take,
                                 .self = &m};
    hot_status status = hot_listing_read(path, &listing, error);
    if (status == HOT_OK)
        *map = m;
    else
        hot_type_map_free(&m);
    return status;
}

hot_kind hot_type_map_kind(const hot_type_map *m, const char *opening, const char *closing)
{
    for (size_t k = 0; k < m->n && *closing; k++) {
        const hot_mapped *line = &m->line[k];
        bool opens = !*line->opening || hot_pattern_fits(line->opening, opening);
        if (*line->closing && opens && hot_pattern_fits(line->closing, closing)) return line->kind;
    }
    for (size_t k = 0; k < m->n; k++)
        if (!*m->line[k].closing && hot_pattern_fits(m->line[k].opening, opening))
            return m->line[k].kind;
    return HOT_UNMAPPED;
}

void hot_type_map_free(hot_type_map *m)
{
    hot_free(m->line);
    hot_arena_free(&m->arena);
    *m = (hot_type_map){0};
}
