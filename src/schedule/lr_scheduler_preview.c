#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"

tw_status twi_check_preview(const double *out, size_t capacity, size_t *needed, size_t steps, size_t group_count,
                            int *only_asked) {
  const size_t most = SIZE_MAX / sizeof *out - 1;
  if (group_count != 0 && steps > most / group_count)
    return twi_fail(TW_ERROR_RANGE, "steps is %zu; of %zu groups no memory holds so many rates", steps, group_count);
  const tw_status status = twi_check_buffer(out, capacity, needed, steps * group_count, "rates", only_asked);
  if (steps * group_count == 0) *only_asked = 1; /* however many steps of no groups, there is no rate to compute */
  return status;
}

tw_status twi_preview_rows(double **out, size_t steps, size_t group_count) {
  *out = malloc((steps * group_count + 1) * sizeof **out);
  return *out != NULL ? TW_OK
                      : twi_fail(TW_ERROR_MEMORY, "out of memory for %zu steps of %zu groups", steps, group_count);
}

/* Row i of out has the rates after i steps. The schedules are put back in the end, whatever happens. */
static tw_status scheduler_preview(double *out, tw_lr_scheduler *const *schedulers, size_t count, size_t steps,
                                   twi_rates *rates) {
  tw_status status = TW_OK;
  twi_save_all(schedulers, count);
  for (size_t step = 0; step < steps && status == TW_OK; ++step) {
    if (step > 0) status = twi_step_all(schedulers, count, rates);
    if (status == TW_OK) memcpy(out + step * rates->count, rates->lrs, rates->count * sizeof *out);
  }
  twi_settle_all(schedulers, count, TW_ERROR_STATE);
  return status;
}

static tw_status read_for_preview(tw_optimizer *optimizer, size_t groups, int cycles_momentum, twi_rates *out) {
  const tw_status status = twi_optimizer_make_room(optimizer, groups);
  if (status != TW_OK) return status;
  *out = twi_optimizer_next(optimizer, groups, cycles_momentum);
  return twi_optimizer_read(optimizer, out);
}

static tw_status scheduler_preview_locked(double *out, size_t capacity, size_t *needed,
                                          tw_lr_scheduler *const *schedulers, size_t count, size_t steps) {
  int cycles_momentum = 0, only_asked = 0;
  tw_optimizer *optimizer = schedulers[0]->optimizer;
  tw_status status = twi_check_schedulers(schedulers, count, optimizer, &cycles_momentum);
  const size_t groups = schedulers[0]->schedule->group_count; /* after the check, which takes those that were added */
  if (status == TW_OK)
    status = twi_check_undampened(optimizer,
                                  "a preview without it would not be of the rates to come; use tw_warmup_preview");
  if (status == TW_OK) status = twi_check_preview(out, capacity, needed, steps, groups, &only_asked);
  if (status != TW_OK || only_asked) return status;
  double *rows = NULL;
  twi_rates rates = {0, NULL, NULL};
  status = read_for_preview(optimizer, groups, cycles_momentum, &rates);
  if (status == TW_OK) status = twi_preview_rows(&rows, steps, groups);
  if (status == TW_OK) status = scheduler_preview(rows, schedulers, count, steps, &rates);
  if (status == TW_OK) memcpy(out, rows, steps * groups * sizeof *out);
  free(rows);
  if (status != TW_OK && needed != NULL) *needed = 0;
  return status;
}

tw_status tw_lr_scheduler_preview(double *out, size_t capacity, size_t *needed, tw_lr_scheduler *const *schedulers,
                                  size_t count, size_t steps) {
  if (needed != NULL) *needed = 0;
  if (count == 0) return twi_fail(TW_ERROR_ARGUMENT, "count is 0; there must be a scheduler");
  tw_status status = twi_check_array(schedulers, count, "schedulers");
  if (status == TW_OK) status = twi_check_pointer(schedulers[0], "schedulers[0]");
  if (status == TW_OK) status = twi_optimizer_enter(schedulers[0]->optimizer);
  if (status != TW_OK) return status;
  tw_optimizer *optimizer = schedulers[0]->optimizer;
  status = scheduler_preview_locked(out, capacity, needed, schedulers, count, steps);
  twi_optimizer_leave(optimizer);
  if (status != TW_OK && status != TW_ERROR_CAPACITY && needed != NULL) *needed = 0;
  return status;
}
