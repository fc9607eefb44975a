#include "layers/places.h"

#include "engine/base/number.h"
#include "engine/repeats/places.h"
#include "engine/repeats/repeats.h"
#include "layers/coarse.h"

/** The columns of the incidents inside that places are found by. */
typedef struct {
    uint32_t *point, *key; /* [n_inside] */
} inside;

static hot_status take_inside(const hot_study *s, inside *in)
{
    const hot_incidents *t = &s->loaded.incidents;
    size_t n = s->n_inside;
    in->point = hot_new_raw(n, sizeof *in->point);
    in->key = hot_new_raw(n, sizeof *in->key);
    if (!in->point || !in->key) return HOT_MEMORY;
#pragma omp parallel for schedule(static) num_threads(s->threads)
    for (size_t k = 0; k < n; k++) {
        in->point[k] = t->point[s->inside[k]];
        in->key[k] = t->key[s->inside[k]];
    }
    return HOT_OK;
}

static hot_status find(const hot_study *s, const inside *in, uint32_t *place, hot_places *places,
                       uint32_t **count)
{
    HOT_TRY(hot_places_find(in->point, in->key, s->n_inside, s->threads,
                            s->loaded.incidents.words.text, s->loaded.points.x, s->loaded.points.y,
                            hot_settings_number(s->settings, "repeats-tolerance"), place, places));
    *count = hot_new_raw(places->n, sizeof **count);
    if (!*count) return HOT_MEMORY;
    hot_repeats_count(place, s->n_inside, places->n, *count);
    for (size_t k = 0; s->coarse && k < s->n_inside; k++) /* a coarse position is no place */
        if (hot_is_coarse(s, k)) (*count)[place[k]]--;
    return HOT_OK;
}

hot_status hot_study_places(hot_study *s)
{
    if (s->place) return HOT_OK;
    inside in = {0};
    hot_places places = {0};
    uint32_t *place = hot_new_raw(s->n_inside, sizeof *place), *count = NULL;
    hot_status status = place ? take_inside(s, &in) : HOT_MEMORY;
    if (status == HOT_OK) status = find(s, &in, place, &places, &count);
    hot_free(in.point);
    hot_free(in.key);
    if (status != HOT_OK) {
        hot_places_free(&places);
        hot_free(place);
        hot_free(count);
        return status;
    }
    s->n_places = places.n;
    s->point_of_place = places.point;
    s->key_of_place = places.key;
    s->place = place;
    s->count_at_place = count;
    return HOT_OK;
}

const char *hot_place_key(const hot_study *s, uint32_t place, char *text)
{
    uint32_t word = s->key_of_place[place], point = s->point_of_place[place];
    if (word) return hot_incidents_word(&s->loaded.incidents, word);
    size_t n = hot_number_fixed(s->loaded.points.x[point], 2, text);
    text[n++] = ',';
    hot_number_fixed(s->loaded.points.y[point], 2, text + n);
    return text;
}
