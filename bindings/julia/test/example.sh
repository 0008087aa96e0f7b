#!/bin/sh
# Trains the EMNIST network from Julia and from C on the same few images, and compares their tables and weights; stops and resumes.
#
#   example.sh JULIA ROOT     TORCH_WARMUP_LIBTORCH is the prefix of torch_warmup, JULIA_PROJECT has the package
set -eu
julia=$1 root=$2
example=$(cd "$(dirname "$0")/../examples" && pwd)/emnist.jl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The C program, and characters for both: the first of those that it generates.
sources=$(ls "$root"/examples/emnist/*.c | grep -v make_glyphs.c)
flags=$(PKG_CONFIG_PATH=${PKG_CONFIG_PATH:-$TORCH_WARMUP_LIBTORCH/lib/pkgconfig} pkg-config --cflags --libs torch_warmup)
# shellcheck disable=SC2086 # lists of words
cc -std=c11 -O2 -o "$work/emnist" $sources $flags -lz -lm -pthread
# shellcheck disable=SC2046
cc -std=c11 -O2 -o "$work/make_glyphs" $(ls "$root"/examples/emnist/*.c | grep -E '/(make_glyphs|glyph.*|idx.*|dataset|fail.*)\.c') -lz -lm -pthread
"$work/make_glyphs" "$work/all" >/dev/null
mkdir "$work/data"
big_endian() { printf "\\$(printf %03o $(($1 / 16777216 % 256)))\\$(printf %03o $(($1 / 65536 % 256)))\\$(printf %03o $(($1 / 256 % 256)))\\$(printf %03o $(($1 % 256)))"; }
cut_to() { # part count
  images=emnist-balanced-$1-images-idx3-ubyte labels=emnist-balanced-$1-labels-idx1-ubyte
  { head -c 4 "$work/all/$images"; big_endian "$2"; tail -c +9 "$work/all/$images" | head -c $((8 + 784 * $2)); } >"$work/data/$images"
  { head -c 4 "$work/all/$labels"; big_endian "$2"; tail -c +9 "$work/all/$labels" | head -c "$2"; } >"$work/data/$labels"
}
cut_to train 1300
cut_to test 500
rm -r "$work/all"

options="--data $work/data --epochs 2 --log-interval 5 --test-batch-size 200 --threads 2 --seed 7 --warmup radam --no-gpu --save-model --quiet"
# shellcheck disable=SC2086
LD_LIBRARY_PATH=$(PKG_CONFIG_PATH=${PKG_CONFIG_PATH:-$TORCH_WARMUP_LIBTORCH/lib/pkgconfig} pkg-config --variable=libdir torch_warmup) "$work/emnist" $options --output "$work/c"
# shellcheck disable=SC2086
"$julia" --startup-file=no "$example" $options --output "$work/julia" --checkpoint-every 15
for table in history.csv evaluation.csv; do
  diff "$work/c/$table" "$work/julia/$table" || { echo "Julia's $table (>) is not C's (<)"; exit 1; }
done
cp -R "$work/julia" "$work/again"
# A run that goes on from its last checkpoint has nothing left to do; one from the middle makes the same rows.
# shellcheck disable=SC2086
"$julia" --startup-file=no -e '
  include(ARGS[1])
  given = parse_options(ARGS[2:end])
  run = make_run((; DEFAULTS..., given...), given[:output])
  begin_tables(run)
  train_epoch(run)' "$example" $options --output "$work/stopped" --checkpoint-every 15
"$julia" --startup-file=no "$example" --data "$work/data" --threads 2 --no-gpu --quiet --resume "$work/stopped/checkpoint.pt"
for table in history.csv evaluation.csv; do
  diff "$work/julia/$table" "$work/stopped/$table" || { echo "the resumed run's $table (>) is another (<)"; exit 1; }
done
if "$julia" --startup-file=no "$example" --data "$work/data" --output "$work/c" 2>"$work/refused"; then exit 1; fi
grep -q 'exists already' "$work/refused"
echo "Julia's EMNIST run: $(($(wc -l <"$work/julia/history.csv") - 1)) rows, each as C's; resumed to the same"
