/* What optimizer_state.py runs: trains a network with an optimizer, from a checkpoint on or from the start, and saves
 * both; tries to load what does not fit; draws random numbers. */
#include "program.h"

#include <string.h>

/* ---- the network, and its parameters in two groups: the second has one that no loss depends on ------------------- */

enum { PARAMETERS = 5, FIRST_GROUP = 2 };

typedef struct run {
  tw_module *network;
  tw_tensor *params[PARAMETERS];
  tw_optimizer *optimizer;
} run;

static void make_parameters(run *self) {
  static const char *const names[] = {"0.weight", "0.bias", "2.weight", "2.bias"};
  const int64_t size = 3;
  CHECK(tw_manual_seed(5));
  self->network = make_network();
  for (int i = 0; i < 4; ++i) CHECK(tw_module_get_tensor(&self->params[i], self->network, names[i]));
  CHECK(tw_tensor_ones(&self->params[4], &size, 1, TW_FLOAT32, NULL));
  CHECK(tw_tensor_set_requires_grad(self->params[4], 1));
}

/* ---- the optimizers: with the options that optimizer_state.py has too, or PyTorch's defaults ---------------------- */

static void add_group(run *self, const void *options) {
  CHECK(tw_optimizer_add_param_group(self->optimizer, self->params + FIRST_GROUP, PARAMETERS - FIRST_GROUP, options));
}

static void make_adam(run *self, int tuned, int amsgrad) {
  tw_adam_options options;
  CHECK(tw_adam_options_init(&options, sizeof options));
  options.amsgrad = amsgrad;
  if (tuned) options.lr = 0.02, options.betas[0] = 0.8, options.eps = 1e-7, options.weight_decay = 0.05;
  CHECK(tw_optimizer_adam(&self->optimizer, self->params, FIRST_GROUP, &options));
  if (tuned) options.lr = 0.01, options.betas[1] = 0.95;
  add_group(self, &options);
}

static void make_adamw(run *self, int tuned) {
  tw_adamw_options options;
  CHECK(tw_adamw_options_init(&options, sizeof options));
  if (tuned) options.lr = 0.02, options.betas[0] = 0.8, options.weight_decay = 0.05;
  CHECK(tw_optimizer_adamw(&self->optimizer, self->params, FIRST_GROUP, &options));
  if (tuned) options.lr = 0.01, options.betas[1] = 0.95;
  add_group(self, &options);
}

static void make_sgd(run *self, int tuned, int momentum) {
  tw_sgd_options options;
  CHECK(tw_sgd_options_init(&options, sizeof options));
  if (tuned) options.lr = 0.1, options.weight_decay = 0.05;
  if (tuned && momentum) options.momentum = 0.9, options.nesterov = 1;
  CHECK(tw_optimizer_sgd(&self->optimizer, self->params, FIRST_GROUP, &options));
  if (tuned && momentum) options.momentum = 0.7, options.nesterov = 0, options.dampening = 0.25;
  if (tuned) options.lr = 0.2;
  add_group(self, &options);
}

static void make_rmsprop(run *self, int tuned) {
  tw_rmsprop_options options;
  CHECK(tw_rmsprop_options_init(&options, sizeof options));
  if (tuned) options.lr = 0.01, options.alpha = 0.9, options.momentum = 0.5, options.centered = 1;
  CHECK(tw_optimizer_rmsprop(&self->optimizer, self->params, FIRST_GROUP, &options));
  if (tuned) options.lr = 0.02, options.momentum = 0, options.weight_decay = 0.05;
  add_group(self, &options);
}

static void make_adagrad(run *self, int tuned) {
  tw_adagrad_options options;
  CHECK(tw_adagrad_options_init(&options, sizeof options));
  if (tuned) options.lr = 0.1, options.lr_decay = 0.1, options.initial_accumulator_value = 0.5;
  CHECK(tw_optimizer_adagrad(&self->optimizer, self->params, FIRST_GROUP, &options));
  if (tuned) options.lr = 0.2, options.weight_decay = 0.05, options.eps = 1e-8;
  add_group(self, &options);
}

static run make_run(const char *kind, int tuned) {
  run self;
  make_parameters(&self);
  if (strcmp(kind, "adam") == 0 || strcmp(kind, "amsgrad") == 0) {
    make_adam(&self, tuned, strcmp(kind, "amsgrad") == 0);
  } else if (strcmp(kind, "adamw") == 0) {
    make_adamw(&self, tuned);
  } else if (strcmp(kind, "sgd") == 0 || strcmp(kind, "plain_sgd") == 0) {
    make_sgd(&self, tuned, strcmp(kind, "sgd") == 0);
  } else if (strcmp(kind, "rmsprop") == 0) {
    make_rmsprop(&self, tuned);
  } else if (strcmp(kind, "adagrad") == 0) {
    make_adagrad(&self, tuned);
  } else {
    fprintf(stderr, "there is no optimizer \"%s\"\n", kind);
    exit(2);
  }
  return self;
}

static void free_run(run *self) {
  tw_optimizer_free(self->optimizer);
  for (int i = 0; i < PARAMETERS; ++i) tw_tensor_free(self->params[i]);
  tw_module_free(self->network);
}

/* ---- training ------------------------------------------------------------------------------------------------------ */

/* The loss is the mean of the squared outputs. */
static void train_step(run *self) {
  tw_tensor *input = make_input(), *output, *squares, *loss;
  CHECK(tw_optimizer_zero_grad(self->optimizer));
  CHECK(tw_module_forward(&output, self->network, &input, 1));
  CHECK(tw_op_mul(&squares, output, output));
  CHECK(tw_op_mean(&loss, squares));
  CHECK(tw_tensor_backward(loss, NULL, 0));
  CHECK(tw_optimizer_step(self->optimizer));
  tw_tensor *all[] = {input, output, squares, loss};
  for (int i = 0; i < 4; ++i) tw_tensor_free(all[i]);
}

static void load_run(run *self, const char *path) {
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_load(&checkpoint, path));
  CHECK(tw_checkpoint_restore_module(self->network, checkpoint, "model", 1));
  CHECK(tw_checkpoint_restore_optimizer(self->optimizer, checkpoint, "optimizer"));
  tw_checkpoint_free(checkpoint);
}

static void save_run(const run *self, const char *path) {
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_create(&checkpoint));
  CHECK(tw_checkpoint_put_module(checkpoint, "model", self->network));
  CHECK(tw_checkpoint_put_optimizer(checkpoint, "optimizer", self->optimizer));
  CHECK(tw_checkpoint_save(checkpoint, path));
  tw_checkpoint_free(checkpoint);
}

/* The options come from the file where there is one: the optimizer is made with the defaults then. */
static void train(char **arguments) {
  const char *from = arguments[1], *to = arguments[2];
  const int from_file = strcmp(from, "-") != 0, steps = atoi(arguments[3]);
  run self = make_run(arguments[0], !from_file);
  if (from_file) load_run(&self, from);
  for (int i = 0; i < steps; ++i) train_step(&self);
  save_run(&self, to);
  free_run(&self);
}

static void try_file(tw_optimizer *optimizer, const char *path) {
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_load(&checkpoint, path));
  const tw_status status = tw_checkpoint_restore_optimizer(optimizer, checkpoint, "optimizer");
  printf("%s: %s\n", tw_status_name(status), status == TW_OK ? "" : tw_last_error());
  fflush(stdout);
  tw_checkpoint_free(checkpoint);
}

/* For each line with the names of two files: loads a file that fits, then the first, and saves what the optimizer has
 * then as the second. One process for many files, since starting one takes longer than that. */
static void try_files(char **arguments) {
  char line[4096];
  run self = make_run(arguments[0], 0);
  while (fgets(line, sizeof line, stdin) != NULL) {
    const char *path = strtok(line, " \n"), *to = strtok(NULL, " \n");
    load_run(&self, arguments[1]);
    try_file(self.optimizer, path);
    save_run(&self, to);
    puts("saved");
    fflush(stdout);
  }
  free_run(&self);
}

/* Steps under a schedule, so that the rates are no longer those that it started from. */
static void train_scheduled(char **arguments) {
  tw_lr_scheduler *scheduler;
  run self = make_run("adamw", 1);
  CHECK(tw_lr_scheduler_exponential(&scheduler, self.optimizer, 0.5));
  for (int i = 0; i < 3; ++i) {
    train_step(&self);
    CHECK(tw_lr_scheduler_step(scheduler));
  }
  save_run(&self, arguments[0]);
  tw_lr_scheduler_free(scheduler);
  free_run(&self);
}

/* ---- random numbers ------------------------------------------------------------------------------------------------ */

static void print_and_free(tw_tensor *tensor) {
  print_floats(tensor, "\n");
  putchar('\n');
  tw_tensor_free(tensor);
}

static tw_tensor *draw_normals(int64_t count, tw_generator *generator) {
  tw_tensor *drawn;
  CHECK(TW_OP(&drawn, "randn.generator", TW_INTS(count), TW_NAMED("generator", TW_GENERATOR(generator))));
  return drawn;
}

static void print_draws(tw_generator *generator) {
  const int64_t size = 40;
  tw_tensor *ones, *dropped;
  CHECK(tw_tensor_ones(&ones, &size, 1, TW_FLOAT32, NULL));
  CHECK(tw_op_dropout(&dropped, ones, 0.5, 1));
  print_and_free(dropped);
  CHECK(tw_tensor_randn(&dropped, &size, 1, TW_FLOAT32, NULL, NULL));
  print_and_free(dropped);
  print_and_free(draw_normals(5, generator));
  tw_tensor_free(ones);
}

/* An odd number of normals leaves one for the next draw, which belongs to the state. */
static void save_random(char **arguments) {
  const int64_t odd = 3;
  tw_checkpoint *checkpoint;
  tw_generator *generator;
  tw_tensor *drawn;
  CHECK(tw_generator_create(&generator, NULL, 11));
  CHECK(tw_manual_seed(7));
  CHECK(tw_tensor_randn(&drawn, &odd, 1, TW_FLOAT32, NULL, NULL));
  tw_tensor_free(drawn);
  tw_tensor_free(draw_normals(odd, generator));
  CHECK(tw_checkpoint_create(&checkpoint));
  CHECK(tw_checkpoint_put_rng_state(checkpoint, "rng"));
  CHECK(tw_checkpoint_put_generator(checkpoint, "generator", generator));
  print_draws(generator);
  CHECK(tw_checkpoint_save(checkpoint, arguments[0]));
  tw_checkpoint_free(checkpoint);
  tw_generator_free(generator);
}

static void load_random(char **arguments) {
  tw_checkpoint *checkpoint;
  tw_generator *generator;
  CHECK(tw_generator_create(&generator, NULL, 1));
  CHECK(tw_checkpoint_load(&checkpoint, arguments[0]));
  CHECK(tw_checkpoint_restore_rng_state(checkpoint, "rng"));
  CHECK(tw_checkpoint_restore_generator(generator, checkpoint, "generator"));
  print_draws(generator);
  tw_checkpoint_free(checkpoint);
  tw_generator_free(generator);
}

int main(int argc, char **argv) {
  static const command commands[] = {
      {"train", "KIND FROM|- TO STEPS", train},   {"try", "KIND GOOD", try_files},
      {"train-scheduled", "TO", train_scheduled}, {"save-random", "FILE", save_random},
      {"load-random", "FILE", load_random},
  };
  return run_command(argc, argv, commands, sizeof commands / sizeof *commands);
}
