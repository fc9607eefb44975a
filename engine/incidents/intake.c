#include "engine/incidents/intake.h"

#include <math.h>
#include <string.h>

#include "engine/base/number.h"
#include "engine/incidents/addresses.h"
#include "engine/incidents/intake_row.h"

/* ---- what ---- */

static hot_reason read_weight(row *r)
{
    r->weight = 1;
    if (!has(r, HOT_FOR_WEIGHT)) return HOT_REASONS;
    hot_slice f = field_of(r, HOT_FOR_WEIGHT);
    if (f.length == 0) {
        r->weight = NAN;
        return HOT_REASONS;
    }
    if (!hot_number_parse(f.at, f.length, &r->weight) || r->weight < 0)
        return fault_at(r, HOT_FOR_WEIGHT, HOT_BAD_NUMBER);
    return HOT_REASONS;
}

/** Where a word is looked for first: by its length and its last 16 bytes, or all where it has
 *  fewer. Texts that meet there only cost a longer search. */
static inline size_t recent_place(hot_slice f)
{
    uint64_t first = 0, last = 0;
    if (f.length >= sizeof first) {
        memcpy(&last, f.at + f.length - sizeof last, sizeof last);
        memcpy(&first, f.length < 16 ? f.at : f.at + f.length - 16, sizeof first);
    } else {
        for (size_t k = 0; k < f.length; k++) last = last << 8 | (unsigned char)f.at[k];
    }
    uint64_t mixed = (first * 0x9e3779b97f4a7c15u + last + f.length) * 0xe7037ed1a0b428dbu;
    return (size_t)(mixed >> (64 - RECENT_BITS));
}

static __attribute__((noinline)) hot_status add_word(row *r, hot_slice f, uint32_t *recent,
                                                     uint32_t *number)
{
    HOT_TRY(hot_words_add(&r->in->rows.words, f.at, f.length, recent));
    *number = *recent;
    return HOT_OK;
}

/** The number of a text, which mostly stood in one of the rows before. */
static inline __attribute__((always_inline)) hot_status word_of(row *r, hot_slice f,
                                                                uint32_t *number)
{
    const hot_words *words = &r->in->rows.words;
    uint32_t *recent = &r->recent[recent_place(f)], k = *recent;
    if (k >= words->n || words->length[k] != f.length ||
        !hot_text_is(words->text[k], f.at, f.length))
        return add_word(r, f, recent, number);
    *number = k;
    return HOT_OK;
}

static hot_status read_word(row *r, hot_purpose purpose, uint32_t *number)
{
    return word_of(r, field_of(r, purpose), number);
}

/** The place key: the column the person named, else the UPRN, else the address. */
static hot_status read_key(row *r, size_t i)
{
    hot_incidents *t = &r->in->rows;
    hot_slice uprn = field_of(r, HOT_FOR_UPRN), address = field_of(r, HOT_FOR_ADDRESS);
    bool named = r->rules->columns.name[HOT_FOR_ADDRESS] != NULL;
    while (uprn.length && *uprn.at == '0') uprn.at++, uprn.length--; /* 0 is no UPRN */
    t->key_is_address[i] = !named && !uprn.length;
    if (uprn.length && !named) return word_of(r, uprn, &t->key[i]);
    char plain[HOT_ADDRESS];
    hot_slice key = {plain, hot_address_plain(address, plain)};
    return word_of(r, key, &t->key[i]);
}

static hot_status add_id(row *r, size_t i)
{
    hot_incidents *t = &r->in->rows;
    hot_slice id = field_of(r, HOT_FOR_ID);
    t->id_hash[i] = 0;
    t->id[i] = NULL;
    if (!id.length) return HOT_OK;
    t->id_hash[i] = hot_hash(id.at, id.length, 0) | 1;
    t->id[i] = hot_arena_text(&t->texts, id.at, id.length);
    return t->id[i] ? HOT_OK : HOT_MEMORY;
}

static inline bool begins(hot_slice f, const char *with)
{
    size_t n = strlen(with);
    return f.length >= n && hot_text_is(f.at, with, n);
}

static bool has_rare(const row *r)
{
    static const hot_purpose rare[] = {HOT_FOR_TIME_TO, HOT_FOR_WEIGHT,   HOT_FOR_GRIDREF,
                                       HOT_FOR_UPRN,    HOT_FOR_ADDRESS,  HOT_FOR_CASE,
                                       HOT_FOR_CLOSING, HOT_FOR_PRECISION};
    size_t k = 0;
    while (k < sizeof rare / sizeof *rare && !has(r, rare[k])) k++;
    return k < sizeof rare / sizeof *rare;
}

static bool has_precision(const row *r)
{
    return has(r, HOT_FOR_GRIDREF) || has(r, HOT_FOR_PRECISION);
}

static bool has_key(const row *r)
{
    return has(r, HOT_FOR_UPRN) || has(r, HOT_FOR_ADDRESS);
}

/** What few files have; where a file has not, fill_rows sets the column when all rows are there. */
static hot_status accept_rare(row *r, size_t i)
{
    hot_incidents *t = &r->in->rows;
    if (has(r, HOT_FOR_TIME_TO)) {
        t->has_to[i] = r->has_to;
        t->to[i] = r->has_to ? r->to.second : r->from.second;
        t->to_precision[i] = (uint8_t)(r->has_to ? r->to.precision : r->from.precision);
    }
    if (has(r, HOT_FOR_WEIGHT)) t->weight[i] = r->weight;
    if (has_precision(r)) t->precision_m[i] = (float)r->precision_m;
    if (has(r, HOT_FOR_ADDRESS)) HOT_TRY(read_word(r, HOT_FOR_ADDRESS, &t->address[i]));
    if (has(r, HOT_FOR_CASE)) HOT_TRY(read_word(r, HOT_FOR_CASE, &t->case_[i]));
    if (has(r, HOT_FOR_CLOSING)) HOT_TRY(read_word(r, HOT_FOR_CLOSING, &t->closing[i]));
    return has_key(r) ? read_key(r, i) : HOT_OK;
}

/** The columns of rows [from .. n) that no row says anything of. */
static void fill_rows(const row *r, size_t from)
{
    hot_incidents *t = &r->in->rows;
    size_t n = t->n - from;
    if (n == 0) return;
    memset(t->coordinates + from, (int)r->in->columns.coordinates, n);
    memset(t->file + from, 0, n * sizeof *t->file);
    memset(t->point + from, 0xff, n * sizeof *t->point);
    if (!has(r, HOT_FOR_TIME_TO)) {
        memset(t->has_to + from, 0, n);
        memcpy(t->to + from, t->from + from, n * sizeof *t->to);
        memcpy(t->to_precision + from, t->precision + from, n);
    }
    for (size_t i = from; i < t->n && !has(r, HOT_FOR_WEIGHT); i++) t->weight[i] = 1;
    for (size_t i = from; i < t->n && !has_precision(r); i++) t->precision_m[i] = 0;
    if (!has(r, HOT_FOR_ADDRESS)) memset(t->address + from, 0, n * sizeof *t->address);
    if (!has(r, HOT_FOR_CASE)) memset(t->case_ + from, 0, n * sizeof *t->case_);
    if (!has(r, HOT_FOR_CLOSING)) memset(t->closing + from, 0, n * sizeof *t->closing);
    if (has_key(r)) return;
    memset(t->key + from, 0, n * sizeof *t->key);
    memset(t->key_is_address + from, r->rules->columns.name[HOT_FOR_ADDRESS] == NULL, n);
}

static hot_status accept(row *r)
{
    hot_incidents *t = &r->in->rows;
    size_t i;
    hot_slice label = field_of(r, HOT_FOR_LABEL);
    HOT_TRY(hot_incidents_add(t, &i));
    t->x[i] = r->x;
    t->y[i] = r->y;
    t->from[i] = r->from.second;
    t->precision[i] = (uint8_t)r->from.precision;
    t->line[i] = (uint32_t)r->record->line;
    HOT_TRY(read_word(r, HOT_FOR_TYPE, &t->type[i]));
    HOT_TRY(word_of(r, label, &t->label[i]));
    if (r->rare) HOT_TRY(accept_rare(r, i));
    HOT_TRY(add_id(r, i));
    r->in->near_rows += begins(label, "On or near ");
    r->in->fictional_rows += begins(field_of(r, HOT_FOR_DATASET), "FICTIONAL hotbeat sample");
    return HOT_OK;
}

/** Count what the row would have been if it were read another way. */
static void note_hint(row *r, hot_reason reason)
{
    hot_hint hint = HOT_HINTS;
    bool position =
        reason == HOT_SWAPPED_AXES || reason == HOT_METRES_IN_DEGREES || reason == HOT_OUT_OF_RANGE;
    if (position)
        hint =
            hot_hint_of_position(r->x, r->y, r->in->columns.coordinates, reason, r->rules->degrees);
    else if ((reason == HOT_BAD_DATE || reason == HOT_BAD_NUMBER) && r->column)
        hint = reason == HOT_BAD_DATE ? hot_hint_of_date(r->record->field[r->column - 1], r->dates)
                                      : hot_hint_of_number(r->record->field[r->column - 1]);
    if (hint != HOT_HINTS) r->in->hints[hint]++;
}

static hot_status reject(row *r, hot_reason reason)
{
    hot_intake *in = r->in;
    HOT_TRY(hot_rejects_add(&in->rejects, r->record->line, r->column, reason));
    note_hint(r, reason);
    if (reason != HOT_NO_COORDINATES || read_weight(r) != HOT_REASONS) return HOT_OK;
    if (r->rare && hot_row_precision(r) != HOT_REASONS) return HOT_OK;
    if (!hot_grow(&in->unlocated, &in->room_unlocated, in->n_unlocated + 1, sizeof *in->unlocated))
        return HOT_MEMORY;
    hot_unlocated u = {.from = r->from.second, .precision = (uint8_t)r->from.precision};
    HOT_TRY(read_word(r, HOT_FOR_TYPE, &u.type));
    HOT_TRY(read_word(r, HOT_FOR_CLOSING, &u.closing));
    in->unlocated[in->n_unlocated++] = u;
    return HOT_OK;
}

/* ---- the file ---- */

/** The header's own fields, kept to know a repeated header by. */
typedef struct {
    hot_slice *field;
    size_t n;
    hot_arena arena;
} header_text;

static hot_status header_keep(const hot_record *header, header_text *kept)
{
    kept->field = hot_new(header->n, sizeof *kept->field);
    if (!kept->field) return HOT_MEMORY;
    kept->n = header->n;
    for (size_t i = 0; i < header->n; i++) {
        hot_slice f = header->field[i];
        kept->field[i] = (hot_slice){hot_arena_text(&kept->arena, f.at, f.length), f.length};
        if (!kept->field[i].at) return HOT_MEMORY;
    }
    return HOT_OK;
}

static bool is_header(const hot_record *record, const header_text *header)
{
    for (size_t i = 0; i < record->n; i++) {
        hot_slice a = record->field[i], b = header->field[i];
        if (a.length != b.length || !hot_text_is(a.at, b.at, a.length)) return false;
    }
    return true;
}

/** The first fault of a row, in the order of precedence. */
static hot_reason fault_of(row *r, const header_text *header)
{
    r->column = r->record->column;
    if (r->record->fault != HOT_REASONS) return r->record->fault;
    if (is_header(r->record, header)) return HOT_HEADER_REPEATED;
    hot_reason reason = hot_row_from(r);
    if (reason == HOT_REASONS && r->rare) reason = hot_row_to(r);
    if (reason == HOT_REASONS) reason = hot_row_where(r);
    if (reason == HOT_REASONS && r->rare) reason = hot_row_precision(r);
    if (reason == HOT_REASONS && r->rare) reason = read_weight(r);
    return reason;
}

static hot_status read_rows(hot_records records, const header_text *header, hot_date_format dates,
                            const hot_intake_rules *rules, hot_intake *in)
{
    hot_record record;
    bool more;
    row r = {.in = in, .rules = rules, .record = &record, .dates = dates};
    size_t from = in->rows.n;
    r.rare = has_rare(&r);
    for (;;) {
        HOT_TRY(records.next(records.self, &record, &more));
        if (!more) break;
        in->read++;
        hot_reason reason = fault_of(&r, header);
        HOT_TRY(reason == HOT_REASONS ? accept(&r) : reject(&r, reason));
    }
    fill_rows(&r, from);
    return HOT_OK;
}

static hot_status find_dates(const hot_intake_rules *rules, hot_date_format *dates,
                             hot_error *error)
{
    const char *said = rules->columns.name[HOT_FOR_DATE_FORMAT];
    *dates = (hot_date_format){0};
    if (!said || hot_date_format_parse(said, dates)) return HOT_OK;
    return hot_fail(error, HOT_USAGE,
                    "--date-format %s: expected DMY, MDY, YMD or a pattern such as "
                    "\"%%d/%%m/%%Y %%H:%%M\".",
                    said);
}

static hot_status keep_names(const header_text *header, hot_intake *in)
{
    bool gridref = in->columns.at[HOT_FOR_GRIDREF] >= 0;
    for (int p = 0; p < HOT_PURPOSES; p++) {
        if (in->columns.at[p] < 0 || (gridref && (p == HOT_FOR_X || p == HOT_FOR_Y))) continue;
        hot_slice name = header->field[in->columns.at[p]];
        in->taken[p] = hot_arena_text(&in->rows.texts, name.at, name.length);
        if (!in->taken[p]) return HOT_MEMORY;
    }
    return HOT_OK;
}

static hot_status read_records(hot_records records, const hot_record *header, const char *file,
                               const hot_intake_rules *rules, header_text *kept, hot_intake *in,
                               hot_error *error)
{
    hot_date_format dates;
    HOT_TRY(find_dates(rules, &dates, error));
    HOT_TRY(hot_columns_find(header, &rules->columns, file, &in->columns, error));
    if (rules->system_said && in->columns.at[HOT_FOR_GRIDREF] < 0)
        in->columns.coordinates = rules->system;
    HOT_TRY(header_keep(header, kept));
    HOT_TRY(keep_names(kept, in));
    HOT_TRY(read_rows(records, kept, dates, rules, in));
    if (in->read) return HOT_OK;
    return hot_fail(error, HOT_INPUT, "%s: holds a header and no row.", file);
}

hot_status hot_intake_records(hot_records records, const hot_record *header, const char *file,
                              const hot_intake_rules *rules, hot_intake *intake, hot_error *error)
{
    header_text kept = {0};
    hot_status status = read_records(records, header, file, rules, &kept, intake, error);
    if (status == HOT_SYSTEM)
        status = hot_fail(error, status, "%s: reading stopped before its end; try again.", file);
    if (status == HOT_MEMORY)
        status = hot_fail(error, status, "%s: there is not enough memory to read it.", file);
    hot_free(kept.field);
    hot_arena_free(&kept.arena);
    return status;
}

static hot_status next_of_csv(void *self, hot_record *record, bool *more)
{
    return hot_csv_next(self, record, more);
}

/** Why a file was refused before its first row. */
static hot_status not_opened(hot_status status, const char *file, hot_error *error)
{
    if (status == HOT_INPUT)
        return hot_fail(error, HOT_INPUT,
                        "%s: no header line of names was found; expected a CSV file in UTF-8 whose "
                        "first line names its columns, at most %d.",
                        file, HOT_CSV_FIELDS);
    if (status == HOT_SYSTEM)
        return hot_fail(error, status, "%s: reading stopped before its end; try again.", file);
    return hot_fail(error, status, "%s: there is not enough memory to read it.", file);
}

hot_status hot_intake_read(hot_source source, const char *file, const hot_intake_rules *rules,
                           hot_intake *intake, hot_error *error)
{
    hot_csv csv = {0};
    hot_record header;
    hot_status status = hot_csv_open(&csv, source, &header);
    /* A wish: where there is not that much memory, there may be for the rows that come. */
    if (status == HOT_OK && hot_incidents_reserve(&intake->rows, hot_csv_expected(&csv)) != HOT_OK)
        hot_incidents_free(&intake->rows);
    if (status == HOT_OK)
        status = hot_intake_records((hot_records){next_of_csv, &csv}, &header, file, rules, intake,
                                    error);
    else
        status = not_opened(status, file, error);
    hot_csv_free(&csv);
    return status;
}

void hot_intake_free(hot_intake *in)
{
    hot_incidents_free(&in->rows);
    hot_rejects_free(&in->rejects);
    hot_free(in->unlocated);
    *in = (hot_intake){0};
}
