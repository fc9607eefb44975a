#!/usr/bin/env python3
"""Every usual input is read, or refused by name with a reason, and every row is accounted for."""
import gzip
import io
import json
import os
import struct
import subprocess
import sys
import threading
import time
import zipfile

import hot

HEADER = "date,easting,northing,type\n"
ROWS = ["2025-01-02,400100,250100,Noise\n", "2025-01-03,400200,250300,Litter\n",
        "2025-02-04,400300,250200,Noise\n"]
CSV = HEADER + "".join(ROWS)
POLICE = ("Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
          "Crime type,Last outcome category,Context\n")
STREET = POLICE + ",2025-01,W,W,-1.99,52.15,On or near High Street,E,S,Anti-social behaviour,,\n"


class Inputs(hot.Scratch):
    def check(self, *arguments, **more):
        done = self.succeeds("check", "--json", *arguments, **more)
        read = json.loads(done.stdout)
        rows = read["rows"]
        self.assertEqual(rows["read"], rows["accepted"] + rows["rejected"] + rows["duplicate"])
        self.assertEqual(rows["rejected"], sum(read["rejects"].values()))
        self.assertEqual(rows["read"], sum(i["rows"] for i in read["inputs"]))
        return read

    def reads(self, content, rows=3, *more, name="in.csv"):
        """All rows of the content are accepted, whatever its dress."""
        read = self.check(self.write(name, content), *more)
        self.assertEqual(read["rows"]["accepted"], rows, read)
        self.assertEqual(read["rows"]["rejected"], 0, read)
        return read

    def rejects(self, content, reasons, *more, name="in.csv"):
        read = self.check(self.write(name, content), *more)
        self.assertEqual({k: v for k, v in read["rejects"].items() if v}, reasons)
        return read

    def refused(self, words, content, *more, name="in.csv"):
        self.fails(1, [name.split("\n")[0], *words], "check", self.write(name, content), *more)

    # ---- dress ----

    def test_line_ends_separators_quotes_encodings(self):
        self.reads(CSV)
        self.reads(CSV.replace("\n", "\r").encode())
        self.reads(CSV.replace("\n", "\r\n").encode())
        self.reads("\ufeff" + CSV)
        for separator in ";\t|":
            self.reads(CSV.replace(",", separator))
        quoted = "".join(",".join(f'"{f}"' for f in line.split(",")) + "\n"
                         for line in CSV.splitlines())
        self.reads(quoted)
        self.reads(CSV.rstrip("\n"))
        self.reads(gzip.compress(CSV.encode()), name="in.csv.gz")

    def test_utf16_with_a_mark(self):
        text = CSV.replace("Noise", "Lärm \U0001f4e2")
        for codec, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
            read = self.reads(mark + text.encode(codec))
            types = {t["type"]: t["located"] for t in read["judgement"]["types"]}
            self.assertEqual(types, {"Lärm \U0001f4e2": 2, "Litter": 1})
            # Many rows: the pieces that are decoded end anywhere.
            self.reads(mark + (HEADER + ROWS[0].replace("Noise", "É\U0001f4e2") * 20001)
                       .encode(codec), 20001)
        # A surrogate alone spoils its own row, whose line number is right.
        broken = b"\xff\xfe" + (HEADER + ROWS[0]).encode("utf-16-le") + \
            "2025-01-03,400200,250300,x".encode("utf-16-le") + b"\x00\xd8" + \
            ("\n" + ROWS[2]).encode("utf-16-le")
        path = self.write("broken.csv", broken)
        self.assertEqual(self.check(path)["rejects"]["bad_utf8"], 1)
        self.assertIn("broken.csv, line 3", self.succeeds("check", path).stdout)
        # Cut in the middle of a letter.
        self.rejects(b"\xff\xfe" + CSV.rstrip("\n").encode("utf-16-le") + b"x", {"bad_utf8": 1})
        # A zero in UTF-16 is a zero byte.
        self.rejects(b"\xff\xfe" + CSV.replace("Litter", "a\0b").encode("utf-16-le"), {"nul": 1})

    def test_columns_in_any_order_case_and_spelling(self):
        for header in ("Northing,TYPE,Easting,Date", "NORTHING,type,EASTING,DATE",
                       "northing , Incident Type, easting,date_occurred",
                       "Northings,Crime type,Eastings,Incident-Date",
                       "location_northing_osgr,category,location_easting_osgr,month"):
            self.reads(header + "\n250100,Noise,400100,2025-01-02\n", 1)
        for x, y in (("Longitude", "Latitude"), ("LON", "LAT"), ("lng", "lat"), ("Long", "Lat")):
            self.reads(f"{y},{x},date\n52.15,-2.0,2025-01-02\n", 1)

    # ---- dates ----

    def test_date_formats(self):
        rows = "date,easting,northing\n01/31/2025,400100,250100\n02/01/2025,400100,250100\n"
        self.rejects(rows, {"bad_date": 1})
        read = self.reads(rows, 2, "--date-format", "MDY")
        self.assertEqual(read["coverage"]["months"], ["2025-01", "2025-02"])
        pattern = "date,easting,northing\n31-Jan-25 10:15 PM,400100,250100\n"
        self.rejects(pattern + "2025-01-31,400100,250100\n", {"bad_date": 1}, "--date-format",
                     "%d-%b-%y %I:%M %p")
        self.rejects(CSV.replace("2025-01-02", "02/01/2025"), {"bad_date": 1}, "--date-format",
                     "YMD")
        path = self.write("in.csv", CSV)
        for format_ in ("dmy", "%d/%m", "%Q"):
            self.fails(2, ["--date-format", "DMY, MDY, YMD"], "check", path, "--date-format",
                       format_)

    def test_parts_spans_and_zones(self):
        self.reads("YEAR,MONTH,DAY,HOUR,MINUTE,easting,northing\n"
                   "2025,1,31,23,15,400100,250100\n2025,2,1,,,400100,250100\n", 2)
        self.rejects("YEAR,MONTH,DAY,easting,northing\n2025,2,30,400100,250100\n"
                     "2025,2,28,400100,250100\n", {"bad_date": 1})
        read = self.reads("date_from,date_to,easting,northing\n"
                          "2025-06-30T23:30:00Z,2025-07-01T01:00:00Z,400100,250100\n", 1)
        self.assertEqual(read["coverage"]["months"], ["2025-07"])  # 00:30 on London's clock
        read = self.reads("date_from,easting,northing\n2025-06-30T23:30:00Z,400100,250100\n", 1,
                          "--zone", "UTC")
        self.assertEqual(read["coverage"]["months"], ["2025-06"])
        read = self.reads("date_from,easting,northing\n2025-12-31T23:30:00Z,400100,250100\n", 1)
        self.assertEqual(read["coverage"]["months"], ["2025-12"])

    # ---- places ----

    def test_grid_references(self):
        rows = "date,Grid Ref,UPRN\n2025-01-02,SU 387 148,100\n2025-01-03,tg5140913177,100\n" \
               "2025-01-03,NT2573,\n"
        read = self.reads(rows)
        self.assertEqual(read["judgement"]["positions_known_to"],
                         {"1m": 1, "10m": 0, "100m": 1, "1km": 1, "worse": 0})
        top = self.reads("date,grid_reference\n2025-01-02,SU387148\n2025-01-02,SU 387 148\n", 2)
        self.assertEqual([(t["x"], t["y"]) for t in top["judgement"]["top"]], [(438750, 114850)])
        self.rejects(rows + "2025-01-03,J 338 740,\n2025-01-03,,\n2025-01-03,SU38714,\n",
                     {"bad_number": 2, "no_coordinates": 1})
        # Named, beside columns of coordinates; and whatever is said of those.
        both = "date,easting,northing,where\n2025-01-02,1,1,SU387148\n"
        self.reads(both, 1, "--gridref", "where")
        self.reads(both, 1, "--gridref", "where", "--input-crs", "EPSG:4326")

    def test_a_run_says_what_it_skipped_and_how_well_places_are_known(self):
        wards = os.path.join(hot.town(), "town.gpkg") + ":wards"
        path = self.archive({"a.csv": "date,gridref,type\n2025-01-02,SP0454,Noise\n"
                                      "2025-01-03,SP 04100 54100,Noise\n", "b.txt": "x"})
        out = self.path("out")
        done = self.succeeds("run", path, "--areas", f"ward={wards}", "--profile", "internal",
                             "--maps", "none", "--out", out)
        self.assertIn("b.txt is no file of incidents and was skipped", done.stderr)
        self.assertEqual(hot.manifest(out)["skipped"], ["b.txt"])
        sql = "select precision_m from incidents order by occurred_from"
        found = hot.rows(os.path.join(out, "hotbeat.gpkg"), sql)
        self.assertEqual([r["precision_m"] for r in found], [1000, 1])
        self.succeeds("run", self.write("p.csv", "date,easting,northing\n2025-01-02,404100,254100\n"),
                      "--areas", f"ward={wards}", "--profile", "internal", "--maps", "none", "--out",
                      out, "--overwrite")
        names = [r["name"] for r in hot.rows(os.path.join(out, "hotbeat.gpkg"),
                                             "pragma table_info(incidents)")]
        self.assertNotIn("precision_m", names)

    def test_places_by_uprn_and_address(self):
        wards = os.path.join(hot.town(), "town.gpkg") + ":wards"
        rows = "date,easting,northing,uprn,address\n" + "".join(
            f"2025-01-0{k + 1},{404000 + k},{254000},{u},{a}\n" for k, (u, a) in enumerate(
                [("0001", ""), ("1", ""), ("", "1 High St."), ("", '"1, HIGH  ST"'), ("", "2 Elm")]))
        out = self.path("out")
        self.succeeds("repeats", self.write("in.csv", rows), "--areas", f"ward={wards}",
                      "--profile", "internal", "--out", out)
        repeats = hot.table(os.path.join(out, "tables/repeats.csv"))
        self.assertEqual([r["incidents"] for r in repeats], ["2", "2"])

    def test_road_collisions(self):
        rows = ("collision_index,collision_reference,location_easting_osgr,location_northing_osgr,"
                "longitude,latitude,date,time\n"
                "2024010486591,010486591,400100,250100,-2,52,01/02/2024,17:00\n"
                "2024010486591,010486591,400100,250100,-2,52,01/02/2024,17:00\n"
                "2024010486592,010486592,-1,-1,-1,-1,02/02/2024,18:00\n"
                "2024010486593,010486593,NULL,NULL,NULL,NULL,02/02/2024,18:00\n")
        read = self.rejects(rows, {"no_coordinates": 2})
        self.assertEqual((read["rows"]["accepted"], read["rows"]["duplicate"]), (2, 0))
        self.assertEqual(read["coverage"]["months"], ["2024-02"])
        self.assertIn("rows that share a collision's reference are all counted",
                      self.succeeds("check", self.path("in.csv")).stdout)
        # In any other file -1, -1 is a place off the grid.
        self.rejects("date,easting,northing\n2025-01-02,-1,-1\n2025-01-02,400100,250100\n",
                     {"out_of_range": 1})

    def test_input_crs_holds_whatever_the_columns_are_called(self):
        degrees = "date,easting,northing\n2025-01-02,-2.0,52.15\n"
        self.rejects(degrees + "2025-01-02,400100,250100\n", {"out_of_range": 1})
        self.reads(degrees, 1, "--input-crs", "EPSG:4326")
        metres = "date,longitude,latitude\n2025-01-02,400100,250100\n"
        self.reads(metres, 1, "--input-crs", "EPSG:27700")
        self.reads("date,x,y\n2025-01-02,-222000,6830000\n", 1, "--input-crs", "EPSG:3857")

    # ---- refused whole ----

    def test_refused_with_what_was_expected(self):
        self.refused(["is empty"], "")
        self.refused(["a header and no row"], HEADER)
        self.refused(["comes twice"], "date,easting,northing,Easting\n2025-01-02,1,2,3\n")
        self.refused(["no header", "CSV"], bytes(range(256)) * 8)
        self.refused(["no coordinates found", "grid reference"], "date,where\n2025-01-02,x\n")

    def test_a_row_in_place_of_the_header(self):
        self.refused(["first line looks like data", "date,easting,northing"], "".join(ROWS))
        self.refused(["first line looks like data"], "359192.3,570510.8,2016-01-01\n" * 3)
        done = hot.run("check", self.path("in.csv"))
        self.assertNotIn("359192", done.stderr)
        self.fails(1, ["first line looks like data"], "check", self.path("in.csv"), "--x", "a",
                   "--y", "b")
        # Years as names are a header all the same, where one name is known.
        self.refused(["no coordinates found"], "date,2019,2020\n2025-01-02,1,2\n")

    def test_what_is_no_text(self):
        for words, content in ((["UTF-32", "UTF-8"], CSV.encode("utf-32")),
                               (["UTF-32"], b"\0\0\xfe\xff" + CSV.encode("utf-32-be")),
                               (["UTF-16", "byte order mark"], CSV.encode("utf-16-le")),
                               (["UTF-16", "byte order mark"], CSV.encode("utf-16-be")),
                               (["Excel", ".xls", "save"], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99),
                               (["Parquet"], b"PAR1" + bytes(99)),
                               (["PDF"], b"%PDF-1.4\n" + bytes(99)),
                               (["PNG"], b"\x89PNG\r\n\x1a\n" + bytes(99)),
                               (["JSON", "API"], '[{"category": "anti-social-behaviour"}]'),
                               (["JSON", ".geojson"], ' \n{"type": "FeatureCollection"}'),
                               (["web page", "login"], "<!DOCTYPE html><html></html>"),
                               (["packed twice"], gzip.compress(gzip.compress(CSV.encode())))):
            self.refused(["not CSV", *words], content)
        with open(os.path.join(hot.town(), "town.gpkg"), "rb") as f:
            self.refused(["GeoPackage", "not CSV"], f.read())
        self.refused(["PDF"], gzip.compress(b"%PDF-1.4\n" + bytes(99)), name="in.csv.gz")

    def test_workbooks(self):
        for words, names in ((["Excel", ".xlsx", "save"], ["[Content_Types].xml", "xl/workbook.xml"]),
                             ([".ods", "save"], ["mimetype", "content.xml"])):
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as z:
                for name in names:
                    z.writestr(name, "x")
            self.refused(words, packed.getvalue())

    def test_a_list_from_the_api(self):
        self.refused(["API", "download the CSV"], '[{"category": "burglary"}]', name="in.json")

    # ---- damaged, changing, odd names ----

    def test_line_ends_of_both_kinds_in_one_file(self):
        line = CSV.splitlines()
        for ends in ("\n\r\r\n", "\r\n\n\r", "\n\n\r\r", "\r\r\n\n", "\r\n\r\n"):
            self.reads("".join(l + e for l, e in zip(line, ends)).encode())
        for end in ("\r\r\n", "\n\r"):
            self.reads(CSV.replace("\n", end).encode())
        # Longer than what is held at a time.
        self.reads((HEADER + (ROWS[0] * 200000).replace("\n", "\r")).encode(), 200000)

    def test_blanks_that_are_not_seen_in_names(self):
        self.reads("\ufeff" + CSV.replace("date", "\ufeff\u00a0Date\u00a0").replace("type", "\u200btype"))

    def test_likely_mistakes_are_named(self):
        self.rejects(CSV.replace("Noise", "Café").encode("cp1252"), {"bad_utf8": 2})
        self.assertIn("CSV UTF-8", self.succeeds("check", self.path("in.csv")).stdout)
        self.rejects("date;easting;northing\n2025-01-02;400.100;250.100\n"
                     "2025-01-02;700;1300\n", {"out_of_range": 1})
        self.assertIn("kilometres", self.succeeds("check", self.path("in.csv")).stdout)
        self.refused(["is empty"], b"")
        self.refused(["UTF-32"], CSV.encode("utf-32-le"))

    def test_an_archive_whose_directory_holds_more_or_less_than_it_says(self):
        path = self.archive({"a.csv": CSV, "b.csv": CSV.replace("Noise", "Drugs")})
        with open(path, "rb") as f:
            whole = f.read()
        end = whole.rindex(b"PK\5\6")
        for at, values in ((8, (1, 1)), (8, (3, 3)), (8, (2, 1)), (4, (1, 0))):
            spoilt = bytearray(whole)
            struct.pack_into("<HH", spoilt, end + at, *values)
            self.refused(["cut or damaged"], bytes(spoilt), name="in.zip")

    def test_a_cut_or_damaged_gzip(self):
        packed = gzip.compress((HEADER + "".join(ROWS) * 5000).encode())
        for cut in (1, 3, 11, len(packed) // 2, len(packed) - 1):
            done = hot.run("check", self.write("in.csv.gz", packed[:cut]))
            self.assertEqual(done.returncode, 1, cut)
            self.assertIn("in.csv.gz: ", done.stderr)
        spoilt = bytearray(packed)
        spoilt[len(packed) // 2] ^= 0x55
        self.refused(["gzip data"], bytes(spoilt), name="in.csv.gz")

    def test_a_file_that_changes_while_it_is_read(self):
        path = self.write("in.csv", HEADER + "".join(ROWS) * 200000)
        done = threading.Event()

        def touch():
            while not done.is_set():
                os.utime(path)
                time.sleep(0.001)

        writer = threading.Thread(target=touch)
        writer.start()
        try:
            self.fails(1, ["in.csv", "changed while it was read"], "check", path)
        finally:
            done.set()
            writer.join()

    def test_pipes_folders_and_names(self):
        self.fails(1, ["not a file of data"], "check", self.folder.name)
        os.mkfifo(self.path("pipe.csv"))
        self.fails(1, ["not a file of data"], "check", self.path("pipe.csv"))
        self.fails(1, ["not a file of data"], "check", "/dev/null")
        for name in ("with spaces.csv", "-leading.csv", "new\nline.csv", "quote\"'.csv", "é.csv",
                     "tab\t.csv", "x:y.csv", "esc\x1b[31m.csv"):
            self.reads(CSV, name=name)
            said = self.succeeds("check", self.path(name)).stdout
            self.assertNotIn("\x1b", said)
            self.assertNotIn("new\nline", said)
        invalid = os.fsencode(self.folder.name) + b"/\xff\xfe.csv"
        with open(invalid, "w") as f:
            f.write(CSV)
        done = subprocess.run([hot.HOTBEAT, "check", "--json", invalid], capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["inputs"][0]["name"], "??.csv")
        # After two dashes alone, or with its folder, a name may begin with one.
        self.assertEqual(hot.run("check", "--json", "--", "-leading.csv",
                                 cwd=self.folder.name).returncode, 0)

    # ---- archives ----

    def archive(self, members, name="in.zip", **more):
        path = self.path(name)
        with zipfile.ZipFile(path, "w", **more) as z:
            for member, content in members.items():
                z.writestr(member, content)
        return path

    def test_every_street_file_of_an_archive(self):
        second = STREET.replace("2025-01", "2025-02")
        members = {"2025-01/2025-01-wiltshire-street.csv": STREET,
                   "2025-02/2025-02-wiltshire-street.csv": second,
                   "2025-01/2025-01-wiltshire-outcomes.csv": "Crime ID\n1\n",
                   "2025-01/2025-01-wiltshire-stop-and-search.csv": "Type\n1\n",
                   "2025-03/": "", "readme.txt": "hello", "__MACOSX/._2025.csv": "x"}
        for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            path = self.archive(members, compression=packing)
            read = self.check(path)
            self.assertEqual(sorted(i["name"] for i in read["inputs"]),
                             ["2025-01-wiltshire-street.csv", "2025-02-wiltshire-street.csv"])
            self.assertEqual(read["rows"]["accepted"], 2)
            self.assertTrue(read["snapped"])
            self.assertEqual(read["judgement"]["skipped"],
                             ["._2025.csv", "2025-01-wiltshire-outcomes.csv",
                              "2025-01-wiltshire-stop-and-search.csv", "2025-03/", "readme.txt"])
        said = self.succeeds("check", path).stderr
        self.assertIn("2025-01-wiltshire-outcomes.csv is no file of incidents", said)
        # The same as the files themselves, by name and by hash; given both ways, read once.
        loose = [self.write("2025-01-wiltshire-street.csv", STREET),
                 self.write("2025-02-wiltshire-street.csv", second)]
        self.assertEqual(self.check(*loose)["inputs"], read["inputs"])
        self.assertEqual(self.check(path, *loose)["inputs"], read["inputs"])
        # One file in an archive, by any name.
        self.assertEqual(self.check(self.archive({"a.CSV": CSV}, "odd"))["rows"]["accepted"], 3)

    def test_names_in_an_archive_are_no_paths(self):
        path = self.archive({"../../../etc/x.csv": CSV, "/etc/y.csv": CSV.replace("Noise", "N")})
        read = self.check(path)
        self.assertEqual(sorted(i["name"] for i in read["inputs"]), ["x.csv", "y.csv"])

    def test_archives_that_are_refused(self):
        self.fails(1, ["in.zip", "no CSV", "readme.txt"], "check",
                   self.archive({"readme.txt": "hello"}))
        self.fails(1, ["in.zip", "no CSV"], "check", self.archive({}))
        with open(self.archive({"a.csv": CSV * 500}, compression=zipfile.ZIP_DEFLATED), "rb") as f:
            whole = f.read()
        for cut in (10, len(whole) // 2, len(whole) - 23, len(whole) - 1):
            self.refused(["cut or damaged"], whole[:cut], name="cut.zip")
        spoilt = bytearray(whole)
        spoilt[60] ^= 0x20
        self.refused(["cut or damaged"], bytes(spoilt), name="spoilt.zip")
        with open(self.archive({"a.csv": CSV}, compression=zipfile.ZIP_BZIP2), "rb") as f:
            self.refused(["a.csv", "packed in a way (12)"], f.read(), name="bzip2.zip")
        locked = bytearray(whole)
        at = whole.rindex(b"PK\1\2")
        locked[at + 8] |= 1
        self.refused(["a.csv", "password"], bytes(locked), name="locked.zip")
        large = bytearray(whole)
        large[at + 24:at + 28] = b"\xff" * 4
        self.refused(["zip64"], bytes(large), name="large.zip")
        # It says less than it holds.
        small = bytearray(whole)
        small[at + 24:at + 28] = struct.pack("<I", 100)
        self.refused(["does not hold what it says"], bytes(small), name="small.zip")
        # Two members that share their bytes: how a small file claims to be a huge one.
        end = whole.rindex(b"PK\5\6")
        twice = whole[:end] + whole[at:end] + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 2, 2,
                                                          2 * (end - at), at, 0)
        self.refused(["cut or damaged"], twice, name="twice.zip")

    def test_a_bomb_is_read_in_small_pieces(self):
        path = self.archive({"a.csv": HEADER + ROWS[0] + "\0" * (160 << 20)},
                            compression=zipfile.ZIP_DEFLATED)
        self.assertLess(os.path.getsize(path), 1 << 20)
        code = ("import resource,subprocess,sys; r=subprocess.run(sys.argv[1:],stdout=-3).returncode;"
                "print(r, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")

        def memory(of):
            done = subprocess.run([sys.executable, "-c", code, hot.HOTBEAT, "check", of],
                                  capture_output=True, text=True)
            status, kilobytes = map(int, done.stdout.split())
            self.assertEqual(status, 0, done.stderr)
            return kilobytes

        baseline, kilobytes = memory(self.write("in.csv", CSV)), memory(path)
        self.assertLess(kilobytes, baseline + (48 << 10))  # one buffer, and what it is hashed by

    def test_every_byte_of_an_archive_may_be_wrong(self):
        with open(self.archive({"a.csv": CSV, "b.csv": CSV + ROWS[0]},
                               compression=zipfile.ZIP_DEFLATED), "rb") as f:
            whole = f.read()
        for at in range(0, len(whole), 11):
            spoilt = bytearray(whole)
            spoilt[at] ^= 0xff
            done = hot.run("check", "--json", self.write("x.zip", bytes(spoilt)))
            self.assertIn(done.returncode, (0, 1))
            if done.returncode == 0:  # a byte that says nothing of the content, such as a time
                self.assertIn(json.loads(done.stdout)["rows"]["read"], (3, 4, 7))

    def test_other_police_files_beside_the_incidents(self):
        street = self.write("2025-01-w-street.csv", STREET)
        other = self.write("2025-01-w-outcomes.csv", "Crime ID\n1\n")
        search = self.write("2025-01-w-stop-and-search.csv.gz", gzip.compress(b"Type\n1\n"))
        read = self.check(street, other, search)
        self.assertEqual(len(read["inputs"]), 1)
        self.assertEqual(read["judgement"]["skipped"],
                         ["2025-01-w-outcomes.csv", "2025-01-w-stop-and-search.csv.gz"])
        self.fails(1, ["outcomes", "-street.csv"], "check", other, search)

    # ---- geodata ----

    def geojson(self, features, name="in.geojson", crs=None):
        collection = {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": p, "geometry": g} for p, g in features]}
        if crs:
            collection["crs"] = {"type": "name", "properties": {"name": crs}}
        return self.write(name, json.dumps(collection))

    def test_points_of_geojson(self):
        def point(x, y):
            return {"type": "Point", "coordinates": [x, y]}
        good = {"date": "2025-01-02", "type": "Noise", "longitude": 0, "latitude": 0}
        path = self.geojson([(good, point(-2, 52.15)), (good, None), (good, point(0, 0)),
                             ({"date": "soon"}, point(-2, 52)),
                             (good, {"type": "LineString", "coordinates": [[-2, 52], [-2, 53]]}),
                             (good, point(52.15, -2))])
        read = self.check(path)
        self.assertEqual({k: v for k, v in read["rejects"].items() if v},
                         {"no_coordinates": 1, "zero_island": 1, "bad_date": 1, "bad_number": 1,
                          "swapped_axes": 1})
        self.assertRegex(self.succeeds("check", path).stdout,
                         r"no_coordinates +1  .*\n +such as in\.geojson, line 2\n")
        # A system of its own: the same place, whatever is said of other files.
        metres = self.geojson([(good, point(400100, 250100))], "m.geojson",
                              "urn:ogc:def:crs:EPSG::27700")
        csv = self.write("same.csv", "date,easting,northing,type\n2025-01-02,400100,250100,Noise\n")
        read = self.check(metres, csv)
        self.assertEqual(read["judgement"]["top"][0]["rows"], 2)
        read = self.check(metres, self.write("l.csv", "date,a,b\n2025-01-02,-2,52.15\n"), "--x",
                          "a", "--y", "b", "--input-crs", "EPSG:4326")
        self.assertEqual(read["rows"]["accepted"], 2)

    def test_geodata_that_is_refused(self):
        self.fails(1, ["not points"], "check", os.path.join(hot.town(), "town.gpkg") + ":wards")
        self.fails(1, ["several layers"], "check", os.path.join(hot.town(), "town.gpkg"))
        self.fails(1, ["no feature"], "check", self.geojson([]))
        self.fails(1, ["in.gpkg"], "check", self.write("in.gpkg", CSV))

    def test_points_of_every_format_are_the_same_rows(self):
        from osgeo import gdal, ogr, osr
        gdal.UseExceptions()
        srs = osr.SpatialReference()
        srs.ImportFromEPSG(27700)
        counts = {}
        for driver, name in (("GPKG", "in.gpkg"), ("ESRI Shapefile", "in.shp")):
            data = ogr.GetDriverByName(driver).CreateDataSource(self.path(name))
            layer = data.CreateLayer("in", srs, ogr.wkbPoint)
            layer.CreateField(ogr.FieldDefn("date", ogr.OFTString))
            layer.CreateField(ogr.FieldDefn("type", ogr.OFTString))
            for row in ROWS:
                date, x, y, kind = row.strip().split(",")
                feature = ogr.Feature(layer.GetLayerDefn())
                feature["date"], feature["type"] = date, kind
                feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({x} {y})"))
                layer.CreateFeature(feature)
            data = layer = None
            read = self.check(self.path(name))
            counts[name] = (read["rows"]["accepted"], read["coverage"]["months"],
                            [t["type"] for t in read["judgement"]["types"]])
            self.assertEqual(len(read["inputs"]), 1)
        self.assertEqual(counts["in.gpkg"], (3, ["2025-01", "2025-02"], ["Noise", "Litter"]))
        self.assertEqual(counts["in.gpkg"], counts["in.shp"])
        before = self.check(self.path("in.shp"))["inputs"][0]["sha256"]
        with open(self.path("in.dbf"), "r+b") as f:
            f.seek(-5, os.SEEK_END)
            f.write(b"x")
        self.assertNotEqual(self.check(self.path("in.shp"))["inputs"][0]["sha256"], before)
        # Zipped, as it is mostly passed round.
        with zipfile.ZipFile(self.path("shp.zip"), "w") as z:
            for ending in ("shp", "shx", "dbf", "prj"):
                z.write(self.path("in." + ending), "in." + ending)
        self.assertEqual(self.check(self.path("shp.zip"))["rows"]["accepted"], 3)
        # Without its .prj it must be said.
        os.remove(self.path("in.prj"))
        self.fails(1, ["--input-crs"], "check", self.path("in.shp"))
        self.check(self.path("in.shp"), "--input-crs", "EPSG:27700")

    # ---- limits ----

    def test_columns(self):
        for columns, fits in ((4095, True), (4096, True), (4097, False)):
            more = columns - 4
            header = HEADER.strip() + "," + ",".join(f"c{k}" for k in range(more))
            content = header + "\n" + ROWS[0].strip() + "," * more + "\n"
            if fits:
                self.reads(content, 1)
            else:
                self.refused(["no header", "4096"], content)

    def test_the_length_of_a_record(self):
        for extra, fits in ((-1, True), (0, True), (1, False)):
            row = ROWS[0].strip()
            long = row + "x" * ((1 << 20) + extra - len(row) - 1) + "\n"
            self.assertEqual(len(long), (1 << 20) + extra)
            self.rejects(HEADER + long + ROWS[1], {} if fits else {"field_count": 1})

    def test_files(self):
        members = {f"{k}.csv": "x" for k in range(40000)}
        archive = self.archive(members)
        self.fails(2, ["65535 incident files"], "check", archive, archive)


class Real(hot.Scratch):
    """Published files, as they come."""

    def data(self, name):
        path = os.path.join(hot.DATA, name)
        if not hot.DATA or not os.path.exists(path):
            self.skipTest("the shared data is not here")
        return path

    check = Inputs.check

    def test_collisions_of_greater_manchester(self):
        read = self.check(self.data("stats19/greater_manchester/"
                                    "STATS19_road_casualties_2019-Jun2024.csv"))
        self.assertEqual((read["rows"]["read"], read["rows"]["accepted"], read["rows"]["duplicate"]),
                         (20435, 20435, 0))

    def test_a_shapefile_of_west_yorkshire(self):
        read = self.check(self.data("stats19/west_yorkshire_bicycle/bikeWY.shp"))
        self.assertEqual((read["rows"]["read"], read["rows"]["accepted"]), (4101, 4101))
        self.assertEqual(read["coverage"]["months"][0], "2005-01")

    def test_a_file_without_a_header(self):
        self.fails(1, ["first line looks like data"], "check",
                   self.data("timed_incidents/chicago_near_repeat/chicago_arson.csv"))

    def test_an_answer_of_the_api(self):
        self.fails(1, ["API"], "check",
                   self.data("police_uk/samples/api_gloucestershire_AA3_crimes_2021-05.json"))

    def kml(self, name, *placemarks):
        return self.write(name, '<?xml version="1.0" encoding="UTF-8"?>\n'
                          '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>'
                          + "".join(f"<Placemark>{p}</Placemark>" for p in placemarks)
                          + "</Folder></Document></kml>\n")

    def test_points_of_kml(self):
        point = ("<name>2025-01-0{}</name><description>Noise</description>"
                 "<Point><coordinates>-2.0{},52.15</coordinates></Point>")
        path = self.kml("a.kml", point.format(1, 1), point.format(2, 2))
        done = self.succeeds("check", path, "--date", "Name", "--category", "Description", "--json")
        self.assertEqual(json.loads(done.stdout)["rows"]["accepted"], 2)
        path = self.kml("b.kml", point.format(1, 1), "<name>2025-01-02</name>")
        self.fails(1, ["2 placemarks", "1 can be read"], "check", path, "--date", "Name")
        path = self.write("c.kml", '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="'
                          'http://www.opengis.net/kml/2.2"><Document><Folder><Placemark>' +
                          point.format(1, 1) + "</Placemark></Folder><NetworkLink><Link><href>"
                          "https://example.org/x.kml</href></Link></NetworkLink></Document></kml>")
        self.fails(1, ["NetworkLink", "give the files"], "check", path, "--date", "Name")

    def test_what_is_one_point_and_what_is_not(self):
        """Several points are no place: which of them would it be? Nothing at all is another matter."""
        here, there = [-2.0, 52.15], [-2.1, 52.2]
        one = {"type": "Point", "coordinates": here}
        shapes = {"one": ({"type": "MultiPoint", "coordinates": [here]}, None),
                  "collected": ({"type": "GeometryCollection", "geometries": [one]}, None),
                  "two": ({"type": "MultiPoint", "coordinates": [here, there]}, "bad_number"),
                  "both": ({"type": "GeometryCollection", "geometries": [one, one]}, "bad_number"),
                  "short": ({"type": "LineString", "coordinates": [here]}, "bad_number"),
                  "none": ({"type": "MultiPoint", "coordinates": []}, "no_coordinates"),
                  "null": (None, "no_coordinates")}
        for name, (geometry, reason) in shapes.items():
            path = self.write(name + ".geojson", json.dumps({
                "type": "FeatureCollection", "features": [
                    {"type": "Feature", "properties": {"date": "2025-01-01", "type": "Noise"},
                     "geometry": g} for g in (one, geometry)]}))
            read = json.loads(self.succeeds("check", path, "--json").stdout)
            self.assertEqual({k: v for k, v in read["rejects"].items() if v},
                             {reason: 1} if reason else {}, name)
            self.assertEqual(read["rows"]["accepted"], 1 if reason else 2, name)
        path = self.write("only.geojson", json.dumps({
            "type": "FeatureCollection", "features": [
                {"type": "Feature", "properties": {"date": "2025-01-01"},
                 "geometry": shapes["two"][0]}]}))
        self.fails(1, ["only.geojson", "several points in one", "one point"], "check", path)


if __name__ == "__main__":
    hot.main()
