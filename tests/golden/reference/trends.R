#!/usr/bin/env Rscript
# Worked values of the trends: dispersion, tails, a control chart, the seasonal Kendall test, marks.
# They are written into tests/unit/trends.c. Base R only.

# Four areas, fourteen months from November 2023; the third and the ninth month are not covered.
count <- rbind(
  a = c(12, 9, NA, 15, 11, 14, 20, 18, NA, 16, 13, 10, 45, 12),
  b = c(30, 25, NA, 28, 33, 31, 40, 44, NA, 38, 30, 27, 29, 31),
  c = c(0, 1, NA, 0, 2, 1, 0, 3, NA, 1, 0, 0, 1, 0),
  d = c(55, 48, NA, 60, 52, 66, 71, 80, NA, 69, 58, 50, 61, 57))
covered <- !is.na(count["a", ])
x <- count[, covered]

long <- data.frame(n = as.vector(x), area = factor(rep(rownames(x), ncol(x))),
                   month = factor(rep(seq_len(ncol(x)), each = nrow(x))))
phi <- summary(glm(n ~ area + month, family = quasipoisson, data = long,
                   control = glm.control(epsilon = 1e-14)))$dispersion
cat(sprintf("dispersion %.12f\n", phi))

cat(sprintf("P(X >= 7 | 3.2, 1.7) %.12g\n", pnbinom(6, size = 3.2 / 0.7, mu = 3.2, lower = FALSE)))
cat(sprintf("P(X <= 2 | 9, 2.5) %.12g\n", pnbinom(2, size = 9 / 1.5, mu = 9)))
cat(sprintf("P(X >= 4 | 1.5, 1) %.12g\n", ppois(3, 1.5, lower = FALSE)))
cat(sprintf("quantile 0.999 | 12.5, 1.8: %g\n", qnbinom(0.999, size = 12.5 / 0.8, mu = 12.5)))

# The chart: area a in the thirteenth month, the eleventh of those covered, and in the first; c in the
# seventh, the sixth of those covered. Twice: what is far out is held within its limits.
limits <- function(held, area, at) {
  own <- sum(held[area, -at])
  rest <- colSums(held) - held[area, ]
  r <- rest[at]; R <- sum(rest[-at]); q <- r / R
  m <- (own + 0.5) * q
  psi <- phi * (1 + q + m / r + m / R)
  c(own * q, qnbinom(c(.025, .975, .001, .999), size = m / (psi - 1), mu = m))
}
held <- x
for (area in rownames(x)) for (at in seq_len(ncol(x))) {
  l <- limits(x, area, at)
  held[area, at] <- min(max(x[area, at], l[4]), l[5])
}
cat("held within limits:", sum(held != x), "\n")
chart <- function(area, at) {
  l <- limits(held, area, at)
  cat(sprintf("chart %s %d: expected %.9f limits %s\n", area, at, l[1], paste(l[-1], collapse = " ")))
}
chart("a", 11)
chart("a", 1)
chart("c", 6)

# Seasonal Kendall, Hirsch, Slack and Smith (1982): Mann-Kendall within each calendar month, added.
seasonal <- function(v, first) {
  S <- 0; V <- 0
  for (k in 0:11) {
    y <- v[(seq_along(v) - 1 + first) %% 12 == k]
    y <- y[!is.na(y)]
    n <- length(y)
    if (n < 2) next
    S <- S + sum(sign(outer(y, y, "-"))[lower.tri(diag(n))])
    t <- table(y)
    V <- V + (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5))) / 18
  }
  cat(sprintf("seasonal Kendall: S %g, Var %.6f, z %.9f\n", S, V, (S - sign(S)) / sqrt(V)))
}
up <- c(5, 7, 9, 12, 15, 18, 22, 21, 14, 11, 8, 6,
        6, 7, 11, 13, 19, 18, 25, 23, 15, 10, 9, 9,
        8, 9, 12, NA, 19, 21, 26, 24, 18, 13, 9, 11)
seasonal(up, 3)

# Marks: one month, five units of shares .1 .1 .2 .3 .3, dispersion 1.5.
n <- c(30, 12, 20, 14, 24); share <- c(.1, .1, .2, .3, .3); mean <- sum(n) * share
above <- ifelse(n > mean, pnbinom(n - 1, size = mean / 0.5, mu = mean, lower = FALSE), 1)
below <- ifelse(n < mean, pnbinom(n, size = mean / 0.5, mu = mean), 1)
cat("hot", p.adjust(above, "BH"), "\ncold", p.adjust(below, "BH"), "\n")
