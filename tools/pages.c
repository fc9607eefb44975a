#include "tools/pages.h"

#include <stdio.h>
#include <string.h>

#include "engine/base/memory.h"
#include "styles/draw/overlay.h"

/** One page to draw. */
typedef struct hot_sheet {
    const char *set, *code; /* NULL = the overview */
    bool heat;              /* the heat alone */
    char name[128];         /* "maps/ward-E05000001", without its ending */
} sheet;

/** A code as part of a file's name. Codes that would come out the same get their row's number. */
static void name_sheet(const hot_layer *areas, size_t row, sheet *s)
{
    const char *code = hot_layer_text(areas, "code", row);
    char plain[64];
    bool changed = false;
    size_t n = 0;
    for (const char *c = code; *c && n < sizeof plain - 1; c++) {
        bool safe = (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') ||
                    (*c >= '0' && *c <= '9') || *c == '-';
        changed = changed || !safe;
        plain[n++] = safe ? *c : '_';
    }
    plain[n] = 0;
    changed = changed || strlen(code) > n;
    if (changed)
        snprintf(s->name, sizeof s->name, "maps/%.40s-%s-%zu", areas->name, plain, row + 1);
    else
        snprintf(s->name, sizeof s->name, "maps/%.40s-%s", areas->name, plain);
}

static hot_status add_sheet(hot_atlas *all, sheet one)
{
    if (!hot_grow(&all->list, &all->room, all->n + 1, sizeof *all->list)) return HOT_MEMORY;
    all->list[all->n++] = one;
    return HOT_OK;
}

static bool is_wanted(const hot_pages *p, const char *set, const char *code)
{
    return code && (!p->set || strcmp(p->set, set) == 0) &&
           (!p->code || strcmp(p->code, code) == 0);
}

static bool is_area_set(const hot_result *result, const char *name)
{
    const char *sets = hot_result_word(result, "area_sets");
    size_t n = strlen(name);
    for (const char *c = sets; c && *c; c += strcspn(c, " "), c += *c == ' ')
        if (strncmp(c, name, n) == 0 && (c[n] == ' ' || c[n] == 0)) return true;
    return false;
}

static hot_status list_sheets(hot_atlas *all)
{
    const hot_result *result = all->result;
    const hot_pages *p = &all->pages;
    if (p->overview) HOT_TRY(add_sheet(all, (sheet){.name = "maps/overview"}));
    if (p->overview && hot_overlay_has(result))
        HOT_TRY(add_sheet(all, (sheet){.heat = true, .name = "maps/heat"}));
    for (size_t k = 0; k < result->n && p->areas; k++) {
        const hot_layer *areas = &result->layers[k];
        if (!is_area_set(result, areas->name)) continue;
        for (size_t row = 0; row < areas->n; row++) {
            sheet one = {.set = areas->name, .code = hot_layer_text(areas, "code", row)};
            if (!is_wanted(p, one.set, one.code)) continue;
            name_sheet(areas, row, &one);
            HOT_TRY(add_sheet(all, one));
        }
    }
    return HOT_OK;
}

static hot_status write_part(const hot_publication *publication, const sheet *s, const char *ending,
                             const hot_bytes *bytes, hot_error *error)
{
    char name[160];
    snprintf(name, sizeof name, "%s%s", s->name, ending);
    return hot_publish_file(publication, name, bytes->data, bytes->length, error);
}

static hot_status draw_sheet(hot_pen *pen, const hot_result *result, const hot_pages *p,
                             const sheet *s, const hot_publication *publication, hot_error *error)
{
    hot_page page = {.result = result,
                     .set = s->set,
                     .code = s->code,
                     .width_mm = p->width_mm,
                     .height_mm = p->height_mm,
                     .dpi = p->dpi};
    hot_bytes png = {0}, world = {0}, aux = {0};
    hot_status status = s->heat ? hot_overlay_draw(pen, result, &png, &world, &aux, error)
                                : hot_page_draw(pen, &page, &png, &world, &aux, error);
    if (status == HOT_OK) status = write_part(publication, s, ".png", &png, error);
    if (status == HOT_OK) status = write_part(publication, s, ".pgw", &world, error);
    if (status == HOT_OK && aux.length)
        status = write_part(publication, s, ".png.aux.xml", &aux, error);
    hot_bytes_free(&png);
    hot_bytes_free(&world);
    hot_bytes_free(&aux);
    return status;
}

/* ---- by any thread ---- */

/** A pen is one thread's at a time: one that is idle, else a new one. */
static hot_status take_pen(hot_atlas *a, hot_pen **pen, hot_error *error)
{
    *pen = NULL;
#pragma omp critical(pens)
    if (a->n_idle) *pen = a->idle[--a->n_idle];
    return *pen ? HOT_OK : hot_pen_new(pen, error);
}

static void put_back(hot_atlas *a, hot_pen *pen)
{
    bool kept;
#pragma omp critical(pens)
    {
        kept = hot_grow(&a->idle, &a->idle_room, a->n_idle + 1, sizeof *a->idle);
        if (kept) a->idle[a->n_idle++] = pen;
    }
    if (!kept) hot_pen_free(pen);
}

static hot_status tell_drawn(hot_atlas *a)
{
    size_t drawn;
#pragma omp critical(pens)
    drawn = ++a->drawn;
    return hot_progress_step(a->pages.progress, "Drawing maps", (double)drawn / (double)a->n);
}

static hot_status draw_piece(void *self, size_t k, hot_error *error)
{
    hot_atlas *a = self;
    hot_pen *pen;
    HOT_TRY(take_pen(a, &pen, error));
    hot_status status = draw_sheet(pen, a->result, &a->pages, &a->list[k], a->publication, error);
    put_back(a, pen);
    return status == HOT_OK ? tell_drawn(a) : status;
}

hot_pieces hot_atlas_pieces(hot_atlas *atlas)
{
    return (hot_pieces){draw_piece, atlas, atlas->n};
}

hot_status hot_atlas_new(const hot_result *result, const hot_pages *pages,
                         const hot_publication *publication, hot_atlas *atlas, hot_error *error)
{
    *atlas = (hot_atlas){.result = result, .pages = *pages, .publication = publication};
    HOT_TRY(list_sheets(atlas));
    if (atlas->n || !pages->code) return HOT_OK;
    return hot_fail(error, HOT_USAGE, "There is no area %s=%s in the result.",
                    pages->set ? pages->set : "", pages->code);
}

void hot_atlas_free(hot_atlas *a)
{
    for (size_t k = 0; k < a->n_idle; k++) hot_pen_free(a->idle[k]);
    hot_free(a->idle);
    hot_free(a->list);
    *a = (hot_atlas){0};
}
