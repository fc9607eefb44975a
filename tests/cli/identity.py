#!/usr/bin/env python3
"""A run's name follows all that decides its result: each input's content and each option.

One table: what was changed, and how many of the folder's files came out otherwise. Two runs have
one name only where their folders are the same, byte for byte."""
import json
import os

import hot

INCIDENTS = """\
id,date,type,easting,northing,address,id2,date2,type2,x2,y2,grid2,key2,case2,weight2,from2,to2
1,2025-01-03T23:30:00Z,Noise,400100,250100,1 High Street,a,03/01/2025,Litter,400110,250110,SO 0020 5030,p,c,2,2025-01-03 10:00,2025-01-03 12:00
2,2025-02-04T12:00:00Z,Noise,400100,250100,1 High Street,b,04/02/2025,Litter,400120,250120,SO 0030 5030,p,c,3,2025-02-04 10:00,2025-02-04 12:00
3,2025-03-05T12:00:00Z,Litter,400700,250500,2 Low Road,c,05/03/2025,Noise,400730,250530,SO 0040 5030,q,d,1,2025-03-05 10:00,2025-03-06 12:00
4,2025-07-06T23:30:00Z,Drugs,400700,250510,3 Low Road,d,06/07/2025,Noise,400740,250540,SO 0050 5030,q,d,1,2025-07-06 10:00,2025-07-07 12:00
5,2025-07-07T12:00:00Z,Noise,not,known,,e,07/07/2025,Noise,400740,250540,SO 0050 5030,q,d,1,2025-07-07 10:00,2025-07-07 12:00
"""


GRID = os.path.join(hot.DATA, "geodesy", "uk_os_OSTN15_NTv2_OSGBtoETRS.tif")


def collection(*features):
    return json.dumps({"type": "FeatureCollection",
                       "crs": {"type": "name",
                               "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
                       "features": [{"type": "Feature", "properties": properties,
                                     "geometry": {"type": kind, "coordinates": at}}
                                    for properties, kind, at in features]})


def square(west, east):
    return [[[west, 250000], [east, 250000], [east, 251000], [west, 251000], [west, 250000]]]


FILES = {
    "log.csv": INCIDENTS,
    "wards.geojson": collection(
        ({"code": "A", "name": "Ash", "csp": "X", "other": "a1", "kind": "town"}, "Polygon", square(400000, 400500)),
        ({"code": "B", "name": "Birch", "csp": "X", "other": "b1", "kind": "town"}, "Polygon", square(400500, 401000))),
    "beats.geojson": collection(({"code": "C", "name": "Cedar"}, "Polygon", square(400000, 400600))),
    "adopted.geojson": collection(({"code": "H", "name": "Low Road", "since": "2024-05"}, "Polygon",
                                   [[[400590, 250400], [400690, 250400], [400690, 250600],
                                     [400590, 250600], [400590, 250400]]])),
    "people.csv": "code,people\nA,1000\nB,2000\n",
    "premises.txt": "1 High Street\n",
    "cedar.csv": "code,people\nC,3000\n",
    "premises.csv": "code,premises\nA,30\nB,40\n",
    "priority.csv": "code,priority\nA,high\nB,low\n",
    "shifts.csv": "name,from,to\nday,06:00,18:00\nnight,18:00,06:00\n",
    "three.csv": "name,from,to\na,06:00,14:00\nb,14:00,22:00\nc,22:00,06:00\n",
    "calendar.csv": "name,from,to\nSpring,2025-02-04,2025-03-05\n",
    "summer.csv": "name,from,to\nSummer,2025-07-01,2025-07-31\n",
    "more.csv": "date,type,easting,northing\n2025-01-04,Noise,400100,250200\n",
    "codes.csv": "opening,closing,kind\nNoise,,nuisance\n,q,void\n",
    "harm.csv": "type,weight\n*,2\n",
    "roads.geojson": collection(({"name": "High Street", "class": "minor"}, "LineString",
                                 [[400000, 250500], [401000, 250500]])),
    "stops.geojson": collection(({"name": "Town Hall", "class": "stop"}, "Point",
                                 [400300, 250300])),
}
BASE = ["log.csv", "--areas", "ward=wards.geojson,parent=csp,group=kind", "--areas", "beat=beats.geojson",
        "--population", "ward=people.csv", "--population",
        "ward=premises.csv,people=premises,per=premises", "--join", "ward=priority.csv",
        "--hotspots", "adopted.geojson,from=since", "--shifts", "shifts.csv", "--calendar", "calendar.csv",
        "--context", "roads=roads.geojson", "--context",
        "stops=stops.geojson", "--profile", "internal", "--maps", "none", "--quiet",
        # Fewer draws differ as many would, and are drawn sooner.
        "--gistar-permutations", "999", "--nearrepeat-permutations", "49", "--hotspots-draws", "4"]

# Every option of `run` that says something of the result, and a way to say it.
OPTIONS = {
    "areas": ["--areas", "csp=beats.geojson"],
    "study": ["--study", "beat"],
    "population": ["--population", "beat=cedar.csv"],
    "join": ["--join", "beat=cedar.csv"],
    "context": ["--context", "water=roads.geojson"],
    "type": ["--type", "Noise"],
    "exclude-type": ["--exclude-type", "Noise"],
    "from": ["--from", "2025-02"],
    "to": ["--to", "2025-03"],
    "input-crs": ["--input-crs", "EPSG:27700"],
    "zone": ["--zone", "America/New_York"],
    "x": ["--x", "x2", "--y", "northing"],
    "y": ["--x", "easting", "--y", "y2"],
    "date": ["--date", "date2"],
    "date-format": ["--date", "date2", "--date-format", "MDY"],
    "gridref": ["--gridref", "grid2"],
    "time-from": ["--time-from", "from2"],
    "time-to": ["--time-to", "to2"],
    "category": ["--category", "type2"],
    "id": ["--id", "id2"],
    "place": ["--place", "key2"],
    "case": ["--case", "case2"],
    "weight": ["--weight", "weight2"],
    "crs": ["--crs", "EPSG:3035"],
    "grid": ["--grid", GRID],
    "require-ostn15": ["--require-ostn15"],
    "cell": ["--cell", "25m"],
    "bandwidth": ["--bandwidth", "150m"],
    "kernel": ["--kernel", "gaussian"],
    "kde-adaptive": ["--kde-adaptive", "yes"],
    "kde-edge": ["--kde-edge", "diggle"],
    "kde-half-life": ["--kde-half-life", "3"],
    "kde-dual": ["--from", "2025-03", "--to", "2025-03", "--compare", "previous", "--kde-dual",
                 "ratio"],
    "maps": ["--maps", "overview"],
    "incidents": ["--incidents", "no"],
    "profile": [],  # only one value is accepted yet, and BASE says it
    "marking": ["--marking", "OFFICIAL"],
    "title": ["--title", "Noise"],
    "source-line": ["--source-line", "Ours"],
    "show-places": ["--show-places"],
    "as-of": ["--as-of", "2025-12-01"],
    "max-rejected": ["--max-rejected", "50%"],
    "repeats-tolerance": ["--repeats-tolerance", "20m"],
    "temporal-aoristic-limit": ["--temporal-aoristic-limit", "24h", "--time-from", "from2",
                                "--time-to", "to2"],
    "shifts": ["--shifts", "three.csv"],
    "calendar": ["--calendar", "summer.csv"],
    "repeats-review": ["--repeats-review", "2/1"],
    "repeats-exclude": ["--repeats-exclude", "premises.txt"],
    "hotspots": ["--hotspots", "beats.geojson"],
    "hotspots-ring": ["--hotspots-ring", "5m"],
    "hotspots-count": ["--hotspots-count", "1"],
    "hotspots-area": ["--hotspots-area", "20%"],
    "hotspots-shape": ["--hotspots-shape", "hexagon"],
    "hotspots-radius": ["--hotspots-radius", "90m"],
    "hotspots-side": ["--hotspots-shape", "hexagon", "--hotspots-side", "90m"],
    "hotspots-reach": ["--hotspots-shape", "segment", "--hotspots-reach", "40m"],
    "hotspots-spacing": ["--hotspots-spacing", "400m"],
    "hotspots-minimum": ["--hotspots-minimum", "2"],
    "hotspots-half-life": ["--hotspots-half-life", "1"],
    "hotspots-per": ["--hotspots-per", "ward:1"],
    "hotspots-draws": ["--hotspots-draws", "3"],
    "hotspots-by": ["--hotspots-by", "day-night"],
    "hotspots-exclude": ["--hotspots-exclude", "premises.txt"],
    "evaluate-hours": ["--evaluate-hours", "15:00-22:00"],
    "freeze": ["--freeze", "summer"],
    "source": ["--source", "council=more.csv"],
    "map-types": ["--map-types", "codes.csv"],
    "kind": ["--map-types", "codes.csv", "--kind", "nuisance"],
    "closing": ["--map-types", "codes.csv", "--closing", "key2"],
    "weights": ["--weights", "harm.csv"],
    "precision": ["--precision", "weight2"],
    "seed": ["--seed", "2"],
    "gistar-cell": ["--gistar-cell", "200m"],
    "gistar-radius": ["--gistar-radius", "300m"],
    "gistar-universe": ["--gistar-universe", "beats.geojson"],
    "gistar-alpha": ["--gistar-alpha", "0.1"],
    "gistar-permutations": ["--gistar-permutations", "99"],
    "gistar-grid": ["--gistar-grid", "yes"],
    "compare": ["--from", "2025-03", "--to", "2025-03", "--compare", "previous"],
    "change-cell": ["--from", "2025-03", "--to", "2025-03", "--compare", "previous", "--change-cell",
                    "500m"],
    "nearrepeat-distances": ["--nearrepeat-distances", "50,150"],
    "nearrepeat-days": ["--nearrepeat-days", "3,6"],
    "nearrepeat-permutations": ["--nearrepeat-permutations", "99"],
    "nearrepeat-metric": ["--nearrepeat-metric", "manhattan"],
    "nearrepeat-anyway": ["--nearrepeat-anyway"],
    "clusters": ["--clusters", "dbscan"],
    "clusters-distance": ["--clusters", "nnh", "--clusters-distance", "50m"],
    "clusters-minimum": ["--clusters", "nnh", "--clusters-minimum", "1"],
}
# Those that say nothing of it.
PASSING = {
    "threads": ["--threads", "3"],
    "out": [],
    "overwrite": ["--overwrite"],
    "config": ["--config", "base/run.json"],
    "json": ["--json"],
    "explain": [],  # writes nothing
    "progress": ["--progress", "json"],
    "quiet": [],
}
# Of each input, everything that is read from it: the file, what is there, what is put in its place.
CONTENTS = {
    "incident's date": ("log.csv", "2025-02-04T12:00", "2025-02-05T12:00"),
    "incident's time": ("log.csv", "2025-02-04T12:00", "2025-02-04T12:01"),
    "incident's type": ("log.csv", ",Drugs,", ",Drink,"),
    "incident's easting": ("log.csv", ",400700,250510", ",400701,250510"),
    "incident's northing": ("log.csv", ",400700,250510", ",400700,250511"),
    "incident's address": ("log.csv", "3 Low Road", "4 Low Road"),
    "incident's identifier": ("log.csv", "\n4,", "\n44,"),
    "reason of a reject": ("log.csv", "not,known", "400000,-"),
    "area's code": ("wards.geojson", '"code": "B"', '"code": "D"'),
    "area's name": ("wards.geojson", "Birch", "Beech"),
    "area's parent": ("wards.geojson", '"csp": "X"', '"csp": "Y"'),
    "area's vertex": ("wards.geojson", "401000, 251000", "401010, 251000"),
    "another set's vertex": ("beats.geojson", "400600, 251000", "400610, 251000"),
    "people": ("people.csv", "2000", "2001"),
    "premises": ("premises.csv", "40", "41"),
    "joined text": ("priority.csv", "low", "none"),
    "joined column": ("priority.csv", "priority", "urgency"),
    "area's group": ("wards.geojson", '"kind": "town"', '"kind": "rural"'),
    "people of no area": ("people.csv", "B,2000", "B,2000\nZ,5"),
    "road's name": ("roads.geojson", "High Street", "Main Street"),
    "road's class": ("roads.geojson", "minor", "major"),
    "road's vertex": ("roads.geojson", "401000, 250500", "401000, 250501"),
    "stop's name": ("stops.geojson", "Town Hall", "Guildhall"),
    "stop's place": ("stops.geojson", "400300", "400301"),
    "hotspot's code": ("adopted.geojson", '"H"', '"J"'),
    "hotspot's name": ("adopted.geojson", "Low Road", "High Road"),
    "hotspot's date": ("adopted.geojson", "2024-05", "2024-06"),
    "hotspot's vertex": ("adopted.geojson", "400690, 250600", "400691, 250600"),
    "shift's name": ("shifts.csv", "day", "days"),
    "shift's end": ("shifts.csv", "night,18:00,06:00", "night,18:00,05:00"),
    "calendar's name": ("calendar.csv", "Spring", "Lent"),
    "calendar's end": ("calendar.csv", "2025-03-05", "2025-03-04"),
}


class Identity(hot.Scratch):
    def setUp(self):
        super().setUp()
        for name, text in FILES.items():
            self.write(name, text)
        self.n, self.names, self.rows = 0, {}, []
        self.base = self.run_with("run", out="base")

    def run_with(self, command, options=(), out=None):
        """The run's name and its folder's bytes."""
        self.n += 1
        out = out or f"out{self.n}"
        done = hot.run(command, *BASE, *options, "--out", out, cwd=self.folder.name)
        self.assertEqual(done.returncode, 0, done.stderr)
        return hot.manifest(self.path(out))["run_id"], hot.tree(self.path(out))

    def is_another(self, what, made):
        name, tree = made
        other = sum(tree.get(n) != self.base[1].get(n) for n in tree.keys() | self.base[1].keys())
        self.rows.append((what, other, name))
        self.assertGreater(other, 0, f"{what}: changes nothing, and so shows nothing")
        self.assertNotIn(name, self.names, f"{what}: the same name as {self.names.get(name)}")
        self.names[name] = what

    def test_each_change_is_another_run(self):
        self.names[self.base[0]] = "the base"
        for option, said in OPTIONS.items():
            if option == "profile" or (option == "grid" and not os.path.exists(GRID)):
                print(f"skipped: --{option}")
                continue
            with self.subTest(option=option):
                self.is_another(f"--{option}", self.run_with("run", said))
        for command in ("kde", "gistar", "repeats", "temporal", "concentration", "hotspots", "nearrepeat", "clusters"):
            with self.subTest(command=command):
                self.is_another(command, self.run_with(command))
        for what, (name, old, new) in CONTENTS.items():
            self.assertIn(old, FILES[name], what)
            self.write(name, FILES[name].replace(old, new, 1))
            with self.subTest(content=what):
                self.is_another(what, self.run_with("run"))
            self.write(name, FILES[name])
        print(f"\n{'changed':32}{'files':>7}  run")
        for row in self.rows:
            print("{:32}{:7}  {}".format(*row))

    def test_what_says_nothing_of_the_result(self):
        for option, said in PASSING.items():
            with self.subTest(option=option):
                self.assertEqual(self.run_with("run", said), self.base)
        lines = INCIDENTS.splitlines(keepends=True)
        self.write("other name.csv", "".join(lines))
        os.rename(self.path("log.csv"), self.path("kept"))
        os.rename(self.path("other name.csv"), self.path("log.csv"))
        self.assertEqual(self.run_with("run")[0], self.base[0])

    def test_every_option_is_in_the_table(self):
        listed = {o.removeprefix("--") for o in
                  self.succeeds("--list-options", "run").stdout.split()}
        self.assertEqual(listed, OPTIONS.keys() | PASSING.keys())

    # ---- whole in the manifest, however long ----

    def manifest_of(self, *options):
        out = self.path("long")
        done = hot.run("run", "log.csv", *options, "--profile", "internal", "--maps", "none",
                       "--quiet", "--overwrite", "--out", out, cwd=self.folder.name)
        self.assertEqual(done.returncode, 0, done.stderr)
        words = hot.rows(out + "/hotbeat.gpkg", "select key, value from run_metadata")
        return hot.manifest(out), {r["key"]: r["value"] for r in words}

    def test_a_long_source_with_slashes(self):
        field = "rate/1000 " + "x" * 3000
        folder = os.path.join(*["d" * 200] * 10)
        os.makedirs(self.path(folder))
        self.write("wards.geojson", FILES["wards.geojson"].replace('"other"', json.dumps(field)))
        os.rename(self.path("wards.geojson"), self.path(folder, "wards.geojson"))
        manifest, _ = self.manifest_of("--areas", f"ward={folder}/wards.geojson,name={field}",
                                       "--population", f"ward=./people.csv,people=people")
        self.assertEqual(manifest["options"]["areas"], [f"ward=wards.geojson,name={field}"])
        self.assertEqual(manifest["options"]["population"], ["ward=people.csv,people=people"])
        self.assertEqual(manifest["areas"]["ward"]["name_field"], field)

    def test_long_lists(self):
        sets = [f"{k:c}" * 40 for k in range(ord("a"), ord("p"))]
        areas = [x for s in sets for x in ("--areas", f"{s}=wards.geojson")]
        types = ["Noise", *[f"Sorte \u00e9{k:04}" * 5 for k in range(300)]]
        manifest, words = self.manifest_of(*areas, *[x for t in types for x in ("--exclude-type", t)])
        self.assertEqual(manifest["options"]["areas"], [f"{s}=wards.geojson" for s in sets])
        self.assertEqual(manifest["options"]["exclude-type"], types)
        self.assertEqual(words["area_sets"].split(), sets)

    def test_long_types(self):
        """Three types that are there are named, and they may be long."""
        long = ["\u00e9" * 3000, "Noise", "z" * 3000]
        self.write("log.csv", INCIDENTS.replace("Litter,400", long[0] + ",400")
                   .replace("Drugs", long[2]))
        _, words = self.manifest_of("--areas", "ward=wards.geojson",
                                    *[x for t in long for x in ("--type", t)])
        self.assertEqual(words["types"], f"Noise, {long[2]} and {long[0]}")
        self.assertEqual(words["title"], words["types"])


if __name__ == "__main__":
    hot.main()
