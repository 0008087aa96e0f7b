/* The machine that reads a pickle: a stack, marks in it, and numbered values. */
#ifndef TW_PICKLE_MACHINE_H
#define TW_PICKLE_MACHINE_H

#include "archive/pickle_read.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How many integers come so often that each is kept but once. */
enum { TW_PICKLE_SMALL = 256 };

/* A growing array of references. */
typedef struct tw_pickle_stack {
  tw_value **items;
  size_t count, capacity;
} tw_pickle_stack;

typedef struct tw_pickle_machine {
  const unsigned char *start, *at, *end;
  const tw_pickle_storages *storages;
  tw_fault *fault;
  tw_pickle_stack stack, memo;
  tw_pickle_stack dicts; /* those that have items, whose keys are looked at in the end */
  size_t *marks;
  size_t mark_count, mark_capacity;
  size_t budget;                    /* bytes of memory that the values may still take */
  tw_value *small[TW_PICKLE_SMALL]; /* the integers that come often */
  tw_value *none, *yes, *no, *empty;
} tw_pickle_machine;

/* Every function gives 1, or 0 with a fault. */

/* 0, with a fault that names the place in the pickle. */
int tw_pickle_fail(tw_pickle_machine *m, const char *what);

/* Takes bytes off what the values may take. */
int tw_pickle_charge(tw_pickle_machine *m, size_t bytes);

/* Consumes value, which is NULL where memory is out. */
int tw_pickle_push(tw_pickle_machine *m, tw_value *value);

/* The top, and one less; the reference is the caller's. NULL where the stack, above its last mark, is empty. */
tw_value *tw_pickle_pop(tw_pickle_machine *m);
tw_value *tw_pickle_top(tw_pickle_machine *m);

/* Gives value, which stays the stack's, the next number; or notes it as a dict that has items. */
int tw_pickle_memorize(tw_pickle_machine *m, tw_value *value);
int tw_pickle_note_dict(tw_pickle_machine *m, tw_value *dict);

/* Sorts the keys of every dict; one that comes twice is a fault. */
int tw_pickle_seal_dicts(tw_pickle_machine *m);

void tw_pickle_machine_destroy(tw_pickle_machine *m);

/* Whether child may be put into parent: not where that has been put away, or the result would be too deep. */
int tw_pickle_may_hold(tw_pickle_machine *m, const tw_value *parent, const tw_value *child);

/* REDUCE, BUILD and BINPERSID: what the names stand for. */
int tw_pickle_reduce(tw_pickle_machine *m);
int tw_pickle_build(tw_pickle_machine *m);
int tw_pickle_persistent(tw_pickle_machine *m);

#ifdef __cplusplus
}
#endif

#endif
