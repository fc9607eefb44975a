/* How a CSV file is written: separator, line ends. */
#include "engine/incidents/csv.h"

/** Bytes of the header, without its line end; the whole where no line end is outside quotes. */
static size_t header_length(const char *at, size_t length)
{
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (at[i] == '"')
            quoted = !quoted;
        else if (!quoted && (at[i] == '\n' || at[i] == '\r'))
            return i;
    }
    return length;
}

/** The separator that the header has most of outside quotes; a comma where it has none. */
static char guess_separator(const char *at, size_t length)
{
    static const char known[] = {',', ';', '\t', '|'};
    size_t count[sizeof known] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (at[i] == '"') quoted = !quoted;
        for (size_t k = 0; k < sizeof known && !quoted; k++) count[k] += at[i] == known[k];
    }
    for (size_t k = 1; k < sizeof known; k++)
        if (count[k] > count[best]) best = k;
    return known[best];
}

void hot_csv_dress(const char *at, size_t length, char *separator, char *line_end)
{
    const char *end = at + length;
    while (at < end && (*at == '\n' || *at == '\r')) at++; /* blank lines */
    size_t left = (size_t)(end - at), n = header_length(at, left);
    *separator = guess_separator(at, n);
    bool cr = n < left && at[n] == '\r';
    while (n < left && at[n] == '\r') n++; /* some programs write CR CR LF */
    *line_end = cr && (n == left || at[n] != '\n') ? '\r' : '\n';
}
