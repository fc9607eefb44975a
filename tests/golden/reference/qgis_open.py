#!/usr/bin/python3
"""What QGIS makes of a result: every layer of hotbeat.gpkg and density.tif, opened offscreen.

    qgis_open.py [RESULT...]    without a result: Wiltshire, and the fictional town with background

For each layer: is it valid, how many features, which renderer and classes, is it labelled, and did
the style come from the file (a layer without one gets a random single symbol). A picture of the
styled layers is written as RESULT-qgis.png into the scratch folder: name one with HOTBEAT_KEEP.
With every layer on, the areas' fills lie over the density: the picture is for a look, no comparison.
"""
import os
import sys
import tempfile

from common import *

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = scratch("qgis-profile")
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(dir=scratch()))
try:
    from qgis.core import (Qgis, QgsApplication, QgsMapRendererParallelJob, QgsMapSettings,
                           QgsProject, QgsRasterLayer, QgsVectorLayer)
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor
except ImportError:
    skip("QGIS is not here (Debian: python3-qgis, qgis-providers).")

ON_TOP = ["hotspots", "repeats", "ward", "msoa", "beat", "context_roads", "context_railway", "density",
          "context_water", "context_parks"]


def classes(renderer):
    """Value and label of each class."""
    if renderer.type() == "categorizedSymbol":
        return ["%s: %s" % (c.value(), c.label()) for c in renderer.categories()]
    if renderer.type() == "RuleRenderer":
        return ["%s: %s" % (r.filterExpression() or "all", r.label())
                for r in renderer.rootRule().children()]
    return []


def unclassed(layer):
    """Features that no class draws; QGIS compares a class with the attribute as text."""
    renderer = layer.renderer()
    if renderer.type() != "categorizedSymbol":
        return 0
    known = {str(c.value()) for c in renderer.categories()}
    if "" in known:  # "all other values"
        return 0
    at = layer.fields().indexOf(renderer.classAttribute())
    return sum(1 for f in layer.getFeatures() if str(f.attribute(at)) not in known)


def aliases(layer):
    """Fields, and how many show a name other than their own."""
    fields = layer.fields()
    return "%d of %d" % (sum(1 for i in range(fields.count()) if layer.attributeAlias(i)),
                         fields.count())


def styled(layer):
    """Did the style come from the file?"""
    _, found = layer.loadDefaultStyle()
    return "yes" if found else "no"


def vector(path, name):
    layer = QgsVectorLayer("%s|layername=%s" % (path, name), name, "ogr")
    if not layer.isValid():
        return None, [name, "no"] + [""] * 8
    spatial = layer.isSpatial()
    return layer, [name, "yes", layer.featureCount(),
                   layer.crs().authid() if spatial else "none",
                   layer.renderer().type() if spatial else "none",
                   "; ".join(classes(layer.renderer())) if spatial else "",
                   unclassed(layer) if spatial else "",
                   "on" if spatial and layer.labelsEnabled() else "off",
                   aliases(layer), "" if name == "layer_styles" else styled(layer)]


def raster(path):
    layer = QgsRasterLayer(path, "density.tif")
    renderer = layer.renderer()
    rows = []
    if renderer.type() == "singlebandpseudocolor":
        shader = renderer.shader().rasterShaderFunction()
        rows = [[item.value, item.label, item.color.name(), item.color.alpha()]
                for item in shader.colorRampItemList()]
    print("density.tif: %s, %s, %s, blend mode %d\n" %
          ("valid" if layer.isValid() else "NOT valid", layer.crs().authid(), renderer.type(),
           layer.blendMode()))
    table(["up to", "label", "colour", "alpha"], rows)
    return layer


def draw(layers, extent, path, width=1400):
    """Draw to a file; how many labels of each layer found room."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setBackgroundColor(QColor("white"))
    settings.setExtent(extent)
    settings.setOutputDpi(120)
    settings.setOutputSize(QSize(width, int(width * extent.height() / extent.width())))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(path)
    seen = [label.layerID for label in job.takeLabelingResults().labelsWithinRect(extent)]
    return {layer.name(): seen.count(layer.id()) for layer in layers}


def show(result):
    path = os.path.join(result, "hotbeat.gpkg")
    source = ogr.Open(path)
    names = [source.GetLayer(i).GetName() for i in range(source.GetLayerCount())]
    del source
    opened, rows = {}, []
    for name in names:
        layer, row = vector(path, name)
        rows.append(row)
        if layer and layer.isSpatial():
            opened[name] = layer
    print("%s\n" % os.path.basename(os.path.normpath(result)))
    table(["layer", "valid", "features", "CRS", "renderer", "classes", "without class", "labels",
           "aliases", "style from file"], rows)
    surface = raster(os.path.join(result, "density.tif"))
    base = os.path.basename(os.path.normpath(result))
    order = [opened[n] for n in ON_TOP if n in opened]
    busiest = max(opened["ward"].getFeatures(), key=lambda f: f["incidents"] or 0)
    box = busiest.geometry().boundingBox()
    box.scale(1.3)
    far = draw(order, opened["ward"].extent(), scratch(base + "-qgis.png"))
    near = draw(order, box, scratch(base + "-qgis-ward.png"))
    table(["layer", "labels, whole area", "labels, busiest ward"],
          [[n, far[n], near[n]] for n in far if far[n] or near[n]])
    draw([surface] + [opened[n] for n in ("context_roads", "context_water", "context_parks") if n in opened], box,
         scratch(base + "-qgis-surface.png"))
    plain = [r[0] for r in rows if r[9] == "no" or r[1] == "no"]
    bad = [r[0] for r in rows if r[6]]
    named = far["ward"] and near["ward"] and near.get("context_roads", 1)
    return named and not plain and not bad and surface.renderer().type() == "singlebandpseudocolor"


def results():
    if sys.argv[1:]:
        return sys.argv[1:]
    folder = town(scratch("town"))
    gpkg = os.path.join(folder, "town.gpkg")
    background = []
    for name, layer in [("roads", "streets"), ("railway", "railway"), ("water", "water"),
                        ("parks", "parks")]:
        background += ["--context", "%s=%s:%s" % (name, gpkg, layer)]
    return [wiltshire(scratch("wiltshire"), "--maps", "none"),
            town_run(folder, scratch("thornbeck"), "--maps", "none", *background)]


def main():
    application = QgsApplication([], False)
    application.initQgis()
    print("QGIS %s\n" % Qgis.QGIS_VERSION)
    good = [show(os.path.abspath(r)) for r in results()]
    QgsProject.instance().clear()
    sys.stdout.flush()
    application.exitQgis()
    verdict(all(good), "every layer opens with its style, every feature has a class, "
            "areas and streets have their names")


main()
