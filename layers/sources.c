#include "layers/sources.h"

#include <stdlib.h>
#include <string.h>

static hot_status take_source(const char *text, hot_source_files *f, hot_error *error)
{
    hot_source_spec spec;
    HOT_TRY(hot_source_parse("--source", text, &spec, error));
    size_t name = strlen(spec.name);
    hot_source_free(&spec);
    f->name[f->n] = hot_arena_text(&f->arena, text, name);
    f->path[f->n] = hot_arena_text(&f->arena, text + name + 1, strlen(text + name + 1));
    return f->name[f->n] && f->path[f->n++] ? HOT_OK : HOT_MEMORY;
}

hot_status hot_sources_gather(const char *const *paths, size_t n, const hot_settings *settings,
                              hot_source_files *f, hot_error *error)
{
    const hot_setting *source = hot_settings_of(settings, "source");
    if (n + source->n == 0)
        return hot_fail(error, HOT_USAGE,
                        "No incident files were given; name them, or give each agency's with "
                        "--source NAME=FILE.");
    f->path = hot_new(n + source->n, sizeof *f->path);
    f->name = hot_new(n + source->n, sizeof *f->name);
    if (!f->path || !f->name) return HOT_MEMORY;
    for (size_t k = 0; k < n; k++) f->path[f->n++] = paths[k];
    for (size_t k = 0; k < source->n; k++) HOT_TRY(take_source(source->text[k], f, error));
    return HOT_OK;
}

void hot_source_files_free(hot_source_files *f)
{
    hot_free(f->path);
    hot_free(f->name);
    hot_arena_free(&f->arena);
    *f = (hot_source_files){0};
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *name_of(const hot_input *in)
{
    return in->source ? in->source : HOT_SOURCE_UNNAMED;
}

/** The names of all inputs' sources, each once, by the alphabet. */
static void list_names(hot_study *s)
{
    size_t n = s->loaded.n_inputs, kept = 0;
    for (size_t k = 0; k < n; k++) s->source[k] = name_of(&s->loaded.inputs[k]);
    qsort(s->source, n, sizeof *s->source, by_name);
    for (size_t k = 0; k < n; k++)
        if (kept == 0 || strcmp(s->source[k], s->source[kept - 1]) != 0)
            s->source[kept++] = s->source[k];
    s->n_sources = kept;
}

hot_status hot_sources_list(hot_study *s)
{
    bool any = false;
    for (size_t k = 0; k < s->loaded.n_inputs; k++) any = any || s->loaded.inputs[k].source;
    if (!any) return HOT_OK;
    s->source = hot_new(s->loaded.n_inputs, sizeof *s->source);
    s->source_of = hot_new(s->loaded.n_inputs, sizeof *s->source_of);
    if (!s->source || !s->source_of) return HOT_MEMORY;
    list_names(s);
    for (size_t k = 0; k < s->loaded.n_inputs; k++) {
        const char *name = name_of(&s->loaded.inputs[k]);
        while (strcmp(s->source[s->source_of[k]], name) != 0) s->source_of[k]++;
    }
    return HOT_OK;
}
