"""QGIS's heatmap, as the processing tool of that name makes it, without a display.

    qgis_heatmap.py POINTS OUT.tif RADIUS PIXEL
"""
import os
import sys

from qgis.analysis import QgsKernelDensityEstimation as Heatmap
from qgis.core import QgsApplication, QgsVectorLayer


def main(points, out, radius, pixel):
    application = QgsApplication([], False)
    application.initQgis()
    layer = QgsVectorLayer(points, "points", "ogr")
    if not layer.isValid():
        sys.exit(f"{points}: QGIS cannot read it")
    asked = Heatmap.Parameters()
    asked.source = layer
    asked.radius = float(radius)
    asked.pixelSize = float(pixel)
    asked.shape = Heatmap.KernelQuartic
    asked.outputValues = Heatmap.OutputScaled
    ended = Heatmap(asked, out, "GTiff").run()
    if ended != Heatmap.Success:
        sys.exit(f"the heatmap ended with {ended}")
    os._exit(0)  # QGIS without a display may crash while it tidies up; the file is closed


main(*sys.argv[1:])
