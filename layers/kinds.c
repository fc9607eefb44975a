#include "layers/kinds.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "layers/read/file.h"
#include "layers/read/map_types.h"
#include "layers/remarks.h"

/* ---- what is asked for ---- */

static bool kind_parse(const char *text, hot_kind *kind)
{
    return hot_kind_parse(text, strlen(text), kind) && !hot_kind_is_out(*kind);
}

unsigned hot_kinds_asked(const hot_study *s)
{
    const hot_setting *kinds = hot_settings_of(s->settings, "kind");
    unsigned asked = 0;
    hot_kind kind;
    for (size_t k = 0; k < kinds->n; k++)
        if (kind_parse(kinds->text[k], &kind)) asked |= 1u << kind;
    if (kinds->n) return asked;
    return 1u << HOT_UNMAPPED | 1u << HOT_PERSONAL | 1u << HOT_NUISANCE | 1u << HOT_ENVIRONMENTAL;
}

bool hot_kinds_say(const hot_study *s, char *text)
{
    static const hot_kind listed[] = {HOT_PERSONAL, HOT_NUISANCE, HOT_ENVIRONMENTAL};
    unsigned left = hot_settings_given(s->settings, "kind") ? hot_kinds_asked(s) : 0;
    size_t length = 0;
    *text = 0;
    for (size_t k = 0; k < sizeof listed / sizeof *listed; k++) {
        if (!(left >> listed[k] & 1)) continue;
        left &= ~(1u << listed[k]);
        const char *before = length == 0 ? "" : left ? ", " : " and ";
        length += (size_t)snprintf(text + length, HOT_KINDS_SAID - length, "%s%s", before,
                                   hot_kind_name(listed[k]));
    }
    return length > 0;
}

static hot_status check_asked(const hot_study *s, hot_error *error)
{
    const hot_setting *kinds = hot_settings_of(s->settings, "kind");
    hot_kind kind;
    for (size_t k = 0; k < kinds->n; k++)
        if (!kind_parse(kinds->text[k], &kind))
            return hot_fail(error, HOT_USAGE,
                            "--kind %s: expected personal, nuisance or environmental.",
                            kinds->text[k]);
    if (kinds->n == 0 || hot_settings_given(s->settings, "map-types")) return HOT_OK;
    return hot_fail(error, HOT_USAGE,
                    "--kind %s: needs --map-types FILE, which says what kind each code is.",
                    kinds->text[0]);
}

/* ---- mapping ---- */

/** A pair of codes, and the kind that it was found to be: pairs come again and again. */
typedef struct {
    uint32_t opening, closing;
    hot_kind kind;
    bool known;
} pair;

enum { PAIRS = 4096 };

/** What maps rows: the file, and pairs that were looked up lately. */
typedef struct {
    const hot_incidents *rows;
    hot_type_map map;
    pair recent[PAIRS];
} mapper;

static hot_kind kind_of(mapper *m, uint32_t opening, uint32_t closing)
{
    pair *p = &m->recent[(opening * 2654435761u ^ closing * 40503u) % PAIRS];
    if (!p->known || p->opening != opening || p->closing != closing) {
        const char *opened = hot_incidents_word(m->rows, opening);
        const char *closed = hot_incidents_word(m->rows, closing);
        *p = (pair){opening, closing, hot_type_map_kind(&m->map, opened, closed), true};
    }
    return p->kind;
}

/** Rows without coordinates that the selection would have taken, now that their kinds are known. */
static void count_unlocated(hot_study *s, mapper *m)
{
    hot_selection selection = hot_study_selection(s);
    hot_loaded *l = &s->loaded;
    l->selected_unlocated = 0;
    for (size_t k = 0; k < l->n_unlocated; k++) {
        const hot_unlocated *u = &l->unlocated[k];
        const char *type = hot_incidents_word(&l->incidents, u->type);
        l->selected_unlocated += hot_select_fits(&selection, type, u->from, u->precision) &&
                                 selection.kinds >> kind_of(m, u->type, u->closing) & 1;
    }
}

static hot_status map_rows(hot_study *s, mapper *m, const char *file, hot_error *error)
{
    const hot_incidents *t = &s->loaded.incidents;
    size_t mapped = 0;
    s->kind = hot_new_raw(t->n, 1);
    if (!s->kind) return HOT_MEMORY;
    m->rows = t;
    for (size_t i = 0; i < t->n; i++) {
        s->kind[i] = (uint8_t)kind_of(m, t->type[i], t->closing[i]);
        mapped += s->kind[i] != HOT_UNMAPPED;
    }
    count_unlocated(s, m);
    if (mapped || t->n == 0) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "--map-types %s: none of its codes is in the input; opening codes are looked "
                    "for in the column of types (--category), closing codes in --closing.",
                    file);
}

hot_status hot_kinds_map(hot_study *s, hot_error *error)
{
    const char *path = hot_settings_text(s->settings, "map-types");
    HOT_TRY(check_asked(s, error));
    if (!path) return HOT_OK;
    mapper *m = hot_new(1, sizeof *m);
    if (!m) return HOT_MEMORY;
    hot_status status = hot_type_map_read(path, &m->map, error);
    if (status == HOT_OK) status = map_rows(s, m, hot_base_name(path), error);
    hot_type_map_free(&m->map);
    hot_free(m);
    return status;
}

/* ---- counting ---- */

/** Rows that the types and dates take, by kind, and the last codes of those that have none. */
static void count_rows(hot_study *s, const uint8_t *taken, uint64_t *of_code)
{
    const hot_incidents *t = &s->loaded.incidents;
    for (size_t i = 0; i < t->n; i++) {
        if (!taken[i]) continue;
        if (hot_kind_is_out((hot_kind)s->kind[i])) s->counts.mapped_out[s->kind[i]]++;
        if (s->kind[i] == HOT_UNMAPPED) of_code[t->closing[i] ? t->closing[i] : t->type[i]]++;
    }
}

static hot_status remark_out(hot_study *s)
{
    const uint64_t *out = s->counts.mapped_out;
    uint64_t all = out[HOT_NOT_ASB] + out[HOT_VOID] + out[HOT_DUPLICATE_LOG];
    if (all == 0) return HOT_OK;
    return hot_remark(s,
                      "%" PRIu64 " %s left out by their codes: %" PRIu64 " not ASB, %" PRIu64
                      " void, %" PRIu64 " duplicate.",
                      all, all == 1 ? "log was" : "logs were", out[HOT_NOT_ASB], out[HOT_VOID],
                      out[HOT_DUPLICATE_LOG]);
}

static hot_status remark_unmapped(hot_study *s, const uint64_t *of_code)
{
    char names[400];
    bool selecting = hot_settings_given(s->settings, "kind");
    const char *left =
        selecting ? "they are not among the kinds asked for" : "they stay, without a kind";
    const char *file = hot_base_name(hot_settings_text(s->settings, "map-types"));
    const hot_words *words = &s->loaded.incidents.words;
    hot_tally *tally = &s->counts.unmapped;
    for (size_t k = 0; k < words->n; k++)
        if (of_code[k]) HOT_TRY(hot_tally_add(tally, words->text[k], of_code[k]));
    if (tally->n == 0) return HOT_OK;
    uint64_t rows = hot_tally_rows(tally);
    hot_tally_order(tally);
    hot_tally_say(tally, names, sizeof names);
    return hot_remark(s, "%" PRIu64 " %s codes that %.60s does not map; %s: %s.", rows,
                      rows == 1 ? "incident has" : "incidents have", file, left, names);
}

hot_status hot_kinds_count(hot_study *s)
{
    const hot_incidents *t = &s->loaded.incidents;
    if (!s->kind) return HOT_OK;
    hot_selection selection = hot_study_selection(s);
    selection.kind = NULL;
    uint8_t *taken = hot_new_raw(t->n, 1);
    uint64_t *of_code = hot_new(t->words.n, sizeof *of_code);
    hot_status status = taken && of_code ? hot_select(t, &selection, taken) : HOT_MEMORY;
    if (status == HOT_OK) count_rows(s, taken, of_code);
    if (status == HOT_OK) status = remark_out(s);
    if (status == HOT_OK) status = remark_unmapped(s, of_code);
    hot_free(taken);
    hot_free(of_code);
    return status;
}
