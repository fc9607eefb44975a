#!/bin/sh
# Which lines of our own sources did the tests run? For a build with -DHOT_COVERAGE=ON after ctest.
#   tests/coverage.sh BUILD
# Prints a table by file; fails below 95 % of all lines, and below 100 % of those that decide what
# is read and what is written. A line that no test can reach says so on the line:
#   /* uncovered: why */
# and is not counted but listed.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${1:?usage: tests/coverage.sh BUILD}" && pwd)
exec /usr/bin/python3 "$here/tests/coverage.py" "$here" "$build"
