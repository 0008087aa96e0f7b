#!/bin/sh
# Builds an example as its own CMakeLists.txt says, warnings being errors.
#
#   build.sh EXAMPLE PREFIX BUILD_FOLDER
set -eu
cmake -S "$1" -B "$3" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$2" -DCMAKE_C_FLAGS=-Werror -DCMAKE_CXX_FLAGS=-Werror
cmake --build "$3"
