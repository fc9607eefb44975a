#include "layers/tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/incidents/csv.h"

enum { LISTED = 5, NAME = 40 };

hot_status hot_tally_add(hot_tally *t, const char *name, uint64_t rows)
{
    if (!hot_grow(&t->one, &t->room, t->n + 1, sizeof *t->one)) return HOT_MEMORY;
    t->one[t->n++] = (hot_tallied){name, rows};
    return HOT_OK;
}

static int by_rows(const void *a, const void *b)
{
    const hot_tallied *p = a, *q = b;
    if (p->rows != q->rows) return p->rows > q->rows ? -1 : 1;
    return strcmp(p->name, q->name);
}

void hot_tally_order(hot_tally *t)
{
    if (t->n) qsort(t->one, t->n, sizeof *t->one, by_rows);
}

uint64_t hot_tally_rows(const hot_tally *t)
{
    uint64_t rows = 0;
    for (size_t k = 0; k < t->n; k++) rows += t->one[k].rows;
    return rows;
}

void hot_tally_say(const hot_tally *t, char *text, size_t room)
{
    size_t length = 0;
    *text = 0;
    for (size_t k = 0; k < t->n && k < LISTED && length + NAME + 40 < room; k++) {
        const char *name = *t->one[k].name ? t->one[k].name : "no type";
        length += (size_t)snprintf(text + length, room - length, "%s%.*s", k ? ", " : "",
                                   hot_utf8_cut(name, strlen(name), NAME), name);
    }
    if (t->n > LISTED) snprintf(text + length, room - length, " and %zu more", t->n - LISTED);
}

void hot_tally_free(hot_tally *t)
{
    hot_free(t->one);
    *t = (hot_tally){0};
}
