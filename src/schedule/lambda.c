/* LambdaLR: each group's base rate times the caller's number. */
#include "schedule/lr_scheduler.h"

static tw_status lambda_rates(twi_lr_schedule *schedule, twi_rates *rates) {
  for (size_t group = 0; group < rates->count; ++group) {
    double factor = 0.0;
    const tw_status status = twi_lr_callback_call(&factor, schedule->callback, "LambdaLR's lr_lambda",
                                                  twi_lr_schedule_epoch(schedule), group);
    if (status != TW_OK) return status;
    rates->lrs[group] = schedule->base_lrs[group] * factor;
  }
  return TW_OK;
}

static const twi_field lambda_fields[] = {
    TWI_BASE_FIELDS, {.name = "lr_lambdas", .type = TWI_FIELD_NONES}, {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind lambda_kind = {
    .name = "LambdaLR", .fields = lambda_fields, .recursive = lambda_rates, .closed_form = lambda_rates};

tw_status tw_lr_scheduler_lambda(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_function lr_lambda,
                                 void *context, void (*release)(void *context)) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  status = twi_bind_callback(&binding, status, lr_lambda, context, release, "lr_lambda");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &lambda_kind, (twi_lr_schedule_size){.structure = sizeof(twi_lr_schedule)});
  return twi_bind_end(&binding, status);
}
