/* Checks of what callers give. Each fails with a message that names the argument and its value. */
#ifndef TWI_CHECK_H
#define TWI_CHECK_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/handle.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The largest step or epoch, 2^53: a double of one more is the same, and an int64_t of one more does not overflow. */
#define TWI_MOST_STEP INT64_C(9007199254740992)

/* Room for a name such as "milestones[12345678901234567890]". */
enum { TWI_NAME_SIZE = 64 };
const char *twi_indexed(char out[TWI_NAME_SIZE], const char *name, size_t index);

static inline tw_status twi_check_pointer(const void *pointer, const char *name) {
  if (pointer != NULL) return TW_OK;
  (void)twi_fail(TW_ERROR_ARGUMENT, "%s is NULL", name);
  return TW_ERROR_ARGUMENT;
}
#ifdef TORCH_WARMUP_CHECKS
struct tw_optimizer;
struct tw_lr_scheduler;
struct tw_warmup;
/* A handle says by its type what it must be; nothing else that is pointed to does. */
#define TWI_HANDLE_KIND(pointer) \
  _Generic((pointer),                                                                                          \
           struct tw_optimizer *: TW_HANDLE_OPTIMIZER, const struct tw_optimizer *: TW_HANDLE_OPTIMIZER,         \
           struct tw_lr_scheduler *: TW_HANDLE_LR_SCHEDULER, const struct tw_lr_scheduler *: TW_HANDLE_LR_SCHEDULER, \
           struct tw_warmup *: TW_HANDLE_WARMUP, const struct tw_warmup *: TW_HANDLE_WARMUP,                     \
           default: TW_HANDLE_KIND_UNKNOWN)
static inline tw_status twi_check_pointer_to(const void *pointer, tw_handle_kind kind, const char *name) {
  return kind == TW_HANDLE_KIND_UNKNOWN ? twi_check_pointer(pointer, name) : twi_handle_check(pointer, kind, name);
}
#define twi_check_pointer(pointer, name) twi_check_pointer_to((pointer), TWI_HANDLE_KIND(pointer), (name))
#endif
/* An array may be null only where it has no elements. */
tw_status twi_check_array(const void *array, size_t count, const char *name);
tw_status twi_check_finite(double value, const char *name);
tw_status twi_check_within(double value, double least, double most, const char *name);
tw_status twi_check_not_negative(double value, const char *name);
tw_status twi_check_positive(double value, const char *name);
/* In (0, 1]. */
tw_status twi_check_share(double value, const char *name);
/* In [0, 1). */
tw_status twi_check_below_one(double value, const char *name);
tw_status twi_check_at_least(int64_t value, int64_t least, const char *name);
/* A step that others may follow: from least to TWI_MOST_STEP. */
TWI_SHARED tw_status twi_check_step(int64_t step, int64_t least, const char *name);
/* An epoch likewise, which may be a fraction. */
tw_status twi_check_epoch(double epoch, double least, const char *name);
tw_status twi_check_bool(int32_t value, const char *name);
/* An enumeration whose numbers run from 0 to most. */
tw_status twi_check_enum(int32_t value, int32_t most, const char *name);
/* Each of values by one of the checks of a number; a message says which it was: "lrs[1]". That name is made for a failure
   alone, for a printf costs more than all else that is done with a number. */
tw_status twi_check_each(const double *values, size_t count, tw_status (*check)(double value, const char *name),
                         const char *name);
/* Numbers that ascend from 0 on, equal ones allowed. */
tw_status twi_check_ascending(const int64_t *values, size_t count, const char *name);

/* One value for every group, or one for each: that there are as many values as that. */
tw_status twi_check_per_group(const void *values, size_t count, size_t group_count, const char *name);
/* Such values, checked to be finite, as one for each in the end. */
tw_status twi_spread(double *out, const double *values, size_t count, size_t group_count, const char *name);

/* The rule of every buffer: what torch_warmup_core.h says. Sets needed, which may be null, and tells by *only_asked that
   there is nothing to copy. what is what size counts: "rates". */
tw_status twi_check_buffer(const void *out, size_t capacity, size_t *needed, size_t size, const char *what,
                           int *only_asked);
tw_status twi_copy_doubles(double *out, size_t capacity, size_t *needed, const double *from, size_t size,
                           const char *what);

#ifdef __cplusplus
}
#endif

#endif
