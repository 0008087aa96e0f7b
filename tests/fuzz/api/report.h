/* What a process that makes calls tells the one that watches it, through memory that both have: it may crash any time. */
#pragma once

#include <cstddef>
#include <cstdint>

namespace tw::fuzz {

struct Report {
  size_t made;           /* calls of the list so far, those within callbacks not counted */
  size_t call;           /* the number of the running one */
  size_t within;         /* calls that callbacks made */
  size_t failed;         /* calls that gave an error */
  size_t called_back;    /* callbacks that ran */
  char name[64];         /* of the running call */
  char doing[6000];      /* with its arguments, and what callbacks do within */
  char promise[1000];    /* that does not hold; "" where it crashed */
  uint32_t gave[400][2]; /* of each entry of the table, how often it gave TW_OK and an error */
};

}  // namespace tw::fuzz
