#!/bin/sh
# Compiles each public header alone, as a program in the given language and standard would include it.
#
#   headers.sh INCLUDE_FOLDER COMPILER LANGUAGE STANDARD      headers.sh include gcc c c99
set -eu

include=$1 compiler=$2 language=$3 standard=$4

flags="-Wall -Wextra -Wpedantic -Werror -fsyntax-only"
if [ "$language" = c ]; then flags="$flags -Wstrict-prototypes -Wmissing-prototypes"; fi

count=0
for header in "$include"/*.h "$include"/torch_warmup/*.h; do
  # Twice, to see the include guard at work. A last declaration keeps ISO C from calling the file empty.
  # shellcheck disable=SC2086 # a list of flags
  printf '#include "%s"\n#include "%s"\nextern int not_empty;\n' "$header" "$header" |
    "$compiler" -std="$standard" $flags -I "$include" -x "$language" -
  count=$((count + 1))
done
[ "$count" -gt 1 ] || { echo "no headers in $include"; exit 1; }
echo "$count headers compile alone: $compiler $standard"
