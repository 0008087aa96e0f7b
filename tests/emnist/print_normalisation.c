/* Writes the normalised value of each byte to the standard output, as 256 floats. */
#include <stdio.h>

#include "batches.h"

int main(void) {
  float table[256];
  batches_normalisation(table);
  return fwrite(table, sizeof *table, 256, stdout) == 256 ? 0 : 1;
}
