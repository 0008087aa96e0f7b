/* What went wrong in a call, taken along while it is still on the thread of the call. */
#ifndef TWGO_FAILURE_H
#define TWGO_FAILURE_H

#ifdef TWGO_TORCH
#include <torch_warmup.h>
#else
#include "torch_warmup_core.h"
#endif

typedef struct {
  tw_status status;
  uintptr_t cause; /* a cgo.Handle: the error or panic of a callback of Go's that ran within the call; 0 for none */
  char *message;   /* a copy, to be freed; NULL with TW_OK, or for want of memory */
} twgo_failure;

/* Left by a callback of Go's that failed on this thread, for the call that ran it. */
extern _Thread_local uintptr_t twgo_cause;

twgo_failure twgo_take_failure(tw_status status);

static inline twgo_failure twgo_after(tw_status status) {
  if (status != TW_OK || twgo_cause != 0) return twgo_take_failure(status);
  return (twgo_failure){TW_OK, 0, 0};
}

#endif
