/* The warmup factors, in pytorch_warmup's order of operations, so that they agree with it to the last bit. */
#ifndef TWI_WARMUP_FACTOR_H
#define TWI_WARMUP_FACTOR_H

#include <stdint.h>

#include "base/shared.h"

#ifdef __cplusplus
extern "C" {
#endif

/* min(1, (step + 1) / period), step counted from 0. */
double twi_linear_factor(int64_t step, int64_t period);

/* 1 - exp(-(step + 1) / period). */
double twi_exponential_factor(int64_t step, int64_t period);

/* Truncated as pytorch_warmup does: 1999 and 999 for beta2 = 0.999. beta2 in [0, 1). */
int64_t twi_untuned_linear_period(double beta2);
int64_t twi_untuned_exponential_period(double beta2);

/* The constants of RAdam's factor for one beta2. */
typedef struct twi_radam {
  double beta2;
  double rho_inf;
  int64_t offset; /* the smallest t >= 1 with rho(t) > 4 */
} twi_radam;

/* 0 where the factor is not defined: beta2 not in (0.6, 1), or so near 0.6 that rho never passes 4 in doubles. */
TWI_SHARED int twi_radam_init(twi_radam *out, double beta2);
double twi_radam_factor(const twi_radam *radam, int64_t step);

#ifdef __cplusplus
}
#endif

#endif
