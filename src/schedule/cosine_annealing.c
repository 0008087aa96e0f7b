/* CosineAnnealingLR: half a cosine from the base rate to eta_min in t_max epochs, and back. */
#include <math.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"

typedef struct cosine_annealing {
  twi_lr_schedule base;
  double t_max, eta_min;
} cosine_annealing;

static tw_status cosine_annealing_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const cosine_annealing *self = (const cosine_annealing *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  const double eta_min = self->eta_min;
  if (schedule->initial) return TW_OK;
  /* Right after the lowest point the quotient below would divide by zero. */
  if (fmod(epoch - 1.0 - self->t_max, 2.0 * self->t_max) == 0.0) {
    const double height = 1.0 - cos(TWI_PI / self->t_max);
    for (size_t group = 0; group < rates->count; ++group)
      rates->lrs[group] = rates->lrs[group] + (schedule->base_lrs[group] - eta_min) * height / 2.0;
    return TW_OK;
  }
  const double ratio = (1.0 + cos(TWI_PI * epoch / self->t_max)) / (1.0 + cos(TWI_PI * (epoch - 1.0) / self->t_max));
  for (size_t group = 0; group < rates->count; ++group)
    rates->lrs[group] = ratio * (rates->lrs[group] - eta_min) + eta_min;
  return TW_OK;
}

static tw_status cosine_annealing_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const cosine_annealing *self = (const cosine_annealing *)schedule;
  return twi_follow_cosine(schedule, rates, self->eta_min, TWI_PI * twi_lr_schedule_epoch(schedule) / self->t_max);
}

static const twi_field cosine_annealing_fields[] = {
    TWI_ARGUMENT(cosine_annealing, t_max, "T_max", TWI_FIELD_NUMBER, DBL_MIN, DBL_MAX),
    TWI_ARGUMENT(cosine_annealing, eta_min, "eta_min", TWI_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind cosine_annealing_kind = {.name = "CosineAnnealingLR",
                                                           .fields = cosine_annealing_fields,
                                                           .takes_groups = 1,
                                                           .recursive = cosine_annealing_recursive,
                                                           .closed_form = cosine_annealing_closed_form};

tw_status tw_lr_scheduler_cosine_annealing(tw_lr_scheduler **out, tw_optimizer *optimizer, double t_max,
                                           double eta_min) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_positive(t_max, "t_max");
  if (status == TW_OK) status = twi_check_finite(eta_min, "eta_min");
  if (status == TW_OK)
    status =
        twi_bind_make(&binding, &cosine_annealing_kind, (twi_lr_schedule_size){.structure = sizeof(cosine_annealing)});
  if (status == TW_OK) {
    cosine_annealing *self = (cosine_annealing *)binding.schedule;
    self->t_max = t_max;
    self->eta_min = eta_min;
  }
  return twi_bind_end(&binding, status);
}
