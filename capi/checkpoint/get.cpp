/* Looking into a checkpoint and getting simple values out. */
#include "base/handles.h"
#include "checkpoint/checkpoint.h"
#include "value/value.h"

namespace tw {
namespace {

/* The keys that are strings, in their order. */
std::vector<const twi_value *> string_keys(const tw_checkpoint *checkpoint) {
  const twi_value &root = *require(checkpoint, "checkpoint").root;
  std::vector<const twi_value *> keys;
  for (size_t i = 0; twi_value_is_dict(&root) && i < root.as.container.count; i += 2)
    if (root.as.container.items[i]->kind == TWI_VALUE_STRING) keys.push_back(root.as.container.items[i]);
  return keys;
}

}  // namespace
}  // namespace tw

/* ---- looking into a checkpoint ---- */

tw_status tw_checkpoint_get_kind(tw_kind *out, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard_value(out, [&] { return tw::kind_of(tw::find_value(checkpoint, key)); });
}

tw_status tw_checkpoint_get_key_count(size_t *out, const tw_checkpoint *checkpoint) {
  return tw::guard_value(out, [&] { return tw::string_keys(checkpoint).size(); });
}

tw_status tw_checkpoint_get_key(char *out, size_t capacity, size_t *needed, const tw_checkpoint *checkpoint,
                                size_t index) {
  if (needed != nullptr) *needed = 0;
  return tw::guard([&] {
    const auto keys = tw::string_keys(checkpoint);
    tw::check(index < keys.size(), TW_ERROR_RANGE, "index is ", index, ", but there are ", keys.size(), " keys");
    tw::copy_text(out, capacity, needed, tw::string_of(*keys[index], "key"));
  });
}

/* ---- getting values out ---- */

tw_status tw_checkpoint_get_tensor(tw_tensor **out, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard_new(out, [&] {
    const twi_value &value = tw::find_value(checkpoint, key);
    return tw::new_tensor(tw::loaded_tensor(*checkpoint, tw::tensor_value_of(value, tw::quoted(key))));
  });
}

tw_status tw_checkpoint_get_int64(int64_t *out, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard_value(out, [&] { return tw::int64_of(tw::find_value(checkpoint, key), tw::quoted(key)); });
}

tw_status tw_checkpoint_get_double(double *out, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard_value(out, [&] { return tw::double_of(tw::find_value(checkpoint, key), tw::quoted(key)); });
}

tw_status tw_checkpoint_get_string(char *out, size_t capacity, size_t *needed, const tw_checkpoint *checkpoint,
                                   const char *key) {
  if (needed != nullptr) *needed = 0;
  return tw::guard(
      [&] { tw::copy_text(out, capacity, needed, tw::string_of(tw::find_value(checkpoint, key), tw::quoted(key))); });
}
