/* hot_intake: every row is accepted or has its reason, and nothing is lost in between. */
#define _POSIX_C_SOURCE 200809L

#include "tests/check.h"

#include <stdbool.h>

#include "engine/base/memory.h"
#include "engine/incidents/intake.h"

/** Bytes in one piece; a source that breaks at its second call when `breaks` is set. */
typedef struct {
    const char *at;
    size_t left;
    bool breaks, called;
} bytes;

static ptrdiff_t bytes_read(void *self, char *into, size_t room)
{
    bytes *b = self;
    if (b->breaks && b->called) return -1;
    b->called = true;
    size_t n = b->left < room ? b->left : room;
    if (n) memcpy(into, b->at, n);
    b->at += n;
    b->left -= n;
    return (ptrdiff_t)n;
}

static hot_status read_bytes(const char *text, size_t length, const hot_intake_rules *rules,
                             hot_intake *in, hot_error *error)
{
    bytes b = {text, length, false, false};
    return hot_intake_read((hot_source){bytes_read, &b, 0}, "a.csv", rules, in, error);
}

static hot_intake taken(const char *text, const hot_intake_rules *rules)
{
    static const hot_intake_rules none = {0};
    hot_intake in = {0};
    hot_error error = {{0}};
    hot_status status = read_bytes(text, strlen(text), rules ? rules : &none, &in, &error);
    if (status != HOT_OK) fail_msg("%s", error.text);
    assert_int_equal(in.read, in.rows.n + in.rejects.n);
    return in;
}

/** Where the coordinate system is used: Great Britain. */
static const hot_intake_rules britain = {.degrees = {-9, 49, 3, 62}, .metres = {0, 0, 7e5, 13e5}};

/* ---- reasons ---- */

typedef struct {
    const char *row; /* the third line of a file whose second and fourth are good */
    hot_reason reason;
    uint32_t column;
} reasoned;

static void judged(const char *header, const char *good, const reasoned *cases, size_t n,
                   const hot_intake_rules *rules)
{
    for (size_t i = 0; i < n; i++) {
        char text[1000];
        snprintf(text, sizeof text, "%s\n%s\n%s\n%s\n", header, good, cases[i].row, good);
        hot_intake in = taken(text, rules);
        bool rejected = cases[i].reason != HOT_REASONS;
        if (in.rejects.n != rejected) print_error("of \"%s\":\n", cases[i].row);
        assert_int_equal(in.read, 3);
        assert_int_equal(in.rejects.n, rejected);
        if (rejected) {
            assert_string_equal(hot_reason_name(in.rejects.row[0].reason),
                                hot_reason_name(cases[i].reason));
            assert_int_equal(in.rejects.row[0].line, 3);
            assert_int_equal(in.rejects.row[0].column, cases[i].column);
        }
        assert_int_equal(in.n_unlocated, cases[i].reason == HOT_NO_COORDINATES);
        hot_intake_free(&in);
    }
}

static const char header[] = "id,date,lon,lat,type";

static void every_reason_in_degrees(void **unused)
{
    (void)unused;
    static const reasoned cases[] = {
        {"1,2025-01-02,-1.9,51.5,asb", HOT_REASONS, 0},
        {"1,2025-01-02,-1.9,51.5", HOT_FIELD_COUNT, 0},
        {"1,2025-01-02,-1.9,51.5,asb,", HOT_FIELD_COUNT, 0},
        {"1,2025-01-02,-1.9,51.5,\xe9", HOT_BAD_UTF8, 5},
        {"1,2025-01-02,-1.9,51.5,a\"b", HOT_UNCLOSED_QUOTE, 5},
        {"id,date,lon,lat,type", HOT_HEADER_REPEATED, 0},
        {"1,,-1.9,51.5,asb", HOT_BAD_DATE, 2},
        {"1,2025-06-31,-1.9,51.5,asb", HOT_BAD_DATE, 2},
        {"1,2025-01-02,,51.5,asb", HOT_NO_COORDINATES, 3},
        {"1,2025-01-02,-1.9, ,asb", HOT_NO_COORDINATES, 4},
        {"1,2025-01-02,W1.9,51.5,asb", HOT_BAD_NUMBER, 3},
        {"1,2025-01-02,-1.9,nan,asb", HOT_BAD_NUMBER, 4},
        {"1,2025-01-02,-1.9,\"51,5\",asb", HOT_BAD_NUMBER, 4},
        {"1,2025-01-02,0,-0.0,asb", HOT_ZERO_ISLAND, 3},
        {"1,2025-01-02,0,51.5,asb", HOT_REASONS, 0},
        {"1,2025-01-02,51.5,-1.9,asb", HOT_SWAPPED_AXES, 3},
        {"1,2025-01-02,430123,440077,asb", HOT_METRES_IN_DEGREES, 3},
        {"1,2025-01-02,360.5,50,asb", HOT_METRES_IN_DEGREES, 3},
        {"1,2025-01-02,-1.9,91,asb", HOT_OUT_OF_RANGE, 3},
        {"1,2025-01-02,180.1,50,asb", HOT_OUT_OF_RANGE, 3},
        {"1,2025-01-02,180,90,asb", HOT_REASONS, 0}, /* abroad is no fault */
        {"1,2025-01-02,-180,-90,asb", HOT_REASONS, 0},
        /* two faults: the first by precedence */
        {"1,2025-13,W1.9,51.5,\xe9", HOT_BAD_UTF8, 5},
        {"1,2025-13,W1.9,51.5,a\"b", HOT_UNCLOSED_QUOTE, 5},
        {"1,2025-13,,51.5,asb", HOT_BAD_DATE, 2},
        {"1,2025-01-02,,north,asb", HOT_NO_COORDINATES, 3},
        {"1,2025-01-02,0,zero,asb", HOT_BAD_NUMBER, 4},
    };
    judged(header, cases[0].row, cases, COUNT(cases), &britain);
    static const char zero_byte[] = "id,date,lon,lat,type\n1,2025,-1.9,51.5,a\0b\n";
    hot_intake in = {0};
    assert_int_equal(read_bytes(zero_byte, sizeof zero_byte - 1, &britain, &in, NULL), HOT_OK);
    assert_int_equal(in.rejects.n, 1);
    assert_int_equal(in.rejects.row[0].reason, HOT_NUL);
    assert_int_equal(in.rejects.row[0].column, 5);
    assert_int_equal(in.rejects.row[0].line, 2);
    hot_intake_free(&in);
}

static void where_the_system_is_used_is_not_known(void **unused)
{
    (void)unused;
    static const reasoned cases[] = {
        {"1,2025-01-02,51.5,-1.9,asb", HOT_REASONS, 0},
        {"1,2025-01-02,40.7,-120.5,asb", HOT_SWAPPED_AXES, 3},
    };
    judged(header, cases[0].row, cases, COUNT(cases), NULL);
}

static void every_reason_in_metres(void **unused)
{
    (void)unused;
    static const reasoned cases[] = {
        {"430123,440077,01/02/2025", HOT_REASONS, 0},
        {"0,440077,01/02/2025", HOT_REASONS, 0},
        {"700000,1300000,01/02/2025", HOT_REASONS, 0},
        {"700000.5,1300000.5,01/02/2025", HOT_OUT_OF_RANGE, 1},
        {"-1,440077,01/02/2025", HOT_OUT_OF_RANGE, 1},
        {"1200000,440077,01/02/2025", HOT_SWAPPED_AXES, 1},
        {"-1.9,51.5,01/02/2025", HOT_OUT_OF_RANGE, 1}, /* degrees */
        {"1.9,51.5,01/02/2025", HOT_OUT_OF_RANGE, 1},
        {"0,0,01/02/2025", HOT_ZERO_ISLAND, 1},
        {",440077,01/02/2025", HOT_NO_COORDINATES, 1},
    };
    judged("Easting,Northing,Date", cases[0].row, cases, COUNT(cases), NULL);
    judged("x,y,Date", cases[0].row, cases, COUNT(cases), &britain);
    static const reasoned anywhere[] = {{"-1.9,51.5,01/02/2025", HOT_REASONS, 0},
                                        {"-7e6,1e9,01/02/2025", HOT_REASONS, 0},
                                        {"0,0,01/02/2025", HOT_ZERO_ISLAND, 1}};
    judged("x,y,Date", cases[0].row, anywhere, COUNT(anywhere), NULL);
}

static void weights(void **unused)
{
    (void)unused;
    hot_intake_rules rules = {.columns.name[HOT_FOR_WEIGHT] = "Harm"};
    static const reasoned cases[] = {
        {"1,1,2025-01,2.5", HOT_REASONS, 0},      {"1,1,2025-01,0", HOT_REASONS, 0},
        {"1,1,2025-01,-1", HOT_BAD_NUMBER, 4},    {"1,1,2025-01,", HOT_REASONS, 0},
        {"1,1,2025-01,1e400", HOT_BAD_NUMBER, 4}, {"0,0,2025-01,-1", HOT_ZERO_ISLAND, 1},
    };
    judged("x,y,date,harm", cases[0].row, cases, COUNT(cases), &rules);
    hot_intake in = taken("x,y,date,harm\n1,1,2025-01,2.5\n,,2025-01,bad\n,,2025-02,1\n", &rules);
    check_near(in.rows.weight[0], 2.5, 0);
    assert_int_equal(in.rejects.n, 2);
    assert_int_equal(in.n_unlocated, 1); /* the other one would have been rejected all the same */
    assert_int_equal(hot_month_length(2025, 2), 28);
    assert_int_equal(in.unlocated[0].from, hot_days(2025, 2, 1) * 86400);
    hot_intake_free(&in);
    in = taken("x,y,date,weight\n1,1,2025-01,2.5\n", NULL);
    check_near(in.rows.weight[0], 1, 0); /* never guessed */
    hot_intake_free(&in);
}

static void positions_known_coarsely(void **unused)
{
    (void)unused;
    hot_intake_rules rules = {.columns.name[HOT_FOR_PRECISION] = "Match"};
    static const reasoned cases[] = {
        {"1,1,2025-01,250", HOT_REASONS, 0},     {"1,1,2025-01,Postcode", HOT_REASONS, 0},
        {"1,1,2025-01,", HOT_REASONS, 0},        {"1,1,2025-01,-1", HOT_BAD_NUMBER, 4},
        {"1,1,2025-01,near", HOT_BAD_NUMBER, 4}, {"1,1,2025-01,postcodes", HOT_BAD_NUMBER, 4},
    };
    judged("x,y,date,match", cases[0].row, cases, COUNT(cases), &rules);
    hot_intake in = taken("gridref,date,match,closing code\n"
                          "SP0050,2025-01,address,VOID\n"
                          "SP0010050100,2025-01,street,\n"
                          "SP0010050100,2025-01,, \n"
                          ",2025-01,nowhere,VOID\n"
                          ",2025-01,ward,VOID\n",
                          &rules);
    check_near((double)in.rows.precision_m[0], 1000, 0); /* the coarser of the two */
    check_near((double)in.rows.precision_m[1], 100, 0);
    check_near((double)in.rows.precision_m[2], 1, 0);
    assert_string_equal(hot_incidents_word(&in.rows, in.rows.closing[0]), "VOID");
    assert_int_equal(in.rows.closing[2], 0);
    assert_int_equal(in.n_unlocated, 1); /* the other one would have been rejected all the same */
    assert_int_equal(in.unlocated[0].closing, in.rows.closing[0]);
    hot_intake_free(&in);
    in = taken("x,y,date,match\n1,1,2025-01,ward\n", NULL);
    check_near((double)in.rows.precision_m[0], 0, 0); /* never guessed */
    hot_intake_free(&in);
}

/* ---- what is read ---- */

typedef struct {
    const char *header, *row, *from, *to; /* to: "" = none; from: "" = bad date */
} spanned;

static void dates_and_spans(void **unused)
{
    (void)unused;
    static const spanned cases[] = {
        {"date", "2025-01", "2025-01", ""},
        {"Month", "2025-01", "2025-01", ""},
        {"date,time", "31/01/2025,22:15", "2025-01-31T22:15", ""},
        {"date,time", "31/01/2025,", "2025-01-31", ""},
        {"date,time", "31/01/2025,2215", "", ""},
        {"date,time", "31/01/2025 09:00,22:15:30", "2025-01-31T22:15:30", ""},
        {"date,time", "2025-01,22:15", "", ""},
        {"date,time", "never,22:15", "", ""},
        {"date,time", ",2025-01-31 22:15", "2025-01-31T22:15", ""},
        {"date,time", "2025-07-15,22:15Z", "2025-07-15T23:15", ""},
        {"date,time_from,time_to", "2025-01-31,22:15,23:00", "2025-01-31T22:15",
         "2025-01-31T23:00"},
        {"date,time_from,time_to", "2025-01-31,22:15,01:30", "2025-01-31T22:15",
         "2025-02-01T01:30"},
        {"date,time_from,time_to", "2025-12-31,22:15,00:00", "2025-12-31T22:15",
         "2026-01-01T00:00"},
        {"date,time_from,time_to", "2025-01-31,22:15,22:15", "2025-01-31T22:15",
         "2025-01-31T22:15"},
        {"date,time_from,time_to", "2025-01-31,,01:30", "2025-01-31", "2025-01-31T01:30"},
        {"date,time_from,time_to", "2025-01-31,22:15,", "2025-01-31T22:15", ""},
        {"date,time_from,time_to", "2025-01-31,22:15,late", "", ""},
        {"date,date_to", "2025-01-31,2025-02-02", "2025-01-31", "2025-02-02"},
        {"date,date_to", "2025-01-31,2025-01-31", "2025-01-31", "2025-01-31"},
        {"date,date_to", "2025-01-31,2025-01-30", "", ""},
        {"occurred_from,occurred_to", "31/01/2025 22:00,01/02/2025 02:00", "2025-01-31T22:00",
         "2025-02-01T02:00"},
        {"occurred_from,occurred_to", "2025-01-31T22:00,2025-01-31", "2025-01-31T22:00",
         "2025-01-31"},
        {"occurred_from", "22:00", "", ""},
        {"year,month", "2025,3", "2025-03", ""},
        {"year,month,day", "2024,2,29", "2024-02-29", ""},
        {"year,month,day", "2025,2,29", "", ""},
        {"year,month,day", "2025,13,1", "", ""},
        {"year,month,day", "1899,1,1", "", ""},
        {"year,month,day", "2025,1,", "", ""},
        {"year,month,day,hour,minute", "2025,1,31,22,15", "2025-01-31T22:15", ""},
        {"year,month,day,hour,minute", "2025,1,31,22,", "2025-01-31T22:00", ""},
        {"year,month,day,hour,minute", "2025,1,31,,15", "2025-01-31", ""},
        {"year,month,day,hour,minute", "2025,1,31,24,0", "", ""},
        {"year,month,day,hour,minute", "2025,1,31,0,60", "", ""},
        {"date,year,month,day", "2025-05-06,2024,1,1", "2025-05-06", ""},
    };
    static int64_t at[1];
    static int32_t offset[1] = {0};
    at[0] = hot_days(2025, 10, 26) * 86400 + 3600;
    const hot_zone summer = {1, at, offset, 3600};
    const hot_intake_rules rules = {.zone = &summer};
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[300], from[32] = "", to[32] = "";
        snprintf(text, sizeof text, "x,y,%s\n1,1,%s\n", cases[i].header, cases[i].row);
        hot_intake in = taken(text, &rules);
        const hot_incidents *t = &in.rows;
        if (t->n) hot_moment_format((hot_moment){t->from[0], (hot_precision)t->precision[0]}, from);
        if (t->n && t->has_to[0])
            hot_moment_format((hot_moment){t->to[0], (hot_precision)t->to_precision[0]}, to);
        if (strcmp(from, cases[i].from) != 0) print_error("of \"%s\":\n", cases[i].row);
        assert_string_equal(from, cases[i].from);
        assert_string_equal(to, cases[i].to);
        if (!t->n) assert_int_equal(in.rejects.row[0].reason, HOT_BAD_DATE);
        if (!t->n) assert_true(in.rejects.row[0].column >= 3);
        hot_intake_free(&in);
    }
}

static void named_times_beside_parts(void **unused)
{
    (void)unused;
    const hot_intake_rules rules = {.columns.name[HOT_FOR_TIME_FROM] = "began"};
    hot_intake in = taken("x,y,year,month,day,began,end\n1,1,2025,1,31,22:15,late\n", &rules);
    assert_int_equal(in.rows.n, 1);
    assert_int_equal(in.rows.from[0], hot_days(2025, 1, 31) * 86400 + (22 * 60 + 15) * 60);
    hot_intake_free(&in);
}

typedef struct {
    const char *columns, *row, *key;
} keyed;

static void place_keys(void **unused)
{
    (void)unused;
    static const keyed cases[] = {
        {"uprn,address", "100023336956,1 High Street", "100023336956"},
        {"uprn,address", "000123,1 High Street", "123"},
        {"uprn,address", ",1 High Street", "1 HIGH STREET"},
        {"uprn,address", "0,1 High Street", "1 HIGH STREET"}, /* 0 is no UPRN */
        {"uprn,address", "0000,", ""},
        {"uprn,address", ",\" 1,  High\tStreet. \"", "1 HIGH STREET"},
        {"uprn,address", ",\"1\nHigh Street\"", "1 HIGH STREET"},
        {"uprn,address", ",", ""},
        {"uprn,address", ",\" ., \"", ""},
        {"uprn,address", ",Caf\xc3\xa9 rouge", "CAF\xc3\x89 ROUGE"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[300];
        snprintf(text, sizeof text, "x,y,date,%s\n1,1,2025-01,%s\n", cases[i].columns,
                 cases[i].row);
        hot_intake in = taken(text, NULL);
        assert_int_equal(in.rows.n, 1);
        assert_string_equal(hot_incidents_word(&in.rows, in.rows.key[0]), cases[i].key);
        assert_int_equal(in.rows.key[0] == 0, cases[i].key[0] == 0);
        hot_intake_free(&in);
    }
    const hot_intake_rules named = {.columns.name[HOT_FOR_ADDRESS] = "site"};
    hot_intake in = taken("x,y,date,uprn,site\n1,1,2025-01,7,The Park\n", &named);
    assert_string_equal(hot_incidents_word(&in.rows, in.rows.key[0]), "THE PARK");
    hot_intake_free(&in);
}

static void a_row_in_full(void **unused)
{
    (void)unused;
    hot_intake in =
        taken("\xef\xbb\xbf"
              "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,"
              "LSOA code,LSOA name,Crime type,Last outcome category,Context\r\n"
              "\"a\r\nb\",2025-01,W,W,-1.9,51.5,On or near High Street,E,\"B, C\",Drugs,,\r\n"
              ",2025-01,W,W,-0,51.5,Near Here,E,F,Drugs,,\r\n"
              ",2025-01,W,W,,,No Location,,,Anti-social behaviour,,\r\n",
              NULL);
    const hot_incidents *t = &in.rows;
    assert_int_equal(in.columns.police_uk, 1);
    assert_int_equal(in.read, 3);
    assert_int_equal(t->n, 2);
    assert_int_equal(t->line[0], 2);
    assert_int_equal(t->line[1], 4);
    assert_int_equal(in.rejects.row[0].line, 5);
    assert_int_equal(in.rejects.row[0].reason, HOT_NO_COORDINATES);
    assert_int_equal(in.rejects.row[0].column, 5);
    assert_int_equal(in.n_unlocated, 1);
    assert_string_equal(hot_incidents_word(t, in.unlocated[0].type), "Anti-social behaviour");
    assert_int_equal(in.unlocated[0].precision, HOT_MONTH);
    assert_string_equal(t->id[0], "a\r\nb");
    assert_null(t->id[1]);
    assert_true(t->id_hash[0] != 0 && t->id_hash[1] == 0);
    check_near(t->x[0], -1.9, 0);
    check_near(t->y[0], 51.5, 0);
    assert_false(signbit(t->x[1]));
    assert_int_equal(t->coordinates[0], HOT_LONLAT);
    assert_int_equal(t->point[0], UINT32_MAX);
    assert_int_equal(t->precision[0], HOT_MONTH);
    assert_int_equal(t->has_to[0], 0);
    check_near(t->weight[0], 1, 0);
    assert_string_equal(hot_incidents_word(t, t->type[0]), "Drugs");
    assert_string_equal(hot_incidents_word(t, t->label[1]), "Near Here");
    assert_int_equal(t->key[0], 0);
    assert_int_equal(t->case_[0], 0);
    assert_int_equal(in.near_rows, 1);
    assert_int_equal(in.fictional_rows, 0);
    hot_intake_free(&in);
    hot_intake_free(&in);
    in = taken("x,y,date,dataset,case ref\n1,1,2025-01,FICTIONAL hotbeat sample 1,C7\n", NULL);
    assert_int_equal(in.fictional_rows, 1);
    assert_string_equal(hot_incidents_word(&in.rows, in.rows.case_[0]), "C7");
    hot_intake_free(&in);
}

/* ---- files refused ---- */

static void refused(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        hot_status status;
        const char *says;
    } cases[] = {
        {"", HOT_INPUT, "no header line"},
        {"\xff\xfe", HOT_INPUT, "no header line"},
        {"date,type\n2025-01,a\n", HOT_INPUT, "no coordinates"},
        {"x,y,type\n1,1,a\n", HOT_INPUT, "no date"},
        {"x,y,date,Date\n1,1,2025-01,2025-01\n", HOT_INPUT, "comes twice"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        static const hot_intake_rules rules = {0};
        hot_intake in = {0};
        hot_error error = {{0}};
        const char *text = cases[i].text;
        assert_int_equal(read_bytes(text, strlen(text), &rules, &in, &error), cases[i].status);
        assert_non_null(strstr(error.text, "a.csv: "));
        assert_non_null(strstr(error.text, cases[i].says));
        hot_intake_free(&in);
    }
    const hot_intake_rules half = {.columns.name[HOT_FOR_X] = "x"};
    hot_intake in = {0};
    hot_error error = {{0}};
    assert_int_equal(read_bytes("x,y,date\n", 9, &half, &in, &error), HOT_USAGE);
    assert_non_null(strstr(error.text, "--x and --y"));
    bytes b = {"x,y,date\n1,1,2025-01\n", 21, true, false};
    const hot_intake_rules none = {0};
    assert_int_equal(hot_intake_read((hot_source){bytes_read, &b, 0}, "a.csv", &none, &in, &error),
                     HOT_SYSTEM);
    assert_non_null(strstr(error.text, "a.csv: "));
    hot_intake_free(&in);
}

static void every_request_may_fail(void **unused)
{
    (void)unused;
    static const char text[] = "id,x,y,date,type,uprn\n\"a\",1,1,2025-01,b,7\n,,,2025-01,c,\nbad\n";
    static const hot_intake_rules rules = {0};
    long n = 0;
    for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
        hot_intake in = {0};
        hot_error error = {{0}};
        hot_memory_fail_after(n);
        status = read_bytes(text, sizeof text - 1, &rules, &in, &error);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
        if (status == HOT_MEMORY) assert_non_null(strstr(error.text, "a.csv: "));
        if (status == HOT_OK) assert_int_equal(in.rejects.n, 2);
        hot_intake_free(&in);
    }
    assert_in_range(n, 25, 60);
}

/* ---- damaged files ---- */

static uint64_t state = 7;
static size_t draw(size_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((state >> 33) % below);
}

/** Flip, delete or insert a byte; what is inserted is often a byte that matters. */
static size_t damage(char *text, size_t n)
{
    static const char telling[] = "\"\",\r\n;\t\0\xff\xef-.e0";
    size_t at = draw(n);
    switch (draw(4)) {
    case 0:
        text[at] = (char)(text[at] ^ (1 << draw(8)));
        return n;
    case 1:
        memmove(text + at, text + at + 1, n - at - 1);
        return n - 1;
    case 2:
        text[at] = telling[draw(sizeof telling - 1)];
        return n;
    default:
        memmove(text + at + 1, text + at, n - at);
        text[at] = telling[draw(sizeof telling - 1)];
        return n + 1;
    }
}

static size_t police_like(char *text)
{
    size_t n = (size_t)sprintf(text, "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,"
                                     "Location,LSOA code,LSOA name,Crime type\r\n");
    for (int k = 0; k < 60; k++)
        n += (size_t)sprintf(text + n,
                             "%s%d,2025-%02d,W,W,-%d.99%d,5%d.76,On or near Road %d,E,%s,Drugs\r\n",
                             k % 3 ? "ab" : "", k, k % 12 + 1, k % 3, k, k % 2, k,
                             k % 5 ? "Bath 1A" : "\"Bournemouth, Poole 4E\"");
    return n;
}

/** However a file is damaged, each row is accepted or rejected, and one damaged byte harms few. */
static void counts_add_up_whatever_the_damage(void **unused)
{
    (void)unused;
    static char whole[8000], text[8000];
    size_t length = police_like(whole);
    for (int k = 0; k < 150; k++) {
        size_t n = length, times = 1 + (size_t)k / 15;
        memcpy(text, whole, length);
        for (size_t d = 0; d < times; d++) n = damage(text, n);
        hot_intake in = {0};
        hot_error error = {{0}};
        hot_status status = read_bytes(text, n, &britain, &in, &error);
        assert_true(status == HOT_OK || status == HOT_INPUT);
        if (status == HOT_INPUT) assert_true(error.text[0] != 0);
        assert_int_equal(in.read, in.rows.n + in.rejects.n);
        for (size_t i = 0; i < in.rejects.n; i++) assert_in_range(in.rejects.row[i].line, 2, 80);
        for (size_t i = 1; i < in.rejects.n; i++)
            assert_true(in.rejects.row[i].line > in.rejects.row[i - 1].line);
        if (status == HOT_OK && times == 1) assert_true(in.rows.n >= 58 || in.read <= 2);
        hot_intake_free(&in);
    }
}

/* ---- real data ---- */

static ptrdiff_t file_read(void *self, char *into, size_t room)
{
    size_t n = fread(into, 1, room, self);
    return ferror((FILE *)self) ? -1 : (ptrdiff_t)n;
}

/** One month of Wiltshire, appended to the whole. */
static uint64_t month_of_wiltshire(const char *data, int month, hot_incidents *all)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/police_uk/wiltshire/2025-%02d-wiltshire-street.csv", data,
             month);
    FILE *file = fopen(path, "rb");
    if (!file) fail_msg("%s is not there", path);
    hot_intake in = {0};
    hot_error error = {{0}};
    assert_int_equal(
        hot_intake_read((hot_source){file_read, file, 0}, "wiltshire", &britain, &in, &error),
        HOT_OK);
    fclose(file);
    assert_int_equal(in.rejects.n, 0);
    assert_int_equal(in.columns.police_uk, 1);
    uint64_t read = in.read;
    assert_int_equal(hot_incidents_take(all, &in.rows, (uint16_t)month), HOT_OK);
    hot_intake_free(&in);
    return read;
}

static void wiltshire_2025(void **unused)
{
    (void)unused;
    const char *data = check_data();
    if (!data) {
        print_message("skipped: HOTBEAT_DATA is not set\n");
        return;
    }
    hot_incidents all = {0};
    uint64_t read = 0;
    for (int month = 1; month <= 12; month++) read += month_of_wiltshire(data, month, &all);
    assert_int_equal(read, 52005);
    assert_int_equal(all.n, 52005);
    uint32_t *first = hot_new(all.n, sizeof *first);
    assert_non_null(first);
    assert_int_equal(hot_incidents_duplicates(&all, 2, first), HOT_OK);
    size_t duplicates = 0, asb = 0;
    for (size_t i = 0; i < all.n; i++) {
        duplicates += first[i] != UINT32_MAX;
        asb += first[i] == UINT32_MAX &&
               strcmp(hot_incidents_word(&all, all.type[i]), "Anti-social behaviour") == 0;
    }
    assert_int_equal(duplicates, 19);
    assert_int_equal(asb, 9935);
    hot_free(first);
    hot_incidents_free(&all);
}

/** A source that fails after more than is read at once: the rows before it are no result. */
static void reading_stops_in_the_middle(void **unused)
{
    (void)unused;
    static const char first[] = "date,easting,northing\n", row[] = "2025-01-02,400100,250100\n";
    enum { ROWS = 200000 };
    size_t length = sizeof first - 1 + ROWS * (sizeof row - 1);
    char *text = hot_new_raw(length + 1, 1), *at = stpcpy(text, first);
    for (int k = 0; k < ROWS; k++) at = stpcpy(at, row);
    bytes b = {text, length, true, false};
    hot_intake in = {0};
    hot_error error = {{0}};
    assert_int_equal(
        hot_intake_read((hot_source){bytes_read, &b, 0}, "a.csv", &britain, &in, &error),
        HOT_SYSTEM);
    assert_string_equal(error.text, "a.csv: reading stopped before its end; try again.");
    assert_in_range(in.read, 1, ROWS - 1);
    hot_intake_free(&in);
    b = (bytes){text, length, false, false};
    assert_int_equal(
        hot_intake_read((hot_source){bytes_read, &b, 0}, "a.csv", &britain, &in, &error), HOT_OK);
    assert_int_equal(in.rows.n, ROWS);
    hot_intake_free(&in);
    hot_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reason_in_degrees),
        cmocka_unit_test(where_the_system_is_used_is_not_known),
        cmocka_unit_test(every_reason_in_metres),
        cmocka_unit_test(weights),
        cmocka_unit_test(positions_known_coarsely),
        cmocka_unit_test(dates_and_spans),
        cmocka_unit_test(named_times_beside_parts),
        cmocka_unit_test(place_keys),
        cmocka_unit_test(a_row_in_full),
        cmocka_unit_test(refused),
        cmocka_unit_test(every_request_may_fail),
        cmocka_unit_test(counts_add_up_whatever_the_damage),
        cmocka_unit_test(wiltshire_2025),
        cmocka_unit_test(reading_stops_in_the_middle),
    };
    return cmocka_run_group_tests_name("intake", tests, NULL, NULL);
}
