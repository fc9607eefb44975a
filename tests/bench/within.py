"""within: a million points in 8,330 polygons, beside GEOS prepared geometries and PostGIS."""
import re

import measure
import postgis

TITLE = "Placing points in areas"
OURS = "hotbeat, 2 threads"
JOIN = ("SELECT count(*), count(*) FILTER (WHERE g.n IS DISTINCT FROM nullif(p.n, -1)) FROM points p "
        "LEFT JOIN polygons g ON ST_Intersects(g.shape, p.at)")


def table(bench):
    files = [bench.work("polygons.txt"), bench.work("points.txt")]
    done = measure.run([bench.program("bench_within"), str(bench.rows), *files],
                       env=bench.environment)
    print(f"What bench_within says (peak {done.mib:.0f} MiB, both programs in one process):\n")
    print(f"```\n{done.said.rstrip()}\n```\n")
    if bench.peers.has("postgis", "postgresql-15-postgis-3"):
        beside(bench, files, float(re.search(OURS + r" *\|[^|]*\| *([0-9.]+)", done.said).group(1)))


def beside(bench, files, ours):
    """The join alone, on tables that are loaded, indexed and in memory."""
    with postgis.Server(bench.peers.postgres) as server:
        server.ask("CREATE TABLE polygons (n int, shape geometry); "
                   "CREATE TABLE points (x float8, y float8, n int, at geometry)")
        server.load("polygons (n, shape)", files[0])
        server.load("points (x, y, n)", files[1])
        server.ask("UPDATE points SET at = ST_MakePoint(x, y); "
                   "CREATE INDEX ON polygons USING gist (shape)")
        server.ask("VACUUM ANALYZE")
        taken = measure.in_turn([("PostGIS join", lambda: server.timed(JOIN))], bench.times)
    peer = taken["PostGIS join"]
    if peer.failure:
        print(f"PostGIS failed: {peer.failure}\n")
        return
    met, differ = peer.runs[-1].said.split("|")
    measure.table(["", "median, s", "times hotbeat", ""],
                  [["PostGIS join, GiST index", measure.figures(peer.seconds),
                    measure.ratio(peer.seconds, ours), f"{met} answers, {differ.strip()} differ"]])
