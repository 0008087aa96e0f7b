/* What must hold whatever a fuzzer comes up with. */
#ifndef FUZZ_REQUIRE_H
#define FUZZ_REQUIRE_H

#include <stdio.h>
#include <stdlib.h>

/* Ends the program, which the fuzzer reports with the input. */
#define FUZZ_REQUIRE(condition)                                                         \
  do {                                                                                  \
    if (!(condition)) {                                                                 \
      fprintf(stderr, "%s:%d: it does not hold: %s\n", __FILE__, __LINE__, #condition); \
      abort();                                                                          \
    }                                                                                   \
  } while (0)

#endif
