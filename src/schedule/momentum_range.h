/* The momentums between which a schedule cycles, as options give them: none, one for all groups, or one for each. */
#ifndef TWI_MOMENTUM_RANGE_H
#define TWI_MOMENTUM_RANGE_H

#include "schedule/lr_scheduler.h"

typedef struct twi_momentum_range {
  int32_t cycle; /* the options' truth value */
  size_t count;  /* of base and max; 0 for the defaults */
  const double *base, *max;
  double default_base, default_max;
} twi_momentum_range;

/* Where momentum is to be cycled, lets the binding do so. Before twi_bind_make. */
tw_status twi_bind_momentum_range(twi_binding *binding, const twi_momentum_range *range);
/* Fills in the two rows of the schedule that has been made, and notes them for the optimizer's book. */
tw_status twi_fill_momentum_range(twi_binding *binding, const twi_momentum_range *range, size_t base_row,
                                  size_t max_row);

#endif
