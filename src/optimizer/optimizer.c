/* Making optimizers, keeping them alive, and their lock. */
#include "optimizer/optimizer.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"

/* ---- making, keeping, letting go ---- */

static void release_context(const tw_optimizer_interface *interface, void *context) {
  twi_release(interface->release, context);
}

static void optimizer_destroy(tw_optimizer *optimizer) {
  release_context(&optimizer->interface, optimizer->context);
  twi_lock_destroy(&optimizer->lock);
  twi_book_destroy(&optimizer->book);
  for (size_t i = 0; i < sizeof optimizer->rows / sizeof *optimizer->rows; ++i) free(optimizer->rows[i]);
  free((char *)optimizer->interface.class_name);
  free(optimizer);
}

tw_status twi_optimizer_new(tw_optimizer **out, const tw_optimizer_interface *interface, void *context,
                            int is_callers) {
  tw_optimizer *made = calloc(1, sizeof *made);
  char *class_name = strdup(interface->class_name != NULL ? interface->class_name : "Optimizer");
  if (made == NULL || class_name == NULL || !twi_lock_init(&made->lock)) {
    free(made);
    free(class_name);
    release_context(interface, context);
    return twi_fail(TW_ERROR_MEMORY, "out of memory");
  }
  made->interface = *interface;
  made->interface.class_name = class_name;
  made->context = context;
  made->is_callers = is_callers;
  made->momentum = TW_OPTION_UNKNOWN;
  atomic_init(&made->references, 1);
  twi_handle_open(made, TW_HANDLE_OPTIMIZER);
  *out = made;
  return TW_OK;
}

tw_optimizer *twi_optimizer_share(tw_optimizer *optimizer) {
  atomic_fetch_add_explicit(&optimizer->references, 1, memory_order_relaxed);
  return optimizer;
}

void twi_optimizer_unshare(tw_optimizer *optimizer) {
  if (atomic_fetch_sub_explicit(&optimizer->references, 1, memory_order_acq_rel) == 1) optimizer_destroy(optimizer);
}

int twi_optimizer_share_if_alive(tw_optimizer *optimizer) {
  size_t references = atomic_load_explicit(&optimizer->references, memory_order_relaxed);
  while (references > 0) {
    if (atomic_compare_exchange_weak_explicit(&optimizer->references, &references, references + 1, memory_order_acq_rel,
                                              memory_order_relaxed))
      return 1;
  }
  return 0;
}

void *twi_optimizer_context(const tw_optimizer *optimizer, const tw_optimizer_interface *interface) {
  return optimizer->interface.get == interface->get ? optimizer->context : NULL;
}

const char *twi_optimizer_class_name(const tw_optimizer *optimizer) { return optimizer->interface.class_name; }

twi_book *twi_optimizer_book(tw_optimizer *optimizer) { return &optimizer->book; }

void tw_optimizer_free(tw_optimizer *optimizer) {
  if (optimizer == NULL) return;
  twi_handle_close(optimizer, TW_HANDLE_OPTIMIZER, "tw_optimizer_free");
  if (twi_lock_is_mine(&optimizer->lock)) {
    ++optimizer->deferred_frees;
  } else {
    twi_optimizer_unshare(optimizer);
  }
}

/* ---- the lock ---- */

tw_status twi_optimizer_enter(tw_optimizer *optimizer) {
  if (twi_lock_is_mine(&optimizer->lock))
    return twi_fail(
        TW_ERROR_STATE,
        "a call on this %s is running, and this is one of its callbacks: the optimizer and what is bound to "
        "it can be read here, not changed",
        twi_optimizer_class_name(optimizer));
  twi_lock_take(&optimizer->lock);
  return TW_OK;
}

/* What came during a call. Ended when nothing is locked, for it runs the callers' releases. */
static void end_deferred(tw_optimizer *optimizer, twi_deferred *deferred, size_t frees) {
  while (deferred != NULL) {
    twi_deferred *next = deferred->next;
    deferred->end(deferred);
    deferred = next;
  }
  for (size_t i = 0; i < frees; ++i) twi_optimizer_unshare(optimizer);
}

void twi_optimizer_leave(tw_optimizer *optimizer) {
  twi_deferred *deferred = optimizer->deferred;
  const size_t frees = optimizer->deferred_frees;
  optimizer->deferred = NULL;
  optimizer->deferred_frees = 0;
  twi_lock_give(&optimizer->lock);
  if (deferred != NULL || frees != 0) end_deferred(optimizer, deferred, frees);
}

int twi_optimizer_begin_read(tw_optimizer *optimizer) {
  if (twi_lock_is_mine(&optimizer->lock)) return 0;
  twi_lock_take(&optimizer->lock);
  return 1;
}

void twi_optimizer_end_read(tw_optimizer *optimizer, int locked) {
  if (locked) twi_optimizer_leave(optimizer);
}

int twi_optimizer_defer(tw_optimizer *optimizer, twi_deferred *deferred, void (*end)(twi_deferred *self)) {
  if (!twi_lock_is_mine(&optimizer->lock)) return 0;
  *deferred = (twi_deferred){optimizer->deferred, end};
  optimizer->deferred = deferred;
  return 1;
}

/* ---- detaching ---- */

static tw_status detached(const char *what) {
  return twi_fail(TW_ERROR_STATE, "the optimizer has been detached, so %s", what);
}

static tw_status detached_group_count(size_t *out, void *context) {
  (void)context;
  *out = 0;
  return detached("it has no groups to count");
}

static tw_status detached_get(double *out, size_t count, tw_option option, void *context) {
  (void)out, (void)count, (void)option, (void)context;
  return detached("its numbers cannot be read");
}

static tw_status detached_set(const double *values, size_t count, tw_option option, void *context) {
  (void)values, (void)count, (void)option, (void)context;
  return detached("its numbers cannot be set");
}

int twi_optimizer_is_detached(const tw_optimizer *optimizer) { return optimizer->interface.get == detached_get; }

tw_status tw_optimizer_detach(tw_optimizer *optimizer) {
  tw_status status = twi_check_pointer(optimizer, "optimizer");
  if (status == TW_OK) status = twi_optimizer_enter(optimizer);
  if (status != TW_OK) return status;
  const tw_optimizer_interface old = optimizer->interface;
  void *context = optimizer->context;
  optimizer->interface =
      (tw_optimizer_interface){sizeof old, old.class_name, detached_group_count, detached_get, detached_set, NULL};
  optimizer->context = NULL;
  optimizer->is_callers = 0;
  twi_optimizer_leave(optimizer);
  release_context(&old, context);
  return TW_OK;
}
