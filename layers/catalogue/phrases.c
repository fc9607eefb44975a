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

const char *hot_phrase_percent(double share, char *text)
{
    double tenths = rint(share * 1000);
    int whole = (int)(tenths / 10), tenth = (int)tenths % 10;
    if (share > 0 && tenths < 1)
        snprintf(text, HOT_PHRASE, "under 0.1");
    else if (share < 1 && tenths > 999)
        snprintf(text, HOT_PHRASE, "over 99.9");
    else if ((tenths < 100 && tenth) || (share < 1 && rint(share * 100) > 99))
        snprintf(text, HOT_PHRASE, "%d.%d", whole, tenth);
    else
        snprintf(text, HOT_PHRASE, "%d", (int)rint(share * 100));
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
