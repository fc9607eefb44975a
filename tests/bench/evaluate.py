"""evaluate: hotspots tested on Wiltshire's anti-social behaviour, month by month, where the shared data
are; and what they hold beside hexagons, on every force there."""
import csv
import glob
import os

import measure
import peers

TITLE = "Hotspots tested on the months after"
FORCES = {"wiltshire": ["E06000054_wiltshire", "E06000030_swindon"],
          "leicestershire": ["E10000018_leicestershire", "E06000016_leicester",
                             "E06000017_rutland"],
          "gloucestershire": ["E10000013_gloucestershire"]}
METHODS = ["hotspots", "hotspots_small", "hexagons_12", "hexagons_6", "hexagons_3", "last_month",
           "kde", "random", "hindsight_small"]


def wards(bench, force):
    """The wards of a force in one file."""
    path = bench.work(force + ".gpkg")
    for name in FORCES[force] if not os.path.exists(path) else []:
        source = os.path.join(bench.data, "boundaries", "wards_2025", name + ".geojson")
        measure.run(["ogr2ogr", "-f", "GPKG", "-update", "-append", "-nln", "ward", "-nlt",
                     "MULTIPOLYGON", path, source])
    return path


def once(bench, force, first, more=()):
    files = sorted(glob.glob(os.path.join(bench.data, "police_uk", force, "*")))
    grid = [word for path in peers.libraries(bench.data) for word in ("--grid", path)]
    return measure.run([bench.hotbeat, "evaluate", "predict", *files, "--areas",
                        f"ward={wards(bench, force)}:ward", "--type", "Anti-social behaviour",
                        "--from", first, "--to", "2025-12", "--out", bench.work("tested-" + force),
                        "--overwrite", "--quiet", *grid, *more], env=bench.environment)


def ratios(bench, force):
    """What each method held on 0.1 % of the area, over hexagons by all earlier months."""
    once(bench, force, "2025-07")
    with open(os.path.join(bench.work("tested-" + force), "tables", "evaluation.csv"),
              newline="", encoding="utf-8") as f:
        rows = {r["method"]: r for r in csv.DictReader(f)
                if r["months_scored"] == "1" and r["budget_value"] == "0.001"}

    def of(method):
        r = {k: float(rows[method][k]) for k in ("ratio", "ratio_low", "ratio_high")}
        return f"{r['ratio']:.2f} ({r['ratio_low']:.2f} to {r['ratio_high']:.2f})"
    return [force.capitalize(), f"{float(rows['hexagons']['hits']):.1f} of "
            f"{rows['hexagons']['incidents']}", *map(of, METHODS)]


def table(bench):
    if not bench.data or not os.path.isdir(os.path.join(bench.data, "police_uk", "wiltshire")):
        print("The shared data are not there.\n")
        return
    taken = measure.in_turn([("eleven months", lambda: once(bench, "wiltshire", "2025-02")),
                             ("one month", lambda: once(bench, "wiltshire", "2025-12"))],
                            bench.times)
    measure.ratio_table(taken, "one month", {})
    print("\nHits on 0.1 % of the area over those of hexagons by all earlier months; July to December "
          "2025; 95 % limits.\n")
    print("| force | hexagons hold | " + " | ".join(METHODS) + " |")
    print("|" + "---|" * (len(METHODS) + 2))
    for force in FORCES:
        print("| " + " | ".join(ratios(bench, force)) + " |", flush=True)
