#include "layers/read/load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/parallel.h"
#include "engine/incidents/addresses.h"
#include "layers/read/fits.h"
#include "layers/read/given.h"
#include "layers/read/points.h"
#include "layers/read/vector.h"

/* ---- one file ---- */

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/** A file on its way in. */
typedef struct {
    const hot_given_one *given;
    const char *source;
    hot_intake intake;
    hot_content content;
    int epsg;         /* of points; 0 = as the columns say */
    bool aside;       /* there is a thread to spare for the file's hash */
    hot_digest *hash; /* of a file that was read whole, until it is asked for */
    hot_status status;
    hot_error error;
} part;

/** How far the loading of all files is; guarded by critical(loading). */
typedef struct {
    const hot_progress *progress;
    size_t done, n;
    hot_status stopped;
} loading;

/** Say how far it is, and be told whether to go on. */
static bool goes_on(loading *all, size_t done)
{
    bool on;
#pragma omp critical(loading)
    {
        all->done += done;
        if (all->stopped == HOT_OK)
            all->stopped = hot_progress_step(all->progress, "Reading incidents",
                                             (double)all->done / (double)all->n);
        on = all->stopped == HOT_OK;
    }
    return on;
}

/** The bytes of a file, which end where somebody asks to stop: a large one takes long. */
typedef struct {
    hot_source bytes;
    loading *all;
} stoppable;

static ptrdiff_t read_unless_stopped(void *self, char *into, size_t room)
{
    stoppable *s = self;
    return goes_on(s->all, 0) ? s->bytes.read(s->bytes.self, into, room) : -1;
}

static hot_status read_text(part *p, hot_file *file, const hot_load_rules *rules, loading *all)
{
    HOT_TRY(hot_file_expect_text(file, &p->error));
    stoppable bytes = {hot_file_source(file), all};
    hot_source source = {read_unless_stopped, &bytes, bytes.bytes.bytes};
    hot_status status =
        hot_intake_read(source, p->given->name, &rules->intake, &p->intake, &p->error);
    if (!goes_on(all, 0)) return HOT_STOPPED;
    /* What is wrong with the file itself explains more than what its rows looked like. */
    if (status == HOT_OK || status == HOT_SYSTEM) {
        hot_status whole =
            hot_file_finish(file, &p->content, p->aside ? &p->hash : NULL, &p->error);
        if (whole != HOT_OK) status = whole;
    }
    return status;
}

static hot_status read_part(part *p, const hot_load_rules *rules, loading *all)
{
    const hot_given_one *g = p->given;
    hot_file *file;
    if (g->kind == HOT_GIVEN_POINTS) {
        p->epsg = rules->input_epsg;
        return hot_points_read(g->path, g->layer, g->name, &rules->intake, &p->epsg, &p->intake,
                               &p->content, &p->error);
    }
    HOT_TRY(g->kind == HOT_GIVEN_MEMBER
                ? hot_file_open_member(g->path, &g->member, &file, &p->error)
                : hot_file_open(g->path, &file, &p->error));
    hot_status status = p->aside ? hot_file_hash_aside(file) : HOT_OK;
    if (status == HOT_OK) status = read_text(p, file, rules, all);
    hot_file_close(file);
    return status;
}

static hot_status read_parts(part *parts, size_t n, const hot_load_rules *rules)
{
    loading all = {.progress = rules->progress, .n = n};
#pragma omp parallel for schedule(dynamic) num_threads(hot_threads(rules->threads))
    for (size_t i = 0; i < n; i++) {
        if (!goes_on(&all, 0)) continue;
        parts[i].status = read_part(&parts[i], rules, &all);
        goes_on(&all, 1);
    }
    return all.stopped;
}

/** The hash of a part that was read. */
static hot_status end_hash(part *p, char sha256[HOT_DIGEST_HEX])
{
    if (!p->hash) return HOT_OK;
    hot_status status = hot_digest_end(p->hash, sha256);
    hot_digest_free(p->hash);
    p->hash = NULL;
    return status;
}

static int by_content(const void *a, const void *b)
{
    const part *p = a, *q = b;
    int order = strcmp(p->content.sha256, q->content.sha256);
    if (order == 0) order = strcmp(or_empty(p->source), or_empty(q->source));
    return order ? order : strcmp(p->given->name, q->given->name);
}

static bool is_same_file(const part *a, const part *b)
{
    return strcmp(a->content.sha256, b->content.sha256) == 0 &&
           strcmp(or_empty(a->source), or_empty(b->source)) == 0;
}

/** Two agencies number their logs alike: an identifier tells rows apart within its source only. */
static void tell_apart(const part *p, hot_incidents *rows)
{
    if (!p->source) return;
    for (size_t i = 0; i < rows->n; i++)
        if (rows->id_hash[i])
            rows->id_hash[i] = hot_hash(p->source, strlen(p->source), rows->id_hash[i]) | 1;
}

/* ---- all files ---- */

/** Coordinate systems that files say themselves. */
enum { SYSTEMS = 200 };
typedef struct {
    size_t n;
    int epsg[SYSTEMS];
} systems;

static const char *kept(hot_loaded *l, const char *text)
{
    return text ? hot_arena_text(&l->arena, text, strlen(text)) : NULL;
}

/** The months of a file's rows, which are months of the whole. */
static hot_status note_months(hot_input *in, const hot_incidents *rows, hot_coverage *whole)
{
    hot_coverage c = {0};
    hot_status status = hot_coverage_add_rows(&c, rows);
    in->first_month = c.first;
    in->months = (int32_t)c.n;
    for (size_t k = 0; k < c.n && status == HOT_OK; k++)
        if (c.covered[k]) status = hot_coverage_add(whole, c.first + (int32_t)k);
    hot_coverage_free(&c);
    return status;
}

/** Rows without coordinates, their types in the words of the whole; they are words of `rows`. */
static hot_status take_unlocated(hot_loaded *l, const hot_intake *in, const hot_incidents *rows)
{
    for (size_t k = 0; k < in->n_unlocated; k++) {
        hot_unlocated u = in->unlocated[k];
        const char *type = hot_incidents_word(rows, u.type);
        const char *closing = hot_incidents_word(rows, u.closing);
        HOT_TRY(hot_words_add(&l->incidents.words, type, strlen(type), &u.type));
        HOT_TRY(hot_words_add(&l->incidents.words, closing, strlen(closing), &u.closing));
        if (!hot_grow(&l->unlocated, &l->room_unlocated, l->n_unlocated + 1, sizeof u))
            return HOT_MEMORY;
        l->unlocated[l->n_unlocated++] = u;
    }
    return HOT_OK;
}

/** Give the rows of a coordinate system of their own its number, behind those of hot_coordinates.
 */
static hot_status number_system(systems *all, part *p, const hot_load_rules *rules,
                                hot_error *error)
{
    hot_incidents *t = &p->intake.rows;
    int epsg = p->intake.columns.at[HOT_FOR_GRIDREF] >= 0 ? 27700 : p->epsg;
    bool usual = rules->input_epsg == 0 && (epsg == 4326 || epsg == 27700);
    if (epsg == 0 || usual) return HOT_OK;
    size_t k = 0;
    while (k < all->n && all->epsg[k] != epsg) k++;
    if (k == SYSTEMS)
        return hot_fail(error, HOT_INPUT,
                        "%s: is in one more coordinate system than the %d that "
                        "can be read at once.",
                        p->given->name, SYSTEMS);
    if (k == all->n) all->epsg[all->n++] = epsg;
    if (t->n) memset(t->coordinates, (int)(HOT_XY + 1 + k), t->n);
    return HOT_OK;
}

/** Accepted rows, and those without coordinates. The first part's table becomes the whole's as it
 *  is, so nothing may be added to the whole before it. */
static hot_status take_rows(hot_loaded *l, hot_intake *in, uint16_t number)
{
    bool first = l->incidents.words.n == 0;
    if (first) HOT_TRY(hot_incidents_take(&l->incidents, &in->rows, number));
    HOT_TRY(take_unlocated(l, in, first ? &l->incidents : &in->rows));
    return first ? HOT_OK : hot_incidents_take(&l->incidents, &in->rows, number);
}

static hot_status keep_names(hot_loaded *l, const hot_intake *from, hot_input *in)
{
    for (int p = 0; p < HOT_PURPOSES; p++) {
        in->taken[p] = kept(l, from->taken[p]);
        if (from->taken[p] && !in->taken[p]) return HOT_MEMORY;
    }
    return HOT_OK;
}

static hot_status take_part(hot_loaded *l, part *p, const hot_load_rules *rules,
                            uint64_t *near_rows, uint64_t *fictional_rows)
{
    hot_input *in = &l->inputs[l->n_inputs];
    tell_apart(p, &p->intake.rows);
    *in = (hot_input){.name = kept(l, p->given->name),
                      .source = kept(l, p->source),
                      .content = p->content,
                      .read = p->intake.read,
                      .accepted = p->intake.rows.n,
                      .columns = p->intake.columns,
                      .rejects = p->intake.rejects,
                      .selected_unlocated = hot_select_unlocated(&p->intake, &rules->selection)};
    p->intake.rejects = (hot_rejects){0};
    uint16_t number = (uint16_t)l->n_inputs++;
    if (!in->name || (p->source && !in->source)) return HOT_MEMORY;
    HOT_TRY(keep_names(l, &p->intake, in));
    memcpy(in->hints, p->intake.hints, sizeof in->hints);
    HOT_TRY(note_months(in, &p->intake.rows, &l->coverage));
    HOT_TRY(hot_coverage_add_name(&l->coverage, in->name));
    HOT_TRY(take_rows(l, &p->intake, number));
    l->read += in->read;
    l->selected_unlocated += in->selected_unlocated;
    *near_rows += p->intake.near_rows;
    *fictional_rows += p->intake.fictional_rows;
    hot_intake_free(&p->intake);
    return HOT_OK;
}

static hot_status take_parts(hot_loaded *l, part *parts, size_t n, const hot_load_rules *rules,
                             uint64_t *near_rows, systems *all, hot_error *error)
{
    uint64_t fictional_rows = 0;
    l->inputs = hot_new(n, sizeof *l->inputs);
    l->again = hot_new(n, sizeof *l->again);
    if (!l->inputs || !l->again) return HOT_MEMORY;
    for (size_t i = 0; i < n; i++) {
        if (i && is_same_file(&parts[i], &parts[i - 1])) {
            l->again[l->n_again] = kept(l, parts[i].given->name);
            if (!l->again[l->n_again++]) return HOT_MEMORY;
            continue;
        }
        HOT_TRY(number_system(all, &parts[i], rules, error));
        HOT_TRY(take_part(l, &parts[i], rules, near_rows, &fictional_rows));
    }
    l->fictional = l->incidents.n > 0 && fictional_rows == l->incidents.n;
    return HOT_OK;
}

/* ---- duplicates ---- */

static hot_status note_duplicates(hot_loaded *l, const uint32_t *first, uint8_t *keep)
{
    hot_incidents *t = &l->incidents;
    size_t room = 0;
    for (size_t i = 0; i < t->n; i++) {
        keep[i] = first[i] == UINT32_MAX;
        if (keep[i]) continue;
        if (!hot_grow(&l->duplicates, &room, l->n_duplicates + 1, sizeof *l->duplicates))
            return HOT_MEMORY;
        uint32_t f = first[i];
        l->duplicates[l->n_duplicates++] =
            (hot_duplicate){t->file[i], t->file[f], t->line[i], t->line[f]};
        l->inputs[t->file[i]].duplicates++;
        l->inputs[t->file[i]].accepted--;
    }
    return HOT_OK;
}

static hot_status drop_duplicates(hot_loaded *l, int threads)
{
    uint32_t *first = hot_new_raw(l->incidents.n, sizeof *first);
    uint8_t *keep = hot_new_raw(l->incidents.n, 1);
    hot_status status =
        first && keep ? hot_incidents_duplicates(&l->incidents, threads, first) : HOT_MEMORY;
    if (status == HOT_OK) status = note_duplicates(l, first, keep);
    if (status == HOT_OK && l->n_duplicates) hot_incidents_keep(&l->incidents, keep);
    hot_free(first);
    hot_free(keep);
    return status;
}

/* ---- where ---- */

static int epsg_of(int coordinates, const systems *all, const hot_load_rules *rules)
{
    if (coordinates > HOT_XY) return all->epsg[coordinates - HOT_XY - 1];
    if (rules->input_epsg) return rules->input_epsg;
    if (coordinates == HOT_LONLAT) return 4326;
    return coordinates == HOT_EASTNORTH ? 27700 : rules->epsg;
}

static hot_status note_operation(hot_loaded *l, const hot_place *place, bool *told)
{
    hot_place_report report = hot_place_told(place);
    l->fallen_back += report.fallen_back;
    l->coarse = l->coarse || report.coarse;
    if (*told && !(report.accuracy > l->accuracy)) return HOT_OK;
    l->operation = kept(l, report.operation);
    l->grid = kept(l, report.grid);
    l->accuracy = report.accuracy;
    *told = true;
    return l->operation ? HOT_OK : HOT_MEMORY;
}

/** Put the points of one kind of coordinates in place. */
static hot_status place_kind(hot_loaded *l, int kind, const systems *all,
                             const hot_load_rules *rules, bool *told, hot_error *error)
{
    hot_place *place = NULL;
    for (size_t k = 0; k < l->points.n;) {
        if (l->points.coordinates[k] != kind) {
            k++;
            continue;
        }
        size_t n = 1; /* points of one kind mostly stand side by side */
        while (k + n < l->points.n && l->points.coordinates[k + n] == kind) n++;
        if (!place)
            HOT_TRY(hot_place_new(epsg_of(kind, all, rules), rules->epsg, &rules->place, &place,
                                  error));
        hot_place_points(place, l->points.x + k, l->points.y + k, n);
        k += n;
    }
    hot_status status = place ? note_operation(l, place, told) : HOT_OK;
    hot_place_free(place);
    return status;
}

static int by_line(const void *a, const void *b)
{
    const hot_reject *p = a, *q = b;
    return p->line < q->line ? -1 : p->line > q->line;
}

/** Rows whose coordinates cannot be projected are rejected after all. */
static hot_status reject_unplaced(hot_loaded *l)
{
    hot_incidents *t = &l->incidents;
    size_t unplaced = 0;
    uint8_t *keep = hot_new_raw(t->n, 1);
    if (!keep) return HOT_MEMORY;
    hot_status status = HOT_OK;
    for (size_t i = 0; i < t->n && status == HOT_OK; i++) {
        keep[i] = t->point[i] != UINT32_MAX;
        if (keep[i]) continue;
        hot_input *in = &l->inputs[t->file[i]];
        uint32_t column = (uint32_t)(in->columns.at[HOT_FOR_X] + 1);
        status = hot_rejects_add(&in->rejects, t->line[i], column, HOT_OUT_OF_RANGE);
        in->accepted--;
        unplaced++;
    }
    if (status == HOT_OK && unplaced) {
        hot_incidents_keep(t, keep);
        for (size_t k = 0; k < l->n_inputs; k++)
            qsort(l->inputs[k].rejects.row, l->inputs[k].rejects.n, sizeof(hot_reject), by_line);
    }
    hot_free(keep);
    return status;
}

static hot_status put_in_place(hot_loaded *l, const systems *all, const hot_load_rules *rules,
                               hot_error *error)
{
    bool told = false;
    HOT_TRY(hot_points_collapse(&l->incidents, rules->threads, &l->points));
    for (int kind = HOT_LONLAT; kind <= HOT_XY + (int)all->n; kind++)
        HOT_TRY(place_kind(l, kind, all, rules, &told, error));
    if (!told) {
        l->operation = "none";
        l->accuracy = 0;
    }
    HOT_TRY(hot_points_order(&l->incidents, rules->threads, &l->points));
    HOT_TRY(hot_addresses_part(&l->incidents, &l->points));
    return reject_unplaced(l);
}

static void tally(hot_loaded *l)
{
    l->accepted = l->incidents.n;
    for (size_t k = 0; k < l->n_inputs; k++) {
        l->rejected += l->inputs[k].rejects.n;
        for (size_t r = 0; r < l->inputs[k].rejects.n; r++)
            l->rejects[l->inputs[k].rejects.row[r].reason]++;
    }
}

static hot_status take_all(part *parts, size_t n, const hot_load_rules *rules, hot_loaded *l,
                           hot_error *error)
{
    uint64_t near_rows = 0;
    systems all = {0};
    HOT_TRY(read_parts(parts, n, rules));
    for (size_t i = 0; i < n; i++)
        if (parts[i].status != HOT_OK)
            return hot_fail(error, parts[i].status, "%s", parts[i].error.text);
    for (size_t i = 0; i < n && n > 1; i++) HOT_TRY(end_hash(&parts[i], parts[i].content.sha256));
    qsort(parts, n, sizeof *parts, by_content);
    HOT_TRY(take_parts(l, parts, n, rules, &near_rows, &all, error));
    HOT_TRY(drop_duplicates(l, rules->threads));
    HOT_TRY(put_in_place(l, &all, rules, error));
    tally(l);
    l->snapped = hot_snapped(&l->incidents, &l->points, near_rows);
    /* A single file needs no order: its hash may take as long as all of the above. */
    return n == 1 ? end_hash(&parts[0], l->inputs[0].content.sha256) : HOT_OK;
}

static hot_status take_skipped(hot_loaded *l, const hot_given *given)
{
    l->skipped = hot_new(given->n_skipped, sizeof *l->skipped);
    if (!l->skipped) return HOT_MEMORY;
    for (size_t k = 0; k < given->n_skipped; k++) {
        l->skipped[k] = kept(l, given->skipped[k]);
        if (!l->skipped[k]) return HOT_MEMORY;
        l->n_skipped++;
    }
    return HOT_OK;
}

static hot_status load(const hot_given *given, const hot_load_rules *rules, hot_loaded *l,
                       hot_error *error)
{
    part *parts = hot_new(given->n, sizeof *parts);
    if (!parts) return HOT_MEMORY;
    for (size_t i = 0; i < given->n; i++) {
        parts[i].given = &given->one[i];
        parts[i].source = rules->source_of ? rules->source_of[given->one[i].from] : NULL;
        parts[i].aside = given->n < (size_t)hot_threads(rules->threads);
        if (parts[i].given->kind == HOT_GIVEN_POINTS) hot_gdal_ready(); /* before the threads */
    }
    hot_status status = take_skipped(l, given);
    if (status == HOT_OK) status = take_all(parts, given->n, rules, l, error);
    for (size_t i = 0; i < given->n; i++) {
        hot_digest_free(parts[i].hash);
        hot_intake_free(&parts[i].intake);
    }
    hot_free(parts);
    return status;
}

/** What the person says of the coordinate system holds for columns of any name; x and y are else
 * the analysis's own. */
static hot_status say_system(hot_load_rules *rules, hot_error *error)
{
    hot_crs crs;
    int epsg = rules->input_epsg ? rules->input_epsg : rules->epsg;
    HOT_TRY(hot_crs_room(epsg, &rules->intake.metres, error));
    if (rules->input_epsg == 0) return HOT_OK;
    HOT_TRY(hot_crs_of(rules->input_epsg, &crs, error));
    rules->intake.system_said = true;
    rules->intake.system = !crs.projected               ? HOT_LONLAT
                           : rules->input_epsg == 27700 ? HOT_EASTNORTH
                                                        : HOT_XY;
    return HOT_OK;
}

hot_status hot_load(const char *const *paths, size_t n, const hot_load_rules *rules,
                    hot_loaded *loaded, hot_error *error)
{
    hot_given given = {0};
    hot_load_rules own = *rules;
    hot_loaded l = {.accuracy = NAN};
    HOT_TRY(say_system(&own, error));
    HOT_TRY(hot_given_find(paths, n, &given, error));
    hot_status status = load(&given, &own, &l, error);
    hot_given_free(&given);
    if (status == HOT_OK)
        *loaded = l;
    else
        hot_loaded_free(&l);
    return status;
}

void hot_loaded_free(hot_loaded *l)
{
    for (size_t k = 0; k < l->n_inputs; k++) hot_rejects_free(&l->inputs[k].rejects);
    hot_free(l->inputs);
    hot_free(l->again);
    hot_free(l->duplicates);
    hot_free(l->unlocated);
    hot_free(l->skipped);
    hot_incidents_free(&l->incidents);
    hot_points_free(&l->points);
    hot_coverage_free(&l->coverage);
    hot_arena_free(&l->arena);
    *l = (hot_loaded){0};
}
