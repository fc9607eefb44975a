#!/bin/sh
# clang-tidy 14 and cppcheck 2.10 over our own sources; anything they say fails.
#   tests/lint.sh BUILD [FILE...]
# BUILD is a folder that CMake has set up, with tests and benchmarks: its compile_commands.json says
# how files are compiled.
# What is left out, and why: .clang-tidy, tests/cppcheck.supp, and NOLINT beside a line.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${1:?usage: tests/lint.sh BUILD [FILE...]}" && pwd)
shift
cd "$here"
if [ $# -eq 0 ]; then
  # shellcheck disable=SC2046 # names of our own sources hold no blanks
  set -- $(find engine layers styles tools tests -name '*.c' | sort)
fi
status=0
said=$(mktemp)
trap 'rm -f "$said"' EXIT
# One file a process: over several, clang-tidy 14 forgets va_start after the first.
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 1 clang-tidy-14 -p "$build" --quiet \
  --warnings-as-errors='*' --extra-arg=-Wno-unknown-warning-option 2>"$said" || status=1
grep -v ' warnings\{0,1\} generated\.$' "$said" >&2 || true
cppcheck --std=c11 --enable=warning,performance,portability --inline-suppr --quiet \
  --error-exitcode=1 --suppressions-list=tests/cppcheck.supp -I . -j "$(nproc)" "$@" || status=1
[ $status -eq 0 ] && echo "lint: nothing to say of $# files"
exit $status
