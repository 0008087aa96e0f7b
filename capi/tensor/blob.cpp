#include "tensor/blob.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "base/guard.h"

namespace tw {
namespace {

constexpr int64_t largest_element = 8; /* bytes, of all that a tw_dtype can be */
constexpr size_t most_dims = 64;       /* that LibTorch's operators count in the bits of a number */

/* a * b + c. More than 64 bits can count is a failure, which shows numbers, the array called name. */
int64_t multiply_add(int64_t a, int64_t b, int64_t c, const char *name, at::IntArrayRef numbers) {
  int64_t result = 0;
  const bool overflows = __builtin_mul_overflow(a, b, &result) || __builtin_add_overflow(result, c, &result);
  check(!overflows, TW_ERROR_RANGE, name, " is ", numbers, ", which reaches more bytes than 64 bits can count");
  return result;
}

}  // namespace

int64_t span_of(at::IntArrayRef sizes, at::IntArrayRef strides) {
  if (std::find(sizes.begin(), sizes.end(), 0) != sizes.end()) return 0;
  int64_t span = 1;
  for (size_t i = 0; i < sizes.size(); ++i) span = multiply_add(sizes[i] - 1, strides[i], span, "strides", strides);
  multiply_add(span, largest_element, 0, "strides", strides);
  return span;
}

at::IntArrayRef checked_sizes(const int64_t *sizes, size_t ndim) {
  check(ndim <= most_dims, TW_ERROR_RANGE, "ndim is ", ndim, "; a tensor has at most ", most_dims, " dimensions");
  const at::IntArrayRef shape(require_array(sizes, ndim, "sizes"), ndim);
  int64_t bytes = largest_element;
  for (size_t i = 0; i < ndim; ++i) {
    check(sizes[i] >= 0, TW_ERROR_RANGE, "sizes[", i, "] is ", sizes[i], "; it must not be negative");
    bytes = multiply_add(bytes, std::max<int64_t>(sizes[i], 1), 0, "sizes", shape);
  }
  return shape;
}

/* A stride along which nothing is stepped may be anything. One that a tensor of these sizes could have is kept, for LibTorch
   reads the memory format from it (channels last of a single channel); another becomes that of a tensor without gaps. */
std::vector<int64_t> checked_strides(const int64_t *strides, at::IntArrayRef sizes) {
  std::vector<int64_t> out(sizes.size());
  const bool is_empty = std::find(sizes.begin(), sizes.end(), 0) != sizes.end();
  const int64_t numel = c10::multiply_integers(sizes);
  int64_t next = 1;
  for (size_t i = sizes.size(); i-- > 0;) {
    const bool given = strides != nullptr && !is_empty;
    const bool counts = given && (sizes[i] > 1 || (strides[i] > 0 && strides[i] <= numel));
    out[i] = counts ? strides[i] : next;
    check(out[i] >= 0, TW_ERROR_RANGE, "strides[", i, "] is ", out[i], "; it must not be negative");
    next *= std::max<int64_t>(sizes[i], 1);
  }
  return out;
}

std::unique_ptr<tw_tensor> lend(void *data, at::IntArrayRef sizes, at::IntArrayRef strides,
                                const at::TensorOptions &options, const std::shared_ptr<void> &owner) {
  const int64_t span = span_of(sizes, strides); /* of a span that it cannot count LibTorch ends the process */
  check(data != nullptr || span == 0, TW_ERROR_ARGUMENT, "data is NULL");
  /* For a null pointer LibTorch calls no deleter, but it destroys it, and the owner's share with it. */
  return new_tensor(at::from_blob(
      data, sizes, strides, [owner](void *) {}, options));
}

}  // namespace tw
