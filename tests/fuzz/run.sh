#!/bin/sh
# Runs a fuzzer over its corpus, then on inputs of its own making.
#
#   run.sh BUILD_FOLDER checkpoint|pickle|safetensors [LIBFUZZER OPTION...]     by default -runs=20000
#
# What it finds worth keeping goes to BUILD_FOLDER/found, not to the corpus.
set -eu

usage() { sed -n '2,6s/^# \{0,1\}//p' "$0"; }
case ${1:-} in -h | --help) usage; exit 0 ;; esac
[ $# -ge 2 ] || { usage >&2; exit 2; }

build=$1 name=$2
shift 2
[ $# -gt 0 ] || set -- -runs=20000
tests=$(cd "$(dirname "$0")/.." && pwd)
fuzzer=$build/tw_${name}_fuzz
[ -x "$fuzzer" ] || { echo "run.sh: there is no $fuzzer; is BUILD_FOLDER right, and built?" >&2; exit 2; }

corpus=$tests/fuzz/corpus/$name
[ "$name" = checkpoint ] && corpus="$corpus $tests/fixtures/checkpoints $tests/fixtures/hostile $tests/fixtures/odd_values"
dictionary=
[ -f "$tests/fuzz/$name.dict" ] && dictionary=-dict=$tests/fuzz/$name.dict
mkdir -p "$build/found/$name"

# An input takes milliseconds and at most some megabytes; the limits are what nothing may come near.
limits="-timeout=10 -malloc_limit_mb=256 -rss_limit_mb=1024"
# shellcheck disable=SC2046,SC2086 # lists of words
"$fuzzer" $limits $(find $corpus -type f) >"$build/$name.log" 2>&1 || { cat "$build/$name.log"; exit 1; }
# shellcheck disable=SC2086
exec "$fuzzer" $limits -seed=1 -max_len=8192 -print_final_stats=1 $dictionary -artifact_prefix="$build/" "$@" \
  "$build/found/$name" $corpus
