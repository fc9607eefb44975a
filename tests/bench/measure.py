"""How long a command takes and how much memory, in turn with others; tables in Markdown."""
import os
import statistics
import subprocess
import tempfile
import time

TIME = "/usr/bin/time"


class Failed(Exception):
    """A program ended badly: its name and what it said last."""


class Run:
    """One run: wall-clock seconds, user and system CPU seconds, peak memory in MiB, what it said."""

    def __init__(self, seconds, cpu, mib, said):
        self.seconds, self.cpu, self.mib, self.said = seconds, cpu, mib, said


def run(command, **more):
    """One run of a command under GNU time, which knows the peak of its largest process."""
    with tempfile.NamedTemporaryFile("r", prefix="bench") as facts:
        begun = time.perf_counter()
        done = subprocess.run([TIME, "-q", "-o", facts.name, "-f", "%M %U %S", *command],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              errors="replace", **more)
        seconds = time.perf_counter() - begun
        told = facts.read().split()
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise Failed(f"{os.path.basename(command[0])} ended with {done.returncode}: "
                     f"{(said or ['nothing was said'])[-1][:300]}")
    return Run(seconds, float(told[1]) + float(told[2]), int(told[0]) / 1024, done.stdout)


class Taken:
    """What one of several programs took, over all its runs."""

    def __init__(self, name):
        self.name, self.runs, self.failure = name, [], None

    @property
    def seconds(self):
        return statistics.median(r.seconds for r in self.runs)

    @property
    def least(self):
        return min(r.seconds for r in self.runs)

    @property
    def cpu(self):
        return statistics.median(r.cpu for r in self.runs)

    @property
    def mib(self):
        return max(r.mib for r in self.runs)


def in_turn(programs, times):
    """Each program once a round, `times` rounds: [(name, function giving a Run)] -> {name: Taken}.

    One that fails is told of and left out of the later rounds."""
    taken = {name: Taken(name) for name, _ in programs}
    for _ in range(times):
        for name, once in programs:
            if taken[name].failure:
                continue
            try:
                taken[name].runs.append(once())
            except (Failed, OSError, ValueError) as failure:
                taken[name].failure = str(failure)
    return taken


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(str(c).replace("|", "/") for c in row) + " |")
    print(flush=True)


def figures(seconds):
    """Three figures, whatever the size."""
    return f"{seconds:.2f}" if seconds >= 1 else f"{seconds:.3f}" if seconds >= 0.1 else \
        f"{seconds:.4f}"


def ratio(seconds, base):
    return f"{seconds / base:.2f}" if seconds < 10 * base else f"{seconds / base:.1f}"


def ratio_table(taken, ours, notes=None):
    """A line a program; the last but one column is how many times as long as `ours` it takes."""
    notes = notes or {}
    base = taken[ours].seconds if taken.get(ours) and taken[ours].runs else None
    rows = []
    for t in taken.values():
        if t.failure or not t.runs:
            rows.append([t.name, "failed", "", "", "", "", t.failure or "was not run"])
            continue
        times = ratio(t.seconds, base) if base else ""
        rows.append([t.name, figures(t.seconds), figures(t.least), figures(t.cpu), f"{t.mib:.0f}",
                     times, notes.get(t.name, "")])
    table(["", "median, s", "least, s", "CPU, s", "peak MiB", "times hotbeat", ""], rows)
