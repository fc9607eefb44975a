#include "layers/read/figures.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "engine/base/number.h"

bool hot_figure_withheld(hot_slice f)
{
    static const char *const sign[] = {"",    "*",   "**",  "-",  "--",  ".",   "..",
                                       ":",   "c",   "x",   "z",  "u",   "[c]", "[x]",
                                       "[z]", "[u]", "n/a", "na", "null"};
    while (f.length && (*f.at == ' ' || *f.at == '\t')) f.at++, f.length--;
    while (f.length && (f.at[f.length - 1] == ' ' || f.at[f.length - 1] == '\t')) f.length--;
    for (size_t k = 0; k < sizeof sign / sizeof *sign; k++)
        if (f.length == strlen(sign[k]) && strncasecmp(f.at, sign[k], f.length) == 0) return true;
    return false;
}

/** "1,234,567" without its commas; false where they do not stand between threes. */
static bool without_commas(hot_slice f, char *text, size_t room)
{
    size_t n = 0, since = 0;
    bool comma = false;
    if (f.length >= room) return false;
    for (size_t i = 0; i < f.length; i++) {
        char c = f.at[i];
        if (c == ',') {
            if (since == 0 || since > 3 || (comma && since != 3)) return false;
            comma = true;
            since = 0;
        } else if (c >= '0' && c <= '9') {
            text[n++] = c;
            since++;
        } else if (c != ' ') {
            return false;
        }
    }
    text[n] = 0;
    return comma && since == 3;
}

bool hot_figure_parse(hot_slice f, double *value)
{
    char text[32];
    if (hot_number_parse(f.at, f.length, value)) return true;
    return without_commas(f, text, sizeof text) && hot_number_parse(text, strlen(text), value);
}
