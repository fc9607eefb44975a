/** @file sources.h
 *  The agencies whose files a run reads: which file is whose, and which rows.
 */
#ifndef HOT_LAYERS_SOURCES_H
#define HOT_LAYERS_SOURCES_H

#include "layers/study.h"

/** What files without a source are called beside those that have one. */
#define HOT_SOURCE_UNNAMED "unnamed"

/** The files of a run and whose each is. `= {0}` is empty. */
typedef struct {
    size_t n;
    const char **path; /**< [n] */
    const char **name; /**< [n] the agency; NULL = given without one */
    hot_arena arena;
} hot_source_files;

/** The paths that were given, and those of every --source.
 *  @return HOT_OK; HOT_USAGE with a sentence where there is none, or one cannot be read;
 *  HOT_MEMORY. *files is to be freed in each case */
HOT_MUST_USE hot_status hot_sources_gather(const char *const *paths, size_t n,
                                           const hot_settings *settings, hot_source_files *files,
                                           hot_error *error);
void hot_source_files_free(hot_source_files *files);

/** Set the study's `source` and `source_of` where any source was named.
 *  @return HOT_OK, or HOT_MEMORY (the study is to be freed) */
HOT_MUST_USE hot_status hot_sources_list(hot_study *study);

/** The source of a row, as a number of `study->source`; only where n_sources is not 0. */
static inline size_t hot_source_of_row(const hot_study *study, size_t row)
{
    return study->source_of[study->loaded.incidents.file[row]];
}

#endif
