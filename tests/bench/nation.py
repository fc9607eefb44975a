"""nation: four million rows and the wards of the United Kingdom; twenty million with --whole."""
import json
import os

import inputs
import measure

TITLE = "A nation's year"
WARDS = os.path.join("boundaries", "wards_uk_2022_simplified.gpkg")


def once(bench, csv, wards):
    out = bench.work("nation")
    done = measure.run([bench.hotbeat, "run", csv, "--areas", f"ward={wards}", "--maps", "overview",
                        "--incidents", "no", "--cell", "250m", "--bandwidth", "1000m", "--profile",
                        "internal", "--out", out, "--overwrite", "--quiet"], env=bench.environment)
    with open(os.path.join(out, "run.json"), encoding="utf-8") as f:
        once.rows = json.load(f)["rows"]
    return done


def line(bench, count, wards):
    csv = inputs.rows(bench, "nation", count)
    name = f"{count:,} rows"
    taken = measure.in_turn([(name, lambda: once(bench, csv, wards))],
                            bench.times if count < 10 ** 7 else 3)[name]
    if taken.failure:
        return [name, "failed", "", "", "", taken.failure]
    return [name, measure.figures(taken.seconds), measure.figures(taken.least),
            measure.figures(taken.cpu), f"{taken.mib:.0f}",
            f"{bench.size(csv):,.0f} MB; {once.rows['inside']:,} inside a ward"]


def table(bench):
    wards = bench.data and os.path.join(bench.data, WARDS)
    if not wards or not os.path.exists(wards):
        print("Left out: the wards of the United Kingdom are not there (HOTBEAT_DATA).\n")
        return
    sizes = [4 * bench.rows] + ([20 * bench.rows] if bench.whole else [])
    measure.table(["", "median, s", "least, s", "CPU, s", "peak MiB", ""],
                  [line(bench, count, wards) for count in sizes])
