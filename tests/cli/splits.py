#!/usr/bin/env python3
"""Kinds of ASB, weights, several agencies and coarse positions, on inputs whose answers are known."""
import json
import os
import random

import hot
from hot import ASB

HEAD = "id,date,type,closing_code,easting,northing,uprn\n"


def square(code, west, east):
    return {"type": "Feature", "properties": {"code": code, "name": f"The {code}"},
            "geometry": {"type": "Polygon", "coordinates": [[
                [west, 250000], [east, 250000], [east, 251000], [west, 251000], [west, 250000]]]}}


class Made(hot.Scratch):
    def setUp(self):
        super().setUp()
        wards = {"type": "FeatureCollection",
                 "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
                 "features": [square("A", 400000, 401000), square("B", 401000, 402000)]}
        self.wards = self.write("wards.geojson", json.dumps(wards))
        self.n = 0

    def said(self, *more, command="run"):
        self.n += 1
        self.out = self.path(f"out{self.n}")
        return [command, "--areas", f"ward={self.wards}", "--maps", "none", "--profile",
                "internal", "--out", self.out, *more]

    def runs(self, *more, command="run"):
        done = self.succeeds(*self.said(*more, command=command))
        self.manifest = hot.manifest(self.out)
        return done.stderr

    def table(self, name):
        return hot.table(os.path.join(self.out, "tables", name + ".csv"))

    def layer(self, sql):
        return [tuple(r) for r in hot.rows(os.path.join(self.out, "hotbeat.gpkg"), sql)]

    def adds_up(self):
        rows = self.manifest["rows"]
        self.assertEqual(rows["read"], rows["accepted"] + rows["rejected"] + rows["duplicate"])
        self.assertGreaterEqual(rows["accepted"], rows["selected"])
        self.assertEqual(rows["selected"], rows["inside"] + rows["outside"])
        return rows


LOG = HEAD + """\
1,2025-01-03,N12,,400100,250100,
2,2025-01-04,N12,NUIS,400200,250100,
3,2025-01-05,N12,PERS,401300,250100,
4,2025-01-06,E4,,401400,250100,
5,2025-01-07,E4,VOID,400500,250100,
6,2025-01-08,N12,NOTASB,400600,250100,
7,2025-01-09,N12,DUP1,400700,250100,
8,2025-01-10,N12,DUP2,400800,250100,
9,2025-01-11,Theft,,401900,250100,
10,2025-01-12,N12,,,,
11,2025-01-12,N12,VOID,,,
12,2024-12-12,N12,VOID,400100,250100,
"""
MAP = """\
opening,closing,kind,note
N*,,nuisance,opened as nuisance
E*,,environmental,
,NUIS,nuisance,
,PERS,personal,what it was closed as counts
,VOID,void,
,NOTASB,not ASB,
,DUP*,duplicate log,
,NEVER,void,met nowhere
"""


class Kinds(Made):
    def setUp(self):
        super().setUp()
        self.log = self.write("log.csv", LOG)
        self.map = self.write("map.csv", MAP)

    def test_kinds_are_counted_by_area_and_the_rest_left_out(self):
        said = self.runs(self.log, "--map-types", self.map, "--from", "2025")
        rows = self.adds_up()
        self.assertEqual(rows["mapped_out"], {"not_asb": 1, "void": 1, "duplicate_log": 2})
        self.assertEqual((rows["read"], rows["accepted"], rows["selected"],
                          rows["selected_unlocated"]), (12, 10, 5, 1))
        self.assertIn("4 logs were left out by their codes: 1 not ASB, 1 void, 2 duplicate", said)
        self.assertIn("1 incident has codes that map.csv does not map; they stay, without a "
                      "kind: Theft.", said)
        self.assertEqual(self.manifest["unmapped_codes"], {"Theft": 1})
        got = {(r["area_set"], r["area_code"], r["kind"]): (r["incidents"], r["share"])
               for r in self.table("kinds")}
        self.assertEqual(len(got), 3 * 4)
        about = self.layer("select description from gpkg_contents where table_name = 'kinds'")[0][0]
        self.assertIn("Left out in this run: 1 not ASB, 1 void, 2 duplicate.", about)
        self.assertEqual(got[("all", "", "nuisance")], ("2", "0.4"))
        self.assertEqual(got[("ward", "A", "nuisance")], ("2", "1"))
        self.assertEqual(got[("ward", "A", "personal")], ("0", "0"))
        self.assertEqual(got[("ward", "B", "personal")][0], "1")
        self.assertEqual(got[("ward", "B", "environmental")][0], "1")
        self.assertEqual(got[("ward", "B", "not mapped")][0], "1")
        self.assertEqual(self.layer("select incident_id, kind from incidents order by 1+incident_id"),
                         [("1", "nuisance"), ("2", "nuisance"), ("3", "personal"),
                          ("4", "environmental"), ("9", None)])
        wards = dict(self.layer("select code, incidents from ward"))
        self.assertEqual(wards, {"A": 2, "B": 3})

    def test_one_kind_is_selected(self):
        self.runs(self.log, "--map-types", self.map, "--kind", "personal", "--from", "2025")
        self.assertEqual(self.adds_up()["selected"], 1)
        self.assertEqual(self.manifest["rows"]["selected_unlocated"], 0)
        self.runs(self.log, "--map-types", self.map, "--kind", "personal", "--kind", "Nuisance")
        self.assertEqual(self.manifest["rows"]["selected"], 3)
        self.assertEqual([(r["kind"], r["incidents"]) for r in self.table("kinds")
                          if r["area_set"] == "all"], [("personal", "1"), ("nuisance", "2")])
        self.assertEqual(self.layer("select value from run_metadata where key = 'title'"),
                         [("Personal and nuisance anti-social behaviour",)])
        self.assertEqual(self.manifest["rows"]["selected_unlocated"], 1)
        self.assertEqual(self.manifest["options"]["map-types"], "map.csv")

    def test_a_title_says_which_kind(self):
        self.runs(self.log, "--map-types", self.map, "--kind", "ENVIRONMENTAL", "--type", "E*",
                  "--kind", "personal", "--kind", "nuisance")
        self.assertEqual(self.layer("select value from run_metadata where key = 'types'"),
                         [("E4 (personal, nuisance and environmental)",)])
        self.runs(self.log, "--map-types", self.map)
        self.assertEqual(self.layer("select value from run_metadata where key = 'types'"),
                         [("All incidents",)])

    def test_the_order_of_the_rows_is_nothing(self):
        lines = LOG.splitlines()[1:]
        self.runs(self.log, "--map-types", self.map)
        before = self.table("kinds")
        random.Random(3).shuffle(lines)
        self.runs(self.write("mixed.csv", HEAD + "\n".join(lines) + "\n"), "--map-types", self.map,
                  "--threads", "3")
        self.assertEqual(self.table("kinds"), before)

    def test_a_map_decides_what_a_run_is_called(self):
        self.runs(self.log, "--map-types", self.map)
        name = self.manifest["run_id"]
        self.write("map.csv", MAP.replace("E*,,environmental", "E*,,personal"))
        self.runs(self.log, "--map-types", self.map)
        self.assertNotEqual(self.manifest["run_id"], name)

    def test_no_map_no_kinds(self):
        self.runs(self.log)
        self.assertNotIn("mapped_out", self.manifest["rows"])
        self.assertFalse(os.path.exists(self.out + "/tables/kinds.csv"))
        self.assertEqual(self.manifest["rows"]["selected"], 10)

    def test_what_is_refused(self):
        self.fails(2, ["--kind personal", "--map-types"], *self.said(self.log, "--kind", "personal"))
        self.fails(2, ["--kind void", "expected personal"],
                   *self.said(self.log, "--map-types", self.map, "--kind", "void"))
        bad = self.write("bad.csv", "opening,kind\nN12,loud\n")
        self.fails(1, ["bad.csv", "line 2", "loud"], *self.said(self.log, "--map-types", bad))
        other = self.write("other.csv", "opening,kind\nZZZ,personal\n")
        self.fails(1, ["other.csv", "none of its codes"], *self.said(self.log, "--map-types", other))
        self.fails(1, ["gone.csv"], *self.said(self.log, "--map-types", self.path("gone.csv")))

    def test_everything_left_out(self):
        only = self.write("only.csv", HEAD + "1,2025-01-07,E4,VOID,400500,250100,\n")
        self.runs(only, "--map-types", self.map)
        self.assertEqual(self.adds_up()["mapped_out"]["void"], 1)
        self.assertEqual({r["incidents"] for r in self.table("kinds")}, {"0"})
        self.assertEqual({r["share"] for r in self.table("kinds")}, {""})

    def test_config_repeats_it(self):
        self.runs(self.log, "--map-types", self.map)
        first = hot.tree(self.out)
        config, again = self.out + "/run.json", self.path("again")
        self.succeeds("run", "--config", config, self.log, "--out", again, cwd=self.folder.name)
        self.assertEqual(hot.tree(again), first)


CRIMES = "id,date,type,easting,northing\n" + "".join(
    f'{k},2025-01-{k:02},"{t}",{x},250100\n' for k, t, x in
    [(1, "Burglary", 400100), (2, "Burglary", 400200), (3, ASB, 400300), (4, "Theft", 401100),
     (5, "Odd, one", 401200), (6, "Odd, one", 401300), (7, "Even", 401400)])
WEIGHTS = f"type,weight\nburglary,10.25\n{ASB},0.1\nTheft,3\nMurder,5000\n"


class Weights(Made):
    def setUp(self):
        super().setUp()
        self.crimes = self.write("crimes.csv", CRIMES)

    def test_sums_stand_beside_counts(self):
        said = self.runs(self.crimes, "--weights", self.write("w.csv", WEIGHTS))
        self.assertEqual(self.layer("select code, incidents, weighted from ward order by code"),
                         [("A", 3, 20.6), ("B", 4, 3.0)])
        self.assertIn("3 incidents have no weight in w.csv: counted, and left out of "
                      "weighted sums. Without a weight: Odd, one, Even.", said)
        self.assertEqual(said.count("no weight in"), 1)
        self.assertEqual(self.manifest["types_without_weight"], {"Odd, one": 2, "Even": 1})
        self.assertEqual(self.layer("select weight from incidents order by 1+incident_id"),
                         [(10.25,), (10.25,), (.1,), (3,), (None,), (None,), (None,)])
        csv = self.layer("select code, weighted from ward order by code")
        name = self.manifest["run_id"]
        self.runs(self.crimes, "--weights", self.write("w.csv", WEIGHTS.replace("3\n", "4\n")))
        self.assertNotEqual(self.manifest["run_id"], name)
        weights = {"Burglary": 10.25, ASB: .1, "Theft": 3}
        self.runs(self.crimes, "--weights", self.write("w.json", json.dumps(weights)))
        self.assertEqual(self.layer("select code, weighted from ward order by code"), csv)

    def test_a_column_of_weights(self):
        """What is no number of 0 or more is a row that cannot be read; none is no weight."""
        log = "date,type,harm,easting,northing\n" + "".join(
            f"2025-01-0{k},Noise,{w},{x},250100\n" for k, w, x in
            ((1, "2.5", 400100), (2, "", 400200), (3, "-1", 400300), (4, "nan", 400400),
             (5, "0", 400500), (6, "", 401100)))
        said = self.runs(self.write("log.csv", log), "--weight", "harm", "--max-rejected", "50%")
        self.assertIn("2 incidents have nothing in the column of weights (harm): counted, and left "
                      "out of weighted sums.", said)
        self.assertEqual(self.manifest["rejects"]["bad_number"], 2)
        self.assertEqual(self.layer("select code, incidents, weighted from ward order by code"),
                         [("A", 3, 2.5), ("B", 1, None)])

    def test_beside_kinds_and_agencies_and_larger_areas(self):
        """Burglary 10.25, ASB 0.1, Theft 3; nothing of the others has a weight."""
        codes = self.write("map.csv", f"opening,kind\nBurglary,personal\n{ASB},nuisance\n"
                                      "Theft,environmental\n")
        council = self.write("council.csv", "id,date,type,easting,northing\n"
                                            "1,2025-01-20,Even,401400,250900\n")
        self.wards += ",parent=name"
        self.runs("--source", f"police={self.crimes}", "--source", f"council={council}",
                  "--weights", self.write("w.csv", WEIGHTS), "--map-types", codes)
        kinds = {(r["area_code"], r["kind"]): (r["incidents"], r["weighted"])
                 for r in self.table("kinds")}
        self.assertEqual([kinds[("", k)] for k in ("personal", "nuisance", "environmental",
                                                   "not mapped")],
                         [("2", "20.5"), ("1", "0.1"), ("1", "3"), ("4", "")])
        self.assertEqual([kinds[("B", k)] for k in ("personal", "nuisance", "environmental")],
                         [("0", "0"), ("0", "0"), ("1", "3")])
        sources = {(r["area_code"], r["source"]): (r["incidents"], r["weighted"])
                   for r in self.table("sources")}
        self.assertEqual(sources, {("", "police"): ("7", "23.6"), ("", "council"): ("1", ""),
                                   ("A", "police"): ("3", "20.6"), ("A", "council"): ("0", "0"),
                                   ("B", "police"): ("4", "3"), ("B", "council"): ("1", "")})
        self.assertEqual([(r["parent"], r["incidents"], r["weighted"])
                          for r in self.table("parents")],
                         [("The A", "3", "20.6"), ("The B", "5", "3")])

    def test_an_area_of_nothing_that_weighs(self):
        self.runs(self.crimes, "--weights", self.write("w.csv", f"type,weight\nburglary,1\n{ASB},1\n"))
        self.assertEqual(self.layer("select code, weighted from ward order by code"),
                         [("A", 3), ("B", None)])
        self.runs(self.crimes, "--weights", self.write("w.csv", "type,weight\nburglary,1\n"),
                  "--type", "burglary")
        self.assertEqual(self.layer("select code, weighted from ward order by code"),
                         [("A", 2), ("B", 0)])

    def test_asb_is_never_weighed_at_nothing_in_silence(self):
        without = self.write("w.csv", "type,weight\nBurglary,10\n")
        self.fails(1, ["w.csv", "1 of 1", f"give their type a weight ({ASB})", "--exclude-type"],
                   *self.said(self.crimes, "--weights", without))
        self.runs(self.crimes, "--weights", without, "--exclude-type", ASB)
        zero = self.write("z.csv", f"type,weight\nBurglary,10\n{ASB},0\n")
        said = self.runs(self.crimes, "--weights", zero)
        self.assertIn("z.csv gives 1 incident of anti-social behaviour a weight of 0", said)
        log = self.write("log.csv", HEAD + "1,2025-01-01,N1,,400100,250100,\n"
                                           "2,2025-01-01,Burglary,,400100,250100,\n")
        codes = self.write("map.csv", "opening,kind\nN1,nuisance\n")
        self.fails(1, ["w.csv", "anti-social behaviour"],
                   *self.said(log, "--weights", without, "--map-types", codes))

    def test_what_is_refused(self):
        for text, words in ((f"type,weight\n{ASB},-1\n", ["w.csv", "line 2", ASB]),
                            (f"type,weight\n{ASB},1\nTheft,NaN\n", ["w.csv", "line 3", "Theft"]),
                            ("type,weight\nMurder,1\n", ["w.csv", "none of its types"]),
                            ("type,weight\n", ["w.csv", "has no line"])):
            self.fails(1, words, *self.said(self.crimes, "--weights", self.write("w.csv", text)))
        latin = self.write("l.csv", "type,weight\nL\xe4rm,1\n".encode("latin-1"))
        self.fails(1, ["l.csv", "line 2", "UTF-8"], *self.said(self.crimes, "--weights", latin))
        self.fails(2, ["--weight and --weights"], *self.said(
            self.crimes, "--weights", self.write("w.csv", WEIGHTS), "--weight", "id"))


class Joins(Made):
    """Columns joined by code: names in any script, and what matches nothing."""

    def joined(self, text, *more):
        table = self.write("joined.csv", text)
        return self.said(self.write("log.csv", LOG), "--join", f"ward={table}", *more)

    def test_a_row_for_every_area_and_more(self):
        said = self.succeeds(*self.joined("code,Blaenoriaeth ŵ\nA,uchel\nB,isel\nX,isel\n")).stderr
        self.assertIn("joined.csv has a row for every area; 1 more of its codes are no ward here",
                      said)
        self.assertEqual([r["blaenoriaeth"] for r in self.table("ward")], ["uchel", "isel"])
        said = self.succeeds(*self.joined("code,decile\nA,3\nX,4\n")).stderr
        self.assertIn("joined.csv has no row for 1 of 2 areas; 1 of its codes are no ward", said)
        said = self.succeeds(*self.joined("code,decile\nA,3\nB,4\n")).stderr
        self.assertNotIn("joined.csv", said)

    def test_codes_that_match_nothing(self):
        self.fails(1, ["joined.csv", "none of its codes", "is a ward", "code=COLUMN"],
                   *self.joined("code,decile\nX,3\n"))
        self.fails(1, ["joined.csv", "A comes twice"], *self.joined("code,decile\nA,3\nA,4\n"))
        self.fails(1, ["joined.csv", "line 3"], *self.joined("code,decile\nA,3\nB\n"))
        self.fails(1, ["joined.csv", 'no column "rank"', "decile"], *self.said(
            self.write("log.csv", LOG), "--join",
            f"ward={self.write('joined.csv', 'code,decile' + chr(10) + 'A,3' + chr(10))},columns=rank"))


POLICE = HEAD + """\
1,2025-01-03,Noise,,400100,250100,
2,2025-01-04,Noise,,400200,250100,77
2,2025-01-04,Noise,,400200,250100,77
3,2025-01-05,Noise,,401300,250100,
4,2025-01,Noise,,401300,250100,
5,2025-01-09,Noise,,401500,250500,
6,2025-01-09,Noise,,401500,250500,
"""
COUNCIL = HEAD + """\
1,2025-01-03,Noise,,400100,250100,
2,2025-01-04,Litter,,400207,250100,77
3,2025-01-06,Noise,,401300,250100,
4,2025-01,Noise,,401300,250100,
5,,Noise,,401300,250100,
"""


class Sources(Made):
    def setUp(self):
        super().setUp()
        self.police = self.write("police.csv", POLICE)
        self.council = self.write("council.csv", COUNCIL)

    def named(self):
        return ["--source", f"police={self.police}", "--source", f"council={self.council}"]

    def test_agencies_are_kept_apart(self):
        said = self.runs(*self.named())
        rows = self.adds_up()
        self.assertEqual((rows["read"], rows["accepted"], rows["rejected"], rows["duplicate"]),
                         (12, 10, 1, 1))
        self.assertEqual(self.manifest["sources"], {
            "council": {"read": 5, "accepted": 4, "rejected": 1, "duplicate": 0, "inside": 4},
            "police": {"read": 7, "accepted": 6, "rejected": 0, "duplicate": 1, "inside": 6}})
        got = {(r["area_set"], r["area_code"], r["source"]): r["incidents"]
               for r in self.table("sources")}
        self.assertEqual(got, {("all", "", "council"): "4", ("all", "", "police"): "6",
                               ("ward", "A", "council"): "2", ("ward", "A", "police"): "2",
                               ("ward", "B", "council"): "2", ("ward", "B", "police"): "4"})
        self.assertEqual({(r["source"], r["month"]): r["rows"] for r in self.table("coverage")},
                         {("council", "2025-01"): "4", ("police", "2025-01"): "6"})
        listed = [(r["match"], r["day"], r["place_key"], r["source"], r["incident_id"],
                   r["source_file"], r["source_line"]) for r in self.table("possible_duplicates")]
        self.assertEqual(listed, [
            ("1", "2025-01-03", "400100.00,250100.00", "council", "1", "council.csv", "2"),
            ("1", "2025-01-03", "400100.00,250100.00", "police", "1", "police.csv", "2"),
            ("2", "2025-01-04", "77", "council", "2", "council.csv", "3"),
            ("2", "2025-01-04", "77", "police", "2", "police.csv", "3")])
        self.assertIn("2 places have incidents of one day on the books of two agencies", said)
        self.assertEqual(dict(self.layer("select source, count(*) from incidents group by 1")),
                         {"council": 4, "police": 6})
        self.assertEqual(sum(n for n, in self.layer("select incidents from ward")), 10)

    def test_the_order_of_the_files_is_nothing(self):
        self.runs(*self.named())
        first = hot.tree(self.out)
        self.runs("--source", f"council={self.council}", "--source", f"police={self.police}")
        first.pop("run.json"), first.pop("hotbeat.gpkg")  # which list the options as given
        again = hot.tree(self.out)
        self.assertEqual({k: v for k, v in again.items() if k in first}, first)

    def test_the_same_identifiers_of_two_agencies_are_two_incidents(self):
        text = HEAD + "1,2025-01-03,Noise,,400100,250100,\n"
        one, other = self.write("a.csv", text), self.write("b.csv", text + "\n")
        self.runs(one, other)
        self.assertEqual(self.adds_up()["duplicate"], 1)
        self.runs("--source", f"police={one}", "--source", f"council={other}")
        self.assertEqual((self.adds_up()["duplicate"], self.manifest["rows"]["inside"]), (0, 2))
        self.runs("--source", f"police={one}", "--source", f"council={one}")  # byte for byte
        self.assertEqual((self.adds_up()["read"], self.manifest["rows"]["inside"]), (2, 2))
        self.assertEqual(len(self.table("possible_duplicates")), 2)
        self.runs("--source", f"police={one}", "--source", f"police={other}")
        self.assertEqual(self.adds_up()["duplicate"], 1)
        self.assertFalse(os.path.exists(self.out + "/tables/possible_duplicates.csv"))

    def test_files_without_a_name_beside_named_ones(self):
        self.runs(self.police, "--source", f"council={self.council}")
        self.assertEqual(set(self.manifest["sources"]), {"council", "unnamed"})

    def test_config_repeats_it(self):
        self.runs(*self.named())
        first = hot.tree(self.out)
        config, again = self.out + "/run.json", self.path("again")
        self.succeeds("run", "--config", config, "--out", again, cwd=self.folder.name)
        self.assertEqual(hot.tree(again), first)

    def test_check_reads_them(self):
        said = json.loads(self.succeeds("check", *self.named(), "--json").stdout)
        self.assertEqual(said["sources"]["police"]["read"], 7)

    def test_what_is_refused(self):
        self.fails(2, ["--source", "NAME=FILE", "police=log.csv"],
                   *self.said("--source", f"Police={self.police}"))
        self.fails(2, ["--source", "NAME=FILE"], *self.said("--source", self.police))
        self.fails(2, ["expected INCIDENTS"], *self.said())
        self.fails(1, ["gone.csv"], *self.said("--source", f"police={self.path('gone.csv')}"))


class Coarse(Made):
    def test_large_squares_are_counted_and_no_places(self):
        rows = ("date,type,gridref\n" + "2025-01-01,Noise,SP0050\n" * 3 +
                "2025-01-02,Noise,SP0010050100\n" * 2 + "2025-01-03,Noise,SP001501\n")
        said = self.runs(self.write("log.csv", rows))
        self.assertEqual(self.manifest["coarse_positions"], {"squares": 3, "centroids": 0})
        self.assertEqual(self.layer("select sum(incidents) from ward"), [(6,)])
        self.assertEqual(self.layer("select incidents from repeats"), [(2,)])
        self.assertEqual(self.layer("select sum(incidents) from density"), [(3,)])
        self.assertEqual(self.layer("select code, repeat_incidents from ward order by 1"),
                         [("A", 2), ("B", 0)])
        self.assertIn("3 incidents have a coarse position", said)
        self.assertEqual(self.layer("select precision_m, count(*) from incidents group by 1"),
                         [(1.0, 2), (100.0, 1), (1000.0, 3)])

    def test_a_column_says_how_finely(self):
        rows = "date,type,easting,northing,match\n"
        for match, n in (("postcode", 2), ("address", 2), ("", 2), ("5000", 2), ("Ward", 1)):
            at = len(rows) % 700 + 100
            rows += f"2025-01-01,Noise,{400000 + at},250100,{match}\n" * n
        log = self.write("log.csv", rows)
        self.runs(log, "--precision", "match")
        self.assertEqual(self.manifest["coarse_positions"], {"squares": 5, "centroids": 0})
        self.assertEqual(self.layer("select incidents from repeats"), [(2,), (2,)])
        self.runs(log)
        self.assertEqual(self.manifest["coarse_positions"]["squares"], 0)
        bad = self.write("bad.csv", rows + "2025-01-01,Noise,400100,250100,near\n")
        self.runs(bad, "--precision", "match")
        self.assertEqual(self.manifest["rejects"]["bad_number"], 1)

    def test_precision_decides_what_a_run_is_called(self):
        rows, names = "date,type,easting,northing,match\n2025-01-01,Noise,400100,250100,", set()
        for match in ("", "10", "ward"):
            self.runs(self.write("log.csv", rows + match + "\n"), "--precision", "match")
            names.add(self.manifest["run_id"])
        self.assertEqual(len(names), 3)

    def test_piles_on_the_middle_of_a_ward(self):
        head = "date,type,easting,northing\n"
        pile = "2025-01-01,Noise,400500,250500\n"
        self.runs(self.write("log.csv", head + pile * 9))
        self.assertEqual(self.manifest["coarse_positions"]["centroids"], 0)
        said = self.runs(self.write("log.csv", head + pile * 10 + "2025-01-01,Noise,400100,250100\n"))
        self.assertEqual(self.manifest["coarse_positions"]["centroids"], 10)
        self.assertIn("10 incidents have a coarse position", said)
        about = dict(self.layer("select table_name, description from gpkg_contents"))
        self.assertIn("10 with a coarse position are left out.", about["repeats"])
        self.assertIn("hold at least 50% of 1 incident. 10 more have a coarse position.",
                      about["concentration"].replace("holds", "hold"))
        self.assertEqual(self.layer("select count(*) from repeats"), [(0,)])
        self.assertEqual(self.layer("select sum(incidents) from density"), [(1,)])
        self.assertEqual(self.layer("select code, incidents from ward order by 1"),
                         [("A", 11), ("B", 0)])
        self.runs(self.write("log.csv", head + pile.replace("400500", "400502") * 10))
        self.assertEqual(self.manifest["coarse_positions"]["centroids"], 0)


class Real(hot.Scratch):
    """Two forces' files as two agencies, and weights by type; Python counts the same."""

    def test_two_forces(self):
        if not hot.DATA or not os.path.isdir(hot.DATA):
            self.skipTest("the shared data is not here (HOTBEAT_DATA)")
        out, data = self.path("out"), hot.DATA
        files = [os.path.join(data, "police_uk", "wiltshire", f"2025-0{m}-wiltshire-street.csv")
                 for m in (1, 2)]
        weights = {ASB: 0.1, "Burglary": 3.14, "Drugs": 7, "Other theft": 0.25}
        self.succeeds(
            "run", "--source", f"county={files[0]}", "--source", f"town={files[1]}", "--areas",
            f"ward={data}/boundaries/wiltshire_force_bng.gpkg:wards_2025", "--maps", "none",
            "--weights", self.write("w.json", json.dumps(weights)), "--out", out)
        manifest = hot.manifest(out)
        rows = {n: hot.table(f) for n, f in zip(("county", "town"), files)}
        for name, read in rows.items():
            self.assertEqual(manifest["sources"][name]["read"], len(read))
        got = {r["source"]: int(r["incidents"]) for r in hot.table(out + "/tables/sources.csv")
               if r["area_set"] == "all"}
        self.assertEqual(sum(got.values()), manifest["rows"]["inside"])
        self.assertEqual({n: s["inside"] for n, s in manifest["sources"].items()}, got)
        gpkg = out + "/hotbeat.gpkg"
        count = dict(hot.rows(gpkg, "select type, count(*) from incidents group by type"))
        self.assertEqual(manifest["types_without_weight"],
                         {t: n for t, n in count.items() if t not in weights})
        total, = hot.rows(gpkg, "select sum(weighted) from ward")[0]
        exact = sum(n * weights.get(t, 0) for t, n in count.items())
        self.assertAlmostEqual(total, exact, places=6)
        self.assertEqual(hot.table(out + "/tables/possible_duplicates.csv"), [])
        about, = hot.rows(gpkg, "select description from gpkg_contents where table_name = "
                                "'possible_duplicates'")[0]
        self.assertIn("Nothing could be compared", about)
        self.assertEqual(manifest["coarse_positions"], {"squares": 0, "centroids": 0})


class Town(hot.Scratch):
    def test_the_example_maps_the_town(self):
        town = hot.town()
        out = self.path("out")
        self.succeeds("run", *hot.months(town, "2025"), *hot.town_options(town), "--type", ASB,
                      "--map-types", town + "/map-types.csv", "--maps", "none", "--out", out)
        manifest = hot.manifest(out)
        left = manifest["rows"]["mapped_out"]
        self.assertTrue(all(left.values()), left)
        self.assertEqual(manifest["unmapped_codes"], {})
        kinds = {r["kind"]: int(r["incidents"]) for r in hot.table(out + "/tables/kinds.csv")
                 if r["area_set"] == "all"}
        self.assertEqual(sum(kinds.values()), manifest["rows"]["inside"])
        self.assertGreater(kinds["nuisance"], kinds["personal"])
        self.assertGreater(kinds["personal"], kinds["environmental"])
        self.succeeds("run", *hot.months(town, "2025"), *hot.town_options(town), "--type", ASB,
                      "--maps", "none", "--out", self.path("plain"))
        plain = hot.manifest(self.path("plain"))["rows"]
        self.assertEqual(plain["selected"], manifest["rows"]["selected"] + sum(left.values()))


if __name__ == "__main__":
    hot.main()
