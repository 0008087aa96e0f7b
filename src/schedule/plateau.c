/* ReduceLROnPlateau: the rate falls when a metric has stopped getting better. */
#include <math.h>
#include <string.h>

#include "schedule/lr_schedules.h"

typedef struct plateau {
  tw_lr_schedule base;
  double mode, threshold_mode; /* of modes and threshold_modes */
  double factor, patience, threshold, cooldown, eps;
  double worst;    /* what any metric is better than */
  double *min_lrs; /* in base.array */
} plateau;

static const char *const modes[] = {"min", "max", NULL};
static const char *const threshold_modes[] = {"rel", "abs", NULL};

enum { BEST, COOLDOWN_COUNTER, NUM_BAD_EPOCHS, OWN_COUNT };

static int is_better(const plateau *self, double metric, double best) {
  const int absolute = self->threshold_mode != 0.0;
  if (self->mode != 0.0) return metric > (absolute ? best + self->threshold : best * (self->threshold + 1.0));
  return metric < (absolute ? best - self->threshold : best * (1.0 - self->threshold));
}

static void reduce(const plateau *self, tw_rates *rates) {
  for (size_t group = 0; group < rates->count; ++group) {
    const double old_lr = rates->lrs[group];
    const double reduced = old_lr * self->factor;
    const double least = self->min_lrs[group];
    const double new_lr = least > reduced ? least : reduced;
    if (old_lr - new_lr > self->eps) rates->lrs[group] = new_lr;
  }
}

static int32_t step_metric(tw_lr_schedule *schedule, tw_rates *rates, double metric) {
  const plateau *self = (const plateau *)schedule;
  double *own = schedule->own;
  schedule->state[TW_STATE_EPOCH] += 1.0;
  if (is_better(self, metric, own[BEST])) {
    own[BEST] = metric;
    own[NUM_BAD_EPOCHS] = 0.0;
  } else {
    own[NUM_BAD_EPOCHS] += 1.0;
  }
  if (own[COOLDOWN_COUNTER] > 0.0) {
    own[COOLDOWN_COUNTER] -= 1.0;
    own[NUM_BAD_EPOCHS] = 0.0; /* bad epochs in cooldown do not count */
  }
  if (own[NUM_BAD_EPOCHS] > self->patience) {
    reduce(self, rates);
    own[COOLDOWN_COUNTER] = self->cooldown;
    own[NUM_BAD_EPOCHS] = 0.0;
  }
  return TW_SCHEDULE_OK;
}

/* Numbers of its own state; the best metric may be infinite. */
#define COUNTER(name_, index)                                                                              \
  {                                                                                                        \
    .name = (name_), .type = TW_FIELD_NUMBER, .place = TW_STATE_OWN + (index), .flags = TW_FIELD_IN_STATE, \
    TW_ANY_NUMBER                                                                                          \
  }
#define UNBOUNDED .least = -INFINITY, .most = INFINITY

/* Before the first step 1.13 writes no _last_lr, and it knows no default_min_lr. */
static const tw_field fields[] = {
    TW_ARGUMENT(plateau, factor, "factor", TW_FIELD_FLOAT, 0.0, 1.0),
    {.name = "default_min_lr", .type = TW_FIELD_COMMON, .place = offsetof(plateau, min_lrs)},
    {.name = "min_lrs", .type = TW_FIELD_FLOATS, .place = offsetof(plateau, min_lrs), TW_ANY_NUMBER},
    TW_ARGUMENT(plateau, patience, "patience", TW_FIELD_NUMBER, 0.0, DBL_MAX),
    TW_ARGUMENT(plateau, cooldown, "cooldown", TW_FIELD_NUMBER, 0.0, DBL_MAX),
    TW_ARGUMENT(plateau, eps, "eps", TW_FIELD_FLOAT, 0.0, DBL_MAX),
    TW_LAST_EPOCH_FIELD,
    {.name = "_last_lr",
     .type = TW_FIELD_FLOATS,
     .place = offsetof(tw_lr_schedule, last_lrs),
     .flags = TW_FIELD_OPTIONAL,
     TW_ANY_NUMBER},
    {.name = "mode_worse",
     .type = TW_FIELD_FLOAT,
     .place = offsetof(plateau, worst),
     .flags = TW_FIELD_OPTIONAL,
     UNBOUNDED},
    {.name = "mode", .type = TW_FIELD_CHOICE, .place = offsetof(plateau, mode), .choices = modes},
    TW_ARGUMENT(plateau, threshold, "threshold", TW_FIELD_FLOAT, 0.0, DBL_MAX),
    {.name = "threshold_mode",
     .type = TW_FIELD_CHOICE,
     .place = offsetof(plateau, threshold_mode),
     .choices = threshold_modes},
    {.name = "best", .type = TW_FIELD_FLOAT, .place = TW_STATE_OWN + BEST, .flags = TW_FIELD_IN_STATE, UNBOUNDED},
    COUNTER("cooldown_counter", COOLDOWN_COUNTER),
    COUNTER("num_bad_epochs", NUM_BAD_EPOCHS),
    {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind kind = {.name = "ReduceLROnPlateau", .fields = fields, .step_metric = step_metric};

tw_lr_schedule *tw_plateau_new(const double *lrs, size_t group_count, const tw_plateau *rule, const double *min_lrs) {
  const tw_lr_schedule_size size = {.structure = sizeof(plateau), .own = OWN_COUNT, .array = group_count};
  plateau *self = (plateau *)tw_lr_schedule_new(&kind, size, lrs, group_count);
  if (self == NULL) return NULL;
  self->mode = rule->maximize;
  self->threshold_mode = rule->absolute;
  self->factor = rule->factor;
  self->patience = (double)rule->patience;
  self->threshold = rule->threshold;
  self->cooldown = (double)rule->cooldown;
  self->eps = rule->eps;
  self->worst = rule->maximize ? -INFINITY : INFINITY;
  self->min_lrs = self->base.array;
  memcpy(self->min_lrs, min_lrs, group_count * sizeof *min_lrs);
  memcpy(self->base.last_lrs, lrs, group_count * sizeof *lrs);
  self->base.own[BEST] = self->worst;
  self->base.state[TW_STATE_EPOCH] = 0.0; /* no initial step: it waits for the first metric */
  return &self->base;
}
