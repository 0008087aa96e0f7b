/* Functions of C that call Go's by a cgo.Handle, which comes as the context. */
#ifndef TWGO_CALLBACKS_H
#define TWGO_CALLBACKS_H

#include "failure.h"

tw_status twgo_call_lr_function(double *out, double epoch, size_t group, void *context);
tw_status twgo_call_factor(double *out, int64_t step, size_t group, void *context);
tw_status twgo_call_group_count(size_t *out, void *context);
tw_status twgo_call_get(double *out, size_t count, tw_option option, void *context);
tw_status twgo_call_set(const double *values, size_t count, tw_option option, void *context);
void twgo_call_release(void *context);
void twgo_call_function(void *context);
#ifdef TWGO_TORCH
tw_status twgo_call_forward(tw_tensor **out, tw_module *module, tw_tensor *const *inputs, size_t count, void *context);
#endif

/* What a callback leaves that failed. */
void twgo_leave(uintptr_t cause, const char *message);

/* Around a callback: what an earlier one has left stays, also where this one makes calls of its own. */
uintptr_t twgo_enter_callback(void);
void twgo_end_callback(uintptr_t left_before);

#endif
