/* Looking at the values of a checkpoint. */
#include <array>
#include <vector>

#include "checkpoint/checkpoint.h"
#include "value/value.h"

namespace tw {
namespace {

constexpr std::array<tw_kind, TWI_VALUE_SET> kinds = {
    TW_KIND_NONE,  TW_KIND_BOOL, TW_KIND_INT64, TW_KIND_DOUBLE, TW_KIND_STRING, TW_KIND_LIST,
    TW_KIND_TUPLE, TW_KIND_DICT, TW_KIND_DICT,  TW_KIND_DICT,   TW_KIND_TENSOR, TW_KIND_TUPLE,
};
static_assert(TWI_VALUE_NONE == 0 && TWI_VALUE_SIZE == 11, "a kind of the core's each");

[[noreturn]] void fail_kind(const twi_value &value, const std::string &name, const char *wanted) {
  if (is_opaque(value)) fail(TW_ERROR_UNSUPPORTED, name, " ", refusal_of(value));
  tw::fail_kind(kind_of(value), name, wanted);
}

}  // namespace

std::vector<std::string> keys_of(const twi_value &dict) {
  std::vector<std::string> keys;
  for (size_t i = 0; i < dict.as.container.count && keys.size() <= most_names; i += 2) {
    const twi_value &key = *dict.as.container.items[i];
    if (key.kind == TWI_VALUE_STRING) keys.emplace_back(key.as.string.bytes, key.as.string.length);
  }
  return keys;
}

tw_kind kind_of(const twi_value &value) { return is_opaque(value) ? TW_KIND_OTHER : kinds[value.kind]; }

const twi_value &find_item(const twi_value &dict, const char *key, const std::string &name, tw_status failure) {
  const twi_value *item = twi_value_find(&dict, key);
  if (item == nullptr) fail(failure, name, " has no key \"", key, "\"; ", names_there_are(keys_of(dict)));
  return *item;
}

const twi_value &find_value(const tw_checkpoint *checkpoint, const char *key) {
  const twi_value &root = *require(checkpoint, "checkpoint").root;
  if (key == nullptr) return root;
  return find_item(dict_of(root, quoted(nullptr)), key, quoted(nullptr), TW_ERROR_NOT_FOUND);
}

int64_t int64_of(const twi_value &value, const std::string &name) {
  if (value.kind != TWI_VALUE_INT && value.kind != TWI_VALUE_BOOL) fail_kind(value, name, "an int");
  return value.as.integer;
}

double double_of(const twi_value &value, const std::string &name) {
  if (value.kind == TWI_VALUE_DOUBLE) return value.as.real;
  if (value.kind != TWI_VALUE_INT) fail_kind(value, name, "a float");
  return require_exact_double(value.as.integer, name);
}

std::string string_of(const twi_value &value, const std::string &name) {
  if (value.kind != TWI_VALUE_STRING) fail_kind(value, name, "a str");
  return std::string(value.as.string.bytes, value.as.string.length);
}

const twi_value &dict_of(const twi_value &value, const std::string &name) {
  if (!twi_value_is_dict(&value)) fail_kind(value, name, "a dict");
  return value;
}

const twi_value &list_of(const twi_value &value, const std::string &name) {
  if (value.kind != TWI_VALUE_LIST && !twi_value_is_tuple(&value)) fail_kind(value, name, "a list");
  return value;
}

const twi_value_tensor &tensor_value_of(const twi_value &value, const std::string &name) {
  if (value.kind != TWI_VALUE_TENSOR) fail_kind(value, name, "a tensor");
  return value.as.tensor;
}

}  // namespace tw
