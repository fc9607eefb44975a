#define _POSIX_C_SOURCE 200809L

#include "tools/config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "layers/read/file.h"

static hot_status load(const char *path, json_t **json, hot_error *error)
{
    json_error_t why;
    *json = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
    if (!*json)
        return hot_fail(error, HOT_INPUT, "%s: is no run.json: line %d: %s.", hot_base_name(path),
                        why.line, why.text);
    if (json_is_object(json_object_get(*json, "options"))) return HOT_OK;
    json_decref(*json);
    return hot_fail(error, HOT_INPUT, "%s: is no run.json of hotbeat: it has no options.",
                    hot_base_name(path));
}

/** A file in the folder of another one. */
static bool is_beside(const char *other, const char *name, char *found, size_t room)
{
    const char *base = hot_base_name(other);
    int n = snprintf(found, room, "%.*s%s", (int)(base - other), other, name);
    if (n < 0 || (size_t)n >= room) return false;
    /* The file's own name ends where a layer or the keys begin: wards.gpkg:2025,crs=EPSG:27700. */
    char *end = found + (base - other) + strcspn(found + (base - other), ",:");
    char kept = *end;
    *end = 0;
    bool there = access(found, F_OK) == 0;
    *end = kept;
    return there;
}

/** NAME=FILE, or FILE alone, with FILE found again. */
static hot_status find_source(const char *config, const hot_asked *asked, const hot_option *o,
                              const char *value, char *text, size_t room, hot_error *error)
{
    char found[2048];
    const char *equals = o->kind == HOT_OPTION_SOURCE ? strchr(value, '=') : NULL;
    const char *file = equals ? equals + 1 : value;
    bool there =
        is_beside("", file, found, sizeof found) || is_beside(config, file, found, sizeof found);
    for (size_t k = 0; !there && k < asked->n_paths; k++)
        there = is_beside(asked->path[k], file, found, sizeof found);
    if (!there)
        return hot_fail(error, HOT_INPUT,
                        "%s: the run used %s, which is neither here nor beside the run.json or the "
                        "incidents; name it again on the command line.",
                        hot_base_name(config), file);
    snprintf(text, room, "%.*s%s", (int)(file - value), value, found);
    return HOT_OK;
}

static bool is_path(const hot_option *o)
{
    return o->kind == HOT_OPTION_SOURCE || o->kind == HOT_OPTION_FILE;
}

static hot_status take_value(const char *config, hot_asked *asked, const hot_option *o,
                             const json_t *value, hot_error *error)
{
    char text[4096];
    const char *given = json_string_value(value);
    if (json_is_true(value)) given = "yes";
    if (!given) return HOT_OK;
    if (is_path(o)) {
        HOT_TRY(find_source(config, asked, o, given, text, sizeof text, error));
        given = text;
    }
    return hot_settings_set(&asked->settings, o->name, given, error);
}

static hot_status take_option(const char *config, hot_asked *asked, const hot_option *o,
                              const json_t *value, hot_error *error)
{
    if (!json_is_array(value)) return take_value(config, asked, o, value, error);
    for (size_t k = 0; k < json_array_size(value); k++)
        HOT_TRY(take_value(config, asked, o, json_array_get(value, k), error));
    return HOT_OK;
}

hot_status hot_config_take(const char *path, hot_asked *asked, hot_error *error)
{
    json_t *json;
    HOT_TRY(load(path, &json, error));
    hot_status status = HOT_OK;
    for (size_t k = 0; k < asked->settings.n && status == HOT_OK; k++) {
        const hot_setting *s = &asked->settings.setting[k];
        const json_t *value = json_object_get(json_object_get(json, "options"), s->option->name);
        if (value && !s->given) status = take_option(path, asked, s->option, value, error);
    }
    json_decref(json);
    return status;
}

static bool has_input(const json_t *inputs, const char *sha256)
{
    for (size_t k = 0; k < json_array_size(inputs); k++) {
        const json_t *one = json_object_get(json_array_get(inputs, k), "sha256");
        if (json_is_string(one) && strcmp(json_string_value(one), sha256) == 0) return true;
    }
    return false;
}

hot_status hot_config_check(const char *path, const hot_study *study, hot_error *error)
{
    json_t *json;
    HOT_TRY(load(path, &json, error));
    const json_t *inputs = json_object_get(json, "inputs");
    hot_status status = HOT_OK;
    for (size_t k = 0; k < study->loaded.n_inputs && status == HOT_OK; k++)
        if (!has_input(inputs, study->loaded.inputs[k].content.sha256))
            status = hot_fail(error, HOT_INPUT, "%s: is not one of the files of that run (%s).",
                              study->loaded.inputs[k].name, hot_base_name(path));
    if (status == HOT_OK && json_array_size(inputs) != study->loaded.n_inputs)
        status = hot_fail(error, HOT_INPUT,
                          "That run (%s) read %zu different files, and %zu were given.",
                          hot_base_name(path), json_array_size(inputs), study->loaded.n_inputs);
    json_decref(json);
    return status;
}
