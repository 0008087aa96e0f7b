/* Looking into a tensor: its shape, its place, its values. */
#include <ATen/ATen.h>

#include <algorithm>
#include <sstream>

#include "base/handles.h"
#include "tensor/dtype.h"

namespace {

void copy_numbers(int64_t *out, size_t capacity, at::IntArrayRef numbers) {
  tw::check(capacity >= numbers.size(), TW_ERROR_RANGE, "capacity is ", capacity, "; the tensor has ", numbers.size(),
            " dimensions");
  if (numbers.empty()) return;
  tw::require(out, "out");
  std::copy(numbers.begin(), numbers.end(), out);
}

at::Scalar item_of(const tw_tensor *tensor) {
  const at::Tensor &value = tw::tensor_of(tensor, "tensor");
  tw::check(value.numel() == 1, TW_ERROR_ARGUMENT, "the tensor has ", value.numel(), " elements, of sizes ",
            value.sizes(), "; it must have one");
  return value.item();
}

}  // namespace

tw_status tw_tensor_get_dim(size_t *out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] { return tw::tensor_of(tensor, "tensor").dim(); });
}

tw_status tw_tensor_get_sizes(int64_t *out, size_t capacity, const tw_tensor *tensor) {
  return tw::guard([&] { copy_numbers(out, capacity, tw::tensor_of(tensor, "tensor").sizes()); });
}

tw_status tw_tensor_get_strides(int64_t *out, size_t capacity, const tw_tensor *tensor) {
  return tw::guard([&] { copy_numbers(out, capacity, tw::tensor_of(tensor, "tensor").strides()); });
}

tw_status tw_tensor_get_dtype(tw_dtype *out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] { return tw::dtype_of(tw::tensor_of(tensor, "tensor").scalar_type()); });
}

tw_status tw_tensor_get_device(char *out, size_t capacity, size_t *length, const tw_tensor *tensor) {
  if (length != nullptr) *length = 0;
  return tw::guard([&] { tw::copy_text(out, capacity, length, tw::tensor_of(tensor, "tensor").device().str()); });
}

tw_status tw_tensor_get_numel(int64_t *out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] { return tw::tensor_of(tensor, "tensor").numel(); });
}

tw_status tw_tensor_get_data_ptr(void **out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] { return tw::tensor_of(tensor, "tensor").data_ptr(); });
}

tw_status tw_tensor_get_item(double *out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] { return item_of(tensor).toDouble(); });
}

tw_status tw_tensor_get_item_int64(int64_t *out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] {
    const at::Scalar value = item_of(tensor);
    tw::check(value.isIntegral(/*includeBool=*/true), TW_ERROR_TYPE, "the tensor's elements are ",
              tensor->tensor.toString(), "; they must be integers or bool");
    return value.toLong();
  });
}

tw_status tw_tensor_format(char *out, size_t capacity, size_t *length, const tw_tensor *tensor) {
  if (length != nullptr) *length = 0;
  return tw::guard([&] {
    std::ostringstream text;
    text << tw::tensor_of(tensor, "tensor");
    tw::copy_text(out, capacity, length, text.str());
  });
}
