#!/bin/sh
# Builds a pure C99 program against the installed library, as a user would, and runs it.
#
#   consumer.sh cmake       PREFIX WORK_FOLDER    by find_package
#   consumer.sh pkg-config  PREFIX WORK_FOLDER    by pkg-config
set -eu

how=$1 prefix=$2 work=$3
here=$(cd "$(dirname "$0")/consumer" && pwd)

rm -rf "$work"
mkdir -p "$work"
case $how in
  cmake)
    # No LibTorch is named here: a program that links the library needs none.
    env -u LIBTORCH -u Torch_DIR cmake -S "$here" -B "$work" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release
    cmake --build "$work"
    ;;
  pkg-config)
    PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name torch_warmup.pc)") && export PKG_CONFIG_PATH
    # shellcheck disable=SC2046 # a list of flags
    cc -std=c99 -Wall -Wextra -Wpedantic -Werror -o "$work/consumer" "$here/main.c" $(pkg-config --cflags --libs torch_warmup) -lm
    ;;
  *) echo "unknown way '$how'"; exit 1 ;;
esac

env -u LD_LIBRARY_PATH "$work/consumer"
