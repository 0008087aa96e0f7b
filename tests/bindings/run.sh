#!/bin/sh
# Runs a language's own test script and keeps the line that says why it was left out, which ctest would not show.
#
#   run.sh LANGUAGE PREFIX      where PREFIX is an installed torch_warmup
set -eu
script=$(cd "$(dirname "$0")/../.." && pwd)/bindings/$1/test.sh

output=$(mktemp)
trap 'rm -f "$output"' EXIT
rc=0
sh "$script" "$2" >"$output" 2>&1 || rc=$?
cat "$output"
if [ "$rc" = 77 ] && [ -n "${TW_LEFT_OUT:-}" ]; then grep '^left out:' "$output" >>"$TW_LEFT_OUT"; fi
exit "$rc"
