/* ConstantLR: the rate is multiplied by factor until total_iters epochs have passed. */
#include "base/check.h"
#include "schedule/lr_scheduler.h"

typedef struct constant {
  twi_lr_schedule base;
  double factor, total_iters;
} constant;

static tw_status constant_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const constant *self = (const constant *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  if (epoch == 0.0) return twi_multiply(rates, self->factor);
  if (epoch != self->total_iters) return TW_OK;
  if (self->factor == 0.0)
    return twi_fail(TW_ERROR_RANGE, "%s has factor 0, from which no recursive step leads back at epoch %g",
                    schedule->kind->name, epoch);
  return twi_multiply(rates, 1.0 / self->factor);
}

static tw_status constant_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const constant *self = (const constant *)schedule;
  const double over = twi_lr_schedule_epoch(schedule) >= self->total_iters ? 1.0 : 0.0;
  return twi_multiply_base(schedule, rates, self->factor + over * (1.0 - self->factor));
}

static const twi_field constant_fields[] = {
    TWI_ARGUMENT(constant, factor, "factor", TWI_FIELD_FLOAT, 0.0, 1.0),
    TWI_ARGUMENT(constant, total_iters, "total_iters", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind constant_kind = {.name = "ConstantLR",
                                                   .fields = constant_fields,
                                                   .takes_groups = 1,
                                                   .recursive = constant_recursive,
                                                   .closed_form = constant_closed_form};

tw_status tw_lr_scheduler_constant(tw_lr_scheduler **out, tw_optimizer *optimizer, double factor, double total_iters) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_within(factor, 0.0, 1.0, "factor");
  if (status == TW_OK) status = twi_check_not_negative(total_iters, "total_iters");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &constant_kind, (twi_lr_schedule_size){.structure = sizeof(constant)});
  if (status == TW_OK) {
    constant *self = (constant *)binding.schedule;
    self->factor = factor;
    self->total_iters = total_iters;
  }
  return twi_bind_end(&binding, status);
}
