/**
 * @file tensor_list.h
 * Lists of tensors: what a call gives that has several results, and what calls that take an array of tensors are given.
 *
 *     tw_tensor_list *list;
 *     tw_tensor *const *parameters;
 *     size_t count;
 *     tw_module_get_parameters(&list, network);
 *     tw_tensor_list_get_data(&parameters, &count, list);
 *     tw_optimizer_adam(&optimizer, parameters, count, NULL);
 *     tw_tensor_list_free(list);
 *
 * A list never changes after it has been made, so any number of threads may read one at a time. A place in it may be
 * empty, which stands for PyTorch's None.
 */
#ifndef TORCH_WARMUP_TENSOR_LIST_H
#define TORCH_WARMUP_TENSOR_LIST_H

#include "tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A handle to a list of tensors, each of which it shares. */
typedef struct tw_tensor_list tw_tensor_list;

/**
 * Creates a list of tensors.
 *
 * @param out      creates the list; NULL on failure. Free it with tw_tensor_list_free.
 * @param tensors  shares: count tensors, in this order; a NULL among them leaves its place empty. May be NULL where
 *                 count is 0.
 */
TW_CALL tw_status tw_tensor_list_create(tw_tensor_list **out, tw_tensor *const *tensors, size_t count);

/** The number of places in the list, the empty ones among them. */
TW_CALL tw_status tw_tensor_list_get_count(size_t *out, const tw_tensor_list *list);

/**
 * Creates a handle to the tensor at a place.
 *
 * @param out    creates the handle, which outlives the list; NULL, with TW_OK, where the place is empty.
 * @param index  from 0.
 * @retval TW_ERROR_RANGE  the list has no such place
 */
TW_CALL tw_status tw_tensor_list_get(tw_tensor **out, const tw_tensor_list *list, size_t index);

/**
 * The whole list as an array of handles, such as a constructor of an optimizer takes.
 *
 * @param out    borrows from the list: valid until the list is freed, handles and all. Do not free the handles. NULL at
 *               empty places; unspecified where count is 0.
 * @param count  how many there are; may be NULL.
 */
TW_CALL tw_status tw_tensor_list_get_data(tw_tensor *const **out, size_t *count, const tw_tensor_list *list);

/** Frees the list. NULL is allowed and does nothing. The tensors live on where anything else needs them. */
TW_API void tw_tensor_list_free(tw_tensor_list *list);

#ifdef __cplusplus
}
#endif

#endif
