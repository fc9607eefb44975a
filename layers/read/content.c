#include "layers/read/content.h"

#include <string.h>

static const char as_csv[] = "save the sheet as CSV (UTF-8) and give that",
                  unpack[] = "unpack it and give the CSV file", no_data[] = "give the data as CSV";

static const struct {
    const char *begin;
    size_t length;
    hot_foreign foreign;
} kinds[] = {
    {"\xff\xfe\0\0", 4, {"text in UTF-32", "save it as CSV in UTF-8"}},
    {"\0\0\xfe\xff", 4, {"text in UTF-32", "save it as CSV in UTF-8"}},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, {"an old Excel workbook (.xls)", as_csv}},
    {"PK\3\4", 4, {"a zip archive or a workbook inside another archive", unpack}},
    {"PAR1", 4, {"a Parquet file", "export it as CSV and give that"}},
    {"ARROW1", 6, {"an Arrow file", "export it as CSV and give that"}},
    {"%PDF", 4, {"a PDF document", no_data}},
    {"\x89PNG", 4, {"a picture (PNG)", no_data}},
    {"\xff\xd8\xff", 3, {"a picture (JPEG)", no_data}},
    {"GIF8", 4, {"a picture (GIF)", no_data}},
    {"II*\0", 4, {"a picture or raster (TIFF)", no_data}},
    {"MM\0*", 4, {"a picture or raster (TIFF)", no_data}},
    {"SQLite format 3",
     15,
     {"a GeoPackage or SQLite database", "a GeoPackage of points is read when its name ends in "
                                         ".gpkg"}},
    {"\0\0\x27\x0a", 4, {"a Shapefile", "it is read when its name ends in .shp"}},
    {"7z\xbc\xaf", 4, {"a 7-Zip archive", unpack}},
    {"Rar!", 4, {"a RAR archive", unpack}},
    {"BZh", 3, {"packed by bzip2", unpack}},
    {"\xfd"
     "7zXZ",
     5,
     {"packed by xz", unpack}},
    {"\x28\xb5\x2f\xfd", 4, {"packed by zstd", unpack}},
    {"\x1f\x8b", 2, {"packed twice by gzip", unpack}},
    {"{\\rtf", 5, {"a text document (RTF)", no_data}},
};

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/** UTF-32 that does not say so: three of four bytes are zero. */
static bool is_unmarked_utf32(const unsigned char *p, size_t n)
{
    if (n < 8) return false;
    bool little = p[0] && !p[1] && !p[2] && !p[3] && p[4] && !p[5] && !p[6] && !p[7];
    bool big = !p[0] && !p[1] && !p[2] && p[3] && !p[4] && !p[5] && !p[6] && p[7];
    return little || big;
}

/** UTF-16 that does not say so: every other byte of the first letters is zero. */
static bool is_unmarked_utf16(const unsigned char *p, size_t n)
{
    if (n < 8) return false;
    bool little = p[0] && !p[1] && p[2] && !p[3] && p[4] && !p[5];
    bool big = !p[0] && p[1] && !p[2] && p[3] && !p[4] && p[5];
    return little || big;
}

hot_foreign hot_content_foreign(const unsigned char *p, size_t n)
{
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (n >= kinds[k].length && memcmp(p, kinds[k].begin, kinds[k].length) == 0)
            return kinds[k].foreign;
    if (is_unmarked_utf32(p, n)) return (hot_foreign){"text in UTF-32", "save it as CSV in UTF-8"};
    if (is_unmarked_utf16(p, n))
        return (hot_foreign){"text in UTF-16 without a byte order mark", "save it as CSV in UTF-8"};
    size_t at = n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < n && is_blank(p[at])) at++;
    if (at < n && (p[at] == '{' || p[at] == '['))
        return (hot_foreign){"JSON", "GeoJSON of points is read when its name ends in .geojson; of "
                                     "the data.police.uk site the CSV downloads are read, not its "
                                     "API's answers"};
    if (at < n && p[at] == '<')
        return (hot_foreign){"a web page or XML", "a download that was stopped by a login page "
                                                  "looks so; KML of points is read when its name "
                                                  "ends in .kml"};
    return (hot_foreign){NULL, NULL};
}

/* ---- UTF-16 ---- */

bool hot_utf16_is(const unsigned char *head, size_t length, bool *big)
{
    if (length < 2) return false;
    *big = head[0] == 0xfe && head[1] == 0xff;
    return *big || (head[0] == 0xff && head[1] == 0xfe);
}

static size_t put(uint32_t c, char *into)
{
    if (c < 0x80) return into[0] = (char)c, 1;
    if (c < 0x800) {
        into[0] = (char)(0xc0 | c >> 6);
        into[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        into[0] = (char)(0xe0 | c >> 12);
        into[1] = (char)(0x80 | (c >> 6 & 0x3f));
        into[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    into[0] = (char)(0xf0 | c >> 18);
    into[1] = (char)(0x80 | (c >> 12 & 0x3f));
    into[2] = (char)(0x80 | (c >> 6 & 0x3f));
    into[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

static size_t put_no_text(char *into)
{
    *into = (char)0xff;
    return 1;
}

/** One unit of two bytes. */
static size_t decode_unit(hot_utf16 *s, uint16_t unit, char *into)
{
    size_t n = 0;
    bool low = unit >= 0xdc00 && unit <= 0xdfff;
    if (s->high && low) {
        n = put(0x10000 + ((uint32_t)(s->high - 0xd800) << 10) + (unit - 0xdc00u), into);
        s->high = 0;
        return n;
    }
    if (s->high) n = put_no_text(into);
    s->high = 0;
    if (low) return n + put_no_text(into + n);
    if (unit >= 0xd800 && unit <= 0xdbff) return s->high = unit, n;
    return n + put(unit, into + n);
}

size_t hot_utf16_decode(hot_utf16 *s, const unsigned char *from, size_t length, char *into)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        if (!s->has_odd) {
            s->odd = from[i];
            s->has_odd = true;
            continue;
        }
        s->has_odd = false;
        unsigned unit = s->big ? (unsigned)s->odd << 8 | from[i] : (unsigned)from[i] << 8 | s->odd;
        n += decode_unit(s, (uint16_t)unit, into + n);
    }
    return n;
}

size_t hot_utf16_end(hot_utf16 *s, char *into)
{
    size_t n = 0;
    if (s->high) n += put_no_text(into);
    if (s->has_odd) n += put_no_text(into + n);
    s->high = 0;
    s->has_odd = false;
    return n;
}
