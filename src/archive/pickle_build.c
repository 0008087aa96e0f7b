/* What the names of pickle_names.h do: each takes plain values and makes one. */
#include <inttypes.h>
#include <string.h>

#include "archive/pickle_machine.h"
#include "archive/pickle_names.h"

enum { LARGEST_DIM = 64, TENSOR_COST = 128 };

/* ---- looking at arguments ---- */

/* The item of a tuple, where it is of that kind; NULL otherwise. */
static twi_value *argument(const twi_value *tuple, size_t index, twi_value_kind kind) {
  if (index >= tuple->as.container.count) return NULL;
  twi_value *item = tuple->as.container.items[index];
  return item->kind == kind ? item : NULL;
}

static int is_text(const twi_value *value, const char *text) {
  return value != NULL && value->as.string.length == strlen(text) && strcmp(value->as.string.bytes, text) == 0;
}

/* The numbers of a tuple of integers; 0 where it is another. */
static int take_integers(int64_t *out, const twi_value *tuple) {
  for (size_t i = 0; i < tuple->as.container.count; ++i) {
    const twi_value *item = argument(tuple, i, TWI_VALUE_INT);
    if (item == NULL) return 0;
    out[i] = item->as.integer;
  }
  return 1;
}

/* ---- tensors ---- */

/* *total += count * step; 0 where any of them is negative or 63 bits do not hold the result. */
static int advance(int64_t *total, int64_t count, int64_t step) {
  if (count < 0 || step < 0 || *total < 0) return 0;
  if (step != 0 && count > (INT64_MAX - *total) / step) return 0;
  *total += count * step;
  return 1;
}

/* Whether a tensor looks at elements of its storage alone, and has no more than 64 bits can count the bytes of. */
static int fits(const twi_storage *storage, int64_t offset, size_t dim, const int64_t *sizes, const int64_t *strides) {
  const uint64_t room = storage->bytes / twi_element_size(storage->element);
  int64_t last = offset, count = 8;
  int empty = 0;
  for (size_t i = 0; i < dim; ++i) {
    if (sizes[i] < 0 || strides[i] < 0) return 0;
    empty |= sizes[i] == 0;
  }
  for (size_t i = 0; i < dim && !empty; ++i) {
    int64_t product = 0;
    if (!advance(&last, sizes[i] - 1, strides[i]) || !advance(&product, sizes[i], count)) return 0;
    count = product;
  }
  return offset >= 0 && (empty ? (uint64_t)offset <= room : (uint64_t)last < room);
}

static int fail_misfit(twi_pickle_machine *m, const twi_storage *storage, const twi_value *tuple) {
  return twi_fault_format(m->fault,
                          "its pickle has, before byte %zu, a tensor of %zu dimensions that reaches beyond its storage "
                          "of %" PRIu64 " bytes",
                          (size_t)(m->at - m->start), tuple->as.container.count, storage->bytes);
}

/* _rebuild_tensor_v2(storage, offset, sizes, strides, requires_grad, hooks) */
static twi_value *rebuild_tensor(twi_pickle_machine *m, const twi_value *arguments) {
  const twi_value *storage = argument(arguments, 0, TWI_VALUE_STORAGE), *offset = argument(arguments, 1, TWI_VALUE_INT);
  const twi_value *sizes = argument(arguments, 2, TWI_VALUE_TUPLE), *strides = argument(arguments, 3, TWI_VALUE_TUPLE);
  int64_t numbers[2][LARGEST_DIM];
  if (storage == NULL || offset == NULL || sizes == NULL || strides == NULL ||
      argument(arguments, 4, TWI_VALUE_BOOL) == NULL || sizes->as.container.count > LARGEST_DIM ||
      sizes->as.container.count != strides->as.container.count || !take_integers(numbers[0], sizes) ||
      !take_integers(numbers[1], strides)) {
    twi_pickle_fail(m, "a tensor is rebuilt from what makes none");
    return NULL;
  }
  const size_t dim = sizes->as.container.count;
  twi_storage *bytes = storage->as.storage;
  if (!fits(bytes, offset->as.integer, dim, numbers[0], numbers[1])) {
    fail_misfit(m, bytes, sizes);
    return NULL;
  }
  if (!twi_pickle_charge(m, TENSOR_COST + dim * 2 * sizeof(int64_t))) return NULL;
  return twi_value_tensor_new(twi_storage_retain(bytes), offset->as.integer, dim, numbers[0], numbers[1]);
}

/* ---- REDUCE ---- */

static twi_value *rebuild_parameter(twi_pickle_machine *m, const twi_value *arguments) {
  twi_value *tensor = argument(arguments, 0, TWI_VALUE_TENSOR);
  if (tensor != NULL) return twi_value_retain(tensor);
  twi_pickle_fail(m, "a parameter is rebuilt from what is no tensor");
  return NULL;
}

static twi_value *new_ordered_dict(twi_pickle_machine *m, const twi_value *arguments) {
  if (arguments->as.container.count == 0)
    return twi_pickle_charge(m, TENSOR_COST) ? twi_value_dict(TWI_VALUE_ORDERED_DICT) : NULL;
  twi_pickle_fail(m, "an OrderedDict is made of something");
  return NULL;
}

/* Counter(dict): its items in another kind of dict. */
static twi_value *new_counter(twi_pickle_machine *m, const twi_value *arguments) {
  const twi_value *dict = argument(arguments, 0, TWI_VALUE_DICT);
  if (dict == NULL || dict->passing) {
    twi_pickle_fail(m, "a Counter is made of what is no dict");
    return NULL;
  }
  const size_t count = dict->as.container.count;
  if (!twi_pickle_charge(m, TENSOR_COST + count * sizeof(twi_value *) * 2)) return NULL;
  twi_value *counter = twi_value_dict(TWI_VALUE_COUNTER);
  int good = counter != NULL && twi_pickle_note_dict(m, counter);
  for (size_t i = 0; good && i < count; i += 2)
    good = twi_value_add(counter, twi_value_retain(dict->as.container.items[i]),
                         twi_value_retain(dict->as.container.items[i + 1]));
  if (good) return counter;
  twi_value_release(counter);
  return NULL;
}

static twi_value *new_size(twi_pickle_machine *m, const twi_value *arguments) {
  twi_value *sizes = argument(arguments, 0, TWI_VALUE_TUPLE);
  if (sizes != NULL && !sizes->passing) return twi_value_retain(sizes);
  twi_pickle_fail(m, "a Size is made of what is no tuple");
  return NULL;
}

static twi_value *call(twi_pickle_machine *m, int64_t global, const twi_value *arguments) {
  switch (global) {
    case TWI_GLOBAL_ORDERED_DICT:
      return new_ordered_dict(m, arguments);
    case TWI_GLOBAL_COUNTER:
      return new_counter(m, arguments);
    case TWI_GLOBAL_REBUILD_TENSOR:
      return rebuild_tensor(m, arguments);
    case TWI_GLOBAL_REBUILD_PARAMETER:
      return rebuild_parameter(m, arguments);
    case TWI_GLOBAL_SIZE:
      return new_size(m, arguments);
    default:
      twi_pickle_fail(m, "it calls a storage class");
      return NULL;
  }
}

int twi_pickle_reduce(twi_pickle_machine *m) {
  twi_value *arguments = twi_pickle_pop(m);
  twi_value *function = arguments != NULL ? twi_pickle_pop(m) : NULL;
  twi_value *made = NULL;
  if (function != NULL && (function->kind != TWI_VALUE_GLOBAL || arguments->kind != TWI_VALUE_TUPLE)) {
    twi_pickle_fail(m, "it calls what is no function");
  } else if (function != NULL) {
    made = call(m, function->as.integer, arguments);
  }
  twi_value_release(arguments);
  twi_value_release(function);
  return twi_pickle_push(m, made); /* whose fault for NULL comes second to one that was found above */
}

/* ---- BUILD: the attributes of an OrderedDict ---- */

int twi_pickle_build(twi_pickle_machine *m) {
  twi_value *attributes = twi_pickle_pop(m);
  twi_value *object = attributes != NULL ? twi_pickle_top(m) : NULL;
  int good = 0;
  if (object != NULL) {
    if (object->kind != TWI_VALUE_ORDERED_DICT || attributes->kind != TWI_VALUE_DICT || attributes->passing) {
      twi_pickle_fail(m, "it sets the attributes of what is no OrderedDict");
    } else if (twi_pickle_may_hold(m, object, attributes)) {
      good = twi_value_set_attributes(object, twi_value_retain(attributes));
    }
  }
  twi_value_release(attributes);
  return good;
}

/* ---- BINPERSID: ("storage", class, key, location, count) ---- */

static twi_value *find_storage(twi_pickle_machine *m, const twi_value *tuple) {
  const twi_value *class_of = argument(tuple, 1, TWI_VALUE_GLOBAL), *key = argument(tuple, 2, TWI_VALUE_STRING);
  const twi_value *count = argument(tuple, 4, TWI_VALUE_INT);
  if (!is_text(argument(tuple, 0, TWI_VALUE_STRING), "storage") || class_of == NULL || key == NULL || count == NULL ||
      class_of->as.integer > TWI_ELEMENT_BOOL || count->as.integer < 0) {
    twi_pickle_fail(m, "a storage is named by what names none");
    return NULL;
  }
  if (!twi_pickle_charge(m, TENSOR_COST)) return NULL;
  twi_storage *storage = m->storages->find(m->storages->context, key->as.string.bytes, key->as.string.length,
                                           (twi_element)class_of->as.integer, (uint64_t)count->as.integer, m->fault);
  return storage != NULL ? twi_value_storage(storage) : NULL;
}

int twi_pickle_persistent(twi_pickle_machine *m) {
  twi_value *tuple = twi_pickle_pop(m);
  if (tuple == NULL) return 0;
  twi_value *storage = NULL;
  if (tuple->kind == TWI_VALUE_TUPLE) {
    storage = find_storage(m, tuple);
  } else {
    twi_pickle_fail(m, "a storage is named by what names none");
  }
  twi_value_release(tuple);
  return twi_pickle_push(m, storage);
}
