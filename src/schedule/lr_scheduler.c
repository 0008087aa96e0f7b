/* Stepping LR schedulers and looking into them. */
#include "schedule/lr_scheduler.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "schedule/warmup.h"

/* ---- keeping and letting go ---- */

tw_lr_scheduler *twi_lr_scheduler_share(tw_lr_scheduler *scheduler) {
  atomic_fetch_add_explicit(&scheduler->references, 1, memory_order_relaxed);
  return scheduler;
}

void twi_lr_scheduler_unshare(tw_lr_scheduler *scheduler) {
  if (scheduler == NULL || atomic_fetch_sub_explicit(&scheduler->references, 1, memory_order_acq_rel) != 1) return;
  for (size_t i = 0; i < scheduler->schedule->child_count; ++i) twi_lr_scheduler_unshare(scheduler->children[i]);
  free(scheduler->children);
  twi_lr_schedule_free(scheduler->schedule);
  twi_optimizer_unshare(scheduler->optimizer);
  free(scheduler);
}

static void scheduler_end_free(twi_deferred *deferred) {
  twi_lr_scheduler_unshare((tw_lr_scheduler *)(void *)deferred);
}

void tw_lr_scheduler_free(tw_lr_scheduler *scheduler) {
  twi_handle_close(scheduler, TW_HANDLE_LR_SCHEDULER, "tw_lr_scheduler_free");
  if (scheduler == NULL || twi_optimizer_defer(scheduler->optimizer, &scheduler->deferred, scheduler_end_free)) return;
  twi_lr_scheduler_unshare(scheduler);
}

/* ---- what steps have in common ---- */

/* The name of one of a list is made only to tell of a failure: making it costs as much as a step. */
static tw_status refuse_scheduler(const tw_lr_scheduler *scheduler, size_t index, const tw_optimizer *optimizer) {
  char name[TWI_NAME_SIZE];
  twi_indexed(name, "schedulers", index);
  if (scheduler == NULL) return twi_check_pointer(scheduler, name);
  if (scheduler->optimizer != optimizer) return twi_fail(TW_ERROR_ARGUMENT, "%s belongs to another optimizer", name);
  return twi_fail(TW_ERROR_STATE, "%s is %s, which is stepped with a metric", name, scheduler->schedule->kind->name);
}

static tw_status check_scheduler(tw_lr_scheduler *scheduler, size_t index, tw_optimizer *optimizer) {
#ifdef TORCH_WARMUP_CHECKS
  char name[TWI_NAME_SIZE];
  const tw_status status = twi_check_pointer(scheduler, twi_indexed(name, "schedulers", index));
  if (status != TW_OK) return status;
#endif
  if (scheduler == NULL || scheduler->optimizer != optimizer || scheduler->schedule->kind->step_metric != NULL)
    return refuse_scheduler(scheduler, index, optimizer);
  return twi_lr_scheduler_fit(scheduler);
}

tw_status twi_check_schedulers(tw_lr_scheduler *const *schedulers, size_t count, tw_optimizer *optimizer,
                               int *cycles_momentum) {
  *cycles_momentum = 0;
  tw_status status = twi_check_array(schedulers, count, "schedulers");
  for (size_t i = 0; i < count && status == TW_OK; ++i) {
    status = check_scheduler(schedulers[i], i, optimizer);
    if (status == TW_OK) *cycles_momentum |= schedulers[i]->schedule->cycles_momentum;
  }
  return status;
}

tw_status twi_step_all(tw_lr_scheduler *const *schedulers, size_t count, twi_rates *rates) {
  tw_status status = TW_OK;
  for (size_t i = 0; i < count && status == TW_OK; ++i) {
    status = twi_lr_schedule_step(schedulers[i]->schedule, rates);
    if (status == TW_OK) status = twi_check_lrs(rates->lrs, rates->count, schedulers[i]->schedule->kind->name);
  }
  return status;
}

void twi_save_all(tw_lr_scheduler *const *schedulers, size_t count) {
  for (size_t i = 0; i < count; ++i) twi_lr_schedule_save(schedulers[i]->schedule);
}

void twi_settle_all(tw_lr_scheduler *const *schedulers, size_t count, tw_status status) {
  for (size_t i = 0; i < count; ++i)
    (status == TW_OK ? twi_lr_schedule_keep : twi_lr_schedule_restore)(schedulers[i]->schedule);
}

tw_status twi_check_undampened(const tw_optimizer *optimizer, const char *what) {
  const tw_warmup *warmup = optimizer->book.warmup;
  if (warmup == NULL || warmup->begun) return TW_OK;
  if (twi_optimizer_is_detached(optimizer)) return TW_OK; /* which is what the next use of it says */
  return twi_fail(TW_ERROR_STATE,
                  "a warmup has dampened the optimizer's rates, so %s; do it between tw_warmup_dampening_begin and "
                  "tw_warmup_dampening_end",
                  what);
}

tw_status twi_check_not_left(tw_optimizer *optimizer, const twi_rates *present, const char *what) {
  twi_book *book = &optimizer->book;
  for (size_t group = 0; group < book->left_count && group < present->count; ++group) {
    const double lr = present->lrs[group];
    if (lr == book->left_dampened[group] && lr != book->left_undampened[group])
      return twi_fail(
          TW_ERROR_STATE,
          "a warmup that was freed left the rate of group %zu dampened, %g of %g, so %s made now would start "
          "from the wrong ones; set the rates, or call tw_warmup_detach before freeing a warmup",
          group, lr, book->left_undampened[group], what);
  }
  return TW_OK;
}

typedef tw_status (*step_function)(twi_lr_schedule *schedule, twi_rates *rates, double x);

/* Runs a step on a copy of the optimizer's rates and writes the result, or changes nothing. */
static tw_status change_rates(tw_lr_scheduler *scheduler, step_function step, double x) {
  tw_optimizer *optimizer = scheduler->optimizer;
  twi_lr_schedule *schedule = scheduler->schedule;
  tw_status status = twi_lr_scheduler_fit(scheduler);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, schedule->group_count);
  if (status != TW_OK) return status;
  twi_rates present = twi_optimizer_present(optimizer, schedule->group_count, schedule->cycles_momentum);
  twi_rates next = twi_optimizer_next(optimizer, schedule->group_count, schedule->cycles_momentum);
  status = twi_optimizer_read(optimizer, &present);
  if (status != TW_OK) return status;
  twi_rates_copy(&next, &present);
  twi_save_all(&scheduler, 1);
  status = step(schedule, &next, x);
  if (status == TW_OK) status = twi_optimizer_write(optimizer, &next, &present, schedule->kind->name);
  twi_settle_all(&scheduler, 1, status);
  return status;
}

/* ---- steps ---- */

static tw_status scheduler_recursive(twi_lr_schedule *schedule, twi_rates *rates, double unused) {
  (void)unused;
  return twi_lr_schedule_step(schedule, rates);
}

/* A step that starts from the present rates. */
static tw_status step_undampened(tw_lr_scheduler *scheduler, step_function step, double x, const char *refusal) {
  tw_status status = twi_optimizer_enter(scheduler->optimizer);
  if (status != TW_OK) return status;
  status = twi_check_undampened(scheduler->optimizer, refusal);
  if (status == TW_OK) status = change_rates(scheduler, step, x);
  twi_optimizer_leave(scheduler->optimizer);
  return status;
}

tw_status tw_lr_scheduler_step(tw_lr_scheduler *scheduler) {
  const tw_status status = twi_check_pointer(scheduler, "scheduler");
  if (status != TW_OK) return status;
  if (scheduler->schedule->kind->step_metric != NULL)
    return twi_fail(TW_ERROR_STATE, "%s needs a metric; call tw_lr_scheduler_step_metric",
                    scheduler->schedule->kind->name);
  return step_undampened(scheduler, scheduler_recursive, 0.0, "a recursive step would start from the wrong ones");
}

tw_status tw_lr_scheduler_step_metric(tw_lr_scheduler *scheduler, double metric) {
  const tw_status status = twi_check_pointer(scheduler, "scheduler");
  if (status != TW_OK) return status;
  if (scheduler->schedule->kind->step_metric == NULL)
    return twi_fail(TW_ERROR_STATE, "%s takes no metric; call tw_lr_scheduler_step", scheduler->schedule->kind->name);
  return step_undampened(scheduler, twi_lr_schedule_step_metric, metric, "a step would start from the wrong ones");
}

tw_status tw_lr_scheduler_step_at(tw_lr_scheduler *scheduler, double epoch) {
  tw_status status = twi_check_pointer(scheduler, "scheduler");
  if (status == TW_OK) status = twi_check_epoch(epoch, 0.0, "epoch");
  if (status != TW_OK) return status;
  if (!twi_lr_schedule_has_closed_form(scheduler->schedule))
    return twi_fail(TW_ERROR_STATE, "%s has no closed form", scheduler->schedule->kind->name);
  status = twi_optimizer_enter(scheduler->optimizer);
  if (status != TW_OK) return status;
  status = change_rates(scheduler, twi_lr_schedule_step_at, epoch);
  twi_optimizer_leave(scheduler->optimizer);
  return status;
}

/* ---- looking into a scheduler ---- */

tw_status twi_lr_scheduler_begin_read(const tw_lr_scheduler *scheduler, int *locked) {
  *locked = twi_optimizer_begin_read(scheduler->optimizer);
  const tw_status status = *locked ? twi_lr_scheduler_join((tw_lr_scheduler *)scheduler) : TW_OK;
  if (status != TW_OK) twi_optimizer_end_read(scheduler->optimizer, *locked);
  return status;
}

static tw_status copy_lrs(double *out, size_t capacity, size_t *needed, const tw_lr_scheduler *scheduler,
                          const double *(*find)(const twi_lr_schedule *schedule)) {
  int locked = 0;
  if (needed != NULL) *needed = 0;
  tw_status status = twi_check_pointer(scheduler, "scheduler");
  if (status == TW_OK) status = twi_lr_scheduler_begin_read(scheduler, &locked);
  if (status != TW_OK) return status;
  status =
      twi_copy_doubles(out, capacity, needed, find(scheduler->schedule), scheduler->schedule->group_count, "rates");
  twi_optimizer_end_read(scheduler->optimizer, locked);
  return status;
}

static const double *last_lrs_of(const twi_lr_schedule *schedule) {
  return twi_lr_schedule_seen(schedule, schedule->last_lrs);
}

static const double *base_lrs_of(const twi_lr_schedule *schedule) { return schedule->base_lrs; }

tw_status tw_lr_scheduler_get_last_lrs(double *out, size_t capacity, size_t *needed, const tw_lr_scheduler *scheduler) {
  return copy_lrs(out, capacity, needed, scheduler, last_lrs_of);
}

tw_status tw_lr_scheduler_get_base_lrs(double *out, size_t capacity, size_t *needed, const tw_lr_scheduler *scheduler) {
  return copy_lrs(out, capacity, needed, scheduler, base_lrs_of);
}

tw_status tw_lr_scheduler_get_group_count(size_t *out, const tw_lr_scheduler *scheduler) {
  if (out != NULL) *out = 0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(scheduler, "scheduler");
  int locked = 0;
  if (status == TW_OK) status = twi_lr_scheduler_begin_read(scheduler, &locked);
  if (status != TW_OK) return status;
  *out = scheduler->schedule->group_count;
  twi_optimizer_end_read(scheduler->optimizer, locked);
  return status;
}

tw_status tw_lr_scheduler_get_last_epoch(double *out, const tw_lr_scheduler *scheduler) {
  if (out != NULL) *out = 0.0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(scheduler, "scheduler");
  if (status != TW_OK) return status;
  const int locked = twi_optimizer_begin_read(scheduler->optimizer);
  *out = *twi_lr_schedule_seen(scheduler->schedule, scheduler->schedule->state + TWI_STATE_EPOCH);
  twi_optimizer_end_read(scheduler->optimizer, locked);
  return status;
}
