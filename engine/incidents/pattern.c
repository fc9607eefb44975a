/* Dates and times by a pattern that the person gives, as strptime has them. */
#include <string.h>

#include "engine/incidents/clock_text.h"

static const char *const month_names[] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};

/** A word of letters alone; how many of them, at most `room` in lower case. */
static size_t read_word(text *t, char *word, size_t room)
{
    size_t n = 0;
    for (; t->at < t->end; t->at++, n++) {
        char c = *t->at;
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (c < 'a' || c > 'z') break;
        if (n < room) word[n] = c;
    }
    return n;
}

/** A month's English name, whole or its first three letters. */
static bool read_month_name(text *t, int *month)
{
    char word[12];
    size_t n = read_word(t, word, sizeof word);
    for (int k = 0; k < 12; k++) {
        size_t whole = strlen(month_names[k]);
        if ((n == 3 || n == whole) && memcmp(word, month_names[k], n) == 0) {
            *month = k + 1;
            return true;
        }
    }
    return false;
}

/** What a pattern's parts said; -1 = nothing. */
typedef struct {
    int year, month, day, hour, minute, second;
    int half; /* 0 = am, 1 = pm */
    bool twelve;
    text offset; /* as written, to be read when the rest is known */
    bool has_offset;
} said;

static bool read_half(text *t, said *s)
{
    char word[2];
    if (read_word(t, word, 2) != 2 || (*word != 'a' && *word != 'p') || word[1] != 'm')
        return false;
    s->half = *word == 'p';
    return true;
}

static bool read_short_year(text *t, said *s)
{
    if (!read_fixed(t, 2, &s->year)) return false;
    s->year += s->year < 69 ? 2000 : 1900;
    return true;
}

static bool read_second(text *t, said *s)
{
    if (!read_short(t, &s->second)) return false;
    if (digit(t, 1) >= 0 && read_one_of(t, ".,"))
        while (digit(t, 0) >= 0) t->at++;
    return true;
}

static bool read_part(text *t, char directive, said *s)
{
    switch (directive) {
    case 'Y':
        return read_fixed(t, 4, &s->year);
    case 'y':
        return read_short_year(t, s);
    case 'm':
        return read_short(t, &s->month);
    case 'b':
        return read_month_name(t, &s->month);
    case 'd':
        return read_short(t, &s->day);
    case 'I':
        s->twelve = true; /* fall through */
    case 'H':
        return read_short(t, &s->hour);
    case 'p':
        return read_half(t, s);
    case 'M':
        return read_short(t, &s->minute);
    case 'S':
        return read_second(t, s);
    case 'z':
        s->offset = *t;
        s->has_offset = t->at < t->end;
        t->at = t->end;
        return s->has_offset;
    default:
        return read_one_of(t, "%");
    }
}

/** What a directive stands for: some are another one, or several. */
static const char *meaning(char directive)
{
    static const struct {
        char directive;
        const char *meaning;
    } all[] = {{'Y', "Y"}, {'y', "y"}, {'m', "m"},     {'d', "d"},   {'e', "d"},    {'b', "b"},
               {'B', "b"}, {'H', "H"}, {'I', "I"},     {'p', "p"},   {'M', "M"},    {'S', "S"},
               {'z', "z"}, {'%', "%"}, {'F', "Y-m-d"}, {'R', "H:M"}, {'T', "H:M:S"}};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        if (all[k].directive == directive) return all[k].meaning;
    return NULL;
}

static bool read_meaning(text *t, const char *parts, said *s)
{
    for (; *parts; parts++) {
        char as_is[2] = {*parts, 0};
        bool separator = *parts == '-' || *parts == ':';
        if (!(separator ? read_one_of(t, as_is) : read_part(t, *parts, s))) return false;
    }
    return true;
}

static bool read_pattern(text *t, const char *pattern, said *s)
{
    for (; *pattern; pattern++) {
        char as_is[2] = {*pattern, 0};
        if (*pattern == ' ') {
            while (read_one_of(t, " \t")) continue;
        } else if (*pattern == '%') {
            const char *parts = meaning(*++pattern);
            if (!parts || !read_meaning(t, parts, s)) return false;
        } else if (!read_one_of(t, as_is)) {
            return false;
        }
    }
    return t->at == t->end;
}

/** The hour of 24, or -1: 12 am is 0, 12 pm is 12. */
static int hour_of(const said *s)
{
    if (!s->twelve) return s->hour <= 23 ? s->hour : -1;
    if (s->hour < 1 || s->hour > 12) return -1;
    return s->hour % 12 + (s->half == 1 ? 12 : 0);
}

static bool moment_said(const said *s, hot_moment *m)
{
    int day = s->day < 0 ? 1 : s->day;
    if (!date_is_real(s->year, s->month, day)) return false;
    *m = (hot_moment){hot_days(s->year, s->month, day) * DAY, s->day < 0 ? HOT_MONTH : HOT_DAY};
    if (s->hour < 0) return true;
    int hour = hour_of(s), minute = s->minute < 0 ? 0 : s->minute;
    int second = s->second < 0 ? 0 : s->second;
    if (hour < 0 || minute > 59 || second > 59) return false;
    m->second += (hour * 60 + minute) * 60 + second;
    m->precision = s->second < 0 ? HOT_MINUTE : HOT_SECOND;
    return true;
}

bool hot_moment_by_pattern(const char *at, size_t length, const char *pattern, const hot_zone *zone,
                           hot_moment *moment)
{
    text t = {at, at + length};
    said s = {-1, -1, -1, -1, -1, -1, -1, false, {NULL, NULL}, false};
    hot_moment m;
    trim(&t);
    if (!read_pattern(&t, pattern, &s) || !moment_said(&s, &m)) return false;
    if (s.has_offset && (!read_offset(&s.offset, zone, &m) || s.offset.at != s.offset.end))
        return false;
    *moment = m;
    return true;
}

/** Whether a pattern's parts make a moment: none twice, none without the one above it. */
static bool parts_fit(const char *parts)
{
    static const char *const kinds[] = {"Yy", "mb", "d", "HI", "M", "S"};
    size_t there = 0, n = strlen(parts);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t times = 0;
        for (const char *c = parts; *c; c++) times += strchr(kinds[k], *c) != NULL;
        if (times > 1 || (times && there < k)) return false;
        there += times;
    }
    bool half = strchr(parts, 'p') != NULL, twelve = strchr(parts, 'I') != NULL;
    const char *offset = strchr(parts, 'z');
    bool offset_last = !offset || (there >= 4 && offset == parts + n - 1);
    return there >= 2 && half == twelve && strchr(parts, 'p') == strrchr(parts, 'p') && offset_last;
}

/** The parts that a pattern has, in its order; false for one that is not known, or too many. */
static bool parts_of(const char *pattern, char *parts, size_t room)
{
    size_t n = 0;
    for (; *pattern; pattern++) {
        if (*pattern != '%') {
            if (n && parts[n - 1] == 'z') return false;
            continue;
        }
        const char *more = meaning(*++pattern);
        if (!more) return false;
        for (; *more; more++)
            if (*more != '-' && *more != ':' && *more != '%' && n + 1 < room) parts[n++] = *more;
    }
    parts[n] = 0;
    return n + 1 < room;
}

bool hot_date_format_parse(const char *given, hot_date_format *format)
{
    static const char *const order[] = {"DMY", "MDY", "YMD"};
    char parts[16];
    for (int k = 0; k < 3; k++)
        if (strcmp(given, order[k]) == 0) {
            *format = (hot_date_format){(hot_date_order)k, NULL};
            return true;
        }
    if (!parts_of(given, parts, sizeof parts) || !parts_fit(parts)) return false;
    *format = (hot_date_format){HOT_DAY_FIRST, given};
    return true;
}
