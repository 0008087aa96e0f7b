/**
 * @file value.h
 * Values: what checkpoints hold, and what the methods of TorchScript models take and give. Tensors, numbers, strings,
 * and lists, tuples and dicts of values, nested as deep as 100 containers in one another.
 *
 *     tw_value_int64(&epoch, 7);
 *     tw_value_string(&name, "epoch");
 *     tw_value_dict(&run, &name, &epoch, 1);                   {"epoch": 7}
 *     tw_checkpoint_put_value(checkpoint, "run", run);
 *
 *     tw_checkpoint_get_value(&run, checkpoint, "run");
 *     tw_value_find(&epoch, run, "epoch");
 *     tw_value_get_int64(&number, epoch);
 *
 * A value does not change once it is made, but for the elements of its tensors, which it shares. Containers share their
 * items, so the items' handles may be freed at once. A value that came from a checkpoint and that checkpoint are one object
 * in matters of threads.
 */
#ifndef TORCH_WARMUP_VALUE_H
#define TORCH_WARMUP_VALUE_H

#include "kind.h"
#include "tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A handle to a value. */
typedef struct tw_value tw_value;

/* ---- making values ----------------------------------------------------------------------------------------------- */

/* Each creates a value in out (NULL on failure); free it with tw_value_free. */

/** None. */
TW_CALL tw_status tw_value_none(tw_value **out);
/** A tensor. @param tensor  shares. */
TW_CALL tw_status tw_value_tensor(tw_value **out, const tw_tensor *tensor);
/** An int. */
TW_CALL tw_status tw_value_int64(tw_value **out, int64_t value);
/** A float. */
TW_CALL tw_status tw_value_double(tw_value **out, double value);
/** A bool. @param value  0 or 1 */
TW_CALL tw_status tw_value_bool(tw_value **out, int32_t value);
/** A string. @param value  borrows: UTF-8 that ends with its first 0; another text is TW_ERROR_ARGUMENT */
TW_CALL tw_status tw_value_string(tw_value **out, const char *value);

/**
 * A list of count items of any kinds.
 *
 * A method of TorchScript takes it where each item is, or can become, of the type of items that the method asks for: an
 * int does for a float. An empty list is of whatever type the method asks for.
 *
 * @param items  shares: none of them NULL.
 * @retval TW_ERROR_RANGE  with this one, more than 100 containers would lie in one another
 */
TW_CALL tw_status tw_value_list(tw_value **out, tw_value *const *items, size_t count);

/** A tuple of count items of any kinds; otherwise as tw_value_list. */
TW_CALL tw_status tw_value_tuple(tw_value **out, tw_value *const *items, size_t count);

/**
 * A dict of count entries of any kinds, in their order; otherwise as tw_value_list.
 *
 * A checkpoint takes keys that are strings, numbers or bools, no two equal in Python, where 1, 1.0 and True are one; a
 * method of TorchScript, keys that are all of one kind.
 *
 * @param keys    shares: strings, ints, floats, bools or tensors, no two equal.
 * @param values  shares: none of them NULL.
 * @retval TW_ERROR_TYPE      a key is of a kind that no dict takes
 * @retval TW_ERROR_ARGUMENT  a key comes twice
 */
TW_CALL tw_status tw_value_dict(tw_value **out, tw_value *const *keys, tw_value *const *values, size_t count);

/* ---- looking into values ----------------------------------------------------------------------------------------- */

/*
 * A value of another kind than asked for is TW_ERROR_TYPE; the message says what it is. One of a loaded checkpoint that is
 * of a type which this library has not is TW_ERROR_UNSUPPORTED; the message says what to do. The tensors of a file that a
 * checkpoint was loaded from are read when they are asked for: a file that was changed meanwhile is TW_ERROR_IO.
 */

/** What the value is; on failure TW_KIND_NONE. */
TW_CALL tw_status tw_value_get_kind(tw_kind *out, const tw_value *value);

/**
 * The value's type as Python names it: "int", "OrderedDict", "torch.Size"; of a tensor with its dtype and sizes,
 * "torch.float32 tensor [2, 3]". Of TW_KIND_OTHER too: "torch.float8_e4m3fn tensor [2, 3]", "set", "complex".
 *
 * @param out     borrows: room for capacity bytes.
 * @param needed  the bytes needed, the closing 0 among them; may be NULL.
 * @retval TW_ERROR_CAPACITY  capacity is too small
 */
TW_CALL tw_status tw_value_get_type_name(char *out, size_t capacity, size_t *needed, const tw_value *value);

/**
 * Creates a handle to the tensor; of a loaded checkpoint, a tensor of the CPU with its elements, which requires a
 * gradient where the one that was saved did.
 */
TW_CALL tw_status tw_value_get_tensor(tw_tensor **out, const tw_value *value);
/** The int. */
TW_CALL tw_status tw_value_get_int64(int64_t *out, const tw_value *value);
/** The float; of an int too, where a double holds it exactly. */
TW_CALL tw_status tw_value_get_double(double *out, const tw_value *value);
/** The bool, 0 or 1. */
TW_CALL tw_status tw_value_get_bool(int32_t *out, const tw_value *value);

/**
 * The string, UTF-8. Python's may hold a 0 before the closing one: then needed is more than strlen tells.
 *
 * @param out     borrows: room for capacity bytes.
 * @param needed  the bytes needed, the closing 0 among them; may be NULL.
 * @retval TW_ERROR_CAPACITY  capacity is too small
 */
TW_CALL tw_status tw_value_get_string(char *out, size_t capacity, size_t *needed, const tw_value *value);

/** The number of items of a list or tuple, or of entries of a dict. */
TW_CALL tw_status tw_value_get_size(size_t *out, const tw_value *value);

/**
 * Creates a handle to the item of a list or tuple, or to the value of a dict's entry, in its order.
 *
 * @retval TW_ERROR_RANGE  there is no such index
 */
TW_CALL tw_status tw_value_get_item(tw_value **out, const tw_value *value, size_t index);

/** Creates a handle to the key of a dict's entry, in its order; otherwise as tw_value_get_item. */
TW_CALL tw_status tw_value_get_key(tw_value **out, const tw_value *value, size_t index);

/**
 * Creates a handle to a dict's value under a key that is a string, or to a named tuple's field.
 *
 * @retval TW_ERROR_NOT_FOUND  there is none; the message lists the keys there are
 */
TW_CALL tw_status tw_value_find(tw_value **out, const tw_value *value, const char *key);

/** Frees the handle. NULL is allowed and does nothing. */
TW_API void tw_value_free(tw_value *value);

#ifdef __cplusplus
}
#endif

#endif
