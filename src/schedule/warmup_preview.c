#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "schedule/warmup.h"

/* Row i of out has the rates after i steps. The schedules are put back in the end, whatever happens. */
static tw_status warmup_preview(double *out, tw_warmup *warmup, tw_lr_scheduler *const *schedulers, size_t count,
                                size_t steps, twi_rates *rates) {
  const int64_t first = warmup->last_step > 0 ? warmup->last_step : 0;
  const size_t groups = warmup->group_count;
  tw_status status = TW_OK;
  twi_save_all(schedulers, count);
  for (size_t step = 0; step < steps && status == TW_OK; ++step) {
    if (step > 0) status = twi_step_all(schedulers, count, rates);
    if (status == TW_OK) status = twi_warmup_factors(warmup->factors, warmup, 0, groups, first + (int64_t)step);
    for (size_t group = 0; group < groups && status == TW_OK; ++group)
      out[step * groups + group] = rates->lrs[group] * warmup->factors[group];
  }
  twi_settle_all(schedulers, count, TW_ERROR_STATE);
  return status;
}

static tw_status warmup_preview_locked(double *out, size_t capacity, size_t *needed, tw_warmup *warmup,
                                       tw_lr_scheduler *const *schedulers, size_t count, size_t steps) {
  twi_rates next, present;
  int with_momentums = 0, only_asked = 0;
  tw_status status = twi_check_schedulers(schedulers, count, warmup->optimizer, &with_momentums);
  if (status == TW_OK) status = twi_check_preview(out, capacity, needed, steps, warmup->group_count, &only_asked);
  if (status != TW_OK || only_asked) return status;
  double *rows = NULL;
  status = twi_warmup_take_undampened(warmup, &next, &present, with_momentums);
  if (status == TW_OK) status = twi_preview_rows(&rows, steps, warmup->group_count);
  if (status == TW_OK) status = warmup_preview(rows, warmup, schedulers, count, steps, &next);
  if (status == TW_OK) memcpy(out, rows, steps * warmup->group_count * sizeof *out);
  free(rows);
  if (status != TW_OK && needed != NULL) *needed = 0;
  return status;
}

tw_status tw_warmup_preview(double *out, size_t capacity, size_t *needed, tw_warmup *warmup,
                            tw_lr_scheduler *const *schedulers, size_t count, size_t steps) {
  if (needed != NULL) *needed = 0;
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = twi_optimizer_enter(warmup->optimizer);
  if (status != TW_OK) return status;
  status = warmup_preview_locked(out, capacity, needed, warmup, schedulers, count, steps);
  twi_optimizer_leave(warmup->optimizer);
  if (status != TW_OK && status != TW_ERROR_CAPACITY && needed != NULL) *needed = 0;
  return status;
}
