/* What a warmup does at each step. Everything is computed beside what there is: two rows of rates are filled in, the
 * optimizer is written to once, and then the rows change places with the warmup's. */
#include <string.h>

#include "base/check.h"
#include "schedule/warmup.h"

static int64_t at_least_0(int64_t step) { return step > 0 ? step : 0; }

/* ---- what must be so ---- */

tw_status twi_warmup_check(const tw_warmup *warmup) {
  if (warmup->detached) return twi_fail(TW_ERROR_STATE, "the warmup has been detached from its optimizer");
  return twi_optimizer_require_groups(warmup->optimizer, warmup->group_count, "this warmup");
}

static tw_status check_not_begun(const tw_warmup *warmup) {
  if (!warmup->begun) return TW_OK;
  return twi_fail(TW_ERROR_STATE, "dampening has begun; call tw_warmup_dampening_end before this");
}

static tw_status check_begun(const tw_warmup *warmup) {
  if (warmup->begun) return TW_OK;
  return twi_fail(TW_ERROR_STATE, "dampening has not begun; call tw_warmup_dampening_begin before this");
}

/* Which step comes after the last one. */
static tw_status find_next_step(int64_t *out, const tw_warmup *warmup) {
  *out = warmup->last_step + 1;
  return twi_check_step(*out, 0, "the next step");
}

static tw_status check_unedited(const tw_warmup *warmup, const double *lrs) {
  int edited = 0; /* without a branch, so that the loop runs several at a time */
  for (size_t group = 0; group < warmup->group_count; ++group) edited |= lrs[group] != warmup->dampened[group];
  if (!edited) return TW_OK;
  size_t group = 0;
  while (group + 1 < warmup->group_count && lrs[group] == warmup->dampened[group]) ++group;
  return twi_fail(TW_ERROR_STATE,
                  "the rate of group %zu has been changed from outside to %g; set rates between "
                  "tw_warmup_dampening_begin and tw_warmup_dampening_end",
                  group, lrs[group]);
}

/* ---- the parts of a step ---- */

static void swap_rows(double **a, double **b) {
  double *row = *a;
  *a = *b;
  *b = row;
}

tw_status twi_warmup_dampen(tw_warmup *warmup, int64_t step, twi_rates *undampened, const twi_rates *before,
                            const char *source) {
  tw_optimizer *optimizer = warmup->optimizer;
  const size_t count = warmup->group_count;
  twi_rates dampened = {count, optimizer->rows[0], undampened->momentums};
  tw_status status = twi_check_lrs(undampened->lrs, count, source);
  for (size_t group = 0; group < count; ++group) dampened.lrs[group] = undampened->lrs[group] * warmup->factors[group];
  if (status == TW_OK) status = twi_optimizer_write(optimizer, &dampened, before, source);
  if (status != TW_OK) return status;
  swap_rows(&warmup->dampened, &optimizer->rows[0]);
  swap_rows(&warmup->undampened, &optimizer->rows[2]);
  optimizer->room = optimizer->room < count ? optimizer->room : count; /* of the rows that came */
  warmup->last_step = step;
  warmup->begun = 0;
  warmup->put_back = 0;
  return status;
}

tw_status twi_warmup_take_undampened(tw_warmup *warmup, twi_rates *next, twi_rates *present, int with_momentums) {
  tw_optimizer *optimizer = warmup->optimizer;
  tw_status status = check_not_begun(warmup);
  if (status == TW_OK) status = twi_warmup_check(warmup);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, warmup->group_count);
  if (status != TW_OK) return status;
  *present = twi_optimizer_present(optimizer, warmup->group_count, with_momentums);
  *next = twi_optimizer_next(optimizer, warmup->group_count, with_momentums);
  status = twi_optimizer_read(optimizer, present);
  if (status == TW_OK) status = check_unedited(warmup, present->lrs);
  if (status != TW_OK) return status;
  twi_rates_copy(next, &(twi_rates){next->count, warmup->undampened, present->momentums});
  return status;
}

static tw_status step_locked(tw_warmup *warmup, tw_lr_scheduler *const *schedulers, size_t count) {
  twi_rates next, present;
  int with_momentums = 0;
  tw_status status = twi_check_schedulers(schedulers, count, warmup->optimizer, &with_momentums);
  if (status == TW_OK) status = twi_warmup_take_undampened(warmup, &next, &present, with_momentums);
  if (status != TW_OK) return status;
  int64_t step = 0;
  status = find_next_step(&step, warmup);
  if (status == TW_OK) status = twi_warmup_factors(warmup->factors, warmup, 0, warmup->group_count, step);
  if (status != TW_OK) return status;
  /* The row of the present rates becomes that of the dampened ones; the warmup still has what it held. */
  const twi_rates before = {warmup->group_count, warmup->dampened, present.momentums};
  twi_save_all(schedulers, count);
  status = twi_step_all(schedulers, count, &next);
  if (status == TW_OK) status = twi_warmup_dampen(warmup, step, &next, &before, "the schedule");
  twi_settle_all(schedulers, count, status);
  return status;
}

tw_status tw_warmup_step(tw_warmup *warmup, tw_lr_scheduler *const *schedulers, size_t count) {
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = twi_optimizer_enter(warmup->optimizer);
  if (status != TW_OK) return status;
  status = step_locked(warmup, schedulers, count);
  twi_optimizer_leave(warmup->optimizer);
  return status;
}

/* ---- a step in two halves ---- */

static tw_status begin_locked(tw_warmup *warmup) {
  twi_rates next, present;
  tw_status status = twi_warmup_take_undampened(warmup, &next, &present, 0);
  if (status == TW_OK) status = twi_optimizer_write(warmup->optimizer, &next, &present, "the warmup");
  if (status != TW_OK) return status;
  warmup->put_back = 0;
  warmup->begun = 1;
  return status;
}

static tw_status cancel_locked(tw_warmup *warmup) {
  tw_status status = check_begun(warmup);
  if (status == TW_OK) status = twi_warmup_check(warmup);
  if (status == TW_OK)
    status = twi_optimizer_set(warmup->optimizer, warmup->dampened, warmup->group_count, TW_OPTION_LR);
  if (status == TW_OK) warmup->begun = 0;
  return status;
}

/* Dampens the rates that the optimizer has. */
static tw_status dampen_present(tw_warmup *warmup, int64_t step) {
  tw_optimizer *optimizer = warmup->optimizer;
  tw_status status = twi_warmup_check(warmup);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, warmup->group_count);
  if (status == TW_OK) status = twi_warmup_factors(warmup->factors, warmup, 0, warmup->group_count, step);
  if (status != TW_OK) return status;
  twi_rates next = twi_optimizer_next(optimizer, warmup->group_count, 0);
  status = twi_optimizer_read(optimizer, &next);
  return status == TW_OK ? twi_warmup_dampen(warmup, step, &next, &next, "the optimizer") : status;
}

static tw_status dampen_next(tw_warmup *warmup, tw_status status) {
  int64_t step = 0;
  if (status == TW_OK) status = find_next_step(&step, warmup);
  return status == TW_OK ? dampen_present(warmup, step) : status;
}

static tw_status end_locked(tw_warmup *warmup) { return dampen_next(warmup, check_begun(warmup)); }

static tw_status dampen_locked(tw_warmup *warmup) { return dampen_next(warmup, check_not_begun(warmup)); }

static tw_status with_lock(tw_warmup *warmup, tw_status (*body)(tw_warmup *warmup)) {
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = twi_optimizer_enter(warmup->optimizer);
  if (status != TW_OK) return status;
  status = body(warmup);
  twi_optimizer_leave(warmup->optimizer);
  return status;
}

tw_status tw_warmup_dampening_begin(tw_warmup *warmup) { return with_lock(warmup, begin_locked); }

tw_status tw_warmup_dampening_end(tw_warmup *warmup) { return with_lock(warmup, end_locked); }

tw_status tw_warmup_dampening_cancel(tw_warmup *warmup) { return with_lock(warmup, cancel_locked); }

tw_status tw_warmup_dampen(tw_warmup *warmup) { return with_lock(warmup, dampen_locked); }

tw_status tw_warmup_dampen_at(tw_warmup *warmup, int64_t step) {
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = twi_check_step(step, 0, "step");
  if (status == TW_OK) status = twi_optimizer_enter(warmup->optimizer);
  if (status != TW_OK) return status;
  status = check_not_begun(warmup);
  if (status == TW_OK) status = dampen_present(warmup, step);
  twi_optimizer_leave(warmup->optimizer);
  return status;
}

/* ---- undoing it ---- */

/* Rates that nobody else has changed become the undampened ones; those of groups added since stay. */
static tw_status put_undampened(tw_warmup *warmup) {
  tw_optimizer *optimizer = warmup->optimizer;
  size_t count = 0;
  tw_status status = twi_optimizer_group_count(&count, optimizer);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, count);
  if (status != TW_OK) return status;
  twi_rates present = twi_optimizer_present(optimizer, count, 0), next = twi_optimizer_next(optimizer, count, 0);
  status = twi_optimizer_read(optimizer, &present);
  if (status != TW_OK) return status;
  twi_rates_copy(&next, &present);
  for (size_t group = 0; group < count && group < warmup->group_count; ++group)
    if (present.lrs[group] == warmup->dampened[group]) next.lrs[group] = warmup->undampened[group];
  return twi_optimizer_write(optimizer, &next, &present, "the warmup");
}

static tw_status detach_locked(tw_warmup *warmup) {
  if (warmup->detached) return twi_fail(TW_ERROR_STATE, "the warmup has been detached from its optimizer already");
  const tw_status status = warmup->begun ? TW_OK : put_undampened(warmup);
  if (status != TW_OK) return status;
  warmup->optimizer->book.warmup = NULL;
  warmup->detached = 1;
  return status;
}

tw_status tw_warmup_detach(tw_warmup *warmup) { return with_lock(warmup, detach_locked); }

/* ---- states that are put back ---- */

tw_status twi_warmup_put_state(tw_warmup *warmup, int64_t step, const double *lrs) {
  tw_optimizer *optimizer = warmup->optimizer;
  tw_status status = twi_optimizer_make_room(optimizer, warmup->group_count);
  if (status == TW_OK) status = twi_warmup_factors(warmup->factors, warmup, 0, warmup->group_count, at_least_0(step));
  if (status != TW_OK) return status;
  twi_rates next = twi_optimizer_next(optimizer, warmup->group_count, 0);
  if (next.count > 0) memcpy(next.lrs, lrs, next.count * sizeof *lrs); /* lrs may be null for none */
  status = twi_warmup_dampen(warmup, step, &next, &next, "the state");
  if (status == TW_OK) warmup->put_back = 1;
  return status;
}

tw_status twi_warmup_put_rates(tw_warmup *warmup, const twi_rates *scheduled) {
  tw_optimizer *optimizer = warmup->optimizer;
  const int64_t step = warmup->last_step;
  const int was_put_back = warmup->put_back;
  tw_status status = twi_optimizer_make_room(optimizer, warmup->group_count);
  if (status == TW_OK) status = twi_warmup_factors(warmup->factors, warmup, 0, warmup->group_count, at_least_0(step));
  if (status != TW_OK) return status;
  twi_rates present = twi_optimizer_present(optimizer, warmup->group_count, scheduled->momentums != NULL);
  twi_rates next = twi_optimizer_next(optimizer, warmup->group_count, scheduled->momentums != NULL);
  status = twi_optimizer_read(optimizer, &present);
  if (status != TW_OK) return status;
  if (warmup->begun) return twi_optimizer_write(optimizer, scheduled, &present, "the state");
  const twi_rates before = {present.count, warmup->dampened, present.momentums};
  const double *lrs = was_put_back ? warmup->undampened : scheduled->lrs;
  if (next.lrs != lrs) memmove(next.lrs, lrs, next.count * sizeof *lrs);
  if (scheduled->momentums != NULL && next.momentums != scheduled->momentums)
    memmove(next.momentums, scheduled->momentums, next.count * sizeof *lrs);
  status = twi_warmup_dampen(warmup, step, &next, &before, "the state");
  if (status == TW_OK) warmup->put_back = was_put_back;
  return status;
}
