"""gistar: Gi* of a grid by hotbeat's kernel and by spdep, on the same values; how often it finds what
is not there, and what is."""
import os
import re

import measure

TITLE = "Gi*"
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SIDE = 60  # spdep's permutations of larger grids take minutes


def table(bench):
    program, values = bench.program("bench_gistar"), bench.work("gistar.txt")
    print("1,000 x 1,000 cells, most of them empty; medians of seven, no reading or writing:\n")
    print("| radius, cells | permutations | processor, ms | one thread, ms | two threads, ms |\n"
          "|---|---|---|---|---|")
    for line in measure.run([program]).said.splitlines():
        _, radius, permutations, *took = line.split()
        print(f"| {radius} | {permutations} | "
              + " | ".join(f"{1e3 * float(t):.1f}" for t in took) + " |")
    print()
    print(measure.run([bench.program("bench_gistar_chance")]).said)
    if not bench.peers.has("spdep", "r-cran-spdep"):
        return
    ours = {line.split()[2]: float(line.split()[5]) for line in
            measure.run([program, str(SIDE), values]).said.splitlines() if line.split()[1] == "1.5"}
    script = os.path.join(ROOT, "tests", "golden", "reference", "gistar.R")
    said = measure.run(["Rscript", script, values]).said
    plain = re.search(r"localG in ([\d.]+) s; largest difference of z (\S+)", said)
    permuted = re.search(r"localG_perm in ([\d.]+) s", said)
    print(f"{SIDE} x {SIDE} cells, queen neighbours; z differ by {plain.group(2)} at most:\n")
    print("| | hotbeat, two threads | spdep | times hotbeat |\n|---|---|---|---|")
    for name, mine, theirs in (("z", ours["0"], plain.group(1)),
                               ("999 permutations", ours["999"], permuted.group(1))):
        print(f"| {name} | {1e3 * mine:.2f} ms | {1e3 * float(theirs):.0f} ms | "
              f"{float(theirs) / mine:,.0f} |")
    print()
