/* Any bytes as a file of incidents: read = accepted + rejected, and what is accepted is in range. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "engine/incidents/intake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

typedef struct {
    const uint8_t *at;
    size_t left;
} bytes;

static ptrdiff_t bytes_read(void *self, char *into, size_t room)
{
    bytes *b = self;
    size_t n = b->left < room ? b->left : room;
    if (n) memcpy(into, b->at, n);
    b->at += n;
    b->left -= n;
    return (ptrdiff_t)n;
}

static void row_holds(const hot_incidents *t, size_t i)
{
    must(isfinite(t->x[i]) && isfinite(t->y[i]) && (t->x[i] != 0 || t->y[i] != 0));
    must(t->coordinates[i] != HOT_LONLAT || (fabs(t->x[i]) <= 180 && fabs(t->y[i]) <= 90));
    must(isfinite(t->weight[i]) && t->weight[i] >= 0);
    must(t->precision[i] <= HOT_SECOND && t->to_precision[i] <= HOT_SECOND && t->has_to[i] <= 1);
    must(!t->has_to[i] || hot_moment_end((hot_moment){t->to[i], t->to_precision[i]}) > t->from[i]);
    must(t->type[i] < t->words.n && t->label[i] < t->words.n && t->address[i] < t->words.n);
    must(t->key[i] < t->words.n && t->case_[i] < t->words.n);
    must((t->id_hash[i] == 0) == (t->id[i] == NULL));
}

static void rejects_hold(const hot_intake *in)
{
    size_t unlocated = 0;
    uint64_t line = 1;
    for (size_t k = 0; k < in->rejects.n; k++) {
        const hot_reject *r = &in->rejects.row[k];
        must(r->reason < HOT_REASONS && r->line > line);
        line = r->line;
        unlocated += r->reason == HOT_NO_COORDINATES;
    }
    must(in->n_unlocated <= unlocated);
}

/** Points and duplicates of what was accepted. */
static void table_holds(hot_incidents *t)
{
    hot_points points = {0};
    uint32_t *first = calloc(t->n + 1, sizeof *first);
    if (!first || hot_incidents_duplicates(t, 2, first) != HOT_OK) abort();
    for (size_t i = 0; i < t->n; i++)
        must(first[i] == UINT32_MAX || (first[i] < i && first[first[i]] == UINT32_MAX));
    free(first);
    if (hot_points_collapse(t, 2, &points) != HOT_OK) abort();
    if (hot_points_order(t, 2, &points) != HOT_OK) abort();
    for (size_t i = 0; i < t->n; i++) {
        must(t->point[i] < points.n);
        must(points.x[t->point[i]] == t->x[i] && points.y[t->point[i]] == t->y[i]);
    }
    hot_points_free(&points);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* The first byte chooses the rules. */
    hot_intake_rules rules = {0};
    if (size && (data[0] & 1)) rules.degrees = (hot_box){-9, 49, 3, 62};
    if (size && (data[0] & 2)) rules.metres = HOT_GRID_BOX;
    if (size && (data[0] & 4)) rules.columns.name[HOT_FOR_WEIGHT] = "w";
    bytes b = {size ? data + 1 : data, size ? size - 1 : 0};
    hot_intake in = {0};
    hot_error error = {{0}};
    hot_status status = hot_intake_read((hot_source){bytes_read, &b, 0}, "f", &rules, &in, &error);
    must(status == HOT_OK || (status == HOT_INPUT && error.text[0]));
    must(in.read == in.rows.n + in.rejects.n);
    for (size_t i = 0; i < in.rows.n; i++) row_holds(&in.rows, i);
    rejects_hold(&in);
    table_holds(&in.rows);
    hot_intake_free(&in);
    return 0;
}
