#!/usr/bin/env python3
"""Hotspots tested on the months after: known answers on made data, no look ahead, gaps, little data."""
import json
import math
import os
import random

import hot
from hot import ASB

BNG = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
SIX = [f"2025-0{m}" for m in range(1, 7)]
THREE = SIX[:3]
HEXAGON = 200 * 200 * math.sqrt(3) / 2
DISC = math.pi * 150 * 150
HEAD = "type,date,easting,northing"


def square(side):
    """One ward, so many metres wide."""
    ring = [[400000 + side * x, 250000 + side * y]
            for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
    return {"type": "FeatureCollection", "crs": BNG, "features": [
        {"type": "Feature", "properties": {"code": "W", "name": "W"},
         "geometry": {"type": "Polygon", "coordinates": [ring]}}]}


def planted(months, kind=ASB, clock=("", "")):
    """In each month ten incidents at one place, and ten at places that never come back."""
    rows, n = [], 0
    for month in months:
        rows += [f"{kind},{month}-{d + 10}{clock[0]},400620,250620" for d in range(10)]
        for d in range(10):
            rows.append(f"{kind},{month}-{d + 10}{clock[1]},{402000 + 1000 * (n % 8)},"
                        f"{251000 + 1000 * (n // 8)}")
            n += 1
    return rows


class Evaluate(hot.Scratch):
    def options(self, rows, *more, side=10000, out="out"):
        log = self.write("log.csv", "\n".join([HEAD, *rows]) + "\n")
        ward = self.write("ward.geojson", json.dumps(square(side)))
        return ["evaluate", "predict", log, "--areas", "ward=" + ward, "--profile", "internal",
                "--cell", "100m", "--overwrite", "--out", self.path(out), *more]

    def evaluate(self, rows, *more, **where):
        return self.succeeds(*self.options(rows, *more, **where))

    def tables(self, name, out="out", **where):
        return [r for r in hot.table(self.path(f"{out}/tables/{name}.csv"))
                if all(r[k] == v for k, v in where.items())]

    def one(self, method, value="0.001", months="1"):
        row, = self.tables("evaluation", method=method, budget_value=value, months_scored=months)
        return row

    def test_planted(self):
        """Half of each month's incidents are where half of the earlier were."""
        done = self.evaluate(planted(SIX))
        for method in ("hotspots", "hotspots_small", "hexagons", "hexagons_3", "last_month"):
            row = self.one(method)
            self.assertEqual((row["tests"], row["incidents"]), ("5", "100"), method)
            self.assertAlmostEqual(float(row["hits"]), 50, 9, method)
            self.assertAlmostEqual(float(row["hit_rate"]), 0.5, 12)
            self.assertAlmostEqual(float(row["area_km2"]), 0.1, 9)
            self.assertAlmostEqual(float(row["pai"]), 500, 6)
            self.assertAlmostEqual(float(row["ratio"]), 1, 9)
            self.assertLess(float(row["hit_rate_low"]), 0.5)
        # By lot: every hexagon with an incident before is as good as any other.
        lot = sum(10 * min(1, 1e5 / HEXAGON / (1 + 10 * k)) for k in range(1, 6))
        self.assertAlmostEqual(float(self.one("random")["hits"]), lot, 6)
        # With hindsight: the place, and as many of the ten others as the area is left for.
        discs = 10 + (1e5 - DISC) / DISC
        ceiling = self.one("hindsight")
        self.assertAlmostEqual(float(ceiling["hits"]), 5 * discs, 6)
        self.assertAlmostEqual(float(self.one("hotspots")["pei"]), 10 / discs, 6)
        hexagons = 10 + (1e5 - HEXAGON) / HEXAGON
        self.assertAlmostEqual(float(self.one("hindsight_hexagons")["hits"]), 5 * hexagons, 6)
        self.assertIn("Hotspots (discs, recent incidents weigh more): 0.1% of the area held 50% of "
                      "the incidents of the next month (95% limits ", done.stdout)

    def test_explained(self):
        done = self.evaluate(planted(SIX), "--explain", "--json")
        files = json.loads(done.stdout)["plan"]["output"]["files"]
        self.assertEqual(files, ["hotbeat.gpkg", "tables/", "run.json", "rejects.csv"])
        self.fails(2, ["--cell 0", "50m"], *self.options(planted(SIX), "--cell", "0"))

    def test_what_is_not_looked_at_is_said(self):
        done = self.evaluate(planted(SIX), "--hotspots-per", "ward:1")
        self.assertIn("--hotspots-per is not looked at", done.stderr)
        self.assertNotIn("is not looked at", self.evaluate(planted(SIX)).stderr)

    def test_ground_that_two_areas_share_counts_once(self):
        both = square(10000)
        both["features"] = [{**both["features"][0], "properties": {"code": c, "name": "W"}} for c in "VW"]
        self.evaluate(planted(SIX), "--areas", "beat=" + self.write("both.geojson", json.dumps(both)),
                      "--study", "beat")
        self.assertAlmostEqual(float(self.one("hotspots")["area_km2"]), 0.1, 9)

    def test_three_months_and_numbers(self):
        self.evaluate(planted(SIX))
        row = self.one("hotspots", months="3")
        self.assertEqual((row["tests"], row["incidents"]), ("3", "180"))  # February, March, April
        self.assertAlmostEqual(float(row["hit_rate"]), 0.5, 9)
        ten = self.one("hotspots", "10")
        self.assertEqual(ten["budget"], "number")
        self.assertAlmostEqual(float(ten["hits"]), 50, 9)
        self.assertAlmostEqual(float(ten["area_km2"]), 10 * DISC / 1e6, 6)
        self.assertEqual(ten["ratio"], "")
        self.assertEqual(self.one("kde", "10")["hits"], "")  # a surface has no places to count
        february = self.tables("evaluation_months", month="2025-02", method="hotspots",
                               budget_value="10", months_scored="1")[0]
        self.assertAlmostEqual(float(february["hits"]), 10)
        self.assertEqual(february["incidents"], "20")

    def test_no_look_ahead(self):
        """Whatever happens from May on, what is chosen for May is the same."""
        rows = planted(SIX)
        past = [r for r in rows if r[len(ASB) + 1:] < "2025-05"]
        future = [r.split(",") for r in rows if r[len(ASB) + 1:] >= "2025-05"]
        at = [r[2:] for r in future]
        random.Random(4).shuffle(at)
        moved = [",".join(r[:2] + [str(int(p[0]) + 300), p[1]]) for r, p in zip(future, at)]
        may = ("--from", "2025-05", "--to", "2025-05")
        self.evaluate(rows, *may)
        self.evaluate(past + moved, *may, out="other")
        self.assertGreater(len(self.tables("evaluation_choices")), 100)
        self.assertEqual(self.tables("evaluation_choices"),
                         self.tables("evaluation_choices", out="other"))
        self.assertNotEqual(self.tables("evaluation_months"),
                            self.tables("evaluation_months", out="other"))
        months = {r["month"] for r in self.tables("evaluation_choices")}
        self.assertEqual(months, {"2025-05"})  # chosen on months before the period

    def test_same_for_any_order(self):
        rows = planted(THREE)
        self.evaluate(rows, "--threads", "1")
        random.Random(1).shuffle(rows)
        self.evaluate(rows, "--threads", "3", out="other")
        for name in ("evaluation", "evaluation_months", "evaluation_choices"):
            with open(self.path(f"out/tables/{name}.csv"), "rb") as a, \
                    open(self.path(f"other/tables/{name}.csv"), "rb") as b:
                self.assertEqual(a.read(), b.read(), name)

    def test_recent_incidents_weigh_more(self):
        """20 long ago at one place, 3 a month at another since: each at a disc."""
        old = [f"{ASB},2024-01-0{d % 9 + 1},400620,250620" for d in range(20)]
        new = [f"{ASB},2025-0{m}-0{d + 1},405620,255620" for m in range(1, 5) for d in range(3)]
        self.evaluate(old + new, "--from", "2025-04")
        first = self.tables("evaluation_choices", month="2025-04", rank="1", budget="number")
        x = {r["method"]: float(r["x"]) for r in first}
        score = {r["method"]: float(r["score"]) for r in first}
        self.assertAlmostEqual(x["hotspots"], 405620, delta=150)
        self.assertAlmostEqual(score["hotspots"], 3 * sum(0.5 ** (k / 6) for k in range(3)), 9)
        self.assertAlmostEqual(x["hexagons"], 400620, delta=150)
        self.assertEqual(score["hexagons"], 20)

    def test_gaps(self):
        """April has no data: it is no month of zero, and May has no month before it."""
        self.evaluate(planted(["2025-01", "2025-02", "2025-03", "2025-05", "2025-06"]))
        months = sorted({r["month"] for r in self.tables("evaluation_months")})
        self.assertEqual(months, ["2025-02", "2025-03", "2025-06"])
        row = self.one("hotspots", months="3")
        self.assertEqual((row["tests"], row["incidents"], row["hit_rate"], row["sentence"]),
                         ("0", "", "", ""))

    def test_hours(self):
        rows = planted(THREE, clock=("T16:00", "T10:00"))
        self.evaluate(rows, "--evaluate-hours", "15:00-17:00")
        row = self.one("hotspots")
        hours = 1e5 / DISC * 2 * (28 + 31)
        self.assertAlmostEqual(float(row["patrol_hours"]), hours, 6)
        self.assertAlmostEqual(float(row["share_per_hour"]) * hours, 0.5, 9)
        self.evaluate(rows, "--evaluate-hours", "22:00-02:00")
        self.assertEqual(float(self.one("hotspots")["share_per_hour"]), 0)

    def test_no_times(self):
        done = self.evaluate(planted(THREE), "--evaluate-hours", "15:00-17:00")
        self.assertIn("No incident has a time of day", done.stderr)
        self.assertEqual(self.one("hotspots")["share_per_hour"], "")
        self.evaluate(planted(THREE))
        self.assertEqual(self.one("hotspots")["patrol_hours"], "")

    def test_little(self):
        """A month in which nothing happened, and one incident in all, chosen by area and by number."""
        rows = planted(["2025-01"]) + planted(["2025-02"], kind="Burglary")
        self.assertIn("nothing to score", self.evaluate(rows, "--type", ASB).stderr)
        row = self.one("hotspots")
        self.assertEqual((row["tests"], row["incidents"], row["hits"], row["hit_rate"]),
                         ("1", "0", "0", ""))
        self.evaluate([f"{ASB},2025-01-01,400500,250500", "Burglary,2025-02-01,400500,250500"])
        row = self.one("hotspots")
        self.assertEqual((row["incidents"], row["hits"], row["hit_rate_low"]), ("1", "1", ""))
        self.assertIn("0.1% of the area (only 70% of that was found) held 100% of", row["sentence"])
        self.assertEqual(len(self.tables("evaluation_choices", method="hotspots")), 2)
        about = hot.rows(self.path("out/hotbeat.gpkg"), "select description from gpkg_contents "
                         "where table_name = 'evaluation'")[0]["description"]
        self.assertIn("Tested: 1 month, 2025-02 to 2025-02", about)

    def test_refusals(self):
        self.fails(1, ["no month to test", "earlier months"], *self.options(planted(["2025-01"])))
        self.fails(1, ["no month to test"],
                   *self.options(planted(["2025-01", "2025-03"]), "--from", "2025-03"))
        for bad in ("15-22", "15:00-25:00", "15:00-15:00", "15:60-16:00", "+1:00-02:00", "soon"):
            self.fails(2, ["--evaluate-hours", bad, "15:00-22:00"],
                       *self.options(planted(THREE), "--evaluate-hours", bad))
        self.fails(2, ["--bandwidth auto"], *self.options(planted(THREE), "--bandwidth", "auto"))
        log = self.path("log.csv")
        self.fails(2, ["--areas"], "evaluate", "predict", log, "--profile", "internal", "--out",
                   self.path("none"))
        self.fails(2, ["evaluate guess", "predict"], "evaluate", "guess", log)

    def test_json_and_run(self):
        done = self.evaluate(planted(THREE), "--json")
        said = json.loads(done.stdout)
        self.assertEqual(len(said["evaluation"]), len(self.tables("evaluation")))
        first = said["evaluation"][0]
        self.assertEqual((first["method"], first["hits"], first["patrol_hours"]),
                         ("hotspots", 20, None))
        self.assertEqual(len(said["evaluation_months"]), len(self.tables("evaluation_months")))
        self.succeeds("run", *self.options(planted(THREE), "--maps", "none", out="all")[2:])
        self.assertFalse(os.path.exists(self.path("all/tables/evaluation.csv")))

    def test_wiltshire(self):
        """Published data with a gap: January 2025 has no month before it."""
        files = [os.path.join(hot.DATA, "police_uk", "wiltshire", f"{m}-wiltshire-street.csv")
                 for m in ("2024-04", "2025-01", "2025-02")]
        wards = os.path.join(hot.DATA, "boundaries", "wiltshire_force_bng.gpkg")
        if not hot.DATA or not all(map(os.path.exists, [*files, wards])):
            self.skipTest("the shared data is not here (HOTBEAT_DATA)")
        self.succeeds("evaluate", "predict", *files, "--areas", f"ward={wards}:wards_2025", "--type",
                      ASB, "--out", self.path("out"))
        self.assertEqual({r["month"] for r in self.tables("evaluation_months")}, {"2025-02"})
        rate = {m: float(self.one(m)["hit_rate"]) for m in
                ("hotspots", "hindsight", "hexagons", "hindsight_hexagons", "random")}
        self.assertLess(rate["random"], rate["hexagons"] / 3)
        self.assertLess(rate["hexagons"], rate["hindsight_hexagons"])
        self.assertLess(rate["random"], rate["hotspots"] / 3)
        self.assertLess(rate["hotspots"], rate["hindsight"])
        ours = self.one("hotspots")
        self.assertLess(float(ours["hit_rate_low"]), rate["hotspots"])
        self.assertLess(rate["hotspots"], float(ours["hit_rate_high"]))
        about = hot.rows(self.path("out/hotbeat.gpkg"), "select description from gpkg_contents "
                         "where table_name = 'evaluation'")[0]["description"]
        self.assertIn("anonymised map points", about)


if __name__ == "__main__":
    hot.main()
