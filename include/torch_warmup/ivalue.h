/**
 * @file ivalue.h
 * Values of TorchScript (LibTorch's IValue): what a scripted model's methods take and give.
 *
 * A value does not change once it is made. Containers share their items.
 */
#ifndef TORCH_WARMUP_IVALUE_H
#define TORCH_WARMUP_IVALUE_H

#include "tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A handle to a value. */
typedef struct tw_ivalue tw_ivalue;

/** What a value is. The numbers are fixed for ever; new ones are added at the end. */
typedef enum tw_ivalue_kind {
  TW_IVALUE_NONE = 0,
  TW_IVALUE_TENSOR = 1,
  TW_IVALUE_INT64 = 2,
  TW_IVALUE_DOUBLE = 3,
  TW_IVALUE_BOOL = 4,
  TW_IVALUE_STRING = 5,
  TW_IVALUE_LIST = 6,
  TW_IVALUE_TUPLE = 7, /**< a named tuple too */
  TW_IVALUE_DICT = 8,
  TW_IVALUE_OTHER = 9, /**< such as an object or a device: it can be passed on, not looked into */
  TW_IVALUE_KIND_UNKNOWN = -1,
  TW_IVALUE_KIND_MAX_ENUM = 0x7fffffff
} tw_ivalue_kind;

/* ---- making values ----------------------------------------------------------------------------------------------- */

/* Each creates a value in out (NULL on failure); free it with tw_ivalue_free. */

/** None. */
TW_CALL tw_status tw_ivalue_none(tw_ivalue **out);
/** A tensor. @param tensor  shares. */
TW_CALL tw_status tw_ivalue_tensor(tw_ivalue **out, const tw_tensor *tensor);
/** An int. */
TW_CALL tw_status tw_ivalue_int64(tw_ivalue **out, int64_t value);
/** A float. */
TW_CALL tw_status tw_ivalue_double(tw_ivalue **out, double value);
/** A bool. @param value  0 or 1 */
TW_CALL tw_status tw_ivalue_bool(tw_ivalue **out, int32_t value);
/** A string. @param value  borrows: UTF-8 that ends with a 0 */
TW_CALL tw_status tw_ivalue_string(tw_ivalue **out, const char *value);

/**
 * A list of count items, all of one type; None may stand among them.
 *
 * An empty list takes the type that the method it is passed to asks for.
 *
 * @param items  shares: none of them NULL.
 * @retval TW_ERROR_TYPE  two items are of different types; the message says which
 */
TW_CALL tw_status tw_ivalue_list(tw_ivalue **out, tw_ivalue *const *items, size_t count);

/** A tuple of count items of any kinds. @param items  shares: none of them NULL. */
TW_CALL tw_status tw_ivalue_tuple(tw_ivalue **out, tw_ivalue *const *items, size_t count);

/**
 * A dict of count entries, in their order.
 *
 * @param keys    shares: strings, ints, floats, bools or tensors, all of one kind and no two equal.
 * @param values  shares: all of one type; None may stand among them.
 * @retval TW_ERROR_TYPE      two keys or two values are of different types, or a key is of a kind that no dict takes
 * @retval TW_ERROR_ARGUMENT  a key comes twice
 */
TW_CALL tw_status tw_ivalue_dict(tw_ivalue **out, tw_ivalue *const *keys, tw_ivalue *const *values, size_t count);

/* ---- looking into values ----------------------------------------------------------------------------------------- */

/* A value of another kind than asked for is TW_ERROR_TYPE; the message says what it is. */

/** What the value is. */
TW_CALL tw_status tw_ivalue_get_kind(tw_ivalue_kind *out, const tw_ivalue *value);
/** Creates a handle to the tensor. */
TW_CALL tw_status tw_ivalue_get_tensor(tw_tensor **out, const tw_ivalue *value);
/** The int. */
TW_CALL tw_status tw_ivalue_get_int64(int64_t *out, const tw_ivalue *value);
/** The float; of an int too, where a double holds it exactly. */
TW_CALL tw_status tw_ivalue_get_double(double *out, const tw_ivalue *value);
/** The bool, 0 or 1. */
TW_CALL tw_status tw_ivalue_get_bool(int32_t *out, const tw_ivalue *value);

/**
 * The string.
 *
 * @param out       borrows: room for capacity bytes, the closing 0 among them. May be NULL where capacity is 0.
 * @param length    the bytes needed, the closing 0 among them; may be NULL.
 * @retval TW_ERROR_RANGE  capacity is too small; length is set all the same
 */
TW_CALL tw_status tw_ivalue_get_string(char *out, size_t capacity, size_t *length, const tw_ivalue *value);

/** The number of items of a list, tuple or dict. */
TW_CALL tw_status tw_ivalue_get_size(size_t *out, const tw_ivalue *value);

/**
 * Creates a handle to the item of a list or tuple, or to the value of a dict's entry, in its order.
 *
 * @retval TW_ERROR_RANGE  there is no such index
 */
TW_CALL tw_status tw_ivalue_get_item(tw_ivalue **out, const tw_ivalue *value, size_t index);

/** Creates a handle to the key of a dict's entry, in its order; otherwise as tw_ivalue_get_item. */
TW_CALL tw_status tw_ivalue_get_key(tw_ivalue **out, const tw_ivalue *value, size_t index);

/**
 * Creates a handle to a dict's value under a key that is a string, or to a named tuple's field.
 *
 * @retval TW_ERROR_ARGUMENT  there is none; the message lists the keys there are
 */
TW_CALL tw_status tw_ivalue_find(tw_ivalue **out, const tw_ivalue *value, const char *key);

/** Frees the handle. NULL is allowed and does nothing. */
TW_API void tw_ivalue_free(tw_ivalue *value);

#ifdef __cplusplus
}
#endif

#endif
