#!/bin/sh
# Runs make_glyphs and reads what it writes with torchvision; checks its refusals.
#
#   make_glyphs.sh EXAMPLE MAKE_GLYPHS
set -eu
make_glyphs=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/find_python.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

# refused WORDS ARGUMENT...: it must fail and say the words.
refused() {
  words=$1
  shift
  if "$make_glyphs" "$@" >"$work/out" 2>"$work/err"; then fail "make_glyphs $* succeeded"; fi
  grep -q -- "$words" "$work/err" || { cat "$work/err" >&2; fail "make_glyphs $* does not say '$words'"; }
}

"$make_glyphs" --help | grep -q 'usage: make_glyphs' || fail "--help"
"$make_glyphs" "$work/raw/EMNIST/raw" >"$work/out"
[ "$(grep -c "$work/raw/EMNIST/raw/emnist-balanced-" "$work/out")" = 4 ] || fail "it does not list its four files"
"$make_glyphs" --gzip --threads 1 "$work/packed" >"$work/out"
for file in "$work"/packed/*; do
  gzip -dc "$file" | cmp - "$work/raw/EMNIST/raw/$(basename "$file" .gz)"
done
"$python" "$here/read_glyphs.py" "$work/raw"

other=$work/raw/EMNIST/raw/emnist-balanced-test
echo kept >"$other-labels-idx1-ubyte"
refused 'is there already; --force' "$work/raw/EMNIST/raw"
[ "$(cat "$other-labels-idx1-ubyte")" = kept ] || fail "it overwrote a file unasked"
cp "$other-images-idx3-ubyte" "$work/seed-1"
"$make_glyphs" --force --seed 2 "$work/raw/EMNIST/raw" >"$work/out"
if cmp -s "$work/seed-1" "$other-images-idx3-ubyte"; then fail "another seed gives the same images"; fi
[ "$(ls "$work/raw/EMNIST/raw" | wc -l)" = 4 ] || fail "it leaves temporary files: $(ls "$work/raw/EMNIST/raw")"

refused 'folder to write to is missing'
refused 'one folder is enough' a b
refused "not 'x'\|not x" --seed x a
refused 'not -1' --seed -1 a
refused 'not 99999999999999999999999' --seed 99999999999999999999999 a
refused 'not 65' --threads 65 a
refused 'nknown option\|unrecognized option' --nonsense a
echo file >"$work/file"
refused "$work/file" "$work/file/below"
echo "make_glyphs: all as it should be"
