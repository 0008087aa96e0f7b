/* Warmup, stable, decay: the rate rises, stays, and falls at the end.
 *
 * A network of two layers learns y = sin(3x). The stable part may be as long as one likes, so how long to train need
 * not be known when training starts. The warmup does the rise here, the scheduler the rest:
 *
 *     rate(step) = 0.02 * min(1, (step + 1) / 199)            before step 450
 *                  0.02 * (1 - sqrt((step - 450) / 150))      in the last 150 steps
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

enum { POINTS = 64, STABLE = 450, DECAY = 150 };

int main(void) {
  const int64_t sizes[2] = {POINTS, 1};
  float inputs[POINTS], targets[POINTS];
  tw_tensor *input, *target, *output, *loss;
  tw_tensor_list *list;
  tw_tensor *const *parameters;
  size_t count;
  tw_module *layers[3], *network;
  tw_adamw_options options;
  tw_optimizer *optimizer;
  tw_lr_scheduler *scheduler;
  tw_warmup *warmup;

  for (int i = 0; i < POINTS; ++i) targets[i] = sinf(3.0f * (inputs[i] = 2.0f * (float)i / POINTS - 1.0f));
  TW_CHECK(tw_tensor_from_data(&input, inputs, sizeof inputs, sizes, 2, TW_FLOAT32));
  TW_CHECK(tw_tensor_from_data(&target, targets, sizeof targets, sizes, 2, TW_FLOAT32));

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
  /* No warmup of the scheduler's own, then STABLE steps, then down to 0 times the rate in DECAY steps. */
  TW_CHECK(tw_lr_scheduler_warmup_stable_decay(&scheduler, optimizer, 0, STABLE, DECAY, TW_LR_DECAY_SQRT, 0));
  TW_CHECK(tw_warmup_untuned_linear(&warmup, optimizer, NULL, 0)); /* 199 steps for beta2 = 0.99 */

  printf("%5s %11s %11s\n", "step", "rate", "loss");
  for (int step = 0; step < STABLE + DECAY; ++step) {
    double rate, value;
    TW_CHECK(tw_optimizer_get_lr(&rate, optimizer, 0)); /* the rate that this step uses */
    TW_CHECK(tw_optimizer_zero_grad(optimizer));        /* forgets the gradients of the step before */
    TW_CHECK(tw_module_forward(&output, network, &input, 1));
    TW_CHECK(tw_op_mse_loss(&loss, output, target, NULL));
    TW_CHECK(tw_tensor_backward(loss, NULL, 0)); /* computes the gradients */
    TW_CHECK(tw_optimizer_step(optimizer));
    TW_CHECK(tw_warmup_step(warmup, &scheduler, 1)); /* the rate of the next step */
    TW_CHECK(tw_tensor_get_item_double(&value, loss));
    if (step % 30 == 0) printf("%5d %11.8f %11.8f\n", step, rate, value);
    tw_tensor_free(output), tw_tensor_free(loss);
  }

  tw_warmup_free(warmup); /* handles may be freed in any order */
  tw_lr_scheduler_free(scheduler);
  tw_optimizer_free(optimizer);
  tw_module_free(network);
  for (int i = 0; i < 3; ++i) tw_module_free(layers[i]);
  tw_tensor_list_free(list);
  tw_tensor_free(input), tw_tensor_free(target);
  return EXIT_SUCCESS;
}
