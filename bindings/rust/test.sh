#!/bin/sh
# Tests the Rust packages: the raw layer against the headers, style, tests, documentation, what would be published, and a
# user's program outside the tree.
#
#   test.sh [PREFIX]      PREFIX is an installed torch_warmup; without it the level over LibTorch is left out
set -eu

here=$(cd "$(dirname "$0")" && pwd)
prefix=${1:+$(cd "$1" && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here"

for need in cargo:cargo bindgen:bindgen cargo-clippy:rust-clippy rustfmt:rustfmt; do
  command -v "${need%:*}" >/dev/null && continue
  echo "left out: rust: no ${need%:*} (apt-get install ${need#*:})"
  [ "${TW_REQUIRE_ALL:-}" = 1 ] && exit 1
  exit 77
done

# Without debug information the programs link in a fraction of the time.
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_TEST_DEBUG=0 CARGO_TERM_QUIET=true RUST_BACKTRACE=0
export RUSTDOCFLAGS='-D warnings'
command -v ccache >/dev/null && export CXX='ccache c++'
unset LD_LIBRARY_PATH

say() { echo "-- $*"; }

# ---- the core ----------------------------------------------------------------------------------------------------------

say "the raw layer is what the headers give, and has every public function"
python3 ../generate/rust.py --check

say "style"
cargo fmt --all --check
cargo clippy --locked --workspace --all-targets -- -D warnings

say "tests and documentation of the core's level"
cargo test --locked --workspace
cargo doc --locked --workspace --no-deps

say "what would be published builds by itself"
cargo package --locked --workspace --allow-dirty

# ---- a user's program, of the packages as they would be published ---------------------------------------------------------

# user.sh's program trains a number by hand under a warmup; it is started with nothing set.
. ./user.sh
say "a user's program over the core starts without a path"
user_program "$work/user" ""

[ -n "$prefix" ] || { echo "left out: rust: no installed library was given, so the level over LibTorch (test.sh PREFIX)"; exit 0; }

# ---- over LibTorch -----------------------------------------------------------------------------------------------------

say "without the library the feature torch says in one sentence what to install"
if PKG_CONFIG_PATH=$work PKG_CONFIG_LIBDIR=$work cargo check --locked --features torch --target-dir target/torch 2>"$work/refused"; then
  echo "it was built without the library"
  exit 1
fi
grep -q 'needs torch_warmup 0.2.0 or newer .* install torch_warmup' "$work/refused"

# The library of a debug build is half a gigabyte; what it has beyond the code is not for here.
pkgconfig=$(dirname "$(find "$prefix" -name torch_warmup.pc | head -n 1)")
library=$(dirname "$pkgconfig")
mkdir -p target/prefix/lib
rm -rf target/prefix/lib/pkgconfig
cp -r "$pkgconfig" target/prefix/lib/
sed -i "s|^libdir=.*|libdir=$here/target/prefix/lib|" target/prefix/lib/pkgconfig/*.pc
[ target/prefix/lib/libtorch_warmup.a -nt "$library/libtorch_warmup.a" ] ||
  strip -g -o target/prefix/lib/libtorch_warmup.a "$library/libtorch_warmup.a"
PKG_CONFIG_PATH=$here/target/prefix/lib/pkgconfig && export PKG_CONFIG_PATH

say "style, tests and documentation over LibTorch"
cargo clippy --locked -p torch-warmup --features torch --all-targets --target-dir target/torch -- -D warnings
cargo test --locked -p torch-warmup -p torch-warmup-sys --features torch --target-dir target/torch --tests
cargo test --locked -p torch-warmup --features torch --target-dir target/torch --doc -- src/torch/
cargo doc --locked --workspace --no-deps --features torch --target-dir target/torch

say "a user's program over LibTorch starts without a path"
user_program "$work/user_torch" torch
user_shared_program "$work/user_torch" "$pkgconfig" "$library"

say "the EMNIST example writes the C program's rows, and each goes on with a run of the other"
sh emnist.sh "$library" "$work/emnist"

say "tch 0.10.3 trains at our rates"
sh tch.sh "$library"
