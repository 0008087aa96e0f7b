/* The classes and functions that a checkpoint's pickle may name. Every other name is refused. */
#ifndef TW_PICKLE_NAMES_H
#define TW_PICKLE_NAMES_H

#include <stddef.h>

#include "archive/checkpoint_value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The storage classes come first: the number of each is that of its elements' type. */
enum {
  TW_GLOBAL_ORDERED_DICT = TW_ELEMENT_BOOL + 1,
  TW_GLOBAL_COUNTER,
  TW_GLOBAL_REBUILD_TENSOR,
  TW_GLOBAL_REBUILD_PARAMETER,
  TW_GLOBAL_SIZE,
  TW_GLOBAL_COUNT
};

/* "torch\nFloatStorage", as the pickle has it, less the last end of line. */
const char *tw_pickle_name(int global);

/* The number of a name of length bytes; 0 where it is none of these. */
int tw_pickle_find_name(const char *name, size_t length);

#ifdef __cplusplus
}
#endif

#endif
