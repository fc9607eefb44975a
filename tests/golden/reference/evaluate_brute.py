#!/usr/bin/python3
"""What `evaluate predict` says of hexagons and of ten discs, against the same written down
a second time, in numpy, from the layer incidents.

Hexagons: a point belongs to the nearest centre of the lattice. Ties at the end of a budget are
averaged. Discs: those of evaluation_choices.csv are taken as they
are, and what each should hold is counted by distance.
"""
import csv

from common import *

SIDE = 200 / np.sqrt(3)
SHARES = [0.001, 0.0025, 0.005, 0.01]
WINDOWS = {"hexagons": 99, "hexagons_12": 12, "hexagons_6": 6, "hexagons_3": 3, "last_month": 1}
TOLERANCE = 1e-9


def incidents(result):
    """x, y, and months as year * 12 + month - 1."""
    source = ogr.Open(os.path.join(result, "hotbeat.gpkg"))
    rows = [(*f.GetGeometryRef().GetPoint_2D(), f.GetField("occurred_from"))
            for f in source.GetLayerByName("incidents")]
    month = [int(r[2][:4]) * 12 + int(r[2][5:7]) - 1 for r in rows]
    return np.array([r[:2] for r in rows]), np.array(month)


def hexagons(xy):
    """Number of the hexagon of each point: the nearest of two rows' nearest centres."""
    best, key = np.full(len(xy), np.inf), np.zeros((len(xy), 2), int)
    for odd in (0, 1):
        row = 2 * np.round((xy[:, 1] / (1.5 * SIDE) - odd) / 2) + odd
        col = np.round(xy[:, 0] / 200 - odd / 2)
        d = np.hypot(xy[:, 0] - (col + odd / 2) * 200, xy[:, 1] - row * 1.5 * SIDE)
        nearer = d < best
        best[nearer] = d[nearer]
        key[nearer] = np.stack([row, col], 1)[nearer]
    return np.unique(key, axis=0, return_inverse=True)[1]


def held(score, hits, unit_area, budget):
    """Highest scores first; those tied where the budget ends in equal parts."""
    left, sum_ = budget / unit_area, 0.0
    for value in np.unique(score[score > 0])[::-1]:
        tied = score == value
        part = min(1, left / tied.sum())
        sum_ += part * hits[tied].sum()
        left -= part * tied.sum()
        if left <= 1e-12:
            break
    return sum_


def one(name, files_, areas):
    out = scratch(name)
    months = ("--from", "2025-07", "--to", "2025-12")
    common = [*files_, *areas, "--type", ASB, "--grid", grid(), "--quiet", "--overwrite"]
    run("run", *common, "--maps", "none", "--out", out + "-all")
    run("evaluate", "predict", *common, *months, "--out", out)
    xy, month = incidents(out + "-all")
    hexagon = hexagons(xy)
    with open(out + "/tables/evaluation_months.csv", encoding="utf-8") as f:
        ours = [r for r in csv.DictReader(f) if r["months_scored"] == "1"]
    study = max(float(r["area_km2"]) for r in ours if r["method"] == "hexagons") / 0.01 * 1e6
    worst, rows = 0, 0
    for r in ours:
        if r["method"] not in WINDOWS or r["budget"] != "area":
            continue
        test = int(r["month"][:4]) * 12 + int(r["month"][5:]) - 1
        past = (month < test) & (month >= test - WINDOWS[r["method"]])
        score = np.bincount(hexagon[past], minlength=hexagon.max() + 1)
        hits = np.bincount(hexagon[month == test], minlength=hexagon.max() + 1)
        true = held(score, hits, SIDE * SIDE * 1.5 * np.sqrt(3), float(r["budget_value"]) * study)
        worst = max(worst, abs(true - float(r["hits"])) / max(true, 1))
        rows += 1
    discs, apart = ten_discs(out, xy, month, ours)
    return [name, rows, "%.1e" % worst, discs, apart]


def ten_discs(out, xy, month, ours):
    """Incidents of the month within 150 m of any of the ten centres."""
    with open(out + "/tables/evaluation_choices.csv", encoding="utf-8") as f:
        chosen = [r for r in csv.DictReader(f) if r["budget"] == "number"
                  and r["method"] == "hotspots" and int(r["rank"]) <= 10]
    rows, worst = 0, 0
    for r in ours:
        if r["method"] != "hotspots" or r["budget_value"] != "10":
            continue
        test = int(r["month"][:4]) * 12 + int(r["month"][5:]) - 1
        at = np.array([(float(c["x"]), float(c["y"])) for c in chosen if c["month"] == r["month"]])
        now = xy[month == test]
        d = np.hypot(now[:, None, 0] - at[:, 0], now[:, None, 1] - at[:, 1])
        worst = max(worst, abs(int((d.min(axis=1) <= 150).sum()) - float(r["hits"])))
        rows += 1
    return rows, "%g" % worst


def main():
    rows = []
    gpkg = data("boundaries", "wiltshire_force_bng.gpkg")
    rows.append(one("wiltshire", files("police_uk/wiltshire/*.csv"),
                    ["--areas", "ward=%s:wards_2025" % gpkg]))
    rows.append(one("gloucestershire", files("police_uk/gloucestershire/*.csv.gz"),
                    ["--areas", "ward=" + data("boundaries", "wards_2025",
                                               "E10000013_gloucestershire.geojson")]))
    table(["force", "hexagon rows", "largest relative difference of hits", "rows of ten discs",
           "incidents apart"], rows)
    verdict(all(float(r[2]) <= TOLERANCE and r[4] == "0" for r in rows),
            "hits of hexagons and of ten discs")


main()
