/* hot_columns_find: which column is which, and a sentence where it cannot be known. */
#include "tests/check.h"

#include "engine/incidents/columns.h"

/** A header of names separated by '|', as a record. */
static hot_record header_of(const char *names, hot_slice *field)
{
    hot_record record = {.field = field, .line = 1, .fault = HOT_REASONS};
    for (;;) {
        size_t n = strcspn(names, "|");
        field[record.n++] = (hot_slice){names, n};
        if (!names[n]) return record;
        names += n + 1;
    }
}

enum { X = HOT_FOR_X, Y, DATE, FROM, TO, YEAR, MONTH, DAY };

typedef struct {
    const char *names;
    int32_t x, y, date, from, year;
    hot_coordinates coordinates;
} recognised;

static void recognises(void **unused)
{
    (void)unused;
    static const recognised cases[] = {
        {"Longitude|Latitude|Month", 0, 1, 2, -1, -1, HOT_LONLAT},
        {"LAT|LON|DATE", 1, 0, 2, -1, -1, HOT_LONLAT},
        {"lng|lat|date_occurred", 0, 1, 2, -1, -1, HOT_LONLAT},
        {"Easting|Northing|Incident Date", 0, 1, 2, -1, -1, HOT_EASTNORTH},
        {"location_easting_osgr|location_northing_osgr|date|time", 0, 1, 2, 3, -1, HOT_EASTNORTH},
        {"BNG_E|BNG_N|date", 0, 1, 2, -1, -1, HOT_EASTNORTH},
        {"X|Y|occurred_from|occurred_to", 0, 1, -1, 2, -1, HOT_XY},
        {"lon|lat|easting|northing|date", 2, 3, 4, -1, -1, HOT_EASTNORTH}, /* metres win */
        {"lon|easting|northing|date", 1, 2, 3, -1, -1, HOT_EASTNORTH},
        {"TYPE|YEAR|MONTH|DAY|HOUR|MINUTE|X|Y", 6, 7, -1, -1, 1, HOT_XY},
        {"x|y|year|month|day|start|end", 0, 1, -1, -1, 2, HOT_XY},
        {"x|y|year|month|date", 0, 1, 4, -1, -1, HOT_XY},
        {"x|y|year|date", 0, 1, 3, -1, -1, HOT_XY},
        {"x|y|reported_date|occurred", 0, 1, 3, -1, -1, HOT_XY}, /* the most telling */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const recognised *r = &cases[i];
        hot_slice field[20];
        hot_record header = header_of(r->names, field);
        hot_column_names names = {{0}};
        hot_columns c;
        hot_error error = {{0}};
        if (hot_columns_find(&header, &names, "a.csv", &c, &error) != HOT_OK)
            fail_msg("%s: %s", r->names, error.text);
        int32_t at[] = {c.at[X], c.at[Y], c.at[DATE], c.at[FROM], c.at[YEAR]};
        const int32_t expected[] = {r->x, r->y, r->date, r->from, r->year};
        for (size_t k = 0; k < COUNT(at); k++)
            if (at[k] != expected[k]) fail_msg("%s: %d. is %d", r->names, (int)k, (int)at[k]);
        assert_int_equal(c.coordinates, r->coordinates);
        assert_int_equal(c.police_uk, 0);
    }
}

static void the_other_purposes(void **unused)
{
    (void)unused;
    hot_slice field[20];
    hot_record header =
        header_of("x|y|date|Crime type|Crime ID|Location|UPRN|Address|case-ref|dataset|weight|time to",
                  field);
    hot_column_names names = {{0}};
    hot_columns c;
    assert_int_equal(hot_columns_find(&header, &names, "a.csv", &c, NULL), HOT_OK);
    static const hot_purpose purpose[] = {HOT_FOR_TYPE, HOT_FOR_ID,   HOT_FOR_LABEL, HOT_FOR_UPRN,
                                          HOT_FOR_ADDRESS, HOT_FOR_CASE, HOT_FOR_DATASET};
    for (size_t k = 0; k < COUNT(purpose); k++) assert_int_equal(c.at[purpose[k]], k + 3);
    assert_int_equal(c.at[HOT_FOR_WEIGHT], -1); /* never guessed */
    assert_int_equal(c.at[HOT_FOR_TIME_TO], 11);
    assert_int_equal(c.at[HOT_FOR_HOUR], -1);
}

/** The name that tells most is the type; a bare "type" only where there is nothing else. */
static void the_type(void **unused)
{
    (void)unused;
    static const struct {
        const char *names;
        int32_t at;
    } cases[] = {
        {"x|y|date|offense|beat|block|street|type|suffix", 3}, /* Houston: dr, st, rd */
        {"x|y|date|type|offence", 4},
        {"x|y|date|type|category", 4},
        {"x|y|date|TYPE|HUNDRED_BLOCK", 3}, /* Vancouver */
        {"x|y|date|category|Incident Type", 4},
        {"x|y|date|offense_type|uid", 3}, /* Memphis */
        {"x|y|date|type|Crime type", 4},
        {"x|y|date|Primary Type|Description", 3}, /* Chicago */
        {"x|y|date|mode", -1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        hot_slice field[20];
        hot_record header = header_of(cases[i].names, field);
        hot_column_names names = {{0}};
        hot_columns c;
        assert_int_equal(hot_columns_find(&header, &names, "a.csv", &c, NULL), HOT_OK);
        if (c.at[HOT_FOR_TYPE] != cases[i].at)
            fail_msg("%s: %d", cases[i].names, (int)c.at[HOT_FOR_TYPE]);
    }
}

static void police_uk(void **unused)
{
    (void)unused;
    hot_slice field[20];
    hot_record header = header_of("Crime ID|Month|Reported by|Falls within|Longitude|Latitude|"
                                  "Location|LSOA code|LSOA name|Crime type|Context",
                                  field);
    hot_column_names names = {{0}};
    hot_columns c;
    assert_int_equal(hot_columns_find(&header, &names, "a.csv", &c, NULL), HOT_OK);
    assert_int_equal(c.police_uk, 1);
    assert_int_equal(c.at[HOT_FOR_DATE], 1);
    assert_int_equal(c.at[HOT_FOR_YEAR], -1);
}

typedef struct {
    const char *names;
    hot_purpose purpose;
    const char *name;
    hot_purpose other;
    const char *other_name;
    int32_t at, other_at;
    hot_coordinates coordinates;
} named;

static void named_by_the_person(void **unused)
{
    (void)unused;
    static const named cases[] = {
        {"lon|lat|date|when", HOT_FOR_DATE, "When", HOT_FOR_ID, NULL, 3, -1, HOT_LONLAT},
        {"lon|lat|date|e|n", HOT_FOR_X, "E", HOT_FOR_Y, "N", 3, 4, HOT_XY},
        {"lon|lat|date|x|y", HOT_FOR_X, "lon", HOT_FOR_Y, "lat", 0, 1, HOT_LONLAT},
        {"eastings|lat|date|n", HOT_FOR_X, "Eastings", HOT_FOR_Y, "n", 0, 3, HOT_EASTNORTH},
        {"x|y|date|harm", HOT_FOR_WEIGHT, "HARM", HOT_FOR_CASE, NULL, 3, -1, HOT_XY},
        {"x|y|year|month|began", HOT_FOR_TIME_FROM, "began", HOT_FOR_YEAR, NULL, 4, 2, HOT_XY},
        {"x|y|year|month|when", HOT_FOR_DATE, "when", HOT_FOR_YEAR, NULL, 4, -1, HOT_XY},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const named *n = &cases[i];
        hot_slice field[20];
        hot_record header = header_of(n->names, field);
        hot_column_names names = {{0}};
        names.name[n->purpose] = n->name;
        names.name[n->other] = n->other_name;
        hot_columns c;
        assert_int_equal(hot_columns_find(&header, &names, "a.csv", &c, NULL), HOT_OK);
        assert_int_equal(c.at[n->purpose], n->at);
        assert_int_equal(c.at[n->other], n->other_at);
        assert_int_equal(c.coordinates, n->coordinates);
    }
}

typedef struct {
    const char *names;
    hot_purpose purpose;
    const char *name;
    hot_status status;
    const char *says;
} refusal;

static void refusals(void **unused)
{
    (void)unused;
    static const refusal cases[] = {
        {"date|type", HOT_FOR_ID, NULL, HOT_INPUT, "a.csv: no coordinates found"},
        {"lon|northing|date", HOT_FOR_ID, NULL, HOT_INPUT, "its columns are lon, northing, date."},
        {"x|y|type", HOT_FOR_ID, NULL, HOT_INPUT, "a.csv: no date found"},
        {"x|y|year", HOT_FOR_ID, NULL, HOT_INPUT, "a.csv: no date found"},
        {"x|y|month|MONTH", HOT_FOR_ID, NULL, HOT_INPUT, "\"month\" comes twice"},
        {"x|x|y|date", HOT_FOR_ID, NULL, HOT_INPUT, "\"x\" comes twice"},
        {"x|y|Y|date", HOT_FOR_ID, NULL, HOT_INPUT, "\"y\" comes twice"},
        {"x|y|date", HOT_FOR_CASE, "urn", HOT_INPUT, "no column \"urn\" (--case); its columns are"},
        {"x|y|date|a b|a_b", HOT_FOR_CASE, "ab", HOT_INPUT, "\"ab\" comes twice"},
        {"x|y|date", HOT_FOR_X, "x", HOT_USAGE, "--x and --y go together"},
        {"a\x01z|\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
         "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9-\xc3\xa9-",
         HOT_FOR_ID, NULL, HOT_INPUT,
         "its columns are a?z, \xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
         "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9-."}, /* no half letter */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        hot_slice field[20];
        hot_record header = header_of(cases[i].names, field);
        hot_column_names names = {{0}};
        names.name[cases[i].purpose] = cases[i].name;
        hot_columns c = {.police_uk = 77};
        hot_error error = {{0}};
        assert_int_equal(hot_columns_find(&header, &names, "a.csv", &c, &error), cases[i].status);
        if (!strstr(error.text, cases[i].says)) fail_msg("%s: %s", cases[i].names, error.text);
        assert_int_equal(c.police_uk, 77);
    }
}

/** A header of very many and very long names: the sentence is cut, and nothing overflows. */
static void a_hostile_header(void **unused)
{
    (void)unused;
    static hot_slice field[HOT_CSV_FIELDS];
    static char name[100000];
    memset(name, 'n', sizeof name);
    for (size_t k = 0; k < COUNT(field); k++) field[k] = (hot_slice){name, k % 100};
    field[0].length = sizeof name;
    field[1].length = 0;
    hot_record header = {.field = field, .n = COUNT(field), .line = 1, .fault = HOT_REASONS};
    hot_column_names names = {{0}};
    hot_columns c;
    hot_error error = {{0}};
    assert_int_equal(hot_columns_find(&header, &names, "a.csv", &c, &error), HOT_INPUT);
    assert_non_null(strstr(error.text, " ...."));
    assert_in_range(strlen(error.text), 400, sizeof error.text - 1);
}

static void options(void **unused)
{
    (void)unused;
    assert_string_equal(hot_purpose_option(HOT_FOR_DATE), "--date");
    assert_string_equal(hot_purpose_option(HOT_FOR_TYPE), "--category");
    assert_string_equal(hot_purpose_option(HOT_FOR_ADDRESS), "--place");
    assert_null(hot_purpose_option(HOT_FOR_UPRN));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recognises),          cmocka_unit_test(the_other_purposes),
        cmocka_unit_test(the_type),
        cmocka_unit_test(police_uk),           cmocka_unit_test(named_by_the_person),
        cmocka_unit_test(refusals),            cmocka_unit_test(a_hostile_header),
        cmocka_unit_test(options),
    };
    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
