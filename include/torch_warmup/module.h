/**
 * @file module.h
 * Modules: parameters and children under names, and a forward pass.
 *
 * A tw_module is a handle. A module that is a child of another lives as long as its parent, so the caller's handle to
 * it may be freed at once. Parameters are initialised exactly as PyTorch initialises them: the same seed and the same
 * order of construction give the same bits.
 */
#ifndef TORCH_WARMUP_MODULE_H
#define TORCH_WARMUP_MODULE_H

#include "tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A handle to a module. */
typedef struct tw_module tw_module;

/* ---- layers ------------------------------------------------------------------------------------------------------ */

/**
 * Creates a linear layer: parameters weight [out_features, in_features] and bias [out_features].
 *
 * @param out   creates the module; NULL on failure. Free it with tw_module_free.
 * @param bias  1 for a layer with a bias, 0 for one without.
 * @retval TW_ERROR_RANGE  a number of features is below 1
 */
TW_API tw_status tw_module_linear(tw_module **out, int64_t in_features, int64_t out_features, int32_t bias);

/** What tw_module_conv2d may be told besides its sizes. Fill it in with tw_conv2d_options_init. */
typedef struct tw_conv2d_options {
  size_t struct_size;  /**< set by tw_conv2d_options_init */
  int64_t stride[2];   /**< rows, columns; default 1, 1 */
  int64_t padding[2];  /**< zeros put on each side; default 0, 0 */
  int64_t dilation[2]; /**< default 1, 1 */
  int64_t groups;      /**< default 1; divides both numbers of channels */
  int32_t bias;        /**< default 1 */
} tw_conv2d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_conv2d_options) */
TW_API tw_status tw_conv2d_options_init(tw_conv2d_options *options, size_t struct_size);

/**
 * Creates a convolution over two dimensions: parameters weight [out_channels, in_channels / groups, rows, columns] and
 * bias [out_channels].
 *
 * @param out          creates the module; NULL on failure.
 * @param kernel_size  borrows: rows, columns.
 * @param options      borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_RANGE  a size is below 1, a padding negative, or groups does not divide the channels
 */
TW_API tw_status tw_module_conv2d(tw_module **out, int64_t in_channels, int64_t out_channels,
                                  const int64_t kernel_size[2], const tw_conv2d_options *options);

/** Creates a dropout layer. @param p  the probability of a zero, from 0 to 1; another number is TW_ERROR_RANGE. */
TW_API tw_status tw_module_dropout(tw_module **out, double p);

/** Creates a layer that computes max(0, x). */
TW_API tw_status tw_module_relu(tw_module **out);

/** Creates a layer that computes the hyperbolic tangent. */
TW_API tw_status tw_module_tanh(tw_module **out);

/** Creates a layer that takes the largest value of each window. @param stride  NULL for kernel_size. */
TW_API tw_status tw_module_max_pool2d(tw_module **out, const int64_t kernel_size[2], const int64_t stride[2]);

/** Creates a layer that joins the dimensions start_dim to end_dim; torch.nn.Flatten has 1 and -1. */
TW_API tw_status tw_module_flatten(tw_module **out, int64_t start_dim, int64_t end_dim);

/** Creates a layer that computes the logarithm of the softmax along dim. */
TW_API tw_status tw_module_log_softmax(tw_module **out, int64_t dim);

/**
 * Creates a module that runs its children one after the other. They are named "0", "1", ...
 *
 * @param out      creates the module; NULL on failure.
 * @param modules  shares: count modules, none of them NULL.
 */
TW_API tw_status tw_module_sequential(tw_module **out, tw_module *const *modules, size_t count);

/* ---- modules of the caller's own --------------------------------------------------------------------------------- */

/**
 * Computes a module's result.
 *
 * @param out      to be set to a new handle, which the forward pass then owns; looked at only where TW_OK is returned.
 * @param module   borrows: the module itself.
 * @param inputs   borrows: count tensors.
 * @param context  what was given to tw_module_custom.
 * @return TW_OK, or the status to fail the forward pass with; tw_last_error then names the callback, the status, and
 *         the failure of this library that the callback met last, if any.
 */
typedef tw_status (*tw_module_forward_function)(tw_tensor **out, tw_module *module, tw_tensor *const *inputs,
                                                size_t count, void *context);

/**
 * Creates a module of the caller's own, empty at first: register parameters, buffers and children with it.
 *
 * @param out      creates the module; NULL on failure.
 * @param forward  computes its result; NULL for a module that only holds others (its forward is TW_ERROR_STATE).
 * @param context  shares: passed to forward as it is; must live as long as the module is used.
 */
TW_API tw_status tw_module_custom(tw_module **out, tw_module_forward_function forward, void *context);

/**
 * Registers a parameter: a tensor that optimizers train.
 *
 * @param name    not empty, without a dot, and not taken in this module.
 * @param tensor  shares: a leaf of a floating dtype; from now on it requires a gradient.
 * @retval TW_ERROR_ARGUMENT  the name is not a valid one, or taken; or the tensor is not a leaf
 * @retval TW_ERROR_TYPE      the tensor is not of a floating dtype, or the module not one of tw_module_custom
 */
TW_API tw_status tw_module_register_parameter(tw_module *module, const char *name, tw_tensor *tensor);

/** Registers a buffer: a tensor that is saved and moved with the module but not trained. Names are as above. */
TW_API tw_status tw_module_register_buffer(tw_module *module, const char *name, tw_tensor *tensor);

/**
 * Registers a child module, which module shares.
 *
 * @param name  not empty, without a dot, and not taken in this module.
 * @retval TW_ERROR_ARGUMENT  the name is not a valid one, or taken; or child is the module itself or holds it
 */
TW_API tw_status tw_module_register_module(tw_module *module, const char *name, tw_module *child);

/* ---- use ----------------------------------------------------------------------------------------------------------- */

/**
 * Runs the forward pass.
 *
 * @param out     creates the result; NULL on failure.
 * @param inputs  borrows: count tensors. Every layer above takes exactly one.
 * @retval TW_ERROR_ARGUMENT  count is not what the module takes
 * @retval TW_ERROR_STATE     the module has no forward
 * @retval TW_ERROR_CALLBACK  a forward of the caller's returned TW_OK without a new handle in out, or no tw_status
 */
TW_API tw_status tw_module_forward(tw_tensor **out, tw_module *module, tw_tensor *const *inputs, size_t count);

/**
 * The parameters of the module and its children, in the order of registration, depth first, as
 * torch.nn.Module.parameters gives them: a parameter that is registered twice comes once.
 *
 * @param out       creates a handle for each; NULL where only count is wanted. Free each with tw_tensor_free.
 * @param capacity  how many handles out has room for.
 * @param count     how many there are, also where capacity is too small; may be NULL.
 * @retval TW_ERROR_RANGE  capacity is too small; no handle has been created
 */
TW_API tw_status tw_module_parameters(tw_tensor **out, size_t capacity, size_t *count, const tw_module *module);

/**
 * The name of the parameter that tw_module_parameters puts at index, such as "conv1.weight".
 *
 * @param out     borrows: room for capacity bytes, the closing 0 among them. May be NULL where capacity is 0.
 * @param length  the bytes needed, the closing 0 among them; may be NULL.
 * @retval TW_ERROR_RANGE  there is no such index, or capacity is too small
 */
TW_API tw_status tw_module_parameter_name(char *out, size_t capacity, size_t *length, const tw_module *module,
                                          size_t index);

/**
 * Creates a handle to the parameter or buffer of a dotted name, such as "conv1.weight".
 *
 * @retval TW_ERROR_ARGUMENT  there is none of that name; the message lists those there are
 */
TW_API tw_status tw_module_get_tensor(tw_tensor **out, const tw_module *module, const char *name);

/** Creates a handle to the child of a dotted name, such as "encoder.0". */
TW_API tw_status tw_module_get_module(tw_module **out, const tw_module *module, const char *name);

/** Puts the module and its children into training mode (1) or evaluation mode (0). They start in training mode. */
TW_API tw_status tw_module_train(tw_module *module, int32_t mode);

/** Whether the module is in training mode, 0 or 1. */
TW_API tw_status tw_module_is_training(int32_t *out, const tw_module *module);

/**
 * Moves the parameters and buffers to a device, in place: handles to them, and optimizers over them, see the move.
 *
 * An optimizer's state does not move with them, so move the module before the first step.
 */
TW_API tw_status tw_module_to_device(tw_module *module, const char *device);

/** Removes the gradient of every parameter. */
TW_API tw_status tw_module_zero_grad(tw_module *module);

/** Frees the handle. NULL is allowed and does nothing. */
TW_API void tw_module_free(tw_module *module);

#ifdef __cplusplus
}
#endif

#endif
