#!/bin/sh
# Installs what is missing, builds hotbeat and the benchmarks, and prints their tables.
#   tools/bench.sh                     every table; the peers that Debian has are installed
#   tools/bench.sh kde gpkg            these tables: read kde within gpkg heat project png run nation
#                                      start change hotspots
#   tools/bench.sh --rows 20000        a quick look
#   tools/bench.sh --times 9           runs of each program (default 5)
#   tools/bench.sh --whole nation      20 million rows too
#   tools/bench.sh --no-install        with the peers that are here
#   tools/bench.sh --work FOLDER       keeps the inputs there for the next time
# Tables go to stdout, all else to stderr. A peer that cannot be had is named at the end.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
build=$here/build-bench

install=yes
count=$#
while [ "$count" -gt 0 ]; do
  argument=$1
  shift
  count=$((count - 1))
  if [ "$argument" = --no-install ]; then install=no; else set -- "$@" "$argument"; fi
done

"$here/tools/install.sh" >&2
as_root=""
[ "$(id -u)" = 0 ] || as_root=sudo

# One peer at a time: one that cannot be had does not take the others with it.
listed=no
bring() {
  for package in "$@"; do
    state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$state" = "install ok installed" ] && continue
    if [ "$listed" = no ]; then
      listed=yes
      $as_root apt-get update -qq >&2 || true
    fi
    echo "Installing: $package" >&2
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      "$package" >&2 || echo "tools/bench.sh: $package cannot be had" >&2
  done
}

if [ "$install" = yes ]; then
  bring python3 time
  bring gdal-bin python3-gdal grass-core saga python3-qgis qgis-providers \
    r-base-core r-cran-spatstat.geom r-cran-spatstat.explore postgresql-15-postgis-3
  command -v node >/dev/null || bring nodejs
  command -v npm >/dev/null || bring npm
  if command -v npm >/dev/null && [ ! -d "$build/peers/node_modules/@duckdb" ]; then
    mkdir -p "$build/peers"
    npm install --silent --no-audit --no-fund --prefix "$build/peers" @duckdb/node-api >&2 ||
      echo "tools/bench.sh: @duckdb/node-api cannot be had" >&2
  fi
fi

cmake -S "$here" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF \
  -DHOT_BENCH=ON >&2
cmake --build "$build" >&2
exec python3 -B "$here/tests/bench/bench.py" --build "$build" --node "$build/peers" "$@"
