#!/bin/sh
# Tries Shadow(tree) with the real Optimisers.jl, by hand, on Julia from 1.9 on by `Pkg.add("Optimisers")` in an environment with this package:
#
#   julia --project=ENVIRONMENT by_hand/optimisers.jl
#
# On an older Julia, or without a registry, with the packages' sources in folders:
#
#   optimisers.sh JULIA OPTIMISERS FUNCTORS      such as the files of Optimisers.jl 0.2.13 and Functors.jl 0.3.0
#
# Of ChainRulesCore, which Optimisers.jl needs for automatic differentiation alone, a stand-in does.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
julia=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/Optimisers" "$work/Functors" "$work/ChainRulesCore/src"
cp -R "$2/src" "$work/Optimisers/src"
cp -R "$3/src" "$work/Functors/src"
if ! "$julia" -e 'VERSION >= v"1.6" || exit(1)'; then # two lines that say what Base has not there yet
  sed -i "/ComposedFunction/d" "$work/Functors/src/base.jl"
  sed -i "s/NamedTuple(kw)/(; kw...)/" "$work/Optimisers/src/adjust.jl"
fi
cat >"$work/ChainRulesCore/src/ChainRulesCore.jl" <<'END'
module ChainRulesCore
abstract type AbstractZero end
struct ZeroTangent <: AbstractZero end
struct NoTangent <: AbstractZero end
struct Tangent{P, T} end
struct ProjectTo end
Base.:+(a, ::ZeroTangent) = a
Base.:+(::ZeroTangent, b) = b
canonicalize(x) = x
backing(x) = x
unthunk(x) = x
function rrule end
macro non_differentiable(_) end
end
END
cp -R "$here/.." "$work/TorchWarmup"
JULIA_LOAD_PATH="$work:@stdlib" JULIA_DEPOT_PATH=$work/depot "$julia" --startup-file=no "$here/optimisers.jl"
