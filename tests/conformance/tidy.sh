#!/bin/sh
# Runs clang-tidy over the sources of the given folders with the checks of .clang-tidy.
#
#   tidy.sh REPOSITORY BUILD_FOLDER FOLDER...       BUILD_FOLDER holds compile_commands.json
#
# Its versions differ in their checks, so the check holds for the one named here. With another it exits with 77, which
# ctest shows as skipped.
set -eu

repository=$1 build=$2
shift 2
cd "$repository"
reference=14

clang_tidy=$(command -v clang-tidy-$reference || command -v clang-tidy) || { echo "clang-tidy is missing"; exit 1; }
version=$("$clang_tidy" --version | sed -n 's/.*version \([0-9]*\).*/\1/p' | head -n 1)
if [ "$version" != "$reference" ]; then
  echo "clang-tidy is version $version; .clang-tidy is written for version $reference"
  exit 77
fi

files=$(find "$@" -name '*.c' -o -name '*.cpp')
[ -n "$files" ] || { echo "no sources in $*"; exit 1; }
# A precompiled header of gcc means nothing to clang-tidy, so the flags that name it are left out.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed -E 's/-Winvalid-pch|-fpch-preprocess|-include [^ "]*cmake_pch\.hxx//g' "$build/compile_commands.json" >"$work/compile_commands.json"
# shellcheck disable=SC2086 # a list of files
printf '%s\n' $files | xargs -n 1 -P 2 "$clang_tidy" -p "$work" --quiet
