/* The dictionary of layers/README.md, made from the declarations.
 *
 *     rules_dictionary                   print it
 *     rules_dictionary --check README    is it what the README says, and are the declarations
 * whole? rules_dictionary --write README    bring the README up to date
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/bytes.h"
#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/town.h"

static const char *const begin_mark = "<!-- dictionary: begin -->\n";
static const char *const end_mark = "<!-- dictionary: end -->\n";
static int wrong;

/* ---- the declarations are whole ---- */

static void complain(const hot_declaration *d, const char *column, const char *what)
{
    printf("%s.%s: %s\n", d->name ? d->name : d->title, column, what);
    wrong++;
}

static bool is_column_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return *name >= 'a' && *name <= 'z' && name[n] == 0 && n <= 57;
}

static void judge_column(const hot_declaration *d, size_t k)
{
    const hot_column *c = &d->columns[k];
    if (!is_column_name(c->name)) complain(d, c->name, "is no name of a column");
    if (!*c->alias) complain(d, c->name, "has no alias");
    if (!*c->about) complain(d, c->name, "says nothing of what it means");
    if (c->type == HOT_REAL && !*c->unit)
        complain(d, c->name, "is a number without a unit");
    for (size_t other = 0; other < k; other++)
        if (strcmp(d->columns[other].alias, c->alias) == 0)
            complain(d, c->name, "has the alias of another column of its layer");
}

static bool is_whole(const char *value)
{
    value += *value == '-';
    return *value && value[strspn(value, "0123456789")] == 0;
}

static void judge_coding(const hot_declaration *d, const hot_coding *coding)
{
    const hot_column *column = NULL;
    for (size_t k = 0; k < d->n_columns; k++)
        if (strcmp(d->columns[k].name, coding->column) == 0) column = &d->columns[k];
    if (!column || column->type == HOT_REAL || coding->n == 0)
        complain(d, coding->column, "has codes and is no column that can hold them");
    for (size_t k = 0; k < coding->n; k++) {
        const hot_code *c = &coding->codes[k];
        if (!*c->label) complain(d, coding->column, "has a code without a label");
        if (column && column->type == HOT_INTEGER && !is_whole(c->value))
            complain(d, coding->column, "has a code that is no whole number");
        for (size_t other = 0; other < k; other++)
            if (strcmp(coding->codes[other].value, c->value) == 0)
                complain(d, coding->column, "has a code twice");
    }
}

static void judge(const hot_declaration *d)
{
    if (!*d->title || !*d->about) complain(d, "", "has no title or says nothing of itself");
    for (size_t k = 0; k < d->n_columns; k++) judge_column(d, k);
    for (size_t k = 0; k < d->n_codings; k++) judge_coding(d, &d->codings[k]);
}

/* ---- as Markdown ---- */

static void put(hot_bytes *b, const char *text)
{
    if (hot_bytes_add_text(b, text) != HOT_OK) abort();
}

/** The text of a cell: a bar would end it. */
static void put_cell(hot_bytes *b, const char *text)
{
    put(b, " ");
    for (const char *c = text; *c; c++) {
        char one[3] = {*c == '|' ? '\\' : *c, *c == '|' ? '|' : 0, 0};
        put(b, one);
    }
    put(b, *text ? " |" : "|");
}

static void put_column(hot_bytes *b, const hot_column *c)
{
    static const char *const type[] = {"integer", "real", "text"};
    put(b, "| `");
    put(b, c->name);
    put(b, "` |");
    put_cell(b, type[c->type]);
    put_cell(b, c->unit);
    put_cell(b, c->alias);
    put_cell(b, c->about);
    put(b, "\n");
}

static void put_coding(hot_bytes *b, const hot_coding *coding)
{
    put(b, "\nValues of `");
    put(b, coding->column);
    put(b, "`: ");
    for (size_t k = 0; k < coding->n; k++) {
        if (k) put(b, "; ");
        put(b, coding->codes[k].value);
        put(b, " = ");
        put(b, coding->codes[k].label);
    }
    put(b, ".\n");
}

static void put_layer(hot_bytes *b, const hot_declaration *d, const char *heading)
{
    static const char *const shape[] = {"no geometry", "points", "lines", "polygons"};
    judge(d);
    put(b, "\n### ");
    put(b, heading ? heading : d->name);
    put(b, "\n\n");
    put(b, d->title);
    put(b, "; ");
    put(b, shape[d->geometry]);
    put(b, ". ");
    put(b, d->about);
    if (*d->citation) put(b, " Method: ");
    put(b, d->citation);
    put(b, "\n\n| Column | Type | Unit | Alias | Meaning |\n|---|---|---|---|---|\n");
    for (size_t k = 0; k < d->n_columns; k++) put_column(b, &d->columns[k]);
    for (size_t k = 0; k < d->n_codings; k++) put_coding(b, &d->codings[k]);
}

static void put_dictionary(hot_bytes *b)
{
    put(b, begin_mark);
    for (size_t k = 0; k < hot_catalogue_size; k++)
        for (size_t l = 0; l < hot_catalogue[k]->n_layers; l++) {
            const hot_declaration *d = hot_catalogue[k]->layers[l];
            put_layer(b, d, d->name ? NULL : "one for each area set: ward, beat, ...");
        }
    put_layer(b, hot_context_layer(HOT_LINE), "context_..., of lines");
    put_layer(b, hot_context_layer(HOT_POLYGON), "context_..., of polygons");
    put_layer(b, hot_context_layer(HOT_POINT), "context_..., of points");
    put_layer(b, &hot_metadata_layer, NULL);
    put(b, "\n## The fictional town: `town.gpkg`\n");
    for (size_t k = 0; k < HOT_TOWN_LAYERS; k++) put_layer(b, &hot_town_layers[k], NULL);
    put(b, end_mark);
    if (hot_bytes_add(b, "", 1) != HOT_OK) abort();
}

/* ---- the README ---- */

static char *read_whole(const char *path)
{
    enum { MOST = 1 << 20 };
    FILE *f = fopen(path, "rb");
    char *text = hot_new(MOST, 1);
    if (!f || !text) {
        printf("%s: cannot be read\n", path);
        exit(1);
    }
    size_t n = fread(text, 1, MOST - 1, f);
    text[n] = 0;
    fclose(f);
    return text;
}

static char *after_end(char *readme, char *begin)
{
    char *end = begin ? strstr(readme, end_mark) : NULL;
    if (end && end > begin) return end + strlen(end_mark);
    printf("the README has no place for the dictionary (%.26s)\n", begin_mark);
    exit(1);
}

static void check(const char *path, const char *dictionary)
{
    char *readme = read_whole(path), *at = strstr(readme, begin_mark);
    size_t length = (size_t)(after_end(readme, at) - at), same = 0;
    while (same < length && dictionary[same] == at[same]) same++;
    if (same < length || dictionary[same]) {
        while (same && dictionary[same - 1] != '\n') same--;
        printf("layers/README.md is not what the declarations say; it should say:\n%.*s\n"
               "To bring it up to date: rules_dictionary --write layers/README.md\n",
               (int)strcspn(dictionary + same, "\n"), dictionary + same);
        wrong++;
    }
    hot_free(readme);
}

static void write_again(const char *path, const char *dictionary)
{
    char *readme = read_whole(path), *at = strstr(readme, begin_mark),
         *rest = after_end(readme, at);
    FILE *f = fopen(path, "wb");
    bool written = f && fwrite(readme, 1, (size_t)(at - readme), f) == (size_t)(at - readme) &&
                   fputs(dictionary, f) >= 0 && fputs(rest, f) >= 0;
    if (!f || fclose(f) != 0 || !written) {
        printf("%s: cannot be written\n", path);
        wrong++;
    }
    hot_free(readme);
}

int main(int argc, char **argv)
{
    hot_bytes dictionary = {0};
    put_dictionary(&dictionary);
    const char *text = (const char *)dictionary.data;
    if (argc == 3 && strcmp(argv[1], "--check") == 0)
        check(argv[2], text);
    else if (argc == 3 && strcmp(argv[1], "--write") == 0)
        write_again(argv[2], text);
    else
        fputs(text, stdout);
    hot_bytes_free(&dictionary);
    return wrong ? 1 : 0;
}
