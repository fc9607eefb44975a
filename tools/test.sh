#!/bin/sh
# Installs what is missing, builds hotbeat and runs every test.
#   tools/test.sh              a release build
#   tools/test.sh --sanitize   a Debug build under AddressSanitizer and UBSan, as CI does
#   tools/test.sh --coverage   which lines the tests run
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
build=$here/build-test
type=Release
options=""
for argument in "$@"; do
  case $argument in
    --sanitize) build=$here/build-sanitize type=Debug options="-DHOT_SANITIZE=ON" ;;
    --coverage) build=$here/build-coverage type=Debug options="-DHOT_COVERAGE=ON" ;;
    *) echo "tools/test.sh: $argument: expected --sanitize or --coverage" >&2; exit 2 ;;
  esac
done

"$here/tools/install.sh" test
cmake -S "$here" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=$type -DHOT_WERROR=ON \
  -DBUILD_TESTING=ON $options
cmake --build "$build"

log=$build/ctest.log
status=0
ctest --test-dir "$build" --output-on-failure -j "$(nproc)" >"$log" 2>&1 || status=$?
cat "$log"

passed=$(grep -c ' Passed ' "$log" || true)
failed=$(grep -c -E '\*\*\*(Failed|Timeout|Exception|Not Run)' "$log" || true)
skipped=$(grep -c -E '\*\*\*Skipped' "$log" || true)
case " $* " in
  *" --coverage "*) "$here/tests/coverage.sh" "$build" ;;
esac
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
