/* Checkpoints: looking into them and getting values out. */
#include <ATen/ATen.h>

#include "base/handles.h"
#include "checkpoint/checkpoint.h"
#include "tensor/dtype.h"

namespace tw {
namespace {

tw_checkpoint_kind kind_of(const twi_value &value) {
  switch (value.kind) {
    case TWI_VALUE_NONE:
      return TW_CHECKPOINT_NONE;
    case TWI_VALUE_BOOL:
      return TW_CHECKPOINT_BOOL;
    case TWI_VALUE_INT:
      return TW_CHECKPOINT_INT64;
    case TWI_VALUE_DOUBLE:
      return TW_CHECKPOINT_DOUBLE;
    case TWI_VALUE_STRING:
      return TW_CHECKPOINT_STRING;
    case TWI_VALUE_TENSOR:
      return TW_CHECKPOINT_TENSOR;
    case TWI_VALUE_LIST:
    case TWI_VALUE_TUPLE:
      return TW_CHECKPOINT_LIST;
    default:
      return TW_CHECKPOINT_DICT;
  }
}

/* The keys that are strings, in their order. */
std::vector<const twi_value *> string_keys(const tw_checkpoint &checkpoint) {
  std::vector<const twi_value *> keys;
  const auto &items = checkpoint.root->as.container;
  for (size_t i = 0; i < items.count; i += 2)
    if (items.items[i]->kind == TWI_VALUE_STRING) keys.push_back(items.items[i]);
  return keys;
}

void check_same(const twi_value_tensor &from, const at::Tensor &to, const std::string &name) {
  check(sizes_of(from) == to.sizes(), TW_ERROR_ARGUMENT, name, " has the sizes ", sizes_of(from), "; the tensor's are ",
        to.sizes());
  const auto type = scalar_type_of(static_cast<tw_dtype>(from.storage->element));
  check(type == to.scalar_type(), TW_ERROR_TYPE, name, " is of type ", type, "; the tensor's is ", to.scalar_type());
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_load(tw_checkpoint **out, const char *path) {
  return tw::guard_new(out, [&] { return tw::load_checkpoint(&tw::require(path, "path")); });
}

/* ---- looking into a checkpoint ---- */

tw_status tw_checkpoint_has(int32_t *out, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard_value(out, [&] {
    const twi_value *root = tw::require(checkpoint, "checkpoint").root.get();
    return twi_value_find(root, &tw::require(key, "key")) != nullptr;
  });
}

tw_status tw_checkpoint_get_kind(tw_checkpoint_kind *out, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard_value(out, [&] { return tw::kind_of(tw::find_value(checkpoint, key)); });
}

tw_status tw_checkpoint_key_count(size_t *out, const tw_checkpoint *checkpoint) {
  return tw::guard_value(out, [&] { return tw::string_keys(tw::require(checkpoint, "checkpoint")).size(); });
}

tw_status tw_checkpoint_get_key(char *out, size_t capacity, size_t *length, const tw_checkpoint *checkpoint,
                                size_t index) {
  if (length != nullptr) *length = 0;
  return tw::guard([&] {
    const auto keys = tw::string_keys(tw::require(checkpoint, "checkpoint"));
    tw::check(index < keys.size(), TW_ERROR_RANGE, "index is ", index, ", but there are ", keys.size(), " keys");
    tw::copy_text(out, capacity, length, tw::string_of(*keys[index], "key"));
  });
}

/* ---- getting values out ---- */

tw_status tw_checkpoint_get_tensor(const tw_checkpoint *checkpoint, const char *key, tw_tensor *tensor) {
  return tw::guard([&] {
    const at::Tensor &to = tw::tensor_of(tensor, "tensor");
    const twi_value_tensor &from = tw::tensor_value_of(tw::find_value(checkpoint, key), tw::quoted(key));
    tw::check_same(from, to, tw::quoted(key));
    to.detach().copy_(tw::read_tensor(*checkpoint, from));
  });
}

tw_status tw_checkpoint_read_tensor(tw_tensor **out, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard_new(out, [&] {
    const twi_value &value = tw::find_value(checkpoint, key);
    return tw::new_tensor(tw::read_tensor(*checkpoint, tw::tensor_value_of(value, tw::quoted(key))));
  });
}

tw_status tw_checkpoint_get_int64(int64_t *out, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard_value(out, [&] { return tw::int64_of(tw::find_value(checkpoint, key), tw::quoted(key)); });
}

tw_status tw_checkpoint_get_double(double *out, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard_value(out, [&] { return tw::double_of(tw::find_value(checkpoint, key), tw::quoted(key)); });
}

tw_status tw_checkpoint_get_string(char *out, size_t capacity, size_t *length, const tw_checkpoint *checkpoint,
                                   const char *key) {
  if (length != nullptr) *length = 0;
  return tw::guard(
      [&] { tw::copy_text(out, capacity, length, tw::string_of(tw::find_value(checkpoint, key), tw::quoted(key))); });
}
