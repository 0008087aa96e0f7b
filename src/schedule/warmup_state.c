/* A warmup's counter, factors and state. */
#include <stdlib.h>

#include "base/check.h"
#include "schedule/warmup.h"

tw_status tw_warmup_get_last_step(int64_t *out, const tw_warmup *warmup) {
  if (out != NULL) *out = 0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(warmup, "warmup");
  if (status != TW_OK) return status;
  const int locked = twi_optimizer_begin_read(warmup->optimizer);
  *out = warmup->last_step;
  twi_optimizer_end_read(warmup->optimizer, locked);
  return status;
}

tw_status tw_warmup_set_last_step(tw_warmup *warmup, int64_t step) {
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = twi_check_step(step, -1, "step");
  if (status == TW_OK) status = twi_optimizer_enter(warmup->optimizer);
  if (status != TW_OK) return status;
  warmup->last_step = step;
  twi_optimizer_leave(warmup->optimizer);
  return status;
}

static tw_status check_factor(const tw_warmup *warmup, int64_t step, size_t group) {
  if (group >= warmup->group_count)
    return twi_fail(TW_ERROR_RANGE, "group is %zu; the warmup has %zu", group, warmup->group_count);
  return twi_check_step(step, 0, "step");
}

tw_status tw_warmup_get_factor(double *out, const tw_warmup *warmup, int64_t step, size_t group) {
  double factor = 0.0;
  if (out != NULL) *out = 0.0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = check_factor(warmup, step, group);
  if (status != TW_OK) return status;
  const int locked = twi_optimizer_begin_read(warmup->optimizer);
  status = twi_warmup_factors(&factor, warmup, group, 1, step);
  twi_optimizer_end_read(warmup->optimizer, locked);
  if (status == TW_OK) *out = factor;
  return status;
}

tw_status tw_warmup_get_group_count(size_t *out, const tw_warmup *warmup) {
  if (out != NULL) *out = 0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) *out = warmup->group_count;
  return status;
}

tw_status tw_warmup_get_state(int64_t *step, double *lrs, size_t capacity, size_t *needed, const tw_warmup *warmup) {
  if (step != NULL) *step = 0;
  if (needed != NULL) *needed = 0;
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK && (capacity != 0 || needed == NULL)) status = twi_check_pointer(lrs, "lrs");
  if (status != TW_OK) return status;
  const int locked = twi_optimizer_begin_read(warmup->optimizer);
  status = twi_copy_doubles(lrs, capacity, needed, warmup->undampened, warmup->group_count, "rates");
  if (status == TW_OK && step != NULL) *step = warmup->last_step;
  twi_optimizer_end_read(warmup->optimizer, locked);
  return status;
}

tw_status tw_warmup_get_undampened_lrs(double *out, size_t capacity, size_t *needed, const tw_warmup *warmup) {
  if (needed != NULL) *needed = 0;
  if (out == NULL && (capacity != 0 || needed == NULL)) return twi_fail(TW_ERROR_ARGUMENT, "out is NULL");
  return tw_warmup_get_state(NULL, out, capacity, needed, warmup);
}

static tw_status check_state(const tw_warmup *warmup, int64_t step, const double *lrs, size_t count) {
  const tw_status status = twi_check_step(step, 0, "step");
  if (status == TW_OK && count != warmup->group_count)
    return twi_fail(TW_ERROR_ARGUMENT, "count is %zu; the warmup has %zu groups", count, warmup->group_count);
  return status == TW_OK ? twi_check_array(lrs, count, "lrs") : status;
}

tw_status tw_warmup_set_state(tw_warmup *warmup, int64_t step, const double *lrs, size_t count) {
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = check_state(warmup, step, lrs, count);
  if (status == TW_OK) status = twi_optimizer_enter(warmup->optimizer);
  if (status != TW_OK) return status;
  status = twi_warmup_check(warmup);
  if (status == TW_OK) status = twi_warmup_put_state(warmup, step, lrs);
  twi_optimizer_leave(warmup->optimizer);
  return status;
}
