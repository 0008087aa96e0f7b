/* A program as a user of the core writes it, in plain C99 and in C++17: a schedule and a warmup over numbers that stand
 * for an optimizer. Each rate is checked against its formula. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <torch_warmup_core.h>

#define CHECK(call)                                                           \
  do {                                                                        \
    if ((call) != TW_OK) {                                                    \
      fprintf(stderr, "line %d: %s: %s\n", __LINE__, #call, tw_last_error()); \
      exit(1);                                                                \
    }                                                                         \
  } while (0)

enum { STEPS = 100, PERIOD = 20 };

/* The rate that the formulas of warmup.h and lr_schedules.h give for a step. */
static double expected_rate(double peak, int step) {
  const double pi = 3.141592653589793;
  double cosine = peak * (1 + cos(pi * step / STEPS)) / 2;
  return step + 1 < PERIOD ? cosine * (step + 1.0) / PERIOD : cosine;
}

int main(void) {
  const double peak = 0.1;
  const int64_t period = PERIOD;
  tw_optimizer *optimizer;
  tw_lr_scheduler *scheduler;
  tw_warmup *warmup;
  double rate;
  int step;

  CHECK(tw_optimizer_rates(&optimizer, &peak, NULL, 1));
  CHECK(tw_lr_scheduler_cosine_annealing(&scheduler, optimizer, STEPS, 0));
  CHECK(tw_warmup_linear(&warmup, optimizer, &period, 1));
  for (step = 0; step < STEPS; ++step) {
    CHECK(tw_optimizer_get_lr(&rate, optimizer, 0));
    if (fabs(rate - expected_rate(peak, step)) > 1e-12) {
      fprintf(stderr, "step %d: the rate is %.17g, not %.17g\n", step, rate, expected_rate(peak, step));
      return 1;
    }
    CHECK(tw_warmup_step(warmup, &scheduler, 1));
  }
  printf("torch_warmup_core %s: %d rates as they are to be\n", tw_version(), STEPS);
  tw_warmup_free(warmup);
  tw_lr_scheduler_free(scheduler);
  tw_optimizer_free(optimizer);
  return 0;
}
