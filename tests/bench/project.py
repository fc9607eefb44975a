"""project: distinct places through hotbeat's door to PROJ, beside every row through PROJ alone."""
import statistics

import measure

TITLE = "Putting coordinates in place"


def table(bench):
    places = max(1, min(20000, bench.rows // 2))
    program = bench.own("place")
    told, mib = [], 0
    for _ in range(bench.times):
        done = measure.run([program, str(places), str(bench.rows)], env=bench.environment)
        words = done.said.split()
        told.append(dict(zip(words[::2], map(float, words[1::2]))))
        mib = max(mib, done.mib)
    ready, once, proj_ready, each, apart = (statistics.median(t[k] for t in told) for k in (
        "ready", "once", "proj_ready", "each", "apart"))
    measure.table(["", "get ready, s", "place, s", "ns each", "times hotbeat"],
                  [[f"hotbeat, {places:,} distinct places", measure.figures(ready),
                    measure.figures(once), f"{1e9 * once / places:.0f}", "1.00"],
                   [f"PROJ alone, every one of {bench.rows:,} rows", measure.figures(proj_ready),
                    measure.figures(each), f"{1e9 * each / bench.rows:.0f}", measure.ratio(each, once)]])
    print(f"The answers are at most {apart:g} m apart. Peak {mib:.0f} MiB, both in one process.\n")
