/* SequentialLR: one schedule after another. */
#include <math.h>
#include <string.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"

/* The schedule's array is the milestones. */

/* Which child is on at an epoch: as many milestones as are not after it. */
static size_t child_at(const twi_lr_schedule *schedule, double epoch) {
  size_t child = 0;
  while (child + 1 < schedule->child_count && schedule->array[child] <= epoch) ++child;
  return child;
}

static tw_status sequential_step(twi_lr_schedule *schedule, twi_rates *rates) {
  const double epoch = schedule->state[TWI_STATE_EPOCH] += 1.0;
  const size_t child = child_at(schedule, epoch);
  if (child > 0 && schedule->array[child - 1] == epoch)
    return twi_lr_schedule_begin(schedule->children[child], rates, 1);
  return twi_lr_schedule_step(schedule->children[child], rates);
}

static tw_status sequential_begin(twi_lr_schedule *schedule, twi_rates *rates, int later) {
  schedule->state[TWI_STATE_EPOCH] = 0.0;
  return twi_lr_schedule_begin(schedule->children[child_at(schedule, 0.0)], rates, later);
}

/* Where a child has come to at an epoch: -1 where its turn has not come, or never comes. */
static double child_epoch(const twi_lr_schedule *schedule, size_t child, double epoch) {
  const double first = child == 0 ? 0.0 : schedule->array[child - 1];
  const size_t on = child_at(schedule, epoch);
  if (child > on) return -1.0;
  return (child == on ? epoch : schedule->array[child] - 1.0) - first;
}

static tw_status sequential_move(twi_lr_schedule *schedule, double epoch) {
  if (epoch != floor(epoch))
    return twi_fail(TW_ERROR_RANGE,
                    "epoch is %g; that of a SequentialLR must be whole, or it would miss its milestones", epoch);
  for (size_t i = 0; i < schedule->child_count; ++i) {
    const tw_status status = twi_lr_schedule_move(schedule->children[i], child_epoch(schedule, i, epoch));
    if (status != TW_OK) return status;
  }
  schedule->state[TWI_STATE_EPOCH] = epoch;
  return TW_OK;
}

static size_t sequential_begun(const twi_lr_schedule *schedule) {
  return child_at(schedule, twi_lr_schedule_epoch(schedule)) + 1;
}

static const twi_field sequential_fields[] = {{.name = "_milestones", .type = TWI_FIELD_MILESTONES, TWI_ANY_NUMBER},
                                              TWI_LAST_EPOCH_FIELD,
                                              TWI_LAST_LR_FIELD,
                                              {.name = "_schedulers", .type = TWI_FIELD_CHILDREN},
                                              {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind sequential_kind = {.name = "SequentialLR",
                                                     .fields = sequential_fields,
                                                     .takes_groups = 1,
                                                     .step = sequential_step,
                                                     .move = sequential_move,
                                                     .begun = sequential_begun,
                                                     .begin = sequential_begin};

/* The schedules that children are made of are one epoch back, as before their own initial step; those that a sequential
   child has put back already stay. */
static void undo_initial_step(twi_lr_schedule *schedule) {
  for (size_t i = 0; i < schedule->child_count; ++i) undo_initial_step(schedule->children[i]);
  if (schedule->child_count == 0 && schedule->state[TWI_STATE_EPOCH] >= 0.0) schedule->state[TWI_STATE_EPOCH] -= 1.0;
}

/* PyTorch's constructor: takes back the children's initial steps and performs that of the first alone. */
static tw_status sequential_start(twi_lr_schedule *schedule, twi_rates *rates) {
  memcpy(rates->lrs, schedule->base_lrs, schedule->group_count * sizeof *rates->lrs);
  undo_initial_step(schedule);
  return twi_lr_schedule_begin(schedule, rates, 0);
}

static tw_status sequential_check_milestones(const int64_t *milestones, size_t milestone_count, size_t count) {
  if (count > 0 && milestone_count != count - 1)
    return twi_fail(TW_ERROR_ARGUMENT, "milestone_count is %zu; for %zu schedulers it must be %zu", milestone_count,
                    count, count - 1);
  return count > 0 ? twi_check_ascending(milestones, milestone_count, "milestones") : TW_OK;
}

tw_status tw_lr_scheduler_sequential(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_scheduler *const *schedulers,
                                     size_t count, const int64_t *milestones, size_t milestone_count) {
  twi_binding binding;
  const twi_lr_schedule_size size = {.array = milestone_count};
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = sequential_check_milestones(milestones, milestone_count, count);
  if (status == TW_OK) status = twi_bind_children(&binding, &sequential_kind, size, schedulers, count);
  for (size_t i = 0; status == TW_OK && i < milestone_count; ++i) binding.schedule->array[i] = (double)milestones[i];
  binding.start = sequential_start;
  return twi_bind_end(&binding, status);
}
