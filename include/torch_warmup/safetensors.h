/**
 * @file safetensors.h
 * safetensors files: weights alone, as the Python package safetensors and many other programs read and write them.
 *
 *     tw_checkpoint_create(&checkpoint);
 *     tw_checkpoint_put_module(checkpoint, NULL, network);
 *     tw_checkpoint_save_safetensors(checkpoint, "network.safetensors");
 *
 *     tw_checkpoint_load_safetensors(&checkpoint, "network.safetensors");
 *     tw_checkpoint_restore_module(network, checkpoint, NULL, 1);
 *
 * Source of the format: https://github.com/huggingface/safetensors, "Format".
 */
#ifndef TORCH_WARMUP_SAFETENSORS_H
#define TORCH_WARMUP_SAFETENSORS_H

#include "checkpoint.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Saves a checkpoint of tensors as a safetensors file; whole or not at all, as tw_checkpoint_save.
 *
 * The format knows no shared memory: tensors that share theirs are written one by one. A string whose key begins with
 * "__metadata__." goes into the file's metadata under the rest of its key; the format has no place for other values.
 * The file is the one that the Python package writes of the same tensors and metadata, byte for byte but for the
 * metadata's order.
 *
 * @param checkpoint  borrows: tensors, each under its key, and metadata.
 * @param path        borrows: the file's name. What is there already must be a regular file.
 * @retval TW_ERROR_TYPE      a value is neither a tensor nor metadata; the message names its key
 * @retval TW_ERROR_ARGUMENT  a key is "__metadata__", or a text has half of a surrogate pair, as Python's can
 * @retval TW_ERROR_RANGE     the names, sizes and metadata take more than the format's 100 MB, or a tensor repeats its
 *                            elements more often than a file can hold
 * @retval TW_ERROR_STATE     a tensor's memory has become smaller since it was put
 * @retval TW_ERROR_UNSUPPORTED  a value is of a type that this library has not; the message names its key
 * @retval TW_ERROR_IO        the operating system refused; tw_last_error says what and why
 */
TW_CALL tw_status tw_checkpoint_save_safetensors(const tw_checkpoint *checkpoint, const char *path);

/**
 * Loads a safetensors file: a checkpoint of its tensors, in the order of their places in the file, and after them its
 * metadata as strings whose keys begin with "__metadata__.".
 *
 * The tensors' elements stay in the file until they are asked for, so do not change it meanwhile; replacing it by
 * renaming another over it is no change. Any byte of a bool but 0 is read as 1. A tensor of a dtype that tw_dtype does not
 * list loses nothing else: it is of TW_KIND_OTHER, as in tw_checkpoint_load.
 *
 * @param out   creates the checkpoint; NULL on failure. Free it with tw_checkpoint_free.
 * @param path  borrows: the file's name.
 * @retval TW_ERROR_IO           it cannot be opened or read
 * @retval TW_ERROR_FORMAT       it is no safetensors file, or has what the format forbids (places that overlap, leave
 *                               holes or lie outside the file, a name that comes twice, a header over 100 MB);
 *                               tw_last_error says what
 * @retval TW_ERROR_UNSUPPORTED  it has a tensor of more than 64 dimensions
 */
TW_CALL tw_status tw_checkpoint_load_safetensors(tw_checkpoint **out, const char *path);

#ifdef __cplusplus
}
#endif

#endif
