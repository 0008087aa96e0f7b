#include "warmups.h"

static tw_optimizer *make_optimizer(double beta2) {
  tw_tensor *parameter = NULL;
  tw_optimizer *optimizer = NULL;
  tw_adamw_options options;
  TW_CHECK(tw_adamw_options_init(&options, sizeof options));
  options.betas[1] = beta2;
  TW_CHECK(tw_tensor_zeros(&parameter, NULL, 0, TW_FLOAT32, NULL)); /* one number: an optimizer needs a parameter */
  TW_CHECK(tw_tensor_set_requires_grad(parameter, 1));
  TW_CHECK(tw_optimizer_adamw(&optimizer, &parameter, 1, &options));
  tw_tensor_free(parameter);
  return optimizer;
}

void make_warmups(tw_warmup *warmups[WARMUPS], double beta2) {
  tw_status (*const constructors[WARMUPS])(tw_warmup **, tw_optimizer *, const double *, size_t) = {
      tw_warmup_untuned_linear, tw_warmup_untuned_exponential, tw_warmup_radam};
  for (int i = 0; i < WARMUPS; ++i) {
    tw_optimizer *optimizer = make_optimizer(beta2);
    TW_CHECK(constructors[i](&warmups[i], optimizer, NULL, 0));
    tw_optimizer_free(optimizer); /* the warmup keeps what it needs */
  }
}

void free_warmups(tw_warmup *warmups[WARMUPS]) {
  for (int i = 0; i < WARMUPS; ++i) tw_warmup_free(warmups[i]);
}

double read_number(const char *text, const char *name, double least) {
  char *end = NULL;
  const double number = strtod(text, &end);
  if (end != text && *end == '\0' && number > least) return number;
  fprintf(stderr, "%s is '%s'; it must be a number above %g\n", name, text, least);
  exit(2);
}
