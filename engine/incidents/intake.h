/** @file intake.h
 *  Records to incidents, every row that is not accepted with its reason.
 *
 *  read = accepted (rows.n) + rejected (rejects.n), for one file; duplicates are found afterwards,
 *  over all files (incidents.h).
 */
#ifndef HOT_INCIDENTS_INTAKE_H
#define HOT_INCIDENTS_INTAKE_H

#include "engine/base/status.h"
#include "engine/incidents/columns.h"
#include "engine/incidents/csv.h"
#include "engine/incidents/hint.h"
#include "engine/incidents/incidents.h"
#include "engine/incidents/reason.h"
#include "engine/space/shapes.h"

typedef struct {
    hot_column_names columns;
    const hot_zone *zone; /**< for times with Z or an offset; NULL = UTC */
    hot_box degrees;      /**< where the analysis's coordinate system is used; an exchanged pair is
                               one that lies in here only when exchanged; all 0 = not known */
    hot_box metres;       /**< what x and y columns may hold; all 0 = anything finite */
    bool system_said; /**< the person says what the coordinates are, whatever their columns say: */
    hot_coordinates system;
} hot_intake_rules;

/** A row that was rejected for want of coordinates alone. */
typedef struct {
    int64_t from;
    uint32_t type, closing; /**< words of `rows.words` */
    uint8_t precision;
} hot_unlocated;

/** What one file gave. `= {0}` is empty; free with hot_intake_free. */
typedef struct {
    uint64_t read;
    hot_columns columns;
    hot_incidents rows;
    hot_rejects rejects;
    hot_unlocated *unlocated;
    size_t n_unlocated, room_unlocated;
    const char *taken[HOT_PURPOSES]; /**< the header's names of the columns that were taken, NULL =
                                          none, also x and y of a grid
                                          reference; live in `rows.texts` */
    uint64_t hints[HOT_HINTS];       /**< rejected rows that would be good if read another way */
    uint64_t near_rows;              /**< accepted rows whose label begins "On or near" */
    uint64_t fictional_rows;         /**< accepted rows that call themselves fictional */
} hot_intake;

/** Read a whole CSV file.
 *  @param file  its name, for sentences
 *  @return HOT_OK; HOT_INPUT when the file is refused whole; HOT_USAGE as hot_columns_find;
 *  HOT_SYSTEM when the source failed; HOT_MEMORY. After a failure *intake may be freed and is of no
 * other use. Cost O(bytes)    Memory  accepted rows + one buffer of 20 MiB */
HOT_MUST_USE hot_status hot_intake_read(hot_source source, const char *file,
                                        const hot_intake_rules *rules, hot_intake *intake,
                                        hot_error *error);

/** Where records that are no CSV come from: the next one, or *more = false; valid until the call
 *  after it. Each has as many fields as the header, or a fault. */
typedef struct {
    hot_status (*next)(void *self, hot_record *record, bool *more);
    void *self;
} hot_records;

/** Read records from anywhere, as hot_intake_read does those of a CSV file.
 *  @param header  names of the fields; valid throughout */
HOT_MUST_USE hot_status hot_intake_records(hot_records records, const hot_record *header,
                                           const char *file, const hot_intake_rules *rules,
                                           hot_intake *intake, hot_error *error);

void hot_intake_free(hot_intake *intake);

/** British National Grid: the box that easting and northing columns may hold, m. */
#define HOT_GRID_BOX ((hot_box){0, 0, 700000, 1300000})

#endif
