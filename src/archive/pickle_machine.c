#include "archive/pickle_machine.h"

#include <stdlib.h>

int twi_pickle_fail(twi_pickle_machine *m, const char *what) {
  return twi_fault_format(m->fault, "its pickle is not one of a checkpoint: at byte %zu %s", (size_t)(m->at - m->start),
                          what);
}

int twi_pickle_fail_unsupported(twi_pickle_machine *m, const char *what) {
  return twi_fault_unsupported(m->fault, "its pickle has what this library does not read: at byte %zu %s",
                               (size_t)(m->at - m->start), what);
}

int twi_pickle_charge(twi_pickle_machine *m, size_t bytes) {
  if (bytes > m->budget) return twi_pickle_fail(m, "its values take more memory than a checkpoint of its size needs");
  m->budget -= bytes;
  return 1;
}

/* Room for one more reference. */
static int grow(twi_pickle_machine *m, twi_pickle_stack *stack) {
  if (stack->count < stack->capacity) return 1;
  const size_t more = stack->capacity == 0 ? 64 : stack->capacity;
  if (!twi_pickle_charge(m, more * sizeof(twi_value *))) return 0;
  twi_value **items = realloc(stack->items, (stack->capacity + more) * sizeof(twi_value *));
  if (items == NULL) return twi_fault_memory(m->fault);
  stack->items = items;
  stack->capacity += more;
  return 1;
}

/* Consumes value. */
static int push_on(twi_pickle_machine *m, twi_pickle_stack *stack, twi_value *value) {
  if (!grow(m, stack)) {
    twi_value_release(value);
    return 0;
  }
  stack->items[stack->count++] = value;
  return 1;
}

int twi_pickle_push(twi_pickle_machine *m, twi_value *value) {
  return value == NULL ? twi_fault_memory(m->fault) : push_on(m, &m->stack, value);
}

int twi_pickle_memorize(twi_pickle_machine *m, twi_value *value) {
  return push_on(m, &m->memo, twi_value_retain(value));
}

int twi_pickle_note_dict(twi_pickle_machine *m, twi_value *dict) {
  return push_on(m, &m->dicts, twi_value_retain(dict));
}

int twi_pickle_seal_dicts(twi_pickle_machine *m) {
  for (size_t i = 0; i < m->dicts.count; ++i) {
    const twi_value *duplicate;
    if (!twi_value_seal(m->dicts.items[i], &duplicate)) return twi_fault_memory(m->fault);
    if (duplicate != NULL) return twi_pickle_fail(m, "a dict has a key twice");
  }
  return 1;
}

static void destroy_stack(twi_pickle_stack *stack) {
  for (size_t i = 0; i < stack->count; ++i) twi_value_release(stack->items[i]);
  free(stack->items);
}

void twi_pickle_machine_destroy(twi_pickle_machine *m) {
  destroy_stack(&m->stack);
  destroy_stack(&m->memo);
  destroy_stack(&m->dicts);
  free(m->marks);
  for (size_t i = 0; i < TWI_PICKLE_SMALL; ++i) twi_value_release(m->small[i]);
  twi_value_release(m->none);
  twi_value_release(m->yes);
  twi_value_release(m->no);
  twi_value_release(m->empty);
}

static size_t bottom(const twi_pickle_machine *m) { return m->mark_count > 0 ? m->marks[m->mark_count - 1] : 0; }

twi_value *twi_pickle_top(twi_pickle_machine *m) {
  if (m->stack.count > bottom(m)) return m->stack.items[m->stack.count - 1];
  twi_pickle_fail(m, "it takes more from its stack than it put there");
  return NULL;
}

twi_value *twi_pickle_pop(twi_pickle_machine *m) {
  twi_value *top = twi_pickle_top(m);
  if (top != NULL) --m->stack.count;
  return top;
}

int twi_pickle_may_hold(twi_pickle_machine *m, const twi_value *parent, const twi_value *child) {
  if (parent->placed || parent == child) return twi_pickle_fail(m, "it changes a container that lies in another");
  if (child->depth >= TWI_PICKLE_DEPTH) return twi_pickle_fail(m, "containers lie too deep in one another");
  return 1;
}
