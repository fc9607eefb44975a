#include "engine/base/parallel.h"

#include <omp.h>

int hot_threads(int asked)
{
    int n = asked > 0 ? asked : omp_get_num_procs();
    return n < 1 ? 1 : n > 1024 ? 1024 : n;
}
