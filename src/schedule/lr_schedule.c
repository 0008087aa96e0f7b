#include "schedule/lr_schedule.h"

#include <stdlib.h>
#include <string.h>

static size_t in_doubles(size_t size) { return (size + sizeof(double) - 1) / sizeof(double); }

tw_lr_schedule *tw_lr_schedule_new(const tw_lr_schedule_kind *kind, tw_lr_schedule_size size, const double *base_lrs,
                                   size_t group_count) {
  const size_t state_count = TW_STATE_OWN + size.own + 2 * group_count;
  const size_t head = in_doubles(size.structure);
  double *block = calloc(head + group_count + 2 * state_count + size.array, sizeof(double));
  if (block == NULL) return NULL;
  tw_lr_schedule *schedule = (tw_lr_schedule *)(void *)block;
  schedule->kind = kind;
  schedule->group_count = group_count;
  schedule->state_count = state_count;
  schedule->base_lrs = block + head;
  schedule->state = schedule->base_lrs + group_count;
  schedule->own = schedule->state + TW_STATE_OWN;
  schedule->last_lrs = schedule->own + size.own;
  schedule->last_momentums = schedule->last_lrs + group_count;
  schedule->saved = schedule->state + state_count;
  schedule->array = schedule->saved + state_count;
  schedule->array_count = size.array;
  memcpy(schedule->base_lrs, base_lrs, group_count * sizeof *base_lrs);
  schedule->state[TW_STATE_EPOCH] = -1.0;
  return schedule;
}

void tw_lr_schedule_free(tw_lr_schedule *schedule) {
  if (schedule != NULL) free(schedule->children);
  free(schedule);
}

double tw_lr_schedule_last_epoch(const tw_lr_schedule *schedule) { return schedule->state[TW_STATE_EPOCH]; }

void tw_lr_schedule_set_last_epoch(tw_lr_schedule *schedule, double epoch) { schedule->state[TW_STATE_EPOCH] = epoch; }

const double *tw_lr_schedule_last_lrs(const tw_lr_schedule *schedule) { return schedule->last_lrs; }

int tw_lr_schedule_has_closed_form(const tw_lr_schedule *schedule) {
  return schedule->kind->closed_form != NULL || schedule->kind->step_at != NULL;
}

int32_t tw_lr_schedule_remember(tw_lr_schedule *schedule, const tw_rates *rates, int32_t status) {
  const size_t bytes = schedule->group_count * sizeof(double);
  if (status != TW_SCHEDULE_OK) return status;
  memcpy(schedule->last_lrs, rates->lrs, bytes);
  if (schedule->cycles_momentum) memcpy(schedule->last_momentums, rates->momentums, bytes);
  return status;
}

int32_t tw_lr_schedule_step(tw_lr_schedule *schedule, tw_rates *rates) {
  const tw_lr_schedule_kind *kind = schedule->kind;
  if (kind->step != NULL) return tw_lr_schedule_remember(schedule, rates, kind->step(schedule, rates));
  schedule->state[TW_STATE_EPOCH] += 1.0;
  schedule->state[TW_STATE_STEP_COUNT] += 1.0;
  return tw_lr_schedule_remember(schedule, rates, kind->recursive(schedule, rates));
}

int32_t tw_lr_schedule_initial_step(tw_lr_schedule *schedule, tw_rates *rates) {
  schedule->initial = 1;
  schedule->state[TW_STATE_STEP_COUNT] = 0.0;
  const int32_t status = tw_lr_schedule_step(schedule, rates);
  schedule->initial = 0;
  return status;
}

int32_t tw_lr_schedule_update(tw_lr_schedule *schedule, tw_rates *rates, double epoch) {
  const tw_lr_schedule_kind *kind = schedule->kind;
  schedule->state[TW_STATE_EPOCH] = epoch;
  return tw_lr_schedule_remember(
      schedule, rates,
      kind->closed_form != NULL ? kind->closed_form(schedule, rates) : kind->recursive(schedule, rates));
}

int32_t tw_lr_schedule_step_at(tw_lr_schedule *schedule, tw_rates *rates, double epoch) {
  if (schedule->kind->step_at == NULL) {
    schedule->state[TW_STATE_STEP_COUNT] += 1.0;
    return tw_lr_schedule_update(schedule, rates, epoch);
  }
  return tw_lr_schedule_remember(schedule, rates, schedule->kind->step_at(schedule, rates, epoch));
}

int32_t tw_lr_schedule_step_metric(tw_lr_schedule *schedule, tw_rates *rates, double metric) {
  return tw_lr_schedule_remember(schedule, rates, schedule->kind->step_metric(schedule, rates, metric));
}

int32_t tw_lr_schedule_find_momentums(tw_lr_schedule *schedule, tw_rates *rates) {
  const size_t bytes = schedule->group_count * sizeof(double);
  int32_t status = TW_SCHEDULE_OK;
  if (!schedule->cycles_momentum) return status;
  if (schedule->kind->begun == NULL) {
    /* A kind that cycles momentum has a closed form. One that a sequence has passed over has made no step. */
    if (tw_lr_schedule_last_epoch(schedule) >= 0.0) status = schedule->kind->closed_form(schedule, rates);
  } else {
    const size_t begun = schedule->kind->begun(schedule);
    for (size_t i = 0; i < begun && status == TW_SCHEDULE_OK; ++i)
      status = tw_lr_schedule_find_momentums(schedule->children[i], rates);
  }
  if (status == TW_SCHEDULE_OK) memcpy(schedule->last_momentums, rates->momentums, bytes);
  return status;
}

void tw_lr_schedule_save(tw_lr_schedule *schedule) {
  memcpy(schedule->saved, schedule->state, schedule->state_count * sizeof *schedule->state);
  for (size_t i = 0; i < schedule->child_count; ++i) tw_lr_schedule_save(schedule->children[i]);
}

void tw_lr_schedule_restore(tw_lr_schedule *schedule) {
  memcpy(schedule->state, schedule->saved, schedule->state_count * sizeof *schedule->state);
  for (size_t i = 0; i < schedule->child_count; ++i) tw_lr_schedule_restore(schedule->children[i]);
}
