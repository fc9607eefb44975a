#include "tools/pages.h"

#include <stdio.h>
#include <string.h>

#include "engine/base/parallel.h"
#include "styles/draw/page.h"

/** One page to draw. */
typedef struct {
    const char *set, *code; /* NULL = the overview */
    char name[128];         /* "maps/ward-E05000001", without its ending */
} sheet;

typedef struct {
    sheet *list;
    size_t n, room;
} sheets;

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
    if (changed) snprintf(s->name, sizeof s->name, "maps/%.40s-%s-%zu", areas->name, plain, row + 1);
    else snprintf(s->name, sizeof s->name, "maps/%.40s-%s", areas->name, plain);
}

static hot_status add_sheet(sheets *all, sheet one)
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

static hot_status list_sheets(const hot_result *result, const hot_pages *p, sheets *all)
{
    if (p->overview) HOT_TRY(add_sheet(all, (sheet){.name = "maps/overview"}));
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
    hot_status status = hot_page_draw(pen, &page, &png, &world, &aux, error);
    if (status == HOT_OK) status = write_part(publication, s, ".png", &png, error);
    if (status == HOT_OK) status = write_part(publication, s, ".pgw", &world, error);
    if (status == HOT_OK && aux.length)
        status = write_part(publication, s, ".png.aux.xml", &aux, error);
    hot_bytes_free(&png);
    hot_bytes_free(&world);
    hot_bytes_free(&aux);
    return status;
}

/** What the threads share; touched under the critical section only. */
typedef struct {
    size_t done;
    hot_status status;
    hot_error error;
} shared;

static void draw_all(const sheets *all, const hot_result *result, const hot_pages *p,
                     const hot_publication *publication, shared *s)
{
#pragma omp parallel num_threads(hot_threads(p->threads))
    {
        hot_error error = {{0}};
        hot_pen *pen = NULL;
        hot_status status = hot_pen_new(&pen, &error);
#pragma omp for schedule(dynamic)
        for (size_t k = 0; k < all->n; k++) {
            bool go_on;
#pragma omp critical(pages)
            go_on = s->status == HOT_OK;
            if (go_on && status == HOT_OK)
                status = draw_sheet(pen, result, p, &all->list[k], publication, &error);
#pragma omp critical(pages)
            if (s->status == HOT_OK) {
                if (status != HOT_OK) {
                    s->status = status;
                    s->error = error;
                } else {
                    s->status = hot_progress_step(p->progress, "Drawing maps",
                                                  (double)++s->done / (double)all->n);
                }
            }
        }
        hot_pen_free(pen);
    }
}

hot_status hot_pages_draw(const hot_result *result, const hot_pages *pages,
                          const hot_publication *publication, size_t *drawn, hot_error *error)
{
    sheets all = {0};
    shared s = {0};
    hot_status status = list_sheets(result, pages, &all);
    if (status == HOT_OK && all.n == 0 && pages->code)
        status = hot_fail(error, HOT_USAGE, "There is no area %s=%s in the result.",
                          pages->set ? pages->set : "", pages->code);
    if (status == HOT_OK && all.n) {
        draw_all(&all, result, pages, publication, &s);
        status = s.status;
        if (status != HOT_OK && *s.error.text) *error = s.error;
    }
    *drawn = s.done;
    hot_free(all.list);
    return status;
}
