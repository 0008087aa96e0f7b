#!/bin/sh
# Compares what batches hold for each of the 256 bytes with torchvision's ToTensor and Normalize, bit for bit.
#
#   normalisation.sh EXAMPLE
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/find_python.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -std=c11 -O2 -I "$1" "$here/print_normalisation.c" "$1/batches.c" -o "$work/print" -lpthread
"$work/print" >"$work/table"
"$python" "$here/normalisation.py" "$work/table"
