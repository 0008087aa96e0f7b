/* What the constructors of LR schedulers have in common. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "schedule/lr_scheduler.h"

tw_status twi_bind_begin(twi_binding *out, tw_lr_scheduler **scheduler, tw_optimizer *optimizer) {
  *out = (twi_binding){.out = scheduler, .start = twi_lr_schedule_initial_step};
  if (scheduler != NULL) *scheduler = NULL;
  tw_status status = twi_check_pointer(scheduler, "out");
  if (status == TW_OK) status = twi_check_pointer(optimizer, "optimizer");
  if (status == TW_OK) status = twi_optimizer_enter(optimizer);
  if (status != TW_OK) return status;
  out->optimizer = optimizer; /* from here on the end unlocks it */
  status = twi_check_undampened(optimizer, "an LR scheduler made now would start from the wrong ones");
  if (status == TW_OK) status = twi_optimizer_group_count(&out->group_count, optimizer);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, out->group_count);
  if (status != TW_OK) return status;
  out->present = twi_optimizer_present(optimizer, out->group_count, 0);
  out->rates = twi_optimizer_next(optimizer, out->group_count, 0);
  status = twi_optimizer_read(optimizer, &out->present);
  if (status == TW_OK) status = twi_check_not_left(optimizer, &out->present, "an LR scheduler");
  if (status == TW_OK) twi_rates_copy(&out->rates, &out->present);
  return status;
}

tw_status twi_bind_momentum(twi_binding *binding) {
  tw_status status = twi_optimizer_find_momentum(binding->optimizer);
  if (status != TW_OK) return status;
  binding->present.momentums = twi_optimizer_present(binding->optimizer, binding->group_count, 1).momentums;
  binding->rates.momentums = twi_optimizer_next(binding->optimizer, binding->group_count, 1).momentums;
  status = twi_optimizer_get(binding->present.momentums, binding->group_count, binding->optimizer->momentum,
                             binding->optimizer);
  if (status == TW_OK)
    memcpy(binding->rates.momentums, binding->present.momentums, binding->group_count * sizeof(double));
  return status;
}

tw_status twi_bind_callback(twi_binding *binding, tw_status status, tw_lr_function function, void *context,
                            void (*release)(void *context), const char *name) {
  const tw_status made = twi_lr_callback_new(&binding->callback, function, context, release);
  if (status == TW_OK) status = made;
  return status == TW_OK && function == NULL && name != NULL ? twi_fail(TW_ERROR_ARGUMENT, "%s is NULL", name) : status;
}

tw_status twi_bind_note(twi_binding *binding, twi_entry entry, const double *values) {
  free(binding->entries[entry].values);
  return twi_numbers_copy(&binding->entries[entry], values, binding->group_count);
}

/* Each group's initial rate: what an earlier scheduler started from, else the present one. */
static tw_status note_initial(twi_binding *binding) {
  const twi_numbers *earlier = &binding->optimizer->book.entries[TWI_INITIAL_LR];
  const tw_status status = twi_bind_note(binding, TWI_INITIAL_LR, binding->rates.lrs);
  for (size_t group = 0; status == TW_OK && group < earlier->count && group < binding->group_count; ++group)
    binding->entries[TWI_INITIAL_LR].values[group] = earlier->values[group];
  return status;
}

tw_status twi_bind_make(twi_binding *binding, const twi_lr_schedule_kind *kind, twi_lr_schedule_size size) {
  const tw_status status = note_initial(binding);
  if (status != TW_OK) return status;
  tw_lr_scheduler *made = calloc(1, sizeof *made);
  tw_lr_scheduler **children = calloc(size.children + 1, sizeof *children);
  twi_lr_schedule *schedule =
      twi_lr_schedule_new(kind, size, binding->entries[TWI_INITIAL_LR].values, binding->group_count);
  if (made == NULL || children == NULL || schedule == NULL) {
    free(made);
    free(children);
    twi_lr_schedule_free(schedule);
    return twi_fail(TW_ERROR_MEMORY, "out of memory");
  }
  schedule->cycles_momentum = binding->rates.momentums != NULL;
  schedule->callback = binding->callback;
  binding->callback = NULL;
  atomic_init(&made->references, 1);
  made->optimizer = twi_optimizer_share(binding->optimizer);
  made->schedule = binding->schedule = schedule;
  made->children = children;
  binding->scheduler = made;
  return TW_OK;
}

static tw_status bind_start(twi_binding *binding) {
  twi_lr_schedule *schedule = binding->schedule;
  twi_lr_schedule_save(schedule);
  tw_status status = binding->start(schedule, &binding->rates);
  if (status == TW_OK)
    status = twi_optimizer_write(binding->optimizer, &binding->rates, &binding->present, schedule->kind->name);
  if (status != TW_OK) {
    twi_lr_schedule_restore(schedule);
    return status;
  }
  twi_lr_schedule_keep(schedule);
  if (binding->started != NULL) binding->started(schedule);
  for (twi_entry entry = TWI_INITIAL_LR; entry < TWI_ENTRY_COUNT; ++entry)
    if (binding->entries[entry].values != NULL)
      twi_book_take(&binding->optimizer->book, entry, &binding->entries[entry]);
  return TW_OK;
}

tw_status twi_bind_end(twi_binding *binding, tw_status status) {
  if (status == TW_OK && binding->start != NULL) status = bind_start(binding);
  for (size_t entry = 0; entry < TWI_ENTRY_COUNT; ++entry) free(binding->entries[entry].values);
  if (binding->optimizer != NULL) twi_optimizer_leave(binding->optimizer);
  twi_lr_callback_unshare(binding->callback);
  if (status == TW_OK) {
    twi_handle_open(binding->scheduler, TW_HANDLE_LR_SCHEDULER);
    *binding->out = binding->scheduler;
  } else if (binding->scheduler != NULL) {
    twi_lr_scheduler_unshare(binding->scheduler);
  }
  return status;
}

/* ---- schedules of schedules ---- */

static tw_status check_children(tw_lr_scheduler *const *schedulers, size_t count, tw_optimizer *optimizer,
                                int *cycles_momentum) {
  char name[TWI_NAME_SIZE];
  if (count == 0) return twi_fail(TW_ERROR_ARGUMENT, "count is 0; there must be a scheduler");
  tw_status status = twi_check_array(schedulers, count, "schedulers");
  for (size_t i = 0; i < count && status == TW_OK; ++i) {
    status = twi_check_pointer(schedulers[i], twi_indexed(name, "schedulers", i));
    if (status == TW_OK && schedulers[i]->schedule->kind->step_metric != NULL)
      status = twi_fail(TW_ERROR_TYPE, "schedulers[%zu] is %s, which needs a metric", i,
                        schedulers[i]->schedule->kind->name);
  }
  return status == TW_OK ? twi_check_schedulers(schedulers, count, optimizer, cycles_momentum) : status;
}

tw_status twi_bind_children(twi_binding *binding, const twi_lr_schedule_kind *kind, twi_lr_schedule_size size,
                            tw_lr_scheduler *const *schedulers, size_t count) {
  int cycles_momentum = 0;
  tw_status status = check_children(schedulers, count, binding->optimizer, &cycles_momentum);
  if (status == TW_OK && cycles_momentum) status = twi_bind_momentum(binding);
  size.structure = sizeof(twi_lr_schedule);
  size.children = count;
  if (status == TW_OK) status = twi_bind_make(binding, kind, size);
  for (size_t i = 0; status == TW_OK && i < count; ++i) {
    binding->scheduler->children[i] = twi_lr_scheduler_share(schedulers[i]);
    binding->schedule->children[i] = schedulers[i]->schedule;
  }
  return status;
}
