#!/usr/bin/python3
"""hotbeat's near repeats against the published output of Ratcliffe's Near Repeat Calculator 1.3.

522 arsons of Chicago, three bands of 200 m and three of one day, 99 permutations. Every cell of its
table of observed pairs is set beside hotbeat's; the cells that differ are counted again in single
precision, as the Calculator works. Its means are of 99 permutations, so that hotbeat's of 9,999 must
lie within four standard errors of them.
"""
import csv
import datetime
import re

from common import *

BANDS = "200,400,600,1000km"
DAYS = "1,2,3,32767"


def published(folder):
    """Observed pairs and means of the permutations, by distance and days."""
    path, = glob.glob(os.path.join(folder, "*NRverbose*.csv"))
    with open(path, encoding="utf-8") as f:
        text = f.read()
    block = text[text.index("Observed frequencies distribution"):].splitlines()[3:8]
    observed = [[int(v or 0) for v in line.split(",")[2:6]] for line in block]
    cells = re.findall(r"Row (\d) Column (\d)\nExpected,(.*?)\nObserved, (\d+)", text, re.S)
    drawn = {(int(r) - 1, int(c) - 1): [float(v) for v in re.findall(r"\d+", numbers)]
             for r, c, numbers, _ in cells}
    return np.array(observed), drawn


def ours(folder, work):
    with open(os.path.join(folder, "chicago_arson.csv"), newline="", encoding="utf-8") as f:
        rows = [(float(x), float(y), d) for x, y, d in csv.reader(f)]
    log = os.path.join(work, "arson.csv")
    with open(log, "w", encoding="utf-8") as f:
        f.write("date,x,y\n" + "".join("%s,%r,%r\n" % (d, x, y) for x, y, d in rows))
    out = os.path.join(work, "out")
    subprocess.run([hotbeat(), "nearrepeat", log, "--crs", "EPSG:26971", "--nearrepeat-distances", BANDS,
                    "--nearrepeat-days", DAYS, "--nearrepeat-metric", "manhattan",
                    "--nearrepeat-permutations", "9999", "--profile", "internal", "--quiet", "--out",
                    out], check=True)
    with open(os.path.join(out, "tables", "nearrepeat.csv"), encoding="utf-8-sig") as f:
        table = list(csv.DictReader(f))
    take = lambda column: np.array([float(r[column]) for r in table]).reshape(5, 4)
    return rows, take("observed").astype(int), take("expected"), take("knox_expected")


def single(rows):
    """The same counts from coordinates and distances of 24 bits."""
    x = np.array([r[0] for r in rows], "f4")
    y = np.array([r[1] for r in rows], "f4")
    t = np.array([datetime.date.fromisoformat(r[2]).toordinal() for r in rows])
    i, j = np.triu_indices(len(rows), 1)
    d = np.abs(x[i] - x[j]) + np.abs(y[i] - y[j])
    table = np.zeros((5, 4), int)
    band = np.where(d == 0, 0, 1 + np.searchsorted([200, 400, 600], d, side="right"))
    np.add.at(table, (band, np.minimum(np.abs(t[i] - t[j]), 3)), 1)
    return table


def main():
    folder = data("timed_incidents", "chicago_near_repeat")
    theirs, drawn = published(folder)
    with tempfile.TemporaryDirectory() as work:
        rows, observed, mean, exact = ours(folder, work)
    again = single(rows)
    wrong = 0
    print("| distance | days | labelled | pairs, Calculator | hotbeat | in single precision | "
          "mean of 99 | of 9,999 | exact | standard errors apart |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    distance = ["the same place", "0 to 200 m", "200 to 400 m", "400 to 600 m", "600 m and more"]
    days, labels = ["0", "1", "2", "3 and more"], ["0 to 1", "2 to 2", "3 to 3", "More than 3"]
    for r in range(5):
        for c in range(4):
            sims = np.array(drawn[r, c])
            error = max(sims.std(ddof=1), np.sqrt(exact[r, c])) / np.sqrt(len(sims))
            apart = abs(sims.mean() - mean[r, c]) / error
            # What single precision moves moves the means by as much at most.
            apart_but = max(0, abs(sims.mean() - mean[r, c]) - 1) / error
            wrong += again[r, c] != theirs[r, c]
            wrong += (apart if again[r, c] == observed[r, c] else apart_but) > 4
            print("| %s | %s | %s | %d | %d | %d | %.3f | %.3f | %.3f | %.1f |" % (
                distance[r], days[c], labels[c], theirs[r, c], observed[r, c], again[r, c],
                sims.mean(), mean[r, c], exact[r, c], apart))
    print("\npairs in all: %d = 522 * 521 / 2" % observed.sum())
    wrong += observed.sum() != 522 * 521 // 2
    sys.exit(1 if wrong else 0)


main()
