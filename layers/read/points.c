#include "layers/read/points.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "engine/base/memory.h"
#include "engine/base/number.h"
#include "layers/read/fits.h"
#include "layers/read/vector.h"

/* No field of a file has these names. */
static const char x_name[] = "(x)", y_name[] = "(y)", no_point[] = "no point";

/** Features as records: their fields, then x and y. */
typedef struct {
    const hot_vector *v;
    size_t next;
    hot_slice *field; /* [n_fields + 2] */
    char x[32], y[32];
} features;

static hot_slice slice_of(const char *text)
{
    return text ? (hot_slice){text, strlen(text)} : (hot_slice){"", 0};
}

/** Write where a feature is; what is no point is written as something that is no number. */
static void write_place(features *f, size_t i)
{
    const hot_vector *v = f->v;
    bool other = v->other[i];
    hot_number_format(v->x[i], f->x);
    hot_number_format(v->y[i], f->y);
    f->field[v->n_fields] = slice_of(other ? no_point : f->x);
    f->field[v->n_fields + 1] = slice_of(other ? no_point : f->y);
}

static hot_status next_feature(void *self, hot_record *record, bool *more)
{
    features *f = self;
    const hot_vector *v = f->v;
    size_t i = f->next++;
    *more = i < v->n;
    if (!*more) return HOT_OK;
    *record =
        (hot_record){.field = f->field, .n = v->n_fields + 2, .line = i + 1, .fault = HOT_REASONS};
    for (size_t k = 0; k < v->n_fields; k++) {
        f->field[k] = slice_of(v->value[i * v->n_fields + k]);
        if (hot_utf8_is(f->field[k].at, f->field[k].length)) continue;
        record->fault = HOT_BAD_UTF8;
        record->column = (uint32_t)k + 1;
    }
    write_place(f, i);
    return HOT_OK;
}

static hot_status read_features(const hot_vector *v, const char *name,
                                const hot_intake_rules *rules, hot_intake *in, hot_error *error)
{
    features f = {.v = v, .field = hot_new(v->n_fields + 2, sizeof *f.field)};
    hot_slice *names = hot_new(v->n_fields + 2, sizeof *names);
    hot_status status = f.field && names ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) {
        for (size_t k = 0; k < v->n_fields; k++) names[k] = slice_of(v->field[k]);
        names[v->n_fields] = slice_of(x_name);
        names[v->n_fields + 1] = slice_of(y_name);
        hot_record header = {.field = names, .n = v->n_fields + 2, .fault = HOT_REASONS};
        status =
            hot_intake_records((hot_records){next_feature, &f}, &header, name, rules, in, error);
    }
    hot_free(f.field);
    hot_free(names);
    return status;
}

/** The geometry is no column of the file. */
static void forget_columns(const hot_vector *v, hot_intake *in)
{
    for (size_t k = 0; k < in->rejects.n; k++)
        if (in->rejects.row[k].column > v->n_fields) in->rejects.row[k].column = 0;
    in->taken[HOT_FOR_X] = in->taken[HOT_FOR_Y] = NULL;
}

static hot_status check_layer(const hot_vector *v, const char *name, int epsg, hot_error *error)
{
    if (v->n == 0) return hot_fail(error, HOT_INPUT, "%s: holds no feature.", name);
    size_t others = 0;
    for (size_t i = 0; i < v->n; i++) others += v->other[i];
    if (others == v->n)
        return hot_fail(error, HOT_INPUT,
                        "%s: holds lines, areas or several points in one, not points; an incident "
                        "is one point (areas are given with --areas).",
                        name);
    if (epsg == 0)
        return hot_fail(
            error, HOT_INPUT,
            "%s: does not say its coordinate system; say it with --input-crs EPSG:CODE.", name);
    return HOT_OK;
}

static hot_status take_layer(const hot_vector *v, const char *name, const hot_intake_rules *rules,
                             int epsg, hot_intake *in, hot_error *error)
{
    HOT_TRY(check_layer(v, name, epsg, error));
    hot_intake_rules own = *rules;
    own.columns.name[HOT_FOR_X] = x_name;
    own.columns.name[HOT_FOR_Y] = y_name;
    own.columns.name[HOT_FOR_GRIDREF] = NULL;
    own.system_said = true;
    HOT_TRY(hot_crs_room(epsg, &own.metres, error));
    own.system = epsg == 4326 ? HOT_LONLAT : epsg == 27700 ? HOT_EASTNORTH : HOT_XY;
    HOT_TRY(read_features(v, name, &own, in, error));
    forget_columns(v, in);
    return HOT_OK;
}

/* ---- the file's bytes ---- */

enum { PARTS = 4, LONGEST = 4096 };

/** The files that hold a layer: one, or those of a Shapefile, endings in its own case. */
static hot_status digest(const char *path, hot_content *content, hot_error *error)
{
    static const char *const ending[PARTS] = {"shp", "dbf", "prj", "cpg"};
    size_t n = strlen(path);
    char other[PARTS][LONGEST];
    const char *list[PARTS] = {path};
    if (n < 4 || n >= LONGEST || strcasecmp(path + n - 4, ".shp") != 0)
        return hot_file_digest(list, 1, content, error);
    for (size_t k = 1; k < PARTS; k++) {
        memcpy(other[k], path, n + 1);
        bool upper = path[n - 1] == 'P';
        for (size_t c = 0; c < 3; c++)
            other[k][n - 3 + c] = upper ? (char)toupper(ending[k][c]) : ending[k][c];
        list[k] = other[k];
    }
    return hot_file_digest(list, PARTS, content, error);
}

/** JSON that begins with a bracket is a list of the data.police.uk API's answers. */
static hot_status refuse_list(const char *path, const char *name, hot_error *error)
{
    hot_file *file;
    char first[64];
    HOT_TRY(hot_file_open(path, &file, error));
    hot_source source = hot_file_source(file);
    ptrdiff_t n = source.read(source.self, first, sizeof first);
    hot_file_close(file);
    ptrdiff_t at = 0;
    while (at < n && (first[at] == ' ' || first[at] == '\n' || first[at] == '\r')) at++;
    if (at >= n || first[at] != '[') return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "%s: is a list in JSON, such as the data.police.uk API answers with, which is "
                    "not read; download the CSV files from the site, or give GeoJSON.",
                    name);
}

hot_status hot_points_read(const char *path, const char *layer, const char *name,
                           const hot_intake_rules *rules, int *epsg, hot_intake *intake,
                           hot_content *content, hot_error *error)
{
    hot_vector v = {0};
    hot_content after;
    HOT_TRY(refuse_list(path, name, error));
    HOT_TRY(digest(path, content, error));
    HOT_TRY(hot_vector_read(path, layer, &v, error));
    if (v.epsg) *epsg = v.epsg;
    hot_status status = take_layer(&v, name, rules, *epsg, intake, error);
    hot_vector_free(&v);
    HOT_TRY(status);
    HOT_TRY(digest(path, &after, error));
    if (strcmp(after.sha256, content->sha256) == 0) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "%s: changed while it was read; run again when nobody writes to it.", name);
}
