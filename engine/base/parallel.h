/** @file parallel.h
 *  How many threads work side by side. Work is always cut into pieces whose size does not depend
 *  on the number of threads, and sums are added in the order of the pieces, so that any number of
 *  threads gives the same bytes.
 */
#ifndef HOT_BASE_PARALLEL_H
#define HOT_BASE_PARALLEL_H

/** Threads to use: `asked`, or as many as the machine gives when asked <= 0; 1 to 1024. */
int hot_threads(int asked);

#endif
