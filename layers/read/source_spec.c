/* NAME=SOURCE[:LAYER][,key=FIELD]...: what the person says of a source. */
#include <stdio.h>
#include <string.h>

#include "layers/read/areas.h"
#include "layers/read/kind.h"

void hot_source_free(hot_source_spec *s)
{
    hot_free(s->name);
    hot_free(s->path);
    hot_free(s->layer);
    hot_free(s->code);
    hot_free(s->label);
    hot_free(s->parent);
    hot_free(s->group);
    hot_free(s->per);
    hot_free(s->columns);
    hot_free(s->year);
    hot_free(s->from);
    *s = (hot_source_spec){0};
}

/** A set's name becomes a layer's name: [a-z][a-z0-9_]*, at most 40 characters. */
static bool is_layer_name(const char *at, size_t n)
{
    if (n == 0 || n > 40 || *at < 'a' || *at > 'z') return false;
    for (size_t i = 0; i < n; i++) {
        char c = at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    }
    return true;
}

/** Where the keys begin: the first comma that a known key follows, or the end. */
static const char *keys_of(const char *source)
{
    static const char *const key[] = {"code=", "name=",    "parent=", "people=", "group=",
                                      "per=",  "columns=", "year=",   "from=",   "crs="};
    const char *c = source;
    for (; *c; c++)
        for (size_t k = 0; *c == ',' && k < sizeof key / sizeof *key; k++)
            if (strncmp(c + 1, key[k], strlen(key[k])) == 0) return c;
    return c;
}

/** A colon in the file's name, behind its ending, begins a layer's name. */
static const char *layer_of(const char *from, const char *to)
{
    const char *layer = NULL;
    for (const char *c = from; c < to; c++) {
        if (*c == '/')
            layer = NULL;
        else if (*c == ':' && !layer && c > from)
            layer = c;
    }
    return layer;
}

/** crs=EPSG:27700 */
static bool crs_taken(hot_source_spec *s, const char *at, size_t n)
{
    char text[32];
    if (n >= sizeof text || s->epsg) return false;
    snprintf(text, sizeof text, "%.*s", (int)n, at);
    s->epsg = hot_epsg_parse(text);
    return s->epsg != 0;
}

/** HOT_USAGE for a key that is not known, was there already or has no value. */
static hot_status key_take(hot_source_spec *s, const char *at, size_t n)
{
    if (n > 4 && strncmp(at, "crs=", 4) == 0)
        return crs_taken(s, at + 4, n - 4) ? HOT_OK : HOT_USAGE;
    const struct {
        const char *key;
        char **into;
    } known[] = {{"code=", &s->code},       {"name=", &s->label},  {"people=", &s->label},
                 {"parent=", &s->parent},   {"group=", &s->group}, {"per=", &s->per},
                 {"columns=", &s->columns}, {"year=", &s->year},   {"from=", &s->from}};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        size_t length = strlen(known[k].key);
        if (n <= length || strncmp(at, known[k].key, length) != 0 || *known[k].into) continue;
        *known[k].into = hot_text(at + length, n - length);
        return *known[k].into ? HOT_OK : HOT_MEMORY;
    }
    return HOT_USAGE;
}

/** What stands before the keys: the name, the file and its layer. */
static hot_status source_take(hot_source_spec *s, const char *text, const char *source,
                              const char *keys)
{
    const char *layer = layer_of(source, keys), *path_end = layer ? layer : keys;
    if (path_end == source || (layer && layer + 1 == keys)) return HOT_USAGE;
    s->name = hot_text(text, (size_t)(source - 1 - text));
    s->path = hot_text(source, (size_t)(path_end - source));
    if (layer) s->layer = hot_text(layer + 1, (size_t)(keys - layer - 1));
    return s->name && s->path && (!layer || s->layer) ? HOT_OK : HOT_MEMORY;
}

hot_status hot_source_parse(const char *option, const char *text, hot_source_spec *spec,
                            hot_error *error)
{
    hot_source_spec s = {0};
    const char *equals = strchr(text, '=');
    if (!equals || !is_layer_name(text, (size_t)(equals - text)))
        return hot_fail(error, HOT_USAGE,
                        "%s %s: expected NAME=FILE, such as %s; NAME is of lower-case letters, "
                        "digits and '_'.",
                        option, text,
                        strcmp(option, "--source") == 0 ? "police=log.csv" : "ward=wards.gpkg");
    const char *source = equals + 1, *keys = keys_of(source);
    HOT_TRY(hot_path_check(source, error));
    hot_status status = source_take(&s, text, source, keys);
    while (status == HOT_OK && *keys) {
        size_t n = strcspn(keys + 1, ",");
        status = key_take(&s, keys + 1, n);
        keys += n + 1;
    }
    if (status == HOT_OK) {
        *spec = s;
        return HOT_OK;
    }
    hot_source_free(&s);
    if (status == HOT_MEMORY) return status;
    return hot_fail(error, HOT_USAGE,
                    "%s %s: expected NAME=FILE[:LAYER][,code=FIELD][,name=FIELD][,crs=EPSG:CODE].",
                    option, text);
}
