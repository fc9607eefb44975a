/** @file worker.h
 *  Which of the threads of a parallel loop is this? Each has its own stretch of a shared block.
 */
#ifndef HOT_KDE_WORKER_H
#define HOT_KDE_WORKER_H

#ifdef _OPENMP
#include <omp.h>
#endif

static inline int hot_worker(void)
{
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

#endif
