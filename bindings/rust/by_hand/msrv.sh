#!/bin/sh
# Builds and tests with the oldest Rust that the packages promise, Debian 12's 1.63, by its own cargo.
#
#     msrv.sh [FOLDER]      FOLDER has bin/cargo and bin/rustc; without it /usr/bin's, where Debian's packages lie
#
# Where PKG_CONFIG_PATH leads to an installed torch_warmup, the level over LibTorch is built too, with its tests.
#
# What the packages need is fetched beforehand by the cargo of the path, for the old one knows no sparse registry.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
old=${1:-/usr}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp -r "$here/Cargo.lock" "$here/Cargo.toml" "$here/torch-warmup" "$here/torch-warmup-sys" "$work"
mkdir -p "$work/.cargo"
cd "$work"
# tch, candle and burn ask for newer compilers, and the old cargo cannot even read their manifests.
sed -i '/^tch = \|^candle\|^burn\|^# torch-sys has\|^# Hands rates/d' torch-warmup/Cargo.toml
cargo vendor --quiet vendor >/dev/null
cat >.cargo/config.toml <<'END'
[source.crates-io]
replace-with = "vendored"
[source.vendored]
directory = "vendor"
END
"$old/bin/rustc" --version
RUSTC="$old/bin/rustc" RUSTDOC="$old/bin/rustdoc" CARGO_TARGET_DIR="$work/target" \
  TORCH_WARMUP_FIXTURES="$here/../../tests/fixtures" "$old/bin/cargo" test --offline --locked
if pkg-config --exists torch_warmup; then
  RUSTC="$old/bin/rustc" RUSTDOC="$old/bin/rustdoc" CARGO_TARGET_DIR="$work/target/torch" \
    TORCH_WARMUP_FIXTURES="$here/../../tests/fixtures" \
    "$old/bin/cargo" test --offline --locked -p torch-warmup --features torch --tests --example emnist
fi
