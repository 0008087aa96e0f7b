#!/bin/sh
# Compiles the macros that write operators' arguments in place, and sees that handles of the wrong type are refused.
#
#   macros.sh INCLUDE_FOLDER COMPILER LANGUAGE STANDARD      macros.sh include gcc c c99
set -eu

include=$1 compiler=$2 language=$3 standard=$4
here=$(dirname "$0")

compile() { # a source on standard input, warnings as errors
  "$compiler" -std="$standard" -Wall -Wextra -Wpedantic -Wconversion -Werror -O2 -S -o /dev/null -I "$include" -x "$language" -
}

compile <"$here/macros.c"

program() { # an argument
  printf '#include <torch_warmup.h>
tw_status use(tw_tensor *x, tw_module *m, tw_generator *g, tw_tensor_list *l);
tw_status use(tw_tensor *x, tw_module *m, tw_generator *g, tw_tensor_list *l) {
  (void)x, (void)m, (void)g, (void)l;
  return TW_OP_INPLACE("an operator", %s);
}
' "$1"
}

program 'TW_TENSOR(x)' | compile # so that the others fail for what they say
count=0
while read -r wrong; do
  if program "$wrong" | compile 2>/dev/null; then
    echo "$compiler $standard takes $wrong"
    exit 1
  fi
  count=$((count + 1))
done <<'WRONG'
TW_TENSOR(&x)
TW_TENSOR(m)
TW_TENSOR(g)
TW_TENSOR(l)
TW_TENSOR("text")
TW_TENSOR(1)
TW_TENSORS(x, m)
TW_TENSORS(&x)
TW_GENERATOR(x)
TW_STRING(x)
TW_STRING(1)
TW_DEVICE(x)
TW_INT(x)
TW_INTS(1, x)
TW_FLOAT(x)
TW_BOOLEAN(x)
TW_DTYPE(x)
TW_NAMED("name", TW_TENSOR(&x))
TW_NAMED(x, TW_NONE)
WRONG
echo "the macros compile, and $count wrong uses do not: $compiler $standard"
