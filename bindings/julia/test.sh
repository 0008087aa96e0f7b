#!/bin/sh
# Runs what belongs to Julia in every test run.
#
#   test.sh [PREFIX]      PREFIX is where torch_warmup is installed, for the tests over LibTorch; without it the core alone
#
# TW_FOREIGN_OPTIMIZER names the library tw_foreign_optimizer of the build; in a build folder it is found by itself.
#
# It works on a copy in a depot of its own: nothing here or in the user's depot changes. Without a julia it says so and exits 77,
# or 1 where TW_REQUIRE_ALL is 1. The environment's JULIA names one.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${TORCH_WARMUP_JULIA_BUILD:-$root/build/julia}
prefix=${1:-}

find_julia() {
  if [ -n "${JULIA:-}" ]; then echo "$JULIA"; return; fi
  command -v julia || { [ -x "$build/bin/julia" ] && echo "$build/bin/julia"; }
}
if ! julia=$(find_julia); then
  echo "left out: julia: no julia (bindings/julia/install_julia.sh build/julia)"
  if [ "${TW_REQUIRE_ALL:-}" = 1 ]; then exit 1; fi
  exit 77
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$here" "$work/TorchWarmup"
rm -rf "$work/TorchWarmup/deps/lib"
mkdir -p "$work/depot/registries/None" "$work/user"

# A registry of nothing, so that Pkg does not go for the real one: the package needs none.
cat >"$work/depot/registries/None/Registry.toml" <<'END'
name = "None"
uuid = "6a1d4a2e-3f0b-4c52-9c0e-0d5f5b6a7c11"
repo = ""
[packages]
END
JULIA_DEPOT_PATH=$work/depot JULIA_PKG_SERVER= JULIA_NUM_THREADS=4 JULIA_PROJECT=$work/user
TORCH_WARMUP_FIXTURES=$root/tests/fixtures
export JULIA_DEPOT_PATH JULIA_PKG_SERVER JULIA_NUM_THREADS JULIA_PROJECT TORCH_WARMUP_FIXTURES
unset TORCH_WARMUP_LIBTORCH

run() { "$julia" --startup-file=no --color=no -O1 "$@"; } # half of the time is the compiler's

echo "adding the package to an empty project, as Pkg.develop does, and building its core"
run -e 'using Pkg; Pkg.develop(PackageSpec(path = ARGS[1])); Pkg.build("TorchWarmup"); using TorchWarmup' "$work/TorchWarmup" \
  >"$work/log" 2>&1 || { cat "$work/log" "$work/TorchWarmup/deps/build.log" 2>/dev/null; exit 1; }

# The two levels side by side, each in a process of its own.
(if run "$work/TorchWarmup/test/runtests.jl" >"$work/core.log" 2>&1; then echo 0; else echo 1; fi >"$work/core.status") &
core=$!
failed=0
if [ -n "$prefix" ]; then
  prefix=$(cd "$prefix" && pwd)
  # By pkg-config as by a path: it must be the same library.
  PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name torch_warmup.pc | head -n 1)")
  export PKG_CONFIG_PATH
  beside=$prefix/../../support/foreign_optimizer/libtw_foreign_optimizer.so
  if [ -z "${TW_FOREIGN_OPTIMIZER:-}" ] && [ -e "$beside" ]; then TW_FOREIGN_OPTIMIZER=$beside && export TW_FOREIGN_OPTIMIZER; fi
  TORCH_WARMUP_LIBTORCH=1 run -e 'using TorchWarmup; TorchWarmup.level() === :libtorch || error("this is the core alone")' || failed=1
  TORCH_WARMUP_LIBTORCH=$prefix run "$work/TorchWarmup/test/runtests.jl" || failed=1
  TORCH_WARMUP_LIBTORCH=$prefix sh "$work/TorchWarmup/test/example.sh" "$julia" "$root" || failed=1
else
  echo "left out: julia over LibTorch: no prefix is given"
fi
TORCH_WARMUP_LIBTORCH=/no/such/folder run -e 'using TorchWarmup' >"$work/missing" 2>&1 && failed=1
grep -q 'under which there is no libtorch_warmup' "$work/missing" || { cat "$work/missing"; failed=1; }
wait $core || true
cat "$work/core.log"
[ "$(cat "$work/core.status")" = 0 ] || failed=1
exit $failed
