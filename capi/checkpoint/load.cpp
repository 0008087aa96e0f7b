/* Loading a checkpoint, and looking at the values of one. */
#include <c10/util/StringUtil.h>

#include <cmath>
#include <vector>

#include "archive/checkpoint_read.h"
#include "checkpoint/checkpoint.h"

namespace tw {
namespace {

[[noreturn]] void fail_with(const twi_fault &fault, const std::string &path) {
  if (fault.kind == TWI_FAULT_MEMORY) throw std::bad_alloc();
  if (fault.kind == TWI_FAULT_IO) fail_io("read", path, fault.error);
  fail(TW_ERROR_FORMAT, path, " is no checkpoint that can be loaded: ", fault.text);
}

const char *kind_name(const twi_value &value) {
  switch (value.kind) {
    case TWI_VALUE_NONE:
      return "None";
    case TWI_VALUE_BOOL:
      return "a bool";
    case TWI_VALUE_INT:
      return "an int";
    case TWI_VALUE_DOUBLE:
      return "a float";
    case TWI_VALUE_STRING:
      return "a str";
    case TWI_VALUE_LIST:
      return "a list";
    case TWI_VALUE_TUPLE:
      return "a tuple";
    case TWI_VALUE_TENSOR:
      return "a tensor";
    default:
      return "a dict";
  }
}

[[noreturn]] void fail_kind(const twi_value &value, const std::string &name, const char *wanted) {
  fail(TW_ERROR_TYPE, name, " is ", kind_name(value), ", not ", wanted);
}

/* The keys, for a message; not too many. */
std::string keys_of(const twi_value &dict) {
  constexpr size_t most = 30;
  std::vector<std::string> keys;
  for (size_t i = 0; i < dict.as.container.count && keys.size() <= most; i += 2) {
    const twi_value &key = *dict.as.container.items[i];
    if (key.kind == TWI_VALUE_STRING) keys.push_back(key.as.string.bytes);
  }
  if (keys.empty()) return "there are none";
  if (keys.size() > most) keys.back() = "...";
  return "there are: " + c10::Join(", ", keys);
}

}  // namespace

std::unique_ptr<tw_checkpoint> load_checkpoint(const std::string &path) {
  auto checkpoint = std::make_unique<tw_checkpoint>();
  checkpoint->file = std::make_unique<SourceFile>(path);
  const twi_zip_source source{SourceFile::source, checkpoint->file.get(), checkpoint->file->size()};
  twi_fault fault{};
  checkpoint->root.reset(twi_checkpoint_read(&source, &fault));
  if (checkpoint->root == nullptr) fail_with(fault, path);
  return checkpoint;
}

/* ---- looking at values ---- */

const twi_value &find_item(const twi_value &dict, const char *key, const std::string &name) {
  const twi_value *item = twi_value_find(&dict, key);
  if (item == nullptr) fail(TW_ERROR_ARGUMENT, name, " has no key \"", key, "\"; ", keys_of(dict));
  return *item;
}

const twi_value &find_value(const tw_checkpoint *checkpoint, const char *key) {
  return find_item(*require(checkpoint, "checkpoint").root, &require(key, "key"), "the checkpoint");
}

int64_t int64_of(const twi_value &value, const std::string &name) {
  if (value.kind != TWI_VALUE_INT && value.kind != TWI_VALUE_BOOL) fail_kind(value, name, "an int");
  return value.as.integer;
}

double double_of(const twi_value &value, const std::string &name) {
  if (value.kind == TWI_VALUE_DOUBLE) return value.as.real;
  if (value.kind != TWI_VALUE_INT) fail_kind(value, name, "a float");
  constexpr int64_t largest = int64_t{1} << 53;
  check(value.as.integer >= -largest && value.as.integer <= largest, TW_ERROR_TYPE, name, " is the integer ",
        value.as.integer, ", which a double does not hold");
  return static_cast<double>(value.as.integer);
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
  if (value.kind != TWI_VALUE_LIST && value.kind != TWI_VALUE_TUPLE) fail_kind(value, name, "a list");
  return value;
}

const twi_value_tensor &tensor_value_of(const twi_value &value, const std::string &name) {
  if (value.kind != TWI_VALUE_TENSOR) fail_kind(value, name, "a tensor");
  return value.as.tensor;
}

}  // namespace tw
