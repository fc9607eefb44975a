#!/usr/bin/env python3
"""Each plain mistake gets one sentence that helps, and leaves nothing behind."""
import os

import hot

HEADER = "date,easting,northing,type\n"
ROW = "2025-01-02,400100,250100,Noise\n"


class Mistakes(hot.Scratch):
    def setUp(self):
        super().setUp()
        self.incidents = self.write("incidents.csv", HEADER + ROW)
        self.wards = os.path.join(hot.town(), "town.gpkg") + ":wards"

    def run_fails(self, code, words, *more, incidents=None):
        self.fails(code, words, "run", incidents or self.incidents, "--areas",
                   f"ward={self.wards}", "--out", self.path("out"), *more)
        self.assertFalse(os.path.exists(self.path("out")))
        self.assertEqual([n for n in os.listdir(self.folder.name) if n.startswith(".hotbeat")], [])

    def test_no_arguments_shows_the_help(self):
        done = hot.run()
        self.assertEqual(done.returncode, 2)
        self.assertIn("hotbeat COMMAND --help", done.stderr)

    def test_help_is_worth_reading(self):
        for command in ("run", "check", "kde", "gistar", "repeats", "temporal", "change", "concentration", "map", "sample", "doctor"):
            done = self.succeeds(command, "--help")
            self.assertIn("Example", done.stdout)
            self.assertIn("Usage: hotbeat " + command, done.stdout)
        self.assertIn("--bandwidth", self.succeeds("run", "--help").stdout)

    def test_unknown_command(self):
        self.fails(2, ["frobnicate", "no such command"], "frobnicate")

    def test_unknown_and_abbreviated_options(self):
        self.run_fails(2, ["--bandwith", "did you mean --bandwidth"], "--bandwith", "200m")
        self.run_fails(2, ["--band", "no such option"], "--band", "200m")

    def test_an_option_without_its_value(self):
        self.fails(2, ["--out", "expected a value"], "run", self.incidents, "--out")

    def test_values_that_cannot_be_read(self):
        self.run_fails(2, ["--cell", "distance"], "--cell", "wide")
        self.run_fails(2, ["--kernel", "quartic|"], "--kernel", "round")
        self.run_fails(2, ["--from", "YYYY"], "--from", "last week")
        self.run_fails(2, ["--from", "after", "--to"], "--from", "2025-03", "--to", "2025-01")
        self.run_fails(2, ["--crs", "EPSG:"], "--crs", "27700")
        self.run_fails(2, ["--zone", "Europe/London"], "--zone", "Europe/Nowhere")

    def test_missing_file(self):
        self.run_fails(1, ["nothing.csv", "No such file"], incidents=self.path("nothing.csv"))

    def test_a_folder_and_a_pipe(self):
        self.run_fails(1, ["not a file of data"], incidents=self.folder.name)
        pipe = self.path("pipe")
        os.mkfifo(pipe)
        self.run_fails(1, ["not a file of data"], incidents=pipe)

    def test_wrong_column(self):
        self.run_fails(1, ["no column \"when\"", "--date", "easting"], "--date", "when")

    def test_no_coordinates_no_date(self):
        path = self.write("a.csv", "date,where\n2025-01-02,here\n")
        self.run_fails(1, ["no coordinates found", "date, where"], incidents=path)
        path = self.write("b.csv", "easting,northing\n400100,250100\n")
        self.run_fails(1, ["no date found"], incidents=path)

    def test_a_needed_name_twice(self):
        path = self.write("a.csv", "date,easting,northing,easting\n2025-01-02,1,2,3\n")
        self.run_fails(1, ["comes twice"], incidents=path)

    def test_empty_and_header_only(self):
        self.run_fails(1, ["is empty"], incidents=self.write("a.csv", ""))
        self.run_fails(1, ["a header and no row"], incidents=self.write("b.csv", HEADER))

    def test_nothing_to_analyse(self):
        self.run_fails(1, ["Asb", "types are Noise"], "--type", "Asb", "--profile", "internal")
        self.run_fails(1, ["covers 2025-01 to 2025-01"], "--from", "2024", "--to", "2024",
                       "--profile", "internal")
        bad = self.write("bad.csv", HEADER + "yesterday,400100,250100,Noise\n")
        self.run_fails(1, ["None of the 1 rows"], "--profile", "internal", incidents=bad)

    def test_no_areas(self):
        self.fails(2, ["--areas"], "run", self.incidents, "--out", self.path("out"))

    def test_no_out(self):
        self.fails(2, ["--out"], "run", self.incidents, "--areas", f"ward={self.wards}")

    def test_profile_not_said(self):
        self.run_fails(2, ["Who is the output for", "--profile internal"])

    def test_other_profiles_wait_for_disclosure_control(self):
        self.run_fails(2, ["disclosure control"], "--profile", "partner")
        self.run_fails(2, ["disclosure control"], "--profile", "public")

    def test_areas_that_are_none(self):
        self.fails(1, ["no-such.gpkg", "No such file"], "run", self.incidents, "--areas",
                   "ward=" + self.path("no-such.gpkg"), "--out", self.path("o"))
        text = self.write("text.gpkg", "this is no GeoPackage")
        self.fails(1, ["text.gpkg", "cannot be read"], "run", self.incidents, "--areas",
                   f"ward={text}", "--out", self.path("o"))
        gpkg = os.path.join(hot.town(), "town.gpkg")
        self.fails(1, ["several layers", "wards", "beats"], "run", self.incidents, "--areas",
                   f"ward={gpkg}", "--out", self.path("o"))
        self.fails(1, ["no layer \"parishes\""], "run", self.incidents, "--areas",
                   f"ward={gpkg}:parishes", "--out", self.path("o"))
        self.fails(1, ["no field \"wd\"", "code"], "run", self.incidents, "--areas",
                   f"ward={gpkg}:wards,code=wd", "--out", self.path("o"))

    def test_area_names(self):
        self.fails(2, ["NAME=FILE"], "run", self.incidents, "--areas", "wards.gpkg", "--out",
                   self.path("o"))
        self.fails(2, ["hotbeat's own layers"], "run", self.incidents, "--areas",
                   f"density={self.wards}", "--out", self.path("o"))
        self.run_fails(2, ["given twice"], "--areas", f"ward={self.wards}", "--profile", "internal")
        self.run_fails(2, ["--study"], "--study", "parish", "--profile", "internal")

    def test_output_that_cannot_be(self):
        taken = self.write("taken", "a file")
        self.fails(1, ["is a file"], "run", self.incidents, "--areas", f"ward={self.wards}",
                   "--profile", "internal", "--out", taken)
        os.mkdir(self.path("mine"))
        self.write("mine/letter.txt", "dear all")
        self.fails(1, ["is there already"], "run", self.incidents, "--areas",
                   f"ward={self.wards}", "--profile", "internal", "--out", self.path("mine"))
        self.fails(1, ["no output of hotbeat"], "run", self.incidents, "--areas",
                   f"ward={self.wards}", "--profile", "internal", "--overwrite", "--out",
                   self.path("mine"))
        self.assertEqual(os.listdir(self.path("mine")), ["letter.txt"])
        self.fails(1, ["/proc/hotbeat", "cannot be"], "run", self.incidents, "--areas", f"ward={self.wards}",
                   "--profile", "internal", "--out", "/proc/hotbeat")

    def test_a_cell_too_small_is_advised_on(self):
        self.run_fails(2, ["million cells", "--cell"], "--profile", "internal", "--cell", "0.1m")

    def test_ostn15_required(self):
        lonlat = self.write("l.csv", "date,lon,lat\n2025-01-02,-2.0,52.15\n")
        self.run_fails(1, ["OSTN15", "--grid"], "--require-ostn15", "--profile", "internal",
                       incidents=lonlat)

    def test_degrees_are_no_system_to_analyse_in(self):
        self.run_fails(2, ["not in metres"], "--crs", "EPSG:4326", "--profile", "internal")

    def test_stdout_that_is_full(self):
        with open("/dev/full", "w") as full:
            import subprocess
            done = subprocess.run([hot.HOTBEAT, "check", self.incidents], stdout=full,
                                  stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, 1)
            done = subprocess.run([hot.HOTBEAT, "check", self.incidents, "--json"], stdout=full,
                                  stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, 1)


if __name__ == "__main__":
    hot.main()
