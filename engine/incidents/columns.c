#include "engine/incidents/columns.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "engine/base/number.h"
#include "engine/incidents/clock.h"
#include "engine/incidents/gridref.h"

/** The spellings that are recognised, the most telling first; lower case, without blanks. The
 *  three pairs of coordinates stand side by side: x[i] goes with y[i]. */
static const char *const known[HOT_PURPOSES][20] = {
    [HOT_FOR_DATE] = {"date", "month", "datetime", "occurred", "occurreddate", "dateoccurred",
                      "occurredon", "incidentdate", "offencedate", "eventdate", "dateofincident",
                      "reporteddate", "datereported", "createddate", "timestamp"},
    [HOT_FOR_TIME_FROM] = {"occurredfrom", "datefrom", "fromdate", "datetimefrom", "from",
                           "timefrom", "startdate", "startdatetime", "starttime", "start",
                           "committedfrom", "time", "outputtime", "timeofday", "incidenttime"},
    [HOT_FOR_TIME_TO] = {"occurredto", "dateto", "todate", "datetimeto", "to", "timeto", "enddate",
                         "enddatetime", "endtime", "end", "committedto"},
    [HOT_FOR_YEAR] = {"year"},
    [HOT_FOR_MONTH] = {"month"},
    [HOT_FOR_DAY] = {"day"},
    [HOT_FOR_HOUR] = {"hour"},
    [HOT_FOR_MINUTE] = {"minute"},
    /* A bare "type" comes last: it may be the street's, the vehicle's or the report's. */
    [HOT_FOR_TYPE] = {"crimetype", "incidenttype", "asbtype", "offencetype", "offensetype",
                      "eventtype", "incidentcategory", "crimecategory", "offencecategory",
                      "offensecategory", "primarytype", "category", "offence", "offense",
                      "classification", "type", "openingcode", "openingtype"},
    [HOT_FOR_ID] = {"crimeid", "incidentid", "id", "incidentnumber", "incidentno", "incidentref",
                    "crimenumber", "crimeref", "crimereference", "eventid", "lognumber", "urn",
                    "uid", "reference", "ref"},
    [HOT_FOR_LABEL] = {"location", "street", "streetname", "locationname", "site", "hundredblock",
                       "road", "premises"},
    [HOT_FOR_UPRN] = {"uprn"},
    [HOT_FOR_ADDRESS] = {"address", "fulladdress", "addressline", "addressline1", "placekey"},
    [HOT_FOR_CASE] = {"caseref", "caseid", "casereference", "case", "casenumber", "victimid",
                      "victimref", "complainantid", "complainant"},
    [HOT_FOR_DATASET] = {"dataset"},
    [HOT_FOR_CLOSING] = {"closingcode", "closing", "closingtype", "closingcategory",
                         "closingclassification", "closecode", "closuretype", "resultcode"},
    [HOT_FOR_GRIDREF] = {"gridreference", "gridref", "osgridreference", "osgridref",
                         "osgbgridreference", "osgbgridref", "nationalgridreference",
                         "nationalgridref", "ngr", "osref", "osngr", "osgr"},
};

static const struct {
    const char *x, *y;
    hot_coordinates coordinates;
} pairs[] = {
    {"easting", "northing", HOT_EASTNORTH},
    {"eastings", "northings", HOT_EASTNORTH},
    {"bnge", "bngn", HOT_EASTNORTH},
    {"bngeasting", "bngnorthing", HOT_EASTNORTH},
    {"osgbeasting", "osgbnorthing", HOT_EASTNORTH},
    {"oseasting", "osnorthing", HOT_EASTNORTH},
    {"gridreferenceeasting", "gridreferencenorthing", HOT_EASTNORTH},
    {"locationeastingosgr", "locationnorthingosgr", HOT_EASTNORTH},
    {"longitude", "latitude", HOT_LONLAT},
    {"lon", "lat", HOT_LONLAT},
    {"lng", "lat", HOT_LONLAT},
    {"long", "lat", HOT_LONLAT},
    {"x", "y", HOT_XY},
    {"xcoordinate", "ycoordinate", HOT_XY},
    {"xcoord", "ycoord", HOT_XY},
};

const char *hot_purpose_option(hot_purpose purpose)
{
    static const char *const option[HOT_PURPOSES] = {
        [HOT_FOR_X] = "--x",
        [HOT_FOR_Y] = "--y",
        [HOT_FOR_DATE] = "--date",
        [HOT_FOR_TIME_FROM] = "--time-from",
        [HOT_FOR_TIME_TO] = "--time-to",
        [HOT_FOR_TYPE] = "--category",
        [HOT_FOR_ID] = "--id",
        [HOT_FOR_ADDRESS] = "--place",
        [HOT_FOR_CASE] = "--case",
        [HOT_FOR_WEIGHT] = "--weight",
        [HOT_FOR_CLOSING] = "--closing",
        [HOT_FOR_PRECISION] = "--precision",
        [HOT_FOR_GRIDREF] = "--gridref",
        [HOT_FOR_DATE_FORMAT] = "--date-format",
    };
    return option[purpose];
}

const char *hot_purpose_name(hot_purpose purpose)
{
    static const char *const name[HOT_PURPOSES] = {
        [HOT_FOR_X] = "x",
        [HOT_FOR_Y] = "y",
        [HOT_FOR_DATE] = "date",
        [HOT_FOR_TIME_FROM] = "time_from",
        [HOT_FOR_TIME_TO] = "time_to",
        [HOT_FOR_YEAR] = "year",
        [HOT_FOR_MONTH] = "month",
        [HOT_FOR_DAY] = "day",
        [HOT_FOR_HOUR] = "hour",
        [HOT_FOR_MINUTE] = "minute",
        [HOT_FOR_TYPE] = "type",
        [HOT_FOR_ID] = "identifier",
        [HOT_FOR_LABEL] = "label",
        [HOT_FOR_UPRN] = "uprn",
        [HOT_FOR_ADDRESS] = "address",
        [HOT_FOR_CASE] = "case",
        [HOT_FOR_WEIGHT] = "weight",
        [HOT_FOR_DATASET] = "dataset",
        [HOT_FOR_CLOSING] = "closing",
        [HOT_FOR_PRECISION] = "precision",
        [HOT_FOR_GRIDREF] = "grid_reference",
    };
    return name[purpose];
}

enum { NAME = 64 };

/** Bytes of a blank of another kind, or of a mark that is not seen, at `at`; 0 = it is none. */
static size_t unseen(const char *at, size_t left)
{
    static const char *const mark[] = {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x8b", "\xef\xbb\xbf"};
    for (size_t k = 0; k < sizeof mark / sizeof *mark; k++) {
        size_t n = strlen(mark[k]);
        if (left >= n && memcmp(at, mark[k], n) == 0) return n;
    }
    return 0;
}

/** A name without what does not matter in it. */
static void plain_name(const char *at, size_t length, char *plain)
{
    size_t n = 0;
    for (size_t i = 0; i < length && n < NAME - 1; i++) {
        char c = at[i];
        if (c == ' ' || c == '_' || c == '-' || c == '.' || c == '\t') continue;
        size_t blank = unseen(at + i, length - i);
        if (blank) {
            i += blank - 1;
            continue;
        }
        plain[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    plain[n] = 0;
}

/** How often a plain name stands in the header; *at = its first place. */
static int times_in(const hot_record *header, const char *plain, int32_t *at)
{
    int times = 0;
    for (size_t i = 0; i < header->n; i++) {
        char name[NAME];
        plain_name(header->field[i].at, header->field[i].length, name);
        if (strcmp(name, plain) == 0 && times++ == 0) *at = (int32_t)i;
    }
    return times;
}

/** The header's names as one text, for a sentence. */
static void names_of(const hot_record *header, char *text, size_t room)
{
    size_t n = 0;
    *text = 0;
    for (size_t i = 0; i < header->n && n + 40 < room; i++) {
        const char *at = header->field[i].at;
        int length = header->field[i].length > 30 ? 30 : (int)header->field[i].length;
        if (header->field[i].length > 30)
            while (length && (at[length] & 0xc0) == 0x80) length--; /* no half letters */
        n += (size_t)snprintf(text + n, room - n, "%s%.*s", i ? ", " : "", length, at);
    }
    if (n + 40 >= room) snprintf(text + n, room - n, " ...");
}

static hot_status twice(const char *file, const char *name, hot_error *error)
{
    return hot_fail(error, HOT_INPUT,
                    "%s: the column \"%s\" comes twice in the header; rename one of them.", file,
                    name);
}

static hot_status find_named(const hot_record *header, const char *name, const char *option,
                             const char *file, int32_t *at, hot_error *error)
{
    char plain[NAME], there[600];
    plain_name(name, strlen(name), plain);
    int times = times_in(header, plain, at);
    if (times == 1) return HOT_OK;
    if (times > 1) return twice(file, name, error);
    names_of(header, there, sizeof there);
    return hot_fail(error, HOT_INPUT, "%s: no column \"%s\" (%s); its columns are %s.", file, name,
                    option, there);
}

static hot_status find_known(const hot_record *header, hot_purpose purpose, const char *file,
                             int32_t *at, hot_error *error)
{
    for (size_t k = 0; k < sizeof known[0] / sizeof known[0][0] && known[purpose][k]; k++) {
        int times = times_in(header, known[purpose][k], at);
        if (times > 1) return twice(file, known[purpose][k], error);
        if (times == 1) return HOT_OK;
    }
    return HOT_OK;
}

static hot_status no_coordinates(const hot_record *header, const char *file, hot_error *error)
{
    char there[600];
    names_of(header, there, sizeof there);
    return hot_fail(error, HOT_INPUT,
                    "%s: no coordinates found; expected columns such as longitude and latitude, "
                    "easting and northing, or a grid reference (or name them with --x and --y, or "
                    "--gridref); its columns are %s.",
                    file, there);
}

/** The grid reference stands for both coordinates. */
static void take_gridref(hot_columns *c)
{
    c->at[HOT_FOR_X] = c->at[HOT_FOR_Y] = c->at[HOT_FOR_GRIDREF];
    c->coordinates = HOT_EASTNORTH;
}

static hot_status find_coordinates(const hot_record *header, const char *file, hot_columns *c,
                                   hot_error *error)
{
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        int32_t x = -1, y = -1;
        int xs = times_in(header, pairs[k].x, &x), ys = times_in(header, pairs[k].y, &y);
        if (!xs || !ys) continue;
        if (xs > 1 || ys > 1) return twice(file, xs > 1 ? pairs[k].x : pairs[k].y, error);
        c->at[HOT_FOR_X] = x;
        c->at[HOT_FOR_Y] = y;
        c->at[HOT_FOR_GRIDREF] = -1;
        c->coordinates = pairs[k].coordinates;
        return HOT_OK;
    }
    if (c->at[HOT_FOR_GRIDREF] < 0) return no_coordinates(header, file, error);
    take_gridref(c);
    return HOT_OK;
}

static void plain_field(const hot_record *header, int32_t at, char *plain)
{
    plain_name(header->field[at].at, header->field[at].length, plain);
}

/** Coordinates named by the person: what they are follows from their names where it can, also where
 *  they are named the other way about because the file has exchanged them. */
static void judge_named_coordinates(const hot_record *header, hot_columns *c)
{
    char x[NAME], y[NAME];
    plain_field(header, c->at[HOT_FOR_X], x);
    plain_field(header, c->at[HOT_FOR_Y], y);
    c->coordinates = HOT_XY;
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
        if (strcmp(x, pairs[k].x) == 0 ||
            (strcmp(x, pairs[k].y) == 0 && strcmp(y, pairs[k].x) == 0)) {
            c->coordinates = pairs[k].coordinates;
            return;
        }
}

static hot_status choose_coordinates(const hot_record *header, const hot_column_names *names,
                                     const char *file, hot_columns *c, hot_error *error)
{
    bool x = names->name[HOT_FOR_X], y = names->name[HOT_FOR_Y];
    if (x != y)
        return hot_fail(error, HOT_USAGE, "--x and --y go together: name both columns or neither.");
    if (x) {
        judge_named_coordinates(header, c);
        c->at[HOT_FOR_GRIDREF] = -1;
    } else if (names->name[HOT_FOR_GRIDREF]) {
        take_gridref(c);
    } else {
        HOT_TRY(find_coordinates(header, file, c, error));
    }
    return HOT_OK;
}

/* ---- is it a header at all? ---- */

static bool is_known(const char *plain)
{
    for (int p = 0; p < HOT_PURPOSES; p++)
        for (size_t k = 0; k < sizeof known[0] / sizeof known[0][0] && known[p][k]; k++)
            if (strcmp(plain, known[p][k]) == 0) return true;
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
        if (strcmp(plain, pairs[k].x) == 0 || strcmp(plain, pairs[k].y) == 0) return true;
    return false;
}

static bool is_named(const char *plain, const hot_column_names *names)
{
    for (int p = 0; p < HOT_PURPOSES; p++) {
        char named[NAME];
        if (!names->name[p]) continue;
        plain_name(names->name[p], strlen(names->name[p]), named);
        if (strcmp(plain, named) == 0) return true;
    }
    return false;
}

static bool is_value(hot_slice f)
{
    hot_moment moment;
    double x, y, size;
    return hot_number_parse(f.at, f.length, &x) ||
           hot_moment_parse(f.at, f.length, NULL, &moment) ||
           hot_gridref_parse(f.at, f.length, &x, &y, &size);
}

/** A first line of numbers and dates without one name that is known is a row, not a header. The
 *  sentence says where the values stand and not what they are. */
static hot_status check_header(const hot_record *header, const hot_column_names *names,
                               const char *file, hot_error *error)
{
    size_t values = 0, first = 0;
    for (size_t i = 0; i < header->n; i++) {
        char name[NAME];
        plain_name(header->field[i].at, header->field[i].length, name);
        if (is_known(name) || is_named(name, names)) return HOT_OK;
        if (is_value(header->field[i]) && values++ == 0) first = i + 1;
    }
    if (!values) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "%s: its first line looks like data and not like names of columns (%zu of its "
                    "%zu fields %s a number or a date, the first of them field %zu); expected a "
                    "first line such as date,easting,northing,type: add one.",
                    file, values, header->n, values == 1 ? "is" : "are", first);
}

static bool is_police_uk(const hot_record *header)
{
    static const char *const needed[] = {"crimeid",     "month",    "reportedby",
                                         "fallswithin", "location", "crimetype"};
    int32_t at;
    for (size_t k = 0; k < sizeof needed / sizeof *needed; k++)
        if (times_in(header, needed[k], &at) != 1) return false;
    return true;
}

/** Road collisions (STATS19), with one row for each vehicle or casualty. */
static bool is_stats19(const hot_record *header)
{
    static const char *const reference[] = {"accidentindex",     "collisionindex",
                                            "accidentreference", "collisionreference",
                                            "accidentyear",      "arefno"};
    int32_t at;
    for (size_t k = 0; k < sizeof reference / sizeof *reference; k++)
        if (times_in(header, reference[k], &at)) return true;
    return false;
}

/** A whole date wins over its parts; "month" beside "year" and "day" is a part. Beside parts, times
 *  are read only from columns that the person named. */
static void choose_date(const hot_column_names *names, hot_columns *c)
{
    bool parts = c->at[HOT_FOR_YEAR] >= 0 && c->at[HOT_FOR_MONTH] >= 0;
    bool month_alone = c->at[HOT_FOR_DATE] >= 0 && c->at[HOT_FOR_DATE] == c->at[HOT_FOR_MONTH];
    bool whole = c->at[HOT_FOR_DATE] >= 0 && !(month_alone && parts);
    if (names->name[HOT_FOR_DATE] || whole || !parts) {
        for (int p = HOT_FOR_YEAR; p <= HOT_FOR_MINUTE; p++) c->at[p] = -1;
        return;
    }
    c->at[HOT_FOR_DATE] = -1;
    if (!names->name[HOT_FOR_TIME_FROM]) c->at[HOT_FOR_TIME_FROM] = -1;
    if (!names->name[HOT_FOR_TIME_TO]) c->at[HOT_FOR_TIME_TO] = -1;
}

static hot_status check_date(const hot_record *header, const char *file, const hot_columns *c,
                             hot_error *error)
{
    if (c->at[HOT_FOR_DATE] >= 0 || c->at[HOT_FOR_TIME_FROM] >= 0 || c->at[HOT_FOR_YEAR] >= 0)
        return HOT_OK;
    char there[600];
    names_of(header, there, sizeof there);
    return hot_fail(error, HOT_INPUT,
                    "%s: no date found; expected a column such as date, month or occurred_from (or "
                    "name it with --date); its columns are %s.",
                    file, there);
}

hot_status hot_columns_find(const hot_record *header, const hot_column_names *names,
                            const char *file, hot_columns *columns, hot_error *error)
{
    hot_columns c = {.coordinates = HOT_XY};
    HOT_TRY(check_header(header, names, file, error));
    for (int p = 0; p < HOT_PURPOSES; p++) {
        c.at[p] = -1;
        const char *named = names->name[p];
        if (p == HOT_FOR_DATE_FORMAT) continue;
        if (named)
            HOT_TRY(find_named(header, named, hot_purpose_option((hot_purpose)p), file, &c.at[p],
                               error));
        else
            HOT_TRY(find_known(header, (hot_purpose)p, file, &c.at[p], error));
    }
    HOT_TRY(choose_coordinates(header, names, file, &c, error));
    choose_date(names, &c);
    HOT_TRY(check_date(header, file, &c, error));
    c.police_uk = is_police_uk(header);
    c.stats19 = is_stats19(header);
    *columns = c;
    return HOT_OK;
}
