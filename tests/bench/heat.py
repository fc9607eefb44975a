"""heat: a police.uk-shaped CSV to a density GeoTIFF and a picture of it."""
import os
import shlex

import inputs
import measure
import peers

TITLE = "From CSV to density and overview"
OURS, PEER = "hotbeat run --incidents no --maps overview", "ogr2ogr, QGIS heatmap, gdaldem"
CELL, SUPPORT = 50, 250
LADDER = "0 0 0 0 0\n{0} 255 245 200 255\n{1} 250 170 80 255\n{2} 140 10 20 255\nnv 0 0 0 0\n"


def hotbeat(bench, csv, out):
    return measure.run([bench.hotbeat, "run", csv, "--areas", f"ward={inputs.force_areas(bench)}",
                        "--incidents", "no", "--maps", "overview", "--cell", f"{CELL}m",
                        "--bandwidth", f"{SUPPORT}m", "--profile", "internal", "--out", out,
                        "--overwrite", "--quiet"], env=bench.environment)


def chain(bench, csv):
    """What GIS staff would do: points, heatmap, colours. A shapefile, the fastest that QGIS reads."""
    points, raw, ladder, picture = (bench.work(n) for n in ("chain.shp", "chain.tif", "ladder.txt",
                                                            "chain.png"))
    cog = bench.work("chain-cog.tif")
    with open(ladder, "w", encoding="ascii") as f:
        f.write(LADDER.format(1, 10, 100))
    heatmap = [bench.peers.qgis_python, bench.beside("qgis_heatmap.py"), points, raw, str(SUPPORT),
               str(CELL)]
    steps = [["ogr2ogr", "-overwrite", "-f", "ESRI Shapefile", points, csv, "-oo",
              "X_POSSIBLE_NAMES=Longitude", "-oo", "Y_POSSIBLE_NAMES=Latitude", "-s_srs",
              "EPSG:4326", "-t_srs", "EPSG:27700", "-select", "Month"],
             heatmap,
             ["gdal_translate", "-q", "-of", "COG", "-co", "COMPRESS=DEFLATE", raw, cog],
             ["gdaldem", "color-relief", "-q", "-alpha", "-of", "PNG", raw, ladder, picture]]
    return measure.run(["sh", "-ec", "\n".join(shlex.join(s) for s in steps)], env=peers.quiet())


def table(bench):
    csv = inputs.rows(bench, "force", bench.rows)
    out = bench.work("heat")
    programs = [(OURS, lambda: hotbeat(bench, csv, out))]
    if bench.peers.has("gdal", "gdal-bin") and bench.peers.has("qgis",
                                                               "python3-qgis qgis-providers"):
        programs.append((PEER, lambda: chain(bench, csv)))
    taken = measure.in_turn(programs, bench.times)
    print(f"{bench.rows:,} rows, cells of {CELL} m, quartic of {SUPPORT} m; a Cloud Optimized GeoTIFF "
          "and a PNG.\n")
    notes = {}
    if not taken[OURS].failure:
        pages = [n for n in os.listdir(os.path.join(out, "maps")) if n.endswith(".png")]
        notes[OURS] = f"{len(pages)} page{'' if len(pages) == 1 else 's'}, and counts by area"
    measure.ratio_table(taken, OURS, notes)
