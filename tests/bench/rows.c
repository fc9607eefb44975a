/* Incident rows in the shape of data.police.uk, for the benchmarks: the same for a seed anywhere.
 *
 * 60 % stand on snap points, 30 % in Gaussians of 400 m, 10 % anywhere; a fifth has no identifier.
 * `force` is 40 x 40 km with 20,000 snap points and 60 Gaussians; `nation` is most of England with
 * 600,000 and 3,000. Metres are turned into degrees by a plain scale: near enough for a load.
 * `points` is the same mix in metres, for the density of 1000 x 1000 cells of 40 m: all 300 m
 * inside the frame's edge, the first two in the corners of that box, so that a program which frames
 * its points by their extent and the radius has the same frame as one that is told it.
 *
 *     bench_rows ROWS [force|nation|points] > FILE.csv */
#define _POSIX_C_SOURCE 200809L

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/draws.h"

typedef struct {
    double lon, lat, wide_m, high_m;
    uint64_t snaps, clusters;
} country;

static const country force = {-2.2, 51.2, 40000, 40000, 20000, 60};
static const country nation = {-2.9, 51.2, 210000, 260000, 600000, 3000};

typedef struct {
    double x, y; /* m from the south-west corner */
} spot;

static const char *const streets[] = {"Abbey",  "Beech",   "Castle",  "Dene",     "Elm",    "Forge",
                                      "Garden", "Harbour", "Ivy",     "Jubilee",  "King",   "Lime",
                                      "Mill",   "Nelson",  "Orchard", "Park",     "Quarry", "Ridge",
                                      "School", "Tanner",  "Union",   "Victoria", "Well",   "York"};
static const char *const ways[] = {"Road",  "Street", "Lane",  "Close", "Avenue", "Way",
                                   "Drive", "Court",  "Place", "Hill",  "Green",  "Parking Area"};
static const char *const types[] = {"Violence and sexual offences",
                                    "Anti-social behaviour",
                                    "Criminal damage and arson",
                                    "Other theft",
                                    "Shoplifting",
                                    "Public order",
                                    "Vehicle crime",
                                    "Burglary",
                                    "Drugs",
                                    "Robbery"};
static const char *const outcomes[] = {"Under investigation",
                                       "Investigation complete; no suspect identified",
                                       "Unable to prosecute suspect", "Awaiting court outcome"};

static spot spot_of(const country *c, uint64_t number, uint64_t salt)
{
    return (spot){bench_of(number * 2 + salt) * c->wide_m,
                  bench_of(number * 2 + 1 + salt) * c->high_m};
}

static spot next_spot(const country *c)
{
    double kind = bench_uniform();
    if (kind < 0.6) {
        /* squared: some snap points have many times the incidents of others */
        double u = bench_uniform();
        return spot_of(c, (uint64_t)(u * u * (double)c->snaps), 0);
    }
    if (kind >= 0.9) return (spot){bench_uniform() * c->wide_m, bench_uniform() * c->high_m};
    spot s = spot_of(c, bench_draw() % c->clusters, 1u << 30);
    return (spot){s.x + 400 * bench_normal(), s.y + 400 * bench_normal()};
}

static void print_row(const country *c, uint64_t month)
{
    spot s = next_spot(c);
    size_t type = bench_draw() % (sizeof types / sizeof *types);
    uint64_t square = (uint64_t)(s.x / 1500 + 400) * 1000 + (uint64_t)(s.y / 1500 + 400);
    uint64_t street = (uint64_t)(s.x / 60 + 9000) * 100000 + (uint64_t)(s.y / 60 + 9000);
    const char *name = streets[bench_mixed(street) % (sizeof streets / sizeof *streets)];
    const char *way = ways[bench_mixed(street + 7) % (sizeof ways / sizeof *ways)];
    if (type != 1)
        for (int k = 0; k < 4; k++) printf("%016llx", (unsigned long long)bench_draw());
    printf(",%d-%02d,Thornbeck Police,Thornbeck Police,%.6f,%.6f,On or near %s %s,E01%06llu,"
           "Thornbeck %03lluA,%s,%s,\n",
           2025, (int)month + 1, c->lon + s.x / 69600, c->lat + s.y / 111250, name, way,
           (unsigned long long)(square % 1000000), (unsigned long long)(square % 1000), types[type],
           type == 1 ? "" : outcomes[bench_draw() % 4]);
}

static double held(double v)
{
    const double inset = 300, far = 40000 - inset;
    return v < inset ? inset : v > far ? far : v;
}

static void print_points(uint64_t rows)
{
    puts("id,date,easting,northing,type");
    for (uint64_t row = 0; row < rows; row++) {
        spot s = next_spot(&force);
        if (row < 2) s.x = s.y = row ? 40000 : 0;
        printf("%llu,2025-%02d-01,%.2f,%.2f,Anti-social behaviour\n", (unsigned long long)row,
               (int)(row * 12 / rows) + 1, 400000 + held(s.x), 300000 + held(s.y));
    }
}

int main(int argc, char **argv)
{
    uint64_t rows = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    bool wide = argc > 2 && strcmp(argv[2], "nation") == 0;
    if (argc > 2 && strcmp(argv[2], "points") == 0) return print_points(rows), 0;
    puts("Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
         "Crime type,Last outcome category,Context");
    for (uint64_t row = 0; row < rows; row++) print_row(wide ? &nation : &force, row * 12 / rows);
    return 0;
}
