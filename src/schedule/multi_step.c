/* MultiStepLR: the rate is multiplied by gamma at each milestone. */
#include <math.h>
#include <stdlib.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"

typedef struct multi_step {
  twi_lr_schedule base;
  double gamma; /* base.array: the milestones, ascending */
} multi_step;

static tw_status multi_step_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const multi_step *self = (const multi_step *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  int times = 0;
  for (size_t i = 0; i < schedule->array_count; ++i) times += schedule->array[i] == epoch;
  return times == 0 ? TW_OK : twi_multiply(rates, pow(self->gamma, times));
}

static tw_status multi_step_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const multi_step *self = (const multi_step *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  size_t passed = 0;
  while (passed < schedule->array_count && schedule->array[passed] <= epoch) ++passed;
  return twi_multiply_base(schedule, rates, pow(self->gamma, (double)passed));
}

static const twi_field multi_step_fields[] = {
    {.name = "milestones", .type = TWI_FIELD_COUNTER},
    TWI_ARGUMENT(multi_step, gamma, "gamma", TWI_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind multi_step_kind = {.name = "MultiStepLR",
                                                     .fields = multi_step_fields,
                                                     .takes_groups = 1,
                                                     .recursive = multi_step_recursive,
                                                     .closed_form = multi_step_closed_form};

static tw_status multi_step_check_milestones(const int64_t *milestones, size_t count) {
  char name[TWI_NAME_SIZE];
  tw_status status = twi_check_array(milestones, count, "milestones");
  for (size_t i = 0; i < count && status == TW_OK; ++i)
    if (milestones[i] < 0) status = twi_check_at_least(milestones[i], 0, twi_indexed(name, "milestones", i));
  return status;
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

tw_status tw_lr_scheduler_multi_step(tw_lr_scheduler **out, tw_optimizer *optimizer, const int64_t *milestones,
                                     size_t count, double gamma) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = multi_step_check_milestones(milestones, count);
  if (status == TW_OK) status = twi_check_finite(gamma, "gamma");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &multi_step_kind,
                           (twi_lr_schedule_size){.structure = sizeof(multi_step), .array = count});
  if (status == TW_OK) {
    multi_step *self = (multi_step *)binding.schedule;
    self->gamma = gamma;
    for (size_t i = 0; i < count; ++i) self->base.array[i] = (double)milestones[i];
    qsort(self->base.array, count, sizeof *self->base.array, compare);
  }
  return twi_bind_end(&binding, status);
}
