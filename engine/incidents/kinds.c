#include "engine/incidents/kinds.h"

#include <string.h>

static const struct {
    const char *name, *key;
} kinds[HOT_KINDS] = {
    [HOT_UNMAPPED] = {"not mapped", "not_mapped"},
    [HOT_PERSONAL] = {"personal", "personal"},
    [HOT_NUISANCE] = {"nuisance", "nuisance"},
    [HOT_ENVIRONMENTAL] = {"environmental", "environmental"},
    [HOT_NOT_ASB] = {"not ASB", "not_asb"},
    [HOT_VOID] = {"void", "void"},
    [HOT_DUPLICATE_LOG] = {"duplicate log", "duplicate_log"},
};

const char *hot_kind_name(hot_kind kind)
{
    return kind < HOT_KINDS ? kinds[kind].name : "";
}

const char *hot_kind_key(hot_kind kind)
{
    return kind < HOT_KINDS ? kinds[kind].key : "";
}

enum { PLAIN = 64 };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/** The letters of a text, in lower case; what does not fit is cut. */
static void plain_letters(const char *text, size_t length, char plain[PLAIN])
{
    size_t n = 0;
    for (size_t i = 0; i < length && n < PLAIN - 1; i++)
        if (is_letter(text[i])) plain[n++] = lower(text[i]);
    plain[n] = 0;
}

bool hot_kind_parse(const char *text, size_t length, hot_kind *kind)
{
    static const struct {
        const char *plain;
        hot_kind kind;
    } known[] = {
        {"personal", HOT_PERSONAL},
        {"nuisance", HOT_NUISANCE},
        {"environmental", HOT_ENVIRONMENTAL},
        {"notasb", HOT_NOT_ASB},
        {"void", HOT_VOID},
        {"duplicatelog", HOT_DUPLICATE_LOG},
        {"duplicate", HOT_DUPLICATE_LOG},
    };
    char plain[PLAIN];
    plain_letters(text, length, plain);
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (strcmp(plain, known[k].plain) == 0) return *kind = known[k].kind, true;
    return false;
}

/** ASB between what are no letters. */
static bool has_asb(const char *type)
{
    for (const char *at = type; *at; at++) {
        bool begins = at == type || !is_letter(at[-1]);
        if (begins && lower(at[0]) == 'a' && lower(at[1]) == 's' && lower(at[2]) == 'b' &&
            !is_letter(at[3]))
            return true;
    }
    return false;
}

bool hot_type_is_asb(const char *type)
{
    char plain[PLAIN];
    plain_letters(type, strlen(type), plain);
    return strstr(plain, "antisocial") || has_asb(type);
}
