#!/usr/bin/env python3
"""Which months there is data for, by source, and how a gap is said."""
import glob
import os

import hot
from hot import ASB

HEADER = "easting,northing,date,type\n"


def rows(*lines):
    return HEADER + "".join(f"400100,250100,{date},{kind}\n" for date, kind in lines)


class Coverage(hot.Scratch):
    def coverage(self, files):
        return self.run_table([self.write(name, text) for name, text in files.items()])

    def run_table(self, paths):
        areas = self.write("ward.geojson", one_area())
        self.succeeds("run", *paths, "--areas", f"ward={areas}", "--profile", "internal", "--maps",
                      "none", "--type", ASB, "--out", self.path("run"), "--overwrite")
        about = hot.rows(self.path("run/hotbeat.gpkg"), "SELECT description FROM gpkg_contents "
                         "WHERE table_name = 'coverage'")[0][0]
        return hot.table(self.path("run/tables/coverage.csv")), about

    def test_sources_months_and_days(self):
        table, about = self.coverage({
            "2024-01-north.csv": rows(("2024-01-05", ASB), ("2024-01-05", ASB), ("2024-01-20", ASB),
                                      ("2024-01-31", "Burglary")),
            "2024-03-north.csv": rows(("2024-03-02", "Burglary")),
            "south_2024-02.csv": rows(("2024-02", ASB), ("2024-02", ASB)),
            "south_2024-04.csv": rows(("2024-04", "Burglary"))})
        found = [(r["source"], r["month"], r["incidents"], r["rows"], r["covered"],
                  r["days_with_data"], r["days"]) for r in table]
        self.assertEqual(found, [
            ("north", "2024-01", "3", "4", "1", "3", "31"),
            ("north", "2024-02", "", "", "0", "", "29"),
            ("north", "2024-03", "0", "1", "1", "1", "31"),
            ("south", "2024-02", "2", "2", "1", "", "29"),
            ("south", "2024-03", "", "", "0", "", "31"),
            ("south", "2024-04", "0", "1", "1", "", "30")])
        self.assertIn("No month of January to April 2024 is missing.", about)
        self.assertNotIn("has none", about)  # one after the other, they lack nothing

    def test_sources_side_by_side(self):
        """Those that share a month are two, and each may lack what the other has."""
        _, about = self.coverage({
            "2024-01-north.csv": rows(("2024-01-05", ASB)), "2024-02-north.csv": rows(("2024-02-05", ASB)),
            "south_2024-02.csv": rows(("2024-02", ASB)), "south_2024-03.csv": rows(("2024-03", ASB))})
        self.assertIn("No month of January to March 2024 is missing. north has none for March 2024. south has "
                      "none for January 2024.", about)

    def test_a_gap_is_said(self):
        table, about = self.coverage({"log.csv": rows(("2023-12-31", ASB), ("2024-03-01", ASB),
                                                      ("2024-05-09", ASB))})
        self.assertEqual([r["covered"] for r in table], ["1", "0", "0", "1", "0", "1"])
        self.assertEqual({r["source"] for r in table}, {"log"})
        self.assertIn("Of December 2023 to May 2024, 3 months have no data: January to February "
                      "2024 and April 2024.", about)

    def test_one_incident(self):
        table, about = self.coverage({"2024-06.csv": rows(("2024-06-30", ASB))})
        self.assertEqual([(r["source"], r["month"], r["incidents"], r["days_with_data"])
                          for r in table], [("incidents", "2024-06", "1", "1")])
        self.assertIn("No month of June 2024 is missing.", about)

    def test_a_name_may_hold_anything(self):
        table, _ = self.coverage({"=2024-01 'x\".csv": rows(("2024-01-05", ASB))})
        self.assertEqual(table[0]["source"], "'= 'x\"")

    def test_real_gaps(self):
        if not hot.DATA:
            print("skipped: the shared data is not here (HOTBEAT_DATA)")
            return
        paths = sorted(glob.glob(os.path.join(hot.DATA, "police_uk/wiltshire/*")))
        table, about = self.run_table(paths)
        self.assertEqual({r["source"] for r in table}, {"wiltshire-street"})
        self.assertEqual(sum(int(r["incidents"] or 0) for r in table), 13082)
        self.assertIn("8 months have no data: May to December 2024.", about)


def one_area():
    """One square over everything here, and over Wiltshire."""
    return ('{"type":"FeatureCollection","crs":{"type":"name","properties":'
            '{"name":"urn:ogc:def:crs:EPSG::27700"}},"features":[{"type":"Feature","properties":'
            '{"code":"A","name":"Ashford"},"geometry":{"type":"Polygon","coordinates":'
            '[[[370000,100000],[450000,100000],[450000,260000],[370000,260000],[370000,100000]]]}}]}')


if __name__ == "__main__":
    hot.main()
