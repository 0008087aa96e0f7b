/* A program as a user of the installed package writes it, in plain C99: fits y = 2x by AdamW under linear warmup and
 * cosine annealing, and checks every rate against its formula and the fit against the truth. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <torch_warmup.h>

#define CHECK(call)                                                           \
  do {                                                                        \
    if ((call) != TW_OK) {                                                    \
      fprintf(stderr, "line %d: %s: %s\n", __LINE__, #call, tw_last_error()); \
      exit(1);                                                                \
    }                                                                         \
  } while (0)

enum { STEPS = 200, PERIOD = 20 };

static const double PEAK = 0.1;

/* One step of the fit; gives the loss. */
static double train(tw_optimizer *optimizer, const tw_tensor *weight, const tw_tensor *x, const tw_tensor *y) {
  tw_tensor *prediction, *loss;
  double value;
  CHECK(tw_optimizer_zero_grad(optimizer));
  CHECK(tw_op_mul(&prediction, x, weight));
  CHECK(tw_op_mse_loss(&loss, prediction, y, NULL));
  CHECK(tw_tensor_backward(loss, NULL, 0));
  CHECK(tw_optimizer_step(optimizer));
  CHECK(tw_tensor_get_item_double(&value, loss));
  tw_tensor_free(loss);
  tw_tensor_free(prediction);
  return value;
}

/* The rate that the formulas of warmup.h and lr_scheduler.h give for a step. */
static double expected_rate(int step) {
  const double pi = 3.141592653589793;
  double cosine = PEAK * (1 + cos(pi * step / STEPS)) / 2;
  double factor = step + 1 < PERIOD ? (step + 1.0) / PERIOD : 1;
  return cosine * factor;
}

int main(void) {
  const float xs[4] = {1, 2, 3, 4}, ys[4] = {2, 4, 6, 8}, start = 0;
  const int64_t size = 4, one = 1, period = PERIOD;
  tw_tensor *x, *y, *weight;
  tw_optimizer *optimizer;
  tw_lr_scheduler *scheduler;
  tw_warmup *warmup;
  tw_adamw_options options;
  double rate, fitted, loss = 0;
  int step;

  printf("torch_warmup %s on LibTorch %s\n", tw_version(), tw_torch_version());
  CHECK(tw_tensor_from_data(&x, xs, sizeof xs, &size, 1, TW_FLOAT32));
  CHECK(tw_tensor_from_data(&y, ys, sizeof ys, &size, 1, TW_FLOAT32));
  CHECK(tw_tensor_from_data(&weight, &start, sizeof start, &one, 1, TW_FLOAT32));
  CHECK(tw_tensor_set_requires_grad(weight, 1));

  CHECK(tw_adamw_options_init(&options, sizeof options));
  options.lr = PEAK;
  options.weight_decay = 0;
  CHECK(tw_optimizer_adamw(&optimizer, &weight, 1, &options));
  CHECK(tw_lr_scheduler_cosine_annealing(&scheduler, optimizer, STEPS, 0));
  CHECK(tw_warmup_linear(&warmup, optimizer, &period, 1));

  for (step = 0; step < STEPS; ++step) {
    CHECK(tw_optimizer_get_lr(&rate, optimizer, 0));
    if (fabs(rate - expected_rate(step)) > 1e-12) {
      fprintf(stderr, "step %d: the rate is %.17g, not %.17g\n", step, rate, expected_rate(step));
      return 1;
    }
    loss = train(optimizer, weight, x, y);
    CHECK(tw_warmup_step(warmup, &scheduler, 1));
  }

  CHECK(tw_tensor_get_item_double(&fitted, weight));
  printf("after %d steps: weight %.4f, loss %.3g\n", STEPS, fitted, loss);
  tw_warmup_free(warmup);
  tw_lr_scheduler_free(scheduler);
  tw_optimizer_free(optimizer);
  tw_tensor_free(weight);
  tw_tensor_free(y);
  tw_tensor_free(x);
  return fabs(fitted - 2) < 0.01 ? 0 : 1;
}
