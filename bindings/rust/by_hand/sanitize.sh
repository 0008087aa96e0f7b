#!/bin/sh
# The tests of the core's level under AddressSanitizer, with leaks looked for: Rust by a nightly, the carried C by cc. What a
# closure's context, its release and a panic on its way do wrong shows here.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
target=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS=-Zsanitizer=address CFLAGS='-fsanitize=address -fno-omit-frame-pointer' RUSTDOCFLAGS=-Zsanitizer=address \
  cargo +nightly test --locked -p torch-warmup --tests --target "$target" --target-dir target/sanitize \
  -- --skip memory_is_flat # freed memory is kept back to catch its use
