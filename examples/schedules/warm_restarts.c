/* Approach 3: the schedule counts epochs and fractions of them.
 *
 * A network of two layers learns y = sin(3x), eight batches an epoch. CosineAnnealingWarmRestarts lets the rate fall
 * along a cosine and start again, each time after twice as many epochs; step_at tells it where in an epoch it is:
 *
 *     rate = (1e-5 + (0.02 - 1e-5) * (1 + cos(pi * t_cur / t_i)) / 2) * min(1, (step + 1) / 199)
 *
 * with t_cur epochs since the last restart, and t_i = 10, 20, 40, ... from it to the next.
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

enum { POINTS = 64, BATCHES = 8, EPOCHS = 70 };

int main(void) {
  const int64_t sizes[2] = {POINTS / BATCHES, 1}, strides[2] = {BATCHES, 1};
  float inputs[POINTS], targets[POINTS];
  tw_tensor *input[BATCHES], *target[BATCHES], *output, *loss;
  tw_tensor_list *list;
  tw_tensor *const *parameters;
  size_t count;
  tw_module *layers[3], *network;
  tw_adamw_options options;
  tw_optimizer *optimizer;
  tw_lr_scheduler *scheduler;
  tw_warmup *warmup;

  for (int i = 0; i < POINTS; ++i) targets[i] = sinf(3.0f * (inputs[i] = 2.0f * (float)i / POINTS - 1.0f));
  for (int i = 0; i < BATCHES; ++i) { /* batch i: points i, i + BATCHES, ..., where they lie, without a copy */
    const size_t bytes = sizeof inputs - (size_t)i * sizeof *inputs; /* from point i on */
    TW_CHECK(tw_tensor_from_blob(&input[i], inputs + i, bytes, sizes, 2, strides, TW_FLOAT32, NULL, NULL));
    TW_CHECK(tw_tensor_from_blob(&target[i], targets + i, bytes, sizes, 2, strides, TW_FLOAT32, NULL, NULL));
  }

  TW_CHECK(tw_manual_seed(1)); /* layers start from random numbers: with a seed, from the same ones every time */
  TW_CHECK(tw_module_linear(&layers[0], 1, 32, NULL));
  TW_CHECK(tw_module_tanh(&layers[1]));
  TW_CHECK(tw_module_linear(&layers[2], 32, 1, NULL));
  TW_CHECK(tw_module_sequential(&network, layers, 3));
  TW_CHECK(tw_module_get_parameters(&list, network)); /* a weight and a bias of each linear layer */
  TW_CHECK(tw_tensor_list_get_data(&parameters, &count, list));

  TW_CHECK(tw_adamw_options_init(&options, sizeof options)); /* PyTorch's defaults */
  options.lr = 0.02;
  options.betas[1] = 0.99;
  TW_CHECK(tw_optimizer_adamw(&optimizer, parameters, count, &options));
  TW_CHECK(tw_lr_scheduler_cosine_annealing_warm_restarts(&scheduler, optimizer, 10, 2, 1e-5)); /* T_0 10, T_mult 2 */
  TW_CHECK(tw_warmup_untuned_linear(&warmup, optimizer, NULL, 0)); /* after the scheduler, whose rates it dampens */

  printf("%6s %5s %11s %11s\n", "epoch", "step", "rate", "loss");
  for (int step = 0; step < EPOCHS * BATCHES; ++step) {
    double rate, value;
    TW_CHECK(tw_optimizer_get_lr(&rate, optimizer, 0)); /* the rate that this step uses */
    TW_CHECK(tw_optimizer_zero_grad(optimizer));        /* forgets the gradients of the step before */
    TW_CHECK(tw_module_forward(&output, network, &input[step % BATCHES], 1));
    TW_CHECK(tw_op_mse_loss(&loss, output, target[step % BATCHES], NULL));
    TW_CHECK(tw_tensor_backward(loss, NULL, 0)); /* computes the gradients */
    TW_CHECK(tw_optimizer_step(optimizer));
    TW_CHECK(tw_tensor_get_item_double(&value, loss));
    if (step % 20 == 0) printf("%6.2f %5d %11.8f %11.8f\n", (double)step / BATCHES, step, rate, value);
    TW_CHECK(tw_warmup_dampening_begin(warmup)); /* the scheduled rates, for the scheduler to change */
    TW_CHECK(tw_lr_scheduler_step_at(scheduler, (step + 1.0) / BATCHES));
    TW_CHECK(tw_warmup_dampening_end(warmup)); /* dampened again, for the next step */
    tw_tensor_free(output), tw_tensor_free(loss);
  }
  tw_warmup_free(warmup); /* handles may be freed in any order */
  tw_lr_scheduler_free(scheduler);
  tw_optimizer_free(optimizer);
  tw_module_free(network);
  for (int i = 0; i < 3; ++i) tw_module_free(layers[i]);
  tw_tensor_list_free(list);
  for (int i = 0; i < BATCHES; ++i) tw_tensor_free(input[i]), tw_tensor_free(target[i]);
  return EXIT_SUCCESS;
}
