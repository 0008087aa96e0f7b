/**
 * @file base.h
 * What every other header rests on: status codes, the last error, versions, and the settings of the process and thread.
 */
#ifndef TORCH_WARMUP_BASE_H
#define TORCH_WARMUP_BASE_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#if defined(TORCH_WARMUP_BUILDING)
#define TW_API __declspec(dllexport)
#else
#define TW_API __declspec(dllimport)
#endif
#else
#define TW_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- status and errors ------------------------------------------------------------------------------------------- */

/** What a call returns. The numbers are fixed for ever; new ones are added at the end. */
typedef int32_t tw_status;
enum {
  TW_OK = 0,
  TW_ERROR_ARGUMENT = 1,  /**< an argument is null, malformed, or does not fit the others */
  TW_ERROR_TYPE = 2,      /**< an object is of a kind that the call cannot take */
  TW_ERROR_RANGE = 3,     /**< a number lies outside its valid range, or a buffer is too small */
  TW_ERROR_STATE = 4,     /**< the object is not in a state in which the call makes sense */
  TW_ERROR_MEMORY = 5,    /**< out of memory, on the host or on the device */
  TW_ERROR_DEVICE = 6,    /**< the device does not exist or failed */
  TW_ERROR_IO = 7,        /**< the operating system refused to read or write a file */
  TW_ERROR_FORMAT = 8,    /**< a file's contents are not what they should be */
  TW_ERROR_TORCH = 9,     /**< LibTorch refused the call; its message is in tw_last_error */
  TW_ERROR_CALLBACK = 10, /**< a callback returned a status that is not one of these */
  TW_ERROR_INTERNAL = 11  /**< a fault in torch_warmup itself: please report it */
};

/**
 * The calling thread's message for its last failed call: what was wrong, with the values.
 *
 * @return a string that is never NULL, "" before the first failure. It is borrowed: valid until this thread's next
 *         failing call. A successful call leaves it as it is.
 */
TW_API const char *tw_last_error(void);

/**
 * A status's name as this header spells it, such as "TW_ERROR_RANGE".
 *
 * @return a string constant; "TW_ERROR_UNKNOWN" for a number that is no status.
 */
TW_API const char *tw_status_name(tw_status status);

/* ---- versions ---------------------------------------------------------------------------------------------------- */

/** The version of torch_warmup in this process, such as "0.1.0". */
TW_API const char *tw_version(void);

/** The version of the LibTorch in this process, such as "1.13.1". */
TW_API const char *tw_torch_version(void);

/* ---- the process's settings -------------------------------------------------------------------------------------- */

/**
 * Seeds the default random number generators of the CPU and of every CUDA device, as torch.manual_seed does.
 */
TW_API tw_status tw_manual_seed(uint64_t seed);

/**
 * Sets how many threads one operator may use on the CPU, as torch.set_num_threads does.
 *
 * Some builds of LibTorch start with one thread whatever the machine has, so call this first.
 *
 * @param count  at least 1.
 * @retval TW_ERROR_RANGE  count is below 1
 */
TW_API tw_status tw_set_num_threads(int32_t count);

/** How many threads one operator may use on the CPU. @param out  a number of at least 1; 0 on failure. */
TW_API tw_status tw_get_num_threads(int32_t *out);

/**
 * Turns the recording of gradients on or off for the calling thread, as torch.set_grad_enabled does.
 *
 * @param enabled   1 to record, 0 not to, as in evaluation.
 * @param previous  what it was before, 0 or 1; may be NULL.
 * @retval TW_ERROR_ARGUMENT  enabled is neither 0 nor 1
 */
TW_API tw_status tw_set_grad_enabled(int32_t enabled, int32_t *previous);

/** Whether this LibTorch can run on a CUDA device here and now. @param out  0 or 1; 0 on failure. */
TW_API tw_status tw_cuda_is_available(int32_t *out);

/** The number of CUDA devices that LibTorch sees. @param out  0 without CUDA. */
TW_API tw_status tw_cuda_device_count(size_t *out);

#ifdef __cplusplus
}
#endif

#endif
