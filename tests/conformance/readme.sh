#!/bin/sh
# Extracts the C program in README.md, builds it with the command that README.md gives for it, and runs it.
#
#   readme.sh REPOSITORY PREFIX WORK_FOLDER
set -eu

repository=$1 prefix=$2 work=$3
rm -rf "$work"
mkdir -p "$work"
cd "$work"

# The first ```c block that has a main.
awk '
  /^```c$/ { inside = 1; program = ""; next }
  /^```$/ { if (inside && program ~ /int main/) { printf "%s", program; exit } inside = 0 }
  inside { program = program $0 "\n" }' "$repository/README.md" >program.c
[ -s program.c ] || { echo "README.md has no C program"; exit 1; }

# The first line that compiles a file with pkg-config's flags; the file may have any name.
command=$(grep -m 1 -E '^(\$ )?(cc|gcc) .*pkg-config.* torch_warmup' "$repository/README.md" | sed 's/^\$ //') ||
  { echo "README.md has no line that compiles it by pkg-config"; exit 1; }
source=$(echo "$command" | grep -oE '[a-z_]+\.c' | head -n 1)
program=$(echo "$command" | sed -n 's/.*-o \([a-z_]*\).*/\1/p')
mv program.c "$source"

PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name torch_warmup.pc)") && export PKG_CONFIG_PATH
echo "$command"
eval "$command -Wall -Wextra -Wpedantic -Werror"
env -u LD_LIBRARY_PATH "./${program:-a.out}"
