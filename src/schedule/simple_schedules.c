/* The schedules that multiply the rate by a number of the epoch: StepLR, ConstantLR, LinearLR, ExponentialLR,
 * PolynomialLR. Orders of operations are PyTorch's, for its bits. */
#include <math.h>

#include "schedule/lr_schedules.h"

/* Two or three numbers serve each of these. */
typedef struct simple {
  tw_lr_schedule base;
  double a, b;
  double period; /* step_size or total_iters */
} simple;

static tw_lr_schedule *make(const tw_lr_schedule_kind *kind, const double *base_lrs, size_t group_count, double a,
                            double b, int64_t period) {
  simple *self =
      (simple *)tw_lr_schedule_new(kind, (tw_lr_schedule_size){.structure = sizeof *self}, base_lrs, group_count);
  if (self == NULL) return NULL;
  self->a = a;
  self->b = b;
  self->period = (double)period;
  return &self->base;
}

static int32_t multiply(tw_rates *rates, double factor) {
  for (size_t group = 0; group < rates->count; ++group) rates->lrs[group] *= factor;
  return TW_SCHEDULE_OK;
}

static int32_t multiply_base(const tw_lr_schedule *schedule, tw_rates *rates, double factor) {
  for (size_t group = 0; group < rates->count; ++group) rates->lrs[group] = schedule->base_lrs[group] * factor;
  return TW_SCHEDULE_OK;
}

static double smaller(double a, double b) { return b < a ? b : a; }

/* ---- StepLR: a is gamma ---- */

static int32_t step_recursive(tw_lr_schedule *schedule, tw_rates *rates) {
  const simple *self = (const simple *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  if (epoch == 0.0 || fmod(epoch, self->period) != 0.0) return TW_SCHEDULE_OK;
  return multiply(rates, self->a);
}

static int32_t step_closed(tw_lr_schedule *schedule, tw_rates *rates) {
  const simple *self = (const simple *)schedule;
  return multiply_base(schedule, rates, pow(self->a, floor(tw_lr_schedule_last_epoch(schedule) / self->period)));
}

static const tw_field step_fields[] = {TW_ARGUMENT(simple, period, "step_size", TW_FIELD_NUMBER, 1.0, DBL_MAX),
                                       TW_ARGUMENT(simple, a, "gamma", TW_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
                                       TW_BASE_FIELDS,
                                       {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind step_kind = {
    .name = "StepLR", .fields = step_fields, .recursive = step_recursive, .closed_form = step_closed};

tw_lr_schedule *tw_step_new(const double *base_lrs, size_t group_count, int64_t step_size, double gamma) {
  return make(&step_kind, base_lrs, group_count, gamma, 0.0, step_size);
}

/* ---- ConstantLR: a is factor ---- */

static int32_t constant_recursive(tw_lr_schedule *schedule, tw_rates *rates) {
  const simple *self = (const simple *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  if (epoch == 0.0) return multiply(rates, self->a);
  if (epoch != self->period) return TW_SCHEDULE_OK;
  return multiply(rates, 1.0 / self->a);
}

static int32_t constant_closed(tw_lr_schedule *schedule, tw_rates *rates) {
  const simple *self = (const simple *)schedule;
  const double over = tw_lr_schedule_last_epoch(schedule) >= self->period ? 1.0 : 0.0;
  return multiply_base(schedule, rates, self->a + over * (1.0 - self->a));
}

static const tw_field constant_fields[] = {TW_ARGUMENT(simple, a, "factor", TW_FIELD_FLOAT, DBL_MIN, 1.0),
                                           TW_ARGUMENT(simple, period, "total_iters", TW_FIELD_NUMBER, 0.0, DBL_MAX),
                                           TW_BASE_FIELDS,
                                           {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind constant_kind = {
    .name = "ConstantLR", .fields = constant_fields, .recursive = constant_recursive, .closed_form = constant_closed};

tw_lr_schedule *tw_constant_new(const double *base_lrs, size_t group_count, double factor, int64_t total_iters) {
  return make(&constant_kind, base_lrs, group_count, factor, 0.0, total_iters);
}

/* ---- LinearLR: a is start_factor, b is end_factor ---- */

static int32_t linear_recursive(tw_lr_schedule *schedule, tw_rates *rates) {
  const simple *self = (const simple *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  const double start = self->a, end = self->b;
  if (epoch == 0.0) return multiply(rates, start);
  if (schedule->initial || epoch > self->period) return TW_SCHEDULE_OK;
  return multiply(rates, 1.0 + (end - start) / (self->period * start + (epoch - 1.0) * (end - start)));
}

static int32_t linear_closed(tw_lr_schedule *schedule, tw_rates *rates) {
  const simple *self = (const simple *)schedule;
  const double epoch = smaller(self->period, tw_lr_schedule_last_epoch(schedule));
  return multiply_base(schedule, rates, self->a + (self->b - self->a) * epoch / self->period);
}

static const tw_field linear_fields[] = {TW_ARGUMENT(simple, a, "start_factor", TW_FIELD_FLOAT, DBL_MIN, 1.0),
                                         TW_ARGUMENT(simple, b, "end_factor", TW_FIELD_FLOAT, 0.0, 1.0),
                                         TW_ARGUMENT(simple, period, "total_iters", TW_FIELD_NUMBER, 0.0, DBL_MAX),
                                         TW_BASE_FIELDS,
                                         {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind linear_kind = {
    .name = "LinearLR", .fields = linear_fields, .recursive = linear_recursive, .closed_form = linear_closed};

tw_lr_schedule *tw_linear_new(const double *base_lrs, size_t group_count, double start_factor, double end_factor,
                              int64_t total_iters) {
  return make(&linear_kind, base_lrs, group_count, start_factor, end_factor, total_iters);
}

/* ---- ExponentialLR: a is gamma ---- */

static int32_t exponential_recursive(tw_lr_schedule *schedule, tw_rates *rates) {
  if (schedule->initial) return TW_SCHEDULE_OK;
  return multiply(rates, ((const simple *)schedule)->a);
}

static int32_t exponential_closed(tw_lr_schedule *schedule, tw_rates *rates) {
  const simple *self = (const simple *)schedule;
  return multiply_base(schedule, rates, pow(self->a, tw_lr_schedule_last_epoch(schedule)));
}

static const tw_field exponential_fields[] = {TW_ARGUMENT(simple, a, "gamma", TW_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
                                              TW_BASE_FIELDS,
                                              {.name = "step_size", .type = TW_FIELD_FOREIGN},
                                              {.name = "milestones", .type = TW_FIELD_FOREIGN},
                                              {.name = "max_lrs", .type = TW_FIELD_FOREIGN},
                                              {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind exponential_kind = {.name = "ExponentialLR",
                                                     .fields = exponential_fields,
                                                     .recursive = exponential_recursive,
                                                     .closed_form = exponential_closed};

tw_lr_schedule *tw_exponential_new(const double *base_lrs, size_t group_count, double gamma) {
  return make(&exponential_kind, base_lrs, group_count, gamma, 0.0, 1);
}

/* ---- PolynomialLR: a is power ---- */

static int32_t polynomial_recursive(tw_lr_schedule *schedule, tw_rates *rates) {
  const simple *self = (const simple *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  if (schedule->initial || epoch > self->period) return TW_SCHEDULE_OK;
  const double ratio = (1.0 - epoch / self->period) / (1.0 - (epoch - 1.0) / self->period);
  return multiply(rates, pow(ratio, self->a));
}

static int32_t polynomial_closed(tw_lr_schedule *schedule, tw_rates *rates) {
  const simple *self = (const simple *)schedule;
  const double epoch = smaller(self->period, tw_lr_schedule_last_epoch(schedule));
  return multiply_base(schedule, rates, pow(1.0 - epoch / self->period, self->a));
}

static const tw_field polynomial_fields[] = {TW_ARGUMENT(simple, period, "total_iters", TW_FIELD_NUMBER, 0.0, DBL_MAX),
                                             TW_ARGUMENT(simple, a, "power", TW_FIELD_FLOAT, 0.0, DBL_MAX),
                                             TW_BASE_FIELDS,
                                             {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind polynomial_kind = {.name = "PolynomialLR",
                                                    .fields = polynomial_fields,
                                                    .recursive = polynomial_recursive,
                                                    .closed_form = polynomial_closed};

tw_lr_schedule *tw_polynomial_new(const double *base_lrs, size_t group_count, int64_t total_iters, double power) {
  return make(&polynomial_kind, base_lrs, group_count, power, 0.0, total_iters);
}
