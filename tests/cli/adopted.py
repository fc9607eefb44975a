#!/usr/bin/env python3
"""Hotspots that a team has adopted: small inputs whose answers are counted by hand."""
import glob
import json
import math
import os

import hot
from hot import ASB

CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}


def ring(w, s, e, n):
    return [[w, s], [e, s], [e, n], [w, n], [w, s]]


def box(w, s, e, n, **fields):
    """Metres east and north of the wards' corner."""
    at = (400000 + w, 250000 + s, 400000 + e, 250000 + n)
    return {"type": "Feature", "properties": fields,
            "geometry": {"type": "Polygon", "coordinates": [ring(*at)]}}


def every_month(first, last):
    at, end = (int(t[:4]) * 12 + int(t[5:]) - 1 for t in (first, last))
    return [f"{m // 12:04}-{m % 12 + 1:02}" for m in range(at, end + 1)]


WARDS = [box(0, 0, 1000, 1000, code="W1", name="West"),
         box(1000, 0, 2000, 1000, code="W2", name="East")]
MARKET = box(200, 200, 400, 400, code="H1", name="Market Place", valid_from="2024-01-01")
STATION = box(1200, 200, 1400, 400, code="H2", name="Station Road", valid_from="2025-02-01")

# In the market 300, 300; round it 450, 300; in the ward 800, 800; in the station 1300, 300, on its
# ring 1450, 450 (71 m from its corner); in the other ward 1800, 800.
SPOTS = {"market": (300, 300), "round": (450, 300), "west": (800, 800), "station": (1300, 300),
         "corner": (1450, 450), "east": (1800, 800)}


class Adopted(hot.Scratch):
    def setUp(self):
        super().setUp()
        self.n = 0

    def polygons(self, name, features, crs=CRS):
        return self.write(name, json.dumps({"type": "FeatureCollection", "features": features,
                                            "crs": crs}))

    def incidents(self, counts, rows=()):
        """So many at each spot in each month, all in one file."""
        lines = [f"{400000 + SPOTS[spot][0]},{250000 + SPOTS[spot][1]},{month},{ASB}"
                 for (spot, month), n in counts.items() for _ in range(n)]
        return self.write("in.csv", "\n".join(["easting,northing,date,type", *lines, *rows]) + "\n")

    def arguments(self, incidents, hotspots, *more):
        return ["run", incidents, "--areas", "ward=" + self.polygons("wards.geojson", WARDS),
                "--hotspots", hotspots, "--profile", "internal", "--maps", "none", *more]

    def adopt(self, counts, hotspots, *more, rows=()):
        if isinstance(hotspots, list):
            hotspots = self.polygons("hotspots.geojson", hotspots)
        self.n += 1
        self.out = self.path(f"out{self.n}")
        self.said = self.succeeds(*self.arguments(self.incidents(counts, rows), hotspots, *more),
                                  "--out", self.out).stderr
        return {r["hotspot_id"]: r for r in self.table("hotspots")}

    def table(self, name):
        return hot.table(os.path.join(self.out, f"tables/{name}.csv"))

    def monitored(self, hotspot, period):
        row, = [r for r in self.table("hotspot_monitoring")
                if r["hotspot_id"] == hotspot and r["period"] == period]
        return row

    def about(self, layer="hotspots"):
        row, = hot.rows(os.path.join(self.out, "hotbeat.gpkg"),
                        f"select description d from gpkg_contents where table_name = '{layer}'")
        return row["d"]

    # ---- what is inside ----

    YEAR = {("market", "2025-01"): 4, ("market", "2025-02"): 2, ("station", "2025-01"): 3,
            ("round", "2025-01"): 5, ("corner", "2025-02"): 2, ("west", "2025-01"): 7,
            ("east", "2025-02"): 1}

    def test_counts_shares_and_places(self):
        found = self.adopt(self.YEAR, [MARKET, STATION])
        market, station = found["H1"], found["H2"]
        self.assertEqual([market[c] for c in ("name", "rank", "incidents", "area_m2", "ward_code",
                                              "beat_code", "top_type", "months", "stability",
                                              "previous", "valid_from", "also_inside")],
                         ["Market Place", "1", "6", "40000", "W1", "", ASB, "2", "", "",
                          "2024-01-01", "0"])
        self.assertEqual((station["rank"], station["incidents"], station["ward_code"]),
                         ("2", "3", "W2"))
        for row, share, running, area in ((market, 6 / 24, 6 / 24, .02),
                                          (station, 3 / 24, 9 / 24, .04)):
            self.assertAlmostEqual(float(row["share"]), share)
            self.assertAlmostEqual(float(row["cumulative_share"]), running)
            self.assertAlmostEqual(float(row["cumulative_area_share"]), area)
        self.assertIn("2 hotspots from hotspots.geojson hold 9 of 24 incidents, 38%, on 4.00% of the "
                      "study area.", self.about())
        wards = {w["code"]: w["hotspot_incidents"] for w in self.table("ward")}
        self.assertEqual(wards, {"W1": "6", "W2": "3"})
        self.assertNotIn("lie in none", self.said)

    def test_every_table_by_area_holds_them(self):
        rows = [f"400300,250300,2025-03-{d:02} 21:30,{ASB}" for d in range(1, 31)]
        found = self.adopt(self.YEAR, [MARKET, STATION], "--source",
                           "police=" + self.write("p.csv", "easting,northing,date,type\n"
                                                  f"401300,250300,2025-03-02,{ASB}\n"), rows=rows)
        self.assertEqual(found["H1"]["incidents"], "36")
        for table, column in (("temporal", "incidents"), ("shifts", "incidents"),
                              ("months", "incidents"), ("sources", "incidents"),
                              ("years", "incidents")):
            of = [r for r in self.table(table) if r["area_set"] == "hotspot"]
            self.assertIn("H1", {r["area_code"] for r in of}, table)
        months = {(r["area_code"], r["month"]): r["incidents"] for r in self.table("months")
                  if r["area_set"] == "hotspot"}
        self.assertEqual((months["H1", "2025-01"], months["H2", "2025-02"]), ("4", "0"))
        window, = [r["window"] for r in self.table("peaks") if r["area_code"] == "H1"]
        self.assertEqual(found["H1"]["peak_window"], window)
        self.assertEqual(found["H2"]["peak_window"], "")
        self.assertEqual({r["hotspot_code"] for r in self.table("repeats")}, {"H1", "H2", ""})
        named = hot.manifest(self.out)["areas"]["hotspot"]
        self.assertEqual((named["source"], named["areas"]), ("hotspots.geojson", 2))
        # An even spread has to be over everything, and so has what a page is about.
        self.assertEqual({r["area_set"] for r in self.table("trend_classes")}, {"ward"})
        words = {r["key"]: r["value"] for r in hot.rows(os.path.join(self.out, "hotbeat.gpkg"),
                                                        "select key, value from run_metadata")}
        self.assertEqual(words["area_sets"], "ward")

    def test_months_hot(self):
        counts = {("market", m): 6 for m in every_month("2025-01", "2025-05")}
        counts |= {("east", m): 2 for m in every_month("2025-01", "2025-06")}
        found = self.adopt(counts, [MARKET, STATION])
        self.assertEqual([(found[h]["months_hot"], found[h]["months"]) for h in ("H1", "H2")],
                         [("5", "6"), ("0", "6")])

    def test_the_middle_of_a_hotspot_is_no_coarse_position(self):
        rows = [f"400300,250300,2025-01-{d:02} 21:30,{ASB}" for d in range(1, 13)]
        found = self.adopt({}, [MARKET], rows=rows)
        self.assertEqual((found["H1"]["incidents"], found["H1"]["repeat_incidents"]), ("12", "12"))
        self.assertNotIn("coarse", self.said)
        self.adopt({}, [MARKET], rows=[r.replace("400300,250300", "400500,250500") for r in rows])
        self.assertIn("coarse", self.said)  # the middle of a ward

    def test_weights_and_joined_names(self):
        weights = self.write("w.csv", f"type,weight\n{ASB},2.5\n")
        found = self.adopt(self.YEAR, [MARKET, STATION], "--weights", weights)
        self.assertEqual(float(found["H1"]["weighted"]), 15)

    # ---- the monthly return ----

    def test_monitoring_by_month_and_quarter(self):
        self.adopt({**self.YEAR, ("market", "2024-01"): 10, ("round", "2024-01"): 1,
                    ("west", "2024-01"): 2, ("east", "2024-01"): 3, ("market", "2025-04"): 1},
                   [MARKET, STATION], "--from", "2025-01", "--to", "2025-04")
        zones = ("hotspot", "ring", "rest_of_ward", "rest_of_force")
        earlier = tuple(z + "_last_year" for z in zones)

        def seen(hotspot, period):
            row = self.monitored(hotspot, period)
            return ([row[z] for z in zones], [row[z] for z in earlier],
                    [row[c] for c in ("span", "financial", "months", "adopted", "adopted_last_year")])

        none = [""] * 4
        self.assertEqual(seen("H1", "2025-01"), (["4", "5", "7", "0"], ["10", "1", "2", "3"],
                                                 ["month", "2024-25", "1", "1", "1"]))
        self.assertEqual(seen("H2", "2025-01"), (["3", "0", "0", "7"], ["0", "0", "3", "2"],
                                                 ["month", "2024-25", "1", "0", "0"]))
        self.assertEqual(seen("H2", "2025-02"), (["0", "2", "1", "0"], none,
                                                 ["month", "2024-25", "1", "1", "0"]))
        # March has no data: empty, and the quarter is of two months.
        self.assertEqual(seen("H1", "2025-03"), (none, none, ["month", "2024-25", "0", "1", "1"]))
        self.assertEqual(seen("H1", "2025-Q1"), (["6", "5", "7", "1"], none,
                                                 ["quarter", "2024-25 Q4", "2", "1", "1"]))
        self.assertEqual(seen("H1", "2025-Q2"), (["1", "0", "0", "0"], none,
                                                 ["quarter", "2025-26 Q1", "1", "1", "1"]))
        self.assertEqual(seen("", "2025-Q1"), (["9", "7", "8", "0"], none,
                                               ["quarter", "2024-25 Q4", "2", "0", "0"]))
        self.assertEqual(len(self.table("hotspot_monitoring")), 3 * (4 + 2))
        self.assertIn("The ring reaches 100 m.", self.about("hotspot_monitoring"))

    def test_the_ring_reaches_as_far_as_said_and_is_shared(self):
        near = box(460, 200, 600, 400, code="H3", name="Near")  # 10 m from 450, 300
        self.adopt({("round", "2025-01"): 5}, [MARKET, near])
        self.assertEqual([self.monitored(h, "2025-01")["ring"] for h in ("H1", "H3", "")],
                         ["5", "5", "5"])
        self.adopt({("round", "2025-01"): 5}, [MARKET, near], "--hotspots-ring", "49m")
        self.assertEqual([self.monitored(h, "2025-01")["ring"] for h in ("H1", "H3", "")],
                         ["0", "5", "5"])
        inside = box(440, 200, 600, 400, code="H3", name="Over it")
        self.adopt({("round", "2025-01"): 5}, [MARKET, inside])
        self.assertEqual([self.monitored(h, "2025-01")["ring"] for h in ("H1", "H3", "")], ["0"] * 3)

    # ---- change, and regression to the mean ----

    def test_change_is_judged_only_from_adoption_on(self):
        counts = {(spot, month): n for month in every_month("2023-01", "2025-03")
                  for spot, n in (("market", 6), ("station", 4), ("west", 9), ("east", 8))}
        undated = box(700, 700, 900, 900, code="H3", name="No date")
        found = self.adopt(counts, [MARKET, STATION, {**undated, "properties": {
            **undated["properties"], "valid_from": None}}],
            "--from", "2025-01", "--compare", "last-year")
        market, station, other = found["H1"], found["H2"], found["H3"]
        self.assertEqual((market["previous"], market["incidents"], market["change_class"],
                          float(market["expected"])), ("18", "18", "0", 18))
        self.assertIn("within this hotspot's usual variation", market["change_note"])
        for row in (station, other):
            self.assertEqual([row[c] for c in ("expected", "difference", "p_value", "p_fdr",
                                               "change_class", "change_pct")], [""] * 6)
        self.assertEqual((station["previous"], other["previous"]), ("12", "27"))
        self.assertTrue(station["change_note"].startswith(
            "12, as before: not judged, as the period compared with lies before its adoption on "
            "2025-02-01"))
        self.assertIn("not said from when on", other["change_note"])
        self.assertIn("Of 2 of 3 hotspots no change is judged", self.about())
        self.assertIn("1 of them was adopted after the period began", self.about())

    def test_a_date_may_be_said_for_all(self):
        undated = [box(200, 200, 400, 400, code="A"), box(1200, 200, 1400, 400, code="B")]
        path = self.polygons("plain.geojson", undated)
        found = self.adopt(self.YEAR, path + ",from=2024-04")
        self.assertEqual({(r["valid_from"], r["name"]) for r in found.values()},
                         {("2024-04-01", "A"), ("2024-04-01", "B")})
        found = self.adopt(self.YEAR, path)
        self.assertEqual(found["A"]["valid_from"], "")
        self.assertIn("Of 2 of them it is not said from when on they are hotspots (from=).", self.about())
        self.assertEqual(self.monitored("A", "2025-01")["adopted"], "")

    def test_dates_as_the_country_writes_them(self):
        dates = ["01/04/2024", "2024-04-01", "2024/04/01 00:00:00", "2024-04", "2024"]
        several = [box(100 * k, 0, 100 * k + 50, 50, code=f"H{k}", since=d)
                   for k, d in enumerate(dates)]
        found = self.adopt(self.YEAR, self.polygons("h.geojson", several) + ",from=since")
        self.assertEqual([found[f"H{k}"]["valid_from"] for k in range(5)],
                         ["2024-04-01"] * 4 + ["2024-01-01"])

    # ---- overlaps, and what lies outside ----

    def test_an_incident_in_two_hotspots_is_counted_once(self):
        both = box(250, 250, 600, 400, code="H0", name="First by code")
        found = self.adopt(self.YEAR, [MARKET, both])
        self.assertEqual([(found[h]["incidents"], found[h]["also_inside"]) for h in ("H0", "H1")],
                         [("11", "0"), ("0", "6")])
        self.assertIn("hotspot: areas overlap at 1 location;", self.said)
        self.assertEqual(self.table("ward")[0]["hotspot_incidents"], "11")
        self.assertIn("hold 11 of 24", self.about())
        self.assertIn("on 3.50% of the study area", self.about())  # 40,000 + 52,500 - 22,500 m2

    def test_outside_the_study_area(self):
        far = box(90000, 0, 90100, 100, code="H9", name="Far away")
        self.adopt(self.YEAR, [MARKET, far])
        self.assertIn("1 of 2 adopted hotspots lies outside the study area and holds no", self.said)
        self.assertIn("on 2.00% of the study area", self.about())
        self.assertIn(": H9.", self.said)
        self.assertNotIn("incidents of the study area lie in none", self.said)
        self.fails(1, ["far.geojson", "outside the study area", "coordinate system"],
                   *self.arguments(self.incidents(self.YEAR), self.polygons("far.geojson", [far]),
                                   "--out", self.path("no")))
        self.assertFalse(os.path.exists(self.path("no")))

    def test_one_that_holds_the_whole_study_area_is_not_outside(self):
        found = self.adopt({("market", "2025-01"): 2}, [box(-500, -500, 2500, 1500, code="ALL")])
        self.assertEqual((found["ALL"]["incidents"], found["ALL"]["months_hot"]), ("2", ""))
        self.assertAlmostEqual(float(found["ALL"]["cumulative_area_share"]), 1, 9)
        self.assertIn("on 100.00% of the study area", self.about())

    def test_one_that_reaches_beyond_the_study_area_counts_with_what_lies_in_it(self):
        found = self.adopt(self.YEAR, [box(-200, 200, 200, 400, code="H1"),
                                       box(-300, 300, 400, 400, code="H2")])
        self.assertEqual((found["H1"]["area_m2"], found["H2"]["area_m2"]), ("80000", "70000"))
        self.assertAlmostEqual(float(found["H1"]["per_km2"]), int(found["H1"]["incidents"]) / .04, 6)
        by = sorted(found.values(), key=lambda h: int(h["rank"]))
        self.assertEqual([round(float(h["cumulative_area_share"]), 9) for h in by], [.02, .04])
        self.assertIn("on 3.00% of the study area", self.about())  # 20,000 m2 are in both

    # ---- freezing ----

    def test_a_frozen_set_gives_the_same(self):
        shape = [[300 + 150 * k % 97 / 97, 0] for k in range(3)]  # odd numbers survive a file
        odd = {"type": "Feature", "properties": {"code": "H1", "name": "Odd"},
               "geometry": {"type": "MultiPolygon", "coordinates": [
                   [ring(400200.1, 250200.2, 400400.3, 250400.7)],
                   [ring(400440 + shape[1][0] / 1e3, 250290, 400460, 250310)]]}}
        before = self.adopt(self.YEAR, [odd, STATION], "--freeze", "spring-25", "--to", "2025-02")
        frozen = os.path.join(self.out, "frozen/spring-25.gpkg")
        months = self.table("hotspot_monitoring")
        again = self.adopt(self.YEAR, frozen, "--to", "2025-02", "--freeze", "again")
        same = ("hotspot_id", "name", "rank", "incidents", "share", "area_m2", "ward_code",
                "cumulative_area_share", "months_hot")
        for code in ("H1", "H2"):
            self.assertEqual([before[code][c] for c in same], [again[code][c] for c in same])
        counts = [c for c in months[0] if not c.startswith("adopted")]
        self.assertEqual([[r[c] for c in counts] for r in months],
                         [[r[c] for c in counts] for r in self.table("hotspot_monitoring")])
        self.assertEqual((again["H1"]["valid_from"], again["H2"]["valid_from"]),
                         ("2025-03-01", "2025-02-01"))
        rows = hot.rows(frozen, "select * from frozen order by code")
        self.assertEqual({r["version"] for r in rows}, {again["H1"]["version"]})
        self.assertRegex(rows[0]["version"], "^[0-9a-f]{12}$")
        self.assertEqual((rows[0]["set_name"], rows[0]["run_id"]),
                         ("spring-25", hot.manifest(self.path("out1"))["run_id"]))
        self.assertIn("hotspots.geojson", rows[0]["chosen"])
        newer = os.path.join(self.out, "frozen/again.gpkg")
        self.assertEqual([bytes(r["geom"]) for r in rows],
                         [bytes(r["geom"]) for r in hot.rows(newer, "select * from frozen order by "
                                                             "code")])
        self.assertNotEqual(hot.rows(newer, "select version from frozen")[0]["version"],
                            rows[0]["version"])

    def test_the_version_is_of_the_hotspots_not_of_the_clock(self):
        files = []
        for _ in range(2):
            self.adopt(self.YEAR, [MARKET, STATION], "--freeze", "a")
            files.append(hot.tree(self.out))
        self.assertEqual(files[0], files[1])
        self.adopt(self.YEAR, [MARKET], "--freeze", "a")
        self.assertNotEqual(hot.tree(self.out)["frozen/a.gpkg"], files[0]["frozen/a.gpkg"])

    def test_what_cannot_be_frozen(self):
        wards = "ward=" + self.polygons("wards.geojson", WARDS)
        plain = ["kde", self.incidents(self.YEAR), "--areas", wards, "--profile", "internal",
                 "--out", self.path("no")]
        self.fails(2, ["--freeze a", "no hotspots"], *plain, "--freeze", "a")
        for name in ("", "../a", "A b", "x" * 41):
            self.fails(2, ["--freeze", "lower-case"], *plain, "--freeze", name)
        self.assertFalse(os.path.exists(self.path("no")))

    def test_the_order_of_rows_and_the_threads_change_nothing(self):
        lines = [f"{400000 + x},{250000 + y},{m},{ASB}" for m in every_month("2024-01", "2025-03")
                 for x, y in SPOTS.values()]
        trees = []
        for k, rows in enumerate((lines, lines[::-1])):
            self.adopt({}, [MARKET, STATION], "--from", "2025-01", "--compare", "last-year",
                       "--threads", str(k + 1), "--freeze", "a", rows=rows)
            trees.append({f: h for f, h in hot.tree(self.out).items()
                          if f.startswith(("tables/hotspot", "frozen/"))})
        self.assertEqual(len(trees[0]), 4)
        self.assertEqual(trees[0]["tables/hotspots.csv"], trees[1]["tables/hotspots.csv"])
        self.assertEqual(trees[0]["tables/hotspot_monitoring.csv"],
                         trees[1]["tables/hotspot_monitoring.csv"])

    # ---- bad input ----

    def refused(self, code, words, hotspots, *more):
        if isinstance(hotspots, list):
            hotspots = self.polygons("h.geojson", hotspots)
        self.fails(code, words, *self.arguments(self.incidents(self.YEAR), hotspots, "--out",
                                                self.path("no"), *more))
        self.assertFalse(os.path.exists(self.path("no")))

    def test_bad_files(self):
        self.refused(1, ["h.geojson", "holds no area"], [])
        line = {"type": "Feature", "properties": {"code": "L1", "name": "A line"},
                "geometry": {"type": "LineString", "coordinates": [[400000, 250000],
                                                                   [400100, 250100]]}}
        self.refused(1, ["h.geojson", "L1 A line", "no polygon (it is a line)"], [line])
        self.refused(1, ["h.geojson", "no field looks like an area code", "code=FIELD", "colour"],
                     [box(0, 0, 1, 1, colour="red"), box(2, 0, 3, 1, colour="red")])
        self.refused(1, ["h.geojson", "has no field \"label\"", "code, name"],
                     self.polygons("h.geojson", [box(0, 0, 9, 9, code="a", name="b")])
                     + ",name=label")
        self.refused(1, ["h.geojson", "has no field \"since\""],
                     self.polygons("h.geojson", [MARKET]) + ",from=since")
        self.refused(1, ["parts of H1", "different days"],
                     [MARKET, box(0, 0, 9, 9, code="H1", name="Market Place", valid_from="2024")])
        self.refused(1, ["different names"], [MARKET, box(0, 0, 9, 9, code="H1", name="Other")])
        self.refused(1, ["missing.gpkg"], self.path("missing.gpkg"))
        self.refused(1, ["hotspot H1", "\"next spring\"", "2025-04-01"],
                     [box(0, 0, 9, 9, code="H1", valid_from="next spring")])
        self.refused(1, ["hotspot H1", "2025-02-30"],
                     [box(0, 0, 9, 9, code="H1", valid_from="2025-02-30")])
        self.refused(2, ["--hotspots", "expected FILE[:LAYER]"],
                     self.polygons("h.geojson", [MARKET]) + ",colour=red,code=")
        self.refused(1, ["coordinate"], self.polygons("h.geojson", [
            {**MARKET, "geometry": {"type": "Polygon", "coordinates": [ring(-2, 51, -1.9, 51.1)]}}]))

    def test_names_that_are_ours(self):
        for name in ("hotspot", "hotspots", "hotspot_monitoring", "frozen"):
            self.refused(2, [f"--areas {name}=", "one of hotbeat's own layers"], [MARKET], "--areas",
                         f"{name}=" + self.polygons("more.geojson", WARDS))

    def test_an_invalid_polygon_is_repaired_and_said(self):
        bow = {**MARKET, "geometry": {"type": "Polygon", "coordinates": [[
            [400200, 250200], [400400, 250400], [400400, 250200], [400200, 250400],
            [400200, 250200]]]}}
        found = self.adopt(self.YEAR, [bow])
        self.assertEqual(float(found["H1"]["area_m2"]), 20000)
        self.assertIn("hotspot: 1 invalid polygon was repaired", self.said)

    def test_no_incident_inside(self):
        found = self.adopt({("west", "2025-01"): 3}, [MARKET, STATION])
        self.assertEqual([(r["incidents"], r["rank"], r["share"], r["top_type"], r["months_hot"])
                          for r in found.values()], [("0", "1", "0", "", "0")] * 2)
        self.assertEqual(self.monitored("H1", "2025-01")["hotspot"], "0")

    def test_one_month_of_data(self):
        found = self.adopt({("market", "2025-01"): 3, ("west", "2025-01"): 1}, [MARKET])
        self.assertEqual((found["H1"]["months"], found["H1"]["incidents"]), ("1", "3"))
        self.assertEqual([r["period"] for r in self.table("hotspot_monitoring")],
                         ["2025-01", "2025-Q1"] * 2)

    def test_half_a_month_has_no_row_in_the_return(self):
        self.adopt({}, [MARKET], "--from", "2025-01-10", "--to", "2025-01-20",
                   rows=[f"400300,250300,2025-01-15,{ASB}"])
        self.assertEqual(self.table("hotspot_monitoring"), [])
        self.assertIn("no whole month lies within the period", self.about("hotspot_monitoring"))

    def test_without_areas(self):
        out = self.path("alone")
        self.succeeds("kde", self.incidents(self.YEAR), "--hotspots",
                      self.polygons("h.geojson", [MARKET]), "--profile", "internal", "--maps",
                      "none", "--out", out)
        row, = hot.table(os.path.join(out, "tables/hotspots.csv"))
        self.assertEqual((row["incidents"], row["cumulative_area_share"], row["months_hot"],
                          row["ward_code"]), ("6", "", "", ""))
        self.assertEqual(float(row["per_km2"]), 150)

    def test_check_and_map_and_repeat_know_them(self):
        hotspots = self.polygons("h.geojson", [MARKET, STATION])
        incidents = self.incidents(self.YEAR)
        said = self.succeeds("check", incidents, "--areas",
                             "ward=" + self.polygons("wards.geojson", WARDS), "--hotspots",
                             hotspots).stdout
        self.assertIn("hotspot: 2 areas of h.geojson, with the code code and the name name", said)
        self.assertNotIn("lie in none", said)
        first, again = self.path("first"), self.path("again")
        self.succeeds(*self.arguments(incidents, hotspots + ",from=2024", "--out", first))
        self.succeeds("run", incidents, "--config", os.path.join(first, "run.json"), "--out", again)
        self.assertEqual(hot.manifest(first)["run_id"], hot.manifest(again)["run_id"])
        self.succeeds(*self.arguments(incidents, hotspots + ",from=2025", "--out", again,
                                      "--overwrite"))
        self.assertNotEqual(hot.manifest(first)["run_id"], hot.manifest(again)["run_id"])
        self.succeeds("map", os.path.join(first, "hotbeat.gpkg"), "--maps", "overview", "--out",
                      self.path("maps"))

    # ---- real data ----

    def test_wiltshire(self):
        if not hot.DATA or not os.path.isdir(hot.DATA):
            print("skipped: the shared data is not here (HOTBEAT_DATA)")
            return
        bounds = os.path.join(hot.DATA, "boundaries/wiltshire_force_bng.gpkg")
        files = sorted(glob.glob(os.path.join(hot.DATA, "police_uk/wiltshire/202*-0[1-4]-*")))
        boxes = {"S1": (414200, 129800, 414600, 130200), "S2": (414650, 129900, 414800, 130100),
                 "T1": (415000, 184500, 415500, 185000)}  # two in Salisbury, one in Swindon
        adopted = [{"type": "Feature", "properties": {"code": c, "name": c, "valid_from": "2023-06"},
                    "geometry": {"type": "Polygon", "coordinates": [ring(*b)]}}
                   for c, b in boxes.items()]
        out = self.path("w")
        self.succeeds("run", *files, "--areas", f"ward={bounds}:wards_2025", "--type", ASB,
                      "--from", "2025-01", "--to", "2025-04", "--compare", "last-year", "--maps",
                      "none", "--hotspots", self.polygons("h.geojson", adopted), "--out", out)
        found = {r["hotspot_id"]: r for r in hot.table(os.path.join(out, "tables/hotspots.csv"))}
        points = hot.rows(os.path.join(out, "hotbeat.gpkg"),
                          "select r.minx x, r.miny y, i.hotspot_code code from incidents i "
                          "join rtree_incidents_geom r on r.id = i.fid")
        months = [r for r in hot.table(os.path.join(out, "tables/hotspot_monitoring.csv"))
                  if r["span"] == "month"]
        zones = ("hotspot", "ring", "rest_of_ward", "rest_of_force")
        for code, b in boxes.items():
            own = [r for r in months if r["hotspot_id"] == code]
            self.assertEqual(len(own), 4)
            n = {z: sum(int(r[z]) for r in own) for z in zones}
            inside = sum(p["code"] == code for p in points)
            near = sum(p["code"] is None and math.hypot(max(b[0] - p["x"], 0, p["x"] - b[2]),
                                                        max(b[1] - p["y"], 0, p["y"] - b[3])) <= 100
                       for p in points)
            self.assertEqual((n["hotspot"], n["ring"]), (inside, near), code)
            self.assertEqual(int(found[code]["incidents"]), inside)
            self.assertEqual(sum(int(r["hotspot_last_year"]) for r in own),
                             int(found[code]["previous"]))
            self.assertGreater(inside, 10)
            self.assertGreater(near, 0)
        whole = [r for r in months if r["hotspot_id"] == ""]
        self.assertEqual(sum(int(r[z]) for r in whole for z in zones),
                         hot.manifest(out)["rows"]["inside"])


if __name__ == "__main__":
    hot.main()
