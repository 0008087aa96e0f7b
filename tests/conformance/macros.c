/* Every macro of argument.h and op.h in use, for macros.sh: C99, C11 and C++17 alike. */
#include <stddef.h>
#include <torch_warmup.h>

tw_status use(tw_tensor *x, const tw_tensor *y, tw_generator *generator, int count, int64_t length, const char *name);

tw_status use(tw_tensor *x, const tw_tensor *y, tw_generator *generator, int count, int64_t length, const char *name) {
  tw_tensor *out = NULL;
  tw_tensor_list *list = NULL;
  tw_argument kept = TW_INT(1), several[2] = {TW_FLOAT(0.5), TW_NONE};
  tw_status status = TW_OP(
      &out, "an operator", TW_NONE, TW_TENSOR(x), TW_TENSOR(y), TW_TENSOR(NULL), TW_TENSORS(x, y, NULL), TW_INT(count),
      TW_INT(length), TW_INTS(count, length, 3), TW_FLOAT(0.5), TW_FLOAT(2), TW_FLOAT(count), TW_FLOATS(0.5, 2),
      TW_BOOLEAN(1), TW_BOOLEANS(1, 0), TW_STRING("text"), TW_STRING(name), TW_DTYPE(TW_FLOAT32), TW_DEVICE("cpu"),
      TW_DEVICE(NULL), TW_MEMORY_FORMAT(TW_CHANNELS_LAST), TW_GENERATOR(generator), TW_GENERATOR(NULL));
  if (status == TW_OK)
    status = TW_OP(&out, name, TW_NAMED("none", TW_NONE), TW_NAMED(name, TW_TENSOR(x)), TW_NAMED("list", TW_TENSORS(x)),
                   TW_NAMED("int", TW_INT(count)), TW_NAMED("ints", TW_INTS(1, 2)), TW_NAMED("float", TW_FLOAT(1)),
                   TW_NAMED("floats", TW_FLOATS(1, 2)), TW_NAMED("bool", TW_BOOLEAN(0)),
                   TW_NAMED("bools", TW_BOOLEANS(0, 1)), TW_NAMED("str", TW_STRING("text")),
                   TW_NAMED("dtype", TW_DTYPE(TW_BOOL)), TW_NAMED("device", TW_DEVICE("cpu")),
                   TW_NAMED("memory_format", TW_MEMORY_FORMAT(TW_CONTIGUOUS_FORMAT)),
                   TW_NAMED("generator", TW_GENERATOR(generator)));
  kept = TW_TENSOR(x); /* an expression like any other */
  several[1] = kept;
  if (status == TW_OK) status = TW_OP_LIST(&list, "topk", kept, several[1]);
  if (status == TW_OK) status = tw_op_call(NULL, "zero_", TW_ARGUMENTS(kept));
  return status == TW_OK ? TW_OP_INPLACE("zero_", TW_TENSOR(x)) : status;
}
