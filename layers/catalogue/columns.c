#include "layers/catalogue/columns.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool is_taken(const hot_layer *l, const char *name)
{
    static const char *const own[] = {"fid", "geom", "ogc_fid", "rowid", "x", "y"};
    for (size_t k = 0; k < sizeof own / sizeof *own; k++)
        if (strcasecmp(own[k], name) == 0) return true;
    for (size_t k = 0; k < l->n_columns; k++)
        if (strcasecmp(l->values[k].column.name, name) == 0) return true;
    return false;
}

void hot_column_free_name(const hot_layer *l, const char *wanted, char name[HOT_FREE_NAME])
{
    int length = HOT_FREE_NAME - 12;
    snprintf(name, HOT_FREE_NAME, "%.*s", length, wanted);
    for (unsigned k = 2; is_taken(l, name); k++)
        snprintf(name, HOT_FREE_NAME, "%.*s_%u", length, wanted, k);
}

static bool is_alias(const hot_layer *l, const char *alias)
{
    for (size_t k = 0; k < l->n_columns; k++)
        if (strcmp(l->values[k].column.alias, alias) == 0) return true;
    return false;
}

hot_status hot_layer_add_free_column(hot_layer *l, const char *wanted, hot_type type,
                                     const char *alias, const char *unit, const char *about,
                                     char name[HOT_FREE_NAME])
{
    size_t room = strlen(alias) + 16;
    char *own = hot_new_raw(room, 1);
    const char *kept = hot_arena_text(&l->arena, unit, strlen(unit));
    hot_status status = own && kept ? HOT_OK : HOT_MEMORY;
    if (own) snprintf(own, room, "%s", alias);
    for (unsigned k = 2; own && is_alias(l, own); k++) snprintf(own, room, "%s (%u)", alias, k);
    hot_column_free_name(l, wanted, name);
    if (status == HOT_OK) status = hot_layer_add_column(l, name, type, own, kept, about);
    hot_free(own);
    return status;
}

hot_status hot_layer_say(hot_layer *l, const char *sentence)
{
    size_t before = strlen(l->about), more = strlen(sentence);
    char *both = hot_new_raw(before + more + 2, 1);
    if (!both) return HOT_MEMORY;
    memcpy(both, l->about, before);
    both[before] = ' ';
    memcpy(both + before + 1, sentence, more + 1);
    const char *kept = hot_arena_text(&l->arena, both, before + more + 1);
    hot_free(both);
    if (!kept) return HOT_MEMORY;
    l->about = kept;
    return HOT_OK;
}
