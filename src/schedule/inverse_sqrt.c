/* Inverse square root, which PyTorch does not have. */
#include <math.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"

typedef struct inverse_sqrt {
  twi_lr_schedule base;
  double timescale;
} inverse_sqrt;

static double inverse_sqrt_factor_at(const inverse_sqrt *self, double epoch) {
  return sqrt(self->timescale / (epoch + self->timescale));
}

static tw_status inverse_sqrt_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const inverse_sqrt *self = (const inverse_sqrt *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  return schedule->initial
             ? TW_OK
             : twi_follow_factor(rates, inverse_sqrt_factor_at(self, epoch - 1.0), inverse_sqrt_factor_at(self, epoch));
}

static tw_status inverse_sqrt_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const inverse_sqrt *self = (const inverse_sqrt *)schedule;
  return twi_multiply_base(schedule, rates, inverse_sqrt_factor_at(self, twi_lr_schedule_epoch(schedule)));
}

static const twi_field inverse_sqrt_fields[] = {
    TWI_ARGUMENT(inverse_sqrt, timescale, "timescale", TWI_FIELD_NUMBER, 1.0, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind inverse_sqrt_kind = {.name = "InverseSqrtLR",
                                                       .fields = inverse_sqrt_fields,
                                                       .takes_groups = 1,
                                                       .recursive = inverse_sqrt_recursive,
                                                       .closed_form = inverse_sqrt_closed_form};

tw_status tw_lr_scheduler_inverse_sqrt(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t timescale) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_at_least(timescale, 1, "timescale");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &inverse_sqrt_kind, (twi_lr_schedule_size){.structure = sizeof(inverse_sqrt)});
  if (status == TW_OK) {
    inverse_sqrt *self = (inverse_sqrt *)binding.schedule;
    self->timescale = (double)timescale;
  }
  return twi_bind_end(&binding, status);
}
