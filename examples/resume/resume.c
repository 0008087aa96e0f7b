/* A training run that may end at any moment, by Ctrl-C, a crash or a power cut, and goes on when it is started again.
 *
 *     resume [FILE]      FILE: where the checkpoint lies (default: resume.pt)
 *
 * A network with dropout learns y = x^2 from points that are drawn anew at every step. Each line is a step and its loss to
 * the last bit (%a): however often the run was ended and started again, the one that a run without an end would have had.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <torch_warmup.h>

#define TW_CHECK(call)                                                                            \
  do {                                                                                            \
    if ((call) != TW_OK) fprintf(stderr, "%s: %s\n", #call, tw_last_error()), exit(EXIT_FAILURE); \
  } while (0)

enum { POINTS = 64, HIDDEN = 64, STEPS = 2000, STEPS_BETWEEN_CHECKPOINTS = 100 };

static tw_module *layers[4], *network;
static tw_optimizer *optimizer;
static tw_lr_scheduler *scheduler;
static tw_warmup *warmup;
static int64_t step; /* how many are done */

/* Everything as at the very start. A run that goes on is made in the same way, and then gets its values. */
static void create(void) {
  const int64_t warmup_period = 200;
  tw_tensor_list *list;
  tw_tensor *const *parameters;
  size_t count;
  TW_CHECK(tw_manual_seed(1));
  TW_CHECK(tw_module_linear(&layers[0], 1, HIDDEN, NULL));
  TW_CHECK(tw_module_tanh(&layers[1]));
  TW_CHECK(tw_module_dropout(&layers[2], 0.1));
  TW_CHECK(tw_module_linear(&layers[3], HIDDEN, 1, NULL));
  TW_CHECK(tw_module_sequential(&network, layers, 4));
  TW_CHECK(tw_module_get_parameters(&list, network));
  TW_CHECK(tw_tensor_list_get_data(&parameters, &count, list));
  TW_CHECK(tw_optimizer_adamw(&optimizer, parameters, count, NULL));
  tw_tensor_list_free(list); /* the optimizer has its own share of each */
  TW_CHECK(tw_lr_scheduler_cosine_annealing(&scheduler, optimizer, STEPS, 0.0));
  TW_CHECK(tw_warmup_linear(&warmup, optimizer, &warmup_period, 1)); /* after the scheduler, whose rates it dampens */
}

static void save(const char *path) {
  tw_checkpoint *checkpoint;
  TW_CHECK(tw_checkpoint_create(&checkpoint));
  TW_CHECK(tw_checkpoint_put_module(checkpoint, "model", network));
  TW_CHECK(tw_checkpoint_put_optimizer(checkpoint, "optimizer", optimizer));
  TW_CHECK(tw_checkpoint_put_lr_scheduler(checkpoint, "lr_scheduler", scheduler));
  TW_CHECK(tw_checkpoint_put_warmup(checkpoint, "warmup_scheduler", warmup));
  TW_CHECK(tw_checkpoint_put_rng_state(checkpoint, "rng_state")); /* of which come both the points and the dropout */
  TW_CHECK(tw_checkpoint_put_int64(checkpoint, "step", step));
  TW_CHECK(tw_checkpoint_save(checkpoint, path)); /* the file is the old one or the new one, whole, at every moment */
  tw_checkpoint_free(checkpoint);
}

static void load(const char *path) {
  tw_checkpoint *checkpoint;
  TW_CHECK(tw_checkpoint_load(&checkpoint, path));
  TW_CHECK(tw_checkpoint_restore_module(network, checkpoint, "model", 1));
  TW_CHECK(tw_checkpoint_restore_optimizer(optimizer, checkpoint, "optimizer"));
  TW_CHECK(tw_checkpoint_restore_lr_scheduler(scheduler, checkpoint, "lr_scheduler"));
  TW_CHECK(tw_checkpoint_restore_warmup(warmup, checkpoint, "warmup_scheduler"));
  TW_CHECK(tw_checkpoint_restore_rng_state(checkpoint, "rng_state"));
  TW_CHECK(tw_checkpoint_get_int64(&step, checkpoint, "step"));
  tw_checkpoint_free(checkpoint);
}

/* A step of training on new points; its loss. */
static double learn(void) {
  tw_tensor *points, *targets, *output, *loss;
  double value;
  TW_CHECK(tw_tensor_rand(&points, (int64_t[]){POINTS, 1}, 2, TW_FLOAT32, "cpu", NULL));
  TW_CHECK(tw_op_pow_int64(&targets, points, 2));
  TW_CHECK(tw_optimizer_zero_grad(optimizer));
  TW_CHECK(tw_module_forward(&output, network, &points, 1));
  TW_CHECK(tw_op_mse_loss(&loss, output, targets, NULL));
  TW_CHECK(tw_tensor_backward(loss, NULL, 0));
  TW_CHECK(tw_optimizer_step(optimizer));
  TW_CHECK(tw_warmup_step(warmup, &scheduler, 1));
  TW_CHECK(tw_tensor_get_item_double(&value, loss));
  tw_tensor_free(points), tw_tensor_free(targets), tw_tensor_free(output), tw_tensor_free(loss);
  return value;
}

int main(int argc, char **argv) {
  const char *path = argc > 1 ? argv[1] : "resume.pt";
  if (argc > 2 || path[0] == '-') {
    fprintf(stderr, "usage: %s [FILE]\nTrains, and goes on from FILE (default: resume.pt) if it is there.\n", argv[0]);
    return strcmp(path, "--help") == 0 ? EXIT_SUCCESS : 2;
  }
  FILE *file = fopen(path, "rb");
  create();
  if (file != NULL || errno != ENOENT) load(path); /* which says what is wrong with a file that cannot be opened */
  fprintf(stderr, "%lld of %d steps are done\n", (long long)step, STEPS);
  if (step < STEPS) save(path); /* a path that takes no file shows here, not after the first hundred steps */
  while (step < STEPS) {
    const double loss = learn();
    printf("%lld %a\n", (long long)++step, loss);
    fflush(stdout); /* all lines before a checkpoint are out when it is there */
    if (step % STEPS_BETWEEN_CHECKPOINTS == 0) save(path);
  }
  return EXIT_SUCCESS; /* every handle has a tw_..._free; here the process ends */
}
