/* Loads libgdal and ends: the least that a program standing on GDAL can take to start.
 *
 *     bench_start */
#include <gdal.h>
#include <stdio.h>

int main(void)
{
    puts(GDALVersionInfo("RELEASE_NAME"));
    return 0;
}
