#!/bin/sh
# Draws a sheet of samples from EMNIST's IDX files (or make_glyphs's): a column a class, as PNG.
set -eu

rows=16 width=1430
usage() {
  cat <<END
usage: samples.sh IMAGES LABELS OUTPUT.png [ROWS]

Draws ROWS (default $rows) samples of each class, a column a class, the first that IMAGES holds of each.

  IMAGES   an images file,  such as data/emnist-balanced-test-images-idx3-ubyte (or .gz)
  LABELS   the labels file beside it
END
}
die() {
  echo "samples.sh: $*" >&2
  exit 1
}
case "${1-}" in -h | --help) usage && exit 0 ;; esac
[ $# -eq 3 ] || [ $# -eq 4 ] || { usage >&2 && exit 2; }
images=$1 labels=$2 output=$3 rows=${4-$rows}
