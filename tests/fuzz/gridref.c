/* Grid references of any bytes: what is read is a whole square of the National Grid, and is read
 * again from the letters and figures of its centre. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/incidents/gridref.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

/** 10000, 1000, ... 1 -> 1 .. 5 figures a coordinate; 0 = no such size. */
static int figures_of(double side)
{
    int n = 1;
    for (double of_n = 10000; n <= 5; n++, of_n /= 10)
        if (side == of_n) return n;
    return 0;
}

/** The letter of a 5 by 5 square without I, west to east from the north. */
static char letter(int east, int north)
{
    return "ABCDEFGHJKLMNOPQRSTUVWXYZ"[5 * (4 - north) + east];
}

/** The reference of a square, written by the rules of the Ordnance Survey's guide. */
static int write_square(double x, double y, double side, char *text, size_t room)
{
    int n = figures_of(side), east = (int)(x / 100000), north = (int)(y / 100000);
    int column = (int)floor(fmod(x, 100000) / side), row = (int)floor(fmod(y, 100000) / side);
    char first = letter(2 + east / 5, 1 + north / 5), second = letter(east % 5, north % 5);
    return snprintf(text, room, "%c%c%0*d%0*d", first, second, n, column, n, row);
}

static void square_holds(double x, double y, double side)
{
    char text[32];
    double back_x = -1, back_y = -1, back_side = -1;
    must(figures_of(side) > 0 && x > 0 && x < 700000 && y > 0 && y < 1300000);
    must(fmod(x - side / 2, side) == 0 && fmod(y - side / 2, side) == 0);
    int length = write_square(x, y, side, text, sizeof text);
    must(length > 0 && (size_t)length < sizeof text);
    must(hot_gridref_parse(text, (size_t)length, &back_x, &back_y, &back_side));
    must(back_x == x && back_y == y && back_side == side);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    double x = -77, y = -78, side = -79;
    if (hot_gridref_parse(size ? (const char *)data : "", size, &x, &y, &side))
        square_holds(x, y, side);
    else
        must(x == -77 && y == -78 && side == -79);
    return 0;
}
