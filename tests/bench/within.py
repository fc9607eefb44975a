"""within: a million points in 8,330 polygons, beside GEOS prepared geometries."""
import measure

TITLE = "Placing points in areas"


def table(bench):
    done = measure.run([bench.program("bench_within"), str(bench.rows)], env=bench.environment)
    print(f"What bench_within says (peak {done.mib:.0f} MiB, both programs in one process):\n")
    print(f"```\n{done.said.rstrip()}\n```\n")
