/**
 * @file lr_scheduler.h
 * What one does with a learning-rate scheduler: step it, look into it, preview it, keep its state. The schedules
 * themselves are made by lr_schedules.h.
 *
 * Groups that are added to the optimizer after a scheduler was made: a schedule whose arguments are the same for all groups
 * takes them from the next call on, as PyTorch 2.15 does, each with the rate that it has then as its base rate. These are
 * step_lr, multi_step, constant, linear, exponential, polynomial, cosine_annealing, inverse_sqrt, warmup_stable_decay,
 * reduce_on_plateau (unless min_lr was given for each group), and the sequential and chained ones of these alone. The closed
 * form, and cosine_annealing on its way up, start from that base rate; PyTorch leaves the later groups alone there. For the
 * other kinds, for a warmup, and where a group is gone, every call that changes rates is TW_ERROR_STATE and nothing changes.
 */
#ifndef TORCH_WARMUP_LR_SCHEDULER_H
#define TORCH_WARMUP_LR_SCHEDULER_H

#include "optimizer.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A handle to a learning-rate scheduler. */
typedef struct tw_lr_scheduler tw_lr_scheduler;

/* ---- steps ------------------------------------------------------------------------------------------------------- */

/**
 * Goes on to the next epoch, in the recursive ("chainable") form: the new rate is made from the optimizer's present
 * one, so several schedulers that are stepped in turn act together. Call it after tw_optimizer_step.
 *
 * @retval TW_ERROR_RANGE  a rate would not be finite, or the epoch would be above 2^53
 * @retval TW_ERROR_STATE  the schedule needs a metric, or has ended (one_cycle)
 * @retval TW_ERROR_STATE  a warmup has dampened the optimizer's rates, which are therefore not the schedule's: leave the
 *                         step to tw_warmup_step, or call this between tw_warmup_dampening_begin and _end
 */
TW_CALL tw_status tw_lr_scheduler_step(tw_lr_scheduler *scheduler);

/**
 * Goes to a given epoch in the closed form: the new rate is made from the base rate alone.
 *
 * @param epoch  from 0 to 2^53; may be a fraction, as for PyTorch's schedules.
 * @retval TW_ERROR_RANGE  epoch is outside that, or a rate would not be finite
 * @retval TW_ERROR_STATE  the schedule has no closed form
 */
TW_CALL tw_status tw_lr_scheduler_step_at(tw_lr_scheduler *scheduler, double epoch);

/**
 * Goes on to the next epoch with the metric of the last one; for reduce_on_plateau.
 *
 * @param metric  any number; one that is not a number counts as no better.
 * @retval TW_ERROR_STATE  the schedule takes no metric, or a warmup has dampened the optimizer's rates
 */
TW_CALL tw_status tw_lr_scheduler_step_metric(tw_lr_scheduler *scheduler, double metric);

/**
 * The rates of the next steps, without a change to the optimizer or the schedulers.
 *
 * @param out         borrows: room for capacity rates. Row i holds the rates of the groups after i steps of all
 *                    schedulers in turn, row 0 the present ones.
 * @param needed      steps times the number of groups; may be NULL.
 * @param schedulers  borrows: count schedulers of one optimizer, stepped in the recursive form.
 * @param count       at least 1.
 * @param steps       how many rows.
 * @retval TW_ERROR_STATE  a scheduler needs a metric, or ends within these steps, or a warmup has dampened the rates; or
 *                         from within a callback
 */
TW_CALL tw_status tw_lr_scheduler_preview(double *out, size_t capacity, size_t *needed,
                                          tw_lr_scheduler *const *schedulers, size_t count, size_t steps);

/* ---- looking into a scheduler ------------------------------------------------------------------------------------ */

/**
 * The rates that the last step gave the groups, without any warmup factor that came after; after
 * tw_lr_scheduler_set_last_epoch those that it set or found.
 *
 * @param out     borrows: room for capacity rates; untouched where that is too few.
 * @param needed  the number of groups; may be NULL.
 */
TW_CALL tw_status tw_lr_scheduler_get_last_lrs(double *out, size_t capacity, size_t *needed,
                                               const tw_lr_scheduler *scheduler);

/** The rates from which the closed form starts; otherwise as tw_lr_scheduler_get_last_lrs. */
TW_CALL tw_status tw_lr_scheduler_get_base_lrs(double *out, size_t capacity, size_t *needed,
                                               const tw_lr_scheduler *scheduler);

/** The number of groups that the scheduler schedules. */
TW_CALL tw_status tw_lr_scheduler_get_group_count(size_t *out, const tw_lr_scheduler *scheduler);

/** The epoch of the last step: 0 after construction, a fraction after tw_lr_scheduler_step_at with one. */
TW_CALL tw_status tw_lr_scheduler_get_last_epoch(double *out, const tw_lr_scheduler *scheduler);

/**
 * Moves the schedule to an epoch without stepping there: the next step is to the one after it. A run whose epoch and rates
 * were written down is gone on with so; all of a scheduler's state is kept by tw_lr_scheduler_get_state or a checkpoint.
 *
 * Schedules of schedules move their parts to where they are at that epoch, warm restarts know which period it falls in.
 * reduce_on_plateau's best metric and counters stay as they are.
 *
 * @param epoch  from -1, after which the next step is to epoch 0, to 2^53; whole for a sequential schedule.
 * @param lrs    borrows: count rates that the schedule had at that epoch, without a warmup's factor. The optimizer gets them
 *               at once, dampened where a warmup is bound, and cycled momentums are set to those of the epoch. NULL, with
 *               count 0: rates and momentums stay as they are.
 * @param count  0, 1 (the same for every group) or the number of groups.
 * @retval TW_ERROR_ARGUMENT  count is none of these; the message names both numbers
 * @retval TW_ERROR_RANGE     epoch or a rate is outside its range
 */
TW_CALL tw_status tw_lr_scheduler_set_last_epoch(tw_lr_scheduler *scheduler, double epoch, const double *lrs,
                                                 size_t count);

/**
 * The scheduler's whole state as plain numbers, for a caller who keeps files of its own.
 *
 * @param out     borrows: room for capacity numbers.
 * @param needed  how many there are; may be NULL. It depends on the kind, its arguments and the number of groups alone.
 */
TW_CALL tw_status tw_lr_scheduler_get_state(double *out, size_t capacity, size_t *needed,
                                            const tw_lr_scheduler *scheduler);

/**
 * Puts back a state that tw_lr_scheduler_get_state gave, for a scheduler made with the same arguments, and sets the
 * optimizer's rates at once: dampened where a warmup is bound, whichever was made or set first.
 *
 * Of several schedulers set the state of the one last that is stepped last.
 *
 * @param state  borrows: count numbers.
 * @retval TW_ERROR_ARGUMENT  count is not this scheduler's
 * @retval TW_ERROR_RANGE     a rate in it is not finite
 */
TW_CALL tw_status tw_lr_scheduler_set_state(tw_lr_scheduler *scheduler, const double *state, size_t count);

/**
 * Creates a copy that goes on by itself from where the scheduler is: the same arguments, the same state, the children of a
 * schedule of schedules copied too, a callback's context shared: with a copy for another optimizer, which has a lock of its
 * own, the callback may run on two threads at the same time.
 *
 * @param out        creates the copy; NULL on failure.
 * @param scheduler  borrows.
 * @param optimizer  shares: another one with as many groups, whose rates are set at once to those of the scheduler's last
 *                   step; NULL for the same one, whose rates stay. Two schedulers that are stepped on one optimizer act
 *                   together.
 * @retval TW_ERROR_ARGUMENT  the other optimizer has another number of groups; the message names both
 * @retval TW_ERROR_STATE     a warmup has dampened the other optimizer's rates
 */
TW_CALL tw_status tw_lr_scheduler_clone(tw_lr_scheduler **out, const tw_lr_scheduler *scheduler,
                                        tw_optimizer *optimizer);

/** Frees the handle. The optimizer keeps its rates. NULL is allowed and does nothing. */
TW_API void tw_lr_scheduler_free(tw_lr_scheduler *scheduler);

#ifdef __cplusplus
}
#endif

#endif
