#include "optimizer/book.h"

#include <stdlib.h>
#include <string.h>

const char *twi_entry_name(twi_entry entry) {
  static const char *const names[TWI_ENTRY_COUNT] = {[TWI_INITIAL_LR] = "initial_lr",
                                                     [TWI_MAX_LR] = "max_lr",
                                                     [TWI_MIN_LR] = "min_lr",
                                                     [TWI_MAX_MOMENTUM] = "max_momentum",
                                                     [TWI_BASE_MOMENTUM] = "base_momentum"};
  return names[entry];
}

tw_status twi_numbers_copy(twi_numbers *out, const double *values, size_t count) {
  *out = (twi_numbers){count, malloc((count + 1) * sizeof(double))}; /* + 1: not null without groups either */
  if (out->values == NULL) return twi_fail(TW_ERROR_MEMORY, "out of memory");
  if (count > 0) memcpy(out->values, values, count * sizeof *values);
  return TW_OK;
}

void twi_book_take(twi_book *book, twi_entry entry, twi_numbers *numbers) {
  free(book->entries[entry].values);
  book->entries[entry] = *numbers;
  *numbers = (twi_numbers){0, NULL};
}

void twi_book_destroy(twi_book *book) {
  for (size_t entry = 0; entry < TWI_ENTRY_COUNT; ++entry) free(book->entries[entry].values);
  free(book->left_undampened);
  free(book->left_dampened);
}
