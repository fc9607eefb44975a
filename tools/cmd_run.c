/* run, and each analysis alone: from incidents to a folder of results. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/hotspots_frozen.h"
#include "layers/write/publish.h"
#include "tools/config.h"
#include "tools/options.h"
#include "tools/outputs.h"
#include "tools/plan.h"
#include "tools/progress.h"
#include "tools/run.h"
#include "tools/tell.h"

/** A run on its way. */
typedef struct {
    const hot_settings *settings;
    const char *only; /* one analysis, or NULL for all */
    hot_run_say *say; /* NULL = the manifest, where it is asked for */
    hot_progress progress;
    hot_study study;
    hot_result result;
    hot_publication publication;
    char date[16];
    size_t pages;
} run;

/* ---- may it be written? ---- */

static hot_status check_profile(const hot_settings *s, hot_error *error)
{
    const char *profile = hot_settings_text(s, "profile");
    if (!profile || strcmp(profile, "internal") == 0) return HOT_OK;
    return hot_fail(error, HOT_USAGE,
                    "--profile %s: needs disclosure control, which is not built yet; only internal "
                    "is accepted.",
                    profile);
}

/** Incidents located to addresses are personal data: somebody must have said who will see them. */
static hot_status check_purpose(const run *r, hot_error *error)
{
    const hot_loaded *in = &r->study.loaded;
    if (hot_settings_text(r->settings, "profile") || in->snapped || in->fictional) return HOT_OK;
    return hot_fail(error, HOT_USAGE,
                    "Who is the output for? These incidents are located to addresses, which is "
                    "personal data; say --profile internal to keep it within your organisation.");
}

static hot_status check_areas(const run *r, hot_error *error)
{
    const hot_setting *areas = hot_settings_of(r->settings, "areas");
    if (areas->n == 0 && !r->only)
        return hot_fail(error, HOT_USAGE,
                        "No areas were given; say which wards or beats to count by, such as "
                        "--areas ward=wards.gpkg.");
    for (size_t k = 0; k < areas->n; k++) {
        hot_source_spec spec;
        HOT_TRY(hot_source_parse("--areas", areas->text[k], &spec, error));
        bool reserved = hot_catalogue_reserves(spec.name);
        hot_source_free(&spec);
        if (reserved)
            return hot_fail(error, HOT_USAGE,
                            "--areas %s: that name is one of hotbeat's own layers; choose another.",
                            areas->text[k]);
    }
    return HOT_OK;
}

static hot_status check_freeze(const run *r, hot_error *error)
{
    const char *name = hot_settings_text(r->settings, "freeze");
    if (!name || hot_frozen_is_name(name)) return HOT_OK;
    return hot_fail(error, HOT_USAGE,
                    "--freeze %s: expected a name of lower-case letters, digits, '_' and '-', at "
                    "most 40.",
                    name);
}

/** Change alone, and nothing to compare with? */
static hot_status check_compare(const run *r, hot_error *error)
{
    bool alone = r->only && strcmp(r->only, "change") == 0;
    if (!alone || !hot_settings_is(r->settings, "compare", "none")) return HOT_OK;
    return hot_fail(error, HOT_USAGE,
                    "What shall the period be compared with? Say --compare last-year, --compare "
                    "previous or --compare FROM..TO.");
}

/** The date that the files bear: as said, else SOURCE_DATE_EPOCH, else the period's last day. */
static hot_status find_date(run *r, hot_error *error)
{
    const char *said = hot_settings_text(r->settings, "as-of"),
               *epoch = getenv("SOURCE_DATE_EPOCH");
    hot_moment m;
    int64_t from, to;
    char text[32];
    hot_study_span(&r->study, &from, &to);
    m = (hot_moment){to - 1, HOT_DAY};
    if (said && (!hot_moment_parse(said, strlen(said), NULL, &m) || m.precision != HOT_DAY))
        return hot_fail(error, HOT_USAGE, "--as-of %s: expected YYYY-MM-DD.", said);
    if (!said && epoch && *epoch) m = (hot_moment){strtoll(epoch, NULL, 10), HOT_DAY};
    hot_moment_format(m, text);
    snprintf(r->date, sizeof r->date, "%.10s", text);
    return HOT_OK;
}

/* ---- writing ---- */

static hot_status write_all(run *r, hot_error *error)
{
    const hot_outputs outputs = {r->settings,     &r->study,    &r->result,
                                 &r->publication, &r->progress, r->date};
    HOT_TRY(hot_outputs_write(&outputs, &r->pages, error));
    HOT_TRY(hot_progress_step(&r->progress, "Putting in place", 1));
    return hot_publish_end(&r->publication, error);
}

/* ---- the run ---- */

static bool is_explained(const run *r)
{
    return hot_settings_given(r->settings, "explain");
}

/** Everything is read, and nothing made yet. */
static hot_status prepare(run *r, const hot_asked *asked, hot_error *error)
{
    const char *config = hot_settings_text(r->settings, "config");
    HOT_TRY(
        hot_study_load(asked->path, asked->n_paths, r->settings, &r->progress, &r->study, error));
    if (config) HOT_TRY(hot_config_check(config, &r->study, error));
    HOT_TRY(hot_study_frame(&r->study, hot_catalogue_has_surface(r->only), error));
    HOT_TRY(check_purpose(r, error));
    return find_date(r, error);
}

static hot_status work(run *r, const hot_asked *asked, hot_error *error)
{
    const char *out = hot_settings_text(r->settings, "out");
    HOT_TRY(check_profile(r->settings, error));
    HOT_TRY(check_areas(r, error));
    HOT_TRY(check_compare(r, error));
    HOT_TRY(check_freeze(r, error));
    if (is_explained(r)) return prepare(r, asked, error);
    if (!out) return hot_fail(error, HOT_USAGE, "Where shall the results go? Say --out FOLDER.");
    HOT_TRY(hot_publish_begin(out, "run", hot_settings_given(r->settings, "overwrite"),
                              &r->publication, error));
    HOT_TRY(prepare(r, asked, error));
    HOT_TRY(hot_catalogue_make(&r->study, r->only, &r->result, error));
    return write_all(r, error);
}

/** More rejected rows than --max-rejected allows? */
static bool gate_failed(const run *r)
{
    double most = hot_settings_number(r->settings, "max-rejected");
    const hot_loaded *in = &r->study.loaded;
    return in->read && (double)in->rejected > most * (double)in->read;
}

static void tell_input(const run *r)
{
    const hot_loaded *in = &r->study.loaded;
    hot_message(r->settings,
                "Read %" PRIu64 " rows: %" PRIu64 " accepted, %" PRIu64 " rejected, %zu duplicate.",
                in->read, in->accepted, in->rejected, in->n_duplicates);
    if (r->study.bounding == SIZE_MAX)
        hot_message(r->settings, "Selected %" PRIu64 "; %" PRIu64 " more have no coordinates.",
                    r->study.n_selected, in->selected_unlocated);
    else
        hot_message(r->settings,
                    "Selected %" PRIu64 ": %" PRIu64 " inside the study area, %" PRIu64
                    " outside; %" PRIu64 " more have no coordinates.",
                    r->study.n_selected, r->study.n_inside, r->study.n_outside,
                    in->selected_unlocated);
    for (size_t k = 0; k < in->n_again; k++)
        hot_message(r->settings, "%s holds the same as another file and was read once.",
                    in->again[k]);
    for (size_t k = 0; k < in->n_skipped && k < 20; k++)
        hot_message(r->settings, "%s is no file of incidents and was skipped.", in->skipped[k]);
    if (in->n_skipped > 20)
        hot_message(r->settings,
                    "%zu more files that hold no incidents were skipped; see run.json.",
                    in->n_skipped - 20);
}

static void tell_one(void *self, const char *sentence)
{
    hot_message(self, "%s", sentence);
}

static void tell_areas(const run *r)
{
    hot_tell_areas(&r->study, tell_one, (void *)r->settings);
    for (size_t k = 0; k < r->study.n_sets; k++) {
        const hot_areas *a = &r->study.sets[k].areas;
        if (a->n_repairs)
            hot_message(r->settings, "%s: %zu invalid polygon%s repaired; see run.json.", a->name,
                        a->n_repairs, a->n_repairs == 1 ? " was" : "s were");
    }
}

static void tell(const run *r)
{
    tell_input(r);
    tell_areas(r);
    if (r->study.loaded.snapped)
        hot_message(r->settings, "Note: Locations are anonymised map points, each of which stands "
                                 "for many addresses.");
    for (size_t k = 0; k < r->study.n_remarks; k++)
        hot_message(r->settings, "Note: %s", r->study.remark[k]);
    for (int k = 1; k <= 9; k++) {
        char key[16];
        snprintf(key, sizeof key, "warning_%d", k);
        const char *warning = hot_result_word(&r->result, key);
        if (warning) hot_message(r->settings, "Note: %s", warning);
    }
    hot_message(r->settings, "Written to %s: hotbeat.gpkg%s, %zu map%s.",
                hot_settings_text(r->settings, "out"),
                r->result.surface.value ? ", density.tif" : "", r->pages, r->pages == 1 ? "" : "s");
}

static int finish(const run *r)
{
    int code = 0;
    tell(r);
    if (r->say)
        code = r->say(r->settings, &r->result);
    else if (hot_settings_given(r->settings, "json"))
        code = hot_say_data(hot_result_word(&r->result, "manifest"));
    if (code == 0 && gate_failed(r)) {
        fprintf(stderr,
                "hotbeat: %" PRIu64 " of %" PRIu64 " rows were rejected, more than "
                "--max-rejected %s allows; the results were written.\n",
                r->study.loaded.rejected, r->study.loaded.read,
                hot_settings_text(r->settings, "max-rejected"));
        code = 3;
    }
    return code;
}

int hot_run_analysis(const hot_asked *asked, const char *only, hot_run_say *say)
{
    run r = {.settings = &asked->settings, .only = only, .say = say};
    hot_error error = {{0}};
    const char *config = hot_settings_text(&asked->settings, "config");
    hot_status status = HOT_OK;
    /* What a person said wins over the configuration: it fills in the rest. */
    if (config) status = hot_config_take(config, (hot_asked *)asked, &error);
    r.progress = hot_progress_begin(r.settings);
    if (status == HOT_OK) status = work(&r, asked, &error);
    hot_progress_end();
    int code = status != HOT_OK   ? hot_explain(status, &error)
               : is_explained(&r) ? hot_plan_say(&r.study, only, &error)
                                  : finish(&r);
    hot_publish_abandon(&r.publication);
    hot_result_free(&r.result);
    hot_study_free(&r.study);
    return code;
}

/* clang-format off */
static const hot_option options[] = {
    {"out", HOT_OPTION_TEXT, "FOLDER", NULL, NULL, "Output", "where the results go", true},
    {"overwrite", HOT_OPTION_FLAG, NULL, NULL, NULL, "Output", "replace the results that are there", true},
    {"config", HOT_OPTION_TEXT, "run.json", NULL, NULL, "Output", "repeat a run: its options, and a check that the input is the same", true},
    {"json", HOT_OPTION_FLAG, NULL, NULL, NULL, "Messages", "print the manifest on stdout", true},
    HOT_EXPLAIN,
};
/* clang-format on */

static int run_command(const hot_command *command, const hot_asked *asked)
{
    return hot_run_analysis(asked, command->analysis, NULL);
}

const hot_command hot_command_run = {
    .name = "run",
    .arguments = "INCIDENTS...",
    .about = "Everything: density, repeat places and counts by ward and by beat",
    .examples = "Examples:\n\n"
                "  hotbeat run 2025-*.csv --areas ward=wards.gpkg --type \"Anti-social behaviour\" "
                "--out asb-2025\n\n"
                "  hotbeat run log.csv --areas ward=wards.gpkg --areas beat=beats.gpkg,code=BEAT "
                "--population ward=people.csv --profile internal --marking OFFICIAL-SENSITIVE "
                "--out june\n\n"
                "The folder holds hotbeat.gpkg (open it in QGIS), density.tif, maps/, tables/ and "
                "run.json. "
                "It is made beside its final name and swapped in whole.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .analyses = true,
    .least_paths = 1,
    .most_paths = 65535,
    .run = run_command,
};

hot_command hot_command_of(const hot_analysis *analysis)
{
    hot_command command = hot_command_run;
    command.name = command.analysis = analysis->word;
    command.about = analysis->about;
    command.examples = analysis->examples;
    return command;
}
