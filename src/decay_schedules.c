/* Two schedules that PyTorch does not have: inverse square root, and warmup-stable-decay. */
#include <math.h>

#include "lr_schedules.h"

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

static const tw_lr_schedule_kind inverse_sqrt_kind = {
    .name = "InverseSqrtLR", .recursive = inverse_sqrt_recursive, .closed_form = inverse_sqrt_closed};

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
  tw_stable_decay shape;
} stable_decay;

static double stable_decay_factor(const tw_stable_decay *shape, double epoch) {
  if (epoch < (double)shape->warmup_iters) return (epoch + 1.0) / (double)shape->warmup_iters;
  const double decayed = epoch - (double)shape->warmup_iters - (double)shape->stable_iters;
  if (decayed <= 0.0) return 1.0;
  if (decayed >= (double)shape->decay_iters) return shape->end_factor;
  const double share = decayed / (double)shape->decay_iters;
  double left = 1.0 - share;
  if (shape->decay == TW_CORE_DECAY_COSINE) left = (1.0 + cos(pi * share)) / 2.0;
  if (shape->decay == TW_CORE_DECAY_SQRT) left = 1.0 - sqrt(share);
  return shape->end_factor + (1.0 - shape->end_factor) * left;
}

static int32_t stable_decay_recursive(tw_lr_schedule *schedule, tw_rates *rates) {
  const stable_decay *self = (const stable_decay *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  const double before = schedule->initial ? 1.0 : stable_decay_factor(&self->shape, epoch - 1.0);
  return from_present(rates, before, stable_decay_factor(&self->shape, epoch));
}

static int32_t stable_decay_closed(tw_lr_schedule *schedule, tw_rates *rates) {
  const stable_decay *self = (const stable_decay *)schedule;
  return from_base(schedule, rates, stable_decay_factor(&self->shape, tw_lr_schedule_last_epoch(schedule)));
}

static const tw_lr_schedule_kind stable_decay_kind = {
    .name = "WarmupStableDecayLR", .recursive = stable_decay_recursive, .closed_form = stable_decay_closed};

tw_lr_schedule *tw_warmup_stable_decay_new(const double *base_lrs, size_t group_count, const tw_stable_decay *shape) {
  const tw_lr_schedule_size size = {.structure = sizeof(stable_decay)};
  stable_decay *self = (stable_decay *)tw_lr_schedule_new(&stable_decay_kind, size, base_lrs, group_count);
  if (self == NULL) return NULL;
  self->shape = *shape;
  return &self->base;
}
