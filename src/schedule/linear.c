/* LinearLR: the rate is multiplied by a factor that goes from start_factor to end_factor in total_iters epochs. */
#include <math.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"

typedef struct linear {
  twi_lr_schedule base;
  double start_factor, end_factor, total_iters;
} linear;

static tw_status linear_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const linear *self = (const linear *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  const double start = self->start_factor, end = self->end_factor;
  if (epoch == 0.0) return twi_multiply(rates, start);
  if (schedule->initial || epoch > self->total_iters) return TW_OK;
  return twi_multiply(rates, 1.0 + (end - start) / (self->total_iters * start + (epoch - 1.0) * (end - start)));
}

static tw_status linear_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const linear *self = (const linear *)schedule;
  const double epoch = fmin(self->total_iters, twi_lr_schedule_epoch(schedule));
  return twi_multiply_base(schedule, rates,
                           self->start_factor + (self->end_factor - self->start_factor) * epoch / self->total_iters);
}

static const twi_field linear_fields[] = {
    TWI_ARGUMENT(linear, start_factor, "start_factor", TWI_FIELD_FLOAT, DBL_MIN, 1.0),
    TWI_ARGUMENT(linear, end_factor, "end_factor", TWI_FIELD_FLOAT, 0.0, 1.0),
    TWI_ARGUMENT(linear, total_iters, "total_iters", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind linear_kind = {.name = "LinearLR",
                                                 .fields = linear_fields,
                                                 .takes_groups = 1,
                                                 .recursive = linear_recursive,
                                                 .closed_form = linear_closed_form};

tw_status tw_lr_scheduler_linear(tw_lr_scheduler **out, tw_optimizer *optimizer, double start_factor, double end_factor,
                                 double total_iters) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_share(start_factor, "start_factor");
  if (status == TW_OK) status = twi_check_within(end_factor, 0.0, 1.0, "end_factor");
  if (status == TW_OK) status = twi_check_not_negative(total_iters, "total_iters");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &linear_kind, (twi_lr_schedule_size){.structure = sizeof(linear)});
  if (status == TW_OK) {
    linear *self = (linear *)binding.schedule;
    self->start_factor = start_factor;
    self->end_factor = end_factor;
    self->total_iters = total_iters;
  }
  return twi_bind_end(&binding, status);
}
