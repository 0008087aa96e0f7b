#include "archive/pickle_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/pickle_machine.h"
#include "archive/pickle_names.h"

/* Memory that values may take: in proportion to the pickle, so that a small file cannot ask for much. */
enum { BUDGET_BASE = 1 << 20, BUDGET_FACTOR = 56, ITEM_COST = 24, LONGEST_NAME = 256 };
#define BUDGET_LIMIT ((size_t)512 << 20)

/* ---- containers ---- */

/* How many items lie above the last mark, which goes. */
static int take_mark(twi_pickle_machine *m, size_t *count) {
  if (m->mark_count == 0) return twi_pickle_fail(m, "it goes back to a mark that it did not set");
  *count = m->stack.count - m->marks[--m->mark_count];
  return 1;
}

static int set_mark(twi_pickle_machine *m) {
  if (m->mark_count == m->mark_capacity) {
    const size_t more = m->mark_capacity == 0 ? 64 : m->mark_capacity;
    if (!twi_pickle_charge(m, more * sizeof *m->marks)) return 0;
    size_t *marks = realloc(m->marks, (m->mark_capacity + more) * sizeof *marks);
    if (marks == NULL) return twi_fault_memory(m->fault);
    m->marks = marks;
    m->mark_capacity += more;
  }
  m->marks[m->mark_count++] = m->stack.count;
  return 1;
}

/* Puts the top count items into a tuple. */
static int make_tuple(twi_pickle_machine *m, size_t count) {
  if (!twi_pickle_charge(m, count * ITEM_COST)) return 0;
  for (size_t i = 0; i < count; ++i)
    if (m->stack.items[m->stack.count - 1 - i]->depth >= TWI_PICKLE_DEPTH)
      return twi_pickle_fail(m, "containers lie too deep in one another");
  m->stack.count -= count;
  twi_value **first = count > 0 ? m->stack.items + m->stack.count : NULL; /* a stack that never held any is NULL */
  return twi_pickle_push_new(m, twi_value_tuple(first, count));
}

static int make_short_tuple(twi_pickle_machine *m, size_t count) {
  const size_t floor = m->mark_count > 0 ? m->marks[m->mark_count - 1] : 0;
  if (m->stack.count - floor < count) return twi_pickle_fail(m, "it takes more from its stack than it put there");
  return make_tuple(m, count);
}

static int make_marked_tuple(twi_pickle_machine *m) {
  size_t count = 0;
  return take_mark(m, &count) && make_tuple(m, count);
}

static int is_list(const twi_value *value) { return value->kind == TWI_VALUE_LIST; }
static int is_set(const twi_value *value) { return value->kind == TWI_VALUE_SET; }

/* The container below the top count items, of the wanted sort. */
static twi_value *container_below(twi_pickle_machine *m, size_t count, int (*is_wanted)(const twi_value *value),
                                  const char *otherwise) {
  const size_t floor = m->mark_count > 0 ? m->marks[m->mark_count - 1] : 0;
  if (m->stack.count - floor <= count) {
    twi_pickle_fail(m, "it takes more from its stack than it put there");
    return NULL;
  }
  twi_value *container = m->stack.items[m->stack.count - count - 1];
  if (is_wanted(container)) return container;
  twi_pickle_fail(m, otherwise);
  return NULL;
}

static int may_keep(twi_pickle_machine *m, const twi_value *container, const twi_value *item) {
  return twi_pickle_may_hold(m, container, item) && twi_pickle_charge(m, ITEM_COST);
}

/* Puts the top count items into the list or set below them. */
static int put_items(twi_pickle_machine *m, twi_value *container, size_t count) {
  const size_t first = m->stack.count - count;
  int good = 1;
  for (size_t i = 0; good && i < count; ++i) {
    twi_value *item = m->stack.items[first + i];
    good = may_keep(m, container, item) &&
           (twi_value_append(container, twi_value_retain(item)) || twi_fault_memory(m->fault));
  }
  while (m->stack.count > first) twi_value_release(m->stack.items[--m->stack.count]);
  return good;
}

static int append_items(twi_pickle_machine *m, size_t count) {
  twi_value *list = container_below(m, count, is_list, "it appends to what is no list");
  return list != NULL && put_items(m, list, count);
}

static int add_item(twi_pickle_machine *m, twi_value *dict, twi_value *key, twi_value *item) {
  if (!twi_value_may_be_key(key)) return twi_pickle_fail(m, "it has a dict with a key that is a list, a set or a dict");
  if (!may_keep(m, dict, key) || !may_keep(m, dict, item)) return 0;
  return twi_value_add(dict, twi_value_retain(key), twi_value_retain(item)) || twi_fault_memory(m->fault);
}

static int set_items(twi_pickle_machine *m, size_t count) {
  twi_value *dict = container_below(m, count, twi_value_is_dict, "it sets an item of what is no dict");
  if (dict == NULL) return 0;
  if (count % 2 != 0) return twi_pickle_fail(m, "it sets a key without a value");
  const size_t first = m->stack.count - count;
  const int is_new = dict->as.container.count == 0 && count > 0;
  int good = !is_new || twi_pickle_note_dict(m, dict);
  for (size_t i = 0; good && i < count; i += 2)
    good = add_item(m, dict, m->stack.items[first + i], m->stack.items[first + i + 1]);
  while (m->stack.count > first) twi_value_release(m->stack.items[--m->stack.count]);
  return good;
}

static int append_marked(twi_pickle_machine *m) {
  size_t count = 0;
  return take_mark(m, &count) && append_items(m, count);
}

static int add_marked(twi_pickle_machine *m) {
  size_t count = 0;
  twi_value *set = take_mark(m, &count) ? container_below(m, count, is_set, "it adds to what is no set") : NULL;
  if (set == NULL || !put_items(m, set, count)) return 0;
  return set->depth < TWI_PICKLE_DEPTH || twi_pickle_fail(m, "containers lie too deep in one another");
}

static int set_marked(twi_pickle_machine *m) {
  size_t count = 0;
  return take_mark(m, &count) && set_items(m, count);
}

/* ---- numbered values, names ---- */

/* Python counts the values that it numbers, so a number is at most one more than the last. */
static int memo_put(twi_pickle_machine *m, size_t bytes) {
  uint64_t number;
  if (!twi_pickle_take_number(m, &number, bytes)) return 0;
  twi_value *top = twi_pickle_top(m);
  if (top == NULL) return 0;
  if (number > m->memo.count) return twi_pickle_fail(m, "it numbers values out of order");
  if (number < m->memo.count) {
    twi_value_release(m->memo.items[number]);
    m->memo.items[number] = twi_value_retain(top);
    return 1;
  }
  return twi_pickle_memorize(m, top);
}

static int memo_get(twi_pickle_machine *m, size_t bytes) {
  uint64_t number;
  if (!twi_pickle_take_number(m, &number, bytes)) return 0;
  if (number >= m->memo.count) return twi_pickle_fail(m, "it refers to a value that it did not number");
  return twi_pickle_push(m, twi_value_retain(m->memo.items[number]));
}

static int memo_put_next(twi_pickle_machine *m) {
  twi_value *top = twi_pickle_top(m);
  return top != NULL && twi_pickle_memorize(m, top);
}

/* A module and a name in it, of which module_length and length bytes, a 0x0A between them. */
static int push_global(twi_pickle_machine *m, const char *name, size_t module_length, size_t length) {
  const int global = twi_pickle_find_name(name, length);
  if (global != 0) return twi_pickle_push_new(m, twi_value_global(global));
  return twi_fault_unsupported(
      m->fault, "it asks for %s.%s, which a checkpoint has no need of; nothing of it has been run",
      twi_quote(name, module_length).text, twi_quote(name + module_length + 1, length - module_length - 1).text);
}

/* Two lines. */
static int read_global(twi_pickle_machine *m) {
  const size_t left = (size_t)(m->end - m->at);
  const unsigned char *first = memchr(m->at, '\n', left);
  const unsigned char *second = first == NULL ? NULL : memchr(first + 1, '\n', (size_t)(m->end - first - 1));
  if (second == NULL) return twi_pickle_fail(m, "a name does not end");
  const char *name = (const char *)m->at;
  m->at = second + 1;
  return push_global(m, name, (size_t)((const char *)first - name), (size_t)((const char *)second - name));
}

/* Two strings on the stack. */
static int pop_global(twi_pickle_machine *m) {
  twi_value *name = twi_pickle_pop(m), *module = name != NULL ? twi_pickle_pop(m) : NULL;
  char text[LONGEST_NAME];
  int good = 0;
  if (module == NULL) {
  } else if (name->kind != TWI_VALUE_STRING || module->kind != TWI_VALUE_STRING ||
             name->as.string.length >= sizeof text / 2 || module->as.string.length >= sizeof text / 2) {
    twi_pickle_fail(m, "it asks for what is no name");
  } else {
    const int length = snprintf(text, sizeof text, "%s\n%s", module->as.string.bytes, name->as.string.bytes);
    good = push_global(m, text, strlen(module->as.string.bytes), (size_t)length);
  }
  twi_value_release(name);
  twi_value_release(module);
  return good;
}

/* ---- the machine ---- */

static int read_protocol(twi_pickle_machine *m) {
  uint64_t version;
  if (!twi_pickle_take_number(m, &version, 1)) return 0;
  if (version >= 2 && version <= 5) return 1;
  return twi_pickle_fail_unsupported(m, "it is of a protocol other than 2 to 5");
}

/* Protocol 4 says how many bytes belong together: for whoever reads piece by piece. */
static int read_frame(twi_pickle_machine *m) {
  uint64_t length;
  if (!twi_pickle_take_number(m, &length, 8)) return 0;
  return length <= (uint64_t)(m->end - m->at) || twi_pickle_fail(m, "a frame does not end");
}

static int fail_opcode(twi_pickle_machine *m, unsigned char opcode) {
  return twi_fault_format(m->fault, "its pickle has the instruction %#04x at byte %zu, which no checkpoint has", opcode,
                          (size_t)(m->at - m->start) - 1);
}

static int push_empty_list(twi_pickle_machine *m) { return twi_pickle_push_new(m, twi_value_list()); }
static int push_empty_set(twi_pickle_machine *m) {
  return twi_pickle_push_new(m, twi_value_sequence(TWI_VALUE_SET, NULL, 0));
}
static int push_empty_dict(twi_pickle_machine *m) { return twi_pickle_push_new(m, twi_value_dict(TWI_VALUE_DICT)); }

/* What an instruction does: alone, or with so many items, or bytes of its argument. */
typedef struct instruction {
  int (*plain)(twi_pickle_machine *m);
  int (*sized)(twi_pickle_machine *m, size_t count);
  size_t count;
} instruction;

static const instruction instructions[256] = {
    [0x80] = {.plain = read_protocol},
    ['('] = {.plain = set_mark},
    ['N'] = {.plain = twi_pickle_push_none},
    [0x88] = {.plain = twi_pickle_push_true},
    [0x89] = {.plain = twi_pickle_push_false},
    ['K'] = {.sized = twi_pickle_read_unsigned, .count = 1},
    ['M'] = {.sized = twi_pickle_read_unsigned, .count = 2},
    ['J'] = {.plain = twi_pickle_read_int},
    [0x8A] = {.sized = twi_pickle_read_long, .count = 1},
    [0x8B] = {.sized = twi_pickle_read_long, .count = 4},
    ['G'] = {.plain = twi_pickle_read_double},
    ['X'] = {.sized = twi_pickle_read_string, .count = 4},
    [0x8C] = {.sized = twi_pickle_read_string, .count = 1},
    [0x8D] = {.sized = twi_pickle_read_string, .count = 8},
    ['U'] = {.sized = twi_pickle_read_string, .count = 1}, /* of Python 2 */
    ['C'] = {.sized = twi_pickle_read_bytes, .count = 1},
    ['B'] = {.sized = twi_pickle_read_bytes, .count = 4},
    [0x8E] = {.sized = twi_pickle_read_bytes, .count = 8},
    [0x96] = {.plain = twi_pickle_read_bytearray},
    [']'] = {.plain = push_empty_list},
    ['}'] = {.plain = push_empty_dict},
    [')'] = {.plain = twi_pickle_push_empty_tuple},
    [0x85] = {.sized = make_short_tuple, .count = 1},
    [0x86] = {.sized = make_short_tuple, .count = 2},
    [0x87] = {.sized = make_short_tuple, .count = 3},
    ['t'] = {.plain = make_marked_tuple},
    ['a'] = {.sized = append_items, .count = 1},
    ['e'] = {.plain = append_marked},
    [0x8F] = {.plain = push_empty_set},
    [0x90] = {.plain = add_marked},
    ['s'] = {.sized = set_items, .count = 2},
    ['u'] = {.plain = set_marked},
    ['q'] = {.sized = memo_put, .count = 1},
    ['r'] = {.sized = memo_put, .count = 4},
    ['h'] = {.sized = memo_get, .count = 1},
    ['j'] = {.sized = memo_get, .count = 4},
    [0x94] = {.plain = memo_put_next},
    [0x95] = {.plain = read_frame},
    ['c'] = {.plain = read_global},
    [0x93] = {.plain = pop_global},
    ['R'] = {.plain = twi_pickle_reduce},
    ['b'] = {.plain = twi_pickle_build},
    ['Q'] = {.plain = twi_pickle_persistent},
};

static int run_one(twi_pickle_machine *m, unsigned char opcode) {
  const instruction *found = &instructions[opcode];
  if (found->plain != NULL) return found->plain(m);
  return found->sized != NULL ? found->sized(m, found->count) : fail_opcode(m, opcode);
}

/* Runs up to STOP; the result is what is then on the stack, alone. */
static twi_value *run(twi_pickle_machine *m) {
  for (;;) {
    const unsigned char *opcode = twi_pickle_take(m, 1);
    if (opcode == NULL) return NULL;
    if (*opcode == '.') break;
    if (!run_one(m, *opcode)) return NULL;
  }
  if (m->at != m->end) return twi_pickle_fail(m, "something follows its end"), NULL;
  if (m->stack.count != 1 || m->mark_count != 0) return twi_pickle_fail(m, "it does not end with one value"), NULL;
  return twi_pickle_seal_dicts(m) ? m->stack.items[--m->stack.count] : NULL;
}

twi_value *twi_pickle_read(const unsigned char *bytes, size_t length, const twi_pickle_storages *storages,
                           twi_fault *fault) {
  twi_pickle_machine m = {.start = bytes, .at = bytes, .end = bytes + length, .storages = storages, .fault = fault};
  m.budget = length < BUDGET_LIMIT / BUDGET_FACTOR ? BUDGET_BASE + BUDGET_FACTOR * length : BUDGET_LIMIT;
  twi_value *root = run(&m);
  twi_pickle_machine_destroy(&m);
  return root;
}
