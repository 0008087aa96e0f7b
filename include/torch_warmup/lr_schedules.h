/**
 * @file lr_schedules.h
 * Learning-rate schedules, with the names, the order of arguments and the bits of torch.optim.lr_scheduler.
 *
 * A constructor records each group's rate as its base rate and performs the initial step (epoch 0), as PyTorch's do.
 * After that the optimizer's rates are the schedule's. Several schedulers may be bound to one optimizer; a later one has
 * the first one's base rates.
 *
 * A warmup is made after them: a constructor is TW_ERROR_STATE while a warmup holds the optimizer's rates dampened, or a
 * freed one has left them so.
 *
 * Schedules count epochs, whatever the caller takes for one: often a step. Where PyTorch's versions differ, the numbers
 * are those of 2.15: SequentialLR with a milestone at 0 or with MultiplicativeLR after the first gives other ones in 1.13.
 * Schedules of schedules inside a sequential one are what PyTorch means and not what its versions do: up to 2.15 one that
 * comes first is an epoch ahead of itself (issue 196243), and one that comes later fails.
 */
#ifndef TORCH_WARMUP_LR_SCHEDULES_H
#define TORCH_WARMUP_LR_SCHEDULES_H

#include "lr_scheduler.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- schedules of the epoch alone -------------------------------------------------------------------------------- */

/*
 * Each constructor takes PyTorch's arguments in PyTorch's order, and
 *
 * @param out        creates the scheduler; NULL on failure. Free it with tw_lr_scheduler_free.
 * @param optimizer  shares: its rates are scheduled.
 *
 * A number that is not finite, or lies outside the range that is given for it, is TW_ERROR_RANGE and named.
 */

/**
 * Multiplies the rate by gamma every step_size epochs, as StepLR.
 *
 *     closed form: lr(epoch) = base_lr * gamma^floor(epoch / step_size)
 *
 * @param step_size  positive; whole, or the rate falls at the epochs that happen to be multiples of it.
 * @param gamma      PyTorch's default is 0.1.
 */
TW_CALL tw_status tw_lr_scheduler_step_lr(tw_lr_scheduler **out, tw_optimizer *optimizer, double step_size,
                                          double gamma);

/**
 * Multiplies the rate by gamma at each milestone, as MultiStepLR.
 *
 *     closed form: lr(epoch) = base_lr * gamma^(how many milestones are <= epoch)
 *
 * @param milestones  borrows: count epochs, none negative, in any order; one that comes twice counts twice.
 * @param count       0 for none: the rate stays.
 * @param gamma       PyTorch's default is 0.1.
 */
TW_CALL tw_status tw_lr_scheduler_multi_step(tw_lr_scheduler **out, tw_optimizer *optimizer, const int64_t *milestones,
                                             size_t count, double gamma);

/**
 * Multiplies the rate by factor until total_iters epochs have passed, as ConstantLR.
 *
 * @param factor       in [0, 1]; PyTorch's default is 1/3. From 0 no recursive step leads back to the rate: the one at
 *                     total_iters is TW_ERROR_RANGE, where PyTorch divides by zero.
 * @param total_iters  not negative; PyTorch's default is 5. At 0, or a fraction, no recursive step ends it.
 */
TW_CALL tw_status tw_lr_scheduler_constant(tw_lr_scheduler **out, tw_optimizer *optimizer, double factor,
                                           double total_iters);

/**
 * Multiplies the rate by a factor that goes from start_factor to end_factor in total_iters epochs, as LinearLR.
 *
 * @param start_factor  in (0, 1]; PyTorch's default is 1/3.
 * @param end_factor    in [0, 1]; PyTorch's default is 1.
 * @param total_iters   not negative; PyTorch's default is 5. At 0 the factor stays start_factor, and there is no closed
 *                      form: TW_ERROR_RANGE.
 */
TW_CALL tw_status tw_lr_scheduler_linear(tw_lr_scheduler **out, tw_optimizer *optimizer, double start_factor,
                                         double end_factor, double total_iters);

/** Multiplies the rate by gamma every epoch, as ExponentialLR. */
TW_CALL tw_status tw_lr_scheduler_exponential(tw_lr_scheduler **out, tw_optimizer *optimizer, double gamma);

/**
 * Lets the rate fall to 0 in total_iters epochs, as PolynomialLR.
 *
 *     closed form: lr(epoch) = base_lr * (1 - min(epoch, total_iters) / total_iters)^power
 *
 * @param total_iters  not negative; PyTorch's default is 5. At 0 the rate stays, and there is no closed form:
 *                     TW_ERROR_RANGE.
 * @param power        not negative; PyTorch's default is 1.
 */
TW_CALL tw_status tw_lr_scheduler_polynomial(tw_lr_scheduler **out, tw_optimizer *optimizer, double total_iters,
                                             double power);

/**
 * Lets the rate fall along half a cosine to eta_min in t_max epochs, and rise again after, as CosineAnnealingLR.
 *
 *     closed form: lr(epoch) = eta_min + (base_lr - eta_min) * (1 + cos(pi * epoch / t_max)) / 2
 *
 * Source: Loshchilov & Hutter, SGDR, arXiv 1608.03983 (without its restarts).
 *
 * @param t_max    epochs of half a period, positive.
 * @param eta_min  the lowest rate; PyTorch's default is 0.
 */
TW_CALL tw_status tw_lr_scheduler_cosine_annealing(tw_lr_scheduler **out, tw_optimizer *optimizer, double t_max,
                                                   double eta_min);

/**
 * Lets the rate fall along half a cosine again and again, each time t_mult times as long, as
 * CosineAnnealingWarmRestarts. tw_lr_scheduler_step_at takes fractions of an epoch, and knows exactly which period an epoch
 * lies in; PyTorch's logarithm is rounded at a few (with t_0 5 and t_mult 3 at 605, which it takes for the end of a period).
 *
 * Source: Loshchilov & Hutter, SGDR, arXiv 1608.03983.
 *
 * @param t_0      epochs of the first fall, at least 1.
 * @param t_mult   at least 1; PyTorch's default is 1.
 * @param eta_min  the lowest rate; PyTorch's default is 0.
 */
TW_CALL tw_status tw_lr_scheduler_cosine_annealing_warm_restarts(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                                                 int64_t t_0, int64_t t_mult, double eta_min);

/**
 * Lets the rate fall as one over the square root of the epoch, as Transformers are trained. Not in PyTorch.
 *
 *     lr(epoch) = base_lr * sqrt(timescale / (epoch + timescale))
 *
 * Source: Raffel et al., arXiv 1910.10683, section 3.1.2, with the first epoch's rate as base rate.
 *
 * @param timescale  at least 1: how many epochs until the fall shows.
 */
TW_CALL tw_status tw_lr_scheduler_inverse_sqrt(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t timescale);

/** The shape in which a rate decays; x goes from 0 to 1. */
typedef enum tw_lr_decay {
  TW_LR_DECAY_LINEAR = 0, /**< 1 - x */
  TW_LR_DECAY_COSINE = 1, /**< (1 + cos(pi x)) / 2 */
  TW_LR_DECAY_SQRT = 2,   /**< 1 - sqrt(x) */
  TW_LR_DECAY_UNKNOWN = -1,
  TW_LR_DECAY_MAX_ENUM = 0x7fffffff
} tw_lr_decay;

/**
 * Lets the rate rise, stay, and decay (WSD). Not in PyTorch.
 *
 *     factor(epoch) = (epoch + 1) / warmup_iters            in the first warmup_iters epochs
 *                     1                                     in the next stable_iters
 *                     end_factor + (1 - end_factor) shape   in the next decay_iters
 *                     end_factor                            after
 *
 * Source: Hu et al., MiniCPM, arXiv 2404.06395, section 4; the square root: Hagele et al., arXiv 2405.18392.
 *
 * @param warmup_iters  at least 0; 0 where a tw_warmup does it.
 * @param stable_iters  at least 0.
 * @param decay_iters   at least 1.
 * @param end_factor    in [0, 1].
 */
TW_CALL tw_status tw_lr_scheduler_warmup_stable_decay(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                                      int64_t warmup_iters, int64_t stable_iters, int64_t decay_iters,
                                                      tw_lr_decay decay, double end_factor);

/* ---- schedules of the caller's own ------------------------------------------------------------------------------- */

/**
 * A number that the caller computes.
 *
 * @param out      to be set; finite. It comes as not a number, so that one left unset is refused.
 * @param epoch    the epoch, a fraction after tw_lr_scheduler_step_at with one; for cyclic see tw_cyclic_options.
 * @param group    the parameter group.
 * @param context  what was given to the constructor.
 * @return TW_OK, or the status that the step is to fail with; its message by tw_set_last_error
 */
typedef tw_status (*tw_lr_function)(double *out, double epoch, size_t group, void *context);

/**
 * Sets each group's rate to its base rate times the caller's number, as LambdaLR.
 *
 * @param lr_lambda  called once for each group at each step, and once within this call.
 * @param context    shares: passed to lr_lambda as it is.
 * @param release    lets context go; NULL where nothing needs to. It runs exactly once: when no scheduler needs it any
 *                   more, which may be long after this handle is freed (a schedule of schedules keeps it), on whatever
 *                   thread that is; also where this call fails.
 */
TW_CALL tw_status tw_lr_scheduler_lambda(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_function lr_lambda,
                                         void *context, void (*release)(void *context));

/** Multiplies each group's present rate by the caller's number, as MultiplicativeLR. It has no closed form. */
TW_CALL tw_status tw_lr_scheduler_multiplicative(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                                 tw_lr_function lr_lambda, void *context,
                                                 void (*release)(void *context));

/* ---- schedules that cycle momentum as well ----------------------------------------------------------------------- */

/** How the height of a cycle changes. */
typedef enum tw_cyclic_mode {
  TW_CYCLIC_TRIANGULAR = 0,  /**< it stays */
  TW_CYCLIC_TRIANGULAR2 = 1, /**< it is halved after each cycle */
  TW_CYCLIC_EXP_RANGE = 2,   /**< it is gamma^epoch */
  TW_CYCLIC_CUSTOM = 3,      /**< it is scale_fn */
  TW_CYCLIC_MODE_UNKNOWN = -1,
  TW_CYCLIC_MODE_MAX_ENUM = 0x7fffffff
} tw_cyclic_mode;

/** What scale_fn is given. */
typedef enum tw_cyclic_scale_mode {
  TW_CYCLIC_SCALE_CYCLE = 0,      /**< the number of the cycle, from 1 */
  TW_CYCLIC_SCALE_ITERATIONS = 1, /**< the epoch */
  TW_CYCLIC_SCALE_MODE_UNKNOWN = -1,
  TW_CYCLIC_SCALE_MODE_MAX_ENUM = 0x7fffffff
} tw_cyclic_scale_mode;

/** What tw_lr_scheduler_cyclic may be told. Fill it in with tw_cyclic_options_init. */
typedef struct tw_cyclic_options {
  size_t struct_size;                   /**< set by tw_cyclic_options_init */
  int32_t kind;                         /**< TW_OPTIONS_CYCLIC, set by the same */
  int32_t cycle_momentum;               /**< 1: momentum, or the first beta, goes the other way; default 1 */
  double step_size_up;                  /**< epochs from base to max, positive; default 2000 */
  double step_size_down;                /**< epochs back, 0 for a sawtooth; default -1: as many as up */
  tw_cyclic_mode mode;                  /**< default TW_CYCLIC_TRIANGULAR */
  tw_cyclic_scale_mode scale_mode;      /**< for TW_CYCLIC_CUSTOM; default TW_CYCLIC_SCALE_CYCLE */
  double gamma;                         /**< for TW_CYCLIC_EXP_RANGE; default 1 */
  tw_lr_function scale_fn;              /**< for TW_CYCLIC_CUSTOM: its group is always 0 */
  void *scale_context;                  /**< shares: passed to scale_fn as it is */
  void (*scale_release)(void *context); /**< lets scale_context go, as tw_lr_scheduler_lambda's release; may be NULL */
  size_t momentum_count;                /**< 0: the defaults; 1: the same for every group; or the number of groups */
  const double *base_momentum;          /**< borrows: momentum_count numbers, as PyTorch any; default 0.8 */
  const double *max_momentum;           /**< borrows: as many; default 0.9 */
} tw_cyclic_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_cyclic_options) */
TW_CALL tw_status tw_cyclic_options_init(tw_cyclic_options *options, size_t struct_size);

/**
 * Lets the rates go up and down between two bounds, as CyclicLR. Source: Smith, arXiv 1506.01186.
 *
 * @param base_lrs  borrows: count lower bounds.
 * @param count     1 (the same for every group) or the number of groups.
 * @param max_lrs   borrows: count upper bounds.
 * @param options   borrows: NULL for PyTorch's defaults, which cycle momentum.
 * @retval TW_ERROR_ARGUMENT  a count fits neither; the message names both numbers
 * @retval TW_ERROR_NOT_FOUND  momentum is to be cycled, but the optimizer has neither momentum nor beta1
 */
TW_CALL tw_status tw_lr_scheduler_cyclic(tw_lr_scheduler **out, tw_optimizer *optimizer, const double *base_lrs,
                                         size_t count, const double *max_lrs, const tw_cyclic_options *options);

/** How one_cycle goes from one rate to the next. */
typedef enum tw_one_cycle_anneal {
  TW_ONE_CYCLE_ANNEAL_COS = 0,
  TW_ONE_CYCLE_ANNEAL_LINEAR = 1,
  TW_ONE_CYCLE_ANNEAL_UNKNOWN = -1,
  TW_ONE_CYCLE_ANNEAL_MAX_ENUM = 0x7fffffff
} tw_one_cycle_anneal;

/** What tw_lr_scheduler_one_cycle may be told. Fill it in with tw_one_cycle_options_init. */
typedef struct tw_one_cycle_options {
  size_t struct_size;                  /**< set by tw_one_cycle_options_init */
  int32_t kind;                        /**< TW_OPTIONS_ONE_CYCLE, set by the same */
  int32_t cycle_momentum;              /**< 1: momentum, or the first beta, goes the other way; default 1 */
  double pct_start;                    /**< the share of the steps in which the rate rises, in [0, 1]; default 0.3 */
  tw_one_cycle_anneal anneal_strategy; /**< default TW_ONE_CYCLE_ANNEAL_COS */
  int32_t three_phase;                 /**< 1: down to the first rate as fast as up, then to the last; default 0 */
  double div_factor;                   /**< the first rate is max_lr / div_factor; default 25 */
  double final_div_factor;             /**< the last rate is the first / final_div_factor; default 1e4 */
  size_t momentum_count;               /**< 0: the defaults; 1: the same for every group; or the number of groups */
  const double *base_momentum;         /**< borrows: momentum_count numbers, as PyTorch any; default 0.85 */
  const double *max_momentum;          /**< borrows: as many; default 0.95 */
} tw_one_cycle_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_one_cycle_options) */
TW_CALL tw_status tw_one_cycle_options_init(tw_one_cycle_options *options, size_t struct_size);

/**
 * Lets the rates rise once to max_lrs and then fall far below the first, as OneCycleLR. Its base rates are
 * max_lrs / div_factor, whatever the optimizer's rates were.
 *
 * The step to total_steps itself, one past the last rate, is PyTorch's: it goes on beyond the end of the cycle, where rates
 * may be negative and momentums above max_momentum. A pct_start that leaves a stretch of the cycle no length, such as 1 of
 * total_steps, has no rate at its end, where PyTorch divides by zero.
 *
 * Source: Smith & Topin, Super-Convergence, arXiv 1708.07120.
 *
 * @param max_lrs      borrows: count rates.
 * @param count        1 (the same for every group) or the number of groups.
 * @param total_steps  at least 1; a step past it is TW_ERROR_STATE.
 * @param options      borrows: NULL for PyTorch's defaults, which cycle momentum.
 * @retval TW_ERROR_ARGUMENT  a count fits neither; the message names both numbers
 * @retval TW_ERROR_NOT_FOUND  momentum is to be cycled, but the optimizer has neither momentum nor beta1
 * @retval TW_ERROR_RANGE      pct_start leaves the first stretch no length
 */
TW_CALL tw_status tw_lr_scheduler_one_cycle(tw_lr_scheduler **out, tw_optimizer *optimizer, const double *max_lrs,
                                            size_t count, int64_t total_steps, const tw_one_cycle_options *options);

/* ---- a schedule of a metric -------------------------------------------------------------------------------------- */

/** Whether a metric gets better by falling or by rising. */
typedef enum tw_plateau_mode {
  TW_PLATEAU_MIN = 0,
  TW_PLATEAU_MAX = 1,
  TW_PLATEAU_MODE_UNKNOWN = -1,
  TW_PLATEAU_MODE_MAX_ENUM = 0x7fffffff
} tw_plateau_mode;

/** Whether a threshold is a share of the best value or a distance from it. */
typedef enum tw_plateau_threshold_mode {
  TW_PLATEAU_THRESHOLD_REL = 0,
  TW_PLATEAU_THRESHOLD_ABS = 1,
  TW_PLATEAU_THRESHOLD_MODE_UNKNOWN = -1,
  TW_PLATEAU_THRESHOLD_MODE_MAX_ENUM = 0x7fffffff
} tw_plateau_threshold_mode;

/** What tw_lr_scheduler_reduce_on_plateau may be told. Fill it in with tw_reduce_on_plateau_options_init. */
typedef struct tw_reduce_on_plateau_options {
  size_t struct_size;                       /**< set by tw_reduce_on_plateau_options_init */
  int32_t kind;                             /**< TW_OPTIONS_REDUCE_ON_PLATEAU, set by the same */
  int32_t reserved;                         /**< 0 */
  tw_plateau_mode mode;                     /**< default TW_PLATEAU_MIN */
  tw_plateau_threshold_mode threshold_mode; /**< default TW_PLATEAU_THRESHOLD_REL */
  double factor;                            /**< what the rate is multiplied by, in [0, 1); default 0.1 */
  int64_t patience;     /**< epochs without a better metric that are let pass, at least 0; default 10 */
  double threshold;     /**< by how much a metric must be better to count, at least 0; default 1e-4 */
  int64_t cooldown;     /**< epochs after a fall in which none counts as bad, at least 0; default 0 */
  size_t min_lr_count;  /**< 0: no bound; 1: the same for every group; or the number of groups */
  const double *min_lr; /**< borrows: min_lr_count rates that are not fallen below; default 0 */
  double eps;           /**< a smaller fall than this is left out, at least 0; default 1e-8 */
} tw_reduce_on_plateau_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_reduce_on_plateau_options) */
TW_CALL tw_status tw_reduce_on_plateau_options_init(tw_reduce_on_plateau_options *options, size_t struct_size);

/**
 * Lets the rate fall when a metric has stopped getting better, as ReduceLROnPlateau. It is stepped with
 * tw_lr_scheduler_step_metric and in no other way.
 *
 * @param options  borrows: NULL for PyTorch's defaults.
 */
TW_CALL tw_status tw_lr_scheduler_reduce_on_plateau(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                                    const tw_reduce_on_plateau_options *options);

/* ---- schedules of schedules -------------------------------------------------------------------------------------- */

/**
 * Runs one schedule after another, as SequentialLR: at each milestone the next one starts, from its epoch 0.
 *
 * The optimizer's rates start anew from the initial ones, and the initial steps of all schedulers but the first are
 * taken back, as PyTorch does.
 *
 * A sequential or chained one among them runs as it would by itself: alone in a sequential one it is unchanged. One that
 * comes later starts at its milestone with the schedule that it would start with, in the closed form where that has one; of
 * a chained one the others follow on the rates of the one before.
 *
 * @param schedulers       shares: count schedulers of this optimizer; go on stepping this one alone.
 * @param count            at least 1.
 * @param milestones       borrows: milestone_count epochs, ascending, none negative.
 * @param milestone_count  count - 1; another number is TW_ERROR_ARGUMENT and named.
 * @retval TW_ERROR_ARGUMENT  a scheduler is NULL, or belongs to another optimizer
 * @retval TW_ERROR_TYPE      a scheduler needs a metric
 */
TW_CALL tw_status tw_lr_scheduler_sequential(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                             tw_lr_scheduler *const *schedulers, size_t count,
                                             const int64_t *milestones, size_t milestone_count);

/**
 * Steps several schedules at once, each on the rates of the one before, as ChainedScheduler.
 *
 * @param schedulers  shares: count schedulers of this optimizer; go on stepping this one alone.
 * @param count       at least 1.
 * @retval TW_ERROR_ARGUMENT  a scheduler is NULL, or belongs to another optimizer
 * @retval TW_ERROR_TYPE      a scheduler needs a metric
 */
TW_CALL tw_status tw_lr_scheduler_chained(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                          tw_lr_scheduler *const *schedulers, size_t count);

#ifdef __cplusplus
}
#endif

#endif
