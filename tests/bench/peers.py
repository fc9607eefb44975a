"""Which peers are here, and in which version; those that are not are told of at the end."""
import glob
import os
import re
import shutil
import subprocess
import sys


def first_line(*command, pattern=r"\S.*", **more):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace", timeout=120, **more)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(pattern, done.stdout) if done.returncode == 0 else None
    return found.group(0).strip() if found else None


def python_with(module):
    """A Python that has the module: Debian's knows its own packages, another on the PATH may not."""
    for python in (sys.executable, "/usr/bin/python3"):
        if first_line(python, "-c", f"import {module}; print('here')", env=quiet()):
            return python
    return None


def quiet():
    """The environment of a peer: no display, no network, no tips."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "GRASS_VERBOSE": "0",
            "PROJ_NETWORK": "OFF", "OMP_NUM_THREADS": "2"}


class Peers:
    """Found once; `missing` says what was asked for and was not there."""

    def __init__(self, bench):
        self.bench, self.missing, self.known = bench, {}, {}

    def version(self, name):
        if name not in self.known:
            self.known[name] = getattr(self, "find_" + name)()
        return self.known[name]

    def has(self, name, debian):
        """Whether the peer is here; `debian` names the package that would bring it."""
        if self.version(name):
            return True
        self.missing[name] = debian
        return False

    def find_gdal(self):
        return shutil.which("ogr2ogr") and first_line("ogr2ogr", "--version", pattern=r"GDAL [\d.]+")

    def find_grass(self):
        return shutil.which("grass") and first_line("grass", "--version", pattern=r"GRASS GIS [\d.]+")

    def find_saga(self):
        return shutil.which("saga_cmd") and first_line("saga_cmd", "--version",
                                                       pattern=r"(?<=Version: )[\d.]+")

    def find_qgis(self):
        self.qgis_python = python_with("qgis.analysis")
        return self.qgis_python and first_line(
            self.qgis_python, "-c", "from qgis.core import Qgis; print(Qgis.QGIS_VERSION)",
            env=quiet(), pattern=r"\d+\.\d+\.\d+.*")

    def find_spatstat(self):
        return shutil.which("Rscript") and first_line(
            "Rscript", "-e", "suppressMessages(library(spatstat.explore)); "
            "cat(as.character(packageVersion('spatstat.explore')), '\\n')", pattern=r"^[\d.]+\s*$")

    def find_spdep(self):
        return shutil.which("Rscript") and first_line(
            "Rscript", "-e", "suppressMessages(library(spdep)); "
            "cat(as.character(packageVersion('spdep')), '\\n')", pattern=r"^[\d.]+\s*$")

    def find_duckdb(self):
        script = os.path.join(os.path.dirname(__file__), "duckdb.mjs")
        return shutil.which("node") and first_line("node", script, env=self.node(),
                                                   pattern=r"v\d\S+")

    def find_postgis(self):
        """The newest server with the extension; `postgres` is its folder of programs."""
        found = sorted(glob.glob("/usr/share/postgresql/*/extension/postgis.control"))
        if not found or not shutil.which("psql"):
            return None
        number = found[-1].split(os.sep)[-3]
        self.postgres = f"/usr/lib/postgresql/{number}/bin"
        with open(found[-1], encoding="utf-8") as control:
            version = re.search(r"default_version = '([^']+)'", control.read())
        return f"{version.group(1) if version else ''} on PostgreSQL {number}"

    def find_gdal_validators(self):
        self.validator_python = python_with("osgeo_utils.samples.validate_gpkg")
        return self.validator_python

    def node(self):
        return {**quiet(), "NODE_PEERS": self.bench.node}

    def versions(self):
        """Of every peer that a table asked for and found."""
        return {k: v for k, v in self.known.items() if v and k != "gdal_validators"}


def libraries(data):
    """A grid of the shared data, if it is there."""
    return sorted(glob.glob(os.path.join(data, "geodesy", "*OSTN15*.tif")))[:1] if data else []
