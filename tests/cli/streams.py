#!/usr/bin/env python3
"""What cannot be said is a failure that says so, and a signal is heard from the first moment."""
import os
import shutil
import subprocess

import hot

FULL, CLOSED = "1>/dev/full", "1>&-"


class Stdout(hot.Scratch):
    def said_into(self, redirection, *arguments):
        return subprocess.run(["sh", "-c", f'exec "$@" {redirection}', "sh", hot.HOTBEAT,
                               *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True)

    def fails_to_say(self, *arguments):
        for redirection in (FULL, CLOSED):
            with self.subTest(arguments=arguments, stdout=redirection):
                done = self.said_into(redirection, *arguments)
                self.assertEqual(done.stderr, "hotbeat: the answer cannot be written to stdout.\n")
                self.assertEqual(done.returncode, 1)

    def test_what_the_program_says_of_itself(self):
        for asked in (["--help"], ["help"], ["--version"], ["--list-options"],
                      ["--list-options", "run"], ["doctor"]):
            self.succeeds(*asked)
            self.fails_to_say(*asked)
        for command in hot.COMMANDS:
            self.fails_to_say(command, "--help")

    def test_every_command_is_here(self):
        listed = self.succeeds("--list-options").stdout.split()
        self.assertEqual(sorted(listed), sorted(hot.COMMANDS))

    def test_check(self):
        """An answer of one line, one that fills several buffers, and one with a gate."""
        log = self.write("log.csv", "date,type,easting,northing\n2025-01-03,Noise,400100,250100\n"
                         + "".join(f"2025-02-30,Noise,400100,{k}\n" for k in range(2000)))
        for more in ([], ["--json"], ["--max-rejected", "1%"]):
            self.fails_to_say("check", log, "--quiet", *more)
        self.assertEqual(self.said_into("", "check", log, "--max-rejected", "1%").returncode, 3)

    def test_the_manifest(self):
        """The results are whole though the manifest could not be printed."""
        month = hot.months(hot.town(), "2025")[0]
        for redirection in (FULL, CLOSED):
            out = self.path("out" + redirection[-1])
            done = self.said_into(redirection, "kde", month, "--maps", "none", "--quiet", "--json",
                                  "--out", out)
            self.assertEqual(done.stderr, "hotbeat: the answer cannot be written to stdout.\n")
            self.assertEqual(done.returncode, 1)
            self.assertIn("run_id", hot.manifest(out))

    def test_a_usage_error_stays_one(self):
        self.assertEqual(self.said_into(FULL, "run", "--nonsense").returncode, 2)


class Signals(hot.Scratch):
    def signalled(self, name, *arguments, before=()):
        """A signal in the first call that the program makes of its own: umask."""
        log = self.path("log")
        done = subprocess.run([*before, "strace", "-f", "-o", log, "-e", "trace=umask", "-e",
                               f"inject=umask:signal={name}:when=1", hot.HOTBEAT, *arguments],
                              env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True)
        with open(log, encoding="utf-8") as f:
            self.assertIn(f"--- {name}", f.read())
        return done

    def test_a_signal_at_once(self):
        month = hot.months(hot.town(), "2025")[0]
        out = self.path("out")
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            for asked in (["kde", month, "--out", out], ["check", month], ["sample", out],
                          ["map", self.result(), "--out", out]):
                with self.subTest(signal=name, asked=asked[0]):
                    done = self.signalled(name, *asked, "--quiet")
                    self.assertEqual(done.stderr, "hotbeat: Stopped; nothing was changed.\n")
                    self.assertEqual((done.returncode, done.stdout), (130, ""))
                    self.assertEqual(sorted(os.listdir(self.folder.name)), ["log", "result"])

    def result(self):
        out = self.path("result")
        if not os.path.exists(out):
            self.succeeds("kde", hot.months(hot.town(), "2025")[0], "--maps", "none", "--out", out)
        return os.path.join(out, "hotbeat.gpkg")

    def test_one_that_is_ignored(self):
        """nohup: whoever started the program does not want it to stop."""
        done = self.signalled("SIGHUP", "check", hot.months(hot.town(), "2025")[0], before=["nohup"])
        self.assertEqual(done.returncode, 0, done.stderr)


if not shutil.which("strace") or \
        subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode:
    print("skipped: a signal at once: strace cannot be used here")
    del Signals

if __name__ == "__main__":
    hot.main()
