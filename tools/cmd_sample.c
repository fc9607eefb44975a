/* sample: a fictional town to try everything on. */
#include <stdio.h>

#include "engine/town/town.h"
#include "layers/catalogue/town.h"
#include "layers/read/place.h"
#include "layers/write/gpkg.h"
#include "layers/write/publish.h"
#include "layers/write/verify.h"
#include "styles/fields.h"
#include "tools/options.h"
#include "tools/plan.h"
#include "tools/progress.h"

static hot_status write_text(const hot_publication *p, const char *name, hot_status formed,
                             hot_town_text *text, hot_error *error)
{
    hot_status status = formed;
    if (status == HOT_OK) status = hot_publish_file(p, name, text->bytes, text->length, error);
    hot_town_text_free(text);
    return status;
}

static hot_status write_texts(const hot_town *town, const hot_publication *p,
                              const hot_progress *progress, hot_error *error)
{
    hot_town_text text = {0};
    char file[32], name[64];
    for (size_t month = 0; month < HOT_TOWN_MONTHS; month++) {
        HOT_TRY(hot_progress_step(progress, "Writing the town",
                                  (double)month / (double)HOT_TOWN_MONTHS));
        HOT_TRY(hot_town_file_name(month, file));
        snprintf(name, sizeof name, "incidents/%s", file);
        HOT_TRY(write_text(p, name, hot_town_incidents_csv(town, month, &text), &text, error));
    }
    HOT_TRY(write_text(p, "population-ward.csv",
                       hot_town_population_csv(town->wards, HOT_TOWN_WARDS, &text), &text, error));
    HOT_TRY(write_text(p, "population-beat.csv",
                       hot_town_population_csv(town->beats, HOT_TOWN_BEATS, &text), &text, error));
    HOT_TRY(write_text(p, "map-types.csv", hot_town_map_types_csv(&text), &text, error));
    return write_text(p, "README.txt", hot_town_readme(town, &text), &text, error);
}

static hot_status write_gpkg(const hot_town *town, const hot_publication *p,
                             const hot_progress *progress, hot_error *error)
{
    hot_result result = {0};
    char *path = NULL;
    hot_gpkg_rules rules = {.date = "2025-12-31", .style = hot_style_of, .progress = progress};
    hot_status status = hot_town_result(town, &result);
    if (status == HOT_OK) status = hot_publish_path(p, "town.gpkg", &path, error);
    if (status == HOT_OK) status = hot_gpkg_write(path, &result, &rules, error);
    if (status == HOT_OK) status = hot_verify_gpkg(path, &result, error);
    hot_free(path);
    hot_result_free(&result);
    return status;
}

static hot_status write(const hot_asked *asked, hot_town *town, hot_publication *p,
                        const hot_progress *progress, hot_error *error)
{
    bool overwrite = hot_settings_given(&asked->settings, "overwrite");
    hot_crs crs; /* what is missing for it is best said before anything is made */
    HOT_TRY(hot_crs_of(27700, &crs, error));
    HOT_TRY(hot_publish_begin(asked->path[0], "sample", overwrite, p, error));
    HOT_TRY(hot_town_new((uint64_t)hot_settings_number(&asked->settings, "seed"), town));
    HOT_TRY(write_texts(town, p, progress, error));
    HOT_TRY(write_gpkg(town, p, progress, error));
    HOT_TRY(hot_progress_step(progress, "Writing the town", 1));
    return hot_publish_end(p, error);
}

static int sample(const hot_command *command, const hot_asked *asked)
{
    (void)command;
    if (hot_settings_given(&asked->settings, "explain"))
        return hot_target_say(asked->path[0], "sample",
                              hot_settings_given(&asked->settings, "overwrite"),
                              "incidents/, population-*.csv, map-types.csv, README.txt, town.gpkg");
    hot_town town = {0};
    hot_publication publication = {0};
    hot_error error = {{0}};
    hot_progress progress = hot_progress_begin(&asked->settings);
    hot_status status = write(asked, &town, &publication, &progress, &error);
    hot_progress_end();
    if (status == HOT_OK)
        hot_message(&asked->settings,
                    "Written to %s: the fictional town of " HOT_TOWN_NAME
                    "; nothing and nobody in it exists. Read README.txt there.",
                    asked->path[0]);
    int code = hot_explain(status, &error);
    hot_publish_abandon(&publication);
    hot_town_free(&town);
    return code;
}

/* clang-format off */
static const hot_option options[] = {
    {"seed", HOT_OPTION_COUNT, "N", "1", NULL, "Town", "another seed gives other people and incidents", true},
    {"overwrite", HOT_OPTION_FLAG, NULL, NULL, NULL, "Town", "replace the town that is there", true},
    HOT_EXPLAIN,
};
/* clang-format on */

const hot_command hot_command_sample = {
    .name = "sample",
    .arguments = "FOLDER",
    .about = "Write a fictional town to try everything on",
    .examples = "Example:\n\n  hotbeat sample town",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .least_paths = 1,
    .most_paths = 1,
    .run = sample,
};
