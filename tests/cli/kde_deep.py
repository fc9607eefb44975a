#!/usr/bin/env python3
"""The density deepened: a bandwidth chosen from the past and why, other surfaces with known answers,
what another bandwidth would show, and the plan of a run."""
import glob
import json
import math
import os
import random

import hot
from osgeo import gdal

gdal.UseExceptions()
BNG = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
WEST, SOUTH = 400000, 250000


def quartic(d, h):
    return 3 * (1 - (d / h) ** 2) ** 2 / (math.pi * h * h) if d < h else 0


def values(path):
    """[row from the north][column], None outside."""
    raster = gdal.Open(path)
    rows = raster.GetRasterBand(1).ReadAsArray().tolist()
    return [[None if math.isnan(v) else v for v in row] for row in rows]


def mass(path, cell=50):
    return sum(v for row in values(path) for v in row if v is not None) * cell * cell / 1e6


class Deep(hot.Scratch):
    def area(self, side=1000):
        ring = [[WEST + side * x, SOUTH + side * y] for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
        return self.write("town.geojson", json.dumps({"type": "FeatureCollection", "crs": BNG, "features": [
            {"type": "Feature", "properties": {"code": "T", "name": "T"},
             "geometry": {"type": "Polygon", "coordinates": [ring]}}]}))

    def log(self, rows):
        lines = [f"{date},{WEST + x},{SOUTH + y}" for date, x, y in rows]
        return self.write("log.csv", "\n".join(["date,easting,northing", *lines]) + "\n")

    def arguments(self, rows, *more, side=1000, out="out"):
        return ["run", self.log(rows), "--areas", "town=" + self.area(side), "--profile", "internal",
                "--maps", "none", "--overwrite", "--out", self.path(out), *more]

    def analyse(self, rows, *more, **where):
        return self.succeeds(*self.arguments(rows, *more, **where))

    def peak(self, name, x, y):
        """At the cell of 50 m that holds it, of a square of 1 km."""
        return values(self.path("out", name + ".tif"))[-1 - y // 50][x // 50]

    def said(self, name):
        return gdal.Open(self.path("out", name + ".tif")).GetMetadataItem("TIFFTAG_IMAGEDESCRIPTION")

    # ---- other surfaces ----

    def test_the_map_stays_what_it_is(self):
        rows = [(f"2025-{m:02}-05", 475 + 50 * m, 525) for m in range(1, 5) for _ in range(m)]
        self.analyse(rows)
        plain = hot.tree(self.path("out"))["density.tif"]
        self.analyse(rows, "--kde-adaptive", "yes", "--kde-edge", "uniform", "--kde-half-life", "2")
        made = hot.tree(self.path("out"))
        self.assertEqual(made["density.tif"], plain)
        for name in ("adaptive", "edge", "recent"):
            self.assertIn(f"density_{name}.tif", made)
            self.assertIn(f"density_{name}.qml", made)
            self.assertEqual(hot.manifest(self.path("out"))["surfaces"]["density_" + name],
                             self.said("density_" + name))

    def test_one_incident_has_the_usual_kernel(self):
        self.analyse([("2025-01-05", 525, 525)], "--kde-adaptive", "yes")
        self.assertEqual(values(self.path("out/density.tif")), values(self.path("out/density_adaptive.tif")))
        self.assertIn("from 200 to 200 m", self.said("density_adaptive"))

    def test_adaptive_is_held_within_its_limits(self):
        rows = [("2025-01-05", 525, 525)] * 200 + [("2025-01-05", 75, 75), ("2025-01-05", 925, 75)]
        self.analyse(rows, "--kde-adaptive", "yes")
        said = self.said("density_adaptive")
        # g is near the 200's own density: theirs stay near 200 m, the two alone are held at 400 m.
        self.assertIn("0 are held at the least (100 m) and 2 at the most (400 m)", said)
        self.assertAlmostEqual(self.peak("density_adaptive", 75, 75) / 1e6, quartic(0, 400), 8)

    def test_edge(self):
        rows = [("2025-01-05", 25, 25)]
        self.analyse(rows, "--kde-edge", "diggle")
        self.assertLess(mass(self.path("out/density.tif")), 0.5)
        self.assertAlmostEqual(mass(self.path("out/density_edge.tif")), 1, 2)
        self.analyse(rows, "--kde-edge", "uniform")
        inside = mass(self.path("out/density.tif"))
        corner = self.peak("density", 25, 25)
        self.assertAlmostEqual(self.peak("density_edge", 25, 25) / corner, 1 / inside, 1)
        self.assertIn("uniform", self.said("density_edge"))

    def test_recent(self):
        rows = [("2025-01-05", 225, 525)] * 4 + [("2025-02-25", 775, 525)] * 4
        self.analyse(rows, "--kde-half-life", "1")
        before, now = self.peak("density_recent", 225, 525), self.peak("density_recent", 775, 525)
        self.assertAlmostEqual(now / before, 2, 5)
        self.assertAlmostEqual(mass(self.path("out/density_recent.tif")), mass(self.path("out/density.tif")), 4)
        self.assertIn("every month before", self.said("density_recent"))
        # However long the period goes on after the last incident.
        self.analyse(rows, "--kde-half-life", "1", "--to", "2035-12")
        self.assertAlmostEqual(self.peak("density_recent", 775, 525), now, 4)

    def test_dual(self):
        rows = [("2024-03-05", 225, 525)] * 10 + [("2025-03-05", 225, 525)] * 30 + \
            [("2025-03-05", 775, 525)] * 15 + [("2024-03-05", 775, 125)] * 4
        period = ["--from", "2025-03", "--to", "2025-03", "--compare", "last-year"]
        self.analyse(rows, *period, "--kde-dual", "difference")
        one = 1e6 * quartic(0, 200)
        for x, y, more in ((225, 525, 20), (775, 525, 15), (775, 125, -4)):
            self.assertAlmostEqual(self.peak("density_difference", x, y), more * one, 3)
        self.assertIn("March 2025 against March 2024", self.said("density_difference"))
        self.assertIn("one incident alone makes 23.9 per km2", self.said("density_difference"))
        self.analyse(rows, *period, "--kde-dual", "ratio")
        # Five in one place are the floor: ten reach it to 100 m, four nowhere.
        for x, y, ratio in ((225, 525, 3), (325, 525, 3), (375, 525, None), (775, 525, None), (775, 125, None)):
            value = self.peak("density_ratio", x, y)
            self.assertTrue(value is None if ratio is None else abs(value - ratio) < 1e-5, (x, y, value))
        self.assertIn("under 119.4 per km2, which is 5 incidents", self.said("density_ratio"))

    def test_what_cannot_be(self):
        log = self.log([("2025-01-05", 525, 525)])
        for words, more in ((["--kde-edge uniform", "--areas"], ["--kde-edge", "uniform"]),
                            (["--kde-dual ratio", "--compare"], ["--kde-dual", "ratio"]),
                            (["--kde-half-life 0", "1 or more"], ["--kde-half-life", "0"]),
                            (["--kde-edge diggle", "reaches too far"],
                             ["--kde-edge", "diggle", "--bandwidth", "1000km", "--areas",
                              "town=" + self.area()]),
                            (["--kde-edge all"], ["--kde-edge", "all"]),
                            (["--bandwidth 0m", "auto"], ["--bandwidth", "0m"]),
                            (["--bandwidth autp"], ["--bandwidth", "autp"])):
            self.fails(2, words, "kde", log, "--profile", "internal", "--out", self.path("no"), *more)
            self.assertFalse(os.path.exists(self.path("no")))

    # ---- the bandwidth ----

    def chosen(self, out="out"):
        return hot.manifest(self.path(out))["bandwidth"]

    def score(self, rows, h, cells=20, budget=4):
        """Once more, by the formula: months 4 to 7 of 2025, each by the months before it."""
        hits = 0
        for month in range(4, 8):
            past = [(x, y) for date, x, y in rows if int(date[5:7]) < month]
            now = [(x, y) for date, x, y in rows if int(date[5:7]) == month]
            f = {(c, r): sum(quartic(math.hypot(50 * c + 25 - x, 50 * r + 25 - y), h) for x, y in past)
                 for c in range(cells) for r in range(cells)}
            least = sorted(f.values(), reverse=True)[budget - 1]
            above = sum(v > least * (1 + 1e-9) for v in f.values())
            level = sum(abs(v - least) <= 1e-9 * least for v in f.values())
            for x, y in now:
                v = f[x // 50, y // 50]
                hits += 1 if v > least * (1 + 1e-9) else \
                    (budget - above) / level if abs(v - least) <= 1e-9 * least else 0
        return hits

    def scattered(self, seed=5, months=7):
        draw = random.Random(seed)
        return [(f"2025-{m:02}-05", int(draw.gauss(400, 70)), int(draw.gauss(600, 70)))
                for m in range(1, months + 1) for _ in range(40)]

    def test_the_next_month_chooses(self):
        rows = self.scattered()
        self.analyse(rows, "--bandwidth", "auto")
        chosen = self.chosen()
        self.assertEqual((chosen["by"], chosen["first_month"], chosen["last_month"], chosen["incidents"]),
                         ("next month", "2025-04", "2025-07", 160))
        self.assertEqual([t["metres"] for t in chosen["tried"]],
                         [100, 120, 160, 200, 240, 320, 400, 600, 800])
        for t in chosen["tried"]:
            self.assertAlmostEqual(t["score"], self.score(rows, t["metres"]), 6, t)
        most = max(t["score"] for t in chosen["tried"])
        self.assertEqual(chosen["metres"], max(t["metres"] for t in chosen["tried"] if t["score"] == most))
        about, = hot.rows(self.path("out/hotbeat.gpkg"),
                          "select description from gpkg_contents where table_name = 'density'")
        self.assertIn(chosen["why"], about["description"])
        words = {r["key"]: r["value"] for r in hot.rows(self.path("out/hotbeat.gpkg"), "select * from run_metadata")}
        self.assertEqual(words["bandwidth"], f"{chosen['metres']:g} m")
        self.assertEqual(words["bandwidth_by"], "chosen by the next month's incidents")
        self.assertIn("chosen by the next month's incidents", self.said("density"))

    def test_nothing_after_the_end_is_looked_at(self):
        rows, draw = self.scattered(), random.Random(1)
        later = [(f"2025-{m:02}-05", draw.randrange(1000), draw.randrange(1000)) for m in (8, 9, 10)
                 for _ in range(200)]
        self.analyse(rows, "--bandwidth", "auto")
        alone = self.chosen()
        for end in ("2025-07", "2025-08-20"):  # the month that is cut is not tested on
            self.analyse(rows + later, "--bandwidth", "auto", "--to", end, out=end)
            self.assertEqual(self.chosen(end), alone)

    def test_row_order_and_threads(self):
        rows = self.scattered()
        self.analyse(rows, "--bandwidth", "auto", "--kde-adaptive", "yes", "--kde-half-life", "3")
        first = hot.tree(self.path("out"))
        random.Random(2).shuffle(rows)
        self.analyse(rows, "--bandwidth", "auto", "--kde-adaptive", "yes", "--kde-half-life", "3",
                     "--threads", "3", out="again")
        again = hot.tree(self.path("again"))
        for name in ("density.tif", "density_adaptive.tif", "density_recent.tif",
                     "tables/density_sensitivity.csv"):
            self.assertEqual(first[name], again[name], name)
        self.assertEqual(self.chosen(), self.chosen("again"))

    def test_it_can_be_repeated(self):
        arguments = self.arguments(self.scattered(), "--bandwidth", "auto")
        self.succeeds(*arguments)
        self.succeeds("run", arguments[1], "--config", self.path("out/run.json"), "--out", self.path("again"))
        self.assertEqual(hot.tree(self.path("out")), hot.tree(self.path("again")))

    def test_few_hits_choose_nothing(self):
        """Seven months, and no cell that comes back: which radius found one more is chance."""
        draw = random.Random(8)
        rows = [(f"2025-{m:02}-05", draw.randrange(1000), draw.randrange(1000)) for m in range(1, 8)
                for _ in range(20)]
        self.analyse(rows, "--bandwidth", "auto")
        self.assertEqual(self.chosen()["by"], "likelihood")
        self.assertIn("too few incidents", self.chosen()["why"])

    def test_few_months_and_few_places(self):
        self.analyse(self.scattered(months=5), "--bandwidth", "auto")
        self.assertEqual(self.chosen()["by"], "likelihood")
        self.assertIn("under six months", self.chosen()["why"])
        self.assertEqual(len(self.chosen()["tried"]), 9)
        # At one place of ten, however many incidents: nothing to choose by.
        self.analyse([("2025-01-05", 525, 525)] * 300, "--bandwidth", "auto")
        self.assertEqual((self.chosen()["by"], self.chosen()["metres"]), ("too few", 200))
        self.assertIn("too few", self.chosen()["why"])
        self.analyse([("2025-01-05", 525, 525)])
        self.assertEqual((self.chosen()["by"], self.chosen()["why"], self.chosen()["tried"]),
                         ("fixed", None, []))

    def test_a_pile_does_not_narrow_the_likelihood(self):
        places = [("2025-01-05", 37 * i * i % 4993, 53 * i * i % 4987) for i in range(40)]
        self.analyse(places, "--bandwidth", "auto", side=5000)
        alone = self.chosen()
        self.analyse(places + places[:1] * 500, "--bandwidth", "auto", side=5000)
        self.assertEqual(self.chosen(), alone)

    def test_coarse_cells_and_the_gaussian(self):
        self.analyse(self.scattered(), "--bandwidth", "auto", "--cell", "100m")
        self.assertEqual(self.chosen()["tried"][0]["metres"], 200)  # two cells
        self.analyse(self.scattered(), "--bandwidth", "auto", "--kernel", "gaussian")
        self.assertEqual(self.chosen()["tried"][0]["metres"], 35)  # 100 over the root of 8

    def test_nothing_inside(self):
        rows = [(f"2025-{m:02}-05", 5000, 5000) for m in range(1, 8)]
        self.analyse(rows, "--bandwidth", "auto", "--kde-adaptive", "yes", "--kde-edge", "diggle",
                     "--kde-half-life", "6")
        self.assertEqual(self.chosen()["by"], "too few")
        for name in ("density", "density_adaptive", "density_edge", "density_recent"):
            self.assertEqual(mass(self.path("out", name + ".tif")), 0)
        for row in self.sensitivity():
            self.assertEqual((row["area_km2"], row["incidents"], row["share"], row["overlap"]), ("0", "0", "", ""))

    # ---- half and twice of it ----

    def sensitivity(self):
        return hot.table(self.path("out/tables/density_sensitivity.csv"))

    def test_half_and_twice(self):
        # A cell of 400: the densest 1 % are 4 cells of 50 m. 9 incidents in one cell, 4 in another 500 m off.
        self.analyse([("2025-01-05", 225, 525)] * 9 + [("2025-01-05", 725, 525)] * 4)
        half, once, twice = self.sensitivity()
        self.assertEqual([r["bandwidth_m"] for r in (half, once, twice)], ["100", "200", "400"])
        # The cell itself and its four neighbours tie for the second to the fifth: five cells.
        for row in (half, once, twice):
            self.assertEqual((row["area_km2"], row["incidents"]), ("0.0125", "9"))
            self.assertAlmostEqual(float(row["share"]), 9 / 13)
            self.assertEqual(row["overlap"], "1")
        self.assertAlmostEqual(float(half["peak_per_km2"]), 9e6 * quartic(0, 100), 6)

    # ---- the plan ----

    def test_explained_and_not_done(self):
        arguments = self.arguments(self.scattered(), "--bandwidth", "auto", "--kde-edge", "diggle")
        done = self.succeeds(*arguments, "--explain")
        for said in ("280 read = 280 accepted + 0 rejected", "EPSG:27700", "Chosen by the next month",
                     "ArcGIS", "Scott", "Berman and Diggle", "of which 400 in the study area", "MiB",
                     "would be made new", "density_edge.tif", "Nothing was written."):
            self.assertIn(said, done.stdout)
        self.assertFalse(os.path.exists(self.path("out")))
        self.succeeds(*arguments)
        chosen = self.chosen()
        plan = json.loads(self.succeeds(*arguments, "--explain", "--json").stdout)["plan"]
        self.assertEqual((plan["bandwidth"]["metres"], plan["bandwidth"]["why"]), (chosen["metres"], chosen["why"]))
        self.assertEqual(plan["frame"]["cells_inside"], 400)
        self.assertEqual(plan["output"]["replaced_files"], len(hot.tree(self.path("out"))))
        self.assertIsNone(plan["output"]["refused"])
        before = hot.tree(self.path("out"))
        self.write("out/mine.txt", "mine")
        self.assertIn("It would be refused: ", self.succeeds(*arguments, "--explain").stdout)
        os.remove(self.path("out/mine.txt"))
        self.assertEqual(hot.tree(self.path("out")), before)

    def test_explained_files_are_those_made(self):
        arguments = self.arguments(self.scattered(), "--kde-adaptive", "yes", "--kde-half-life", "2",
                                   "--gistar-grid", "yes", "--freeze", "spring")
        arguments[arguments.index("none")] = "all"
        plan = json.loads(self.succeeds(*arguments, "--explain", "--json").stdout)["plan"]
        self.succeeds(*arguments)
        made = {n.split("/")[0] + ("/" if "/" in n else "") for n in hot.tree(self.path("out"))}
        self.assertEqual(set(plan["output"]["files"]), {n for n in made if not n.endswith((".qml", ".hotbeat"))})
        self.assertEqual(plan["output"]["page_maps"], len(glob.glob(self.path("out/maps/*.png"))))

    def test_explained_of_other_commands(self):
        log = self.log(self.scattered())
        done = self.succeeds("repeats", log, "--profile", "internal", "--explain")
        self.assertIn("not said where", done.stdout)
        self.assertNotIn("Density", done.stdout)
        self.fails(2, ["Who is the output for?"], "kde", log, "--explain")
        self.assertIn("made new", self.succeeds("sample", self.path("town"), "--explain").stdout)
        self.assertFalse(os.path.exists(self.path("town")))

    def test_wiltshire(self):
        files = sorted(glob.glob(os.path.join(hot.DATA, "police_uk/wiltshire/2025-0[1-6]*.csv")))
        gpkg = os.path.join(hot.DATA, "boundaries/wiltshire_force_bng.gpkg")
        if not hot.DATA or not files:
            self.skipTest("the shared data is not here (HOTBEAT_DATA)")
        done = self.succeeds("kde", *files, "--areas", f"ward={gpkg}:wards_2025", "--type", hot.ASB,
                             "--cell", "100m", "--bandwidth", "auto", "--explain", "--json")
        plan = json.loads(done.stdout)["plan"]["bandwidth"]
        self.assertEqual([t[0] for t in plan["tried"]], [250, 300, 400, 500, 600, 800, 1000, 1500, 2000])
        scores = [t[1] for t in plan["tried"]]
        self.assertEqual(plan["metres"], plan["tried"][scores.index(max(scores))][0])
        self.assertGreater(max(scores), 1500)  # of some 2,700 from April to June


if __name__ == "__main__":
    hot.main()
