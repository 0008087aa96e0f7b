/* The kinds of schedule. The arguments have been checked; a constructor gives NULL where memory is out. Lists of a value
 * a group have group_count numbers. */
#ifndef TW_LR_SCHEDULES_H
#define TW_LR_SCHEDULES_H

#include "schedule/lr_schedule.h"

#ifdef __cplusplus
extern "C" {
#endif

tw_lr_schedule *tw_step_new(const double *base_lrs, size_t group_count, int64_t step_size, double gamma);
tw_lr_schedule *tw_multi_step_new(const double *base_lrs, size_t group_count, const int64_t *milestones, size_t count,
                                  double gamma);
tw_lr_schedule *tw_constant_new(const double *base_lrs, size_t group_count, double factor, int64_t total_iters);
tw_lr_schedule *tw_linear_new(const double *base_lrs, size_t group_count, double start_factor, double end_factor,
                              int64_t total_iters);
tw_lr_schedule *tw_exponential_new(const double *base_lrs, size_t group_count, double gamma);
tw_lr_schedule *tw_polynomial_new(const double *base_lrs, size_t group_count, int64_t total_iters, double power);
tw_lr_schedule *tw_cosine_annealing_new(const double *base_lrs, size_t group_count, int64_t t_max, double eta_min);
tw_lr_schedule *tw_warm_restarts_new(const double *base_lrs, size_t group_count, int64_t t_0, int64_t t_mult,
                                     double eta_min);
tw_lr_schedule *tw_lambda_new(const double *base_lrs, size_t group_count, tw_schedule_function function, void *context);
tw_lr_schedule *tw_multiplicative_new(const double *base_lrs, size_t group_count, tw_schedule_function function,
                                      void *context);

/* The momentums of a schedule that cycles them, a value a group; base null where it does not. */
typedef struct tw_momentum_range {
  const double *base;
  const double *max;
} tw_momentum_range;

enum { TW_CYCLE_TRIANGULAR, TW_CYCLE_TRIANGULAR2, TW_CYCLE_EXP_RANGE, TW_CYCLE_CUSTOM };

typedef struct tw_cycle {
  double step_size_up;
  double step_size_down;
  int mode;
  double gamma;
  tw_schedule_function scale; /* for TW_CYCLE_CUSTOM; its group is always 0 */
  void *context;
  int scale_by_iterations; /* for TW_CYCLE_CUSTOM: x is the epoch, not the cycle */
} tw_cycle;

/* initial_lrs: the base rates during the initial step, in which PyTorch still has the optimizer's. */
tw_lr_schedule *tw_cyclic_new(const double *initial_lrs, size_t group_count, const double *base_lrs,
                              const double *max_lrs, const tw_cycle *cycle, tw_momentum_range momentum);
/* Replaces the base rates by the schedule's own, after the initial step. */
void tw_cyclic_set_base_lrs(tw_lr_schedule *schedule);

typedef struct tw_one_cycle {
  int64_t total_steps;
  double pct_start;
  int linear; /* else cosine */
  double div_factor;
  double final_div_factor;
  int three_phase;
} tw_one_cycle;

/* Its base rates are max_lrs / div_factor. */
tw_lr_schedule *tw_one_cycle_new(const double *max_lrs, size_t group_count, const tw_one_cycle *cycle,
                                 tw_momentum_range momentum);
/* The last rates of the cycle, one a group. */
const double *tw_one_cycle_min_lrs(const tw_lr_schedule *schedule);

typedef struct tw_plateau {
  int maximize;
  double factor;
  int64_t patience;
  double threshold;
  int absolute;
  int64_t cooldown;
  double eps;
} tw_plateau;

tw_lr_schedule *tw_plateau_new(const double *lrs, size_t group_count, const tw_plateau *rule, const double *min_lrs);

/* children is copied; the schedules in it must outlive this one. The first step is tw_sequential_start, not
   tw_lr_schedule_initial_step. */
tw_lr_schedule *tw_sequential_new(const double *initial_lrs, size_t group_count, tw_lr_schedule *const *children,
                                  size_t child_count, const int64_t *milestones);
/* PyTorch's constructor: takes back the children's initial steps and performs that of the first alone. */
int32_t tw_sequential_start(tw_lr_schedule *schedule, tw_rates *rates);

tw_lr_schedule *tw_chained_new(const double *lrs, size_t group_count, tw_lr_schedule *const *children,
                               size_t child_count);

tw_lr_schedule *tw_inverse_sqrt_new(const double *base_lrs, size_t group_count, int64_t timescale);

enum { TW_CORE_DECAY_LINEAR, TW_CORE_DECAY_COSINE, TW_CORE_DECAY_SQRT };

typedef struct tw_stable_decay {
  int64_t warmup_iters;
  int64_t stable_iters;
  int64_t decay_iters;
  int decay;
  double end_factor;
} tw_stable_decay;

tw_lr_schedule *tw_warmup_stable_decay_new(const double *base_lrs, size_t group_count, const tw_stable_decay *shape);

#ifdef __cplusplus
}
#endif

#endif
