/* Prints the factors of the three untuned warmups over the steps, as CSV. */
#include <string.h>

#include "warmups.h"

static const char usage[] =
    "usage: warmup_schedules [STEPS [BETA2...]]\n"
    "\n"
    "Prints the factors of the untuned warmups at the first STEPS steps (default 3000), for each BETA2 (default 0.99,\n"
    "0.997 and 0.999), as CSV: beta2,step,linear,exponential,radam.\n";

static void print_factors(double beta2, long steps) {
  tw_warmup *warmups[WARMUPS] = {NULL};
  make_warmups(warmups, beta2);
  for (long step = 0; step < steps; ++step) {
    double factors[WARMUPS];
    for (int i = 0; i < WARMUPS; ++i) TW_CHECK(tw_warmup_get_factor(&factors[i], warmups[i], step, 0));
    printf("%.9g,%ld,%.9f,%.9f,%.9f\n", beta2, step, factors[0], factors[1], factors[2]);
  }
  free_warmups(warmups);
}

int main(int argc, char **argv) {
  const double defaults[3] = {0.99, 0.997, 0.999};
  if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) return fputs(usage, stdout) < 0;
  const long steps = argc > 1 ? (long)read_number(argv[1], "STEPS", 0) : 3000;
  puts("beta2,step,linear,exponential,radam");
  for (int i = 2; i < argc; ++i) print_factors(read_number(argv[i], "BETA2", 0), steps);
  for (int i = 0; argc < 3 && i < 3; ++i) print_factors(defaults[i], steps);
  return EXIT_SUCCESS;
}
