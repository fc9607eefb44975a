#!/usr/bin/env python3
"""Text from data is inert: whole in the GeoPackage, harmless everywhere else."""
import csv
import io
import json
import os
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ET

import hot

HOSTILE = [
    # formulas
    '=HYPERLINK("http://example.org","here")', "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1:A9)",
    "\t=1+1", "\r=1+1", "\n=1+1",
    # HTML, XML, and what QGIS evaluates
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;&amp;", "]]>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;", "[% 1 + 1 %]", "{{7*7}} ${7*7}",
    # SQL, format strings, shells
    "'; DROP TABLE incidents; --", '" OR ""="', "%s%n%x%d%99999s", "%", "$(reboot) `id`",
    # terminals
    "red \x1b[31m text", "\x1b]0;a title\x07", "\x9b31m",
    "bell\x07 back\x08 delete\x7f", "one\x01two\x1f", "first\nsecond", "first\r\nsecond",
    "hidden\rshown", "to\tthe right", "nel\u0085", "line\u2028paragraph\u2029",
    # direction and things unseen
    "\u202egnp.erugif", "\u2066isolate\u2069", "\u200fright\u200eleft", "\ufeffmark", "\ufffe",
    "zero\u200bwidth", "tag\U000e0041",
    # length, piles, other planes
    "x" * 10000, "\u00e9" * 5000, "Z" + "\u0301" * 400, "\U0001d49c \U0001f46e\u200d\u2640\ufe0f",
    # paths and options
    "../../../etc/passwd", "/absolute", "..", ".", "a/b\\c", "C:\\con", "-rf", "--help", "*?",
    # what is text though it looks otherwise
    "0012", "1E5", "1e999", "NULL", "nan", "inf", "true", "0x1F", "2025-01-02", "12:30",
    # quoting
    'comma, "quote"; semicolon|bar', '"', "'", "''", " blank before", "blank after ",
]
SIDE = 400
WEST, SOUTH = 400000, 250000
# No control byte, no C1, no separator of lines, nothing that turns text about or is not seen.
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
                    "\ufeff\U000e0000-\U000fffff]")


def square(k):
    x, y = WEST + SIDE * (k % 10), SOUTH + SIDE * (k // 10)
    return [[x, y], [x + SIDE, y], [x + SIDE, y + SIDE], [x, y + SIDE], [x, y]]


def middle(k):
    return WEST + SIDE * (k % 10) + SIDE / 2, SOUTH + SIDE * (k // 10) + SIDE / 2


def other(k):
    return HOSTILE[(k + 7) % len(HOSTILE)]


def trimmed(text):
    """A field of the incidents, without the blanks around it."""
    return text.strip(" \t")


def shown(name):
    """The name of a file as every output has it: bytes that are no text are question marks."""
    try:
        text = name.decode()
    except UnicodeDecodeError:
        text = name.decode("ascii", "replace").replace("\ufffd", "?")
    return re.sub("[\x00-\x1f\x7f]", "?", text)


def areas():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": [
        {"type": "Feature", "properties": {"code": text, "name": other(k), "parent": text},
         "geometry": {"type": "Polygon", "coordinates": [square(k)]}}
        for k, text in enumerate(HOSTILE)]})


def incidents():
    """Two incidents at each address, so that each is a repeat place."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(["id", "date", "easting", "northing", "type", "address"])
    for k, text in enumerate(HOSTILE):
        for day in (1, 2):
            write.writerow([f"{day}{text}", f"2025-01-{day:02}", *middle(k), text, other(k)])
    return out.getvalue().encode()


class Inert(hot.Scratch):
    @classmethod
    def setUpClass(cls):
        cls.room = tempfile.TemporaryDirectory(dir=os.environ["HOTBEAT_SCRATCH"])
        cls.addClassCleanup(cls.room.cleanup)
        at = cls.room.name
        os.mkdir(os.path.join(at, "in"))
        cls.csv = os.path.join(at, "in", "two\nlines \x1b[31m <b>it's<i> \u202e.csv")
        cls.areas = os.path.join(at, "in", "areas of \x1b[1m mine.geojson")
        with open(cls.csv, "wb") as f:
            f.write(incidents())
        with open(cls.areas, "w", encoding="utf-8") as f:
            f.write(areas())
        cls.out = os.path.join(at, "out")
        cls.options = ["--areas", f"ward={cls.areas},parent=parent", "--profile", "internal",
                       "--marking", "<b>SECRET</b>\x1b[31m \u202e", "--title", "=1+1 %s%n <i>\n",
                       "--source-line", "\u00a9 <a href='x'>'; DROP TABLE ward; --\x07"]
        cls.done = hot.run("run", cls.csv, *cls.options, "--out", cls.out, text=False)
        assert cls.done.returncode == 0, cls.done.stderr
        cls.gpkg = os.path.join(cls.out, "hotbeat.gpkg")

    def is_plain(self, said):
        """What goes to a terminal: UTF-8 without anything that acts on it."""
        text = said.decode("utf-8")
        self.assertIsNone(ACTIVE.search(text), ascii(text)[:2000])
        return text

    def same(self, found, expected):
        """The same items in any order; the first that is not is shown cut."""
        wrong = set(found) ^ set(expected)
        self.assertFalse(wrong, [str(w)[:200] for w in sorted(map(ascii, wrong))[:4]])
        self.assertEqual(len(found), len(expected))

    # ---- the GeoPackage ----

    def test_texts_are_whole(self):
        wards = hot.rows(self.gpkg, "select code, name, parent from ward")
        self.same([(r["code"], r["name"], r["parent"]) for r in wards],
                  [(text, other(k), text) for k, text in enumerate(HOSTILE)])
        rows = hot.rows(self.gpkg, "select incident_id, type, ward_code from incidents")
        self.same([tuple(r) for r in rows],
                  [(trimmed(f"{day}{text}"), trimmed(text), text)
                   for text in HOSTILE for day in (1, 2)])
        places = hot.rows(self.gpkg, "select label, ward_code, incidents from repeats")
        for place in places:
            self.assertEqual(place["label"], trimmed(other(HOSTILE.index(place["ward_code"]))))
        self.assertEqual(sum(p["incidents"] for p in places), 2 * len(HOSTILE))
        words = {r["key"]: r["value"] for r in hot.rows(self.gpkg, "select * from run_metadata")}
        for key, option in (("marking", "--marking"), ("title", "--title"),
                            ("source_line", "--source-line")):
            self.assertEqual(words[key], self.options[self.options.index(option) + 1])

    def test_numbers_in_disguise_stay_text(self):
        kinds = hot.rows(self.gpkg, "select distinct typeof(code) c, typeof(name) n from ward")
        self.assertEqual([(r["c"], r["n"]) for r in kinds], [("text", "text")])
        for code in ("0012", "1E5", "1e999", "nan", "2025-01-02"):
            row, = hot.rows(self.gpkg, f"select code from ward where code = '{code}'")
            self.assertEqual(row["code"], code)

    def test_codes_that_all_look_like_numbers_or_dates(self):
        for codes in (["0012", "1E5"], ["2025-01-02", "2025/01/03"], ["1.50", "2.50"],
                      ["12:30", "12:31:00"], ["2025-01-02T12:30:00Z", "2025-01-03T12:30:00Z"]):
            features = json.loads(areas())
            features["features"] = features["features"][:2]
            for feature, code in zip(features["features"], codes):
                feature["properties"] = {"code": code, "name": "n" + code}
            path = self.write("few.geojson", json.dumps(features))
            self.succeeds("run", self.csv, "--areas", f"ward={path}", "--profile", "internal",
                          "--maps", "none", "--overwrite", "--out", self.path("few"))
            rows = hot.rows(self.path("few", "hotbeat.gpkg"), "select code from ward")
            self.assertEqual(sorted(r["code"] for r in rows), codes)

    def test_the_records_are_xml(self):
        records = hot.rows(self.gpkg, "select metadata from gpkg_metadata where mime_type = "
                                      "'text/xml'")
        self.assertGreater(len(records), 3)
        for record in records:
            parsed = ET.fromstring(record["metadata"])
            # QGIS shows them as HTML: no tag survives.
            for element in parsed.iter():
                self.assertNotRegex(element.text or "", "[<>]")
            self.assertIn("\u2039b\u203aSECRET\u2039/b\u203a",
                          parsed.findtext("constraints[@type='security']"))

    def test_the_result_is_sound(self):
        self.assertEqual(hot.rows(self.gpkg, "pragma integrity_check")[0][0], "ok")
        try:
            import osgeo_utils.samples as samples
        except ImportError:
            self.skipTest("python3-gdal is not installed")
        script = os.path.join(os.path.dirname(samples.__file__), "validate_gpkg.py")
        done = subprocess.run(["/usr/bin/python3", script, "-k", "--extra", "--warning-as-error",
                               self.gpkg], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    # ---- tables ----

    def test_tables_are_safe_in_a_spreadsheet(self):
        for name in os.listdir(os.path.join(self.out, "tables")):
            layer = name[:-4]
            types = {r["name"]: r["type"]
                     for r in hot.rows(self.gpkg, f"pragma table_info({layer})")}
            for row in hot.table(os.path.join(self.out, "tables", name)):
                self.assertNotIn(None, row)  # no field too many
                for column, value in row.items():
                    self.assertIsNotNone(value)
                    if layer == "about" or types.get(column, "REAL").startswith("TEXT"):
                        self.assertNotRegex(value, r"\A[=+\-@\t\r\n]")
                    else:
                        self.assertRegex(value, r"\A(-?\d+(\.\d+)?(e[-+]?\d+)?)?\Z")
                        if types.get(column) == "INTEGER":
                            self.assertRegex(value, r"\A(-?\d+)?\Z")
        wards = hot.table(os.path.join(self.out, "tables", "ward.csv"))
        guarded = {"'" + text if text[0] in "=+-@\t\r\n" else text for text in HOSTILE}
        self.assertEqual({w["code"] for w in wards}, guarded)
        self.assertEqual({w["population"] for w in wards}, {""})

    def test_the_manifest_is_json(self):
        manifest = hot.manifest(self.out)
        self.assertEqual(manifest["inputs"][0]["name"],
                         shown(os.path.basename(self.csv).encode()))
        for option in ("--marking", "--title", "--source-line"):
            self.assertEqual(manifest["options"][option[2:]],
                             self.options[self.options.index(option) + 1])
        inside, = hot.rows(self.gpkg, "select metadata from gpkg_metadata where mime_type = "
                                      "'application/json'")
        self.assertEqual(json.loads(inside["metadata"]), manifest)

    # ---- files ----

    def test_no_file_elsewhere_and_names_are_safe(self):
        self.assertEqual(sorted(os.listdir(self.room.name)), ["in", "out"])
        self.assertEqual(len(os.listdir(os.path.join(self.room.name, "in"))), 2)
        pages = os.listdir(os.path.join(self.out, "maps"))
        for name in hot.tree(self.out):
            self.assertRegex(name, r"\A[A-Za-z0-9_./-]{1,120}\Z")
            self.assertNotIn("..", name)
        pictures = [p for p in pages if p.endswith(".png")]
        self.assertEqual(len(pictures), len(HOSTILE) + 2)  # an overview, and the heat alone
        self.assertIn("ward-0012.png", pages)

    def test_every_page_is_drawn(self):
        for name in os.listdir(os.path.join(self.out, "maps")):
            with open(os.path.join(self.out, "maps", name), "rb") as f:
                data = f.read()
            if name.endswith(".png"):
                least = 500 if name == "heat.png" else 10000
                self.assertTrue(data.startswith(b"\x89PNG") and len(data) > least, name)
                self.assertNotIn(b"\x1b[31m", data)
                self.assertNotIn("\u202e".encode(), data)

    def test_pages_are_drawn_again_alike(self):
        """By themselves, from what the GeoPackage holds; under the name the run gave them."""
        first = hot.tree(os.path.join(self.out, "maps"))
        for code in ("..", "=cmd|' /C calc'!A0", "-rf", "red \x1b[31m text", "first\r\nsecond",
                     "x" * 10000, "0012"):
            done = hot.run("map", self.gpkg, "--area", f"ward={code}", "--overwrite", "--out",
                           self.path("one"), text=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.is_plain(done.stderr)
            drawn = hot.tree(self.path("one", "maps"))
            self.assertEqual(len(drawn), 3)
            self.assertEqual(drawn, {name: first.get(name) for name in drawn})
        done = hot.run("map", self.gpkg, "--area", "ward=none\x1b[31m\u202e", "--overwrite",
                       "--out", self.path("one"), text=False)
        self.assertEqual(done.returncode, 2)
        self.is_plain(done.stderr)

    # ---- terminals ----

    def test_stderr_is_plain(self):
        said = self.is_plain(self.done.stderr)
        self.assertNotIn("\x1b", said)
        out = self.path("out \x1b[31m\u202e\nof mine")
        done = hot.run("run", self.csv, *self.options, "--maps", "none", "--out", out, text=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("\\x1b[31m", self.is_plain(done.stderr))

    def test_check_is_plain(self):
        done = hot.run("check", self.csv, "--areas", f"ward={self.areas}", "--type", "*\x1b[31m*",
                       text=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        said = self.is_plain(done.stdout)
        self.is_plain(done.stderr)
        self.assertIn("\\x1b[31m", said)
        broken = self.write("broken \x1b[31m\n.csv", incidents() + b"x,yesterday,1,2,a\xff\x1b,b\n")
        done = hot.run("check", broken, broken, text=False)
        self.is_plain(done.stdout)
        self.is_plain(done.stderr)

    def test_doctor_is_plain(self):
        """The folders it names come from the environment."""
        done = hot.run("doctor", env={"XDG_DATA_HOME": "/no \x1b[31m\u202e"}, text=False)
        self.assertIn("\\x1b[31m", self.is_plain(done.stdout))
        self.is_plain(done.stderr)

    def test_complaints_are_plain(self):
        evil = "no \x1b[31m \u202e such\n\x9b"
        for arguments in ([evil], ["run", evil], ["run", self.csv, "--" + evil],
                          ["run", self.csv, "--crs", evil], ["run", self.csv, "--areas", evil],
                          ["run", self.csv, "--areas", f"ward={evil}", "--out", "o"],
                          ["run", self.csv, "--areas", f"ward={self.areas},code={evil}", "--out",
                           self.path("o")],
                          ["run", self.csv, *self.options, "--type", evil, "--out", self.path("o")],
                          ["map", evil, "--out", self.path("o")],
                          ["check", self.csv, "--date", evil], ["kde", self.csv, "--study", evil],
                          ["check", self.csv.encode() + b"\xff\xfe"]):
            done = subprocess.run([hot.HOTBEAT, *arguments], capture_output=True,
                                  stdin=subprocess.DEVNULL)
            self.assertIn(done.returncode, (1, 2), (arguments, done.stderr))
            self.assertEqual(len(self.is_plain(done.stderr).splitlines()), 1, done.stderr)

    # ---- names of files ----

    def test_names_of_files(self):
        """Newline, blank, dash and bytes that are no text; also bytes that are no text in options."""
        os.mkdir(self.path("in"))
        names = [b"a\nb.csv", b"a b.csv", b"-leading.csv", b"--out.csv", b"caf\xe9\xff.csv",
                 b"=1+1.csv", b"'; drop.csv"]
        rows = incidents().split(b"\n")
        for k, name in enumerate(names):
            with open(os.path.join(self.path("in").encode(), name), "wb") as f:
                f.write(rows[0] + b"\n" + b"%d,2025-01-03,400200,250200,Noise,here\n" % k
                        + b"bad,never,1,2,Noise,here\n")
        given = [b"./" + n for n in names]
        done = subprocess.run([hot.HOTBEAT, "run", *given, *self.options, "--title", b"caf\xe9 \xff",
                               "--out", "../out"], capture_output=True, cwd=self.path("in"),
                              stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.is_plain(done.stderr)
        files = hot.rows(self.path("out", "hotbeat.gpkg"), "select source_file f from incidents")
        self.assertEqual({r["f"] for r in files}, {shown(n) for n in names})
        title, = hot.rows(self.path("out", "hotbeat.gpkg"),
                          "select value from run_metadata where key = 'title'")
        self.assertEqual(title["value"], "caf\ufffd \ufffd")
        listed = hot.table(self.path("out", "rejects.csv"))
        self.assertEqual(len(listed), len(names))
        self.assertEqual({r["file"] for r in listed},
                         {("'" if n[:1] in b"-=" else "") + shown(n) for n in names})
        self.assertEqual(len(hot.manifest(self.path("out"))["inputs"]), len(names))
        done = subprocess.run([hot.HOTBEAT, "check", *given], capture_output=True,
                              cwd=self.path("in"))
        self.is_plain(done.stdout)
        done = subprocess.run([hot.HOTBEAT, "check", b"-leading.csv"], capture_output=True,
                              cwd=self.path("in"))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"./-leading.csv", done.stderr)

    # ---- styles ----

    def test_map_tips_show_text_as_text(self):
        """QGIS shows a map tip as HTML: a text of the data goes through replace()."""
        texts = {"name", "type", "label", "place_key", "code", "parent", "incident_id"}
        folder = os.path.join(os.environ["HOTBEAT_SOURCE"], "styles/qml")
        tips = 0
        for name in os.listdir(folder):
            tip = ET.parse(os.path.join(folder, name)).getroot().findtext("mapTip") or ""
            tips += bool(tip)
            for expression in re.findall(r"\[%(.*?)%\]", tip):
                if texts & set(re.findall(r'"(\w+)"', expression)):
                    self.assertRegex(expression.strip(),
                                     r"^replace\(.*, map\('&', '&amp;', '<', '&lt;'\)\)$", name)
        self.assertGreater(tips, 3)


if __name__ == "__main__":
    hot.main()
