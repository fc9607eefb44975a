#include "layers/read/names.h"

#include <stddef.h>
#include <string.h>

/** The letter or digit in lower case; 0 for anything else. */
static char plain(char c)
{
    if (c >= 'A' && c <= 'Z') return (char)(c - 'A' + 'a');
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
}

void hot_name_made_safe(const char *text, char name[HOT_NAME])
{
    size_t n = 0;
    for (; *text && n + 1 < HOT_NAME; text++) {
        char c = plain(*text);
        if (c && n == 0 && c <= '9') {
            name[n++] = 'n';
            name[n++] = '_';
        }
        if (c)
            name[n++] = c;
        else if (n && name[n - 1] != '_')
            name[n++] = '_';
    }
    while (n && name[n - 1] == '_') n--;
    name[n] = 0;
    if (n == 0) memcpy(name, "column", sizeof "column");
}
