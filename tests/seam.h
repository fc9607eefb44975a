/** @file seam.h
 *  Calls to the system that a test makes fail. The linker puts each of them through a function of
 *  the test (--wrap=CALL in CMakeLists.txt, WRAP below); what is planned decides what becomes of
 * it.
 */
#ifndef HOT_TESTS_SEAM_H
#define HOT_TESTS_SEAM_H

#include <errno.h>
#include <stdbool.h>

#include "tests/check.h"

/** What is to happen at a call of that name: it fails, or something happens just before it. */
typedef struct {
    const char *call;
    int skip, times; /* calls that go well first, and calls that then do not */
    int error;       /* 0 = the call itself goes well */
    void (*meanwhile)(void);
} fault;

static fault plan[3];
static int happened;

static inline void plan_faults(fault a, fault b)
{
    plan[0] = a;
    plan[1] = b;
    happened = 0;
}

static inline void plan_nothing(void)
{
    memset(plan, 0, sizeof plan);
}

/** Must this call fail? errno is then set. */
static inline bool fails(const char *call)
{
    for (size_t k = 0; k < COUNT(plan); k++) {
        fault *f = &plan[k];
        if (!f->call || strcmp(f->call, call) != 0) continue;
        if (f->skip > 0) {
            f->skip--;
            continue;
        }
        if (f->times == 0) continue;
        f->times--;
        happened++;
        if (f->meanwhile) f->meanwhile();
        if (f->error == 0) continue;
        errno = f->error;
        return true;
    }
    return false;
}

// NOLINTBEGIN(bugprone-macro-parentheses): `result` is a type
#define WRAP(result, name, parameters, arguments, failed)                                          \
    result __real_##name parameters;                                                               \
    result __wrap_##name parameters;                                                               \
    result __wrap_##name parameters                                                                \
    {                                                                                              \
        return fails(#name) ? (failed) : __real_##name arguments;                                  \
    }
// NOLINTEND(bugprone-macro-parentheses)

#endif
