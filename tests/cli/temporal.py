#!/usr/bin/env python3
"""When incidents happen: hours, shifts, months, peaks and a calendar, on inputs small enough to be
counted by hand, and on the published data."""
import collections
import csv
import datetime
import gzip
import json
import os
import random
import unittest
import zoneinfo

import hot

HEADER = "date,date_to,easting,northing,type\n"
TABLES = ("temporal", "shifts", "months", "peaks")


def square(code, west):
    ring = [[west, 250000], [west + 1000, 250000], [west + 1000, 251000], [west, 251000],
            [west, 250000]]
    return {"type": "Feature", "properties": {"code": code, "name": f"The {code}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}


WARDS = json.dumps({"type": "FeatureCollection",
                    "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
                    "features": [square("A", 400000), square("B", 401000)]})


def row(when, to="", ward="A"):
    return f"{when},{to},{400500 if ward == 'A' else 401500},250500,Noise\n"


class Temporal(hot.Scratch):
    def setUp(self):
        super().setUp()
        self.wards = self.write("wards.geojson", WARDS)
        self.out = self.path("out")

    def analyse(self, rows, *more, command="run"):
        log = self.write("log.csv", HEADER + "".join(rows))
        self.succeeds(command, log, "--areas", f"ward={self.wards}", "--profile", "internal",
                      "--maps", "none", "--quiet", *more, "--overwrite", "--out", self.out)

    def refused(self, code, words, *more):
        log = self.write("log.csv", HEADER + row("2025-01-06 10:00"))
        self.fails(code, words, "run", log, "--areas", f"ward={self.wards}", "--profile",
                   "internal", *more, "--out", self.path("refused"))
        self.assertFalse(os.path.exists(self.path("refused")))

    def table(self, name):
        return hot.table(os.path.join(self.out, "tables", name + ".csv"))

    def hours(self, area):
        """(weekday, hour): incidents of an area, "" for all."""
        return {(int(r["weekday"]), int(r["hour"])): float(r["incidents"])
                for r in self.table("temporal") if r["area_code"] == area}

    def shifts(self, area=""):
        return {(int(r["weekday"]), r["shift"]): float(r["incidents"])
                for r in self.table("shifts") if r["area_code"] == area}

    def about(self, layer):
        found, = hot.rows(self.out + "/hotbeat.gpkg",
                          f"select description from gpkg_contents where table_name = '{layer}'")
        return found[0]

    # ---- hours ----

    def test_hours_by_area(self):
        self.analyse([row("2025-01-06 08:15"), row("2025-01-06 08:45", ward="B"),
                      row("2025-01-13 08:00:00"), row("2025-01-12 23:59:59")])  # Mondays, a Sunday
        self.assertEqual(self.hours(""), {(1, 8): 3, (7, 23): 1})
        self.assertEqual(self.hours("A"), {(1, 8): 2, (7, 23): 1})
        self.assertEqual(self.hours("B"), {(1, 8): 1})
        self.assertEqual({(r["area_set"], r["area_code"], r["area_name"])
                          for t in ("temporal", "shifts", "months") for r in self.table(t)},
                         {("all", "", "whole study area"), ("ward", "A", "The A"),
                          ("ward", "B", "The B")})
        self.assertEqual({(r["weekday"], r["day"]) for t in ("temporal", "shifts")
                          for r in self.table(t)}, {("1", "Monday"), ("7", "Sunday")})
        self.assertIn("known for 4 of 4 incidents.", self.about("temporal"))
        found = hot.rows(self.out + "/hotbeat.gpkg",
                         "select area_code from temporal where area_set = 'all'")
        self.assertEqual({r[0] for r in found}, {None})

    def test_spans_are_spread(self):
        """W14, each on its own day."""
        self.analyse([row("2025-01-06 08:00", "2025-01-06 16:00"),
                      row("2025-01-07 01:00", "2025-01-07 02:30"),
                      row("2025-01-08 01:50", "2025-01-08 02:10"),
                      row("2025-01-09 05:00", "2025-01-09 05:00")])
        hours = self.hours("A")
        for h in range(8, 16):
            self.assertEqual(hours.pop((1, h)), 0.125)
        self.assertAlmostEqual(hours.pop((2, 1)), 2 / 3, delta=5e-7)
        self.assertAlmostEqual(hours.pop((2, 2)), 1 / 3, delta=5e-7)
        self.assertEqual(hours, {(3, 1): 0.5, (3, 2): 0.5, (4, 5): 1})
        self.assertIn("for 3 of them as a span", self.about("temporal"))

    def test_spans_that_are_too_long(self):
        rows = [row("2025-01-06 00:00", "2025-01-08 00:00"), row("2025-01-06 00:00", "2025-01-08 00:01"),
                row("2025-01-06 10:00", "2031-01-06 10:00"), row("2025-01-06 10:30")]
        self.analyse(rows)
        self.assertAlmostEqual(sum(self.hours("").values()), 2, delta=48 * 5e-7)
        self.assertIn("known for 2 of 4 incidents, for 1 of them as a span. Left out: 2 that may have "
                      "happened at any time within more than 48 hours.", self.about("temporal"))
        self.analyse(rows, "--temporal-aoristic-limit", "3d")
        self.assertAlmostEqual(sum(self.hours("").values()), 3, delta=48 * 5e-7)
        self.analyse(rows, "--temporal-aoristic-limit", "0h")
        self.assertEqual(self.hours(""), {(1, 10): 1})
        self.refused(2, ["--temporal-aoristic-limit 2y", "48h"], "--temporal-aoristic-limit", "2y")

    def test_the_nights_when_clocks_are_changed(self):
        """30 March 2025 has no 01:00 to 02:00 in London, 26 October has it twice; both Sundays."""
        self.analyse([row("2025-03-30 00:30", "2025-03-30 02:30")])
        self.assertEqual(self.hours(""), {(7, 0): 0.5, (7, 2): 0.5})
        self.analyse([row("2025-10-26 00:00", "2025-10-26 03:00")])
        self.assertEqual(self.hours(""), {(7, 0): 0.25, (7, 1): 0.5, (7, 2): 0.25})
        self.analyse([row("2025-10-26 00:00", "2025-10-26 03:00")], "--zone", "UTC")
        self.assertAlmostEqual(self.hours("")[7, 1], 1 / 3, delta=5e-7)
        # With an offset: on London's clock in summer, in winter, and just round the change.
        self.analyse([row("2025-07-07T11:30:00Z"), row("2025-01-06T11:30:00Z"),
                      row("2025-03-30T00:59:59Z"), row("2025-03-30T01:00:00Z"),
                      row("2025-10-26T00:30:00Z"), row("2025-10-26T01:30:00Z")])
        self.assertEqual(self.hours(""), {(1, 11): 1, (1, 12): 1, (7, 0): 1, (7, 1): 2, (7, 2): 1})

    def test_midnight_that_stands_for_unknown(self):
        ten = [row("2025-01-06 00:00")] * 10
        day = [row(f"2025-01-07 {h:02}:{m:02}") for h in range(24) for m in (0, 20, 40)]
        self.analyse(ten + day)
        self.assertEqual(sum(self.hours("").values()), 71)  # also the one of Tuesday
        self.assertIn("known for 71 of 82 incidents. Left out: 11 at exactly 00:00, so many that it "
                      "stands for a time that is not known.", self.about("temporal"))
        self.assertEqual(self.hours("").get((1, 0)), None)
        self.assertEqual(sum(self.shifts().values()), 71)
        self.analyse(ten[:2])  # as a spreadsheet writes dates
        self.assertEqual(self.hours(""), {})
        self.analyse(ten[:3] + day)  # three may be
        self.assertEqual(self.hours("")[1, 0], 3)
        self.assertNotIn("Left out", self.about("temporal"))

    def test_without_times_no_hour(self):
        for when, months in (("2025-01", 1), ("2025-01-06", 1), ("06/01/2025", 1)):
            self.analyse([row(when)] * 40)
            for table in ("temporal", "shifts", "peaks"):
                self.assertEqual(self.table(table), [], (when, table))
                self.assertIn("No hour is given: the time of day is known for none of 40 incidents. "
                              "Left out: 40 known to the day or the month alone.", self.about(table))
            self.assertEqual([(r["area_code"], r["incidents"]) for r in self.table("months")],
                             [("", "40"), ("A", "40"), ("B", "0")])

    def test_no_incident_and_one(self):
        outside = row("2025-01-06 10:00").replace("400500", "500500")
        self.analyse([outside])
        for table in ("temporal", "shifts", "peaks"):
            self.assertEqual(self.table(table), [])
        self.assertIn("none of 0 incidents.", self.about("temporal"))
        self.assertEqual([r["incidents"] for r in self.table("months")], ["0", "0", "0"])
        self.analyse([row("2025-01-06 10:00")])
        self.assertEqual(self.hours(""), {(1, 10): 1})
        self.assertEqual([r["share"] for r in self.table("shifts")], ["", ""])

    def test_the_order_of_rows_and_threads_do_not_matter(self):
        chance = random.Random(1)
        rows = []
        for k in range(500):
            at = datetime.datetime(2025, 1, 1) + datetime.timedelta(minutes=chance.randrange(500000))
            to = at + datetime.timedelta(minutes=chance.randrange(3000))
            rows.append(row(f"{at:%Y-%m-%d %H:%M}", f"{to:%Y-%m-%d %H:%M}", chance.choice("AB")))
        made = []
        for threads in ("1", "2", "7"):
            self.analyse(rows, "--threads", threads)
            made.append([self.table(t) for t in TABLES])
            chance.shuffle(rows)
        self.assertEqual(made[0], made[1])
        self.assertEqual(made[0], made[2])
        self.assertAlmostEqual(sum(self.hours("").values()), 500 - int(
            self.about("temporal").split("Left out: ")[1].split()[0]), delta=168 * 5e-7)

    # ---- shifts ----

    def test_usual_shifts(self):
        self.analyse([row("2025-01-10 23:00"), row("2025-01-11 06:59"), row("2025-01-11 07:00"),
                      row("2025-01-11 14:30", "2025-01-11 15:30"), row("2025-01-06 02:00")])
        self.assertEqual(self.shifts(), {(5, "nights"): 2, (6, "earlies"): 1.5, (6, "lates"): 0.5,
                                         (7, "nights"): 1})
        self.assertIn("earlies 07:00 to 15:00, lates 15:00 to 23:00, nights 23:00 to 07:00.",
                      self.about("shifts"))

    def test_shifts_of_ones_own(self):
        shifts = self.write("shifts.csv", "\ufeffTo;NAME;From\n1600;=day;0730\n03:00;late;16:00\n;;\n")
        self.analyse([row("2025-01-11 07:29"), row("2025-01-11 07:30"), row("2025-01-11 02:59"),
                      row("2025-01-11 03:00", "2025-01-11 04:00")], "--shifts", shifts)
        self.assertEqual(self.shifts(), {(6, "'=day"): 1, (5, "late"): 1})
        about = self.about("shifts")
        self.assertIn("=day 07:30 to 16:00, late 16:00 to 03:00. For 270 minutes a day no shift is on "
                      "duty, first from 03:00 to 07:30: 2.0 incidents of that time are in none", about)
        self.assertEqual(hot.manifest(self.out)["options"]["shifts"], "shifts.csv")
        # The run says what it was: it can be made again from its own manifest.
        again = self.path("again")
        self.succeeds("run", self.path("log.csv"), "--config", self.out + "/run.json", "--quiet",
                      "--out", again)
        self.assertEqual(hot.tree(again), hot.tree(self.out))

    def test_shifts_that_cannot_be(self):
        for text, words in (("name,from\na,07:00\n", ["no column", '"to"']),
                            ("name,from,to\na,07:00,15:00\nb,14:00,07:00\n",
                             ['"a" and "b"', "counted twice"]),
                            ("name,from,to\na,07:00,15:00\na,15:00,07:00\n", ["line 3", "twice"]),
                            ("name,from,to\na,7 am,15:00\n", ["line 2", "7 am", "07:00"]),
                            ("name,from,to\na,25:00,15:00\n", ["line 2", "no time of day"]),
                            ("name,from,to\n,07:00,15:00\n", ["line 2", "no name"]),
                            ("name,from,to\na,07:00\n", ["line 2"]),
                            ("name,from,to\n", ["no line"]),
                            ("", ["is empty"]),
                            ("name,from,to\n" + "x" * 256 + ",07:00,15:00\n", ["line 2", "255"]),
                            ("PK\x03\x04 a workbook", ["shifts.csv"]),
                            ("name,from,to\n" + "".join(f"{k},{k % 24:02}:00,{k % 24:02}:01\n"
                                                        for k in range(25)), ["line 26", "24"])):
            self.refused(1, ["shifts.csv", *words], "--shifts", self.write("shifts.csv", text))
        self.refused(1, ["nothing.csv"], "--shifts", self.path("nothing.csv"))

    # ---- months ----

    def test_months(self):
        self.analyse([row("2025-01"), row("2025-01"), row("2025-03-02", ward="B")])
        self.assertEqual([(r["area_set"], r["area_code"], r["month"], r["incidents"])
                          for r in self.table("months")],
                         [("all", "", "2025-01", "2"), ("all", "", "2025-03", "1"),
                          ("ward", "A", "2025-01", "2"), ("ward", "A", "2025-03", "0"),
                          ("ward", "B", "2025-01", "0"), ("ward", "B", "2025-03", "1")])
        self.analyse([row("2025-01"), row("2025-01"), row("2025-03-02", ward="B")], "--from", "2025-03")
        self.assertEqual([r["incidents"] for r in self.table("months")], ["1", "0", "1"])

    # ---- peaks ----

    def test_peaks_need_thirty(self):
        night = [row(f"2025-01-{7 + k % 14:02} {(22 + k % 3) % 24:02}:30") for k in range(20)]
        day = [row(f"2025-01-07 {8 + k:02}:15") for k in range(10)]
        self.analyse(night + day)
        found = {r["area_code"]: r for r in self.table("peaks")}
        self.assertEqual(set(found), {"", "A"})
        for r in found.values():
            self.assertEqual(r["window"], "21:00 to 01:00 or 22:00 to 02:00")
            self.assertEqual((r["incidents"], r["timed"], r["beyond_chance"]), ("20", "30", "1"))
            self.assertAlmostEqual(float(r["share"]), 2 / 3)
        self.assertTrue(all(r["share"] for r in self.table("shifts")))
        self.analyse((night + day)[1:])
        self.assertEqual(self.table("peaks"), [])
        self.assertFalse(any(r["share"] for r in self.table("shifts")))
        even = [row(f"2025-01-07 {h:02}:15") for h in range(24)] * 2
        self.analyse(even)
        for r in self.table("peaks"):
            self.assertEqual((r["window"], r["incidents"], r["beyond_chance"]), ("", "8", "0"))

    # ---- the calendar ----

    CALENDAR = ("name,from,to,kind\nHoliday,2025-02-03,2025-02-05,school\n"
                "Holiday,05/02/2025,06/02/2025,school\nMatch,2025-02-10,,event\n"
                "Easter,2024-04-01,2024-04-10,school\n")

    def test_days_in_and_out(self):
        rows = [row(f"2025-02-{d:02}") for d in range(1, 29) for _ in range(20 if 3 <= d <= 6 else 5)]
        calendar = self.write("calendar.csv", self.CALENDAR)
        self.analyse(rows, "--calendar", calendar)
        holiday, match, easter = self.table("calendar")
        self.assertEqual([holiday[k] for k in ("name", "kind", "days_in", "incidents_in", "per_day_in",
                                               "days_out", "incidents_out", "per_day_out", "ratio",
                                               "dispersion")],
                         ["Holiday", "school", "4", "80", "20", "24", "120", "5", "4", "1"])
        # R 4.2.2: s <- prop.test(80, 200, correct = FALSE)$conf.int; s / (1 - s) * 24 / 4
        self.assertAlmostEqual(float(holiday["ratio_low"]), 3.0172, delta=1e-4)
        self.assertAlmostEqual(float(holiday["ratio_high"]), 5.3029, delta=1e-4)
        self.assertEqual([match[k] for k in ("days_in", "incidents_in", "days_out", "ratio")],
                         ["1", "5", "27", ""])  # five incidents: nothing is said
        self.assertEqual([easter[k] for k in ("days_in", "incidents_in", "days_out", "ratio_low")],
                         ["0", "0", "28", ""])
        self.assertEqual(hot.manifest(self.out)["options"]["calendar"], "calendar.csv")

    def test_days_without_data_are_no_days(self):
        rows = [row("2025-02-10"), row("2025-04-20"), row("2025-02")]
        self.analyse(rows, "--calendar",
                     self.write("calendar.csv", "name,from,to\nAll,2025-01-01,2025-12-31\n"))
        one, = self.table("calendar")  # February, and April to the last day that any row bears
        self.assertEqual((one["days_in"], one["incidents_in"], one["days_out"]), ("48", "2", "0"))
        self.assertIn("Left out: 1 of 3 incidents, known to the month alone.", self.about("calendar"))
        self.analyse([row("2025-02")], "--calendar", self.path("calendar.csv"))
        self.assertEqual(self.table("calendar"), [])
        self.assertIn("Nothing is compared: all 1 incidents are known to the month alone",
                      self.about("calendar"))

    def test_calendars_that_cannot_be(self):
        for text, words in (("name,to\na,2025-01-01\n", ["no column", '"from"']),
                            ("name,from\na,2025-01\n", ["line 2", "no dates"]),
                            ("name,from,to\na,2025-01-02,2025-01-01\n", ["line 2", "before it begins"]),
                            ("name,from\n,2025-01-02\n", ["line 2", "no name"]),
                            ("name,from\n" + "a,2025-01-02\n" * 10001, ["10000 lines"])):
            self.refused(1, ["calendar.csv", *words], "--calendar", self.write("calendar.csv", text))
        self.analyse([row("2025-01-02")], "--calendar",
                     self.write("calendar.csv", "name,from\n" + "a,2025-01-02\n" * 10000))
        self.assertEqual(self.table("calendar")[0]["days_in"], "1")
        self.analyse([row("2025-01-02")])  # a table only where it was asked for
        self.assertFalse(os.path.exists(self.out + "/tables/calendar.csv"))

    # ---- the command ----

    def test_alone_and_without_areas(self):
        log = self.write("log.csv", HEADER + row("2025-01-06 10:00"))
        self.succeeds("temporal", log, "--profile", "internal", "--quiet", "--out", self.out)
        names = {r[0] for r in hot.rows(self.out + "/hotbeat.gpkg",
                                        "select table_name from gpkg_contents")}
        self.assertEqual(names, {*TABLES, "run_metadata", "layer_styles"})
        self.assertEqual(self.hours(""), {(1, 10): 1})

    def test_names_that_are_taken(self):
        for name in ("all", "about", "shifts", "calendar", "peaks", "months"):
            self.refused(2, [name, "one of hotbeat's own"], "--areas", f"{name}={self.wards}")


LONDON = zoneinfo.ZoneInfo("Europe/London")


def seconds_of(text):
    """Seconds of UTC that a local text may stand for: two in the hour that is repeated."""
    return {datetime.datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=f).timestamp()
            for f in (0, 1)}


def spread(begin, end, hours):
    """Add one incident by the hours of UTC that it spans, each known by its local name."""
    start, stop = min(((a, b) for a in seconds_of(begin) for b in seconds_of(end) if a <= b),
                      key=lambda s: s[1] - s[0])
    at = start
    while at < stop or at == start:
        hour = at // 3600 * 3600
        local = datetime.datetime.fromtimestamp(hour, LONDON)
        till = min(hour + 3600, stop)
        hours[local.isoweekday(), local.hour] += (till - at) / (stop - start) if stop > start else 1
        at = max(till, at + 1)


class Town(hot.Scratch):
    def test_hours_of_the_town(self):
        """Two years of spans, the nights among them when clocks are changed, by another way."""
        town, out = hot.town(), self.path("out")
        self.succeeds("run", *hot.months(town), *hot.town_options(town), "--maps", "none", "--quiet",
                      "--out", out)
        counted, n = collections.Counter(), 0
        for r in hot.rows(out + "/hotbeat.gpkg", "select occurred_from a, occurred_to b from incidents"):
            spread(r["a"], r["b"] or r["a"], counted)
            n += 1
        self.assertGreater(n, 10000)
        found = {(int(r["weekday"]), int(r["hour"])): float(r["incidents"])
                 for r in hot.table(out + "/tables/temporal.csv") if r["area_set"] == "all"}
        self.assertEqual(found.keys(), counted.keys())
        for at, incidents in counted.items():
            self.assertAlmostEqual(found[at], incidents, delta=1e-5, msg=at)
        # Every area of a set that covers the town: together as many.
        for area_set in ("ward", "beat"):
            for table in ("temporal", "shifts", "months"):
                rows = hot.table(f"{out}/tables/{table}.csv")
                of = {s: sum(float(r["incidents"]) for r in rows if r["area_set"] == s)
                      for s in ("all", area_set)}
                self.assertAlmostEqual(of["all"], of[area_set], delta=1e-3, msg=(table, area_set))


@unittest.skipUnless(hot.DATA, "the shared data is not here (HOTBEAT_DATA)")
class Published(hot.Scratch):
    def hours(self, out, code=""):
        return {(int(r["weekday"]), int(r["hour"])): float(r["incidents"])
                for r in hot.table(out + "/tables/temporal.csv") if r["area_code"] == code}

    def test_vancouver(self):
        """Local times with a pile at midnight, counted once more here."""
        path = os.path.join(hot.DATA, "timed_incidents/vancouver/crimedata_csv_AllNeighbourhoods_2025.csv")
        counted = collections.Counter()
        with open(path, newline="", encoding="utf-8") as f:
            for r in csv.DictReader(f):
                if float(r["X"] or 0) == 0 or (r["HOUR"], r["MINUTE"]) == ("0", "0"):
                    continue
                day = datetime.date(int(r["YEAR"]), int(r["MONTH"]), int(r["DAY"]))
                counted[day.isoweekday(), int(r["HOUR"])] += 1
        out = self.path("out")
        self.succeeds("temporal", path, "--crs", "EPSG:32610", "--input-crs", "EPSG:32610", "--zone",
                      "America/Vancouver", "--profile", "internal", "--quiet", "--out", out)
        self.assertEqual(self.hours(out), counted)
        self.assertEqual(len(counted), 168)

    def test_houston(self):
        """Times of UTC beside the local hour: from winter into summer time. Nine rows were at two
        o'clock on 14 March, which Chicago skipped; in UTC they are an hour earlier."""
        path = os.path.join(hot.DATA, "timed_incidents/houston/houston_crime_2010-01_2010-08.csv.gz")
        out = self.path("out")
        self.succeeds("temporal", path, "--crs", "EPSG:32615", "--date", "time", "--time-from", "time",
                      "--zone", "America/Chicago", "--profile", "internal", "--quiet", "--out", out)
        rejected = {int(r["line"]) for r in hot.table(out + "/rejects.csv")}
        counted, skipped = collections.Counter(), 0
        with gzip.open(path, "rt", newline="", encoding="utf-8") as f:
            for line, r in enumerate(csv.DictReader(f), start=2):
                if line in rejected:
                    continue
                day = datetime.datetime.strptime(r["date"], "%m/%d/%Y")
                never = (r["date"], r["hour"]) == ("3/14/2010", "2")
                counted[day.isoweekday(), int(r["hour"]) - never] += 1
                skipped += never
        self.assertEqual((len(rejected), skipped), (6, 9))
        self.assertEqual(self.hours(out), counted)

    def test_wiltshire_knows_months_alone(self):
        folder = os.path.join(hot.DATA, "police_uk/wiltshire")
        paths = sorted(os.path.join(folder, n) for n in os.listdir(folder) if n.startswith("2025-"))
        out = self.path("out")
        self.succeeds("temporal", *paths, "--type", hot.ASB, "--areas",
                      f"ward={hot.DATA}/boundaries/wiltshire_force_bng.gpkg:wards_2025", "--quiet",
                      "--out", out)
        self.assertEqual(hot.table(out + "/tables/temporal.csv"), [])
        self.assertEqual(hot.table(out + "/tables/peaks.csv"), [])
        months = hot.table(out + "/tables/months.csv")
        self.assertEqual(len(months), 12 * 119)
        inside = hot.manifest(out)["rows"]["inside"]
        for area_set in ("all", "ward"):
            self.assertEqual(sum(int(r["incidents"]) for r in months if r["area_set"] == area_set),
                             inside)


if __name__ == "__main__":
    hot.main()
