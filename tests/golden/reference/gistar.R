#!/usr/bin/env Rscript
# Gi* against spdep: the worked values of tests/unit/gistar.c and tests/cli/gistar.py, and a whole grid.
#
#   gistar.R                          the 3 x 3 grid, by localG
#   gistar.R VALUES                   a file of "value z p" of bench_gistar SIDE VALUES: by localG and
#                                     localG_perm, queen neighbours; z with the cell itself, p of
#                                     what is round it
suppressMessages(library(spdep))
cat(R.version.string, " spdep", as.character(packageVersion("spdep")), "\n")
star <- function(side) nb2listw(include.self(cell2nb(side, side, "queen")), style = "B")
about <- function(side) nb2listw(cell2nb(side, side, "queen"), style = "B")

value <- c(0, 0, 0, 0, 5, 1, 0, 2, 8)
cat("3 x 3:", sprintf("%.6f", suppressWarnings(as.numeric(localG(value, star(3))))), "\n")

asked <- commandArgs(TRUE)
if (length(asked) == 1) {
    ours <- read.table(asked[1], col.names = c("value", "z", "p"))
    side <- as.integer(sqrt(nrow(ours)) + 0.5)
    with <- star(side)
    without <- about(side)
    took <- system.time(theirs <- as.numeric(localG(ours$value, with)))[["elapsed"]]
    cat(sprintf("%d x %d: localG in %.3f s; largest difference of z %.2g\n", side, side, took,
                max(abs(theirs - ours$z))))
    set.seed(1)
    took <- system.time(perm <- localG_perm(ours$value, without, nsim = 999))[["elapsed"]]
    # Of the upper tail spdep's folded p is defined as half of hotbeat's; its two-sided one counts
    # half of the ties, and of counts most sums are tied.
    q <- attr(perm, "internals")[, "Pr(folded) Sim"]
    upper <- q < 0.25 & ours$p < 0.5 & as.numeric(perm) > 0
    off <- ours$p[upper] / 2 - q[upper]
    error <- sqrt(2 * q[upper] * (1 - q[upper]) / 999)
    cat(sprintf("localG_perm in %.3f s; %d squares of the upper tail: correlation of p %.4f, mean difference %.5f, within two standard errors %.1f %%\n",
                took, sum(upper), cor(q[upper], ours$p[upper] / 2), mean(off),
                100 * mean(abs(off) <= 2 * pmax(error, 1 / 1000))))
    cat(sprintf("p <= 0.02 of the upper tail: both %d, hotbeat's %d, spdep's %d\n",
                sum(upper & q <= 0.01 & ours$p <= 0.02), sum(upper & ours$p <= 0.02),
                sum(upper & q <= 0.01)))
}
