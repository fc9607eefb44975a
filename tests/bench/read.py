"""read: a police.uk-shaped CSV, counted by DuckDB and wc, read with all checks by hotbeat."""
import inputs
import measure

TITLE = "Reading incidents"
OURS = "hotbeat intake, 1 thread"


def own_clock(done, seconds):
    done.seconds = seconds
    return done


def intake(bench, csv):
    done = measure.run([bench.program("bench_intake"), csv, "2"],
                       env={**bench.environment, "OMP_NUM_THREADS": "1"})
    words = done.said.split()
    intake.accepted = int(words[3])
    return own_clock(done, float(words[6]))  # the second of two, as for DuckDB


def duckdb(bench, how, csv):
    done = measure.run(["node", bench.beside("duckdb.mjs"), how, csv], env=bench.peers.node())
    words = done.said.split()
    duckdb.rows = int(words[1])
    return own_clock(done, float(words[3]))


def lines(csv):
    done = measure.run(["wc", "-l", csv])
    lines.count = int(done.said.split()[0])
    return done


def check(bench, csv):
    return measure.run([bench.hotbeat, "check", csv, "--json", "--quiet"], env=bench.environment)


def table(bench):
    csv = inputs.rows(bench, "force", bench.rows)
    programs = [("wc -l", lambda: lines(csv)), (OURS, lambda: intake(bench, csv)),
                ("hotbeat check, whole process", lambda: check(bench, csv))]
    if bench.peers.has("duckdb", "npm install @duckdb/node-api"):
        programs += [("DuckDB count, 2 threads", lambda: duckdb(bench, "count", csv)),
                     ("DuckDB every column, 2 threads", lambda: duckdb(bench, "typed", csv))]
    measure.run(["wc", "-l", csv])  # the file is in memory before anybody reads it
    taken = measure.in_turn(programs, bench.times)
    notes = {"wc -l": f"{lines.count - 1} rows", OURS: f"{intake.accepted} rows accepted"}
    for name in taken:
        if name.startswith("DuckDB") and not taken[name].failure:
            notes[name] = f"{duckdb.rows} rows"
    print(f"{bench.size(csv):.0f} MB, {bench.rows:,} rows. DuckDB and the intake tell their own time "
          "of a second run in one process; their CPU time and memory are those of the whole process, "
          "both runs and the start.\n")
    measure.ratio_table(taken, OURS, notes)
