"""What the command-line tests have in common: running hotbeat and reading what it left."""
import csv
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

HOTBEAT = os.environ["HOTBEAT"]
DATA = os.environ.get("HOTBEAT_DATA", "")
ASB = "Anti-social behaviour"
COMMANDS = ["run", "check", "map", "evaluate", "sample", "doctor",  # as the help lists them
            "kde", "gistar", "repeats", "change", "concentration", "temporal", "hotspots", "nearrepeat",
            "clusters"]


def run(*arguments, cwd=None, env=None, text=True, stdin=subprocess.DEVNULL):
    """Run hotbeat; a crash or a sanitizer's complaint is never what a test expects."""
    done = subprocess.run([HOTBEAT, *map(str, arguments)], cwd=cwd, stdin=stdin, text=text,
                          capture_output=True, env={**os.environ, **(env or {})})
    said = done.stderr if text else done.stderr.decode(errors="replace")
    if done.returncode < 0 or "Sanitizer" in said or "runtime error" in said:
        raise AssertionError(f"hotbeat crashed ({done.returncode}): {said}")
    return done


def make_town():
    """Make the fictional town anew, by the program as it is now."""
    folder = os.path.join(os.environ["HOTBEAT_SCRATCH"], "town")
    shutil.rmtree(folder, ignore_errors=True)
    done = run("sample", folder)
    if done.returncode:
        sys.exit(done.stderr)


def town():
    """The fictional town, made once for all test programs of a build."""
    folder = os.path.join(os.environ["HOTBEAT_SCRATCH"], "town")
    if not os.path.exists(os.path.join(folder, "town.gpkg")):
        done = run("sample", folder)
        if done.returncode and not os.path.exists(os.path.join(folder, "town.gpkg")):
            raise AssertionError(done.stderr)
    return folder


def months(folder, year=""):
    incidents = os.path.join(folder, "incidents")
    return [os.path.join(incidents, n) for n in sorted(os.listdir(incidents)) if n.startswith(year)]


def town_options(folder):
    gpkg = os.path.join(folder, "town.gpkg")
    return ["--areas", f"ward={gpkg}:wards", "--areas", f"beat={gpkg}:beats",
            "--population", f"ward={folder}/population-ward.csv",
            "--population", f"beat={folder}/population-beat.csv",
            "--context", f"roads={gpkg}:streets", "--context", f"water={gpkg}:water"]


def rows(gpkg, sql):
    with sqlite3.connect(f"file:{gpkg}?mode=ro", uri=True) as db:
        db.row_factory = sqlite3.Row
        return db.execute(sql).fetchall()


def table(path):
    with open(path, newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def manifest(folder):
    with open(os.path.join(folder, "run.json"), encoding="utf-8") as f:
        return json.load(f)


def tree(folder):
    """Every file below a folder and the hash of its bytes."""
    found = {}
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            with open(path, "rb") as f:
                found[os.path.relpath(path, folder)] = hashlib.sha256(f.read()).hexdigest()
    return found


class Scratch(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(dir=os.environ["HOTBEAT_SCRATCH"])
        self.addCleanup(self.folder.cleanup)

    def path(self, *parts):
        return os.path.join(self.folder.name, *parts)

    def write(self, name, text):
        path = self.path(name)
        with open(path, "w" if isinstance(text, str) else "wb") as f:
            f.write(text)
        return path

    def succeeds(self, *arguments, **more):
        done = run(*arguments, **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def fails(self, code, words, *arguments, **more):
        """One sentence on stderr that says all of `words`, and nothing on stdout."""
        done = run(*arguments, **more)
        self.assertEqual(done.returncode, code, done.stderr)
        lines = [l for l in done.stderr.splitlines() if l]
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertTrue(lines[0].startswith("hotbeat: "), lines)
        for word in words:
            self.assertIn(word, lines[0])
        self.assertEqual(done.stdout, "")


def need_data():
    if not DATA or not os.path.isdir(DATA):
        print("skipped: the shared data is not here (HOTBEAT_DATA)")
        sys.exit(77)


def main():
    unittest.main(verbosity=2)
