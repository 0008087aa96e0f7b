#!/bin/sh
# Builds the generator in several ways and checks that all draw the same test part.
#
#   same_bytes.sh EXAMPLE
set -eu
example=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
expected=$(cat "$here/test_part.sum")

check() {
  compiler=$1
  shift
  command -v "$compiler" >/dev/null || { echo "$compiler is missing" >&2; exit 1; }
  "$compiler" -std=c11 "$@" -I "$example" "$here/print_sum.c" "$example"/glyph*.c -o "$work/print_sum" -lpthread -lz
  found=$("$work/print_sum")
  echo "$compiler $*: $found"
  [ "$found" = "$expected" ] || { echo "expected $expected" >&2; exit 1; }
}

# Where the machine has fused multiply-adds, -march=native would use them if the sources let it.
for compiler in gcc clang; do
  check $compiler -O0
  check $compiler -O3 -ffp-contract=off
  check $compiler -O3 -march=native -ffp-contract=off
  check $compiler -O3 -march=native
done
