/** @file load.h
 *  The one loader: incident files to one table, placed, with every row accounted for.
 *
 *  read = accepted + rejected + duplicate. The result does not depend on the order in which the
 *  files are given: they are taken in the order of their content's hash. Rows of two sources are
 *  never duplicates of each other, nor are their files the same file.
 */
#ifndef HOT_LAYERS_READ_LOAD_H
#define HOT_LAYERS_READ_LOAD_H

#include "engine/base/progress.h"
#include "engine/incidents/incidents.h"
#include "engine/incidents/intake.h"
#include "engine/incidents/select.h"
#include "layers/read/file.h"
#include "layers/read/place.h"

typedef struct {
    hot_intake_rules intake;
    hot_selection selection;
    int epsg;       /**< of the analysis */
    int input_epsg; /**< of columns, whatever they are called, and of geodata that does not say; 0 =
                         what the columns say */
    hot_place_rules place;
    int threads;
    const hot_progress *progress;
    const char *const *source_of; /**< [paths] the agency whose file it is, NULL for one without;
                                       NULL = no source was named */
} hot_load_rules;

/** One input file. */
typedef struct {
    const char *name;   /**< base name, of a member of an archive its own; printable UTF-8 */
    const char *source; /**< the agency whose file it is; NULL = none was named */
    hot_content content;
    const char *taken[HOT_PURPOSES]; /**< the header's names of the columns that were taken; NULL =
                                          there is none, or it is the geometry */
    uint64_t read, accepted, duplicates;
    size_t selected_unlocated;
    hot_columns columns;
    hot_rejects rejects;
    uint64_t hints[HOT_HINTS];   /**< rejected rows that would be good if read another way */
    int32_t first_month, months; /**< what its rows cover; months = 0 for none */
} hot_input;

/** A row that repeats an earlier one. */
typedef struct {
    uint16_t file, first_file;
    uint32_t line, first_line;
} hot_duplicate;

typedef struct {
    size_t n_inputs;
    hot_input *inputs; /**< [n_inputs] by hash, each content once */
    size_t n_again;
    const char **again;      /**< [n_again] base names of files whose content was given already */
    hot_incidents incidents; /**< accepted rows, in the order of inputs and lines */
    hot_points points;       /**< their distinct locations in the analysis's system, by x, then y */
    uint64_t read, accepted, rejected;
    uint64_t rejects[HOT_REASONS];
    size_t n_duplicates;
    hot_duplicate *duplicates;
    uint64_t selected_unlocated;
    size_t n_unlocated, room_unlocated;
    hot_unlocated *unlocated; /**< [n_unlocated] rows rejected for want of coordinates alone; types
                                 are words of `incidents` */
    size_t n_skipped;
    const char **skipped;  /**< [n_skipped] names of files and members that are no incidents */
    hot_coverage coverage; /**< not clipped */
    bool snapped, fictional;
    const char *operation, *grid; /**< of the projection; grid NULL = none used */
    double accuracy;              /**< m; NaN = unknown */
    bool coarse;                  /**< the OSTN15 grid would have been better, and is not here */
    size_t fallen_back;           /**< distinct points beyond the grid */
    hot_arena arena;
} hot_loaded;

/** Read all files, and those in archives, side by side.
 *  @param paths  as hot_given_find understands them; at most 65,535 inputs, and 4,294,967,294 rows
 *  @return HOT_OK; HOT_INPUT, HOT_USAGE, HOT_SYSTEM with a sentence; HOT_STOPPED. *loaded is then
 *  empty. */
HOT_MUST_USE hot_status hot_load(const char *const *paths, size_t n, const hot_load_rules *rules,
                                 hot_loaded *loaded, hot_error *error);
void hot_loaded_free(hot_loaded *loaded);

#endif
