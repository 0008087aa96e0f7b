/* Prints the rates of every LR scheduler, without a warmup and with one, as CSV. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <torch_warmup.h>

static const char usage[] =
    "usage: lr_schedules\n"
    "\n"
    "Prints the rates of every LR scheduler over 120 steps from a rate of 1, without a warmup and with a linear one of "
    "20\n"
    "steps, as CSV: step, then for each schedule the columns NAME and NAME_warmup.\n";

/* Ends the program with the library's message where a call fails. */
#define TW_CHECK(call)                                                                            \
  do {                                                                                            \
    if ((call) != TW_OK) fprintf(stderr, "%s: %s\n", #call, tw_last_error()), exit(EXIT_FAILURE); \
  } while (0)

enum { STEPS = 120, WARMUP = 20 };

/* ---- the schedules ---- */

static tw_status make_step_lr(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  return tw_lr_scheduler_step_lr(out, optimizer, 30, 0.5);
}

static tw_status make_multi_step(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  const int64_t milestones[3] = {40, 60, 90};
  return tw_lr_scheduler_multi_step(out, optimizer, milestones, 3, 0.4);
}

static tw_status make_constant(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  return tw_lr_scheduler_constant(out, optimizer, 0.5, 60);
}

static tw_status make_linear(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  return tw_lr_scheduler_linear(out, optimizer, 1, 0.1, 90);
}

static tw_status make_exponential(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  return tw_lr_scheduler_exponential(out, optimizer, 0.97);
}

static tw_status make_polynomial(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  return tw_lr_scheduler_polynomial(out, optimizer, 100, 2);
}

static tw_status make_cosine_annealing(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  return tw_lr_scheduler_cosine_annealing(out, optimizer, 120, 0);
}

static tw_status make_warm_restarts(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  return tw_lr_scheduler_cosine_annealing_warm_restarts(out, optimizer, 40, 2, 0);
}

static tw_status inverse(double *out, double epoch, size_t group, void *context) {
  (void)group, (void)context;
  *out = 1 / (1 + 0.05 * epoch);
  return TW_OK;
}

static tw_status make_lambda(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  return tw_lr_scheduler_lambda(out, optimizer, inverse, NULL, NULL);
}

static tw_status late_fall(double *out, double epoch, size_t group, void *context) {
  (void)group, (void)context;
  *out = epoch < 60 ? 1 : 0.95;
  return TW_OK;
}

static tw_status make_multiplicative(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  return tw_lr_scheduler_multiplicative(out, optimizer, late_fall, NULL, NULL);
}

static tw_status make_cyclic(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  const double base = 0.1, max = 1;
  tw_cyclic_options options;
  TW_CHECK(tw_cyclic_options_init(&options, sizeof options));
  options.step_size_up = 20;
  options.mode = TW_CYCLIC_TRIANGULAR2;
  return tw_lr_scheduler_cyclic(out, optimizer, &base, 1, &max, &options);
}

static tw_status make_one_cycle(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  const double max = 1;
  return tw_lr_scheduler_one_cycle(out, optimizer, &max, 1, STEPS, NULL);
}

static tw_status make_reduce_on_plateau(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  tw_reduce_on_plateau_options options;
  TW_CHECK(tw_reduce_on_plateau_options_init(&options, sizeof options));
  options.factor = 0.5;
  return tw_lr_scheduler_reduce_on_plateau(out, optimizer, &options);
}

static tw_status make_sequential(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  const int64_t milestone = 50;
  tw_lr_scheduler *parts[2] = {NULL};
  TW_CHECK(tw_lr_scheduler_constant(&parts[0], optimizer, 0.6, 50));
  TW_CHECK(tw_lr_scheduler_exponential(&parts[1], optimizer, 0.96));
  const tw_status status = tw_lr_scheduler_sequential(out, optimizer, parts, 2, &milestone, 1);
  for (int i = 0; i < 2; ++i) tw_lr_scheduler_free(parts[i]); /* shared: they live as long as they are needed */
  return status;
}

static tw_status make_chained(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  tw_lr_scheduler *parts[2] = {NULL};
  TW_CHECK(tw_lr_scheduler_constant(&parts[0], optimizer, 0.4, 50));
  TW_CHECK(tw_lr_scheduler_exponential(&parts[1], optimizer, 0.99));
  const tw_status status = tw_lr_scheduler_chained(out, optimizer, parts, 2);
  for (int i = 0; i < 2; ++i) tw_lr_scheduler_free(parts[i]);
  return status;
}

static tw_status make_inverse_sqrt(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  return tw_lr_scheduler_inverse_sqrt(out, optimizer, 10);
}

static tw_status make_warmup_stable_decay(tw_lr_scheduler **out, tw_optimizer *optimizer) {
  return tw_lr_scheduler_warmup_stable_decay(out, optimizer, 0, 80, 40, TW_LR_DECAY_SQRT, 0);
}

static const struct {
  const char *name;
  tw_status (*make)(tw_lr_scheduler **out, tw_optimizer *optimizer);
} schedules[] = {
    {"step_lr", make_step_lr},
    {"multi_step", make_multi_step},
    {"constant", make_constant},
    {"linear", make_linear},
    {"exponential", make_exponential},
    {"polynomial", make_polynomial},
    {"cosine_annealing", make_cosine_annealing},
    {"cosine_annealing_warm_restarts", make_warm_restarts},
    {"lambda", make_lambda},
    {"multiplicative", make_multiplicative},
    {"cyclic", make_cyclic},
    {"one_cycle", make_one_cycle},
    {"reduce_on_plateau", make_reduce_on_plateau},
    {"sequential", make_sequential},
    {"chained", make_chained},
    {"inverse_sqrt", make_inverse_sqrt},
    {"warmup_stable_decay", make_warmup_stable_decay},
};
enum { SCHEDULES = sizeof schedules / sizeof schedules[0] };

/* ---- their rates ---- */

/* One parameter of one number; SGD with momentum, which cyclic and one_cycle change too. */
static tw_optimizer *make_optimizer(void) {
  tw_tensor *parameter = NULL;
  tw_optimizer *optimizer = NULL;
  tw_sgd_options options;
  TW_CHECK(tw_sgd_options_init(&options, sizeof options));
  options.lr = 1;
  options.momentum = 0.9;
  TW_CHECK(tw_tensor_zeros(&parameter, NULL, 0, TW_FLOAT32, NULL));
  TW_CHECK(tw_tensor_set_requires_grad(parameter, 1));
  TW_CHECK(tw_optimizer_sgd(&optimizer, &parameter, 1, &options));
  tw_tensor_free(parameter);
  return optimizer;
}

/* A schedule of a metric has no preview, for its rates depend on what is still to come. This is a loss that falls for
   40 epochs and then stays. */
static void run_on_metric(double *rates, tw_optimizer *optimizer, tw_lr_scheduler *scheduler, tw_warmup *warmup) {
  for (int step = 0; step < STEPS; ++step) {
    TW_CHECK(tw_optimizer_get_lr(&rates[step], optimizer, 0));
    if (warmup != NULL) TW_CHECK(tw_warmup_dampening_begin(warmup));
    TW_CHECK(tw_lr_scheduler_step_metric(scheduler, step < 40 ? exp(-0.1 * step) : exp(-4)));
    if (warmup != NULL) TW_CHECK(tw_warmup_dampening_end(warmup));
  }
}

static void compute(double *rates, size_t schedule, int with_warmup) {
  const int64_t period = WARMUP;
  tw_optimizer *optimizer = make_optimizer();
  tw_lr_scheduler *scheduler = NULL;
  tw_warmup *warmup = NULL;
  TW_CHECK(schedules[schedule].make(&scheduler, optimizer));
  if (with_warmup) TW_CHECK(tw_warmup_linear(&warmup, optimizer, &period, 1));
  if (schedules[schedule].make == make_reduce_on_plateau) {
    run_on_metric(rates, optimizer, scheduler, warmup);
  } else if (with_warmup) {
    TW_CHECK(tw_warmup_preview(rates, STEPS, NULL, warmup, &scheduler, 1, STEPS));
  } else {
    TW_CHECK(tw_lr_scheduler_preview(rates, STEPS, NULL, &scheduler, 1, STEPS));
  }
  tw_warmup_free(warmup);
  tw_lr_scheduler_free(scheduler);
  tw_optimizer_free(optimizer);
}

int main(int argc, char **argv) {
  static double rates[SCHEDULES][2][STEPS]; /* without and with the warmup */
  if (argc > 1) {
    const int asked = strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0;
    fputs(usage, asked ? stdout : stderr);
    return asked ? EXIT_SUCCESS : 2;
  }
  printf("step");
  for (size_t i = 0; i < SCHEDULES; ++i) {
    compute(rates[i][0], i, 0);
    compute(rates[i][1], i, 1);
    printf(",%s,%s_warmup", schedules[i].name, schedules[i].name);
  }
  for (int step = 0; step < STEPS; ++step) {
    printf("\n%d", step);
    for (size_t i = 0; i < SCHEDULES; ++i) printf(",%.9f,%.9f", rates[i][0][step], rates[i][1][step]);
  }
  puts("");
  return EXIT_SUCCESS;
}
