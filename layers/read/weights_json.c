/* Weights from JSON: the door to its library. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "layers/read/file.h"
#include "layers/read/weights.h"

static double weight_of(const json_t *value)
{
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static hot_status take_object(json_t *all, const char *file, hot_weights *w, hot_error *error)
{
    const char *type;
    json_t *value;
    json_object_foreach(all, type, value) HOT_TRY(
        hot_weights_add(w, file, "its object", type, strlen(type), weight_of(value), error));
    return HOT_OK;
}

static hot_status take_list(const json_t *all, const char *file, hot_weights *w, hot_error *error)
{
    for (size_t k = 0; k < json_array_size(all); k++) {
        char where[40];
        const json_t *one = json_array_get(all, k);
        const char *type = json_string_value(json_object_get(one, "type"));
        snprintf(where, sizeof where, "entry %zu", k + 1);
        if (!type) type = "";
        HOT_TRY(hot_weights_add(w, file, where, type, strlen(type),
                                weight_of(json_object_get(one, "weight")), error));
    }
    return HOT_OK;
}

hot_status hot_weights_read_json(const char *path, hot_weights *w, hot_error *error)
{
    json_error_t why;
    const char *file = hot_base_name(path);
    hot_file *opened; /* what is no plain file is refused as elsewhere */
    HOT_TRY(hot_file_open(path, &opened, error));
    hot_file_close(opened);
    json_t *all = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
    if (!all)
        return hot_fail(error, HOT_INPUT, "%s: line %d: is no JSON: %s.", file, why.line, why.text);
    hot_status status;
    if (json_is_object(all))
        status = take_object(all, file, w, error);
    else if (json_is_array(all))
        status = take_list(all, file, w, error);
    else
        status = hot_fail(error, HOT_INPUT,
                          "%s: expected an object of weights by type, or a list of objects with "
                          "type and weight.",
                          file);
    json_decref(all);
    return status;
}
