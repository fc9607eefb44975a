#!/usr/bin/env Rscript
# Hours of the week and days of a calendar beside R, which reads the raw file for itself.
#
#     HOTBEAT=build/hotbeat HOTBEAT_DATA=/path/to/data tests/golden/reference/times.R
data <- Sys.getenv("HOTBEAT_DATA")
file <- file.path(data, "timed_incidents/vancouver/crimedata_csv_AllNeighbourhoods_2025.csv")
if (!file.exists(file)) {
  cat("Skipped: Vancouver's incidents are not here (HOTBEAT_DATA).\n")
  quit(status = 0)
}
folder <- Sys.getenv("HOTBEAT_KEEP", tempfile("times"))
dir.create(folder, showWarnings = FALSE)

# The days: July and August, and every Saturday and Sunday.
days <- seq(as.Date("2025-01-01"), as.Date("2025-12-31"), by = 1)
weekend <- days[as.POSIXlt(days)$wday %in% c(0, 6)]
calendar <- rbind(data.frame(name = "Summer", from = "2025-07-01", to = "2025-08-31"),
                  data.frame(name = "Weekend", from = format(weekend), to = format(weekend)))
write.csv(calendar, file.path(folder, "calendar.csv"), row.names = FALSE, quote = FALSE)
out <- file.path(folder, "out")
stopifnot(system2(Sys.getenv("HOTBEAT"),
                  c("temporal", file, "--crs", "EPSG:32610", "--input-crs", "EPSG:32610", "--zone",
                    "America/Vancouver", "--profile", "internal", "--calendar",
                    file.path(folder, "calendar.csv"), "--quiet", "--overwrite", "--out", out)) == 0)

raw <- subset(read.csv(file), X != 0)
wrong <- FALSE

# ---- hours ----
timed <- subset(raw, !(HOUR == 0 & MINUTE == 0))
weekday <- as.POSIXlt(ISOdate(timed$YEAR, timed$MONTH, timed$DAY))$wday
ours <- read.csv(file.path(out, "tables/temporal.csv"))
theirs <- as.data.frame(table(weekday = ifelse(weekday == 0, 7, weekday), hour = timed$HOUR))
both <- merge(ours, theirs)
wrong <- wrong || nrow(both) != 168 || any(both$incidents != both$Freq)
cat("| hours | incidents | at exactly 00:00 | hours that differ |\n|---|---|---|---|\n")
cat(sprintf("| %d | %d | %d | %d |\n\n", nrow(both), nrow(timed), nrow(raw) - nrow(timed),
            sum(both$incidents != both$Freq)))

# ---- days ----
date <- as.Date(ISOdate(raw$YEAR, raw$MONTH, raw$DAY))
covered <- days[days >= min(date) & days <= max(date)]
count <- as.vector(table(factor(format(date), levels = format(covered))))
given <- read.csv(file.path(out, "tables/calendar.csv"))
cat("| days | in | out | ratio | limits | dispersion | quasi-Poisson, Wald | largest rel. diff. |\n")
cat("|---|---|---|---|---|---|---|---|\n")
for (name in c("Summer", "Weekend")) {
  mine <- calendar[calendar$name == name, ]
  is_in <- covered %in% do.call(c, Map(function(a, b) seq(as.Date(a), as.Date(b), by = 1),
                                       mine$from, mine$to))
  model <- glm(count ~ is_in, family = quasipoisson, control = glm.control(1e-14))
  phi <- max(1, summary(model)$dispersion)
  share <- prop.test(sum(count[is_in]) / phi, sum(count) / phi, correct = FALSE)$conf.int
  limits <- share / (1 - share) * sum(!is_in) / sum(is_in)
  wald <- exp(coef(model)[2] + c(-1, 1) * qnorm(0.975) * sqrt(vcov(model)[2, 2]))
  here <- given[given$name == name, ]
  theirs <- c(sum(is_in), sum(count[is_in]), exp(coef(model)[2]), limits, phi)
  ours <- with(here, c(days_in, incidents_in, ratio, ratio_low, ratio_high, dispersion))
  off <- max(abs(ours - theirs) / theirs)
  wrong <- wrong || off > 1e-6
  cat(sprintf("| %s | %d days, %d | %d days, %d | %.4f | %.4f to %.4f | %.3f | %.4f to %.4f | %.0e |\n", name,
              here$days_in, here$incidents_in, here$days_out, here$incidents_out, here$ratio,
              here$ratio_low, here$ratio_high, here$dispersion, wald[1], wald[2], off))
}
quit(status = as.integer(wrong))
