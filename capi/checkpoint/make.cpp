/* Making the values that a checkpoint holds. */
#include "checkpoint/checkpoint.h"

namespace tw {

Value new_string(const std::string &text, const char *name) {
  check(twi_utf8_is_valid(text.data(), text.size()), TW_ERROR_ARGUMENT, name, " is not UTF-8");
  return own(twi_value_string(text.data(), text.size()));
}

Value new_tuple(const Value &list) {
  const auto &items = list->as.container;
  for (size_t i = 0; i < items.count; ++i) twi_value_retain(items.items[i]);
  return own(twi_value_tuple(items.items, items.count));
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

void add(const Value &dict, Value key, Value item) {
  check(!dict->placed, TW_ERROR_INTERNAL, "a dict was changed after it was put into a container");
  if (!twi_value_add(dict.get(), key.release(), item.release())) throw std::bad_alloc();
}

void set(const Value &dict, const char *key, Value item) { set(dict, new_string(key, "a key"), std::move(item)); }

const Value &writable_root(tw_checkpoint &checkpoint) {
  const twi_value &root = dict_of(*checkpoint.root, quoted(nullptr));
  if (root.references > 1 || root.placed) checkpoint.root = own(twi_value_copy_dict(&root));
  return checkpoint.root;
}

void put(tw_checkpoint *checkpoint, const char *key, Value value) {
  Value name = new_string(&require(key, "key"), "key");
  set(writable_root(require(checkpoint, "checkpoint")), std::move(name), std::move(value));
}

}  // namespace tw
