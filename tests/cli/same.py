#!/usr/bin/env python3
"""Same input, same bytes: every file of the output folder, whatever stands around the run.

One test, one table: each disturbance, and how many of the folder's files came out otherwise."""
import collections
import os
import random
import re
import shutil
import stat
import subprocess
import sys

import hot
from hot import ASB


def tools(program, *arguments):
    """Can this program be used here?"""
    return shutil.which(program) and \
        subprocess.run([program, *arguments], capture_output=True).returncode == 0


class Same(hot.Scratch):
    def setUp(self):
        super().setUp()
        self.town = hot.town()
        # Relative names must name the same files, so the run happens beside a copy.
        self.here = self.path("here")
        shutil.copytree(self.town, self.here)
        self.n = 0
        self.rows = []

    def months(self):
        return [os.path.relpath(m, self.here) for m in hot.months(self.here, "2025")]

    def command(self, out, months=None, options=(), base=""):
        gpkg = os.path.join(base, "town.gpkg")
        return ["run", *[os.path.join(base, m) for m in months or self.months()],
                "--areas", f"ward={gpkg}:wards", "--areas", f"beat={gpkg}:beats",
                "--population", "ward=" + os.path.join(base, "population-ward.csv"),
                "--context", f"roads={gpkg}:streets", "--context", f"water={gpkg}:water",
                # Fewer draws differ as many would, and are drawn sooner.
                "--gistar-permutations", "999", "--nearrepeat-permutations", "99",
                "--hotspots-draws", "4",
                "--type", ASB, "--quiet", *options, "--out", out]

    def run_in(self, before=(), months=None, options=(), base="", cwd=None, maps="overview", **env):
        """Run under something, in the copy's folder unless another is said; the folder made. The
        page of every area is drawn only where drawing might be disturbed."""
        self.n += 1
        out = self.path(f"{maps}{self.n}")
        options = ["--maps", maps, *options]
        done = subprocess.run([*before, hot.HOTBEAT, *self.command(out, months, options, base)],
                              cwd=cwd or self.here, env={**os.environ, **env}, text=True,
                              capture_output=True, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0, done.stderr)
        return out

    def differing(self, out, expected):
        found = hot.tree(out)
        return sorted(n for n in found.keys() | expected.keys()
                      if found.get(n) != expected.get(n))

    def same(self, what, out):
        differing = self.differing(out, self.expected["all" if os.path.basename(out).startswith("all") else "overview"])
        self.rows.append((what, len(hot.tree(out)), differing))
        for at, _, names in os.walk(out):
            self.assertEqual(stat.S_IMODE(os.stat(at).st_mode), 0o700, at)
            for name in names:
                mode = stat.S_IMODE(os.stat(os.path.join(at, name)).st_mode)
                self.assertEqual(mode, 0o600, name)
        shutil.rmtree(out)

    def test_every_disturbance(self):
        self.expected = {maps: hot.tree(self.run_in(maps=maps)) for maps in ("overview", "all")}
        self.same("nothing", self.run_in(maps="all"))
        self.clock()
        for zone in ("America/St_Johns", "Pacific/Kiritimati", "nonsense"):
            self.same(f"zone {zone}", self.run_in(TZ=zone))
        self.locales()
        home = self.path("home")
        os.mkdir(home)
        self.same("home", self.run_in(maps="all", HOME=home, XDG_CACHE_HOME=home, TMPDIR=home,
                                      XDG_CONFIG_HOME=home, XDG_DATA_HOME=home, USER="another",
                                      LOGNAME="another"))
        self.assertEqual(os.listdir(home), [])
        self.same("settings of GDAL, PROJ, SQLite, OpenMP",
                  self.run_in(OGR_CURRENT_DATE="2001-01-01T00:00:00Z", GDAL_NUM_THREADS="2",
                              GDAL_CACHEMAX="1", OGR_SQLITE_SYNCHRONOUS="OFF", OMP_DYNAMIC="true",
                              OGR_SQLITE_JOURNAL="WAL", GDAL_TIFF_INTERNAL_MASK="YES",
                              OMP_SCHEDULE="dynamic", FONTCONFIG_FILE="/dev/null"))
        self.same("folder, absolute names", self.run_in(base=self.here, cwd="/"))
        self.same("another place of the input", self.elsewhere())
        for mask in ("000", "022", "077"):
            self.same(f"umask {mask}",
                      self.run_in(["sh", "-c", f'umask {mask}; exec "$@"', "sh"]))
        for threads in (1, 2, 3, 7):
            self.same(f"{threads} threads",
                      self.run_in(maps="all", options=["--threads", str(threads)]))
        months = self.months()
        self.same("order of input, reversed", self.run_in(months=months[::-1], maps="all"))
        random.Random(1).shuffle(months)
        self.same("order of input, shuffled", self.run_in(months=months))
        self.network()
        self.show()

    def clock(self):
        if not tools("faketime", "2001-02-03 04:05:06", "true"):
            print("skipped: another clock: faketime is not installed")
            return
        # A preloaded library must come after the sanitizer's own.
        for when in ("2001-02-03 04:05:06", "2037-12-31 23:59:59"):
            self.same(f"clock {when[:10]}", self.run_in(["faketime", when], maps="all",
                                                        ASAN_OPTIONS="verify_asan_link_order=0"))

    def locales(self):
        """Made in the scratch folder: the system's need not have them."""
        where = self.path("locales")
        os.mkdir(where)
        for name in ("de_DE", "tr_TR"):
            made = shutil.which("localedef") and subprocess.run(
                ["localedef", "-i", name, "-f", "UTF-8", os.path.join(where, f"{name}.UTF-8")],
                capture_output=True)
            if not os.path.exists(os.path.join(where, f"{name}.UTF-8", "LC_NUMERIC")):
                print(f"skipped: locale {name}: localedef cannot make it here ({made})")
                continue
            locale = f"{name}.UTF-8"
            # glibc keeps what it made of LOCPATH, which the leak checker takes for a leak.
            self.same(f"locale {locale}", self.run_in(maps="all", LOCPATH=where, LC_ALL=locale,
                                                      ASAN_OPTIONS="detect_leaks=0"))
        self.same("locale POSIX", self.run_in(LC_ALL="POSIX"))

    def elsewhere(self):
        """The same files under another folder, with other dates of their own."""
        moved = self.path("moved")
        shutil.copytree(self.here, moved)
        for at, _, names in os.walk(moved):
            for name in names:
                os.utime(os.path.join(at, name), (1e9, 1e9))
        return self.run_in(cwd=moved)

    def network(self):
        if not tools("unshare", "-rn", "true"):
            print("skipped: without a network: unshare is not allowed here")
        else:
            self.same("no network at all", self.run_in(["unshare", "-rn"]))
        if not tools("strace", "-o", "/dev/null", "true"):
            print("skipped: sockets: strace is not installed")
            return
        log = self.path("sockets")
        self.same("traced", self.run_in(
            ["strace", "-f", "-o", log, "-e", "trace=%network"],
            ASAN_OPTIONS="detect_leaks=0"))
        self.assertEqual(self.sockets(log), [])
        subprocess.run(["strace", "-f", "-o", log, "-e", "trace=%network", sys.executable, "-c",
                        "import socket; socket.socket(socket.AF_UNIX)"], check=True)
        self.assertNotEqual(self.sockets(log), [])  # one would have been seen

    def sockets(self, log):
        with open(log, encoding="utf-8", errors="replace") as f:
            return [line for line in f if "(" in line]

    def show(self):
        print(f"\n{'disturbance':44}{'files':>7}{'other':>7}")
        for what, files, differing in self.rows:
            print(f"{what:44}{files:7}{len(differing):7}  {' '.join(differing)}")
        self.assertEqual([r for r in self.rows if r[2]], [])

    # ---- what may differ, and nothing else ----

    def layers(self, out):
        """Every table of the GeoPackage as its rows."""
        gpkg = os.path.join(out, "hotbeat.gpkg")
        names = [r[0] for r in hot.rows(gpkg, "select table_name from gpkg_contents")]
        return {n: [dict(r) for r in hot.rows(gpkg, f'select * from "{n}"')] for n in names}

    def test_one_file_split_in_two(self):
        """The same rows in other files: the same run, but for what names the files."""
        whole = self.run_in(maps="all")
        month = self.months()[5]
        with open(os.path.join(self.here, month), newline="", encoding="utf-8") as f:
            head, *lines = f.readlines()
        cut = len(lines) // 3
        for name, part in (("a", lines[:cut]), ("b", lines[cut:])):
            with open(os.path.join(self.here, "incidents", f"2025-06-{name}.csv"), "w", newline="",
                      encoding="utf-8") as f:
                f.writelines([head, *part])
        os.remove(os.path.join(self.here, month))
        split = self.run_in(maps="all")

        named = ["hotbeat.gpkg", "run.json", "tables/about.csv", "tables/coverage.csv"]
        if any(r["file"] == os.path.basename(month) or r["repeats_file"] == os.path.basename(month)
               for r in hot.table(os.path.join(whole, "duplicates.csv"))):
            named.insert(0, "duplicates.csv")
        self.assertEqual(self.differing(split, hot.tree(whole)), named)
        about = [hot.table(os.path.join(out, "tables/about.csv")) for out in (whole, split)]
        self.assertEqual({a["\ufefftable"] for a, b in zip(*about, strict=True) if a != b}, {"coverage"})

        one, two = hot.manifest(whole), hot.manifest(split)
        self.assertEqual(one["run_id"], two["run_id"])
        self.assertEqual(len(one.pop("inputs")) + 1, len(two.pop("inputs")))
        self.assertEqual(one, two)

        one, two = self.layers(whole), self.layers(split)
        for row in one["incidents"] + two["incidents"]:
            del row["source_file"], row["source_line"]
        for layers in (one, two):
            layers["run_metadata"] = [r for r in layers["run_metadata"] if r["key"] != "manifest"]
            months = collections.Counter()  # sources are called by their files
            for r in layers.pop("coverage"):
                months[r["month"]] += r["rows"] or 0
            layers["coverage"] = months
        self.assertEqual(one, two)

    def test_another_row_is_another_run(self):
        """The run's name follows the rows, the areas and what was asked."""
        names = [hot.manifest(self.run_in(maps="none"))["run_id"]]
        month = os.path.join(self.here, self.months()[5])
        with open(month, newline="", encoding="utf-8") as f:
            text = f.read()
        head, first, rest = text.split("\r\n" if "\r\n" in text else "\n", 2)
        end = "\r\n" if "\r\n" in text else "\n"
        with open(month, "w", newline="", encoding="utf-8") as f:
            f.write(head + end + rest)
        names.append(hot.manifest(self.run_in(maps="none"))["run_id"])
        names.append(hot.manifest(self.run_in(maps="none", options=["--title", "x"]))["run_id"])
        people = os.path.join(self.here, "population-ward.csv")
        with open(people, encoding="utf-8") as f:
            text = f.read()
        with open(people, "w", encoding="utf-8") as f:
            f.write(re.sub(r",(\d+),", r",1\1,", text, count=1))
        names.append(hot.manifest(self.run_in(maps="none"))["run_id"])
        self.assertEqual(len(set(names)), 4, names)
        self.assertNotIn(first, rest)

    def test_dates_of_the_files(self):
        """SOURCE_DATE_EPOCH and --as-of set the files' own dates, and nothing else does."""
        plain = hot.tree(self.run_in())
        said = self.run_in(options=["--as-of", "2026-01-01"])
        epoch = self.run_in(SOURCE_DATE_EPOCH="1767225600")  # the first of January 2026
        both = self.run_in(options=["--as-of", "2026-01-01"], SOURCE_DATE_EPOCH="1")
        self.assertEqual(self.differing(epoch, plain), ["density.tif", "hotbeat.gpkg"])
        self.assertEqual(hot.tree(said)["density.tif"], hot.tree(epoch)["density.tif"])
        self.assertEqual(hot.tree(said), hot.tree(both))


if __name__ == "__main__":
    hot.main()
