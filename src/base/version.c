#include "torch_warmup/base.h"

#define STRING_OF(x) #x
#define STRING(x) STRING_OF(x)

const char *tw_version(void) {
  return STRING(TW_VERSION_MAJOR) "." STRING(TW_VERSION_MINOR) "." STRING(TW_VERSION_PATCH);
}

int32_t tw_version_number(void) { return TW_VERSION_NUMBER; }
