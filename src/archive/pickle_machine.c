#include "archive/pickle_machine.h"

#include <stdlib.h>

int tw_pickle_fail(tw_pickle_machine *m, const char *what) {
  return tw_fault_format(m->fault, "its pickle is not one of a checkpoint: at byte %zu %s", (size_t)(m->at - m->start),
                         what);
}

int tw_pickle_charge(tw_pickle_machine *m, size_t bytes) {
  if (bytes > m->budget) return tw_pickle_fail(m, "its values take more memory than a checkpoint of its size needs");
  m->budget -= bytes;
  return 1;
}

/* Room for one more reference. */
static int grow(tw_pickle_machine *m, tw_pickle_stack *stack) {
  if (stack->count < stack->capacity) return 1;
  const size_t more = stack->capacity == 0 ? 64 : stack->capacity;
  if (!tw_pickle_charge(m, more * sizeof(tw_value *))) return 0;
  tw_value **items = realloc(stack->items, (stack->capacity + more) * sizeof(tw_value *));
  if (items == NULL) return tw_fault_memory(m->fault);
  stack->items = items;
  stack->capacity += more;
  return 1;
}

/* Consumes value. */
static int push_on(tw_pickle_machine *m, tw_pickle_stack *stack, tw_value *value) {
  if (!grow(m, stack)) {
    tw_value_release(value);
    return 0;
  }
  stack->items[stack->count++] = value;
  return 1;
}

int tw_pickle_push(tw_pickle_machine *m, tw_value *value) {
  return value == NULL ? tw_fault_memory(m->fault) : push_on(m, &m->stack, value);
}

int tw_pickle_memorize(tw_pickle_machine *m, tw_value *value) { return push_on(m, &m->memo, tw_value_retain(value)); }

int tw_pickle_note_dict(tw_pickle_machine *m, tw_value *dict) { return push_on(m, &m->dicts, tw_value_retain(dict)); }

int tw_pickle_seal_dicts(tw_pickle_machine *m) {
  for (size_t i = 0; i < m->dicts.count; ++i) {
    const tw_value *duplicate;
    if (!tw_value_seal(m->dicts.items[i], &duplicate)) return tw_fault_memory(m->fault);
    if (duplicate != NULL) return tw_pickle_fail(m, "a dict has a key twice");
  }
  return 1;
}

static void destroy_stack(tw_pickle_stack *stack) {
  for (size_t i = 0; i < stack->count; ++i) tw_value_release(stack->items[i]);
  free(stack->items);
}

void tw_pickle_machine_destroy(tw_pickle_machine *m) {
  destroy_stack(&m->stack);
  destroy_stack(&m->memo);
  destroy_stack(&m->dicts);
  free(m->marks);
  for (size_t i = 0; i < TW_PICKLE_SMALL; ++i) tw_value_release(m->small[i]);
  tw_value_release(m->none);
  tw_value_release(m->yes);
  tw_value_release(m->no);
  tw_value_release(m->empty);
}

static size_t bottom(const tw_pickle_machine *m) { return m->mark_count > 0 ? m->marks[m->mark_count - 1] : 0; }

tw_value *tw_pickle_top(tw_pickle_machine *m) {
  if (m->stack.count > bottom(m)) return m->stack.items[m->stack.count - 1];
  tw_pickle_fail(m, "it takes more from its stack than it put there");
  return NULL;
}

tw_value *tw_pickle_pop(tw_pickle_machine *m) {
  tw_value *top = tw_pickle_top(m);
  if (top != NULL) --m->stack.count;
  return top;
}

int tw_pickle_may_hold(tw_pickle_machine *m, const tw_value *parent, const tw_value *child) {
  if (parent->placed || parent == child) return tw_pickle_fail(m, "it changes a container that lies in another");
  if (child->depth >= TW_PICKLE_DEPTH) return tw_pickle_fail(m, "containers lie too deep in one another");
  return 1;
}
