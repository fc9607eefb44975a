#!/usr/bin/env python3
"""Area files: what is found in them by itself, what is refused by name, what is reported."""
import glob
import json
import math
import os
import shutil
import sqlite3
import struct
import subprocess
import sys
import time
import zipfile

import hot

GRID = os.path.join(hot.DATA, "geodesy/uk_os_OSTN15_NTv2_OSGBtoETRS.tif")
B = os.path.join(hot.DATA, "boundaries")
BNG = "urn:ogc:def:crs:EPSG::27700"
SIDE = 1000


def read(path):
    with open(path, "rb") as f:
        return f.read()


def square(k, row=0, side=SIDE):
    w, s = 400000 + k * SIDE, 250000 + row * SIDE
    return [[w, s], [w + side, s], [w + side, s + side], [w, s + side], [w, s]]


def feature(code, *rings, name=None):
    return {"type": "Feature", "properties": {"code": code, "name": name or "Name " + code},
            "geometry": {"type": "Polygon", "coordinates": list(rings)}}


def collection(features, crs=BNG):
    c = {"type": "FeatureCollection", "features": features}
    if crs:
        c["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(c)


class Area(hot.Scratch):
    def setUp(self):
        super().setUp()
        self.incidents = self.write("i.csv", "date,easting,northing,type\n"
                                             "2025-01-02,400500,250500,Noise\n")

    def run_with(self, source, *more, env=None):
        return hot.run("run", self.incidents, "--areas", f"ward={source}", "--profile", "internal",
                       "--maps", "none", "--overwrite", "--out", self.path("out"), *more, env=env)

    def areas(self, source, *more, **rest):
        done = self.run_with(source, *more, **rest)
        self.assertEqual(done.returncode, 0, done.stderr)
        return hot.manifest(self.path("out"))["areas"]["ward"], done.stderr

    def refuses(self, source, *words, code=1):
        shutil.rmtree(self.path("out"), ignore_errors=True)
        started = time.monotonic()
        done = self.run_with(source)
        lines = done.stderr.splitlines()
        self.assertEqual((done.returncode, len(lines)), (code, 1), done.stderr)
        for word in words:
            self.assertIn(word, lines[0])
        self.assertLess(time.monotonic() - started, 10)
        self.assertFalse(os.path.exists(self.path("out")))

    def geojson(self, name, features, crs=BNG):
        return self.write(name, collection(features, crs))

    def gpkg(self, name, sql=()):
        """A GeoPackage of two squares, and then whatever the statements make of it."""
        from osgeo import gdal
        gdal.UseExceptions()
        source = self.geojson("source.geojson", [feature("A", square(0)), feature("B", square(1))])
        path = self.path(name)
        gdal.VectorTranslate(path, source, format="GPKG", layerName="w")
        with sqlite3.connect(path) as db:
            if sql:
                for (trigger,) in db.execute(
                        "select name from sqlite_master where type = 'trigger'").fetchall():
                    db.execute(f'drop trigger "{trigger}"')
            for statement in sql:
                db.execute(statement)
        db.close()
        return path

    def shapefile(self, stem):
        from osgeo import gdal
        gdal.UseExceptions()
        source = self.geojson("source.geojson", [feature("A", square(0)), feature("B", square(1))])
        gdal.VectorTranslate(self.path(stem + ".shp"), source, format="ESRI Shapefile")
        return self.path(stem + ".shp")


class NoFile(Area):
    """What is no file, or not the file that its name says."""

    def test_no_file_at_all(self):
        for source, word in (("/vsizip/a.zip/b.shp", "inside GDAL"), ("/vsicurl/x", "inside GDAL"),
                             ("https://example.org/w.gpkg", "network"),
                             ("GPKG:w.gpkg", "driver"), ("CSV:w.csv", "driver"),
                             ("WFS:x", "driver"), ("PG:dbname=x", "database"),
                             ('{"type":"FeatureCollection"}', "is data"),
                             ("<OGRVRTDataSource/>", "is data"),
                             (self.folder.name, "not a file of data")):
            self.refuses(source, word)

    def test_disguised(self):
        good = self.geojson("good.geojson", [feature("A", square(0))])
        vrt = (f'<OGRVRTDataSource><OGRVRTLayer name="good"><SrcDataSource>{good}</SrcDataSource>'
               '</OGRVRTLayer></OGRVRTDataSource>')
        for ending in ("gpkg", "geojson", "json", "shp", "zip", "kml"):
            self.refuses(self.write("vrt." + ending, vrt), "vrt." + ending, "holds XML")
        for ending in ("gpkg", "shp", "zip", "kml"):
            path = self.path("geojson." + ending)
            shutil.copy(good, path)
            self.refuses(path, "holds JSON")
        self.refuses(self.write("w.vrt", vrt), "of no kind")
        self.refuses(self.write("w.csv", "code\nA\n"), "of no kind")
        self.refuses(self.write("w.dbf", "x"), "name the .shp")
        self.refuses(self.write("empty.gpkg", ""), "is empty")
        self.refuses(self.write("w.gpkg", b"SQLite format 3\0" + b"\xff" * 2000), "damaged")
        self.refuses(self.write("w.shp", b"\0\0\x27\x0a" + b"\0" * 96), ".shx is not beside")
        self.refuses(self.write("w.geojson", '{"a": 1}'), "cannot be read")
        self.refuses(self.write("w.geojson", '{"type":"Topology","objects":{}}'), "TopoJSON")

    def test_damaged_anywhere(self):
        """Bytes of the schema turned over: refused, or read as before; never a crash or a hang."""
        whole = read(self.gpkg("whole.gpkg"))
        for at in (16, 18, 28, 52, 56, 60, 100, 101, 103, 105, 108, 110, 900, 3000, 4000):
            path = self.write("damaged.gpkg", whole[:at] + bytes([whole[at] ^ 0xff]) +
                              whole[at + 1:])
            done = self.run_with(path)
            self.assertIn(done.returncode, (0, 1), done.stderr)
        for n in (99, 512, 20000):
            self.refuses(self.write("cut.gpkg", whole[:n]), "cut.gpkg")


class Views(Area):
    ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "

    def layer(self, name):
        return (f"insert into gpkg_contents(table_name, data_type, identifier, srs_id) values "
                f"('{name}', 'features', '{name}', 27700)",
                f"insert into gpkg_geometry_columns values ('{name}', 'geom', 'POLYGON', 27700, 0, "
                f"0)")

    def test_a_layer_that_is_a_view(self):
        plain = self.gpkg("v.gpkg", ["create view v as select fid, geom, code from w",
                                     *self.layer("v")])
        self.refuses(plain + ":v", "v.gpkg", "is a view")
        self.assertEqual(self.areas(plain + ":w")[0]["areas"], 2)
        endless = self.gpkg("e.gpkg", [
            "create view v as " + self.ENDLESS + "select x as fid, (select geom from w) as geom, "
            "'A' as code from c", *self.layer("v")])
        self.refuses(endless + ":v", "is a view")
        self.assertEqual(self.areas(endless + ":w")[0]["areas"], 2)

    def test_the_geopackages_own_tables_as_views(self):
        for own in ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"):
            path = self.gpkg(own + ".gpkg", [
                f"create table kept as select * from {own}", "pragma foreign_keys = off",
                f"drop table {own}",
                f"create view {own} as " + self.ENDLESS + "select kept.* from kept, c"])
            self.refuses(path + ":w", own, "is a view")

    def test_a_view_that_hides_behind_comments(self):
        path = self.gpkg("h.gpkg", [
            "create table kept as select * from gpkg_contents", "drop table gpkg_contents",
            "create view /* select */ [gpkg_contents] as " + self.ENDLESS +
            "select kept.* from kept, c"])
        self.refuses(path + ":w", "is a view")

    def test_a_virtual_layer(self):
        path = self.gpkg("x.gpkg", ["create virtual table x using fts4(geom, code)",
                                    *self.layer("x")])
        self.refuses(path + ":x", "view")

    def test_a_name_that_only_contains_the_word(self):
        path = self.gpkg("r.gpkg", ["create trigger reviews after insert on w begin "
                                    "update gpkg_contents set identifier = 'w' where 0; end"])
        self.assertEqual(self.areas(path + ":w")[0]["areas"], 2)

    def test_a_view_of_ones_own_does_no_harm(self):
        path = self.gpkg("own.gpkg", ["create view mine as " + self.ENDLESS + "select x from c"])
        self.assertEqual(self.areas(path + ":w")[0]["areas"], 2)


class Zips(Area):
    def zipped(self, name, members, how=zipfile.ZIP_DEFLATED):
        path = self.path(name)
        with zipfile.ZipFile(path, "w", how) as z:
            for inside, data in members.items():
                z.writestr(inside, data)
        return path

    def parts(self, stem, inside=""):
        self.shapefile(stem)
        found = {}
        for e in ("shp", "shx", "dbf", "prj"):
            found[f"{inside}{stem}.{e}"] = read(self.path(f"{stem}.{e}"))
        return found

    def test_what_may_be_in_one(self):
        gpkg = read(self.gpkg("g.gpkg"))
        geojson = collection([feature("A", square(0)), feature("B", square(1))])
        for name, members in (("s", self.parts("w")), ("f", self.parts("w", "folder/")),
                              ("d", {**self.parts("w"), "licence.txt": "x", "meta.json": "{}"}),
                              ("g", {"w.gpkg": gpkg}), ("j", {"w.geojson": geojson}),
                              ("m", {"w.geojson": geojson, "__MACOSX/._w.geojson": "x"})):
            self.assertEqual(self.areas(self.zipped(name + ".zip", members))[0]["areas"], 2, name)

    def test_several(self):
        path = self.zipped("two.zip", {**self.parts("wards"), **self.parts("beats")})
        self.refuses(path, "several layers", "wards", "beats")
        self.refuses(path + ":parishes", "no layer")
        self.assertEqual(self.areas(path + ":beats")[0]["layer"], "beats")

    def test_what_may_not(self):
        self.refuses(self.zipped("n.zip", {"a.txt": "x", "b.pdf": "y"}), "holds no Shapefile")
        self.refuses(self.zipped("v.zip", {"w.geojson": "<OGRVRTDataSource/>"}), "holds XML")
        self.refuses(self.zipped("o.zip", {"../w.geojson": "{}"}), "holds no Shapefile")
        self.refuses(self.zipped("k.zip", {"w.vrt": "<x/>"}), "holds no Shapefile")
        good = read(self.zipped("c.zip", self.parts("w")))
        self.refuses(self.write("c.zip", good[:-30]), "c.zip", "damaged")
        self.refuses(self.write("c.zip", good[:500]), "c.zip")

    def test_a_bomb(self):
        """600 MB of nothing in 600 kB: refused by its list, and little memory is touched."""
        path = self.path("bomb.zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
            with z.open("w.geojson", "w") as f:
                for _ in range(600):
                    f.write(b" " * (1 << 20))
        self.refuses(path, "unpacks to more than 512 MiB")
        # The list may lie: then reading goes on to the data's end, and memory stays small.
        data = bytearray(read(path))
        entry = data.rindex(b"PK\1\2")
        data[entry + 24:entry + 28] = struct.pack("<I", 1000)
        path = self.write("liar.zip", bytes(data))
        child = subprocess.Popen(
            [hot.HOTBEAT, "run", self.incidents, "--areas", f"ward={path}", "--profile", "internal",
             "--out", self.path("o")], stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(child.returncode, 1)
        self.assertLess(used.ru_maxrss, 1 << 20)  # KiB


class Systems(Area):
    def test_an_old_crs_member(self):
        for crs in (BNG, "EPSG:27700"):
            found, _ = self.areas(self.geojson("o.geojson", [feature("A", square(0))], crs))
            self.assertEqual(found["source_crs"], "EPSG:27700")

    def test_metres_that_are_called_degrees(self):
        path = self.geojson("m.geojson", [feature("A", square(0))], None)
        self.refuses(path, "said to be in degrees", ",crs=EPSG:27700")
        self.assertEqual(self.areas(path + ",crs=EPSG:27700")[0]["areas"], 1)
        self.refuses(path + ",crs=27700", "crs=EPSG:CODE", code=2)

    def test_latitude_first(self):
        ring = [[52.14, -2.0], [52.15, -2.0], [52.15, -1.99], [52.14, -2.0]]
        self.refuses(self.geojson("l.geojson", [feature("A", ring)], None),
                     "latitude before longitude")

    def test_another_country(self):
        ring = [[-123.1, 49.2], [-123.0, 49.2], [-123.0, 49.3], [-123.1, 49.2]]
        self.refuses(self.geojson("v.geojson", [feature("A", ring)], None), "--crs")

    def test_prj(self):
        path = self.shapefile("w")
        self.assertEqual(self.areas(path)[0]["source_crs"], "EPSG:27700")
        os.remove(self.path("w.prj"))
        self.refuses(path, "does not say which coordinate system", ",crs=EPSG:27700")
        self.assertEqual(self.areas(path + ",crs=EPSG:27700")[0]["areas"], 2)
        self.refuses(path + ",crs=EPSG:4326", "said to be in degrees")

    def test_a_prj_of_metres_over_degrees(self):
        from osgeo import gdal, osr
        ring = [[-2.0, 52.14], [-1.99, 52.14], [-1.99, 52.15], [-2.0, 52.14]]
        source = self.geojson("d.geojson", [feature("A", ring)], None)
        gdal.UseExceptions()
        gdal.VectorTranslate(self.path("d.shp"), source, format="ESRI Shapefile")
        bng = osr.SpatialReference()
        bng.ImportFromEPSG(27700)
        self.write("d.prj", bng.ExportToWkt(["FORMAT=WKT1_ESRI"]))
        self.refuses(self.path("d.shp"), "look like degrees", ",crs=EPSG:4326")

    def test_a_persons_settings_change_nothing(self):
        path = self.shapefile("w")
        plain, _ = self.areas(path)
        before = hot.tree(self.path("out"))
        rc = self.write("gdalrc", "[configoptions]\nOGR_SKIP=ESRI Shapefile\n")
        self.areas(path, env={"OGR_SKIP": "ESRI Shapefile,GPKG", "GDAL_SKIP": "GPKG",
                              "SHAPE_ENCODING": "UTF-16", "CPL_DEBUG": "ON",
                              "OGR_SQLITE_PRAGMA": "journal_mode=off", "GDAL_CONFIG_FILE": rc,
                              "OSR_DEFAULT_AXIS_MAPPING_STRATEGY": "AUTHORITY_COMPLIANT"})
        self.assertEqual(hot.tree(self.path("out")), before)
        home = self.path("home")
        os.makedirs(os.path.join(home, ".gdal"))
        shutil.copy(rc, os.path.join(home, ".gdal/gdalrc"))
        self.areas(path, env={"HOME": home})


class SideBySide(Area):
    def test_overlaps_are_reported_and_named(self):
        wide = [[400900, 250000], [402000, 250000], [402000, 251000], [400900, 251000],
                [400900, 250000]]
        found, said = self.areas(self.geojson("o.geojson", [
            feature("A", square(0)), feature("B", wide), feature("C", square(2))]))
        overlaps = found["coverage"]["overlaps"]
        self.assertEqual(overlaps["pairs"], 1)
        self.assertAlmostEqual(overlaps["area_m2"], 100000, 3)
        self.assertEqual(overlaps["largest_between"], ["A", "B"])
        self.assertIn("ward: 1 pair of areas overlap by 0.10 km2 in all, most of it where A and B "
                      "do (0.10 km2).", said)

    def test_gaps_are_reported(self):
        ring = [[400000, 250000], [403000, 250000], [403000, 253000], [400000, 253000],
                [400000, 250000]]
        hole = square(1, 1)[::-1]
        inner = [[401000, 251000], [402000, 251000], [402000, 251998], [401000, 251998],
                 [401000, 251000]]
        found, said = self.areas(self.geojson("g.geojson", [feature("A", ring, hole),
                                                            feature("B", inner)]))
        self.assertEqual(found["coverage"]["gaps"]["count"], 1)
        self.assertAlmostEqual(found["coverage"]["gaps"]["area_m2"], 2000, 3)
        self.assertIn("ward: 1 gap between its areas, 2000 m2 in all", said)

    def test_a_repair_is_listed(self):
        bow = [[400000, 250000], [401000, 251000], [401000, 250000], [400000, 251000],
               [400000, 250000]]
        found, said = self.areas(self.geojson("b.geojson", [feature("A", bow),
                                                            feature("B", square(3))]))
        self.assertEqual([r["code"] for r in found["repairs"]], ["A"])
        self.assertIn("elf-intersection", found["repairs"][0]["reason"])
        self.assertAlmostEqual(found["repairs"][0]["area_after_m2"], 500000, 3)
        self.assertIn("1 invalid polygon was repaired", said)

    def test_population_is_told(self):
        people = self.write("p.csv", "code,people\nA,*\nB,120\nX,5\n")
        found, _ = self.areas(self.geojson("p.geojson", [feature("A", square(0)),
                                                         feature("B", square(1))]),
                              "--population", f"ward={people}")
        self.assertEqual(found["population"], {"known": 1, "not_known": 1, "codes_of_no_area": 1})


    def test_check_says_it_too(self):
        bow = [[400000, 250000], [401000, 251000], [401000, 250000], [400000, 251000],
               [400000, 250000]]
        wide = [[402900, 250000], [405000, 250000], [405000, 251000], [402900, 251000],
                [402900, 250000]]
        inner = [[403200, 250200], [403200, 250800], [403800, 250800], [403800, 250200],
                 [403200, 250200]]
        path = self.geojson("c.geojson", [feature("A", bow), feature("B", square(2)),
                                          feature("C", wide, inner)])
        said = self.succeeds("check", self.incidents, "--areas", f"ward={path}").stdout
        self.assertIn("ward: 1 pair of areas overlap by 0.10 km2 in all", said)
        self.assertIn("ward: 1 gap between its areas, 0.36 km2 in all", said)
        self.assertIn("A Name A: invalid (Self-intersection), repaired; 0.0000 km2 before, "
                      "0.5000 after", said)


class Weights(Area):
    def test_sums_stand_beside_counts(self):
        """Of each area and each repeat place; the same whatever the order and the files."""
        rows = ["400500,250500,0.1", "400500,250500,0.2", "400600,250500,0.7", "401500,250500,3",
                "401500,250500,0"]
        self.write("i.csv", "date,easting,northing,harm\n" +
                   "".join(f"2025-01-02,{r}\n" for r in rows))
        source = self.geojson("w.geojson", [feature(c, square(k)) for k, c in enumerate("ABC")])
        self.areas(source, "--weight", "harm")
        wards = hot.table(self.path("out/tables/ward.csv"))
        self.assertEqual([(w["incidents"], w["weighted"]) for w in wards],
                         [("3", "1"), ("2", "3"), ("0", "0")])
        places = hot.table(self.path("out/tables/repeats.csv"))
        self.assertEqual([(p["incidents"], p["weighted"]) for p in places],
                         [("2", "0.3"), ("2", "3")])
        self.areas(source)
        self.assertNotIn("weighted", hot.table(self.path("out/tables/ward.csv"))[0])


class Repairs(Area):
    """What is mended is listed, and what cannot be is refused by name."""

    def reason(self, *rings):
        found, _ = self.areas(self.geojson("r.geojson", [feature("A", *rings),
                                                         feature("B", square(3))]))
        self.assertEqual([r["code"] for r in found["repairs"]], ["A"])
        return found["repairs"][0]["reason"]

    def test_a_ring_that_is_open(self):
        self.assertIn("does not end where it begins", self.reason(square(0)[:-1]))

    def test_a_hole_that_is_none(self):
        self.assertIn("a hole with too few vertices",
                      self.reason(square(0), [[400100, 250100], [400200, 250200]]))

    def test_nothing_is_left(self):
        self.refuses(self.geojson("n.geojson", [feature("A", square(0), square(0))]),
                     "A Name A", "no area is left", "take the row out")

    def test_crossings_on_both_sides_of_the_limit(self):
        """A star of n vertices (odd) that steps (n - 1) / 2 crosses itself n (n - 3) / 2 times."""
        def star(n):
            corner = [(2 * math.pi * k * (n // 2) / n) for k in range(n)]
            ring = [[400500 + 400 * math.cos(a), 250500 + 400 * math.sin(a)] for a in corner]
            return ring + [ring[0]]
        self.assertLess(201 * 198 // 2, 20000)
        self.assertGreater(203 * 200 // 2, 20000)
        self.assertIn("elf-intersection", self.reason(star(201)))
        self.refuses(self.geojson("s.geojson", [feature("A", star(203))]), "A Name A",
                     "crosses itself more than 20000 times")
        self.refuses(self.geojson("s.geojson", [feature("A", star(2001))]), "crosses itself")

    def test_many_areas_over_each_other_take_no_time(self):
        wide = [feature(f"A{k:03}", [[400000 + k, 250000 + k], [404000 + k, 250000 + k],
                                     [404000 + k, 254000 + k], [400000 + k, 254000 + k],
                                     [400000 + k, 250000 + k]]) for k in range(1000)]
        found, said = self.areas(self.geojson("m.geojson", wide))
        self.assertIsNone(found["coverage"])
        self.assertIn("too detailed to look for overlaps", said)


class Nothing(Area):
    """Nothing is passed over in silence, nothing is fetched, nothing beside the file is missed."""

    def test_codes_that_are_missing_or_stand_twice(self):
        """A field of codes stays the field of codes, whatever is in it."""
        self.refuses(self.geojson("d.geojson", [feature("A", square(0), name="N"),
                                                feature("A", square(1), name="M")]),
                     "the code A", "(N, M)")
        for blank in ("", None):
            second = feature("B", square(1))
            second["properties"]["code"] = blank
            self.refuses(self.geojson("b.geojson", [feature("A", square(0)), second]),
                         "feature 2 has no code in the field code")

    def test_areas_of_kml(self):
        """Each placemark is an area, or the file is refused."""
        def kml(name, folders, more=""):
            return self.write(name, '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="'
                              'http://www.opengis.net/kml/2.2"><Document>' + "".join(
                                  f"<Folder><name>{n}</name>{''.join(marks)}</Folder>"
                                  for n, marks in folders.items()) + more + "</Document></kml>\n")

        def area(name, west, geometry=True):
            ring = " ".join(f"{west + dx},{52.148 + dy},0" for dx, dy in (
                (0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01), (0, 0)))
            return (f"<Placemark><name>{name}</name>" + geometry * (
                "<Polygon><outerBoundaryIs><LinearRing><coordinates>" + ring +
                "</coordinates></LinearRing></outerBoundaryIs></Polygon>") + "</Placemark>")
        two = [area("A", -2.0), area("B", -1.99)]
        keys = ",code=Name,name=Name"
        self.assertEqual(self.areas(kml("a.kml", {"w": two}) + keys)[0]["areas"], 2)
        self.refuses(kml("b.kml", {"w": two + [area("C", -1.98, False)]}) + keys, "b.kml",
                     "3 placemarks, of which 2")
        self.refuses(kml("c.kml", {"w": two + ["<Placemark/>"]}) + keys, "3 placemarks, of which 2")
        link = "<NetworkLink><Link><href>other.kml</href></Link></NetworkLink>"
        self.refuses(kml("d.kml", {"w": two}, link) + keys, "d.kml", "NetworkLink")
        # A folder by its name, with nothing lost of the others.
        path = kml("e.kml", {"w": two, "v": [area("C", -2.01)]})
        self.assertEqual(self.areas(path + ":w" + keys)[0]["areas"], 2)
        self.refuses(path + keys, "layer")

    def test_a_character_that_ends_a_text(self):
        """The library cuts A\\u0000x and A\\u0000y to one code, and two areas would be one."""
        two = [feature("A\0x", square(0), name="N"), feature("A\0y", square(1), name="N")]
        self.refuses(self.geojson("z.geojson", two), "z.geojson", "\\u0000")
        with open(self.path("z.geojson"), "rb") as f:
            raw = f.read().replace(b"\\u0000", b"\0")
        self.refuses(self.write("z.geojson", raw), "z.geojson", "byte of 0")
        # A backslash before u0000 that is itself one of the text, and other characters.
        two = [feature("A\\u0000x", square(0)), feature("A\u0001\u1000", square(1))]
        self.assertEqual(self.areas(self.geojson("y.geojson", two))[0]["areas"], 2)

    def test_one_area_that_lies_elsewhere(self):
        for ring, words in (([[0, 0], [10, 0], [10, 10], [0, 0]], "look like degrees"),
                            ([[-2, 52.1], [-1.9, 52.1], [-1.9, 52.2], [-2, 52.1]],
                             "look like degrees"),
                            ([[5e5, 5e6], [6e5, 5e6], [6e5, 6e6], [5e5, 5e6]], "far outside"),
                            ([[4e5, 2.5e5], [1e300, 2.5e5], [4e5, 2.6e5], [4e5, 2.5e5]],
                             "outside what EPSG:27700 can hold")):
            self.refuses(self.geojson("e.geojson", [feature("A", square(0)), feature("B", ring)]),
                         "e.geojson", words)

    def test_what_is_no_feature_in_a_list_of_features(self):
        whole = json.loads(collection([feature("A", square(0))]))
        for other in (None, 5, "x", []):
            text = json.dumps({**whole, "features": whole["features"] + [other]})
            self.refuses(self.write("f.geojson", text), "f.geojson")
        twice = json.dumps(whole)[:-1] + ', "features": []}'
        self.refuses(self.write("t.geojson", twice), '"features" 2 times')
        inside = feature("A", square(0))
        inside["properties"]["features"] = [1, 2, {"features": [3]}]
        text = json.dumps({**whole, "features": [inside], "name": "features",
                           "other": {"features": []}})
        self.assertEqual(self.areas(self.write("o.geojson", text))[0]["areas"], 1)

    def test_a_crs_that_is_an_address(self):
        """Nobody calls: a listener on this machine hears nothing."""
        import socket
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            listener.settimeout(0.2)
            there = f"http://127.0.0.1:{listener.getsockname()[1]}/crs"
            for kind in ("proj4", "ogcwkt", "esriwkt"):
                c = json.loads(collection([feature("A", square(0))], None))
                c["crs"] = {"type": "link", "properties": {"href": there, "type": kind}}
                self.refuses(self.write("l.geojson", json.dumps(c)), "l.geojson")
                with self.assertRaises(socket.timeout):
                    listener.accept()

    def test_the_parts_of_a_shapefile_belong_together(self):
        path = self.shapefile("w")
        one = read(path[:-4] + ".dbf")
        for rows in (1, 3):
            self.write("w.dbf", one[:4] + struct.pack("<I", rows) + one[8:])
            self.refuses(path, "holds 2 shapes", f"{rows} rows")
        self.write("w.dbf", one)
        self.assertEqual(self.areas(path)[0]["areas"], 2)

    def test_a_crs_that_nobody_knows_is_not_taken_for_degrees(self):
        ring = [[-2.0, 52.14], [-1.99, 52.14], [-1.99, 52.15], [-2.0, 52.14]]
        path = self.geojson("u.geojson", [feature("A", ring)], "urn:ogc:def:crs:EPSG::99999")
        self.refuses(path, "u.geojson", "does not say which coordinate system", "none that is known")
        # What the person says holds, and is held against the coordinates.
        areas, _ = self.areas(path + ",crs=EPSG:4326")
        self.assertEqual(areas["areas"], 1)
        self.refuses(path + ",crs=EPSG:27700", "u.geojson", "look like degrees")
        point = {"type": "Feature", "properties": {"date": "2025-01-02"},
                 "geometry": {"type": "Point", "coordinates": [-2.0, 52.14]}}
        path = self.geojson("p.geojson", [point], "urn:ogc:def:crs:EPSG::99999")
        self.fails(1, ["p.geojson", "--input-crs"], "check", path)
        said = self.succeeds("check", path, "--input-crs", "EPSG:4326").stdout
        self.assertIn("1 rows read = 1 accepted", said)

    def test_a_system_of_a_files_own(self):
        """A system without a code, or one that PROJ cannot make: what the person says holds."""
        own = self.gpkg("own.gpkg")
        with sqlite3.connect(own) as db:
            db.execute("update gpkg_spatial_ref_sys set organization = 'EPSG', "
                       "organization_coordsys_id = 99999, definition = 'LOCAL_CS[\"site\"]' "
                       "where srs_id = 27700")
        self.refuses(own, "own.gpkg", "does not say which coordinate system")
        self.assertEqual(self.areas(own + ",crs=EPSG:27700")[0]["areas"], 2)
        self.refuses(own + ",crs=EPSG:4326", "own.gpkg", "said to be in degrees")
        own = self.shapefile("own")
        for system in ('PROJCS["broken', 'LOCAL_CS["a building site"]', "?"):
            self.write("own.prj", system)
            self.refuses(own, "own.shp", "does not say which coordinate system")
            self.assertEqual(self.areas(own + ",crs=EPSG:27700")[0]["areas"], 2)

    def test_a_log_beside_a_geopackage(self):
        path = self.gpkg("w.gpkg")
        for ending in ("-wal", "-journal"):
            beside = self.write("w.gpkg" + ending, "x")
            self.refuses(path, "w.gpkg" + ending, "close it")
            os.symlink(path, self.path("link.gpkg"))
            self.refuses(self.path("link.gpkg"), "close it")
            os.remove(self.path("link.gpkg"))
            os.truncate(beside, 0)
            if ending == "-journal":
                os.remove(beside)
            self.assertEqual(self.areas(path)[0]["areas"], 2)

    def test_a_geopackage_made_for_logs_is_left_as_it_is(self):
        path = self.gpkg("w.gpkg", ["pragma journal_mode = wal"])
        before = hot.tree(self.folder.name)
        self.succeeds("check", self.incidents, "--areas", f"ward={path}")
        self.assertEqual(hot.tree(self.folder.name), before)
        self.assertEqual(read(path)[18], 2)

    def test_a_height_beside_the_grid_is_passed_by(self):
        """EPSG:7405 is the British National Grid with a height."""
        found, _ = self.areas(self.geojson("h.geojson", [feature("A", square(0))],
                                           "urn:ogc:def:crs:EPSG::7405"))
        self.assertEqual(found["source_crs"], "EPSG:27700")


class SharedFiles(hot.Scratch):
    """Every boundary file of the shared data, without any option."""

    # layer or file: code field, name field, areas, repairs
    EXPECTED = {
        "csp_ew_2020_bng.gpkg": ("CSP", "CSPn", 314, 1),
        "lad_uk_2024.gpkg": ("ltla24_code", "ltla24_name", 361, None),
        "police_force_areas_2016_bng.gpkg": ("pfa16cd", "pfa16nm", 43, None),
        "wards_uk_2022_simplified.gpkg": ("ward22_code", "ward22_name", None, None),
        "wiltshire_force_bng.gpkg:wards_2025": ("WD25CD", "WD25NM", 118, 0),
        "wiltshire_force_bng.gpkg:lsoa_2021": ("LSOA21CD", "LSOA21NM", 447, 1),
        "wiltshire_force_bng.gpkg:lsoa_2011": ("LSOA11CD", "LSOA11NM", 417, 0),
        "wiltshire_force_bng.gpkg:msoa_2021": ("MSOA21CD", "MSOA21NM", 91, None),
        "wiltshire_wards_2025_bng_shp.zip": ("WD25CD", "WD25NM", 118, 0),
        "wards_2013/E06000030_swindon.geojson": ("WD13CD", "WD13NM", 20, None),
        "wards_2013/E06000054_wiltshire.geojson": ("WD13CD", "WD13NM", 98, None),
    }
    PER_COUNCIL = {"E06000054": (98, 307, 64), "E06000030": (20, 140, 27),
                   "E10000018": (140, 408, 84), "E06000016": (21, 200, 38),
                   "E06000017": (15, 26, 5), "E10000013": (138, 393, 76), "E09000001": (25, 6, 1)}
    ABROAD = {
        "boundaries/police_areas/chicago_police_beats.geojson":
            ("EPSG:26971", "beat_num", None, 275, None),
        "boundaries/police_areas/chicago_police_districts.geojson":
            ("EPSG:26971", "dist_num", "dist_label", None, None),
        "timed_incidents/memphis/memphis_precincts.geojson":
            ("EPSG:32136", "precinct", None, 9, None),
        "timed_incidents/vancouver/local-area-boundary.geojson":
            ("EPSG:32610", "mapid", "name", 22, None),
        "stats19/greater_manchester/gm_ward_2023_generalised.geojson":
            ("EPSG:27700", "area_code", "area_name", 215, None),
    }

    def look(self, paths, crs):
        """All files of one coordinate system as sets of one run; no incident need lie in them."""
        sets = [w for k, p in enumerate(paths) for w in ("--areas", f"s{k}={p}")]
        incidents = self.write("i.csv", "date,px,py\n" + "2025-01-02,400500,180500\n" * 2)
        self.succeeds("repeats", incidents, *sets, "--crs", crs, "--input-crs", crs, "--x", "px",
                      "--y", "py", "--grid", GRID, "--cell", "1km", "--profile", "internal",
                      "--maps", "none", "--overwrite", "--out", self.path("out"))
        found = hot.manifest(self.path("out"))["areas"]
        return [found[f"s{k}"] for k in range(len(paths))]

    def show(self, path, found):
        c = found["coverage"]
        row = [c["overlaps"]["pairs"], c["overlaps"]["area_m2"], c["gaps"]["count"],
               c["gaps"]["area_m2"]] if c else ["-"] * 4
        text = [f"{v:.0f}" if isinstance(v, float) else str(v) for v in row]
        print(f"{os.path.relpath(path, hot.DATA)[-48:]:48} {found['code_field']:12} "
              f"{found['name_field'] or '':12} {found['areas']:6} {len(found['repairs']):8} "
              f"{text[0]:>9} {text[1]:>10} {text[2]:>5} {text[3]:>12}", file=sys.stderr)

    def cases(self):
        yield from ((os.path.join(B, name), "EPSG:27700", *e) for name, e in self.EXPECTED.items())
        for k, (kind, stem) in enumerate((("wards_2025", "WD25"), ("lsoa_2021", "LSOA21"),
                                          ("msoa_2021", "MSOA21"))):
            for council, counts in self.PER_COUNCIL.items():
                (path,) = glob.glob(os.path.join(B, kind, council + "_*.geojson"))
                yield path, "EPSG:27700", stem + "CD", stem + "NM", counts[k], None
        yield from ((os.path.join(hot.DATA, name), *e) for name, e in self.ABROAD.items())

    def test_all_of_them(self):
        if not hot.DATA:
            self.skipTest("the shared data is not here")
        print(f"\n{'file':48} {'code':12} {'name':12} {'areas':>6} {'repairs':>8} {'overlaps':>9} "
              f"{'m2':>10} {'gaps':>5} {'m2':>12}", file=sys.stderr)
        cases = list(self.cases())
        for crs in sorted({c[1] for c in cases}):
            of_crs = [c for c in cases if c[1] == crs]
            for case, found in zip(of_crs, self.look([c[0] for c in of_crs], crs)):
                path, _, code, name, areas, repairs = case
                self.show(path, found)
                self.assertEqual((found["code_field"], found["name_field"]), (code, name), path)
                if areas is not None:
                    self.assertEqual(found["areas"], areas, path)
                if repairs is not None:
                    self.assertEqual(len(found["repairs"]), repairs, path)


if __name__ == "__main__":
    hot.main()
