/* map: the pages of a result, drawn again. */
#include <stdio.h>
#include <string.h>

#include "engine/base/version.h"
#include "layers/read/file.h"
#include "layers/read/result.h"
#include "tools/options.h"
#include "tools/pages.h"
#include "tools/plan.h"
#include "tools/progress.h"

/** Paper, lying; pages that ask for it are turned upright. */
static const struct {
    const char *name;
    double width_mm, height_mm;
} papers[] = {{"A4", 0, 0}, {"A3", 420, 297}, {"A2", 594, 420}, {"A1", 841, 594}};

/** --area SET=CODE taken apart; `text` is written to. */
static hot_status take_area(char *text, hot_pages *pages, hot_error *error)
{
    char *equals = strchr(text, '=');
    if (!equals || equals == text || !equals[1])
        return hot_fail(error, HOT_USAGE, "--area %s: expected SET=CODE, such as ward=E05000001.",
                        text);
    *equals = 0;
    pages->set = text;
    pages->code = equals + 1;
    pages->overview = false;
    pages->areas = true;
    return HOT_OK;
}

static hot_status draw_pages(const hot_result *result, const hot_pages *pages, int threads,
                             const hot_publication *p, size_t *drawn, hot_error *error)
{
    hot_atlas atlas;
    hot_status status = hot_atlas_new(result, pages, p, &atlas, error);
    hot_pieces pieces = hot_atlas_pieces(&atlas);
    if (status == HOT_OK) status = hot_beside(threads, &pieces, 1, error);
    *drawn = atlas.drawn;
    hot_atlas_free(&atlas);
    return status;
}

static hot_status take_settings(const hot_settings *s, char *area, hot_pages *pages,
                                hot_error *error)
{
    double dpi = hot_settings_number(s, "dpi");
    pages->overview = true;
    pages->areas = hot_settings_is(s, "maps", "all");
    if (dpi < 50 || dpi > 600)
        return hot_fail(error, HOT_USAGE, "--dpi %s: expected 50 to 600.",
                        hot_settings_text(s, "dpi"));
    pages->dpi = (int)dpi;
    for (size_t k = 0; k < sizeof papers / sizeof *papers; k++)
        if (hot_settings_is(s, "size", papers[k].name)) {
            pages->width_mm = papers[k].width_mm;
            pages->height_mm = papers[k].height_mm;
        }
    return area ? take_area(area, pages, error) : HOT_OK;
}

/** Which version drew the pages, and of which run. */
static hot_status write_mark(const hot_result *result, const hot_publication *p, hot_error *error)
{
    char text[160];
    const char *run = hot_result_word(result, "run_id");
    int n = snprintf(text, sizeof text, "{\"hotbeat\": \"%s\", \"run_id\": \"%.16s\"}\n",
                     HOT_VERSION, run ? run : "");
    return hot_publish_file(p, "map.json", text, (size_t)n, error);
}

static hot_status draw(const hot_asked *asked, hot_pages *pages, char *area, hot_publication *p,
                       hot_result *result, hot_error *error)
{
    const hot_settings *s = &asked->settings;
    const char *out = hot_settings_text(s, "out");
    int threads = (int)hot_settings_number(s, "threads");
    size_t drawn = 0;
    if (!out) return hot_fail(error, HOT_USAGE, "Where shall the pages go? Say --out FOLDER.");
    HOT_TRY(take_settings(s, area, pages, error));
    HOT_TRY(hot_publish_begin(out, "map", hot_settings_given(s, "overwrite"), p, error));
    HOT_TRY(hot_result_read(asked->path[0], result, error));
    HOT_TRY(hot_progress_step(pages->progress, "Drawing maps", 0));
    HOT_TRY(draw_pages(result, pages, threads, p, &drawn, error));
    HOT_TRY(write_mark(result, p, error));
    HOT_TRY(hot_progress_step(pages->progress, "Putting in place", 1));
    HOT_TRY(hot_publish_end(p, error));
    hot_message(s, "Written to %s: %zu map%s.", out, drawn, drawn == 1 ? "" : "s");
    return HOT_OK;
}

static int map(const hot_command *command, const hot_asked *asked)
{
    (void)command;
    const hot_settings *s = &asked->settings;
    if (hot_settings_given(s, "explain"))
        return hot_target_say(hot_settings_text(s, "out"), "map",
                              hot_settings_given(s, "overwrite"), "maps/, map.json");
    hot_result result = {0};
    hot_publication publication = {0};
    hot_error error = {{0}};
    hot_progress progress = hot_progress_begin(&asked->settings);
    hot_pages pages = {.progress = &progress};
    const char *said = hot_settings_text(&asked->settings, "area");
    char *area = said ? hot_text(said, strlen(said)) : NULL;
    hot_status status = draw(asked, &pages, area, &publication, &result, &error);
    hot_progress_end();
    int code = hot_explain(status, &error);
    hot_publish_abandon(&publication);
    hot_result_free(&result);
    hot_free(area);
    return code;
}

/* clang-format off */
static const hot_option options[] = {
    {"area", HOT_OPTION_TEXT, "SET=CODE", NULL, NULL, "Pages", "the page of one area alone, such as ward=E05000001", true},
    {"maps", HOT_OPTION_CHOICE, "WHICH", "all", "all|overview", "Pages", "all pages or the overview alone", true},
    {"size", HOT_OPTION_CHOICE, "PAPER", "A4", "A4|A3|A2|A1", "Pages", "paper: A4, A3, A2 or A1", true},
    {"dpi", HOT_OPTION_COUNT, "N", "150", NULL, "Pages", "dots per inch, 50 to 600", true},
    {"out", HOT_OPTION_TEXT, "FOLDER", NULL, NULL, "Pages", "where the pages go", true},
    {"overwrite", HOT_OPTION_FLAG, NULL, NULL, NULL, "Pages", "replace the pages that are there", true},
    {"threads", HOT_OPTION_COUNT, "N", "0", NULL, "Pages", "threads (default: all processors)", true},
    HOT_EXPLAIN,
};
/* clang-format on */

const hot_command hot_command_map = {
    .name = "map",
    .arguments = "RESULTS.gpkg",
    .about = "Draw the pages of a result again: one area, another size",
    .examples = "Example:\n\n  hotbeat map asb-2025/hotbeat.gpkg --area ward=E05013400 --size A3 "
                "--out wall",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .least_paths = 1,
    .most_paths = 1,
    .run = map,
};
