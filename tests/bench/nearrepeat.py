"""nearrepeat: Knox's table with 999 permutations."""
import measure

TITLE = "Near repeats"


def table(bench):
    program = bench.program("bench_nearrepeat", needed=False)
    if not program:
        print("Left out: bench_nearrepeat is not built.\n")
        return
    done = measure.run([program], env=bench.environment)
    print("Events spread over 400 km2 and a year; five bands of 100 m and the same place, five of 7 "
          f"days, 999 permutations; medians of five (peak {done.mib:.0f} MiB):\n")
    print("| events | close pairs | threads | whole, s | finding the pairs, s |")
    print("|---|---|---|---|---|")
    print(done.said.rstrip() + "\n")
