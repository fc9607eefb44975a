#!/usr/bin/env python3
"""Rates and what they are compared with: denominators, parents, groups, joined tables, edges."""
import glob
import json
import math
import os
import statistics

import hot

BNG = "urn:ogc:def:crs:EPSG::27700"
SIDE = 1000


def square(k):
    w, s = 400000 + k * SIDE, 250000
    return [[[w, s], [w + SIDE, s], [w + SIDE, s + SIDE], [w, s + SIDE], [w, s]]]


def wards(*properties):
    return json.dumps({"type": "FeatureCollection",
                       "crs": {"type": "name", "properties": {"name": BNG}},
                       "features": [{"type": "Feature", "properties": p,
                                     "geometry": {"type": "Polygon", "coordinates": square(k)}}
                                    for k, p in enumerate(properties)]})


def byar(n, per):
    low = n * (1 - 1 / (9 * n) - 1.959963984540054 / (3 * math.sqrt(n))) ** 3 if n else 0
    m = n + 1
    return low * per, m * (1 - 1 / (9 * m) + 1.959963984540054 / (3 * math.sqrt(m))) ** 3 * per


def funnel(observed, expected):
    """The widened z, written down a second time."""
    z = [(math.sqrt(o / e) - 1) * 2 * math.sqrt(e) for o, e in zip(observed, expected)]
    deciles = statistics.quantiles(z, n=10, method="inclusive")
    phi = sum(min(max(v, deciles[0]), deciles[8]) ** 2 for v in z) / len(z)
    w = [4 * e for e in expected]
    tau2 = max(0, (len(z) * phi - len(z) + 1) / (sum(w) - sum(v * v for v in w) / sum(w)))
    return phi, math.sqrt(tau2), [(math.sqrt(o / e) - 1) / math.sqrt(1 / (4 * e) + tau2)
                                  for o, e in zip(observed, expected)]


class Made(hot.Scratch):
    """Six wards of one km2; A has four incidents of which one is 10 m from its edge."""
    PLACES = {"A": [(500, 500), (500, 500), (500, 400), (10, 500)], "B": [(990, 500), (500, 45)],
              "D": [(500, 500)] * 3, "E": [(500, 500)], "F": [(500, 500)] * 2}
    PEOPLE = "code,people\nA,1000\nB,500\nC,\"2,000\"\nD,1500\nE,0\nF,*\n"

    def setUp(self):
        super().setUp()
        lines = ["date,easting,northing,type"]
        for code, places in self.PLACES.items():
            for x, y in places:
                lines.append(f"2025-01-02,{400000 + (ord(code) - 65) * SIDE + x},{250000 + y},Noise")
        self.incidents = self.write("i.csv", "\n".join(lines) + "\n")
        self.wards = self.write("w.geojson", wards(*(
            {"code": c, "name": "Ward " + c, "district": d, "csp": p}
            for c, d, p in zip("ABCDEF", ("D1", "D1", "D1", "D2", "D2", None),
                               ("P", "P", "P", "P", "P", None)))))
        self.people = self.write("people.csv", self.PEOPLE)

    def arguments(self, *more, ward=""):
        return ["run", self.incidents, "--areas", f"ward={self.wards}{ward}", "--profile", "internal",
                "--maps", "none", "--overwrite", "--out", self.path("out"), *more]

    def result(self, *more, ward=""):
        self.said = self.succeeds(*self.arguments(*more, ward=ward)).stderr
        return {w["code"]: w for w in hot.table(self.path("out/tables/ward.csv"))}

    def table(self, name):
        return hot.table(self.path(f"out/tables/{name}.csv"))

    def refuses(self, words, *more, ward="", code=1):
        self.fails(code, words, *self.arguments(*more, ward=ward))


class Rates(Made):
    def test_of_residents(self):
        ward = self.result("--population", f"ward={self.people}")
        for code, n, people in (("A", 4, 1000), ("B", 2, 500), ("C", 0, 2000), ("D", 3, 1500)):
            low, high = byar(n, 1000 / people)
            self.assertAlmostEqual(float(ward[code]["rate_per_1000"]), 1000 * n / people, 12)
            self.assertAlmostEqual(float(ward[code]["rate_low"]), low, 9)
            self.assertAlmostEqual(float(ward[code]["rate_high"]), high, 9)
        for code in "EF":
            self.assertEqual({ward[code][c] for c in ("rate_per_1000", "rate_low", "rate_high")},
                             {""})
        self.assertEqual([float(ward[c]["per_km2"]) for c in "ABCDEF"], [4, 2, 0, 3, 1, 2])
        # Three rates are too few to judge by; one incident where nobody lives needs no judging.
        self.assertEqual([ward[c]["denominator_unfit"] for c in "ABCDEF"],
                         ["", "", "", "", "1", ""])

    def test_without_residents(self):
        ward = self.result()
        self.assertEqual({w["rate_per_1000"] + w["denominator_unfit"] for w in ward.values()}, {""})
        self.assertEqual(float(ward["A"]["per_km2"]), 4)
        self.assertFalse(os.path.exists(self.path("out/tables/comparison.csv")))
        self.assertFalse(os.path.exists(self.path("out/tables/parents.csv")))

    def test_other_denominators(self):
        premises = self.write("premises.csv", "code,premises\nA,40\nB,0\nX,3\n")
        streets = self.write("streets.csv", "code,km\nA,2.5\nB,4\n")
        ward = self.result("--population", f"ward={self.people}",
                           "--population", f"ward={premises},people=premises,per=100 premises",
                           "--population", f"ward={streets},people=km,per=km of street",
                           "--population", f"ward={streets},people=km")
        a, b = ward["A"], ward["B"]
        self.assertEqual((float(a["premises"]), float(a["per_premises"])), (40, 10))
        self.assertAlmostEqual(float(a["per_premises_low"]), byar(4, 2.5)[0], 9)
        self.assertEqual((b["premises"], b["per_premises"], ward["C"]["premises"]), ("0", "", ""))
        self.assertEqual((float(a["per_km_of_street"]), float(b["per_km_of_street"])), (1.6, 0.5))
        self.assertEqual(float(a["per_km"]), 1600)  # not said: per 1,000, by its column's name
        self.assertEqual(float(a["rate_per_1000"]), 4)
        known = hot.manifest(self.path("out"))["areas"]["ward"]["denominators"]
        self.assertEqual(known[0], {"column": "premises", "per": "100 premises", "known": 2,
                                    "not_known": 4, "codes_of_no_area": 1})
        self.assertIn("premises is not known of 4 of 6 areas; 1 of its codes are no ward", self.said)
        units = hot.rows(self.path("out/hotbeat.gpkg"),
                         "select description d from gpkg_data_columns where table_name = 'ward' and "
                         "column_name = 'per_premises'")
        self.assertIn("incidents per 100 premises in the period", units[0]["d"])

    def test_denominators_refused(self):
        two = f"ward={self.people},people=people,per=visitors"
        self.refuses(["visitors of ward were given already"], "--population", two, "--population",
                     two, code=2)
        self.refuses(["per=1000 visitors"], "--population", f"ward={self.people}", "--population",
                     f"ward={self.people}", code=2)
        self.refuses(["at most 60"], "--population",
                     f"ward={self.people},people=people,per={'x' * 61}", code=2)
        self.refuses(["no column of people"], "--population", f"ward={self.people},people=x,per=y")
        self.refuses(['no area set "beat"'], "--population", f"beat={self.people}", code=2)
        for wrong in ("-1", "NaN", "some"):
            path = self.write("wrong.csv", f"code,people\nA,{wrong}\n")
            self.refuses(["line 2", "is not a number"], "--population", f"ward={path},per=people")

    def test_near_the_edge(self):
        ward = self.result()
        self.assertEqual([ward[c]["near_edge_share"] for c in "ABCDEF"],
                         ["0.25", "1", "", "0", "0", "0"])
        about = hot.rows(self.path("out/hotbeat.gpkg"),
                         "select description d from gpkg_contents where table_name = 'ward'")
        self.assertIn("25% of the incidents lie within 50 m of a boundary", about[0]["d"])


class Parents(Made):
    def test_levels(self):
        self.result("--population", f"ward={self.people}", ward=",parent=district+csp")
        table = self.table("parents")
        seen = [(r["level"], r["field"], r["parent"], r["areas"], r["incidents"], r["population"])
                for r in table]
        self.assertEqual(seen, [("1", "district", "D1", "3", "6", "3500"),
                                ("1", "district", "D2", "2", "4", "1500"),
                                ("1", "district", "", "1", "2", ""),
                                ("2", "csp", "P", "5", "10", "5000"),
                                ("2", "csp", "", "1", "2", "")])
        for row in table:
            self.assertAlmostEqual(float(row["share"]), int(row["incidents"]) / 12, 12)
            self.assertAlmostEqual(float(row["per_km2"]), int(row["incidents"]) / int(row["areas"]))
        self.assertAlmostEqual(float(table[0]["rate_per_1000"]), 6 / 3.5, 12)
        self.assertAlmostEqual(float(table[0]["rate_low"]), byar(6, 1 / 3.5)[0], 9)
        self.assertEqual(table[2]["rate_per_1000"], "")

    def test_a_field_that_is_not_there(self):
        self.refuses(['no field "region"', "district"], ward=",parent=district+region")


class Comparison(Made):
    def test_ratios(self):
        self.result("--population", f"ward={self.people}", ward=",parent=district,group=csp")
        rows = {(r["against"], r["code"]): r for r in self.table("comparison")}
        self.assertEqual(sorted(rows), [(how, c) for how in ("group", "parent", "study")
                                        for c in "ABCD"])
        a = rows["study", "A"]
        self.assertEqual((a["areas"], float(a["against_rate"]), float(a["expected"]),
                          float(a["ratio"])), ("5", 2, 2, 2))
        self.assertAlmostEqual(float(a["ratio_low"]), byar(4, 0.5)[0], 9)
        self.assertAlmostEqual(float(a["ratio_high"]), byar(4, 0.5)[1], 9)
        self.assertEqual((a["z"], a["class"], a["phi"]), ("", "", ""))  # four areas: not judged
        about, = hot.rows(self.path("out/hotbeat.gpkg"), "select description d from gpkg_contents "
                          "where table_name = 'comparison'")
        self.assertIn("No wards are judged: that takes 5 of them", about["d"])
        self.assertAlmostEqual(float(rows["parent", "A"]["ratio"]), 4 / (6 / 3.5), 12)
        self.assertEqual((rows["parent", "D"]["against_name"], rows["parent", "D"]["areas"]),
                         ("D2", "2"))
        self.assertEqual(float(rows["study", "C"]["ratio"]), 0)
        self.assertEqual(rows["group", "B"]["against_name"], "P")

    def test_without_any_incident_inside(self):
        far = self.write("far.csv", "date,easting,northing,type\n2025-01-02,450000,250500,Noise\n")
        self.incidents = far
        self.result("--population", f"ward={self.people}")
        rows = self.table("comparison")
        self.assertEqual({r["ratio"] + r["z"] + r["class"] for r in rows}, {""})
        self.assertEqual({r["near_edge_share"] for r in self.table("ward")}, {""})

    def test_one_area(self):
        self.wards = self.write("one.geojson", wards({"code": "A", "parent": "P"}))
        ward = self.result("--population", f"ward={self.people}", ward=",parent=parent")
        self.assertEqual(float(ward["A"]["rate_per_1000"]), 4)
        self.assertEqual(self.table("comparison"), [])
        self.assertEqual(self.table("parents")[0]["incidents"], "4")


class Funnel(Made):
    """Ten wards, of which the last is a town centre."""
    COUNT = [12, 40, 7, 90, 33, 25, 18, 61, 5, 900]
    PEOPLE = [2000, 3500, 1800, 4200, 3900, 2500, 2600, 5100, 1500, 3000]

    def setUp(self):
        hot.Scratch.setUp(self)
        lines = ["date,easting,northing,type"]
        for k, n in enumerate(self.COUNT):
            lines += [f"2025-01-02,{400500 + k * SIDE},{250100 + i % 700},Noise" for i in range(n)]
        self.incidents = self.write("i.csv", "\n".join(lines) + "\n")
        self.wards = self.write("w.geojson", wards(*({"code": f"W{k}"} for k in range(10))))
        self.people = self.write("people.csv", "code,people\n" + "".join(
            f"W{k},{p}\n" for k, p in enumerate(self.PEOPLE)))

    def test_widened(self):
        ward = self.result("--population", f"ward={self.people}")
        self.assertEqual([ward[f"W{k}"]["denominator_unfit"] for k in range(10)], ["0"] * 9 + ["1"])
        rate = sum(self.COUNT) / sum(self.PEOPLE)
        phi, tau, z = funnel(self.COUNT[:9], [p * rate for p in self.PEOPLE[:9]])
        rows = self.table("comparison")
        for k, row in enumerate(rows[:9]):
            self.assertAlmostEqual(float(row["phi"]), phi, 9)
            self.assertAlmostEqual(float(row["tau"]), tau, 9)
            self.assertAlmostEqual(float(row["z"]), z[k], 9)
            size = sum(abs(z[k]) > limit for limit in (1.959963984540054, 3.090232306167814))
            self.assertEqual(int(row["class"]), int(math.copysign(size, z[k])))
        self.assertEqual((rows[9]["z"], rows[9]["class"], rows[9]["denominator_unfit"]),
                         ("", "", "1"))
        self.assertAlmostEqual(float(rows[9]["ratio"]), 300 / (1000 * rate), 9)


class Joined(Made):
    TABLE = ("code,IMD decile (2019),Kind,Name,id,share\n"
             "A,1,U,one,007,0.5\nB,[c],U,two,012,\nC,3,R,,1,1\nD,4,R,\"=1+1\",2,2\n"
             "E,\"1,005\",R,five,3,x\nX,9,U,none,4,4\n")

    def test_columns(self):
        table = self.write("imd.csv", self.TABLE)
        ward = self.result("--join", f"ward={table}", "--population", f"ward={self.people}",
                           ward=",group=Kind")
        column = {c: [ward[k][c] for k in "ABCDEF"] for c in
                  ("imd_decile_2019", "kind", "name", "name_2", "id", "share", "share_2",
                   "area_group")}
        self.assertEqual(column["imd_decile_2019"], ["1", "", "3", "4", "1005", ""])
        self.assertEqual(column["kind"], ["U", "U", "R", "R", "R", ""])
        self.assertEqual(column["name"][0], "Ward A")
        self.assertEqual(column["name_2"], ["one", "two", "", "'=1+1", "five", ""])
        self.assertEqual(column["id"], ["007", "012", "1", "2", "3", ""])  # codes stay text
        self.assertEqual(column["share_2"], ["0.5", "", "1", "2", "", ""])  # x: withheld
        self.assertEqual(column["area_group"], column["kind"])
        types = {r["name"]: r["type"] for r in
                 hot.rows(self.path("out/hotbeat.gpkg"), "pragma table_info(ward)")}
        self.assertIn("INT", types["imd_decile_2019"])
        self.assertIn("TEXT", types["id"])
        groups = {r["code"]: r for r in self.table("comparison") if r["against"] == "group"}
        self.assertEqual(sorted(groups), ["A", "B", "C", "D"])
        self.assertAlmostEqual(float(groups["A"]["against_rate"]), 4, 9)  # A and B: 6 of 1,500
        joins = hot.manifest(self.path("out"))["areas"]["ward"]["joins"]
        self.assertEqual(joins, [{"source": "imd.csv", "code_field": "code", "columns": 5,
                                  "areas_without_row": 1, "codes_of_no_area": 1}])
        self.assertIn("imd.csv has no row for 1 of 6 areas; 1 of its codes are no ward", self.said)

    def test_chosen_columns_of_two_files(self):
        table = self.write("imd.csv", self.TABLE)
        other = self.write("o.csv", "WD25CD;Kind;n+m\nA;x;1.5\nB;y;2\n")
        ward = self.result("--join", f"ward={table},columns=Kind+share", "--join",
                           f"ward={other},columns=n+m+Kind")
        self.assertEqual((ward["A"]["kind"], ward["A"]["kind_2"], ward["A"]["n_m"]),
                         ("U", "x", "1.5"))
        self.assertNotIn("imd_decile_2019", ward["A"])

    def test_geodata_by_code(self):
        ward = self.result("--join", f"ward={self.wards},columns=csp")
        self.assertEqual([ward[c]["csp"] for c in "ABCDEF"], ["P"] * 5 + [""])

    def test_refused(self):
        twice = self.write("twice.csv", "code,a\nA,1\nB,2\nA,3\n")
        good = self.write("good.csv", "code,a\nA,1\n")
        other = self.write("other.csv", "code,a\nE01,1\nE02,2\n")
        bytes_ = self.write("latin.csv", b"code,a\nA,Caf\xe9\n")
        uncoded = self.write("uncoded.csv", "a,b\nx,1\nx,2\n")
        for words, source in ((["twice.csv", "A comes twice"], twice),
                              (["other.csv", "none of its codes"], other),
                              (["latin.csv", "line 2"], bytes_),
                              (["uncoded.csv", "code=COLUMN"], uncoded),
                              (['no column "b"', "code, a"], f"{good},columns=a+b"),
                              (['no column "c"'], f"{twice},code=c"),
                              (["none.csv"], self.path("none.csv"))):
            self.refuses(words, "--join", f"ward={source}")
        self.refuses(['no area set "beat"'], "--join", f"beat={twice}", code=2)
        self.refuses(["group=Kind", "neither"], ward=",group=Kind")


class Wiltshire(hot.Scratch):
    def test_a_year(self):
        if not os.path.isdir(hot.DATA):
            self.skipTest("the shared data is not here (HOTBEAT_DATA)")
        from osgeo import ogr
        ogr.UseExceptions()
        boundaries = os.path.join(hot.DATA, "boundaries/wiltshire_force_bng.gpkg")
        months = sorted(glob.glob(os.path.join(hot.DATA, "police_uk/wiltshire/2025-*")))
        out = self.path("out")
        self.succeeds("run", *months, "--areas", f"ward={boundaries}:wards_2025,parent=LAD25CD",
                      "--population", "ward=" + os.path.join(
                          hot.DATA, "population/ward25_population_derived.csv"),
                      "--type", hot.ASB, "--maps", "none", "--grid",
                      os.path.join(hot.DATA, "geodesy/uk_os_OSTN15_NTv2_OSGBtoETRS.tif"),
                      "--out", out)
        wards = hot.table(os.path.join(out, "tables/ward.csv"))
        centres = {w["name"] for w in wards if w["denominator_unfit"] == "1"}
        self.assertEqual(centres, {"Chippenham Hardens & Central", "Salisbury St Edmund's",
                                   "Devizes North", "Trowbridge Central"})
        study = [r for r in hot.table(os.path.join(out, "tables/comparison.csv"))
                 if r["against"] == "study" and r["class"]]
        self.assertEqual(len(study), 114)
        plain = sum(abs(math.sqrt(float(r["ratio"])) - 1) * 2 * math.sqrt(float(r["expected"])) >
                    3.09 for r in study)
        beyond = sum(abs(int(r["class"])) == 2 for r in study)
        self.assertGreater(plain, 35)  # what the funnel would say if it were not widened
        self.assertLess(beyond, 6)
        parents = hot.table(os.path.join(out, "tables/parents.csv"))
        self.assertEqual(sum(int(p["incidents"]) for p in parents),
                         hot.manifest(out)["rows"]["inside"])
        self.edges_as_geos_says(ogr, out, wards)

    def edges_as_geos_says(self, ogr, out, wards):
        file = ogr.Open(os.path.join(out, "hotbeat.gpkg"))
        edge = {f["code"]: f.GetGeometryRef().Boundary() for f in file.GetLayer("ward")}
        near = dict.fromkeys(edge, 0)
        for f in file.GetLayer("incidents"):
            near[f["ward_code"]] += f.GetGeometryRef().Distance(edge[f["ward_code"]]) <= 50
        for w in wards:
            if int(w["incidents"]):
                self.assertAlmostEqual(float(w["near_edge_share"]),
                                       near[w["code"]] / int(w["incidents"]), 12)
        share = sum(near.values()) / sum(int(w["incidents"]) for w in wards)
        self.assertTrue(0.08 < share < 0.14, share)


hot.main()
