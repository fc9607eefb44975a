"""clusters: DBSCAN of a million points, beside scikit-learn on the same places."""
import time

import measure

TITLE = "Clusters"


def beside(bench, program):
    """scikit-learn's time on the distinct places, and how many places it puts elsewhere."""
    try:
        import numpy as np
        from sklearn.cluster import DBSCAN
    except ImportError:
        print("Left out: scikit-learn is not here (Debian: python3-sklearn).\n")
        return
    path = bench.work("places.txt")
    measure.run([program, "write", path], env=bench.environment)
    x, y, weight, ours = np.loadtxt(path, unpack=True)
    before = time.monotonic()
    done = DBSCAN(eps=100, min_samples=20).fit(np.column_stack([x, y]), sample_weight=weight)
    taken = time.monotonic() - before
    core = np.zeros(len(x), bool)
    core[done.core_sample_indices_] = True
    pairs = {(int(a), int(b)) for a, b in zip(ours[core], done.labels_[core])}
    same = len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})
    noise = int(((ours < 0) != (done.labels_ < 0)).sum())
    print(f"scikit-learn, one run on {len(x)} places, reading not counted: {taken:.2f} s. Clusters of "
          f"cores {'the same' if same else 'DIFFER'}; {noise} places in a cluster to one alone.\n")


def table(bench):
    program = bench.program("bench_clusters", needed=False)
    if not program:
        print("Left out: bench_clusters is not built.\n")
        return
    done = measure.run([program], env=bench.environment)
    print(f"A million points, 100 m, 20; medians of five (peak {done.mib:.0f} MiB):\n")
    print("| points | distinct places | clusters | threads | s |\n|---|---|---|---|---|")
    print(done.said.rstrip() + "\n")
    beside(bench, program)
