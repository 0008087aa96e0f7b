/* What the calls of benchmark.jl cost in C. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <torch_warmup_core.h>

#define TRY(call) do { if ((call) != TW_OK) { fprintf(stderr, "%s\n", tw_last_error()); exit(1); } } while (0)
#define TIMES 1000000

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void say(const char *what, double started) { printf("C      %-34s %6.1f ns\n", what, (seconds() - started) * 1e9 / TIMES); }

int main(void) {
  tw_optimizer *optimizer;
  tw_lr_scheduler *scheduler;
  tw_warmup *warmup;
  const double lr = 0.1;
  const int64_t period = 10;
  double rate;
  TRY(tw_optimizer_rates(&optimizer, &lr, NULL, 1));
  TRY(tw_lr_scheduler_exponential(&scheduler, optimizer, 0.9999999));
  TRY(tw_warmup_linear(&warmup, optimizer, &period, 1));
  double started = seconds();
  for (int i = 0; i < TIMES; ++i) TRY(tw_warmup_step(warmup, &scheduler, 1));
  say("step!(warmup, scheduler)", started);
  started = seconds();
  for (int i = 0; i < TIMES; ++i) TRY(tw_optimizer_get_lr(&rate, optimizer, 0));
  say("learning_rate(optimizer)", started);
  tw_warmup_free(warmup);
  tw_lr_scheduler_free(scheduler);
  tw_optimizer_free(optimizer);
  return 0;
}
