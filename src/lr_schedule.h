/* A learning-rate schedule on plain arrays, as torch.optim.lr_scheduler computes it.
 *
 * A kind of schedule is one file: a structure that begins with tw_lr_schedule and holds the arguments, a constructor,
 * and the few functions of its tw_lr_schedule_kind. Everything else is here. */
#ifndef TW_LR_SCHEDULE_H
#define TW_LR_SCHEDULE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a step may end with; a positive number is what a caller's callback returned. */
enum { TW_SCHEDULE_OK = 0, TW_SCHEDULE_ENDED = -1 /* a step past the last one that the schedule is defined for */ };

/* The numbers of the optimizer's groups that a step changes. */
typedef struct tw_rates {
  size_t count;
  double *lrs;
  double *momentums; /* momentum, or the first beta; null unless the schedule cycles it */
} tw_rates;

/* A number for an epoch (or a cycle), computed by the caller of the library. */
typedef int32_t (*tw_schedule_function)(double *out, double x, size_t group, void *context);

typedef struct tw_lr_schedule tw_lr_schedule;

typedef struct tw_lr_schedule_kind {
  const char *name; /* PyTorch's class */
  /* get_lr: replaces the present rates by those of last_epoch. NULL where step is given. */
  int32_t (*recursive)(tw_lr_schedule *schedule, tw_rates *rates);
  /* The same from last_epoch alone; NULL where the schedule has no closed form. */
  int32_t (*closed_form)(tw_lr_schedule *schedule, tw_rates *rates);
  /* In place of "last_epoch + 1, then recursive" and "last_epoch = epoch, then closed_form"; NULL for just that. */
  int32_t (*step)(tw_lr_schedule *schedule, tw_rates *rates);
  int32_t (*step_at)(tw_lr_schedule *schedule, tw_rates *rates, double epoch);
  /* For a schedule that is stepped with a metric and in no other way. */
  int32_t (*step_metric)(tw_lr_schedule *schedule, tw_rates *rates, double metric);
} tw_lr_schedule_kind;

struct tw_lr_schedule {
  const tw_lr_schedule_kind *kind;
  size_t group_count;
  int initial;         /* during the initial step */
  int cycles_momentum; /* a step needs rates->momentums */
  double *base_lrs;    /* group_count */
  /* What a step changes, and the copy of it that tw_lr_schedule_restore puts back. Epochs are doubles, since the closed
     form takes fractions. */
  size_t state_count;
  double *state; /* last_epoch, the last rate of each group, the last momentum of each, then own */
  double *saved;
  double *own;   /* a kind's own state */
  double *array; /* a kind's own numbers of which there is a list, such as milestones */
  /* Schedules that this one steps; somebody else keeps them alive. */
  tw_lr_schedule **children;
  size_t child_count;
};

/* How much a kind needs besides the common part. */
typedef struct tw_lr_schedule_size {
  size_t structure; /* sizeof its structure */
  size_t own;       /* numbers of state */
  size_t array;     /* numbers in lists */
} tw_lr_schedule_size;

/* NULL where memory is out. */
tw_lr_schedule *tw_lr_schedule_new(const tw_lr_schedule_kind *kind, tw_lr_schedule_size size, const double *base_lrs,
                                   size_t group_count);
void tw_lr_schedule_free(tw_lr_schedule *schedule);

double tw_lr_schedule_last_epoch(const tw_lr_schedule *schedule);
void tw_lr_schedule_set_last_epoch(tw_lr_schedule *schedule, double epoch);
const double *tw_lr_schedule_last_lrs(const tw_lr_schedule *schedule);

/* PyTorch's _initial_step, to epoch 0. */
int32_t tw_lr_schedule_initial_step(tw_lr_schedule *schedule, tw_rates *rates);

/* Changes the rates from the optimizer's present ones to those of the next epoch (recursive), or of the given one (closed
   form, which the kind must have). */
int32_t tw_lr_schedule_step(tw_lr_schedule *schedule, tw_rates *rates);
int32_t tw_lr_schedule_step_at(tw_lr_schedule *schedule, tw_rates *rates, double epoch);
int32_t tw_lr_schedule_step_metric(tw_lr_schedule *schedule, tw_rates *rates, double metric);

/* PyTorch's _update_lr(epoch): the closed form where there is one, else the recursive one as if at that epoch. */
int32_t tw_lr_schedule_update(tw_lr_schedule *schedule, tw_rates *rates, double epoch);

/* Whether tw_lr_schedule_step_at has a closed form to use. */
int tw_lr_schedule_has_closed_form(const tw_lr_schedule *schedule);

/* For kinds: what tw_lr_schedule_last_lrs gives from now on. A step that failed leaves it, for it will be restored. */
int32_t tw_lr_schedule_remember(tw_lr_schedule *schedule, const tw_rates *rates, int32_t status);

/* Remembers the state, children's included, or puts back what was remembered. Neither allocates. */
void tw_lr_schedule_save(tw_lr_schedule *schedule);
void tw_lr_schedule_restore(tw_lr_schedule *schedule);

#ifdef __cplusplus
}
#endif

#endif
