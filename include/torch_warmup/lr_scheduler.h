/**
 * @file lr_scheduler.h
 * Learning-rate schedules, with the names, the order of arguments and the bits of torch.optim.lr_scheduler.
 *
 * A constructor records each group's rate as its base rate and performs the initial step (epoch 0), as PyTorch's do.
 * After that the optimizer's rates are the schedule's. Several schedulers may be bound to one optimizer.
 *
 * A warmup is made after them: a constructor is TW_ERROR_STATE while a warmup holds the optimizer's rates dampened.
 *
 * Every call that changes rates checks that the optimizer still has as many groups as when the scheduler was made;
 * otherwise it is TW_ERROR_STATE and nothing changes.
 */
#ifndef TORCH_WARMUP_LR_SCHEDULER_H
#define TORCH_WARMUP_LR_SCHEDULER_H

#include "optimizer.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A handle to a learning-rate scheduler. */
typedef struct tw_lr_scheduler tw_lr_scheduler;

/* ---- schedules ---------------------------------------------------------------------------------------------------- */

/**
 * Creates a schedule that multiplies the rate by gamma at each milestone, as MultiStepLR.
 *
 *     closed form: lr(epoch) = base_lr * gamma^(how many milestones are <= epoch)
 *
 * @param out         creates the scheduler; NULL on failure. Free it with tw_lr_scheduler_free.
 * @param optimizer   shares: its rates are scheduled.
 * @param milestones  borrows: count epochs, none negative, ascending; one that comes twice counts twice.
 * @param count       at least 1.
 * @param gamma       finite; PyTorch's default is 0.1.
 * @retval TW_ERROR_RANGE  a milestone is negative or smaller than the one before, or gamma is not finite
 */
TW_API tw_status tw_lr_scheduler_multi_step(tw_lr_scheduler **out, tw_optimizer *optimizer, const int64_t *milestones,
                                            size_t count, double gamma);

/**
 * Creates a schedule that falls along half a cosine to eta_min in t_max epochs, and rises again after, as
 * CosineAnnealingLR.
 *
 *     closed form: lr(epoch) = eta_min + (base_lr - eta_min) * (1 + cos(pi * epoch / t_max)) / 2
 *
 * Source: Loshchilov & Hutter, SGDR, arXiv 1608.03983 (without its restarts).
 *
 * @param out        creates the scheduler; NULL on failure.
 * @param optimizer  shares: its rates are scheduled.
 * @param t_max      epochs of half a period, at least 1.
 * @param eta_min    the lowest rate, finite; PyTorch's default is 0.
 * @retval TW_ERROR_RANGE  t_max is below 1, or eta_min is not finite
 */
TW_API tw_status tw_lr_scheduler_cosine_annealing(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t t_max,
                                                  double eta_min);

/* ---- steps --------------------------------------------------------------------------------------------------------- */

/**
 * Goes on to the next epoch, in the recursive ("chainable") form: the new rate is made from the optimizer's present
 * one, so several schedulers that are stepped in turn act together. Call it after tw_optimizer_step.
 *
 * @retval TW_ERROR_RANGE  a rate would not be finite
 * @retval TW_ERROR_STATE  a warmup has dampened the optimizer's rates, which are therefore not the schedule's: leave the
 *                         step to tw_warmup_step, or call this between tw_warmup_dampening_begin and _end
 */
TW_API tw_status tw_lr_scheduler_step(tw_lr_scheduler *scheduler);

/**
 * Goes to a given epoch in the closed form: the new rate is made from the base rate alone.
 *
 * @param epoch  finite and not negative; may be a fraction, as for PyTorch's schedules.
 * @retval TW_ERROR_RANGE  epoch is negative or not finite
 * @retval TW_ERROR_STATE  the schedule has no closed form
 */
TW_API tw_status tw_lr_scheduler_step_at(tw_lr_scheduler *scheduler, double epoch);

/* ---- looking into a scheduler ---------------------------------------------------------------------------------------- */

/**
 * The rates that the last step gave the groups, without any warmup factor that came after.
 *
 * @param out       borrows: room for capacity rates; untouched where that is too few.
 * @param capacity  at least the number of groups.
 * @retval TW_ERROR_RANGE  capacity is too small
 */
TW_API tw_status tw_lr_scheduler_get_last_lr(double *out, size_t capacity, const tw_lr_scheduler *scheduler);

/** The rates from which the closed form starts; otherwise as tw_lr_scheduler_get_last_lr. */
TW_API tw_status tw_lr_scheduler_get_base_lrs(double *out, size_t capacity, const tw_lr_scheduler *scheduler);

/** The epoch of the last step: 0 after construction, a fraction after tw_lr_scheduler_step_at with one. */
TW_API tw_status tw_lr_scheduler_get_last_epoch(double *out, const tw_lr_scheduler *scheduler);

/** Frees the handle. The optimizer keeps its rates. NULL is allowed and does nothing. */
TW_API void tw_lr_scheduler_free(tw_lr_scheduler *scheduler);

#ifdef __cplusplus
}
#endif

#endif
