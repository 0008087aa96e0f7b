/**
 * @file kind.h
 * What a value is: one enumeration for the values of checkpoints and of TorchScript, and for the arguments of operators.
 */
#ifndef TORCH_WARMUP_KIND_H
#define TORCH_WARMUP_KIND_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a value is. The numbers are fixed for ever; new ones are added at the end. */
typedef enum tw_kind {
  TW_KIND_NONE = 0,   /**< Python's None */
  TW_KIND_TENSOR = 1, /**< a tensor */
  TW_KIND_INT64 = 2,  /**< Python's int, of 64 bits */
  TW_KIND_DOUBLE = 3, /**< Python's float */
  TW_KIND_BOOL = 4,   /**< 0 or 1 */
  TW_KIND_STRING = 5, /**< Python's str: UTF-8 */
  TW_KIND_LIST = 6,   /**< a list of values */
  TW_KIND_TUPLE = 7,  /**< a tuple of values; of TorchScript, a named one too */
  TW_KIND_DICT = 8,   /**< a dict of values; of a checkpoint, an OrderedDict and a Counter too */
  TW_KIND_OTHER = 9, /**< such as an object of TorchScript, or what a checkpoint has of types that this library has not:
                           it can be passed on and named (tw_value_get_type_name), not looked into */

  /* The rest only operators' arguments are. */
  TW_KIND_DTYPE = 10,         /**< a tw_dtype */
  TW_KIND_DEVICE = 11,        /**< a device's name, such as "cuda:0" */
  TW_KIND_MEMORY_FORMAT = 12, /**< a tw_memory_format */
  TW_KIND_GENERATOR = 13,     /**< a tw_generator */
  TW_KIND_TENSOR_LIST = 14,   /**< an array of tensors */
  TW_KIND_INT64_LIST = 15,    /**< an array of int64_t */
  TW_KIND_DOUBLE_LIST = 16,   /**< an array of double */
  TW_KIND_BOOL_LIST = 17,     /**< an array of int32_t, each 0 or 1 */

  TW_KIND_UNKNOWN = -1,
  TW_KIND_MAX_ENUM = 0x7fffffff
} tw_kind;

#ifdef __cplusplus
}
#endif

#endif
