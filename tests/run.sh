#!/bin/sh
# Installs what is missing, builds the library and runs every test, those under AddressSanitizer among them.
set -eu

usage() {
  cat <<'END'
usage: sh tests/run.sh [CTEST OPTION...]

Installs what is missing, builds build/release and build/asan, and runs every test with ctest, whose summary comes
last. Options are passed on to ctest:

  -R REGEX          only the tests whose names match
  -j N              N tests at a time
  --rerun-failed    only those that failed last time

A language whose toolchain is missing and cannot be installed is left out, with a line that says so; with the
environment's TW_REQUIRE_ALL=1 that is a failure.
END
}

case ${1:-} in -h | --help) usage; exit 0 ;; esac

root=$(cd "$(dirname "$0")/.." && pwd)
say() { echo "run.sh: $*"; }

# ctest passes over an option that it does not know, and would run everything.
for option in "$@"; do
  case $option in
    -j[0-9]* | [!-]* | '') continue ;;
  esac
  if command -v ctest >/dev/null 2>&1 && ! ctest --help | grep -qE -e "(^|[ ,])${option%%=*}([] ,=[]|\$)"; then
    say "ctest has no option ${option%%=*} (try --help)" >&2
    exit 2
  fi
done

say "looking for what is missing"
sh "$root/cmake/install_dependencies.sh" build test bindings

cd "$root"
for preset in release asan; do
  say "building build/$preset"
  cmake --preset "$preset" >"build-$preset.log" 2>&1 || { cat "build-$preset.log"; exit 1; }
  grep -E '^-- LibTorch' "build-$preset.log" || true
  rm -f "build-$preset.log"
  cmake --build --preset "$preset"
done

say "running the tests"
left_out=$(mktemp)
trap 'rm -f "$left_out"' EXIT
rc=0
TW_LEFT_OUT="$left_out" ctest --preset release "$@" || rc=$?
sort -u "$left_out"
exit $rc
