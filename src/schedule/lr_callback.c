#include "schedule/lr_callback.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/error.h"

struct twi_lr_callback {
  atomic_size_t references;
  tw_lr_function function;
  void *context;
  void (*release)(void *context); /* or NULL */
};

tw_status twi_lr_callback_new(twi_lr_callback **out, tw_lr_function function, void *context,
                              void (*release)(void *context)) {
  twi_lr_callback *made = malloc(sizeof *made);
  if (made == NULL) {
    twi_release(release, context);
    return twi_fail(TW_ERROR_MEMORY, "out of memory");
  }
  atomic_init(&made->references, 1);
  made->function = function;
  made->context = context;
  made->release = release;
  *out = made;
  return TW_OK;
}

twi_lr_callback *twi_lr_callback_share(twi_lr_callback *callback) {
  if (callback != NULL) atomic_fetch_add_explicit(&callback->references, 1, memory_order_relaxed);
  return callback;
}

void twi_lr_callback_unshare(twi_lr_callback *callback) {
  if (callback == NULL) return;
  if (atomic_fetch_sub_explicit(&callback->references, 1, memory_order_acq_rel) != 1) return;
  twi_release(callback->release, callback->context);
  free(callback);
}

tw_status twi_lr_callback_call(double *out, const twi_lr_callback *callback, const char *name, double x, size_t group) {
  *out = NAN;
  const twi_message before = twi_message_take();
  const tw_status status = twi_callback_end(name, callback->function(out, x, group, callback->context), before);
  if (status != TW_OK || isfinite(*out)) return status;
  return twi_fail(TW_ERROR_RANGE, "%s gave %g for %g; it must be finite", name, *out, x);
}
