# Reference figures for engine/rates: Rscript rates.R [RESULT/tables/comparison.csv]
# Widened funnel by the formulas of Spiegelhalter (2005), written out; limits of a ratio by poisson.test.
options(digits = 15)
cat(R.version.string, "\n")

funnel <- function(O, E) {
  y <- sqrt(O / E); s <- 1 / (2 * sqrt(E)); z <- (y - 1) / s; n <- length(z)
  q <- quantile(z, c(0.1, 0.9), type = 7)
  zw <- pmin(pmax(z, q[1]), q[2])
  phi <- sum(zw^2) / n
  w <- 1 / s^2
  tau2 <- max(0, (n * phi - (n - 1)) / (sum(w) - sum(w^2) / sum(w)))
  list(phi = phi, tau = sqrt(tau2), z = (y - 1) / sqrt(s^2 + tau2))
}
O <- c(12, 40, 7, 90, 33, 25, 18, 61, 5, 140)
people <- c(2000, 3500, 1800, 4200, 3900, 2500, 2600, 5100, 1500, 3000)
print(funnel(O, people * sum(O) / sum(people)))
print(funnel(c(10, 11, 9, 10, 10), c(10, 10, 10, 10, 10)))

for (x in list(c(824, 163.7), c(12, 6.1), c(3, 9.5), c(0, 2.5)))
  cat(x, poisson.test(x[1], x[2])$conf.int / 1, "\n")

r <- O / people
l <- log(r)
cat("median", median(r), "deviation", mad(l), "above", exp(median(l) + max(log(3), 3 * mad(l))), "\n")

# With the path of a comparison.csv: the differences of its z, phi and tau from the formulas above.
for (path in commandArgs(trailingOnly = TRUE)) {
  t <- read.csv(path, encoding = "UTF-8")
  for (how in unique(t$against)) {
    one <- t[t$against == how & !is.na(t$z), ]
    if (nrow(one) == 0) next
    f <- funnel(one$incidents, one$expected)
    cat(how, nrow(one), "areas, phi", f$phi, "tau", f$tau, "differences", max(abs(f$z - one$z)),
        abs(f$phi - one$phi[1]), abs(f$tau - one$tau[1]), "\n")
  }
}
