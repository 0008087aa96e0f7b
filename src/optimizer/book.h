/* What everything that schedules one optimizer's rates must know of the others. */
#ifndef TWI_BOOK_H
#define TWI_BOOK_H

#include <stddef.h>

#include "base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct twi_numbers {
  size_t count;
  double *values;
} twi_numbers;

/* What PyTorch's schedulers keep in the groups of an optimizer, which its state_dict has after the options. */
typedef enum twi_entry {
  TWI_INITIAL_LR, /* each group's rate when its first LR scheduler was made, which later ones start from too */
  TWI_MAX_LR,     /* OneCycleLR's */
  TWI_MIN_LR,
  TWI_MAX_MOMENTUM, /* CyclicLR's too */
  TWI_BASE_MOMENTUM,
  TWI_ENTRY_COUNT
} twi_entry;

typedef struct twi_book {
  twi_numbers entries[TWI_ENTRY_COUNT]; /* empty where there is none */
  struct tw_warmup *warmup;             /* the one warmup that is bound now */
  double *left_undampened; /* what a freed warmup left: the rates, and what it made of them; null if none */
  double *left_dampened;
  size_t left_count;
} twi_book;

/* PyTorch's name of an entry. */
TWI_SHARED const char *twi_entry_name(twi_entry entry);

/* Numbers of their own; TW_ERROR_MEMORY where there is no room. */
TWI_SHARED tw_status twi_numbers_copy(twi_numbers *out, const double *values, size_t count);
/* Puts numbers that twi_numbers_copy made into the book. */
TWI_SHARED void twi_book_take(twi_book *book, twi_entry entry, twi_numbers *numbers);
void twi_book_destroy(twi_book *book);

#ifdef __cplusplus
}
#endif

#endif
