#!/usr/bin/env python3
"""Clusters: places whose clusters are known by hand, nothing in `run` unless asked, and where there is
little to cluster."""
import glob
import os

import hot


def crowd(x, y, n, step=10):
    """So many incidents, one a place, on a square lattice."""
    side = max(1, round(n ** 0.5))
    return [(x + step * (k % side), y + step * (k // side)) for k in range(n)]


class Clusters(hot.Scratch):
    def analyse(self, points, *more, command="clusters"):
        log = self.write("log.csv", "date,easting,northing\n" + "".join(
            f"2025-01-{1 + k % 28:02},{x},{y}\n" for k, (x, y) in enumerate(points)))
        return self.succeeds(command, log, "--profile", "internal", "--overwrite", "--out",
                             self.path("out"), *more)

    def table(self):
        return hot.table(self.path("out/tables/clusters.csv"))

    def about(self):
        return hot.rows(self.path("out/hotbeat.gpkg"), "select description from gpkg_contents "
                        "where table_name = 'clusters'")[0]["description"]

    def town(self):
        square = [[399000, 249000], [409000, 249000], [409000, 259000], [399000, 259000],
                  [399000, 249000]]
        return self.write("town.geojson", (
            '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":'
            '"urn:ogc:def:crs:EPSG::27700"}},"features":[{"type":"Feature","properties":'
            '{"code":"A","name":"Ash"},"geometry":{"type":"Polygon","coordinates":[%s]}}]}' % square))

    def test_two_crowds_and_a_scatter(self):
        points = (crowd(400000, 250000, 36) + crowd(402000, 250000, 25) +
                  [(404000 + 500 * k, 250000) for k in range(9)])
        self.analyse(points)
        rows = self.table()
        self.assertEqual([(r["cluster_id"], r["incidents"], r["places"], r["rank"],
                           r["cluster_order"], r["class"], r["part_of"]) for r in rows],
                         [("1", "36", "36", "1", "1", "1", ""), ("2", "25", "25", "2", "1", "1", "")])
        self.assertAlmostEqual(float(rows[0]["area_km2"]), 50 * 50 / 1e6)
        self.assertAlmostEqual(float(rows[0]["per_km2"]), 36 / (50 * 50 / 1e6))
        self.assertAlmostEqual(float(rows[0]["share"]), 36 / 70)
        self.assertIn("2 clusters with 61 of 70 incidents; DBSCAN, 100 m, 20 incidents.",
                      self.about())
        # Whatever the order of the rows, which mirrors nothing else.
        self.analyse(points[::-1], "--threads", "1")
        self.assertEqual(self.table(), rows)
        # A distance is near where it is no greater; a minimum is enough.
        self.analyse(points, "--clusters-distance", "0.5km", "--clusters-minimum", "3")
        self.assertEqual([r["incidents"] for r in self.table()], ["36", "25", "9"])
        self.analyse(points, "--clusters-distance", "499.99m", "--clusters-minimum", "3")
        self.assertEqual([r["incidents"] for r in self.table()], ["36", "25"])

    def test_one_place_and_a_line_are_marked(self):
        """They have no area: a mark of 10 m around them is drawn, and no density is given."""
        self.analyse([(400000, 250000)] * 30 + [(401000 + 3 * k, 250000 + 4 * k) for k in range(25)])
        self.assertEqual([(r["incidents"], r["places"], r["area_km2"], r["per_km2"])
                          for r in self.table()], [("30", "1", "", ""), ("25", "25", "", "")])
        from osgeo import gdal
        gdal.UseExceptions()
        source = gdal.OpenEx(self.path("out/hotbeat.gpkg"))
        shapes = [f.GetGeometryRef().Clone() for f in source.GetLayerByName("clusters")]
        self.assertTrue(all(s.IsValid() for s in shapes))
        self.assertAlmostEqual(shapes[0].GetArea(), 20 * 20)
        self.assertAlmostEqual(shapes[1].GetArea(), 20 * (24 * 5 + 20), 6)
        # All but a line: no density of millions.
        self.analyse([(401000 + 3 * k, 250000 + 4 * k + 0.001 * (k % 2)) for k in range(25)])
        self.assertEqual([(r["area_km2"], r["per_km2"]) for r in self.table()], [("", "")])

    def test_clusters_of_clusters(self):
        """Three crowds near one another and one far off, on 100 km2. Chance would have 125 incidents
        447 m apart, less 1.645 standard errors of 20.9; the crowds are fixed at 50 m. Of four clusters
        it is 2,500 m less 1.645 times 653: 1,425 m."""
        points = (crowd(400000, 250000, 36) + crowd(401000, 250000, 36) +
                  crowd(400000, 251000, 36) + crowd(408000, 258000, 17))
        self.analyse(points, "--areas", "ward=" + self.town(), "--clusters", "nnh",
                     "--clusters-distance", "50m", "--clusters-minimum", "10")
        rows = self.table()
        self.assertEqual([(r["cluster_order"], r["incidents"], r["rank"], r["part_of"], r["class"],
                           r["ward_code"]) for r in rows],
                         [("1", "36", "1", "5", "1", "A")] * 3 + [("1", "17", "4", "", "1", "A"),
                                                                  ("2", "108", "1", "", "2", "A")])
        self.assertIn("4 clusters with 125 of 125 incidents", self.about())
        self.analyse(points, "--areas", "ward=" + self.town(), "--clusters", "nnh")
        threshold = 0.5 * (1e8 / 125) ** 0.5 - 1.645 * 0.26136 / (125 ** 2 / 1e8) ** 0.5
        self.assertIn(f"{threshold:.4g} m, 20 incidents.", self.about())

    def test_in_run_only_when_asked(self):
        points = crowd(400000, 250000, 36)
        self.analyse(points, "--areas", "ward=" + self.town(), "--maps", "none", command="run")
        self.assertNotIn("clusters.csv", os.listdir(self.path("out/tables")))
        self.analyse(points, "--areas", "ward=" + self.town(), "--maps", "none", "--clusters",
                     "dbscan", command="run")
        self.assertEqual([r["ward_code"] for r in self.table()], ["A"])
        style, = hot.rows(self.path("out/hotbeat.gpkg"),
                          "select stylename from layer_styles where f_table_name = 'clusters'")
        self.assertTrue(style["stylename"])
        log = self.path("log.csv")
        self.analyse(points, "--areas", "ward=" + self.town(), "--maps", "none", command="run")
        self.succeeds("run", "--config", self.path("out/run.json"), log, "--areas",
                      "ward=" + self.town(), "--out", self.path("again"))
        self.assertEqual(hot.tree(self.path("again")), hot.tree(self.path("out")))
        self.fails(2, ["--clusters-minimum", "--clusters dbscan"], "run", log, "--areas",
                   "ward=" + self.town(), "--profile", "internal", "--clusters-minimum", "5",
                   "--out", self.path("none"))
        self.fails(2, ["--clusters-distance", "--clusters dbscan"], "run", log, "--areas",
                   "ward=" + self.town(), "--profile", "internal", "--clusters-distance", "50m",
                   "--out", self.path("none"))

    def test_none_one_and_wrong(self):
        self.analyse([(400000, 250000)])
        self.assertEqual(self.table(), [])
        self.assertIn("0 clusters with 0 of 1 incident", self.about())
        self.analyse([(400000, 250000)], "--clusters", "nnh", "--clusters-minimum", "1")
        self.assertLessEqual(len(self.table()), 1)
        self.analyse([(500000, 250000)], "--areas", "ward=" + self.town())
        self.assertEqual(self.table(), [])
        for wrong in (["--clusters-minimum", "0"], ["--clusters-distance", "0m"],
                      ["--clusters", "kmeans"]):
            self.fails(2, [wrong[0]], "clusters", self.path("log.csv"), "--profile", "internal",
                       *wrong, "--out", self.path("none"))

    def test_map_points_are_said(self):
        if not os.path.isdir(hot.DATA):
            self.skipTest("the shared data is not here (HOTBEAT_DATA)")
        files = glob.glob(os.path.join(hot.DATA, "police_uk/wiltshire/2025-0[12]*"))
        self.succeeds("clusters", *files, "--type", hot.ASB, "--clusters-minimum", "8", "--out",
                      self.path("out"))
        self.assertGreater(len(self.table()), 3)
        self.assertIn("each cluster is a group of map points", self.about())


if __name__ == "__main__":
    hot.main()
