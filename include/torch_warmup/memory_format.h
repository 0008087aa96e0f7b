/**
 * @file memory_format.h
 * The order of a tensor's elements in memory.
 */
#ifndef TORCH_WARMUP_MEMORY_FORMAT_H
#define TORCH_WARMUP_MEMORY_FORMAT_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The order of a tensor's elements in memory. The numbers are fixed for ever; new ones are added at the end. */
typedef enum tw_memory_format {
  TW_CONTIGUOUS_FORMAT = 0, /**< row-major: the last dimension's neighbours lie side by side */
  TW_PRESERVE_FORMAT = 1,   /**< that of the tensor that the call starts from */
  TW_CHANNELS_LAST = 2,     /**< of [N, C, H, W]: the channels' neighbours lie side by side */
  TW_CHANNELS_LAST_3D = 3,  /**< the same of [N, C, D, H, W] */
  TW_MEMORY_FORMAT_UNKNOWN = -1,
  TW_MEMORY_FORMAT_MAX_ENUM = 0x7fffffff
} tw_memory_format;

#ifdef __cplusplus
}
#endif

#endif
