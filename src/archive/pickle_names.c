#include "archive/pickle_names.h"

#include <string.h>

static const char *const names[TW_GLOBAL_COUNT] = {
    [TW_ELEMENT_UINT8] = "torch\nByteStorage",
    [TW_ELEMENT_INT8] = "torch\nCharStorage",
    [TW_ELEMENT_INT16] = "torch\nShortStorage",
    [TW_ELEMENT_INT32] = "torch\nIntStorage",
    [TW_ELEMENT_INT64] = "torch\nLongStorage",
    [TW_ELEMENT_FLOAT16] = "torch\nHalfStorage",
    [TW_ELEMENT_BFLOAT16] = "torch\nBFloat16Storage",
    [TW_ELEMENT_FLOAT32] = "torch\nFloatStorage",
    [TW_ELEMENT_FLOAT64] = "torch\nDoubleStorage",
    [TW_ELEMENT_BOOL] = "torch\nBoolStorage",
    [TW_GLOBAL_ORDERED_DICT] = "collections\nOrderedDict",
    [TW_GLOBAL_COUNTER] = "collections\nCounter",
    [TW_GLOBAL_REBUILD_TENSOR] = "torch._utils\n_rebuild_tensor_v2",
    [TW_GLOBAL_REBUILD_PARAMETER] = "torch._utils\n_rebuild_parameter",
    [TW_GLOBAL_SIZE] = "torch\nSize",
};

const char *tw_pickle_name(int global) { return names[global]; }

int tw_pickle_find_name(const char *name, size_t length) {
  for (int i = 1; i < TW_GLOBAL_COUNT; ++i)
    if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) return i;
  return 0;
}
