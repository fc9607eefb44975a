#!/usr/bin/env Rscript
# Gini coefficients and what chance gives, written down a second time, for tests/unit/concentration.c:
# the sum over sorted values, the Bessel form of a Poisson's Gini coefficient, and quantiles of type 7.
gini <- function(x) { x <- sort(x); n <- length(x); sum((2 * seq_len(n) - n - 1) * x) / (n * sum(x)) }
generalised <- function(x) max(1, length(x) / sum(x)) * (gini(x) - 1) + 1
unbiased <- function(x) { m <- min(length(x), sum(x)); generalised(x) * m / (m - 1) }
by_chance <- function(l) besselI(2 * l, 0, TRUE) + besselI(2 * l, 1, TRUE)
beyond_chance <- function(x) {
  a <- (1 + gini(x)) / 2
  a0 <- (1 + by_chance(sum(x) / length(x))) / 2
  (a - a0) / (1 - 1 / (2 * (length(x) + 1)) - a0)
}
options(digits = 12)
cat(R.version.string, "\n")
twenty <- c(20, 12, 9, 7, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2, rep(1, 6))
for (x in list(twenty, c(10, 8, 2, rep(0, 7)), c(5, 2, 1, rep(0, 7)), c(10, rep(0, 9))))
  cat(gini(x), generalised(x), unbiased(x), by_chance(sum(x) / length(x)), beyond_chance(x), "\n")
for (l in c(1e-6, 0.1, 0.5, 1, 2, 10, 100, 1e4)) cat(l, by_chance(l), "\n")
cat("1e6 by its limit", (1 - 1 / (16 * 1e6)) / sqrt(pi * 1e6), "\n")
cat(quantile(c(0, 1, 5, 7, 8, 30, 31), c(0.25, 0.5, 0.75), type = 7),
    quantile(c(3, 10, 20, 40), c(0.25, 0.5, 0.75), type = 7), "\n")
