#!/usr/bin/env python3
"""Repeats deepened: who and what calls for a case review, days between repeats, premises left out,
and limits of the share at repeat places."""
import csv
import datetime
import json
import os

import hot
from hot import ASB

HEADER = "date,easting,northing,address,victim_id"
RING = [[400000, 250000], [402000, 250000], [402000, 251000], [400000, 251000], [400000, 250000]]


def rows_of(path):
    """A month of the town; its few damaged rows are nobody's case."""
    with open(path, newline="", encoding="utf-8", errors="replace") as f:
        return [r for r in csv.DictReader(f) if r["dataset"] and r["easting"] != "easting"]


class Reviews(hot.Scratch):
    def analyse(self, rows, *more, header=HEADER, command="run"):
        log = self.write("log.csv", "\n".join([header, *rows]) + "\n")
        ward = self.write("ward.geojson", json.dumps({
            "type": "FeatureCollection",
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
            "features": [{"type": "Feature", "properties": {"code": "A", "name": "Ash"},
                          "geometry": {"type": "Polygon", "coordinates": [RING]}}]}))
        self.arguments = [command, log, "--areas", f"ward={ward}", "--profile", "internal",
                          "--maps", "none", "--cell", "100m", "--overwrite", "--out",
                          self.path("out"), *more]
        return self.succeeds(*self.arguments)

    def table(self, name):
        return hot.table(self.path(f"out/tables/{name}.csv"))

    def about(self, name):
        return hot.rows(self.path("out/hotbeat.gpkg"), "select description from gpkg_contents "
                        f"where table_name = '{name}'")[0]["description"]

    def called(self):
        return [(r["by"], r["key"], r["reports"], r["most"], r["window_first"], r["window_last"])
                for r in self.table("case_reviews")]

    # ---- case reviews ----

    def test_by_victim_first_and_by_place_second(self):
        """V1 reports from two places; 3 Low Road is called by nobody in particular; V2 too late."""
        self.analyse([
            "2025-01-15,400100,250100,1 High Street,V1", "2025-03-01,400300,250100,2 High Street,V1",
            "2025-07-14,400100,250100,1 High Street,V1",
            "2025-01-15,400500,250100,5 High Street,V2", "2025-03-01,400500,250100,5 High Street,V2",
            "2025-07-15,400500,250100,5 High Street,V2",
            "2025-02-01,400700,250100,3 Low Road,", "2025-02-02,400700,250100,3 Low Road,",
            "2025-02-02,400700,250100,3 Low Road,V3"])
        self.assertEqual(self.called(), [
            ("case", "V1", "3", "3", "2025-01-15", "2025-07-14"),
            ("place", "3 LOW ROAD", "3", "3", "2025-02-01", "2025-02-02")])
        flags = {r["place_key"]: r["case_review"] for r in self.table("repeats")}
        self.assertEqual(flags, {"1 HIGH STREET": "1", "5 HIGH STREET": "0", "3 LOW ROAD": "1"})
        self.assertIn("Threshold: 3 reports in any 6 months. By case or victim: 1; by place: 1.",
                      self.about("case_reviews"))

    def test_only_the_period_is_looked_at(self):
        rows = [f"2025-0{m}-01,400100,250100,1 High Street,V1" for m in (1, 3, 5)]
        self.analyse(rows, "--from", "2025-02")
        self.assertEqual(self.called(), [])
        self.assertIn("Reports before the period are not looked at", self.about("case_reviews"))
        self.assertNotIn("two agencies", self.about("case_reviews"))

    def test_one_key_of_two_agencies_is_one_victim(self):
        """A complainant's reports to any agency count; that a key is one person is said."""
        self.analyse(["2025-01-01,400100,250100,,V1"])
        for name, days in (("police", (1, 2)), ("council", (3,))):
            self.write(name + ".csv", "\n".join([HEADER] + [
                f"2025-02-0{d},400{d}00,250100,,V1" for d in days]) + "\n")
        ward = self.arguments[2:4]
        self.succeeds("run", "--source", "police=" + self.path("police.csv"), "--source",
                      "council=" + self.path("council.csv"), *ward, "--profile", "internal",
                      "--maps", "none", "--overwrite", "--out", self.path("out"))
        self.assertEqual(self.called(), [("case", "V1", "3", "3", "2025-02-01", "2025-02-03")])
        self.assertIn("A key that two agencies have is taken for one case or victim.",
                      self.about("case_reviews"))

    def test_addresses_in_welsh(self):
        """Case does not tell places apart, whatever the letter; nor does a blank that does not
        break."""
        self.analyse([f"2025-01-0{k + 1},400100,250100,{a}," for k, a in enumerate(
            ("7 Ffordd y Môr", "7 FFORDD Y MÔR", "7\u00a0Ffordd y\u00a0MÔr", "7 Ffordd y Mor"))] +
            ["2025-01-01,400300,250100,2 Tŷ Ŵyn,", "2025-01-02,400300,250100,2 TŶ ŵyn,",
             "2025-01-03,400300,250100,2 żółw ÷,", "2025-01-04,400300,250100,2 ŻÓŁW ÷,"])
        self.assertEqual([(r["place_key"], r["incidents"]) for r in self.table("repeats")],
                         [("7 FFORDD Y MÔR", "3"), ("2 TŶ ŴYN", "2"), ("2 ŻÓŁW ÷", "2")])

    def test_another_threshold(self):
        rows = [f"2025-0{m}-01,400100,250100,1 High Street,V1" for m in (1, 2, 9)]
        for threshold, called in (("2/2", 2), ("2/1", 0), ("3/9", 2), ("3/8", 0), ("4/12", 0)):
            self.analyse(rows, "--repeats-review", threshold)
            self.assertEqual(len(self.called()), called, threshold)
        for wrong in ("3", "3-6", "1/6", "3/0", "x/6", "3/6/1", "3/121", "1001/6", "3/"):
            self.fails(2, ["--repeats-review " + wrong, "3/6"], *self.arguments,
                       "--repeats-review", wrong, "--quiet")

    def test_months_alone(self):
        """Windows of months need no day; intervals do."""
        self.analyse([f"2025-{m:02},400100,250100,1 High Street,V1" for m in (1, 3, 6)])
        self.assertEqual(self.called()[0], ("case", "V1", "3", "3", "2025-01", "2025-06"))
        self.assertEqual(self.table("repeat_intervals"), [])
        self.assertIn("whose days are known", self.about("repeat_intervals"))
        self.analyse([f"2025-{m:02},400100,250100,1 High Street,V1" for m in (1, 3, 7)])
        self.assertEqual(self.called(), [])

    def test_reports_that_come_too_late(self):
        """Within one month that begins with the day: 15 January to 14 February (section 104)."""
        rows = [f"2025-01-{d},400100,250100,1 High Street,V1,{reported}" for d, reported in
                ((15, "2025-02-14"), (16, "2025-01-16"), (17, "2025-02-17"), (18, ""))]
        header = HEADER + ",Date Reported"
        more = ["--date", "date", "--time-to", "Date Reported"]
        self.analyse(rows, *more, header=header)
        self.assertEqual([(r["by"], r["reports"], r["first"], r["last"]) for r in
                          self.table("case_reviews")],
                         [(by, "3", "2025-01-15", "2025-01-18") for by in ("case", "place")])
        self.assertIn("Reports made more than a month after the incident do not count: 1.",
                      self.about("case_reviews"))
        self.analyse(rows[1:], *more, header=header)
        self.assertEqual(self.called(), [])
        self.assertEqual(self.table("repeats")[0]["incidents"], "3")
        self.analyse(rows[1:], "--date", "date", "--time-to", "ended", header=HEADER + ",ended")
        self.assertEqual(len(self.called()), 2)
        self.assertNotIn("do not count", self.about("case_reviews"))

    def test_the_towns_victims(self):
        """Every case of the town with three reports in six months, as Python finds them."""
        town = hot.town()
        self.succeeds("run", *hot.months(town), *hot.town_options(town), "--type", ASB,
                      "--maps", "none", "--overwrite", "--out", self.path("out"))
        cases, seen = {}, set()
        for month in hot.months(town):
            for r in rows_of(month):
                if r["case_ref"] and r["type"] == ASB and r["incident_id"] not in seen:
                    seen.add(r["incident_id"])
                    cases.setdefault(r["case_ref"], []).append(
                        datetime.date.fromisoformat(r["occurred_from"][:10]))
        expected = {}
        for case, days in cases.items():
            days.sort()
            most = max(sum(first <= d and (d.year * 12 + d.month) * 32 + d.day <
                           (first.year * 12 + first.month + 6) * 32 + first.day for d in days)
                       for first in days)
            if most >= 3:
                expected[case] = (len(days), most)
        found = {r["key"]: (int(r["reports"]), int(r["most"]))
                 for r in self.table("case_reviews") if r["by"] == "case"}
        self.assertGreater(len(expected), 3)
        self.assertEqual(found, expected)

    # ---- days between ----

    def test_days_between_repeats(self):
        start = datetime.date(2025, 1, 1)
        rows = [f"{start + datetime.timedelta(d)},{x},250100,,"
                for x, days in ((400100, (10, 10, 41, 49, 54)), (400300, (5, 12, 42)),
                                (400500, (100, 101)), (400700, (9,))) for d in days]
        self.analyse(rows)
        steps = {r["step"]: r for r in self.table("repeat_intervals")}
        self.assertEqual([(s, r["repeats"]) for s, r in steps.items()],
                         [("1 to 2", "3"), ("2 to 3", "2"), ("3 to 4", "1"), ("4 and later", "1"),
                          ("all", "7")])
        every = steps["all"]
        self.assertEqual([every[f"days_{q}"] for q in ("lower_quartile", "median",
                                                       "upper_quartile")], ["3", "7", "19"])
        self.assertEqual((every["within_7_days"], every["within_28_days"]), ("4", "5"))
        self.assertIn("7 intervals: half were 7 days or fewer, the middle half 3 to 19.",
                      self.about("repeat_intervals"))

    # ---- the share at repeat places ----

    def test_share_at_repeat_places_has_limits(self):
        """52 of 82 at two places: 63 %, 53 to 73 %."""
        rows = ["2025-01-02,400100,250100,,"] * 50 + ["2025-01-02,400300,250100,,"] * 2
        rows += [f"2025-01-02,{400500 + 10 * k},250500,," for k in range(30)]
        self.analyse(rows)
        spread = {r["incidents_at_place"]: r for r in self.table("repeats_table")}
        self.assertEqual(spread["1"]["share_or_more"], "1")
        two = spread["2"]
        self.assertAlmostEqual(float(two["share_or_more"]), 52 / 82)
        self.assertAlmostEqual(float(two["low"]), 0.526, 3)
        self.assertAlmostEqual(float(two["high"]), 0.730, 3)
        self.assertIn("52 of 82 incidents, 63% (95% limits 53 to 73%), were at the 2 places that "
                      "came back.", self.about("repeats"))

    # ---- premises ----

    ROWS = [f"2025-01-0{d},400100,250100,Police Station. 1 High Street," for d in (1, 2, 3, 4)] + \
        [f"2025-01-0{d},400300,250100,2 High Street," for d in (1, 2)] + \
        [f"2025-01-0{d},400500,250100,," for d in (1, 2, 3)] + ["2025-01-01,400700,250100,,"]

    def left_out(self, text, *more):
        self.analyse(self.ROWS, "--repeats-exclude", self.write("premises.txt", text), *more)
        return [(r["place_key"], r["incidents"]) for r in self.table("repeats_left_out")]

    def test_premises_are_left_out_and_counted(self):
        self.analyse(self.ROWS)
        self.assertEqual(len(self.table("repeats")), 3)
        self.assertFalse(os.path.exists(self.path("out/tables/repeats_left_out.csv")))
        self.assertEqual(self.table("ward")[0]["repeat_share"], "0.9")
        found = self.left_out("police station, 1 High  street\n\n400500.00,250100.00\n9 Nowhere\n")
        self.assertEqual(found, [("POLICE STATION 1 HIGH STREET", "4"),
                                 ("400500.00,250100.00", "3")])
        self.assertEqual([r["place_key"] for r in self.table("repeats")], ["2 HIGH STREET"])
        self.assertEqual(self.called(), [])
        ward = self.table("ward")[0]
        self.assertEqual((ward["incidents"], ward["repeat_places"], ward["repeat_incidents"]),
                         ("10", "1", "2"))
        self.assertAlmostEqual(float(ward["repeat_share"]), 2 / 3)
        self.assertIn("Left out: 2 of the 3 premises on the list, with 7 incidents; the other had "
                      "none.", self.about("repeats"))
        self.assertIn("2 of 3 incidents, 67%", self.about("repeats"))
        places = [r for r in self.table("concentration") if r["unit"] == "place"]
        self.assertEqual(places[0]["incidents"], "10")  # they count in everything else

    def test_lists_of_other_kinds(self):
        for text in ("\ufeffPOLICE STATION 1 HIGH STREET\r\n", '"Police Station, 1 High Street"\n',
                     "name,address\nStation,\"Police Station, 1 High Street\"\n",
                     "UPRN,Address\n,Police Station. 1 High Street\n"):
            self.assertEqual(self.left_out(text), [("POLICE STATION 1 HIGH STREET", "4")], text)
        self.assertIn("Left out: 1 of the 1 premises on the list, with 4 incidents.",
                      self.about("repeats_left_out"))
        uprns = [r.replace("2 High Street", "000123") for r in self.ROWS]
        self.ROWS = [r for r in uprns if "000123" in r]
        for text in ("123\n", "uprn\n0123\n"):
            self.analyse(self.ROWS, "--place", "address", "--repeats-exclude",
                         self.write("premises.txt", text))
            self.assertEqual(self.table("repeats"), [])

    # ROWS lie at 400100, 400300, 400500 and 400700, all at 250100.

    def features(self, name, *geometries, crs="urn:ogc:def:crs:EPSG::27700"):
        return self.write(name, json.dumps({
            "type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": crs}},
            "features": [{"type": "Feature", "properties": {}, "geometry": g}
                         for g in geometries]}))

    def without(self, path):
        self.analyse(self.ROWS, "--repeats-exclude", path)
        return [(r["place_key"], r["incidents"]) for r in self.table("repeats_left_out")]

    def test_premises_as_polygons_and_points(self):
        """A site holds two places, a point is one to the metre, a third lies 2 m off."""
        site = {"type": "Polygon", "coordinates": [[[400050, 250050], [400350, 250050],
                                                    [400350, 250150], [400050, 250150],
                                                    [400050, 250050]]]}
        spot, off = ({"type": "Point", "coordinates": [x, 250100]} for x in (400500.6, 400702))
        path = self.features("sites.geojson", off, site, spot)
        self.assertEqual(self.without(path), [("POLICE STATION 1 HIGH STREET", "4"),
                                              ("2 HIGH STREET", "2"),
                                              ("400500.00,250100.00", "3")])
        self.assertIn("Left out: 2 of the 3 premises on the list, with 9 incidents; the other had "
                      "none.", self.about("repeats"))
        self.assertEqual(self.table("repeats"), [])
        before = hot.manifest(self.path("out"))["run_id"]
        self.without(self.features("sites.geojson", site))
        self.assertNotEqual(hot.manifest(self.path("out"))["run_id"], before)

    def test_premises_in_another_system(self):
        """A site in degrees; the ward's corner is 52.15 N 2.00 W to a kilometre."""
        site = {"type": "Polygon", "coordinates": [[[-2.01, 52.14], [-1.99, 52.14], [-1.99, 52.16],
                                                    [-2.01, 52.16], [-2.01, 52.14]]]}
        path = self.features("sites.geojson", site, crs="urn:ogc:def:crs:OGC:1.3:CRS84")
        self.assertEqual(sum(int(n) for _, n in self.without(path)), 10)

    def test_premises_by_columns_of_coordinates(self):
        for text in ("name,easting,northing\nStation,400100,250100\n",
                     "Name,UPRN,Address,Easting,Northing\nStation,,,400100.4,250100\nNone,,,,\n",
                     "uprn,address,easting,northing\n,Police Station 1 High Street,400300,250100\n"):
            self.assertEqual(self.left_out(text), [("POLICE STATION 1 HIGH STREET", "4")], text)
        found = self.left_out("lon,lat\n-1.9,52.1\n")
        self.assertEqual(found, [])
        self.assertIn("Left out: 0 of the 1 premises on the list", self.about("repeats"))

    def test_premises_that_are_nowhere(self):
        self.analyse(self.ROWS)
        line = {"type": "LineString", "coordinates": [[400000, 250000], [400100, 250100]]}
        swapped = {"type": "Point", "coordinates": [250100, 1400100]}
        for path, words in (
                (self.features("sites.geojson", line), ["sites.geojson", "names no premises"]),
                (self.features("far.geojson", swapped), ["far.geojson"]),
                (self.write("list.csv", "easting,northing\n400100,north\n"),
                 ["list.csv", "line 2", "no numbers"]),
                (self.write("deg.csv", "easting,northing\n-2.0,52.1\n"), ["deg.csv"])):
            self.fails(1, words, *self.arguments, "--quiet", "--repeats-exclude", path)

    def test_lists_that_are_none(self):
        self.analyse(self.ROWS)
        for text, words in (("\n \n", ["names no premises"]), ("", ["is empty"]),
                            ("uprn\n\"1\n", ["line 2"]),
                            ("1 L\xe4ne\n".encode("latin-1"), ["UTF-8"]), (b"PK\3\4" + b"x" * 99, ["list.txt"])):
            path = self.write("list.txt", text)
            self.fails(1, ["list.txt", *words], *self.arguments, "--quiet", "--repeats-exclude",
                       path)
        self.fails(1, ["nowhere.txt"], *self.arguments, "--quiet", "--repeats-exclude",
                   "nowhere.txt")

    def test_the_list_is_found_again(self):
        self.left_out("2 High Street\n")
        self.assertEqual(hot.manifest(self.path("out"))["options"]["repeats-exclude"],
                         "premises.txt")
        before = hot.manifest(self.path("out"))["run_id"]
        self.succeeds("run", self.path("log.csv"), "--config", self.path("out/run.json"), "--out",
                      self.path("again"))
        self.assertEqual(hot.tree(self.path("again")), hot.tree(self.path("out")))
        self.left_out("Police Station 1 High Street\n")
        self.assertNotEqual(hot.manifest(self.path("out"))["run_id"], before)


if __name__ == "__main__":
    hot.main()
