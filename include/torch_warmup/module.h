/**
 * @file module.h
 * Modules: parameters and children under names, and a forward pass.
 *
 * A tw_module is a handle. A module that is a child of another lives as long as its parent, so the caller's handle to
 * it may be freed at once. Parameters are initialised exactly as PyTorch initialises them: the same seed and the same
 * order of construction give the same bits.
 *
 * Threads  A module, all its children and their tensors are one object, however many handles there are: one thread at a
 *          time. In evaluation mode a forward pass only reads the module, unless a callback or an embedding's max_norm
 *          writes into it, so several may run at once.
 */
#ifndef TORCH_WARMUP_MODULE_H
#define TORCH_WARMUP_MODULE_H

#include "tensor_list.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A handle to a module. */
typedef struct tw_module tw_module;

/* ---- modules of the caller's own --------------------------------------------------------------------------------- */

/**
 * Computes a module's result.
 *
 * @param out      to be set to a new handle, which the forward pass then owns; looked at only where TW_OK is returned.
 * @param module   borrows: the module itself.
 * @param inputs   borrows: count tensors; NULL where the caller of the forward pass gave NULL.
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
 * @param context  shares: passed to forward as it is, until release is called.
 * @param release  called exactly once with context, when neither a handle nor a parent holds the module any more; also
 *                 where this call fails, and by whichever thread lets go of the module last. NULL where the caller
 *                 needs no word of it.
 */
TW_CALL tw_status tw_module_custom(tw_module **out, tw_module_forward_function forward, void *context,
                                   void (*release)(void *context));

/**
 * Registers a parameter: a tensor that optimizers train.
 *
 * @param name    not empty, without a dot, and not taken in this module.
 * @param tensor  shares: a leaf of a floating dtype; from now on it requires a gradient.
 * @retval TW_ERROR_ARGUMENT  the name is not a valid one, or taken; or the tensor is not a leaf
 * @retval TW_ERROR_TYPE      the tensor is not of a floating dtype, or the module not one of tw_module_custom
 * @retval TW_ERROR_MEMORY    memory has run out; the name may stay taken: make the module anew
 */
TW_CALL tw_status tw_module_register_parameter(tw_module *module, const char *name, tw_tensor *tensor);

/**
 * Registers a buffer: a tensor that is saved and moved with the module but not trained.
 *
 * @param name    not empty, without a dot, and not taken in this module.
 * @param tensor  shares: of any dtype.
 * @retval TW_ERROR_ARGUMENT  the name is not a valid one, or taken
 * @retval TW_ERROR_TYPE      the module is not one of tw_module_custom
 * @retval TW_ERROR_MEMORY    memory has run out; the name may stay taken: make the module anew
 */
TW_CALL tw_status tw_module_register_buffer(tw_module *module, const char *name, tw_tensor *tensor);

/**
 * Registers a child module, which module shares.
 *
 * @param name  not empty, without a dot, and not taken in this module.
 * @param child  shares: of any kind.
 * @retval TW_ERROR_ARGUMENT  the name is not a valid one, or taken; or child is the module itself or holds it
 * @retval TW_ERROR_TYPE      the module is not one of tw_module_custom
 * @retval TW_ERROR_MEMORY    memory has run out; the name may stay taken: make the module anew
 */
TW_CALL tw_status tw_module_register_module(tw_module *module, const char *name, tw_module *child);

/* ---- use --------------------------------------------------------------------------------------------------------- */

/**
 * Runs the forward pass. What has happened before a failure inside stays: a batch normalization's running statistics and
 * num_batches_tracked, and the random numbers that dropout has drawn. A forward in evaluation mode changes neither.
 *
 * @param out     creates the result; NULL on failure. Of several results the first; tw_module_forward_all gives them all.
 * @param inputs  borrows: count tensors, as many as the module takes; the layers of layers.h say how many. NULL stands
 *                for Python's None where the layer says that it takes it.
 * @retval TW_ERROR_ARGUMENT  count is not what the module takes, or a NULL is not taken where it stands
 * @retval TW_ERROR_STATE     the module has no forward
 * @retval TW_ERROR_CALLBACK  a forward of the caller's returned TW_OK without a new handle in out, or no tw_status
 * @retval TW_ERROR_TORCH     LibTorch refused an input: its sizes do not fit the module's, or its dtype or device is
 *                            not that of the parameters
 * @retval TW_ERROR_MEMORY    the results do not fit into memory
 *
 * A failure of a forward of the caller's own comes out with the status that it returned. Where a module within this one
 * fails, the message begins with its path from this one, as "encoder.0.linear1: mat1 and mat2 shapes cannot be
 * multiplied". Within a TorchScript module the path goes as far as TorchScript tells.
 */
TW_CALL tw_status tw_module_forward(tw_tensor **out, tw_module *module, tw_tensor *const *inputs, size_t count);

/**
 * Runs the forward pass of a module with several results, such as an LSTM; otherwise as tw_module_forward.
 *
 * @param out  creates a list of the results, in PyTorch's order; NULL on failure. Free it with tw_tensor_list_free.
 */
TW_CALL tw_status tw_module_forward_all(tw_tensor_list **out, tw_module *module, tw_tensor *const *inputs,
                                        size_t count);

/**
 * The parameters of the module and its children, in the order of registration, depth first, as
 * torch.nn.Module.parameters gives them: a parameter that is registered twice comes once.
 *
 * @param out  creates a list of them; NULL on failure. tw_tensor_list_get_data gives it as the array that an optimizer
 *             takes, as tensor_list.h shows. Free it with tw_tensor_list_free.
 */
TW_CALL tw_status tw_module_get_parameters(tw_tensor_list **out, const tw_module *module);

/**
 * The name of the parameter that tw_module_get_parameters puts at index, such as "conv1.weight".
 *
 * @param out     borrows: room for capacity bytes, as for every buffer: see the guide at the top of torch_warmup.h.
 * @param needed  how many bytes the name has, its closing 0 among them; may be NULL.
 * @retval TW_ERROR_CAPACITY  capacity is too small
 * @retval TW_ERROR_RANGE     there is no such index
 */
TW_CALL tw_status tw_module_get_parameter_name(char *out, size_t capacity, size_t *needed, const tw_module *module,
                                               size_t index);

/**
 * Creates a handle to the parameter or buffer of a dotted name, such as "conv1.weight".
 *
 * @retval TW_ERROR_NOT_FOUND  there is none of that name; the message lists those there are
 */
TW_CALL tw_status tw_module_get_tensor(tw_tensor **out, const tw_module *module, const char *name);

/** Creates a handle to the child of a dotted name, such as "encoder.0"; otherwise as tw_module_get_tensor. */
TW_CALL tw_status tw_module_get_module(tw_module **out, const tw_module *module, const char *name);

/** Puts the module and its children into training mode (1) or evaluation mode (0). They start in training mode. */
TW_CALL tw_status tw_module_train(tw_module *module, int32_t mode);

/** Whether the module is in training mode, 0 or 1. */
TW_CALL tw_status tw_module_is_training(int32_t *out, const tw_module *module);

/**
 * Moves the parameters and buffers to a device, in place: handles to them, and optimizers over them, see the move.
 *
 * An optimizer's state does not move with them, so move the module before the first step.
 *
 * @param device  NULL for "cpu".
 * @retval TW_ERROR_DEVICE  there is no such device, or it failed; nothing has moved
 * @retval TW_ERROR_MEMORY  the device has no room for them; nothing has moved
 */
TW_CALL tw_status tw_module_move_to(tw_module *module, const char *device);

/** Removes the gradient of every parameter. */
TW_CALL tw_status tw_module_zero_grad(tw_module *module);

/** Frees the handle. NULL is allowed and does nothing. */
TW_API void tw_module_free(tw_module *module);

#ifdef __cplusplus
}
#endif

#endif
