#!/bin/sh
# How training fares beside a process that keeps a core busy: pytorch_warmup's own EMNIST script and this library's example in
# turn, alone and beside one, with several settings of how OpenMP's threads wait. Prints seconds an epoch (of 1,762 steps),
# from as many steps as are done in some seconds: medians over the rounds, as the rows of a Markdown table.
#
#   compare_busy.sh MAIN_PY PROGRAM MAKE_GLYPHS WORK_FOLDER
#
#   MAIN_PY      examples/emnist/main.py of pytorch_warmup
#   PROGRAM      the built examples/emnist/emnist; MAKE_GLYPHS the make_glyphs beside it
#   WORK_FOLDER  keeps the images and the figures of each run
#
# From the environment: ROUNDS (3), SECONDS_EACH (30), THREADS (2), PYTHON (/usr/bin/python3, with torch, torchvision and
# pytorch_warmup).
set -eu

script=$(realpath "$1") program=$(realpath "$2") make_glyphs=$(realpath "$3")
mkdir -p "$4"
work=$(realpath "$4")
rounds=${ROUNDS:-3} seconds=${SECONDS_EACH:-30} threads=${THREADS:-2} python=${PYTHON:-/usr/bin/python3}
steps_an_epoch=1762

data=$work/data/EMNIST/raw
if [ ! -d "$data" ]; then
  mkdir -p "$data"
  "$make_glyphs" "$data"
fi

# Both print a line every ten steps: "Train Epoch: 1 [6400/112800 (6%)]...". The time from the first of them to the last.
seconds_an_epoch() { # file of "seconds line"
  awk -v epoch=$steps_an_epoch '/Train Epoch/ { split($0, part, /[][\/]/); if (!n++) { t = $1; s = part[2] } u = $1; e = part[2] }
    END { if (e > s) printf "%.1f\n", (u - t) / ((e - s) / 64) * epoch; else print "9999.9" }' "$1"
}

stamp() { "$python" -uc 'import sys, time
for line in sys.stdin: print(time.monotonic(), line, end="")'; }

run() { # name place command...
  name=$1 place=$2
  shift 2
  busy=
  if [ "$place" = beside ]; then
    (while :; do :; done) &
    busy=$!
  fi
  folder=$work/run
  rm -rf "$folder"
  mkdir -p "$folder"
  ln -s "$work/data" "$folder/data"
  (cd "$folder" && timeout "$seconds" "$@" 2>&1 | stamp >lines) || true
  if [ -n "$busy" ]; then
    kill "$busy"
    wait "$busy" 2>/dev/null || true
  fi
  seconds_an_epoch "$folder/lines" >>"$work/$name.$place"
}

ours() { # name place setting...
  name=$1 place=$2
  shift 2
  run "$name" "$place" env "$@" "$program" --no-gpu --epochs 100 --threads "$threads" --data "$work/data" --output output
}

median() { sort -n | awk '{ v[NR] = $1 } END { printf "%.1f", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

rm -f "$work"/*.alone "$work"/*.beside
for round in $(seq "$rounds"); do
  for place in alone beside; do
    run script "$place" env OMP_NUM_THREADS="$threads" PYTHONUNBUFFERED=1 "$python" "$script" --no-gpu --epochs 100
    ours "as it is" "$place" TW=
    ours "GOMP_SPINCOUNT=300000 (libgomp's own)" "$place" GOMP_SPINCOUNT=300000
    ours "GOMP_SPINCOUNT=30000" "$place" GOMP_SPINCOUNT=30000
    ours "GOMP_SPINCOUNT=3000" "$place" GOMP_SPINCOUNT=3000
    ours "OMP_WAIT_POLICY=passive" "$place" OMP_WAIT_POLICY=passive
  done
done
for name in "$work"/*.alone; do
  name=${name%.alone}
  echo "| $(basename "$name") | $(median <"$name.alone") | $(median <"$name.beside") |"
done
