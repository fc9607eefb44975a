#!/usr/bin/env Rscript
# Worked values of bandwidths, adaptive kernels and edges, by spatstat, MASS and base R. They are written
# into tests/unit/bandwidth.c and tests/unit/kde_deep.c. Needs r-cran-spatstat.explore and r-cran-mass.
suppressMessages({library(spatstat.explore); library(MASS)})
cat(R.version.string, "; spatstat.explore", as.character(packageVersion("spatstat.explore")), "; MASS",
    as.character(packageVersion("MASS")), "\n")
quartic <- function(d, h) ifelse(d < h, 3 * (1 - (d / h)^2)^2 / (pi * h^2), 0)

# ---- ten places: the rules ----
X <- c(0, 100, 100, 150, 200, 220, 300, 420, 500, 900)
Y <- c(0, 50, 60, 100, 120, 90, 400, 380, 500, 100)
rules <- function(x, y) {
  n <- length(x); d <- sqrt((x - mean(x))^2 + (y - mean(y))^2); sd <- sqrt(mean(d^2)); dm <- median(d)
  cat(sprintf("n %d SD %.6f Dm %.6f ArcGIS %.6f nrd %.6f %.6f Scott %.6f %.6f\n", n, sd, dm,
              0.9 * min(sd, sqrt(1 / log(2)) * dm) * n^-0.2, bandwidth.nrd(x), bandwidth.nrd(y),
              bw.scott(ppp(x, y, window = owin(range(x), range(y)), check = FALSE))[1],
              bw.scott(ppp(x, y, window = owin(range(x), range(y)), check = FALSE))[2]))
}
rules(X, Y)
w <- c(3, 1, 2, 1, 1, 5, 1, 1, 2, 1) # incidents at each place
rules(rep(X, w), rep(Y, w))

# ---- the same: fixed and adaptive at (150, 100), the quartic with h0 = 300 m, itself included ----
D <- as.matrix(dist(cbind(X, Y))); f0 <- colSums(quartic(D, 300)); g <- exp(mean(log(f0)))
h <- 300 * sqrt(g / f0); at <- sqrt((X - 150)^2 + (Y - 100)^2)
cat(sprintf("fixed %.7f adaptive %.7f g %.7f h1 %.4f h10 %.4f\n", 1e6 * sum(quartic(at, 300)),
            1e6 * sum(quartic(at, h)), 1e6 * g, h[1], h[10]))
W <- ppp(X, Y, window = owin(c(-1000, 2000), c(-1000, 2000)))
one <- density(W, sigma = 300 / sqrt(8), kernel = "quartic", edge = FALSE, at = "points", leaveoneout = FALSE)
cat(sprintf("spatstat at its points: largest relative difference from f0 %.1e\n", max(abs(one / f0 - 1))))

# ---- sixty places: criteria ----
i <- 1:60
x <- (37 * i^2 + 11 * i) %% 1009; y <- (53 * i^2 + 29 * i + 7) %% 1013
P <- ppp(x, y, window = owin(c(0, 1013), c(0, 1013)))
A <- 1013^2
for (h in c(200, 300, 400)) {
  f <- density(P, sigma = h / sqrt(8), kernel = "quartic", edge = FALSE, at = "points", leaveoneout = TRUE)
  cat(sprintf("h %d: sum log f_-i (per km2) %.9f; with e = 0.01 %.9f\n", h, sum(log(1e6 * f)),
              sum(log(0.99 * 1e6 * f + 0.01 * 59 / (A / 1e6)))))
}
gauss <- function(d, s) ifelse(d < 4 * s, exp(-d^2 / (2 * s^2)) / (2 * pi * s^2 * (1 - exp(-8))), 0)
DP <- as.matrix(dist(cbind(x, y)))
for (s in c(50, 150)) cat(sprintf("sigma %d: sum 1/f %.9f km2 (spatstat, not cut at 4 sigma: %.9f)\n", s,
  sum(1 / colSums(gauss(DP, s))) / 1e6,
  sum(1 / density(P, sigma = s, edge = FALSE, at = "points", leaveoneout = FALSE)) / 1e6))
cv <- bw.CvL(P); cat(sprintf("bw.CvL %.3f\n", cv))
cat(sprintf("bw.ppl, with its edge correction: sigma %.3f, a quartic of %.1f m; without it: %.3f\n",
            suppressWarnings(bw.ppl(P, kernel = "quartic", srange = c(30, 300), ns = 200)),
            sqrt(8) * suppressWarnings(bw.ppl(P, kernel = "quartic", srange = c(30, 300), ns = 200)),
            suppressWarnings(bw.ppl(P, kernel = "quartic", edge = FALSE, srange = c(30, 300), ns = 200))))
# Sixty more, in clusters of four: a disc that is not the widest.
cx <- rep(x[1:15], each = 4) + c(0, 17, 5, 29); cy <- rep(y[1:15], each = 4) + c(0, 11, 31, 7)
C <- ppp(cx, cy, window = owin(c(0, 1050), c(0, 1050)))
for (corr in c("none", "isotropic")) {
  b <- suppressWarnings(bw.diggle(C, correction = corr, hmax = 200, nr = 2049))
  cat(sprintf("bw.diggle, correction %s: sigma %.4f, a disc of %.4f m\n", corr, b, 2 * b))
}

# ---- edges: a square of 1 km without its north-east corner ----
h <- 250
px <- c(110, 480, 730, 25, 660); py <- c(90, 510, 690, 25, 790)
square <- function(cell) {
  n <- 1000 / cell; reach <- ceiling(h / cell)
  mid <- (1:n - 0.5) * cell
  inside <- outer(mid, mid, function(y, x) x + y < 1500) # [row from the south, column]
  rim <- expand.grid(y = (-reach:(n + reach) - 0.5) * cell, x = (-reach:(n + reach) - 0.5) * cell)
  rim <- rim[!(rim$x > 0 & rim$x < 1000 & rim$y > 0 & rim$y < 1000 & rim$x + rim$y < 1500), ]
  e <- function(x, y) 1 - sum(quartic(sqrt((rim$x - x)^2 + (rim$y - y)^2), h)) * cell^2
  wd <- 1 / mapply(e, px, py)
  f <- function(x, y, w = rep(1, 5)) 1e6 * sum(w * quartic(sqrt((px - x)^2 + (py - y)^2), h))
  list(mid = mid, inside = inside, e = e, uniform = function(x, y) f(x, y) / e(x, y),
       diggle = function(x, y) f(x, y, wd), cell = cell)
}
q <- square(50)
for (s in list(c(25, 25), c(125, 75), c(475, 525), c(725, 725)))
  cat(sprintf("cell at %g, %g: e %.9f uniform %.9f Diggle %.9f\n", s[1], s[2], q$e(s[1], s[2]),
              q$uniform(s[1], s[2]), q$diggle(s[1], s[2])))
# spatstat moves each point to the centre of its cell: so they are put there first.
for (cell in c(50, 10)) for (diggle in c(FALSE, TRUE)) {
  px <- (floor(px / cell) + 0.5) * cell; py <- (floor(py / cell) + 0.5) * cell
  q <- square(cell)
  P <- ppp(px, py, window = owin(mask = q$inside, xrange = c(0, 1000), yrange = c(0, 1000)))
  S <- density(P, sigma = h / sqrt(8), kernel = "quartic", edge = TRUE, diggle = diggle)
  own <- outer(q$mid, q$mid, Vectorize(function(y, x) if (diggle) q$diggle(x, y) else q$uniform(x, y)))
  own[!q$inside] <- NA
  cat(sprintf("cells of %g m, %s: largest difference from spatstat %.4f of the peak; mass %.4f, spatstat's %.4f\n",
              cell, if (diggle) "Diggle" else "uniform", max(abs(1e6 * S$v - own), na.rm = TRUE) /
              max(own, na.rm = TRUE), sum(own, na.rm = TRUE) * cell^2 / 1e6, sum(S$v, na.rm = TRUE) * cell^2))
}
