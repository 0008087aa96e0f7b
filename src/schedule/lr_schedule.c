#include "schedule/lr_schedule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- making ---- */

static size_t in_doubles(size_t size) { return (size + sizeof(double) - 1) / sizeof(double); }

/* Divides the memory behind a kind's structure. */
static void lay_out(twi_lr_schedule *self) {
  const size_t groups = self->group_count;
  double *next = (double *)(void *)self + in_doubles(self->size.structure);
  self->base_lrs = next;
  next += groups;
  for (size_t row = 0; row < self->size.rows; ++row, next += groups) self->rows[row] = next;
  self->state = next;
  self->own = self->state + TWI_STATE_OWN;
  self->last_lrs = self->own + self->size.own;
  self->last_momentums = self->last_lrs + groups;
  self->saved = self->state + self->state_count;
}

static double *new_array(size_t count) { return calloc(count + 1, sizeof(double)); } /* + 1: never null for none */

static twi_lr_schedule *new_of(twi_lr_schedule_size size, size_t groups) {
  const size_t state_count = TWI_STATE_OWN + size.own + 2 * groups;
  double *block = calloc(in_doubles(size.structure) + (1 + size.rows) * groups + 2 * state_count, sizeof(double));
  twi_lr_schedule *self = (twi_lr_schedule *)(void *)block;
  if (self == NULL) return NULL;
  self->size = size;
  self->group_count = groups;
  self->state_count = state_count;
  self->array_count = size.array;
  self->child_count = size.children;
  self->array = new_array(size.array);
  self->children = calloc(size.children + 1, sizeof *self->children);
  lay_out(self);
  if (self->array != NULL && self->children != NULL) return self;
  twi_lr_schedule_free(self);
  return NULL;
}

twi_lr_schedule *twi_lr_schedule_new(const twi_lr_schedule_kind *kind, twi_lr_schedule_size size,
                                     const double *base_lrs, size_t group_count) {
  twi_lr_schedule *self = new_of(size, group_count);
  if (self == NULL) return NULL;
  self->kind = kind;
  if (group_count > 0) memcpy(self->base_lrs, base_lrs, group_count * sizeof *base_lrs);
  self->state[TWI_STATE_EPOCH] = -1.0;
  return self;
}

twi_lr_schedule *twi_lr_schedule_copy(const twi_lr_schedule *schedule) {
  twi_lr_schedule_size size = schedule->size;
  size.array = schedule->array_count; /* a state that was loaded may have changed it */
  twi_lr_schedule *self = new_of(size, schedule->group_count);
  if (self == NULL) return NULL;
  double *array = self->array;
  twi_lr_schedule **children = self->children;
  const char *end = (const char *)(schedule->saved + schedule->state_count);
  memcpy(self, schedule, (size_t)(end - (const char *)schedule));
  self->size = size;
  self->array = array;
  self->children = children;
  self->saved_counts = 0;
  self->callback = twi_lr_callback_share(schedule->callback);
  lay_out(self);
  memcpy(self->array, schedule->array, size.array * sizeof *array);
  return self;
}

void twi_lr_schedule_free(twi_lr_schedule *schedule) {
  if (schedule == NULL) return;
  twi_lr_callback_unshare(schedule->callback);
  free(schedule->array);
  free(schedule->children);
  free(schedule);
}

/* ---- steps ---- */

int twi_lr_schedule_has_closed_form(const twi_lr_schedule *schedule) {
  return schedule->kind->closed_form != NULL || schedule->kind->step_at != NULL;
}

tw_status twi_lr_schedule_remember(twi_lr_schedule *schedule, const twi_rates *rates, tw_status status) {
  const size_t bytes = schedule->group_count * sizeof(double);
  if (status != TW_OK) return status;
  memcpy(schedule->last_lrs, rates->lrs, bytes);
  if (schedule->cycles_momentum) memcpy(schedule->last_momentums, rates->momentums, bytes);
  return status;
}

tw_status twi_lr_schedule_step(twi_lr_schedule *schedule, twi_rates *rates) {
  const twi_lr_schedule_kind *kind = schedule->kind;
  if (kind->step != NULL) return twi_lr_schedule_remember(schedule, rates, kind->step(schedule, rates));
  schedule->state[TWI_STATE_EPOCH] += 1.0;
  schedule->state[TWI_STATE_STEP_COUNT] += 1.0;
  return twi_lr_schedule_remember(schedule, rates, kind->recursive(schedule, rates));
}

tw_status twi_lr_schedule_initial_step(twi_lr_schedule *schedule, twi_rates *rates) {
  schedule->initial = 1;
  schedule->state[TWI_STATE_STEP_COUNT] = 0.0;
  const tw_status status = twi_lr_schedule_step(schedule, rates);
  schedule->initial = 0;
  return status;
}

tw_status twi_lr_schedule_update(twi_lr_schedule *schedule, twi_rates *rates, double epoch) {
  const twi_lr_schedule_kind *kind = schedule->kind;
  schedule->state[TWI_STATE_EPOCH] = epoch;
  return twi_lr_schedule_remember(
      schedule, rates,
      kind->closed_form != NULL ? kind->closed_form(schedule, rates) : kind->recursive(schedule, rates));
}

tw_status twi_lr_schedule_step_at(twi_lr_schedule *schedule, twi_rates *rates, double epoch) {
  if (schedule->kind->step_at == NULL) {
    schedule->state[TWI_STATE_STEP_COUNT] += 1.0;
    return twi_lr_schedule_update(schedule, rates, epoch);
  }
  return twi_lr_schedule_remember(schedule, rates, schedule->kind->step_at(schedule, rates, epoch));
}

tw_status twi_lr_schedule_step_metric(twi_lr_schedule *schedule, twi_rates *rates, double metric) {
  return twi_lr_schedule_remember(schedule, rates, schedule->kind->step_metric(schedule, rates, metric));
}

tw_status twi_lr_schedule_find_momentums(twi_lr_schedule *schedule, twi_rates *rates) {
  const size_t bytes = schedule->group_count * sizeof(double);
  tw_status status = TW_OK;
  if (!schedule->cycles_momentum) return status;
  if (schedule->kind->begun == NULL) {
    /* A kind that cycles momentum has a closed form. One that a sequence has passed over has made no step. */
    if (twi_lr_schedule_epoch(schedule) >= 0.0) status = schedule->kind->closed_form(schedule, rates);
  } else {
    const size_t begun = schedule->kind->begun(schedule);
    for (size_t i = 0; i < begun && status == TW_OK; ++i)
      status = twi_lr_schedule_find_momentums(schedule->children[i], rates);
  }
  if (status == TW_OK) memcpy(schedule->last_momentums, rates->momentums, bytes);
  return status;
}

/* ---- taking a step back ---- */

void twi_lr_schedule_save(twi_lr_schedule *schedule) {
  memcpy(schedule->saved, schedule->state, schedule->state_count * sizeof *schedule->state);
  schedule->saved_counts = 1;
  for (size_t i = 0; i < schedule->child_count; ++i) twi_lr_schedule_save(schedule->children[i]);
}

void twi_lr_schedule_keep(twi_lr_schedule *schedule) {
  schedule->saved_counts = 0;
  for (size_t i = 0; i < schedule->child_count; ++i) twi_lr_schedule_keep(schedule->children[i]);
}

void twi_lr_schedule_restore(twi_lr_schedule *schedule) {
  memcpy(schedule->state, schedule->saved, schedule->state_count * sizeof *schedule->state);
  schedule->saved_counts = 0;
  for (size_t i = 0; i < schedule->child_count; ++i) twi_lr_schedule_restore(schedule->children[i]);
}

/* ---- for kinds ---- */

tw_status twi_multiply(twi_rates *rates, double factor) {
  for (size_t group = 0; group < rates->count; ++group) rates->lrs[group] *= factor;
  return TW_OK;
}

tw_status twi_multiply_base(const twi_lr_schedule *schedule, twi_rates *rates, double factor) {
  for (size_t group = 0; group < rates->count; ++group) rates->lrs[group] = schedule->base_lrs[group] * factor;
  return TW_OK;
}

tw_status twi_follow_cosine(const twi_lr_schedule *schedule, twi_rates *rates, double eta_min, double angle) {
  const double height = 1.0 + cos(angle);
  for (size_t group = 0; group < rates->count; ++group)
    rates->lrs[group] = eta_min + (schedule->base_lrs[group] - eta_min) * height / 2.0;
  return TW_OK;
}

tw_status twi_follow_factor(twi_rates *rates, double before, double now) {
  return before == 0.0 ? TW_OK : twi_multiply(rates, now / before);
}
