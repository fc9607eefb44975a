"""What the reference scripts share: where hotbeat and the data are, and how a result is read.

HOTBEAT       the program under test
HOTBEAT_DATA  the folder of open data; without it, ../shared/data beside the project
"""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.abspath(os.path.join(HERE, "..", "..", ".."))


def skip(sentence):
    print("Skipped: " + sentence)
    sys.exit(0)


try:
    import numpy as np
    from osgeo import gdal, ogr, osr
except ImportError as missing:
    skip("%s is not here (Debian: python3-gdal, python3-numpy)." % missing.name)

gdal.UseExceptions()
ogr.UseExceptions()
osr.UseExceptions()

KERNELS = ["uniform", "triangular", "epanechnikov", "quartic", "triweight", "gaussian"]
ASB = "Anti-social behaviour"


def hotbeat():
    program = os.environ.get("HOTBEAT")
    if not program or not os.access(program, os.X_OK):
        skip("HOTBEAT does not name the program.")
    return os.path.abspath(program)


def data(*parts):
    """A file or folder of the open data; without it the script is skipped."""
    root = os.environ.get("HOTBEAT_DATA") or os.path.join(SOURCE, "..", "shared", "data")
    path = os.path.join(os.path.abspath(root), *parts)
    if not os.path.exists(path):
        skip("HOTBEAT_DATA has no %s." % "/".join(parts))
    return path


def grid():
    return data("geodesy", "uk_os_OSTN15_NTv2_OSGBtoETRS.tif")


def use_grid():
    """Let PROJ of this process find the grid."""
    grid()
    osr.SetPROJSearchPaths([data("geodesy")] + list(osr.GetPROJSearchPaths()))


def files(pattern):
    found = sorted(glob.glob(data(os.path.dirname(pattern)) + "/" + os.path.basename(pattern)))
    if not found:
        skip("HOTBEAT_DATA has no %s." % pattern)
    return found


_scratch = None


def scratch(*parts):
    """A path in a folder that goes away with the script, unless HOTBEAT_KEEP names one to keep."""
    global _scratch
    if _scratch is None:
        keep = os.environ.get("HOTBEAT_KEEP")
        if keep:
            os.makedirs(keep, exist_ok=True)
            _scratch = keep
        else:
            import atexit
            _scratch = tempfile.mkdtemp(prefix="hotbeat-reference-")
            atexit.register(shutil.rmtree, _scratch, True)
    return os.path.join(_scratch, *parts)


def run(*arguments, cwd=None):
    """hotbeat with these arguments; stops the script when it fails."""
    done = subprocess.run([hotbeat(), *arguments], cwd=cwd, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        sys.exit("hotbeat %s failed with %d:\n%s" % (arguments[0], done.returncode, done.stderr))
    return done.stderr


def wiltshire(out, *more):
    """hotbeat run on Wiltshire's anti-social behaviour of 2025."""
    gpkg = data("boundaries", "wiltshire_force_bng.gpkg")
    run("run", *files("police_uk/wiltshire/2025-*.csv"), "--areas", "ward=%s:wards_2025" % gpkg,
        "--areas", "msoa=%s:msoa_2021" % gpkg, "--type", ASB, "--grid", grid(), "--quiet",
        "--overwrite", "--out", out, *more)
    return out


def town(folder):
    if not os.path.isdir(folder):
        run("sample", folder)
    return folder


def town_run(folder, out, *more):
    """hotbeat run on the fictional town's anti-social behaviour."""
    gpkg = os.path.join(folder, "town.gpkg")
    run("run", *sorted(glob.glob(folder + "/incidents/*.csv")), "--areas", "ward=%s:wards" % gpkg,
        "--areas", "beat=%s:beats" % gpkg, "--type", ASB, "--quiet", "--overwrite", "--out", out,
        *more)
    return out


def points(result):
    """[n, 2] easting and northing of the layer incidents."""
    source = ogr.Open(os.path.join(result, "hotbeat.gpkg"))
    layer = source.GetLayerByName("incidents")
    return np.array([f.GetGeometryRef().GetPoint_2D() for f in layer])


def density(result):
    """The surface (NaN outside the study area) and its geotransform."""
    source = gdal.Open(os.path.join(result, "density.tif"))
    return source.ReadAsArray(), source.GetGeoTransform()


def table(head, rows):
    """Print a Markdown table."""
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print(flush=True)


def verdict(good, what):
    """The script's last word and exit status."""
    print(("Agrees: " if good else "DOES NOT AGREE: ") + what + ".")
    sys.exit(0 if good else 1)
