/**
 * @file runtime.h
 * The LibTorch in this process: its version, its threads, its recording of gradients, its devices.
 */
#ifndef TORCH_WARMUP_RUNTIME_H
#define TORCH_WARMUP_RUNTIME_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The version of the LibTorch in this process, such as "1.13.1". */
TW_API const char *tw_torch_version(void);

/**
 * Sets how many threads one operator may use on the CPU, in the whole process, as torch.set_num_threads does.
 *
 * Some builds of LibTorch start with one thread whatever the machine has, so call this first.
 *
 * @param count  at least 1.
 * @retval TW_ERROR_RANGE  count is 0, or more than a process can have
 */
TW_CALL tw_status tw_set_num_threads(size_t count);

/** How many threads one operator may use on the CPU. @param out  a number of at least 1; 0 on failure. */
TW_CALL tw_status tw_get_num_threads(size_t *out);

/**
 * Turns the recording of gradients on or off for the calling thread, as torch.set_grad_enabled does.
 *
 * @param previous  what it was before, 0 or 1; may be NULL.
 * @param enabled   1 to record, 0 not to, as in evaluation.
 * @retval TW_ERROR_ARGUMENT  enabled is neither 0 nor 1
 */
TW_CALL tw_status tw_set_grad_enabled(int32_t *previous, int32_t enabled);

/** Whether this LibTorch can run on a CUDA device here and now. @param out  0 or 1; 0 on failure. */
TW_CALL tw_status tw_cuda_is_available(int32_t *out);

/** The number of CUDA devices that LibTorch sees. @param out  0 without CUDA. */
TW_CALL tw_status tw_cuda_get_device_count(size_t *out);

#ifdef __cplusplus
}
#endif

#endif
