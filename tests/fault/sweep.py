#!/usr/bin/env python3
"""What is in the output folder after anything that can go wrong while it is written?

    sweep.py short      a few points of every kind, for every build (under a minute)
    sweep.py whole      every write of a small run with every error, 200 signals: half an hour
    sweep.py whole signals kills        some parts of it alone

Promised: the old results byte for byte, or the new ones, and never anything else; a failure says
why in one sentence; a plain re-run succeeds and leaves no temporary behind. The town is the
fictional one, cut down to a few rows. The last lines are a table: fault, points tried, what was
found, and what went wrong.
"""
import collections
import concurrent.futures
import functools
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from bed import WHOLE, Bed, Row, judge, rerun, sentence, tree, why_not

SEED = 2025
WORKERS = 2
WRITES = ["pwrite64", "write", "writev", "pwritev", "rename", "renameat", "renameat2", "unlink",
          "unlinkat", "rmdir", "ftruncate", "fallocate", "fsync", "fdatasync", "mkdir", "mkdirat",
          "openat", "fchmod"]
ERRORS = ["ENOSPC", "EIO", "EDQUOT", "EROFS"]
# Under strace the leak checker cannot attach, and fails for that alone.
TRACED = {"ASAN_OPTIONS": "detect_leaks=0"}


# ---- at every write, by strace ----

@functools.cache
def calls(bed, start, *inject):
    """The write-like calls of one run: [(name, n)], n counting the calls of that name."""
    place, out = bed.place(start)
    log = os.path.join(place, "log")
    subprocess.run(["strace", "-f", "-o", log, "-e", "trace=" + ",".join(WRITES), *inject,
                    *bed.command("new", out)], env={**bed.env, **TRACED}, capture_output=True)
    seen, found = collections.Counter(), []
    with open(log, encoding="utf-8", errors="replace") as f:
        for line in f:
            match = re.match(r"\d+ +(\w+)\((.*)", line)
            if not match:
                continue
            name, rest = match.groups()
            seen[name] += 1
            reads = name == "openat" and "O_CREAT" not in rest
            to_person = name == "write" and rest.startswith(("1,", "2,"))
            if not reads and not to_person:
                found.append((name, seen[name]))
    shutil.rmtree(place)
    return found


def traced(bed, row, start, inject, point):
    """One run with one fault in it. The log shows that the fault was there."""
    place, out = bed.place(start)
    log = os.path.join(place, "log")
    # Stopping only at the calls that are traced saves time, but then a signal is not injected.
    fast = [] if "SIGKILL" in point else ["--seccomp-bpf"]
    done = subprocess.run(["strace", *fast, "-f", "-o", log, *inject, *bed.command("new", out)],
                          env={**bed.env, **TRACED}, capture_output=True, text=True)
    with open(log, encoding="utf-8", errors="replace") as f:
        happened = "killed by SIGKILL" if "SIGKILL" in point else "(INJECTED)"
        if happened not in f.read():
            row.wrong.append(f"{point}: the fault did not happen")
    judge(bed, row, point, place, out, done.returncode, done.stderr)


def spread(points, n, first=0):
    """n of the points: the swap itself, and the others evenly from `first` on."""
    if WHOLE or len(points) <= n:
        return points
    swap = [k for k, point in enumerate(points) if point[0].startswith("rename")][0]
    return points[first::len(points) // n][:n - 1] + [points[swap]]


class Writes:
    """Faults at single calls of a run, of which there is a list for every way it can go."""

    NO_EXCHANGE = ("-e", "inject=renameat2:error=EINVAL")

    def __init__(self, bed, pool, what):
        self.bed, self.pool, self.rows, self.jobs = bed, pool, [], []
        self.missing = why_not("strace", "-o", "/dev/null", "true")
        if self.missing:
            print(f"skipped: {what} at single writes: {self.missing}")

    def sweep(self, fault, start, points, how, first=()):
        # Without an exchange a kill may fall between two names: the re-run puts the old one back.
        row = Row(fault, start == "nothing" or (first and "SIGKILL" in how))
        self.rows.append(row)
        for name, n in points:
            inject = [*first, "-e", f"trace={name},renameat2", "-e", f"inject={name}:{how}:when={n}"]
            self.jobs.append(self.pool.submit(traced, self.bed, row, start, inject,
                                              f"{name} {n}, {how}"))

    def done(self):
        for job in self.jobs:
            job.result()
        return self.rows


def kills(bed, pool):
    w = Writes(bed, pool, "SIGKILL")
    if w.missing:
        return []
    points = calls(bed, "old")
    print(f"a run over old results makes {len(points)} write-like calls")
    w.sweep("SIGKILL at a write", "old", spread(points, 6), "signal=SIGKILL")
    if WHOLE:
        points = [p for p in calls(bed, "nothing") if p[0] != "pwrite64"]
        w.sweep("SIGKILL, nothing there", "nothing", points, "signal=SIGKILL")
    return w.done()


def errors(bed, pool):
    w = Writes(bed, pool, "errors")
    if w.missing:
        return []
    points = calls(bed, "old")
    for k, error in enumerate(ERRORS):
        w.sweep(f"{error} at a write", "old", spread(points, 2, 40 * k), f"error={error}")
    return w.done()


def two_steps(bed, pool):
    """As on a file system that cannot exchange two names."""
    w = Writes(bed, pool, "faults without an exchange")
    if w.missing:
        return []
    names = [p for p in calls(bed, "old", *w.NO_EXCHANGE)
             if p[0] in ("rename", "rmdir", "unlink", "mkdir")]
    swap = [k for k, point in enumerate(names) if point[0] == "rename"][1]
    some = names if WHOLE else names[swap:swap + 3]
    w.sweep("SIGKILL, no exchange", "old", some, "signal=SIGKILL", w.NO_EXCHANGE)
    w.sweep("EIO, no exchange", "old", some, "error=EIO", w.NO_EXCHANGE)
    return w.done()


# ---- a full disk, a limit ----

def limited(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def file_size(bed, pool):
    row = Row("ulimit -f")
    steps = [k * 32768 for k in range(64)] if WHOLE else [0, 65536, 524288]

    def one(size):
        place, out = bed.place()
        done = subprocess.run(bed.command("new", out), env=bed.env, capture_output=True, text=True,
                              preexec_fn=limited(size))
        judge(bed, row, f"ulimit -f {size}", place, out, done.returncode, done.stderr)

    list(pool.map(one, steps))
    return [row]


FULL = """
mount -t tmpfs -o size=64m none "$1/disk" && cp -a "$1/old" "$1/disk/out" || exit 99
used=$(du -sk "$1/disk" | cut -f1)
mount -o remount,size=$((used + $2))k "$1/disk"
place=$1; shift 2
"$@"
code=$?
cp -a "$place/disk/out" "$place/out"
mount -o remount,size=64m "$place/disk"
"$@" >/dev/null 2>&1 || exit 98
ls -A "$place/disk" >"$place/names"
cp -a "$place/disk/out" "$place/again"
exit $code
"""


def full_disk(bed, pool):
    row = Row("full disk")
    steps = range(0, 4096, 64) if WHOLE else (0, 1400)

    def one(spare):
        place, out = bed.place("nothing")
        os.mkdir(os.path.join(place, "disk"))
        shutil.copytree(os.path.join(bed.folder, "old"), os.path.join(place, "old"))
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", FULL, "sh", place, str(spare),
             *bed.command("new", os.path.join(place, "disk", "out"))],
            env=bed.env, capture_output=True, text=True)
        again = os.path.join(place, "again")
        if done.returncode not in (98, 99):
            with open(os.path.join(place, "names"), encoding="utf-8") as f:
                names = f.read().split()
            if bed.state(again) != "new" or names != ["out"]:
                row.found["left"] += 1
                row.wrong.append(f"{spare} kB: after the re-run: {names}, {bed.state(again)}")
        else:
            row.found["rerun"] += 1
        judge(bed, row, f"{spare} kB spare", place, out, done.returncode, done.stderr)

    missing = why_not("unshare", "-rm", "true")
    if missing:
        print(f"skipped: a full disk: {missing}")
        return []
    list(pool.map(one, steps))
    return [row]


READ_ONLY = """
mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 99
shift
exec "$@"
"""


def places(bed, _):
    """Where it cannot be written."""
    row, rows = Row("no place to write"), []
    place, out = bed.place()
    if why_not("unshare", "-rm", "true"):
        print("skipped: a read-only folder: unshare is not allowed here")
    else:
        done = subprocess.run(["unshare", "-rm", "sh", "-c", READ_ONLY, "sh", place,
                               *bed.command("new", out)],
                              env=bed.env, capture_output=True, text=True)
        if done.returncode != 1:
            row.wrong.append(f"read-only: exit {done.returncode}")
        judge(bed, row, "read-only folder", place, out, done.returncode, done.stderr)
        place, out = bed.place()
    for target in ("out/run.json", "out/run.json/below"):
        done = subprocess.run(bed.command("new", os.path.join(place, target)), env=bed.env,
                              capture_output=True, text=True)
        state = bed.state(out)
        row.found[state] += 1
        if state != "old" or done.returncode != 1 or not sentence(done.stderr):
            row.wrong.append(f"{target}: {done.returncode} {done.stderr!r}, {state}")
    rerun(bed, row, "file where a folder should be", place, out)
    rows.append(row)
    return rows


# ---- streams ----

def streams(bed, pool):
    """The results are whole, and what could not be printed is a failure."""
    row = Row("closed or full stdout")
    cases = {"1>&-": 1, "1>/dev/full": 1, "1>&- 2>&-": 1, "0<&- 1>&- 2>&-": 1, "2>&-": 0,
             "2>/dev/full": 0, "| true": 1}
    if not WHOLE:
        cases = {r: cases[r] for r in ("1>/dev/full", "0<&- 1>&- 2>&-", "| true")}

    def one(redirection):
        place, out = bed.place()
        noted = os.path.join(place, "code")
        # "| true": the reader is gone before anything is printed.
        script = '{ sleep 0.2; "$@"; echo $? >"$CODE"; } ' + redirection
        done = subprocess.run(["sh", "-c", script, "sh", *bed.command("new", out, "--json")],
                              env={**bed.env, "CODE": noted}, text=True,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        with open(noted, encoding="utf-8") as f:
            code = int(f.read())
        if code != cases[redirection] or (code and "2>" not in redirection and
                                          not sentence(done.stderr)):
            row.wrong.append(f"{redirection}: exit {code}: {done.stderr!r}")
        judge(bed, row, redirection, place, out, code, done.stderr, said=False)

    list(pool.map(one, cases))
    return [row]


# ---- signals ----

def default_signals():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def signals(bed, pool):
    row, chance = Row("SIGINT, SIGTERM, SIGHUP"), random.Random(SEED)
    place, out = bed.place()
    began = time.monotonic()
    subprocess.run(bed.command("old", out), env=bed.env, capture_output=True)
    whole_run = time.monotonic() - began
    shutil.rmtree(place)
    waits, early = [], []

    def one(trial):
        number, moment, threads = trial
        point = f"{number.name} after {moment:.3f} s, {threads} threads"
        place, out = bed.place()
        run = subprocess.Popen(bed.command("new", out, threads=threads), env=bed.env,
                               stderr=subprocess.PIPE, text=True, preexec_fn=default_signals)
        time.sleep(moment)
        sent = time.monotonic()
        run.send_signal(number)
        stderr = run.communicate()[1]
        waits.append((time.monotonic() - sent, point))
        state = bed.state(out)
        if run.returncode == -number:  # while the system still loaded the program
            early.append(point)
        elif run.returncode not in (0, 130):
            row.wrong.append(f"{point}: exit {run.returncode}: {stderr!r}")
        if state != ("new" if run.returncode == 0 else "old"):
            row.wrong.append(f"{point}: exit {run.returncode}, {state}: {stderr!r}")
        if bed.leftovers(place):
            row.wrong.append(f"{point}: left behind at once: {bed.leftovers(place)}")
        judge(bed, row, point, place, out, run.returncode, stderr)
        if run.returncode == -number:  # which shows little: again, later
            one((number, 1.5 * moment + 0.01, threads))

    list(pool.map(one, [((signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[k % 3],
                         chance.uniform(0, 1.1 * whole_run), 1 + k % 2)
                        for k in range(200 if WHOLE else 20)]))
    print(f"signals: {len(early)} came before the program listened; the longest wait was "
          f"{max(waits)[0] * 1000:.0f} ms ({max(waits)[1]}; a whole run takes "
          f"{whole_run * 1000:.0f} ms)")
    return [row]


# ---- others at the same place ----

def in_use(bed, _):
    """A GeoPackage that another program has open with changes is not replaced."""
    row = Row("GeoPackage with a live -wal")
    place, out = bed.place()
    db = sqlite3.connect(os.path.join(out, "hotbeat.gpkg"))
    db.execute("pragma journal_mode=wal")
    db.execute("create table mine (note text)")
    db.commit()
    before = tree(out)
    done = subprocess.run(bed.command("new", out), env=bed.env, capture_output=True, text=True)
    row.found["old" if tree(out) == before else "neither"] += 1
    if tree(out) != before or done.returncode != 1 or not sentence(done.stderr):
        row.wrong.append(f"-wal: exit {done.returncode}: {done.stderr!r}")
    db.close()
    rerun(bed, row, "-wal", place, out)
    return [row]


def at_once(bed, _):
    """Two runs to one target: each whole, the last one stays."""
    row = Row("two runs at once")
    for k in range(20 if WHOLE else 1):
        place, out = bed.place("old" if k % 2 else "nothing")
        runs = [subprocess.Popen(bed.command(which, out), env=bed.env, stderr=subprocess.PIPE,
                                 text=True) for which in ("old", "new")]
        said = [run.communicate()[1] for run in runs]
        state = bed.state(out)
        row.found[state] += 1
        codes = [run.returncode for run in runs]
        if state not in ("old", "new") or codes != [0, 0] or bed.leftovers(place):
            row.wrong.append(f"{codes} {said} {state} {bed.leftovers(place)}")
        rerun(bed, row, f"pair {k}", place, out)
    return [row]


def asleep(bed, _):
    """A run that stands still keeps its temporary; a killed one's is cleared by the next."""
    row = Row("a sleeping run beside")
    place, out = bed.place()
    sleeper = subprocess.Popen(bed.command("old", out), env=bed.env, stderr=subprocess.PIPE,
                               text=True)
    while sleeper.poll() is None and not any(os.listdir(os.path.join(place, n))
                                             for n in bed.leftovers(place)):
        time.sleep(0.001)
    sleeper.send_signal(signal.SIGSTOP)
    kept = bed.leftovers(place)
    done = subprocess.run(bed.command("new", out), env=bed.env, capture_output=True, text=True)
    if done.returncode or bed.state(out) != "new" or bed.leftovers(place) != kept or not kept:
        row.wrong.append(f"exit {done.returncode}, {bed.state(out)}, {bed.leftovers(place)}")
    sleeper.send_signal(signal.SIGCONT)
    stderr = sleeper.communicate()[1]
    row.found[bed.state(out)] += 1
    if sleeper.returncode or bed.state(out) != "old":
        row.wrong.append(f"the sleeper: exit {sleeper.returncode}: {stderr!r}")
    rerun(bed, row, "sleeper", place, out)
    return [row]


COLUMNS = ["tried", "old", "new", "absent", "neither", "rerun", "left"]


def show(rows):
    print(f"{'fault':32}" + "".join(f"{c:>9}" for c in COLUMNS) + f"{'wrong':>9}")
    for row in rows:
        row.found["tried"] = sum(row.found[c] for c in ("old", "new", "absent", "neither"))
        print(f"{row.fault:32}" + "".join(f"{row.found[c]:9}" for c in COLUMNS) +
              f"{len(row.wrong):9}")
    for row in rows:
        for line in row.wrong:
            print(f"WRONG {row.fault}: {line}")


PARTS = {"signals": signals, "asleep": asleep, "at_once": at_once, "in_use": in_use,
         "streams": streams, "places": places, "file_size": file_size, "full_disk": full_disk,
         "kills": kills, "two_steps": two_steps, "errors": errors}


def main():
    if sys.argv[1:2] not in (["short"], ["whole"]) or set(sys.argv[2:]) - set(PARTS):
        raise SystemExit(__doc__)
    rows, began = [], time.monotonic()
    with tempfile.TemporaryDirectory(dir=os.environ["HOTBEAT_SCRATCH"]) as folder, \
            concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        bed = Bed(folder)
        for name in sys.argv[2:] or PARTS:
            rows += PARTS[name](bed, pool)
    show(rows)
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(any(row.wrong for row in rows))


main()
