/** @file zone.h
 *  A time zone of the IANA database, from the machine's own copy (RFC 8536).
 */
#ifndef HOT_LAYERS_READ_ZONE_H
#define HOT_LAYERS_READ_ZONE_H

#include "engine/base/status.h"
#include "engine/incidents/clock.h"

/** Read a zone such as Europe/London. HOT_USAGE, with a sentence, where there is none of that
 *  name. */
HOT_MUST_USE hot_status hot_zone_read(const char *name, hot_zone *zone, hot_error *error);

#endif
