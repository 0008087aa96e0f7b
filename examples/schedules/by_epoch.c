/* Approach 2: the schedule counts epochs, the warmup counts steps.
 *
 * A network of two layers learns y = sin(3x), eight batches of points an epoch. MultiStepLR multiplies the rate by 0.1
 * after half and after three quarters of the epochs; the warmup goes on at every step:
 *
 *     rate = 0.02 * 0.1^(how many milestones are <= epoch) * min(1, (step + 1) / 199)
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

enum { POINTS = 64, BATCHES = 8, EPOCHS = 100 };

int main(void) {
  const int64_t milestones[2] = {EPOCHS / 2, EPOCHS * 3 / 4};
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
  TW_CHECK(tw_lr_scheduler_multi_step(&scheduler, optimizer, milestones, 2, 0.1));
  TW_CHECK(tw_warmup_untuned_linear(&warmup, optimizer, NULL, 0)); /* after the scheduler, whose rates it dampens */

  printf("%5s %5s %11s %11s\n", "epoch", "step", "rate", "loss");
  for (int step = 0; step < EPOCHS * BATCHES; ++step) {
    const int epoch = step / BATCHES, batch = step % BATCHES, epoch_ends = batch == BATCHES - 1;
    double rate, value;
    TW_CHECK(tw_optimizer_get_lr(&rate, optimizer, 0)); /* the rate that this step uses */
    TW_CHECK(tw_optimizer_zero_grad(optimizer));        /* forgets the gradients of the step before */
    TW_CHECK(tw_module_forward(&output, network, &input[batch], 1));
    TW_CHECK(tw_op_mse_loss(&loss, output, target[batch], NULL));
    TW_CHECK(tw_tensor_backward(loss, NULL, 0)); /* computes the gradients */
    TW_CHECK(tw_optimizer_step(optimizer));
    /* The warmup steps each time, together with the scheduler at the end of an epoch, else with none. */
    TW_CHECK(tw_warmup_step(warmup, &scheduler, epoch_ends ? 1 : 0));
    TW_CHECK(tw_tensor_get_item_double(&value, loss));
    if (epoch % 5 == 0 && batch == 0) printf("%5d %5d %11.8f %11.8f\n", epoch, step, rate, value);
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
