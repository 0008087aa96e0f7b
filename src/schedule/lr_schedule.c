#include "schedule/lr_schedule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- making ---- */

/* Divides the memory of a schedule's numbers. */
static void lay_out(twi_lr_schedule *self) {
  const size_t groups = self->group_count;
  double *next = self->numbers;
  self->base_lrs = next;
  next += groups;
  for (size_t row = 0; row < self->size.rows; ++row, next += groups) self->rows[row] = next;
  self->state = next;
  self->state_count = TWI_STATE_OWN + self->size.own + 2 * groups;
  self->own = self->state + TWI_STATE_OWN;
  self->last_lrs = self->own + self->size.own;
  self->last_momentums = self->last_lrs + groups;
  self->saved = self->state + self->state_count;
}

static double *new_array(size_t count) { return calloc(count + 1, sizeof(double)); } /* + 1: never null for none */

static double *new_numbers(twi_lr_schedule_size size, size_t groups) {
  return new_array((1 + size.rows) * groups + 2 * (TWI_STATE_OWN + size.own + 2 * groups));
}

static twi_lr_schedule *new_of(twi_lr_schedule_size size, size_t groups) {
  twi_lr_schedule *self = calloc(1, size.structure);
  if (self == NULL) return NULL;
  self->size = size;
  self->group_count = groups;
  self->array_count = size.array;
  self->child_count = size.children;
  self->numbers = new_numbers(size, groups);
  self->array = new_array(size.array);
  self->children = calloc(size.children + 1, sizeof *self->children);
  if (self->numbers != NULL && self->array != NULL && self->children != NULL) {
    lay_out(self);
    return self;
  }
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
  double *numbers = self->numbers, *array = self->array;
  twi_lr_schedule **children = self->children;
  memcpy(self, schedule, size.structure);
  self->size = size;
  self->numbers = numbers;
  self->array = array;
  self->children = children;
  self->saved_counts = 0;
  self->callback = twi_lr_callback_share(schedule->callback);
  lay_out(self);
  memcpy(numbers, schedule->numbers,
         (size_t)(schedule->saved + schedule->state_count - schedule->numbers) * sizeof *numbers);
  memcpy(array, schedule->array, size.array * sizeof *array);
  return self;
}

void twi_lr_schedule_free(twi_lr_schedule *schedule) {
  if (schedule == NULL) return;
  twi_lr_callback_unshare(schedule->callback);
  free(schedule->numbers);
  free(schedule->array);
  free(schedule->children);
  free(schedule);
}

/* ---- groups that come later ---- */

int twi_lr_schedule_takes_groups(const twi_lr_schedule *schedule) {
  int takes = schedule->kind->takes_groups && !schedule->given_per_group;
  for (size_t i = 0; i < schedule->child_count; ++i) takes &= twi_lr_schedule_takes_groups(schedule->children[i]);
  return takes;
}

/* A row's new place; a group that has come later has what fill gives it. */
static void move_row(double *to, size_t count, const double *from, size_t old_count, const double *fill,
                     size_t stride) {
  memcpy(to, from, old_count * sizeof *to);
  for (size_t group = old_count; group < count; ++group) to[group] = fill[group * stride];
}

static int schedule_grow(twi_lr_schedule *self, const double *lrs, size_t count) {
  const twi_lr_schedule old = *self;
  const size_t groups = old.group_count;
  double *numbers = new_numbers(self->size, count);
  if (numbers == NULL) return 0;
  self->numbers = numbers;
  self->group_count = count;
  lay_out(self);
  move_row(self->base_lrs, count, old.base_lrs, groups, lrs, 1);
  for (size_t row = 0; row < self->size.rows; ++row)
    move_row(self->rows[row], count, old.rows[row], groups, groups > 0 ? old.rows[row] : &(double){0.0}, 0);
  memcpy(self->state, old.state, (TWI_STATE_OWN + self->size.own) * sizeof *lrs);
  move_row(self->last_lrs, count, old.last_lrs, groups, lrs, 1);
  free(old.numbers);
  return 1;
}

tw_status twi_lr_schedule_take_groups(twi_lr_schedule *schedule, const double *lrs, size_t count) {
  if (schedule->group_count < count && !schedule_grow(schedule, lrs, count))
    return twi_fail(TW_ERROR_MEMORY, "out of memory");
  for (size_t i = 0; i < schedule->child_count; ++i) {
    const tw_status status = twi_lr_schedule_take_groups(schedule->children[i], lrs, count);
    if (status != TW_OK) return status;
  }
  return TW_OK;
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

static tw_status check_next(const twi_lr_schedule *schedule) {
  const double epoch = twi_lr_schedule_epoch(schedule);
  if (epoch < (double)TWI_MOST_STEP) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is at epoch %g, the largest", schedule->kind->name, epoch);
}

tw_status twi_lr_schedule_step(twi_lr_schedule *schedule, twi_rates *rates) {
  const twi_lr_schedule_kind *kind = schedule->kind;
  const tw_status status = check_next(schedule);
  if (status != TW_OK) return status;
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

/* PyTorch's _update_lr(epoch). */
static tw_status update(twi_lr_schedule *schedule, twi_rates *rates, double epoch) {
  const twi_lr_schedule_kind *kind = schedule->kind;
  schedule->state[TWI_STATE_EPOCH] = epoch;
  return twi_lr_schedule_remember(
      schedule, rates,
      kind->closed_form != NULL ? kind->closed_form(schedule, rates) : kind->recursive(schedule, rates));
}

tw_status twi_lr_schedule_begin(twi_lr_schedule *schedule, twi_rates *rates, int later) {
  if (schedule->kind->begin != NULL)
    return twi_lr_schedule_remember(schedule, rates, schedule->kind->begin(schedule, rates, later));
  return later ? update(schedule, rates, 0.0) : twi_lr_schedule_initial_step(schedule, rates);
}

tw_status twi_lr_schedule_move(twi_lr_schedule *schedule, double epoch) {
  if (schedule->kind->move != NULL) return schedule->kind->move(schedule, epoch);
  schedule->state[TWI_STATE_EPOCH] = epoch;
  return TW_OK;
}

tw_status twi_lr_schedule_step_at(twi_lr_schedule *schedule, twi_rates *rates, double epoch) {
  if (schedule->kind->step_at == NULL) {
    schedule->state[TWI_STATE_STEP_COUNT] += 1.0;
    return update(schedule, rates, epoch);
  }
  return twi_lr_schedule_remember(schedule, rates, schedule->kind->step_at(schedule, rates, epoch));
}

tw_status twi_lr_schedule_step_metric(twi_lr_schedule *schedule, twi_rates *rates, double metric) {
  const tw_status status = check_next(schedule);
  if (status != TW_OK) return status;
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
