/* Values that hold others: lists, tuples, sets, dicts, objects. */
#include <stdlib.h>
#include <string.h>

#include "archive/checkpoint_value.h"

int twi_value_is_dict(const twi_value *value) {
  return value->kind == TWI_VALUE_DICT || value->kind == TWI_VALUE_ORDERED_DICT || value->kind == TWI_VALUE_COUNTER;
}

int twi_value_is_tuple(const twi_value *value) {
  return value->kind == TWI_VALUE_TUPLE || value->kind == TWI_VALUE_SIZE;
}

int twi_value_is_sequence(const twi_value *value) {
  return value->kind == TWI_VALUE_LIST || value->kind == TWI_VALUE_SET || twi_value_is_tuple(value);
}

static int reserve(twi_value *container, size_t more) {
  const size_t needed = container->as.container.count + more;
  if (needed <= container->as.container.capacity) return 1;
  const size_t capacity = needed + needed / 2;
  if (capacity > SIZE_MAX / sizeof(twi_value *)) return 0;
  twi_value **items = realloc(container->as.container.items, capacity * sizeof(twi_value *));
  if (items == NULL) return 0;
  container->as.container.items = items;
  container->as.container.capacity = capacity;
  return 1;
}

static void note_child(twi_value *container, twi_value *child) {
  child->placed = 1;
  if (child->depth >= container->depth) container->depth = child->depth + 1;
}

static void push(twi_value *container, twi_value *child) {
  note_child(container, child);
  container->as.container.items[container->as.container.count++] = child;
}

int twi_value_append(twi_value *list, twi_value *item) {
  if (item == NULL || list->placed || list == item || !reserve(list, 1)) {
    twi_value_release(item);
    return 0;
  }
  push(list, item);
  return 1;
}

twi_value *twi_value_sequence(twi_value_kind kind, twi_value *const *items, size_t count) {
  twi_value *made = twi_value_list();
  int good = made != NULL && reserve(made, count);
  for (size_t i = 0; i < count; ++i) good = good && items[i] != NULL;
  if (!good) {
    for (size_t i = 0; i < count; ++i) twi_value_release(items[i]);
    twi_value_release(made);
    return NULL;
  }
  made->kind = kind;
  for (size_t i = 0; i < count; ++i) push(made, items[i]);
  return made;
}

twi_value *twi_value_tuple(twi_value *const *items, size_t count) {
  return twi_value_sequence(TWI_VALUE_TUPLE, items, count);
}

twi_value *twi_value_object(twi_value *function, twi_value *arguments) {
  twi_value *made = function != NULL && arguments != NULL ? twi_value_none() : NULL;
  if (made == NULL) {
    twi_value_release(function);
    twi_value_release(arguments);
    return NULL;
  }
  made->kind = TWI_VALUE_OBJECT;
  made->as.object.function = function;
  made->as.object.arguments = arguments;
  note_child(made, arguments);
  return made;
}

/* ---- dicts ---- */

static int compare_slots(const void *a, const void *b) {
  twi_value **const *left = a;
  twi_value **const *right = b;
  return twi_value_compare_keys(**left, **right);
}

int twi_value_seal(twi_value *dict, const twi_value **duplicate) {
  const size_t count = dict->as.container.count / 2;
  *duplicate = NULL;
  if (dict->as.container.order != NULL || count == 0) return 1;
  twi_value ***order = malloc(count * sizeof *order);
  if (order == NULL) return 0;
  for (size_t i = 0; i < count; ++i) order[i] = dict->as.container.items + 2 * i;
  qsort(order, count, sizeof *order, compare_slots);
  for (size_t i = 1; i < count && *duplicate == NULL; ++i)
    if (twi_value_compare_keys(*order[i - 1], *order[i]) == 0) *duplicate = *order[i];
  dict->as.container.order = order;
  return 1;
}

/* Where the key lies; NULL if nowhere. */
static twi_value **find_slot(const twi_value *dict, twi_value *key) {
  twi_value **slot = &key;
  if (dict->as.container.order != NULL) {
    twi_value ***found = bsearch(&slot, dict->as.container.order, dict->as.container.count / 2,
                                 sizeof *dict->as.container.order, compare_slots);
    return found != NULL ? *found : NULL;
  }
  for (size_t i = 0; i < dict->as.container.count; i += 2)
    if (twi_value_compare_keys(dict->as.container.items[i], key) == 0) return dict->as.container.items + i;
  return NULL;
}

static twi_value *find(const twi_value *dict, twi_value *key) {
  twi_value **slot = find_slot(dict, key);
  return slot != NULL ? slot[1] : NULL;
}

twi_value *twi_value_find(const twi_value *dict, const char *text) {
  twi_value key = {.kind = TWI_VALUE_STRING};
  key.as.string.bytes = (char *)text;
  key.as.string.length = strlen(text);
  return find(dict, &key);
}

twi_value *twi_value_find_int(const twi_value *dict, int64_t integer) {
  twi_value key = {.kind = TWI_VALUE_INT};
  key.as.integer = integer;
  return find(dict, &key);
}

static int give_up(twi_value *key, twi_value *item) {
  twi_value_release(key);
  twi_value_release(item);
  return 0;
}

int twi_value_add(twi_value *dict, twi_value *key, twi_value *item) {
  if (key == NULL || item == NULL || dict->placed || dict == item || !reserve(dict, 2)) return give_up(key, item);
  free(dict->as.container.order); /* it points into items, which may have moved */
  dict->as.container.order = NULL;
  push(dict, key);
  push(dict, item);
  return 1;
}

int twi_value_set(twi_value *dict, twi_value *key, twi_value *item) {
  if (key == NULL || item == NULL || dict->placed || dict == item) return give_up(key, item);
  twi_value **slot = find_slot(dict, key);
  if (slot == NULL) return twi_value_add(dict, key, item);
  twi_value_release(key);
  twi_value *old = slot[1];
  note_child(dict, item);
  slot[1] = item;
  twi_value_release(old);
  return 1;
}

int twi_value_set_attributes(twi_value *object, twi_value *attributes) {
  if (attributes == NULL || object->placed || object == attributes) {
    twi_value_release(attributes);
    return 0;
  }
  twi_value **place =
      object->kind == TWI_VALUE_TENSOR ? &object->as.tensor.attributes : &object->as.container.attributes;
  note_child(object, attributes);
  twi_value_release(*place);
  *place = attributes;
  return 1;
}

twi_value *twi_value_copy_dict(const twi_value *dict) {
  twi_value *copy = twi_value_dict(dict->kind);
  if (copy == NULL || !reserve(copy, dict->as.container.count)) {
    twi_value_release(copy);
    return NULL;
  }
  for (size_t i = 0; i < dict->as.container.count; ++i) push(copy, twi_value_retain(dict->as.container.items[i]));
  if (dict->as.container.attributes != NULL)
    twi_value_set_attributes(copy, twi_value_retain(dict->as.container.attributes));
  return copy;
}
