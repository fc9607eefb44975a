#!/usr/bin/env python3
"""Hotspots that are found: small inputs whose answers are known by hand."""
import glob
import json
import math
import os
import random
import sys

from osgeo import ogr

import hot
from hot import ASB

ogr.UseExceptions()
CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
DISC = 64 * 150 ** 2 * math.tan(math.pi / 64)  # of 64 sides about a circle of 150 m


def feature(kind, coordinates, **fields):
    return {"type": "Feature", "properties": fields,
            "geometry": {"type": kind, "coordinates": coordinates}}


def box(w, s, e, n, **fields):
    """Metres east and north of the wards' corner."""
    ring = [[w, s], [e, s], [e, n], [w, n], [w, s]]
    return feature("Polygon", [[[400000 + x, 250000 + y] for x, y in ring]], **fields)


WARDS = [box(0, 0, 1000, 1000, code="W1", name="West"),
         box(1000, 0, 2000, 1000, code="W2", name="East")]
HEAD = "easting,northing,date,type"


def at(x, y, n, date="2025-01", more="", type_=ASB):
    return [f"{400000 + x},{250000 + y},{date},{type_}{more}"] * n


SPOTS = at(300, 300, 10) + at(1500, 700, 6) + at(1500, 300, 3)


class Hotspots(hot.Scratch):
    def setUp(self):
        super().setUp()
        self.n = 0

    def polygons(self, name, features):
        return self.write(name, json.dumps({"type": "FeatureCollection", "features": features,
                                            "crs": CRS}))

    def arguments(self, rows, *more, head=HEAD, command="hotspots"):
        if "--hotspots-draws" not in more:  # two do for a test
            more = (*more, "--hotspots-draws", "2")
        return [command, self.write("in.csv", "\n".join([head, *rows]) + "\n"), "--areas",
                "ward=" + self.polygons("wards.geojson", WARDS), "--profile", "internal", *more]

    def find(self, rows, *more, maps="none", **kind):
        self.n += 1
        self.out = self.path(f"out{self.n}")
        self.said = self.succeeds(*self.arguments(rows, *more, **kind), "--maps", maps, "--out",
                                  self.out).stderr
        return self.table("hotspots")

    def table(self, name):
        return hot.table(os.path.join(self.out, f"tables/{name}.csv"))

    def about(self, layer="hotspots"):
        row, = hot.rows(os.path.join(self.out, "hotbeat.gpkg"),
                        f"select description d from gpkg_contents where table_name = '{layer}'")
        return row["d"]

    def refused(self, words, *more, rows=SPOTS, code=2):
        self.fails(code, words, *self.arguments(rows, *more), "--out", self.path("refused"))

    def counts(self, rows, *more, **kind):
        return [int(h["incidents"]) for h in self.find(rows, *more, **kind)]

    def shapes(self, layer="hotspots"):
        data = ogr.Open(os.path.join(self.out, "hotbeat.gpkg"))
        return {f["hotspot_id"]: f.GetGeometryRef().Clone() for f in data.GetLayer(layer)}

    # ---- what is found ----

    def test_the_places_with_most(self):
        first, second = self.find(SPOTS, "--hotspots-count", "2")
        columns = ("hotspot_id", "rank", "incidents", "ward_code", "months", "top_type", "previous",
                   "units", "ties", "neighbours", "peak_window", "name")
        self.assertEqual([first[c] for c in columns],
                         ["H01", "1", "10", "W1", "1", ASB, "", "1", "0", "", "", "Near West"])
        self.assertEqual([second[c] for c in columns[:4]], ["H02", "2", "6", "W2"])
        for row, share, running, area in ((first, 10, 10, 1), (second, 6, 16, 2)):
            self.assertAlmostEqual(float(row["share"]), share / 19)
            self.assertAlmostEqual(float(row["cumulative_share"]), running / 19)
            self.assertAlmostEqual(float(row["area_m2"]), DISC, 1)
            self.assertAlmostEqual(float(row["cumulative_area_share"]), area * DISC / 2e6, 8)
        self.assertIn("2 discs in 2 places hold 16 of 19 incidents, 84%, on 7.07% of the study area. "
                      "They were chosen because they were high: expect fewer", self.about())
        self.assertEqual({w["code"]: w["hotspot_incidents"] for w in self.table("ward")},
                         {"W1": "10", "W2": "6"})

    def test_what_is_drawn_is_what_is_counted(self):
        draw = random.Random(1)
        rows = [at(round(draw.uniform(0, 1999), 1), round(draw.uniform(0, 999), 1), 1)[0]
                for _ in range(600)]
        found = self.find(rows, "--hotspots-count", "8", "--hotspots-radius", "100m")
        shapes, points = self.shapes(), [tuple(map(float, r.split(",")[:2])) for r in rows]
        for h in found:
            polygon = shapes[h["hotspot_id"]]
            inside = sum(polygon.Contains(ogr.CreateGeometryFromWkt("POINT (%r %r)" % p))
                         for p in points)
            self.assertEqual(inside, int(h["incidents"]))
            self.assertAlmostEqual(polygon.GetArea(), float(h["area_m2"]), 3)
        self.assertEqual(sorted(int(h["incidents"]) for h in found)[::-1],
                         [int(h["incidents"]) for h in found])

    def test_no_hotspot_reaches_out_of_the_study_area(self):
        found, = self.find(at(40, 500, 5) + at(80, 500, 2), "--hotspots-count", "1")
        shape = self.shapes()["H01"]
        west, east, south, north = shape.GetEnvelope()
        self.assertEqual((west, found["incidents"]), (400000, "7"))
        self.assertLess(float(found["area_m2"]), 0.9 * DISC)
        # Across a border within the area there is no seam.
        self.find(at(1000, 500, 5), "--hotspots-count", "1")
        shape = self.shapes()["H01"]
        self.assertEqual(shape.GetGeometryRef(0).GetGeometryRef(0).GetPointCount(), 65)
        self.assertEqual(shape.GetGeometryCount(), 1)

    def test_discs_that_touch_are_one_place(self):
        rows = at(300, 300, 6) + at(400, 300, 5) + at(500, 300, 5) + at(600, 300, 4) + \
            at(1500, 500, 3)
        found = self.find(rows, "--hotspots-count", "3", "--hotspots-radius", "110m")
        self.assertEqual([(h["incidents"], h["units"]) for h in found], [("20", "2"), ("3", "1")])
        self.assertIn("3 discs in 2 places hold 23 of 23", self.about())
        apart = self.find(rows, "--hotspots-count", "3", "--hotspots-radius", "110m",
                          "--hotspots-spacing", "700m")
        self.assertEqual([h["incidents"] for h in apart], ["16", "3"])
        self.assertIn("3 were asked for: no other disc that is allowed holds 1 more incident.",
                      self.about())

    def test_recent_incidents_come_first(self):
        rows = at(300, 300, 5, "2025-01") + at(1500, 300, 3, "2025-12")
        one = ["--hotspots-count", "1"]
        self.assertEqual(self.counts(rows, *one), [3])
        weight = float(self.table("hotspots")[0]["weight"])
        self.assertEqual(weight, 3)
        self.assertEqual(self.counts(rows, *one, "--hotspots-half-life", "0"), [5])
        both = self.find(rows, "--hotspots-count", "2")
        self.assertAlmostEqual(float(both[0]["weight"]), 5 * .5 ** (11 / 6), 6)
        self.assertIn("an incident counting half as much every 6 months back", self.about())

    def test_budget_of_area(self):
        share = f"{100 * 1.01 * DISC / 2e6:.4f}%"
        self.assertEqual(self.counts(SPOTS, "--hotspots-area", share), [10])
        far = at(300, 300, 10) + at(1000, 300, 6) + at(1700, 300, 3)
        self.assertEqual(self.counts(far, "--hotspots-area", "50%"), [10, 6, 3])
        self.assertEqual(self.counts(far, "--hotspots-area", "50%", "--hotspots-count", "2"),
                         [10, 6])
        # Discs in pieces: the area of the whole, as it is drawn, never goes beyond the budget.
        draw = random.Random(2)
        rows = [at(round(draw.uniform(0, 1999)), round(draw.uniform(0, 999)), 1)[0]
                for _ in range(400)]
        for of in ("4%", "11%", "40%"):
            last = self.find(rows, "--hotspots-area", of)
            most = max(float(h["cumulative_area_share"]) for h in last)
            self.assertLessEqual(most, float(of[:-1]) / 100 + 1e-12)
            self.assertGreater(most, float(of[:-1]) / 100 - DISC / 2e6)

    def test_shares_by_area_minimum_and_weights(self):
        rows = at(300, 300, 10) + at(700, 700, 8) + at(1500, 300, 3)
        self.assertEqual(self.counts(rows, "--hotspots-per", "ward:1"), [10, 3])
        self.assertEqual(self.counts(rows, "--hotspots-minimum", "8"), [10, 8])
        heavy = at(300, 300, 4) + at(1500, 300, 2, type_="Robbery")
        weights = self.write("w.csv", f"type,weight\n{ASB},1\nRobbery,5\n")
        found, = self.find(heavy, "--hotspots-count", "1", "--weights", weights)
        self.assertEqual((found["incidents"], found["weight"], found["weighted"]), ("2", "10", "10"))
        self.assertIn("hold most weight", self.about())

    def test_hexagons(self):
        found, = self.find(at(300, 300, 5), "--hotspots-shape", "hexagon", "--hotspots-count", "1",
                           "--hotspots-side", "100m")
        self.assertAlmostEqual(float(found["area_m2"]), 1.5 * math.sqrt(3) * 100 ** 2, 0)
        self.assertEqual(found["incidents"], "5")
        self.assertIn("Hexagons of 100 m a side", self.about())

    STREETS = [feature("LineString", [[400100, 250300], [400500, 250300]], name="Mill Lane"),
               feature("LineString", [[401500, 250100], [401500, 250900]], name="Long Road"),
               feature("LineString", [[400100, 250800], [400200, 250800]], name="")]

    def test_streets(self):
        roads = "roads=" + self.polygons("roads.geojson", self.STREETS)
        first, second = self.find(at(300, 310, 5) + at(1510, 300, 3) + at(800, 800, 9), "--context",
                                  roads, "--hotspots-shape", "segment", "--hotspots-reach", "20m")
        self.assertEqual([(h["name"], h["incidents"]) for h in (first, second)],
                         [("Mill Lane", "5"), ("Long Road", "3")])
        self.assertEqual((first["stability"] != "", first["units"]), (True, "1"))
        self.assertAlmostEqual(float(first["area_m2"]), 400 * 40 + 16 * 400 * math.sin(math.pi / 16), 3)
        beside = "roads=" + self.polygons("roads.geojson", [  # neighbours both ways
            feature("LineString", [[400100, 250300], [400900, 250300]], name="Long"),
            feature("LineString", [[400480, 250500], [400520, 250500]], name="Short")])
        found = self.find(at(500, 300, 5) + at(500, 500, 3), "--context", beside,
                          "--hotspots-shape", "segment")
        self.assertEqual([h["neighbours"] for h in found], ["H02", "H01"])
        short = "roads=" + self.polygons("roads.geojson", [  # 20 m, and its round ends as much
            feature("LineString", [[400290, 250300], [400310, 250300]], name="Short")])
        self.assertEqual(self.find(at(300, 300, 5), "--context", short, "--hotspots-shape", "segment",
                                   "--hotspots-area", "0.1%"), [])

    def test_day_and_night(self):
        rows = at(300, 300, 5, "2025-01-02 10:00") + at(1500, 300, 3, "2025-01-02 23:00") + \
            at(700, 700, 4, "2025-01-02")
        self.find(rows, "--hotspots-by", "day-night", "--hotspots-count", "1")
        for layer, code, n in (("hotspots_day", "D01", "5"), ("hotspots_night", "N01", "3")):
            row, = self.table(layer)
            self.assertEqual((row["hotspot_id"], row["incidents"], row["share"]), (code, n, "1"))
        self.assertNotIn("told apart", self.said)
        self.find(rows, "--hotspots-by", "day-night", "--hotspots-exclude",
                  self.write("out.csv", "easting,northing\n400300,250300\n"))
        self.assertIn("None was found: --hotspots-exclude leaves out every incident.",
                      self.about("hotspots_day"))
        self.assertIn("Left out by --hotspots-exclude: 0 incidents.", self.about("hotspots_night"))
        self.find(SPOTS, "--hotspots-by", "day-night")
        self.assertIn("no incident has a time of day", self.said)
        self.assertFalse(os.path.exists(os.path.join(self.out, "tables/hotspots_day.csv")))

    def test_busiest_hours(self):
        rows = [at(300, 300, 1, f"2025-01-{d:02} {18 + d % 4}:30")[0] for d in range(1, 31)]
        found, = self.find(rows, "--hotspots-count", "1")
        self.assertEqual(found["peak_window"], "18:00 to 22:00")
        found, = self.find(rows[:29], "--hotspots-count", "1")
        self.assertEqual(found["peak_window"], "")

    def test_ties(self):
        rows = at(300, 300, 4) + at(1500, 300, 4) + at(1500, 700, 4)
        found, = self.find(rows, "--hotspots-count", "1")
        self.assertEqual((found["ties"], found["ward_code"]), ("2", "W1"))
        self.assertIn("2 others would have done as well as the disc chosen last", self.about())
        self.assertEqual([h["rank"] for h in self.find(rows)], ["1", "1", "1"])

    def test_kinds_neighbours_and_peak(self):
        kinds = self.write("kinds.csv", f"opening,closing,kind\n{ASB},,nuisance\nAbuse,,personal\n")
        rows = at(300, 300, 2, "2025-01-03") + at(300, 300, 5, "2025-01-04", type_="Abuse") + \
            at(720, 300, 3, "2025-01-05")
        first, second = self.find(rows, "--map-types", kinds, "--hotspots-count", "2",
                                  command="run")
        self.assertEqual((first["kinds"], second["kinds"]), ("personal 5, nuisance 2", "nuisance 3"))
        self.assertEqual((first["neighbours"], second["neighbours"]), ("H02", "H01"))
        self.assertGreater(float(first["peak_per_km2"]), float(second["peak_per_km2"]))
        self.assertEqual((first["repeat_places"], first["repeat_share"]), ("1", "1"))

    def test_persistence(self):
        counts = {f"2025-{m:02}": 6 for m in range(1, 7)}
        rows = [r for m, n in counts.items() for r in at(300, 300, n, m) + at(1500, 300, 1, m)]
        rows += at(300, 900, 30, "2025-06")
        steady, new = self.find(rows, "--hotspots-count", "2")
        self.assertEqual((steady["incidents"], steady["persistence"], steady["months"]),
                         ("36", "persistent", "6"))
        self.assertEqual((new["incidents"], new["persistence"], new["months_hot"]),
                         ("30", "new", "1"))
        self.assertEqual(self.find(SPOTS)[0]["persistence"], "")  # one month

    # ---- names ----

    def names(self, rows, column, *more):
        return [h["name"] for h in self.find(rows, *more, head=f"{HEAD},{column}")]

    def test_names_on_published_points(self):
        def near(x, y, n, where):
            return at(x, y, n, more=f",On or near {where}")
        rows = near(300, 300, 4, "Supermarket") + near(310, 300, 3, "Fore Street") + \
            near(320, 300, 2, "Market Place") + near(330, 300, 1, "Mill Lane") + \
            near(1500, 300, 6, "Parking Area") + near(1500, 800, 5, "FORE STREET") + \
            near(300, 800, 2, "Fore Street")
        self.assertEqual(self.names(rows, "location"),
                         ["Fore Street / Market Place", "Near East", "Fore Street (East)",
                          "Fore Street (West)"])
        self.assertIn("each hotspot is a group of map points", self.about())

    def test_a_name_is_no_address(self):
        rows = at(300, 300, 3, more=',"Flat 2, 14a High Street, Anytown"') + \
            at(310, 300, 2, more=',"16 High Street, Anytown"') + \
            at(320, 300, 9, more=',"Rose Cottage, Anytown"') + \
            at(330, 300, 8, more=',"3 Lone Lane"') + at(1500, 300, 2, more=",7 Old Road") + \
            at(1500, 800, 1, more=",")
        # Of one address alone a street would tell it; a house's name is no street.
        self.assertEqual(self.names(rows, "address"), ["High Street", "Near East (H02)",
                                                       "Near East (H03)"])
        roads = "roads=" + self.polygons("roads.geojson", self.STREETS)
        named = self.names(rows, "address", "--context", roads)
        self.assertEqual(named, ["High Street", "Long Road (H02)", "Long Road (H03)"])

    def test_names_are_inert(self):
        rows = at(300, 300, 2, more=',"=cmd() <b>Big</b>\x1b[31m Street"')
        name, = self.names(rows, "location")
        self.assertNotIn("\x1b", name)
        self.assertFalse(name.startswith("="))

    # ---- left out ----

    def test_excluded_places(self):
        def exclude(name, text):
            return ["--hotspots-count", "2", "--hotspots-exclude", self.write(name, text)]
        station = "easting,northing\n400300,250300\n"
        self.assertEqual(self.counts(SPOTS, *exclude("points.csv", station)), [6, 3])
        self.assertIn("Left out by --hotspots-exclude: 10 incidents.", self.about())
        # A hotspot over an excluded place does not count it, nor cover it.
        near = SPOTS + at(340, 300, 4)
        self.assertEqual(self.counts(near, *exclude("points.csv", station)), [6, 4])
        point = ogr.CreateGeometryFromWkt("POINT (400300 250300)")
        self.assertFalse(any(s.Contains(point) for s in self.shapes().values()))
        area = self.polygons("out.geojson", [box(200, 200, 335, 400)])
        found = self.find(near, "--hotspots-count", "2", "--hotspots-exclude", area)
        self.assertEqual([h["incidents"] for h in found], ["6", "4"])
        self.assertLess(float(found[1]["area_m2"]), 0.9 * DISC)
        keyed = [r + ",100" if r.startswith("400300") else r + ",200" for r in SPOTS]
        self.assertEqual(self.counts(keyed, *exclude("u.txt", "100\n"), head=HEAD + ",uprn"), [6, 3])
        keyed += at(300.3, 300, 9, more=",300")  # the flat next door is not left out
        self.assertEqual(self.counts(keyed, *exclude("u.txt", "100\n"), head=HEAD + ",uprn"), [9, 6])

    def test_exclusions_that_cover_everything(self):
        area = self.polygons("all.geojson", [box(-10, -10, 2010, 1010)])
        self.assertEqual(self.find(SPOTS, "--hotspots-exclude", area), [])
        self.assertIn("--hotspots-exclude leaves out every incident", self.about())
        self.assertIn("No hotspot was found", self.said)
        self.assertEqual({w["hotspot_incidents"] for w in self.table("ward")}, {"0"})

    # ---- little to look at ----

    def test_fewer_than_asked_and_one_place(self):
        self.assertEqual(self.counts(SPOTS), [10, 6, 3])
        self.assertIn("20 were asked for: no other disc that is allowed holds 1 more incident.",
                      self.about())
        one, = self.find(at(300, 300, 1))
        self.assertEqual((one["incidents"], one["share"], one["stability"] != ""), ("1", "1", True))
        self.assertEqual(self.find(SPOTS, "--hotspots-minimum", "11"), [])
        self.assertIn("no disc holds 11 incidents", self.about())
        self.assertEqual(self.find(SPOTS, "--hotspots-area", "1%"), [])  # a disc has 3.5%
        self.assertIn("None was found: one disc covers more than --hotspots-area 1% allows",
                      self.about())

    def test_no_incident(self):
        rows = at(300, 300, 2, "2025-01") + at(300, 300, 2, "2025-02", type_="Robbery")
        self.assertEqual(self.find(rows, "--type", ASB, "--from", "2025-02", "--to", "2025-02"), [])
        self.assertIn("there is no incident to look at", self.about())

    def test_none_wanted(self):
        self.n += 1
        out = self.path("none")
        self.succeeds(*self.arguments(SPOTS, "--hotspots-count", "0"), "--out", out)
        self.assertFalse(os.path.exists(os.path.join(out, "tables/hotspots.csv")))
        ward = hot.table(os.path.join(out, "tables/ward.csv"))
        self.assertEqual({w["hotspot_incidents"] for w in ward}, {""})

    def test_without_areas(self):
        out = self.path("bare")
        self.succeeds("hotspots", self.write("in.csv", "\n".join([HEAD, *SPOTS]) + "\n"),
                      "--profile", "internal", "--out", out)
        rows = hot.table(os.path.join(out, "tables/hotspots.csv"))
        self.assertEqual([(r["incidents"], r["cumulative_area_share"], r["months_hot"], r["name"])
                          for r in rows], [("10", "", "", "Hotspot H01"), ("6", "", "", "Hotspot H02"),
                                           ("3", "", "", "Hotspot H03")])
        self.fails(2, ["--hotspots-area", "study area"], "hotspots", self.path("in.csv"),
                   "--profile", "internal", "--hotspots-area", "1%", "--out", self.path("x"))

    def test_what_cannot_be_asked(self):
        for words, *more in (
                (["--hotspots-radius 0m"], "--hotspots-radius", "0m"),
                (["--hotspots-side"], "--hotspots-shape", "hexagon", "--hotspots-side", "0.5m"),
                (["--hotspots-shape"], "--hotspots-shape", "square"),
                (["--hotspots-area 0%"], "--hotspots-area", "0%"),
                (["--hotspots-area"], "--hotspots-area", "lots"),
                (["--hotspots-count"], "--hotspots-count", "-1"),
                (["--hotspots-per csp:1", "ward:1"], "--hotspots-per", "csp:1"),
                (["--hotspots-per ward:0"], "--hotspots-per", "ward:0"),
                (["--hotspots-per ward"], "--hotspots-per", "ward"),
                (["--hotspots-draws 1001"], "--hotspots-draws", "1001"),
                (["--context roads=FILE"], "--hotspots-shape", "segment"),
                (["--hotspots-spacing"], "--hotspots-spacing", "near")):
            self.refused(words, *more)
        self.refused(["nowhere.csv"], "--hotspots-exclude", self.path("nowhere.csv"), code=1)

    # ---- the same, kept, and drawn ----

    def test_rows_and_threads_change_nothing(self):
        draw = random.Random(3)
        rows = [at(round(draw.uniform(0, 1999)), round(draw.uniform(0, 999)), 1,
                   f"2025-{draw.randint(1, 9):02}", f",{draw.choice('ABCDE')} Street")[0]
                for _ in range(500)]
        one = self.find(rows, "--threads", "1", head=HEAD + ",location")
        draw.shuffle(rows)
        self.assertEqual(one, self.find(rows, "--threads", "2", head=HEAD + ",location"))

    def test_frozen_found_ones_count_the_same(self):
        draw = random.Random(4)
        rows = [at(round(draw.gauss(900, 300), 1), round(draw.gauss(500, 150), 1), 1)[0]
                for _ in range(400)]
        station = self.write("x.csv", "easting,northing\n400900,250500\n")
        rows += at(900, 500, 40)
        found = self.find(rows, "--hotspots-count", "6", "--hotspots-radius", "80m", "--freeze",
                          "first", "--hotspots-exclude", station)
        frozen = os.path.join(self.out, "frozen/first.gpkg")
        again = self.find(rows, "--hotspots", frozen, "--hotspots-count", "2")
        same = ("hotspot_id", "name", "rank", "incidents", "share", "area_m2", "ward_code")
        self.assertEqual([[h[c] for c in same] for h in found], [[h[c] for c in same] for h in again])
        self.assertEqual({h["valid_from"] for h in again}, {"2025-02-01"})
        beside = self.table("hotspots_found")
        self.assertTrue(beside and all(h["hotspot_id"].startswith("F") for h in beside))
        self.assertEqual({h["previous"] for h in found + beside}, {""})

    def test_pages(self):
        rows = [r for x in range(12) for r in at(150 + 150 * x, 300 + 40 * (x % 3), 9 + x)]
        self.find(rows, "--hotspots-radius", "40m", maps="all", command="run")
        drawn = {os.path.basename(p) for p in glob.glob(os.path.join(self.out, "maps/*.png"))}
        self.assertEqual(drawn, {"overview.png", "heat.png", "ward-W1.png", "ward-W2.png"})
        again = self.path("again")
        self.succeeds("map", os.path.join(self.out, "hotbeat.gpkg"), "--out", again)
        with open(os.path.join(self.out, "maps/overview.png"), "rb") as first, \
                open(glob.glob(os.path.join(again, "**/overview.png"), recursive=True)[0],
                     "rb") as second:
            with_spots = first.read()
            self.assertEqual(with_spots, second.read())
        self.succeeds(*self.arguments(rows, "--hotspots-count", "0", command="run"), "--maps",
                      "overview", "--out", self.path("bare"))
        with open(self.path("bare/maps/overview.png"), "rb") as f:
            self.assertNotEqual(with_spots, f.read())


class Wiltshire(hot.Scratch):
    def test_wiltshire(self):
        """Counts against GEOS; names are streets."""
        files = sorted(glob.glob(os.path.join(hot.DATA, "police_uk/wiltshire/2025-*")))
        wards = os.path.join(hot.DATA, "boundaries/wiltshire_force_bng.gpkg")
        if not hot.DATA or not files:
            print("skipped: no shared data", file=sys.stderr)
            return
        out = self.path("out")
        self.succeeds("hotspots", *files, "--areas", f"ward={wards}:wards_2025", "--type", ASB,
                      "--maps", "none", "--hotspots-draws", "2", "--out", out)
        found = hot.table(os.path.join(out, "tables/hotspots.csv"))
        self.assertEqual(sum(int(h["units"]) for h in found), 20)
        data = ogr.Open(os.path.join(out, "hotbeat.gpkg"))
        points = [f.GetGeometryRef().Clone() for f in data.GetLayer("incidents")] \
            if data.GetLayer("incidents") else []
        for f in data.GetLayer("hotspots"):
            polygon = f.GetGeometryRef()
            self.assertTrue(polygon.IsValid())
            if points:
                self.assertEqual(sum(polygon.Contains(p) for p in points), f["incidents"])
        names = [h["name"] for h in found]
        self.assertEqual(len(set(names)), len(names))
        for name in names:
            self.assertNotRegex(name, r"On or near|\d|Supermarket|Parking")


if __name__ == "__main__":
    hot.main()
