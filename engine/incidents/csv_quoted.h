/** @file csv_quoted.h
 *  Records with quotation marks, from the marks alone; for csv.c alone.
 */
#ifndef HOT_INCIDENTS_CSV_QUOTED_H
#define HOT_INCIDENTS_CSV_QUOTED_H

#include "engine/incidents/csv.h"

/** Split a usual record, with quotation marks in place and no line end between them, into as many
 *  fields as are expected: into csv->field, still quoted. *last = the mark of its line end.
 *  @return false where a closer look is needed, at whatever that is */
bool hot_csv_split_quoted(const hot_csv *csv, size_t *last);

#endif
