#!/usr/bin/env python3
"""The outputs describe themselves: columns, classes, origin, place, resolution; nothing of the
machine or the person that made them."""
import csv
import json
import os
import re
import shutil
import socket
import struct
import sys
import xml.etree.ElementTree as ET
import zlib

import hot
from hot import ASB

try:
    from osgeo import gdal, ogr, osr
except ImportError:
    print("skipped: python3-gdal is not installed")
    sys.exit(77)
gdal.UseExceptions()
ogr.UseExceptions()
osr.UseExceptions()

RUN = ["--type", ASB, "--maps", "overview", "--marking", "OFFICIAL-SENSITIVE", "--profile",
       "internal", "--source-line", "Contains no data of anybody & none of <Ordnance Survey>"]
STAMP = "2025-03-31T00:00:00.000Z"


def chunks(path):
    """The chunks of a PNG: (name, bytes)."""
    with open(path, "rb") as f:
        data = f.read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, found = 8, []
    while at < len(data):
        length, = struct.unpack_from(">I", data, at)
        name, body = data[at + 4:at + 8], data[at + 8:at + 8 + length]
        assert struct.unpack_from(">I", data, at + 8 + length)[0] == zlib.crc32(name + body)
        found.append((name.decode("ascii"), body))
        at += 12 + length
    return found


def international_text(body):
    """Keyword and text of an uncompressed iTXt chunk."""
    keyword, rest = body.split(b"\0", 1)
    assert rest[:2] == b"\0\0"
    language, translated, text = rest[2:].split(b"\0", 2)
    return keyword.decode("ascii"), text.decode("utf-8")


def dictionary():
    """The README's dictionary: heading -> column -> (type, unit, alias, meaning)."""
    found, layer = {}, None
    with open(os.path.join(os.environ["HOTBEAT_SOURCE"], "layers/README.md"),
              encoding="utf-8") as f:
        for line in f:
            if line.startswith("### "):
                layer = found.setdefault(line[4:].strip(), {})
            elif line.startswith("| `") and layer is not None:
                cells = [c.strip() for c in line.strip().strip("|").split("|")]
                layer[cells[0].strip("`")] = cells[1:5]
    return found


def codes():
    """The README's codes: heading -> column -> {value: label}."""
    found, layer = {}, None
    with open(os.path.join(os.environ["HOTBEAT_SOURCE"], "layers/README.md"),
              encoding="utf-8") as f:
        for line in f:
            if line.startswith("### "):
                layer = found.setdefault(line[4:].strip(), {})
            coded = re.fullmatch(r"Values of `(\w+)`: (.*)\.\n", line)
            if coded:
                layer[coded[1]] = dict(c.split(" = ", 1) for c in coded[2].split("; "))
    return found


class Described(hot.Scratch):
    @classmethod
    def setUpClass(cls):
        cls.town = hot.town()
        cls.inputs = hot.months(cls.town, "2025")[:3]
        cls.out = os.path.join(os.environ["HOTBEAT_SCRATCH"], "described-result")
        done = cls.run_into(cls.out)
        assert done.returncode == 0, done.stderr
        cls.gpkg = os.path.join(cls.out, "hotbeat.gpkg")
        cls.layers = [r["table_name"] for r in hot.rows(
            cls.gpkg, "select table_name from gpkg_contents where table_name != 'layer_styles'")]
        cls.set = gdal.OpenEx(cls.gpkg, gdal.OF_VECTOR)

    @classmethod
    def run_into(cls, out, **env):
        gpkg = os.path.join(cls.town, "town.gpkg")
        return hot.run("run", *cls.inputs, *hot.town_options(cls.town), "--areas",
                       f"csp={gpkg}:beats", *RUN, "--overwrite", "--out", out, env=env)

    def columns(self, layer):
        return [r for r in hot.rows(self.gpkg, f"pragma table_info({layer})")
                if r["name"] not in ("fid", "geom")]

    def described(self, layer):
        rows = hot.rows(self.gpkg,
                        f"select * from gpkg_data_columns where table_name = '{layer}'")
        return {r["column_name"]: r for r in rows}

    # ---- columns ----

    def test_every_column_has_a_name_and_a_meaning(self):
        self.assertIn("csp_code", [c["name"] for c in self.columns("repeats")])
        for layer in self.layers:
            described = self.described(layer)
            self.assertEqual(sorted(described), sorted(c["name"] for c in self.columns(layer)))
            names = [r["name"] for r in described.values()]
            self.assertEqual(len(names), len(set(names)), layer)
            for row in described.values():
                self.assertTrue(row["name"] and row["description"], dict(row))

    def test_what_is_said_is_what_the_readme_says(self):
        told = dictionary()
        sets = told["one for each area set: ward, beat, ..."]
        compared = 0
        for layer in self.layers:
            said = told.get(layer, sets if layer in ("ward", "beat", "csp") else
                            told["context_..., of lines"])
            types = {c["name"]: c["type"] for c in self.columns(layer)}
            for column, (kind, unit, alias, meaning) in said.items():
                row = self.described(layer)[column]
                self.assertEqual((row["name"], row["title"]), (alias, alias))
                self.assertEqual(row["description"],
                                 meaning + (f" Unit: {unit}." if unit else ""))
                self.assertEqual(types[column],
                                 {"integer": "INTEGER", "real": "REAL", "text": "TEXT"}[kind])
                compared += 1
        self.assertGreater(compared, 100)

    def test_qgis_shows_the_same_names(self):
        styles = hot.rows(self.gpkg, "select f_table_name, styleQML from layer_styles")
        self.assertGreater(len(styles), 5)
        for style in styles:
            layer = style["f_table_name"]
            described = self.described(layer)
            aliases = ET.fromstring(style["styleQML"]).findall("aliases/alias")
            shown = {a.get("field"): a.get("name") for a in aliases}
            self.assertEqual(shown, {c: r["name"] for c, r in described.items()}, layer)
        self.assertEqual({s["f_table_name"] for s in styles}, set(self.layers))

    def test_real_numbers_are_shown_to_four_places(self):
        for style in hot.rows(self.gpkg, "select f_table_name, styleQML from layer_styles"):
            layer, shown = style["f_table_name"], set()
            for field in ET.fromstring(style["styleQML"]).findall("fieldConfiguration/field"):
                precision, = field.findall(".//Option[@name='Precision']")
                self.assertEqual(precision.get("value"), "4")
                shown.add(field.get("name"))
            types = {r["name"]: r["type"] for r in hot.rows(self.gpkg, f"pragma table_info({layer})")}
            self.assertEqual(shown, {c for c, t in types.items() if t == "REAL"}, layer)

    # ---- the tables by themselves ----

    def test_tables_say_what_their_columns_mean(self):
        folder = os.path.join(self.out, "tables")
        with open(os.path.join(folder, "about.csv"), newline="", encoding="utf-8-sig") as f:
            about = list(csv.DictReader(f))
        abstracts = {r["table_name"]: r["description"] for r in hot.rows(
            self.gpkg, "select table_name, description from gpkg_contents")}
        tables = {name[:-4] for name in os.listdir(folder)} - {"about"}
        self.assertEqual({r["table"] for r in about}, tables)
        for table in tables:
            told, *columns = [r for r in about if r["table"] == table]
            self.assertEqual((told["column"], told["meaning"]), ("", abstracts[table]))
            with open(os.path.join(folder, table + ".csv"), newline="", encoding="utf-8") as f:
                header = next(csv.reader(f))
            named = [r["column"] for r in columns]
            self.assertEqual(header[:len(named)], named)
            self.assertIn(header[len(named):], ([], ["x", "y"]))
            described = self.described(table)
            for r in columns:
                self.assertEqual(r["title"], described[r["column"]]["title"])
                self.assertTrue(r["meaning"], r)
        day, = [r for r in about if (r["table"], r["column"]) == ("temporal", "weekday")]
        self.assertIn("Values: 1 = Monday; 2 = Tuesday;", day["meaning"])

    # ---- classes ----

    def test_classes_are_an_enumeration_that_gdal_reads(self):
        for layer in ("ward", "beat", "csp", "density", "repeats"):
            defined = self.set.GetLayerByName(layer).GetLayerDefn()
            field = defined.GetFieldDefn(defined.GetFieldIndex("class"))
            self.assertEqual(field.GetDomainName(), f"{layer}.class")
            labels = self.set.GetFieldDomain(field.GetDomainName()).GetEnumeration()
            style, = hot.rows(self.gpkg, "select styleQML from layer_styles "
                                         f"where f_table_name = '{layer}'")
            legend = ET.fromstring(style["styleQML"]).findall("renderer-v2/categories/category")
            self.assertEqual(labels, {c.get("value"): c.get("label") for c in legend})
            used = hot.rows(self.gpkg, f"select distinct class from {layer}")
            self.assertLessEqual({str(r["class"]) for r in used}, set(labels))

    def test_every_coded_column_says_its_codes(self):
        coded = {"incidents": ["occurred_precision"], "density": ["class"],
                 "repeats": ["snapped", "case_review", "class"],
                 "repeats_table": ["incidents_at_place"], "temporal": ["weekday"],
                 "shifts": ["weekday"], "peaks": ["beyond_chance"], "case_reviews": ["by"],
                 "repeat_intervals": ["step"], "lorenz": ["by"],
                 **dict.fromkeys(("ward", "beat", "csp"), ["class", "change_class",
                                                          "denominator_unfit"])}
        told = codes()
        for layer, columns in coded.items():
            defined = self.set.GetLayerByName(layer).GetLayerDefn()
            fields = [defined.GetFieldDefn(k) for k in range(defined.GetFieldCount())]
            self.assertEqual([f.GetName() for f in fields if f.GetDomainName()],
                             [f.GetName() for f in fields if f.GetName() in columns])
            said = told.get(layer, told["one for each area set: ward, beat, ..."])
            for column in columns:
                field = defined.GetFieldDefn(defined.GetFieldIndex(column))
                labels = self.set.GetFieldDomain(field.GetDomainName()).GetEnumeration()
                self.assertEqual(labels, said[column])
                used = hot.rows(self.gpkg, f"select distinct {column} from {layer} "
                                           f"where {column} is not null")
                self.assertLessEqual({str(r[0]) for r in used}, set(labels), (layer, column))
        self.assertEqual({str(r[0]) for r in hot.rows(
            self.gpkg, "select distinct incidents_at_place from repeats_table")},
            set(told["repeats_table"]["incidents_at_place"]))

    def test_no_real_has_a_domain(self):
        """QGIS 3.22 shows a real that has a range without its decimals: 0.32 as 0."""
        for layer in self.layers:
            defined = self.set.GetLayerByName(layer).GetLayerDefn()
            for k in range(defined.GetFieldCount()):
                field = defined.GetFieldDefn(k)
                if field.GetType() == ogr.OFTReal:
                    self.assertFalse(field.GetDomainName(), f"{layer}.{field.GetName()}")

    # ---- origin ----

    def record(self, layer):
        row, = hot.rows(self.gpkg, "select m.* from gpkg_metadata m, gpkg_metadata_reference r "
                                   "where r.md_file_id = m.id and r.reference_scope = 'table' "
                                   f"and r.table_name = '{layer}'")
        self.assertEqual((row["md_standard_uri"], row["mime_type"]),
                         ("http://mrcc.com/qgis.dtd", "text/xml"))
        return ET.fromstring(row["metadata"])

    def test_each_layer_says_where_it_comes_from(self):
        manifest = hot.manifest(self.out)
        for layer in self.layers:
            record = self.record(layer)
            contents, = hot.rows(self.gpkg, "select * from gpkg_contents "
                                            f"where table_name = '{layer}'")
            self.assertEqual(record.findtext("title"), contents["identifier"])
            self.assertTrue(record.findtext("abstract").startswith(contents["description"]))
            self.assertIn("January to March 2025", record.findtext("abstract"))
            self.assertEqual(record.findtext("identifier"),
                             f"hotbeat-{manifest['run_id']}-{layer}")
            history = [h.text for h in record.findall("history")]
            for one in manifest["inputs"]:
                self.assertIn(f"Input: {one['name']}, sha256 {one['sha256']}, {one['rows']} rows",
                              history)
            options, = [h for h in history if h.startswith("Options: ")]
            for said in ('--type "Anti-social behaviour"', "--bandwidth 200m", "--cell 50m",
                         "--areas ward=town.gpkg:wards"):
                self.assertIn(said, options)
            self.assertEqual(record.findtext("rights"),
                             "Contains no data of anybody & none of \u2039Ordnance Survey\u203a")
            self.assertEqual([(c.get("type"), c.text) for c in record.findall("constraints")],
                             [("security", "OFFICIAL-SENSITIVE"),
                              ("access", "internal: contains personal data, do not share")])
        self.assertIn("Silverman", self.record("density").findtext("abstract"))

    def test_the_manifest_is_inside(self):
        row, = hot.rows(self.gpkg, "select m.* from gpkg_metadata m, gpkg_metadata_reference r "
                                   "where r.md_file_id = m.id and r.reference_scope = 'geopackage'")
        self.assertEqual(row["mime_type"], "application/json")
        self.assertEqual(json.loads(row["metadata"]), hot.manifest(self.out))

    def test_the_versions_that_decide_the_bytes(self):
        versions = hot.manifest(self.out)["versions"]
        self.assertEqual(set(versions), {"hotbeat", "gdal", "proj", "geos", "sqlite"})
        told = hot.run("doctor").stdout
        for name, version in versions.items():
            self.assertIn(version, told, name)

    def test_dates_are_the_runs_and_never_the_clocks(self):
        for sql in ("select timestamp from gpkg_metadata_reference",
                    "select last_change from gpkg_contents",
                    "select update_time from layer_styles"):
            self.assertEqual({r[0] for r in hot.rows(self.gpkg, sql)}, {STAMP}, sql)
        for row in hot.rows(self.gpkg, "select occurred_from from incidents"):
            self.assertRegex(row[0], r"^2025-0[123]-\d\d(T\d\d:\d\d(:\d\d)?)?$")

    def test_the_same_bytes_again(self):
        again = self.path("again")
        self.assertEqual(self.run_into(again, TZ="Asia/Tokyo", LC_ALL="C").returncode, 0)
        self.assertEqual(hot.tree(again), hot.tree(self.out))

    def test_nothing_of_the_machine(self):
        ours = [os.path.realpath(os.environ["HOTBEAT_SCRATCH"]), self.town, os.getcwd(),
                os.path.dirname(hot.HOTBEAT)]
        if len(socket.gethostname()) > 5:
            ours.append(socket.gethostname())
        ours = [o.encode() for o in ours if len(o) > 5]
        for name in hot.tree(self.out):
            with open(os.path.join(self.out, name), "rb") as f:
                data = f.read()
            for o in ours:
                self.assertNotIn(o, data, name)

    # ---- identifiers and place ----

    def test_identifiers_count_from_one(self):
        for layer in self.layers:
            ids = [r["fid"] for r in hot.rows(self.gpkg, f"select fid from {layer} order by fid")]
            self.assertEqual(ids, list(range(1, len(ids) + 1)), layer)

    def test_the_coordinate_system_is_whole(self):
        row, = hot.rows(self.gpkg, "select * from gpkg_spatial_ref_sys where srs_id = 27700")
        self.assertEqual((row["organization"], row["organization_coordsys_id"]), ("EPSG", 27700))
        here, there = osr.SpatialReference(), osr.SpatialReference()
        here.ImportFromWkt(row["definition"])
        there.ImportFromEPSG(27700)
        self.assertTrue(here.IsSame(there))
        self.assertEqual({r[0] for r in hot.rows(self.gpkg, "select srs_id from "
                                                            "gpkg_geometry_columns")}, {27700})

    # ---- the surface ----

    def test_the_surface(self):
        tif = gdal.Open(os.path.join(self.out, "density.tif"))
        band = tif.GetRasterBand(1)
        self.assertEqual(band.GetDescription(), "density")
        self.assertEqual(band.GetUnitType(), "incidents per km2 in the period")
        self.assertNotEqual(band.GetNoDataValue(), band.GetNoDataValue())  # NaN
        said = tif.GetMetadata()
        self.assertIn("January to March 2025", said["TIFFTAG_IMAGEDESCRIPTION"])
        self.assertIn("bandwidth 200 m", said["TIFFTAG_IMAGEDESCRIPTION"])
        self.assertEqual(said["TIFFTAG_DATETIME"], "2025:03:31 00:00:00")
        self.assertTrue(said["TIFFTAG_SOFTWARE"].startswith("hotbeat "))
        self.assertEqual(said["AREA_OR_POINT"], "Area")
        self.assertEqual(tif.GetSpatialRef().GetAuthorityCode(None), "27700")
        self.assertNotIn("TIFFTAG_ARTIST", said)
        self.assertNotIn("TIFFTAG_HOSTCOMPUTER", said)

    # ---- the page ----

    def test_the_page_says_its_size_and_its_words(self):
        found = chunks(os.path.join(self.out, "maps/overview.png"))
        names = [name for name, _ in found]
        self.assertLessEqual(set(names), {"IHDR", "sRGB", "pHYs", "iTXt", "IDAT", "IEND"})
        self.assertEqual(struct.unpack(">IIB", dict(found)["pHYs"]), (5906, 5906, 1))  # 150 dpi
        self.assertIn("sRGB", names)
        words = dict(international_text(body) for name, body in found if name == "iTXt")
        self.assertLessEqual(set(words),
                             {"Title", "Description", "Software", "Source", "Copyright"})
        self.assertIn(ASB, words["Title"])
        self.assertIn("January to March 2025", words["Description"])
        self.assertEqual(words["Copyright"], RUN[-1])

    def test_gdal_reads_the_world_file(self):
        """With its .aux.xml and alone; and the ground it covers holds the wards."""
        page = gdal.Open(os.path.join(self.out, "maps/overview.png"))
        for name in ("overview.png", "overview.pgw"):
            shutil.copy(os.path.join(self.out, "maps", name), self.path(name))
        alone = gdal.Open(self.path("overview.png"))
        self.assertEqual(alone.GetGeoTransform(), page.GetGeoTransform())
        self.assertEqual(page.GetSpatialRef().GetAuthorityCode(None), "27700")
        west, size, skew, north, turn, down = page.GetGeoTransform()
        self.assertEqual((skew, turn, down), (0, 0, -size))
        with open(self.path("overview.pgw"), encoding="ascii") as f:
            centre = [float(line) for line in f]
        self.assertAlmostEqual(centre[4], west + size / 2, 6)
        self.assertAlmostEqual(centre[5], north - size / 2, 6)
        x0, x1, y0, y1 = self.set.GetLayerByName("ward").GetExtent()
        self.assertLess(west, x0)
        self.assertGreater(west + size * page.RasterXSize, x1)
        self.assertGreater(north, y1)
        self.assertLess(north - size * page.RasterYSize, y0)

    def test_the_town_describes_itself_too(self):
        gpkg = os.path.join(self.town, "town.gpkg")
        told = dictionary()
        for layer in ("wards", "beats", "streets", "water", "parks", "railway", "places"):
            rows = hot.rows(gpkg, f"select * from gpkg_data_columns where table_name = '{layer}'")
            self.assertEqual({r["column_name"]: r["name"] for r in rows},
                             {c: said[2] for c, said in told[layer].items()})
            self.assertEqual({r["column_name"] for r in rows if r["constraint_name"]},
                             set(codes().get(layer, {})))
        for layer, column in (("streets", "class"), ("places", "kind")):
            used = {r[0] for r in hot.rows(gpkg, f"select distinct {column} from {layer}")}
            self.assertTrue(used <= set(codes()[layer][column]), used)
        records = hot.rows(gpkg, "select metadata from gpkg_metadata")
        self.assertEqual(len(records), 7)
        for record in records:
            self.assertIn("FICTIONAL", ET.fromstring(record[0]).findtext("abstract"))


if __name__ == "__main__":
    hot.main()
