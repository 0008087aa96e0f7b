/* Making values. */
#include "value/value.h"

#include <ATen/core/Dict.h>
#include <ATen/core/jit_type.h>

#include <algorithm>

#include "archive/checkpoint_value.h"
#include "base/handles.h"

namespace tw {
namespace {

/* A container of the caller's own. */
class MadeContainer final : public ValueContainer {
 public:
  MadeContainer(tw_kind kind, std::vector<tw_value> items, std::vector<tw_value> keys = {})
      : kind_(kind), items_(std::move(items)), keys_(std::move(keys)) {
    for (const tw_value &each : items_) depth_ = std::max(depth_, depth_of(each) + 1);
    check(depth_ <= deepest_value, TW_ERROR_RANGE, "more than ", deepest_value, " containers lie in one another");
  }

  tw_kind kind() const override { return kind_; }
  size_t depth() const override { return depth_; }
  size_t size() const override { return items_.size(); }
  tw_value item(size_t index) const override { return items_[index]; }
  tw_value key(size_t index) const override { return keys_[index]; }

 private:
  tw_kind kind_;
  std::vector<tw_value> items_, keys_; /* the keys of a dict's items */
  size_t depth_ = 1;
};

std::vector<tw_value> values_of(tw_value *const *values, size_t count, const char *name) {
  require_array(values, count, name);
  std::vector<tw_value> found;
  found.reserve(count);
  for (size_t i = 0; i < count; ++i) found.push_back(require_at(values, i, name));
  return found;
}

/* A key as what is hashed and compared: a tensor by what it is, not by its elements. */
c10::IValue key_of(const tw_value &key, size_t index) {
  const tw_kind kind = kind_of(key);
  const bool good = kind == TW_KIND_STRING || kind == TW_KIND_INT64 || kind == TW_KIND_DOUBLE || kind == TW_KIND_BOOL ||
                    kind == TW_KIND_TENSOR;
  check(good, TW_ERROR_TYPE, "keys[", index, "] is ", kind_name(kind),
        "; a key is a str, an int, a float, a bool or a tensor");
  return kind == TW_KIND_TENSOR ? c10::IValue(*tensor_in(key)) : *plain_of(key);
}

void check_keys(const std::vector<tw_value> &keys) {
  c10::impl::GenericDict known(c10::AnyType::get(), c10::NoneType::get());
  for (size_t i = 0; i < keys.size(); ++i)
    check(known.insert(key_of(keys[i], i), c10::IValue()).second, TW_ERROR_ARGUMENT, "keys[", i, "] has come before");
}

std::unique_ptr<tw_value> new_container(tw_kind kind, std::vector<tw_value> items, std::vector<tw_value> keys = {}) {
  std::shared_ptr<const ValueContainer> made = std::make_shared<MadeContainer>(kind, std::move(items), std::move(keys));
  return new_value({std::move(made)});
}

std::string require_utf8(const char *value) {
  std::string text = &require(value, "value");
  check(twi_utf8_is_valid(text.data(), text.size()), TW_ERROR_ARGUMENT, "value is not UTF-8");
  return text;
}

}  // namespace
}  // namespace tw

tw_status tw_value_none(tw_value **out) {
  return tw::guard_new(out, [] { return tw::new_value({}); });
}

tw_status tw_value_tensor(tw_value **out, const tw_tensor *tensor) {
  return tw::guard_new(out, [&] { return tw::new_value({c10::IValue(tw::tensor_of(tensor, "tensor"))}); });
}

tw_status tw_value_int64(tw_value **out, int64_t value) {
  return tw::guard_new(out, [&] { return tw::new_value({c10::IValue(value)}); });
}

tw_status tw_value_double(tw_value **out, double value) {
  return tw::guard_new(out, [&] { return tw::new_value({c10::IValue(value)}); });
}

tw_status tw_value_bool(tw_value **out, int32_t value) {
  return tw::guard_new(out, [&] { return tw::new_value({c10::IValue(tw::require_bool(value, "value"))}); });
}

tw_status tw_value_string(tw_value **out, const char *value) {
  return tw::guard_new(out, [&] { return tw::new_value({c10::IValue(tw::require_utf8(value))}); });
}

tw_status tw_value_list(tw_value **out, tw_value *const *items, size_t count) {
  return tw::guard_new(out, [&] { return tw::new_container(TW_KIND_LIST, tw::values_of(items, count, "items")); });
}

tw_status tw_value_tuple(tw_value **out, tw_value *const *items, size_t count) {
  return tw::guard_new(out, [&] { return tw::new_container(TW_KIND_TUPLE, tw::values_of(items, count, "items")); });
}

tw_status tw_value_dict(tw_value **out, tw_value *const *keys, tw_value *const *values, size_t count) {
  return tw::guard_new(out, [&] {
    auto found = tw::values_of(keys, count, "keys");
    tw::check_keys(found);
    return tw::new_container(TW_KIND_DICT, tw::values_of(values, count, "values"), std::move(found));
  });
}

void tw_value_free(tw_value *value) { tw::take(value, "tw_value_free"); }
