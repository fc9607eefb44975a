#include "layers/catalogue/phrases.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

const char *hot_phrase_count(uint64_t n, char *text)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, n), to = 0;
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0) text[to++] = ',';
        text[to++] = digits[i];
    }
    text[to] = 0;
    return text;
}

int hot_phrase_places(double share)
{
    return share < 0.0995 ? 1 : 0;
}

const char *hot_phrase_percent(double share, int places, char *text)
{
    double unit = places ? 0.001 : 0.01;
    double rounded = rint(share / unit);
    const char *less = places ? "under 0.1" : "under 1", *more = places ? "over 99.9" : "over 99";
    if (share > 0 && rounded < 1)
        snprintf(text, HOT_PHRASE, "%s", less);
    else if (share < 1 && rounded * unit > 1 - unit / 2)
        snprintf(text, HOT_PHRASE, "%s", more);
    else
        snprintf(text, HOT_PHRASE, "%.*f", places, rounded * unit * 100);
    return text;
}

void hot_phrase_several(const char *set, char *text, size_t room)
{
    size_t n = strlen(set);
    bool ies = n > 1 && set[n - 1] == 'y' && !strchr("aeiou", set[n - 2]);
    const char *end = ies ? "ies" : n && set[n - 1] == 's' ? "" : "s";
    snprintf(text, room, "%.*s%s", (int)(ies ? n - 1 : n), set, end);
    for (char *c = text; *c; c++)
        if (*c == '_') *c = ' ';
}
