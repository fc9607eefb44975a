/** @file join.h
 *  Columns of any table by area code: deprivation, survey, priorities.
 */
#ifndef HOT_LAYERS_READ_JOIN_H
#define HOT_LAYERS_READ_JOIN_H

#include "layers/read/areas.h"

/** The most columns that a set's areas may be given, in all. */
enum { HOT_JOINED = 200 };

/** Join the columns of a file to the areas.
 *
 *  A CSV file, or a layer of geodata, whose geometry is passed by. The column of codes is the one
 *  named, else as in area_fields.h. Columns: those named (columns=A+B), else all but the codes'. A
 *  column of numbers, some withheld, becomes numbers; digits with a zero before them stay text.
 *  @return HOT_OK; HOT_INPUT with a sentence for a column that is not there, a code of an area that
 *  comes twice, more than HOT_JOINED columns, or where no code matches. *areas is then as it was or
 *  with some of the columns, to be freed */
HOT_MUST_USE hot_status hot_areas_join(hot_areas *areas, const hot_source_spec *spec,
                                       hot_error *error);

#endif
