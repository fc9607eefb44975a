/* hot_csv: the same rows however the bytes arrive, and one bad line costs one line. */
#include "tests/check.h"

#include <stdbool.h>
#include <time.h>

#include "engine/base/memory.h"
#include "engine/incidents/csv.h"

// NOLINTBEGIN(bugprone-not-null-terminated-result): a CSV is bytes with a length, without a 0

enum { BUFFER = 4 * HOT_CSV_RECORD }; /* what the reader holds at a time */

/** Bytes that arrive `piece` at a time; after `fails` calls the source breaks (0 = never). */
typedef struct {
    const char *at;
    size_t left, piece;
    int fails;
} bytes;

static ptrdiff_t bytes_read(void *self, char *into, size_t room)
{
    bytes *b = self;
    if (b->fails && --b->fails == 0) return -1;
    size_t n = b->left < room ? b->left : room;
    if (b->piece && n > b->piece) n = b->piece;
    if (n) memcpy(into, b->at, n);
    b->at += n;
    b->left -= n;
    return (ptrdiff_t)n;
}

static hot_source source_of(bytes *b)
{
    return (hot_source){bytes_read, b, 0};
}

/** Text that grows, to write down what was read. */
typedef struct {
    char *text;
    size_t length, room;
} sheet;

static void put(sheet *s, const char *at, size_t length)
{
    assert_true(hot_grow(&s->text, &s->room, s->length + length + 1, 1));
    for (size_t i = 0; i < length; i++) {
        char c = at[i];
        s->text[s->length++] = c == '\n' ? '~' : c == '\r' ? '^' : c;
    }
    s->text[s->length] = 0;
}

/** " 2[a][b]" for a record, " 3!nul@1" for a fault. */
static void put_record(sheet *s, const hot_record *record, uint64_t lines_before)
{
    char head[64];
    int n = snprintf(head, sizeof head, " %d", (int)(record->line - lines_before));
    if (record->fault != HOT_REASONS)
        n = snprintf(head, sizeof head, " %d!%s@%d", (int)(record->line - lines_before),
                     hot_reason_name(record->fault), (int)record->column);
    put(s, head, (size_t)n);
    for (size_t i = 0; record->fault == HOT_REASONS && i < record->n; i++) {
        put(s, "[", 1);
        put(s, record->field[i].at, record->field[i].length);
        put(s, "]", 1);
    }
}

/** Everything read, but the records up to line `lines_before`; "refused" without a header. */
static hot_status written(hot_source source, uint64_t lines_before, sheet *s)
{
    hot_csv csv = {0};
    hot_record record;
    hot_status status = hot_csv_open(&csv, source, &record);
    bool more = status == HOT_OK;
    if (status == HOT_INPUT) put(s, " refused", 8);
    while (more) {
        if (record.line > lines_before) put_record(s, &record, lines_before);
        status = hot_csv_next(&csv, &record, &more);
        if (status != HOT_OK) break;
    }
    hot_csv_free(&csv);
    hot_csv_free(&csv);
    return status;
}

typedef struct {
    const char *input, *expected;
    size_t length; /* 0: up to the zero byte */
} reading;

#define WITH_NUL(text) .input = (text), .length = sizeof(text) - 1

static const reading readings[] = {
    /* line ends */
    {"a,b\n1,2\n3,4\n", " 1[a][b] 2[1][2] 3[3][4]", 0},
    {"a,b\r\n1,2\r\n3,4\r\n", " 1[a][b] 2[1][2] 3[3][4]", 0},
    {"a,b\r1,2\r3,4\r", " 1[a][b] 2[1][2] 3[3][4]", 0},
    {"a,b\n1,2", " 1[a][b] 2[1][2]", 0},
    {"a,b\r\n1,2\r", " 1[a][b] 2[1][2]", 0},
    {"a,b\n1,\"2\"", " 1[a][b] 2[1][2]", 0},
    {"a,b\r\n1,\"2\"\r", " 1[a][b] 2[1][2]", 0},
    {"a,b\r1,\"2\"\r\"3\",4", " 1[a][b] 2[1][2] 3[3][4]", 0},
    {"a,b\n1,2\r\n3,4\n", " 1[a][b] 2[1][2] 3[3][4]", 0},
    {"a,b\n1\r2,3\n", " 1[a][b] 2[1^2][3]", 0},
    {"a,b\r\r\n1,2\r\r\n\"3\",\"4\"\r\r\n", " 1[a][b] 2[1][2] 3[3][4]", 0},
    {"a,b\n\r1,2\n\r3,4\n\r", " 1[a][b] 2[1][2] 3[3][4]", 0},
    /* both kinds in one file: a line that is wrong as it stands, and right if it ends sooner */
    {"a,b\n1,2\r3,4\r5,6\n7,8\r\n\r\n9,0", " 1[a][b] 2[1][2] 3[3][4] 4[5][6] 5[7][8] 7[9][0]", 0},
    {"a,b\r1,2\n3,4\n5,6\r7,8", " 1[a][b] 2[1][2] 3[3][4] 4[5][6] 5[7][8]", 0},
    {"a,b\n\"1\",\"2\"\r\"3\r\",\"4\"\n\"5\",6", " 1[a][b] 2[1][2] 3[3^][4] 5[5][6]", 0},
    {"a,b\r\n1,2\r3,4\r\n5,6\"\r\n7,8\n", " 1[a][b] 2[1][2] 3[3][4] 4!unclosed_quote@2 5[7][8]", 0},
    {"a,b\n1\r,2\n3,4\r5\n6,7\n", " 1[a][b] 2[1^][2] 3[3][4^5] 4[6][7]", 0},
    {"a,b\n1\r2\n3\r4,5\n", " 1[a][b] 2!field_count@0 3[3^4][5]", 0},
    {"a,b\n,\r\n,\n", " 1[a][b] 2[][] 3[][]", 0},
    {"a,b\n\n\r\n1,2\n\n", " 1[a][b] 4[1][2]", 0},
    {"\n\r\na;b\n1;2\n", " 3[a][b] 4[1][2]", 0},
    {"\"a\rb\",c\r\n1,2\r\n", " 1[a^b][c] 2[1][2]", 0},
    {"\"a\nb\";c\n1;2\n", " 1[a~b][c] 3[1][2]", 0},
    {"\"a\nb\"\t\"c\"\r\"1\"\t2\r", " 1[a~b][c] 2[1][2]", 0},
    /* no rows, no header */
    {"a,b", " 1[a][b]", 0},
    {"a,b\n", " 1[a][b]", 0},
    {"", " refused", 0},
    {"\xef\xbb\xbf", " refused", 0},
    {"\n\n\r\n", " refused", 0},
    {"a\",b\n1,2\n", " refused", 0},
    {"a,\xff\n1,2\n", " refused", 0},
    {"\xff\xfe\x61,\x62", " refused", 0},
    {WITH_NUL("a,\0b\n1,2\n"), .expected = " refused"},
    /* the byte order mark and the separators */
    {"\xef\xbb\xbf"
     "a,b\n1,2\n",
     " 1[a][b] 2[1][2]", 0},
    {"\xef\xbb\xbf\xef\xbb\xbf"
     "a,b\n1,2\n",
     " 1[a][b] 2[1][2]", 0},
    {"\xef\xbb\xbf\"a\",b\n1,2\n", " 1[a][b] 2[1][2]", 0},
    {"a;b,c;d\n1;2;3\n", " 1[a][b,c][d] 2[1][2][3]", 0},
    {"a\tb\n1\t2,3\n", " 1[a][b] 2[1][2,3]", 0},
    {"a|b\n1|\"2|3\"\n", " 1[a][b] 2[1][2|3]", 0},
    {"\"a,,,\";b;c\n1;2;3\n", " 1[a,,,][b][c] 2[1][2][3]", 0},
    /* quoted fields */
    {"a,b\n\"1,1\",\"\"\n", " 1[a][b] 2[1,1][]", 0},
    {"a,b\n\"say \"\"so\"\"\",\"\"\"\"\n", " 1[a][b] 2[say \"so\"][\"]", 0},
    {"a,b\n\"1\n1\",2\n3,4\n", " 1[a][b] 2[1~1][2] 4[3][4]", 0},
    {"a,b\r\n1,\"2\r\n\r\n2\"\r\n3,4\r\n", " 1[a][b] 2[1][2^~^~2] 5[3][4]", 0},
    {"a,b\n\"1\n\",\"\n2\"\n3,4\n", " 1[a][b] 2[1~][~2] 5[3][4]", 0},
    {"a,b\r\n\"1\rx\",2\r\n", " 1[a][b] 2[1^x][2]", 0},
    {"a,b\n 1 ,\" 2 \"\n", " 1[a][b] 2[ 1 ][ 2 ]", 0},
    /* faults, one line each */
    {"a,b\n1\n3,4\n", " 1[a][b] 2!field_count@0 3[3][4]", 0},
    {"a,b\n1,2,3\n3,4\n", " 1[a][b] 2!field_count@0 3[3][4]", 0},
    {"a,b\n\"1\"\n3,4\n", " 1[a][b] 2!field_count@0 3[3][4]", 0},
    {"a,b\n \n3,4\n", " 1[a][b] 2!field_count@0 3[3][4]", 0},
    {"a,b\n1,2\"\n3,4\n", " 1[a][b] 2!unclosed_quote@2 3[3][4]", 0},
    {"a,b\n1,\"2\n3,4\n", " 1[a][b] 2!unclosed_quote@2 3[3][4]", 0},
    {"a,b\n\"1\"x,2\n3,4\n", " 1[a][b] 2!unclosed_quote@1 3[3][4]", 0},
    {"a,b\n1, \"2\"\n3,4\n", " 1[a][b] 2!unclosed_quote@2 3[3][4]", 0},
    {"a,b,c\n1,\"2,3\n4,5\",6,7\n8,9,0\n",
     " 1[a][b][c] 2!unclosed_quote@2 3!unclosed_quote@2 4[8][9][0]", 0},
    {"a,b\n1,\"2", " 1[a][b] 2!unclosed_quote@2", 0},
    {"a,b\n1,\"", " 1[a][b] 2!unclosed_quote@2", 0},
    {"a,b\n1,2\n\"", " 1[a][b] 2[1][2] 3!unclosed_quote@1", 0},
    {"a,b\n1,\xff\n3,4\n", " 1[a][b] 2!bad_utf8@2 3[3][4]", 0},
    {"a,b\n\"\xe2\x82\",2\n3,4\n", " 1[a][b] 2!bad_utf8@1 3[3][4]", 0},
    {WITH_NUL("a,b\n1,\0\n3,4\n"), .expected = " 1[a][b] 2!nul@2 3[3][4]"},
    {WITH_NUL("a,b\n\"\0\",2\n3,4\n"), .expected = " 1[a][b] 2!nul@1 3[3][4]"},
    {"a,b\n1,\xc2\xa3\n", " 1[a][b] 2[1][\xc2\xa3]", 0},
    /* two faults: the first by precedence */
    {"a,b\n1,\xff,3\n", " 1[a][b] 2!field_count@0", 0},
    {WITH_NUL("a,b\n\xff,\0\n"), .expected = " 1[a][b] 2!bad_utf8@1"},
    {WITH_NUL("a,b\n\0,2\"\n"), .expected = " 1[a][b] 2!nul@0"},
    {"a,b\n1\",\xff\n3,4\n", " 1[a][b] 2!bad_utf8@0 3[3][4]", 0},
};

static void reads_as(const reading *r, size_t piece)
{
    bytes b = {r->input, r->length ? r->length : strlen(r->input), piece, 0};
    sheet s = {0};
    bool refused = strcmp(r->expected, " refused") == 0;
    assert_int_equal(written(source_of(&b), 0, &s), refused ? HOT_INPUT : HOT_OK);
    assert_string_equal(s.text, r->expected);
    hot_free(s.text);
}

/** Each reading in one piece, and in a small one. */
static void rows_however_they_arrive(void **unused)
{
    (void)unused;
    static const size_t pieces[] = {1, 2, 3, 7};
    for (size_t i = 0; i < COUNT(readings); i++) {
        reads_as(&readings[i], 0);
        reads_as(&readings[i], pieces[i % COUNT(pieces)]);
    }
    static const reading all = {
        "a,b\r\n\"1\r\n1\",2\r\n3,\"4\"\"\"\r\n5,6\"\r\n7\r\n8,\xff\r\n\r\n9,0\r\n",
        " 1[a][b] 2[1^~1][2] 4[3][4\"] 5!unclosed_quote@2 6!field_count@0 7!bad_utf8@2 9[9][0]", 0};
    for (size_t p = 0; p < COUNT(pieces); p++) reads_as(&all, pieces[p]);
}

/** A file of `length` bytes, made of few long records, then `tail`. *lines = those of the records.
 */
static char *padded(size_t length, const char *tail, uint64_t *lines)
{
    size_t end = strlen(tail), at = 0;
    char *text = hot_new_raw(length + end, 1);
    assert_non_null(text);
    memcpy(text, "a,b\r\n", 5);
    *lines = 1;
    for (at = 5; at < length; ++*lines) {
        size_t n = length - at < HOT_CSV_RECORD ? length - at : HOT_CSV_RECORD / 2;
        memset(text + at, 'x', n);
        memcpy(text + at, "1,", 2);
        memcpy(text + at + n - 2, "\r\n", 2);
        at += n;
    }
    memcpy(text + length, tail, end);
    return text;
}

/** Rows that cross the end of the buffer, at every byte of them. */
static void rows_across_the_buffers_end(void **unused)
{
    (void)unused;
    static const char tail[] =
        "\"q,1\",x\r\n\r\n\"a\r\nb\",\"y\"\r\np,\"z\"\"z\"\r\nr\"q,1\r\n\"u,1\r\n"
        "s,\"e\"\r\n1,\"f\"";
    static const char expected[] = " 1[q,1][x] 3[a^~b][y] 5[p][z\"z] 6!unclosed_quote@1 "
                                   "7!unclosed_quote@1 8[s][e] 9[1][f]";
    for (size_t before = 0; before < sizeof tail; before++) {
        uint64_t lines;
        char *text = padded(BUFFER - before, tail, &lines);
        bytes b = {text, BUFFER - before + strlen(tail), 0, 0};
        sheet s = {0};
        assert_int_equal(written(source_of(&b), lines, &s), HOT_OK);
        assert_string_equal(s.text, expected);
        hot_free(s.text);
        hot_free(text);
    }
}

/** What became of a file's rows. */
typedef struct {
    size_t rows, faults;
    hot_record last; /* fault; its fields are not to be used */
} tally;

static tally tally_of(const char *text, size_t length)
{
    bytes b = {text, length, 0, 0};
    hot_csv csv = {0};
    hot_record record;
    tally t = {0};
    bool more;
    assert_int_equal(hot_csv_open(&csv, source_of(&b), &record), HOT_OK);
    for (;;) {
        assert_int_equal(hot_csv_next(&csv, &record, &more), HOT_OK);
        if (!more) break;
        t.rows += record.fault == HOT_REASONS;
        if (record.fault == HOT_REASONS) continue;
        t.faults++;
        t.last = record;
    }
    hot_csv_free(&csv);
    return t;
}

/** 200 rows; a quotation mark is put before byte `at` of the tenth. Its length, or 0 behind its
 *  end. */
static size_t with_stray(char *text, const char *row, size_t at)
{
    size_t n = (size_t)sprintf(text, "id,month,place,kind\r\n");
    for (int k = 1; k <= 200; k++) {
        size_t begin = n;
        n += (size_t)sprintf(text + n, row, k);
        if (k == 10) {
            if (at > n - begin) return 0;
            memmove(text + begin + at + 1, text + begin + at, n - begin - at);
            text[begin + at] = '"';
            n++;
        }
        n += (size_t)sprintf(text + n, "\r\n");
    }
    return n;
}

static void one_stray_quote_costs_one_row(void **unused)
{
    (void)unused;
    static const char *const row[] = {
        "%d,2025-01,On or near High Street,burglary",
        "%d,2025-01,\"High Street, Bradford\",burglary",
        "%d,,,",
        "%d,2025-01,\"\",\"burglary, other\"",
        "\"%d\",\"2025-01\",\"High Street, Bradford\",\"burglary\"",
        "\"%d\",\"\",\"\",\"\"",
    };
    static char text[200 * 80];
    for (size_t r = 0; r < COUNT(row); r++) {
        for (size_t at = 0;; at++) {
            size_t n = with_stray(text, row[r], at);
            if (!n) break;
            tally t = tally_of(text, n);
            assert_int_equal(t.rows, 199);
            assert_int_equal(t.faults, 1);
            assert_int_equal(t.last.fault, HOT_UNCLOSED_QUOTE);
            assert_int_equal(t.last.line, 11);
        }
    }
}

/** A two-column file whose second line has `length` bytes, its line end included. */
static char *long_line(size_t length, bool quoted)
{
    char *text = hot_new_raw(4 + length + 4, 1);
    assert_non_null(text);
    memcpy(text, "a,b\n", 4);
    memset(text + 4, 'x', length);
    text[4 + 1] = ',';
    if (quoted) text[4 + 2] = text[4 + length - 2] = '"';
    memcpy(text + 4 + length - 1, "\n3,4\n", 5);
    return text;
}

static void records_up_to_the_limit(void **unused)
{
    (void)unused;
    static const struct {
        size_t length;
        bool accepted;
    } cases[] = {
        {HOT_CSV_RECORD - 1, true},  {HOT_CSV_RECORD, true},  {HOT_CSV_RECORD + 1, false},
        {HOT_CSV_RECORD + 9, false}, {BUFFER - 4, false},     {BUFFER, false},
        {BUFFER + 1, false},         {2 * BUFFER + 7, false},
    };
    for (size_t i = 0; i < 2 * COUNT(cases); i++) {
        size_t length = cases[i / 2].length;
        char *text = long_line(length, i % 2);
        tally t = tally_of(text, 4 + length + 4);
        assert_int_equal(t.rows, cases[i / 2].accepted ? 2 : 1);
        assert_int_equal(t.faults, cases[i / 2].accepted ? 0 : 1);
        if (t.faults) {
            assert_int_equal(t.last.fault, HOT_FIELD_COUNT);
            assert_int_equal(t.last.line, 2);
        }
        hot_free(text);
    }
}

/** A quoted field over n lines is a record up to HOT_CSV_LINES, and so many faults beyond. */
static void lines_up_to_the_limit(void **unused)
{
    (void)unused;
    for (size_t lines = HOT_CSV_LINES - 1; lines <= HOT_CSV_LINES + 1; lines++) {
        char text[2 * HOT_CSV_LINES + 40];
        size_t n = (size_t)sprintf(text, "a,b\n1,\"");
        for (size_t k = 1; k < lines; k++) n += (size_t)sprintf(text + n, "x\n");
        n += (size_t)sprintf(text + n, "y\"\n3,4\n");
        tally t = tally_of(text, n);
        assert_int_equal(t.rows, lines <= HOT_CSV_LINES ? 2 : 1);
        assert_int_equal(t.faults, lines <= HOT_CSV_LINES ? 0 : lines);
    }
}

static void header_fields_up_to_the_limit(void **unused)
{
    (void)unused;
    static char text[2 * HOT_CSV_FIELDS + 8];
    for (size_t fields = HOT_CSV_FIELDS - 1; fields <= HOT_CSV_FIELDS + 1; fields++) {
        for (size_t k = 0; k < fields; k++) memcpy(text + 2 * k, "c,", 2);
        text[2 * fields - 1] = '\n';
        bytes b = {text, 2 * fields, 0, 0};
        hot_csv csv = {0};
        hot_record header;
        hot_status status = hot_csv_open(&csv, source_of(&b), &header);
        assert_int_equal(status, fields <= HOT_CSV_FIELDS ? HOT_OK : HOT_INPUT);
        if (status == HOT_OK) assert_int_equal(header.n, fields);
        hot_csv_free(&csv);
    }
}

/** Lines that make a careless reader look at the whole rest of the file again and again. */
static void hostile_quotes_take_linear_time(void **unused)
{
    (void)unused;
    static const struct {
        const char *line;
        size_t bytes;
    } cases[] = {
        {"\"2025-01,place\n", 10000000}, {"1,\"\n", 2000000},    {"a,\"\"\",b\n", 2000000},
        {"x\",y,\"z\n", 2000000},        {"\",y,\"\n", 2000000}, {"\"\"\"\"\"\n", 2000000},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t line = strlen(cases[i].line), n = 4;
        char *text = hot_new_raw(cases[i].bytes + 64, 1);
        assert_non_null(text);
        memcpy(text, "a,b\n", 4);
        while (n < cases[i].bytes) {
            memcpy(text + n, cases[i].line, line);
            n += line;
        }
        clock_t begin = clock();
        tally t = tally_of(text, n);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        assert_true(t.faults > 0);
        if (seconds > 3) fail_msg("case %zu took %.1f s", i, seconds);
        hot_free(text);
    }
}

static void utf8(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        bool is;
    } cases[] = {
        {"", true},
        {"plain", true},
        {"\x7f", true},
        {"\xc2\x80", true},
        {"\xdf\xbf", true},
        {"\xe0\xa0\x80", true},
        {"\xed\x9f\xbf", true},
        {"\xee\x80\x80", true},
        {"\xef\xbf\xbf", true},
        {"\xf0\x90\x80\x80", true},
        {"\xf4\x8f\xbf\xbf", true},
        {"\x80", false},             /* a tail alone */
        {"\xc0\xaf", false},         /* overlong */
        {"\xc1\xbf", false},         /* overlong */
        {"\xe0\x9f\xbf", false},     /* overlong */
        {"\xf0\x8f\xbf\xbf", false}, /* overlong */
        {"\xed\xa0\x80", false},     /* a surrogate */
        {"\xed\xbf\xbf", false},     /* a surrogate */
        {"\xf4\x90\x80\x80", false}, /* above U+10FFFF */
        {"\xf5\x80\x80\x80", false},
        {"\xff", false},
        {"\xc2", false}, /* cut */
        {"\xe2\x82", false},
        {"\xf0\x9f\x98", false},
        {"\xc2\xc2\x80", false},
        {"\xe2\x28\xa1", false},
        {"\xf0\x9f\x98 ", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int before = 0; before < 9; before++) { /* wherever among words of ASCII it stands */
            char text[40];
            int n = snprintf(text, sizeof text, "%.*s%s", before, "12345678", cases[i].text);
            assert_int_equal(hot_utf8_is(text, (size_t)n), cases[i].is);
            n = snprintf(text, sizeof text, "%.*s%s 12345678", before, "12345678", cases[i].text);
            assert_int_equal(hot_utf8_is(text, (size_t)n), cases[i].is);
        }
    }
}

/** A source may break at its first call or a later one. */
static void broken_source(void **unused)
{
    (void)unused;
    static const char text[] = "a,b\n1,2\n3,4\n";
    for (int fails = 1; fails <= 4; fails++) {
        bytes b = {text, sizeof text - 1, 4, fails};
        sheet s = {0};
        assert_int_equal(written(source_of(&b), 0, &s), HOT_SYSTEM);
        hot_free(s.text);
    }
    uint64_t lines;
    char *more = padded(BUFFER + 20, "", &lines); /* in the second buffer, and in a long line */
    memset(more + 5, 'x', BUFFER + 10);
    for (int fails = 2; fails <= 3; fails++) {
        bytes b = {more, BUFFER + 20, 0, fails};
        hot_csv csv = {0};
        hot_record record;
        bool any;
        assert_int_equal(hot_csv_open(&csv, source_of(&b), &record), HOT_OK);
        assert_int_equal(hot_csv_next(&csv, &record, &any), HOT_SYSTEM);
        hot_csv_free(&csv);
    }
    hot_free(more);
}

/** @return how many requests for memory it takes to read the text */
static long each_request_fails(const char *text)
{
    long n = 0;
    for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
        bytes b = {text, strlen(text), 0, 0};
        hot_csv csv = {0};
        hot_record record;
        bool more = true;
        hot_memory_fail_after(n);
        status = hot_csv_open(&csv, source_of(&b), &record);
        while (status == HOT_OK && more) status = hot_csv_next(&csv, &record, &more);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
        hot_csv_free(&csv);
    }
    return n - 1;
}

/** The buffer, its marks, its line ends, and the fields: all at once, or one by one where quoted.
 */
static void every_request_may_fail(void **unused)
{
    (void)unused;
    assert_int_equal(each_request_fails("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q\n"
                                        "1,\"2\",3,4,5,6,7,8,9,0,1,2,3,4,5,6,7\n"),
                     4);
    assert_int_equal(each_request_fails("\"a\",b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q\n"), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_however_they_arrive),
        cmocka_unit_test(rows_across_the_buffers_end),
        cmocka_unit_test(one_stray_quote_costs_one_row),
        cmocka_unit_test(records_up_to_the_limit),
        cmocka_unit_test(lines_up_to_the_limit),
        cmocka_unit_test(header_fields_up_to_the_limit),
        cmocka_unit_test(hostile_quotes_take_linear_time),
        cmocka_unit_test(utf8),
        cmocka_unit_test(broken_source),
        cmocka_unit_test(every_request_may_fail),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}

// NOLINTEND(bugprone-not-null-terminated-result)
