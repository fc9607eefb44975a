#!/usr/bin/env python3
"""Other places than the one that everything is tried on: each runs with the counts that its data has,
or is refused for a stated reason. Counts are those of the data's own description, or are taken here
from the file itself by Python's csv."""
import csv
import glob
import gzip
import json
import os

import hot

hot.need_data()
D = hot.DATA
GRID = os.path.join(D, "geodesy/uk_os_OSTN15_NTv2_OSGBtoETRS.tif")
FORCES = os.path.join(D, "boundaries/police_force_areas_2016_bng.gpkg")
TIMED = os.path.join(D, "timed_incidents")


def police(*parts):
    return sorted(glob.glob(os.path.join(D, "police_uk", *parts)))


def rows_of(*paths):
    found = []
    for path in paths:
        opened = gzip.open if path.endswith(".gz") else open
        with opened(path, "rt", newline="", encoding="utf-8") as f:
            found += csv.DictReader(f)
    return found


class Place(hot.Scratch):
    def analyse(self, verb, paths, *more):
        """One analysis or all: the manifest, once the counts add up."""
        out = self.path("out")
        self.said = self.succeeds(verb, *paths, "--maps", "none", "--overwrite", "--out", out,
                                  *more).stderr
        manifest = hot.manifest(out)
        rows = manifest["rows"]
        self.assertEqual(rows["read"], rows["accepted"] + rows["rejected"] + rows["duplicate"])
        self.assertEqual(rows["selected"], rows["inside"] + rows["outside"])
        for name in manifest["areas"]:
            table = hot.table(os.path.join(out, f"tables/{name}.csv"))
            placed = sum(int(a["incidents"]) for a in table)
            self.assertEqual(placed + manifest["areas"][name]["not_placed"], rows["inside"])
        return manifest

    def wards(self, *councils):
        """The wards of several councils as one file."""
        merged = None
        for council in councils:
            (path,) = glob.glob(os.path.join(D, "boundaries/wards_2025", council + "_*.geojson"))
            with open(path, encoding="utf-8") as f:
                one = json.load(f)
            if merged:
                merged["features"] += one["features"]
            else:
                merged = one
        return self.write("wards.geojson", json.dumps(merged))


class England(Place):
    def force(self, name, month, councils, wards):
        paths = police(name, month + "-*")
        rows = rows_of(*paths)
        manifest = self.analyse(
            "run", paths, "--areas", "ward=" + self.wards(*councils), "--population",
            "ward=" + os.path.join(D, "population/ward25_population_derived.csv"), "--grid", GRID,
            "--cell", "200m")
        self.assertEqual(manifest["rows"]["read"], len(rows))
        self.assertEqual(manifest["rejects"]["no_coordinates"],
                         sum(not r["Longitude"] for r in rows))
        self.assertEqual(manifest["rows"]["rejected"], manifest["rejects"]["no_coordinates"])
        ward = manifest["areas"]["ward"]
        self.assertEqual((ward["areas"], ward["population"]["not_known"]), (wards, 0))
        self.assertEqual(manifest["crs"]["accuracy_m"], 1)
        return manifest

    def test_leicestershire(self):
        manifest = self.force("leicestershire", "2025-07", ("E10000018", "E06000016", "E06000017"),
                              176)
        self.assertEqual(manifest["rows"]["read"], 9343)
        self.assertEqual(manifest["areas"]["ward"]["coverage"]["overlaps"]["pairs"], 0)

    def test_gloucestershire(self):
        manifest = self.force("gloucestershire", "2025-01", ("E10000013",), 138)
        self.assertEqual(manifest["rows"]["read"], 4485)

    def test_the_city_of_london(self):
        """24 months, 8 % without coordinates, wards where nobody lives."""
        manifest = self.force("city-of-london", "202?", ("E09000001",), 25)
        self.assertEqual((manifest["rows"]["read"], manifest["rejects"]["no_coordinates"]),
                         (18867, 1589))
        self.assertEqual(len(manifest["coverage"]["months"]), 24)
        self.assertEqual(manifest["coverage"]["gaps"], [])
        empty = [w for w in hot.table(self.path("out/tables/ward.csv")) if w["population"] == "0"]
        self.assertEqual(len(empty), 20)
        self.assertEqual({w["rate_per_1000"] for w in empty}, {""})
        self.assertGreater(sum(int(w["incidents"]) for w in empty), 1000)

    def test_cheshire_in_2016(self):
        manifest = self.analyse("repeats", police("samples/2016-08-cheshire*"), "--grid", GRID)
        self.assertEqual((manifest["rows"]["read"], manifest["rows"]["rejected"]), (8627, 0))
        self.assertTrue(manifest["snapped"])

    def test_collisions_of_greater_manchester(self):
        folder = os.path.join(D, "stats19/greater_manchester")
        manifest = self.analyse(
            "run", glob.glob(os.path.join(folder, "*.csv")), "--areas",
            "ward=" + os.path.join(folder, "gm_ward_2023_generalised.geojson"), "--grid", GRID,
            "--profile", "internal", "--incidents", "no", "--cell", "200m")
        self.assertEqual((manifest["rows"]["read"], manifest["rows"]["inside"]), (20435, 20429))
        self.assertEqual(manifest["areas"]["ward"]["areas"], 215)

    def test_a_shapefile_of_west_yorkshire(self):
        """Its .prj names no EPSG code."""
        manifest = self.analyse(
            "run", [os.path.join(D, "stats19/west_yorkshire_bicycle/bikeWY.shp")], "--areas",
            f"force={FORCES}", "--profile", "internal", "--cell", "1km")
        self.assertEqual((manifest["rows"]["read"], manifest["rows"]["rejected"]), (4101, 0))
        force = {a["name"]: int(a["incidents"])
                 for a in hot.table(self.path("out/tables/force.csv"))}
        self.assertGreaterEqual(force["West Yorkshire"], 4090)


class BeyondEngland(Place):
    def test_northern_ireland(self):
        """No LSOA on any row; on the British grid's sheet, and on the Irish one."""
        paths = police("samples/2025-06-northern-ireland*")
        for crs in ("EPSG:27700", "EPSG:29903"):
            manifest = self.analyse("repeats", paths, "--grid", GRID, "--crs", crs)
            self.assertEqual((manifest["rows"]["read"], manifest["rejects"]["no_coordinates"]),
                             (11536, 181))
            self.assertEqual(manifest["rows"]["inside"], 11355)
            self.assertNotIn("allpark", manifest["crs"]["operation"])

    def test_british_transport_police(self):
        """All of Great Britain: too many small cells are advised on, large ones do."""
        paths = police("samples/2025-01-btp*")
        districts = "district=" + os.path.join(D, "boundaries/lad_uk_2024.gpkg")
        self.fails(2, ["million cells of 50 m", "use --cell 110m or more"], "run", *paths, "--areas",
                   districts, "--grid", GRID, "--out", self.path("out"))
        self.fails(2, ["million cells of 25 m", "--cell"], "kde", *paths, "--cell", "25m", "--grid",
                   GRID, "--out", self.path("out"))
        manifest = self.analyse("run", paths, "--areas", f"force={FORCES}", "--grid", GRID,
                                "--cell", "1km")
        self.assertEqual((manifest["rows"]["read"], manifest["rows"]["duplicate"]), (3304, 0))
        scottish = sum(not r["LSOA code"] for r in rows_of(*paths))
        self.assertEqual(scottish, 103)
        self.assertGreaterEqual(manifest["rows"]["outside"], scottish)
        self.assertLess(manifest["rows"]["outside"], scottish + 20)
        self.analyse("kde", paths, "--grid", GRID, "--cell", "1km")


class Abroad(Place):
    def test_vancouver(self):
        (path,) = glob.glob(os.path.join(TIMED, "vancouver/*2025.csv"))
        manifest = self.analyse(
            "run", [path], "--crs", "EPSG:32610", "--areas",
            "area=" + os.path.join(TIMED, "vancouver/local-area-boundary.geojson"), "--profile",
            "internal", "--incidents", "no", "--cell", "100m")
        rows = rows_of(path)
        nowhere = sum(float(r["X"]) == 0 and float(r["Y"]) == 0 for r in rows)
        self.assertEqual((manifest["rows"]["read"], manifest["rejects"]["zero_island"]),
                         (len(rows), nowhere))
        self.assertAlmostEqual(manifest["rows"]["inside"] / manifest["rows"]["accepted"], 0.995, 3)
        area = {a["name"]: int(a["incidents"])
                for a in hot.table(self.path("out/tables/area.csv"))}
        said = sum(r["NEIGHBOURHOOD"] == "Kitsilano" and float(r["X"]) != 0 for r in rows)
        self.assertLess(abs(area["Kitsilano"] - said) / said, 0.02)
        # OGR's own intersections of the same areas, pair by pair, come to 14,291 m2 and 4,450 m2.
        coverage = manifest["areas"]["area"]["coverage"]
        self.assertEqual((coverage["overlaps"]["pairs"], coverage["gaps"]["count"]), (10, 17))
        self.assertAlmostEqual(coverage["overlaps"]["area_m2"], 14291, delta=3)
        self.assertAlmostEqual(coverage["gaps"]["area_m2"], 4450, delta=3)

    def test_houston(self):
        paths = glob.glob(os.path.join(TIMED, "houston/*.gz"))
        manifest = self.analyse("repeats", paths, "--crs", "EPSG:32615", "--zone",
                                "America/Chicago", "--profile", "internal", "--incidents", "no",
                                "--type", "burglary")
        with gzip.open(paths[0], "rt", newline="") as f:
            burglaries = sum(r["offense"] == "burglary" for r in csv.DictReader(f))
        self.assertAlmostEqual(manifest["rows"]["selected"], burglaries, delta=10)
        self.assertEqual((manifest["rows"]["read"], manifest["rejects"]["no_coordinates"]),
                         (86314, 5))
        self.assertLess(manifest["rows"]["rejected"], 10)
        self.assertEqual(manifest["crs"]["accuracy_m"], 0)

    def test_memphis_by_precinct(self):
        paths = [os.path.join(TIMED, "memphis/memphis_robberies_2019.csv")]
        areas = "precinct=" + os.path.join(TIMED, "memphis/memphis_precincts.geojson")
        manifest = self.analyse("run", paths, "--crs", "EPSG:32136", "--areas", areas, "--profile",
                                "internal", "--cell", "200m")
        self.assertEqual((manifest["rows"]["read"], manifest["rows"]["inside"]), (2245, 2244))
        self.assertEqual(manifest["areas"]["precinct"]["areas"], 9)
        self.assertEqual(manifest["crs"]["accuracy_m"], 4)  # WGS 84 to NAD 83: all there is
        self.assertNotIn("OSTN15", self.said)
        self.fails(2, ["EPSG:2274", "not in metres"], "run", *paths, "--crs", "EPSG:2274",
                   "--areas", areas, "--profile", "internal", "--out", self.path("o"))
        self.fails(1, ["EPSG:26971", "leave --require-ostn15 out"], "run", *paths, "--crs",
                   "EPSG:26971", "--areas", "beat=" + os.path.join(
                       D, "boundaries/police_areas/chicago_police_beats.geojson"),
                   "--require-ostn15", "--profile", "internal", "--out", self.path("o"))
        self.fails(1, ["memphis_precincts.geojson", "--crs"], "run", *paths, "--areas", areas,
                   "--profile", "internal", "--out", self.path("o"))

    def test_chicago_by_beat(self):
        bare = os.path.join(TIMED, "chicago_near_repeat/chicago_arson.csv")
        areas = ["--crs", "EPSG:26971", "--areas", "beat=" + os.path.join(
            D, "boundaries/police_areas/chicago_police_beats.geojson"), "--profile", "internal"]
        self.fails(1, ["chicago_arson.csv", "first line", "names"], "run", bare, *areas, "--out",
                   self.path("out"))
        with open(bare, encoding="utf-8") as f:
            named = self.write("arson.csv", "x,y,date\n" + f.read())
        manifest = self.analyse("run", [named], *areas, "--cell", "200m")
        self.assertEqual((manifest["rows"]["read"], manifest["rows"]["inside"]), (522, 520))
        self.assertEqual(manifest["areas"]["beat"]["areas"], 275)  # 277 features, one beat is three
        self.assertEqual(manifest["crs"]["operation"], "none")


if __name__ == "__main__":
    hot.main()
