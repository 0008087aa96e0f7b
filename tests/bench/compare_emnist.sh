#!/bin/sh
# Trains pytorch_warmup's own EMNIST script and this library's example in turn, on the same generated images, and prints
# accuracy after each epoch and seconds an epoch side by side, as the rows of a Markdown table.
#
#   compare_emnist.sh MAIN_PY PROGRAM MAKE_GLYPHS WORK_FOLDER
#
#   MAIN_PY      examples/emnist/main.py of pytorch_warmup
#   PROGRAM      the built examples/emnist/emnist; MAKE_GLYPHS the make_glyphs beside it
#   WORK_FOLDER  keeps every run's output; a run that is there is not run again
#
# From the environment: EPOCHS (3), SEEDS ("1 2 3"), THREADS (2), PYTHON (/usr/bin/python3, with torch, torchvision and
# pytorch_warmup).
set -eu

script=$(realpath "$1") program=$(realpath "$2") make_glyphs=$(realpath "$3")
mkdir -p "$4"
work=$(realpath "$4")
epochs=${EPOCHS:-3} seeds=${SEEDS:-1 2 3} threads=${THREADS:-2} python=${PYTHON:-/usr/bin/python3}

data=$work/data/EMNIST/raw
if [ ! -d "$data" ]; then
  mkdir -p "$data"
  "$make_glyphs" "$data"
fi

run_script() { # seed warmup; the script reads ./data and writes ./output_WARMUP
  folder=$work/script_$1
  mkdir -p "$folder"
  [ -e "$folder/data" ] || ln -s "$work/data" "$folder/data"
  [ -e "$folder/$2.log" ] && return
  (cd "$folder" && OMP_NUM_THREADS=$threads "$python" "$script" --no-gpu --epochs "$epochs" --seed "$1" --warmup "$2" >"$2.part")
  mv "$folder/$2.part" "$folder/$2.log"
}

run_ours() { # seed warmup
  folder=$work/ours_$1
  mkdir -p "$folder"
  [ -e "$folder/$2.log" ] && return
  "$program" --no-gpu --epochs "$epochs" --seed "$1" --warmup "$2" --threads "$threads" --data "$work/data" \
    --output "$folder/output_$2" --profile >"$folder/$2.part"
  mv "$folder/$2.part" "$folder/$2.log"
}

# "92.4 94.1": the accuracies after each epoch, the median over the seeds; then the median seconds of training an epoch.
summary() { # script|ours warmup
  for epoch in $(seq "$epochs"); do
    for seed in $seeds; do sed -n "$((epoch + 1))p" "$work/$1_$seed/output_$2/evaluation.csv" | cut -d, -f3; done | median
  done
  for seed in $seeds; do sed -n 's/^Train Elapsed Time: \(.*\) sec$/\1/p' "$work/$1_$seed/$2.log"; done | median
}

median() { sort -n | awk '{ v[NR] = $1 } END { printf "%.2f ", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

for warmup in linear exponential radam none; do
  for seed in $seeds; do
    run_script "$seed" "$warmup"
    run_ours "$seed" "$warmup"
  done
  for which in script ours; do
    echo "| $warmup | $which | $(summary $which $warmup | sed 's/ $//; s/ / | /g') |"
  done
done
