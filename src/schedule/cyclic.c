/* CyclicLR: rates that rise from base to max and fall back, cycle after cycle; momentum the other way. */
#include <math.h>
#include <string.h>

#include "base/check.h"
#include "base/options.h"
#include "schedule/momentum_range.h"

enum { CYCLIC_OWN_BASE_LRS, CYCLIC_MAX_LRS, CYCLIC_BASE_MOMENTUMS, CYCLIC_MAX_MOMENTUMS, CYCLIC_ROW_COUNT };

typedef struct cyclic {
  twi_lr_schedule base;
  double total_size, step_ratio; /* a cycle's length, and the share of it in which the rate rises */
  double mode;                   /* of modes; not looked at where there is a callback */
  double scale_mode;             /* of scale_modes: what the function is given */
  double gamma;
} cyclic;

static const char *const cyclic_modes[] = {[TW_CYCLIC_TRIANGULAR] = "triangular",
                                           [TW_CYCLIC_TRIANGULAR2] = "triangular2",
                                           [TW_CYCLIC_EXP_RANGE] = "exp_range",
                                           NULL};
static const char *const scale_modes[] = {
    [TW_CYCLIC_SCALE_CYCLE] = "cycle", [TW_CYCLIC_SCALE_ITERATIONS] = "iterations", NULL};

static tw_status scale(const cyclic *self, double *out, double cycle, double epoch) {
  if (self->base.callback != NULL)
    return twi_lr_callback_call(out, self->base.callback, "CyclicLR's scale_fn",
                                self->scale_mode != 0.0 ? epoch : cycle, 0);
  *out = 1.0;
  if (self->mode == TW_CYCLIC_TRIANGULAR2) *out = 1.0 / pow(2.0, cycle - 1.0);
  if (self->mode == TW_CYCLIC_EXP_RANGE) *out = pow(self->gamma, epoch);
  return TW_OK;
}

static tw_status cyclic_rates(twi_lr_schedule *schedule, twi_rates *rates) {
  const cyclic *self = (const cyclic *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  const double total = self->total_size, ratio = self->step_ratio;
  const double cycle = floor(1.0 + epoch / total);
  const double x = 1.0 + epoch / total - cycle;
  const double height = x <= ratio ? x / ratio : (x - 1.0) / (ratio - 1.0);
  double scaled = 1.0;
  const tw_status status = scale(self, &scaled, cycle, epoch);
  if (status != TW_OK) return status;
  for (size_t group = 0; group < rates->count; ++group) {
    const double low = schedule->base_lrs[group];
    rates->lrs[group] = low + (schedule->rows[CYCLIC_MAX_LRS][group] - low) * height * scaled;
    if (!schedule->cycles_momentum) continue;
    const double high = schedule->rows[CYCLIC_MAX_MOMENTUMS][group];
    rates->momentums[group] = high - (high - schedule->rows[CYCLIC_BASE_MOMENTUMS][group]) * height * scaled;
  }
  return TW_OK;
}

static const twi_field cyclic_fields[] = {
    TWI_ROW_FIELD(CYCLIC_MAX_LRS, "max_lrs", -DBL_MAX, DBL_MAX, 0),
    TWI_ARGUMENT(cyclic, total_size, "total_size", TWI_FIELD_FLOAT, DBL_MIN, DBL_MAX),
    TWI_ARGUMENT(cyclic, step_ratio, "step_ratio", TWI_FIELD_FLOAT, DBL_MIN, 1.0),
    {.name = "mode", .type = TWI_FIELD_CHOICE, .place = offsetof(cyclic, mode), .choices = cyclic_modes},
    TWI_ARGUMENT(cyclic, gamma, "gamma", TWI_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    {.name = "scale_mode", .type = TWI_FIELD_CHOICE, .place = offsetof(cyclic, scale_mode), .choices = scale_modes},
    {.name = "cycle_momentum", .type = TWI_FIELD_CYCLES_MOMENTUM},
    {.name = "use_beta1", .type = TWI_FIELD_USES_BETAS, .flags = TWI_FIELD_OF_MOMENTUM},
    TWI_ROW_FIELD(CYCLIC_BASE_MOMENTUMS, "base_momentums", -DBL_MAX, DBL_MAX, TWI_FIELD_OF_MOMENTUM),
    TWI_ROW_FIELD(CYCLIC_MAX_MOMENTUMS, "max_momentums", -DBL_MAX, DBL_MAX, TWI_FIELD_OF_MOMENTUM),
    TWI_BASE_FIELDS,
    {.name = "_scale_fn_custom", .type = TWI_FIELD_NONE},
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind cyclic_kind = {
    .name = "CyclicLR", .fields = cyclic_fields, .recursive = cyclic_rates, .closed_form = cyclic_rates};

/* During the initial step PyTorch has the optimizer's base rates, after it the schedule's own. */
static void set_base_lrs(twi_lr_schedule *schedule) {
  memcpy(schedule->base_lrs, schedule->rows[CYCLIC_OWN_BASE_LRS], schedule->group_count * sizeof(double));
}

/* ---- options ---- */

static const tw_cyclic_options cyclic_defaults = {.struct_size = sizeof cyclic_defaults,
                                                  .kind = TW_OPTIONS_CYCLIC,
                                                  .cycle_momentum = 1,
                                                  .step_size_up = 2000.0,
                                                  .step_size_down = -1.0,
                                                  .mode = TW_CYCLIC_TRIANGULAR,
                                                  .scale_mode = TW_CYCLIC_SCALE_CYCLE,
                                                  .gamma = 1.0};
static const twi_options_type cyclic_options_type = {TW_OPTIONS_CYCLIC, sizeof cyclic_defaults, 0, &cyclic_defaults,
                                                     "tw_cyclic_options_init"};

tw_status tw_cyclic_options_init(tw_cyclic_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &cyclic_options_type);
}

static twi_momentum_range momentums_of(const tw_cyclic_options *options) {
  return (twi_momentum_range){
      options->cycle_momentum, options->momentum_count, options->base_momentum, options->max_momentum, 0.8, 0.9};
}

static tw_status cyclic_check(const tw_cyclic_options *options) {
  tw_status status = twi_check_positive(options->step_size_up, "step_size_up");
  if (status == TW_OK && options->step_size_down != -1.0)
    status = twi_check_not_negative(options->step_size_down, "step_size_down");
  if (status == TW_OK) status = twi_check_enum(options->mode, TW_CYCLIC_CUSTOM, "mode");
  if (status == TW_OK && options->mode == TW_CYCLIC_CUSTOM && options->scale_fn == NULL)
    status = twi_fail(TW_ERROR_ARGUMENT, "mode is TW_CYCLIC_CUSTOM, but scale_fn is NULL");
  if (status == TW_OK) status = twi_check_finite(options->gamma, "gamma");
  return status == TW_OK ? twi_check_enum(options->scale_mode, TW_CYCLIC_SCALE_ITERATIONS, "scale_mode") : status;
}

/* ---- the constructor ---- */

static void cyclic_fill(cyclic *self, const tw_cyclic_options *options) {
  const double up = options->step_size_up;
  const double down = options->step_size_down < 0.0 ? up : options->step_size_down;
  const int custom = options->mode == TW_CYCLIC_CUSTOM;
  self->total_size = up + down;
  self->step_ratio = up / self->total_size;
  self->mode = custom ? TW_CYCLIC_TRIANGULAR : options->mode;
  self->scale_mode = custom ? options->scale_mode : options->mode == TW_CYCLIC_EXP_RANGE;
  self->gamma = options->gamma;
}

/* The schedule with all its numbers, from checked options. PyTorch sets the base rates first, so they are the initial ones
   of groups that had none. */
static tw_status cyclic_make(twi_binding *binding, const double *base_lrs, size_t count, const double *max_lrs,
                             const tw_cyclic_options *options) {
  const twi_lr_schedule_size size = {.structure = sizeof(cyclic), .rows = CYCLIC_ROW_COUNT};
  const twi_momentum_range momentums = momentums_of(options);
  const size_t groups = binding->group_count;
  tw_status status = twi_spread(binding->rates.lrs, base_lrs, count, groups, "base_lrs");
  if (status == TW_OK) status = twi_check_per_group(max_lrs, count, groups, "max_lrs");
  if (status == TW_OK) status = twi_bind_momentum_range(binding, &momentums);
  if (status == TW_OK) status = twi_bind_make(binding, &cyclic_kind, size);
  if (status == TW_OK) status = twi_spread(binding->schedule->rows[CYCLIC_MAX_LRS], max_lrs, count, groups, "max_lrs");
  if (status == TW_OK)
    status = twi_fill_momentum_range(binding, &momentums, CYCLIC_BASE_MOMENTUMS, CYCLIC_MAX_MOMENTUMS);
  if (status != TW_OK) return status;
  memcpy(binding->schedule->rows[CYCLIC_OWN_BASE_LRS], binding->rates.lrs, groups * sizeof(double));
  cyclic_fill((cyclic *)binding->schedule, options);
  binding->started = set_base_lrs;
  return status;
}

tw_status tw_lr_scheduler_cyclic(tw_lr_scheduler **out, tw_optimizer *optimizer, const double *base_lrs, size_t count,
                                 const double *max_lrs, const tw_cyclic_options *options) {
  twi_binding binding;
  tw_cyclic_options read;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  const tw_status well_formed = twi_options_read(&read, options, &cyclic_options_type);
  if (status == TW_OK) status = well_formed;
  if (status == TW_OK) status = cyclic_check(&read);
  if (well_formed == TW_OK)
    status = twi_bind_callback(&binding, status, read.scale_fn, read.scale_context, read.scale_release, NULL);
  /* A function that no mode asks for is none of the schedule's; the end lets it go. */
  twi_lr_callback *unneeded = NULL;
  if (status == TW_OK && read.mode != TW_CYCLIC_CUSTOM) {
    unneeded = binding.callback;
    binding.callback = NULL;
  }
  if (status == TW_OK) status = cyclic_make(&binding, base_lrs, count, max_lrs, &read);
  if (unneeded != NULL) binding.callback = unneeded;
  return twi_bind_end(&binding, status);
}
