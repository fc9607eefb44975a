/** @file areas.h
 *  An area set: wards, beats, or whatever the person names, ready to count in.
 */
#ifndef HOT_LAYERS_READ_AREAS_H
#define HOT_LAYERS_READ_AREAS_H

#include "engine/base/memory.h"
#include "engine/base/status.h"
#include "engine/space/shapes.h"
#include "layers/read/coverage.h"
#include "layers/read/place.h"
#include "layers/read/polygon.h"

/** What the person says:
 *  NAME=SOURCE[:LAYER][,code=FIELD][,name=FIELD][,parent=FIELD][,people=FIELD][,crs=EPSG:CODE]. */
typedef struct {
    char *name, *path, *layer, *code, *label, *parent; /**< owned; NULL = not said */
    int epsg;                                          /**< 0 = not said */
} hot_source_spec;

/** Take such a text apart. A comma that no known word follows is part of the file's name.
 *  @return HOT_OK; HOT_USAGE with a sentence that says what was expected; HOT_INPUT for a SOURCE
 * that is no file (hot_path_check in kind.h) */
HOT_MUST_USE hot_status hot_source_parse(const char *option, const char *text,
                                         hot_source_spec *spec, hot_error *error);
void hot_source_free(hot_source_spec *spec);

/** The coordinate system: what the person said, else what the file says (0 = nothing).
 *  @return HOT_OK; HOT_INPUT with a sentence where neither says any */
HOT_MUST_USE hot_status hot_source_epsg(const hot_source_spec *spec, int of_file, int *epsg,
                                        hot_error *error);

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
    double *population;                   /**< [n] people; NaN = not known */
    bool has_population;                  /**< a file of it was read */
    hot_shapes shapes;                    /**< [n] valid, m */
    size_t n_repairs, room_repairs;
    hot_area_repair *repairs;
    hot_coverage_report coverage; /**< whether they overlap or leave gaps; indices of the set */
    int source_epsg;
    const char *source, *layer; /**< base name of the file, and its layer */
    const char *code_field, *label_field;
    hot_arena arena;
} hot_areas;

/** Read an area set and put it in place.
 *
 *  Fields: those named, else the usual ones (ONS codes such as WD25CD and WD25NM, code, name ...).
 *  Features with one code and one name are parts of one area; one code under two names is refused,
 *  and so is a feature without a code or a polygon, a file that says no coordinate system (nor the
 *  spec), and coordinates that contradict it (fits.h). What the spec says of it goes before what
 * the file says. Limits: hot_vector_usual in vector.h.
 *  @param epsg  of the analysis
 *  @return HOT_OK; HOT_INPUT with a sentence. *areas is then empty. */
HOT_MUST_USE hot_status hot_areas_read(const hot_source_spec *spec, int epsg,
                                       const hot_place_rules *rules, hot_areas *areas,
                                       hot_error *error);
void hot_areas_free(hot_areas *areas);

/** The area of that code, or SIZE_MAX. Cost O(log n). */
size_t hot_areas_find(const hot_areas *areas, const char *code);

/** Fill `population` from a CSV file (FILE[,code=FIELD][,people=FIELD] in the spec: `code` and
 *  `label`). 0 is nobody; decimals are taken; so is "1,234". Empty, "*", "c", "-", ".." and the
 * like (withheld) are not known: NaN. Codes that match no area are counted in *unmatched.
 *  @return HOT_OK; HOT_INPUT with a sentence where the columns are not there, a number is negative
 *  or none, an area comes twice, or no code matches at all */
HOT_MUST_USE hot_status hot_areas_read_population(hot_areas *areas, const hot_source_spec *spec,
                                                  size_t *unmatched, hot_error *error);

#endif
