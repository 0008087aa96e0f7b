/* CyclicLR: rates that rise from base to max and fall back, cycle after cycle; momentum the other way. */
#include <math.h>
#include <string.h>

#include "schedule/lr_schedules.h"

typedef struct cyclic {
  tw_lr_schedule base;
  double total_size, step_ratio; /* a cycle's length, and the share of it in which the rate rises */
  double mode;                   /* of modes; not looked at where there is a function */
  double scale_mode;             /* of scale_modes: what the function is given */
  double gamma;
  tw_schedule_function scale; /* or NULL */
  void *context;
  double *own_base_lrs, *max_lrs, *base_momentums, *max_momentums; /* in base.array */
} cyclic;

static const char *const modes[] = {[TW_CYCLE_TRIANGULAR] = "triangular",
                                    [TW_CYCLE_TRIANGULAR2] = "triangular2",
                                    [TW_CYCLE_EXP_RANGE] = "exp_range",
                                    NULL};
static const char *const scale_modes[] = {"cycle", "iterations", NULL};

static int32_t scale(const cyclic *self, double *out, double cycle, double epoch) {
  if (self->scale != NULL) return self->scale(out, self->scale_mode != 0.0 ? epoch : cycle, 0, self->context);
  *out = 1.0;
  if (self->mode == TW_CYCLE_TRIANGULAR2) *out = 1.0 / pow(2.0, cycle - 1.0);
  if (self->mode == TW_CYCLE_EXP_RANGE) *out = pow(self->gamma, epoch);
  return TW_SCHEDULE_OK;
}

static int32_t cyclic_rates(tw_lr_schedule *schedule, tw_rates *rates) {
  const cyclic *self = (const cyclic *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  const double total = self->total_size, ratio = self->step_ratio;
  const double cycle = floor(1.0 + epoch / total);
  const double x = 1.0 + epoch / total - cycle;
  const double height = x <= ratio ? x / ratio : (x - 1.0) / (ratio - 1.0);
  double scaled = 1.0;
  const int32_t status = scale(self, &scaled, cycle, epoch);
  if (status != TW_SCHEDULE_OK) return status;
  for (size_t group = 0; group < rates->count; ++group) {
    const double low = schedule->base_lrs[group];
    rates->lrs[group] = low + (self->max_lrs[group] - low) * height * scaled;
    if (!schedule->cycles_momentum) continue;
    const double high = self->max_momentums[group];
    rates->momentums[group] = high - (high - self->base_momentums[group]) * height * scaled;
  }
  return TW_SCHEDULE_OK;
}

#define MOMENTUMS(name_, member)                                                                                \
  {                                                                                                             \
    .name = (name_), .type = TW_FIELD_FLOATS, .place = offsetof(cyclic, member), .flags = TW_FIELD_OF_MOMENTUM, \
    .least = 0.0, .most = 1.0                                                                                   \
  }

static const tw_field fields[] = {
    {.name = "max_lrs", .type = TW_FIELD_FLOATS, .place = offsetof(cyclic, max_lrs), TW_ANY_NUMBER},
    TW_ARGUMENT(cyclic, total_size, "total_size", TW_FIELD_FLOAT, DBL_MIN, DBL_MAX),
    TW_ARGUMENT(cyclic, step_ratio, "step_ratio", TW_FIELD_FLOAT, DBL_MIN, 1.0),
    {.name = "mode", .type = TW_FIELD_CHOICE, .place = offsetof(cyclic, mode), .choices = modes},
    TW_ARGUMENT(cyclic, gamma, "gamma", TW_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    {.name = "scale_mode", .type = TW_FIELD_CHOICE, .place = offsetof(cyclic, scale_mode), .choices = scale_modes},
    {.name = "cycle_momentum", .type = TW_FIELD_CYCLES_MOMENTUM},
    {.name = "use_beta1", .type = TW_FIELD_USES_BETAS, .flags = TW_FIELD_OF_MOMENTUM},
    MOMENTUMS("base_momentums", base_momentums),
    MOMENTUMS("max_momentums", max_momentums),
    TW_BASE_FIELDS,
    {.name = "_scale_fn_custom", .type = TW_FIELD_NONE},
    {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind kind = {
    .name = "CyclicLR", .fields = fields, .recursive = cyclic_rates, .closed_form = cyclic_rates};

tw_lr_schedule *tw_cyclic_new(const double *initial_lrs, size_t group_count, const double *base_lrs,
                              const double *max_lrs, const tw_cycle *cycle, tw_momentum_range momentum) {
  const tw_lr_schedule_size size = {.structure = sizeof(cyclic), .array = 4 * group_count};
  cyclic *self = (cyclic *)tw_lr_schedule_new(&kind, size, initial_lrs, group_count);
  if (self == NULL) return NULL;
  const size_t bytes = group_count * sizeof(double);
  self->total_size = cycle->step_size_up + cycle->step_size_down;
  self->step_ratio = cycle->step_size_up / self->total_size;
  self->mode = cycle->mode == TW_CYCLE_CUSTOM ? TW_CYCLE_TRIANGULAR : cycle->mode;
  self->scale_mode = cycle->mode == TW_CYCLE_CUSTOM ? cycle->scale_by_iterations : cycle->mode == TW_CYCLE_EXP_RANGE;
  self->gamma = cycle->gamma;
  self->scale = cycle->mode == TW_CYCLE_CUSTOM ? cycle->scale : NULL;
  self->context = cycle->context;
  self->own_base_lrs = self->base.array;
  self->max_lrs = self->own_base_lrs + group_count;
  self->base_momentums = self->max_lrs + group_count;
  self->max_momentums = self->base_momentums + group_count;
  memcpy(self->own_base_lrs, base_lrs, bytes);
  memcpy(self->max_lrs, max_lrs, bytes);
  self->base.cycles_momentum = momentum.base != NULL;
  if (momentum.base != NULL) {
    memcpy(self->base_momentums, momentum.base, bytes);
    memcpy(self->max_momentums, momentum.max, bytes);
  }
  return &self->base;
}

void tw_cyclic_set_base_lrs(tw_lr_schedule *schedule) {
  memcpy(schedule->base_lrs, ((cyclic *)schedule)->own_base_lrs, schedule->group_count * sizeof(double));
}
