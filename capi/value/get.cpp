/* Getting what a value holds. */
#include "base/handles.h"
#include "value/value.h"

namespace tw {
namespace {

/* The IValue of a value of that kind. */
const c10::IValue &plain_of_kind(const tw_value *value, tw_kind kind) {
  const tw_kind found = kind_of(require(value, "value"));
  if (found != kind) fail_kind(*value, kind_name(kind));
  return *plain_of(*value);
}

at::Tensor require_tensor(const tw_value *value) {
  auto tensor = tensor_in(require(value, "value"));
  if (!tensor.has_value()) fail_kind(*value, kind_name(TW_KIND_TENSOR));
  return *tensor;
}

double double_of(const tw_value *value) {
  if (kind_of(require(value, "value")) == TW_KIND_INT64)
    return require_exact_double(plain_of(*value)->toInt(), "value");
  return plain_of_kind(value, TW_KIND_DOUBLE).toDouble();
}

tw_value key_at(const tw_value *value, size_t index) {
  const tw_kind kind = kind_of(require(value, "value"));
  if (kind != TW_KIND_DICT) fail_kind(*value, kind_name(TW_KIND_DICT));
  return require_index(value, index).key(index);
}

}  // namespace
}  // namespace tw

tw_status tw_value_get_kind(tw_kind *out, const tw_value *value) {
  return tw::guard_value(out, [&] { return tw::kind_of(tw::require(value, "value")); });
}

tw_status tw_value_get_type_name(char *out, size_t capacity, size_t *needed, const tw_value *value) {
  if (needed != nullptr) *needed = 0;
  return tw::guard([&] { tw::copy_text(out, capacity, needed, tw::type_name_of(tw::require(value, "value"))); });
}

tw_status tw_value_get_tensor(tw_tensor **out, const tw_value *value) {
  return tw::guard_new(out, [&] { return tw::new_tensor(tw::require_tensor(value)); });
}

tw_status tw_value_get_int64(int64_t *out, const tw_value *value) {
  return tw::guard_value(out, [&] { return tw::plain_of_kind(value, TW_KIND_INT64).toInt(); });
}

tw_status tw_value_get_double(double *out, const tw_value *value) {
  return tw::guard_value(out, [&] { return tw::double_of(value); });
}

tw_status tw_value_get_bool(int32_t *out, const tw_value *value) {
  return tw::guard_value(out, [&] { return tw::plain_of_kind(value, TW_KIND_BOOL).toBool() ? 1 : 0; });
}

tw_status tw_value_get_string(char *out, size_t capacity, size_t *needed, const tw_value *value) {
  if (needed != nullptr) *needed = 0;
  return tw::guard(
      [&] { tw::copy_text(out, capacity, needed, tw::plain_of_kind(value, TW_KIND_STRING).toStringRef()); });
}

tw_status tw_value_get_size(size_t *out, const tw_value *value) {
  return tw::guard_value(out, [&] { return tw::require_container(value).size(); });
}

tw_status tw_value_get_item(tw_value **out, const tw_value *value, size_t index) {
  return tw::guard_new(out, [&] { return tw::new_value(tw::require_index(value, index).item(index)); });
}

tw_status tw_value_get_key(tw_value **out, const tw_value *value, size_t index) {
  return tw::guard_new(out, [&] { return tw::new_value(tw::key_at(value, index)); });
}
