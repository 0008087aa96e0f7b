/* Trains the EMNIST example's network on the generated batches of tests/fixtures/README.md and prints each step's rate,
 * as a hexadecimal float, and loss: what live_emnist.py compares with PyTorch.
 *
 *     emnist_runner {linear,exponential,radam,none}
 */
#include <math.h>
#include <string.h>

#include "network.h"
#include "program.h"

enum { BATCH = 64, SIDE = 28, STEPS = 40, CLASSES = 47 };

static tw_tensor *make_images(int step) {
  static float pixels[BATCH * SIDE * SIDE];
  const int64_t sizes[4] = {BATCH, 1, SIDE, SIDE};
  tw_tensor *images = NULL;
  for (int b = 0; b < BATCH; ++b) {
    const int c = (7 * b + 3 * step) % CLASSES;
    for (int k = 0; k < SIDE * SIDE; ++k) {
      const int r = k / SIDE, q = k % SIDE;
      const double x = 0.5 + 0.5 * sin((c + 1) * 0.37 * r * 0.11 + (0.53 * c + 1) * q * 0.13 + 0.01 * b + 0.1 * step);
      pixels[b * SIDE * SIDE + k] = ((float)x - 0.1751f) / 0.3332f;
    }
  }
  CHECK(tw_tensor_from_data(&images, pixels, sizeof pixels, sizes, 4, TW_FLOAT32));
  return images;
}

static tw_tensor *make_labels(int step) {
  int64_t classes[BATCH];
  const int64_t size = BATCH;
  tw_tensor *labels = NULL;
  for (int b = 0; b < BATCH; ++b) classes[b] = (7 * b + 3 * step) % CLASSES;
  CHECK(tw_tensor_from_data(&labels, classes, sizeof classes, &size, 1, TW_INT64));
  return labels;
}

static double train_step(network *net, tw_optimizer *optimizer, int step) {
  tw_tensor *images = make_images(step), *labels = make_labels(step), *output = NULL, *loss = NULL;
  double value = 0;
  CHECK(tw_optimizer_zero_grad(optimizer));
  CHECK(network_forward(&output, net, images));
  CHECK(tw_op_nll_loss(&loss, output, labels, NULL));
  CHECK(tw_tensor_backward(loss, NULL, 0));
  CHECK(tw_optimizer_step(optimizer));
  CHECK(tw_tensor_get_item_double(&value, loss));
  tw_tensor_free(images);
  tw_tensor_free(labels);
  tw_tensor_free(output);
  tw_tensor_free(loss);
  return value;
}

static tw_warmup *make_warmup(const char *name, tw_optimizer *optimizer) {
  const int64_t one = 1;
  tw_warmup *warmup = NULL;
  if (strcmp(name, "linear") == 0) CHECK(tw_warmup_untuned_linear(&warmup, optimizer, NULL, 0));
  if (strcmp(name, "exponential") == 0) CHECK(tw_warmup_untuned_exponential(&warmup, optimizer, NULL, 0));
  if (strcmp(name, "radam") == 0) CHECK(tw_warmup_radam(&warmup, optimizer, NULL, 0));
  if (strcmp(name, "none") == 0) CHECK(tw_warmup_linear(&warmup, optimizer, &one, 1));
  return warmup;
}

int main(int argc, char **argv) {
  tw_tensor_list *list;
  tw_tensor *const *parameters;
  size_t count;
  tw_optimizer *optimizer;
  tw_lr_scheduler *scheduler;
  tw_adamw_options options;
  network net;
  CHECK(tw_set_num_threads(2));
  CHECK(tw_manual_seed(1));
  CHECK(network_create(&net, CLASSES));
  CHECK(tw_adamw_options_init(&options, sizeof options));
  options.lr = 0.01;
  CHECK(tw_module_get_parameters(&list, net.module));
  CHECK(tw_tensor_list_get_data(&parameters, &count, list));
  CHECK(tw_optimizer_adamw(&optimizer, parameters, count, &options));
  tw_tensor_list_free(list);
  CHECK(tw_lr_scheduler_cosine_annealing(&scheduler, optimizer, STEPS, 1e-5));
  tw_warmup *warmup = make_warmup(argc > 1 ? argv[1] : "", optimizer);
  if (warmup == NULL) {
    fprintf(stderr, "usage: emnist_runner {linear,exponential,radam,none}\n");
    return 2;
  }
  printf("torch %s\n", tw_torch_version());
  for (int step = 0; step < STEPS; ++step) {
    double lr = 0;
    CHECK(tw_optimizer_get_lr(&lr, optimizer, 0));
    printf("%a %.9g\n", lr, train_step(&net, optimizer, step));
    CHECK(tw_warmup_step(warmup, &scheduler, 1));
  }
  tw_warmup_free(warmup);
  tw_lr_scheduler_free(scheduler);
  tw_optimizer_free(optimizer);
  network_free(&net);
  return 0;
}
