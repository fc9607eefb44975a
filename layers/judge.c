#include "layers/judge.h"

#include <stdlib.h>
#include <string.h>

#include "layers/judge_parts.h"

/** What is worked with while judging. */
typedef struct {
    const hot_study *study;
    hot_judgement *j;
    uint8_t *selected, *rounded; /* [rows] */
    uint8_t *pile;               /* [words] hot_pile of a label */
    uint64_t *at_point;          /* [points] selected rows */
    uint32_t *first;             /* [points] the first of them */
} judging;

/* ---- shares ---- */

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static void judge_shares(judging *w)
{
    const hot_incidents *t = &w->study->loaded.incidents;
    uint64_t months = 0, near = 0, keys = 0;
    for (size_t i = 0; i < t->n; i++) {
        months += t->precision[i] == HOT_MONTH;
        near += begins(hot_incidents_word(t, t->label[i]), "On or near ");
        keys += t->key[i] != 0;
    }
    if (t->n == 0) return;
    double all = (double)t->n;
    w->j->month_share = (double)months / all;
    w->j->near_share = (double)near / all;
    w->j->key_share = (double)keys / all;
    w->j->rows_per_point = all / (double)w->study->loaded.points.n;
}

/* ---- piles ---- */

const char *hot_pile_name(hot_pile pile)
{
    static const char *const name[] = {"", "police_station", "no_fixed_abode", "rounded", "large"};
    return pile <= HOT_PILE_LARGE ? name[pile] : "";
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 128;
}

/** Whether a text holds whole words, in any case. */
static bool has_words(const char *text, const char *words)
{
    for (const char *at = text; *at; at++) {
        size_t n = 0;
        if (at > text && is_letter(at[-1])) continue;
        while (words[n] && lower(at[n]) == words[n]) n++;
        if (!words[n] && !is_letter(at[n])) return true;
    }
    return false;
}

/** Whether a text is these words, in any case. */
static bool is_word(const char *text, const char *words)
{
    while (*words && lower(*text) == *words) text++, words++;
    return !*words && !*text;
}

static hot_pile pile_of_label(const char *label)
{
    static const char *const station[] = {"police station", "police headquarters", "police hq",
                                          "police office",  "custody suite",       "custody"};
    static const char *const abode[] = {"no fixed abode",  "no fixed address", "nfa",
                                        "address unknown", "unknown address",  "address not known"};
    static const char *const nothing[] = {"unknown", "not known", "no location", "none", "n/a"};
    for (size_t k = 0; k < sizeof station / sizeof *station; k++)
        if (has_words(label, station[k])) return HOT_PILE_STATION;
    for (size_t k = 0; k < sizeof abode / sizeof *abode; k++)
        if (has_words(label, abode[k])) return HOT_PILE_NO_ABODE;
    /* Within a longer text, such as a kind of premises, these say nothing of the address. */
    for (size_t k = 0; k < sizeof nothing / sizeof *nothing; k++)
        if (is_word(label, nothing[k])) return HOT_PILE_NO_ABODE;
    return HOT_PILE_NONE;
}

/** The label of a row, or its address. */
static const char *label_of(const hot_incidents *t, size_t i)
{
    return hot_incidents_word(t, t->label[i] ? t->label[i] : t->address[i]);
}

/** What a row's own label or address says. */
static hot_pile pile_of_row(const judging *w, size_t i)
{
    const hot_incidents *t = &w->study->loaded.incidents;
    uint8_t label = w->pile[t->label[i]];
    return label ? (hot_pile)label : (hot_pile)w->pile[t->address[i]];
}

static void count_points(judging *w)
{
    const hot_incidents *t = &w->study->loaded.incidents;
    for (size_t k = 0; k < t->words.n; k++) w->pile[k] = (uint8_t)pile_of_label(t->words.text[k]);
    for (size_t i = 0; i < t->n; i++) {
        if (!w->selected[i]) continue;
        w->j->rows++;
        hot_pile pile = pile_of_row(w, i);
        if (pile != HOT_PILE_NONE) w->j->piled[pile]++;
        if (w->at_point[t->point[i]]++ == 0) w->first[t->point[i]] = (uint32_t)i;
    }
}

static hot_pile pile_of_point(const judging *w, size_t point)
{
    uint64_t rows = w->at_point[point];
    hot_pile pile = pile_of_row(w, w->first[point]);
    if (pile != HOT_PILE_NONE) return pile;
    if (w->rounded[w->first[point]]) return HOT_PILE_ROUNDED;
    bool large = !w->study->loaded.snapped && rows >= 20 && rows * 50 >= w->j->rows;
    return large ? HOT_PILE_LARGE : HOT_PILE_NONE;
}

static void add_top(judging *w, size_t point)
{
    hot_judgement *j = w->j;
    uint64_t rows = w->at_point[point];
    size_t at = j->n_top < HOT_TOP ? j->n_top++ : HOT_TOP;
    for (; at > 0 && j->top[at - 1].rows < rows; at--)
        if (at < HOT_TOP) j->top[at] = j->top[at - 1];
    if (at == HOT_TOP) return;
    const hot_points *p = &w->study->loaded.points;
    j->top[at] =
        (hot_top){p->x[point], p->y[point], rows,
                  label_of(&w->study->loaded.incidents, w->first[point]), pile_of_point(w, point)};
}

/** A point with one incident is no pile. */
static void judge_piles(judging *w)
{
    for (size_t k = 0; k < w->study->loaded.points.n; k++)
        if (w->at_point[k] > 1) add_top(w, k);
}

/* ---- coverage ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const hot_file_months *)a)->name, ((const hot_file_months *)b)->name);
}

/** Rows and files of each month; the rows of a file stand side by side. */
static hot_status count_months(judging *w)
{
    const hot_loaded *l = &w->study->loaded;
    const hot_coverage *c = &l->coverage;
    uint32_t *last = hot_new(c->n, sizeof *last); /* file + 1 that was last seen in a month */
    if (!last) return HOT_MEMORY;
    for (size_t i = 0; i < l->incidents.n; i++) {
        size_t k = (size_t)(hot_month_of(l->incidents.from[i]) - c->first);
        uint32_t file = l->incidents.file[i];
        w->j->months[k].rows++;
        if (last[k] == file + 1) continue;
        last[k] = file + 1;
        w->j->months[k].files++;
        w->j->files[file].gaps--;
    }
    hot_free(last);
    return HOT_OK;
}

static hot_status judge_coverage(judging *w)
{
    hot_judgement *j = w->j;
    const hot_loaded *l = &w->study->loaded;
    j->months = hot_new(l->coverage.n, sizeof *j->months);
    j->files = hot_new(l->n_inputs, sizeof *j->files);
    if (!j->months || !j->files) return HOT_MEMORY;
    j->n_months = l->coverage.n;
    j->n_files = l->n_inputs;
    for (size_t k = 0; k < j->n_months; k++) j->months[k].month = l->coverage.first + (int32_t)k;
    for (size_t k = 0; k < j->n_files; k++) {
        const hot_input *in = &l->inputs[k];
        j->files[k] = (hot_file_months){in, in->name, in->first_month, in->months, in->months};
    }
    HOT_TRY(count_months(w));
    for (size_t k = 0; k < j->n_files; k++)
        if (j->files[k].gaps == j->files[k].months) j->files[k].gaps = j->files[k].months = 0;
    qsort(j->files, j->n_files, sizeof *j->files, by_name);
    return HOT_OK;
}

/* ---- types ---- */

static int by_rows(const void *a, const void *b)
{
    const hot_type_rows *p = a, *q = b;
    uint64_t one = p->located + p->unlocated, other = q->located + q->unlocated;
    if (one != other) return one > other ? -1 : 1;
    return strcmp(p->name, q->name);
}

static hot_status judge_types(judging *w)
{
    hot_judgement *j = w->j;
    const hot_loaded *l = &w->study->loaded;
    const hot_incidents *t = &l->incidents;
    j->types = hot_new(t->words.n, sizeof *j->types);
    if (!j->types) return HOT_MEMORY;
    for (size_t k = 0; k < t->words.n; k++) j->types[k].name = t->words.text[k];
    for (size_t i = 0; i < t->n; i++) j->types[t->type[i]].located++;
    for (size_t k = 0; k < l->n_unlocated; k++) j->types[l->unlocated[k].type].unlocated++;
    for (size_t k = 0; k < t->words.n; k++)
        if (j->types[k].located + j->types[k].unlocated) j->types[j->n_types++] = j->types[k];
    qsort(j->types, j->n_types, sizeof *j->types, by_rows);
    return HOT_OK;
}

/* ---- outside ---- */

static hot_status judge_outside(judging *w)
{
    static const double most[] = {100, 1000, 10000};
    const hot_study *s = w->study;
    hot_edges edges;
    if (s->bounding == SIZE_MAX) return HOT_OK;
    const hot_area_set *set = &s->sets[s->bounding];
    HOT_TRY(hot_edges_new(&set->areas.shapes, &edges));
    for (size_t k = 0; k < s->loaded.points.n; k++) {
        if (w->at_point[k] == 0 || set->area_of[k] >= 0) continue;
        double far =
            hot_edges_distance(&edges, s->loaded.points.x[k], s->loaded.points.y[k], 10001);
        size_t class_ = 0;
        while (class_ < 3 && far > most[class_]) class_++;
        w->j->outside[class_] += w->at_point[k];
    }
    hot_edges_free(&edges);
    return HOT_OK;
}

/* ---- all of it ---- */

static hot_status select_rows(judging *w)
{
    const hot_study *s = w->study;
    hot_selection selection = hot_study_selection(s);
    return hot_select(&s->loaded.incidents, &selection, w->selected);
}

static hot_status judge_all(judging *w)
{
    const hot_loaded *l = &w->study->loaded;
    w->selected = hot_new(l->incidents.n, 1);
    w->rounded = hot_new(l->incidents.n, 1);
    w->pile = hot_new(l->incidents.words.n, 1);
    w->at_point = hot_new(l->points.n, sizeof *w->at_point);
    w->first = hot_new(l->points.n, sizeof *w->first);
    if (!w->selected || !w->rounded || !w->pile || !w->at_point || !w->first) return HOT_MEMORY;
    HOT_TRY(select_rows(w));
    judge_shares(w);
    hot_judge_positions(&l->incidents, w->selected, w->rounded, w->j);
    count_points(w);
    judge_piles(w);
    HOT_TRY(hot_judge_extent(&l->points, w->at_point, w->j));
    HOT_TRY(judge_coverage(w));
    HOT_TRY(judge_types(w));
    HOT_TRY(judge_outside(w));
    hot_judge_mistakes(w->study, w->at_point, w->j);
    return HOT_OK;
}

hot_status hot_judge(const hot_study *study, hot_judgement *judgement)
{
    hot_judgement j = {0};
    judging w = {.study = study, .j = &j};
    hot_status status = judge_all(&w);
    hot_free(w.selected);
    hot_free(w.rounded);
    hot_free(w.pile);
    hot_free(w.at_point);
    hot_free(w.first);
    if (status == HOT_OK)
        *judgement = j;
    else
        hot_judgement_free(&j);
    return status;
}

void hot_judgement_free(hot_judgement *j)
{
    hot_free(j->months);
    hot_free(j->files);
    hot_free(j->types);
    *j = (hot_judgement){0};
}
