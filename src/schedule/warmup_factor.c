#include "schedule/warmup_factor.h"

#include <math.h>

double twi_linear_factor(int64_t step, int64_t period) {
  const double ratio = (double)(step + 1) / (double)period;
  return ratio < 1.0 ? ratio : 1.0;
}

double twi_exponential_factor(int64_t step, int64_t period) { return 1.0 - exp(-(double)(step + 1) / (double)period); }

int64_t twi_untuned_linear_period(double beta2) { return (int64_t)(2.0 / (1.0 - beta2)); }

int64_t twi_untuned_exponential_period(double beta2) { return (int64_t)(1.0 / (1.0 - beta2)); }

static double rho(double t, double beta2, double rho_inf) {
  const double power = pow(beta2, t);
  return rho_inf - 2.0 * t * power / (1.0 - power);
}

int twi_radam_init(twi_radam *out, double beta2) {
  if (!(beta2 > 0.6 && beta2 < 1.0)) return 0;
  const double rho_inf = 2.0 / (1.0 - beta2) - 1.0;
  /* rho rises to rho_inf, so the search ends if and only if that lies above 4. */
  if (!(rho_inf > 4.0)) return 0;
  int64_t offset = 1;
  while (!(rho((double)offset, beta2, rho_inf) > 4.0)) ++offset;
  out->beta2 = beta2;
  out->rho_inf = rho_inf;
  out->offset = offset;
  return 1;
}

double twi_radam_factor(const twi_radam *radam, int64_t step) {
  const double rho_inf = radam->rho_inf;
  const double rho_t = rho((double)(step + radam->offset), radam->beta2, rho_inf);
  const double numerator = (rho_t - 4.0) * (rho_t - 2.0) * rho_inf;
  const double denominator = (rho_inf - 4.0) * (rho_inf - 2.0) * rho_t;
  return sqrt(numerator / denominator);
}
