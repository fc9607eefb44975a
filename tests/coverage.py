"""A table of the lines that gcov saw run, by file; called by coverage.sh."""
import collections
import json
import os
import re
import subprocess
import sys

LEAST = 95.0
WHOLE = re.compile(r"engine/incidents/(csv|intake)\.c$|layers/read/(file|content|given|zip)\.c$"
                   r"|layers/write/(publish|folder|temporary|table|inert|verify)\.c$|tools/plain\.c$")
OURS = re.compile(r"^(engine|layers|styles|tools)/")
MARK = re.compile(r"/\* uncovered: .+?\*/")
# A brace alone is no line of ours: there gcc counts its own probing of the stack.
BRACE = re.compile(r"[{}]\s*$")


def notes(build):
    """The .gcno files of our own objects, tests left out, with counts or without."""
    found = []
    for at, _, names in os.walk(build):
        if os.sep + "tests" in at[len(build):] and "tools" not in at[len(build):]:
            continue
        found += [os.path.join(at, n) for n in names if n.endswith(".gcno")]
    return sorted(found)


def counts(root, build):
    """file -> line -> how often; a header's or template's lines are added over who includes it."""
    lines = collections.defaultdict(collections.Counter)
    for note in notes(build):
        done = subprocess.run(["gcov", "--json-format", "--stdout", note], cwd=build,
                              capture_output=True, check=True)
        for one in done.stdout.splitlines():
            for file in json.loads(one)["files"]:
                path = os.path.relpath(os.path.join(build, file["file"]), root)
                if not OURS.match(path):
                    continue
                for line in file["lines"]:
                    lines[path][line["line_number"]] += line["count"]
    return lines


def spans(numbers):
    """[1, 2, 3, 7] -> "1-3 7"."""
    runs = []
    for n in numbers:
        if runs and runs[-1][1] == n - 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def main(root, build):
    lines, left_out, failed = counts(root, build), [], []
    if not lines:
        sys.exit("coverage: nothing was counted; build with -DHOT_COVERAGE=ON and run ctest first.")
    all_run = all_lines = 0
    print(f"{'file':40} {'lines':>6} {'run':>6} {'share':>7}  not run")
    for path in sorted(lines):
        with open(os.path.join(root, path), encoding="utf-8") as f:
            text = dict(enumerate(f, 1))
        marked = {k for k in lines[path] if MARK.search(text[k])}
        left_out += [f"{path}:{k}" for k in sorted(marked)]
        counted = {k: n for k, n in lines[path].items()
                   if k not in marked and not BRACE.match(text[k])}
        run = sum(n > 0 for n in counted.values())
        missed = sorted(k for k, n in counted.items() if n == 0)
        share = 100 * run / len(counted) if counted else 100
        print(f"{path:40} {len(counted):6} {run:6} {share:6.1f}%  {spans(missed)}")
        all_run, all_lines = all_run + run, all_lines + len(counted)
        if WHOLE.search(path) and missed:
            failed.append(f"{path}: {share:.1f} % of the lines are run, and all must be")
    share = 100 * all_run / all_lines
    print(f"{'all':40} {all_lines:6} {all_run:6} {share:6.1f}%")
    for place in left_out:
        print(f"not counted: {place}")
    if share < LEAST:
        failed.append(f"all: {share:.1f} % of the lines are run, and {LEAST:.0f} % must be")
    for sentence in failed:
        print(f"coverage: {sentence}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
