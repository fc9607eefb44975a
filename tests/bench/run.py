"""run: the main job on one force's year: Wiltshire 2025 where the shared data are, else the fictional
town."""
import glob
import os

import measure
import peers

TITLE = "One force's year"


def wiltshire(data):
    boundaries = os.path.join(data, "boundaries", "wiltshire_force_bng.gpkg")
    files = sorted(glob.glob(os.path.join(data, "police_uk", "wiltshire", "2025-*")))
    if not files or not os.path.exists(boundaries):
        return None
    grid = [word for path in peers.libraries(data) for word in ("--grid", path)]
    return [*files, "--areas", f"ward={boundaries}:wards_2025", "--areas",
            f"beat={boundaries}:msoa_2021", *grid]


def thornbeck(bench):
    town = bench.work("town")
    if not os.path.isdir(town):
        measure.run([bench.hotbeat, "sample", town, "--quiet"], env=bench.environment)
    layers = os.path.join(town, "town.gpkg")
    return [*sorted(glob.glob(os.path.join(town, "incidents", "*.csv"))), "--areas",
            f"ward={layers}:wards", "--areas", f"beat={layers}:beats"]


def once(bench, given, maps):
    out = bench.work(f"run-{maps}")
    done = measure.run([bench.hotbeat, "run", *given, "--maps", maps, "--profile", "internal",
                        "--threads", "2", "--out", out, "--overwrite", "--quiet"],
                       env=bench.environment)
    once.pages = len(glob.glob(os.path.join(out, "maps", "**", "*.png"), recursive=True))
    return done


def table(bench):
    given = wiltshire(bench.data) if bench.data else None
    print("Wiltshire 2025: every type, wards, and MSOAs in place of beats.\n" if given else
          "The shared data are not there: the fictional town Thornbeck instead.\n")
    given = given or thornbeck(bench)
    pages = {}

    def of(maps):
        done = once(bench, given, maps)
        pages[f"--maps {maps}"] = f"{once.pages} pages"
        return done
    taken = measure.in_turn([(f"--maps {m}", lambda m=m: of(m)) for m in ("none", "all")],
                            bench.times)
    measure.ratio_table(taken, "--maps none", pages)
