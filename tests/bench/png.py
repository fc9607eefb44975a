"""png: a classed heat and the picture of a page as PNG."""
import measure

TITLE = "Writing a picture"


def table(bench):
    program = bench.program("bench_png", needed=False)
    if not program:
        print("Left out: bench_png is not built.\n")
        return
    done = measure.run([program], env=bench.environment)
    print(f"What bench_png says (peak {done.mib:.0f} MiB):\n")
    print(f"```\n{done.said.rstrip()}\n```\n")
