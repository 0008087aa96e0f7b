#!/bin/sh
# Compares the EMNIST example with the C program, on generated images: the rows of a whole run, and of runs that one program
# began and the other went on with after it was killed.
#
#   emnist.sh LIBRARY WORK      LIBRARY is the folder of the installed libraries; PKG_CONFIG_PATH leads to them
set -eu

here=$(cd "$(dirname "$0")" && pwd)
library=$1 work=$2
c=$(cd "$here/../../examples/emnist" && pwd)
mkdir -p "$work"

cargo build --locked --release -p torch-warmup --features torch --example emnist --target-dir "$here/target/torch" \
  --manifest-path "$here/Cargo.toml"
rust=$here/target/torch/release/examples/emnist

# All parts but the other program's main.
parts() { for file in "$c"/*.c; do case $file in */main.c | */make_glyphs.c) ;; *) echo "$file" ;; esac; done; }
compile() {
  # shellcheck disable=SC2046 # lists of files and flags
  cc -std=c11 -O1 -ffp-contract=off -o "$work/$1" "$c/$2" $(parts) $(pkg-config --cflags torch_warmup) \
    -I"$here/../../include" -L"$library" -Wl,-rpath,"$library" -ltorch_warmup -ltorch_warmup_core -lz -lm -pthread
}
compile emnist_c main.c
compile make_glyphs make_glyphs.c

# The first images of each file; its header has the count in bytes 4 to 8.
cut() {
  { printf "$4"; tail -c +$(($3 + 1)) "$work/all/$1" | head -c $(($2)); } >"$work/data/$1"
}
"$work/make_glyphs" "$work/all" >/dev/null
mkdir -p "$work/data"
cut emnist-balanced-train-images-idx3-ubyte 1280*784 16 '\000\000\010\003\000\000\005\000\000\000\000\034\000\000\000\034'
cut emnist-balanced-test-images-idx3-ubyte 512*784 16 '\000\000\010\003\000\000\002\000\000\000\000\034\000\000\000\034'
cut emnist-balanced-train-labels-idx1-ubyte 1280 8 '\000\000\010\001\000\000\005\000'
cut emnist-balanced-test-labels-idx1-ubyte 512 8 '\000\000\010\001\000\000\002\000'

run() { "$1" --data "$work/data" --epochs 2 --threads 1 --log-interval 5 --checkpoint-every 3 --quiet --output "$2"; }

same() {
  cmp "$work/whole/history.csv" "$1/history.csv"
  cmp "$work/whole/evaluation.csv" "$1/evaluation.csv"
}

# crossed FIRST SECOND FOLDER
crossed() {
  run "$1" "$3" &
  pid=$!
  until [ "$(wc -l 2>/dev/null <"$3/history.csv" || echo 0)" -ge 4 ]; do
    kill -0 $pid 2>/dev/null || { echo "$1 has ended early"; exit 1; }
    sleep 0.05
  done
  kill -9 $pid
  wait $pid 2>/dev/null || true
  "$2" --resume "$3/checkpoint.pt" --quiet
  same "$3"
}

run "$work/emnist_c" "$work/whole"
run "$rust" "$work/rust"
same "$work/rust"
[ "$(wc -l <"$work/whole/history.csv")" = 9 ]
crossed "$rust" "$work/emnist_c" "$work/rust_then_c"
crossed "$work/emnist_c" "$rust" "$work/c_then_rust"

refused() {
  rc=0
  "$rust" "$@" >"$work/refused" 2>&1 || rc=$?
  [ $rc = "$wanted" ] || { echo "emnist $*: exit status $rc, not $wanted"; exit 1; }
}
wanted=2 && refused --lr high && refused && refused --workers 65 && refused word
wanted=1 && refused --data "$work/nowhere" && refused --data "$work/data" --output "$work/whole"
grep -q 'exists already' "$work/refused"
wanted=1 && refused --resume "$work/rust/checkpoint.pt" --lr 0.5
grep -q 'lr is 0.5, but the run has 0.01' "$work/refused"
