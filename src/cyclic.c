/* CyclicLR: rates that rise from base to max and fall back, cycle after cycle; momentum the other way. */
#include <math.h>
#include <string.h>

#include "lr_schedules.h"

typedef struct cyclic {
  tw_lr_schedule base;
  tw_cycle cycle;
  double *own_base_lrs, *max_lrs, *base_momentums, *max_momentums; /* in base.array */
} cyclic;

static int32_t scale(const cyclic *self, double *out, double cycle, double epoch) {
  *out = 1.0;
  switch (self->cycle.mode) {
    case TW_CYCLE_TRIANGULAR2:
      *out = 1.0 / pow(2.0, cycle - 1.0);
      break;
    case TW_CYCLE_EXP_RANGE:
      *out = pow(self->cycle.gamma, epoch);
      break;
    case TW_CYCLE_CUSTOM:
      return self->cycle.scale(out, self->cycle.scale_by_iterations ? epoch : cycle, 0, self->cycle.context);
    default:
      break;
  }
  return TW_SCHEDULE_OK;
}

static int32_t cyclic_rates(tw_lr_schedule *schedule, tw_rates *rates) {
  const cyclic *self = (const cyclic *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  const double total = self->cycle.step_size_up + self->cycle.step_size_down;
  const double ratio = self->cycle.step_size_up / total;
  const double cycle = floor(1.0 + epoch / total);
  const double x = 1.0 + epoch / total - cycle;
  const double height = x <= ratio ? x / ratio : (x - 1.0) / (ratio - 1.0);
  double scaled = 1.0;
  const int32_t status = scale(self, &scaled, cycle, epoch);
  if (status != TW_SCHEDULE_OK) return status;
  for (size_t group = 0; group < rates->count; ++group) {
    const double low = schedule->base_lrs[group];
    rates->lrs[group] = low + (self->max_lrs[group] - low) * height * scaled;
    if (!schedule->cycles_momentum) continue;
    const double high = self->max_momentums[group];
    rates->momentums[group] = high - (high - self->base_momentums[group]) * height * scaled;
  }
  return TW_SCHEDULE_OK;
}

static const tw_lr_schedule_kind kind = {.name = "CyclicLR", .recursive = cyclic_rates, .closed_form = cyclic_rates};

tw_lr_schedule *tw_cyclic_new(const double *initial_lrs, size_t group_count, const double *base_lrs,
                              const double *max_lrs, const tw_cycle *cycle, tw_momentum_range momentum) {
  const tw_lr_schedule_size size = {.structure = sizeof(cyclic), .array = 4 * group_count};
  cyclic *self = (cyclic *)tw_lr_schedule_new(&kind, size, initial_lrs, group_count);
  if (self == NULL) return NULL;
  const size_t bytes = group_count * sizeof(double);
  self->cycle = *cycle;
  self->own_base_lrs = self->base.array;
  self->max_lrs = self->own_base_lrs + group_count;
  self->base_momentums = self->max_lrs + group_count;
  self->max_momentums = self->base_momentums + group_count;
  memcpy(self->own_base_lrs, base_lrs, bytes);
  memcpy(self->max_lrs, max_lrs, bytes);
  self->base.cycles_momentum = momentum.base != NULL;
  if (momentum.base != NULL) {
    memcpy(self->base_momentums, momentum.base, bytes);
    memcpy(self->max_momentums, momentum.max, bytes);
  }
  return &self->base;
}

void tw_cyclic_set_base_lrs(tw_lr_schedule *schedule) {
  memcpy(schedule->base_lrs, ((cyclic *)schedule)->own_base_lrs, schedule->group_count * sizeof(double));
}
