/** @file town.h
 *  Thornbeck: a market town that does not exist, with a river, streets, homes and two years of
 *  incidents, for demonstrations and tests.
 *
 *  Everything is decided by integer arithmetic and one seed, so the same seed gives the same bytes
 *  on every machine. The ground (river, main roads, wards, beats, parks) is the same for every
 *  seed; side streets, homes, people and incidents follow the seed.
 *
 *  Coordinates are decimetres east and north of the origin (HOT_TOWN_EAST, HOT_TOWN_NORTH), which
 *  lies on the British National Grid so that projection has something to do. Nothing there looks
 *  like Thornbeck.
 */
#ifndef HOT_TOWN_TOWN_H
#define HOT_TOWN_TOWN_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

#define HOT_TOWN_NAME "Thornbeck"
/** What stands in the column `dataset` of every row: readers know the town by it. */
#define HOT_TOWN_LABEL "FICTIONAL hotbeat sample"
#define HOT_TOWN_SEED  1

enum {
    HOT_TOWN_EPSG = 27700,
    HOT_TOWN_EAST = 400000,  /**< m, of local x = 0 */
    HOT_TOWN_NORTH = 250000, /**< m, of local y = 0 */
    HOT_TOWN_MONTHS = 24,    /**< January 2024 to December 2025 */
    HOT_TOWN_COLUMNS = 13,   /**< of the incidents' CSV */
    HOT_TOWN_TYPES = 8,
    HOT_TOWN_WARDS = 13,
    HOT_TOWN_BEATS = 7,
    HOT_TOWN_VICTIMS = 12, /**< places with a case_ref */
};

/** Rows written damaged on purpose, by the reason a reader must give (see product terms). */
enum {
    HOT_TOWN_BAD_FIELD_COUNT = 2,
    HOT_TOWN_BAD_UTF8 = 1,
    HOT_TOWN_BAD_HEADER_REPEATED = 1,
    HOT_TOWN_BAD_DATE = 3,
    HOT_TOWN_BAD_NO_COORDINATES = 4,
    HOT_TOWN_BAD_NUMBER = 2,
    HOT_TOWN_BAD_ZERO_ISLAND = 2,
    HOT_TOWN_BAD_OUT_OF_RANGE = 1,
    HOT_TOWN_REJECTED = 16,  /**< the sum of the above */
    HOT_TOWN_DUPLICATES = 2, /**< repeat an earlier row byte for byte */
};

typedef struct {
    int32_t x, y; /**< dm */
} hot_town_point;

typedef struct {
    hot_town_point *at;
    size_t n, room;
} hot_town_points;

/** A run of vertices in the town's `points`. A polygon's ring repeats its first vertex. */
typedef struct {
    size_t first, count;
} hot_town_line;

typedef enum { HOT_TOWN_MAIN, HOT_TOWN_STREET, HOT_TOWN_LANE, HOT_TOWN_PATH } hot_town_class;

/** How a part of town was built; decides its streets and its houses. */
typedef enum {
    HOT_TOWN_OLD,      /**< the centre */
    HOT_TOWN_TERRACE,  /**< Victorian */
    HOT_TOWN_INTERWAR, /**< crescents of the 1930s */
    HOT_TOWN_ESTATE,   /**< post-war */
    HOT_TOWN_MODERN,   /**< closes of the 1980s */
    HOT_TOWN_WORKS,    /**< industrial and retail park */
    HOT_TOWN_VILLAGE,
    HOT_TOWN_FIELDS, /**< not built up */
} hot_town_style;

typedef struct {
    char name[40];
    hot_town_class class_;
    hot_town_style style;
    hot_town_line line;
} hot_town_street;

/** A named outline or line: river, park, railway. */
typedef struct {
    const char *name;
    hot_town_line line;
} hot_town_feature;

typedef struct {
    const char *code, *name;
    const char *parent;       /**< the district's name */
    hot_town_line ring;       /**< counter-clockwise, closed */
    hot_town_point low, high; /**< the ring's box */
    int64_t twice_area;       /**< dm2, doubled so that it is whole */
    uint32_t people;
} hot_town_area;

typedef enum {
    HOT_TOWN_HOME,
    HOT_TOWN_SHOP,
    HOT_TOWN_PUB,
    HOT_TOWN_WORKPLACE,
    HOT_TOWN_OPEN, /**< open space: no number, no address, no UPRN */
} hot_town_kind;

/** A place where an incident can be. */
typedef struct {
    hot_town_point at;
    uint32_t street; /**< index in streets; for open space an index in parks or the station's */
    uint16_t number; /**< house number; 0 for open space */
    uint8_t kind;    /**< hot_town_kind */
    uint8_t flat;    /**< 0 = none */
    uint8_t people;
    uint8_t style;    /**< hot_town_style */
    uint8_t ward;     /**< index in wards */
    uint8_t beat;     /**< index in beats */
    const char *name; /**< of a pub or an open space; NULL = none */
} hot_town_place;

typedef struct {
    int32_t from, to; /**< minutes of local clock time since 2024-01-01T00:00 */
    hot_town_point at;
    uint32_t place;   /**< index in places */
    uint32_t number;  /**< of the identifier, from 1 in each year */
    uint16_t case_;   /**< 0 = none */
    uint8_t type;     /**< index in hot_town_type */
    uint8_t on_place; /**< 1 = at the place itself; 0 = near it, in the open street */
    uint8_t council;  /**< 1 = reported to the council, 0 = to the police */
} hot_town_incident;

/** A name for the map, at a point. */
typedef struct {
    const char *name, *kind; /**< kind: town, village, district, landmark */
    hot_town_point at;
} hot_town_mark;

/** `= {0}` is the empty value. Names that are pointers are constants of the program. */
typedef struct {
    uint64_t seed;
    hot_town_points points; /**< every vertex of every line below */
    hot_town_street *streets;
    size_t n_streets, room_streets;
    hot_town_feature *waters, *parks, *rails; /**< outlines, outlines, lines */
    size_t n_waters, n_parks, n_rails;
    hot_town_line *courses; /**< middle lines of the flowing waters */
    size_t n_courses;
    hot_town_point *bridges; /**< where a street may cross a flowing water */
    size_t n_bridges;
    hot_town_area *wards, *beats; /**< [HOT_TOWN_WARDS], [HOT_TOWN_BEATS] */
    int64_t twice_area;           /**< dm2, of the study area, doubled */
    hot_town_mark *marks;
    size_t n_marks;
    hot_town_place *places;
    size_t n_places, room_places;
    hot_town_incident *incidents; /**< by time, ties in a fixed order */
    size_t n_incidents, room_incidents;
    size_t month[HOT_TOWN_MONTHS + 1]; /**< incidents of month m: month[m] .. month[m+1]-1 */
    size_t by_type[HOT_TOWN_TYPES];
    uint32_t people;
} hot_town;

/** Type names as written, the most frequent first; [0] is "Anti-social behaviour". */
extern const char *const hot_town_type[HOT_TOWN_TYPES];

/** Build the town. HOT_MEMORY leaves *town empty.  Cost: a few hundredths of a second. */
HOT_MUST_USE hot_status hot_town_new(uint64_t seed, hot_town *town);
void hot_town_free(hot_town *town);

/** Twice the signed area of a ring in dm2, counter-clockwise positive. */
int64_t hot_town_twice_area(const hot_town *town, hot_town_line ring);

/** Bytes of a text file; free with hot_town_text_free. `= {0}` is the empty value. */
typedef struct {
    char *bytes; /**< zero-terminated, but a file may hold any byte */
    size_t length, room;
} hot_town_text;
void hot_town_text_free(hot_town_text *text);

/** Name of a month's file, "2024-01-thornbeck.csv". HOT_DOMAIN if month >= HOT_TOWN_MONTHS. */
HOT_MUST_USE hot_status hot_town_file_name(size_t month, char name[32]);

/** Incidents of one month (0 = January 2024) as RFC 4180 with LF, damaged rows among them.
 *  HOT_DOMAIN if month >= HOT_TOWN_MONTHS; *text is untouched on failure. */
HOT_MUST_USE hot_status hot_town_incidents_csv(const hot_town *town, size_t month,
                                               hot_town_text *text);

/** code,name,people,dataset of the wards or of the beats; *text is untouched on failure. */
HOT_MUST_USE hot_status hot_town_population_csv(const hot_town_area *areas, size_t n,
                                                hot_town_text *text);

/** opening,closing,kind,note: an example for --map-types; *text is untouched on failure. */
HOT_MUST_USE hot_status hot_town_map_types_csv(hot_town_text *text);

/** README.txt: what this is, what is in each file, what was planted, which rows are damaged, and
 *  commands to try; *text is untouched on failure. */
HOT_MUST_USE hot_status hot_town_readme(const hot_town *town, hot_town_text *text);

#endif
