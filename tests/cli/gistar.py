#!/usr/bin/env python3
"""Gi*: squares that are hotter than chance makes them, and what is asked of them."""
import glob
import json
import math
import os
import random

import hot
from hot import ASB
from osgeo import gdal

gdal.UseExceptions()

SIDE, WEST, SOUTH = 250, 400000, 250000
GRID = os.path.join(hot.DATA, "geodesy/uk_os_OSTN15_NTv2_OSGBtoETRS.tif")
# Gi* of 3 x 3 squares, queen neighbours, values 0 0 0 / 0 5 1 / 0 2 8; R: spdep's localG.
TEXTBOOK = [[0, 0, 0], [0, 5, 1], [0, 2, 8]]
TEXTBOOK_Z = [[-0.494718, -1.152742, -0.260378], [-0.905726, None, 1.317419],
              [-0.026038, 1.317419, 2.083023]]


def areas(*boxes):
    """Rectangles of squares: code, and first column, first row, columns, rows from the south-west."""
    features = []
    for code, c, r, cols, rows in boxes:
        w, s = WEST + c * SIDE, SOUTH + r * SIDE
        e, n = w + cols * SIDE, s + rows * SIDE
        features.append({"type": "Feature", "properties": {"code": code, "name": "Name " + code},
                         "geometry": {"type": "Polygon", "coordinates": [
                             [[w, s], [e, s], [e, n], [w, n], [w, s]]]}})
    return json.dumps({"type": "FeatureCollection", "features": features, "crs": {
        "type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}})


def log(rows, asb=ASB):
    """Rows from the north of counts, each incident in the middle of its square."""
    lines = ["easting,northing,date,type"]
    for r, row in enumerate(reversed(rows)):
        for c, n in enumerate(row):
            lines += [f"{WEST + c * SIDE + 125},{SOUTH + r * SIDE + 125},2025-01-15,{asb}"] * n
    return "\n".join(lines) + "\n"


def at(row):
    """Column and row from the south-west of a square of the layer."""
    return (round((float(row["west"]) - WEST) / SIDE), round((float(row["south"]) - SOUTH) / SIDE))


class Gistar(hot.Scratch):
    def arguments(self, rows, *more, boxes=None, other=(), name="out", command="gistar",
                  permutations="999"):
        ward = self.write("ward.geojson", areas(*(boxes or [("A", 0, 0, len(rows[0]), len(rows))])))
        files = [self.write("log.csv", log(rows))]
        if other:
            files.append(self.write("other.csv", log(other, "Theft")))
        return [command, *files, "--areas", f"ward={ward}", "--type", ASB, "--profile", "internal",
                "--maps", "none", "--out", self.path(name), "--overwrite",
                *(["--gistar-permutations", permutations] if permutations else []), *more]

    def squares(self, *arguments, **more):
        """The layer by column and row from the south-west."""
        done = self.succeeds(*self.arguments(*arguments, **more))
        self.said = done.stderr
        table = hot.table(self.path(more.get("name", "out"), "tables/gistar.csv"))
        return {at(row): row for row in table}

    def about(self, name="out"):
        return hot.rows(self.path(name, "hotbeat.gpkg"), "SELECT description FROM gpkg_contents "
                        "WHERE table_name = 'gistar'")[0][0]

    # ---- the statistic ----

    def test_the_textbook_to_the_last_digit(self):
        found = self.squares(TEXTBOOK, "--gistar-universe", "area", "--gistar-radius", "375m",
                             "--gistar-grid", "yes")
        self.assertEqual(len(found), 4)  # those with incidents
        for (c, r), row in found.items():
            z, n = TEXTBOOK_Z[2 - r][c], TEXTBOOK[2 - r][c]
            self.assertEqual(row["incidents"], str(n))
            if z is None:
                self.assertEqual((row["z"], row["p_value"], row["p_analytic"], row["p_fdr"],
                                  row["class"]), ("", "", "", "", ""))
                continue
            self.assertAlmostEqual(float(row["z"]), z, 6)
            self.assertAlmostEqual(float(row["p_analytic"]), math.erfc(abs(z) / 2 ** 0.5), 6)
        self.assertEqual(found[2, 0]["window_incidents"], "16")
        self.assertEqual(found[2, 0]["window_squares"], "4")
        self.assertAlmostEqual(float(found[2, 0]["window_expected"]), 4 * 16 / 9, 12)
        self.assertIn("among the 9 of the study area", self.about())

    def test_the_whole_grid(self):
        self.squares(TEXTBOOK, "--gistar-universe", "area", "--gistar-grid", "yes")
        grid = gdal.Open(self.path("out/gistar.tif"))
        self.assertEqual(grid.GetMetadata("IMAGE_STRUCTURE").get("LAYOUT"), "COG")
        west, side, _, north, _, down = grid.GetGeoTransform()
        self.assertEqual((west, side, down), (WEST, SIDE, -SIDE))
        band = grid.GetRasterBand(1)
        self.assertEqual((band.GetDescription(), band.GetUnitType()),
                         ("gistar", "standard deviations"))
        values = {}
        for r, row in enumerate(band.ReadAsArray().tolist()):
            for c, z in enumerate(row):
                if z == z:
                    values[c, round((north - SOUTH) / SIDE) - 1 - r] = z
        self.assertEqual(len(values), 8)  # the one in the middle is undefined
        for (c, r), z in values.items():
            self.assertAlmostEqual(z, TEXTBOOK_Z[2 - r][c], 5)
        self.assertTrue(os.path.exists(self.path("out/gistar.qml")))
        self.squares(TEXTBOOK)
        self.assertFalse(os.path.exists(self.path("out/gistar.tif")))

    def test_a_radius_of_one_square_is_the_rook(self):
        found = self.squares(TEXTBOOK, "--gistar-universe", "area", "--gistar-radius", "250m")
        self.assertEqual({k: (r["window_squares"], r["window_incidents"]) for k, r in found.items()},
                         {(1, 1): ("5", "8"), (2, 1): ("4", "14"), (1, 0): ("4", "15"),
                          (2, 0): ("3", "11")})

    # ---- the universe ----

    def test_only_where_anything_was_recorded(self):
        counts = [[0, 0, 0, 0], [0, 6, 1, 0], [0, 1, 0, 0]]
        thefts = [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 2, 0]]
        found = self.squares(counts, other=thefts)
        self.assertEqual({k: r["window_squares"] for k, r in found.items()},
                         {(1, 1): "", (2, 1): "", (1, 0): ""} | {
                             (1, 1): "5", (2, 1): "4", (1, 0): "4"})
        self.assertIn("among the 5 where anything of any type was ever recorded", self.about())
        self.assertEqual(len(self.squares(counts)), 3)
        self.assertIn("among the 3 where", self.about())

    def test_a_file_of_polygons(self):
        counts = [[0, 0, 0, 0, 9], [0, 6, 1, 0, 0], [0, 1, 0, 0, 0]]
        town = self.write("town.geojson", areas(("T", 0, 0, 3, 3)))
        found = self.squares(counts, "--gistar-universe", town)
        self.assertEqual(set(found), {(1, 1), (2, 1), (1, 0)})
        self.assertIn("among the 9 of town.geojson", self.about())
        self.assertIn("9 incidents lie in none of these squares.", self.about())
        far = self.write("far.geojson", areas(("T", 900, 900, 3, 3)))
        self.assertEqual(self.squares(counts, "--gistar-universe", far), {})
        self.assertIn("There is no square to judge.", self.about())
        self.fails(1, ["nothing.gpkg"], *self.arguments(
            counts, "--gistar-universe", self.path("nothing.gpkg")))
        self.fails(1, ["log.csv"], *self.arguments(counts, "--gistar-universe",
                                                   self.path("log.csv")))

    def test_the_study_area_cuts_a_square(self):
        """A square whose centre lies outside is still one where something was recorded inside."""
        found = self.squares([[3, 0], [1, 0]], "--gistar-universe", "area",
                             boxes=[("A", 0, 0, 1.3, 2)])
        self.assertEqual({k: r["window_squares"] for k, r in found.items()},
                         {(0, 0): "2", (0, 1): "2"})

    # ---- classes ----

    def town(self, n=30, seed=5):
        """Chance, and a hot block of four squares."""
        draw = random.Random(seed)
        rows = [[draw.choice([0, 0, 0, 0, 1, 1, 2]) for _ in range(n)] for _ in range(n)]
        for r in (10, 11):
            for c in (20, 21):
                rows[r][c] = 15
        return rows

    def test_a_planted_hot_spot_and_nothing_else(self):
        rows = self.town()
        found = self.squares(rows, "--gistar-universe", "area", permutations=None)
        hot_ones = {k for k, r in found.items() if r["class"] not in ("0", "")}
        planted = {(c, 29 - r) for r in (10, 11) for c in (20, 21)}
        beside = {(c, 29 - r) for r in range(9, 13) for c in range(19, 23)}
        self.assertTrue(planted <= hot_ones <= beside, hot_ones)
        self.assertEqual({found[k]["class"] for k in planted}, {"3"})
        for k, row in found.items():
            self.assertGreaterEqual(int(row["incidents"]), 1)
            if int(row["class"]) > 0:
                self.assertGreaterEqual(int(row["window_incidents"]), 5)
        # Squares beside it without an incident of their own are as hot by p, and are not written.
        self.assertTrue(any(rows[29 - r][c] == 0 for c, r in beside))

    def test_a_quiet_quarter_is_cold_and_written_without_incidents(self):
        draw = random.Random(3)
        rows = [[0 if r < 12 and c < 12 else draw.choice([2, 3, 4]) for c in range(24)]
                for r in range(24)]
        found = self.squares(rows, "--gistar-universe", "area", permutations="9999")
        cold = {k: r for k, r in found.items() if int(r["class"]) < 0}
        self.assertGreater(sum(r["incidents"] == "0" for r in cold.values()), 80)
        self.assertTrue(all(float(r["window_expected"]) >= 5 for r in cold.values()))
        self.assertTrue(all(float(r["z"]) < 0 for r in cold.values()))

    def test_alpha_and_permutations(self):
        rows = self.town()
        few = self.squares(rows, "--gistar-universe", "area", "--gistar-permutations", "99")
        self.assertEqual(min(float(r["p_value"]) for r in few.values()), 0.02)
        self.assertIn("ask for more", self.about())
        law = self.squares(rows, "--gistar-universe", "area", "--gistar-permutations", "0")
        self.assertTrue(all(r["p_value"] == r["p_analytic"] for r in law.values()))
        self.assertIn("p is by the normal law.", self.about())
        strict = self.squares(rows, "--gistar-universe", "area", "--gistar-alpha", "0.001")
        wide = self.squares(rows, "--gistar-universe", "area", "--gistar-alpha", "0.5")
        count = [sum(int(r["class"]) > 1 for r in f.values()) for f in (strict, wide)]
        self.assertLess(count[0], count[1])

    def test_a_seed_and_any_threads(self):
        rows = self.town()
        one = self.squares(rows, "--threads", "1", name="one")
        self.assertEqual(self.squares(rows, "--threads", "3", name="three"), one)
        other = self.squares(rows, "--seed", "2", name="other")
        self.assertNotEqual(other, one)
        self.assertEqual({k: r["z"] for k, r in other.items()}, {k: r["z"] for k, r in one.items()})
        ids = {hot.rows(self.path(n, "hotbeat.gpkg"), "SELECT value FROM run_metadata WHERE key = "
                        "'run_id'")[0][0] for n in ("one", "three", "other")}
        self.assertEqual(len(ids), 2)
        self.assertEqual(hot.manifest(self.path("one"))["options"]["gistar-permutations"], "999")

    def test_the_order_of_rows_does_not_matter(self):
        rows = [row[14:26] for row in self.town()[4:16]]
        lines = log(rows).splitlines()
        random.Random(1).shuffle(shuffled := lines[1:])
        ward = self.write("ward.geojson", areas(("A", 0, 0, 12, 12)))
        tables = []
        for body in (lines[1:], shuffled):
            path = self.write("log.csv", "\n".join([lines[0], *body]) + "\n")
            self.succeeds("gistar", path, "--areas", f"ward={ward}", "--profile", "internal",
                          "--maps", "none", "--out", self.path("out"), "--overwrite")
            with open(self.path("out/tables/gistar.csv"), encoding="utf-8") as f:
                tables.append(f.read())
        self.assertEqual(*tables)

    # ---- little or nothing to judge ----

    def test_little(self):
        for rows, n in (([[1]], 1), ([[4, 4]], 2), ([[2, 2], [2, 2]], 4), ([[7, 0], [0, 0]], 1)):
            found = self.squares(rows)
            self.assertEqual(len(found), n)
            self.assertEqual({(r["z"], r["p_value"], r["class"]) for r in found.values()},
                             {("", "", "")})
            self.assertIn("Nothing can be told apart", self.about())
        all_alike = self.squares([[2] * 5] * 5)
        self.assertEqual({r["class"] for r in all_alike.values()}, {""})

    def test_one_square_far_from_all_others(self):
        rows = [[0] * 30 for _ in range(30)]
        for k in range(0, 30, 3):
            rows[k][k] = 1 + k % 2
        rows[15][2] = 40
        found = self.squares(rows)
        self.assertEqual({r["window_squares"] for r in found.values()}, {"1"})
        self.assertGreater(float(found[2, 14]["z"]), 3)

    def test_what_cannot_be_asked(self):
        for option, value, words in (("cell", "0m", "more than 0"), ("cell", "1m", None),
                                     ("radius", "far", "a distance"), ("alpha", "0", "at most 0.5"),
                                     ("alpha", "0.6", "at most 0.5"), ("grid", "maybe", "yes|no"),
                                     ("permutations", "100000", "at most 99999")):
            if words:
                self.fails(2, [f"--gistar-{option} {value}", words], *self.arguments(
                    TEXTBOOK, f"--gistar-{option}", value))
        self.fails(2, ["--gistar-cell 0.01m", "million squares"], *self.arguments(
            TEXTBOOK, "--gistar-cell", "0.01m"))
        self.fails(2, ["one of hotbeat's own layers"], "run", self.write("l.csv", log(TEXTBOOK)),
                   "--areas", "gistar=" + self.write("a.geojson", areas(("A", 0, 0, 3, 3))),
                   "--out", self.path("out"))

    def test_run_has_it_too(self):
        self.squares(TEXTBOOK, command="run", permutations=None)
        self.assertEqual(hot.manifest(self.path("out"))["options"]["gistar-permutations"], "99999")

    # ---- real data ----

    def test_hot_squares_of_a_town_stay_when_its_county_is_cut_to_it(self):
        if not hot.DATA:
            print("skipped: the shared data is not here (HOTBEAT_DATA)")
            return
        paths = sorted(glob.glob(os.path.join(hot.DATA, "police_uk/wiltshire/2025-*")))
        wards = sorted(glob.glob(os.path.join(hot.DATA, "boundaries/wards_2025/E060000*")))
        town = [w for w in wards if "E06000030" in w]
        county = self.write("county.geojson", self.joined([
            w for w in wards if "E06000030" in w or "E06000054" in w]))
        classes = {}
        for name, ward in (("county", county), ("town", town[0])):
            self.succeeds("gistar", *paths, "--areas", f"ward={ward},code=WD25CD,name=WD25NM",
                          "--type", ASB, "--maps", "none", "--grid", GRID, "--incidents", "no",
                          "--out", self.path(name))
            classes[name] = {at(r): int(r["class"])
                             for r in hot.table(self.path(name, "tables/gistar.csv"))}
        county, town = classes["county"], classes["town"]
        hot_before = {k for k in town if county.get(k, 0) > 0}
        hot_after = {k for k, c in town.items() if c > 0}
        print(f"Swindon: {len(hot_before)} hot in the county, {len(hot_after)} by itself, "
              f"{len(hot_before & hot_after)} both")
        self.assertGreater(len(hot_before), 15)
        self.assertTrue(hot_after <= hot_before)
        self.assertGreaterEqual(len(hot_after), 0.7 * len(hot_before))
        self.assertTrue({k for k in town if county.get(k, 0) == 3} <= hot_after)

    @staticmethod
    def joined(paths):
        features = []
        for path in paths:
            with open(path, encoding="utf-8") as f:
                whole = json.load(f)
            features += whole["features"]
        whole["features"] = features
        return json.dumps(whole)


if __name__ == "__main__":
    hot.main()
