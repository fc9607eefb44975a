#!/usr/bin/env python3
"""A large layer of points, which goes past GDAL: to every reader it is as if GDAL had written it."""
import os
import random
import resource
import signal
import struct
import subprocess
import sys

import hot

try:
    from osgeo import ogr
    import osgeo_utils.samples as samples
except ImportError:
    print("skipped: python3-gdal is not installed")
    sys.exit(77)


class Indexed(hot.Scratch):
    def make(self):
        """The town's two years as one layer of more rows than GDAL is given."""
        out = self.path("out")
        self.succeeds("run", *hot.months(hot.town()), *hot.town_options(hot.town()),
                      "--maps", "none", "--out", out)
        return os.path.join(out, "hotbeat.gpkg")

    def test_as_gdal_has_it(self):
        gpkg = self.make()
        n = hot.rows(gpkg, "select count(*) n from incidents")[0]["n"]
        self.assertGreater(n, 5000)
        self.index_is_packed_and_sound(gpkg, n)
        self.valid(gpkg)
        self.same_objects(gpkg)
        self.bounds_and_count(gpkg, n)
        self.geometries(gpkg)
        self.windows(gpkg)
        self.goes_on(gpkg, n)

    def test_no_room(self):
        """A file that may not grow further, at sizes that fall among the rows and the index."""
        out = self.path("out")
        for size in (200_000, 1_000_000, 1_400_000):
            def limit():
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            done = subprocess.run(
                [hot.HOTBEAT, "run", *hot.months(hot.town()), *hot.town_options(hot.town()),
                 "--maps", "none", "--out", out], capture_output=True, text=True, preexec_fn=limit)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("hotbeat.gpkg: cannot be written: ", done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
            self.assertEqual(os.listdir(self.folder.name), [])

    def index_is_packed_and_sound(self, gpkg, n):
        self.assertEqual(hot.rows(gpkg, "select rtreecheck('rtree_incidents_geom') said")[0]["said"], "ok")
        nodes, level = 0, n
        while level > 1 or nodes == 0:
            level = -(-level // 51)
            nodes += level
        found = hot.rows(gpkg, "select count(*) n from rtree_incidents_geom_node")[0]["n"]
        self.assertEqual(found, nodes)

    def valid(self, gpkg):
        script = os.path.join(os.path.dirname(samples.__file__), "validate_gpkg.py")
        done = subprocess.run([sys.executable, script, "-k", "--extra", "--warning-as-error", gpkg],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def objects(self, gpkg, layer):
        """Tables and triggers of a layer and its index, whatever its name and columns."""
        return [(r["type"], r["name"].replace(layer, "LAYER"),
                 (r["sql"] or "").replace(layer, "LAYER") if r["name"] != layer else "")
                for r in hot.rows(gpkg, "select type, name, sql from sqlite_master "
                                        f"where tbl_name in ('{layer}', 'rtree_{layer}_geom') or "
                                        f"name like 'rtree_{layer}_geom_%' order by rowid")]

    def same_objects(self, gpkg):
        """The wards are few, and GDAL writes them."""
        self.assertEqual(self.objects(gpkg, "incidents"), self.objects(gpkg, "ward"))
        for table in ("gpkg_extensions", "gpkg_ogr_contents", "gpkg_geometry_columns", "gpkg_contents"):
            rows = {name: [len(tuple(r)) for r in hot.rows(
                gpkg, f"select * from {table} where table_name = '{name}'")]
                for name in ("incidents", "ward")}
            self.assertEqual(rows["incidents"], rows["ward"], table)
            self.assertTrue(rows["ward"], table)

    def bounds_and_count(self, gpkg, n):
        said = hot.rows(gpkg, "select feature_count n from gpkg_ogr_contents where table_name = 'incidents'")
        self.assertEqual([r["n"] for r in said], [n])
        data = ogr.Open(gpkg)  # a layer lives no longer than its file is open
        layer = data.GetLayerByName("incidents")
        whole = hot.rows(gpkg, "select min_x, max_x, min_y, max_y, last_change from gpkg_contents "
                               "where table_name = 'incidents'")[0]
        points = [f.GetGeometryRef().GetPoint_2D() for f in layer]
        for value, exact in zip(tuple(whole)[:4], (min(p[0] for p in points), max(p[0] for p in points),
                                                   min(p[1] for p in points), max(p[1] for p in points))):
            self.assertAlmostEqual(value, exact, delta=1e-9)
        others = {r["last_change"] for r in hot.rows(gpkg, "select last_change from gpkg_contents")}
        self.assertEqual(others, {whole["last_change"]})
        sequence = hot.rows(gpkg, "select seq from sqlite_sequence where name = 'incidents'")
        self.assertEqual([r["seq"] for r in sequence], [n])

    def geometries(self, gpkg):
        """The bytes that GDAL makes of the same point in the same system."""
        for r in hot.rows(gpkg, "select fid, geom from incidents where fid % 500 = 1"):
            self.assertEqual(r["geom"][:8], b"GP\0\1" + struct.pack("<i", 27700))
            point = ogr.CreateGeometryFromWkb(r["geom"][8:])
            self.assertEqual(bytes(point.ExportToWkb(ogr.wkbNDR)), r["geom"][8:])

    def windows(self, gpkg):
        data = ogr.Open(gpkg)  # a layer lives no longer than its file is open
        layer = data.GetLayerByName("incidents")
        points = [f.GetGeometryRef().GetPoint_2D() for f in layer]
        west, east, south, north = layer.GetExtent()
        chance = random.Random(11)
        some = 0
        for _ in range(40):
            x, y = chance.uniform(west, east), chance.uniform(south, north)
            w = chance.choice((100, 400, 3000))
            layer.SetSpatialFilterRect(x, y, x + w, y + w)
            found = sum(1 for _ in layer)
            self.assertEqual(found, sum(x <= px <= x + w and y <= py <= y + w for px, py in points))
            some += found > 0
        self.assertGreater(some, 10)

    def goes_on(self, gpkg, n):
        """Somebody takes rows away and adds one: triggers keep the index and the count."""
        data = ogr.Open(gpkg, 1)
        layer = data.GetLayerByName("incidents")
        for fid in range(1, 200):
            self.assertEqual(layer.DeleteFeature(fid), 0)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT(1000 1000)"))
        self.assertEqual(layer.CreateFeature(feature), 0)
        self.assertEqual(feature.GetFID(), n + 1)
        del layer, data
        self.index_is_sound(gpkg, n - 198)

    def index_is_sound(self, gpkg, n):
        self.assertEqual(hot.rows(gpkg, "select rtreecheck('rtree_incidents_geom') said")[0]["said"], "ok")
        self.assertEqual(hot.rows(gpkg, "select count(*) n from rtree_incidents_geom")[0]["n"], n)
        said = hot.rows(gpkg, "select feature_count n from gpkg_ogr_contents where table_name = 'incidents'")
        self.assertEqual([r["n"] for r in said], [n])


if __name__ == "__main__":
    hot.main()
