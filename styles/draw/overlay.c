#include "styles/draw/overlay.h"

#include <math.h>

#include "styles/draw/georef.h"
#include "styles/draw/ladder.h"
#include "styles/draw/png.h"

bool hot_overlay_has(const hot_result *result)
{
    const hot_layer *bands = hot_result_layer(result, "density");
    int64_t incidents = 0;
    for (size_t row = 0; bands && row < bands->n; row++)
        incidents += hot_layer_integer(bands, "incidents", row, 0);
    return result->surface.value && incidents >= HOT_HEAT_LEAST;
}

static void classes_fill(const hot_surface *s, const hot_ladder *l, uint8_t *classes)
{
    size_t cells = (size_t)hot_frame_size(&s->frame);
    for (size_t i = 0; i < cells; i++)
        classes[i] = (uint8_t)(isnan(s->value[i]) ? 0 : hot_ladder_class(l, s->value[i]));
}

static void palette_fill(const hot_ladder *l, uint8_t *rgba)
{
    for (int k = 0; k < l->n; k++) {
        rgba[4 * k] = (uint8_t)(l->colour[k] >> 16);
        rgba[4 * k + 1] = (uint8_t)(l->colour[k] >> 8);
        rgba[4 * k + 2] = (uint8_t)l->colour[k];
        rgba[4 * k + 3] = k ? l->alpha[k] : 0;
    }
}

static hot_status encode(const hot_result *r, const hot_ladder *l, hot_bytes *png, hot_error *error)
{
    const hot_frame *f = &r->surface.frame;
    const hot_png_words words = {.title = hot_result_word(r, "title"),
                                 .description = "Incidents per km2 in the period; one pixel a cell",
                                 .software = "hotbeat",
                                 .source = hot_result_word(r, "period"),
                                 .copyright = hot_result_word(r, "source_line")};
    uint8_t rgba[4 * HOT_LADDER_CLASSES];
    uint8_t *classes = hot_new_raw((size_t)hot_frame_size(f), 1);
    if (!classes) return hot_fail(error, HOT_MEMORY, "There is no memory for a picture.");
    classes_fill(&r->surface, l, classes);
    palette_fill(l, rgba);
    hot_status status = hot_png_classes(classes, f->cols, f->rows, rgba, l->n, &words, png, error);
    hot_free(classes);
    return status;
}

hot_status hot_overlay_draw(hot_pen *pen, const hot_result *result, hot_bytes *png,
                            hot_bytes *world, hot_bytes *aux, hot_error *error)
{
    const hot_frame *f = &result->surface.frame;
    const hot_view view = {0, 0, f->cols, f->rows, f->west, f->north, f->cell};
    size_t before = png->length, world_before = world->length, aux_before = aux->length;
    hot_ladder ladder;
    hot_ladder_read(pen, &ladder);
    hot_status status = encode(result, &ladder, png, error);
    if (status == HOT_OK) status = hot_world_file(&view, world);
    if (status == HOT_OK) status = hot_aux_xml(result->epsg, aux);
    if (status == HOT_OK) return HOT_OK;
    png->length = before;
    world->length = world_before;
    aux->length = aux_before;
    return status;
}
