/* OneCycleLR: one rise to the largest rate, then a fall far below the first; momentum the other way. */
#include <math.h>
#include <string.h>

#include "base/check.h"
#include "base/options.h"
#include "schedule/momentum_range.h"

enum { ONE_CYCLE_MAX_LRS, ONE_CYCLE_MIN_LRS, ONE_CYCLE_BASE_MOMENTUMS, ONE_CYCLE_MAX_MOMENTUMS, ONE_CYCLE_ROW_COUNT };

typedef struct one_cycle {
  twi_lr_schedule base; /* base_lrs: PyTorch's initial_lr */
  double total_steps;
  double anneal; /* of anneals */
  twi_phases phases;
} one_cycle;

static const char *const anneals[] = {[TW_ONE_CYCLE_ANNEAL_COS] = "cos", [TW_ONE_CYCLE_ANNEAL_LINEAR] = "linear", NULL};

/* A stretch of the cycle: between which rates and momentums it leads. */
typedef struct phase {
  const double *start_lrs, *end_lrs;
  const double *start_momentums, *end_momentums;
} phase;

static phase phase_at(const one_cycle *self, size_t index) {
  const double *initial = self->base.base_lrs;
  double *const *rows = self->base.rows;
  if (index == 0)
    return (phase){initial, rows[ONE_CYCLE_MAX_LRS], rows[ONE_CYCLE_MAX_MOMENTUMS], rows[ONE_CYCLE_BASE_MOMENTUMS]};
  if (index == 2)
    return (phase){initial, rows[ONE_CYCLE_MIN_LRS], rows[ONE_CYCLE_MAX_MOMENTUMS], rows[ONE_CYCLE_MAX_MOMENTUMS]};
  return (phase){rows[ONE_CYCLE_MAX_LRS], self->phases.count == 3.0 ? initial : rows[ONE_CYCLE_MIN_LRS],
                 rows[ONE_CYCLE_BASE_MOMENTUMS], rows[ONE_CYCLE_MAX_MOMENTUMS]};
}

static double anneal(const one_cycle *self, double start, double end, double share) {
  if (self->anneal != 0.0) return (end - start) * share + start;
  const double cosine = cos(TWI_PI * share) + 1.0;
  return end + (start - end) / 2.0 * cosine;
}

static tw_status one_cycle_rates(twi_lr_schedule *schedule, twi_rates *rates) {
  const one_cycle *self = (const one_cycle *)schedule;
  const double step = twi_lr_schedule_epoch(schedule);
  const double *end_steps = self->phases.end_steps;
  if (step > self->total_steps)
    return twi_fail(TW_ERROR_STATE, "%s has ended: there is no epoch %g", schedule->kind->name, step);
  size_t now = 0;
  while ((double)now + 1.0 < self->phases.count && step > end_steps[now]) ++now;
  const phase in = phase_at(self, now);
  const double start_step = now == 0 ? 0.0 : end_steps[now - 1];
  if (end_steps[now] == start_step)
    return twi_fail(TW_ERROR_RANGE, "%s has no rate at epoch %g: by pct_start its stretch there has no length",
                    schedule->kind->name, step);
  const double share = (step - start_step) / (end_steps[now] - start_step);
  for (size_t group = 0; group < rates->count; ++group) {
    rates->lrs[group] = anneal(self, in.start_lrs[group], in.end_lrs[group], share);
    if (schedule->cycles_momentum)
      rates->momentums[group] = anneal(self, in.start_momentums[group], in.end_momentums[group], share);
  }
  return TW_OK;
}

/* 1.13 saves a method in place of _anneal_func_type. */
static const twi_field one_cycle_fields[] = {
    TWI_ARGUMENT(one_cycle, total_steps, "total_steps", TWI_FIELD_NUMBER, 1.0, DBL_MAX),
    {.name = "_schedule_phases", .type = TWI_FIELD_PHASES, .place = offsetof(one_cycle, phases), TWI_ANY_NUMBER},
    {.name = "_anneal_func_type",
     .type = TWI_FIELD_CHOICE,
     .place = offsetof(one_cycle, anneal),
     .flags = TWI_FIELD_OPTIONAL,
     .choices = anneals},
    {.name = "cycle_momentum", .type = TWI_FIELD_CYCLES_MOMENTUM},
    {.name = "use_beta1", .type = TWI_FIELD_USES_BETAS, .flags = TWI_FIELD_OF_MOMENTUM},
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind one_cycle_kind = {
    .name = "OneCycleLR", .fields = one_cycle_fields, .recursive = one_cycle_rates, .closed_form = one_cycle_rates};

/* ---- options ---- */

static const tw_one_cycle_options one_cycle_defaults = {.struct_size = sizeof one_cycle_defaults,
                                                        .kind = TW_OPTIONS_ONE_CYCLE,
                                                        .cycle_momentum = 1,
                                                        .pct_start = 0.3,
                                                        .anneal_strategy = TW_ONE_CYCLE_ANNEAL_COS,
                                                        .div_factor = 25.0,
                                                        .final_div_factor = 1e4};
static const twi_options_type one_cycle_options_type = {TW_OPTIONS_ONE_CYCLE, sizeof one_cycle_defaults, 0,
                                                        &one_cycle_defaults, "tw_one_cycle_options_init"};

tw_status tw_one_cycle_options_init(tw_one_cycle_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &one_cycle_options_type);
}

static tw_status one_cycle_check(int64_t total_steps, const tw_one_cycle_options *options) {
  tw_status status = twi_check_at_least(total_steps, 1, "total_steps");
  if (status == TW_OK) status = twi_check_within(options->pct_start, 0.0, 1.0, "pct_start");
  if (status == TW_OK) status = twi_check_enum(options->anneal_strategy, TW_ONE_CYCLE_ANNEAL_LINEAR, "anneal_strategy");
  if (status == TW_OK) status = twi_check_positive(options->div_factor, "div_factor");
  if (status == TW_OK) status = twi_check_positive(options->final_div_factor, "final_div_factor");
  return status == TW_OK ? twi_check_bool(options->three_phase, "three_phase") : status;
}

/* ---- the constructor ---- */

static twi_phases phases_of(double total, const tw_one_cycle_options *options) {
  const double rise = options->pct_start * total - 1.0;
  if (!options->three_phase) return (twi_phases){2.0, {rise, total - 1.0}};
  return (twi_phases){3.0, {rise, 2.0 * options->pct_start * total - 2.0, total - 1.0}};
}

/* The rates that follow from the largest. PyTorch makes the first the optimizer's initial ones. */
static tw_status fill_lrs(twi_binding *binding, const tw_one_cycle_options *options) {
  twi_lr_schedule *schedule = binding->schedule;
  for (size_t group = 0; group < schedule->group_count; ++group) {
    schedule->base_lrs[group] = schedule->rows[ONE_CYCLE_MAX_LRS][group] / options->div_factor;
    schedule->rows[ONE_CYCLE_MIN_LRS][group] = schedule->base_lrs[group] / options->final_div_factor;
  }
  tw_status status = twi_bind_note(binding, TWI_INITIAL_LR, schedule->base_lrs);
  if (status == TW_OK) status = twi_bind_note(binding, TWI_MAX_LR, schedule->rows[ONE_CYCLE_MAX_LRS]);
  return status == TW_OK ? twi_bind_note(binding, TWI_MIN_LR, schedule->rows[ONE_CYCLE_MIN_LRS]) : status;
}

static tw_status one_cycle_make(twi_binding *binding, const double *max_lrs, size_t count, int64_t total_steps,
                                const tw_one_cycle_options *options) {
  const twi_lr_schedule_size size = {.structure = sizeof(one_cycle), .rows = ONE_CYCLE_ROW_COUNT};
  const twi_momentum_range momentums = {
      options->cycle_momentum, options->momentum_count, options->base_momentum, options->max_momentum, 0.85, 0.95};
  tw_status status = twi_check_per_group(max_lrs, count, binding->group_count, "max_lrs");
  if (status == TW_OK) status = twi_bind_momentum_range(binding, &momentums);
  if (status == TW_OK) status = twi_bind_make(binding, &one_cycle_kind, size);
  if (status == TW_OK)
    status = twi_spread(binding->schedule->rows[ONE_CYCLE_MAX_LRS], max_lrs, count, binding->group_count, "max_lrs");
  if (status == TW_OK) status = fill_lrs(binding, options);
  if (status == TW_OK)
    status = twi_fill_momentum_range(binding, &momentums, ONE_CYCLE_BASE_MOMENTUMS, ONE_CYCLE_MAX_MOMENTUMS);
  if (status != TW_OK) return status;
  one_cycle *self = (one_cycle *)binding->schedule;
  self->total_steps = (double)total_steps;
  self->anneal = options->anneal_strategy;
  self->phases = phases_of(self->total_steps, options);
  return status;
}

tw_status tw_lr_scheduler_one_cycle(tw_lr_scheduler **out, tw_optimizer *optimizer, const double *max_lrs, size_t count,
                                    int64_t total_steps, const tw_one_cycle_options *options) {
  twi_binding binding;
  tw_one_cycle_options read;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_options_read(&read, options, &one_cycle_options_type);
  if (status == TW_OK) status = one_cycle_check(total_steps, &read);
  if (status == TW_OK) status = one_cycle_make(&binding, max_lrs, count, total_steps, &read);
  return twi_bind_end(&binding, status);
}
