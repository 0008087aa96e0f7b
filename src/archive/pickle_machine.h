/* The machine that reads a pickle: a stack, marks in it, and numbered values. */
#ifndef TWI_PICKLE_MACHINE_H
#define TWI_PICKLE_MACHINE_H

#include "archive/pickle_read.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How many integers come so often that each is kept but once, and what a value counts as in memory. */
enum { TWI_PICKLE_SMALL = 256, TWI_PICKLE_VALUE_COST = 96 };

/* A growing array of references. */
typedef struct twi_pickle_stack {
  twi_value **items;
  size_t count, capacity;
} twi_pickle_stack;

typedef struct twi_pickle_machine {
  const unsigned char *start, *at, *end;
  const twi_pickle_storages *storages;
  twi_fault *fault;
  twi_pickle_stack stack, memo;
  twi_pickle_stack dicts; /* those that have items, whose keys are looked at in the end */
  size_t *marks;
  size_t mark_count, mark_capacity;
  size_t budget;                      /* bytes of memory that the values may still take */
  twi_value *small[TWI_PICKLE_SMALL]; /* the integers that come often */
  twi_value *none, *yes, *no, *empty;
} twi_pickle_machine;

/* Every function gives 1, or 0 with a fault. */

/* 0, with a fault that names the place in the pickle. */
int twi_pickle_fail(twi_pickle_machine *m, const char *what);

/* The same for what a pickle of Python's may have and this reader does not know. */
int twi_pickle_fail_unsupported(twi_pickle_machine *m, const char *what);

/* Takes bytes off what the values may take. */
int twi_pickle_charge(twi_pickle_machine *m, size_t bytes);

/* Consumes value, which is NULL where memory is out. */
int twi_pickle_push(twi_pickle_machine *m, twi_value *value);

/* The top, and one less; the reference is the caller's. NULL where the stack, above its last mark, is empty. */
twi_value *twi_pickle_pop(twi_pickle_machine *m);
twi_value *twi_pickle_top(twi_pickle_machine *m);

/* Gives value, which stays the stack's, the next number; or notes it as a dict that has items. */
int twi_pickle_memorize(twi_pickle_machine *m, twi_value *value);
int twi_pickle_note_dict(twi_pickle_machine *m, twi_value *dict);

/* Sorts the keys of every dict; one that comes twice is a fault. */
int twi_pickle_seal_dicts(twi_pickle_machine *m);

void twi_pickle_machine_destroy(twi_pickle_machine *m);

/* Whether child may be put into parent: not where that has been put away, or the result would be too deep. */
int twi_pickle_may_hold(twi_pickle_machine *m, const twi_value *parent, const twi_value *child);

/* count bytes of the pickle, which is then past them; NULL where it ends before. */
const unsigned char *twi_pickle_take(twi_pickle_machine *m, size_t count);

/* A number of so many bytes, the least significant first. */
int twi_pickle_take_number(twi_pickle_machine *m, uint64_t *out, size_t count);

/* Pushes a value that has just been made, and charges for it. Consumes value, which is NULL where memory is out. */
int twi_pickle_push_new(twi_pickle_machine *m, twi_value *value);

/* Instructions that push a value of their own; of numbers and texts with so many bytes, or bytes of a length. */
int twi_pickle_push_none(twi_pickle_machine *m);
int twi_pickle_push_true(twi_pickle_machine *m);
int twi_pickle_push_false(twi_pickle_machine *m);
int twi_pickle_push_empty_tuple(twi_pickle_machine *m);
int twi_pickle_read_unsigned(twi_pickle_machine *m, size_t bytes);
int twi_pickle_read_int(twi_pickle_machine *m);
int twi_pickle_read_long(twi_pickle_machine *m, size_t length_bytes);
int twi_pickle_read_double(twi_pickle_machine *m);
int twi_pickle_read_string(twi_pickle_machine *m, size_t length_bytes);
int twi_pickle_read_bytes(twi_pickle_machine *m, size_t length_bytes);
int twi_pickle_read_bytearray(twi_pickle_machine *m);

/* REDUCE, BUILD and BINPERSID: what the names stand for. */
int twi_pickle_reduce(twi_pickle_machine *m);
int twi_pickle_build(twi_pickle_machine *m);
int twi_pickle_persistent(twi_pickle_machine *m);

#ifdef __cplusplus
}
#endif

#endif
