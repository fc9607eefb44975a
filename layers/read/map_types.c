#include "layers/read/map_types.h"

#include "engine/incidents/select.h"
#include "layers/read/file.h"
#include "layers/read/listed.h"

enum { OPENING, CLOSING, CODE, KIND };

static hot_status line_add(hot_type_map *m, hot_slice opening, hot_slice closing, hot_kind kind)
{
    if (!hot_grow(&m->line, &m->room, m->n + 1, sizeof *m->line)) return HOT_MEMORY;
    hot_mapped *line = &m->line[m->n];
    *line = (hot_mapped){hot_arena_text(&m->arena, opening.at, opening.length),
                         hot_arena_text(&m->arena, closing.at, closing.length), kind};
    if (!line->opening || !line->closing) return HOT_MEMORY;
    m->n++;
    return HOT_OK;
}

static hot_status line_take(void *self, const hot_listed_row *row, hot_error *error)
{
    hot_type_map *m = self;
    const hot_slice none = {"", 0};
    hot_slice opening = row->field[OPENING], closing = row->field[CLOSING], code = row->field[CODE];
    hot_slice said = row->field[KIND];
    hot_kind kind;
    if (!hot_kind_parse(said.at, said.length, &kind))
        return hot_fail(error, HOT_INPUT,
                        "%s: line %llu: the kind \"%.*s\" is none of personal, nuisance, "
                        "environmental, not ASB, void and duplicate log.",
                        row->file, row->line, (int)(said.length > 40 ? 40 : said.length), said.at);
    if (opening.length + closing.length + code.length == 0)
        return hot_fail(error, HOT_INPUT,
                        "%s: line %llu: has no code; give the opening code, the closing code or "
                        "both.",
                        row->file, row->line);
    if (opening.length + closing.length) HOT_TRY(line_add(m, opening, closing, kind));
    if (code.length == 0) return HOT_OK;
    HOT_TRY(line_add(m, none, code, kind));
    return line_add(m, code, none, kind);
}

hot_status hot_type_map_read(const char *path, hot_type_map *map, hot_error *error)
{
    hot_type_map m = {0};
    const hot_listed listed = {
        .column = {"opening|opening_code|type", "closing|closing_code", "code", "kind"},
        .needed = {[KIND] = true},
        .expected = "a CSV file of opening,closing,kind or code,kind",
        .take = line_take,
        .self = &m};
    hot_status status = hot_listed_read(path, &listed, error);
    if (status == HOT_OK && m.n == 0)
        status = hot_fail(error, HOT_INPUT, "%s: has no line; expected %s.", hot_base_name(path),
                          listed.expected);
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
