"""A PostgreSQL server of the benchmark's own, with PostGIS: in a folder that goes again, on a socket
in that folder, reached by nobody else."""
import os
import pwd
import shutil
import subprocess
import tempfile
import time

import measure

OWNER = "postgres"  # whom Debian's package makes; the server refuses to be root's


class Server:
    def __init__(self, programs):
        self.programs = programs

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="hotbeat-postgis-")
        if os.geteuid() == 0:
            user = pwd.getpwnam(OWNER)
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        try:
            self.own("initdb", "-D", self.data, "-U", OWNER, "--auth=trust", "-E", "UTF8",
                     "--locale=C")
            self.own("pg_ctl", "-D", self.data, "-w", "-l", os.path.join(self.folder, "log"), "-o",
                     f"-k {self.folder} -c listen_addresses='' -c shared_buffers=512MB -c fsync=off",
                     "start")
            self.ask("CREATE EXTENSION postgis")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        subprocess.run([*self.as_owner(), os.path.join(self.programs, "pg_ctl"), "-D", self.data,
                        "-m", "immediate", "stop"], capture_output=True, cwd="/")
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def data(self):
        return os.path.join(self.folder, "data")

    @staticmethod
    def as_owner():
        return ["runuser", "-u", OWNER, "--"] if os.geteuid() == 0 else []

    def own(self, program, *arguments):
        # Not through pipes: the server would keep them open.
        done = subprocess.run([*self.as_owner(), os.path.join(self.programs, program), *arguments],
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, cwd="/")
        if done.returncode:
            raise measure.Failed(f"{program} ended with {done.returncode}")

    def psql(self, *arguments, **more):
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h",
                               self.folder, "-U", OWNER, *arguments],
                              capture_output=True, text=True, **more)
        if done.returncode:
            raise measure.Failed(f"psql: {done.stderr.strip().splitlines()[-1][:300]}")
        return done.stdout

    def ask(self, query):
        return self.psql("-c", query)

    def load(self, table, path):
        with open(path, encoding="ascii") as rows:
            self.psql("-c", f"COPY {table} FROM STDIN", stdin=rows)

    def timed(self, query):
        begun = time.perf_counter()
        said = self.ask(query)
        return measure.Run(time.perf_counter() - begun, float("nan"), float("nan"), said)
