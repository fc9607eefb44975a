#!/usr/bin/env Rscript
# The figures that tests/unit/{benjamini,exact,mann_kendall,change}.c hold: R's own.
options(digits = 12)
cat(R.version.string, "\n")

cat("\nBenjamini-Hochberg (their 15 p-values): p.adjust(p, 'BH')\n")
p <- c(.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528,
       .7590, 1)
print(p.adjust(p, "BH"))

cat("\nConditional test: poisson.test(c(x1, x2), c(t1, t2))$p.value\n")
for (x in list(c(21, 30, 1, 1), c(3205, 3312, 1, 1), c(517, 503, 1, 1), c(12, 5, 1, 1),
               c(7, 3, 31, 90), c(0, 4, 2, 1), c(2, 2, 1, 3), c(400000, 401500, 1, 1)))
    cat(x, poisson.test(x[1:2], x[3:4])$p.value, "\n")

cat("\nAgainst the rest: fisher.test(matrix(c(x1, x2, rest1, rest2), 2))$p.value\n")
for (x in list(c(12, 5, 100, 80), c(3, 0, 5, 9), c(10, 5, 5, 10), c(0, 6, 40, 41),
               c(824, 700, 9074, 9300), c(4, 4, 0, 7), c(3, 0, 40, 900)))
    cat(x, fisher.test(matrix(x, 2))$p.value, "\n")

cat("\nE-test, the double sum over 0..400\n")
e.test <- function(x1, t1, x2, t2) {
    rate <- (x1 + x2) / (t1 + t2)
    apart <- function(i, j) ifelse(i + j == 0, 0, abs(i / t1 - j / t2) / sqrt(i / t1^2 + j / t2^2))
    i <- 0:400
    as.numeric(dpois(i, rate * t1) %*% (outer(i, i, apart) >= apart(x1, x2) * (1 - 1e-12)) %*%
               dpois(i, rate * t2))
}
for (x in list(c(3, 1, 0, 1), c(6, 1, 2, 1), c(20, 1, 10, 1), c(10, 1, 5, 1), c(15, 1, 5, 1),
               c(7, 31, 3, 90), c(12, 2, 20, 1)))
    cat(x, e.test(x[1], x[2], x[3], x[4]), "\n")

cat("\nMann-Kendall: cor.test(seq_along(x), x, method = 'kendall', exact = FALSE, continuity = TRUE)\n")
for (x in list(1:10, c(5, 3, 8, 8, 2, 9, 9, 12), c(4, 4, 3, 3, 3, 1, 2, 1, 0))) {
    k <- suppressWarnings(cor.test(seq_along(x), x, method = "kendall", exact = FALSE,
                                   continuity = TRUE))
    cat(x, ": z", k$statistic, "p", k$p.value, "\n")
}

cat("\nDispersion: chi-squares of chisq.test of each block over 8, and glm's quasipoisson\n")
n <- c(3, 5, 12, 8, 4, 16,   10, 22, 9, 7, 15, 11,   1, 2, 1, 4, 9, 2)
m <- matrix(n, 3, byrow = TRUE)
chi2 <- sapply(list(1:3, 4:6), function(b) suppressWarnings(chisq.test(m[, b]))$statistic)
d <- data.frame(n, area = gl(3, 6), month = factor(rep(1:6, 3)),
                block = factor(rep(c(1, 1, 1, 0, 0, 0), 3)))
g <- glm(n ~ area:block + month, quasipoisson, d)
cat(sum(chi2) / 8, summary(g)$dispersion, g$df.residual, "\n")

cat("\nChange: chisq.test(matrix(c(now, before, rest.now, rest.before), 2), correct = FALSE) over 1.6, t(50)\n")
for (x in list(c(12, 5, 100, 80), c(40, 60, 500, 450), c(0, 6, 40, 41))) {
    chi2 <- suppressWarnings(chisq.test(matrix(x, 2), correct = FALSE))$statistic
    d <- data.frame(n = x, area = gl(2, 2), period = gl(2, 1, 4))
    rao <- anova(glm(n ~ area + period, poisson, d), glm(n ~ area * period, poisson, d),
                 test = "Rao")$Rao[2]
    cat(x, ": chi2", chi2, "(glm's score test", rao, ") p", 2 * pt(-sqrt(chi2 / 1.6), 50), "\n")
}
