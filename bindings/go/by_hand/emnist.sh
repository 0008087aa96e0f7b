#!/bin/sh
# The Go example beside the C one: the same tables and the same weights, to the last bit; and what the C example's tests ask of
# a run's results. Minutes. Its bar for terminals it has not.
#
#   emnist.sh PREFIX
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
prefix=$(cd "$1" && pwd)
program=$(mktemp -d)
trap 'rm -rf "$program"' EXIT
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig" LD_LIBRARY_PATH="$prefix/lib"
(cd "$here" && go build -tags torch -o "$program/emnist" ./examples/emnist)
# shellcheck disable=SC2046 # lists of flags and files
(cd "$here/../../examples/emnist" && cc -std=c11 -O2 -ffp-contract=off -o "$program/emnist_c" \
  $(find . -name '*.c' ! -name make_glyphs.c) $(pkg-config --cflags --libs torch_warmup) -lz -pthread -lm)
(
  cd "$program"
  PYTHONPATH="$here/../../tests/examples" python3 -c '
import os
from emnist_program import write_split
os.mkdir("data")
write_split("data", 640, 94)'
  for each in emnist emnist_c; do
    "./$each" --data data --epochs 4 --log-interval 1 --threads 1 --no-gpu --quiet --save-model --output "of_$each"
  done
  for each in history.csv evaluation.csv emnist_cnn.pt; do cmp "of_emnist/$each" "of_emnist_c/$each"; done
)
python3 "$here/../../tests/examples/test_emnist.py" "$program/emnist" \
  Results.test_history_and_evaluation_hold_what_the_readme_says Results.test_training_learns \
  Results.test_the_same_seed_gives_the_same_run_with_any_number_of_workers Results.test_each_warmup_starts_at_its_own_rate \
  Results.test_log_lines_and_profile_go_to_a_pipe_and_quiet_prints_nothing Results.test_gzipped_files_give_the_same_run
