#!/bin/sh
# The tests over LibTorch under the race detector, three times: minutes.
#
#   race.sh PREFIX
set -eu
cd "$(dirname "$0")/.."
PKG_CONFIG_PATH=$(cd "$1" && pwd)/lib/pkgconfig LD_LIBRARY_PATH=$(cd "$1" && pwd)/lib \
  go test -tags torch -race -count 3 ./...
