"""hotspots: choosing them for a force and for a nation, and what chance alone makes of them."""
import measure

TITLE = "Hotspots"


def table(bench):
    asked = ["force", "nation", "noise"] if bench.full else ["force"]
    print(measure.run([bench.program("bench_hotspots"), *asked], env=bench.environment).said)
