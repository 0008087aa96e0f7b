/* OneCycleLR: one rise to the largest rate, then a fall far below the first; momentum the other way. */
#include <math.h>
#include <string.h>

#include "schedule/lr_schedules.h"

static const double pi = 3.14159265358979323846;

typedef struct one_cycle {
  tw_lr_schedule base; /* base_lrs: PyTorch's initial_lr */
  double total_steps;
  double anneal; /* of anneals */
  tw_phases phases;
  double *max_lrs, *min_lrs, *base_momentums, *max_momentums; /* in base.array */
} one_cycle;

static const char *const anneals[] = {"cos", "linear", NULL};

/* A stretch of the cycle: between which rates and momentums it leads. */
typedef struct phase {
  const double *start_lrs, *end_lrs;
  const double *start_momentums, *end_momentums;
} phase;

static tw_phases phases_of(const tw_one_cycle *cycle) {
  const double total = (double)cycle->total_steps;
  const double rise = cycle->pct_start * total - 1.0;
  if (!cycle->three_phase) return (tw_phases){2.0, {rise, total - 1.0}};
  return (tw_phases){3.0, {rise, 2.0 * cycle->pct_start * total - 2.0, total - 1.0}};
}

static phase phase_at(const one_cycle *self, size_t index) {
  const double *initial = self->base.base_lrs;
  if (index == 0) return (phase){initial, self->max_lrs, self->max_momentums, self->base_momentums};
  if (index == 2) return (phase){initial, self->min_lrs, self->max_momentums, self->max_momentums};
  return (phase){self->max_lrs, self->phases.count == 3.0 ? initial : self->min_lrs, self->base_momentums,
                 self->max_momentums};
}

static double anneal(const one_cycle *self, double start, double end, double share) {
  if (self->anneal != 0.0) return (end - start) * share + start;
  const double cosine = cos(pi * share) + 1.0;
  return end + (start - end) / 2.0 * cosine;
}

static int32_t one_cycle_rates(tw_lr_schedule *schedule, tw_rates *rates) {
  const one_cycle *self = (const one_cycle *)schedule;
  const double step = tw_lr_schedule_last_epoch(schedule);
  const double *end_steps = self->phases.end_steps;
  if (step > self->total_steps) return TW_SCHEDULE_ENDED;
  size_t now = 0;
  while ((double)now + 1.0 < self->phases.count && step > end_steps[now]) ++now;
  const phase in = phase_at(self, now);
  const double start_step = now == 0 ? 0.0 : end_steps[now - 1];
  const double share = (step - start_step) / (end_steps[now] - start_step);
  for (size_t group = 0; group < rates->count; ++group) {
    rates->lrs[group] = anneal(self, in.start_lrs[group], in.end_lrs[group], share);
    if (schedule->cycles_momentum)
      rates->momentums[group] = anneal(self, in.start_momentums[group], in.end_momentums[group], share);
  }
  return TW_SCHEDULE_OK;
}

/* 1.13 saves a method in place of _anneal_func_type. */
static const tw_field fields[] = {
    TW_ARGUMENT(one_cycle, total_steps, "total_steps", TW_FIELD_NUMBER, 1.0, DBL_MAX),
    {.name = "_schedule_phases", .type = TW_FIELD_PHASES, .place = offsetof(one_cycle, phases), TW_ANY_NUMBER},
    {.name = "_anneal_func_type",
     .type = TW_FIELD_CHOICE,
     .place = offsetof(one_cycle, anneal),
     .flags = TW_FIELD_OPTIONAL,
     .choices = anneals},
    {.name = "cycle_momentum", .type = TW_FIELD_CYCLES_MOMENTUM},
    {.name = "use_beta1", .type = TW_FIELD_USES_BETAS, .flags = TW_FIELD_OF_MOMENTUM},
    TW_BASE_FIELDS,
    {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind kind = {
    .name = "OneCycleLR", .fields = fields, .recursive = one_cycle_rates, .closed_form = one_cycle_rates};

tw_lr_schedule *tw_one_cycle_new(const double *max_lrs, size_t group_count, const tw_one_cycle *cycle,
                                 tw_momentum_range momentum) {
  const tw_lr_schedule_size size = {.structure = sizeof(one_cycle), .array = 4 * group_count};
  one_cycle *self = (one_cycle *)tw_lr_schedule_new(&kind, size, max_lrs, group_count);
  if (self == NULL) return NULL;
  const size_t bytes = group_count * sizeof(double);
  self->total_steps = (double)cycle->total_steps;
  self->anneal = cycle->linear;
  self->phases = phases_of(cycle);
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

const double *tw_one_cycle_min_lrs(const tw_lr_schedule *schedule) { return ((const one_cycle *)schedule)->min_lrs; }
