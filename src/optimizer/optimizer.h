/* An optimizer as everything that schedules it sees it: an interface, a lock, room for a step's numbers, and the book of
 * what is bound to it. Nothing here knows which optimizer it is. */
#ifndef TWI_OPTIMIZER_H
#define TWI_OPTIMIZER_H

#include <stddef.h>

#include "base/error.h"
#include "base/references.h"
#include "optimizer/book.h"
#include "torch_warmup/optimizer.h"

#ifndef __cplusplus
#include "base/lock.h"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a step changes, a number a group. */
typedef struct twi_rates {
  size_t count;
  double *lrs;
  double *momentums; /* momentum, or beta1; null unless a schedule cycles it */
} twi_rates;

/* A free that came from within a callback of a running call waits for that call's end. */
typedef struct twi_deferred {
  struct twi_deferred *next;
  void (*end)(struct twi_deferred *self);
} twi_deferred;

#ifndef __cplusplus /* whose standard has no pthread_mutex_t and _Atomic to lay out alike */
struct tw_optimizer {
  tw_optimizer_interface interface;
  void *context;
  int is_callers; /* the interface is a caller's, so that what it gives and leaves behind must be looked at */
  twi_references references;
  twi_lock lock;
  twi_deferred *deferred;
  size_t deferred_frees; /* of handles */
  /* Room for one step, so that a step allocates nothing: what the groups have, and what they are to have. */
  size_t room;
  double *rows[4];
  tw_option momentum; /* which one is cycled, known once a schedule cycles one */
  twi_book book;
};
#endif

/* ---- making, keeping, letting go ---- */

/* As tw_optimizer_custom, of an interface that is checked or our own. context is released from a failure too. */
TWI_SHARED tw_status twi_optimizer_new(tw_optimizer **out, const tw_optimizer_interface *interface, void *context,
                                       int is_callers);
TWI_SHARED tw_optimizer *twi_optimizer_share(tw_optimizer *optimizer);
void twi_optimizer_unshare(tw_optimizer *optimizer);
/* Whether anybody still held it, and now one more does. For who keeps a list of optimizers without holding them. */
TWI_SHARED int twi_optimizer_share_if_alive(tw_optimizer *optimizer);
TWI_SHARED int twi_optimizer_is_detached(const tw_optimizer *optimizer);
/* The context, where these are the functions behind the optimizer; else null. */
TWI_SHARED void *twi_optimizer_context(const tw_optimizer *optimizer, const tw_optimizer_interface *interface);
TWI_SHARED const char *twi_optimizer_class_name(const tw_optimizer *optimizer);
/* Under the lock. */
TWI_SHARED twi_book *twi_optimizer_book(tw_optimizer *optimizer);

/* ---- the lock ---- */

/* For a call that changes the optimizer or what is bound to it: TW_ERROR_STATE from within a callback. */
TWI_SHARED tw_status twi_optimizer_enter(tw_optimizer *optimizer);
TWI_SHARED void twi_optimizer_leave(tw_optimizer *optimizer);
/* For a call that only reads; gives what twi_optimizer_end_read must get. */
TWI_SHARED int twi_optimizer_begin_read(tw_optimizer *optimizer);
TWI_SHARED void twi_optimizer_end_read(tw_optimizer *optimizer, int locked);
/* Whether the calling thread is within a call; then end waits for that call's end. */
int twi_optimizer_defer(tw_optimizer *optimizer, twi_deferred *deferred, void (*end)(twi_deferred *self));

/* ---- the groups' numbers; under the lock ---- */

TWI_SHARED tw_status twi_optimizer_group_count(size_t *out, tw_optimizer *optimizer);
/* One number a group; TW_ERROR_NOT_FOUND where there is no such option. */
TWI_SHARED tw_status twi_optimizer_get(double *out, size_t count, tw_option option, tw_optimizer *optimizer);
TWI_SHARED tw_status twi_optimizer_set(tw_optimizer *optimizer, const double *values, size_t count, tw_option option);
/* Whether it has an option; a failure of another kind is the call's. */
TWI_SHARED tw_status twi_optimizer_has(int *out, tw_optimizer *optimizer, tw_option option);

/* TW_ERROR_STATE where there are not as many groups as what (such as "this warmup") was made for. */
TWI_SHARED tw_status twi_optimizer_require_groups(tw_optimizer *optimizer, size_t made_for, const char *what);

/* ---- a step's numbers; under the lock ---- */

/* Room for steps of as many groups. */
TWI_SHARED tw_status twi_optimizer_make_room(tw_optimizer *optimizer, size_t group_count);
/* Finds out which momentum is cycled: beta1, or else momentum. */
TWI_SHARED tw_status twi_optimizer_find_momentum(tw_optimizer *optimizer);
/* What the groups have, and room for what they are to have. Momentums are those of rates that cycle them. */
TWI_SHARED twi_rates twi_optimizer_present(tw_optimizer *optimizer, size_t count, int with_momentums);
TWI_SHARED twi_rates twi_optimizer_next(tw_optimizer *optimizer, size_t count, int with_momentums);
/* Reads the groups' numbers. */
TWI_SHARED tw_status twi_optimizer_read(tw_optimizer *optimizer, twi_rates *out);
/* Writes all numbers or none: before is what they were. source names who made them, where one is not finite:
   TW_ERROR_RANGE. */
TWI_SHARED tw_status twi_optimizer_write(tw_optimizer *optimizer, const twi_rates *rates, const twi_rates *before,
                                         const char *source);
void twi_rates_copy(twi_rates *to, const twi_rates *from);
TWI_SHARED tw_status twi_check_lrs(const double *lrs, size_t count, const char *source);

#ifdef __cplusplus
}
#endif

#endif
