/* What a learning rate may be: the one place that says so. */
#ifndef TWI_RATE_H
#define TWI_RATE_H

/* One that a schedule led to, or that a file holds of such a run: any finite number. PyTorch's optimizers go on with a
   negative one, to which schedules lead that go on from each other's rates, as in a chain. */
static inline int twi_is_rate(double rate) { return rate - rate == 0.0; }

/* One that a caller gives is not negative besides, as PyTorch's optimizers are made. */
static inline int twi_is_given_rate(double rate) { return rate >= 0.0 && twi_is_rate(rate); }

#endif
