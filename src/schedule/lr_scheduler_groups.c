/* Groups that are added to an optimizer after its LR scheduler was made. */
#include "schedule/lr_scheduler.h"

static tw_status take(tw_lr_scheduler *scheduler, size_t count) {
  tw_optimizer *optimizer = scheduler->optimizer;
  tw_status status = twi_optimizer_make_room(optimizer, count);
  if (status != TW_OK) return status;
  twi_rates present = twi_optimizer_present(optimizer, count, 0);
  status = twi_optimizer_read(optimizer, &present);
  return status == TW_OK ? twi_lr_schedule_take_groups(scheduler->schedule, present.lrs, count) : status;
}

static int can_take(const tw_lr_scheduler *scheduler, size_t count) {
  return count > scheduler->schedule->group_count && twi_lr_schedule_takes_groups(scheduler->schedule);
}

tw_status twi_lr_scheduler_fit(tw_lr_scheduler *scheduler) {
  size_t count = 0;
  const tw_status status = twi_optimizer_group_count(&count, scheduler->optimizer);
  if (status != TW_OK || count == scheduler->schedule->group_count) return status;
  if (can_take(scheduler, count)) return take(scheduler, count);
  return twi_fail(TW_ERROR_STATE, "the optimizer has %zu parameter groups; this %s was made for %zu", count,
                  scheduler->schedule->kind->name, scheduler->schedule->group_count);
}

tw_status twi_lr_scheduler_join(tw_lr_scheduler *scheduler) {
  size_t count = 0;
  const twi_message before = twi_message_take();
  const tw_status status = twi_optimizer_group_count(&count, scheduler->optimizer);
  twi_message_put(before);
  return status == TW_OK && can_take(scheduler, count) ? take(scheduler, count) : TW_OK;
}
