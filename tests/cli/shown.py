#!/usr/bin/env python3
"""What is shown to a person or a program while hotbeat works, and where nobody can be shown it."""
import json
import os
import pty
import re
import signal
import subprocess

import hot

CSV = "date,easting,northing,type\n2025-01-02,400100,250100,Noise\n"
COMMANDS = ["run", "check", "kde", "gistar", "repeats", "change", "temporal", "concentration", "map", "sample", "doctor"]


class Shown(hot.Scratch):
    # ---- progress ----

    def run_town(self, *more, out="out"):
        town = hot.town()
        return ["run", *hot.months(town, "2025-06"), *hot.town_options(town), "--maps", "overview",
                "--overwrite", "--out", self.path(out), *more]

    def test_progress_for_programs(self):
        said = self.succeeds(*self.run_town("--progress", "json", "--quiet")).stderr
        steps = [json.loads(line) for line in said.splitlines()]
        self.assertGreater(len(steps), 0)
        for step in steps:
            self.assertEqual(sorted(step), ["share", "step"])
            self.assertTrue(step["step"] and 0 <= step["share"] <= 1, step)

    def test_progress_for_people(self):
        said = self.succeeds(*self.run_town("--progress", "always"), text=False).stderr.decode()
        self.assertRegex(said, r"\r[A-Z][\w ]+ +\[[#.]{24}\] +\d+%\x1b\[K")
        # The line is wiped before anything else is said, and at the end.
        for line in said.split("\n"):
            self.assertEqual(re.sub(r"\r[^\r]*\x1b\[K", "", line).count("["), 0, line)
        self.assertEqual(self.succeeds(*self.run_town("--progress", "never", "--quiet")).stderr, "")
        self.assertEqual(self.succeeds(*self.run_town("--progress", "always", "--quiet")).stderr,
                         "")

    def test_progress_by_itself(self):
        """On a terminal, and nowhere else."""
        self.assertNotIn("\r", self.succeeds(*self.run_town()).stderr)
        ours, theirs = pty.openpty()
        run = subprocess.Popen([hot.HOTBEAT, *self.run_town()], stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        said = b""
        while True:
            try:
                more = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not more:
                break
            said += more
        os.close(ours)
        self.assertEqual(run.wait(), 0, said)
        self.assertIn(b"%\x1b[K", said)

    # ---- stopped ----

    def test_asked_to_stop(self):
        """Between two steps, with nothing left behind."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            run = subprocess.Popen(
                [hot.HOTBEAT, *self.run_town("--progress", "json")], text=True,
                stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                preexec_fn=lambda: [signal.signal(n, signal.SIG_DFL) for n in
                                    (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)])
            first = run.stderr.readline()
            run.send_signal(number)
            said = first + run.communicate()[1]
            self.assertEqual(run.returncode, 130, said)
            self.assertEqual(os.listdir(self.folder.name), [])

    def test_a_signal_that_is_ignored_stays_so(self):
        run = subprocess.Popen([hot.HOTBEAT, *self.run_town("--progress", "json")], text=True,
                               stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                               preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        run.stderr.readline()
        run.send_signal(signal.SIGHUP)
        said = run.communicate()[1]
        self.assertEqual(run.returncode, 0, said)

    # ---- streams ----

    def shell(self, redirection, *arguments):
        done = subprocess.run(["sh", "-c", f'"$@" {redirection}', "sh", hot.HOTBEAT, *arguments],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        self.assertGreaterEqual(done.returncode, 0)
        self.assertNotIn("Sanitizer", done.stderr)
        return done

    def test_what_cannot_be_printed_is_a_failure(self):
        csv = self.write("in.csv", CSV)
        for command in (["doctor"], ["--help"], ["--version"], ["--list-options"],
                        ["--list-options", "run"], ["run", "--help"], ["check", csv],
                        ["check", csv, "--json"]):
            for redirection in (">/dev/full", ">&-", ">&- <&-", ">&- 2>&- <&-"):
                done = self.shell(redirection, *command)
                self.assertEqual(done.returncode, 1, (command, redirection, done))

    def test_closed_streams_are_not_written_into(self):
        """A file that is opened first would take a closed stream's number."""
        self.assertEqual(self.shell("<&- >&- 2>&-", *self.run_town("--progress", "always"))
                         .returncode, 0)
        self.succeeds(*self.run_town(out="plain"))
        self.assertEqual(hot.tree(self.path("out")), hot.tree(self.path("plain")))

    # ---- help ----

    def test_help(self):
        done = hot.run()
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(self.succeeds("--help").stdout, done.stderr)
        self.assertEqual(self.succeeds("help").stdout, done.stderr)
        for command in COMMANDS:
            self.assertRegex(done.stderr, rf"(?m)^  {command} +\w")
        self.assertRegex(self.succeeds("--version").stdout, r"^hotbeat \d+\.\d+\.\d+\n$")

    def test_every_option_is_listed_and_explained(self):
        """What the completion script asks for is what the help says."""
        self.assertEqual(self.succeeds("--list-options").stdout.split(), COMMANDS)
        for command in COMMANDS:
            listed = self.succeeds("--list-options", command).stdout.split()
            text = self.succeeds(command, "--help").stdout
            told = set(re.findall(r"(?m)^ +(?:-., )?(--[a-z0-9-]+)", text)) - {"--help", "--usage"}
            self.assertEqual(set(listed), told, command)
        self.assertEqual(self.succeeds("--list-options", "none").stdout, "")

    # ---- doctor ----

    def test_doctor_tells_of_another_system(self):
        text = self.succeeds("doctor", "--crs", "EPSG:26910").stdout
        self.assertRegex(text, r"WGS 84 to EPSG:26910 \(NAD83 / UTM zone 10N\):\n"
                               r"  used from -126 to -119\.\d+ east, .*\n  operation  .+\n"
                               r"  accuracy   [\d.]+ m\n")
        self.assertIn("not in metres, so not for analysis",
                      self.succeeds("doctor", "--crs", "EPSG:4326").stdout)
        self.assertNotIn("EPSG:27700", self.succeeds("doctor", "--crs", "EPSG:27700").stdout)
        for wrong, said in (("27700", "expected EPSG: and digits"), ("EPSG:", "EPSG: and digits"),
                            ("EPSG:1", "EPSG:1")):
            done = hot.run("doctor", "--crs", wrong)
            self.assertIn(done.returncode, (1, 2))
            self.assertIn(said, done.stderr)

    def test_doctor_says_what_is_missing(self):
        done = hot.run("doctor", "--grid", self.path("none.tif"))
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("none.tif", done.stderr)
        # A folder of PROJ's own with its database and no grid.
        os.symlink("/usr/share/proj/proj.db", self.path("proj.db"))
        text = self.succeeds("doctor", env={"PROJ_DATA": self.folder.name,
                                            "XDG_DATA_HOME": self.folder.name}).stdout
        self.assertIn("grid       none: not installed is ", text)
        self.assertIn("may be out by up to 4 m. To mend it: ", text)

    def test_without_the_database_of_systems(self):
        """PROJ_DATA that names the grid's folder alone hides PROJ's own."""
        csv = self.write("a.csv", "date,lon,lat\n2025-01-02,-2,52\n")
        lost = {"PROJ_DATA": self.folder.name, "XDG_DATA_HOME": self.folder.name}
        said = ["PROJ's database proj.db was not found", "PROJ_DATA", "--grid FILE"]
        self.fails(1, said, "check", csv, env=lost)
        self.fails(1, said, "kde", csv, "--profile", "internal", "--out", self.path("out"), env=lost)
        self.fails(1, said, "sample", self.path("town"), env=lost)
        self.assertEqual(sorted(os.listdir(self.folder.name)), ["a.csv"])
        done = hot.run("doctor", env=lost)
        self.assertEqual(done.returncode, 1)
        self.assertIn(said[0], done.stderr)
        both = {**lost, "PROJ_DATA": self.folder.name + ":/usr/share/proj"}
        self.succeeds("check", csv, env=both)
        self.fails(1, ["EPSG:1: no such coordinate system"], "check", csv, "--crs", "EPSG:1")


if __name__ == "__main__":
    hot.main()
