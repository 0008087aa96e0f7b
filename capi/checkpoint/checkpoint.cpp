/* Checkpoints: making them and putting values in. */
#include "checkpoint/checkpoint.h"

#include "base/handles.h"

namespace tw {

Value new_string(const std::string &text, const char *name) {
  check(twi_utf8_is_valid(text.data(), text.size()), TW_ERROR_ARGUMENT, name, " is not UTF-8");
  return own(twi_value_string(text.data(), text.size()));
}

/* The core says no where memory is out, or to a change of a container that lies in another: a fault of ours. */
void append(const Value &list, Value item) {
  check(!list->placed, TW_ERROR_INTERNAL, "a list was changed after it was put into a container");
  if (!twi_value_append(list.get(), item.release())) throw std::bad_alloc();
}

void set(const Value &dict, Value key, Value item) {
  check(!dict->placed, TW_ERROR_INTERNAL, "a dict was changed after it was put into a container");
  if (!twi_value_set(dict.get(), key.release(), item.release())) throw std::bad_alloc();
}

void set(const Value &dict, const char *key, Value item) { set(dict, new_string(key, "a key"), std::move(item)); }

void put(tw_checkpoint *checkpoint, const char *key, Value value) {
  set(require(checkpoint, "checkpoint").root, new_string(&require(key, "key"), "key"), std::move(value));
}

}  // namespace tw

tw_status tw_checkpoint_create(tw_checkpoint **out) {
  return tw::guard_new(out, [] { return std::make_unique<tw_checkpoint>(); });
}

void tw_checkpoint_free(tw_checkpoint *checkpoint) { delete checkpoint; }

tw_status tw_checkpoint_put_tensor(tw_checkpoint *checkpoint, const char *key, const tw_tensor *tensor) {
  return tw::guard([&] {
    tw::require(checkpoint, "checkpoint");
    tw::put(checkpoint, key, tw::new_tensor_value(*checkpoint, tw::tensor_of(tensor, "tensor")));
  });
}

tw_status tw_checkpoint_put_int64(tw_checkpoint *checkpoint, const char *key, int64_t value) {
  return tw::guard([&] { tw::put(checkpoint, key, tw::new_int(value)); });
}

tw_status tw_checkpoint_put_double(tw_checkpoint *checkpoint, const char *key, double value) {
  return tw::guard([&] { tw::put(checkpoint, key, tw::new_double(value)); });
}

tw_status tw_checkpoint_put_string(tw_checkpoint *checkpoint, const char *key, const char *value) {
  return tw::guard([&] { tw::put(checkpoint, key, tw::new_string(&tw::require(value, "value"), "value")); });
}

tw_status tw_checkpoint_save(const tw_checkpoint *checkpoint, const char *path) {
  return tw::guard([&] { tw::save_checkpoint(tw::require(checkpoint, "checkpoint"), &tw::require(path, "path")); });
}
