/* Tensors to put into a checkpoint, and what they have to be when they come back from a file of whatever format. */
#pragma once

#include <string>
#include <vector>

#include "catch.h"
#include "checkpoint_files.h"

namespace tw::test {

inline std::string bytes_of(const Handle<tw_tensor> &tensor) {
  size_t needed = 0;
  REQUIRE(tw_tensor_copy_data(nullptr, 0, &needed, tensor.get()) == TW_OK);
  std::string bytes(needed, '?');
  REQUIRE(tw_tensor_copy_data(bytes.data(), bytes.size(), nullptr, tensor.get()) == TW_OK);
  return bytes;
}

inline Handle<tw_tensor> from_bytes(const std::string &bytes, tw_dtype dtype) {
  const auto size = static_cast<int64_t>(bytes.size() / size_of(dtype));
  Handle<tw_tensor> made;
  REQUIRE(tw_tensor_from_data(made.out(), bytes.data(), bytes.size(), &size, 1, dtype) == TW_OK);
  return made;
}

/* Elements of any dtype, bools too. */
inline std::string sixteen_bytes() { return std::string("\0\1\1\0\1\0\0\1\0\0\0\0\0\1\0\1", 16); }

constexpr tw_dtype every_dtype[] = {TW_UINT8,   TW_INT8,    TW_INT16,   TW_INT32,    TW_INT64,
                                    TW_FLOAT16, TW_FLOAT32, TW_FLOAT64, TW_BFLOAT16, TW_BOOL};

/* A tensor of every dtype, under its number. */
inline void put_dtypes(const Handle<tw_checkpoint> &checkpoint) {
  for (const tw_dtype dtype : every_dtype)
    put(checkpoint, std::to_string(dtype).c_str(), from_bytes(sixteen_bytes(), dtype));
}

inline void check_dtypes(const Handle<tw_checkpoint> &loaded) {
  CHECK(keys(loaded).size() == 10);
  for (const tw_dtype dtype : every_dtype) {
    const auto tensor = get_tensor(loaded, std::to_string(dtype).c_str());
    tw_dtype found = TW_DTYPE_UNKNOWN;
    CHECK(tw_tensor_get_dtype(&found, tensor.get()) == TW_OK);
    CHECK(found == dtype);
    CHECK(bytes_of(tensor) == sixteen_bytes());
  }
}

/* Views with gaps and with repeated elements, a tensor without elements and one without dimensions. */
inline void put_views(const Handle<tw_checkpoint> &checkpoint) {
  static float memory[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  const int64_t sizes[] = {3, 2}, strides[] = {1, 4}, broad[] = {2, 3}, no_strides[] = {0, 1}, empty[] = {0, 5};
  Handle<tw_tensor> turned, repeated, none, scalar;
  REQUIRE(tw_tensor_from_blob(turned.out(), memory + 1, sizeof memory - sizeof *memory, sizes, 2, strides, TW_FLOAT32,
                              nullptr, nullptr) == TW_OK);
  REQUIRE(tw_tensor_from_blob(repeated.out(), memory, sizeof memory, broad, 2, no_strides, TW_FLOAT32, nullptr,
                              nullptr) == TW_OK);
  REQUIRE(tw_tensor_zeros(none.out(), empty, 2, TW_FLOAT64, nullptr) == TW_OK);
  REQUIRE(tw_tensor_full_double(scalar.out(), nullptr, 0, 2.5, TW_FLOAT32, nullptr) == TW_OK);
  put(checkpoint, "turned", turned), put(checkpoint, "repeated", repeated);
  put(checkpoint, "none", none), put(checkpoint, "scalar", scalar);
}

inline void check_views(const Handle<tw_checkpoint> &loaded) {
  CHECK(values(get_tensor(loaded, "turned").get()) == std::vector<float>{1, 5, 2, 6, 3, 7});
  CHECK(sizes_of(get_tensor(loaded, "turned")) == std::vector<int64_t>{3, 2});
  CHECK(values(get_tensor(loaded, "repeated").get()) == std::vector<float>{0, 1, 2, 0, 1, 2});
  CHECK(sizes_of(get_tensor(loaded, "none")) == std::vector<int64_t>{0, 5});
  CHECK(sizes_of(get_tensor(loaded, "scalar")).empty());
  CHECK(values(get_tensor(loaded, "scalar").get()) == std::vector<float>{2.5});
}

}  // namespace tw::test
