/**
 * @file op.h
 * Any operator of LibTorch by its name. What has no function of its own in this library is called through here.
 *
 *     tw_tensor *y = NULL;
 *     TW_OP(&y, "conv2d", TW_TENSOR(x), TW_TENSOR(weight), TW_TENSOR(bias), TW_NAMED("stride", TW_INTS(2, 2)));
 */
#ifndef TORCH_WARMUP_OP_H
#define TORCH_WARMUP_OP_H

#include "tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Which members of a tw_argument hold its value. */
typedef enum tw_argument_kind {
  TW_ARGUMENT_NONE = 0,           /**< None */
  TW_ARGUMENT_TENSOR = 1,         /**< pointer: a tw_tensor; NULL is None */
  TW_ARGUMENT_TENSORS = 2,        /**< pointer: count tw_tensor *; NULL ones only where the operator takes None */
  TW_ARGUMENT_INT = 3,            /**< integer */
  TW_ARGUMENT_INTS = 4,           /**< pointer: count int64_t */
  TW_ARGUMENT_FLOAT = 5,          /**< real */
  TW_ARGUMENT_FLOATS = 6,         /**< pointer: count double */
  TW_ARGUMENT_BOOL = 7,           /**< integer: 0 or 1 */
  TW_ARGUMENT_BOOLS = 8,          /**< pointer: count int32_t, each 0 or 1 */
  TW_ARGUMENT_STRING = 9,         /**< pointer: a string that ends in 0 */
  TW_ARGUMENT_DTYPE = 10,         /**< integer: a tw_dtype */
  TW_ARGUMENT_DEVICE = 11,        /**< pointer: a device's name, as in tensor.h */
  TW_ARGUMENT_MEMORY_FORMAT = 12, /**< integer: a tw_memory_format */
  TW_ARGUMENT_GENERATOR = 13,     /**< pointer: a tw_generator; NULL is the device's default one */
  TW_ARGUMENT_KIND_UNKNOWN = -1,
  TW_ARGUMENT_KIND_MAX_ENUM = 0x7fffffff
} tw_argument_kind;

/** The order of a tensor's elements in memory. */
typedef enum tw_memory_format {
  TW_CONTIGUOUS_FORMAT = 0,
  TW_PRESERVE_FORMAT = 1,
  TW_CHANNELS_LAST = 2,
  TW_CHANNELS_LAST_3D = 3,
  TW_MEMORY_FORMAT_UNKNOWN = -1,
  TW_MEMORY_FORMAT_MAX_ENUM = 0x7fffffff
} tw_memory_format;

/** One argument of an operator. Make it with the macros below from C, or fill in the members from elsewhere. */
typedef struct tw_argument {
  const char *name;      /**< the parameter's name in the schema; NULL: the next position */
  tw_argument_kind kind; /**< which of the members below hold the value */
  int64_t integer;
  double real;
  const void *pointer;
  size_t count;
} tw_argument;

/**
 * Calls an operator.
 *
 * Among the overloads of the name the first whose schema takes the arguments is called, as Python does. Where a number
 * is asked for, an int serves as a float and either as a Scalar; where a list of a fixed length is asked for, a single
 * int or float is repeated. Missing arguments take the schema's defaults.
 *
 * @param out             creates a handle for each result, in order; NULL on failure. A list of tensors is spread out,
 *                        a number becomes a tensor without dimensions on the CPU, None becomes NULL. An operator that
 *                        writes into an argument returns another handle to it. NULL, with capacity 0, where the
 *                        results are not wanted.
 * @param capacity        how many handles out has room for.
 * @param count           how many results there are, also where capacity is too small; may be NULL.
 * @param name            "add", "aten::add", or with the overload "add.out", "aten::add.Tensor".
 * @param arguments       borrows: the positional ones first, then the named ones.
 * @retval TW_ERROR_ARGUMENT  no such operator (the message names the nearest), or no overload takes the arguments (the
 *                            message shows the schema and the argument that does not fit)
 * @retval TW_ERROR_RANGE     there are more results than capacity; nothing has been computed, unless the operator
 *                            returns a list, whose length is known only afterwards
 */
TW_CALL tw_status tw_op_call(tw_tensor **out, size_t capacity, size_t *count, const char *name,
                             const tw_argument *arguments, size_t argument_count);

/* ---- arguments from C, where compound literals exist ------------------------------------------------------------- */

#define TW_NONE \
  { NULL, TW_ARGUMENT_NONE, 0, 0.0, NULL, 0 }
#define TW_TENSOR(tensor) \
  { NULL, TW_VALUE_TW_TENSOR(tensor) }
#define TW_TENSORS(...) \
  { NULL, TW_VALUE_TW_TENSORS(__VA_ARGS__) }
#define TW_INT(value) \
  { NULL, TW_VALUE_TW_INT(value) }
#define TW_INTS(...) \
  { NULL, TW_VALUE_TW_INTS(__VA_ARGS__) }
#define TW_FLOAT(value) \
  { NULL, TW_VALUE_TW_FLOAT(value) }
#define TW_FLOATS(...) \
  { NULL, TW_VALUE_TW_FLOATS(__VA_ARGS__) }
#define TW_BOOLEAN(value) \
  { NULL, TW_VALUE_TW_BOOLEAN(value) }
#define TW_BOOLEANS(...) \
  { NULL, TW_VALUE_TW_BOOLEANS(__VA_ARGS__) }
#define TW_STRING(string) \
  { NULL, TW_VALUE_TW_STRING(string) }
#define TW_DTYPE(dtype) \
  { NULL, TW_VALUE_TW_DTYPE(dtype) }
#define TW_DEVICE(name) \
  { NULL, TW_VALUE_TW_DEVICE(name) }
#define TW_MEMORY_FORMAT(format) \
  { NULL, TW_VALUE_TW_MEMORY_FORMAT(format) }
#define TW_GENERATOR(generator) \
  { NULL, TW_VALUE_TW_GENERATOR(generator) }

/** A keyword argument: TW_NAMED("dim", TW_INT(1)). */
#define TW_NAMED(name, argument) \
  { name, TW_VALUE_##argument }

/** An array of arguments and its length, the last two parameters of tw_op_call. At least one argument. */
#define TW_ARGUMENTS(...) \
  (const tw_argument[]){__VA_ARGS__}, (sizeof((const tw_argument[]){__VA_ARGS__}) / sizeof(tw_argument))

/** Calls an operator of one result: TW_OP(&y, "relu", TW_TENSOR(x)). Gives a tw_status. */
#define TW_OP(out, name, ...) tw_op_call((out), 1, NULL, (name), TW_ARGUMENTS(__VA_ARGS__))

/** Calls an operator for what it does to its arguments: TW_OP_INPLACE("zero_", TW_TENSOR(x)). Gives a tw_status. */
#define TW_OP_INPLACE(name, ...) tw_op_call(NULL, 0, NULL, (name), TW_ARGUMENTS(__VA_ARGS__))

/* The members after the name, for the macros above; not for use by themselves. */
#define TW_VALUE_LIST(kind, type, ...) \
  kind, 0, 0.0, (type[]){__VA_ARGS__}, (sizeof((type[]){__VA_ARGS__}) / sizeof(type))
#define TW_VALUE_TW_NONE TW_ARGUMENT_NONE, 0, 0.0, NULL, 0
#define TW_VALUE_TW_TENSOR(tensor) TW_ARGUMENT_TENSOR, 0, 0.0, (tensor), 0
#define TW_VALUE_TW_TENSORS(...) TW_VALUE_LIST(TW_ARGUMENT_TENSORS, tw_tensor *, __VA_ARGS__)
#define TW_VALUE_TW_INT(value) TW_ARGUMENT_INT, (value), 0.0, NULL, 0
#define TW_VALUE_TW_INTS(...) TW_VALUE_LIST(TW_ARGUMENT_INTS, int64_t, __VA_ARGS__)
#define TW_VALUE_TW_FLOAT(value) TW_ARGUMENT_FLOAT, 0, (value), NULL, 0
#define TW_VALUE_TW_FLOATS(...) TW_VALUE_LIST(TW_ARGUMENT_FLOATS, double, __VA_ARGS__)
#define TW_VALUE_TW_BOOLEAN(value) TW_ARGUMENT_BOOL, (value), 0.0, NULL, 0
#define TW_VALUE_TW_BOOLEANS(...) TW_VALUE_LIST(TW_ARGUMENT_BOOLS, int32_t, __VA_ARGS__)
#define TW_VALUE_TW_STRING(string) TW_ARGUMENT_STRING, 0, 0.0, (string), 0
#define TW_VALUE_TW_DTYPE(dtype) TW_ARGUMENT_DTYPE, (dtype), 0.0, NULL, 0
#define TW_VALUE_TW_DEVICE(name) TW_ARGUMENT_DEVICE, 0, 0.0, (name), 0
#define TW_VALUE_TW_MEMORY_FORMAT(format) TW_ARGUMENT_MEMORY_FORMAT, (format), 0.0, NULL, 0
#define TW_VALUE_TW_GENERATOR(generator) TW_ARGUMENT_GENERATOR, 0, 0.0, (generator), 0

#ifdef __cplusplus
}
#endif

#endif
