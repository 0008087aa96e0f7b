#!/bin/sh
# The core's tests once more, over the two files that the packages of other languages carry.
#
#   as_one_file.sh REPOSITORY PROGRAM FOLDER
set -eu
repository=$1 program=$2 folder=$3

rm -rf "$folder" && mkdir -p "$folder"
python3 "$repository/bindings/carry_core.py" --write "$folder"
library=$(ldd "$program" | sed -n 's/^[[:space:]]*\(libtorch_warmup_core\.so[^ ]*\) .*/\1/p')
warnings="-Wall -Wextra -Wpedantic -Werror"
for compiler in gcc clang; do
  # shellcheck disable=SC2086 # a list
  $compiler -std=c11 -O1 $warnings -ffp-contract=off -fvisibility=hidden -fPIC -shared -pthread \
    "$folder/torch_warmup_core.c" -o "$folder/$library" -Wl,-soname,"$library" \
    -Wl,--version-script="$repository/cmake/torch_warmup_core.map" -lm
  export LD_LIBRARY_PATH="$folder"
  ldd "$program" | grep -qF "$folder/$library" || { echo "$program takes another $library"; exit 1; }
  "$program"
done
