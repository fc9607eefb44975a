#include "layers/read/target.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "engine/base/memory.h"
#include "layers/read/archive.h"
#include "layers/read/file.h"

hot_status hot_several_layers(const char *file, const char *names, hot_error *error)
{
    return hot_fail(error, HOT_INPUT, "%s: holds several layers; say which, as in %s:NAME: %s.",
                    file, file, names);
}

static void member_names(const hot_archive *a, char *text, size_t room)
{
    size_t n = 0;
    char stem[64];
    *text = 0;
    for (size_t k = 0; k < a->n && n + 80 < room; k++) {
        hot_archive_stem(a->member[k], stem, sizeof stem);
        n += (size_t)snprintf(text + n, room - n, "%s%s", k ? ", " : "", stem);
    }
}

/** The member of that name, or the only one. */
static hot_status member_find(const hot_archive *a, const char *layer, const char *file, size_t *k,
                              hot_error *error)
{
    char names[600], stem[256];
    *k = 0;
    if (a->n == 1) return HOT_OK;
    for (; layer && *k < a->n; ++*k) {
        hot_archive_stem(a->member[*k], stem, sizeof stem);
        if (strcasecmp(stem, layer) == 0) return HOT_OK;
    }
    member_names(a, names, sizeof names);
    if (!layer) return hot_several_layers(file, names, error);
    return hot_fail(error, HOT_INPUT, "%s: has no layer \"%s\"; it has %s.", file, layer, names);
}

/** "/vsizip/{PATH}/MEMBER", GDAL's name for a file in an archive. */
static char *member_name(const char *path, const char *member)
{
    size_t n = strlen(path) + strlen(member) + 16;
    char *name = hot_new(n, 1);
    if (name) snprintf(name, n, "/vsizip/{%s}/%s", path, member);
    return name;
}

static hot_status find_in_archive(const char *path, const char *layer, hot_target *t,
                                  hot_error *error)
{
    hot_archive a = {0};
    size_t k;
    HOT_TRY(hot_archive_read(path, &a, error));
    hot_status status = member_find(&a, layer, hot_base_name(path), &k, error);
    if (status == HOT_OK) {
        t->kind = hot_kind_of_name(a.member[k]);
        t->is_member = true;
        t->is_layer = a.n > 1 && t->kind != HOT_GPKG;
        t->name = member_name(path, a.member[k]);
        status = t->name ? HOT_OK : HOT_MEMORY;
    }
    hot_archive_free(&a);
    return status;
}

hot_status hot_target_find(const char *path, const char *layer, hot_target *target,
                           hot_error *error)
{
    hot_target t = {0};
    HOT_TRY(hot_kind_find(path, &t.kind, error));
    if (t.kind == HOT_ZIP)
        HOT_TRY(find_in_archive(path, layer, &t, error));
    else
        t.name = hot_text(path, strlen(path));
    if (!t.name) return HOT_MEMORY;
    *target = t;
    return HOT_OK;
}

void hot_target_free(hot_target *t)
{
    hot_free(t->name);
    *t = (hot_target){0};
}
