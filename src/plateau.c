/* ReduceLROnPlateau: the rate falls when a metric has stopped getting better. */
#include <math.h>
#include <string.h>

#include "lr_schedules.h"

typedef struct plateau {
  tw_lr_schedule base; /* array: min_lrs */
  tw_plateau rule;
} plateau;

enum { BEST, COOLDOWN_COUNTER, NUM_BAD_EPOCHS, OWN_COUNT };

static int is_better(const tw_plateau *rule, double metric, double best) {
  if (rule->maximize) return metric > (rule->absolute ? best + rule->threshold : best * (rule->threshold + 1.0));
  return metric < (rule->absolute ? best - rule->threshold : best * (1.0 - rule->threshold));
}

static void reduce(const plateau *self, tw_rates *rates) {
  for (size_t group = 0; group < rates->count; ++group) {
    const double old_lr = rates->lrs[group];
    const double reduced = old_lr * self->rule.factor;
    const double least = self->base.array[group];
    const double new_lr = least > reduced ? least : reduced;
    if (old_lr - new_lr > self->rule.eps) rates->lrs[group] = new_lr;
  }
}

static int32_t step_metric(tw_lr_schedule *schedule, tw_rates *rates, double metric) {
  const plateau *self = (const plateau *)schedule;
  double *own = schedule->own;
  schedule->state[0] += 1.0;
  if (is_better(&self->rule, metric, own[BEST])) {
    own[BEST] = metric;
    own[NUM_BAD_EPOCHS] = 0.0;
  } else {
    own[NUM_BAD_EPOCHS] += 1.0;
  }
  if (own[COOLDOWN_COUNTER] > 0.0) {
    own[COOLDOWN_COUNTER] -= 1.0;
    own[NUM_BAD_EPOCHS] = 0.0; /* bad epochs in cooldown do not count */
  }
  if (own[NUM_BAD_EPOCHS] > (double)self->rule.patience) {
    reduce(self, rates);
    own[COOLDOWN_COUNTER] = (double)self->rule.cooldown;
    own[NUM_BAD_EPOCHS] = 0.0;
  }
  return TW_SCHEDULE_OK;
}

static const tw_lr_schedule_kind kind = {.name = "ReduceLROnPlateau", .step_metric = step_metric};

tw_lr_schedule *tw_plateau_new(const double *lrs, size_t group_count, const tw_plateau *rule, const double *min_lrs) {
  const tw_lr_schedule_size size = {.structure = sizeof(plateau), .own = OWN_COUNT, .array = group_count};
  plateau *self = (plateau *)tw_lr_schedule_new(&kind, size, lrs, group_count);
  if (self == NULL) return NULL;
  self->rule = *rule;
  memcpy(self->base.array, min_lrs, group_count * sizeof *min_lrs);
  memcpy(self->base.state + 1, lrs, group_count * sizeof *lrs);
  self->base.state[0] = 0.0; /* no initial step: it waits for the first metric */
  self->base.own[BEST] = rule->maximize ? -INFINITY : INFINITY;
  return &self->base;
}
