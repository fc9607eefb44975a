#!/bin/sh
# Installs what is missing on a Debian 12 machine. A second run installs nothing.
#   tools/install.sh [test]     "test" adds what only the tests need
set -eu

build="gcc cmake ninja-build pkg-config libc6-dev libgdal-dev libproj-dev libgeos-dev
  libsqlite3-dev zlib1g-dev libssl-dev libpng-dev libcairo2-dev libpango1.0-dev fonts-dejavu-core
  libjansson-dev r-mathlib librandom123-dev uthash-dev tzdata"
tests="libcmocka-dev python3 python3-gdal gdal-bin libxml2-utils clang strace faketime locales"

wanted=$build
[ "${1:-}" = test ] && wanted="$build $tests"

missing=""
for package in $wanted; do
  state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$state" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" = 0 ] || as_root=sudo
echo "Installing:$missing"
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing \
  >/dev/null
