/* Two schedules that PyTorch does not have: inverse square root, and warmup-stable-decay. */
#include <math.h>

#include "schedule/lr_schedules.h"

static const double pi = 3.14159265358979323846;

/* Sets the rates to factor times the base ones. */
static int32_t from_base(const tw_lr_schedule *schedule, tw_rates *rates, double factor) {
  for (size_t group = 0; group < rates->count; ++group) rates->lrs[group] = schedule->base_lrs[group] * factor;
  return TW_SCHEDULE_OK;
}

/* Goes on from the factor before to the factor now; a rate that has come to 0 stays there. */
static int32_t from_present(tw_rates *rates, double before, double now) {
  if (before == 0.0) return TW_SCHEDULE_OK;
  for (size_t group = 0; group < rates->count; ++group) rates->lrs[group] *= now / before;
  return TW_SCHEDULE_OK;
}

/* ---- inverse square root ---- */

typedef struct inverse_sqrt {
  tw_lr_schedule base;
  double timescale;
} inverse_sqrt;

static double inverse_sqrt_factor(const inverse_sqrt *self, double epoch) {
  return sqrt(self->timescale / (epoch + self->timescale));
}

static int32_t inverse_sqrt_recursive(tw_lr_schedule *schedule, tw_rates *rates) {
  const inverse_sqrt *self = (const inverse_sqrt *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  if (schedule->initial) return TW_SCHEDULE_OK;
  return from_present(rates, inverse_sqrt_factor(self, epoch - 1.0), inverse_sqrt_factor(self, epoch));
}

static int32_t inverse_sqrt_closed(tw_lr_schedule *schedule, tw_rates *rates) {
  return from_base(schedule, rates,
                   inverse_sqrt_factor((const inverse_sqrt *)schedule, tw_lr_schedule_last_epoch(schedule)));
}

static const tw_field inverse_sqrt_fields[] = {
    TW_ARGUMENT(inverse_sqrt, timescale, "timescale", TW_FIELD_NUMBER, 1.0, DBL_MAX),
    TW_BASE_FIELDS,
    {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind inverse_sqrt_kind = {.name = "InverseSqrtLR",
                                                      .fields = inverse_sqrt_fields,
                                                      .recursive = inverse_sqrt_recursive,
                                                      .closed_form = inverse_sqrt_closed};

tw_lr_schedule *tw_inverse_sqrt_new(const double *base_lrs, size_t group_count, int64_t timescale) {
  const tw_lr_schedule_size size = {.structure = sizeof(inverse_sqrt)};
  inverse_sqrt *self = (inverse_sqrt *)tw_lr_schedule_new(&inverse_sqrt_kind, size, base_lrs, group_count);
  if (self == NULL) return NULL;
  self->timescale = (double)timescale;
  return &self->base;
}

/* ---- warmup, stable, decay ---- */

typedef struct stable_decay {
  tw_lr_schedule base;
  double warmup_iters, stable_iters, decay_iters;
  double decay; /* TW_CORE_DECAY_LINEAR, ... */
  double end_factor;
} stable_decay;

static double stable_decay_factor(const stable_decay *self, double epoch) {
  if (epoch < self->warmup_iters) return (epoch + 1.0) / self->warmup_iters;
  const double decayed = epoch - self->warmup_iters - self->stable_iters;
  if (decayed <= 0.0) return 1.0;
  if (decayed >= self->decay_iters) return self->end_factor;
  const double share = decayed / self->decay_iters;
  double left = 1.0 - share;
  if (self->decay == TW_CORE_DECAY_COSINE) left = (1.0 + cos(pi * share)) / 2.0;
  if (self->decay == TW_CORE_DECAY_SQRT) left = 1.0 - sqrt(share);
  return self->end_factor + (1.0 - self->end_factor) * left;
}

static int32_t stable_decay_recursive(tw_lr_schedule *schedule, tw_rates *rates) {
  const stable_decay *self = (const stable_decay *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  const double before = schedule->initial ? 1.0 : stable_decay_factor(self, epoch - 1.0);
  return from_present(rates, before, stable_decay_factor(self, epoch));
}

static int32_t stable_decay_closed(tw_lr_schedule *schedule, tw_rates *rates) {
  const stable_decay *self = (const stable_decay *)schedule;
  return from_base(schedule, rates, stable_decay_factor(self, tw_lr_schedule_last_epoch(schedule)));
}

static const char *const decays[] = {
    [TW_CORE_DECAY_LINEAR] = "linear", [TW_CORE_DECAY_COSINE] = "cosine", [TW_CORE_DECAY_SQRT] = "sqrt", NULL};

static const tw_field stable_decay_fields[] = {
    TW_ARGUMENT(stable_decay, warmup_iters, "warmup_iters", TW_FIELD_NUMBER, 0.0, DBL_MAX),
    TW_ARGUMENT(stable_decay, stable_iters, "stable_iters", TW_FIELD_NUMBER, 0.0, DBL_MAX),
    TW_ARGUMENT(stable_decay, decay_iters, "decay_iters", TW_FIELD_NUMBER, 1.0, DBL_MAX),
    {.name = "decay", .type = TW_FIELD_CHOICE, .place = offsetof(stable_decay, decay), .choices = decays},
    TW_ARGUMENT(stable_decay, end_factor, "end_factor", TW_FIELD_FLOAT, 0.0, 1.0),
    TW_BASE_FIELDS,
    {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind stable_decay_kind = {.name = "WarmupStableDecayLR",
                                                      .fields = stable_decay_fields,
                                                      .recursive = stable_decay_recursive,
                                                      .closed_form = stable_decay_closed};

tw_lr_schedule *tw_warmup_stable_decay_new(const double *base_lrs, size_t group_count, const tw_stable_decay *shape) {
  const tw_lr_schedule_size size = {.structure = sizeof(stable_decay)};
  stable_decay *self = (stable_decay *)tw_lr_schedule_new(&stable_decay_kind, size, base_lrs, group_count);
  if (self == NULL) return NULL;
  self->warmup_iters = (double)shape->warmup_iters;
  self->stable_iters = (double)shape->stable_iters;
  self->decay_iters = (double)shape->decay_iters;
  self->decay = shape->decay;
  self->end_factor = shape->end_factor;
  return &self->base;
}
