"""start: hotbeat --version beside a program that only loads libgdal."""
import measure

TITLE = "Starting"


def table(bench):
    times = max(bench.times, 5) * 8
    taken = measure.in_turn(
        [("hotbeat --version", lambda: measure.run([bench.hotbeat, "--version"])),
         ("a program that only loads libgdal", lambda: measure.run([bench.own("start")]))],
        times)
    measure.ratio_table(taken, "hotbeat --version")
    base = taken["a program that only loads libgdal"]
    print(f"hotbeat takes {taken['hotbeat --version'].seconds / base.seconds:.2f} times as long as "
          f"the other; {times} runs of each.\n")
