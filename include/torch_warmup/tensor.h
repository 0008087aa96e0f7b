/**
 * @file tensor.h
 * Tensors: made from numbers or from the caller's memory, looked into, moved, copied, differentiated.
 *
 * A tw_tensor is a handle. Several handles may stand for one tensor (tw_tensor_share, or an operator that returns its
 * input); each is freed on its own, and the memory lives as long as any handle, module, optimizer or graph needs it.
 *
 * Scalars    Where Python takes an int or a float there are two functions, ..._int64 and ..._double, so that neither kind
 *            of number goes through the other: 2^53 + 1 is exact in the one, 0.5 in the other.
 * Threads    Two handles to one tensor, or to tensors over the same memory, are one object: reading it from several
 *            threads is fine, writing it while another thread uses it is not.
 */
#ifndef TORCH_WARMUP_TENSOR_H
#define TORCH_WARMUP_TENSOR_H

#include "base.h"
#include "memory_format.h"
#include "random.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A handle to a tensor of LibTorch. */
typedef struct tw_tensor tw_tensor;

/** The type of a tensor's elements. These numbers are this library's own; they never change. */
typedef enum tw_dtype {
  TW_UINT8 = 1,
  TW_INT8 = 2,
  TW_INT16 = 3,
  TW_INT32 = 4,
  TW_INT64 = 5,
  TW_FLOAT16 = 6,
  TW_BFLOAT16 = 7,
  TW_FLOAT32 = 8,
  TW_FLOAT64 = 9,
  TW_BOOL = 10, /**< one byte an element, 0 or 1 */
  TW_DTYPE_UNKNOWN = -1,
  TW_DTYPE_MAX_ENUM = 0x7fffffff
} tw_dtype;

/*
 * Devices are named as PyTorch names them: "cpu", "cuda", "cuda:1". Where a call takes a device, NULL means "cpu".
 * A name that LibTorch does not know, or a device that is not there, is TW_ERROR_DEVICE.
 *
 * Where a call takes sizes, ndim is how many there are; sizes may be NULL where ndim is 0 (a tensor of one element).
 * More than 64 dimensions, a negative size, or sizes that multiply to more bytes than 64 bits can count, is
 * TW_ERROR_RANGE. More than the memory there is, is TW_ERROR_MEMORY. A dtype that is not listed above is TW_ERROR_ARGUMENT.
 *
 * Operators can return tensors whose elements do not lie in memory by strides: sparse, quantized, nested, of oneDNN's
 * layout, of the meta device. Handles to them go to operators like any other; a call that looks into memory refuses them
 * with TW_ERROR_TYPE, and the message has the operator that makes a plain tensor. Of complex ones, whose dtype is none of
 * these, the calls that copy bytes give the real and the imaginary part of each element, side by side.
 *
 * What LibTorch itself refuses is TW_ERROR_TORCH, with its message; each call says what that may be.
 */

/* ---- creation ---------------------------------------------------------------------------------------------------- */

/**
 * Creates a tensor whose elements are not set, as torch.empty does.
 *
 * @param out     creates the tensor; NULL on failure. Free it with tw_tensor_free.
 * @param sizes   ndim lengths, the outermost first.
 * @param dtype   the type of its elements.
 * @param device  where it lives; NULL for "cpu".
 */
TW_CALL tw_status tw_tensor_empty(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype,
                                  const char *device);

/** Creates a tensor of zeros; otherwise as tw_tensor_empty. */
TW_CALL tw_status tw_tensor_zeros(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype,
                                  const char *device);

/** Creates a tensor of ones; otherwise as tw_tensor_empty. */
TW_CALL tw_status tw_tensor_ones(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype,
                                 const char *device);

/**
 * Creates a tensor with every element equal to value, converted to dtype; otherwise as tw_tensor_empty.
 *
 * @retval TW_ERROR_TORCH  dtype cannot hold value
 */
TW_CALL tw_status tw_tensor_full_double(tw_tensor **out, const int64_t *sizes, size_t ndim, double value,
                                        tw_dtype dtype, const char *device);

/** As tw_tensor_full_double, of an integer, which an integer dtype holds exactly. */
TW_CALL tw_status tw_tensor_full_int64(tw_tensor **out, const int64_t *sizes, size_t ndim, int64_t value,
                                       tw_dtype dtype, const char *device);

/**
 * Creates a tensor of uniform random numbers from [0, 1); otherwise as tw_tensor_empty.
 *
 * @param generator  borrows: where the numbers come from, of the same device; NULL for the device's default one, which
 *                   tw_manual_seed seeds.
 * @retval TW_ERROR_TORCH  dtype is not a floating one, or generator is another device's
 */
TW_CALL tw_status tw_tensor_rand(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device,
                                 tw_generator *generator);

/** Creates a tensor of standard normal random numbers; otherwise as tw_tensor_rand. */
TW_CALL tw_status tw_tensor_randn(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype,
                                  const char *device, tw_generator *generator);

/**
 * Creates a tensor of one dimension: start, start + step, ... up to but without end, as torch.arange does.
 *
 * @param step  not 0, and of the sign of end - start.
 * @retval TW_ERROR_RANGE  step is 0, has the wrong sign, or a number is not finite
 */
TW_CALL tw_status tw_tensor_arange_double(tw_tensor **out, double start, double end, double step, tw_dtype dtype,
                                          const char *device);

/**
 * As tw_tensor_arange_double, of integers: exact, however large they are.
 *
 * @retval TW_ERROR_RANGE  step is 0 or has the wrong sign, or there are more numbers than 64 bits can count the bytes of
 */
TW_CALL tw_status tw_tensor_arange_int64(tw_tensor **out, int64_t start, int64_t end, int64_t step, tw_dtype dtype,
                                         const char *device);

/**
 * Creates a tensor on the CPU from a copy of the caller's numbers.
 *
 * @param out    creates the tensor; NULL on failure.
 * @param data   borrows: as many elements of dtype as sizes multiply to, in row-major order. NULL only where there
 *               are none.
 * @param bytes  how many bytes data has: exactly what those elements take.
 * @param sizes  ndim lengths, the outermost first.
 * @retval TW_ERROR_ARGUMENT  bytes is another number than sizes and dtype say; the message names both
 */
TW_CALL tw_status tw_tensor_from_data(tw_tensor **out, const void *data, size_t bytes, const int64_t *sizes,
                                      size_t ndim, tw_dtype dtype);

/**
 * Creates a tensor on the CPU over the caller's memory, without a copy: writes through either are seen by both.
 *
 * @param out      creates the tensor; NULL on failure.
 * @param data     shares: must stay valid until release is called.
 * @param bytes    how many bytes from data on may be used: at least as many as sizes and strides reach.
 * @param sizes    ndim lengths, the outermost first.
 * @param strides  ndim distances in elements, not negative where there is more than one element along; NULL for
 *                 row-major order. One along a single element tells the memory format (channels last of one channel), or,
 *                 where no tensor of these sizes could have it, nothing.
 * @param context  passed to release as it is.
 * @param release  called exactly once with context, when nothing uses the memory any more; also where this call fails,
 *                 and by whichever thread lets go of the last use. NULL where the caller needs no word of it.
 * @retval TW_ERROR_ARGUMENT  sizes and strides reach further than bytes; the message names both numbers
 * @retval TW_ERROR_RANGE     a stride is negative, or they reach further than 64 bits can count
 */
TW_CALL tw_status tw_tensor_from_blob(tw_tensor **out, void *data, size_t bytes, const int64_t *sizes, size_t ndim,
                                      const int64_t *strides, tw_dtype dtype, void *context,
                                      void (*release)(void *context));

/**
 * Creates a handle to a tensor that C++, or another language's binding, has made in this process with the same LibTorch:
 * tch, gotch, or code of one's own. Its memory, its gradient and its graph are shared. Between different LibTorches, and
 * for libraries that have none, there is dlpack.h.
 *
 * @param out        creates the handle; NULL on failure.
 * @param at_tensor  shares: the address of an at::Tensor that is defined. Nothing can check that it is one.
 * @retval TW_ERROR_ARGUMENT  at_tensor is undefined
 */
TW_CALL tw_status tw_tensor_from_torch(tw_tensor **out, const void *at_tensor);

/* ---- looking into a tensor --------------------------------------------------------------------------------------- */

/** The number of dimensions; 0 for a tensor of one element that has none. */
TW_CALL tw_status tw_tensor_get_ndim(size_t *out, const tw_tensor *tensor);

/**
 * The lengths of the dimensions, the outermost first.
 *
 * @param out     borrows: room for capacity numbers, as for every buffer: see the guide at the top of torch_warmup.h.
 * @param needed  the number of dimensions; may be NULL.
 * @retval TW_ERROR_CAPACITY  capacity is too small
 */
TW_CALL tw_status tw_tensor_get_sizes(int64_t *out, size_t capacity, size_t *needed, const tw_tensor *tensor);

/** The distances in elements between neighbours along each dimension; otherwise as tw_tensor_get_sizes. */
TW_CALL tw_status tw_tensor_get_strides(int64_t *out, size_t capacity, size_t *needed, const tw_tensor *tensor);

/**
 * The type of the elements.
 *
 * @retval TW_ERROR_TYPE  the tensor's type is none of this header's, such as a complex one
 */
TW_CALL tw_status tw_tensor_get_dtype(tw_dtype *out, const tw_tensor *tensor);

/**
 * The name of the device, such as "cpu" or "cuda:0".
 *
 * @param out       borrows: room for capacity bytes.
 * @param capacity  16 is enough for every device.
 * @param needed    how many bytes the name has, its closing 0 among them; may be NULL.
 * @retval TW_ERROR_CAPACITY  capacity is too small
 */
TW_CALL tw_status tw_tensor_get_device(char *out, size_t capacity, size_t *needed, const tw_tensor *tensor);

/** The number of elements. */
TW_CALL tw_status tw_tensor_get_numel(size_t *out, const tw_tensor *tensor);

/**
 * The address of the first element, on the tensor's own device.
 *
 * @param out  borrows from the tensor: valid while a handle to it lives. Read it with tw_tensor_get_strides in mind.
 *             NULL, with TW_OK, where the tensor has no elements.
 * @retval TW_ERROR_STATE  a negation or conjugation of the tensor is pending, which its memory knows nothing of; clone
 *                         it first
 * @retval TW_ERROR_TYPE   it has no such memory, such as a sparse one
 */
TW_CALL tw_status tw_tensor_get_data_ptr(void **out, const tw_tensor *tensor);

/**
 * The value of a tensor of exactly one element, as a double, whatever its dtype and device.
 *
 * @retval TW_ERROR_ARGUMENT  the tensor has more or fewer elements
 * @retval TW_ERROR_TYPE      it is complex, or on the meta device
 */
TW_CALL tw_status tw_tensor_get_item_double(double *out, const tw_tensor *tensor);

/**
 * The value of an integer or bool tensor of exactly one element, exact where a double is not.
 *
 * @retval TW_ERROR_ARGUMENT  the tensor has more or fewer elements
 * @retval TW_ERROR_TYPE      its dtype is another
 */
TW_CALL tw_status tw_tensor_get_item_int64(int64_t *out, const tw_tensor *tensor);

/**
 * Copies the elements to the caller's memory in row-major order, whatever the tensor's strides and device.
 *
 * @param out       borrows: room for capacity bytes; those beyond needed stay as they are.
 * @param capacity  at least the number of elements times the size of one.
 * @param needed    that number; may be NULL.
 * @retval TW_ERROR_CAPACITY  capacity is too small
 * @retval TW_ERROR_TYPE      it is sparse, quantized, or of another kind that has no plain memory; the message says what
 *                            to do
 */
TW_CALL tw_status tw_tensor_copy_data(void *out, size_t capacity, size_t *needed, const tw_tensor *tensor);

/**
 * Copies the elements of source into tensor, converting dtype and device and broadcasting, as Tensor.copy_ does.
 *
 * @param tensor  written to, in its own memory: every handle to it and every view of it sees the change.
 * @param source  borrows.
 * @retval TW_ERROR_TORCH  source's sizes do not broadcast to the tensor's, some of its elements share their memory, or
 *                         it is a leaf that requires a gradient while gradients are recorded (tw_set_grad_enabled)
 */
TW_CALL tw_status tw_tensor_copy_from(tw_tensor *tensor, const tw_tensor *source);

/**
 * The tensor as text, as C++ prints it.
 *
 * @param out     borrows: room for capacity bytes.
 * @param needed  how many bytes the text has, its closing 0 among them; may be NULL.
 * @retval TW_ERROR_CAPACITY  capacity is too small
 */
TW_CALL tw_status tw_tensor_format(char *out, size_t capacity, size_t *needed, const tw_tensor *tensor);

/**
 * The address of the at::Tensor that the handle holds, for C++ and bindings that use the same LibTorch.
 *
 * @param out  borrows from the handle: valid until it is freed. Copy the at::Tensor to keep it; do not assign to it.
 */
TW_CALL tw_status tw_tensor_get_torch(const void **out, const tw_tensor *tensor);

/* ---- copies and views -------------------------------------------------------------------------------------------- */

/** Creates a tensor of another dtype, or another handle to the same tensor where it has that dtype already. */
TW_CALL tw_status tw_tensor_to_dtype(tw_tensor **out, const tw_tensor *tensor, tw_dtype dtype);

/**
 * Creates a tensor on another device, or another handle to the same tensor where it is there already. Gradients flow
 * through the copy. For a module there is tw_module_move_to.
 *
 * @param device  NULL for "cpu".
 * @retval TW_ERROR_DEVICE  there is no such device, or it failed
 * @retval TW_ERROR_MEMORY  the device has no room for it
 */
TW_CALL tw_status tw_tensor_to_device(tw_tensor **out, const tw_tensor *tensor, const char *device);

/** Creates a copy with memory of its own; gradients flow through it. */
TW_CALL tw_status tw_tensor_clone(tw_tensor **out, const tw_tensor *tensor);

/** Creates a tensor over the same memory that no gradient flows through. */
TW_CALL tw_status tw_tensor_detach(tw_tensor **out, const tw_tensor *tensor);

/** Creates another handle to the very same tensor, its gradient and its graph included. */
TW_CALL tw_status tw_tensor_share(tw_tensor **out, const tw_tensor *tensor);

/* ---- gradients --------------------------------------------------------------------------------------------------- */

/**
 * Says whether gradients are to be gathered for this tensor.
 *
 * @param requires_grad  0 or 1.
 * @retval TW_ERROR_TORCH  0 for a tensor that is not a leaf of the graph
 * @retval TW_ERROR_TYPE   1 for one whose dtype is not a floating one
 */
TW_CALL tw_status tw_tensor_set_requires_grad(tw_tensor *tensor, int32_t requires_grad);

/** Whether gradients are gathered for this tensor, 0 or 1. */
TW_CALL tw_status tw_tensor_get_requires_grad(int32_t *out, const tw_tensor *tensor);

/** Creates a handle to the tensor's gradient. @param out  NULL, with TW_OK, where there is none yet. */
TW_CALL tw_status tw_tensor_get_grad(tw_tensor **out, const tw_tensor *tensor);

/**
 * Sets the tensor's gradient; gradient NULL removes it, so that an optimizer passes the tensor over.
 *
 * @param gradient  shares: of the tensor's sizes, dtype and device. One with a graph that reaches the tensor would hold it,
 *                  and be held by it, for ever, as in C++: give a tw_tensor_detach of it.
 */
TW_CALL tw_status tw_tensor_set_grad(tw_tensor *tensor, const tw_tensor *gradient);

/**
 * Adds the gradient of this tensor, such as a loss, to every leaf that it depends on.
 *
 *     tw_tensor_backward(loss, NULL, 0);
 *
 * What LibTorch sees beforehand, such as a gradient of other sizes, changes nothing. A failure halfway, such as running
 * out of memory, leaves leaves with and leaves without their gradient, and the graph may be freed: zero the gradients and
 * run the forward pass again.
 *
 * @param gradient      borrows: the gradient with respect to the tensor, of its sizes; NULL, which stands for 1, for a
 *                      tensor of one element.
 * @param retain_graph  1 to keep the graph for another call, 0 to free it.
 * @retval TW_ERROR_TORCH  the tensor has several elements and gradient is NULL or of other sizes, it needs no gradient,
 *                         or its graph has been freed
 */
TW_CALL tw_status tw_tensor_backward(tw_tensor *tensor, const tw_tensor *gradient, int32_t retain_graph);

/* ---- the end ----------------------------------------------------------------------------------------------------- */

/** Frees the handle. NULL is allowed and does nothing. */
TW_API void tw_tensor_free(tw_tensor *tensor);

#ifdef __cplusplus
}
#endif

#endif
