/* StepLR: the rate is multiplied by gamma every step_size epochs. */
#include <math.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"

typedef struct step_lr {
  twi_lr_schedule base;
  double step_size, gamma;
} step_lr;

static tw_status step_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const step_lr *self = (const step_lr *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  if (epoch == 0.0 || fmod(epoch, self->step_size) != 0.0) return TW_OK;
  return twi_multiply(rates, self->gamma);
}

static tw_status step_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const step_lr *self = (const step_lr *)schedule;
  return twi_multiply_base(schedule, rates, pow(self->gamma, floor(twi_lr_schedule_epoch(schedule) / self->step_size)));
}

static const twi_field step_fields[] = {
    TWI_ARGUMENT(step_lr, step_size, "step_size", TWI_FIELD_NUMBER, DBL_MIN, DBL_MAX),
    TWI_ARGUMENT(step_lr, gamma, "gamma", TWI_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind step_kind = {.name = "StepLR",
                                               .fields = step_fields,
                                               .takes_groups = 1,
                                               .recursive = step_recursive,
                                               .closed_form = step_closed_form};

tw_status tw_lr_scheduler_step_lr(tw_lr_scheduler **out, tw_optimizer *optimizer, double step_size, double gamma) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_positive(step_size, "step_size");
  if (status == TW_OK) status = twi_check_finite(gamma, "gamma");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &step_kind, (twi_lr_schedule_size){.structure = sizeof(step_lr)});
  if (status == TW_OK) {
    step_lr *self = (step_lr *)binding.schedule;
    self->step_size = step_size;
    self->gamma = gamma;
  }
  return twi_bind_end(&binding, status);
}
