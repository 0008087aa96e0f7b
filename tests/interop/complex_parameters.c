/* What complex_parameters.py runs: each optimizer over a complex parameter and a real one, with options that it has too. */
#include "program.h"

enum { STEPS = 3, NUMBERS = 4 };

/* Two complex numbers, of four real ones. */
static tw_tensor *make_complex(const double *numbers) {
  const int64_t sizes[] = {2, 2};
  tw_tensor *pairs, *out;
  CHECK(tw_tensor_from_data(&pairs, numbers, NUMBERS * sizeof *numbers, sizes, 2, TW_FLOAT64));
  CHECK(TW_OP(&out, "view_as_complex", TW_TENSOR(pairs)));
  tw_tensor_free(pairs);
  return out;
}

static tw_tensor *make_real(const double *numbers) {
  const int64_t size = NUMBERS;
  tw_tensor *out;
  CHECK(tw_tensor_from_data(&out, numbers, NUMBERS * sizeof *numbers, &size, 1, TW_FLOAT64));
  return out;
}

/* Sixteenths, which both sides have exactly. */
static void set_gradients(tw_tensor *const *parameters, int step) {
  double numbers[NUMBERS];
  for (int i = 0; i < NUMBERS; ++i) numbers[i] = ((i * 7 + step * 5) % 11 - 4) / 16.0;
  tw_tensor *gradients[] = {make_complex(numbers), make_real(numbers)};
  for (int i = 0; i < 2; ++i) {
    CHECK(tw_tensor_set_grad(parameters[i], gradients[i]));
    tw_tensor_free(gradients[i]);
  }
}

static void print_numbers(const char *name, const tw_tensor *tensor) {
  double numbers[NUMBERS];
  size_t needed;
  CHECK(tw_tensor_copy_data(numbers, sizeof numbers, &needed, tensor));
  printf("%s", name);
  for (int i = 0; i < NUMBERS; ++i) printf(" %.17g", numbers[i]);
  putchar('\n');
}

static void print_complex(const char *name, const tw_tensor *parameter) {
  tw_tensor *plain, *pairs;
  CHECK(tw_tensor_detach(&plain, parameter));
  CHECK(TW_OP(&pairs, "view_as_real", TW_TENSOR(plain)));
  print_numbers(name, pairs);
  tw_tensor_free(pairs);
  tw_tensor_free(plain);
}

static void train(const char *name, tw_tensor *const *parameters, tw_optimizer *optimizer) {
  for (int step = 0; step < STEPS; ++step) {
    set_gradients(parameters, step);
    CHECK(tw_optimizer_step(optimizer));
    print_complex(name, parameters[0]);
    print_numbers(name, parameters[1]);
  }
  tw_optimizer_free(optimizer);
}

/* ---- the optimizers ------------------------------------------------------------------------------------------------ */

static tw_optimizer *make_adam(tw_tensor *const *parameters, int amsgrad) {
  tw_optimizer *out;
  tw_adam_options options;
  CHECK(tw_adam_options_init(&options, sizeof options));
  options.lr = 0.125, options.betas[0] = 0.5, options.betas[1] = 0.75, options.weight_decay = 0.25;
  options.amsgrad = amsgrad;
  CHECK(tw_optimizer_adam(&out, parameters, 2, &options));
  return out;
}

static tw_optimizer *make_adamw(tw_tensor *const *parameters, int amsgrad) {
  tw_optimizer *out;
  tw_adamw_options options;
  CHECK(tw_adamw_options_init(&options, sizeof options));
  options.lr = 0.125, options.betas[0] = 0.5, options.betas[1] = 0.75, options.weight_decay = 0.25;
  options.amsgrad = amsgrad;
  CHECK(tw_optimizer_adamw(&out, parameters, 2, &options));
  return out;
}

static tw_optimizer *make_sgd(tw_tensor *const *parameters, int nesterov) {
  tw_optimizer *out;
  tw_sgd_options options;
  CHECK(tw_sgd_options_init(&options, sizeof options));
  options.lr = 0.125, options.momentum = 0.5, options.weight_decay = 0.25;
  options.nesterov = nesterov, options.dampening = nesterov ? 0 : 0.25;
  CHECK(tw_optimizer_sgd(&out, parameters, 2, &options));
  return out;
}

static tw_optimizer *make_rmsprop(tw_tensor *const *parameters, int all) {
  tw_optimizer *out;
  tw_rmsprop_options options;
  CHECK(tw_rmsprop_options_init(&options, sizeof options));
  options.lr = 0.125, options.alpha = 0.75, options.weight_decay = 0.25;
  if (all) options.centered = 1, options.momentum = 0.5;
  CHECK(tw_optimizer_rmsprop(&out, parameters, 2, &options));
  return out;
}

static tw_optimizer *make_adagrad(tw_tensor *const *parameters, int initial) {
  tw_optimizer *out;
  tw_adagrad_options options;
  CHECK(tw_adagrad_options_init(&options, sizeof options));
  options.lr = 0.125, options.lr_decay = 0.25, options.weight_decay = 0.25;
  options.initial_accumulator_value = initial ? 0.5 : 0;
  CHECK(tw_optimizer_adagrad(&out, parameters, 2, &options));
  return out;
}

static void train_all(char **arguments) {
  static const struct {
    const char *name;
    tw_optimizer *(*make)(tw_tensor *const *parameters, int variant);
    int variant;
  } kinds[] = {
      {"adam", make_adam, 0},       {"adam_amsgrad", make_adam, 1},
      {"adamw", make_adamw, 0},     {"adamw_amsgrad", make_adamw, 1},
      {"sgd", make_sgd, 0},         {"sgd_nesterov", make_sgd, 1},
      {"rmsprop", make_rmsprop, 0}, {"rmsprop_centered", make_rmsprop, 1},
      {"adagrad", make_adagrad, 0}, {"adagrad_initial", make_adagrad, 1},
  };
  static const double start[NUMBERS] = {1, 2, -0.5, 0.25};
  (void)arguments;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    tw_tensor *parameters[] = {make_complex(start), make_real(start)};
    for (int each = 0; each < 2; ++each) CHECK(tw_tensor_set_requires_grad(parameters[each], 1));
    train(kinds[i].name, parameters, kinds[i].make(parameters, kinds[i].variant));
    for (int each = 0; each < 2; ++each) tw_tensor_free(parameters[each]);
  }
}

int main(int argc, char **argv) {
  static const command commands[] = {{"train", "", train_all}};
  return run_command(argc, argv, commands, sizeof commands / sizeof *commands);
}
