/* SequentialLR, one schedule after another, and ChainedScheduler, several at once. */
#include <stdlib.h>
#include <string.h>

#include "schedule/lr_schedules.h"

static tw_lr_schedule *make(const tw_lr_schedule_kind *kind, tw_lr_schedule_size size, const double *lrs,
                            size_t group_count, tw_lr_schedule *const *children, size_t child_count) {
  tw_lr_schedule *self = tw_lr_schedule_new(kind, size, lrs, group_count);
  tw_lr_schedule **copy = malloc(child_count * sizeof *copy);
  if (self == NULL || copy == NULL) {
    free(copy);
    tw_lr_schedule_free(self);
    return NULL;
  }
  memcpy(copy, children, child_count * sizeof *copy);
  self->children = copy;
  self->child_count = child_count;
  for (size_t i = 0; i < child_count; ++i) self->cycles_momentum |= children[i]->cycles_momentum;
  return self;
}

/* ---- SequentialLR: array is the milestones ---- */

/* Which child is on at an epoch: as many milestones as are not after it. */
static size_t child_at(const tw_lr_schedule *schedule, double epoch) {
  size_t child = 0;
  while (child + 1 < schedule->child_count && schedule->array[child] <= epoch) ++child;
  return child;
}

static int32_t sequential_step(tw_lr_schedule *schedule, tw_rates *rates) {
  const double epoch = schedule->state[TW_STATE_EPOCH] += 1.0;
  const size_t child = child_at(schedule, epoch);
  if (child > 0 && schedule->array[child - 1] == epoch)
    return tw_lr_schedule_update(schedule->children[child], rates, 0.0);
  return tw_lr_schedule_step(schedule->children[child], rates);
}

static size_t sequential_begun(const tw_lr_schedule *schedule) {
  return child_at(schedule, tw_lr_schedule_last_epoch(schedule)) + 1;
}

static const tw_field sequential_fields[] = {{.name = "_milestones", .type = TW_FIELD_MILESTONES, TW_ANY_NUMBER},
                                             TW_LAST_EPOCH_FIELD,
                                             TW_LAST_LR_FIELD,
                                             {.name = "_schedulers", .type = TW_FIELD_CHILDREN},
                                             {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind sequential_kind = {
    .name = "SequentialLR", .fields = sequential_fields, .step = sequential_step, .begun = sequential_begun};

tw_lr_schedule *tw_sequential_new(const double *initial_lrs, size_t group_count, tw_lr_schedule *const *children,
                                  size_t child_count, const int64_t *milestones) {
  const tw_lr_schedule_size size = {.structure = sizeof(tw_lr_schedule), .array = child_count - 1};
  tw_lr_schedule *self = make(&sequential_kind, size, initial_lrs, group_count, children, child_count);
  if (self == NULL) return NULL;
  for (size_t i = 0; i + 1 < child_count; ++i) self->array[i] = (double)milestones[i];
  return self;
}

/* The schedules that children are made of are one epoch back, as before their own initial step. */
static void undo_initial_step(tw_lr_schedule *schedule) {
  for (size_t i = 0; i < schedule->child_count; ++i) undo_initial_step(schedule->children[i]);
  if (schedule->child_count == 0) schedule->state[TW_STATE_EPOCH] -= 1.0;
}

int32_t tw_sequential_start(tw_lr_schedule *schedule, tw_rates *rates) {
  memcpy(rates->lrs, schedule->base_lrs, schedule->group_count * sizeof *rates->lrs);
  schedule->state[TW_STATE_EPOCH] = 0.0;
  undo_initial_step(schedule);
  return tw_lr_schedule_remember(schedule, rates,
                                 tw_lr_schedule_initial_step(schedule->children[child_at(schedule, 0.0)], rates));
}

/* ---- ChainedScheduler ---- */

static int32_t chained_step(tw_lr_schedule *schedule, tw_rates *rates) {
  schedule->state[TW_STATE_EPOCH] += 1.0;
  for (size_t i = 0; i < schedule->child_count; ++i) {
    const int32_t status = tw_lr_schedule_step(schedule->children[i], rates);
    if (status != TW_SCHEDULE_OK) return status;
  }
  return TW_SCHEDULE_OK;
}

static size_t chained_begun(const tw_lr_schedule *schedule) { return schedule->child_count; }

static const tw_field chained_fields[] = {TW_LAST_LR_FIELD,
                                          {.name = "_schedulers", .type = TW_FIELD_CHILDREN},
                                          {.name = "_milestones", .type = TW_FIELD_FOREIGN},
                                          {.type = TW_FIELD_END}};

static const tw_lr_schedule_kind chained_kind = {
    .name = "ChainedScheduler", .fields = chained_fields, .step = chained_step, .begun = chained_begun};

tw_lr_schedule *tw_chained_new(const double *lrs, size_t group_count, tw_lr_schedule *const *children,
                               size_t child_count) {
  const tw_lr_schedule_size size = {.structure = sizeof(tw_lr_schedule)};
  tw_lr_schedule *self = make(&chained_kind, size, lrs, group_count, children, child_count);
  if (self == NULL) return NULL;
  memcpy(self->last_lrs, lrs, group_count * sizeof *lrs);
  self->state[TW_STATE_EPOCH] = 0.0;
  return self;
}
