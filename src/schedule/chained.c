/* ChainedScheduler: several schedules at once. */
#include <string.h>

#include "schedule/lr_scheduler.h"

static tw_status chained_step(twi_lr_schedule *schedule, twi_rates *rates) {
  schedule->state[TWI_STATE_EPOCH] += 1.0;
  for (size_t i = 0; i < schedule->child_count; ++i) {
    const tw_status status = twi_lr_schedule_step(schedule->children[i], rates);
    if (status != TW_OK) return status;
  }
  return TW_OK;
}

/* Only the first starts anew where it comes later: the others go on from the rates that it makes. */
static tw_status chained_begin(twi_lr_schedule *schedule, twi_rates *rates, int later) {
  schedule->state[TWI_STATE_EPOCH] = 0.0;
  for (size_t i = 0; i < schedule->child_count; ++i) {
    const tw_status status = twi_lr_schedule_begin(schedule->children[i], rates, later && i == 0);
    if (status != TW_OK) return status;
  }
  return TW_OK;
}

static tw_status chained_move(twi_lr_schedule *schedule, double epoch) {
  schedule->state[TWI_STATE_EPOCH] = epoch;
  for (size_t i = 0; i < schedule->child_count; ++i) {
    const tw_status status = twi_lr_schedule_move(schedule->children[i], epoch);
    if (status != TW_OK) return status;
  }
  return TW_OK;
}

static size_t chained_begun(const twi_lr_schedule *schedule) { return schedule->child_count; }

static const twi_field chained_fields[] = {TWI_LAST_LR_FIELD,
                                           {.name = "_schedulers", .type = TWI_FIELD_CHILDREN},
                                           {.name = "_milestones", .type = TWI_FIELD_FOREIGN},
                                           {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind chained_kind = {.name = "ChainedScheduler",
                                                  .fields = chained_fields,
                                                  .takes_groups = 1,
                                                  .step = chained_step,
                                                  .move = chained_move,
                                                  .begun = chained_begun,
                                                  .begin = chained_begin};

tw_status tw_lr_scheduler_chained(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_scheduler *const *schedulers,
                                  size_t count) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK)
    status = twi_bind_children(&binding, &chained_kind, (twi_lr_schedule_size){.array = 0}, schedulers, count);
  if (status == TW_OK) {
    /* It takes no initial step, and is where the present rates and momentums are. */
    binding.start = NULL;
    memcpy(binding.schedule->base_lrs, binding.present.lrs, binding.group_count * sizeof *binding.present.lrs);
    binding.schedule->state[TWI_STATE_EPOCH] = 0.0;
    status = twi_lr_schedule_remember(binding.schedule, &binding.present, TW_OK);
  }
  return twi_bind_end(&binding, status);
}
