#include "archive/checkpoint_value.h"

#include <stdlib.h>
#include <string.h>

uint64_t twi_element_size(twi_element element) {
  static const uint8_t sizes[TWI_ELEMENT_COUNT] = {0, 1, 1, 2, 4, 8, 2, 2, 4, 8, 1, 8, 16, 1, 1, 4, 1, 1, 1};
  return sizes[element];
}

uint64_t twi_element_number_size(twi_element element) {
  const int is_complex = element == TWI_ELEMENT_COMPLEX64 || element == TWI_ELEMENT_COMPLEX128;
  return twi_element_size(element) / (is_complex ? 2 : 1);
}

/* ---- storages ---- */

twi_storage *twi_storage_new(twi_element element, uint64_t bytes, void *owner, void (*release)(void *owner)) {
  twi_storage *storage = calloc(1, sizeof *storage);
  if (storage == NULL) return NULL;
  storage->references = 1;
  storage->element = element;
  storage->bytes = bytes;
  storage->owner = owner;
  storage->release = release;
  return storage;
}

twi_storage *twi_storage_retain(twi_storage *storage) {
  ++storage->references;
  return storage;
}

void twi_storage_release(twi_storage *storage) {
  if (storage == NULL || --storage->references > 0) return;
  if (storage->owner != NULL) storage->release(storage->owner);
  free(storage);
}

/* ---- values ---- */

static twi_value *new_value(twi_value_kind kind) {
  twi_value *value = calloc(1, sizeof *value);
  if (value == NULL) return NULL;
  value->references = 1;
  value->kind = kind;
  return value;
}

static twi_value *new_integer(twi_value_kind kind, int64_t integer) {
  twi_value *value = new_value(kind);
  if (value != NULL) value->as.integer = integer;
  return value;
}

twi_value *twi_value_none(void) { return new_value(TWI_VALUE_NONE); }
twi_value *twi_value_bool(int value) { return new_integer(TWI_VALUE_BOOL, value != 0); }
twi_value *twi_value_int(int64_t value) { return new_integer(TWI_VALUE_INT, value); }
twi_value *twi_value_global(int which) { return new_integer(TWI_VALUE_GLOBAL, which); }

twi_value *twi_value_double(double real) {
  twi_value *value = new_value(TWI_VALUE_DOUBLE);
  if (value != NULL) value->as.real = real;
  return value;
}

static twi_value *new_bytes(twi_value_kind kind, const char *bytes, size_t length) {
  twi_value *value = new_value(kind);
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

twi_value *twi_value_string(const char *bytes, size_t length) { return new_bytes(TWI_VALUE_STRING, bytes, length); }
twi_value *twi_value_big_int(const char *bytes, size_t length) { return new_bytes(TWI_VALUE_BIG_INT, bytes, length); }
twi_value *twi_value_text(const char *text) { return twi_value_string(text, strlen(text)); }

static twi_value *new_container(twi_value_kind kind) {
  twi_value *value = new_value(kind);
  if (value != NULL) value->depth = 1;
  return value;
}

twi_value *twi_value_list(void) { return new_container(TWI_VALUE_LIST); }
twi_value *twi_value_dict(twi_value_kind kind) { return new_container(kind); }

twi_value *twi_value_storage(twi_storage *storage) {
  twi_value *value = new_value(TWI_VALUE_STORAGE);
  if (value == NULL) {
    twi_storage_release(storage);
    return NULL;
  }
  value->as.storage = storage;
  return value;
}

twi_value *twi_value_tensor_new(twi_storage *storage, int64_t offset, size_t dim, const int64_t *sizes,
                                const int64_t *strides) {
  twi_value *value = new_value(TWI_VALUE_TENSOR);
  int64_t *numbers = value != NULL ? calloc(2 * dim + 1, sizeof *numbers) : NULL;
  if (numbers == NULL) {
    free(value);
    twi_storage_release(storage);
    return NULL;
  }
  if (dim > 0) {
    memcpy(numbers, sizes, dim * sizeof *numbers);
    memcpy(numbers + dim, strides, dim * sizeof *numbers);
  }
  value->as.tensor =
      (twi_value_tensor){.storage = storage, .offset = offset, .dim = dim, .sizes = numbers, .strides = numbers + dim};
  return value;
}

twi_value *twi_value_copy_tensor(const twi_value *tensor) {
  const twi_value_tensor *from = &tensor->as.tensor;
  twi_value *copy =
      twi_value_tensor_new(twi_storage_retain(from->storage), from->offset, from->dim, from->sizes, from->strides);
  if (copy == NULL) return NULL;
  copy->as.tensor.requires_grad = from->requires_grad;
  copy->as.tensor.negative = from->negative;
  copy->as.tensor.parameter = from->parameter;
  return copy;
}

twi_value *twi_value_copy_simple(const twi_value *value) {
  if (value->kind == TWI_VALUE_STRING || value->kind == TWI_VALUE_BIG_INT)
    return new_bytes(value->kind, value->as.string.bytes, value->as.string.length);
  return value->kind == TWI_VALUE_DOUBLE ? twi_value_double(value->as.real)
                                         : new_integer(value->kind, value->as.integer);
}

twi_value *twi_value_retain(twi_value *value) {
  ++value->references;
  return value;
}

static void release_container(twi_value *value) {
  for (size_t i = 0; i < value->as.container.count; ++i) twi_value_release(value->as.container.items[i]);
  free(value->as.container.items);
  free(value->as.container.order);
  twi_value_release(value->as.container.attributes);
}

void twi_value_release(twi_value *value) {
  if (value == NULL || --value->references > 0) return;
  if (value->kind == TWI_VALUE_STRING || value->kind == TWI_VALUE_BIG_INT) {
    free(value->as.string.bytes);
  } else if (value->kind == TWI_VALUE_TENSOR) {
    twi_storage_release(value->as.tensor.storage);
    twi_value_release(value->as.tensor.attributes);
    free(value->as.tensor.sizes);
  } else if (value->kind == TWI_VALUE_STORAGE) {
    twi_storage_release(value->as.storage);
  } else if (value->kind == TWI_VALUE_OBJECT) {
    twi_value_release(value->as.object.function);
    twi_value_release(value->as.object.arguments);
  } else if (twi_value_is_sequence(value) || twi_value_is_dict(value)) {
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

int twi_utf8_is_valid(const char *text, size_t length) {
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
