/* check: what is in the input, what would be rejected and why. Writes nothing. */
#include <stdio.h>
#include <string.h>

#include "engine/base/bytes.h"
#include "layers/judge.h"
#include "layers/write/manifest.h"
#include "tools/check_text.h"
#include "tools/options.h"
#include "tools/plain.h"
#include "tools/progress.h"

enum { PLAIN = 256, SHOWN = 20 };

/** The manifest's parts, and the judgement as one more. */
static hot_status say_json(const hot_study *s, const hot_judgement *j, int *code, hot_error *error)
{
    char *text = NULL;
    hot_bytes bytes = {0};
    hot_status status = hot_manifest_format_input(s, &text, error);
    char *end = status == HOT_OK ? strrchr(text, '}') : NULL;
    if (end) {
        while (end > text && (end[-1] == '\n' || end[-1] == ' ')) end--;
        *end = 0;
        status = hot_bytes_add_text(&bytes, text);
        if (status == HOT_OK) status = hot_bytes_add_text(&bytes, ",\n  \"judgement\": ");
        if (status == HOT_OK) status = hot_judgement_format(j, s, &bytes);
        if (status == HOT_OK) status = hot_bytes_add(&bytes, "\n}", 3);
    }
    if (status == HOT_OK) *code = hot_say_data((const char *)bytes.data);
    hot_free(text);
    hot_bytes_free(&bytes);
    return status;
}

/** Files that were passed over, named on stderr. */
static void tell_skipped(const hot_asked *asked, const hot_loaded *in)
{
    char name[PLAIN];
    for (size_t k = 0; k < in->n_skipped && k < SHOWN; k++)
        hot_message(&asked->settings, "%s is no file of incidents and was skipped.",
                    hot_plain(in->skipped[k], name, sizeof name));
    if (in->n_skipped > SHOWN)
        hot_message(&asked->settings, "%zu more files that hold no incidents were skipped.",
                    in->n_skipped - SHOWN);
}

static int check(const hot_command *command, const hot_asked *asked)
{
    (void)command;
    hot_study study = {0};
    hot_judgement judgement = {0};
    hot_error error = {{0}};
    hot_progress progress = hot_progress_begin(&asked->settings);
    hot_status status =
        hot_study_load(asked->path, asked->n_paths, &asked->settings, &progress, &study, &error);
    hot_progress_end();
    int code = 0;
    if (status == HOT_OK) tell_skipped(asked, &study.loaded);
    for (size_t k = 0; k < study.n_remarks; k++)
        hot_message(&asked->settings, "Note: %s", study.remark[k]);
    if (status == HOT_OK) status = hot_judge(&study, &judgement);
    bool json = hot_settings_given(&asked->settings, "json");
    if (status == HOT_OK)
        status =
            json ? say_json(&study, &judgement, &code, &error) : hot_check_say(&study, &judgement);
    if (status != HOT_OK) code = hot_explain(status, &error);
    double most = hot_settings_number(&asked->settings, "max-rejected");
    if (code == 0 && (double)study.loaded.rejected > most * (double)study.loaded.read) code = 3;
    code = hot_said(code);
    hot_judgement_free(&judgement);
    hot_study_free(&study);
    return code;
}

/* clang-format off */
static const hot_option options[] = {
    {"json", HOT_OPTION_FLAG, NULL, NULL, NULL, "Messages", "print the counts and the judgement as JSON on stdout", true},
};
/* clang-format on */

const hot_command hot_command_check = {
    .name = "check",
    .arguments = "INCIDENTS...",
    .about = "Read and judge the input; writes nothing",
    .examples = "Example:\n\n  hotbeat check 2025-*.csv --areas ward=wards.gpkg",
    .options = options,
    .n_options = 1,
    .analyses = true,
    .least_paths = 1,
    .most_paths = 65535,
    .run = check,
};
