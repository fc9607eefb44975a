#include "layers/write/rows.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/base/number.h"
#include "engine/incidents/csv.h"

static hot_status add_text(const char *text, hot_bytes *b)
{
    bool utf8 = hot_utf8_is(text, strlen(text));
    HOT_TRY(hot_bytes_add_text(b, "\""));
    for (const char *c = text; *c; c++) {
        unsigned char u = (unsigned char)*c;
        char escaped[8] = {(char)(u >= 128 && !utf8 ? '?' : u)};
        if (u == '"' || u == '\\')
            snprintf(escaped, sizeof escaped, "\\%c", u);
        else if (u < 32 || u == 127)
            snprintf(escaped, sizeof escaped, "\\u%04x", u);
        HOT_TRY(hot_bytes_add_text(b, escaped));
    }
    return hot_bytes_add_text(b, "\"");
}

static hot_status add_value(const hot_values *v, size_t row, hot_bytes *b)
{
    char text[40] = "null";
    switch (v->column.type) {
    case HOT_TEXT:
        if (v->text[row]) return add_text(v->text[row], b);
        break;
    case HOT_INTEGER:
        if (!v->missing || !v->missing[row])
            snprintf(text, sizeof text, "%" PRId64, v->integer[row]);
        break;
    default:
        if (isfinite(v->real[row])) hot_number_format(v->real[row], text);
        break;
    }
    return hot_bytes_add_text(b, text);
}

static hot_status add_row(const hot_layer *l, size_t row, hot_bytes *b)
{
    for (size_t k = 0; k < l->n_columns; k++) {
        HOT_TRY(hot_bytes_add_text(b, k ? ", " : "{"));
        HOT_TRY(add_text(l->values[k].column.name, b));
        HOT_TRY(hot_bytes_add_text(b, ": "));
        HOT_TRY(add_value(&l->values[k], row, b));
    }
    return hot_bytes_add_text(b, "}");
}

hot_status hot_rows_format(const hot_layer *l, hot_bytes *b)
{
    for (size_t row = 0; row < l->n; row++) {
        HOT_TRY(hot_bytes_add_text(b, row ? ",\n    " : "[\n    "));
        HOT_TRY(add_row(l, row, b));
    }
    return hot_bytes_add_text(b, l->n ? "\n  ]" : "[]");
}
