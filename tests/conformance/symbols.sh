#!/bin/sh
# Compares what the library exports with the committed list and with what the headers declare.
#
#   symbols.sh LIBRARY INCLUDE_FOLDER             the check
#   symbols.sh LIBRARY INCLUDE_FOLDER --refresh   writes symbols.txt anew, for a release that adds names
set -eu

library=$1 include=$2
list=$(dirname "$0")/symbols.txt
LC_ALL=C && export LC_ALL

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Versioned names such as tw_version@@TORCH_WARMUP_0, and the version node itself, which is no function.
nm --dynamic --defined-only "$library" | awk '$2 != "A" { print $3 }' | sed 's/@.*//' | sort >"$work/exported"

# A declaration starts with TW_API; its name is the last word before the first parenthesis.
cat "$include"/torch_warmup.h "$include"/torch_warmup/*.h | tr '\n' ' ' | sed 's/\/\*/\n&/g; s/\*\//&\n/g' |
  grep -v '^/\*' | tr '\n' ' ' | sed 's/TW_API/\n&/g' |
  sed -n 's/^TW_API[^(]*[ *]\(tw_[a-z0-9_]*\) *(.*/\1/p' | sort >"$work/declared"

if [ "${3:-}" = --refresh ]; then
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
compare "$list" "$work/exported" "symbols.txt (<) and the library's exports (>) differ:" || failed=1
compare "$work/declared" "$work/exported" "the headers' declarations (<) and the library's exports (>) differ:" || failed=1
[ -s "$work/exported" ] || { echo "the library exports nothing"; failed=1; }
[ $failed = 0 ] && echo "$(wc -l <"$work/exported") symbols, as listed and as declared"
exit $failed
