#!/usr/bin/env python3
"""The main job on the fictional town."""
import csv
import json
import math
import os
import re
import shutil
import struct

import hot
from hot import ASB

AREA_COLUMNS = """code name parent population area_km2 incidents share rank class previous expected
difference change_pct p_value p_fdr change_class change_note rate_per_1000 rate_low rate_high
near_edge_share repeat_places repeat_incidents repeat_share hotspot_incidents peak_per_km2 per_km2
denominator_unfit""".split()
COLUMNS = {
    "incidents": """incident_id occurred_from occurred_to occurred_precision type weight place_key
        ward_code beat_code source_file source_line near_repeat_class""".split(),
    "nearrepeat": """distance_from_m distance_to_m days_from days_to observed expected ratio p_value
        median ratio_median knox_expected knox_p sentence""".split(),
    "nearrepeat_classes": "class incidents share".split(),
    "ward": AREA_COLUMNS,
    "beat": AREA_COLUMNS,
    "density": "class per_km2_from per_km2_to area_km2 incidents share".split(),
    "repeats": """place_key label snapped incidents rank first last ward_code beat_code case_review
        class""".split(),
    "coverage": "source month incidents rows covered days_with_data days".split(),
    "gistar": """west south incidents window_incidents window_expected window_squares z p_value
        p_analytic p_fdr class""".split(),
    "years": """area_set area_code area_name year incidents months population rate_per_1000 change change_pct
        rate_change""".split(),
    "control_chart": """area_set area_code area_name month incidents expected low high low_998 high_998
        signal""".split(),
    "trend_classes": """area_set area_code area_name incidents months months_hot months_cold share_hot
        share_recent share_older class trend_s trend_z emerging_class""".split(),
    "trend_cells": """west south incidents months months_hot months_cold share_hot share_recent
        share_older class trend_s trend_z emerging_class""".split(),
    "run_metadata": ["key", "value"],
}
REJECTED = {"field_count": 2, "bad_utf8": 1, "header_repeated": 1, "bad_date": 3,
            "no_coordinates": 4, "bad_number": 2, "zero_island": 2, "out_of_range": 1}


def polygons(blob):
    """The rings of a GeoPackage geometry, read here without any library."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3] >> 1 & 7]
    at = 8 + envelope
    rings = []

    def number(form):
        nonlocal at
        value, = struct.unpack_from("<" + form, blob, at)
        at += struct.calcsize(form)
        return value

    def polygon():
        for _ in range(number("I")):
            n = number("I")
            rings.append([(number("d"), number("d")) for _ in range(n)])

    assert number("b") == 1
    assert number("I") == 6
    for _ in range(number("I")):
        assert (number("b"), number("I")) == (1, 3)
        polygon()
    return rings


def holds(rings, x, y):
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


class Town(hot.Scratch):
    @classmethod
    def setUpClass(cls):
        cls.town = hot.town()
        cls.out = os.path.join(os.environ["HOTBEAT_SCRATCH"], "town-result")
        shutil.rmtree(cls.out, ignore_errors=True)
        done = hot.run("run", *hot.months(cls.town), *hot.town_options(cls.town), "--type", ASB,
                       "--from", "2025", "--to", "2025", "--out", cls.out)
        assert done.returncode == 0, done.stderr
        cls.gpkg = os.path.join(cls.out, "hotbeat.gpkg")
        cls.manifest = hot.manifest(cls.out)

    def good_rows(self):
        """The rows as Python's own reader sees them, without those that were damaged."""
        for path in hot.months(self.town, "2025"):
            with open(path, newline="", encoding="utf-8", errors="replace") as f:
                for row in csv.DictReader(f):
                    try:
                        x, y = float(row["easting"]), float(row["northing"])
                    except (TypeError, ValueError):
                        continue
                    if (row["type"] == ASB and row["dataset"] and "\ufffd" not in str(row)
                            and re.fullmatch(r"2025-\d\d-\d\dT\d\d:\d\d", row["occurred_from"])
                            and 0 < x < 700000):
                        yield x, y, row

    def test_the_counts_add_up(self):
        rows = self.manifest["rows"]
        self.assertEqual(rows["read"], rows["accepted"] + rows["rejected"] + rows["duplicate"])
        self.assertEqual(rows["selected"], rows["inside"] + rows["outside"])
        self.assertEqual((rows["read"], rows["rejected"], rows["duplicate"]), (18197, 16, 2))
        self.assertEqual({k: v for k, v in self.manifest["rejects"].items() if v}, REJECTED)
        wards = hot.rows(self.gpkg, "select sum(incidents) n from ward")[0]["n"]
        self.assertEqual(wards, rows["inside"])
        self.assertEqual(len(hot.rows(self.gpkg, "select 1 from incidents")), rows["inside"])

    def test_every_rejected_row_is_listed(self):
        listed = hot.table(os.path.join(self.out, "rejects.csv"))
        self.assertEqual(len(listed), 16)
        for reject in listed:
            with open(os.path.join(self.town, "incidents", reject["file"]), "rb") as f:
                line = f.read().split(b"\n")[int(reject["line"]) - 1]
            if reject["reason"] == "header_repeated":
                self.assertTrue(line.startswith(b"incident_id,"))
            if reject["reason"] == "bad_utf8":
                self.assertRaises(UnicodeDecodeError, line.decode)
            if reject["reason"] == "field_count":
                self.assertNotEqual(line.count(b","), 12)
        self.assertEqual(len(hot.table(os.path.join(self.out, "duplicates.csv"))), 2)

    def test_wards_hold_what_python_counts(self):
        wards = {r["code"]: (polygons(r["geom"]), r["incidents"])
                 for r in hot.rows(self.gpkg, "select code, geom, incidents from ward")}
        counted = dict.fromkeys(wards, 0)
        seen = set()
        for x, y, row in self.good_rows():
            key = (row["incident_id"], row["occurred_from"], x, y)
            if key in seen:
                continue
            seen.add(key)
            for code, (rings, _) in wards.items():
                if holds(rings, x, y):
                    counted[code] += 1
                    break
        self.assertEqual(counted, {code: n for code, (_, n) in wards.items()})

    def test_layers_are_as_the_contract_says(self):
        for layer, columns in COLUMNS.items():
            found = [r["name"] for r in hot.rows(self.gpkg, f"pragma table_info({layer})")
                     if r["name"] not in ("fid", "geom")]
            self.assertEqual(found, columns, layer)
        contents = {r["table_name"]: r for r in hot.rows(self.gpkg, "select * from gpkg_contents")}
        for layer in COLUMNS:
            self.assertTrue(contents[layer]["description"], layer)
            self.assertTrue(contents[layer]["identifier"], layer)
        indexed = {r["table_name"] for r in hot.rows(
            self.gpkg, "select table_name from gpkg_extensions where extension_name = 'gpkg_rtree_index'")}
        self.assertTrue({"incidents", "ward", "beat", "density", "repeats"} <= indexed)

    def test_every_map_layer_has_a_style_that_qgis_takes(self):
        styles = {r["f_table_name"]: r for r in hot.rows(self.gpkg, "select * from layer_styles")}
        for layer in ("incidents", "ward", "beat", "density", "repeats", "context_roads"):
            style = styles[layer]
            self.assertEqual((style["f_table_catalog"], style["f_table_schema"]), ("", ""))
            self.assertEqual(style["f_geometry_column"], "geom")
            self.assertIn("<renderer-v2", style["styleQML"])
            self.assertEqual(style["useAsDefault"], 1)

    def test_columns_of_analyses_to_come_are_null(self):
        for column in ("previous", "expected", "p_value", "change_class"):
            self.assertEqual(hot.rows(self.gpkg, f"select count({column}) n from ward")[0]["n"], 0)

    def test_population_and_ranks(self):
        wards = hot.rows(self.gpkg, "select * from ward order by incidents desc, code")
        self.assertEqual(sum(w["population"] for w in wards), 30853)
        for w in wards:
            above = sum(o["incidents"] > w["incidents"] for o in wards)
            self.assertEqual(w["rank"], above + 1)
            self.assertAlmostEqual(w["share"], w["incidents"] / self.manifest["rows"]["inside"])
            self.assertEqual(w["class"] == 0, w["incidents"] == 0)
            if w["population"]:
                self.assertAlmostEqual(w["rate_per_1000"],
                                       1000 * w["incidents"] / w["population"])
                self.assertTrue(w["rate_low"] < w["rate_per_1000"] < w["rate_high"])
        self.assertEqual([w["rate_per_1000"] for w in wards if not w["population"]], [None])

    def test_repeats_are_what_python_counts(self):
        places = {}
        seen = set()
        for x, y, row in self.good_rows():
            if row["incident_id"] in seen:
                continue
            seen.add(row["incident_id"])
            key = row["uprn"] or f"{x:.2f},{y:.2f}"
            places[key] = places.get(key, 0) + 1
        counted = {k: n for k, n in places.items() if n > 1}
        found = {r["place_key"]: r["incidents"] for r in hot.rows(self.gpkg, "select * from repeats")}
        self.assertEqual(found, counted)
        spread = hot.table(os.path.join(self.out, "tables", "repeats_table.csv"))
        self.assertEqual([int(r["places"]) for r in spread[:4]],
                         [sum(n == k for n in places.values()) for k in (1, 2, 3, 4)])
        ranks = hot.rows(self.gpkg, "select incidents, rank, class from repeats")
        for r in ranks:
            self.assertEqual(r["rank"], 1 + sum(o["incidents"] > r["incidents"] for o in ranks))
            n = r["incidents"]
            self.assertEqual(r["class"], 1 if n == 2 else 2 if n < 5 else 3 if n < 10 else 4)

    def test_density_is_exact(self):
        """The surface against the formula, cell by cell: quartic, 3(1-u2)2/(pi h2)."""
        import numpy
        from osgeo import gdal
        tif = gdal.Open(os.path.join(self.out, "density.tif"))
        values = tif.ReadAsArray()
        west, cell, _, north, _, _ = tif.GetGeoTransform()
        self.assertEqual((west % cell, north % cell), (0, 0))
        points = numpy.array([(x, y) for x, y, _ in self.unique_points()])
        rng = numpy.random.default_rng(7)
        tops = numpy.argsort(numpy.nan_to_num(values), axis=None)[-50:]
        for at in [*tops, *rng.integers(0, values.size, 400)]:
            row, col = divmod(int(at), values.shape[1])
            if math.isnan(values[row, col]):
                continue
            u2 = ((points[:, 0] - (west + (col + .5) * cell)) ** 2 +
                  (points[:, 1] - (north - (row + .5) * cell)) ** 2) / 200.0 ** 2
            exact = (3 / (math.pi * 200 ** 2) * (1 - u2[u2 < 1]) ** 2).sum() * 1e6
            self.assertLessEqual(abs(values[row, col] - exact), 1.2e-7 * exact)

    def unique_points(self):
        seen = set()
        for x, y, row in self.good_rows():
            if row["incident_id"] not in seen:
                seen.add(row["incident_id"])
                yield x, y, row

    def test_bands_and_surface_agree(self):
        import numpy
        from osgeo import gdal
        values = gdal.Open(os.path.join(self.out, "density.tif")).ReadAsArray()
        ladder = [0, 5, 10, 20, 50, 100, 200, 500]
        classes = numpy.digitize(values[~numpy.isnan(values)], ladder) - 1
        for band in hot.rows(self.gpkg, "select * from density"):
            cells = int((classes == band["class"]).sum())
            self.assertAlmostEqual(band["area_km2"], cells * 0.0025)
            self.assertEqual(band["per_km2_from"], ladder[band["class"]])

    def test_maps_are_there_for_every_area(self):
        maps = os.listdir(os.path.join(self.out, "maps"))
        self.assertIn("overview.png", maps)
        for name, areas in (("ward", 13), ("beat", 7)):
            pages = [m for m in maps if re.fullmatch(name + r"-[\w-]+\.png", m)]
            self.assertEqual(len(pages), areas)
        for m in maps:
            if m.endswith(".png"):
                self.assertIn(m[:-4] + ".pgw", maps)

    def test_the_same_run_gives_the_same_bytes(self):
        again = self.path("again")
        self.succeeds("run", *reversed(hot.months(self.town)), *hot.town_options(self.town),
                      "--type", ASB, "--from", "2025", "--to", "2025", "--out", again,
                      "--threads", "3", env={"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"})
        self.assertEqual(hot.tree(again), hot.tree(self.out))

    def test_config_repeats_the_run(self):
        again = self.path("again")
        self.succeeds("run", "--config", os.path.join(self.out, "run.json"),
                      *hot.months(self.town), "--out", again, cwd=self.town)
        self.assertEqual(hot.tree(again), hot.tree(self.out))
        self.fails(1, ["not one of the files"], "run", "--config",
                   os.path.join(self.out, "run.json"), *hot.months(self.town)[:-1],
                   self.write("x.csv", "date,easting,northing,dataset\n2025-01-02,400100,250100,"
                                       "FICTIONAL hotbeat sample\n"),
                   "--out", self.path("c"), cwd=self.town)

    def test_map_draws_the_same_pages_again(self):
        pages = self.path("pages")
        self.succeeds("map", self.gpkg, "--out", pages)
        drawn = hot.tree(os.path.join(pages, "maps"))
        self.assertEqual(drawn, hot.tree(os.path.join(self.out, "maps")))
        one = self.path("one")
        self.succeeds("map", self.gpkg, "--area", "ward=TB01", "--size", "A3", "--out", one)
        self.assertEqual(sorted(os.listdir(os.path.join(one, "maps"))),
                         ["ward-TB01.pgw", "ward-TB01.png", "ward-TB01.png.aux.xml"])

    def test_files_are_for_their_owner_alone(self):
        for at, folders, files in os.walk(self.out):
            for name in folders:
                self.assertEqual(os.stat(os.path.join(at, name)).st_mode & 0o777, 0o700)
            for name in files:
                self.assertEqual(os.stat(os.path.join(at, name)).st_mode & 0o777, 0o600, name)

    def test_what_a_person_added_is_not_lost(self):
        """--overwrite replaces what hotbeat made, and only results of its own kind."""
        out, said = self.path("out"), ["kde", *hot.months(self.town, "2025"), "--maps", "none"]
        self.succeeds(*said, "--out", out)
        self.succeeds(*said, "--title", "two", "--overwrite", "--out", out)
        before = hot.tree(out)
        notes = os.path.join(out, "tables", "notes.csv")
        with open(notes, "w", encoding="utf-8") as f:
            f.write("mine")
        self.fails(1, [notes, "is not one of the files that hotbeat made there"], *said,
                   "--overwrite", "--out", out)
        self.assertEqual(hot.tree(out).keys() - before.keys(), {"tables/notes.csv"})
        os.remove(notes)
        self.fails(1, [out, "what hotbeat run made", "would be lost"], "map", out + "/hotbeat.gpkg",
                   "--overwrite", "--out", out)
        self.fails(1, [out, "what hotbeat run made"], "sample", out, "--overwrite")
        self.assertEqual(hot.tree(out), before)
        for name in ("density.tif.aux.xml", "hotbeat.gpkg-shm"):  # QGIS has looked at it
            with open(os.path.join(out, name), "w", encoding="utf-8") as f:
                f.write("x")
        self.succeeds(*said, "--title", "two", "--overwrite", "--out", out)
        self.assertEqual(hot.tree(out), before)

    def test_one_analysis_alone(self):
        kde = self.path("kde")
        said = self.succeeds("kde", *hot.months(self.town, "2025"), "--type", ASB, "--out", kde).stderr
        self.assertIn("No areas were given: the frame is that of the incidents themselves", said)
        self.assertNotIn("study area", said)
        warned = hot.rows(kde + "/hotbeat.gpkg",
                          "select value from run_metadata where key like 'warning_%'")
        self.assertTrue(any("No areas were given" in r["value"] for r in warned))
        names = {r["table_name"] for r in hot.rows(kde + "/hotbeat.gpkg",
                                                   "select table_name from gpkg_contents")}
        self.assertEqual(names, {"density", "density_sensitivity", "run_metadata", "layer_styles"})
        repeats = self.path("repeats")
        self.succeeds("repeats", *hot.months(self.town, "2025"), "--type", ASB, "--out", repeats)
        names = {r["table_name"] for r in hot.rows(repeats + "/hotbeat.gpkg",
                                                   "select table_name from gpkg_contents")}
        self.assertEqual(names, {"repeats", "repeats_table", "case_reviews", "repeat_intervals",
                                 "run_metadata", "layer_styles"})
        self.assertFalse(os.path.exists(repeats + "/density.tif"))

    def test_check_writes_nothing(self):
        before = hot.tree(self.town)
        said = self.succeeds("check", *hot.months(self.town), cwd=self.folder.name).stdout
        self.assertIn("18197 rows read = 18179 accepted + 16 rejected + 2 duplicate", said)
        as_json = json.loads(self.succeeds("check", *hot.months(self.town), "--json").stdout)
        self.assertEqual(as_json["rows"]["read"], 18197)
        self.assertEqual(hot.tree(self.town), before)
        self.assertEqual(os.listdir(self.folder.name), [])

    def test_the_sample_is_the_same_everywhere(self):
        self.succeeds("sample", self.path("again"), env={"TZ": "Pacific/Apia"})
        self.assertEqual(hot.tree(self.path("again")), hot.tree(self.town))
        self.succeeds("sample", self.path("other"), "--seed", "2")
        self.assertNotEqual(hot.tree(self.path("other"))["incidents/2024-01-thornbeck.csv"],
                            hot.tree(self.town)["incidents/2024-01-thornbeck.csv"])

    def test_a_gate_is_told_by_the_exit_code(self):
        done = hot.run("run", *hot.months(self.town), *hot.town_options(self.town), "--maps",
                       "none", "--out", self.path("gate"), "--max-rejected", "0.01%")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertTrue(os.path.exists(self.path("gate", "hotbeat.gpkg")))


if __name__ == "__main__":
    hot.main()
