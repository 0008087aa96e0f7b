/* Loading a checkpoint, and looking at the values of one. */
#include <c10/util/StringUtil.h>

#include <cmath>
#include <vector>

#include "archive/checkpoint_read.h"
#include "checkpoint/checkpoint.h"

namespace tw {
namespace {

[[noreturn]] void fail_with(const tw_fault &fault, const std::string &path) {
  if (fault.kind == TW_FAULT_MEMORY) throw std::bad_alloc();
  if (fault.kind == TW_FAULT_IO) fail_io("read", path, fault.error);
  fail(TW_ERROR_FORMAT, path, " is no checkpoint that can be loaded: ", fault.text);
}

const char *kind_name(const tw_value &value) {
  switch (value.kind) {
    case TW_VALUE_NONE:
      return "None";
    case TW_VALUE_BOOL:
      return "a bool";
    case TW_VALUE_INT:
      return "an int";
    case TW_VALUE_DOUBLE:
      return "a float";
    case TW_VALUE_STRING:
      return "a str";
    case TW_VALUE_LIST:
      return "a list";
    case TW_VALUE_TUPLE:
      return "a tuple";
    case TW_VALUE_TENSOR:
      return "a tensor";
    default:
      return "a dict";
  }
}

[[noreturn]] void fail_kind(const tw_value &value, const std::string &name, const char *wanted) {
  fail(TW_ERROR_TYPE, name, " is ", kind_name(value), ", not ", wanted);
}

/* The keys, for a message; not too many. */
std::string keys_of(const tw_value &dict) {
  constexpr size_t most = 30;
  std::vector<std::string> keys;
  for (size_t i = 0; i < dict.as.container.count && keys.size() <= most; i += 2) {
    const tw_value &key = *dict.as.container.items[i];
    if (key.kind == TW_VALUE_STRING) keys.push_back(key.as.string.bytes);
  }
  if (keys.empty()) return "there are none";
  if (keys.size() > most) keys.back() = "...";
  return "there are: " + c10::Join(", ", keys);
}

}  // namespace

std::unique_ptr<tw_checkpoint> load_checkpoint(const std::string &path) {
  auto checkpoint = std::make_unique<tw_checkpoint>();
  checkpoint->file = std::make_unique<SourceFile>(path);
  const tw_zip_source source{SourceFile::source, checkpoint->file.get(), checkpoint->file->size()};
  tw_fault fault{};
  checkpoint->root.reset(tw_checkpoint_read(&source, &fault));
  if (checkpoint->root == nullptr) fail_with(fault, path);
  return checkpoint;
}

/* ---- looking at values ---- */

const tw_value &find_item(const tw_value &dict, const char *key, const std::string &name) {
  const tw_value *item = tw_value_find(&dict, key);
  if (item == nullptr) fail(TW_ERROR_ARGUMENT, name, " has no key \"", key, "\"; ", keys_of(dict));
  return *item;
}

const tw_value &find_value(const tw_checkpoint *checkpoint, const char *key) {
  return find_item(*require(checkpoint, "checkpoint").root, &require(key, "key"), "the checkpoint");
}

int64_t int64_of(const tw_value &value, const std::string &name) {
  if (value.kind != TW_VALUE_INT && value.kind != TW_VALUE_BOOL) fail_kind(value, name, "an int");
  return value.as.integer;
}

double double_of(const tw_value &value, const std::string &name) {
  if (value.kind == TW_VALUE_DOUBLE) return value.as.real;
  if (value.kind != TW_VALUE_INT) fail_kind(value, name, "a float");
  constexpr int64_t largest = int64_t{1} << 53;
  check(value.as.integer >= -largest && value.as.integer <= largest, TW_ERROR_TYPE, name, " is the integer ",
        value.as.integer, ", which a double does not hold");
  return static_cast<double>(value.as.integer);
}

std::string string_of(const tw_value &value, const std::string &name) {
  if (value.kind != TW_VALUE_STRING) fail_kind(value, name, "a str");
  return std::string(value.as.string.bytes, value.as.string.length);
}

const tw_value &dict_of(const tw_value &value, const std::string &name) {
  if (!tw_value_is_dict(&value)) fail_kind(value, name, "a dict");
  return value;
}

const tw_value &list_of(const tw_value &value, const std::string &name) {
  if (value.kind != TW_VALUE_LIST && value.kind != TW_VALUE_TUPLE) fail_kind(value, name, "a list");
  return value;
}

const tw_value_tensor &tensor_value_of(const tw_value &value, const std::string &name) {
  if (value.kind != TW_VALUE_TENSOR) fail_kind(value, name, "a tensor");
  return value.as.tensor;
}

}  // namespace tw
