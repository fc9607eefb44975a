#!/usr/bin/env python3
"""How few places, cells, areas and persons have most of the incidents: known answers, and where there
is little to say it of."""
import glob
import json
import math
import os

import hot
from hot import ASB

BNG = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}


def square(code, east):
    ring = [[400000 + 1000 * (east + x), 250000 + 1000 * y]
            for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
    return {"type": "Feature", "properties": {"code": code, "name": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}


def beyond_chance(gini, units, incidents):
    """The formula of the methods, its baseline by the vertices of a Poisson's Lorenz curve."""
    mean, area = incidents / units, 0
    p, tail = math.exp(-mean), 1.0  # of k = 0; P(K >= k)
    curve = [(1.0, 1.0)]
    for k in range(60):
        curve.append((tail - p, tail))
        tail, p = tail - p, p * mean / (k + 1)
    curve.append((0.0, 0.0))
    for (x1, y1), (x0, y0) in zip(curve, curve[1:]):
        area += (x1 - x0) * (y1 + y0) / 2
    most = 1 - 1 / (2 * (units + 1))
    return ((1 + gini) / 2 - area) / (most - area)


class Concentration(hot.Scratch):
    def towns(self, *codes):
        features = [square(c, k) for k, c in enumerate(codes)]
        return self.write("towns.geojson", json.dumps(
            {"type": "FeatureCollection", "crs": BNG, "features": features}))

    def analyse(self, rows, *more, header="date,easting,northing", codes="ABCD"):
        log = self.write("log.csv", "\n".join([header, *rows]) + "\n")
        self.succeeds("run", log, "--areas", "town=" + self.towns(*codes), "--profile", "internal",
                      "--maps", "none", "--cell", "100m", "--overwrite", "--out", self.path("out"),
                      *more)

    def rows(self, name, unit, **where):
        return [r for r in hot.table(self.path(f"out/tables/{name}.csv")) if r["unit"] == unit and
                all(r[k] == v for k, v in where.items())]

    def about(self, name):
        return hot.rows(self.path("out/hotbeat.gpkg"), "select description from gpkg_contents "
                        f"where table_name = '{name}'")[0]["description"]

    def test_three_towns(self):
        """52 of 82: 63 %, 53 to 73 % (Wilson)."""
        spread = [(30, 100), (14, 1100), (8, 2100), *[(1, 3000 + 30 * k) for k in range(1, 31)]]
        self.analyse([f"2025-01-0{k % 9 + 1},{400000 + x},250500" for n, x in spread
                      for k in range(n)], codes="ABCDEF")
        three, = self.rows("concentration_top", "place", k="3")
        self.assertEqual((three["incidents"], three["tied"]), ("52", "0"))
        self.assertAlmostEqual(float(three["share"]), 52 / 82)
        self.assertAlmostEqual(float(three["low"]), 0.526, 3)
        self.assertAlmostEqual(float(three["high"]), 0.730, 3)
        self.assertEqual(three["sentence"], "3 of 33 places account for 52 of 82 incidents: 63% "
                         "(95% limits 53 to 73%).")
        five, = self.rows("concentration_top", "place", k="5")
        self.assertEqual((five["incidents"], five["tied"]), ("54", "28"))
        self.assertIn("28 more have as many as the last of these", five["sentence"])
        towns = self.rows("concentration", "town")
        self.assertEqual([(r["share_pct"], r["units_needed"], r["units"]) for r in towns],
                         [("25", "1", "6"), ("50", "2", "6"), ("80", "3", "6")])
        self.assertEqual({r["units_with"] for r in towns}, {"4"})
        # 30 30 14 8 0 0 over six towns: G = (2i - 7) x / (6 * 82), by hand.
        gini = (-5 * 0 - 3 * 0 - 1 * 8 + 1 * 14 + 3 * 30 + 5 * 30) / (6 * 82)
        self.assertAlmostEqual(float(towns[0]["gini"]), gini)
        self.assertAlmostEqual(float(towns[0]["gini_adjusted"]), gini)
        self.assertAlmostEqual(float(towns[0]["gini_unbiased"]), gini * 6 / 5)
        self.assertIn("2 of 6 towns (33%) hold at least 50% of 82 incidents.",
                      self.about("concentration"))

    def test_cells_without_an_incident_count(self):
        """Four towns of 16 cells of 250 m; the places' own baseline is not known."""
        self.analyse([f"2025-01-02,{400100 + 500 * k},250100" for k in range(3)])
        cell = self.rows("concentration", "cell_250m")[0]
        self.assertEqual((cell["units"], cell["units_with"], cell["incidents"]), ("64", "3", "3"))
        self.assertAlmostEqual(float(cell["gini"]), 61 / 64)
        self.assertAlmostEqual(float(cell["gini_adjusted"]), 0)  # as even as three can be
        self.assertAlmostEqual(float(cell["gini_poisson"]), beyond_chance(61 / 64, 64, 3), 9)
        place = self.rows("concentration", "place")[0]
        self.assertEqual((place["units"], place["gini_poisson"]), ("3", ""))

    def test_four_of_twenty_people(self):
        reports = [20, 12, 9, 7, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2, 1, 1, 1, 1, 1, 1]
        self.analyse([f"2025-01-{k + 1:02},400500,250500,V{v}" for v, n in enumerate(reports)
                      for k in range(n)] + ["2025-02-01,400500,250500,"] * 7,
                     header="date,easting,northing,victim_id")
        four = hot.table(self.path("out/tables/concentration_top.csv"))
        four = [r for r in four if r["unit"] == "person"]
        self.assertEqual([r["incidents"] for r in four],
                         ["20", "32", "41", "48", "53", "76", "93"])
        self.assertEqual(four[3]["sentence"], "4 of 20 people account for 48 of 93 incidents: 52% "
                         "(95% limits 42 to 62%).")
        shares = self.rows("concentration", "person")
        self.assertEqual([(r["units"], r["incidents"], r["units_needed"]) for r in shares],
                         [("20", "93", "2"), ("20", "93", "4"), ("20", "93", "10")])
        self.assertEqual(shares[1]["sentence"],
                         "4 of 20 people (20%) hold at least 50% of 93 incidents.")
        self.assertIn("7 more have no key.", self.about("concentration"))

    def test_a_case_is_no_person(self):
        self.analyse(["2025-01-02,400500,250500,C1", "2025-01-03,400500,250500,C1"],
                     header="date,easting,northing,case_ref")
        self.assertEqual(self.rows("concentration", "case")[0]["units"], "1")
        self.assertEqual(self.rows("concentration", "person"), [])

    def test_none_one_and_one_area(self):
        self.analyse(["2025-01-02,500000,250500"])  # outside
        for row in hot.table(self.path("out/tables/concentration.csv")):
            self.assertEqual((row["incidents"], row["units_needed"], row["gini"],
                              row["gini_adjusted"], row["gini_poisson"]), ("0", "", "", "", ""))
            self.assertEqual(row["sentence"], "There was no incident.")
        self.assertEqual(hot.table(self.path("out/tables/concentration_top.csv")), [])
        self.assertEqual(hot.table(self.path("out/tables/lorenz.csv")), [])
        self.analyse(["2025-01-02,400500,250500"])
        top, = self.rows("concentration_top", "town")
        self.assertEqual((top["k"], top["incidents"], top["share"], top["high"]),
                         ("1", "1", "1", "1"))
        self.assertEqual(top["sentence"], "1 of 4 towns accounts for 1 of 1 incident: 100% (95% "
                         "limits 21 to 100%).")
        self.assertEqual({r["gini_unbiased"] for r in self.rows("concentration", "town")}, {""})
        self.analyse(["2025-01-02,400500,250500"] * 3, codes="A")
        row = self.rows("concentration", "town")[0]
        self.assertEqual((row["gini"], row["gini_unbiased"], row["gini_poisson"]), ("0", "", ""))

    def test_lorenz_by_units_and_by_people(self):
        """Counts 10 20 30 40, residents 1 4 3 2 thousand."""
        people = self.write("people.csv", "code,people\nA,1000\nB,4000\nC,3000\nD,2000\n")
        log = [f"2025-01-02,{400500 + 1000 * k},250500" for k in range(4)
               for _ in range(10 * (k + 1))]
        self.analyse(log, "--population", f"town={people}")
        by = {b: [(float(r["share_units"]), float(r["share_incidents"]))
                  for r in self.rows("lorenz", "town", by=b)] for b in ("units", "people")}
        for got, expected in ((by["units"], [(0, 0), (.25, .4), (.5, .7), (.75, .9), (1, 1)]),
                              (by["people"], [(0, 0), (.2, .4), (.5, .7), (.6, .8), (1, 1)])):
            self.assertEqual(len(got), len(expected))
            for g, e in zip(got, expected):
                self.assertAlmostEqual(g[0], e[0])
                self.assertAlmostEqual(g[1], e[1])
        self.write("people.csv", "code,people\nA,1000\nB,*\nC,3000\nD,2000\n")
        self.analyse(log, "--population", f"town={people}")
        self.assertEqual(self.rows("lorenz", "town", by="people"), [])

    def test_alone_and_without_areas(self):
        """No study area, so that cells without an incident are not known."""
        log = self.write("log.csv", "date,easting,northing\n" + "".join(
            f"2025-01-02,{400100 + x},250100\n" for x in (0, 0, 300, 5000)))
        self.succeeds("concentration", log, "--profile", "internal", "--out", self.path("out"))
        names = {n for n in os.listdir(self.path("out/tables"))}
        self.assertEqual(names, {"about.csv", "concentration.csv", "concentration_top.csv",
                                 "lorenz.csv"})
        for unit in ("place", "cell_250m"):
            row = self.rows("concentration", unit)[0]
            self.assertEqual((row["units"], row["incidents"], row["gini_poisson"]), ("3", "4", ""))

    def test_whatever_the_order_of_the_rows(self):
        log = [f"2025-01-0{k % 9 + 1},{400000 + 97 * k % 3900},{250000 + 31 * k % 900},V{k % 7}"
               for k in range(200)]
        header = "date,easting,northing,victim_id"
        self.analyse(log, header=header)
        names = ("concentration", "concentration_top", "lorenz", "case_reviews",
                 "repeat_intervals")
        before = {n: hot.table(self.path(f"out/tables/{n}.csv")) for n in names}
        self.analyse(log[::-1], "--threads", "1", header=header)
        for n in names:
            self.assertEqual(hot.table(self.path(f"out/tables/{n}.csv")), before[n], n)


class Wiltshire(hot.Scratch):
    def test_map_points_are_not_called_places(self):
        if not os.path.isdir(hot.DATA):
            self.skipTest("the shared data is not here (HOTBEAT_DATA)")
        boundaries = os.path.join(hot.DATA, "boundaries/wiltshire_force_bng.gpkg")
        self.succeeds("run", *glob.glob(os.path.join(hot.DATA, "police_uk/wiltshire/2025-*")),
                      "--areas", f"ward={boundaries}:wards_2025", "--type", ASB, "--maps", "none",
                      "--incidents", "no", "--grid", os.path.join(
                          hot.DATA, "geodesy/uk_os_OSTN15_NTv2_OSGBtoETRS.tif"), "--out",
                      self.path("out"))
        table = hot.table(self.path("out/tables/concentration.csv"))
        self.assertEqual({r["unit"] for r in table}, {"map_point", "cell_250m", "ward"})
        half = {r["unit"]: r for r in table if r["share_pct"] == "50"}
        wards = sorted((int(w["incidents"]) for w in
                        hot.table(self.path("out/tables/ward.csv"))), reverse=True)
        need = next(k for k in range(119) if 2 * sum(wards[:k]) >= sum(wards))
        self.assertEqual(int(half["ward"]["units_needed"]), need)
        n, total = len(wards), sum(wards)
        gini = sum((2 * i - n - 1) * x for i, x in enumerate(sorted(wards), 1)) / (n * total)
        self.assertAlmostEqual(float(half["ward"]["gini"]), gini, 12)
        # 3,485 km2 of Wiltshire and Swindon are about 55,800 cells.
        self.assertAlmostEqual(int(half["cell_250m"]["units"]), 55800, delta=600)
        self.assertLess(float(half["cell_250m"]["gini_adjusted"]), float(half["cell_250m"]["gini"]))
        self.assertGreater(float(half["cell_250m"]["gini_poisson"]), 0.3)
        lorenz = hot.table(self.path("out/tables/lorenz.csv"))
        for unit in half:
            self.assertLessEqual(sum(r["unit"] == unit for r in lorenz), 202)
        for name in ("case_reviews", "repeat_intervals"):
            self.assertEqual(hot.table(self.path(f"out/tables/{name}.csv")), [])
        repeats = hot.table(self.path("out/tables/repeats.csv"))
        self.assertEqual({r["case_review"] for r in repeats}, {""})
        spread = hot.table(self.path("out/tables/repeats_table.csv"))
        self.assertEqual({(r["share"], r["share_or_more"], r["low"], r["high"]) for r in spread},
                         {("", "", "", "")})


if __name__ == "__main__":
    hot.main()
