#!/bin/sh
# Builds the core of torch_warmup and this example, and runs it: seconds from nothing, and no LibTorch.
set -eu

usage() {
  cat <<'END'
usage: sh run.sh

Installs what is missing (a C compiler, CMake, Ninja, pkg-config), builds the core of torch_warmup and this example, and
runs it: an SGD over plain arrays under a linear warmup and a cosine schedule.

  --help  this text
END
}

if [ $# -gt 0 ]; then
  case $1 in -h | --help) usage && exit ;; esac
  echo "run.sh: no such option: $1 (try --help)" >&2
  exit 2
fi

here=$(cd "$(dirname "$0")" && pwd)
. "$here/../build_and_install.sh"
build=$root/build/core
programs=$build/examples/any_optimizer

say "looking for what is missing"
sh "$root/cmake/install_dependencies.sh" core >&2
say "building the core in $build"
quietly cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTORCH_WARMUP_CORE_ONLY=ON -DTORCH_WARMUP_TESTS=OFF
quietly cmake --build "$build"
quietly cmake --install "$build" --prefix "$build/prefix"
mkdir -p "$programs"
pkgconfig=$(dirname "$(find "$build/prefix" -name torch_warmup_core.pc)")
# shellcheck disable=SC2046 # flags are words
cc -std=c99 -O2 -Wall -Wextra -Wpedantic "$here/any_optimizer.c" -o "$programs/any_optimizer" \
  $(PKG_CONFIG_PATH="$pkgconfig" pkg-config --cflags --libs torch_warmup_core)
exec "$programs/any_optimizer"
