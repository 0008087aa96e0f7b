/**
 * @file torchscript.h
 * TorchScript: models that Python made with torch.jit.script or torch.jit.trace, as modules.
 *
 * Such a module is a tw_module like any other: tw_module_forward, tw_module_get_parameters, tw_module_train,
 * tw_module_move_to, optimizers and checkpoints take it. tw_module_forward_all gives the tensors of what its forward
 * returns, in order, also those inside tuples, lists and dicts, and leaves out the rest; tw_module_call_method leaves
 * out nothing. A buffer that a method replaces (self.calls = self.calls + 1) is another tensor afterwards; a handle got
 * before keeps the old one. A module of torch.jit.freeze has no parameters, and stays in evaluation mode.
 *
 * A TorchScript file is a program, which runs when its methods are called. Load only files of people you trust: damage
 * is found by the file's CRCs, but a file made with bad intent can crash LibTorch. A checkpoint (checkpoint.h,
 * safetensors.h) holds no program.
 */
#ifndef TORCH_WARMUP_TORCHSCRIPT_H
#define TORCH_WARMUP_TORCHSCRIPT_H

#include "module.h"
#include "value.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Loads a file of torch.jit.save, onto the CPU; tw_module_move_to takes it elsewhere.
 *
 * @param out   creates the module, in the mode, training or evaluation, in which it was saved; NULL on failure. Free it
 *              with tw_module_free.
 * @param path  borrows: the file's name, in the bytes by which the operating system knows it.
 * @retval TW_ERROR_IO      it cannot be opened or read
 * @retval TW_ERROR_FORMAT  it is not a TorchScript file, or damaged, or newer than this LibTorch reads; the message
 *                          says what to do where it is a checkpoint instead
 */
TW_CALL tw_status tw_module_load_torchscript(tw_module **out, const char *path);

/** As tw_module_load_torchscript, from the file's bytes in memory. @param data  borrows: size bytes. */
TW_CALL tw_status tw_module_load_torchscript_memory(tw_module **out, const void *data, size_t size);

/**
 * Saves a TorchScript module with its parameters as they are now, for torch.jit.load and tw_module_load_torchscript;
 * whole or not at all, as tw_checkpoint_save.
 *
 * @param module  borrows: a module that was loaded by this header.
 * @retval TW_ERROR_TYPE  it is a module of another sort; a checkpoint holds the state_dict of any
 * @retval TW_ERROR_IO    the operating system refused; tw_last_error says what and why
 */
TW_CALL tw_status tw_module_save_torchscript(const tw_module *module, const char *path);

/**
 * Calls a method of a TorchScript module, forward among them, with values of any kind.
 *
 * Arguments that the method gives a default may be left out at the end. An int does for a float that equals it. What
 * the method does to its lists and dicts leaves those that it was given as they are.
 *
 * @param out     creates the result; NULL on failure. Free it with tw_value_free.
 * @param method  borrows: its name, such as "forward".
 * @param inputs  borrows: count values, by position; the tensors of a loaded checkpoint's are read now.
 * @retval TW_ERROR_NOT_FOUND  there is no such method; the message lists those there are
 * @retval TW_ERROR_ARGUMENT  too many or few inputs
 * @retval TW_ERROR_TYPE      an input is not of the type that the method asks for, or module is no TorchScript module
 * @retval TW_ERROR_TORCH     the method raised an exception; the message is LibTorch's. What it has changed in the
 *                            module until then stays changed.
 */
TW_CALL tw_status tw_module_call_method(tw_value **out, tw_module *module, const char *method, tw_value *const *inputs,
                                        size_t count);

/** Whether a TorchScript module has a method of that name, 0 or 1. Of another module it is TW_ERROR_TYPE. */
TW_CALL tw_status tw_module_has_method(int32_t *out, const tw_module *module, const char *method);

#ifdef __cplusplus
}
#endif

#endif
