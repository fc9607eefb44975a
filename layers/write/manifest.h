/** @file manifest.h
 *  The run's manifest: what was asked for, what was read, and everything that decides the result.
 *  It holds no path, no clock and no name of a person.
 */
#ifndef HOT_LAYERS_WRITE_MANIFEST_H
#define HOT_LAYERS_WRITE_MANIFEST_H

#include "layers/study.h"

/** The manifest as JSON text, the same for the same study.
 *  @param made    every layer of the run but the one that holds the manifest
 *  @param text    out, owned by the caller
 *  @param run_id  out, 16 bytes: twelve characters that name this very run, from the rows, the
 * areas the context and what was asked; not from the names of the incident files nor from how the
 *                 rows were cut into them, so that pages of the same rows are the same bytes
 *  @return HOT_OK or HOT_MEMORY */
HOT_MUST_USE hot_status hot_manifest_format(const hot_study *study, const hot_result *made,
                                            char **text, char *run_id, hot_error *error);

/** Only the parts that say what the input is: rows, rejects, inputs, coverage. */
HOT_MUST_USE hot_status hot_manifest_format_input(const hot_study *study, char **text,
                                                  hot_error *error);

#endif
