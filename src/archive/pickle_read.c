#include "archive/pickle_read.h"

#include <stdlib.h>
#include <string.h>

#include "archive/pickle_machine.h"
#include "archive/pickle_names.h"

/* Memory that values may take: in proportion to the pickle, so that a small file cannot ask for much. */
enum { BUDGET_BASE = 1 << 20, BUDGET_FACTOR = 48, VALUE_COST = 80, ITEM_COST = 24 };
#define BUDGET_LIMIT ((size_t)512 << 20)

/* ---- bytes ---- */

/* count bytes of the pickle, which is then past them; NULL where it ends before. */
static const unsigned char *take(twi_pickle_machine *m, size_t count) {
  if (count > (size_t)(m->end - m->at)) {
    twi_pickle_fail(m, "it ends in the middle of a value, or a length is false");
    return NULL;
  }
  const unsigned char *bytes = m->at;
  m->at += count;
  return bytes;
}

static int take_number(twi_pickle_machine *m, uint64_t *out, size_t count) {
  const unsigned char *bytes = take(m, count);
  if (bytes == NULL) return 0;
  *out = 0;
  for (size_t i = count; i-- > 0;) *out = *out << 8 | bytes[i];
  return 1;
}

/* ---- plain values ---- */

static int push_new(twi_pickle_machine *m, twi_value *value) {
  if (value == NULL || twi_pickle_charge(m, VALUE_COST)) return twi_pickle_push(m, value);
  twi_value_release(value);
  return 0;
}

/* Pushes the one value of its kind, which *place keeps; made is consumed where it was not needed. */
static int push_shared(twi_pickle_machine *m, twi_value **place, twi_value *(*make)(int64_t), int64_t argument) {
  if (*place == NULL) *place = make(argument);
  return twi_pickle_push(m, *place == NULL ? NULL : twi_value_retain(*place));
}

static twi_value *make_none(int64_t unused) {
  (void)unused;
  return twi_value_none();
}
static twi_value *make_bool(int64_t value) { return twi_value_bool(value != 0); }
static twi_value *make_empty_tuple(int64_t unused) {
  (void)unused;
  return twi_value_tuple(NULL, 0);
}

static int push_int(twi_pickle_machine *m, int64_t number) {
  if (number >= 0 && number < TWI_PICKLE_SMALL) return push_shared(m, &m->small[number], twi_value_int, number);
  return push_new(m, twi_value_int(number));
}

static int read_unsigned(twi_pickle_machine *m, size_t bytes) {
  uint64_t number;
  return take_number(m, &number, bytes) && push_int(m, (int64_t)number);
}

static int read_int(twi_pickle_machine *m) {
  uint64_t number;
  return take_number(m, &number, 4) && push_int(m, (int32_t)(uint32_t)number);
}

/* An integer of any number of bytes, two's complement. */
static int read_long(twi_pickle_machine *m, size_t length_bytes) {
  uint64_t length, number = 0;
  if (!take_number(m, &length, length_bytes)) return 0;
  const unsigned char *bytes = take(m, (size_t)length);
  if (bytes == NULL) return 0;
  if (length > 8) return twi_pickle_fail_unsupported(m, "it has an integer of more than 64 bits");
  for (size_t i = (size_t)length; i-- > 0;) number = number << 8 | bytes[i];
  if (length > 0 && length < 8 && (bytes[length - 1] & 0x80) != 0) number |= ~(uint64_t)0 << (8 * length);
  int64_t value;
  memcpy(&value, &number, sizeof value);
  return push_int(m, value);
}

static int read_double(twi_pickle_machine *m) {
  const unsigned char *bytes = take(m, 8);
  if (bytes == NULL) return 0;
  uint64_t bits = 0;
  for (size_t i = 0; i < 8; ++i) bits = bits << 8 | bytes[i];
  double real;
  memcpy(&real, &bits, sizeof real);
  return push_new(m, twi_value_double(real));
}

static int read_string(twi_pickle_machine *m) {
  uint64_t length;
  if (!take_number(m, &length, 4)) return 0;
  const char *bytes = (const char *)take(m, (size_t)length);
  if (bytes == NULL) return 0;
  if (!twi_utf8_is_valid(bytes, (size_t)length)) return twi_pickle_fail(m, "it has a string that is not UTF-8");
  return twi_pickle_charge(m, (size_t)length + 16) && push_new(m, twi_value_string(bytes, (size_t)length));
}

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
  return push_new(m, twi_value_tuple(first, count));
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

/* The container below the top count items, of the wanted sort. */
static twi_value *container_below(twi_pickle_machine *m, size_t count, int dict) {
  const size_t floor = m->mark_count > 0 ? m->marks[m->mark_count - 1] : 0;
  if (m->stack.count - floor <= count) {
    twi_pickle_fail(m, "it takes more from its stack than it put there");
    return NULL;
  }
  twi_value *container = m->stack.items[m->stack.count - count - 1];
  if (dict ? twi_value_is_dict(container) : container->kind == TWI_VALUE_LIST) return container;
  twi_pickle_fail(m, dict ? "it sets an item of what is no dict" : "it appends to what is no list");
  return NULL;
}

/* Whether the container may hold the item for good: not what only lives while a pickle is read. */
static int may_keep(twi_pickle_machine *m, const twi_value *container, const twi_value *item) {
  if (item->passing) return twi_pickle_fail(m, "it puts a class, a function or a storage into a container");
  return twi_pickle_may_hold(m, container, item) && twi_pickle_charge(m, ITEM_COST);
}

static int append_items(twi_pickle_machine *m, size_t count) {
  twi_value *list = container_below(m, count, 0);
  if (list == NULL) return 0;
  const size_t first = m->stack.count - count;
  int good = 1;
  for (size_t i = 0; good && i < count; ++i) {
    twi_value *item = m->stack.items[first + i];
    good = may_keep(m, list, item) && (twi_value_append(list, twi_value_retain(item)) || twi_fault_memory(m->fault));
  }
  while (m->stack.count > first) twi_value_release(m->stack.items[--m->stack.count]);
  return good;
}

static int add_item(twi_pickle_machine *m, twi_value *dict, twi_value *key, twi_value *item) {
  if (key->kind != TWI_VALUE_STRING && key->kind != TWI_VALUE_INT)
    return twi_pickle_fail_unsupported(m, "it has a dict with a key that is neither a string nor an integer");
  if (!may_keep(m, dict, key) || !may_keep(m, dict, item)) return 0;
  return twi_value_add(dict, twi_value_retain(key), twi_value_retain(item)) || twi_fault_memory(m->fault);
}

static int set_items(twi_pickle_machine *m, size_t count) {
  twi_value *dict = container_below(m, count, 1);
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

static int set_marked(twi_pickle_machine *m) {
  size_t count = 0;
  return take_mark(m, &count) && set_items(m, count);
}

/* ---- numbered values, names ---- */

/* Python counts the values that it numbers, so a number is at most one more than the last. */
static int memo_put(twi_pickle_machine *m, size_t bytes) {
  uint64_t number;
  if (!take_number(m, &number, bytes)) return 0;
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
  if (!take_number(m, &number, bytes)) return 0;
  if (number >= m->memo.count) return twi_pickle_fail(m, "it refers to a value that it did not number");
  return twi_pickle_push(m, twi_value_retain(m->memo.items[number]));
}

/* Two lines: a module and a name in it. */
static int read_global(twi_pickle_machine *m) {
  const size_t left = (size_t)(m->end - m->at);
  const unsigned char *first = memchr(m->at, '\n', left);
  const unsigned char *second = first == NULL ? NULL : memchr(first + 1, '\n', (size_t)(m->end - first - 1));
  if (second == NULL) return twi_pickle_fail(m, "a name does not end");
  const char *name = (const char *)m->at;
  const size_t length = (size_t)(second - m->at);
  const int global = twi_pickle_find_name(name, length);
  if (global == 0)
    return twi_fault_unsupported(m->fault,
                                 "it asks for %s.%s, which a checkpoint has no need of; nothing of it has been run",
                                 twi_quote(name, (size_t)(first - m->at)).text,
                                 twi_quote((const char *)first + 1, (size_t)(second - first - 1)).text);
  m->at = second + 1;
  return push_new(m, twi_value_global(global));
}

/* ---- the machine ---- */

static int read_protocol(twi_pickle_machine *m) {
  uint64_t version;
  if (!take_number(m, &version, 1)) return 0;
  return version == 2 ? 1 : twi_pickle_fail_unsupported(m, "it is of another protocol than 2, which torch.save has");
}

static int fail_opcode(twi_pickle_machine *m, unsigned char opcode) {
  return twi_fault_format(m->fault, "its pickle has the instruction %#04x at byte %zu, which no checkpoint has", opcode,
                          (size_t)(m->at - m->start) - 1);
}

static int push_none(twi_pickle_machine *m) { return push_shared(m, &m->none, make_none, 0); }
static int push_true(twi_pickle_machine *m) { return push_shared(m, &m->yes, make_bool, 1); }
static int push_false(twi_pickle_machine *m) { return push_shared(m, &m->no, make_bool, 0); }
static int push_empty_list(twi_pickle_machine *m) { return push_new(m, twi_value_list()); }
static int push_empty_dict(twi_pickle_machine *m) { return push_new(m, twi_value_dict(TWI_VALUE_DICT)); }
static int push_empty_tuple(twi_pickle_machine *m) { return push_shared(m, &m->empty, make_empty_tuple, 0); }

/* What an instruction does: alone, or with so many items, or bytes of its argument. */
typedef struct instruction {
  int (*plain)(twi_pickle_machine *m);
  int (*sized)(twi_pickle_machine *m, size_t count);
  size_t count;
} instruction;

static const instruction instructions[256] = {
    [0x80] = {.plain = read_protocol},
    ['('] = {.plain = set_mark},
    ['N'] = {.plain = push_none},
    [0x88] = {.plain = push_true},
    [0x89] = {.plain = push_false},
    ['K'] = {.sized = read_unsigned, .count = 1},
    ['M'] = {.sized = read_unsigned, .count = 2},
    ['J'] = {.plain = read_int},
    [0x8A] = {.sized = read_long, .count = 1},
    [0x8B] = {.sized = read_long, .count = 4},
    ['G'] = {.plain = read_double},
    ['X'] = {.plain = read_string},
    [']'] = {.plain = push_empty_list},
    ['}'] = {.plain = push_empty_dict},
    [')'] = {.plain = push_empty_tuple},
    [0x85] = {.sized = make_short_tuple, .count = 1},
    [0x86] = {.sized = make_short_tuple, .count = 2},
    [0x87] = {.sized = make_short_tuple, .count = 3},
    ['t'] = {.plain = make_marked_tuple},
    ['a'] = {.sized = append_items, .count = 1},
    ['e'] = {.plain = append_marked},
    ['s'] = {.sized = set_items, .count = 2},
    ['u'] = {.plain = set_marked},
    ['q'] = {.sized = memo_put, .count = 1},
    ['r'] = {.sized = memo_put, .count = 4},
    ['h'] = {.sized = memo_get, .count = 1},
    ['j'] = {.sized = memo_get, .count = 4},
    ['c'] = {.plain = read_global},
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
    const unsigned char *opcode = take(m, 1);
    if (opcode == NULL) return NULL;
    if (*opcode == '.') break;
    if (!run_one(m, *opcode)) return NULL;
  }
  if (m->at != m->end) return twi_pickle_fail(m, "something follows its end"), NULL;
  if (m->stack.count != 1 || m->mark_count != 0) return twi_pickle_fail(m, "it does not end with one value"), NULL;
  if (m->stack.items[0]->passing) return twi_pickle_fail(m, "its value is a class, a function or a storage"), NULL;
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
