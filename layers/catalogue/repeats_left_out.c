/* Premises that are no repeat places: stations, hospitals, whoever the person names. */
#include <stdio.h>
#include <string.h>

#include "layers/catalogue/phrases.h"
#include "layers/catalogue/repeats_parts.h"
#include "layers/places.h"
#include "layers/read/premises.h"

static const hot_column columns[] = {
    {"place_key", HOT_TEXT, "Place", "",
     "UPRN or address where given, else the coordinates to 0.01 m."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period", "At this place."},
};

const hot_declaration hot_left_out_layer = {
    .name = "repeats_left_out",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Premises left out of repeat places",
    .about = "Places on the list of premises that are no repeat places; they count in everything "
             "else.",
    .citation = "",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

/** What was found of the list. */
typedef struct {
    size_t premises, found, places;
    uint64_t incidents;
} tally;

static void mark_places(hot_study *s, const hot_premises *list, uint8_t *found, tally *t)
{
    for (uint32_t p = 0; p < s->n_places; p++) {
        char text[HOT_PLACE_KEY];
        uint32_t point = s->point_of_place[p];
        uint32_t premises = hot_premises_find(list, hot_place_key(s, p, text));
        if (premises == HOT_NO_PREMISES)
            premises = hot_premises_at(list, s->loaded.points.x[point], s->loaded.points.y[point]);
        if (premises == HOT_NO_PREMISES) continue;
        s->left_out[p] = 1;
        t->places++;
        t->incidents += s->count_at_place[p];
        t->found += !found[premises];
        found[premises] = 1;
    }
}

static void say(const tally *t, hot_repeats_found *f)
{
    char named[HOT_PHRASE], found[HOT_PHRASE], incidents[HOT_PHRASE];
    snprintf(f->left_out_said, sizeof f->left_out_said,
             " Left out: %s of the %s premises on the list, with %s incident%s; the other%s had "
             "none.",
             hot_phrase_count(t->found, found), hot_phrase_count(t->premises, named),
             hot_phrase_count(t->incidents, incidents), t->incidents == 1 ? "" : "s",
             t->premises - t->found == 1 ? "" : "s");
    if (t->found == t->premises) { /* there is no other */
        char *rest = strchr(f->left_out_said, ';');
        if (rest) memcpy(rest, ".", 2);
    }
}

hot_status hot_repeats_leave_out(hot_study *s, hot_repeats_found *f, hot_error *error)
{
    const char *path = hot_settings_text(s->settings, "repeats-exclude");
    hot_premises list = {0};
    if (!path) return HOT_OK;
    hot_premises_ground ground = {s->epsg, hot_settings_text(s->settings, "grid")};
    HOT_TRY(hot_premises_read(path, &ground, &list, error));
    tally t = {.premises = list.n};
    uint8_t *found = hot_new(list.n, 1);
    hot_free(s->left_out);
    s->left_out = hot_new(s->n_places, 1);
    bool room = found && s->left_out;
    if (room) {
        mark_places(s, &list, found, &t);
        say(&t, f);
    }
    hot_free(found);
    hot_premises_free(&list);
    return room ? HOT_OK : HOT_MEMORY;
}

hot_status hot_repeats_make_left_out(const hot_repeats_found *f, hot_result *result)
{
    const hot_study *s = f->study;
    char about[900];
    size_t n = 0, row = 0;
    if (!s->left_out) return HOT_OK;
    for (size_t p = 0; p < s->n_places; p++) n += s->left_out[p];
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_left_out_layer, NULL, NULL, n, l));
    for (uint32_t p = 0; p < s->n_places; p++) {
        char text[HOT_PLACE_KEY];
        if (!s->left_out[p]) continue;
        HOT_TRY(hot_layer_set_text(l, "place_key", row, hot_place_key(s, p, text)));
        hot_layer_set_integer(l, "incidents", row++, s->count_at_place[p]);
    }
    int length = snprintf(about, sizeof about, "%s%s", hot_left_out_layer.about, f->left_out_said);
    l->about = hot_arena_text(&l->arena, about, (size_t)length);
    return l->about ? HOT_OK : HOT_MEMORY;
}
