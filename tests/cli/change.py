#!/usr/bin/env python3
"""Change: small inputs whose answers are known, and forces whose recording is known to have shifted."""
import datetime
import glob
import json
import os
import random

import hot
from hot import ASB

OTHER = "Burglary"


def square(code, k):
    w = 400000 + 1000 * k
    ring = [[w, 250000], [w + 1000, 250000], [w + 1000, 251000], [w, 251000], [w, 250000]]
    return {"type": "Feature", "properties": {"code": code, "name": f"The {code}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}


def every_month(first, last):
    at, end = (int(t[:4]) * 12 + int(t[5:]) - 1 for t in (first, last))
    return [f"{m // 12:04}-{m % 12 + 1:02}" for m in range(at, end + 1)]


def flat(areas, months, n, of=ASB):
    return {(a, of, m): n for a in areas for m in months}


class Change(hot.Scratch):
    def setUp(self):
        super().setUp()
        self.n, self.gathered = 0, None  # an area whose incidents are all in one square

    def areas(self, codes):
        return ["--areas", "ward=" + self.write("wards.geojson", json.dumps({
            "type": "FeatureCollection", "features": [square(c, k) for k, c in enumerate(codes)],
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}}))]

    def incidents(self, codes, counts, shuffled=False):
        """A file of so many incidents by area, type and date, each area's over its own square."""
        lines = []
        for (area, of, date), n in sorted(counts.items()):
            for k in range(n):
                k = 0 if area == self.gathered else k
                x = 400000 + 1000 * codes.index(area) + 100 + 250 * (k % 4)
                lines.append(f"{x},{250100 + 250 * (k // 4 % 4)},{date},{of}")
        if shuffled:
            random.Random(1).shuffle(lines)
        return self.write("in.csv", "\n".join(["easting,northing,date,type", *lines]) + "\n")

    def arguments(self, codes, counts, *more, shuffled=False):
        return ["run", self.incidents(codes, counts, shuffled), *self.areas(codes), "--profile",
                "internal", "--maps", "none", "--type", ASB, *more]

    def compared(self, counts, *more, codes=None, shuffled=False):
        codes = codes or sorted({a for a, _, _ in counts})
        self.n += 1
        out = self.path(f"out{self.n}")
        self.said = self.succeeds(*self.arguments(codes, counts, *more, shuffled=shuffled), "--out",
                                  out).stderr
        self.out = out
        return {w["code"]: w for w in hot.table(os.path.join(out, "tables/ward.csv"))}

    def about(self, layer="ward"):
        row, = hot.rows(os.path.join(self.out, "hotbeat.gpkg"),
                        f"select description d from gpkg_contents where table_name = '{layer}'")
        return row["d"]

    def word(self, key):
        rows = hot.rows(os.path.join(self.out, "hotbeat.gpkg"),
                        f"select value from run_metadata where key = '{key}'")
        return rows[0]["value"] if rows else None

    # ---- little history ----

    LITTLE = {("A", ASB, "2024-01"): 5, ("A", ASB, "2025-01"): 12,
              ("B", ASB, "2024-01"): 80, ("B", ASB, "2025-01"): 100}

    def test_with_little_history_the_exact_test_judges_and_says_so(self):
        wards = self.compared(self.LITTLE, "--from", "2025", "--compare", "last-year")
        a, b = wards["A"], wards["B"]
        self.assertEqual((a["previous"], a["incidents"], a["change_class"]), ("5", "12", "0"))
        self.assertAlmostEqual(float(a["expected"]), 5 * 100 / 80)
        self.assertAlmostEqual(float(a["difference"]), 12 - 5 * 100 / 80)
        self.assertAlmostEqual(float(a["change_pct"]), 140)
        for w in (a, b):  # R: fisher.test(matrix(c(12, 5, 100, 80), 2))
            self.assertAlmostEqual(float(w["p_value"]), 0.308094634054, 10)
            self.assertAlmostEqual(float(w["p_fdr"]), 0.308094634054, 10)
        self.assertTrue(a["change_note"].startswith("12, up from 5: no more than chance by the exact test"))
        self.assertIn("not known: fewer than two years of history", a["change_note"])
        self.assertIn("January 2025 against January 2024", self.about())
        self.assertIn("fewer than two years of history (2 months)", self.about())
        self.assertIn("exact conditional test", self.about())
        self.assertIn("Of 2 wards judged, 0 are up and 0 down at a p of 5%. ", self.about() + " ")
        self.assertIn("no whole month of other types", self.about())
        manifest = hot.manifest(self.out)
        self.assertEqual(manifest["options"]["compare"], "last-year")
        self.assertEqual(manifest["comparison"],
                         {"periods": "January 2025 against January 2024.", "recording_shift": None})

    def test_nothing_is_compared_unless_asked(self):
        wards = self.compared(self.LITTLE, "--from", "2025")
        self.assertEqual({wards["A"][c] for c in ("previous", "expected", "p_value", "p_fdr",
                                                  "change_class", "change_note")}, {""})
        self.assertFalse(os.path.exists(os.path.join(self.out, "tables/change.csv")))
        self.assertIsNone(hot.manifest(self.out)["comparison"])

    def test_from_nothing_and_to_nothing(self):
        wards = self.compared({**self.LITTLE, ("C", ASB, "2025-01"): 9, ("D", ASB, "2024-01"): 9},
                              "--from", "2025", "--compare", "last-year", codes=list("ABCDE"))
        self.assertEqual((wards["C"]["previous"], wards["C"]["change_pct"]), ("0", ""))
        self.assertTrue(wards["C"]["change_note"].startswith("9, from 0: beyond chance"))
        self.assertEqual(wards["C"]["change_class"], "1")
        self.assertEqual((wards["D"]["incidents"], wards["D"]["change_pct"]), ("0", "-100"))
        self.assertTrue(wards["D"]["change_note"].startswith("0, down from 9: beyond chance"))
        self.assertEqual(wards["D"]["change_class"], "-1")
        self.assertEqual((wards["E"]["change_class"], wards["E"]["p_value"], wards["E"]["p_fdr"]),
                         ("", "", ""))
        self.assertEqual(wards["E"]["change_note"], "None, and none before: nothing to judge")

    def test_adopted_hotspots_are_one_more_area_set(self):
        """One of A's squares, which holds a quarter of its incidents: the others are the rest."""
        spot = square("S", 0)
        spot["geometry"]["coordinates"] = [[[400050, 250050], [400150, 250050], [400150, 250950],
                                            [400050, 250950], [400050, 250050]]]
        path = self.write("spots.geojson", json.dumps({
            "type": "FeatureCollection", "features": [spot],
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}}))
        self.compared({("A", ASB, "2024-01"): 8, ("A", ASB, "2025-01"): 16, ("B", ASB, "2024-01"): 80,
                       ("B", ASB, "2025-01"): 80}, "--areas", f"adopted={path}", "--from", "2025",
                      "--compare", "last-year")
        spot, = hot.table(os.path.join(self.out, "tables/adopted.csv"))
        self.assertEqual((spot["previous"], spot["incidents"]), ("2", "4"))
        self.assertAlmostEqual(float(spot["expected"]), 2 * 92 / 86)
        self.assertIn("4, up from 2: ", spot["change_note"])

    def test_one_area_has_only_its_own_past(self):
        wards = self.compared({("A", ASB, "2024-01"): 5, ("A", ASB, "2025-01"): 12}, "--from",
                              "2025", "--compare", "last-year")
        self.assertAlmostEqual(float(wards["A"]["expected"]), 5)
        # R: poisson.test(c(12, 5))
        self.assertAlmostEqual(float(wards["A"]["p_value"]), 0.143463134766, 10)

    def test_one_area_of_many_years_shows_nothing_usual(self):
        counts = flat("A", every_month("2023-01", "2025-01"), 5)
        wards = self.compared(counts, "--from", "2025", "--compare", "last-year")
        self.assertEqual(wards["A"]["change_class"], "0")
        self.assertTrue(wards["A"]["change_note"].startswith("5, as before: no more than chance by the exact"))
        self.assertIn("no other area to show what is usual", self.about())

    def test_one_incident(self):
        wards = self.compared({("A", ASB, "2025-01"): 1, ("A", OTHER, "2024-01"): 1}, "--from",
                              "2025", "--compare", "last-year")
        self.assertEqual((wards["A"]["previous"], wards["A"]["change_class"]), ("0", "0"))

    def test_none_in_either_period(self):
        for now, before in ((0, 7), (7, 0), (0, 0)):
            counts = {("A", OTHER, m): 3 for m in ("2024-01", "2025-01")}
            counts |= {("A", ASB, "2025-02"): 1, ("A", ASB, "2025-01"): now,
                       ("A", ASB, "2024-01"): before}
            wards = self.compared(counts, "--from", "2025-01", "--to", "2025-01", "--compare",
                                  "last-year", codes=list("AB"))
            self.assertEqual((wards["A"]["incidents"], wards["A"]["previous"]), (str(now), str(before)))
            self.assertEqual(wards["A"]["p_value"] == "", now + before == 0)
            self.assertEqual(wards["B"]["change_note"], "None, and none before: nothing to judge")
            cells = hot.table(os.path.join(self.out, "tables/change.csv"))
            self.assertEqual(len(cells) == 0, now + before == 0)

    # ---- two years and more ----

    def years(self):
        months = every_month("2023-01", "2025-03")
        counts = {**flat("ABCDEF", months, 6), **flat("ABCDEF", months, 30, OTHER)}
        for k, month in enumerate(months):  # some variation, the same in sum
            counts["BCDEF"[k % 5], ASB, month] += 3
        return counts

    def test_a_planted_rise_is_outside_usual_variation(self):
        counts = self.years()
        self.gathered = "A"
        for month in ("2025-01", "2025-02", "2025-03"):
            counts["A", ASB, month] = 20
        wards = self.compared(counts, "--from", "2025", "--compare", "last-year")
        self.assertEqual({c for c, w in wards.items() if w["change_class"] == "1"}, {"A"})
        self.assertTrue(wards["A"]["change_note"].startswith(
            "60, up from 18: outside this ward's usual variation (more than the "))
        self.assertIn(": within this ward's usual variation (", wards["B"]["change_note"])
        self.assertLess(float(wards["A"]["p_fdr"]), 0.05)
        self.assertGreater(float(wards["A"]["p_fdr"]), float(wards["A"]["p_value"]))
        self.assertIn("from 27 months of history", self.about())
        self.assertIn("Of 6 wards judged, 1 is up and ", self.about())
        self.assertIn(", where about 0 would be if nothing had changed; allowing for how many were "
                      "judged, 1 of them remains.", self.about())
        self.assertNotIn("exact", self.about())
        cells = hot.table(os.path.join(self.out, "tables/change.csv"))
        self.assertEqual(sum(int(c["current"]) for c in cells),
                         sum(int(w["incidents"]) for w in wards.values()))
        self.assertEqual(sum(int(c["previous"]) for c in cells),
                         sum(int(w["previous"]) for w in wards.values()))
        self.assertTrue(all(int(c["current"]) + int(c["previous"]) for c in cells))
        self.assertEqual([(c["current"], c["previous"]) for c in cells if c["class"] == "1"],
                         [("60", "18")])

    def test_squares_lie_on_the_national_grid(self):
        from osgeo import ogr
        self.compared(self.years(), "--from", "2025", "--compare", "last-year", "--change-cell",
                      "500m")
        source = ogr.Open(os.path.join(self.out, "hotbeat.gpkg"))
        for cell in source.GetLayerByName("change"):
            west, east, south, north = cell.GetGeometryRef().GetEnvelope()
            self.assertEqual((west % 500, south % 500, east - west, north - south), (0, 0, 500, 500))

    def test_squares_are_named_and_hold_no_coarse_position(self):
        codes = list("AB")
        lines = ["easting,northing,date,type,precision"]
        for month in ("2024-01", "2025-01"):
            lines += [f"400100,250100,{month}-02,{ASB},10", f"401600,250600,{month}-02,{ASB},ward",
                      f"401300,250300,{month}-02,{ASB},10"]
        log = self.write("in.csv", "\n".join(lines) + "\n")
        out = self.path("coarse")
        self.succeeds("change", log, *self.areas(codes), "--precision", "precision", "--from", "2025",
                      "--compare", "last-year", "--profile", "internal", "--out", out)
        cells = hot.table(os.path.join(out, "tables/change.csv"))
        self.assertEqual([(c["west"], c["south"], c["previous"], c["current"]) for c in cells],
                         [("400000", "250000", "1", "1"), ("401250", "250250", "1", "1")])
        wards = hot.table(os.path.join(out, "tables/ward.csv"))
        self.assertEqual([(w["previous"], w["incidents"]) for w in wards], [("1", "1"), ("2", "2")])

    def test_everywhere_alike_is_no_change(self):
        counts = self.years()
        for (area, of, month), n in list(counts.items()):
            if month >= "2025":
                counts[area, of, month] = 2 * n
        wards = self.compared(counts, "--from", "2025", "--compare", "last-year")
        self.assertEqual({w["change_class"] for w in wards.values()}, {"0"})
        self.assertIsNone(self.word("recording_shift"))

    def test_a_shift_of_recording_takes_the_sentence(self):
        counts = self.years()
        for (area, of, month), n in list(counts.items()):
            if month >= "2025" and of == ASB:
                counts[area, of, month] = n * (5 if area == "A" else 2)
        wards = self.compared(counts, "--from", "2025", "--compare", "last-year")
        sentence = self.word("recording_shift")
        self.assertTrue(sentence.startswith(f"Recording shift: {ASB} rose 1"), sentence)
        self.assertIn("everything else recorded here stayed level", sentence)
        for w in wards.values():
            self.assertEqual((w["change_class"], w["p_value"], w["change_note"]), ("", "", sentence))
            self.assertNotEqual(w["expected"], "")
        self.assertEqual({c["class"] for c in hot.table(os.path.join(self.out, "tables/change.csv"))},
                         {""})
        self.assertEqual(hot.manifest(self.out)["comparison"]["recording_shift"], sentence)
        self.assertIn(sentence, self.about())
        self.assertIn(sentence, self.about("change"))
        self.assertIn(f"Note: {sentence}", self.said)

    def test_previous_warns_of_season(self):
        self.compared(self.years(), "--from", "2025", "--compare", "previous")
        self.assertIn("January to March 2025 against October to December 2024", self.about())
        self.assertIn("season alone may move them", self.about())
        self.assertIn("season alone may move them", self.said)
        self.compared(self.years(), "--from", "2025", "--compare", "last-year")
        self.assertNotIn("season", self.about() + self.said)

    def test_unequal_lengths_go_by_days(self):
        counts = {("A", ASB, "2025-03"): 31, ("A", ASB, "2025-01"): 31, ("A", ASB, "2025-02"): 28}
        wards = self.compared(counts, "--from", "2025-03", "--compare", "2025-01..2025-02")
        self.assertAlmostEqual(float(wards["A"]["expected"]), 31)
        self.assertAlmostEqual(float(wards["A"]["change_pct"]), 0)
        self.assertTrue(wards["A"]["change_note"].startswith("31 in 31 days, against 59 in 59 days: "))

    def test_days_and_the_leap_day(self):
        counts = {("A", ASB, "2024-02-29"): 4, ("A", ASB, "2023-02-28"): 3, ("A", ASB, "2023-03-01"): 9,
                  ("A", ASB, "2023-02-27"): 9}
        wards = self.compared(counts, "--from", "2024-02-29", "--to", "2024-02-29", "--compare",
                              "last-year")
        self.assertEqual((wards["A"]["incidents"], wards["A"]["previous"]), ("4", "3"))

    def test_order_and_threads_change_nothing(self):
        counts = self.years()
        whole = []
        for shuffled, threads in ((False, 1), (True, 3)):
            self.compared(counts, "--from", "2025", "--compare", "last-year", "--threads", threads,
                          shuffled=shuffled)
            whole.append({n: h for n, h in hot.tree(self.out).items() if n.startswith("tables/")})
        self.assertEqual(*whole)

    # ---- what cannot be compared ----

    def refuses(self, code, words, counts, *more):
        out = self.path("none")
        self.fails(code, words, *self.arguments(list("AB"), counts, *more), "--out", out)
        self.assertFalse(os.path.exists(out))

    def test_what_is_not_covered_is_refused_by_name(self):
        counts = flat("AB", every_month("2024-01", "2025-03"), 3)
        for key in list(counts):
            if key[2] in ("2024-02", "2024-03"):
                del counts[key]
        self.refuses(1, ["no data for February to March 2024;"], counts, "--from", "2025", "--compare",
                     "last-year")
        self.refuses(1, ["no data for October to December 2023;"], counts, "--from", "2024-01", "--to",
                     "2024-01", "--compare", "2023-10..2023-12")
        self.refuses(1, ["February to March 2024"], counts, "--from", "2024-01", "--to", "2024-12",
                     "--compare", "2025-01..2025-01")
        self.refuses(1, ["no data for January to December 2022;"], counts, "--from", "2024-12", "--to", "2024-12",
                     "--compare", "2022-01..2022-12")

    def refuses_of(self, words, files, *more):
        """Files of daily incidents: name -> (source or None, first day, last day)."""
        given = []
        for name, (source, first, last) in files.items():
            day, lines = datetime.date.fromisoformat(first), ["easting,northing,date,type"]
            x = 400100 + len(given)  # no two files are the same
            while day <= datetime.date.fromisoformat(last):
                lines.append(f"{x},250100,{day},{ASB}")
                day += datetime.timedelta(1)
            path = self.write(name, "\n".join(lines) + "\n")
            given += ["--source", f"{source}={path}"] if source else [path]
        arguments = ["change", *given, *self.areas(list("AB")), "--profile", "internal", "--out",
                     self.path("days"), "--overwrite", *more]
        if words:
            self.fails(1, words, *arguments)
        else:
            self.succeeds(*arguments)

    def test_a_month_that_one_of_several_sources_lacks_is_refused(self):
        police, late = ("police", "2024-01-01", "2025-03-31"), ("council", "2024-03-01", "2025-03-31")
        files = {"p.csv": police, "c.csv": late}
        of = ("--from", "2025-01", "--to", "2025-03", "--compare", "last-year")
        self.refuses_of(["council has no data for January to February 2024, which others have"], files,
                        *of)
        self.refuses_of(None, files, "--from", "2025-03", "--compare", "last-year")
        self.refuses_of(None, {"p.csv": police}, *of)
        self.refuses_of(None, files, "--from", "2024-02", "--to", "2024-02", "--compare",
                        "2024-01..2024-01")  # the council has neither
        self.refuses_of(["north has no data for January 2024"], {
            "2024-01-south.csv": (None, "2024-01-01", "2024-01-31"),
            "2025-01-south.csv": (None, "2025-01-01", "2025-01-31"),
            "2025-01-north.csv": (None, "2025-01-01", "2025-01-31")}, "--from", "2025-01",
            "--compare", "last-year")
        self.refuses_of(None, {  # one after the other
            "2024-01-north.csv": (None, "2024-01-01", "2024-01-31"),
            "2025-north.csv": (None, "2025-01-01", "2025-02-28")}, "--from", "2025-01", "--to", "2025-01",
            "--compare", "last-year")

    def test_half_a_month_is_refused_by_its_day(self):
        files = {"a.csv": (None, "2024-01-10", "2024-08-14"), "b.csv": (None, "2024-08-15", "2025-03-12")}
        self.refuses_of(["no data after 12 March 2025"], files, "--from", "2025-02", "--to", "2025-03",
                        "--compare", "last-year")
        self.refuses_of(["no data before 10 January 2024"], files, "--from", "2025-01", "--to",
                        "2025-02", "--compare", "last-year")
        for period in (("2025-02", "2025-02"), ("2025-03-01", "2025-03-12"),
                       ("2024-08", "2024-08")):
            self.refuses_of(None, files, "--from", period[0], "--to", period[1], "--compare",
                            "previous" if period[0] == "2024-08" else "last-year")

    def test_a_part_of_a_month_is_refused_where_dates_are_months(self):
        counts = flat("AB", every_month("2024-01", "2025-03"), 3)
        words = ["dates of in in March 2024 are months", "compare whole months"]
        self.refuses(1, words, counts, "--from", "2025-03", "--compare", "2024-03-05..2024-03-20")
        self.refuses(1, words, counts, "--from", "2025-03", "--compare", "2024-01..2024-03-20")
        self.refuses(1, ["March 2025 are months"], counts, "--from", "2025-03-05", "--to", "2025-03-20",
                     "--compare", "last-year")

    def test_what_cannot_be_compared_is_refused(self):
        counts = flat("AB", every_month("2023-01", "2025-03"), 3)
        self.refuses(2, ["longer than a year", "--from"], counts, "--compare", "last-year")
        self.refuses(2, ["overlaps"], counts, "--from", "2025", "--compare", "2024-10..2025-01")
        for wrong in ("sometime", "..2024", "2024..", "2024-01-01x..2024", "2024-13..2025"):
            self.refuses(2, ["--compare"], counts, "--from", "2025", "--compare", wrong)
        self.refuses(2, ["ends before it begins"], counts, "--from", "2025", "--compare",
                     "2024-03..2024-01")
        self.refuses(2, ["--change-cell"], counts, "--from", "2025", "--compare", "last-year",
                     "--change-cell", "0")
        codes = list("AB")
        self.fails(2, ["--compare last-year"], "change", self.incidents(codes, counts),
                   *self.areas(codes), "--profile", "internal", "--out", self.path("none"))

    def test_change_alone(self):
        codes = list("ABCDEF")
        out = self.path("alone")
        self.succeeds("change", self.incidents(codes, self.years()), *self.areas(codes), "--type", ASB,
                      "--from", "2025", "--compare", "last-year", "--profile", "internal", "--out", out)
        self.assertTrue(os.path.exists(os.path.join(out, "tables/change.csv")))
        self.assertFalse(os.path.exists(os.path.join(out, "density.tif")))

    # ---- forces ----

    def force(self, name, councils):
        features = []
        for code in councils:
            path, = glob.glob(os.path.join(hot.DATA, "boundaries/wards_2025", f"{code}_*"))
            with open(path, encoding="utf-8") as f:
                features += json.load(f)["features"]
        wards = self.write("wards.geojson", json.dumps({
            "type": "FeatureCollection", "features": features,
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}}))
        self.out = self.path(name)
        self.succeeds("change", *glob.glob(os.path.join(hot.DATA, "police_uk", name, "*")), "--areas",
                      f"ward={wards}", "--type", ASB, "--from", "2025-01", "--to", "2025-04",
                      "--compare", "last-year", "--out", self.out)
        return hot.table(os.path.join(self.out, "tables/ward.csv"))

    def test_leicestershire_2025_is_a_shift_of_recording(self):
        if not os.path.isdir(hot.DATA or "-"):
            self.skipTest("the shared data is not here (HOTBEAT_DATA)")
        wards = self.force("leicestershire", ["E10000018", "E06000016", "E06000017"])
        self.assertEqual({w["change_class"] for w in wards}, {""})
        self.assertRegex(self.word("recording_shift"),
                         f"{ASB} rose 5[01]% while everything else recorded here fell 4%")

    def test_ordinary_years_are_judged(self):
        if not os.path.isdir(hot.DATA or "-"):
            self.skipTest("the shared data is not here (HOTBEAT_DATA)")
        for name, councils in (("wiltshire", ["E06000054", "E06000030"]),
                               ("gloucestershire", ["E10000013"])):
            wards = self.force(name, councils)
            self.assertIsNone(self.word("recording_shift"), name)
            self.assertGreater(sum(w["change_class"] == "0" for w in wards), 50, name)


if __name__ == "__main__":
    hot.main()
