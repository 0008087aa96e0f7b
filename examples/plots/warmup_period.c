/* Prints the effective warmup period of the three untuned warmups over beta2, as CSV. */
#include <math.h>
#include <string.h>

#include "warmups.h"

static const char usage[] =
    "usage: warmup_period [BETA2...]\n"
    "\n"
    "Prints the effective warmup period of the untuned warmups, for each BETA2 (default: 31 from 0.9 to 0.9999), as "
    "CSV:\n"
    "beta2,linear,exponential,radam.\n"
    "\n"
    "The effective warmup period is the sum of 1 - factor(step) over all steps: how many whole steps of training the\n"
    "warmup holds back.\n";

/* Until what a step adds is lost in the digits that are printed: the factors never fall. */
static double effective_period(const tw_warmup *warmup) {
  double sum = 0, left = 1;
  for (int64_t step = 0; left > 1e-10; ++step) {
    double factor = 1;
    TW_CHECK(tw_warmup_get_factor(&factor, warmup, step, 0));
    left = 1 - factor;
    sum += left;
  }
  return sum;
}

static void print_period(double beta2) {
  tw_warmup *warmups[WARMUPS] = {NULL};
  make_warmups(warmups, beta2);
  printf("%.9g", beta2);
  for (int i = 0; i < WARMUPS; ++i) printf(",%.6f", effective_period(warmups[i]));
  puts("");
  free_warmups(warmups);
}

int main(int argc, char **argv) {
  if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) return fputs(usage, stdout) < 0;
  puts("beta2,linear,exponential,radam");
  for (int i = 1; i < argc; ++i) print_period(read_number(argv[i], "BETA2", 0));
  for (int i = 0; argc < 2 && i <= 30; ++i) print_period(1 - pow(10, -1 - 0.1 * i)); /* evenly in 1 / (1 - beta2) */
  return EXIT_SUCCESS;
}
