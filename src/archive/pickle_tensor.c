/* Tensors and parameters in a pickle: those of types of ours become tensors, with all that the pickle says of them; the rest
   are kept as the pickle has them. */
#include <inttypes.h>
#include <string.h>

#include "archive/pickle_build.h"
#include "archive/pickle_names.h"

enum { LARGEST_DIM = 64, TENSOR_COST = 128 };

/* What a tensor is rebuilt from. */
typedef struct tensor_parts {
  twi_storage *storage;
  int64_t offset;
  size_t dim;
  int64_t sizes[LARGEST_DIM], strides[LARGEST_DIM];
} tensor_parts;

/* The numbers of a tuple of integers; 0 where it is another. */
static int take_integers(int64_t *out, const twi_value *tuple) {
  for (size_t i = 0; i < tuple->as.container.count; ++i) {
    const twi_value *item = twi_pickle_argument(tuple, i, TWI_VALUE_INT);
    if (item == NULL) return 0;
    out[i] = item->as.integer;
  }
  return 1;
}

static const twi_value *tuple_argument(const twi_value *arguments, size_t index) {
  const twi_value *found = twi_pickle_argument(arguments, index, TWI_VALUE_TUPLE);
  return found != NULL ? found : twi_pickle_argument(arguments, index, TWI_VALUE_SIZE);
}

/* *total += count * step; 0 where any of them is negative or 63 bits do not hold the result. */
static int advance(int64_t *total, int64_t count, int64_t step) {
  if (count < 0 || step < 0 || *total < 0) return 0;
  if (step != 0 && count > (INT64_MAX - *total) / step) return 0;
  *total += count * step;
  return 1;
}

/* Whether a tensor looks at elements of its storage alone, and has no more than 64 bits can count the bytes of. */
static int fits(const tensor_parts *tensor) {
  const uint64_t room = tensor->storage->bytes / twi_element_size(tensor->storage->element);
  int64_t last = tensor->offset, count = (int64_t)twi_element_size(TWI_ELEMENT_COMPLEX128);
  int empty = 0;
  for (size_t i = 0; i < tensor->dim; ++i) {
    if (tensor->sizes[i] < 0 || tensor->strides[i] < 0) return 0;
    empty |= tensor->sizes[i] == 0;
  }
  for (size_t i = 0; i < tensor->dim && !empty; ++i) {
    int64_t product = 0;
    if (!advance(&last, tensor->sizes[i] - 1, tensor->strides[i]) || !advance(&product, tensor->sizes[i], count))
      return 0;
    count = product;
  }
  return tensor->offset >= 0 && (empty ? (uint64_t)tensor->offset <= room : (uint64_t)last < room);
}

static int fail_misfit(twi_pickle_machine *m, const tensor_parts *tensor) {
  twi_fault_format(m->fault,
                   "its pickle has, before byte %zu, a tensor of %zu dimensions that reaches beyond its storage of "
                   "%" PRIu64 " bytes",
                   (size_t)(m->at - m->start), tensor->dim, tensor->storage->bytes);
  return 0;
}

static int take_parts(twi_pickle_machine *m, tensor_parts *out, const twi_value *arguments) {
  const twi_value *storage = twi_pickle_argument(arguments, 0, TWI_VALUE_STORAGE);
  const twi_value *offset = twi_pickle_argument(arguments, 1, TWI_VALUE_INT);
  const twi_value *sizes = tuple_argument(arguments, 2), *strides = tuple_argument(arguments, 3);
  const size_t count = arguments->as.container.count;
  if (storage == NULL || offset == NULL || sizes == NULL || strides == NULL ||
      twi_pickle_argument(arguments, 4, TWI_VALUE_BOOL) == NULL || count < 6 || count > 7 ||
      sizes->as.container.count > LARGEST_DIM || sizes->as.container.count != strides->as.container.count ||
      !take_integers(out->sizes, sizes) || !take_integers(out->strides, strides)) {
    twi_pickle_fail(m, "a tensor is rebuilt from what makes none");
    return 0;
  }
  out->storage = storage->as.storage;
  out->offset = offset->as.integer;
  out->dim = sizes->as.container.count;
  return fits(out) || fail_misfit(m, out);
}

/* ---- what is said of a tensor beside its elements ---- */

static int is_empty(const twi_value *value) {
  if (value->kind == TWI_VALUE_NONE) return 1;
  return (twi_value_is_sequence(value) || twi_value_is_dict(value)) && value->as.container.count == 0 &&
         value->as.container.attributes == NULL;
}

static int is_key(const twi_value *key, const char *text) {
  return key->kind == TWI_VALUE_STRING && key->as.string.length == strlen(text) &&
         memcmp(key->as.string.bytes, text, key->as.string.length) == 0;
}

/* Reads {"neg": True}; 0 where something else is said. */
static int take_metadata(uint8_t *negative, const twi_value *metadata) {
  if (metadata->kind == TWI_VALUE_NONE) return 1;
  if (!twi_value_is_dict(metadata)) return 0;
  for (size_t i = 0; i < metadata->as.container.count; i += 2) {
    const twi_value *key = metadata->as.container.items[i], *value = metadata->as.container.items[i + 1];
    if (value->kind != TWI_VALUE_BOOL) return 0;
    if (is_key(key, "neg")) {
      *negative = value->as.integer != 0;
    } else if (value->as.integer != 0 || !is_key(key, "conj")) {
      return 0;
    }
  }
  return 1;
}

static int is_floating(twi_element element) {
  return element == TWI_ELEMENT_FLOAT16 || element == TWI_ELEMENT_BFLOAT16 || element == TWI_ELEMENT_FLOAT32 ||
         element == TWI_ELEMENT_FLOAT64;
}

/* Sets what the arguments say of the tensor; 0 where it is more than a tensor of ours can be. */
static int take_flags(twi_value_tensor *tensor, const twi_value *arguments) {
  twi_value *const *items = arguments->as.container.items;
  tensor->requires_grad = items[4]->as.integer != 0;
  if (!is_empty(items[5])) return 0;
  if (arguments->as.container.count > 6 && !take_metadata(&tensor->negative, items[6])) return 0;
  return is_floating(tensor->storage->element) || !(tensor->requires_grad || tensor->negative);
}

/* ---- the functions ---- */

/* _rebuild_tensor_v2(storage, offset, sizes, strides, requires_grad, hooks, metadata = None) */
twi_value *twi_pickle_rebuild_tensor(twi_pickle_machine *m, twi_value *function, twi_value *arguments) {
  tensor_parts parts;
  if (!take_parts(m, &parts, arguments)) return NULL;
  if (parts.storage->element > TWI_ELEMENT_BOOL) return twi_pickle_keep_object(m, function, arguments);
  if (!twi_pickle_charge(m, TENSOR_COST + parts.dim * 2 * sizeof(int64_t))) return NULL;
  twi_value *tensor =
      twi_value_tensor_new(twi_storage_retain(parts.storage), parts.offset, parts.dim, parts.sizes, parts.strides);
  if (tensor == NULL || take_flags(&tensor->as.tensor, arguments)) return tensor;
  twi_value_release(tensor);
  return twi_pickle_keep_object(m, function, arguments);
}

static twi_value *with_attributes(twi_pickle_machine *m, twi_value *tensor, twi_value *attributes) {
  if (tensor == NULL || attributes == NULL || is_empty(attributes)) return tensor;
  if (twi_pickle_may_hold(m, tensor, attributes) && twi_value_set_attributes(tensor, twi_value_retain(attributes)))
    return tensor;
  twi_value_release(tensor);
  return NULL;
}

/* _rebuild_parameter(data, requires_grad, hooks), and _with_state(..., state) */
twi_value *twi_pickle_rebuild_parameter(twi_pickle_machine *m, twi_value *function, twi_value *arguments) {
  const int has_state = function->as.integer == TWI_GLOBAL_REBUILD_PARAMETER_WITH_STATE;
  const twi_value *data = twi_pickle_argument(arguments, 0, TWI_VALUE_TENSOR);
  const twi_value *requires_grad = twi_pickle_argument(arguments, 1, TWI_VALUE_BOOL);
  twi_value *const *items = arguments->as.container.items;
  const int is_opaque = twi_pickle_argument(arguments, 0, TWI_VALUE_OBJECT) != NULL;
  if ((data == NULL && !is_opaque) || requires_grad == NULL || arguments->as.container.count != (has_state ? 4 : 3)) {
    twi_pickle_fail(m, "a parameter is rebuilt from what is no tensor");
    return NULL;
  }
  const int is_ours = data != NULL && data->as.tensor.attributes == NULL && is_empty(items[2]) &&
                      (is_floating(data->as.tensor.storage->element) || requires_grad->as.integer == 0);
  if (!is_ours) return twi_pickle_keep_object(m, function, arguments);
  if (!twi_pickle_charge(m, TENSOR_COST + data->as.tensor.dim * 2 * sizeof(int64_t))) return NULL;
  twi_value *parameter = twi_value_copy_tensor(data);
  if (parameter == NULL) return NULL;
  parameter->as.tensor.parameter = 1;
  parameter->as.tensor.requires_grad = requires_grad->as.integer != 0;
  return with_attributes(m, parameter, has_state ? items[3] : NULL);
}

/* _rebuild_from_type_v2(function, type, arguments, state): a tensor with attributes. */
twi_value *twi_pickle_rebuild_from_type(twi_pickle_machine *m, twi_value *function, twi_value *arguments) {
  twi_value *inner = twi_pickle_argument(arguments, 0, TWI_VALUE_GLOBAL);
  const twi_value *type = twi_pickle_argument(arguments, 1, TWI_VALUE_GLOBAL);
  twi_value *inner_arguments = twi_pickle_argument(arguments, 2, TWI_VALUE_TUPLE);
  if (inner == NULL || type == NULL || inner_arguments == NULL || arguments->as.container.count != 4) {
    twi_pickle_fail(m, "a tensor is rebuilt from what makes none");
    return NULL;
  }
  if (inner->as.integer != TWI_GLOBAL_REBUILD_TENSOR || type->as.integer != TWI_GLOBAL_TENSOR_CLASS)
    return twi_pickle_keep_object(m, function, arguments);
  twi_value *tensor = twi_pickle_rebuild_tensor(m, inner, inner_arguments);
  if (tensor == NULL || tensor->kind == TWI_VALUE_TENSOR)
    return with_attributes(m, tensor, arguments->as.container.items[3]);
  twi_value_release(tensor);
  return twi_pickle_keep_object(m, function, arguments);
}

/* ---- bytes in the other order ---- */

/* _rebuild_tensor_v3(storage, ..., dtype): only its dtype says how long the numbers in its storage are. */
twi_value *twi_pickle_rebuild_tensor_v3(twi_pickle_machine *m, twi_value *function, twi_value *arguments) {
  static const struct {
    const char *dtype;
    size_t size;
  } sizes[] = {{"torch\nuint16", 2},    {"torch\nuint32", 4},     {"torch\nuint64", 8},
               {"torch\ncomplex32", 2}, {"torch\nbcomplex32", 2}, {"torch\nbits16", 2}};
  const twi_value *storage = twi_pickle_argument(arguments, 0, TWI_VALUE_STORAGE);
  const twi_value *dtype = twi_pickle_argument(arguments, 6, TWI_VALUE_GLOBAL);
  if (storage == NULL || dtype == NULL) {
    twi_pickle_fail(m, "a tensor is rebuilt from what makes none");
    return NULL;
  }
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes && storage->as.storage->swapped != 0; ++i)
    if (strcmp(twi_pickle_name((int)dtype->as.integer), sizes[i].dtype) == 0)
      storage->as.storage->swapped = sizes[i].size;
  return twi_pickle_keep_object(m, function, arguments);
}
