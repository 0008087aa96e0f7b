/* A learning-rate schedule on plain arrays, as torch.optim.lr_scheduler computes it.
 *
 * A kind of schedule is one file: a structure that begins with twi_lr_schedule and holds the arguments by their names,
 * the few functions of its twi_lr_schedule_kind, and the public constructor. Everything else is here, and what binds it
 * to an optimizer in lr_scheduler.h. */
#ifndef TWI_LR_SCHEDULE_H
#define TWI_LR_SCHEDULE_H

#include <float.h>
#include <stddef.h>
#include <stdint.h>

#include "base/check.h"
#include "base/error.h"
#include "optimizer/optimizer.h"
#include "schedule/lr_callback.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct twi_lr_schedule twi_lr_schedule;

/* ---- what a schedule is saved as: the entries of PyTorch's state_dict ---- */

typedef enum twi_field_type {
  TWI_FIELD_END, /* closes a table */
  /* Of a double: */
  TWI_FIELD_FLOAT,  /* a float */
  TWI_FIELD_NUMBER, /* an int where it is whole, else a float */
  TWI_FIELD_CHOICE, /* a str: that of the table's choices which the double counts */
  /* Of a double *, a value a group: */
  TWI_FIELD_FLOATS, /* a list of floats */
  TWI_FIELD_COMMON, /* the float that all groups have, or None; not read */
  /* Of the schedule's array: */
  TWI_FIELD_MILESTONES, /* a list of as many ints */
  TWI_FIELD_COUNTER,    /* a Counter of ints, of any number */
  /* Of a twi_phases: */
  TWI_FIELD_PHASES, /* OneCycleLR's list of dicts */
  /* Of the schedule as a whole: */
  TWI_FIELD_CHILDREN,        /* a list of their state_dicts */
  TWI_FIELD_CYCLES_MOMENTUM, /* a bool; what is read must be the same */
  TWI_FIELD_USES_BETAS,      /* a bool: whether the momentum is the first beta; not read */
  /* Of nothing: */
  TWI_FIELD_FALSE,  /* not read */
  TWI_FIELD_NONE,   /* None; what is read must be nothing else, or {} */
  TWI_FIELD_NONES,  /* a list of as many, one a group */
  TWI_FIELD_FOREIGN /* not written; where it is read, the state is one of another kind */
} twi_field_type;

enum {
  TWI_FIELD_IN_STATE = 1,   /* place counts the numbers of state; else it is an offset into the kind's structure */
  TWI_FIELD_OPTIONAL = 2,   /* some versions of PyTorch do not write it */
  TWI_FIELD_OF_MOMENTUM = 4 /* only where momentum is cycled */
};

typedef struct twi_field {
  const char *name; /* PyTorch's */
  twi_field_type type;
  int flags;
  size_t place;
  double least, most;         /* between which each double must lie */
  const char *const *choices; /* the last one followed by NULL */
} twi_field;

/* Where the stretches of OneCycleLR end. */
enum { TWI_MOST_PHASES = 3 };
typedef struct twi_phases {
  double count; /* 2 or 3 */
  double end_steps[TWI_MOST_PHASES];
} twi_phases;

#define TWI_ANY_NUMBER .least = -DBL_MAX, .most = DBL_MAX
/* Of a number that steps count up. */
#define TWI_ANY_COUNT .least = -(double)TWI_MOST_STEP, .most = (double)TWI_MOST_STEP

/* The entries that PyTorch's base class adds to those of a kind. */
/* clang-format off */
#define TWI_BASE_FIELDS                                                                                        \
  {.name = "base_lrs", .type = TWI_FIELD_FLOATS, .place = offsetof(twi_lr_schedule, base_lrs), TWI_ANY_NUMBER}, \
  TWI_LAST_EPOCH_FIELD,                                                                                        \
  {.name = "_step_count", .type = TWI_FIELD_NUMBER, .place = TWI_STATE_STEP_COUNT,                              \
   .flags = TWI_FIELD_IN_STATE | TWI_FIELD_OPTIONAL, TWI_ANY_COUNT},                                           \
  {.name = "_is_initial", .type = TWI_FIELD_FALSE},                                                            \
  {.name = "_get_lr_called_within_step", .type = TWI_FIELD_FALSE},                                             \
  TWI_LAST_LR_FIELD
#define TWI_LAST_EPOCH_FIELD                                                                                   \
  {.name = "last_epoch", .type = TWI_FIELD_NUMBER, .place = TWI_STATE_EPOCH, .flags = TWI_FIELD_IN_STATE, TWI_ANY_COUNT}
#define TWI_LAST_LR_FIELD                                                                                      \
  {.name = "_last_lr", .type = TWI_FIELD_FLOATS, .place = offsetof(twi_lr_schedule, last_lrs), TWI_ANY_NUMBER}
/* An argument that is a double. */
#define TWI_ARGUMENT(structure, member, name_, type_, least_, most_)                                           \
  {.name = (name_), .type = (type_), .place = offsetof(structure, member), .least = (least_), .most = (most_)}
/* One of a schedule's rows, a value a group. */
#define TWI_ROW(row) (offsetof(twi_lr_schedule, rows) + (row) * sizeof(double *))
#define TWI_ROW_FIELD(row, name_, least_, most_, flags_)                                                       \
  {.name = (name_), .type = TWI_FIELD_FLOATS, .place = TWI_ROW(row), .flags = (flags_), .least = (least_), .most = (most_)}
/* clang-format on */

typedef struct twi_lr_schedule_kind {
  const char *name;        /* PyTorch's class */
  const twi_field *fields; /* in PyTorch's order */
  int takes_groups;        /* groups that are added later: all arguments are the same for all of them */
  const char *callback;    /* what a caller's function is called in messages; NULL for a kind that has none */
  /* get_lr: replaces the present rates by those of last_epoch. NULL where step is given. */
  tw_status (*recursive)(twi_lr_schedule *schedule, twi_rates *rates);
  /* The same from last_epoch alone; NULL where the schedule has no closed form. */
  tw_status (*closed_form)(twi_lr_schedule *schedule, twi_rates *rates);
  /* In place of "last_epoch + 1, then recursive" and "last_epoch = epoch, then closed_form"; NULL for just that. */
  tw_status (*step)(twi_lr_schedule *schedule, twi_rates *rates);
  tw_status (*step_at)(twi_lr_schedule *schedule, twi_rates *rates, double epoch);
  /* For a schedule that is stepped with a metric and in no other way. */
  tw_status (*step_metric)(twi_lr_schedule *schedule, twi_rates *rates, double metric);
  /* In place of "last_epoch = epoch"; NULL for just that. May fail having changed some of the state. */
  tw_status (*move)(twi_lr_schedule *schedule, double epoch);
  /* For a schedule of schedules: how many of them, from the first on, have begun; and what twi_lr_schedule_begin does. */
  size_t (*begun)(const twi_lr_schedule *schedule);
  tw_status (*begin)(twi_lr_schedule *schedule, twi_rates *rates, int later);
} twi_lr_schedule_kind;

/* How much a kind needs besides the common part. */
typedef struct twi_lr_schedule_size {
  size_t structure; /* sizeof its structure */
  size_t own;       /* numbers of state */
  size_t rows;      /* rows of a number a group */
  size_t array;     /* numbers in a list */
  size_t children;
} twi_lr_schedule_size;

/* Where in its state a schedule has what all have. */
enum { TWI_STATE_EPOCH, TWI_STATE_STEP_COUNT, TWI_STATE_OWN };

enum { TWI_MOST_ROWS = 4 };

struct twi_lr_schedule {
  const twi_lr_schedule_kind *kind;
  twi_lr_schedule_size size;
  size_t group_count;
  int initial;                 /* during the initial step */
  int cycles_momentum;         /* a step needs rates->momentums */
  int given_per_group;         /* an argument was given for each group, so that a later one would have none */
  int saved_counts;            /* between save and keep or restore: saved is what others may see */
  double *numbers;             /* the memory of those below */
  double *base_lrs;            /* group_count */
  double *rows[TWI_MOST_ROWS]; /* a kind's own numbers, a value a group each */
  /* What a step changes, and the copy of it that twi_lr_schedule_restore puts back. Epochs are doubles, since the closed
     form takes fractions. */
  size_t state_count;
  double *state; /* last_epoch, PyTorch's _step_count, own, the last rate of each group, the last momentum of each */
  double *saved;
  double *own; /* a kind's own state */
  double *last_lrs;
  double *last_momentums;
  double *array; /* a kind's own numbers of which there is a list, such as milestones; from malloc */
  size_t array_count;
  twi_lr_callback *callback;  /* shares; NULL for none */
  twi_lr_schedule **children; /* of a schedule of schedules, whose scheduler keeps them alive; from malloc */
  size_t child_count;
};

/* NULL where memory is out. */
twi_lr_schedule *twi_lr_schedule_new(const twi_lr_schedule_kind *kind, twi_lr_schedule_size size,
                                     const double *base_lrs, size_t group_count);
/* Whether it takes groups that are added later; and takes them, up to count, each with the rate that it has: that is its base
   rate. TW_ERROR_MEMORY where there is no room; those that have been taken stay. */
TWI_SHARED int twi_lr_schedule_takes_groups(const twi_lr_schedule *schedule);
tw_status twi_lr_schedule_take_groups(twi_lr_schedule *schedule, const double *lrs, size_t count);
/* The same arguments and state; without children. NULL where memory is out. */
twi_lr_schedule *twi_lr_schedule_copy(const twi_lr_schedule *schedule);
void twi_lr_schedule_free(twi_lr_schedule *schedule);

static inline double twi_lr_schedule_epoch(const twi_lr_schedule *schedule) { return schedule->state[TWI_STATE_EPOCH]; }

/* A number of its state as others may see it: what was there before the call that is running. */
static inline const double *twi_lr_schedule_seen(const twi_lr_schedule *schedule, const double *in_state) {
  return schedule->saved_counts ? schedule->saved + (in_state - schedule->state) : in_state;
}

/* PyTorch's _initial_step, to epoch 0. */
tw_status twi_lr_schedule_initial_step(twi_lr_schedule *schedule, twi_rates *rates);

/* Changes the rates from the optimizer's present ones to those of the next epoch (recursive), or of the given one (closed
   form, which the kind must have). */
tw_status twi_lr_schedule_step(twi_lr_schedule *schedule, twi_rates *rates);
tw_status twi_lr_schedule_step_at(twi_lr_schedule *schedule, twi_rates *rates, double epoch);
tw_status twi_lr_schedule_step_metric(twi_lr_schedule *schedule, twi_rates *rates, double metric);

/* Epoch 0 as a part of another schedule: the initial step, or, for one that comes later, PyTorch's _update_lr(0): the closed
   form where there is one, else the recursive one as if at that epoch. A schedule of schedules begins as it does by itself:
   of a sequential one the part that is on, of a chained one all, each on the rates of the one before. */
tw_status twi_lr_schedule_begin(twi_lr_schedule *schedule, twi_rates *rates, int later);

/* Makes the state that of a given epoch, without a look at rates; the next step is to the one after it. */
tw_status twi_lr_schedule_move(twi_lr_schedule *schedule, double epoch);

/* Whether twi_lr_schedule_step_at has a closed form to use. */
int twi_lr_schedule_has_closed_form(const twi_lr_schedule *schedule);

/* For kinds: what last_lrs is from now on. A step that failed leaves it, for it will be restored. */
tw_status twi_lr_schedule_remember(twi_lr_schedule *schedule, const twi_rates *rates, tw_status status);

/* Sets the momentums to what the last step of the schedule made them, and remembers them; one that no schedule has
   changed yet stays. For a state that came without them. Leaves rubbish in rates->lrs. */
TWI_SHARED tw_status twi_lr_schedule_find_momentums(twi_lr_schedule *schedule, twi_rates *rates);

/* Remembers the state, children's included; then keeps what has changed since, or puts back what was remembered. None of
   them allocates. In between, others see what was remembered. */
TWI_SHARED void twi_lr_schedule_save(twi_lr_schedule *schedule);
TWI_SHARED void twi_lr_schedule_keep(twi_lr_schedule *schedule);
TWI_SHARED void twi_lr_schedule_restore(twi_lr_schedule *schedule);

/* ---- for kinds ---- */

/* Multiplies the present rates, or sets them to the base ones times a factor. */
tw_status twi_multiply(twi_rates *rates, double factor);
tw_status twi_multiply_base(const twi_lr_schedule *schedule, twi_rates *rates, double factor);
/* The rates at a share of half a cosine: 0 the base rate, 1 eta_min. angle is pi times that share. */
tw_status twi_follow_cosine(const twi_lr_schedule *schedule, twi_rates *rates, double eta_min, double angle);
/* Goes on from the factor before to the factor now; a rate that has come to 0 stays there. */
tw_status twi_follow_factor(twi_rates *rates, double before, double now);

#define TWI_PI 3.14159265358979323846

#ifdef __cplusplus
}
#endif

#endif
