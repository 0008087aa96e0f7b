/* A learning-rate schedule on plain arrays, as torch.optim.lr_scheduler computes it.
 *
 * A kind of schedule is one file: a structure that begins with tw_lr_schedule and holds the arguments, a constructor,
 * and the one or two functions of its tw_lr_schedule_kind. Everything else is here. */
#ifndef TW_LR_SCHEDULE_H
#define TW_LR_SCHEDULE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tw_lr_schedule tw_lr_schedule;

typedef struct tw_lr_schedule_kind {
  const char *name; /* PyTorch's class */
  /* Replaces the present rates in lrs by those of schedule's last_epoch. */
  void (*recursive)(const tw_lr_schedule *schedule, double *lrs);
  /* The same from the base rates alone; NULL where the schedule has no closed form. */
  void (*closed_form)(const tw_lr_schedule *schedule, double *lrs);
} tw_lr_schedule_kind;

struct tw_lr_schedule {
  const tw_lr_schedule_kind *kind;
  size_t group_count;
  double *base_lrs; /* group_count */
  /* What a step changes, and the copy of it that tw_lr_schedule_restore puts back. Epochs are doubles, since the closed
     form takes fractions. */
  size_t state_count;
  double *state; /* last_epoch, then the last rate of each group */
  double *saved;
  double *array; /* a kind's own numbers of which there is a list, such as milestones */
};

/* Allocates a structure of struct_size bytes that begins with a tw_lr_schedule, with array_count numbers in its array.
   NULL where memory is out. */
tw_lr_schedule *tw_lr_schedule_new(const tw_lr_schedule_kind *kind, size_t struct_size, const double *base_lrs,
                                   size_t group_count, size_t array_count);
void tw_lr_schedule_free(tw_lr_schedule *schedule);

double tw_lr_schedule_last_epoch(const tw_lr_schedule *schedule);
const double *tw_lr_schedule_last_lrs(const tw_lr_schedule *schedule);

/* Changes lrs from the optimizer's present rates to those of the next epoch (recursive) or of the given one (closed
   form, which the kind must have). The first step after construction is PyTorch's initial one, to epoch 0. */
void tw_lr_schedule_step(tw_lr_schedule *schedule, double *lrs);
void tw_lr_schedule_step_at(tw_lr_schedule *schedule, double *lrs, double epoch);

/* Remembers the state, or puts back what was remembered. Neither allocates. */
void tw_lr_schedule_save(tw_lr_schedule *schedule);
void tw_lr_schedule_restore(tw_lr_schedule *schedule);

/* ---- the kinds: the arguments have been checked; NULL where memory is out ---- */

tw_lr_schedule *tw_multi_step_new(const double *base_lrs, size_t group_count, const int64_t *milestones, size_t count,
                                  double gamma);
tw_lr_schedule *tw_cosine_annealing_new(const double *base_lrs, size_t group_count, int64_t t_max, double eta_min);

#ifdef __cplusplus
}
#endif

#endif
