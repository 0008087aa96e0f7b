#!/bin/sh
# Compiles each C++ header alone, as a program would include it, and looks at the names that come of it.
#
#   headers_cpp.sh core  INCLUDE_FOLDER COMPILER STANDARD                     those that need no LibTorch
#   headers_cpp.sh torch INCLUDE_FOLDER COMPILER STANDARD LIBTORCH_FLAGS...   all, by their umbrella
set -eu

part=$1 include=$2 compiler=$3 standard=$4
shift 4
flags="-std=$standard -Wall -Wextra -Wpedantic -Werror -I $include"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Compiles a header, included twice to see its guard at work.
compile() {
  printf '#include "%s"\n#include "%s"\nint not_empty = 0;\n' "$1" "$1" >"$work/alone.cpp"
  shift
  # shellcheck disable=SC2086 # a list of flags
  "$compiler" $flags "$@" -fsyntax-only "$work/alone.cpp"
}

case $part in
  core)
    # The core's own are those that its umbrella includes.
    for header in torch_warmup_core.hpp $(sed -n 's/^#include "\(.*\.hpp\)"$/\1/p' "$include/torch_warmup_core.hpp"); do
      compile "$header"
    done
    grep -rlE '#include <(torch|ATen|c10)/' "$include/torch_warmup_core.hpp" $(sed -n "s,^#include \"\(.*\.hpp\)\"\$,$include/\1,p" "$include/torch_warmup_core.hpp") &&
      { echo "a header of the core includes LibTorch"; exit 1; }
    # Two versions of these functions, or one and the library's own of that namespace, must not be taken for each other.
    cat >"$work/use.cpp" <<'END'
#include <torch_warmup_core.hpp>
double use(tw::OptimizerInterface &optimizer) {
  tw::LambdaLR scheduler(optimizer, [](double epoch) { return 1 / (1 + epoch); });
  tw::CyclicLR cyclic(optimizer, 0.1, 0.2);
  tw::UntunedLinearWarmup warmup(optimizer);
  { auto guard = warmup.dampening(); }
  warmup.step({scheduler, cyclic});
  return warmup.preview(scheduler, 3)[0][0];
}
END
    # shellcheck disable=SC2086 # a list of flags
    "$compiler" $flags -c "$work/use.cpp" -o "$work/use.o"
    defined=$(nm -C --defined-only "$work/use.o" | grep -E ' [WVu] .*tw::') || { echo "no names of tw:: were found"; exit 1; }
    number() { sed -n "s/^#define TW_VERSION_$1 //p" "$include/torch_warmup/base.h"; }
    version=v$(number MAJOR)_$(number MINOR)
    bare=$(printf '%s\n' "$defined" | grep -v "tw::$version::" || true)
    [ -z "$bare" ] || { printf 'names without the version %s:\n%s\n' "$version" "$bare"; exit 1; }
    ;;
  torch) compile torch_warmup.hpp "$@" ;;
  *) echo "unknown part '$part'"; exit 1 ;;
esac
echo "the C++ headers compile alone: $part, $compiler $standard"
