#!/usr/bin/env python3
"""The main job on real data: one force's year, and another's for rows without coordinates."""
import glob
import os

import hot
from hot import ASB

hot.need_data()
GRID = os.path.join(hot.DATA, "geodesy/uk_os_OSTN15_NTv2_OSGBtoETRS.tif")
BOUNDARIES = os.path.join(hot.DATA, "boundaries/wiltshire_force_bng.gpkg")


def force(name, year):
    return sorted(glob.glob(os.path.join(hot.DATA, "police_uk", name, f"{year}-*")))


class Wiltshire(hot.Scratch):
    def run_force(self, name, areas, *more):
        out = self.path(name)
        self.succeeds("run", *force(name, 2025), *areas, "--type", ASB, "--maps", "none", "--grid",
                      GRID, "--out", out, *more)
        return out

    def test_wiltshire_2025(self):
        out = self.run_force("wiltshire", ["--areas", f"ward={BOUNDARIES}:wards_2025",
                                           "--areas", f"beat={BOUNDARIES}:msoa_2021"])
        rows = hot.manifest(out)["rows"]
        self.assertEqual((rows["read"], rows["rejected"], rows["duplicate"], rows["accepted"],
                          rows["selected"]), (52005, 0, 19, 51986, 9935))
        self.assertEqual(rows["inside"] + rows["outside"], 9935)
        wards = {w["name"]: w for w in hot.table(os.path.join(out, "tables/ward.csv"))}
        # An independent GEOS join gave these; none lies near enough to an edge to fall otherwise.
        for name, n in (("Central", 824), ("Trowbridge Central", 412),
                        ("Salisbury St Edmund's", 407), ("Walcot and Park North", 328),
                        ("Eastcott", 309)):
            self.assertEqual(int(wards[name]["incidents"]), n)
            self.assertEqual(wards[name]["repeat_places"], "")
        self.assertEqual(sum(int(w["incidents"]) for w in wards.values()), rows["inside"])
        repeats = hot.table(os.path.join(out, "tables/repeats.csv"))
        self.assertEqual(int(repeats[0]["incidents"]), 67)
        self.assertTrue(repeats[0]["label"].startswith("map point: On or near "))
        self.assertEqual({r["snapped"] for r in repeats}, {"1"})
        manifest = hot.manifest(out)
        self.assertTrue(manifest["snapped"])
        self.assertEqual(manifest["options"]["bandwidth"], "250m")
        self.assertEqual(manifest["crs"]["grid"], os.path.basename(GRID))
        self.assertEqual(manifest["coverage"]["months"], [f"2025-{m:02}" for m in range(1, 13)])

    def test_leicestershire_2025_without_coordinates(self):
        files = glob.glob(os.path.join(hot.DATA, "boundaries/wards_2025/E*leic*.geojson")) + \
            glob.glob(os.path.join(hot.DATA, "boundaries/wards_2025/*rutland.geojson"))
        city = next(f for f in files if f.endswith("_leicester.geojson"))
        out = self.run_force("leicestershire", ["--areas", f"ward={city}"])
        manifest = hot.manifest(out)
        self.assertEqual(manifest["rows"]["read"], 106149)
        self.assertEqual(manifest["rejects"]["no_coordinates"], 3063)
        self.assertEqual(manifest["rows"]["rejected"], 3063)
        rejects = hot.table(os.path.join(out, "rejects.csv"))
        self.assertEqual(len(rejects), 3063)
        self.assertEqual({r["reason"] for r in rejects}, {"no_coordinates"})
        # No ASB row of this force lacks coordinates; other types do, and are counted when asked for.
        self.assertEqual(manifest["rows"]["selected_unlocated"], 0)
        out = self.run_force("leicestershire", ["--areas", f"ward={city}"], "--type", "Robbery",
                             "--overwrite")
        self.assertGreater(hot.manifest(out)["rows"]["selected_unlocated"], 0)

    def test_an_invalid_polygon_is_repaired_and_listed(self):
        lsoa = os.path.join(hot.DATA, "boundaries/lsoa_2021/E06000054_wiltshire.geojson")
        out = self.run_force("wiltshire", ["--areas", f"ward={BOUNDARIES}:wards_2025",
                                           "--areas", f"lsoa={lsoa}"], "--incidents", "no")
        repairs = hot.manifest(out)["areas"]["lsoa"]["repairs"]
        self.assertEqual([r["code"] for r in repairs], ["E01031952"])
        self.assertIn("elf-intersection", repairs[0]["reason"])
        self.assertAlmostEqual(repairs[0]["area_after_m2"] / repairs[0]["area_before_m2"], 1, 3)


if __name__ == "__main__":
    hot.main()
