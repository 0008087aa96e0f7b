/* Lists, tuples and dicts. */
#include <stdlib.h>
#include <string.h>

#include "archive/checkpoint_value.h"

int tw_value_is_dict(const tw_value *value) {
  return value->kind == TW_VALUE_DICT || value->kind == TW_VALUE_ORDERED_DICT || value->kind == TW_VALUE_COUNTER;
}

static int reserve(tw_value *container, size_t more) {
  const size_t needed = container->as.container.count + more;
  if (needed <= container->as.container.capacity) return 1;
  const size_t capacity = needed + needed / 2;
  if (capacity > SIZE_MAX / sizeof(tw_value *)) return 0;
  tw_value **items = realloc(container->as.container.items, capacity * sizeof(tw_value *));
  if (items == NULL) return 0;
  container->as.container.items = items;
  container->as.container.capacity = capacity;
  return 1;
}

static void note_child(tw_value *container, tw_value *child) {
  child->placed = 1;
  if (child->depth >= container->depth) container->depth = child->depth + 1;
  container->passing |= child->passing;
}

static void push(tw_value *container, tw_value *child) {
  note_child(container, child);
  container->as.container.items[container->as.container.count++] = child;
}

int tw_value_append(tw_value *list, tw_value *item) {
  if (item == NULL || list->placed || list == item || !reserve(list, 1)) {
    tw_value_release(item);
    return 0;
  }
  push(list, item);
  return 1;
}

tw_value *tw_value_tuple(tw_value *const *items, size_t count) {
  tw_value *tuple = tw_value_list();
  int good = tuple != NULL && reserve(tuple, count);
  for (size_t i = 0; i < count; ++i) good = good && items[i] != NULL;
  if (!good) {
    for (size_t i = 0; i < count; ++i) tw_value_release(items[i]);
    tw_value_release(tuple);
    return NULL;
  }
  tuple->kind = TW_VALUE_TUPLE;
  for (size_t i = 0; i < count; ++i) push(tuple, items[i]);
  return tuple;
}

/* ---- dicts ---- */

/* Integers before strings. */
static int compare_keys(const tw_value *a, const tw_value *b) {
  if (a->kind != b->kind) return a->kind == TW_VALUE_INT ? -1 : 1;
  if (a->kind == TW_VALUE_INT) return (a->as.integer > b->as.integer) - (a->as.integer < b->as.integer);
  const size_t shorter = a->as.string.length < b->as.string.length ? a->as.string.length : b->as.string.length;
  const int order = memcmp(a->as.string.bytes, b->as.string.bytes, shorter);
  if (order != 0) return order;
  return (a->as.string.length > b->as.string.length) - (a->as.string.length < b->as.string.length);
}

static int compare_slots(const void *a, const void *b) {
  tw_value **const *left = a;
  tw_value **const *right = b;
  return compare_keys(**left, **right);
}

int tw_value_seal(tw_value *dict, const tw_value **duplicate) {
  const size_t count = dict->as.container.count / 2;
  *duplicate = NULL;
  if (dict->as.container.order != NULL || count == 0) return 1;
  tw_value ***order = malloc(count * sizeof *order);
  if (order == NULL) return 0;
  for (size_t i = 0; i < count; ++i) order[i] = dict->as.container.items + 2 * i;
  qsort(order, count, sizeof *order, compare_slots);
  for (size_t i = 1; i < count && *duplicate == NULL; ++i)
    if (compare_keys(*order[i - 1], *order[i]) == 0) *duplicate = *order[i];
  dict->as.container.order = order;
  return 1;
}

/* Where the key lies; NULL if nowhere. */
static tw_value **find_slot(const tw_value *dict, tw_value *key) {
  tw_value **slot = &key;
  if (dict->as.container.order != NULL) {
    tw_value ***found = bsearch(&slot, dict->as.container.order, dict->as.container.count / 2,
                                sizeof *dict->as.container.order, compare_slots);
    return found != NULL ? *found : NULL;
  }
  for (size_t i = 0; i < dict->as.container.count; i += 2)
    if (compare_keys(dict->as.container.items[i], key) == 0) return dict->as.container.items + i;
  return NULL;
}

static tw_value *find(const tw_value *dict, tw_value *key) {
  tw_value **slot = find_slot(dict, key);
  return slot != NULL ? slot[1] : NULL;
}

tw_value *tw_value_find(const tw_value *dict, const char *text) {
  tw_value key = {.kind = TW_VALUE_STRING};
  key.as.string.bytes = (char *)text;
  key.as.string.length = strlen(text);
  return find(dict, &key);
}

tw_value *tw_value_find_int(const tw_value *dict, int64_t integer) {
  tw_value key = {.kind = TW_VALUE_INT};
  key.as.integer = integer;
  return find(dict, &key);
}

static int give_up(tw_value *key, tw_value *item) {
  tw_value_release(key);
  tw_value_release(item);
  return 0;
}

int tw_value_add(tw_value *dict, tw_value *key, tw_value *item) {
  if (key == NULL || item == NULL || dict->placed || dict == item || !reserve(dict, 2)) return give_up(key, item);
  free(dict->as.container.order); /* it points into items, which may have moved */
  dict->as.container.order = NULL;
  push(dict, key);
  push(dict, item);
  return 1;
}

int tw_value_set(tw_value *dict, tw_value *key, tw_value *item) {
  if (key == NULL || item == NULL || dict->placed || dict == item) return give_up(key, item);
  tw_value **slot = find_slot(dict, key);
  if (slot == NULL) return tw_value_add(dict, key, item);
  tw_value_release(key);
  tw_value *old = slot[1];
  note_child(dict, item);
  slot[1] = item;
  tw_value_release(old);
  return 1;
}

int tw_value_set_text(tw_value *dict, const char *key, tw_value *item) {
  return tw_value_set(dict, tw_value_text(key), item);
}

int tw_value_set_attributes(tw_value *ordered_dict, tw_value *attributes) {
  if (attributes == NULL || ordered_dict->placed || ordered_dict == attributes) {
    tw_value_release(attributes);
    return 0;
  }
  note_child(ordered_dict, attributes);
  tw_value_release(ordered_dict->as.container.attributes);
  ordered_dict->as.container.attributes = attributes;
  return 1;
}
