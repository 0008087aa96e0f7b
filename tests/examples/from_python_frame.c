/* What the lines of docs/from-python.md stand in: test_from_python.py puts this before them, and a main after them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <torch_warmup.h>

#define CHECK(call)                                                           \
  do {                                                                        \
    if ((call) != TW_OK) {                                                    \
      fprintf(stderr, "line %d: %s: %s\n", __LINE__, #call, tw_last_error()); \
      exit(EXIT_FAILURE);                                                     \
    }                                                                         \
  } while (0)

/* Everything that a line may name. */
float values[128];
double lr, betas[2], lrs[1], loss_value = 0.5, value, epoch, factor, state[64];
int64_t step, epoch_reached, warmup_period = 2000;
size_t missing, param_count, more_count = 1, state_count, i, batch_count = 1;
tw_tensor *x, *x_cpu, *y, *target, *output, *loss, *more[1];
tw_tensor *const *params;
tw_tensor_list *list, *results;
tw_module *layer, *first, *second, *model;
tw_optimizer *optimizer, *two_groups;
void *torch_optimizer;
tw_lr_scheduler *scheduler, *copied, *schedulers[2], *plateau;
tw_warmup *warmup;
tw_checkpoint *checkpoint;
tw_value *argument, *result, *state_dict, *found;
tw_module_differences *keys;
struct DLManagedTensor *managed;
char text[256];

static tw_tensor *make_parameter(void) {
  tw_tensor *made = NULL;
  CHECK(tw_tensor_zeros(&made, NULL, 0, TW_FLOAT32, NULL));
  CHECK(tw_tensor_set_requires_grad(made, 1));
  return made;
}

/* Before each row all of it is made anew. */
void make_objects(void) {
  const int64_t sizes[2] = {64, 2};
  CHECK(tw_set_grad_enabled(NULL, 1));
  CHECK(tw_tensor_from_data(&x, values, sizeof values, sizes, 2, TW_FLOAT32));
  CHECK(tw_tensor_share(&x_cpu, x));
  CHECK(tw_tensor_zeros(&y, sizes, 2, TW_FLOAT32, NULL));
  CHECK(tw_tensor_zeros(&target, sizes, 1, TW_INT64, NULL));
  CHECK(tw_module_linear(&first, 2, 3, NULL));
  CHECK(tw_module_linear(&second, 3, 2, NULL));
  CHECK(tw_module_sequential(&model, (tw_module *[]){first, second}, 2));
  CHECK(tw_module_get_parameters(&list, model));
  CHECK(tw_tensor_list_get_data(&params, &param_count, list));
  CHECK(tw_module_forward(&output, model, &x, 1));
  CHECK(tw_op_mean(&loss, output));
  CHECK(tw_optimizer_adamw(&optimizer, params, param_count, NULL));
  more[0] = make_parameter();
  CHECK(tw_optimizer_adamw(&two_groups, params, param_count, NULL));
  CHECK(tw_optimizer_add_param_group(two_groups, more, more_count, NULL));
}

void make_schedulers(void) {
  CHECK(tw_lr_scheduler_exponential(&scheduler, optimizer, 0.9));
  CHECK(tw_lr_scheduler_step_lr(&schedulers[0], optimizer, 3, 0.5));
  CHECK(tw_lr_scheduler_exponential(&schedulers[1], optimizer, 0.9));
  CHECK(tw_lr_scheduler_reduce_on_plateau(&plateau, optimizer, NULL));
  CHECK(tw_lr_scheduler_get_state(state, 64, &state_count, scheduler));
}

void make_warmup(void) {
  CHECK(tw_warmup_linear(&warmup, optimizer, &warmup_period, 1));
  CHECK(tw_warmup_get_undampened_lrs(lrs, 1, NULL, warmup));
}

/* For the rows whose rates are compared: SGD with momentum, which every schedule of every PyTorch takes. */
void use_sgd(void) {
  tw_sgd_options options;
  CHECK(tw_sgd_options_init(&options, sizeof options));
  options.lr = 0.1;
  options.momentum = 0.9;
  CHECK(tw_optimizer_sgd(&optimizer, params, param_count, &options));
}

/* The rates and momentums of 120 steps, to the last bit. */
void print_rates(int row, int takes_metric) {
  printf("%d", row);
  for (int done = 0; done < 120; ++done) {
    double momentum = 0;
    CHECK(tw_optimizer_get_lr(&lr, optimizer, 0));
    CHECK(tw_optimizer_get_option(&momentum, optimizer, 0, TW_OPTION_MOMENTUM));
    printf(" %a %a", lr, momentum);
    CHECK(takes_metric ? tw_lr_scheduler_step_metric(scheduler, 1.0) : tw_lr_scheduler_step(scheduler));
  }
  puts("");
}
