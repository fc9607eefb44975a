#include "layers/study.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/base/parallel.h"
#include "layers/bandwidth.h"
#include "layers/coarse.h"
#include "layers/inside.h"
#include "layers/kinds.h"
#include "layers/read/hotspots_file.h"
#include "layers/read/join.h"
#include "layers/read/zone.h"
#include "layers/sources.h"
#include "layers/weighing.h"

/* ---- what is asked for ---- */

hot_status hot_bound_parse(const char *option, const char *text, bool end, int64_t *second,
                           hot_error *error)
{
    if (!text) return HOT_OK;
    hot_moment m;
    char date[16];
    bool year = strlen(text) == 4;
    snprintf(date, sizeof date, "%.10s%s", text, year ? "-01" : "");
    if (strlen(text) > 10 || !hot_moment_parse(date, strlen(date), NULL, &m) ||
        m.precision > HOT_DAY)
        return hot_fail(error, HOT_USAGE, "%s %s: expected YYYY, YYYY-MM or YYYY-MM-DD.", option,
                        text);
    *second = end ? hot_moment_end(m) : m.second;
    if (end && year) *second = hot_days(hot_date_of(m.second / 86400).year + 1, 1, 1) * 86400;
    return HOT_OK;
}

static hot_status read_bounds(hot_study *s, hot_error *error)
{
    s->from = INT64_MIN;
    s->to = INT64_MAX;
    HOT_TRY(
        hot_bound_parse("--from", hot_settings_text(s->settings, "from"), false, &s->from, error));
    HOT_TRY(hot_bound_parse("--to", hot_settings_text(s->settings, "to"), true, &s->to, error));
    if (s->from < s->to) return HOT_OK;
    return hot_fail(error, HOT_USAGE, "--from %s comes after --to %s.",
                    hot_settings_text(s->settings, "from"), hot_settings_text(s->settings, "to"));
}

static hot_status read_epsg(const char *option, const char *text, int *epsg, hot_error *error)
{
    if (!text) return HOT_OK;
    *epsg = hot_epsg_parse(text);
    if (*epsg) return HOT_OK;
    return hot_fail(error, HOT_USAGE, "--%s %s: expected EPSG: and digits, such as EPSG:27700.",
                    option, text);
}

static void name_columns(const hot_settings *s, hot_column_names *names)
{
    for (int p = 0; p < HOT_PURPOSES; p++) {
        const char *option = hot_purpose_option((hot_purpose)p);
        names->name[p] = option ? hot_settings_text(s, option + 2) : NULL;
    }
}

hot_selection hot_study_selection(const hot_study *s)
{
    const hot_setting *type = hot_settings_of(s->settings, "type");
    const hot_setting *exclude = hot_settings_of(s->settings, "exclude-type");
    return (hot_selection){.type = type->text,
                           .n_type = type->n,
                           .exclude = exclude->text,
                           .n_exclude = exclude->n,
                           .from = s->from,
                           .to = s->to,
                           .kind = s->kind,
                           .kinds = s->kind ? hot_kinds_asked(s) : 0};
}

static hot_status load_rules(hot_study *s, hot_zone *zone, hot_load_rules *rules, hot_error *error)
{
    const hot_settings *set = s->settings;
    *rules = (hot_load_rules){.epsg = s->epsg, .threads = s->threads, .progress = s->progress};
    rules->place = (hot_place_rules){.grid = hot_settings_text(set, "grid"),
                                     .require = hot_settings_given(set, "require-ostn15"),
                                     .threads = s->threads};
    HOT_TRY(read_epsg("input-crs", hot_settings_text(set, "input-crs"), &rules->input_epsg, error));
    HOT_TRY(hot_zone_read(hot_settings_text(set, "zone"), zone, error));
    rules->intake.zone = zone;
    rules->intake.degrees = s->crs.degrees;
    name_columns(set, &rules->intake.columns);
    rules->selection = hot_study_selection(s);
    return HOT_OK;
}

/* ---- areas ---- */

static hot_status load_set(hot_study *s, const char *text, const hot_place_rules *place,
                           hot_error *error)
{
    hot_source_spec spec;
    HOT_TRY(hot_source_parse("--areas", text, &spec, error));
    hot_area_set *set = &s->sets[s->n_sets];
    hot_status status = HOT_OK;
    for (size_t k = 0; k < s->n_sets; k++)
        if (strcmp(s->sets[k].areas.name, spec.name) == 0)
            status = hot_fail(error, HOT_USAGE, "--areas %s: the name %s was given twice.", text,
                              spec.name);
    if (status == HOT_OK) status = hot_areas_read(&spec, s->epsg, place, &set->areas, error);
    hot_source_free(&spec);
    if (status != HOT_OK) return status;
    s->n_sets++;
    return hot_within_new(&set->areas.shapes, s->threads, &set->within);
}

typedef hot_status set_reader(hot_area_set *set, const hot_source_spec *spec, hot_error *error);

static hot_status read_population(hot_area_set *set, const hot_source_spec *spec, hot_error *error)
{
    return hot_areas_read_population(&set->areas, spec, &set->unmatched_population, error);
}

static hot_status read_join(hot_area_set *set, const hot_source_spec *spec, hot_error *error)
{
    return hot_areas_join(&set->areas, spec, error);
}

/** What --population and --join say of a set, one after the other. */
static hot_status load_tables(hot_study *s, const char *option, set_reader *reader,
                              hot_error *error)
{
    const hot_setting *given = hot_settings_of(s->settings, option + 2);
    for (size_t g = 0; g < given->n; g++) {
        hot_source_spec spec;
        HOT_TRY(hot_source_parse(option, given->text[g], &spec, error));
        hot_status status = HOT_USAGE;
        hot_fail(error, HOT_USAGE, "%s %s: there is no area set \"%s\"; name one of --areas.",
                 option, given->text[g], spec.name);
        for (size_t k = 0; k < s->n_sets; k++)
            if (strcmp(s->sets[k].areas.name, spec.name) == 0)
                status = reader(&s->sets[k], &spec, error);
        hot_source_free(&spec);
        HOT_TRY(status);
    }
    return HOT_OK;
}

static hot_status find_bounding(hot_study *s, hot_error *error)
{
    const char *study = hot_settings_text(s->settings, "study");
    s->bounding = s->n_sets ? 0 : SIZE_MAX;
    if (!study) return HOT_OK;
    for (size_t k = 0; k < s->n_sets; k++)
        if (strcmp(s->sets[k].areas.name, study) == 0) return s->bounding = k, HOT_OK;
    return hot_fail(error, HOT_USAGE,
                    "--study %s: there is no area set of that name; name one of "
                    "--areas.",
                    study);
}

/** The hotspots that a team has adopted, as one set more, after all others. */
static hot_status load_adopted(hot_study *s, const hot_place_rules *place, hot_error *error)
{
    const char *text = hot_settings_text(s->settings, "hotspots");
    if (!text) return HOT_OK;
    hot_area_set *set = &s->sets[s->n_sets];
    HOT_TRY(hot_hotspots_read(text, s->epsg, place, &set->areas, &set->valid_from, error));
    set->adopted = true;
    s->n_sets++;
    return hot_within_new(&set->areas.shapes, s->threads, &set->within);
}

static hot_status load_areas(hot_study *s, const hot_place_rules *place, hot_error *error)
{
    const hot_setting *areas = hot_settings_of(s->settings, "areas");
    s->sets = hot_new(areas->n + 1, sizeof *s->sets);
    if (!s->sets) return HOT_MEMORY;
    for (size_t k = 0; k < areas->n; k++) {
        HOT_TRY(hot_progress_step(s->progress, "Reading areas", (double)k / (double)areas->n));
        HOT_TRY(load_set(s, areas->text[k], place, error));
    }
    HOT_TRY(load_tables(s, "--population", read_population, error));
    HOT_TRY(load_tables(s, "--join", read_join, error));
    for (size_t k = 0; k < s->n_sets; k++)
        HOT_TRY(hot_areas_settle_group(&s->sets[k].areas, error));
    HOT_TRY(find_bounding(s, error));
    return load_adopted(s, place, error);
}

size_t hot_study_tilings(const hot_study *s)
{
    return s->n_sets - (hot_study_adopted(s) ? 1 : 0);
}

double hot_study_area(const hot_study *s)
{
    double sum = 0;
    if (s->bounding == SIZE_MAX) return NAN;
    const hot_areas *a = &s->sets[s->bounding].areas;
    for (size_t i = 0; i < a->n; i++) sum += hot_shapes_area(&a->shapes, i);
    return sum - a->coverage.overlap;
}

const hot_area_set *hot_study_adopted(const hot_study *s)
{
    const hot_area_set *last = s->n_sets ? &s->sets[s->n_sets - 1] : NULL;
    return last && last->adopted ? last : NULL;
}

/* ---- selecting ---- */

static hot_status place_points(hot_study *s)
{
    const hot_points *p = &s->loaded.points;
    for (size_t k = 0; k < s->n_sets; k++) {
        hot_area_set *set = &s->sets[k];
        set->area_of = hot_new_raw(p->n, sizeof *set->area_of);
        if (!set->area_of) return HOT_MEMORY;
        HOT_TRY(hot_within_place(set->within, p->x, p->y, p->n, s->threads, set->area_of,
                                 &set->overlapping));
    }
    return HOT_OK;
}

static hot_status copy_coverage(hot_study *s)
{
    const hot_coverage *c = &s->loaded.coverage;
    for (size_t k = 0; k < c->n; k++)
        if (c->covered[k]) HOT_TRY(hot_coverage_add(&s->coverage, c->first + (int32_t)k));
    hot_coverage_clip(&s->coverage, s->from, s->to);
    return HOT_OK;
}

/* ---- is there anything? ---- */

/** The types there are, most of them, for a sentence. */
static void type_names(const hot_incidents *t, char *text, size_t room)
{
    size_t n = 0;
    uint8_t *seen = hot_new(t->words.n, 1);
    *text = 0;
    for (size_t i = 0; seen && i < t->n && n + 60 < room; i++) {
        if (seen[t->type[i]]) continue;
        n += (size_t)snprintf(text + n, room - n, "%s%.50s", n ? ", " : "",
                              hot_incidents_word(t, t->type[i]));
        seen[t->type[i]] = 1;
    }
    hot_free(seen);
}

/** A type that no row has is a slip of the pen, and a map of nothing would be taken for good news.
 */
static hot_status check_type(const hot_study *s, const char *pattern, hot_error *error)
{
    const hot_incidents *t = &s->loaded.incidents;
    for (size_t i = 0; i < t->n; i++)
        if ((i == 0 || t->type[i] != t->type[i - 1]) &&
            hot_pattern_fits(pattern, hot_incidents_word(t, t->type[i])))
            return HOT_OK;
    char names[700];
    type_names(t, names, sizeof names);
    return hot_fail(error, HOT_INPUT, "--type %s: no row is of that type; the types are %s.",
                    pattern, *names ? names : "not given");
}

static hot_status check_input(const hot_study *s, hot_error *error)
{
    const hot_setting *type = hot_settings_of(s->settings, "type");
    const hot_coverage *c = &s->loaded.coverage;
    if (s->loaded.incidents.n == 0)
        return hot_fail(error, HOT_INPUT,
                        "None of the %llu rows could be accepted; hotbeat check says why.",
                        (unsigned long long)s->loaded.read);
    for (size_t k = 0; k < type->n; k++) HOT_TRY(check_type(s, type->text[k], error));
    if (s->coverage.n) return HOT_OK;
    int32_t last = c->first + (int32_t)c->n - 1;
    return hot_fail(error, HOT_INPUT,
                    "The input covers %04d-%02d to %04d-%02d, and none of that lies between --from "
                    "and --to.",
                    c->first / 12, c->first % 12 + 1, last / 12, last % 12 + 1);
}

/* ---- the frame ---- */

/** The box of the study area, or of the incidents where there is none. */
static hot_status study_box(const hot_study *s, hot_box *box)
{
    if (s->bounding != SIZE_MAX) return hot_shapes_box_all(&s->sets[s->bounding].areas.shapes, box);
    const hot_points *p = &s->loaded.points;
    bool any = false;
    for (size_t k = 0; k < p->n; k++) {
        if (s->count_at_point[k] == 0) continue;
        if (!any) *box = (hot_box){p->x[k], p->y[k], p->x[k], p->y[k]};
        any = true;
        box->west = fmin(box->west, p->x[k]);
        box->east = fmax(box->east, p->x[k]);
        box->south = fmin(box->south, p->y[k]);
        box->north = fmax(box->north, p->y[k]);
    }
    return any ? HOT_OK : HOT_DOMAIN;
}

static hot_status too_large(hot_box box, double cell, double margin, hot_error *error)
{
    if (!(cell > 0))
        return hot_fail(error, HOT_USAGE, "--cell 0: expected more than 0 m; 50m is usual.");
    double cells = hot_frame_cells(box.west, box.south, box.east, box.north, cell, margin);
    double advised = ceil(cell * sqrt(cells / (double)HOT_FRAME_CELLS) / 10) * 10;
    return hot_fail(error, HOT_USAGE,
                    "The %s %.0f km by %.0f km: %.0f million cells of %g m, of which "
                    "%.0f million can be held; use --cell %.0fm or more%s.",
                    margin > 0 ? "incidents lie within" : "study area is",
                    (box.east - box.west) / 1000, (box.north - box.south) / 1000, cells / 1e6, cell,
                    (double)HOT_FRAME_CELLS / 1e6, advised,
                    margin > 0 ? ", or give the study area with --areas" : "");
}

hot_status hot_study_frame(hot_study *s, bool surface, hot_error *error)
{
    HOT_TRY(check_input(s, error));
    double cell = hot_settings_number(s->settings, "cell");
    hot_box box;
    if (study_box(s, &box) != HOT_OK)
        return hot_fail(error, HOT_INPUT,
                        "No incident is left to analyse: %llu rows were read and %llu accepted, "
                        "but none is of the type and dates asked for.",
                        (unsigned long long)s->loaded.read, (unsigned long long)s->loaded.accepted);
    HOT_TRY(hot_bandwidth_settle(s, surface, box, error));
    double margin = s->bounding == SIZE_MAX ? s->bandwidth : 0; /* round the incidents */
    if (!surface) cell = fmax(fmax(box.east - box.west, box.north - box.south), cell);
    if (hot_frame_fit(box.west, box.south, box.east, box.north, cell, margin, &s->frame) != HOT_OK)
        return too_large(box, cell, margin, error);
    if (s->bounding == SIZE_MAX || !surface) return HOT_OK;
    s->mask = hot_new((size_t)hot_frame_size(&s->frame), 1);
    if (!s->mask) return HOT_MEMORY;
    return hot_within_mask(s->sets[s->bounding].within, &s->frame, s->threads, s->mask);
}

/* ---- all of it ---- */

/** What the codes, weights and positions of the rows say, once these are there. */
static hot_status judge_rows(hot_study *s, hot_error *error)
{
    HOT_TRY(hot_sources_list(s));
    HOT_TRY(hot_kinds_map(s, error));
    HOT_TRY(place_points(s));
    hot_selection selection = hot_study_selection(s);
    HOT_TRY(hot_inside_select(s, &selection));
    HOT_TRY(hot_kinds_count(s));
    HOT_TRY(hot_weights_apply(s, error));
    return hot_coarse_find(s);
}

static hot_status load_with(hot_study *s, const hot_source_files *files, hot_zone *zone,
                            hot_idle_places *idle, hot_error *error)
{
    hot_load_rules rules;
    HOT_TRY(read_bounds(s, error));
    HOT_TRY(read_epsg("crs", hot_settings_text(s->settings, "crs"), &s->epsg, error));
    HOT_TRY(hot_crs_of(s->epsg, &s->crs, error));
    if (!s->crs.metric)
        return hot_fail(error, HOT_USAGE,
                        "--crs EPSG:%d (%s) is not in metres; distances need a projected system "
                        "such as EPSG:27700.",
                        s->epsg, s->crs.name);
    HOT_TRY(load_rules(s, zone, &rules, error));
    rules.place.idle = idle; /* areas and incidents are often in the same system */
    rules.source_of = files->name;
    HOT_TRY(load_areas(s, &rules.place, error));
    HOT_TRY(hot_load(files->path, files->n, &rules, &s->loaded, error));
    HOT_TRY(judge_rows(s, error));
    return copy_coverage(s);
}

hot_status hot_study_load(const char *const *paths, size_t n, const hot_settings *settings,
                          const hot_progress *progress, hot_study *study, hot_error *error)
{
    hot_study s = {.settings = settings, .progress = progress};
    hot_zone zone = {0};
    hot_idle_places idle = {0};
    s.threads = hot_threads((int)hot_settings_number(settings, "threads"));
    hot_source_files files = {0};
    hot_status status = hot_sources_gather(paths, n, settings, &files, error);
    if (status == HOT_OK) status = load_with(&s, &files, &zone, &idle, error);
    hot_source_files_free(&files);
    hot_idle_places_free(&idle);
    hot_zone_free(&zone);
    if (status == HOT_OK)
        *study = s;
    else
        hot_study_free(&s);
    return status;
}

void hot_study_free(hot_study *s)
{
    for (size_t k = 0; k < s->n_sets; k++) {
        hot_within_free(s->sets[k].within);
        hot_areas_free(&s->sets[k].areas);
        hot_free(s->sets[k].area_of);
        hot_free(s->sets[k].valid_from);
    }
    hot_free(s->sets);
    hot_loaded_free(&s->loaded);
    hot_coverage_free(&s->coverage);
    hot_free(s->inside);
    hot_free(s->count_at_point);
    hot_free(s->fine_at_point);
    hot_free(s->coarse);
    hot_free(s->source);
    hot_free(s->source_of);
    hot_free(s->kind);
    hot_free(s->remark);
    hot_tally_free(&s->counts.unmapped);
    hot_tally_free(&s->counts.unweighted);
    hot_free(s->mask);
    hot_free(s->density);
    hot_free(s->point_of_place);
    hot_free(s->key_of_place);
    hot_free(s->count_at_place);
    hot_free(s->place);
    hot_free(s->in_hotspot);
    hot_free(s->left_out);
    hot_free(s->comparison);
    hot_free(s->recording_shift);
    *s = (hot_study){0};
}

/* ---- in words ---- */

void hot_study_span(const hot_study *s, int64_t *from, int64_t *to)
{
    const hot_coverage *c = &s->coverage;
    int32_t first = c->first, after = c->first + (int32_t)c->n;
    *from = s->from != INT64_MIN ? s->from : hot_days(first / 12, first % 12 + 1, 1) * 86400;
    *to = s->to != INT64_MAX ? s->to : hot_days(after / 12, after % 12 + 1, 1) * 86400;
}

const char *const hot_month_name[12] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

static void months_in_words(hot_date a, hot_date b, char *text)
{
    if (a.year == b.year && a.month == b.month)
        snprintf(text, 96, "%s %d", hot_month_name[a.month - 1], (int)a.year);
    else if (a.year == b.year)
        snprintf(text, 96, "%s to %s %d", hot_month_name[a.month - 1], hot_month_name[b.month - 1],
                 (int)a.year);
    else
        snprintf(text, 96, "%s %d to %s %d", hot_month_name[a.month - 1], (int)a.year,
                 hot_month_name[b.month - 1], (int)b.year);
}

/** Months of the period for which there is no data. */
static size_t months_missing(const hot_study *s, int64_t from, int64_t to)
{
    size_t missing = 0;
    for (int32_t month = hot_month_of(from); month <= hot_month_of(to - 1); month++) {
        int64_t at = (int64_t)month - s->coverage.first;
        missing += at < 0 || at >= (int64_t)s->coverage.n || !s->coverage.covered[at];
    }
    return missing;
}

void hot_period_format(int64_t from, int64_t to, char *text)
{
    hot_date a = hot_date_of(from / 86400), b = hot_date_of(to / 86400 - 1);
    if (a.day == 1 && b.day == hot_month_length(b.year, b.month))
        months_in_words(a, b, text);
    else
        snprintf(text, 96, "%d %s %d to %d %s %d", a.day, hot_month_name[a.month - 1], (int)a.year,
                 b.day, hot_month_name[b.month - 1], (int)b.year);
}

void hot_study_period(const hot_study *s, char *text)
{
    int64_t from, to;
    *text = 0;
    if (s->coverage.n == 0 && (s->from == INT64_MIN || s->to == INT64_MAX)) return;
    hot_study_span(s, &from, &to);
    hot_period_format(from, to, text);
    size_t missing = months_missing(s, from, to), length = strlen(text);
    if (missing)
        snprintf(text + length, 96 - length, " (%zu month%s without data)", missing,
                 missing == 1 ? "" : "s");
}

/** Types that were asked for and are there, in the data's own spelling and the alphabet's order.
 *  @return how many there are, though no more than `room` are listed */
static size_t types_there(const hot_study *s, const char **list, size_t room)
{
    const hot_setting *asked = hot_settings_of(s->settings, "type");
    const hot_incidents *t = &s->loaded.incidents;
    size_t n = 0;
    uint8_t *seen = hot_new(t->words.n, 1);
    for (size_t i = 0; seen && i < t->n; i++) {
        if (seen[t->type[i]]) continue;
        const char *type = hot_incidents_word(t, t->type[i]);
        bool fits = false;
        seen[t->type[i]] = 1;
        for (size_t k = 0; k < asked->n; k++) fits = fits || hot_pattern_fits(asked->text[k], type);
        size_t at = n < room ? n : room;
        for (; fits && at > 0 && strcmp(list[at - 1], type) > 0; at--)
            if (at < room) list[at] = list[at - 1];
        if (fits && at < room) list[at] = type;
        n += fits;
    }
    hot_free(seen);
    return n;
}

static size_t list_types(const char *const *list, size_t n, char *text, size_t room)
{
    size_t length = 0;
    for (size_t k = 0; k < n; k++) {
        const char *before = k == 0 ? "" : k + 1 == n ? " and " : ", ";
        bool fits = length < room;
        length += (size_t)snprintf(fits ? text + length : NULL, fits ? room - length : 0, "%s%s",
                                   before, list[k]);
    }
    return length;
}

static size_t say_types(const hot_study *s, char *text, size_t room)
{
    enum { LISTED = 3 };
    const hot_setting *asked = hot_settings_of(s->settings, "type");
    const char *list[LISTED];
    if (asked->n == 0) return (size_t)snprintf(text, room, "All incidents");
    size_t n = types_there(s, list, LISTED);
    if (n > 0 && n <= LISTED) return list_types(list, n, text, room);
    return list_types(asked->text, asked->n, text, room);
}

size_t hot_study_types(const hot_study *s, char *text, size_t room)
{
    char kinds[HOT_KINDS_SAID];
    if (!hot_kinds_say(s, kinds)) return say_types(s, text, room);
    if (!hot_settings_given(s->settings, "type")) {
        kinds[0] = (char)(kinds[0] - 'a' + 'A');
        return (size_t)snprintf(text, room, "%s anti-social behaviour", kinds);
    }
    size_t length = say_types(s, text, room);
    bool fits = length < room;
    return length +
           (size_t)snprintf(fits ? text + length : NULL, fits ? room - length : 0, " (%s)", kinds);
}
