/**
 * @file argument.h
 * Arguments of operators, for tw_op_call. From C and C++ the macros below write them in place; from other languages the
 * functions fill them in.
 *
 *     TW_OP(&y, "conv2d", TW_TENSOR(x), TW_TENSOR(weight), TW_TENSOR(bias), TW_NAMED("stride", TW_INTS(2, 2)));
 *
 *     tw_argument arguments[4];
 *     tw_argument_tensor(&arguments[0], x);
 *     tw_argument_tensor(&arguments[1], weight);
 *     tw_argument_tensor(&arguments[2], bias);
 *     tw_argument_int64_list(&arguments[3], stride, 2);
 *     tw_argument_set_name(&arguments[3], "stride");
 *     tw_op_call_one(&y, "conv2d", arguments, 4);
 */
#ifndef TORCH_WARMUP_ARGUMENT_H
#define TORCH_WARMUP_ARGUMENT_H

#include "kind.h"
#include "memory_format.h"
#include "random.h"
#include "tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * One argument of an operator. It owns nothing: what its pointers point at is borrowed until the call is over.
 *
 * The layout is fixed for ever, for arrays of it cross the boundary: 64 bytes, the members in this order without gaps.
 * Whoever fills one in by hand sets every member that kind does not use to 0.
 *
 * | kind                   | members                                                                    |
 * |------------------------|----------------------------------------------------------------------------|
 * | TW_KIND_NONE           | none                                                                       |
 * | TW_KIND_TENSOR         | pointer: a tw_tensor; NULL is None                                         |
 * | TW_KIND_INT64          | integer                                                                    |
 * | TW_KIND_DOUBLE         | real                                                                       |
 * | TW_KIND_BOOL           | integer: 0 or 1                                                            |
 * | TW_KIND_STRING         | pointer: UTF-8 that ends in 0                                              |
 * | TW_KIND_DTYPE          | integer: a tw_dtype                                                        |
 * | TW_KIND_DEVICE         | pointer: a device's name, as in tensor.h                                   |
 * | TW_KIND_MEMORY_FORMAT  | integer: a tw_memory_format                                                |
 * | TW_KIND_GENERATOR      | pointer: a tw_generator; NULL is the device's default one                  |
 * | TW_KIND_TENSOR_LIST    | pointer: count tw_tensor *; NULL ones only where the operator takes None   |
 * | TW_KIND_INT64_LIST     | pointer: count int64_t                                                     |
 * | TW_KIND_DOUBLE_LIST    | pointer: count double                                                      |
 * | TW_KIND_BOOL_LIST      | pointer: count int32_t, each 0 or 1                                        |
 *
 * An empty list needs no pointer. The other kinds are no arguments of operators.
 */
typedef struct tw_argument {
  const char *name; /**< the parameter's name in the schema; NULL: the next position */
  tw_kind kind;     /**< which of the members below hold the value */
  int32_t reserved; /**< 0 */
  int64_t integer;
  double real;
  const void *pointer;
  size_t count;
  uint64_t reserved_words[2]; /**< 0 */
} tw_argument;

/* ---- filling one in ---------------------------------------------------------------------------------------------- */

/* Each sets all of *out, without a name. Pointers are borrowed until the call that the argument is for is over. A NULL
   that has no meaning below is TW_ERROR_ARGUMENT, and leaves *out as tw_argument_none does. */

/** None. */
TW_CALL tw_status tw_argument_none(tw_argument *out);
/** A tensor. @param tensor  borrows: NULL is None */
TW_CALL tw_status tw_argument_tensor(tw_argument *out, const tw_tensor *tensor);
/** An int; it serves as a float and as a Scalar too. */
TW_CALL tw_status tw_argument_int64(tw_argument *out, int64_t value);
/** A float. */
TW_CALL tw_status tw_argument_double(tw_argument *out, double value);
/** A bool. @param value  0 or 1 */
TW_CALL tw_status tw_argument_bool(tw_argument *out, int32_t value);
/** A str. @param value  borrows: UTF-8 that ends in 0 */
TW_CALL tw_status tw_argument_string(tw_argument *out, const char *value);
/** A dtype. */
TW_CALL tw_status tw_argument_dtype(tw_argument *out, tw_dtype dtype);
/** A device. @param device  borrows: its name, as in tensor.h; NULL is "cpu" */
TW_CALL tw_status tw_argument_device(tw_argument *out, const char *device);
/** A memory format. */
TW_CALL tw_status tw_argument_memory_format(tw_argument *out, tw_memory_format format);
/** A generator. @param generator  borrows: NULL is the device's default one */
TW_CALL tw_status tw_argument_generator(tw_argument *out, const tw_generator *generator);
/** A list of tensors. @param tensors  borrows: count of them; NULL ones only where the operator takes None */
TW_CALL tw_status tw_argument_tensor_list(tw_argument *out, tw_tensor *const *tensors, size_t count);
/** A list of ints, such as sizes. @param values  borrows: count of them */
TW_CALL tw_status tw_argument_int64_list(tw_argument *out, const int64_t *values, size_t count);
/** A list of floats. @param values  borrows: count of them */
TW_CALL tw_status tw_argument_double_list(tw_argument *out, const double *values, size_t count);
/** A list of bools. @param values  borrows: count of them, each 0 or 1 */
TW_CALL tw_status tw_argument_bool_list(tw_argument *out, const int32_t *values, size_t count);

/**
 * Makes it a keyword argument.
 *
 * @param name  borrows until the call is over: the parameter's name in the operator's schema; NULL makes it positional.
 */
TW_CALL tw_status tw_argument_set_name(tw_argument *argument, const char *name);

/* ---- writing them in place, from C99 and C++17 ------------------------------------------------------------------- */

/*
 * Each is an expression of type tw_argument. A handle or string of another type than the macro's is what the compiler
 * warns about in C, and an error in C++. A list takes at least one element; in C it lives until the end of the block, in
 * C++ until the end of the statement: write it inside the call.
 */

#define TW_NONE TW_ARGUMENT_OF(NULL, TW_VALUE_TW_NONE)
#define TW_TENSOR(tensor) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_TENSOR(tensor))
#define TW_INT(value) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_INT(value))
#define TW_FLOAT(value) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_FLOAT(value))
#define TW_BOOLEAN(value) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_BOOLEAN(value))
#define TW_STRING(string) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_STRING(string))
#define TW_DTYPE(dtype) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_DTYPE(dtype))
#define TW_DEVICE(name) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_DEVICE(name))
#define TW_MEMORY_FORMAT(format) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_MEMORY_FORMAT(format))
#define TW_GENERATOR(generator) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_GENERATOR(generator))
#define TW_TENSORS(...) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_TENSORS(__VA_ARGS__))
#define TW_INTS(...) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_INTS(__VA_ARGS__))
#define TW_FLOATS(...) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_FLOATS(__VA_ARGS__))
#define TW_BOOLEANS(...) TW_ARGUMENT_OF(NULL, TW_VALUE_TW_BOOLEANS(__VA_ARGS__))

/** A keyword argument: TW_NAMED("dim", TW_INT(1)). */
#define TW_NAMED(name, argument) TW_ARGUMENT_OF(TW_ARGUMENT_AS(const char *, name), TW_VALUE_##argument)

/** An array of arguments and its length, the last two parameters of tw_op_call. At least one argument. */
#define TW_ARGUMENTS(...) TW_ARGUMENT_ARRAY(tw_argument, __VA_ARGS__), TW_ARGUMENT_COUNT(tw_argument, __VA_ARGS__)

/* The members after the name, for the macros above; not for use by themselves. */
#define TW_VALUE_TW_NONE \
  TW_KIND_NONE, 0, 0, 0.0, NULL, 0, { 0, 0 }
#define TW_VALUE_TW_TENSOR(tensor) TW_VALUE_POINTER(TW_KIND_TENSOR, const tw_tensor *, tensor)
#define TW_VALUE_TW_INT(value) \
  TW_KIND_INT64, 0, (value), 0.0, NULL, 0, { 0, 0 }
#define TW_VALUE_TW_FLOAT(value) \
  TW_KIND_DOUBLE, 0, 0, TW_ARGUMENT_AS(double, value), NULL, 0, { 0, 0 }
#define TW_VALUE_TW_BOOLEAN(value) \
  TW_KIND_BOOL, 0, (value), 0.0, NULL, 0, { 0, 0 }
#define TW_VALUE_TW_STRING(string) TW_VALUE_POINTER(TW_KIND_STRING, const char *, string)
#define TW_VALUE_TW_DTYPE(dtype) \
  TW_KIND_DTYPE, 0, TW_ARGUMENT_AS(tw_dtype, dtype), 0.0, NULL, 0, { 0, 0 }
#define TW_VALUE_TW_DEVICE(name) TW_VALUE_POINTER(TW_KIND_DEVICE, const char *, name)
#define TW_VALUE_TW_MEMORY_FORMAT(format) \
  TW_KIND_MEMORY_FORMAT, 0, TW_ARGUMENT_AS(tw_memory_format, format), 0.0, NULL, 0, { 0, 0 }
#define TW_VALUE_TW_GENERATOR(generator) TW_VALUE_POINTER(TW_KIND_GENERATOR, const tw_generator *, generator)
#define TW_VALUE_TW_TENSORS(...) TW_VALUE_LIST(TW_KIND_TENSOR_LIST, const tw_tensor *, __VA_ARGS__)
#define TW_VALUE_TW_INTS(...) TW_VALUE_LIST(TW_KIND_INT64_LIST, int64_t, __VA_ARGS__)
#define TW_VALUE_TW_FLOATS(...) TW_VALUE_LIST(TW_KIND_DOUBLE_LIST, double, __VA_ARGS__)
#define TW_VALUE_TW_BOOLEANS(...) TW_VALUE_LIST(TW_KIND_BOOL_LIST, int32_t, __VA_ARGS__)
#define TW_VALUE_POINTER(kind, type, value) \
  kind, 0, 0, 0.0, TW_ARGUMENT_AS(type, value), 0, { 0, 0 }
#define TW_VALUE_LIST(kind, type, ...) \
  kind, 0, 0, 0.0, TW_ARGUMENT_ARRAY(type, __VA_ARGS__), TW_ARGUMENT_COUNT(type, __VA_ARGS__), { 0, 0 }

/* The language's own ways to write a structure, an array and a value of a type in place: C++ has no compound literals. */
#ifdef __cplusplus

extern "C++" {
/* value, where it converts to Type by itself. */
template <class Type>
constexpr Type tw_argument_as(Type value) {
  return value;
}
template <class Type, size_t count>
constexpr const Type *tw_argument_array(const Type (&values)[count]) {
  return values;
}
template <class Type, size_t count>
char (&tw_argument_count(const Type (&values)[count]))[count]; /* only ever asked for its size */
}

#define TW_ARGUMENT_OF(...) (tw_argument{__VA_ARGS__})
#define TW_ARGUMENT_AS(type, value) (::tw_argument_as<type>(value))
#define TW_ARGUMENT_ARRAY(type, ...) (::tw_argument_array<type>({__VA_ARGS__}))
#define TW_ARGUMENT_COUNT(type, ...) sizeof(::tw_argument_count<type>({__VA_ARGS__}))

#else

#define TW_ARGUMENT_OF(...) ((tw_argument){__VA_ARGS__})
#define TW_ARGUMENT_AS(type, value) (1 ? (value) : (type)0)
#define TW_ARGUMENT_ARRAY(type, ...) ((type const[]){__VA_ARGS__})
#define TW_ARGUMENT_COUNT(type, ...) (sizeof((type const[]){__VA_ARGS__}) / sizeof(type))

#endif

#ifdef __cplusplus
}
#endif

#endif
