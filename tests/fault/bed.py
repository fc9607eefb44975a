"""What the parts of a sweep have in common: two results, a folder to try in, and the judgement."""
import collections
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import hot  # noqa: E402

WHOLE = sys.argv[1:2] == ["whole"]
ROWS = 60  # of each month


def tree(folder):
    """One hash of all names, modes and bytes of a folder, or None where there is none."""
    if not os.path.isdir(folder):
        return None
    total = hashlib.sha256()
    for at, folders, names in os.walk(folder):
        folders.sort()
        total.update(f"{os.path.relpath(at, folder)} {os.stat(at).st_mode:o}\n".encode())
        for name in sorted(names):
            path = os.path.join(at, name)
            with open(path, "rb") as f:
                bytes_ = hashlib.sha256(f.read()).hexdigest()
            total.update(f"{name} {os.stat(path).st_mode:o} {bytes_}\n".encode())
    return total.hexdigest()


def why_not(program, *arguments):
    """A sentence why a tool cannot be used here, or None."""
    if not shutil.which(program):
        return f"{program} is not installed"
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    return None if done.returncode == 0 else f"{program} is not allowed here"


class Row:
    """A line of the table."""

    def __init__(self, fault, may_be_absent=False):
        self.fault, self.found = fault, collections.Counter()
        self.may_be_absent, self.wrong = may_be_absent, []


class Bed:
    """Two results of the town, and folders to try things in."""

    def __init__(self, folder):
        self.folder = folder
        town = hot.town()
        gpkg = os.path.join(town, "town.gpkg")
        self.options = [*self.sources(hot.months(town, "2025-")), *self.tables(town),
                        "--areas", f"ward={gpkg}:wards,parent=parent", "--areas",
                        f"beat={gpkg}:beats", "--context", f"water={gpkg}:water", "--from",
                        "2025-06", "--compare", "2025-05..2025-05", "--maps", "overview", "--quiet"]
        self.elsewhere = os.path.join(folder, "elsewhere")  # TMPDIR and HOME: stay empty
        os.mkdir(self.elsewhere)
        self.env = {**os.environ, "TMPDIR": self.elsewhere, "HOME": self.elsewhere,
                    "XDG_CACHE_HOME": self.elsewhere}
        self.hash = {None: "absent"}
        for name in ("old", "new"):
            done = subprocess.run(self.command(name, os.path.join(folder, name)), env=self.env,
                                  capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(done.stderr)
            self.hash[tree(os.path.join(folder, name))] = name
        assert len(self.hash) == 3
        self.tried = set()

    def sources(self, months):
        """Two agencies' files, with so few rows that a run makes each kind of write, and none of
        them a hundred times over."""
        for month in months:
            if "2025-05" in month or "2025-06" in month:
                for turn, agency in enumerate(("police", "council")):
                    yield from ("--source", f"{agency}={self.some_rows(month, agency, turn)}")

    def some_rows(self, month, agency, turn):
        path = os.path.join(self.folder, f"{agency}-{os.path.basename(month)}")
        with open(month, encoding="utf-8") as whole, open(path, "w", encoding="utf-8") as some:
            head, *rows = whole
            some.writelines([head, *rows[turn * ROWS:(turn + 1) * ROWS]])
        return path

    def tables(self, town):
        """What every table needs that is made only where it is asked for."""
        people = os.path.join(town, "population-ward.csv")
        return ["--population", f"ward={people}", "--join", f"ward={people}", "--map-types",
                os.path.join(town, "map-types.csv"),
                "--weights", self.write("weights.csv", "type,weight\nAnti-social behaviour,2\n"),
                "--calendar", self.write("days.csv", "name,from,to\nFair,2025-06-02,2025-06-03\n")]

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def command(self, which, out, *more, threads=1):
        """By one thread a run makes its calls in one order."""
        return [hot.HOTBEAT, "run", *self.options, "--threads", str(threads),
                "--title", which, "--overwrite", "--out", out, *more]

    def place(self, start="old"):
        """A new folder to try in, with the old results in it, or nothing."""
        place = tempfile.mkdtemp(dir=self.folder)
        out = os.path.join(place, "out")
        if start == "old":
            shutil.copytree(os.path.join(self.folder, "old"), out)
        return place, out

    def state(self, out):
        return self.hash.get(tree(out), "neither")

    def leftovers(self, place):
        return [n for n in os.listdir(place) if "hotbeat" in n]

    def is_tried(self, place, out):
        """Has a re-run begun from just this? Temporaries have names of their own: then never."""
        state = self.state(out)
        now = (state, *sorted(set(os.listdir(place)) - {"log", "code"}))
        known = now in self.tried and state != "neither" and not self.leftovers(place)
        self.tried.add(now)
        return known


def sentence(stderr):
    """One sentence of hotbeat's; gcov complains too where it cannot write its counts."""
    lines = [l for l in stderr.splitlines() if l and not l.startswith("libgcov ")]
    return len(lines) == 1 and lines[0].startswith("hotbeat: ")


def judge(bed, row, point, place, out, code, stderr, said=True):
    """What a faulted run left, then what a plain re-run makes of it."""
    state = bed.state(out)
    row.found[state] += 1
    if state == "neither":
        row.wrong.append(f"{point}: neither whole: {sorted(os.listdir(out))}")
    if state == "absent" and not row.may_be_absent:
        row.wrong.append(f"{point}: the old results are gone")
    if code == 0 and state != "new":
        row.wrong.append(f"{point}: exit 0, and the results are {state}")
    if code > 0 and state == "new" and "are in place" not in stderr and said:
        row.wrong.append(f"{point}: exit {code} with the new results: {stderr!r}")
    if code > 0 and said and not sentence(stderr):
        row.wrong.append(f"{point}: exit {code}, no single sentence: {stderr!r}")
    if code in (-signal.SIGSEGV, -signal.SIGABRT) or "Sanitizer" in stderr:
        row.wrong.append(f"{point}: crashed: {stderr}")
    if bed.is_tried(place, out):
        clear(bed, row, point, place)
    else:
        rerun(bed, row, point, place, out)


def rerun(bed, row, point, place, out):
    done = subprocess.run(bed.command("new", out), env=bed.env, capture_output=True, text=True)
    if done.returncode or bed.state(out) != "new":
        row.found["rerun"] += 1
        row.wrong.append(f"{point}: the re-run failed: {done.stderr!r}")
    clear(bed, row, point, place)


def clear(bed, row, point, place):
    """Nothing may be left now, here or elsewhere."""
    left = bed.leftovers(place)
    if left or os.listdir(bed.elsewhere):
        row.found["left"] += 1
        row.wrong.append(f"{point}: left behind: {left + os.listdir(bed.elsewhere)}")
    shutil.rmtree(place)
