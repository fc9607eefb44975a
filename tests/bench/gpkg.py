"""gpkg: a police.uk-shaped CSV to a GeoPackage of points in metres with a spatial index."""
import os
import shutil
import sqlite3
import subprocess

import inputs
import measure
import peers

TITLE = "From CSV to an indexed GeoPackage"
OURS, PEER = "hotbeat run --incidents yes --maps none", "ogr2ogr"


def hotbeat(bench, csv, out):
    return measure.run([bench.hotbeat, "run", csv, "--areas",
                        f"ward={inputs.force_areas(bench)}", "--incidents", "yes", "--maps", "none",
                        "--profile", "internal", "--out", out, "--overwrite", "--quiet"],
                       env=bench.environment)


def ogr2ogr(csv, out):
    if os.path.exists(out):
        os.remove(out)
    return measure.run(["ogr2ogr", "-f", "GPKG", out, csv, "-oo", "X_POSSIBLE_NAMES=Longitude",
                        "-oo", "Y_POSSIBLE_NAMES=Latitude", "-s_srs", "EPSG:4326", "-t_srs",
                        "EPSG:27700", "-nln", "incidents"], env=peers.quiet())


def rows_and_tree(path):
    """How many rows `incidents` has, and what SQLite says of its R-tree."""
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        count, = base.execute("select count(*) from incidents").fetchone()
        column, = base.execute("select column_name from gpkg_geometry_columns "
                               "where table_name = 'incidents'").fetchone()
        said, = base.execute("select rtreecheck(?)", (f"rtree_incidents_{column}",)).fetchone()
        inside, = base.execute(f'select count(*) from "rtree_incidents_{column}"').fetchone()
        return f"{count:,} rows, {inside:,} in the index, rtreecheck {said}"
    except sqlite3.Error as failure:
        return f"not looked into: {failure}"
    finally:
        base.close()


def validated(bench, path):
    if not bench.peers.has("gdal_validators", "python3-gdal"):
        return "not validated"
    done = subprocess.run([bench.peers.validator_python, "-m", "osgeo_utils.samples.validate_gpkg",
                           path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    last = (done.stdout.strip() or "nothing").splitlines()[-1]
    return "validate_gpkg clean" if done.returncode == 0 else f"validate_gpkg: {last[:200]}"


def table(bench):
    csv = inputs.rows(bench, "force", bench.rows)
    out, theirs = bench.work("gpkg"), bench.work("ogr.gpkg")
    programs = [(OURS, lambda: hotbeat(bench, csv, out))]
    if bench.peers.has("gdal", "gdal-bin"):
        programs.append((PEER, lambda: ogr2ogr(csv, theirs)))
    taken = measure.in_turn(programs, bench.times)
    notes = {name: f"{rows_and_tree(path)}; {validated(bench, path)}"
             for name, path in ((OURS, os.path.join(out, "hotbeat.gpkg")), (PEER, theirs))
             if name in taken and not taken[name].failure}
    print(f"{bench.rows:,} rows, longitude and latitude to EPSG:27700. hotbeat also counts by area "
          "and makes the density.\n")
    measure.ratio_table(taken, OURS, notes)
    shutil.rmtree(out, ignore_errors=True)
