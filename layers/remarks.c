#include "layers/remarks.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SENTENCE = 1000 };

hot_status hot_remark(hot_study *s, const char *format, ...)
{
    char text[SENTENCE];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (!hot_grow(&s->remark, &s->room_remarks, s->n_remarks + 1, sizeof *s->remark))
        return HOT_MEMORY;
    s->remark[s->n_remarks] = hot_arena_text(&s->loaded.arena, text, strlen(text));
    return s->remark[s->n_remarks++] ? HOT_OK : HOT_MEMORY;
}
