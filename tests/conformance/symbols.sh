#!/bin/sh
# Compares what the libraries export with the committed list and with what the headers declare.
#
#   symbols.sh INCLUDE_FOLDER LIBRARY...             the check
#   symbols.sh --refresh INCLUDE_FOLDER LIBRARY...   writes symbols.txt anew, for a release that adds names
set -eu

refresh=no
if [ "$1" = --refresh ]; then refresh=yes && shift; fi
include=$1
shift
list=$(dirname "$0")/symbols.txt
LC_ALL=C && export LC_ALL

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Versioned names such as tw_version@@TORCH_WARMUP_CORE_0, and the version node itself, which is no function. What the core
# exports for the library over it alone has a version of its own.
for library in "$@"; do nm --dynamic --defined-only "$library"; done |
  awk '$2 != "A" { print $3 }' | grep -v '@TORCH_WARMUP_CORE_PRIVATE' | sed 's/@.*//' | sort >"$work/exported"

# A declaration starts with TW_API or TW_CALL; its name is the last word before the first parenthesis.
cat "$include"/*.h "$include"/torch_warmup/*.h | tr '\n' ' ' | sed 's/\/\*/\n&/g; s/\*\//&\n/g' |
  sed '/^[[:space:]]*#/d' | grep -v '^/\*' | tr '\n' ' ' | sed -E 's/TW_(API|CALL)/\n&/g' |
  sed -n 's/^TW_[A-Z]*[^(]*[ *]\(tw_[a-z0-9_]*\) *(.*/\1/p' | sort >"$work/declared"

if [ $refresh = yes ]; then
  cp "$work/exported" "$list"
  echo "$(wc -l <"$list") names written to $list"
  exit 0
fi

compare() { # what is in one list and not in the other fails
  if ! diff "$1" "$2" >"$work/difference"; then
    echo "$3"
    cat "$work/difference"
    return 1
  fi
}

failed=0
compare "$list" "$work/exported" "symbols.txt (<) and the libraries' exports (>) differ:" || failed=1
compare "$work/declared" "$work/exported" "the headers' declarations (<) and the libraries' exports (>) differ:" || failed=1
[ -s "$work/exported" ] || { echo "the libraries export nothing"; failed=1; }
[ $failed = 0 ] && echo "$(wc -l <"$work/exported") symbols, as listed and as declared"
exit $failed
