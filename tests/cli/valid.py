#!/usr/bin/env python3
"""The files are what they say they are, by other people's validators."""
import array
import bisect
import os
import subprocess
import sys

import hot
from hot import ASB

try:
    import osgeo_utils.samples as samples
except ImportError:
    print("skipped: python3-gdal's validators are not installed")
    sys.exit(77)

VALIDATORS = os.path.dirname(samples.__file__)


class Valid(hot.Scratch):
    def validates(self, script, *arguments):
        done = subprocess.run([sys.executable, os.path.join(VALIDATORS, script), *arguments],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_result(self):
        out = self.path("out")
        self.succeeds("run", *hot.months(hot.town(), "2025"), *hot.town_options(hot.town()),
                      "--type", ASB, "--maps", "overview", "--out", out)
        gpkg = os.path.join(out, "hotbeat.gpkg")
        self.validates("validate_gpkg.py", "-k", "--extra", "--warning-as-error", gpkg)
        self.validates("validate_cloud_optimized_geotiff.py", os.path.join(out, "density.tif"))
        for layer in ("incidents", "ward", "density", "repeats"):
            check = hot.rows(gpkg, f"select rtreecheck('rtree_{layer}_geom') said")
            self.assertEqual(check[0]["said"], "ok")
        self.assertEqual(hot.rows(gpkg, "pragma user_version")[0][0], 10300)
        self.assertEqual(hot.rows(gpkg, "pragma application_id")[0][0], 0x47504B47)
        from osgeo import gdal
        page = gdal.Open(os.path.join(out, "maps/overview.png"))
        self.assertEqual(page.GetSpatialRef().GetAuthorityCode(None), "27700")
        self.assertGreater(page.GetGeoTransform()[1], 0)
        tif = gdal.Open(os.path.join(out, "density.tif"))
        self.assertEqual(tif.GetRasterBand(1).GetUnitType(), "incidents per km2 in the period")
        self.heat_is_the_surface(gdal.Open(os.path.join(out, "maps/heat.png")), tif)

    def heat_is_the_surface(self, heat, tif):
        """A pixel a cell, in the class of the ladder, see-through below it and outside."""
        limits = [5, 10, 20, 50, 100, 200, 500]
        self.assertEqual(heat.GetGeoTransform(), tif.GetGeoTransform())
        self.assertEqual(heat.GetSpatialRef().GetAuthorityCode(None), "27700")
        band = heat.GetRasterBand(1)
        density = array.array("f", tif.GetRasterBand(1).ReadRaster())
        classes = [bisect.bisect_right(limits, value) if value == value else 0
                   for value in density]
        self.assertEqual(list(band.ReadRaster()), classes)
        palette = band.GetColorTable()
        self.assertEqual(palette.GetColorEntry(0)[3], 0)
        self.assertTrue(all(palette.GetColorEntry(k)[3] for k in range(1, max(classes) + 1)))

    def test_sample(self):
        gpkg = os.path.join(hot.town(), "town.gpkg")
        self.validates("validate_gpkg.py", "-k", "--extra", "--warning-as-error", gpkg)

    def test_styles_are_xml(self):
        folder = os.path.join(os.environ["HOTBEAT_SOURCE"], "styles/qml")
        for name in os.listdir(folder):
            done = subprocess.run(["xmllint", "--noout", "--nonet", os.path.join(folder, name)],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    hot.main()
