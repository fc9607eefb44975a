#include "layers/write/record.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "layers/write/inert.h"

/** More inputs than this are in the manifest only: the record is for reading. */
enum { MOST_INPUTS = 100 };

static hot_status add(hot_bytes *b, const char *text)
{
    return hot_bytes_add_text(b, text);
}

/** An element of text; `opening` is its name with its attributes, if it has any. */
static hot_status add_element(hot_bytes *b, const char *opening, const char *text)
{
    if (!text || !*text) return HOT_OK;
    HOT_TRY(add(b, "<"));
    HOT_TRY(add(b, opening));
    HOT_TRY(add(b, ">"));
    HOT_TRY(hot_inert_xml(b, text));
    HOT_TRY(add(b, "</"));
    HOT_TRY(hot_bytes_add(b, opening, strcspn(opening, " ")));
    return add(b, ">");
}

/** The same for a text that was put together. */
static hot_status add_history(hot_bytes *b, hot_bytes *line)
{
    HOT_TRY(hot_bytes_add(line, "", 1));
    return add_element(b, "history", (const char *)line->data);
}

/* ---- what the manifest says ---- */

static hot_status add_input(hot_bytes *b, const json_t *input)
{
    hot_bytes line = {0};
    char rows[32];
    const char *name = json_string_value(json_object_get(input, "name"));
    const char *hash = json_string_value(json_object_get(input, "sha256"));
    snprintf(rows, sizeof rows, ", %lld rows",
             (long long)json_integer_value(json_object_get(input, "rows")));
    hot_status status = add(&line, "Input: ");
    if (status == HOT_OK) status = add(&line, name ? name : "");
    if (status == HOT_OK) status = add(&line, ", sha256 ");
    if (status == HOT_OK) status = add(&line, hash ? hash : "");
    if (status == HOT_OK) status = add(&line, rows);
    if (status == HOT_OK) status = add_history(b, &line);
    hot_bytes_free(&line);
    return status;
}

static hot_status add_inputs(hot_bytes *b, const json_t *inputs)
{
    size_t n = json_array_size(inputs);
    char more[64];
    for (size_t k = 0; k < n && k < MOST_INPUTS; k++)
        HOT_TRY(add_input(b, json_array_get(inputs, k)));
    if (n <= MOST_INPUTS) return HOT_OK;
    snprintf(more, sizeof more, "Input: %zu files more; see the manifest", n - MOST_INPUTS);
    return add_element(b, "history", more);
}

/** " --name value", " --name" for a flag that was given; nothing for what was not. */
static hot_status add_option(hot_bytes *line, const char *name, const json_t *value)
{
    const char *text = json_string_value(value);
    if (!text && !json_is_true(value)) return HOT_OK;
    HOT_TRY(add(line, " --"));
    HOT_TRY(add(line, name));
    if (!text) return HOT_OK;
    bool apart = strpbrk(text, " \"") != NULL;
    HOT_TRY(add(line, apart ? " \"" : " "));
    HOT_TRY(add(line, text));
    return apart ? add(line, "\"") : HOT_OK;
}

static hot_status put_options(hot_bytes *line, json_t *options)
{
    const char *name;
    json_t *value;
    HOT_TRY(add(line, "Options:"));
    json_object_foreach(options, name, value)
    {
        if (!json_is_array(value)) HOT_TRY(add_option(line, name, value));
        for (size_t k = 0; k < json_array_size(value); k++)
            HOT_TRY(add_option(line, name, json_array_get(value, k)));
    }
    return HOT_OK;
}

static hot_status add_options(hot_bytes *b, json_t *options)
{
    hot_bytes line = {0};
    hot_status status = put_options(&line, options);
    if (status == HOT_OK) status = add_history(b, &line);
    hot_bytes_free(&line);
    return status;
}

static hot_status add_manifest(hot_bytes *b, const char *manifest)
{
    if (!manifest) return HOT_OK;
    json_t *all = json_loads(manifest, 0, NULL);
    hot_status status = all ? HOT_OK : HOT_DOMAIN;
    if (status == HOT_OK) status = add_inputs(b, json_object_get(all, "inputs"));
    if (status == HOT_OK) status = add_options(b, json_object_get(all, "options"));
    json_decref(all);
    return status;
}

/* ---- the record ---- */

static hot_status add_sentence(hot_bytes *text, const char *before, const char *sentence)
{
    if (!sentence || !*sentence) return HOT_OK;
    HOT_TRY(add(text, text->length ? " " : ""));
    HOT_TRY(add(text, before));
    HOT_TRY(add(text, sentence));
    char last = sentence[strlen(sentence) - 1];
    return last == '.' ? HOT_OK : add(text, ".");
}

static bool is_yes(const hot_result *result, const char *key)
{
    const char *word = hot_result_word(result, key);
    return word && strcmp(word, "1") == 0;
}

/** What it holds, how it was worked out, and what to bear in mind. */
static hot_status put_abstract(const hot_result *result, const hot_layer *l, hot_bytes *text)
{
    HOT_TRY(add_sentence(text, "", l->about));
    HOT_TRY(add_sentence(text, "Method: ", l->declared->citation));
    HOT_TRY(add_sentence(text, "Incidents: ", hot_result_word(result, "types")));
    HOT_TRY(add_sentence(text, "Period: ", hot_result_word(result, "period")));
    HOT_TRY(add_sentence(text, "", hot_result_word(result, "mapped")));
    if (is_yes(result, "fictional"))
        HOT_TRY(add_sentence(text, "", "Fictional town: nothing and nobody here exists."));
    if (is_yes(result, "snapped"))
        HOT_TRY(add_sentence(text, "",
                             "Places are approximate: incidents were moved to anonymised "
                             "map points before publication."));
    for (int k = 1; k < 100; k++) {
        char key[24];
        snprintf(key, sizeof key, "warning_%d", k);
        const char *warning = hot_result_word(result, key);
        if (!warning) break;
        HOT_TRY(add_sentence(text, "", warning));
    }
    return hot_bytes_add(text, "", 1);
}

static hot_status add_abstract(const hot_result *result, const hot_layer *l, hot_bytes *b)
{
    hot_bytes text = {0};
    hot_status status = put_abstract(result, l, &text);
    if (status == HOT_OK) status = add_element(b, "abstract", (const char *)text.data);
    hot_bytes_free(&text);
    return status;
}

static hot_status add_history_of(const hot_result *result, hot_bytes *b)
{
    const char *software = hot_result_word(result, "software");
    char line[160];
    const char *run = hot_result_word(result, "run_id");
    HOT_TRY(add_manifest(b, hot_result_word(result, "manifest")));
    if (!software) return HOT_OK;
    snprintf(line, sizeof line, "Made by %.60s%s%.60s", software, run ? ", run " : "",
             run ? run : "");
    HOT_TRY(add_element(b, "history", line));
    return add_element(b, "history", hot_result_word(result, "projection"));
}

static hot_status add_restrictions(const hot_result *result, hot_bytes *b)
{
    const char *profile = hot_result_word(result, "profile");
    bool internal = profile && strcmp(profile, "internal") == 0;
    HOT_TRY(add_element(b, "rights", hot_result_word(result, "source_line")));
    HOT_TRY(add_element(b, "constraints type=\"security\"", hot_result_word(result, "marking")));
    return add_element(b, "constraints type=\"access\"",
                       internal ? "internal: contains personal data, do not share" : profile);
}

hot_status hot_record_format(const hot_result *result, const hot_layer *l, hot_bytes *b)
{
    char identifier[160];
    const char *run = hot_result_word(result, "run_id");
    snprintf(identifier, sizeof identifier, "hotbeat-%.60s%s%.60s", run ? run : "", run ? "-" : "",
             l->name);
    HOT_TRY(add(b, "<!DOCTYPE qgis PUBLIC '" HOT_RECORD_STANDARD "' 'SYSTEM'>"
                   "<qgis version=\"3.22.0\">"));
    HOT_TRY(add_element(b, "identifier", identifier));
    HOT_TRY(add(b, "<language>en-GB</language><type>dataset</type>"));
    HOT_TRY(add_element(b, "title", l->title));
    HOT_TRY(add_abstract(result, l, b));
    HOT_TRY(add_history_of(result, b));
    HOT_TRY(add_restrictions(result, b));
    return add(b, "</qgis>");
}
