/* LambdaLR and MultiplicativeLR: the caller's own function of the epoch. */
#include "schedule/lr_schedules.h"

typedef struct lambda {
  tw_lr_schedule base;
  tw_schedule_function function;
  void *context;
} lambda;

static const tw_field fields[] = {
    TW_BASE_FIELDS, {.name = "lr_lambdas", .type = TW_FIELD_NONES}, {.type = TW_FIELD_END}};

static tw_lr_schedule *make(const tw_lr_schedule_kind *kind, const double *base_lrs, size_t group_count,
                            tw_schedule_function function, void *context) {
  const tw_lr_schedule_size size = {.structure = sizeof(lambda)};
  lambda *self = (lambda *)tw_lr_schedule_new(kind, size, base_lrs, group_count);
  if (self == NULL) return NULL;
  self->function = function;
  self->context = context;
  return &self->base;
}

/* from is the base rates or the present ones. */
static int32_t multiply(const tw_lr_schedule *schedule, tw_rates *rates, const double *from) {
  const lambda *self = (const lambda *)schedule;
  for (size_t group = 0; group < rates->count; ++group) {
    double factor = 0.0;
    const int32_t status = self->function(&factor, tw_lr_schedule_last_epoch(schedule), group, self->context);
    if (status != TW_SCHEDULE_OK) return status;
    rates->lrs[group] = from[group] * factor;
  }
  return TW_SCHEDULE_OK;
}

static int32_t lambda_rates(tw_lr_schedule *schedule, tw_rates *rates) {
  return multiply(schedule, rates, schedule->base_lrs);
}

static const tw_lr_schedule_kind lambda_kind = {
    .name = "LambdaLR", .fields = fields, .recursive = lambda_rates, .closed_form = lambda_rates};

tw_lr_schedule *tw_lambda_new(const double *base_lrs, size_t group_count, tw_schedule_function function,
                              void *context) {
  return make(&lambda_kind, base_lrs, group_count, function, context);
}

static int32_t multiplicative_rates(tw_lr_schedule *schedule, tw_rates *rates) {
  return schedule->initial ? TW_SCHEDULE_OK : multiply(schedule, rates, rates->lrs);
}

static const tw_lr_schedule_kind multiplicative_kind = {
    .name = "MultiplicativeLR", .fields = fields, .recursive = multiplicative_rates};

tw_lr_schedule *tw_multiplicative_new(const double *base_lrs, size_t group_count, tw_schedule_function function,
                                      void *context) {
  return make(&multiplicative_kind, base_lrs, group_count, function, context);
}
