/* ReduceLROnPlateau: the rate falls when a metric has stopped getting better. */
#include <math.h>
#include <string.h>

#include "base/check.h"
#include "base/options.h"
#include "schedule/lr_scheduler.h"

enum { PLATEAU_MIN_LRS, PLATEAU_ROW_COUNT };

typedef struct plateau {
  twi_lr_schedule base;
  double mode, threshold_mode; /* of modes and threshold_modes */
  double factor, patience, threshold, cooldown, eps;
  double worst; /* what any metric is better than */
} plateau;

static const char *const plateau_modes[] = {[TW_PLATEAU_MIN] = "min", [TW_PLATEAU_MAX] = "max", NULL};
static const char *const threshold_modes[] = {
    [TW_PLATEAU_THRESHOLD_REL] = "rel", [TW_PLATEAU_THRESHOLD_ABS] = "abs", NULL};

enum { BEST, COOLDOWN_COUNTER, NUM_BAD_EPOCHS, PLATEAU_OWN_COUNT };

static int is_better(const plateau *self, double metric, double best) {
  const int absolute = self->threshold_mode != 0.0;
  if (self->mode != 0.0) return metric > (absolute ? best + self->threshold : best * (self->threshold + 1.0));
  return metric < (absolute ? best - self->threshold : best * (1.0 - self->threshold));
}

static void reduce(const plateau *self, twi_rates *rates) {
  for (size_t group = 0; group < rates->count; ++group) {
    const double old_lr = rates->lrs[group];
    const double reduced = old_lr * self->factor;
    const double least = self->base.rows[PLATEAU_MIN_LRS][group];
    const double new_lr = least > reduced ? least : reduced;
    if (old_lr - new_lr > self->eps) rates->lrs[group] = new_lr;
  }
}

static tw_status step_metric(twi_lr_schedule *schedule, twi_rates *rates, double metric) {
  const plateau *self = (const plateau *)schedule;
  double *own = schedule->own;
  schedule->state[TWI_STATE_EPOCH] += 1.0;
  if (is_better(self, metric, own[BEST])) {
    own[BEST] = metric;
    own[NUM_BAD_EPOCHS] = 0.0;
  } else {
    own[NUM_BAD_EPOCHS] += 1.0;
  }
  if (own[COOLDOWN_COUNTER] > 0.0) {
    own[COOLDOWN_COUNTER] -= 1.0;
    own[NUM_BAD_EPOCHS] = 0.0; /* bad epochs in cooldown do not count */
  }
  if (own[NUM_BAD_EPOCHS] > self->patience) {
    reduce(self, rates);
    own[COOLDOWN_COUNTER] = self->cooldown;
    own[NUM_BAD_EPOCHS] = 0.0;
  }
  return TW_OK;
}

/* Numbers of its own state; the best metric may be infinite. */
#define COUNTER(name_, index)                                                                                 \
  {                                                                                                           \
    .name = (name_), .type = TWI_FIELD_NUMBER, .place = TWI_STATE_OWN + (index), .flags = TWI_FIELD_IN_STATE, \
    TWI_ANY_COUNT                                                                                             \
  }
#define UNBOUNDED .least = -INFINITY, .most = INFINITY

/* Before the first step 1.13 writes no _last_lr, and it knows no default_min_lr. */
static const twi_field plateau_fields[] = {
    TWI_ARGUMENT(plateau, factor, "factor", TWI_FIELD_FLOAT, 0.0, 1.0),
    {.name = "default_min_lr", .type = TWI_FIELD_COMMON, .place = TWI_ROW(PLATEAU_MIN_LRS)},
    TWI_ROW_FIELD(PLATEAU_MIN_LRS, "min_lrs", -DBL_MAX, DBL_MAX, 0),
    TWI_ARGUMENT(plateau, patience, "patience", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_ARGUMENT(plateau, cooldown, "cooldown", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_ARGUMENT(plateau, eps, "eps", TWI_FIELD_FLOAT, 0.0, DBL_MAX),
    TWI_LAST_EPOCH_FIELD,
    {.name = "_last_lr",
     .type = TWI_FIELD_FLOATS,
     .place = offsetof(twi_lr_schedule, last_lrs),
     .flags = TWI_FIELD_OPTIONAL,
     TWI_ANY_NUMBER},
    {.name = "mode_worse",
     .type = TWI_FIELD_FLOAT,
     .place = offsetof(plateau, worst),
     .flags = TWI_FIELD_OPTIONAL,
     UNBOUNDED},
    {.name = "mode", .type = TWI_FIELD_CHOICE, .place = offsetof(plateau, mode), .choices = plateau_modes},
    TWI_ARGUMENT(plateau, threshold, "threshold", TWI_FIELD_FLOAT, 0.0, DBL_MAX),
    {.name = "threshold_mode",
     .type = TWI_FIELD_CHOICE,
     .place = offsetof(plateau, threshold_mode),
     .choices = threshold_modes},
    {.name = "best", .type = TWI_FIELD_FLOAT, .place = TWI_STATE_OWN + BEST, .flags = TWI_FIELD_IN_STATE, UNBOUNDED},
    COUNTER("cooldown_counter", COOLDOWN_COUNTER),
    COUNTER("num_bad_epochs", NUM_BAD_EPOCHS),
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind plateau_kind = {
    .name = "ReduceLROnPlateau", .fields = plateau_fields, .takes_groups = 1, .step_metric = step_metric};

/* ---- options ---- */

static const tw_reduce_on_plateau_options plateau_defaults = {.struct_size = sizeof plateau_defaults,
                                                              .kind = TW_OPTIONS_REDUCE_ON_PLATEAU,
                                                              .mode = TW_PLATEAU_MIN,
                                                              .threshold_mode = TW_PLATEAU_THRESHOLD_REL,
                                                              .factor = 0.1,
                                                              .patience = 10,
                                                              .threshold = 1e-4,
                                                              .eps = 1e-8};
static const twi_options_type plateau_options_type = {TW_OPTIONS_REDUCE_ON_PLATEAU, sizeof plateau_defaults,
                                                      offsetof(tw_reduce_on_plateau_options, reserved),
                                                      &plateau_defaults, "tw_reduce_on_plateau_options_init"};

tw_status tw_reduce_on_plateau_options_init(tw_reduce_on_plateau_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &plateau_options_type);
}

static tw_status plateau_check(const tw_reduce_on_plateau_options *options) {
  tw_status status = twi_check_below_one(options->factor, "factor");
  if (status == TW_OK) status = twi_check_enum(options->mode, TW_PLATEAU_MAX, "mode");
  if (status == TW_OK) status = twi_check_at_least(options->patience, 0, "patience");
  if (status == TW_OK) status = twi_check_not_negative(options->threshold, "threshold");
  if (status == TW_OK) status = twi_check_enum(options->threshold_mode, TW_PLATEAU_THRESHOLD_ABS, "threshold_mode");
  if (status == TW_OK) status = twi_check_at_least(options->cooldown, 0, "cooldown");
  return status == TW_OK ? twi_check_not_negative(options->eps, "eps") : status;
}

/* ---- the constructor ---- */

static void plateau_fill(plateau *self, const tw_reduce_on_plateau_options *options) {
  self->mode = options->mode;
  self->threshold_mode = options->threshold_mode;
  self->factor = options->factor;
  self->patience = (double)options->patience;
  self->threshold = options->threshold;
  self->cooldown = (double)options->cooldown;
  self->eps = options->eps;
  self->worst = options->mode == TW_PLATEAU_MAX ? -INFINITY : INFINITY;
  self->base.own[BEST] = self->worst;
}

static tw_status plateau_make(twi_binding *binding, const tw_reduce_on_plateau_options *options) {
  const twi_lr_schedule_size size = {.structure = sizeof(plateau), .own = PLATEAU_OWN_COUNT, .rows = PLATEAU_ROW_COUNT};
  const double *present = binding->present.lrs;
  tw_status status = twi_bind_make(binding, &plateau_kind, size);
  if (status == TW_OK && options->min_lr_count != 0)
    status = twi_spread(binding->schedule->rows[PLATEAU_MIN_LRS], options->min_lr, options->min_lr_count,
                        binding->group_count, "min_lr");
  if (status != TW_OK) return status;
  plateau_fill((plateau *)binding->schedule, options);
  binding->schedule->given_per_group = options->min_lr_count > 1;
  /* It knows no initial rates, and waits for the first metric. */
  memcpy(binding->schedule->base_lrs, present, binding->group_count * sizeof *present);
  memcpy(binding->schedule->last_lrs, present, binding->group_count * sizeof *present);
  binding->schedule->state[TWI_STATE_EPOCH] = 0.0;
  binding->start = NULL;
  return status;
}

tw_status tw_lr_scheduler_reduce_on_plateau(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                            const tw_reduce_on_plateau_options *options) {
  twi_binding binding;
  tw_reduce_on_plateau_options read;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_options_read(&read, options, &plateau_options_type);
  if (status == TW_OK) status = plateau_check(&read);
  if (status == TW_OK) status = plateau_make(&binding, &read);
  return twi_bind_end(&binding, status);
}
