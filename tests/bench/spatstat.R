# density.ppp of spatstat: points read from x|y, the density written as 64-bit floats, rows from
# the south, columns from the west, per square metre.
#
#     Rscript spatstat.R POINTS.txt OUT.bin WEST SOUTH SIDE CELL SUPPORT
suppressMessages(library(spatstat.explore))
given <- commandArgs(trailingOnly = TRUE)
west <- as.numeric(given[3]); south <- as.numeric(given[4])
side <- as.numeric(given[5]); cell <- as.numeric(given[6]); support <- as.numeric(given[7])
xy <- matrix(scan(given[1], sep = "|", quiet = TRUE), ncol = 2, byrow = TRUE)
window <- owin(c(west, west + side), c(south, south + side))
points <- ppp(xy[, 1], xy[, 2], window = window, check = FALSE)
# sigma is the standard deviation along one axis: the support over sqrt(8) for this quartic
surface <- density(points, sigma = support / sqrt(8), kernel = "quartic", edge = FALSE,
                   dimyx = side / cell)
out <- file(given[2], "wb")
writeBin(as.vector(t(surface$v)), out)
close(out)
