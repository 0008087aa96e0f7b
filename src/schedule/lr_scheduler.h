/* What stands behind tw_lr_scheduler: a schedule bound to an optimizer; and what all its constructors do. */
#ifndef TWI_LR_SCHEDULER_H
#define TWI_LR_SCHEDULER_H

#include "optimizer/optimizer.h"
#include "schedule/lr_schedule.h"
#include "torch_warmup/lr_schedules.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tw_lr_scheduler {
  twi_deferred deferred;
  twi_references references; /* the handle's, and those of the schedules of schedules that it is in */
  tw_optimizer *optimizer;
  twi_lr_schedule *schedule;
  tw_lr_scheduler **children; /* as many as the schedule's, which are theirs */
};

/* ---- constructors ----
 *
 * Begin, make the schedule, fill in its arguments, end. All of them go on with a status, so that a failure anywhere is
 * cleaned up by the end:
 *
 *     twi_binding binding;
 *     tw_status status = twi_bind_begin(&binding, out, optimizer);
 *     if (status == TW_OK) status = twi_check_finite(gamma, "gamma");
 *     if (status == TW_OK) status = twi_bind_make(&binding, &kind, size);
 *     if (status == TW_OK) ((exponential *)binding.schedule)->gamma = gamma;
 *     return twi_bind_end(&binding, status); */
typedef struct twi_binding {
  tw_lr_scheduler **out;
  tw_optimizer *optimizer; /* locked from begin to end; null where begin has failed */
  size_t group_count;
  twi_rates present, rates;             /* what the groups have; what the initial step starts from and leaves */
  twi_numbers entries[TWI_ENTRY_COUNT]; /* for the optimizer's book, in the end */
  twi_lr_callback *callback;            /* what the schedule will share; this holds it until then */
  tw_lr_scheduler *scheduler;
  twi_lr_schedule *schedule;
  /* The initial step, twi_lr_schedule_initial_step unless set; NULL for a schedule that makes none. */
  tw_status (*start)(twi_lr_schedule *schedule, twi_rates *rates);
  void (*started)(twi_lr_schedule *schedule); /* NULL for nothing more */
} twi_binding;

tw_status twi_bind_begin(twi_binding *out, tw_lr_scheduler **scheduler, tw_optimizer *optimizer);
/* The schedule will cycle momentum: TW_ERROR_NOT_FOUND where the optimizer has none. Before twi_bind_make. */
tw_status twi_bind_momentum(twi_binding *binding);
/* Takes a caller's function for the schedule to come, whatever the status: its context is released from a failure too. name is
   the argument's, which may not be NULL; NULL where it may. */
tw_status twi_bind_callback(twi_binding *binding, tw_status status, tw_lr_function function, void *context,
                            void (*release)(void *context), const char *name);
/* Makes the schedule, whose base rates are the initial ones of the groups: what an earlier scheduler started from, else the
   present ones. */
tw_status twi_bind_make(twi_binding *binding, const twi_lr_schedule_kind *kind, twi_lr_schedule_size size);
/* Keeps a copy of a number a group for the optimizer's book. */
tw_status twi_bind_note(twi_binding *binding, twi_entry entry, const double *values);
/* Where status is TW_OK: the initial step, its rates to the optimizer, the handle to the caller. Gives the status. */
tw_status twi_bind_end(twi_binding *binding, tw_status status);

/* The same of a schedule of schedules: checks them, and makes the schedule with them as children. */
tw_status twi_bind_children(twi_binding *binding, const twi_lr_schedule_kind *kind, twi_lr_schedule_size size,
                            tw_lr_scheduler *const *schedulers, size_t count);

/* ---- what steps have in common; under the optimizer's lock ---- */

tw_lr_scheduler *twi_lr_scheduler_share(tw_lr_scheduler *scheduler);
void twi_lr_scheduler_unshare(tw_lr_scheduler *scheduler);

/* Takes the groups that have been added to the optimizer since, where the schedule does: for who looks into it. */
TWI_SHARED tw_status twi_lr_scheduler_join(tw_lr_scheduler *scheduler);
/* The same for a change: TW_ERROR_STATE where the schedule is not one of as many groups after that. */
TWI_SHARED tw_status twi_lr_scheduler_fit(tw_lr_scheduler *scheduler);
/* As twi_optimizer_begin_read, and joins; a failure leaves nothing locked. */
tw_status twi_lr_scheduler_begin_read(const tw_lr_scheduler *scheduler, int *locked);

/* The schedulers that an entry point was given: none null, all of this optimizer, with its number of groups, and stepped
   without a metric. Tells whether one of them cycles momentum. */
tw_status twi_check_schedulers(tw_lr_scheduler *const *schedulers, size_t count, tw_optimizer *optimizer,
                               int *cycles_momentum);
/* The recursive step of each in turn, whose rates must be finite. */
tw_status twi_step_all(tw_lr_scheduler *const *schedulers, size_t count, twi_rates *rates);
void twi_save_all(tw_lr_scheduler *const *schedulers, size_t count);
/* Keeps where status is TW_OK, else restores. */
void twi_settle_all(tw_lr_scheduler *const *schedulers, size_t count, tw_status status);

/* The rule of buffers for the rows of a preview. */
tw_status twi_check_preview(const double *out, size_t capacity, size_t *needed, size_t steps, size_t group_count,
                            int *only_asked);
/* Room for the rows of a preview, which is the caller's only once all of them are there; free() it. */
tw_status twi_preview_rows(double **out, size_t steps, size_t group_count);

/* TW_ERROR_STATE, saying what cannot be done, while a warmup has multiplied the optimizer's rates. */
tw_status twi_check_undampened(const tw_optimizer *optimizer, const char *what);
/* TW_ERROR_STATE where a warmup that was freed has left these rates as it had made them. */
tw_status twi_check_not_left(tw_optimizer *optimizer, const twi_rates *present, const char *what);

/* Sets the optimizer's rates to those that a schedule has been put back to, dampened where a warmup is bound. */
TWI_SHARED tw_status twi_write_scheduled(tw_lr_scheduler *scheduler, const twi_rates *scheduled);

#ifdef __cplusplus
}
#endif

#endif
