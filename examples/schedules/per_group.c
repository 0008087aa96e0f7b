/* Two parameter groups, each with a rate and a warmup of its own.
 *
 * A network of two layers learns y = sin(3x). The first layer learns at 0.02 and warms up in 50 steps; the second at a
 * quarter of that and in 200 steps. One scheduler and one warmup serve both:
 *
 *     rate of a group = lr / 2 * (1 + cos(pi * step / 600)) * min(1, (step + 1) / period)
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

int main(void) {
  const int64_t periods[2] = {50, 200}; /* one for each group; with a single one, it is the same for all */
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
  TW_CHECK(tw_optimizer_adamw(&optimizer, parameters, 2, &options)); /* group 0: the first layer */
  options.lr = 0.005;
  TW_CHECK(tw_optimizer_add_param_group(optimizer, parameters + 2, 2, &options)); /* group 1: the second */
  TW_CHECK(tw_lr_scheduler_cosine_annealing(&scheduler, optimizer, STEPS, 0));
  TW_CHECK(tw_warmup_linear(&warmup, optimizer, periods, 2)); /* after every group and the scheduler are there */

  printf("%5s %11s %11s %11s\n", "step", "rate 0", "rate 1", "loss");
  for (int step = 0; step < STEPS; ++step) {
    double rates[2], value;
    for (size_t group = 0; group < 2; ++group) TW_CHECK(tw_optimizer_get_lr(&rates[group], optimizer, group));
    TW_CHECK(tw_optimizer_zero_grad(optimizer)); /* forgets the gradients of the step before */
    TW_CHECK(tw_module_forward(&output, network, &input, 1));
    TW_CHECK(tw_op_mse_loss(&loss, output, target, NULL));
    TW_CHECK(tw_tensor_backward(loss, NULL, 0)); /* computes the gradients */
    TW_CHECK(tw_optimizer_step(optimizer));
    TW_CHECK(tw_warmup_step(warmup, &scheduler, 1)); /* the rates of the next step */
    TW_CHECK(tw_tensor_get_item_double(&value, loss));
    if (step % 40 == 0) printf("%5d %11.8f %11.8f %11.8f\n", step, rates[0], rates[1], value);
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
