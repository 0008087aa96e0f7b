#include "archive/pickle_names.h"

#include <string.h>

static const char *const names[TWI_GLOBAL_COUNT] = {
    [TWI_ELEMENT_UINT8] = "torch\nByteStorage",
    [TWI_ELEMENT_INT8] = "torch\nCharStorage",
    [TWI_ELEMENT_INT16] = "torch\nShortStorage",
    [TWI_ELEMENT_INT32] = "torch\nIntStorage",
    [TWI_ELEMENT_INT64] = "torch\nLongStorage",
    [TWI_ELEMENT_FLOAT16] = "torch\nHalfStorage",
    [TWI_ELEMENT_BFLOAT16] = "torch\nBFloat16Storage",
    [TWI_ELEMENT_FLOAT32] = "torch\nFloatStorage",
    [TWI_ELEMENT_FLOAT64] = "torch\nDoubleStorage",
    [TWI_ELEMENT_BOOL] = "torch\nBoolStorage",
    [TWI_GLOBAL_ORDERED_DICT] = "collections\nOrderedDict",
    [TWI_GLOBAL_COUNTER] = "collections\nCounter",
    [TWI_GLOBAL_REBUILD_TENSOR] = "torch._utils\n_rebuild_tensor_v2",
    [TWI_GLOBAL_REBUILD_PARAMETER] = "torch._utils\n_rebuild_parameter",
    [TWI_GLOBAL_SIZE] = "torch\nSize",
};

const char *twi_pickle_name(int global) { return names[global]; }

int twi_pickle_find_name(const char *name, size_t length) {
  for (int i = 1; i < TWI_GLOBAL_COUNT; ++i)
    if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) return i;
  return 0;
}
