/* evaluate predict: would the hotspots have found what came next? */
#include <stdio.h>
#include <string.h>

#include "engine/base/bytes.h"
#include "layers/write/rows.h"
#include "tools/plan.h"
#include "tools/run.h"

static hot_status format_json(const hot_result *result, hot_bytes *b)
{
    static const char *const tables[] = {"evaluation", "evaluation_months"};
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
        HOT_TRY(hot_bytes_add_text(b, k ? ",\n  \"" : "{\n  \""));
        HOT_TRY(hot_bytes_add_text(b, tables[k]));
        HOT_TRY(hot_bytes_add_text(b, "\": "));
        HOT_TRY(hot_rows_format(hot_result_layer(result, tables[k]), b));
    }
    return hot_bytes_add(b, "\n}", 3);
}

/** The sentences of the smallest area, scored on the next month, and what they were tested on. */
static void say_sentences(const hot_layer *evaluation)
{
    const char *budget = hot_layer_text(evaluation, "budget", 0);
    double value = hot_layer_real(evaluation, "budget_value", 0);
    for (size_t row = 0; row < evaluation->n; row++) {
        const char *sentence = hot_layer_text(evaluation, "sentence", row);
        bool first = hot_layer_integer(evaluation, "months_scored", row, 0) == 1 &&
                     strcmp(hot_layer_text(evaluation, "budget", row), budget) == 0 &&
                     hot_layer_real(evaluation, "budget_value", row) == value;
        if (first && sentence) puts(sentence);
    }
}

static int say(const hot_settings *settings, const hot_result *result)
{
    hot_bytes bytes = {0};
    hot_error error = {{0}};
    if (!hot_settings_given(settings, "json")) {
        say_sentences(hot_result_layer(result, "evaluation"));
        return hot_said(0);
    }
    hot_status status = format_json(result, &bytes);
    int code =
        status == HOT_OK ? hot_say_data((const char *)bytes.data) : hot_explain(status, &error);
    hot_bytes_free(&bytes);
    return code;
}

/** The first argument says what is to be evaluated. */
static int run(const hot_command *command, const hot_asked *asked)
{
    hot_asked rest = *asked;
    hot_error error = {{0}};
    if (strcmp(asked->path[0], "predict") != 0)
        return hot_explain(hot_fail(&error, HOT_USAGE,
                                    "evaluate %s: expected hotbeat evaluate predict INCIDENTS...",
                                    asked->path[0]),
                           &error);
    rest.path++;
    rest.n_paths--;
    return hot_run_analysis(&rest, command->analysis, say);
}

/* clang-format off */
static const hot_option options[] = {
    {"out", HOT_OPTION_TEXT, "FOLDER", NULL, NULL, "Output", "where the results go", true},
    {"overwrite", HOT_OPTION_FLAG, NULL, NULL, NULL, "Output", "replace the results that are there", true},
    {"config", HOT_OPTION_TEXT, "run.json", NULL, NULL, "Output", "repeat a run: its options, and a check that the input is the same", true},
    {"json", HOT_OPTION_FLAG, NULL, NULL, NULL, "Messages", "print the tables as JSON on stdout", true},
    HOT_EXPLAIN,
};
/* clang-format on */

const hot_command hot_command_evaluate = {
    .name = "evaluate",
    .arguments = "predict INCIDENTS...",
    .about = "Hotspots tested on months that they have not seen, beside simpler ways",
    .examples =
        "Example:\n\n  hotbeat evaluate predict 2024-*.csv 2025-*.csv --from 2025-07 --to "
        "2025-12 --areas ward=wards.gpkg --type \"Anti-social behaviour\" --out tested\n\n"
        "The period is what is tested, month by month; each choice looks only at the months "
        "before, which may lie before the period. Without a period the last twelve.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .analyses = true,
    .least_paths = 2,
    .most_paths = 65536,
    .analysis = "evaluate",
    .run = run,
};
