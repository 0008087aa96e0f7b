#!/bin/sh
# Measures what a call costs from Julia beside C, by hand, on a quiet machine.
#
#   benchmark.sh JULIA
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$here/.." "$work/TorchWarmup"
core=$here/../deps/core
cc -std=c11 -O2 -ffp-contract=off -I "$core" -o "$work/benchmark" "$here/benchmark.c" "$core/torch_warmup_core.c" -lm -pthread
"$work/benchmark"
"$1" --startup-file=no "$work/TorchWarmup/deps/build.jl"
JULIA_DEPOT_PATH=$work/depot "$1" --startup-file=no --project="$work/TorchWarmup" "$here/benchmark.jl"
