#!/bin/sh
# Checks that every C and C++ file is as clang-format makes it.
#
#   format.sh REPOSITORY            the check
#   format.sh REPOSITORY --fix      formats the files
#
# clang-format's versions differ in details, so the check holds for the one named here. With another it exits with 77,
# which ctest shows as skipped.
set -eu
cd "$1"
reference=14

clang_format=$(command -v clang-format-$reference || command -v clang-format) || { echo "clang-format is missing"; exit 1; }
version=$("$clang_format" --version | sed -n 's/.*version \([0-9]*\).*/\1/p')
if [ "$version" != "$reference" ]; then
  echo "clang-format is version $version; the files are formatted by version $reference"
  exit 77
fi

files=$(find include src capi tests examples cmake -name build -prune -o \( -name '*.c' -o -name '*.h' -o -name '*.cpp' -o -name '*.hpp' \) -print)
# shellcheck disable=SC2086 # a list of files
case ${2:-} in
  --fix) "$clang_format" -i $files ;;
  *) "$clang_format" --dry-run -Werror $files ;;
esac
