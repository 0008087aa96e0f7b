/* A checkpoint of a part of another, or of names without their prefix. */
#include "checkpoint/stored_value.h"

namespace tw {
namespace {

std::string name_of(const twi_value &key) { return {key.as.string.bytes, key.as.string.length}; }

Value share(const twi_value &value) { return Value(twi_value_retain(const_cast<twi_value *>(&value))); }

/* The entries that rename gives a name, under that name. */
template <class Rename>
Value renamed(const twi_value &dict, Rename &&rename) {
  const auto &items = dict.as.container;
  Value made = new_dict(dict.kind);
  for (size_t i = 0; i < items.count; i += 2) {
    const bool is_name = items.items[i]->kind == TWI_VALUE_STRING;
    const std::optional<std::string> name = is_name ? rename(name_of(*items.items[i])) : std::nullopt;
    if (name.has_value()) set(made, new_string(*name, "a key"), share(*items.items[i + 1]));
  }
  return made;
}

/* "model.0" becomes "0", and "model" the whole, whose name is empty. */
Value metadata_without(const twi_value &metadata, const std::string &prefix) {
  return renamed(metadata, [&](const std::string &path) -> std::optional<std::string> {
    if (path + "." == prefix) return "";
    if (path.compare(0, prefix.size(), prefix) != 0) return std::nullopt;
    return path.substr(prefix.size());
  });
}

Value attributes_without(const twi_value &attributes, const std::string &prefix) {
  const twi_value *metadata = twi_value_find(&attributes, "_metadata");
  if (metadata == nullptr || !twi_value_is_dict(metadata)) return share(attributes);
  Value made = own(twi_value_copy_dict(&attributes));
  set(made, "_metadata", metadata_without(*metadata, prefix));
  return made;
}

Value without_prefix(const twi_value &dict, const std::string &prefix) {
  Value made = renamed(dict, [&](const std::string &name) -> std::optional<std::string> {
    if (name.size() <= prefix.size() || name.compare(0, prefix.size(), prefix) != 0) return std::nullopt;
    return name.substr(prefix.size());
  });
  check(made->as.container.count > 0, TW_ERROR_NOT_FOUND, "no key begins with \"", prefix, "\"; ",
        names_there_are(keys_of(dict)));
  const twi_value *attributes = dict.as.container.attributes;
  if (attributes != nullptr && !twi_value_set_attributes(made.get(), attributes_without(*attributes, prefix).release()))
    throw std::bad_alloc();
  return made;
}

std::unique_ptr<tw_checkpoint> checkpoint_of(const tw_value &value, const char *prefix) {
  auto made = std::make_unique<tw_checkpoint>();
  made->memory->file = file_of(value);
  made->root = tree_of(made->memory, value);
  if (prefix != nullptr) made->root = without_prefix(dict_of(*made->root, "value"), prefix);
  return made;
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_from_value(tw_checkpoint **out, const tw_value *value, const char *prefix) {
  return tw::guard_new(out, [&] { return tw::checkpoint_of(tw::require(value, "value"), prefix); });
}
