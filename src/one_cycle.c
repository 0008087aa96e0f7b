/* OneCycleLR: one rise to the largest rate, then a fall far below the first; momentum the other way. */
#include <math.h>
#include <string.h>

#include "lr_schedules.h"

static const double pi = 3.14159265358979323846;

typedef struct one_cycle {
  tw_lr_schedule base; /* base_lrs: PyTorch's initial_lr */
  tw_one_cycle cycle;
  double *max_lrs, *min_lrs, *base_momentums, *max_momentums; /* in base.array */
} one_cycle;

/* A stretch of the cycle: where it ends, and between which rates and momentums it leads. */
typedef struct phase {
  double end_step;
  const double *start_lrs, *end_lrs;
  const double *start_momentums, *end_momentums;
} phase;

enum { MOST_PHASES = 3 };

static size_t phases_of(phase out[MOST_PHASES], const one_cycle *self) {
  const double total = (double)self->cycle.total_steps;
  const double rise = self->cycle.pct_start * total - 1.0;
  const double *initial = self->base.base_lrs;
  out[0] = (phase){rise, initial, self->max_lrs, self->max_momentums, self->base_momentums};
  if (!self->cycle.three_phase) {
    out[1] = (phase){total - 1.0, self->max_lrs, self->min_lrs, self->base_momentums, self->max_momentums};
    return 2;
  }
  const double fall = 2.0 * self->cycle.pct_start * total - 2.0;
  out[1] = (phase){fall, self->max_lrs, initial, self->base_momentums, self->max_momentums};
  out[2] = (phase){total - 1.0, initial, self->min_lrs, self->max_momentums, self->max_momentums};
  return 3;
}

static double anneal(const one_cycle *self, double start, double end, double share) {
  if (self->cycle.linear) return (end - start) * share + start;
  const double cosine = cos(pi * share) + 1.0;
  return end + (start - end) / 2.0 * cosine;
}

static int32_t one_cycle_rates(tw_lr_schedule *schedule, tw_rates *rates) {
  const one_cycle *self = (const one_cycle *)schedule;
  const double step = tw_lr_schedule_last_epoch(schedule);
  if (step > (double)self->cycle.total_steps) return TW_SCHEDULE_ENDED;
  phase phases[MOST_PHASES];
  const size_t count = phases_of(phases, self);
  size_t now = 0;
  while (now + 1 < count && step > phases[now].end_step) ++now;
  const phase *in = &phases[now];
  const double start_step = now == 0 ? 0.0 : phases[now - 1].end_step;
  const double share = (step - start_step) / (in->end_step - start_step);
  for (size_t group = 0; group < rates->count; ++group) {
    rates->lrs[group] = anneal(self, in->start_lrs[group], in->end_lrs[group], share);
    if (schedule->cycles_momentum)
      rates->momentums[group] = anneal(self, in->start_momentums[group], in->end_momentums[group], share);
  }
  return TW_SCHEDULE_OK;
}

static const tw_lr_schedule_kind kind = {
    .name = "OneCycleLR", .recursive = one_cycle_rates, .closed_form = one_cycle_rates};

tw_lr_schedule *tw_one_cycle_new(const double *max_lrs, size_t group_count, const tw_one_cycle *cycle,
                                 tw_momentum_range momentum) {
  const tw_lr_schedule_size size = {.structure = sizeof(one_cycle), .array = 4 * group_count};
  one_cycle *self = (one_cycle *)tw_lr_schedule_new(&kind, size, max_lrs, group_count);
  if (self == NULL) return NULL;
  const size_t bytes = group_count * sizeof(double);
  self->cycle = *cycle;
  self->max_lrs = self->base.array;
  self->min_lrs = self->max_lrs + group_count;
  self->base_momentums = self->min_lrs + group_count;
  self->max_momentums = self->base_momentums + group_count;
  memcpy(self->max_lrs, max_lrs, bytes);
  for (size_t group = 0; group < group_count; ++group) {
    self->base.base_lrs[group] = max_lrs[group] / cycle->div_factor;
    self->min_lrs[group] = self->base.base_lrs[group] / cycle->final_div_factor;
  }
  self->base.cycles_momentum = momentum.base != NULL;
  if (momentum.base != NULL) {
    memcpy(self->base_momentums, momentum.base, bytes);
    memcpy(self->max_momentums, momentum.max, bytes);
  }
  return &self->base;
}
