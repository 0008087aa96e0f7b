/* Warmup, stable, decay (WSD), which PyTorch does not have. */
#include <math.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"

typedef struct stable_decay {
  twi_lr_schedule base;
  double warmup_iters, stable_iters, decay_iters;
  double decay; /* a tw_lr_decay */
  double end_factor;
} stable_decay;

static double left_after(double decay, double share) {
  if (decay == TW_LR_DECAY_COSINE) return (1.0 + cos(TWI_PI * share)) / 2.0;
  return decay == TW_LR_DECAY_SQRT ? 1.0 - sqrt(share) : 1.0 - share;
}

static double warmup_stable_decay_factor_at(const stable_decay *self, double epoch) {
  if (epoch < self->warmup_iters) return (epoch + 1.0) / self->warmup_iters;
  const double decayed = epoch - self->warmup_iters - self->stable_iters;
  if (decayed <= 0.0) return 1.0;
  if (decayed >= self->decay_iters) return self->end_factor;
  return self->end_factor + (1.0 - self->end_factor) * left_after(self->decay, decayed / self->decay_iters);
}

static tw_status warmup_stable_decay_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const stable_decay *self = (const stable_decay *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  return twi_follow_factor(rates, schedule->initial ? 1.0 : warmup_stable_decay_factor_at(self, epoch - 1.0),
                           warmup_stable_decay_factor_at(self, epoch));
}

static tw_status warmup_stable_decay_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const stable_decay *self = (const stable_decay *)schedule;
  return twi_multiply_base(schedule, rates, warmup_stable_decay_factor_at(self, twi_lr_schedule_epoch(schedule)));
}

static const char *const decays[] = {
    [TW_LR_DECAY_LINEAR] = "linear", [TW_LR_DECAY_COSINE] = "cosine", [TW_LR_DECAY_SQRT] = "sqrt", NULL};

static tw_status check_decay(tw_lr_decay decay) {
  if ((int)decay >= TW_LR_DECAY_LINEAR && (int)decay <= TW_LR_DECAY_SQRT) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "decay is %d, which is no tw_lr_decay", (int)decay);
}

static const twi_field warmup_stable_decay_fields[] = {
    TWI_ARGUMENT(stable_decay, warmup_iters, "warmup_iters", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_ARGUMENT(stable_decay, stable_iters, "stable_iters", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_ARGUMENT(stable_decay, decay_iters, "decay_iters", TWI_FIELD_NUMBER, 1.0, DBL_MAX),
    {.name = "decay", .type = TWI_FIELD_CHOICE, .place = offsetof(stable_decay, decay), .choices = decays},
    TWI_ARGUMENT(stable_decay, end_factor, "end_factor", TWI_FIELD_FLOAT, 0.0, 1.0),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind warmup_stable_decay_kind = {.name = "WarmupStableDecayLR",
                                                              .fields = warmup_stable_decay_fields,
                                                              .takes_groups = 1,
                                                              .recursive = warmup_stable_decay_recursive,
                                                              .closed_form = warmup_stable_decay_closed_form};

tw_status tw_lr_scheduler_warmup_stable_decay(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t warmup_iters,
                                              int64_t stable_iters, int64_t decay_iters, tw_lr_decay decay,
                                              double end_factor) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_at_least(warmup_iters, 0, "warmup_iters");
  if (status == TW_OK) status = twi_check_at_least(stable_iters, 0, "stable_iters");
  if (status == TW_OK) status = twi_check_at_least(decay_iters, 1, "decay_iters");
  if (status == TW_OK) status = check_decay(decay);
  if (status == TW_OK) status = twi_check_within(end_factor, 0.0, 1.0, "end_factor");
  if (status == TW_OK)
    status =
        twi_bind_make(&binding, &warmup_stable_decay_kind, (twi_lr_schedule_size){.structure = sizeof(stable_decay)});
  if (status == TW_OK) {
    stable_decay *self = (stable_decay *)binding.schedule;
    self->warmup_iters = (double)warmup_iters;
    self->stable_iters = (double)stable_iters;
    self->decay_iters = (double)decay_iters;
    self->decay = decay;
    self->end_factor = end_factor;
  }
  return twi_bind_end(&binding, status);
}
