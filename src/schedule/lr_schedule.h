/* A learning-rate schedule on plain arrays, as torch.optim.lr_scheduler computes it.
 *
 * A kind of schedule is one file: a structure that begins with tw_lr_schedule and holds the arguments, a constructor,
 * and the few functions of its tw_lr_schedule_kind. Everything else is here. */
#ifndef TW_LR_SCHEDULE_H
#define TW_LR_SCHEDULE_H

#include <float.h>
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

/* ---- what a schedule is saved as: the entries of PyTorch's state_dict ---- */

typedef enum tw_field_type {
  TW_FIELD_END, /* closes a table */
  /* Of a double: */
  TW_FIELD_FLOAT,  /* a float */
  TW_FIELD_NUMBER, /* an int where it is whole, else a float */
  TW_FIELD_CHOICE, /* a str: that of the table's choices which the double counts */
  /* Of a double *, a value a group: */
  TW_FIELD_FLOATS, /* a list of floats */
  TW_FIELD_COMMON, /* the float that all groups have, or None; not read */
  /* Of the schedule's array: */
  TW_FIELD_MILESTONES, /* a list of as many ints */
  TW_FIELD_COUNTER,    /* a Counter of ints, of any number */
  /* Of a tw_phases: */
  TW_FIELD_PHASES, /* OneCycleLR's list of dicts */
  /* Of the schedule as a whole: */
  TW_FIELD_CHILDREN,        /* a list of their state_dicts */
  TW_FIELD_CYCLES_MOMENTUM, /* a bool; what is read must be the same */
  TW_FIELD_USES_BETAS,      /* a bool: whether the momentum is the first beta; not read */
  /* Of nothing: */
  TW_FIELD_FALSE,  /* not read */
  TW_FIELD_NONE,   /* not read */
  TW_FIELD_NONES,  /* a list of None, one a group; of what is read only the length counts */
  TW_FIELD_FOREIGN /* not written; where it is read, the state is one of another kind */
} tw_field_type;

enum {
  TW_FIELD_IN_STATE = 1,   /* place counts the numbers of state; else it is an offset into the kind's structure */
  TW_FIELD_OPTIONAL = 2,   /* some versions of PyTorch do not write it */
  TW_FIELD_OF_MOMENTUM = 4 /* only where momentum is cycled */
};

typedef struct tw_field {
  const char *name; /* PyTorch's */
  tw_field_type type;
  int flags;
  size_t place;
  double least, most;         /* between which each double must lie */
  const char *const *choices; /* the last one followed by NULL */
} tw_field;

/* Where the stretches of OneCycleLR end. */
enum { TW_MOST_PHASES = 3 };
typedef struct tw_phases {
  double count; /* 2 or 3 */
  double end_steps[TW_MOST_PHASES];
} tw_phases;

#define TW_ANY_NUMBER .least = -DBL_MAX, .most = DBL_MAX

/* The entries that PyTorch's base class adds to those of a kind. */
/* clang-format off */
#define TW_BASE_FIELDS                                                                                         \
  {.name = "base_lrs", .type = TW_FIELD_FLOATS, .place = offsetof(tw_lr_schedule, base_lrs), TW_ANY_NUMBER},    \
  TW_LAST_EPOCH_FIELD,                                                                                         \
  {.name = "_step_count", .type = TW_FIELD_NUMBER, .place = TW_STATE_STEP_COUNT,                                \
   .flags = TW_FIELD_IN_STATE | TW_FIELD_OPTIONAL, TW_ANY_NUMBER},                                             \
  {.name = "_is_initial", .type = TW_FIELD_FALSE},                                                             \
  {.name = "_get_lr_called_within_step", .type = TW_FIELD_FALSE},                                              \
  TW_LAST_LR_FIELD
#define TW_LAST_EPOCH_FIELD                                                                                    \
  {.name = "last_epoch", .type = TW_FIELD_NUMBER, .place = TW_STATE_EPOCH, .flags = TW_FIELD_IN_STATE, TW_ANY_NUMBER}
#define TW_LAST_LR_FIELD                                                                                       \
  {.name = "_last_lr", .type = TW_FIELD_FLOATS, .place = offsetof(tw_lr_schedule, last_lrs), TW_ANY_NUMBER}
/* An argument that is a double. */
#define TW_ARGUMENT(structure, member, name_, type_, least_, most_)                                            \
  {.name = (name_), .type = (type_), .place = offsetof(structure, member), .least = (least_), .most = (most_)}
/* clang-format on */

typedef struct tw_lr_schedule_kind {
  const char *name;       /* PyTorch's class */
  const tw_field *fields; /* in PyTorch's order */
  /* get_lr: replaces the present rates by those of last_epoch. NULL where step is given. */
  int32_t (*recursive)(tw_lr_schedule *schedule, tw_rates *rates);
  /* The same from last_epoch alone; NULL where the schedule has no closed form. */
  int32_t (*closed_form)(tw_lr_schedule *schedule, tw_rates *rates);
  /* In place of "last_epoch + 1, then recursive" and "last_epoch = epoch, then closed_form"; NULL for just that. */
  int32_t (*step)(tw_lr_schedule *schedule, tw_rates *rates);
  int32_t (*step_at)(tw_lr_schedule *schedule, tw_rates *rates, double epoch);
  /* For a schedule that is stepped with a metric and in no other way. */
  int32_t (*step_metric)(tw_lr_schedule *schedule, tw_rates *rates, double metric);
  /* For a schedule of schedules: how many of them, from the first on, have begun. */
  size_t (*begun)(const tw_lr_schedule *schedule);
} tw_lr_schedule_kind;

/* Where in its state a schedule has what all have. */
enum { TW_STATE_EPOCH, TW_STATE_STEP_COUNT, TW_STATE_OWN };

struct tw_lr_schedule {
  const tw_lr_schedule_kind *kind;
  size_t group_count;
  int initial;         /* during the initial step */
  int cycles_momentum; /* a step needs rates->momentums */
  double *base_lrs;    /* group_count */
  /* What a step changes, and the copy of it that tw_lr_schedule_restore puts back. Epochs are doubles, since the closed
     form takes fractions. */
  size_t state_count;
  double *state; /* last_epoch, PyTorch's _step_count, own, the last rate of each group, the last momentum of each */
  double *saved;
  double *own; /* a kind's own state */
  double *last_lrs;
  double *last_momentums;
  double *array; /* a kind's own numbers of which there is a list, such as milestones */
  size_t array_count;
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

/* Sets the momentums to what the last step of the schedule made them, and remembers them; one that no schedule has
   changed yet stays. For a state that came without them. Leaves rubbish in rates->lrs. */
int32_t tw_lr_schedule_find_momentums(tw_lr_schedule *schedule, tw_rates *rates);

/* Remembers the state, children's included, or puts back what was remembered. Neither allocates. */
void tw_lr_schedule_save(tw_lr_schedule *schedule);
void tw_lr_schedule_restore(tw_lr_schedule *schedule);

#ifdef __cplusplus
}
#endif

#endif
