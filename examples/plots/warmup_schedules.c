/* Prints the factors of the three untuned warmups as CSV: what plot.sh draws.
 *
 *     warmup_schedules [BETA2 [STEPS]]          0.999 and 3000 where they are not given
 */
#include <stdio.h>
#include <stdlib.h>
#include <torch_warmup.h>

/* Ends the program with the library's message where a call fails. */
#define CHECK(call)                                        \
  do {                                                     \
    if ((call) != TW_OK) {                                 \
      fprintf(stderr, "%s: %s\n", #call, tw_last_error()); \
      exit(EXIT_FAILURE);                                  \
    }                                                      \
  } while (0)

typedef tw_status (*constructor)(tw_warmup **out, tw_optimizer *optimizer);

/* A warmup needs an optimizer for its betas; one parameter is enough. */
static tw_optimizer *make_optimizer(double beta2) {
  tw_tensor *parameter = NULL;
  tw_optimizer *optimizer = NULL;
  tw_adamw_options options;
  CHECK(tw_adamw_options_init(&options, sizeof options));
  options.betas[1] = beta2;
  CHECK(tw_tensor_zeros(&parameter, NULL, 0, TW_FLOAT32, NULL));
  CHECK(tw_tensor_set_requires_grad(parameter, 1));
  CHECK(tw_optimizer_adamw(&optimizer, &options, &parameter, 1));
  tw_tensor_free(parameter);
  return optimizer;
}

int main(int argc, char **argv) {
  const constructor constructors[3] = {tw_warmup_untuned_linear, tw_warmup_untuned_exponential, tw_warmup_radam};
  const double beta2 = argc > 1 ? atof(argv[1]) : 0.999;
  const long steps = argc > 2 ? atol(argv[2]) : 3000;
  tw_warmup *warmups[3] = {NULL};
  for (int i = 0; i < 3; ++i) {
    tw_optimizer *optimizer = make_optimizer(beta2);
    CHECK(constructors[i](&warmups[i], optimizer));
    tw_optimizer_free(optimizer); /* the warmup keeps what it needs */
  }
  puts("step,linear,exponential,radam");
  for (long step = 0; step < steps; ++step) {
    double factors[3];
    for (int i = 0; i < 3; ++i) CHECK(tw_warmup_get_factor(&factors[i], warmups[i], 0, step));
    printf("%ld,%.6f,%.6f,%.6f\n", step, factors[0], factors[1], factors[2]);
  }
  for (int i = 0; i < 3; ++i) tw_warmup_free(warmups[i]);
  return EXIT_SUCCESS;
}
