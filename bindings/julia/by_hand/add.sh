#!/bin/sh
# Adds the package as a user would, from a clone by its address, to an empty depot without a registry, and runs its tests there.
#
#   add.sh JULIA [REPOSITORY]      what is committed in REPOSITORY, by default this one
set -eu
julia=$1 repository=${2:-$(cd "$(dirname "$0")/../../.." && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/depot/registries/None"
printf 'name = "None"\nuuid = "6a1d4a2e-3f0b-4c52-9c0e-0d5f5b6a7c11"\nrepo = ""\n[packages]\n' >"$work/depot/registries/None/Registry.toml"
JULIA_DEPOT_PATH=$work/depot JULIA_PKG_SERVER= TORCH_WARMUP_FIXTURES=$repository/tests/fixtures "$julia" --startup-file=no -e '
  using Pkg
  Pkg.add(PackageSpec(url = ARGS[1], subdir = "bindings/julia"))
  using TorchWarmup
  println(TorchWarmup.version())
  Pkg.test("TorchWarmup")' "$repository"
