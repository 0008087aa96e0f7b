#include "lr_schedule.h"

#include <stdlib.h>
#include <string.h>

tw_lr_schedule *tw_lr_schedule_new(const tw_lr_schedule_kind *kind, size_t struct_size, const double *base_lrs,
                                   size_t group_count, size_t array_count) {
  const size_t state_count = 1 + group_count;
  const size_t head = (struct_size + sizeof(double) - 1) / sizeof(double); /* in doubles, for alignment */
  double *block = calloc(head + group_count + 2 * state_count + array_count, sizeof(double));
  if (block == NULL) return NULL;
  tw_lr_schedule *schedule = (tw_lr_schedule *)(void *)block;
  schedule->kind = kind;
  schedule->group_count = group_count;
  schedule->state_count = state_count;
  schedule->base_lrs = block + head;
  schedule->state = schedule->base_lrs + group_count;
  schedule->saved = schedule->state + state_count;
  schedule->array = schedule->saved + state_count;
  memcpy(schedule->base_lrs, base_lrs, group_count * sizeof *base_lrs);
  schedule->state[0] = -1.0;
  return schedule;
}

void tw_lr_schedule_free(tw_lr_schedule *schedule) { free(schedule); }

double tw_lr_schedule_last_epoch(const tw_lr_schedule *schedule) { return schedule->state[0]; }

const double *tw_lr_schedule_last_lrs(const tw_lr_schedule *schedule) { return schedule->state + 1; }

static void remember_lrs(tw_lr_schedule *schedule, const double *lrs) {
  memcpy(schedule->state + 1, lrs, schedule->group_count * sizeof *lrs);
}

void tw_lr_schedule_step(tw_lr_schedule *schedule, double *lrs) {
  schedule->state[0] += 1.0;
  schedule->kind->recursive(schedule, lrs);
  remember_lrs(schedule, lrs);
}

void tw_lr_schedule_step_at(tw_lr_schedule *schedule, double *lrs, double epoch) {
  schedule->state[0] = epoch;
  schedule->kind->closed_form(schedule, lrs);
  remember_lrs(schedule, lrs);
}

void tw_lr_schedule_save(tw_lr_schedule *schedule) {
  memcpy(schedule->saved, schedule->state, schedule->state_count * sizeof *schedule->state);
}

void tw_lr_schedule_restore(tw_lr_schedule *schedule) {
  memcpy(schedule->state, schedule->saved, schedule->state_count * sizeof *schedule->state);
}
