#!/bin/sh
# valgrind's memcheck over the unit tests and the main job on the fictional town: accesses that are
# wrong, values never set and memory lost fail. What is left out, and why: tests/valgrind.supp.
#   tests/valgrind.sh BUILD [TEST...]
# BUILD is a Release build with its tests, a TEST unit_kde ... or main_job; default: all.
# valgrind has no AVX-512 and says so to the program, which takes another path.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${1:?usage: tests/valgrind.sh BUILD [TEST...]}" && pwd)
shift
if [ $# -eq 0 ]; then
  # shellcheck disable=SC2046 # names of tests hold no blanks
  set -- main_job $(cd "$build/tests" && find unit_* -type f | sort)
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOTBEAT_SOURCE="$here" HOTBEAT_SCRATCH="$scratch"
export HOTBEAT_DATA="${HOTBEAT_DATA:-$here/../shared/data}"
export OMP_NUM_THREADS=2 OMP_WAIT_POLICY=passive # threads take turns: one that spins only delays

memcheck() {
  valgrind -q --leak-check=full --num-callers=40 --error-exitcode=9 \
    --suppressions="$here/tests/valgrind.supp" --log-file="$scratch/said" "$@" >"$scratch/out" 2>&1
}

main_job() {
  "$build/hotbeat" sample "$scratch/town" >/dev/null 2>&1 && cd "$scratch/town" &&
    memcheck "$build/hotbeat" run incidents/*.csv \
      --areas ward=town.gpkg:wards --areas beat=town.gpkg:beats \
      --population ward=population-ward.csv --population beat=population-beat.csv \
      --context parks=town.gpkg:parks --context water=town.gpkg:water \
      --context roads=town.gpkg:streets \
      --type "Anti-social behaviour" --from 2025 --to 2025 --out "$scratch/result"
}

status=0
for test in "$@"; do
  began=$(date +%s) failed=0
  : >"$scratch/out" && : >"$scratch/said"
  case $test in
    main_job) (main_job) || failed=$? ;;
    *) memcheck "$build/tests/$test" || failed=$? ;;
  esac
  echo "$test: exit $failed after $(($(date +%s) - began)) s"
  [ $failed -eq 0 ] || { cat "$scratch/out" "$scratch/said"; status=1; }
done
exit $status
