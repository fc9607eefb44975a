#!/usr/bin/env python3
"""The long view: financial years, control charts, and which places are new or persistent."""
import glob
import json
import os

import hot
from hot import ASB

MONTHS = [f"{2023 + (m + 3) // 12}-{(m + 3) % 12 + 1:02}" for m in range(24)]  # April 2023 on
GRID = os.path.join(hot.DATA, "geodesy/uk_os_OSTN15_NTv2_OSGBtoETRS.tif")


def squares(codes):
    """Squares of 1 km in a row."""
    features = []
    for k, code in enumerate(codes):
        w, s = 400000 + k * 1000, 250000
        ring = [[w, s], [w + 1000, s], [w + 1000, s + 1000], [w, s + 1000], [w, s]]
        features.append({"type": "Feature", "properties": {"code": code, "name": "Name " + code},
                         "geometry": {"type": "Polygon", "coordinates": [ring]}})
    return json.dumps({"type": "FeatureCollection", "features": features, "crs": {
        "type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}})


def log(counts, months=MONTHS):
    """counts: code -> incidents of each month, all on one point of the area: the south-west corner of
    a square of 250 m, which is its own."""
    lines = ["easting,northing,date,type"]
    for k, monthly in enumerate(counts.values()):
        for month, n in zip(months, monthly):
            lines += [f"{400250 + k * 1000},250250,{month}-{d % 28 + 1:02},{ASB}" for d in range(n)]
    return "\n".join(lines) + "\n"


class Trends(hot.Scratch):
    def arguments(self, counts, *more, months=MONTHS, files=()):
        areas = self.write("ward.geojson", squares(counts))
        incidents = self.write("log.csv", log(counts, months))
        return ["run", incidents, *files, "--areas", f"ward={areas}", "--type", ASB, "--profile",
                "internal", "--maps", "none", "--out", self.path("out"), "--overwrite", *more]

    def trends(self, *counts, **more):
        self.succeeds(*self.arguments(*counts, **more))

    def table(self, name):
        return hot.table(self.path("out/tables", name + ".csv"))

    def about(self, name):
        return hot.rows(self.path("out/hotbeat.gpkg"), "SELECT description FROM gpkg_contents "
                        f"WHERE table_name = '{name}'")[0][0]

    def years(self):
        return [(r["area_code"], r["year"], r["incidents"], r["months"], r["rate_per_1000"],
                 r["change"], r["change_pct"], r["rate_change"]) for r in self.table("years")]

    # ---- years ----

    def test_years_by_hand(self):
        people = self.write("people.csv", "code,people\nA,1000\nB,\nC,500\n")
        self.trends({"A": [4] * 24, "B": [0] * 12 + [8] * 12, "C": [2] * 12 + [3] * 12},
                    "--population", f"ward={people}")
        self.assertEqual(self.years(), [
            ("", "2023/24", "72", "12", "", "", "", ""),
            ("", "2024/25", "180", "12", "", "108", "150", ""),
            ("A", "2023/24", "48", "12", "48", "", "", ""),
            ("A", "2024/25", "48", "12", "48", "0", "0", "0"),
            ("B", "2023/24", "0", "12", "", "", "", ""),
            ("B", "2024/25", "96", "12", "", "96", "", ""),
            ("C", "2023/24", "24", "12", "48", "", "", ""),
            ("C", "2024/25", "36", "12", "72", "12", "50", "24")])
        self.assertIn("The first is 2023/24.", self.about("years"))
        for name in ("years", "control_chart", "trend_classes"):
            self.assertEqual({(r["area_code"], r["area_name"]) for r in self.table(name)}
                             - {("", "whole study area")}, {(c, "Name " + c) for c in "ABC"}, name)

    def test_residents_by_year(self):
        people = self.write("people.csv", "code,year,people\nA,mid-2024,2000\nA,mid-2023,1000\n"
                                          "B,mid-2024,500\nZ,mid-2024,7\n")
        self.trends({"A": [4] * 24, "B": [1] * 12 + [2] * 12}, "--population",
                    f"ward={people},year=year")
        self.assertEqual([(r["area_code"], r["year"], r["population"], r["rate_per_1000"],
                           r["change"], r["rate_change"]) for r in self.table("years")], [
            ("", "2023/24", "", "", "", ""), ("", "2024/25", "2500", "28.8", "12", ""),
            ("A", "2023/24", "1000", "48", "", ""), ("A", "2024/25", "2000", "24", "0", "-24"),
            ("B", "2023/24", "", "", "", ""), ("B", "2024/25", "500", "48", "12", "")])
        self.assertEqual([r["population"] for r in self.table("ward")], ["2000", "500"])

    def test_other_residents_of_an_earlier_year_make_another_run(self):
        ids = set()
        for earlier in (1000, 1000, 1001):
            people = self.write("people.csv", f"code,year,people\nA,2023,{earlier}\nA,2024,5\n")
            self.trends({"A": [4] * 24}, "--population", f"ward={people},year=year")
            ids.add(hot.rows(self.path("out/hotbeat.gpkg"),
                             "SELECT value FROM run_metadata WHERE key = 'run_id'")[0][0])
        self.assertEqual(len(ids), 2)

    def test_years_that_are_none(self):
        for text, words in (("A,2024,5\nA,2024/25,6\n", ["A comes twice in 2024"]),
                            ("A,24,5\n", ["line 2", '"24" is not a year']),
                            ("A,20245,5\n", ['"20245" is not a year']),
                            ("A,,5\n", ['"" is not a year'])):
            people = self.write("people.csv", "code,year,people\n" + text)
            self.fails(1, ["people.csv", *words], *self.arguments(
                {"A": [1]}, "--population", f"ward={people},year=year"))
        self.fails(1, ["no column jahr"], *self.arguments(
            {"A": [1]}, "--population", f"ward={people},year=jahr"))
        self.fails(2, ["year= goes with residents"], *self.arguments(
            {"A": [1]}, "--population", f"ward={people},year=year,per=visits"))

    def test_the_period_does_not_shorten_the_years(self):
        self.trends({"A": [4] * 24, "B": [1] * 24}, "--from", "2025-01")
        self.assertEqual([r[2:4] for r in self.years()][2:4], [("48", "12"), ("48", "12")])

    def test_a_year_with_a_gap_has_no_rate(self):
        months = MONTHS[:5] + MONTHS[6:]
        people = self.write("people.csv", "code,people\nA,1000\nB,2000\n")
        self.trends({"A": [4] * 23, "B": [1] * 23}, "--population", f"ward={people}", months=months)
        self.assertEqual(self.years()[:4], [
            ("", "2023/24", "55", "11", "", "", "", ""),
            ("", "2024/25", "60", "12", "20", "", "", ""),
            ("A", "2023/24", "44", "11", "", "", "", ""),
            ("A", "2024/25", "48", "12", "48", "", "", "")])
        self.assertIn("The first is 2024/25.", self.about("years"))

    # ---- control chart ----

    def test_a_month_that_stands_out(self):
        a = [4] * 24
        a[17] = 30
        self.trends({"A": a, "B": [8] * 24, "C": [2] * 12 + [3] * 12,
                     **{c: [10] * 24 for c in "DEFGHIJK"}})
        table = {(r["area_code"], r["month"]): r for r in self.table("control_chart")}
        self.assertEqual(len(table), 11 * 24)
        found = table["A", "2024-09"]
        self.assertEqual((found["incidents"], found["signal"]), ("30", "1"))
        # 23 months of 4; the rest has 91 in September 2024, 12 * 90 + 11 * 91 in the others.
        self.assertAlmostEqual(float(found["expected"]), 92 * 91 / (1080 + 1001), 6)
        self.assertTrue(int(found["low_998"]) <= int(found["low"]) < int(found["high"])
                        < int(found["high_998"]) < 30)
        self.assertEqual({r["signal"] for k, r in table.items() if k != ("A", "2024-09")}, {"0"})
        self.assertRegex(self.about("control_chart"), r"Months of wards vary \d.\d times as much as chance; "
                         "of 264, 1 is a signal, where about 1 would be")

    def test_one_far_out_does_not_make_the_others_stand_out(self):
        a = [4] * 24
        a[17] = 40
        self.trends({"A": a, "B": [8] * 24, "C": [20] * 24})
        self.assertEqual([(r["area_code"], r["month"], r["signal"]) for r in self.table("control_chart")
                          if r["signal"] != "0"], [("A", "2024-09", "1")])

    def test_a_season_of_all_is_no_signal(self):
        year = [4, 5, 6, 9, 12, 9, 6, 5, 4, 3, 3, 3]
        self.trends({c: [n * k for n in year * 2] for c, k in (("A", 1), ("B", 3), ("C", 5))})
        self.assertEqual({r["signal"] for r in self.table("control_chart")}, {"0"})

    def test_a_gap_is_not_zero(self):
        months = MONTHS[:5] + MONTHS[6:]
        self.trends({"A": [4] * 23, "B": [1] * 23}, months=months)
        gap = [r for r in self.table("control_chart") if r["month"] == MONTHS[5]]
        self.assertEqual(len(gap), 2)
        for row in gap:
            self.assertEqual({row[c] for c in ("incidents", "expected", "low", "high", "low_998",
                                               "high_998", "signal")}, {""})

    def test_a_date_a_century_off_adds_no_thousand_empty_rows(self):
        stray = self.write("stray.csv", f"easting,northing,date,type\n400250,250250,1925-03-01,{ASB}\n")
        self.trends({"A": [4] * 24, "B": [8] * 24}, files=[stray])
        table = self.table("control_chart")
        self.assertEqual(len(table), 2 * 25)
        self.assertEqual((table[0]["month"], table[0]["incidents"]), ("1925-03", "1"))
        self.assertEqual({r["signal"] for r in table if r["month"] > "2000"}, {"0"})

    def test_under_twelve_months_there_is_no_chart(self):
        self.trends({"A": [4] * 11, "B": [1] * 11}, months=MONTHS[:11])
        self.assertEqual(self.table("control_chart"), [])
        self.assertIn("Not made: it needs 12 months with data, and the input has 11.",
                      self.about("control_chart"))

    def test_one_area_has_nothing_to_be_judged_by(self):
        self.trends({"A": [4] * 24})
        table = self.table("control_chart")
        self.assertEqual({(r["incidents"], r["expected"], r["signal"]) for r in table},
                         {("4", "", "")})

    # ---- classes ----

    def test_classes_by_hand(self):
        steady = {c: [5] * 24 for c in "ABCGHIJ"}
        self.trends({**steady, "D": [40] * 24, "E": [5] * 21 + [40] * 3, "F": [40] * 12 + [5] * 12})
        areas = {r["area_code"]: r for r in self.table("trend_classes")}
        cells = {r["west"]: r for r in self.table("trend_cells")}
        expected = {  # months hot, recent (4), older (20), class, emerging
            "D": ("24", "1", "1", "1", "4"),
            "E": ("3", "0.75", "0", "2", "2"),
            "F": ("12", "0", "0.6", "4", "0")}
        columns = ("months_hot", "share_recent", "share_older", "class", "emerging_class")
        for code, values in expected.items():
            self.assertEqual(tuple(areas[code][c] for c in columns), values, code)
        self.assertEqual({r["class"] for c, r in areas.items() if c not in expected}, {"0"})
        # Each area's incidents lie in one square; the others are never hot, and are left out.
        self.assertEqual(sorted(cells), ["407250", "408250", "409250"])
        by_area = {"407250": "D", "408250": "E", "409250": "F"}
        for west in cells:
            cell = cells[west]
            self.assertEqual(tuple(cell[c] for c in columns), expected[by_area[west]], west)
        self.assertEqual((areas["D"]["trend_s"], areas["D"]["trend_z"]), ("0", ""))  # all ties
        # F falls in twelve pairs of months out of twelve: (12 - 1) / sqrt 12.
        self.assertEqual(areas["F"]["trend_s"], "-12")
        self.assertAlmostEqual(float(areas["F"]["trend_z"]), -11 / 12 ** 0.5, 6)
        self.assertIn("An even spread over wards is by size", self.about("trend_classes"))
        self.assertIn("3 of 10 squares are hot in some month.", self.about("trend_cells"))
        box = hot.rows(self.path("out/hotbeat.gpkg"), "SELECT min_x, min_y, max_x, max_y FROM "
                       "gpkg_contents WHERE table_name = 'trend_cells'")[0]
        self.assertEqual(tuple(box), (407250, 250250, 409500, 250500))

    def test_residents_are_the_even_spread(self):
        people = "code,people\n" + "".join(f"{c},{40000 if c == 'D' else 5000}\n" for c in "ABCD")
        self.trends({"A": [5] * 24, "B": [5] * 24, "C": [5] * 24, "D": [40] * 24}, "--population",
                    "ward=" + self.write("people.csv", people))
        self.assertEqual({r["months_hot"] for r in self.table("trend_classes")}, {"0"})
        self.assertIn("An even spread over wards is by residents", self.about("trend_classes"))

    def test_an_area_without_residents_is_not_judged(self):
        people = "code,people\nA,0\nB,1000\nC,1000\n"
        self.trends({"A": [5] * 24, "B": [5] * 24, "C": [5] * 24}, "--population",
                    "ward=" + self.write("people.csv", people))
        areas = {r["area_code"]: r for r in self.table("trend_classes")}
        self.assertEqual([areas["A"][c] for c in ("incidents", "months_hot", "class",
                                                  "emerging_class")], ["120", "", "", ""])
        self.assertEqual(areas["B"]["class"], "0")

    def test_few_months(self):
        for n, judged in ((1, ""), (4, ""), (5, "1"), (23, "1")):
            counts = {c: [3] * n for c in "ABCEFGH"} | {"D": [60] * n}
            self.trends(counts, months=MONTHS[:n])
            found = {r["area_code"]: r for r in self.table("trend_classes")}["D"]
            self.assertEqual((found["months_hot"], found["class"], found["emerging_class"],
                              found["trend_z"]), (str(n), judged, "", ""))
            self.assertIn(f"The input has {n} month", self.about("trend_classes"))

    def test_one_incident_and_none_in_the_period(self):
        self.trends({"A": [1], "B": [0]}, months=MONTHS[:1])
        self.assertEqual({r["months_hot"] for r in self.table("trend_classes")}, {"0"})
        self.assertEqual(self.table("trend_cells"), [])

    # ---- real data ----

    def test_city_of_london(self):
        if not hot.DATA:
            print("skipped: the shared data is not here (HOTBEAT_DATA)")
            return
        paths = sorted(glob.glob(os.path.join(hot.DATA, "police_uk/city-of-london/*")))
        areas = glob.glob(os.path.join(hot.DATA, "boundaries/wards_2025/E09000001*"))[0]
        self.succeeds("run", *paths, "--areas", f"ward={areas}", "--maps", "none", "--grid", GRID,
                      "--out", self.path("out"))
        months, years = self.table("control_chart"), self.table("years")
        self.assertEqual(len(months), 25 * 24)
        self.assertEqual(sum(int(r["incidents"]) for r in years if r["area_set"] == "all"),
                         sum(int(r["incidents"]) for r in months))
        self.assertEqual([r["months"] for r in years if r["area_set"] == "all"], ["3", "12", "9"])
        self.assertLess(sum(r["signal"] not in ("", "0") for r in months), 0.02 * len(months))
        classes = self.table("trend_classes")
        self.assertGreater(sum(r["emerging_class"] not in ("", "0") for r in classes), 0)
        for row in classes + self.table("trend_cells"):
            self.assertLessEqual(int(row["months_hot"]) + int(row["months_cold"]), 24)
            if int(row["months_hot"]) >= 0.8 * 24:
                self.assertEqual(row["class"], "1")


if __name__ == "__main__":
    hot.main()
