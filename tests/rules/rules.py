#!/usr/bin/env python3
"""The rules of the house, held against the sources.

    rules.py includes | symbols ARCHIVE | headers COMPILER | sources | words
"""
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.environ["HOTBEAT_SOURCE"]
ROOMS = ["engine", "layers", "styles", "tools"]  # each may include only what stands before it

# Which foreign headers may be included where: one door each.
DOORS = {
    r"gdal.*\.h|ogr.*\.h|cpl_.*\.h": {
        "layers/read/drivers.c", "layers/read/vector.c", "layers/write/gpkg.c", "layers/write/surface.c",
        "layers/read/versions.c"},
    r"proj\.h": {"layers/read/proj.h", "layers/read/versions.c"},
    r"geos_c\.h": {"layers/read/polygon.c", "layers/read/versions.c"},
    r"sqlite3\.h": {"layers/read/versions.c", "layers/write/bulk.c", "layers/write/verify.c"},
    r"zlib\.h": {"layers/read/file.c"},
    r"openssl/.*\.h": {"layers/digest.c"},
    r"jansson\.h": {"layers/write/manifest.c", "layers/write/record.c", "tools/config.c",
                     "layers/read/weights_json.c"},
    r"png\.h": {"styles/draw/png.c"},
    r"cairo.*|pango.*|fontconfig.*|glib\.h": "styles/draw/",
    r"argp\.h": {"tools/options.c"},
}
ENGINE_MAY = {
    "assert.h", "errno.h", "float.h", "inttypes.h", "limits.h", "locale.h", "math.h", "stdarg.h",
    "stdatomic.h", "stdbool.h", "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "string.h",
    "omp.h", "Rmath.h", "uthash.h", "Random123/philox.h", "immintrin.h", "emmintrin.h", "x86intrin.h", "cpuid.h",
    "arm_neon.h",
    "sys/mman.h"}  # large pages
BANNED_WORDS = {"get", "do", "process", "handle", "util", "utils", "misc", "common", "helper",
                "manager"}


def files(*endings):
    for room in ROOMS:
        for folder, _, names in os.walk(os.path.join(ROOT, room)):
            for name in sorted(names):
                if name.endswith(endings):
                    yield os.path.relpath(os.path.join(folder, name), ROOT)


def text(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def code(path):
    """The text without comments and strings."""
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(\\.|[^"\\])*"', " ", text(path), flags=re.S)


def includes():
    wrong = []
    for path in files(".c", ".h", ".inc"):
        room = path.split("/")[0]
        for kind, name in re.findall(r'^\s*#\s*include\s*(["<])([^">]+)', text(path), re.M):
            if kind == '"':
                there = name.split("/")[0]
                if there not in ROOMS:
                    wrong.append(f"{path}: \"{name}\" does not begin with a room")
                elif ROOMS.index(there) > ROOMS.index(room):
                    wrong.append(f"{path}: {room} may not look into {there}")
                continue
            if room == "engine" and name not in ENGINE_MAY:
                wrong.append(f"{path}: the engine may not include <{name}>")
            for pattern, allowed in DOORS.items():
                if re.fullmatch(pattern, name.split("/")[-1]):
                    inside = (path.startswith(allowed) if isinstance(allowed, str)
                              else path in allowed)
                    if name.startswith("glib") and path == "styles/legend.c":
                        inside = True  # GMarkup reads the QML
                    if not inside:
                        wrong.append(f"{path}: <{name}> belongs behind its door")
    return wrong


def symbols(archive):
    """The engine's archive asks for nothing but libc, libm, OpenMP and itself."""
    out = subprocess.run(["nm", "-u", "-P", archive], capture_output=True, text=True,
                         check=True).stdout
    own = subprocess.run(["nm", "-g", "--defined-only", "-P", archive], capture_output=True,
                         text=True, check=True).stdout
    defined = {line.split()[0] for line in own.splitlines() if len(line.split()) > 1}
    wrong = []
    for line in out.splitlines():
        parts = line.split()
        if len(parts) < 2 or parts[1] != "U":
            continue
        name = parts[0].split("@")[0]
        if name in defined or re.match(r"(__asan|__ubsan|__lsan|__sanitizer|__gcov|__tsan)", name):
            continue
        if re.match(r"(omp_|GOMP_|_mm|__)", name):
            continue
        if re.match(r"(GDAL|OGR|CPL|OSR|VSI|proj_|GEOS|sqlite3|png_|cairo|pango|json_|inflate|"
                    r"deflate|SHA|printf$|puts$|exit$|fopen|open$|system$)", name):
            wrong.append(f"the engine uses {name}")
    for name in sorted(defined):
        if not re.match(r"(hot_|__|_?GLOBAL|\.)", name):
            wrong.append(f"the engine defines {name}, which has no hot_ before it")
    return wrong


def headers(compiler):
    """Every header compiles alone."""
    flags = subprocess.run(
        ["pkg-config", "--cflags", "gdal", "pangocairo", "cairo", "libpng", "fontconfig"],
        capture_output=True, text=True, check=True).stdout.split()
    wrong = []
    for path in files(".h"):
        with tempfile.NamedTemporaryFile("w", suffix=".c") as f:
            # Twice: the guard holds too. A use, because an empty unit is no C.
            f.write(f'#include "{path}"\n#include "{path}"\ntypedef int used;\n')
            f.flush()
            run = subprocess.run(
                [compiler, "-std=c11", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
                 "-Wno-unused-function", "-I", ROOT, *flags, f.name],
                capture_output=True, text=True)
            if run.returncode:
                wrong.append(f"{path} does not compile alone: {run.stderr.splitlines()[0]}")
    return wrong


def sources():
    """The source lists name every file, and no file that is not there."""
    listed = set(re.findall(r"\b((?:engine|layers|styles|tools)/[\w/]+\.c)\b",
                            text("CMakeLists.txt")))
    there = set(files(".c"))
    wrong = [f"{p} is in no source list" for p in sorted(there - listed)]
    wrong += [f"{p} is listed and not there" for p in sorted(listed - there)]
    tests = text("tests/CMakeLists.txt")
    for name in sorted(os.listdir(os.path.join(ROOT, "tests/unit"))):
        if name.endswith(".c") and not re.search(rf"\b{name[:-2]}\b", tests):
            wrong.append(f"tests/unit/{name} is never run")
    return wrong


def words():
    """Names say what a thing is; nothing is printed below tools/; nobody leaves but main."""
    wrong = []
    for path in files(".c", ".h"):
        stripped = code(path)
        for name in re.findall(r"\bhot_[a-z0-9_]+", stripped):
            if BANNED_WORDS & set(name.split("_")):
                wrong.append(f"{path}: {name}")
        for name in re.split(r"[/_.]", path):
            if name in BANNED_WORDS:
                wrong.append(f"{path}: its name says nothing")
        if not path.startswith("tools/"):
            for name in re.findall(r"\b(printf|puts|putchar|fputs|perror|exit|longjmp)\s*\(",
                                   stripped):
                if not (name == "longjmp" and path == "styles/draw/png.c"):  # libpng asks for it
                    wrong.append(f"{path}: calls {name}")
        if re.search(r"\bsetlocale\s*\(", stripped):
            wrong.append(f"{path}: calls setlocale")
    for folder, dirs, names in os.walk(ROOT):
        dirs[:] = [d for d in dirs if d not in (".git",) and not d.startswith("build")]
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), ROOT)
            if name.endswith((".c", ".h", ".md", ".sh", ".py", ".txt", ".cmake")):
                if re.search(r"/(home|root|work)/[a-z]", text(path)) and "rules.py" not in path:
                    wrong.append(f"{path}: holds a path of some machine")
    return wrong


def main():
    rule, *arguments = sys.argv[1:]
    wrong = {"includes": includes, "symbols": symbols, "headers": headers, "sources": sources,
             "words": words}[rule](*arguments)
    for line in wrong:
        print(line)
    print(f"{rule}: {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


main()
