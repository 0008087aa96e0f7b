/* What the names of pickle_names.h do: each takes plain values and makes one. */
#include "archive/pickle_build.h"

#include <string.h>

#include "archive/pickle_names.h"

enum { OBJECT_COST = 128 };

/* ---- looking at arguments ---- */

twi_value *twi_pickle_argument(const twi_value *tuple, size_t index, twi_value_kind kind) {
  if (index >= tuple->as.container.count) return NULL;
  twi_value *item = tuple->as.container.items[index];
  return item->kind == kind ? item : NULL;
}

static int is_text(const twi_value *value, const char *text) {
  return value != NULL && value->as.string.length == strlen(text) && strcmp(value->as.string.bytes, text) == 0;
}

static twi_value *fail(twi_pickle_machine *m, const char *what) {
  twi_pickle_fail(m, what);
  return NULL;
}

/* ---- REDUCE ---- */

twi_value *twi_pickle_keep_object(twi_pickle_machine *m, twi_value *function, twi_value *arguments) {
  if (!twi_pickle_charge(m, OBJECT_COST)) return NULL;
  if (arguments->depth >= TWI_PICKLE_DEPTH) return fail(m, "containers lie too deep in one another");
  return twi_value_object(twi_value_retain(function), twi_value_retain(arguments));
}

static twi_value *new_ordered_dict(twi_pickle_machine *m, twi_value *function, twi_value *arguments) {
  (void)function;
  if (arguments->as.container.count > 0) return fail(m, "an OrderedDict is made of something");
  return twi_pickle_charge(m, OBJECT_COST) ? twi_value_dict(TWI_VALUE_ORDERED_DICT) : NULL;
}

/* Counter(dict): its items in another kind of dict. */
static twi_value *new_counter(twi_pickle_machine *m, twi_value *function, twi_value *arguments) {
  (void)function;
  const twi_value *dict = twi_pickle_argument(arguments, 0, TWI_VALUE_DICT);
  if (dict == NULL || arguments->as.container.count != 1) return fail(m, "a Counter is made of what is no dict");
  const size_t count = dict->as.container.count;
  if (!twi_pickle_charge(m, OBJECT_COST + count * sizeof(twi_value *) * 2)) return NULL;
  twi_value *counter = twi_value_dict(TWI_VALUE_COUNTER);
  int good = counter != NULL && twi_pickle_note_dict(m, counter);
  for (size_t i = 0; good && i < count; i += 2)
    good = twi_value_add(counter, twi_value_retain(dict->as.container.items[i]),
                         twi_value_retain(dict->as.container.items[i + 1]));
  if (good) return counter;
  twi_value_release(counter);
  return NULL;
}

/* A container of that kind with the items of another. */
static twi_value *copy_items(twi_pickle_machine *m, twi_value_kind kind, const twi_value *from) {
  const size_t count = from->as.container.count;
  if (!twi_pickle_charge(m, OBJECT_COST + count * sizeof(twi_value *))) return NULL;
  for (size_t i = 0; i < count; ++i) twi_value_retain(from->as.container.items[i]);
  return twi_value_sequence(kind, from->as.container.items, count);
}

static twi_value *new_size(twi_pickle_machine *m, twi_value *function, twi_value *arguments) {
  (void)function;
  const twi_value *sizes = twi_pickle_argument(arguments, 0, TWI_VALUE_TUPLE);
  int good = sizes != NULL && arguments->as.container.count == 1;
  for (size_t i = 0; good && i < sizes->as.container.count; ++i)
    good = sizes->as.container.items[i]->kind == TWI_VALUE_INT;
  return good ? copy_items(m, TWI_VALUE_SIZE, sizes) : fail(m, "a Size is made of what is no tuple of integers");
}

static twi_value *new_set(twi_pickle_machine *m, twi_value *function, twi_value *arguments) {
  (void)function;
  const size_t count = arguments->as.container.count;
  const twi_value *items = count == 0 ? arguments : arguments->as.container.items[0];
  if (count > 1 || !(items->kind == TWI_VALUE_LIST || twi_value_is_tuple(items)))
    return fail(m, "a set is made of what is no list");
  return copy_items(m, TWI_VALUE_SET, items);
}

/* Of TorchScript's pickles: a value with its type, or a list with that of its items, which the items show. */
static twi_value *first_argument(twi_pickle_machine *m, twi_value *function, twi_value *arguments) {
  const int has_tag = function->as.integer == TWI_GLOBAL_RESTORE_TYPE_TAG;
  const int good = has_tag ? twi_pickle_argument(arguments, 1, TWI_VALUE_STRING) != NULL
                           : twi_pickle_argument(arguments, 0, TWI_VALUE_LIST) != NULL;
  if (!good || arguments->as.container.count != (has_tag ? 2 : 1)) return fail(m, "a type is given to nothing");
  return twi_value_retain(arguments->as.container.items[0]);
}

typedef twi_value *(*function_body)(twi_pickle_machine *m, twi_value *function, twi_value *arguments);

/* The functions that make what this library has a type for; those behind TWI_GLOBAL_FIRST_OPAQUE make no such thing. */
static const function_body bodies[TWI_GLOBAL_COUNT] = {
    [TWI_GLOBAL_ORDERED_DICT] = new_ordered_dict,
    [TWI_GLOBAL_COUNTER] = new_counter,
    [TWI_GLOBAL_REBUILD_TENSOR] = twi_pickle_rebuild_tensor,
    [TWI_GLOBAL_REBUILD_TENSOR_V3] = twi_pickle_rebuild_tensor_v3,
    [TWI_GLOBAL_REBUILD_PARAMETER] = twi_pickle_rebuild_parameter,
    [TWI_GLOBAL_REBUILD_PARAMETER_WITH_STATE] = twi_pickle_rebuild_parameter,
    [TWI_GLOBAL_REBUILD_FROM_TYPE] = twi_pickle_rebuild_from_type,
    [TWI_GLOBAL_SIZE] = new_size,
    [TWI_GLOBAL_SET] = new_set,
    [TWI_GLOBAL_RESTORE_TYPE_TAG] = first_argument,
    [TWI_GLOBAL_BUILD_INTLIST] = first_argument,
    [TWI_GLOBAL_BUILD_DOUBLELIST] = first_argument,
    [TWI_GLOBAL_BUILD_BOOLLIST] = first_argument,
    [TWI_GLOBAL_BUILD_TENSORLIST] = first_argument,
};

static twi_value *call(twi_pickle_machine *m, twi_value *function, twi_value *arguments) {
  if (function->kind != TWI_VALUE_GLOBAL || arguments->kind != TWI_VALUE_TUPLE)
    return fail(m, "it calls what is no function");
  const int64_t global = function->as.integer;
  if (bodies[global] != NULL) return bodies[global](m, function, arguments);
  if (global >= TWI_GLOBAL_FIRST_OPAQUE && global < TWI_GLOBAL_FOREIGN_TENSOR)
    return twi_pickle_keep_object(m, function, arguments);
  return fail(m, "it calls a class or dtype that makes nothing");
}

int twi_pickle_reduce(twi_pickle_machine *m) {
  twi_value *arguments = twi_pickle_pop(m);
  twi_value *function = arguments != NULL ? twi_pickle_pop(m) : NULL;
  twi_value *made = function != NULL ? call(m, function, arguments) : NULL;
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
    if (object->kind != TWI_VALUE_ORDERED_DICT || attributes->kind != TWI_VALUE_DICT) {
      twi_pickle_fail(m, "it sets the attributes of what is no OrderedDict");
    } else if (object->as.container.attributes != NULL) {
      twi_pickle_fail(m, "it sets the attributes of an OrderedDict twice");
    } else if (twi_pickle_may_hold(m, object, attributes)) {
      good = twi_value_set_attributes(object, twi_value_retain(attributes));
    }
  }
  twi_value_release(attributes);
  return good;
}

/* ---- BINPERSID: ("storage", class, key, location, count) ---- */

static twi_value *find_storage(twi_pickle_machine *m, const twi_value *tuple) {
  const twi_value *class_of = twi_pickle_argument(tuple, 1, TWI_VALUE_GLOBAL);
  const twi_value *key = twi_pickle_argument(tuple, 2, TWI_VALUE_STRING);
  const twi_value *count = twi_pickle_argument(tuple, 4, TWI_VALUE_INT);
  if (!is_text(twi_pickle_argument(tuple, 0, TWI_VALUE_STRING), "storage") || class_of == NULL || key == NULL ||
      twi_pickle_argument(tuple, 3, TWI_VALUE_STRING) == NULL || count == NULL || tuple->as.container.count != 5 ||
      class_of->as.integer >= TWI_ELEMENT_COUNT || count->as.integer < 0)
    return fail(m, "a storage is named by what names none");
  if (!twi_pickle_charge(m, OBJECT_COST)) return NULL;
  twi_storage *storage = m->storages->find(m->storages->context, key->as.string.bytes, key->as.string.length,
                                           (twi_element)class_of->as.integer, (uint64_t)count->as.integer, m->fault);
  return storage != NULL ? twi_value_storage(storage) : NULL;
}

int twi_pickle_persistent(twi_pickle_machine *m) {
  twi_value *tuple = twi_pickle_pop(m);
  if (tuple == NULL) return 0;
  twi_value *storage =
      tuple->kind == TWI_VALUE_TUPLE ? find_storage(m, tuple) : fail(m, "a storage is named by what names none");
  twi_value_release(tuple);
  return twi_pickle_push(m, storage);
}
