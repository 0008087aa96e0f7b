/* PolynomialLR: the rate falls to 0 in total_iters epochs. */
#include <math.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"

typedef struct polynomial {
  twi_lr_schedule base;
  double total_iters, power;
} polynomial;

static tw_status polynomial_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const polynomial *self = (const polynomial *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  if (schedule->initial || epoch > self->total_iters) return TW_OK;
  const double ratio = (1.0 - epoch / self->total_iters) / (1.0 - (epoch - 1.0) / self->total_iters);
  return twi_multiply(rates, pow(ratio, self->power));
}

static tw_status polynomial_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const polynomial *self = (const polynomial *)schedule;
  const double epoch = fmin(self->total_iters, twi_lr_schedule_epoch(schedule));
  return twi_multiply_base(schedule, rates, pow(1.0 - epoch / self->total_iters, self->power));
}

static const twi_field polynomial_fields[] = {
    TWI_ARGUMENT(polynomial, total_iters, "total_iters", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_ARGUMENT(polynomial, power, "power", TWI_FIELD_FLOAT, 0.0, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind polynomial_kind = {.name = "PolynomialLR",
                                                     .fields = polynomial_fields,
                                                     .takes_groups = 1,
                                                     .recursive = polynomial_recursive,
                                                     .closed_form = polynomial_closed_form};

tw_status tw_lr_scheduler_polynomial(tw_lr_scheduler **out, tw_optimizer *optimizer, double total_iters, double power) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_not_negative(total_iters, "total_iters");
  if (status == TW_OK) status = twi_check_not_negative(power, "power");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &polynomial_kind, (twi_lr_schedule_size){.structure = sizeof(polynomial)});
  if (status == TW_OK) {
    polynomial *self = (polynomial *)binding.schedule;
    self->total_iters = total_iters;
    self->power = power;
  }
  return twi_bind_end(&binding, status);
}
