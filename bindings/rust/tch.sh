#!/bin/sh
# Trains with the real tch at our rates, over the LibTorch 1.13 of the system: the version that tch 0.10.3 is made for. Where
# PKG_CONFIG_PATH leads to a torch_warmup over the same LibTorch, an optimizer of tch's is reached by its address too.
#
#   tch.sh [LIBRARY]      LIBRARY is the folder of the installed libraries
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cd "$here"

found=$(find /usr/lib -name 'libtorch_cpu.so.1.13' 2>/dev/null | head -n 1)
if [ -z "$found" ] || [ ! -d /usr/include/torch ]; then
  echo "left out: rust: tch 0.10.3, which needs LibTorch 1.13 (apt-get install libtorch-dev on Debian 12)"
  exit 0
fi

# torch-sys wants one folder with both.
mkdir -p target/libtorch
ln -sfn /usr/include target/libtorch/include
ln -sfn "$(dirname "$found")" target/libtorch/lib
LIBTORCH=$here/target/libtorch LIBTORCH_CXX11_ABI=1 && export LIBTORCH LIBTORCH_CXX11_ABI

features=tch
linked=$(ldd "${1:-}/libtorch_warmup.so" 2>/dev/null | sed -n 's/.*libtorch_cpu.* => \([^ ]*\).*/\1/p')
[ -n "$linked" ] && [ "$(readlink -f "$linked")" = "$(readlink -f "$found")" ] && features=tch,torch
cargo test --locked -p torch-warmup --features $features --target-dir target/torch --test tch
case $features in *torch) ;; *) echo "left out: rust: tch's optimizer by its address (another LibTorch is linked)" ;; esac
