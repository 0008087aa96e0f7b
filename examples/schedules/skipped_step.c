/* A step whose gradients are not finite is left out, and the warmup does not count it.
 *
 * A network of two layers learns y = sin(3x), but at every fiftieth step a number of its data is infinite, as after an
 * overflow in half precision. Such a step would turn every parameter into "not a number", for ever.
 *
 *     rate = 0.02 / 2 * (1 + cos(pi * counted / 600)) * min(1, (counted + 1) / 150)
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <torch_warmup.h>

/* Ends the program with the library's message where a call fails. */
#define TW_CHECK(call)                                                                            \
  do {                                                                                            \
    if ((call) != TW_OK) fprintf(stderr, "%s: %s\n", #call, tw_last_error()), exit(EXIT_FAILURE); \
  } while (0)

enum { POINTS = 64, STEPS = 600 };

/* Whether every gradient is finite: where a number is not, a sum with it is not either. */
static int gradients_are_finite(tw_tensor *const *parameters, size_t count) {
  double total = 0, value;
  for (size_t i = 0; i < count; ++i, total += value) {
    tw_tensor *gradient, *sum;
    TW_CHECK(tw_tensor_get_grad(&gradient, parameters[i]));
    TW_CHECK(tw_op_sum(&sum, gradient));
    TW_CHECK(tw_tensor_get_item_double(&value, sum));
    tw_tensor_free(gradient), tw_tensor_free(sum);
  }
  return isfinite(total);
}

int main(void) {
  int64_t sizes[2] = {POINTS, 1}, period = 150, counted;
  float inputs[POINTS], targets[POINTS];
  tw_tensor *input, *target, *broken, *output, *loss;
  tw_tensor_list *list;
  tw_tensor *const *parameters;
  size_t count;
  tw_module *layers[3], *network;
  tw_optimizer *optimizer;
  tw_lr_scheduler *scheduler;
  tw_warmup *warmup;
  for (int i = 0; i < POINTS; ++i) targets[i] = sinf(3.0f * (inputs[i] = 2.0f * (float)i / POINTS - 1.0f));
  TW_CHECK(tw_tensor_from_data(&input, inputs, sizeof inputs, sizes, 2, TW_FLOAT32));
  TW_CHECK(tw_tensor_from_data(&target, targets, sizeof targets, sizes, 2, TW_FLOAT32));
  targets[7] = INFINITY;
  TW_CHECK(tw_tensor_from_data(&broken, targets, sizeof targets, sizes, 2, TW_FLOAT32));
  TW_CHECK(tw_manual_seed(1)); /* layers start from random numbers: with a seed, from the same ones every time */
  TW_CHECK(tw_module_linear(&layers[0], 1, 32, NULL));
  TW_CHECK(tw_module_tanh(&layers[1]));
  TW_CHECK(tw_module_linear(&layers[2], 32, 1, NULL));
  TW_CHECK(tw_module_sequential(&network, layers, 3));
  TW_CHECK(tw_module_get_parameters(&list, network)); /* a weight and a bias of each linear layer */
  TW_CHECK(tw_tensor_list_get_data(&parameters, &count, list));

  TW_CHECK(tw_optimizer_adamw(&optimizer, parameters, count, NULL)); /* NULL: PyTorch's defaults */
  TW_CHECK(tw_optimizer_set_lr(optimizer, 0, 0.02));                 /* of group 0, which holds all parameters */
  TW_CHECK(tw_lr_scheduler_cosine_annealing(&scheduler, optimizer, STEPS, 0));
  TW_CHECK(tw_warmup_linear(&warmup, optimizer, &period, 1)); /* after the scheduler, whose rates it dampens */

  printf("%5s %7s %11s %11s\n", "step", "counted", "rate", "loss");
  for (int step = 0; step < STEPS; ++step) {
    double rate, value;
    TW_CHECK(tw_warmup_get_last_step(&counted, warmup));
    TW_CHECK(tw_optimizer_get_lr(&rate, optimizer, 0));
    TW_CHECK(tw_optimizer_zero_grad(optimizer));
    TW_CHECK(tw_module_forward(&output, network, &input, 1));
    TW_CHECK(tw_op_mse_loss(&loss, output, step % 50 == 25 ? broken : target, NULL));
    TW_CHECK(tw_tensor_backward(loss, NULL, 0));
    if (gradients_are_finite(parameters, count)) {
      TW_CHECK(tw_optimizer_step(optimizer));
      TW_CHECK(tw_warmup_step(warmup, &scheduler, 1)); /* counts the step */
    }
    TW_CHECK(tw_tensor_get_item_double(&value, loss));
    if (step % 25 == 0) printf("%5d %7d %11.8f %11.8f\n", step, (int)counted, rate, value);
    tw_tensor_free(output), tw_tensor_free(loss);
  }
  return EXIT_SUCCESS; /* the end of the process frees what is left */
}
