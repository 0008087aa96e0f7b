/**
 * @file handle.h
 * What handles are alive: for finding those that were never freed, and calls on those that were.
 *
 * A build with the CMake option TORCH_WARMUP_CHECKS keeps a list of all handles. There a call that gets a handle that
 * has been freed, one of another kind, or an address that never was one fails with TW_ERROR_ARGUMENT, and the message
 * says which: "optimizer is a handle that has been freed". A function that frees cannot fail: given such a handle it
 * prints that to the standard error and aborts. Where the environment variable TORCH_WARMUP_REPORT is 1, a program that
 * ends by exit, or by returning from main, first prints how many handles of each kind are alive, or that none is.
 *
 * Without the option nothing is kept and nothing checked, and it costs nothing.
 */
#ifndef TORCH_WARMUP_HANDLE_H
#define TORCH_WARMUP_HANDLE_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The kinds of handles. The numbers are fixed for ever; new ones are added at the end. */
typedef enum tw_handle_kind {
  TW_HANDLE_OPTIMIZER = 0,
  TW_HANDLE_LR_SCHEDULER = 1,
  TW_HANDLE_WARMUP = 2,
  TW_HANDLE_TENSOR = 3,
  TW_HANDLE_TENSOR_LIST = 4,
  TW_HANDLE_GENERATOR = 5,
  TW_HANDLE_MODULE = 6,
  TW_HANDLE_MODULE_DIFFERENCES = 7,
  TW_HANDLE_VALUE = 8,
  TW_HANDLE_CHECKPOINT = 9,
  TW_HANDLE_KIND_UNKNOWN = -1,
  TW_HANDLE_KIND_MAX_ENUM = 0x7fffffff
} tw_handle_kind;

/** The name of a kind's type, such as "tw_tensor"; "unknown" for another number. Borrowed, valid for ever. */
TW_API const char *tw_handle_kind_name(tw_handle_kind kind);

/**
 * Gives how many handles of a kind are alive: given to the program, by any thread, and not freed yet. Those that a list or
 * a callback lends are not counted.
 *
 * @param out   0 on failure.
 * @retval TW_ERROR_UNSUPPORTED  the library was built without TORCH_WARMUP_CHECKS
 * @retval TW_ERROR_ARGUMENT     there is no such kind
 */
TW_CALL tw_status tw_live_handles(size_t *out, tw_handle_kind kind);

#ifdef __cplusplus
}
#endif

#endif
