#include "tools/beside.h"

#include <stdbool.h>
#include <stdint.h>

#include "engine/base/parallel.h"

/** What the threads share; touched under the critical section only. */
typedef struct {
    const hot_pieces *kinds;
    size_t n;
    size_t kind, piece; /* the next to begin */
    size_t begun;
    size_t failed; /* which, in the order of beginning; SIZE_MAX = none */
    hot_status status;
    hot_error error;
} row;

/** A piece that a thread has taken. */
typedef struct {
    const hot_pieces *kind;
    size_t piece, place;
} taken;

static bool take(row *all, taken *one)
{
    bool left = false;
#pragma omp critical(beside)
    {
        while (all->kind < all->n && all->piece == all->kinds[all->kind].n) {
            all->kind++;
            all->piece = 0;
        }
        left = all->kind < all->n && all->failed == SIZE_MAX;
        if (left) *one = (taken){&all->kinds[all->kind], all->piece++, all->begun++};
    }
    return left;
}

/** One that was begun earlier may fail later: it is what would have failed first alone. */
static void keep_failure(row *all, size_t place, hot_status status, const hot_error *error)
{
#pragma omp critical(beside)
    if (place < all->failed) {
        all->failed = place;
        all->status = status;
        all->error = *error;
    }
}

static void make_some(row *all)
{
    taken one;
    while (take(all, &one)) {
        hot_error error = {{0}};
        hot_status status = one.kind->make(one.kind->self, one.piece, &error);
        if (status != HOT_OK) keep_failure(all, one.place, status, &error);
    }
}

hot_status hot_beside(int threads, const hot_pieces *kinds, size_t n, hot_error *error)
{
    row all = {.kinds = kinds, .n = n, .failed = SIZE_MAX};
    size_t pieces = 0;
    for (size_t k = 0; k < n; k++) pieces += kinds[k].n;
    int team = hot_threads(threads);
    if ((size_t)team > pieces) team = pieces ? (int)pieces : 1;
#pragma omp parallel num_threads(team)
    make_some(&all);
    if (all.status != HOT_OK && *all.error.text) *error = all.error;
    return all.status;
}
