/* Arguments of tw_op_call, and calls of it, for tests. */
#pragma once

#include <cmath>
#include <initializer_list>
#include <string>
#include <vector>

#include "catch.h"
#include "handles.h"

namespace tw::test {

using Tensor = Handle<tw_tensor>;

inline tw_argument argument(tw_kind kind, int64_t integer, double real, const void *pointer, size_t count) {
  return {nullptr, kind, 0, integer, real, pointer, count, {0, 0}};
}

inline tw_argument none() { return argument(TW_KIND_NONE, 0, 0, nullptr, 0); }
inline tw_argument arg(tw_tensor *tensor) { return argument(TW_KIND_TENSOR, 0, 0, tensor, 0); }
inline tw_argument arg(const Tensor &tensor) { return arg(tensor.get()); }
inline tw_argument arg(int value) { return argument(TW_KIND_INT64, value, 0, nullptr, 0); }
inline tw_argument arg(double value) { return argument(TW_KIND_DOUBLE, 0, value, nullptr, 0); }
inline tw_argument arg(bool value) { return argument(TW_KIND_BOOL, value, 0, nullptr, 0); }
inline tw_argument arg(const char *text) { return argument(TW_KIND_STRING, 0, 0, text, 0); }
inline tw_argument arg(tw_generator *generator) { return argument(TW_KIND_GENERATOR, 0, 0, generator, 0); }
inline tw_argument dtype(tw_dtype value) { return argument(TW_KIND_DTYPE, value, 0, nullptr, 0); }
inline tw_argument device(const char *name) { return argument(TW_KIND_DEVICE, 0, 0, name, 0); }
inline tw_argument memory_format(tw_memory_format value) {
  return argument(TW_KIND_MEMORY_FORMAT, value, 0, nullptr, 0);
}

/* Lists borrow: a temporary lives until the end of the call it is written in. */
inline tw_argument ints(const std::vector<int64_t> &list) {
  return argument(TW_KIND_INT64_LIST, 0, 0, list.data(), list.size());
}
inline tw_argument floats(const std::vector<double> &list) {
  return argument(TW_KIND_DOUBLE_LIST, 0, 0, list.data(), list.size());
}
inline tw_argument bools(const std::vector<int32_t> &list) {
  return argument(TW_KIND_BOOL_LIST, 0, 0, list.data(), list.size());
}
inline tw_argument tensors(const std::vector<tw_tensor *> &list) {
  return argument(TW_KIND_TENSOR_LIST, 0, 0, list.data(), list.size());
}

inline tw_argument named(const char *name, tw_argument value) {
  value.name = name;
  return value;
}

using ArgumentList = std::initializer_list<tw_argument>;

/* The results of a call that must succeed. */
inline std::vector<Tensor> call(const char *name, ArgumentList arguments) {
  Handle<tw_tensor_list> results;
  const tw_status status = tw_op_call(results.out(), name, arguments.begin(), arguments.size());
  INFO(name << ": " << tw_last_error());
  REQUIRE(status == TW_OK);
  return handles_of(results);
}

/* The one result of a call that must succeed. */
inline Tensor op(const char *name, ArgumentList arguments) {
  Tensor result;
  const tw_status status = tw_op_call_one(result.out(), name, arguments.begin(), arguments.size());
  INFO(name << ": " << tw_last_error());
  REQUIRE(status == TW_OK);
  return result;
}

/* A float64 tensor; one dimension where sizes is empty. */
inline Tensor doubles(const std::vector<double> &values, std::vector<int64_t> sizes = {}) {
  if (sizes.empty()) sizes.push_back(static_cast<int64_t>(values.size()));
  Tensor made;
  REQUIRE(tw_tensor_from_data(made.out(), values.data(), values.size() * sizeof values[0], sizes.data(), sizes.size(),
                              TW_FLOAT64) == TW_OK);
  return made;
}

inline Tensor longs(const std::vector<int64_t> &values, std::vector<int64_t> sizes = {}) {
  if (sizes.empty()) sizes.push_back(static_cast<int64_t>(values.size()));
  Tensor made;
  REQUIRE(tw_tensor_from_data(made.out(), values.data(), values.size() * sizeof values[0], sizes.data(), sizes.size(),
                              TW_INT64) == TW_OK);
  return made;
}

/* The elements of a tensor of any dtype, in row-major order. */
inline std::vector<double> numbers(const tw_tensor *tensor) {
  Tensor converted;
  size_t count = 0;
  REQUIRE(tw_tensor_to_dtype(converted.out(), tensor, TW_FLOAT64) == TW_OK);
  REQUIRE(tw_tensor_get_numel(&count, tensor) == TW_OK);
  std::vector<double> out(count);
  REQUIRE(tw_tensor_copy_data(out.data(), out.size() * sizeof(double), nullptr, converted.get()) == TW_OK);
  return out;
}
inline std::vector<double> numbers(const Tensor &tensor) { return numbers(tensor.get()); }

inline tw_dtype dtype_of(const Tensor &tensor) {
  tw_dtype out = TW_DTYPE_UNKNOWN;
  REQUIRE(tw_tensor_get_dtype(&out, tensor.get()) == TW_OK);
  return out;
}

inline void *data_of(const Tensor &tensor) {
  void *out = nullptr;
  REQUIRE(tw_tensor_get_data_ptr(&out, tensor.get()) == TW_OK);
  return out;
}

/* Every element of got lies within tolerance of the one wanted. */
inline void check_near(const std::vector<double> &got, const std::vector<double> &wanted, double tolerance) {
  REQUIRE(got.size() == wanted.size());
  for (size_t i = 0; i < got.size(); ++i) {
    INFO("element " << i << ": got " << got[i] << ", wanted " << wanted[i]);
    CHECK((got[i] == wanted[i] || std::abs(got[i] - wanted[i]) <= tolerance));
  }
}

}  // namespace tw::test
