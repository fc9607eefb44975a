/** @file areas.h
 *  An area set: wards, beats, or whatever the person names, ready to count in.
 */
#ifndef HOT_LAYERS_READ_AREAS_H
#define HOT_LAYERS_READ_AREAS_H

#include "engine/base/memory.h"
#include "engine/base/status.h"
#include "engine/space/shapes.h"
#include "layers/read/place.h"
#include "layers/read/polygon.h"

/** What the person says: NAME=SOURCE[:LAYER][,code=FIELD][,name=FIELD][,parent=FIELD]. */
typedef struct {
    char *name, *path, *layer, *code, *label, *parent; /**< owned; NULL = not said */
} hot_source_spec;

/** Take such a text apart. `keys` are the words allowed before '='.
 *  @return HOT_OK; HOT_USAGE with a sentence that says what was expected */
HOT_MUST_USE hot_status hot_source_parse(const char *option, const char *text,
                                         hot_source_spec *spec, hot_error *error);
void hot_source_free(hot_source_spec *spec);

/** One repaired polygon, for the list of repairs. */
typedef struct {
    size_t area; /**< index of the set */
    hot_repair repair;
} hot_area_repair;

/** An area set, ordered by code, in the analysis's coordinate system. */
typedef struct {
    const char *name; /**< "ward" */
    size_t n;
    const char **code, **label, **parent; /**< [n]; label, parent may be NULL */
    double *population;                    /**< [n] people; NaN = not known */
    hot_shapes shapes;                     /**< [n] valid, m */
    size_t n_repairs, room_repairs;
    hot_area_repair *repairs;
    int source_epsg;
    const char *source, *layer; /**< base name of the file, and its layer */
    const char *code_field, *label_field;
    hot_arena arena;
} hot_areas;

/** Read an area set and put it in place.
 *
 *  Fields: those named, else the usual ones (ONS codes such as WD25CD and WD25NM, code, name ...).
 *  Features with one code and one name are parts of one area; one code under two names is refused,
 *  and so is a feature without a code or a polygon.
 *  @param epsg  of the analysis
 *  @return HOT_OK; HOT_INPUT with a sentence. *areas is then empty. */
HOT_MUST_USE hot_status hot_areas_read(const hot_source_spec *spec, int epsg,
                                       const hot_place_rules *rules, hot_areas *areas,
                                       hot_error *error);
void hot_areas_free(hot_areas *areas);

/** The area of that code, or SIZE_MAX. Cost O(log n). */
size_t hot_areas_find(const hot_areas *areas, const char *code);

/** Fill `population` from a CSV file (FILE[,code=FIELD][,people=FIELD] in the spec: `code` and
 *  `label`). Codes that match no area are counted in *unmatched.
 *  @return HOT_OK; HOT_INPUT with a sentence where the columns are not there, a number cannot be
 *  read, or no code matches at all */
HOT_MUST_USE hot_status hot_areas_read_population(hot_areas *areas, const hot_source_spec *spec,
                                                  size_t *unmatched, hot_error *error);

#endif
