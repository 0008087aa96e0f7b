#include "archive/checkpoint_value.h"

#include <stdlib.h>
#include <string.h>

uint64_t tw_element_size(tw_element element) {
  static const uint8_t sizes[] = {0, 1, 1, 2, 4, 8, 2, 2, 4, 8, 1};
  return sizes[element];
}

/* ---- storages ---- */

tw_storage *tw_storage_new(tw_element element, uint64_t bytes, void *owner, void (*release)(void *owner)) {
  tw_storage *storage = calloc(1, sizeof *storage);
  if (storage == NULL) return NULL;
  storage->references = 1;
  storage->element = element;
  storage->bytes = bytes;
  storage->owner = owner;
  storage->release = release;
  return storage;
}

tw_storage *tw_storage_retain(tw_storage *storage) {
  ++storage->references;
  return storage;
}

void tw_storage_release(tw_storage *storage) {
  if (storage == NULL || --storage->references > 0) return;
  if (storage->owner != NULL) storage->release(storage->owner);
  free(storage);
}

/* ---- values ---- */

static tw_value *new_value(tw_value_kind kind) {
  tw_value *value = calloc(1, sizeof *value);
  if (value == NULL) return NULL;
  value->references = 1;
  value->kind = kind;
  value->passing = kind == TW_VALUE_GLOBAL || kind == TW_VALUE_STORAGE;
  return value;
}

static tw_value *new_integer(tw_value_kind kind, int64_t integer) {
  tw_value *value = new_value(kind);
  if (value != NULL) value->as.integer = integer;
  return value;
}

tw_value *tw_value_none(void) { return new_value(TW_VALUE_NONE); }
tw_value *tw_value_bool(int value) { return new_integer(TW_VALUE_BOOL, value != 0); }
tw_value *tw_value_int(int64_t value) { return new_integer(TW_VALUE_INT, value); }
tw_value *tw_value_global(int which) { return new_integer(TW_VALUE_GLOBAL, which); }

tw_value *tw_value_double(double real) {
  tw_value *value = new_value(TW_VALUE_DOUBLE);
  if (value != NULL) value->as.real = real;
  return value;
}

tw_value *tw_value_string(const char *bytes, size_t length) {
  tw_value *value = new_value(TW_VALUE_STRING);
  char *copy = length < SIZE_MAX ? malloc(length + 1) : NULL;
  if (value == NULL || copy == NULL) {
    free(value);
    free(copy);
    return NULL;
  }
  memcpy(copy, bytes, length);
  copy[length] = 0;
  value->as.string.bytes = copy;
  value->as.string.length = length;
  return value;
}

tw_value *tw_value_text(const char *text) { return tw_value_string(text, strlen(text)); }

static tw_value *new_container(tw_value_kind kind) {
  tw_value *value = new_value(kind);
  if (value != NULL) value->depth = 1;
  return value;
}

tw_value *tw_value_list(void) { return new_container(TW_VALUE_LIST); }
tw_value *tw_value_dict(tw_value_kind kind) { return new_container(kind); }

tw_value *tw_value_storage(tw_storage *storage) {
  tw_value *value = new_value(TW_VALUE_STORAGE);
  if (value == NULL) {
    tw_storage_release(storage);
    return NULL;
  }
  value->as.storage = storage;
  return value;
}

tw_value *tw_value_tensor_new(tw_storage *storage, int64_t offset, size_t dim, const int64_t *sizes,
                              const int64_t *strides) {
  tw_value *value = new_value(TW_VALUE_TENSOR);
  int64_t *numbers = value != NULL ? calloc(2 * dim + 1, sizeof *numbers) : NULL;
  if (numbers == NULL) {
    free(value);
    tw_storage_release(storage);
    return NULL;
  }
  if (dim > 0) {
    memcpy(numbers, sizes, dim * sizeof *numbers);
    memcpy(numbers + dim, strides, dim * sizeof *numbers);
  }
  value->as.tensor = (tw_value_tensor){storage, offset, dim, numbers, numbers + dim};
  return value;
}

tw_value *tw_value_retain(tw_value *value) {
  ++value->references;
  return value;
}

static void release_container(tw_value *value) {
  for (size_t i = 0; i < value->as.container.count; ++i) tw_value_release(value->as.container.items[i]);
  free(value->as.container.items);
  free(value->as.container.order);
  tw_value_release(value->as.container.attributes);
}

void tw_value_release(tw_value *value) {
  if (value == NULL || --value->references > 0) return;
  if (value->kind == TW_VALUE_STRING) {
    free(value->as.string.bytes);
  } else if (value->kind == TW_VALUE_TENSOR) {
    tw_storage_release(value->as.tensor.storage);
    free(value->as.tensor.sizes);
  } else if (value->kind == TW_VALUE_STORAGE) {
    tw_storage_release(value->as.storage);
  } else if (value->kind == TW_VALUE_LIST || value->kind == TW_VALUE_TUPLE || tw_value_is_dict(value)) {
    release_container(value);
  }
  free(value);
}

/* ---- text ---- */

/* How many bytes follow the first one of a character; -1 where it cannot be a first one. */
static int continuation_count(unsigned char first) {
  if (first < 0x80) return 0;
  if (first >= 0xC2 && first <= 0xDF) return 1;
  if (first >= 0xE0 && first <= 0xEF) return 2;
  return first >= 0xF0 && first <= 0xF4 ? 3 : -1;
}

int tw_utf8_is_valid(const char *text, size_t length) {
  const unsigned char *bytes = (const unsigned char *)text;
  for (size_t i = 0; i < length;) {
    const unsigned char first = bytes[i++];
    const int count = continuation_count(first);
    if (count < 0 || (size_t)count > length - i) return 0;
    /* Shorter spellings exist for these, or the character lies beyond the last one. */
    if ((first == 0xE0 && bytes[i] < 0xA0) || (first == 0xF0 && bytes[i] < 0x90) || (first == 0xF4 && bytes[i] > 0x8F))
      return 0;
    for (int k = 0; k < count; ++k)
      if ((bytes[i++] & 0xC0) != 0x80) return 0;
  }
  return 1;
}
