#include "lr_schedule.h"

#include <stdlib.h>
#include <string.h>

static size_t in_doubles(size_t size) { return (size + sizeof(double) - 1) / sizeof(double); }

tw_lr_schedule *tw_lr_schedule_new(const tw_lr_schedule_kind *kind, tw_lr_schedule_size size, const double *base_lrs,
                                   size_t group_count) {
  const size_t state_count = 1 + 2 * group_count + size.own;
  const size_t head = in_doubles(size.structure);
  double *block = calloc(head + group_count + 2 * state_count + size.array, sizeof(double));
  if (block == NULL) return NULL;
  tw_lr_schedule *schedule = (tw_lr_schedule *)(void *)block;
  schedule->kind = kind;
  schedule->group_count = group_count;
  schedule->state_count = state_count;
  schedule->base_lrs = block + head;
  schedule->state = schedule->base_lrs + group_count;
  schedule->own = schedule->state + 1 + 2 * group_count;
  schedule->saved = schedule->state + state_count;
  schedule->array = schedule->saved + state_count;
  memcpy(schedule->base_lrs, base_lrs, group_count * sizeof *base_lrs);
  schedule->state[0] = -1.0;
  return schedule;
}

void tw_lr_schedule_free(tw_lr_schedule *schedule) {
  if (schedule != NULL) free(schedule->children);
  free(schedule);
}

double tw_lr_schedule_last_epoch(const tw_lr_schedule *schedule) { return schedule->state[0]; }

void tw_lr_schedule_set_last_epoch(tw_lr_schedule *schedule, double epoch) { schedule->state[0] = epoch; }

const double *tw_lr_schedule_last_lrs(const tw_lr_schedule *schedule) { return schedule->state + 1; }

int tw_lr_schedule_has_closed_form(const tw_lr_schedule *schedule) {
  return schedule->kind->closed_form != NULL || schedule->kind->step_at != NULL;
}

int32_t tw_lr_schedule_remember(tw_lr_schedule *schedule, const tw_rates *rates, int32_t status) {
  const size_t groups = schedule->group_count;
  if (status != TW_SCHEDULE_OK) return status;
  memcpy(schedule->state + 1, rates->lrs, groups * sizeof(double));
  if (schedule->cycles_momentum) memcpy(schedule->state + 1 + groups, rates->momentums, groups * sizeof(double));
  return status;
}

int32_t tw_lr_schedule_step(tw_lr_schedule *schedule, tw_rates *rates) {
  const tw_lr_schedule_kind *kind = schedule->kind;
  if (kind->step != NULL) return tw_lr_schedule_remember(schedule, rates, kind->step(schedule, rates));
  schedule->state[0] += 1.0;
  return tw_lr_schedule_remember(schedule, rates, kind->recursive(schedule, rates));
}

int32_t tw_lr_schedule_initial_step(tw_lr_schedule *schedule, tw_rates *rates) {
  schedule->initial = 1;
  const int32_t status = tw_lr_schedule_step(schedule, rates);
  schedule->initial = 0;
  return status;
}

int32_t tw_lr_schedule_update(tw_lr_schedule *schedule, tw_rates *rates, double epoch) {
  const tw_lr_schedule_kind *kind = schedule->kind;
  schedule->state[0] = epoch;
  return tw_lr_schedule_remember(
      schedule, rates,
      kind->closed_form != NULL ? kind->closed_form(schedule, rates) : kind->recursive(schedule, rates));
}

int32_t tw_lr_schedule_step_at(tw_lr_schedule *schedule, tw_rates *rates, double epoch) {
  if (schedule->kind->step_at == NULL) return tw_lr_schedule_update(schedule, rates, epoch);
  return tw_lr_schedule_remember(schedule, rates, schedule->kind->step_at(schedule, rates, epoch));
}

int32_t tw_lr_schedule_step_metric(tw_lr_schedule *schedule, tw_rates *rates, double metric) {
  return tw_lr_schedule_remember(schedule, rates, schedule->kind->step_metric(schedule, rates, metric));
}

void tw_lr_schedule_save(tw_lr_schedule *schedule) {
  memcpy(schedule->saved, schedule->state, schedule->state_count * sizeof *schedule->state);
  for (size_t i = 0; i < schedule->child_count; ++i) tw_lr_schedule_save(schedule->children[i]);
}

void tw_lr_schedule_restore(tw_lr_schedule *schedule) {
  memcpy(schedule->state, schedule->saved, schedule->state_count * sizeof *schedule->state);
  for (size_t i = 0; i < schedule->child_count; ++i) tw_lr_schedule_restore(schedule->children[i]);
}
