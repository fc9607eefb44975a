/** @file areas.h
 *  An area set: wards, beats, or whatever the person names, ready to count in.
 */
#ifndef HOT_LAYERS_READ_AREAS_H
#define HOT_LAYERS_READ_AREAS_H

#include "engine/base/memory.h"
#include "engine/base/status.h"
#include "engine/space/shapes.h"
#include "layers/layer.h"
#include "layers/read/coverage.h"
#include "layers/read/place.h"
#include "layers/read/polygon.h"

/** What the person says:
 *  NAME=SOURCE[:LAYER][,code=FIELD][,name=FIELD][,parent=FIELD+...][,group=FIELD][,people=FIELD]
 *  [,year=FIELD][,per=TEXT][,columns=FIELD+...][,from=FIELD][,crs=EPSG:CODE]. */
typedef struct {
    char *name, *path, *layer, *code, *label, *parent; /**< owned; NULL = not said */
    char *group, *per, *columns, *year, *from;         /**< likewise */
    int epsg;                                          /**< 0 = not said */
    bool dated; /**< look for the day from which each area is valid */
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

/** Larger areas that areas are part of. */
typedef struct {
    const char *field;
    const char **code; /**< [areas] NULL = none */
} hot_upper;

/** What incidents are divided by, besides residents: visitors, premises, km of street. */
typedef struct {
    const char *name;  /**< as a column's name, [a-z][a-z0-9_]* */
    const char *words; /**< "1,000 visitors", "km of street" */
    double per;        /**< incidents for so many of them: 1000, 1 ... */
    double *value;     /**< [areas] NaN = not known */
    size_t unmatched;  /**< codes of the file that are no area */
} hot_denominator;

/** An area's residents in one year. */
typedef struct {
    size_t area;
    int year;
    double people; /**< NaN = not known */
} hot_yearly;

/** A column that was joined to the areas by their codes. */
typedef struct {
    const char *field; /**< as its file calls it */
    hot_type type;     /**< by what it holds */
    const char **text; /**< [areas] as in the file; NULL = none */
    double *number;    /**< [areas] NaN = none; NULL for texts */
} hot_joined;

/** A file whose columns were joined. */
typedef struct {
    const char *file, *code_field;
    size_t first, n;           /**< its columns among those joined */
    size_t without, unmatched; /**< areas without a row; codes that are no area */
} hot_join;

/** An area set, ordered by code, in the analysis's coordinate system. */
typedef struct {
    const char *name; /**< "ward" */
    size_t n;
    const char **code, **label, **parent; /**< [n]; label, parent may be NULL */
    size_t n_uppers, room_uppers;
    hot_upper *uppers;       /**< [n_uppers] of parent=A+B: by A, which `parent` is, by B ... */
    const char **group;      /**< [n] areas of one text are alike; NULL = not said */
    const char *group_field; /**< NULL = not said */
    const char **from;       /**< [n] day from which it is valid, as written; NULL = not said */
    const char **version;    /**< [n] of a frozen set; NULL = none */
    double *population;      /**< [n] people; NaN = not known */
    bool has_population;     /**< a file of it was read */
    size_t n_yearly, room_yearly;
    hot_yearly *yearly; /**< [n_yearly] by area, then year; none where the file has no years */
    size_t n_denominators, room_denominators;
    hot_denominator *denominators;
    size_t n_joined, room_joined, n_joins, room_joins;
    hot_joined *joined;
    hot_join *joins;
    hot_shapes shapes; /**< [n] valid, m */
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
 *  Features with one code and one name are parts of one area; one code under two names or dates is
 *  refused, and so is a feature without a code or a polygon, a file that says no coordinate system
 *  (nor the spec), and coordinates that contradict it (fits.h). What the spec says of it goes
 *  before what the file says. Limits: hot_vector_usual in vector.h. A group= that is no field
 *  here is left to hot_areas_settle_group. Where the spec is dated, `from` is that of the field
 *  from=, or from= itself where it is a date and no field, else that of a usual name (valid_from,
 *  adopted_on ...), and `version` that of the field of this name.
 *  @param epsg  of the analysis
 *  @return HOT_OK; HOT_INPUT with a sentence. *areas is then empty. */
HOT_MUST_USE hot_status hot_areas_read(const hot_source_spec *spec, int epsg,
                                       const hot_place_rules *rules, hot_areas *areas,
                                       hot_error *error);
void hot_areas_free(hot_areas *areas);

/** The area of that code, or SIZE_MAX. Cost O(log n). */
size_t hot_areas_find(const hot_areas *areas, const char *code);

/** Fill `population` from a CSV file (FILE[,code=FIELD][,people=FIELD] in the spec: `code` and
 *  `label`), or add a denominator: where `per` says what is counted ("1000 visitors", "km of
 *  street"), and for every file after the first, named after its column, per 1,000. 0 is nobody;
 *  decimals are taken; so is "1,234". Empty, "*", "c", "-", ".." and the like (withheld) are not
 *  known: NaN. With `year`, a column of years such as 2024, 2024/25 or mid-2024, an area has a line
 * for each, and `population` is that of its last. Codes that match no area are counted, those of
 * residents in *unmatched.
 *  @return HOT_OK; HOT_INPUT with a sentence where the columns are not there, a number is negative
 *  or none, an area comes twice, no code matches at all, or two denominators have one name */
HOT_MUST_USE hot_status hot_areas_read_population(hot_areas *areas, const hot_source_spec *spec,
                                                  size_t *unmatched, hot_error *error);

/** Residents of an area in a year: those of every year where its file had no years, NaN where it
 * has years and not this one. Cost O(log n_yearly). */
double hot_areas_people_in(const hot_areas *areas, size_t area, int year);

/** Find the groups where group= names no field of the areas' own file: in a column that was joined.
 *  @return HOT_OK; HOT_INPUT with a sentence where there is none of that name either */
HOT_MUST_USE hot_status hot_areas_settle_group(hot_areas *areas, hot_error *error);

#endif
