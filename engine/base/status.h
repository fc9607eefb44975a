/** @file status.h
 *  How a function of hotbeat fails, decided once.
 *
 *  A function that can fail returns hot_status; zero is success. One that meets the outside world
 *  also takes a hot_error *, last, and on failure fills it with one sentence that names the file,
 *  the line or the thing, and what to do. A kernel returns a status only. A bad row of a file is
 *  no error: it is counted by reason.
 */
#ifndef HOT_BASE_STATUS_H
#define HOT_BASE_STATUS_H

#include <stddef.h>

typedef enum {
    HOT_OK = 0,
    HOT_MEMORY,  /**< no memory, or a size that overflows */
    HOT_DOMAIN,  /**< an argument outside its stated range: nothing was computed */
    HOT_USAGE,   /**< what the person asked for cannot be asked */
    HOT_INPUT,   /**< an input was refused */
    HOT_SYSTEM,  /**< the outside world failed: disk, permission, library */
    HOT_STOPPED, /**< asked to stop */
} hot_status;

/** One sentence for a person. `= {{0}}` is the empty value. */
typedef struct {
    char text[1024];
} hot_error;

/** Fill `error` (may be NULL) and return `status`, so that a failure is one line.
 *  Text longer than the buffer is cut; control bytes are written as '?', so that text from data
 *  cannot move a terminal's cursor. */
__attribute__((format(printf, 3, 4))) hot_status hot_fail(hot_error *error, hot_status status,
                                                          const char *format, ...);

#define HOT_MUST_USE __attribute__((warn_unused_result))

/** Leave the function with the status of a call that failed. */
#define HOT_TRY(call)                                                                              \
    do {                                                                                           \
        hot_status hot_try_ = (call);                                                              \
        if (hot_try_ != HOT_OK) return hot_try_;                                                   \
    } while (0)

#endif
