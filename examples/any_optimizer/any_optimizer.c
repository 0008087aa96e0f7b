/* A warmup and a schedule on an optimizer of one's own: SGD with momentum over plain arrays, in plain C. LibTorch has no
 * part in it, nor has anything else but the core of torch_warmup.
 *
 * It fits a line y = slope * x + offset to noisy points. The slope and the offset are a parameter group each. */
#include <stdio.h>
#include <stdlib.h>
#include <torch_warmup_core.h>

/* Ends the program with the library's message where a call fails. */
#define TW_CHECK(call)                                                                            \
  do {                                                                                            \
    if ((call) != TW_OK) fprintf(stderr, "%s: %s\n", #call, tw_last_error()), exit(EXIT_FAILURE); \
  } while (0)

enum { GROUPS = 2, POINTS = 50, STEPS = 400 };

/* ---- the optimizer: nothing in it knows of torch_warmup ---- */

typedef struct sgd {
  double lr[GROUPS], momentum[GROUPS];
  double parameter[GROUPS], gradient[GROUPS], velocity[GROUPS];
} sgd;

static void sgd_step(sgd *self) {
  for (int group = 0; group < GROUPS; ++group) {
    self->velocity[group] = self->momentum[group] * self->velocity[group] + self->gradient[group];
    self->parameter[group] -= self->lr[group] * self->velocity[group];
  }
}

/* ---- how torch_warmup reaches it ---- */

/* The row of an option; NULL for one that it has not. */
static double *row_of(sgd *self, tw_option option) {
  if (option == TW_OPTION_LR) return self->lr;
  return option == TW_OPTION_MOMENTUM ? self->momentum : NULL;
}

static tw_status group_count(size_t *out, void *context) {
  (void)context;
  *out = GROUPS;
  return TW_OK;
}

static tw_status get(double *out, size_t count, tw_option option, void *context) {
  const double *row = row_of(context, option);
  if (row == NULL) return TW_ERROR_NOT_FOUND;
  for (size_t group = 0; group < count; ++group) out[group] = row[group];
  return TW_OK;
}

static tw_status set(const double *values, size_t count, tw_option option, void *context) {
  double *row = row_of(context, option);
  if (row == NULL) return TW_ERROR_NOT_FOUND;
  for (size_t group = 0; group < count; ++group) row[group] = values[group];
  return TW_OK;
}

/* ---- the problem ---- */

/* The mean squared error over all points, and its gradient. */
static double loss_of(sgd *self) {
  double loss = 0;
  self->gradient[0] = self->gradient[1] = 0;
  for (int i = 0; i < POINTS; ++i) {
    const double x = -1 + 2.0 * i / POINTS, noise = 0.1 * ((i * 7) % 11 - 5) / 5;
    const double error = self->parameter[0] * x + self->parameter[1] - (3 * x - 1 + noise);
    loss += error * error / POINTS;
    self->gradient[0] += 2 * error * x / POINTS;
    self->gradient[1] += 2 * error / POINTS;
  }
  return loss;
}

int main(void) {
  sgd mine = {.lr = {0.5, 0.1}, .momentum = {0.9, 0.9}};
  const tw_optimizer_interface functions = {sizeof functions, "SGD", group_count, get, set, NULL};
  const int64_t period = 50;
  tw_optimizer *optimizer;
  tw_lr_scheduler *scheduler;
  tw_warmup *warmup;
  TW_CHECK(tw_optimizer_custom(&optimizer, &functions, &mine));
  TW_CHECK(tw_lr_scheduler_cosine_annealing(&scheduler, optimizer, STEPS, 0));
  TW_CHECK(tw_warmup_linear(&warmup, optimizer, &period, 1)); /* after the scheduler, whose rates it dampens */

  printf("%5s %11s %11s %11s\n", "step", "rate 0", "rate 1", "loss");
  for (int step = 0; step < STEPS; ++step) {
    const double loss = loss_of(&mine);
    if (step % 25 == 0) printf("%5d %11.8f %11.8f %11.6f\n", step, mine.lr[0], mine.lr[1], loss);
    sgd_step(&mine);
    TW_CHECK(tw_warmup_step(warmup, &scheduler, 1));
  }
  printf("slope %.3f, offset %.3f\n", mine.parameter[0], mine.parameter[1]);
  tw_warmup_free(warmup);
  tw_lr_scheduler_free(scheduler);
  tw_optimizer_free(optimizer);
  return EXIT_SUCCESS;
}
