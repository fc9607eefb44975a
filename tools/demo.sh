#!/bin/sh
# Installs what is missing, builds hotbeat, makes the fictional town, runs the main job on it and
# says what to open.
#   tools/demo.sh [FOLDER]      default: build/demo
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
demo=${1:-$here/build/demo}

"$here/tools/install.sh"
cmake -S "$here" -B "$here/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF \
  >"$here/build.log" 2>&1 || { cat "$here/build.log"; exit 1; }
rm -f "$here/build.log"
cmake --build "$here/build"

hotbeat=$here/build/hotbeat
mkdir -p "$demo"
[ -e "$demo/town/town.gpkg" ] || "$hotbeat" sample "$demo/town"
cd "$demo/town"
"$hotbeat" run incidents/*.csv \
  --areas ward=town.gpkg:wards --areas beat=town.gpkg:beats \
  --population ward=population-ward.csv --population beat=population-beat.csv \
  --context parks=town.gpkg:parks --context water=town.gpkg:water \
  --context roads=town.gpkg:streets \
  --type "Anti-social behaviour" --from 2025 --to 2025 \
  --out "$demo/result" --overwrite

cat <<END

Now open
  $demo/result/maps/overview.png     the map for the wall
  $demo/result/maps/                 one map for every ward and beat
  $demo/result/hotbeat.gpkg          in QGIS: every layer, styled
  $demo/result/tables/               the tables, for a spreadsheet
END
