/* What stands behind tw_warmup. */
#ifndef TWI_WARMUP_H
#define TWI_WARMUP_H

#include "optimizer/optimizer.h"
#include "schedule/lr_scheduler.h"
#include "schedule/warmup_factor.h"
#include "torch_warmup/warmup.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How a warmup gets its factors. One of three ways: the others' members are null. */
typedef struct twi_factor_rule {
  double (*of_period)(int64_t step, int64_t period);
  int64_t *periods;  /* of_period's, a value a group; from malloc */
  twi_radam *radams; /* a value a group; from malloc */
  tw_warmup_factor_function callback;
  void *context;
  void (*release)(void *context);
} twi_factor_rule;

struct tw_warmup {
  twi_deferred deferred;
  tw_optimizer *optimizer;
  twi_factor_rule rule;
  size_t group_count;
  int64_t last_step; /* the step that the dampened rates are for; -1 before the first */
  int begun;         /* between begin and end: the optimizer holds undampened rates */
  int put_back;      /* its state has been put back, and no step been made since */
  int detached;
  double *factors; /* room for a step's; group_count each, from malloc, as the two below */
  double *undampened;
  double *dampened; /* what the optimizer holds, unless begun */
};

/* The factors of a step, of count groups from the first on; fails where the caller's callback does. */
tw_status twi_warmup_factors(double *out, const tw_warmup *warmup, size_t first, size_t count, int64_t step);

/* Dampens rates for a step, whose factors are computed, writes the result to the optimizer and records both: undampened
   must be what twi_optimizer_next gives; before is what the optimizer has. source names who made the rates. Or changes
   nothing. */
tw_status twi_warmup_dampen(tw_warmup *warmup, int64_t step, twi_rates *undampened, const twi_rates *before,
                            const char *source);

/* Reads the optimizer, which must still have the dampened rates, and leaves the undampened ones in next. */
tw_status twi_warmup_take_undampened(tw_warmup *warmup, twi_rates *next, twi_rates *present, int with_momentums);

/* Whether it is bound, to an optimizer with as many groups. */
TWI_SHARED tw_status twi_warmup_check(const tw_warmup *warmup);

/* Puts back a state: the step, at least -1, and the undampened rates. Or changes nothing. Under the lock. */
TWI_SHARED tw_status twi_warmup_put_state(tw_warmup *warmup, int64_t step, const double *lrs);

/* Takes rates that a schedule has been put back to: as its own undampened ones, in the step it stands at. Its own state,
   where that has been put back already, is what counts: a schedule knows nothing of those stepped after it. */
tw_status twi_warmup_put_rates(tw_warmup *warmup, const twi_rates *scheduled);

#ifdef __cplusplus
}
#endif

#endif
