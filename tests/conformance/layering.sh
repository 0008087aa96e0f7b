#!/bin/sh
# Checks who includes whom, and that exceptions are caught in one place.
#
#   layering.sh REPOSITORY
set -eu
cd "$1"

failed=0
LC_ALL=C && export LC_ALL
public=$(mktemp)
trap 'rm -f "$public"' EXIT
# Prints the lines that break a rule; there must be none.
none() { # rule, then a command whose output are the offences
  rule=$1
  shift
  offences=$("$@" || true)
  if [ -n "$offences" ]; then
    printf '%s:\n%s\n' "$rule" "$offences"
    failed=1
  fi
}

included() { # the #include lines of the given files, as file:line:#include ..., less those that match $1
  allowed=$1
  shift
  grep -nHE '^[[:space:]]*#[[:space:]]*include' "$@" | grep -vE "#[[:space:]]*include[[:space:]]+($allowed)" || true
}

c_library='<(assert|ctype|errno|float|inttypes|limits|locale|math|signal|stdalign|stdarg|stdbool|stddef|stdint|stdio|stdlib|string|time)\.h>'

none "a public header includes more than <stddef.h>, <stdint.h> and its siblings" \
  included '<stddef\.h>|<stdint\.h>|"torch_warmup/[a-z_]+\.h"|"[a-z_]+\.h"' include/*.h include/torch_warmup/*.h
none "a public C++ header includes more than the C++ library, LibTorch, its siblings and the C headers" \
  included '<[a-z_]+>|<torch/[a-z_/]+\.h>|"torch_warmup/cpp/[a-z_]+\.hpp"|"torch_warmup(_core)?\.h(pp)?"|"(\.\./)?[a-z_]+\.h(pp)?"' include/*.hpp include/torch_warmup/cpp/*.hpp
none "the C++ headers that are installed with the core are not those that torch_warmup_core.hpp and they themselves include" \
  sh -c 'sed -n "s/^set(core_cpp_headers \(.*\))/\1/p" cmake/packaging.cmake | tr " " "\n" | sort >"$0"
    for name in $(cat "$0"); do sed -n "s,^#include \"\([a-z_]*\)\.hpp\",\1,p" "include/torch_warmup/cpp/$name.hpp"; done |
      cat - include/torch_warmup_core.hpp | sed -n "s,^\(#include \"torch_warmup/cpp/\)*\([a-z_]*\)\(\.hpp\"\)*\$,\2,p" | sort -u | grep . | diff "$0" -' "$public"
none "src/ includes more than the C library, threads, mmap, OpenMP, zlib, its own headers and the public ones" \
  included "$c_library|<pthread\.h>|<sys/mman\.h>|<stdatomic\.h>|<omp\.h>|<zlib\.h>|\"[a-z]+/[a-z_0-9]+\.h\"|[\"<]torch_warmup/[a-z_]+\.h[\">]" src/*/*.c src/*/*.h
none "src/ includes a header of capi/" \
  sh -c 'for file in capi/*/*.h; do grep -nH "#include \"${file#capi/}\"" src/*/*.c src/*/*.h; done'
# Also in a message: a function that was renamed keeps its old name nowhere. What ends with _ is the beginning of names.
none "a name that begins with tw_ or TW_ is in no public header: what is internal begins with twi_ or TWI_" \
  sh -c 'names() { grep -ohE "$@" | sort -u; }
    names "\<(tw|TW)_[A-Za-z0-9_]+" include/*.h include/*/*.h >"$0"
    { names "\<(tw|TW)_[A-Za-z0-9_]+" src/*/*.[ch]; names "\<tw_[a-z0-9_]+" capi/*/*.cpp capi/*/*.h; } | sort -u | grep -v "_$" | comm -13 "$0" -
    ' "$public"
none "an example includes what is not installed" \
  sh -c 'grep -rnE "#[[:space:]]*include.*(ATen|c10/|torch/|\.\./|capi|src/)" examples --include=*.c --include=*.h'
none "a C++ example includes what is not installed" \
  sh -c 'grep -rnE "#[[:space:]]*include.*(\.\./|capi|src/)" examples --include=*.cpp --include=*.hpp'
none "only capi/base/guard.h may catch" \
  sh -c 'grep -nwH "catch" capi/*/*.cpp capi/*/*.h | grep -E "catch *\(" | grep -v "^capi/base/guard.h:"'
none "of the C++ headers only error.hpp may catch" \
  sh -c 'grep -nwH "catch" include/torch_warmup/cpp/*.hpp include/*.hpp | grep -E "catch *\(" | grep -v "^include/torch_warmup/cpp/error.hpp:"'
none "torch/torch.h takes 20 s to compile: include the header that is needed" \
  grep -rn 'torch/torch\.h' capi src include
none "a public function lies in a file that its name does not lead to" \
  sh -c 'for file in capi/checkpoint/*.cpp capi/torchscript/*.cpp capi/value/*.cpp; do name=$(basename "$file" .cpp); grep -nHE "^(tw_status|void) tw_[a-z0-9_]+\(" "$file" | grep -vE "tw_[a-z0-9_]*$name"; done'
# Public headers are as long as what they document.
none "a file is over 400 lines" \
  sh -c 'wc -l src/*/*.[ch] capi/*/*.cpp capi/*/*.h tests/*/*.cpp tests/*/*/*.cpp examples/*/*.[ch] examples/*/*.cpp include/torch_warmup/cpp/*.hpp | awk "\$1 > 400 && \$2 != \"total\""'

[ $failed = 0 ] && echo "the layers are as they should be"
exit $failed
