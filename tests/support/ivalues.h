/* Small makers and readers of TorchScript values, for tests. */
#pragma once

#include <string>
#include <vector>

#include "handles.h"

namespace tw::test {

using Ivalue = Handle<tw_ivalue>;

/* Owns what a call made. */
template <class Call>
Ivalue made_by(Call &&call) {
  Ivalue made;
  if (call(made.out()) != TW_OK) throw tw_last_error();
  return made;
}

inline Ivalue none_value() { return made_by(tw_ivalue_none); }
inline Ivalue of_int(int64_t value) {
  return made_by([&](tw_ivalue **out) { return tw_ivalue_int64(out, value); });
}
inline Ivalue of_double(double value) {
  return made_by([&](tw_ivalue **out) { return tw_ivalue_double(out, value); });
}
inline Ivalue of_bool(int32_t value) {
  return made_by([&](tw_ivalue **out) { return tw_ivalue_bool(out, value); });
}
inline Ivalue of_string(const std::string &value) {
  return made_by([&](tw_ivalue **out) { return tw_ivalue_string(out, value.c_str()); });
}
inline Ivalue of_tensor(const Handle<tw_tensor> &value) {
  return made_by([&](tw_ivalue **out) { return tw_ivalue_tensor(out, value.get()); });
}
inline Ivalue of_tensor(const std::vector<float> &values, std::vector<int64_t> sizes = {}) {
  return of_tensor(tensor(values, std::move(sizes)));
}

/* The handles of several values, for calls that take an array of them. */
template <class... Values>
std::vector<tw_ivalue *> handles_of(const Values &...values) {
  return {values.get()...};
}

template <class... Values>
Ivalue list_of(const Values &...values) {
  const std::vector<tw_ivalue *> items = handles_of(values...);
  return made_by([&](tw_ivalue **out) { return tw_ivalue_list(out, items.data(), items.size()); });
}

template <class... Values>
Ivalue tuple_of(const Values &...values) {
  const std::vector<tw_ivalue *> items = handles_of(values...);
  return made_by([&](tw_ivalue **out) { return tw_ivalue_tuple(out, items.data(), items.size()); });
}

inline Ivalue dict_of(const std::vector<tw_ivalue *> &keys, const std::vector<tw_ivalue *> &values) {
  return made_by([&](tw_ivalue **out) { return tw_ivalue_dict(out, keys.data(), values.data(), keys.size()); });
}

inline tw_ivalue_kind kind_of(const Ivalue &value) {
  tw_ivalue_kind kind = TW_IVALUE_KIND_UNKNOWN;
  if (tw_ivalue_get_kind(&kind, value.get()) != TW_OK) throw tw_last_error();
  return kind;
}

inline size_t size_of(const Ivalue &value) {
  size_t size = 0;
  if (tw_ivalue_get_size(&size, value.get()) != TW_OK) throw tw_last_error();
  return size;
}

inline Ivalue item(const Ivalue &value, size_t index) {
  return made_by([&](tw_ivalue **out) { return tw_ivalue_get_item(out, value.get(), index); });
}
inline Ivalue key(const Ivalue &value, size_t index) {
  return made_by([&](tw_ivalue **out) { return tw_ivalue_get_key(out, value.get(), index); });
}
inline Ivalue find(const Ivalue &value, const char *key) {
  return made_by([&](tw_ivalue **out) { return tw_ivalue_find(out, value.get(), key); });
}

inline int64_t int_of(const Ivalue &value) {
  int64_t found = 0;
  if (tw_ivalue_get_int64(&found, value.get()) != TW_OK) throw tw_last_error();
  return found;
}

inline double double_of(const Ivalue &value) {
  double found = 0;
  if (tw_ivalue_get_double(&found, value.get()) != TW_OK) throw tw_last_error();
  return found;
}

inline std::string string_of(const Ivalue &value) {
  size_t length = 0;
  if (tw_ivalue_get_string(nullptr, 0, &length, value.get()) != TW_OK) throw tw_last_error();
  std::string text(length, '?');
  if (tw_ivalue_get_string(text.data(), length, nullptr, value.get()) != TW_OK) throw tw_last_error();
  text.pop_back(); /* the closing 0 */
  return text;
}

inline Handle<tw_tensor> tensor_of(const Ivalue &value) {
  Handle<tw_tensor> found;
  if (tw_ivalue_get_tensor(found.out(), value.get()) != TW_OK) throw tw_last_error();
  return found;
}

inline std::vector<float> floats_of(const Ivalue &value) { return values(tensor_of(value).get()); }

}  // namespace tw::test
