#!/usr/bin/env python3
"""`check` judges: what the input means for the analysis, and which option mends a mistake."""
import json
import os
import random
import re
import shlex

import hot


class Judges(hot.Scratch):
    def judge(self, *arguments):
        return json.loads(self.succeeds("check", "--json", *arguments).stdout)

    def csv(self, header, rows, name="in.csv"):
        return self.write(name, "\n".join([header, *rows]) + "\n")

    def mended(self, path, mistake, rows, *areas):
        """The mistake is found, and the option that is offered mends every row."""
        before = self.judge(path, *areas)
        found = {m["mistake"]: m for m in before["judgement"]["mistakes"]}
        self.assertEqual(found[mistake]["rows"], rows)
        said = self.succeeds("check", path, *areas).stdout
        self.assertIn("Try: " + found[mistake]["mend"], said)
        after = self.judge(path, *areas, *shlex.split(found[mistake]["mend"]))
        self.assertEqual(after["rows"]["rejected"], 0)
        self.assertEqual(after["judgement"]["mistakes"], [])
        return after

    # ---- likely mistakes ----

    def test_dates_of_the_united_states(self):
        rows = [f"0{1 + k % 2}/{k + 1}/2025,400100,250100" for k in range(28)]
        after = self.mended(self.csv("date,easting,northing", rows), "month_first", 16)
        self.assertEqual(after["coverage"]["months"], ["2025-01", "2025-02"])
        # And the other way about.
        british = self.csv("date,easting,northing", ["31/01/2025,400100,250100"] * 3 +
                           ["01/02/2025,400100,250100"])
        found = self.judge(british, "--date-format", "MDY")["judgement"]["mistakes"]
        self.assertEqual([(m["mistake"], m["rows"], m["mend"]) for m in found],
                         [("day_first", 3, "--date-format DMY")])

    def test_exchanged_axes(self):
        path = self.csv("date,Longitude (WGS84),lat",
                        ["2025-01-02,52.15,-2.0", "2025-01-02,52.16,-2.1"])
        named = self.judge(path, "--x", "Longitude (WGS84)", "--y", "lat", "--input-crs",
                           "EPSG:4326")
        self.assertEqual(named["judgement"]["mistakes"][0]["mend"],
                         '--x "lat" --y "Longitude (WGS84)"')
        for x, y in (("longitude", "latitude"), ("lon", "lat"), ("Easting", "Northing")):
            rows = ["2025-01-02,52.15,-2.0"] if x != "Easting" else ["2025-01-02,1000000,250100"]
            self.mended(self.csv(f"date,{x},{y}", rows), "swapped_axes", 1)

    def test_degrees_and_metres(self):
        self.mended(self.csv("date,easting,northing", ["2025-01-02,-2.0,52.15"] * 2),
                    "degrees_in_metres", 2)
        self.mended(self.csv("date,lon,lat", ["2025-01-02,400100,250100"] * 2),
                    "metres_in_degrees", 2)

    def test_other_systems(self):
        self.mended(self.csv("date,lon,lat", ["2025-01-02,-222638.98,6830671.0"]), "web_mercator", 1)
        self.mended(self.csv("date,easting,northing", ["2025-01-02,568414.0,5778300.0"]), "utm", 1)

    def test_places_of_other_systems(self):
        """Far from where the analysis's system is used: rejected, or taken for its own metres."""
        for header, rows in (("date,lon,lat", ["2025-01-02,-95.36,29.76"] * 3 + ["2025-01-02,-2,52"]),
                             ("date,x,y", ["2025-01-02,491408,5458872"] * 3 +
                              ["2025-01-02,400100,250100"])):
            path = self.csv(header, rows)
            found = self.judge(path)["judgement"]["mistakes"]
            self.assertEqual([(m["mistake"], m["rows"]) for m in found], [("beyond_system", 3)])
            said = self.succeeds("check", path).stdout
            self.assertIn("3 of 4 rows lie far from where EPSG:27700 (OSGB36 / British National Grid) "
                          "is used.\n    Try: --crs", said)
        self.assertEqual(self.judge(path, "--crs", "EPSG:32610")["judgement"]["mistakes"], [])
        # A few geocoding errors are no mistake of the system's.
        path = self.csv("date,lon,lat", ["2025-01-02,-95.36,29.76"] * 3 + ["2025-01-02,-2,52"] * 3)
        self.assertEqual(self.judge(path)["judgement"]["mistakes"], [])

    def test_x_and_y_hold_the_analysis_own_metres(self):
        """What cannot be of that system is rejected, as of any other; what mends it is said."""
        self.mended(self.csv("date,x,y", ["2025-01-02,-2.0,52.15"] * 2), "degrees_in_metres", 2)
        self.mended(self.csv("date,x,y", ["2025-01-02,-222638.98,6830671.0"]), "web_mercator", 1)
        self.mended(self.csv("date,x,y", ["2025-01-02,900000,250100"]), "swapped_axes", 1)
        # Both sides of 50 km beyond the area of use, which ends at 2 degrees east.
        path = self.csv("date,x,y", ["2025-01-02,738000,1000000", "2025-01-02,739000,1000000"])
        self.assertEqual(self.judge(path)["rejects"]["out_of_range"], 1)
        # Of the system that is said, and not of the analysis's.
        path = self.csv("date,x,y", ["2025-01-02,568414.0,5778300.0"])
        self.assertEqual(self.judge(path, "--input-crs", "EPSG:32630")["rows"]["accepted"], 1)
        vancouver = self.csv("date,x,y", ["2025-01-02,491408,5458872"] * 3)
        self.fails(1, ["None of the 3 rows", "hotbeat check"], "kde", vancouver, "--profile",
                   "internal", "--out", self.path("out"))

    def test_northern_ireland(self):
        self.mended(self.csv("date,lon,lat", ["2025-01-02,-5.93,54.6", "2025-01-02,-8.1,54.4",
                                              "2025-01-02,-6.15,55.22"]), "irish", 3)
        # What of Great Britain lies nearest: the Rhins of Galloway, Kintyre, the Isle of Man.
        path = self.csv("date,lon,lat", ["2025-01-02,-5.16,54.98", "2025-01-02,-5.78,55.30",
                                         "2025-01-02,-4.8,54.1"])
        self.assertEqual(self.judge(path)["judgement"]["mistakes"], [])

    def test_separators_in_numbers(self):
        path = self.csv("date,easting,northing", ['2025-01-02,"400,100","250,100"',
                                                  "2025-01-02,400100,250100"])
        found = self.judge(path)["judgement"]["mistakes"]
        self.assertEqual([(m["mistake"], m["rows"]) for m in found], [("thousands", 1)])
        path = self.csv("date;lon;lat", ["2025-01-02;-2,05;52,15", "2025-01-02;-2.0;52.15"])
        found = self.judge(path)["judgement"]["mistakes"]
        self.assertEqual([(m["mistake"], m["rows"]) for m in found], [("decimal_comma", 1)])

    def test_nothing_to_mend(self):
        self.assertEqual(self.judge(*hot.months(hot.town()))["judgement"]["mistakes"], [])
        # Text that is no number is no separator of thousands.
        path = self.csv("date,easting,northing", ["2025-01-02,east,250100", "2025-01-02,4,4,",
                                                  "2025-13-02,400100,250100",
                                                  "2025-01-02,400100,250100"])
        self.assertEqual(self.judge(path)["judgement"]["mistakes"], [])

    # ---- columns ----

    def test_which_columns_were_taken(self):
        houston = self.csv("date,offense,street,type,location,lon,lat",
                           ["2025-01-02,theft,elm,st,shop,-2.0,52.15"])
        judged = self.judge(houston)["judgement"]
        self.assertEqual(judged["files"][0]["columns"],
                         {"x": "lon", "y": "lat", "date": "date", "type": "offense",
                          "label": "location"})
        self.assertEqual([t["type"] for t in judged["types"]], ["theft"])
        said = self.succeeds("check", houston).stdout
        self.assertIn("  in.csv: x = lon, y = lat, date = date, type = offense, label = location\n",
                      said)
        self.assertIn("--category", said)
        named = self.judge(houston, "--category", "type")["judgement"]
        self.assertEqual(named["files"][0]["columns"]["type"], "type")
        # Parts of a date, and a grid reference in the coordinates' place.
        parts = self.csv("year,month,day,NGR,uid", ["2025,1,2,SU0012345678,7"], "parts.csv")
        self.assertEqual(self.judge(parts)["judgement"]["files"][0]["columns"],
                         {"year": "year", "month": "month", "day": "day", "identifier": "uid",
                          "grid_reference": "NGR"})
        # One line for files that are alike, and text of a header that does nothing.
        more = [self.csv("date,lon,lat,\x1b[31mtype", [f"2025-01-0{k},-2.0,52.1,x"], f"m{k}.csv")
                for k in (1, 2, 3)]
        said = self.succeeds("check", *more, "--category", "\x1b[31mtype").stdout
        self.assertIn("  m1.csv and 2 more: x = lon, y = lat, date = date, "
                      "type = \\x1b[31mtype\n", said)
        self.assertNotIn("\x1b", said)

    # ---- piles, positions ----

    def test_piles(self):
        rows = [f"2025-01-02T10:00,{400000 + 7 * k}.{k % 9 + 1},{250000 + 3 * k}.5,Elm Street"
                for k in range(400)]
        rows += ["2025-01-02T10:00,404321.5,254321.5,Swindon POLICE STATION"] * 30
        rows += ["2025-01-02T10:00,404321.5,255321.5,No Fixed Abode"] * 20
        rows += ["2025-01-02T10:00,404000,254000,"] * 10
        rows += ["2025-01-02T10:00,405555.5,255555.5,Policeman's Walk"] * 40
        judged = self.judge(self.csv("date,easting,northing,location", rows))
        top = [(t["rows"], t["label"], t.get("pile")) for t in judged["judgement"]["top"][:4]]
        self.assertEqual(top, [(40, "Policeman's Walk", "large"),
                               (30, "Swindon POLICE STATION", "police_station"),
                               (20, "No Fixed Abode", "no_fixed_abode"), (10, "", "rounded")])
        self.assertEqual(judged["judgement"]["piled"],
                         {"police_station": 30, "no_fixed_abode": 20})
        self.assertFalse(judged["snapped"])
        said = self.succeeds("check", self.path("in.csv")).stdout
        self.assertIn("30 incidents in all are placed at a police station", said)

    def test_no_address_and_kinds_of_premises(self):
        path = self.csv("date,easting,northing,location", [
            f'2025-01-02,{400000 + 7 * k}.5,250000.5,"{label}"' for k, label in enumerate(
                ["Other / unknown location", "UNKNOWN", "Not known", "Flat 2, no fixed abode",
                 "Unknown Pleasures, High Street"])])
        self.assertEqual(self.judge(path)["judgement"]["piled"]["no_fixed_abode"], 3)

    def test_where_they_lie(self):
        rows = [f"2025-01-02,{400000 + 100 * (k % 20)},{250000 + 100 * (k // 20)}" for k in range(400)]
        path = self.csv("date,easting,northing", rows)
        self.assertEqual(self.judge(path)["judgement"]["extent"]["all"],
                         [400000, 250000, 401900, 251900])
        self.assertIn("They lie within 2 km by 2 km.", self.succeeds("check", path).stdout)
        path = self.csv("date,easting,northing", rows + ["2025-01-02,300000,555000"] * 2)
        self.assertEqual(self.judge(path)["judgement"]["extent"],
                         {"all": [300000, 250000, 401900, 555000],
                          "nearly_all": [400000, 250000, 401900, 251900]})
        self.assertIn("They lie within 102 km by 305 km, 98 % of them within 2 km by 2 km: a few lie "
                      "far off", self.succeeds("check", path).stdout)

    def test_how_finely_positions_are_known(self):
        chance = random.Random(1)
        fine = [f"2025-01-0{k % 9 + 1},{chance.uniform(-3, -1):.6f},{chance.uniform(51, 53):.6f}"
                for k in range(300)]
        known = self.judge(self.csv("date,lon,lat", fine))["judgement"]["positions_known_to"]
        self.assertEqual(known, {"1m": 300, "10m": 0, "100m": 0, "1km": 0, "worse": 0})
        coarse = ["2025-01-02,-2,52"] * 5 + ["2025-01-02,-2.01,52.1"] * 7
        judged = self.judge(self.csv("date,lon,lat", fine + coarse))["judgement"]
        self.assertEqual(judged["positions_known_to"],
                         {"1m": 300, "10m": 0, "100m": 0, "1km": 7, "worse": 5})
        self.assertEqual([t["pile"] for t in judged["top"]], ["rounded", "rounded"])
        rounded = [f"2025-01-02,{400000 + 100 * k},{250000 + 300 * k}" for k in range(1, 100)]
        known = self.judge(self.csv("date,easting,northing", rounded))["judgement"]
        self.assertEqual(known["positions_known_to"]["100m"], 99)

    def test_snapped_or_not_and_why(self):
        judged = self.judge(self.csv("date,easting,northing,location",
                                     ["2025-01,400100,250100,On or near Elm Street"] * 3 +
                                     ["2025-01,400200,250100,On or near Oak Street"]))
        self.assertEqual(judged["judgement"]["snapped"],
                         {"is": True, "dates_of_a_month_share": 1, "on_or_near_share": 1,
                          "with_place_key_share": 0, "rows_per_point": 2})
        said = self.succeeds("check", self.path("in.csv")).stdout
        self.assertIn("anonymised map points", said)
        self.assertIn('100 % of the labels begin "On or near"', said)

    # ---- coverage, types, outside ----

    def test_coverage_by_file_and_month(self):
        one = self.csv("date,easting,northing", ["2025-01-02,400100,250100"] * 2 +
                       ["2025-03-02,400100,250100"], "one.csv")
        two = self.csv("date,easting,northing", ["2025-03-02,400100,250100",
                                                 "2025-05-02,400100,250100"], "two.csv")
        judged = self.judge(two, one)
        self.assertEqual([(m["month"], m["rows"], m["files"])
                          for m in judged["judgement"]["months"]],
                         [("2025-01", 2, 1), ("2025-02", 0, 0), ("2025-03", 2, 2),
                          ("2025-04", 0, 0), ("2025-05", 1, 1)])
        self.assertEqual([(f["name"], f["first"], f["last"], f["months_without_rows"])
                          for f in judged["judgement"]["files"]],
                         [("one.csv", "2025-01", "2025-03", 1),
                          ("two.csv", "2025-03", "2025-05", 1)])
        self.assertEqual(judged["coverage"]["gaps"], ["2025-02", "2025-04"])
        said = self.succeeds("check", two, one).stdout
        self.assertIn("No data for 2025-02, 2025-04", said)
        self.assertIn("1 month has rows in more than one file, 2025-03 it is", said)
        table = [line.split() for line in said.splitlines() if re.match("  (Rows|20)", line)]
        self.assertEqual(table, ["Rows Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
                                 "2025 2 - 2 - 1".split()])

    def test_years_of_months(self):
        """A year's line begins under its own month, however large the numbers."""
        path = self.csv("date,easting,northing", ["2024-11-02,400100,250100"] * 12345 +
                        ["2025-01-02,400100,250100"])
        said = self.succeeds("check", path).stdout.splitlines()
        at = next(k for k, line in enumerate(said) if line.startswith("  Rows"))
        self.assertEqual(said[at].index("Nov") + 3, said[at + 1].index("12345") + 5)
        self.assertEqual(said[at].index("Jan") + 3, said[at + 2].index(" 1") + 2)
        self.assertEqual(said[at + 1].split(), ["2024", "12345", "-"])

    def test_rejected_rows_are_shown_by_reason(self):
        one = self.csv("date,easting,northing", ["2025-13-02,400100,250100"] * 5 +
                       ["2025-01-02,,"], "one.csv")
        two = self.csv("date,easting,northing", ["2025-01-02,,"] * 2 +
                       ["2025-01-02,400100,250100"], "two.csv")
        said = self.succeeds("check", two, one).stdout
        self.assertEqual(re.findall(r"(?:such as|and) (\S+), line (\d+)", said),
                         [("one.csv", "2"), ("one.csv", "3"), ("one.csv", "4"),
                          ("one.csv", "7"), ("two.csv", "2"), ("two.csv", "3")])

    def test_types_and_their_share_without_coordinates(self):
        judged = self.judge(self.csv("date,easting,northing,type", [
            "2025-01-02,400100,250100,Noise", "2025-01-02,,,Noise", "2025-01-02,,,Noise",
            "2025-01-02,,,Noise", "2025-01-02,400100,250100,Litter", "2025-01-02,,,"]))
        self.assertEqual([(t["type"], t["located"], t["without_coordinates"])
                          for t in judged["judgement"]["types"]],
                         [("Noise", 1, 3), ("", 0, 1), ("Litter", 1, 0)])
        self.assertIn("Noise (75.0 % without coordinates)",
                      self.succeeds("check", self.path("in.csv")).stdout)

    def test_how_far_outside(self):
        square = {"type": "Polygon", "coordinates": [[[400000, 250000], [410000, 250000],
                                                      [410000, 260000], [400000, 260000],
                                                      [400000, 250000]]]}
        areas = self.write("a.geojson", json.dumps(
            {"type": "FeatureCollection",
             "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
             "features": [{"type": "Feature", "geometry": square,
                           "properties": {"code": "W1", "name": "One"}}]}))
        far = [(405000, 255000), (399999, 255000), (399900, 255000), (399899, 255000),
               (399293, 249293), (399292, 249292), (390000, 255000), (389999, 255000),
               (405000, 300000)]
        path = self.csv("date,easting,northing", [f"2025-01-02,{x},{y}" for x, y in far])
        judged = self.judge(path, "--areas", f"ward={areas}")
        self.assertEqual(judged["judgement"]["outside"],
                         {"to_100m": 2, "to_1km": 2, "to_10km": 2, "more": 2})
        self.assertEqual((judged["rows"]["inside"], judged["rows"]["outside"]), (1, 8))
        self.assertEqual(judged["judgement"]["mistakes"], [])
        self.assertEqual((judged["areas"]["ward"]["areas"], judged["crs"]["name"]), (1, "EPSG:27700"))
        said = self.succeeds("check", path, "--areas", f"ward={areas}").stdout
        self.assertIn("ward: 1 area of a.geojson, with the code code and the name name", said)
        path = self.csv("date,easting,northing", ["2025-01-02,300000,555000"] * 3)
        judged = self.judge(path, "--areas", f"ward={areas}")
        self.assertEqual([m["mistake"] for m in judged["judgement"]["mistakes"]], ["far_outside"])

    # ---- text from data ----

    def test_text_from_data_is_inert(self):
        nasty = 'x\x1b[31m"</script>\u202e\\'
        path = self.csv("date,easting,northing,type,location",
                        [f'2025-01-02,400100,250100,"{nasty}","{nasty}"'.replace('m"<', 'm""<')] * 2)
        judged = self.judge(path)
        self.assertEqual(judged["judgement"]["types"][0]["type"], nasty)
        self.assertEqual(judged["judgement"]["top"][0]["label"], nasty)
        said = self.succeeds("check", path).stdout
        self.assertNotIn("\x1b", said)
        self.assertNotIn("\u202e", said)


class Real(hot.Scratch):
    def test_wiltshire(self):
        folder = os.path.join(hot.DATA, "police_uk/wiltshire")
        if not hot.DATA or not os.path.isdir(folder):
            self.skipTest("the shared data is not here")
        months = [os.path.join(folder, n) for n in sorted(os.listdir(folder)) if "2025-" in n]
        wards = os.path.join(hot.DATA, "boundaries/wiltshire_force_bng.gpkg") + ":wards_2025"
        judged = json.loads(self.succeeds("check", "--json", *months, "--areas",
                                          f"ward={wards}").stdout)
        judgement = judged["judgement"]
        self.assertTrue(judgement["snapped"]["is"])
        self.assertEqual(sum(judgement["outside"].values()), judged["rows"]["outside"])
        self.assertEqual(judgement["mistakes"], [])
        self.assertEqual(judged["areas"]["ward"]["areas"], 118)
        self.assertEqual(judgement["positions_known_to"]["1m"], judged["rows"]["accepted"])
        self.assertEqual(sum(m["rows"] for m in judgement["months"]), judged["rows"]["accepted"])
        self.assertEqual({m["files"] for m in judgement["months"]}, {1})
        top = judgement["top"][0]
        self.assertTrue(re.match("On or near ", top["label"]))
        self.assertEqual([t["rows"] for t in judgement["top"]],
                         sorted((t["rows"] for t in judgement["top"]), reverse=True))


if __name__ == "__main__":
    hot.main()
