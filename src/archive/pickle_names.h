/* The classes and functions that a checkpoint's pickle may name. Every other name is refused. */
#ifndef TWI_PICKLE_NAMES_H
#define TWI_PICKLE_NAMES_H

#include <stddef.h>

#include "archive/checkpoint_value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The storage classes come first: the number of each is that of its elements' type. */
enum {
  TWI_GLOBAL_ORDERED_DICT = TWI_ELEMENT_BOOL + 1,
  TWI_GLOBAL_COUNTER,
  TWI_GLOBAL_REBUILD_TENSOR,
  TWI_GLOBAL_REBUILD_PARAMETER,
  TWI_GLOBAL_SIZE,
  TWI_GLOBAL_COUNT
};

/* "torch\nFloatStorage", as the pickle has it, less the last end of line. */
const char *twi_pickle_name(int global);

/* The number of a name of length bytes; 0 where it is none of these. */
int twi_pickle_find_name(const char *name, size_t length);

#ifdef __cplusplus
}
#endif

#endif
