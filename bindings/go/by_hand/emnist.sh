#!/bin/sh
# All that the C example's tests ask of a run's results, of the Go example: minutes. Its bar for terminals it has not.
#
#   emnist.sh PREFIX
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
prefix=$(cd "$1" && pwd)
program=$(mktemp -d)
trap 'rm -rf "$program"' EXIT
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig" LD_LIBRARY_PATH="$prefix/lib"
(cd "$here" && go build -tags torch -o "$program/emnist" ./examples/emnist)
python3 "$here/../../tests/examples/test_emnist.py" "$program/emnist" \
  Results.test_history_and_evaluation_hold_what_the_readme_says Results.test_training_learns \
  Results.test_the_same_seed_gives_the_same_run_with_any_number_of_workers Results.test_each_warmup_starts_at_its_own_rate \
  Results.test_log_lines_and_profile_go_to_a_pipe_and_quiet_prints_nothing Results.test_gzipped_files_give_the_same_run
