#!/bin/sh
# The tests of the Go packages that belong into every run.
#
#   test.sh [PREFIX]      PREFIX: where torch_warmup is installed, for the package torch; without it that part is left out
#
# TW_FOREIGN_OPTIMIZER names the library tw_foreign_optimizer of the build; in a build folder it is found by itself.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
repository=$here/../..
prefix=${1:+$(cd "$1" && pwd)}
cd "$here"

leave_out() {
  echo "left out: go: $1"
  if [ "${TW_REQUIRE_ALL:-}" = 1 ]; then exit 1; fi
  exit 77
}
say() { echo "-- $*"; }
command -v go >/dev/null || leave_out "no go (apt-get install golang-go)"
command -v cc >/dev/null || leave_out "no cc (apt-get install gcc)"
command -v python3 >/dev/null || leave_out "no python3 (apt-get install python3)"
command -v clang >/dev/null || leave_out "no clang (apt-get install clang)"

# Runs go test; a test that is skipped is a failure, but for those that the build cannot have.
all_of() {
  go test -v "$@" >"$log" 2>&1 || { grep -v '^=== \|^ *--- PASS' "$log"; exit 1; }
  if grep -B1 -e '--- SKIP' "$log" | grep -v -e '--- SKIP' -e '^--$' | grep -v 'without TORCH_WARMUP_CHECKS'; then
    echo "a test was skipped"
    exit 1
  fi
  grep '^ok' "$log"
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

say "the generated files are those of the headers, and no function is missing"
python3 "$repository/bindings/generate/go.py" --check
say "gofmt, go vet"
test -z "$(gofmt -l .)" || { gofmt -d .; exit 1; }
go vet ./...
say "the core that is compiled in"
all_of ./...
CGO_CFLAGS='-g -O2 -Wall -Werror' GOEXPERIMENT=cgocheck2 go test . >"$log" 2>&1 || { cat "$log"; exit 1; }
say "under the race detector"
all_of -race .
say "go get by a program elsewhere"
sh "$here/consumer.sh"

if [ -z "$prefix" ]; then
  echo "left out of the Go tests: the package torch, since no PREFIX is given"
  exit 0
fi
say "LibTorch by the installed library"
for folder in "$prefix"/lib "$prefix"/lib/*-linux-gnu; do
  if [ -e "$folder/pkgconfig/torch_warmup.pc" ]; then
    export PKG_CONFIG_PATH="$folder/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
    export LD_LIBRARY_PATH="$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  fi
done
beside=$prefix/../../support/foreign_optimizer/libtw_foreign_optimizer.so
if [ -z "${TW_FOREIGN_OPTIMIZER:-}" ] && [ -e "$beside" ]; then export TW_FOREIGN_OPTIMIZER="$beside"; fi
go vet -tags torch ./...
(export GOEXPERIMENT=cgocheck2; all_of -tags torch ./...)
say "the EMNIST example"
program=$(mktemp -d)
trap 'rm -rf "$log" "$program"' EXIT
go build -tags torch -o "$program/emnist" ./examples/emnist
python3 "$repository/tests/examples/test_emnist.py" "$program/emnist" \
  Results.test_history_and_evaluation_hold_what_the_readme_says \
  Results.test_the_same_seed_gives_the_same_run_with_any_number_of_workers
