/* Small makers and readers of TorchScript values, for tests. */
#pragma once

#include <string>
#include <vector>

#include "handles.h"

namespace tw::test {

using Value = Handle<tw_value>;

/* Owns what a call made. */
template <class Call>
Value made_by(Call &&call) {
  Value made;
  if (call(made.out()) != TW_OK) throw tw_last_error();
  return made;
}

inline Value none_value() { return made_by(tw_value_none); }
inline Value of_int(int64_t value) {
  return made_by([&](tw_value **out) { return tw_value_int64(out, value); });
}
inline Value of_double(double value) {
  return made_by([&](tw_value **out) { return tw_value_double(out, value); });
}
inline Value of_bool(int32_t value) {
  return made_by([&](tw_value **out) { return tw_value_bool(out, value); });
}
inline Value of_string(const std::string &value) {
  return made_by([&](tw_value **out) { return tw_value_string(out, value.c_str()); });
}
inline Value of_tensor(const Handle<tw_tensor> &value) {
  return made_by([&](tw_value **out) { return tw_value_tensor(out, value.get()); });
}
inline Value of_tensor(const std::vector<float> &values, std::vector<int64_t> sizes = {}) {
  return of_tensor(tensor(values, std::move(sizes)));
}

/* The handles of several values, for calls that take an array of them. */
template <class... Values>
std::vector<tw_value *> handles_of(const Values &...values) {
  return {values.get()...};
}

template <class... Values>
Value list_of(const Values &...values) {
  const std::vector<tw_value *> items = handles_of(values...);
  return made_by([&](tw_value **out) { return tw_value_list(out, items.data(), items.size()); });
}

template <class... Values>
Value tuple_of(const Values &...values) {
  const std::vector<tw_value *> items = handles_of(values...);
  return made_by([&](tw_value **out) { return tw_value_tuple(out, items.data(), items.size()); });
}

inline Value dict_of(const std::vector<tw_value *> &keys, const std::vector<tw_value *> &values) {
  return made_by([&](tw_value **out) { return tw_value_dict(out, keys.data(), values.data(), keys.size()); });
}

inline tw_kind kind_of(const Value &value) {
  tw_kind kind = TW_KIND_UNKNOWN;
  if (tw_value_get_kind(&kind, value.get()) != TW_OK) throw tw_last_error();
  return kind;
}

inline size_t size_of(const Value &value) {
  size_t size = 0;
  if (tw_value_get_size(&size, value.get()) != TW_OK) throw tw_last_error();
  return size;
}

inline Value item(const Value &value, size_t index) {
  return made_by([&](tw_value **out) { return tw_value_get_item(out, value.get(), index); });
}
inline Value key(const Value &value, size_t index) {
  return made_by([&](tw_value **out) { return tw_value_get_key(out, value.get(), index); });
}
inline Value find(const Value &value, const char *key) {
  return made_by([&](tw_value **out) { return tw_value_find(out, value.get(), key); });
}

inline int64_t int_of(const Value &value) {
  int64_t found = 0;
  if (tw_value_get_int64(&found, value.get()) != TW_OK) throw tw_last_error();
  return found;
}

inline double double_of(const Value &value) {
  double found = 0;
  if (tw_value_get_double(&found, value.get()) != TW_OK) throw tw_last_error();
  return found;
}

inline std::string string_of(const Value &value) {
  size_t length = 0;
  if (tw_value_get_string(nullptr, 0, &length, value.get()) != TW_OK) throw tw_last_error();
  std::string text(length, '?');
  if (tw_value_get_string(text.data(), length, nullptr, value.get()) != TW_OK) throw tw_last_error();
  text.pop_back(); /* the closing 0 */
  return text;
}

inline Handle<tw_tensor> tensor_of(const Value &value) {
  Handle<tw_tensor> found;
  if (tw_value_get_tensor(found.out(), value.get()) != TW_OK) throw tw_last_error();
  return found;
}

inline std::vector<float> floats_of(const Value &value) { return values(tensor_of(value).get()); }

}  // namespace tw::test
