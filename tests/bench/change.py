"""change: how often it says that an area changed where nothing did, and where something did."""
import collections
import csv
import glob
import gzip
import os
import sqlite3
import subprocess

import measure

TITLE = "Change: false alarms and power"
ASB = "Anti-social behaviour"
FORCES = {"Wiltshire": ["E06000054", "E06000030"],
          "Leicestershire": ["E10000018", "E06000016", "E06000017"],
          "Gloucestershire": ["E10000013"]}
CITY = {"City-of-London": ["E09000001"]}  # 24 months; all types, as it has little of one
PAIRS = [("January to April 2025, 2024", (2025, 1), (2024, 1), 4),
         ("October to December, June to August 2025", (2025, 10), (2025, 6), 3)]
SEASONS = PAIRS[1:] + [("October to December 2025, 2024", (2025, 10), (2024, 10), 3),
                       ("June to August 2025, 2024", (2025, 6), (2024, 6), 3)]
HEAD = ("judged | dispersion | up, own past alone | down, own past alone | up | down | up by FDR | "
        "down by FDR |\n|---|---|---|---|---|---|---|---|---|")


def as_text(seen):
    """Counts by area and month, YYYY-MM, as bench_change reads them."""
    areas, months = sorted({a for a, _ in seen}), sorted({m for _, m in seen})
    lines = [f"{len(areas)} {len(months)}",
             " ".join(str(int(m[:4]) * 12 + int(m[5:]) - 1) for m in months)]
    lines += [" ".join(str(seen.get((a, m), 0)) for m in months) for a in areas]
    return "\n".join(lines) + "\n"


def vancouver(data):
    """All incidents by neighbourhood: six years."""
    seen = collections.Counter()
    for path in glob.glob(os.path.join(data, "timed_incidents/vancouver/*.csv*")):
        with (gzip.open if path.endswith("gz") else open)(path, "rt", encoding="utf-8") as f:
            seen.update((r["NEIGHBOURHOOD"], f"{int(r['YEAR']):04}-{int(r['MONTH']):02}")
                        for r in csv.DictReader(f) if r["NEIGHBOURHOOD"])
    return as_text(seen)


def counts(bench, force, councils, of):
    """Incidents of a type by ward and month."""
    data, out = bench.data, bench.work(f"change-{force}")
    wards = bench.work(f"wards-{force}.gpkg")
    for code in councils:
        source, = glob.glob(os.path.join(data, "boundaries/wards_2025", f"{code}*"))
        subprocess.run(["ogr2ogr", "-f", "GPKG", "-append", "-nlt", "PROMOTE_TO_MULTI", "-nln",
                        "wards", "-t_srs", "EPSG:27700", wards, source], check=True)
    files = sorted(glob.glob(os.path.join(data, "police_uk", force.lower(), "*")))
    measure.run([bench.hotbeat, "run", *files, "--areas", f"ward={wards}", "--type", of, "--maps",
                 "none", "--out", out, "--overwrite"])
    with sqlite3.connect(os.path.join(out, "hotbeat.gpkg")) as db:
        codes = [r[0] for r in db.execute("select code from ward order by code")]
        seen = {(c, m): n for c, m, n in db.execute(
            "select ward_code, substr(occurred_from, 1, 7), count(*) from incidents group by 1, 2")}
    months = {m for _, m in seen}
    return as_text({(c, m): seen.get((c, m), 0) for c in codes for m in months})


def said(bench, *arguments, text=""):
    return subprocess.run([bench.program("bench_change"), *map(str, arguments)], input=text,
                          text=True, stdout=subprocess.PIPE, check=True).stdout


def pairs(bench, name, text, which):
    for periods, now, before, length in which:
        print(said(bench, "pair", f"{name}, {periods}", now[0] * 12 + now[1] - 1,
                   before[0] * 12 + before[1] - 1, length, text=text), end="")


def table(bench):
    real = {force: counts(bench, force, councils, ASB)
            for force, councils in FORCES.items()} if bench.data else {}
    print("Nothing changed; 1,000 repeats; at 5%:\n")
    print("| counts | split | judged | dispersion | flagged | up | down | flagged by FDR |")
    print("|---|---|---|---|---|---|---|---|")
    for force, text in real.items():
        print(said(bench, "false", force, text=text), end="")
    print(said(bench, "made"))
    print("As they are:\n\n| force, period, against |", HEAD)
    for force, text in real.items():
        pairs(bench, force, text, PAIRS)
    for name, councils in CITY.items() if bench.data else ():
        pairs(bench, name, counts(bench, name, councils, "*"), SEASONS)
    if bench.data:
        pairs(bench, "Vancouver", vancouver(bench.data), SEASONS)
    print("\nNothing changed but the season, of which a third of 118 areas have one of their own:\n\n"
          "| comparison |", HEAD)
    print(said(bench, "season"))
    print("A rise planted in one of 118 areas, of counts that vary 1.6 times chance:\n")
    print("| a year | planted | flagged up | flagged up by FDR |")
    print("|---|---|---|---|")
    print(said(bench, "power"))
