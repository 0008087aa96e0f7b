/* MultiStepLR: the rate is multiplied by gamma at each milestone. */
#include <math.h>

#include "schedule/lr_schedules.h"

typedef struct multi_step {
  tw_lr_schedule base; /* array: the milestones, ascending */
  double gamma;
} multi_step;

static int32_t recursive(tw_lr_schedule *schedule, tw_rates *rates) {
  const multi_step *self = (const multi_step *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  int times = 0;
  for (size_t i = 0; i < schedule->array_count; ++i) times += schedule->array[i] == epoch;
  if (times == 0) return TW_SCHEDULE_OK;
  const double factor = pow(self->gamma, times);
  for (size_t group = 0; group < rates->count; ++group) rates->lrs[group] *= factor;
  return TW_SCHEDULE_OK;
}

static int32_t closed_form(tw_lr_schedule *schedule, tw_rates *rates) {
  const multi_step *self = (const multi_step *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  size_t passed = 0;
  while (passed < schedule->array_count && schedule->array[passed] <= epoch) ++passed;
  const double factor = pow(self->gamma, (double)passed);
  for (size_t group = 0; group < rates->count; ++group) rates->lrs[group] = schedule->base_lrs[group] * factor;
  return TW_SCHEDULE_OK;
}

static const tw_field fields[] = {{.name = "milestones", .type = TW_FIELD_COUNTER},
                                  TW_ARGUMENT(multi_step, gamma, "gamma", TW_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
                                  TW_BASE_FIELDS,
                                  {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind kind = {
    .name = "MultiStepLR", .fields = fields, .recursive = recursive, .closed_form = closed_form};

tw_lr_schedule *tw_multi_step_new(const double *base_lrs, size_t group_count, const int64_t *milestones, size_t count,
                                  double gamma) {
  const tw_lr_schedule_size size = {.structure = sizeof(multi_step), .array = count};
  multi_step *self = (multi_step *)tw_lr_schedule_new(&kind, size, base_lrs, group_count);
  if (self == NULL) return NULL;
  self->gamma = gamma;
  for (size_t i = 0; i < count; ++i) self->base.array[i] = (double)milestones[i];
  return &self->base;
}
