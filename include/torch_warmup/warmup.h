/**
 * @file warmup.h
 * Learning-rate warmup: each group's scheduled rate is multiplied by a factor that grows to 1, as in pytorch_warmup.
 *
 * Every step of a run:
 *
 *     tw_optimizer_step(optimizer);               uses the dampened rates
 *     tw_warmup_step(warmup, &scheduler, 1);      undampen, step the schedulers, dampen for the next step
 *
 * A warmup records the rates of the optimizer's groups when it is made and dampens them for step 0 at once, so make it
 * after the LR schedulers. It counts steps from 0; last_step is the step that the present rates are for.
 *
 * What it refuses, rather than go on with rates that nobody meant (TW_ERROR_STATE, nothing changed):
 *   - an optimizer that has gained a parameter group since the warmup was made,
 *   - a rate that somebody else changed since the last dampening (set it between tw_warmup_dampening_begin and _end),
 *   - a second warmup for an optimizer, while the first is neither detached nor freed,
 *   - a warmup or an LR scheduler made on rates that a freed warmup left dampened (detach it before, or set the rates),
 *   - tw_warmup_dampening_begin twice, or tw_warmup_dampening_end without it.
 *
 * A step that the optimizer skipped, for example because a gradient was not finite, need not count: leave
 * tw_warmup_step out as well.
 */
#ifndef TORCH_WARMUP_WARMUP_H
#define TORCH_WARMUP_WARMUP_H

#include "lr_scheduler.h"
#include "optimizer.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A handle to a warmup. */
typedef struct tw_warmup tw_warmup;

/* ---- creation ---------------------------------------------------------------------------------------------------- */

/**
 * Creates a linear warmup.
 *
 *     factor(step) = min(1, (step + 1) / period)
 *
 * Records every group's rate and dampens it for step 0, so create it after the LR schedulers.
 *
 * @param out        creates the warmup; NULL on failure. Free it with tw_warmup_free.
 * @param optimizer  shares: of any kind.
 * @param periods    borrows: count periods in steps, each at least 1.
 * @param count      1 (the same period for every group) or the number of groups.
 * @retval TW_ERROR_ARGUMENT  count is neither; the message names both numbers
 * @retval TW_ERROR_RANGE     a period is below 1
 */
TW_CALL tw_status tw_warmup_linear(tw_warmup **out, tw_optimizer *optimizer, const int64_t *periods, size_t count);

/**
 * Creates an exponential warmup; otherwise as tw_warmup_linear.
 *
 *     factor(step) = 1 - exp(-(step + 1) / period)
 */
TW_CALL tw_status tw_warmup_exponential(tw_warmup **out, tw_optimizer *optimizer, const int64_t *periods, size_t count);

/**
 * Creates a linear warmup whose period comes from each group's beta2.
 *
 *     factor(step) = min(1, (step + 1) / period),   period = trunc(2 / (1 - beta2))
 *
 * The period is truncated as in pytorch_warmup: 1999 for beta2 = 0.999.
 * Source: Ma & Yarats, arXiv 1910.04209, section 5.
 *
 * Records every group's rate and dampens it for step 0, so create it after the LR schedulers.
 *
 * @param out        creates the warmup; NULL on failure. Free it with tw_warmup_free.
 * @param optimizer  shares: any that has a beta2; with beta2s, any at all.
 * @param beta2s     borrows: count numbers in [0, 1); NULL, with count 0, for the groups' own.
 * @param count      0, 1 (the same for every group) or the number of groups.
 * @retval TW_ERROR_NOT_FOUND  the optimizer has no beta2, and none is given
 * @retval TW_ERROR_ARGUMENT   count is none of these; the message names both numbers
 * @retval TW_ERROR_RANGE      a beta2 is outside [0, 1)
 */
TW_CALL tw_status tw_warmup_untuned_linear(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s,
                                           size_t count);

/**
 * Creates an exponential warmup whose period comes from each group's beta2; otherwise as tw_warmup_untuned_linear.
 *
 *     factor(step) = 1 - exp(-(step + 1) / period),   period = trunc(1 / (1 - beta2))
 *
 * The period is truncated as in pytorch_warmup: 999 for beta2 = 0.999.
 */
TW_CALL tw_status tw_warmup_untuned_exponential(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s,
                                                size_t count);

/**
 * Creates a warmup by the variance rectification of RAdam, from each group's beta2; otherwise as
 * tw_warmup_untuned_linear.
 *
 *     factor(step) = sqrt(((rho - 4) (rho - 2) rho_inf) / ((rho_inf - 4) (rho_inf - 2) rho))
 *     rho_inf = 2 / (1 - beta2) - 1,   rho = rho_inf - 2 t beta2^t / (1 - beta2^t)   at t = step + offset
 *
 * where offset is the smallest t >= 1 with rho > 4, so that the first factor exists.
 * Source: Liu et al., arXiv 1908.03265; Ma & Yarats, arXiv 1910.04209.
 *
 * @param beta2s  borrows: count numbers in (0.6, 1), where the factor is defined; NULL, with count 0, for the groups' own.
 * @retval TW_ERROR_RANGE  a beta2 is not inside (0.6, 1)
 */
TW_CALL tw_status tw_warmup_radam(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s, size_t count);

/**
 * Gives the factor of a warmup of the caller's own.
 *
 * @param out      to be set: finite and not negative. It comes as not a number, so that one left unset is refused.
 * @param step     counted from 0.
 * @param group    counted from 0.
 * @param context  what was given to tw_warmup_custom.
 * @return TW_OK, or the status that the call which asked is to fail with; its message by tw_set_last_error
 */
typedef tw_status (*tw_warmup_factor_function)(double *out, int64_t step, size_t group, void *context);

/**
 * Creates a warmup whose factors the caller computes.
 *
 * Records every group's rate and dampens it for step 0, so factor is called before this returns.
 *
 * @param out        creates the warmup; NULL on failure.
 * @param optimizer  shares: of any kind.
 * @param factor     called once for each group at each dampening, and where tw_warmup_get_factor or a preview asks, from
 *                   within a running call of it too.
 * @param context    shares: passed to factor as it is.
 * @param release    lets context go; NULL where nothing needs to. It runs exactly once: when the warmup is freed, on
 *                   whatever thread that is; also where this call fails.
 * @retval TW_ERROR_RANGE     factor gave a number that is not finite, or a negative one
 * @retval TW_ERROR_CALLBACK  factor returned a number that is no tw_status
 */
TW_CALL tw_status tw_warmup_custom(tw_warmup **out, tw_optimizer *optimizer, tw_warmup_factor_function factor,
                                   void *context, void (*release)(void *context));

/* ---- steps ------------------------------------------------------------------------------------------------------- */

/**
 * Undampens, steps each scheduler in order (recursive form), and dampens for the next step.
 *
 * Where something fails, nothing has changed: the optimizer has its dampened rates, and the schedulers and the warmup
 * stand where they stood.
 *
 * @param schedulers  borrows: count schedulers of the same optimizer; NULL where count is 0.
 * @param count       0 for a run without a schedule.
 * @retval TW_ERROR_ARGUMENT  a scheduler is NULL or belongs to another optimizer
 * @retval TW_ERROR_STATE     see the top of this file
 */
TW_CALL tw_status tw_warmup_step(tw_warmup *warmup, tw_lr_scheduler *const *schedulers, size_t count);

/**
 * Puts the undampened rates back into the optimizer, for the LR schedulers to step on.
 *
 * @retval TW_ERROR_STATE  it has begun already, or see the top of this file
 */
TW_CALL tw_status tw_warmup_dampening_begin(tw_warmup *warmup);

/**
 * Records the optimizer's rates as the undampened ones and dampens them for the next step.
 *
 * @retval TW_ERROR_STATE  tw_warmup_dampening_begin has not been called
 */
TW_CALL tw_status tw_warmup_dampening_end(tw_warmup *warmup);

/**
 * Puts the dampened rates back as they were before tw_warmup_dampening_begin, for when what was to happen in between has
 * failed; the step stays the same. A scheduler that did step in between has moved on all the same.
 *
 * @retval TW_ERROR_STATE  tw_warmup_dampening_begin has not been called
 */
TW_CALL tw_status tw_warmup_dampening_cancel(tw_warmup *warmup);

/**
 * Multiplies the optimizer's present rates by the factor of the next step, for a loop in which every step sets the
 * rates anew in closed form (tw_lr_scheduler_step_at) and then dampens them.
 *
 * As in pytorch_warmup, rates that nothing has set anew since the last dampening are dampened again. The rates that
 * tw_warmup_dampening_begin puts back become the present ones.
 *
 * @retval TW_ERROR_STATE  between tw_warmup_dampening_begin and _end, or the number of groups has changed
 */
TW_CALL tw_status tw_warmup_dampen(tw_warmup *warmup);

/** As tw_warmup_dampen, for a given step. @param step  from 0 to 2^53; tw_warmup_dampen goes on from it. */
TW_CALL tw_status tw_warmup_dampen_at(tw_warmup *warmup, int64_t step);

/* ---- the counter and the factors --------------------------------------------------------------------------------- */

/** The step that the present rates are for; 0 after creation. */
TW_CALL tw_status tw_warmup_get_last_step(int64_t *out, const tw_warmup *warmup);

/**
 * Sets the step counter; the rates stay as they are. -1 makes the next tw_warmup_dampen dampen for step 0.
 *
 * @param step  from -1 to 2^53.
 */
TW_CALL tw_status tw_warmup_set_last_step(tw_warmup *warmup, int64_t step);

/**
 * The factor of any step.
 *
 * @param step   at least 0.
 * @param group  below the number of groups that the warmup was made for.
 */
TW_CALL tw_status tw_warmup_get_factor(double *out, const tw_warmup *warmup, int64_t step, size_t group);

/** The number of groups that the warmup was made for. */
TW_CALL tw_status tw_warmup_get_group_count(size_t *out, const tw_warmup *warmup);

/* ---- preview and state ------------------------------------------------------------------------------------------- */

/**
 * The rates of the next steps, without a change to the optimizer, the schedulers or the warmup.
 *
 * @param out         borrows: room for capacity rates. Row i holds the rates of the groups after i calls of
 *                    tw_warmup_step with these schedulers, row 0 the present ones.
 * @param needed      steps times the number of groups; may be NULL.
 * @param schedulers  borrows: count schedulers of the same optimizer; NULL where count is 0.
 * @param steps       how many rows.
 * @retval TW_ERROR_STATE  a scheduler needs a metric, or ends within these steps; between tw_warmup_dampening_begin and
 *                         _end; from within a callback; or see the top of this file
 */
TW_CALL tw_status tw_warmup_preview(double *out, size_t capacity, size_t *needed, tw_warmup *warmup,
                                    tw_lr_scheduler *const *schedulers, size_t count, size_t steps);

/**
 * The undampened rates that the warmup has recorded, one a group.
 *
 * @param out     borrows: room for capacity rates; untouched where that is too few.
 * @param needed  the number of groups; may be NULL.
 */
TW_CALL tw_status tw_warmup_get_undampened_lrs(double *out, size_t capacity, size_t *needed, const tw_warmup *warmup);

/**
 * The warmup's whole state, for a caller who keeps files of its own: what tw_warmup_get_last_step and
 * tw_warmup_get_undampened_lrs give.
 *
 * @param step  the step; may be NULL.
 * @param lrs   borrows: room for capacity rates, as in tw_warmup_get_undampened_lrs.
 */
TW_CALL tw_status tw_warmup_get_state(int64_t *step, double *lrs, size_t capacity, size_t *needed,
                                      const tw_warmup *warmup);

/**
 * Puts back a state: the step, and the undampened rates. Sets the optimizer's rates at once, dampened for that step.
 *
 * @param step   what tw_warmup_get_last_step gave, at least 0.
 * @param lrs    borrows: count rates, what tw_warmup_get_undampened_lrs gave.
 * @param count  the number of groups; another number is TW_ERROR_ARGUMENT.
 */
TW_CALL tw_status tw_warmup_set_state(tw_warmup *warmup, int64_t step, const double *lrs, size_t count);

/**
 * Undoes the warmup: puts the undampened rates back into the optimizer and unbinds it, so that another may be made. A rate
 * that somebody else changed since the last dampening, and that of a group added later, stays. Any later call but
 * the getters and tw_warmup_free is TW_ERROR_STATE.
 *
 * @retval TW_ERROR_STATE  it is detached already
 */
TW_CALL tw_status tw_warmup_detach(tw_warmup *warmup);

/**
 * Frees the handle. The optimizer keeps the rates as they are, dampened: call tw_warmup_detach before, where the run goes
 * on without a warmup. NULL is allowed and does nothing.
 */
TW_API void tw_warmup_free(tw_warmup *warmup);

#ifdef __cplusplus
}
#endif

#endif
