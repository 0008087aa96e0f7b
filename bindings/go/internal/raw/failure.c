#include "failure.h"

#include <stdlib.h>
#include <string.h>

_Thread_local uintptr_t twgo_cause;

/* strdup is not C11's. */
static char *copy(const char *text) {
  const size_t size = strlen(text) + 1;
  char *out = malloc(size);
  if (out != NULL) memcpy(out, text, size);
  return out;
}

twgo_failure twgo_take_failure(tw_status status) {
  const twgo_failure out = {status, twgo_cause, status == TW_OK ? NULL : copy(tw_last_error())};
  twgo_cause = 0;
  return out;
}
