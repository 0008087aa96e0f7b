/* CosineAnnealingWarmRestarts: half a cosine again and again, each time t_mult times as long. */
#include <math.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"

typedef struct warm_restarts {
  twi_lr_schedule base;
  double t_0, t_mult, eta_min;
} warm_restarts;

enum {
  T_CUR,
  T_I,
  WARM_RESTARTS_OWN_COUNT
}; /* its own state: the epoch within the present period, and that period's length */

static tw_status present_rates(twi_lr_schedule *schedule, twi_rates *rates) {
  const warm_restarts *self = (const warm_restarts *)schedule;
  return twi_follow_cosine(schedule, rates, self->eta_min, TWI_PI * schedule->own[T_CUR] / schedule->own[T_I]);
}

/* The epoch at which period n begins: a geometric series. */
static double start_of(const warm_restarts *self, double n) {
  return self->t_0 * (pow(self->t_mult, n) - 1.0) / (self->t_mult - 1.0);
}

/* Which period an epoch of t_0 or later lies in. PyTorch takes the logarithm as it is, and where that is rounded down at the
   very start of a period (T_0 5, T_mult 3, epoch 605) has the end of the one before. */
static double period_at(const warm_restarts *self, double epoch) {
  const double n = trunc(log(epoch / self->t_0 * (self->t_mult - 1.0) + 1.0) / log(self->t_mult));
  if (start_of(self, n) > epoch) return n - 1.0;
  return start_of(self, n + 1.0) <= epoch ? n + 1.0 : n;
}

/* Makes the own state that of an epoch. */
static tw_status move(twi_lr_schedule *schedule, double epoch) {
  const warm_restarts *self = (const warm_restarts *)schedule;
  double *own = schedule->own;
  schedule->state[TWI_STATE_EPOCH] = floor(epoch);
  own[T_I] = self->t_0;
  own[T_CUR] = epoch;
  if (epoch < self->t_0) return TW_OK;
  if (self->t_mult == 1.0) {
    own[T_CUR] = fmod(epoch, self->t_0);
  } else {
    const double n = period_at(self, epoch);
    own[T_CUR] = epoch - start_of(self, n);
    own[T_I] = self->t_0 * pow(self->t_mult, n);
  }
  return TW_OK;
}

static tw_status step_at(twi_lr_schedule *schedule, twi_rates *rates, double epoch) {
  (void)move(schedule, epoch);
  return present_rates(schedule, rates);
}

static tw_status step(twi_lr_schedule *schedule, twi_rates *rates) {
  const warm_restarts *self = (const warm_restarts *)schedule;
  double *own = schedule->own;
  if (schedule->state[TWI_STATE_EPOCH] < 0.0) return step_at(schedule, rates, 0.0);
  own[T_CUR] += 1.0;
  if (own[T_CUR] >= own[T_I]) {
    own[T_CUR] = fmod(own[T_CUR], own[T_I]);
    own[T_I] *= self->t_mult;
  }
  schedule->state[TWI_STATE_EPOCH] = floor(schedule->state[TWI_STATE_EPOCH] + 1.0);
  return present_rates(schedule, rates);
}

static const twi_field warm_restarts_fields[] = {
    TWI_ARGUMENT(warm_restarts, t_0, "T_0", TWI_FIELD_NUMBER, 1.0, DBL_MAX),
    {.name = "T_i",
     .type = TWI_FIELD_NUMBER,
     .place = TWI_STATE_OWN + T_I,
     .flags = TWI_FIELD_IN_STATE,
     .least = 1.0,
     .most = DBL_MAX},
    TWI_ARGUMENT(warm_restarts, t_mult, "T_mult", TWI_FIELD_NUMBER, 1.0, DBL_MAX),
    TWI_ARGUMENT(warm_restarts, eta_min, "eta_min", TWI_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    {.name = "T_cur",
     .type = TWI_FIELD_NUMBER,
     .place = TWI_STATE_OWN + T_CUR,
     .flags = TWI_FIELD_IN_STATE,
     TWI_ANY_COUNT},
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind warm_restarts_kind = {.name = "CosineAnnealingWarmRestarts",
                                                        .fields = warm_restarts_fields,
                                                        .recursive = present_rates,
                                                        .step = step,
                                                        .step_at = step_at,
                                                        .move = move};

tw_status tw_lr_scheduler_cosine_annealing_warm_restarts(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t t_0,
                                                         int64_t t_mult, double eta_min) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_at_least(t_0, 1, "t_0");
  if (status == TW_OK) status = twi_check_at_least(t_mult, 1, "t_mult");
  if (status == TW_OK) status = twi_check_finite(eta_min, "eta_min");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &warm_restarts_kind,
                           (twi_lr_schedule_size){.structure = sizeof(warm_restarts), .own = WARM_RESTARTS_OWN_COUNT});
  if (status == TW_OK) {
    warm_restarts *self = (warm_restarts *)binding.schedule;
    self->t_0 = (double)t_0;
    self->t_mult = (double)t_mult;
    self->eta_min = eta_min;
    self->base.own[T_CUR] = -1.0;
    self->base.own[T_I] = (double)t_0;
  }
  return twi_bind_end(&binding, status);
}
