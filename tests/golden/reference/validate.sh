#!/bin/sh
# What the validators of GDAL make of a result: validate_gpkg on hotbeat.gpkg,
# validate_cloud_optimized_geotiff on density.tif, and gdalinfo on page maps (coordinate system and
# world file).
#
#   validate.sh [RESULT...]    without a result: Wiltshire, and the fictional town with background
set -u
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-/usr/bin/python3}
failed=0

skip() { echo "Skipped: $1"; exit 0; }

"$python" -c 'import osgeo_utils.samples.validate_gpkg' 2>/dev/null ||
    skip "the validators are not here (Debian: python3-gdal)."
command -v gdalinfo >/dev/null || skip "gdalinfo is not here (Debian: gdal-bin)."

row() {
    printf '| %s | %s | %s | %s |\n' "$1" "$2" "$3" "$4"
    [ "$3" = passes ] || failed=1
}

# the last line of a validator's words, fit for a table
words() { tail -n 1 "$1" | tr '|' '/' | cut -c 1-160; }

check() {
    result=$1 what=$2 file=$3
    shift 3
    if "$python" -m "$@" "$result/$file" >"$scratch/said" 2>&1; then
        row "$(basename "$result")" "$what" passes ""
    else
        row "$(basename "$result")" "$what" FAILS "$(words "$scratch/said")"
    fi
}

# a page: its size in metres by the pixel, its coordinate system, and world file against .aux.xml
page() {
    gdalinfo "$1" >"$scratch/with" 2>&1
    cp "$1" "$scratch/page.png"
    cp "${1%.png}.pgw" "$scratch/page.pgw"
    gdalinfo "$scratch/page.png" >"$scratch/world" 2>&1
    name="$(basename "$(dirname "$(dirname "$1")")")"
    what="maps/$(basename "$1")"
    placed=$(grep -E '^(Origin|Pixel Size)' "$scratch/with")
    if ! grep -q 'ID\["EPSG",27700\]\]$' "$scratch/with"; then
        row "$name" "$what" FAILS "its coordinate system is not EPSG:27700"
    elif [ -z "$placed" ] || [ "$placed" != "$(grep -E '^(Origin|Pixel Size)' "$scratch/world")" ]; then
        row "$name" "$what" FAILS "the world file and .aux.xml do not place it alike"
    else
        row "$name" "$what" passes "$(echo "$placed" | tr '\n' ' ' | sed 's/\(\.[0-9]\{3\}\)[0-9]*/\1/g; s/ *$//')"
    fi
}

scratch=$(mktemp -d "${TMPDIR:-/tmp}/hotbeat-validate-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
if [ $# -eq 0 ]; then
    "$python" -c "
import sys
sys.path.insert(0, '$here')
import common
common.hotbeat()
folder = common.town('$scratch/town')
gpkg = folder + '/town.gpkg'
background = []
for name, layer in [('roads', 'streets'), ('water', 'water'), ('parks', 'parks')]:
    background += ['--context', '%s=%s:%s' % (name, gpkg, layer)]
common.town_run(folder, '$scratch/thornbeck', '--maps', 'overview', *background)
common.wiltshire('$scratch/wiltshire', '--maps', 'overview')
" || exit 1
    [ -d "$scratch/thornbeck" ] || exit 0
    set -- "$scratch/thornbeck"
    [ -d "$scratch/wiltshire" ] && set -- "$@" "$scratch/wiltshire"
fi

gdalinfo --version
echo
echo "| result | what | verdict | said |"
echo "|---|---|---|---|"
for result; do
    check "$result" "validate_gpkg -k --extra --warning-as-error" hotbeat.gpkg \
        osgeo_utils.samples.validate_gpkg -k --extra --warning-as-error
    check "$result" validate_cloud_optimized_geotiff density.tif \
        osgeo_utils.samples.validate_cloud_optimized_geotiff --full-check=yes
    for map in "$result"/maps/*.png; do
        [ -f "$map" ] && page "$map"
    done
done
exit $failed
