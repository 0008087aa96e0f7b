/* A scheduler's state as plain numbers: the base rates, then what steps change, then its children's. And copies. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"
#include "schedule/warmup.h"

/* The parts of a state of which all numbers are the schedule's own, in their order. */
enum { PART_COUNT = 5 };
typedef struct part {
  double *numbers;
  size_t count;
} part;

static void find_parts(part out[PART_COUNT], const twi_lr_schedule *schedule) {
  const size_t groups = schedule->group_count;
  out[0] = (part){schedule->base_lrs, groups};
  out[1] = (part){schedule->state + TWI_STATE_EPOCH, 1};
  out[2] = (part){schedule->last_lrs, 2 * groups}; /* the momentums behind them */
  out[3] = (part){schedule->own, schedule->size.own};
  out[4] = (part){schedule->state + TWI_STATE_STEP_COUNT, 1};
}

static size_t state_size(const twi_lr_schedule *schedule) {
  size_t size = schedule->group_count + schedule->state_count;
  for (size_t i = 0; i < schedule->child_count; ++i) size += state_size(schedule->children[i]);
  return size;
}

static double *copy_state(double *out, const twi_lr_schedule *schedule) {
  part parts[PART_COUNT];
  find_parts(parts, schedule);
  for (size_t i = 0; i < PART_COUNT; ++i) {
    const double *from = i == 0 ? parts[i].numbers : twi_lr_schedule_seen(schedule, parts[i].numbers);
    memcpy(out, from, parts[i].count * sizeof *out);
    out += parts[i].count;
  }
  for (size_t i = 0; i < schedule->child_count; ++i) out = copy_state(out, schedule->children[i]);
  return out;
}

static const double *put_state(twi_lr_schedule *schedule, const double *from) {
  part parts[PART_COUNT];
  find_parts(parts, schedule);
  for (size_t i = 0; i < PART_COUNT; ++i) {
    memcpy(parts[i].numbers, from, parts[i].count * sizeof *from);
    from += parts[i].count;
  }
  for (size_t i = 0; i < schedule->child_count; ++i) from = put_state(schedule->children[i], from);
  return from;
}

tw_status tw_lr_scheduler_get_state(double *out, size_t capacity, size_t *needed, const tw_lr_scheduler *scheduler) {
  int only_asked = 0;
  if (needed != NULL) *needed = 0;
  tw_status status = twi_check_pointer(scheduler, "scheduler");
  int locked = 0;
  if (status == TW_OK) status = twi_lr_scheduler_begin_read(scheduler, &locked);
  if (status != TW_OK) return status;
  status = twi_check_buffer(out, capacity, needed, state_size(scheduler->schedule), "numbers", &only_asked);
  if (status == TW_OK && !only_asked) copy_state(out, scheduler->schedule);
  twi_optimizer_end_read(scheduler->optimizer, locked);
  return status;
}

/* Writes the rates and momentums of the state's last step to the optimizer. Of a state's own numbers (plateau's best) one
   may be infinite. */
static tw_status write_rates(tw_lr_scheduler *scheduler, const double *state) {
  tw_optimizer *optimizer = scheduler->optimizer;
  const size_t groups = scheduler->schedule->group_count;
  tw_status status = twi_check_each(state, groups + 1, twi_check_finite, "state");
  if (status == TW_OK) status = twi_check_epoch(state[groups], -(double)TWI_MOST_STEP, "the state's epoch");
  if (status == TW_OK) status = twi_check_lrs(state + groups + 1, groups, "the state");
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, groups);
  if (status != TW_OK) return status;
  twi_rates rates = twi_optimizer_next(optimizer, groups, scheduler->schedule->cycles_momentum);
  memcpy(rates.lrs, state + groups + 1, groups * sizeof *state);
  if (rates.momentums != NULL) memcpy(rates.momentums, state + 2 * groups + 1, groups * sizeof *state);
  return twi_write_scheduled(scheduler, &rates);
}

static tw_status state_check_size(const twi_lr_schedule *schedule, size_t count) {
  const size_t size = state_size(schedule);
  if (count == size) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "count is %zu; the state of this %s has %zu numbers", count, schedule->kind->name,
                  size);
}

tw_status tw_lr_scheduler_set_state(tw_lr_scheduler *scheduler, const double *state, size_t count) {
  tw_status status = twi_check_pointer(scheduler, "scheduler");
  if (status == TW_OK) status = twi_check_array(state, count, "state");
  if (status != TW_OK) return status;
  status = twi_optimizer_enter(scheduler->optimizer);
  if (status != TW_OK) return status;
  status = twi_lr_scheduler_fit(scheduler);
  if (status == TW_OK) status = state_check_size(scheduler->schedule, count);
  if (status == TW_OK) status = write_rates(scheduler, state);
  if (status == TW_OK) put_state(scheduler->schedule, state);
  twi_optimizer_leave(scheduler->optimizer);
  return status;
}

tw_status twi_write_scheduled(tw_lr_scheduler *scheduler, const twi_rates *scheduled) {
  tw_optimizer *optimizer = scheduler->optimizer;
  if (optimizer->book.warmup != NULL) return twi_warmup_put_rates(optimizer->book.warmup, scheduled);
  twi_rates present = twi_optimizer_present(optimizer, scheduled->count, scheduled->momentums != NULL);
  const tw_status status = twi_optimizer_read(optimizer, &present);
  return status == TW_OK ? twi_optimizer_write(optimizer, scheduled, &present, "the state") : status;
}

/* ---- copies ---- */

static tw_lr_scheduler *copy_of(const tw_lr_scheduler *scheduler, tw_optimizer *optimizer);

static int copy_children(tw_lr_scheduler *made, const tw_lr_scheduler *scheduler) {
  for (size_t i = 0; i < made->schedule->child_count; ++i) {
    made->children[i] = copy_of(scheduler->children[i], made->optimizer);
    if (made->children[i] == NULL) return 0;
    made->schedule->children[i] = made->children[i]->schedule;
  }
  return 1;
}

/* NULL where memory is out. */
static tw_lr_scheduler *copy_of(const tw_lr_scheduler *scheduler, tw_optimizer *optimizer) {
  tw_lr_scheduler *made = calloc(1, sizeof *made);
  tw_lr_scheduler **children = calloc(scheduler->schedule->child_count + 1, sizeof *children);
  twi_lr_schedule *schedule = twi_lr_schedule_copy(scheduler->schedule);
  if (made == NULL || children == NULL || schedule == NULL) {
    free(made);
    free(children);
    twi_lr_schedule_free(schedule);
    return NULL;
  }
  atomic_init(&made->references, 1);
  made->optimizer = twi_optimizer_share(optimizer);
  made->schedule = schedule;
  made->children = children;
  if (copy_children(made, scheduler)) return made;
  twi_lr_scheduler_unshare(made);
  return NULL;
}

/* Sets another optimizer's rates to those of the copy's last step. */
static tw_status start_copy(tw_lr_scheduler *made) {
  tw_optimizer *optimizer = made->optimizer;
  const twi_lr_schedule *schedule = made->schedule;
  size_t count = 0;
  tw_status status = twi_check_undampened(optimizer, "a copy would start from the wrong ones");
  if (status == TW_OK) status = twi_optimizer_group_count(&count, optimizer);
  if (status == TW_OK && count != schedule->group_count)
    status = twi_fail(TW_ERROR_ARGUMENT, "the optimizer has %zu parameter groups; the scheduler was made for %zu",
                      count, schedule->group_count);
  if (status == TW_OK && schedule->cycles_momentum) status = twi_optimizer_find_momentum(optimizer);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, count);
  if (status != TW_OK) return status;
  twi_rates rates = twi_optimizer_next(optimizer, count, schedule->cycles_momentum);
  twi_rates_copy(&rates, &(twi_rates){count, schedule->last_lrs, schedule->last_momentums});
  return twi_write_scheduled(made, &rates);
}

tw_status tw_lr_scheduler_clone(tw_lr_scheduler **out, const tw_lr_scheduler *scheduler, tw_optimizer *optimizer) {
  if (out != NULL) *out = NULL;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(scheduler, "scheduler");
  if (status == TW_OK && optimizer != NULL) status = twi_check_pointer(optimizer, "optimizer");
  if (status == TW_OK) status = twi_optimizer_enter(scheduler->optimizer);
  if (status != TW_OK) return status;
  status = twi_lr_scheduler_join((tw_lr_scheduler *)scheduler);
  tw_lr_scheduler *made =
      status != TW_OK ? NULL : copy_of(scheduler, optimizer != NULL ? optimizer : scheduler->optimizer);
  twi_optimizer_leave(scheduler->optimizer);
  if (status != TW_OK) return status;
  if (made == NULL) return twi_fail(TW_ERROR_MEMORY, "out of memory");
  if (made->optimizer != scheduler->optimizer) {
    status = twi_optimizer_enter(made->optimizer);
    if (status == TW_OK) {
      status = start_copy(made);
      twi_optimizer_leave(made->optimizer);
    }
  }
  if (status == TW_OK) twi_handle_open(*out = made, TW_HANDLE_LR_SCHEDULER);
  if (status != TW_OK) twi_lr_scheduler_unshare(made);
  return status;
}
