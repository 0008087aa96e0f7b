#!/bin/sh
# Checks that the global names of each static library are the public names that the shared ones export.
#
#   static_symbols.sh CORE_SHARED CORE_STATIC SHARED STATIC      the last holds the core too
set -eu

core_shared=$1 core_static=$2 shared=$3 static=$4
LC_ALL=C && export LC_ALL
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

exported() { # by shared libraries, those aside that the core has for the library over it alone
  for library in "$@"; do nm --dynamic --defined-only "$library"; done |
    awk '$2 != "A" { print $3 }' | grep -v '@TORCH_WARMUP_CORE_PRIVATE' | sed 's/@.*//' | sort
}
defined() { nm --extern-only --defined-only "$1" | awk 'NF == 3 { print $3 }' | sort; }

failed=0
compare() { # static library, shared libraries
  archive=$1
  shift
  defined "$archive" >"$work/static"
  exported "$@" >"$work/shared"
  [ -s "$work/static" ] || { echo "$archive defines nothing"; failed=1; }
  if ! diff "$work/shared" "$work/static" >"$work/difference"; then
    echo "the names of $(basename "$archive") (>) are not those of its shared library (<):"
    head -n 40 "$work/difference"
    failed=1
  else
    echo "$(basename "$archive"): $(wc -l <"$work/static") names, the public ones"
  fi
}

compare "$core_static" "$core_shared"
compare "$static" "$core_shared" "$shared"
exit $failed
