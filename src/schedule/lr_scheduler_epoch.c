/* Moving a scheduler to an epoch that it has not stepped to. */
#include <string.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"
#include "schedule/warmup.h"

/* What the optimizer has, without what a warmup has made of it. */
static tw_status read_undampened(tw_optimizer *optimizer, twi_rates *out) {
  const tw_warmup *warmup = optimizer->book.warmup;
  const tw_status status = twi_optimizer_read(optimizer, out);
  if (status == TW_OK && warmup != NULL && !warmup->begun && warmup->group_count == out->count)
    memcpy(out->lrs, warmup->undampened, out->count * sizeof *out->lrs);
  return status;
}

/* The rates that a caller says the schedule had at its present epoch, with the momentums that it has there. */
static tw_status take_rates(tw_lr_scheduler *scheduler, twi_rates *rates, const double *lrs, size_t count) {
  tw_status status = twi_optimizer_read(scheduler->optimizer, rates);
  if (status == TW_OK) status = twi_lr_schedule_find_momentums(scheduler->schedule, rates);
  if (status == TW_OK) status = twi_spread(rates->lrs, lrs, count, rates->count, "lrs");
  return status == TW_OK ? twi_write_scheduled(scheduler, rates) : status;
}

static tw_status move_locked(tw_lr_scheduler *scheduler, double epoch, const double *lrs, size_t count) {
  tw_optimizer *optimizer = scheduler->optimizer;
  twi_lr_schedule *schedule = scheduler->schedule;
  tw_status status = twi_lr_scheduler_fit(scheduler);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, schedule->group_count);
  if (status != TW_OK) return status;
  twi_rates rates = twi_optimizer_next(optimizer, schedule->group_count, schedule->cycles_momentum);
  twi_save_all(&scheduler, 1);
  status = twi_lr_schedule_move(schedule, epoch);
  if (status == TW_OK)
    status = count != 0 ? take_rates(scheduler, &rates, lrs, count) : read_undampened(optimizer, &rates);
  status = twi_lr_schedule_remember(schedule, &rates, status);
  twi_settle_all(&scheduler, 1, status);
  return status;
}

tw_status tw_lr_scheduler_set_last_epoch(tw_lr_scheduler *scheduler, double epoch, const double *lrs, size_t count) {
  tw_status status = twi_check_pointer(scheduler, "scheduler");
  if (status == TW_OK) status = twi_check_epoch(epoch, -1.0, "epoch");
  if (status == TW_OK) status = twi_check_array(lrs, count, "lrs");
  if (status == TW_OK) status = twi_optimizer_enter(scheduler->optimizer);
  if (status != TW_OK) return status;
  status = move_locked(scheduler, epoch, lrs, count);
  twi_optimizer_leave(scheduler->optimizer);
  return status;
}
