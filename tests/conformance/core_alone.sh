#!/bin/sh
# Checks that the core's library needs the C library and libm alone, and is small.
#
#   core_alone.sh LIBRARY
set -eu

library=$1
most=256000 # bytes, stripped

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

failed=0
others=$(readelf --dynamic "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
  grep -vE '^(libc|libm|libpthread)\.so|^ld-linux' || true)
if [ -n "$others" ]; then
  echo "the core needs more than the C library and libm: $others"
  failed=1
fi
strip -o "$work/stripped" "$library"
size=$(wc -c <"$work/stripped")
if [ "$size" -gt $most ]; then
  echo "the core has $size bytes when stripped; $most at most"
  failed=1
fi
[ $failed = 0 ] && echo "the core: $size bytes when stripped, and no library but the system's"
exit $failed
