#include "archive/pickle_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/pickle_names.h"

/* What a pickle says once and then refers to. */
enum { TEXT_STORAGE = TWI_GLOBAL_COUNT, TEXT_CPU, CONSTANT_COUNT };

typedef struct writer {
  twi_pickle *out;
  size_t capacity;
  size_t storage_capacity;
  twi_value **known; /* those whose memo is set */
  size_t known_count, known_capacity;
  unsigned memo_count;
  unsigned constants[CONSTANT_COUNT]; /* 1 + memo number, or 0 */
  int out_of_memory;
  const twi_value *foreign; /* the first value that no pickle has */
} writer;

/* Room for one more; the new array, or the old one and a mark in the writer. */
static void *grow(writer *w, void *array, size_t count, size_t *capacity, size_t item_size) {
  if (count < *capacity) return array;
  const size_t wanted = *capacity == 0 ? 64 : 2 * *capacity;
  void *grown = wanted > SIZE_MAX / item_size ? NULL : realloc(array, wanted * item_size);
  if (grown == NULL) {
    w->out_of_memory = 1;
    return array;
  }
  *capacity = wanted;
  return grown;
}

/* ---- bytes ---- */

static void put_bytes(writer *w, const void *bytes, size_t count) {
  twi_pickle *out = w->out;
  if (w->capacity - out->length < count) {
    const size_t wanted = 2 * (out->length + count) + 256;
    unsigned char *grown = wanted < count ? NULL : realloc(out->bytes, wanted);
    if (grown == NULL) {
      w->out_of_memory = 1;
      return;
    }
    out->bytes = grown;
    w->capacity = wanted;
  }
  memcpy(out->bytes + out->length, bytes, count);
  out->length += count;
}

static void put(writer *w, char opcode) { put_bytes(w, &opcode, 1); }

/* Least significant byte first. */
static void put_number(writer *w, char opcode, uint64_t number, size_t bytes) {
  unsigned char little[9] = {(unsigned char)opcode};
  for (size_t i = 0; i < bytes; ++i) little[1 + i] = (unsigned char)(number >> (8 * i));
  put_bytes(w, little, 1 + bytes);
}

static void put_int(writer *w, int64_t number) {
  if (number >= 0 && number <= 0xFF) {
    put_number(w, 'K', (uint64_t)number, 1);
  } else if (number >= 0 && number <= 0xFFFF) {
    put_number(w, 'M', (uint64_t)number, 2);
  } else if (number >= INT32_MIN && number <= INT32_MAX) {
    put_number(w, 'J', (uint64_t)number, 4);
  } else {
    put_number(w, (char)0x8A, 8, 1); /* LONG1: a length, then as many bytes */
    uint64_t bits = (uint64_t)number;
    put_number(w, (char)(bits & 0xFF), bits >> 8, 7);
  }
}

static void put_double(writer *w, double real) {
  uint64_t bits;
  memcpy(&bits, &real, sizeof bits);
  unsigned char big[9] = {'G'}; /* the one number with its most significant byte first */
  for (size_t i = 0; i < 8; ++i) big[1 + i] = (unsigned char)(bits >> (56 - 8 * i));
  put_bytes(w, big, sizeof big);
}

static void put_string(writer *w, const char *bytes, size_t length) {
  if (length > UINT32_MAX) {
    w->out_of_memory = 1;
    return;
  }
  put_number(w, 'X', length, 4);
  put_bytes(w, bytes, length);
}

/* ---- what comes more than once ---- */

static void put_memo(writer *w, unsigned *memo) {
  *memo = ++w->memo_count;
  if (*memo <= 256) {
    put_number(w, 'q', *memo - 1, 1);
  } else {
    put_number(w, 'r', *memo - 1, 4);
  }
}

static void get_memo(writer *w, unsigned memo) {
  if (memo <= 256) {
    put_number(w, 'h', memo - 1, 1);
  } else {
    put_number(w, 'j', memo - 1, 4);
  }
}

static void put_global(writer *w, int global) {
  unsigned *memo = &w->constants[global];
  if (*memo != 0) {
    get_memo(w, *memo);
    return;
  }
  const char *name = twi_pickle_name(global);
  put(w, 'c');
  put_bytes(w, name, strlen(name));
  put(w, '\n');
  put_memo(w, memo);
}

static void put_constant(writer *w, int constant, const char *text) {
  unsigned *memo = &w->constants[constant];
  if (*memo != 0) {
    get_memo(w, *memo);
    return;
  }
  put_string(w, text, strlen(text));
  put_memo(w, memo);
}

/* Gives a value that is used several times its number. */
static void remember(writer *w, twi_value *value) {
  if (value->references < 2) return;
  w->known = grow(w, w->known, w->known_count, &w->known_capacity, sizeof(twi_value *));
  if (w->out_of_memory) return;
  w->known[w->known_count++] = value;
  put_memo(w, &value->memo);
}

/* ---- values ---- */

static void put_value(writer *w, twi_value *value);

static void put_items(writer *w, const twi_value *container, char opcode) {
  if (container->as.container.count == 0) return;
  put(w, '(');
  for (size_t i = 0; i < container->as.container.count; ++i) put_value(w, container->as.container.items[i]);
  put(w, opcode);
}

static void put_tuple(writer *w, twi_value *tuple) {
  if (tuple->as.container.count == 0) {
    put(w, ')');
  } else {
    put_items(w, tuple, 't');
  }
  remember(w, tuple);
}

static void put_list(writer *w, twi_value *list) {
  put(w, ']');
  remember(w, list);
  put_items(w, list, 'e');
}

static void put_dict(writer *w, twi_value *dict) {
  put(w, '}');
  remember(w, dict);
  put_items(w, dict, 'u');
}

/* A call of a class with a sequence of the items: '(' with 't', or ']' with 'e'. */
static void put_called(writer *w, twi_value *sequence, int global, char items) {
  put_global(w, global);
  if (items == 'e') put(w, ']');
  if (items == 't' && sequence->as.container.count == 0) put(w, ')');
  put_items(w, sequence, items);
  put(w, (char)0x85); /* TUPLE1 */
  put(w, 'R');
  remember(w, sequence);
}

static void put_size(writer *w, twi_value *size) { put_called(w, size, TWI_GLOBAL_SIZE, 't'); }
static void put_set(writer *w, twi_value *set) { put_called(w, set, TWI_GLOBAL_SET, 'e'); }

static void put_counter(writer *w, twi_value *counter) {
  put_global(w, TWI_GLOBAL_COUNTER);
  put(w, '}');
  put_items(w, counter, 'u');
  put(w, (char)0x85); /* TUPLE1 */
  put(w, 'R');
  remember(w, counter);
}

static void put_empty_ordered_dict(writer *w) {
  put_global(w, TWI_GLOBAL_ORDERED_DICT);
  put(w, ')');
  put(w, 'R');
}

static void put_ordered_dict(writer *w, twi_value *dict) {
  put_empty_ordered_dict(w);
  remember(w, dict);
  put_items(w, dict, 'u');
  if (dict->as.container.attributes == NULL) return;
  put_value(w, dict->as.container.attributes);
  put(w, 'b');
}

/* The storage's number in this pickle, a new one at its first tensor. */
static size_t key_of(writer *w, twi_storage *storage) {
  if (storage->key != 0) return storage->key - 1;
  twi_pickle *out = w->out;
  out->storages = grow(w, out->storages, out->storage_count, &w->storage_capacity, sizeof(twi_storage *));
  if (w->out_of_memory) return 0;
  out->storages[out->storage_count++] = storage;
  storage->key = out->storage_count;
  return storage->key - 1;
}

static void put_storage(writer *w, twi_storage *storage) {
  char key[24];
  snprintf(key, sizeof key, "%zu", key_of(w, storage));
  put(w, '(');
  put_constant(w, TEXT_STORAGE, "storage");
  put_global(w, (int)storage->element);
  put_string(w, key, strlen(key));
  put_constant(w, TEXT_CPU, "cpu");
  put_int(w, (int64_t)(storage->bytes / twi_element_size(storage->element)));
  put(w, 't');
  put(w, 'Q'); /* BINPERSID */
}

static void put_numbers(writer *w, const int64_t *numbers, size_t count) {
  if (count == 0) {
    put(w, ')');
    return;
  }
  put(w, '(');
  for (size_t i = 0; i < count; ++i) put_int(w, numbers[i]);
  put(w, 't');
}

static void put_truth(writer *w, int truth) { put(w, (char)(truth ? 0x88 : 0x89)); }

/* (storage, offset, sizes, strides, requires_grad, hooks), and metadata where a tensor has some */
static void put_tensor_arguments(writer *w, const twi_value_tensor *tensor) {
  put(w, '(');
  put_storage(w, tensor->storage);
  put_int(w, tensor->offset);
  put_numbers(w, tensor->sizes, tensor->dim);
  put_numbers(w, tensor->strides, tensor->dim);
  put_truth(w, tensor->requires_grad && !tensor->parameter);
  put_empty_ordered_dict(w);
  if (tensor->negative) {
    put(w, '}');
    put_string(w, "neg", 3);
    put_truth(w, 1);
    put(w, 's');
  }
  put(w, 't');
}

/* _rebuild_parameter(data, requires_grad, hooks), or _with_state(..., attributes) */
static void put_parameter(writer *w, const twi_value_tensor *tensor) {
  const int has_state = tensor->attributes != NULL;
  put_global(w, has_state ? TWI_GLOBAL_REBUILD_PARAMETER_WITH_STATE : TWI_GLOBAL_REBUILD_PARAMETER);
  put(w, '(');
  put_global(w, TWI_GLOBAL_REBUILD_TENSOR);
  put_tensor_arguments(w, tensor);
  put(w, 'R');
  put_truth(w, tensor->requires_grad);
  put_empty_ordered_dict(w);
  if (has_state) put_value(w, tensor->attributes);
  put(w, 't');
}

/* _rebuild_tensor_v2(...), or with attributes _rebuild_from_type_v2(_rebuild_tensor_v2, Tensor, (...), attributes) */
static void put_plain_tensor(writer *w, const twi_value_tensor *tensor) {
  if (tensor->attributes == NULL) {
    put_global(w, TWI_GLOBAL_REBUILD_TENSOR);
    put_tensor_arguments(w, tensor);
    return;
  }
  put_global(w, TWI_GLOBAL_REBUILD_FROM_TYPE);
  put(w, '(');
  put_global(w, TWI_GLOBAL_REBUILD_TENSOR);
  put_global(w, TWI_GLOBAL_TENSOR_CLASS);
  put_tensor_arguments(w, tensor);
  put_value(w, tensor->attributes);
  put(w, 't');
}

static void put_tensor(writer *w, twi_value *value) {
  if (value->as.tensor.parameter) {
    put_parameter(w, &value->as.tensor);
  } else {
    put_plain_tensor(w, &value->as.tensor);
  }
  put(w, 'R');
  remember(w, value);
}

static void put_object(writer *w, twi_value *object) {
  if (object->as.object.function->as.integer == TWI_GLOBAL_FOREIGN_TENSOR) {
    if (w->foreign == NULL) w->foreign = object;
    return;
  }
  put_value(w, object->as.object.function);
  put_value(w, object->as.object.arguments);
  put(w, 'R');
  remember(w, object);
}

static void put_none(writer *w, twi_value *value) {
  (void)value;
  put(w, 'N');
}

static void put_bool(writer *w, twi_value *value) { put_truth(w, value->as.integer != 0); }
static void put_integer(writer *w, twi_value *value) { put_int(w, value->as.integer); }
static void put_real(writer *w, twi_value *value) { put_double(w, value->as.real); }
static void put_text(writer *w, twi_value *value) { put_string(w, value->as.string.bytes, value->as.string.length); }

static void put_name(writer *w, twi_value *value) { put_global(w, (int)value->as.integer); }
static void put_memory(writer *w, twi_value *value) { put_storage(w, value->as.storage); }

static void put_big_int(writer *w, twi_value *value) {
  const size_t length = value->as.string.length;
  put_number(w, (char)(length <= UINT8_MAX ? 0x8A : 0x8B), length, length <= UINT8_MAX ? 1 : 4); /* LONG1, LONG4 */
  put_bytes(w, value->as.string.bytes, length);
}

static void (*const put_kind[TWI_VALUE_KIND_COUNT])(writer *w, twi_value *value) = {
    [TWI_VALUE_NONE] = put_none,       [TWI_VALUE_BOOL] = put_bool,       [TWI_VALUE_INT] = put_integer,
    [TWI_VALUE_DOUBLE] = put_real,     [TWI_VALUE_STRING] = put_text,     [TWI_VALUE_LIST] = put_list,
    [TWI_VALUE_TUPLE] = put_tuple,     [TWI_VALUE_DICT] = put_dict,       [TWI_VALUE_ORDERED_DICT] = put_ordered_dict,
    [TWI_VALUE_COUNTER] = put_counter, [TWI_VALUE_TENSOR] = put_tensor,   [TWI_VALUE_SIZE] = put_size,
    [TWI_VALUE_SET] = put_set,         [TWI_VALUE_BIG_INT] = put_big_int, [TWI_VALUE_GLOBAL] = put_name,
    [TWI_VALUE_STORAGE] = put_memory,  [TWI_VALUE_OBJECT] = put_object,
};

static void put_value(writer *w, twi_value *value) {
  if (value->memo != 0) {
    get_memo(w, value->memo);
  } else {
    put_kind[value->kind](w, value);
  }
}

int twi_pickle_write(twi_pickle *out, twi_value *root) {
  *out = (twi_pickle){0};
  writer w = {.out = out};
  put_number(&w, (char)0x80, 2, 1);
  put_value(&w, root);
  put(&w, '.');
  for (size_t i = 0; i < w.known_count; ++i) w.known[i]->memo = 0;
  for (size_t i = 0; i < out->storage_count; ++i) out->storages[i]->key = 0;
  free(w.known);
  if (!w.out_of_memory && w.foreign == NULL) return 1;
  twi_pickle_destroy(out);
  out->foreign = w.foreign;
  return 0;
}

void twi_pickle_destroy(twi_pickle *pickle) {
  free(pickle->bytes);
  free(pickle->storages);
  *pickle = (twi_pickle){0};
}
