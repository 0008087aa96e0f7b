/* The classes, functions and dtypes that a checkpoint's pickle may name. Every other name is refused. */
#ifndef TWI_PICKLE_NAMES_H
#define TWI_PICKLE_NAMES_H

#include <stddef.h>

#include "archive/checkpoint_value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The storage classes come first: the number of each is that of its elements' type. */
enum {
  TWI_GLOBAL_ORDERED_DICT = TWI_ELEMENT_COUNT,
  TWI_GLOBAL_COUNTER,
  TWI_GLOBAL_REBUILD_TENSOR,
  TWI_GLOBAL_REBUILD_PARAMETER,
  TWI_GLOBAL_REBUILD_PARAMETER_WITH_STATE,
  TWI_GLOBAL_REBUILD_FROM_TYPE,
  TWI_GLOBAL_SIZE,
  TWI_GLOBAL_SET,
  TWI_GLOBAL_TENSOR_CLASS,
  /* Of TorchScript's pickles: what they make is their first argument. */
  TWI_GLOBAL_RESTORE_TYPE_TAG,
  TWI_GLOBAL_BUILD_INTLIST,
  TWI_GLOBAL_BUILD_DOUBLELIST,
  TWI_GLOBAL_BUILD_BOOLLIST,
  TWI_GLOBAL_BUILD_TENSORLIST,
  /* What these make, this library has no type for. */
  TWI_GLOBAL_FIRST_OPAQUE,
  TWI_GLOBAL_ENCODE = TWI_GLOBAL_FIRST_OPAQUE,
  TWI_GLOBAL_BYTES,
  TWI_GLOBAL_BYTEARRAY,
  TWI_GLOBAL_COMPLEX,
  TWI_GLOBAL_DEVICE,
  TWI_GLOBAL_GET_LAYOUT,
  TWI_GLOBAL_REBUILD_TENSOR_V3,
  TWI_GLOBAL_REBUILD_QTENSOR,
  TWI_GLOBAL_REBUILD_SPARSE,
  TWI_GLOBAL_REBUILD_SPARSE_CSR,
  TWI_GLOBAL_REBUILD_NESTED,
  TWI_GLOBAL_REBUILD_META,
  TWI_GLOBAL_REBUILD_FROM_CPU,
  TWI_GLOBAL_FOREIGN_TENSOR, /* nothing of Python's: (storage, dtype's name, sizes), of a file of another format */
  /* These are no functions. */
  TWI_GLOBAL_PARAMETER_CLASS,
  TWI_GLOBAL_FIRST_DTYPE,
  TWI_GLOBAL_FIRST_QSCHEME = TWI_GLOBAL_FIRST_DTYPE + 47,
  TWI_GLOBAL_COUNT = TWI_GLOBAL_FIRST_QSCHEME + 5
};

/* "torch\nFloatStorage", as the pickle has it, less the last end of line. */
const char *twi_pickle_name(int global);

/* The number of a name of length bytes; 0 where it is none of these. */
int twi_pickle_find_name(const char *name, size_t length);

#ifdef __cplusplus
}
#endif

#endif
