#include "layers/weighing.h"

#include <inttypes.h>
#include <math.h>

#include "layers/read/file.h"
#include "layers/read/weights.h"
#include "layers/remarks.h"

/** The incidents inside, by the word of their type, and what each word weighs. */
typedef struct {
    const char *file;
    double *weight;    /* [words] NaN = no line fits */
    uint64_t *inside;  /* [words] */
    uint8_t *is_type;  /* [words] 1 = a type of any row */
    uint64_t *without; /* [words] incidents of anti-social behaviour without a weight */
    uint64_t asb, asb_without, asb_of_zero;
} weighing;

static bool is_asb(const hot_study *s, size_t row)
{
    hot_kind kind = s->kind ? (hot_kind)s->kind[row] : HOT_UNMAPPED;
    if (kind != HOT_UNMAPPED) return !hot_kind_is_out(kind);
    const hot_incidents *t = &s->loaded.incidents;
    return hot_type_is_asb(hot_incidents_word(t, t->type[row]));
}

static void count_asb(const hot_study *s, size_t row, weighing *w)
{
    if (!is_asb(s, row)) return;
    uint32_t type = s->loaded.incidents.type[row];
    double weight = w->weight[type];
    w->asb++;
    w->asb_without += isnan(weight) ? 1 : 0;
    w->without[type] += isnan(weight) ? 1 : 0;
    w->asb_of_zero += weight == 0;
}

/** @return how many of the words that are types have a weight */
static size_t weigh_words(const hot_study *s, const hot_weights *weights, weighing *w)
{
    const hot_incidents *t = &s->loaded.incidents;
    size_t weighed = 0;
    for (size_t i = 0; i < t->n; i++) w->is_type[t->type[i]] = 1;
    for (size_t k = 0; k < t->words.n; k++) {
        w->weight[k] = w->is_type[k] ? hot_weights_of(weights, t->words.text[k]) : NAN;
        weighed += isnan(w->weight[k]) ? 0 : 1;
    }
    for (size_t k = 0; k < s->n_inside; k++) {
        w->inside[t->type[s->inside[k]]]++;
        count_asb(s, s->inside[k], w);
    }
    return weighed;
}

/** The most frequent of the words that are counted, in a sentence.
 *  @param tally  out: to be freed, whatever comes of it */
static hot_status name_types(const hot_study *s, const uint64_t *rows, hot_tally *tally,
                             char *names, size_t room)
{
    const hot_words *words = &s->loaded.incidents.words;
    for (size_t k = 0; k < words->n; k++)
        if (rows[k]) HOT_TRY(hot_tally_add(tally, words->text[k], rows[k]));
    hot_tally_order(tally);
    hot_tally_say(tally, names, room);
    return HOT_OK;
}

static hot_status refuse_unweighed(const hot_study *s, const weighing *w, hot_error *error)
{
    char names[400];
    hot_tally types = {0};
    hot_status status = name_types(s, w->without, &types, names, sizeof names);
    bool several = types.n > 1;
    hot_tally_free(&types);
    HOT_TRY(status);
    return hot_fail(error, HOT_INPUT,
                    "--weights %s: has no weight for %" PRIu64 " of %" PRIu64
                    " incidents of anti-social behaviour, and sums without them would say that "
                    "they harm nobody; give their type%s a weight (%s), or leave them out with "
                    "--exclude-type.",
                    w->file, w->asb_without, w->asb, several ? "s" : "", names);
}

static hot_status check_weights(const hot_study *s, const weighing *w, size_t weighed,
                                hot_error *error)
{
    if (weighed == 0 && s->loaded.incidents.n)
        return hot_fail(error, HOT_INPUT,
                        "--weights %s: none of its types is a type of the incidents; types are "
                        "compared whole, without case, and * stands for any text.",
                        w->file);
    return w->asb_without ? refuse_unweighed(s, w, error) : HOT_OK;
}

static hot_status remark(hot_study *s, const weighing *w)
{
    char names[400];
    hot_tally *tally = &s->counts.unweighted;
    const hot_words *words = &s->loaded.incidents.words;
    for (size_t k = 0; k < words->n; k++)
        if (w->inside[k] && isnan(w->weight[k]))
            HOT_TRY(hot_tally_add(tally, words->text[k], w->inside[k]));
    if (w->asb_of_zero)
        HOT_TRY(hot_remark(s,
                           "%.60s gives %" PRIu64 " incident%s of anti-social behaviour a weight "
                           "of 0: weighted sums show nothing of that.",
                           w->file, w->asb_of_zero, w->asb_of_zero == 1 ? "" : "s"));
    if (tally->n == 0) return HOT_OK;
    uint64_t rows = hot_tally_rows(tally);
    hot_tally_order(tally);
    hot_tally_say(tally, names, sizeof names);
    return hot_remark(s,
                      "%" PRIu64 " %s no weight in %.60s: counted, and left out of weighted "
                      "sums. Without a weight: %s.",
                      rows, rows == 1 ? "incident has" : "incidents have", w->file, names);
}

static hot_status apply(hot_study *s, const hot_weights *weights, weighing *w, hot_error *error)
{
    hot_incidents *t = &s->loaded.incidents;
    w->weight = hot_new_raw(t->words.n, sizeof *w->weight);
    w->inside = hot_new(t->words.n, sizeof *w->inside);
    w->is_type = hot_new(t->words.n, 1);
    w->without = hot_new(t->words.n, sizeof *w->without);
    if (!w->weight || !w->inside || !w->is_type || !w->without) return HOT_MEMORY;
    HOT_TRY(check_weights(s, w, weigh_words(s, weights, w), error));
    for (size_t i = 0; i < t->n; i++) t->weight[i] = w->weight[t->type[i]];
    return remark(s, w);
}

/** Rows whose field of --weight is empty. */
static hot_status remark_empty(hot_study *s)
{
    const char *column = hot_settings_text(s->settings, "weight");
    uint64_t rows = 0;
    for (size_t k = 0; k < s->n_inside; k++)
        rows += isnan(s->loaded.incidents.weight[s->inside[k]]) ? 1 : 0;
    if (rows == 0) return HOT_OK;
    return hot_remark(s,
                      "%" PRIu64 " %s nothing in the column of weights (%.60s): counted, and left "
                      "out of weighted sums.",
                      rows, rows == 1 ? "incident has" : "incidents have", column);
}

hot_status hot_weights_apply(hot_study *s, hot_error *error)
{
    const char *path = hot_settings_text(s->settings, "weights");
    bool column = hot_settings_given(s->settings, "weight");
    hot_weights weights = {0};
    s->weighted = column || path;
    if (!path) return column ? remark_empty(s) : HOT_OK;
    if (column)
        return hot_fail(error, HOT_USAGE,
                        "--weight and --weights: an incident has one weight; give the column or "
                        "the file.");
    weighing w = {.file = hot_base_name(path)};
    hot_status status = hot_weights_read(path, &weights, error);
    if (status == HOT_OK) status = apply(s, &weights, &w, error);
    hot_weights_free(&weights);
    hot_free(w.weight);
    hot_free(w.inside);
    hot_free(w.is_type);
    hot_free(w.without);
    return status;
}
