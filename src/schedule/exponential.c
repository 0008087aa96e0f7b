/* ExponentialLR: the rate is multiplied by gamma every epoch. */
#include <math.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"

typedef struct exponential {
  twi_lr_schedule base;
  double gamma;
} exponential;

static tw_status exponential_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  return schedule->initial ? TW_OK : twi_multiply(rates, ((const exponential *)schedule)->gamma);
}

static tw_status exponential_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  return twi_multiply_base(schedule, rates,
                           pow(((const exponential *)schedule)->gamma, twi_lr_schedule_epoch(schedule)));
}

static const twi_field exponential_fields[] = {
    TWI_ARGUMENT(exponential, gamma, "gamma", TWI_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    TWI_BASE_FIELDS,
    {.name = "step_size", .type = TWI_FIELD_FOREIGN},
    {.name = "milestones", .type = TWI_FIELD_FOREIGN},
    {.name = "max_lrs", .type = TWI_FIELD_FOREIGN},
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind exponential_kind = {.name = "ExponentialLR",
                                                      .fields = exponential_fields,
                                                      .takes_groups = 1,
                                                      .recursive = exponential_recursive,
                                                      .closed_form = exponential_closed_form};

tw_status tw_lr_scheduler_exponential(tw_lr_scheduler **out, tw_optimizer *optimizer, double gamma) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_finite(gamma, "gamma");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &exponential_kind, (twi_lr_schedule_size){.structure = sizeof(exponential)});
  if (status == TW_OK) {
    exponential *self = (exponential *)binding.schedule;
    self->gamma = gamma;
  }
  return twi_bind_end(&binding, status);
}
