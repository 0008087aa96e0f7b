/* CosineAnnealingLR: half a cosine from the base rate to eta_min in t_max epochs. CosineAnnealingWarmRestarts: the same
 * again and again, each time t_mult times as long. */
#include <math.h>

#include "schedule/lr_schedules.h"

static const double pi = 3.14159265358979323846;

/* The rates at a share of half a cosine: 0 the base rate, 1 eta_min. angle is pi times that share. */
static int32_t follow_cosine(const tw_lr_schedule *schedule, tw_rates *rates, double eta_min, double angle) {
  for (size_t group = 0; group < rates->count; ++group)
    rates->lrs[group] = eta_min + (schedule->base_lrs[group] - eta_min) * (1.0 + cos(angle)) / 2.0;
  return TW_SCHEDULE_OK;
}

/* ---- CosineAnnealingLR ---- */

typedef struct cosine_annealing {
  tw_lr_schedule base;
  double t_max;
  double eta_min;
} cosine_annealing;

static int32_t recursive(tw_lr_schedule *schedule, tw_rates *rates) {
  const cosine_annealing *self = (const cosine_annealing *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  const double eta_min = self->eta_min;
  if (schedule->initial) return TW_SCHEDULE_OK;
  /* Right after the lowest point the quotient below would divide by zero. */
  if (fmod(epoch - 1.0 - self->t_max, 2.0 * self->t_max) == 0.0) {
    for (size_t group = 0; group < rates->count; ++group)
      rates->lrs[group] =
          rates->lrs[group] + (schedule->base_lrs[group] - eta_min) * (1.0 - cos(pi / self->t_max)) / 2.0;
    return TW_SCHEDULE_OK;
  }
  const double ratio = (1.0 + cos(pi * epoch / self->t_max)) / (1.0 + cos(pi * (epoch - 1.0) / self->t_max));
  for (size_t group = 0; group < rates->count; ++group)
    rates->lrs[group] = ratio * (rates->lrs[group] - eta_min) + eta_min;
  return TW_SCHEDULE_OK;
}

static int32_t closed_form(tw_lr_schedule *schedule, tw_rates *rates) {
  const cosine_annealing *self = (const cosine_annealing *)schedule;
  return follow_cosine(schedule, rates, self->eta_min, pi * tw_lr_schedule_last_epoch(schedule) / self->t_max);
}

static const tw_field fields[] = {TW_ARGUMENT(cosine_annealing, t_max, "T_max", TW_FIELD_NUMBER, 1.0, DBL_MAX),
                                  TW_ARGUMENT(cosine_annealing, eta_min, "eta_min", TW_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
                                  TW_BASE_FIELDS,
                                  {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind kind = {
    .name = "CosineAnnealingLR", .fields = fields, .recursive = recursive, .closed_form = closed_form};

tw_lr_schedule *tw_cosine_annealing_new(const double *base_lrs, size_t group_count, int64_t t_max, double eta_min) {
  const tw_lr_schedule_size size = {.structure = sizeof(cosine_annealing)};
  cosine_annealing *self = (cosine_annealing *)tw_lr_schedule_new(&kind, size, base_lrs, group_count);
  if (self == NULL) return NULL;
  self->t_max = (double)t_max;
  self->eta_min = eta_min;
  return &self->base;
}

/* ---- CosineAnnealingWarmRestarts ---- */

typedef struct warm_restarts {
  tw_lr_schedule base;
  double t_0;
  double t_mult;
  double eta_min;
} warm_restarts;

enum { T_CUR, T_I, OWN_COUNT }; /* its own state: the epoch within the present period, and that period's length */

static int32_t restarts_rates(tw_lr_schedule *schedule, tw_rates *rates) {
  const warm_restarts *self = (const warm_restarts *)schedule;
  return follow_cosine(schedule, rates, self->eta_min, pi * schedule->own[T_CUR] / schedule->own[T_I]);
}

static int32_t restarts_step_at(tw_lr_schedule *schedule, tw_rates *rates, double epoch) {
  const warm_restarts *self = (const warm_restarts *)schedule;
  double *own = schedule->own;
  if (epoch < self->t_0) {
    own[T_I] = self->t_0;
    own[T_CUR] = epoch;
  } else if (self->t_mult == 1.0) {
    own[T_CUR] = fmod(epoch, self->t_0);
  } else {
    /* As many whole periods as fit, a geometric series; the logarithm's rounding is PyTorch's. */
    const double n = trunc(log(epoch / self->t_0 * (self->t_mult - 1.0) + 1.0) / log(self->t_mult));
    const double grown = pow(self->t_mult, n);
    own[T_CUR] = epoch - self->t_0 * (grown - 1.0) / (self->t_mult - 1.0);
    own[T_I] = self->t_0 * grown;
  }
  schedule->state[TW_STATE_EPOCH] = floor(epoch);
  return restarts_rates(schedule, rates);
}

static int32_t restarts_step(tw_lr_schedule *schedule, tw_rates *rates) {
  const warm_restarts *self = (const warm_restarts *)schedule;
  double *own = schedule->own;
  if (schedule->state[TW_STATE_EPOCH] < 0.0) return restarts_step_at(schedule, rates, 0.0);
  own[T_CUR] += 1.0;
  if (own[T_CUR] >= own[T_I]) {
    own[T_CUR] = fmod(own[T_CUR], own[T_I]);
    own[T_I] *= self->t_mult;
  }
  schedule->state[TW_STATE_EPOCH] = floor(schedule->state[TW_STATE_EPOCH] + 1.0);
  return restarts_rates(schedule, rates);
}

static const tw_field restarts_fields[] = {
    TW_ARGUMENT(warm_restarts, t_0, "T_0", TW_FIELD_NUMBER, 1.0, DBL_MAX),
    {.name = "T_i",
     .type = TW_FIELD_NUMBER,
     .place = TW_STATE_OWN + T_I,
     .flags = TW_FIELD_IN_STATE,
     .least = 1.0,
     .most = DBL_MAX},
    TW_ARGUMENT(warm_restarts, t_mult, "T_mult", TW_FIELD_NUMBER, 1.0, DBL_MAX),
    TW_ARGUMENT(warm_restarts, eta_min, "eta_min", TW_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    {.name = "T_cur",
     .type = TW_FIELD_NUMBER,
     .place = TW_STATE_OWN + T_CUR,
     .flags = TW_FIELD_IN_STATE,
     TW_ANY_NUMBER},
    TW_BASE_FIELDS,
    {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind restarts_kind = {.name = "CosineAnnealingWarmRestarts",
                                                  .fields = restarts_fields,
                                                  .recursive = restarts_rates,
                                                  .step = restarts_step,
                                                  .step_at = restarts_step_at};

tw_lr_schedule *tw_warm_restarts_new(const double *base_lrs, size_t group_count, int64_t t_0, int64_t t_mult,
                                     double eta_min) {
  const tw_lr_schedule_size size = {.structure = sizeof(warm_restarts), .own = OWN_COUNT};
  warm_restarts *self = (warm_restarts *)tw_lr_schedule_new(&restarts_kind, size, base_lrs, group_count);
  if (self == NULL) return NULL;
  self->t_0 = (double)t_0;
  self->t_mult = (double)t_mult;
  self->eta_min = eta_min;
  self->base.own[T_CUR] = -1.0;
  self->base.own[T_I] = (double)t_0;
  return &self->base;
}
