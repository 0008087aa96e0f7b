/* Looking into a tensor: its shape, its place, its values. */
#include <ATen/ATen.h>

#include <sstream>

#include "base/handles.h"
#include "tensor/dtype.h"
#include "tensor/memory.h"

namespace {

at::Scalar item_of(const tw_tensor *tensor) {
  const at::Tensor &value = tw::tensor_of(tensor, "tensor");
  tw::check(value.numel() == 1, TW_ERROR_ARGUMENT, "the tensor has ", value.numel(), " elements, of sizes ",
            value.sizes(), "; it must have one");
  tw::check(!value.is_meta(), TW_ERROR_TYPE, "the tensor is on the meta device, where there are no elements");
  return value._is_zerotensor() ? at::Scalar(0) : value.item();
}

}  // namespace

tw_status tw_tensor_get_ndim(size_t *out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] { return tw::tensor_of(tensor, "tensor").dim(); });
}

tw_status tw_tensor_get_sizes(int64_t *out, size_t capacity, size_t *needed, const tw_tensor *tensor) {
  if (needed != nullptr) *needed = 0;
  return tw::guard([&] {
    const at::IntArrayRef sizes = tw::tensor_of(tensor, "tensor").sizes();
    tw::copy_buffer(out, capacity, needed, sizes.data(), sizes.size(), "sizes");
  });
}

tw_status tw_tensor_get_strides(int64_t *out, size_t capacity, size_t *needed, const tw_tensor *tensor) {
  if (needed != nullptr) *needed = 0;
  return tw::guard([&] {
    const at::IntArrayRef strides = tw::tensor_of(tensor, "tensor").strides();
    tw::copy_buffer(out, capacity, needed, strides.data(), strides.size(), "strides");
  });
}

tw_status tw_tensor_get_dtype(tw_dtype *out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] { return tw::dtype_of(tw::tensor_of(tensor, "tensor").scalar_type()); });
}

tw_status tw_tensor_get_device(char *out, size_t capacity, size_t *needed, const tw_tensor *tensor) {
  if (needed != nullptr) *needed = 0;
  return tw::guard([&] { tw::copy_text(out, capacity, needed, tw::tensor_of(tensor, "tensor").device().str()); });
}

tw_status tw_tensor_get_numel(size_t *out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] { return tw::tensor_of(tensor, "tensor").numel(); });
}

tw_status tw_tensor_get_data_ptr(void **out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] {
    const at::Tensor &owner = tw::tensor_of(tensor, "tensor");
    tw::check(!owner.is_neg() && !owner.is_conj(), TW_ERROR_STATE, "the tensor is a view whose ",
              owner.is_neg() ? "negation" : "conjugation", " is pending; clone it first");
    tw::require_memory(owner, "the tensor");
    return owner.data_ptr();
  });
}

tw_status tw_tensor_get_torch(const void **out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] { return &tw::tensor_of(tensor, "tensor"); });
}

tw_status tw_tensor_get_item_double(double *out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] {
    const at::Scalar value = item_of(tensor);
    tw::check(!value.isComplex(), TW_ERROR_TYPE, "the tensor's element is complex; call real or imag first");
    return value.toDouble();
  });
}

tw_status tw_tensor_get_item_int64(int64_t *out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] {
    const at::Scalar value = item_of(tensor);
    tw::check(value.isIntegral(/*includeBool=*/true), TW_ERROR_TYPE, "the tensor's elements are ",
              tensor->tensor.toString(), "; they must be integers or bool");
    return value.toLong();
  });
}

tw_status tw_tensor_format(char *out, size_t capacity, size_t *needed, const tw_tensor *tensor) {
  if (needed != nullptr) *needed = 0;
  return tw::guard([&] {
    std::ostringstream text;
    const at::Tensor &value = tw::tensor_of(tensor, "tensor");
    text << (value._is_zerotensor() ? tw::with_memory(value, "the tensor") : value);
    tw::copy_text(out, capacity, needed, text.str());
  });
}
