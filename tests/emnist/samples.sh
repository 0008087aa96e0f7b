#!/bin/sh
# Draws sheets of generated glyphs with samples.sh, from raw and gzipped files.
#
#   samples.sh EXAMPLE MAKE_GLYPHS
set -eu
script=$1/samples.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
"$2" "$work/raw" >/dev/null
begin=$work/raw/emnist-balanced-test
gzip -k "$begin-images-idx3-ubyte" "$begin-labels-idx1-ubyte"
for suffix in '' .gz; do
  sh "$script" "$begin-images-idx3-ubyte$suffix" "$begin-labels-idx1-ubyte$suffix" "$work/sheet$suffix.png" 3
done
cmp "$work/sheet.png" "$work/sheet.gz.png"
# 24 columns and 2 bands of 3 rows of 28 pixels with a gap of 10, doubled: the PNG's width and height.
size=$(od -An -tu1 -j 16 -N 8 "$work/sheet.png" | awk '{ print $3 * 256 + $4, $7 * 256 + $8 }')
[ "$size" = "1344 356" ] || fail "the sheet's size is $size"
[ "$(wc -c <"$work/sheet.png")" -gt 20000 ] || fail "the sheet is blank"
if sh "$script" "$work/none" "$work/none" "$work/x.png" 2>"$work/err"; then fail "it draws from nothing"; fi
grep -q "cannot read $work/none" "$work/err" || fail "it does not say what is missing"
sh "$script" a b c x 2>"$work/err" && status=0 || status=$?
[ $status = 2 ] || fail "x rows give $status"
grep -q "not 'x'" "$work/err" || fail "it does not name the rows"
echo "samples.sh: all as it should be"
