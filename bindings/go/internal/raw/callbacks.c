#include "callbacks.h"

#include "_cgo_export.h"

void twgo_leave(uintptr_t cause, const char *message) {
  twgo_cause = cause;
  tw_set_last_error(message);
}

uintptr_t twgo_enter_callback(void) {
  const uintptr_t left_before = twgo_cause;
  twgo_cause = 0;
  return left_before;
}

void twgo_end_callback(uintptr_t left_before) {
  if (left_before == 0) return;
  if (twgo_cause != 0) twgoForget(twgo_cause); /* the first failure is the one that counts */
  twgo_cause = left_before;
}

tw_status twgo_call_lr_function(double *out, double epoch, size_t group, void *context) {
  const uintptr_t left = twgo_enter_callback();
  const tw_status status = twgoLrFunction(out, epoch, group, (uintptr_t)context);
  twgo_end_callback(left);
  return status;
}

tw_status twgo_call_factor(double *out, int64_t step, size_t group, void *context) {
  const uintptr_t left = twgo_enter_callback();
  const tw_status status = twgoFactor(out, step, group, (uintptr_t)context);
  twgo_end_callback(left);
  return status;
}

tw_status twgo_call_group_count(size_t *out, void *context) {
  const uintptr_t left = twgo_enter_callback();
  const tw_status status = twgoGroupCount(out, (uintptr_t)context);
  twgo_end_callback(left);
  return status;
}

tw_status twgo_call_get(double *out, size_t count, tw_option option, void *context) {
  const uintptr_t left = twgo_enter_callback();
  const tw_status status = twgoGet(out, count, option, (uintptr_t)context);
  twgo_end_callback(left);
  return status;
}

tw_status twgo_call_set(const double *values, size_t count, tw_option option, void *context) {
  const uintptr_t left = twgo_enter_callback();
  const tw_status status = twgoSet((double *)values, count, option, (uintptr_t)context);
  twgo_end_callback(left);
  return status;
}

void twgo_call_release(void *context) { twgoForget((uintptr_t)context); }

void twgo_call_function(void *context) { twgoRun((uintptr_t)context); }

#ifdef TWGO_TORCH
tw_status twgo_call_forward(tw_tensor **out, tw_module *module, tw_tensor *const *inputs, size_t count, void *context) {
  const uintptr_t left = twgo_enter_callback();
  const tw_status status = twgoForward(out, module, (tw_tensor **)inputs, count, (uintptr_t)context);
  twgo_end_callback(left);
  return status;
}
#endif
