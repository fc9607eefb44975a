#!/usr/bin/env python3
"""Runs the tables and prints them in Markdown; tools/bench.sh calls it with all that is built.

    bench.py --build FOLDER [--node FOLDER] [--work FOLDER] [--rows N] [--times N] [--whole] [TABLE...]
"""
import argparse
import datetime
import importlib
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import traceback

import measure
import peers

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TABLES = ["read", "kde", "within", "gpkg", "heat", "project", "png", "run", "nation", "start", "change",
          "hotspots"]
FULL = 1000000
OWN = {  # what the programs that are compiled here stand on: pkg-config's names, archives of the build
    "start": (["gdal"], []),
    "triad": ([], []),
    "place": (["proj", "gdal", "sqlite3", "zlib", "libcrypto", "jansson"],
              ["libhot_layers.a", "libhot_engine.a"])}


class Bench:
    """What every table needs to know."""

    def __init__(self, asked, folder):
        self.build, self.node, self.folder = os.path.abspath(asked.build), asked.node, folder
        self.rows, self.times, self.whole = asked.rows, asked.times, asked.whole
        self.full = asked.rows >= FULL
        self.hotbeat = os.path.join(self.build, "hotbeat")
        self.environment = {**os.environ, "PROJ_NETWORK": "OFF"}
        data = os.environ.get("HOTBEAT_DATA") or os.path.join(os.path.dirname(ROOT), "shared", "data")
        self.data = data if os.path.isdir(data) else None
        self.peers = peers.Peers(self)

    def work(self, name):
        return os.path.join(self.folder, name)

    def beside(self, name):
        return os.path.join(HERE, name)

    def size(self, path):
        return os.path.getsize(path) / 1e6

    def program(self, name, needed=True):
        path = os.path.join(self.build, "tests", "bench", name)
        if os.path.exists(path):
            return path
        if needed:
            raise measure.Failed(f"{name} is not built (cmake -DHOT_BENCH=ON)")
        return None

    def own(self, name):
        """A program of this folder that is compiled here: it needs GDAL or PROJ, which the others
        do without."""
        packages, archives = OWN[name]
        flags = words("pkg-config", "--cflags", "--libs", *packages) if packages else []
        out = self.work(f"bench_{name}")
        subprocess.run([os.environ.get("CC", "cc"), "-std=c11", "-O2", "-fopenmp", "-I", ROOT, "-o",
                        out, self.beside(f"{name}.c"),
                        *(os.path.join(self.build, a) for a in archives), *flags,
                        *(["-lgeos_c"] if archives else []), "-lm"],
                       check=True)
        return out


def words(*command):
    return shlex.split(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def found_in(path, pattern):
    try:
        with open(path, encoding="utf-8", errors="replace") as f:
            found = re.search(pattern, f.read(), re.M)
    except OSError:
        return None
    return found.group(1).strip() if found else None


def commit():
    done = subprocess.run(["git", "-C", ROOT, "log", "-1", "--format=%h"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True)
    if done.returncode:
        return "unknown"
    dirty = subprocess.run(["git", "-C", ROOT, "status", "--porcelain"], stdout=subprocess.PIPE,
                           text=True).stdout
    return done.stdout.strip() + (" and changes" if dirty.strip() else "")


def tell_machine(bench):
    flags = found_in("/proc/cpuinfo", r"^flags\s*:(.*)") or ""
    vectors = [v for v, f in (("AVX-512", "avx512f"), ("AVX2", "avx2")) if f in flags.split()]
    memory = int(found_in("/proc/meminfo", r"^MemTotal:\s*(\d+)") or 0) / 1048576
    system = found_in("/etc/os-release", r'^PRETTY_NAME="?([^"\n]*)') or platform.system()
    triad = measure.run([bench.own("triad")]).said.strip()
    load = os.getloadavg()[0]
    print(f"- Machine: {found_in('/proc/cpuinfo', r'^model name.*: (.*)') or platform.machine()}, "
          f"{os.cpu_count()} cores, {', '.join(vectors) or 'no AVX2'}; {memory:.0f} GiB; {system}")
    print(f"- Memory: triad {triad}")
    print(f"- Load before the first table: {load:.1f}"
          + (" (others were at work: trust ratios, not times)" if load > 0.5 else ""))
    version = measure.run([bench.hotbeat, "--version"]).said.strip()
    print(f"- {version}, commit {commit()}; {datetime.date.today()}; "
          f"medians of {bench.times}, peers and hotbeat in turn\n", flush=True)


def tell_peers(bench):
    print("## Peers\n")
    for name, version in sorted(bench.peers.versions().items()):
        print(f"- {name}: {version}")
    for name, debian in sorted(bench.peers.missing.items()):
        print(f"- {name}: MISSING; its lines are left out ({debian} would bring it)")
    if not bench.peers.known:
        print("- none was asked for")
    print(f"- Load after the last table: {os.getloadavg()[0]:.1f}")


def arguments():
    parse = argparse.ArgumentParser(description="hotbeat's benchmarks, as tables in Markdown")
    parse.add_argument("--build", required=True, help="a Release build with HOT_BENCH")
    parse.add_argument("--node", default="", help="the folder that holds node_modules")
    parse.add_argument("--work", help="keep the inputs here (default: a folder that goes again)")
    parse.add_argument("--rows", type=int, default=FULL, help="instead of 1000000")
    parse.add_argument("--times", type=int, default=5, help="runs of each program")
    parse.add_argument("--whole", action="store_true", help="20 million rows too")
    parse.add_argument("table", nargs="*", help=", ".join(TABLES))
    asked = parse.parse_args()
    unknown = [t for t in asked.table if t not in TABLES]
    if unknown:
        parse.error(f"{unknown[0]}: expected one of {', '.join(TABLES)}")
    if asked.rows < 1000 or asked.times < 1:
        parse.error("--rows is at least 1000, --times at least 1")
    return asked


def main():
    asked = arguments()
    if not os.path.exists(measure.TIME):
        sys.exit(f"bench.py: {measure.TIME} is not here (Debian: time)")
    folder = asked.work or tempfile.mkdtemp(prefix="hotbeat-bench-")
    folder = os.path.abspath(folder)
    os.makedirs(folder, exist_ok=True)
    bench, failed = Bench(asked, folder), []
    print("# Benchmarks\n")
    try:
        tell_machine(bench)
        for name in asked.table or TABLES:
            table = importlib.import_module(name)
            print(f"## {table.TITLE} (`{name}`)\n", flush=True)
            try:
                table.table(bench)
            except (measure.Failed, subprocess.CalledProcessError, OSError, ValueError) as failure:
                failed.append(name)
                print(f"This table failed: {failure}\n", flush=True)
                traceback.print_exc()
        tell_peers(bench)
    finally:
        if not asked.work:
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


sys.exit(main())
