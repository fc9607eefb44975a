/** @file sentences.h
 *  What the page says, in words, from the layers and the run's metadata. For styles/draw only.
 */
#ifndef HOT_STYLES_DRAW_SENTENCES_H
#define HOT_STYLES_DRAW_SENTENCES_H

#include "engine/base/bytes.h"
#include "styles/draw/canvas.h"

enum { HOT_NOTES = 16 };

/** Owned, zero-terminated UTF-8; NULL = the page does not say it. `= {0}` is empty. */
typedef struct {
    char *title, *subtitle;
    char *facts;           /**< the page's area in figures; NULL on an overview */
    char *method;          /**< kernel, bandwidth, cell, projection, software, run */
    char *source;          /**< source and copyright lines */
    char *marking;         /**< protective marking, and that the page holds personal data */
    char *note[HOT_NOTES]; /**< what the reader must know: the first are the strongest */
    size_t n_notes;
    size_t n_strong; /**< so many of the first notes are set in bold */
} hot_sentences;

/** Everything that does not depend on what the map shows. HOT_MEMORY leaves what can be freed. */
HOT_MUST_USE hot_status hot_sentences_write(const hot_canvas *canvas, hot_sentences *out);

/** Add the sentences that depend on what the map shows, after canvas->show is known. */
HOT_MUST_USE hot_status hot_sentences_show(const hot_canvas *canvas, hot_sentences *out);
void hot_sentences_free(hot_sentences *sentences);

/** A count with commas between its thousands; `text` holds at least 32 bytes. */
const char *hot_count_text(int64_t count, char *text);

/** The set's name for people: "_" as blank; `many` adds the plural's ending. Adds to `out`. */
HOT_MUST_USE hot_status hot_set_text(const char *set, bool many, hot_bytes *out);

#endif
