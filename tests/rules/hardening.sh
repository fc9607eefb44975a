#!/bin/sh
# Is the program built to make a mistake in it hard to use?
#   tests/rules/hardening.sh PROGRAM BUILD_TYPE
# What a sanitizer replaces (FORTIFY) is asked of Release builds alone. 77 = cannot be judged here.
set -u
program=${1:?usage: hardening.sh PROGRAM BUILD_TYPE}
type=${2:-Release}
command -v readelf >/dev/null || { echo "there is no readelf: skipped"; exit 77; }
head=$(readelf -hW "$program") && segments=$(readelf -lW "$program") &&
  dynamic=$(readelf -dW "$program") && symbols=$(readelf -sW --dyn-syms "$program") || exit 1
failed=0

must() { # what, text, pattern
  printf '%s\n' "$2" | grep -Eq "$3" || { echo "$program: lacks $1" >&2; failed=1; }
}

must "position independence (PIE)" "$head" 'Type: +DYN'
must "read-only relocations (RELRO)" "$segments" 'GNU_RELRO'
must "binding at start (full RELRO)" "$dynamic" 'BIND_NOW|FLAGS_1.*NOW'
must "the stack protector" "$symbols" '__stack_chk_fail'
must "a stack that cannot be run (NX)" "$segments" 'GNU_STACK .* RW +0x'
if [ "$type" = Release ]; then
  must "checked library calls (FORTIFY)" "$symbols" '__(snprintf|memcpy|vsnprintf|fprintf|printf)_chk'
fi
exit $failed
