/* Tensors: making them, copying and moving them, gradients. What only looks into one is in tensor_inspect.cpp. */
#include "torch_warmup/tensor.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <cstring>
#include <mutex>

#include "base/arguments.h"
#include "base/handles.h"
#include "tensor/blob.h"
#include "tensor/dtype.h"

namespace {

at::TensorOptions options_of(tw_dtype dtype, const char *device) {
  return at::TensorOptions().dtype(tw::scalar_type_of(dtype)).device(tw::device_of(device));
}

}  // namespace

/* ---- creation ---- */

tw_status tw_tensor_empty(tw_tensor **out, const int64_t *sizes, size_t dim, tw_dtype dtype, const char *device) {
  return tw::guard_new(
      out, [&] { return tw::new_tensor(at::empty(tw::checked_sizes(sizes, dim), options_of(dtype, device))); });
}

tw_status tw_tensor_zeros(tw_tensor **out, const int64_t *sizes, size_t dim, tw_dtype dtype, const char *device) {
  return tw::guard_new(
      out, [&] { return tw::new_tensor(at::zeros(tw::checked_sizes(sizes, dim), options_of(dtype, device))); });
}

tw_status tw_tensor_ones(tw_tensor **out, const int64_t *sizes, size_t dim, tw_dtype dtype, const char *device) {
  return tw::guard_new(
      out, [&] { return tw::new_tensor(at::ones(tw::checked_sizes(sizes, dim), options_of(dtype, device))); });
}

tw_status tw_tensor_full(tw_tensor **out, const int64_t *sizes, size_t dim, double value, tw_dtype dtype,
                         const char *device) {
  return tw::guard_new(
      out, [&] { return tw::new_tensor(at::full(tw::checked_sizes(sizes, dim), value, options_of(dtype, device))); });
}

tw_status tw_tensor_rand(tw_tensor **out, const int64_t *sizes, size_t dim, tw_dtype dtype, const char *device) {
  return tw::guard_new(
      out, [&] { return tw::new_tensor(at::rand(tw::checked_sizes(sizes, dim), options_of(dtype, device))); });
}

tw_status tw_tensor_randn(tw_tensor **out, const int64_t *sizes, size_t dim, tw_dtype dtype, const char *device) {
  return tw::guard_new(
      out, [&] { return tw::new_tensor(at::randn(tw::checked_sizes(sizes, dim), options_of(dtype, device))); });
}

tw_status tw_tensor_arange(tw_tensor **out, double start, double end, double step, tw_dtype dtype, const char *device) {
  return tw::guard_new(out, [&] {
    tw::require_finite(start, "start");
    tw::require_finite(end, "end");
    tw::require_finite(step, "step");
    tw::check(step > 0 ? start <= end : step < 0 && start >= end, TW_ERROR_RANGE, "step is ", step,
              "; it does not lead from start ", start, " to end ", end);
    return tw::new_tensor(at::arange(start, end, step, options_of(dtype, device)));
  });
}

tw_status tw_tensor_from_data(tw_tensor **out, const void *data, const int64_t *sizes, size_t dim, tw_dtype dtype) {
  return tw::guard_new(out, [&] {
    at::Tensor made = at::empty(tw::checked_sizes(sizes, dim), options_of(dtype, nullptr));
    tw::check(data != nullptr || made.numel() == 0, TW_ERROR_ARGUMENT, "data is NULL");
    if (made.numel() > 0) std::memcpy(made.data_ptr(), data, made.nbytes());
    return tw::new_tensor(std::move(made));
  });
}

tw_status tw_tensor_from_blob(tw_tensor **out, void *data, const int64_t *sizes, const int64_t *strides, size_t dim,
                              tw_dtype dtype, void (*release)(void *context), void *context) {
  return tw::guard_new(out, [&] {
    const at::IntArrayRef shape = tw::checked_sizes(sizes, dim);
    const std::vector<int64_t> steps = tw::checked_strides(strides, shape);
    const std::function<void()> give_back = [release, context] {
      if (release != nullptr) release(context);
    };
    return tw::lend(data, shape, steps, options_of(dtype, nullptr), give_back);
  });
}

/* ---- copies and views ---- */

tw_status tw_tensor_copy_data(void *out, size_t bytes, const tw_tensor *tensor) {
  return tw::guard([&] {
    const at::Tensor &source = tw::tensor_of(tensor, "tensor");
    const size_t needed = static_cast<size_t>(source.numel()) * source.element_size();
    tw::check(bytes == needed, TW_ERROR_RANGE, "bytes is ", bytes, "; the tensor's elements take ", needed);
    if (needed == 0) return;
    tw::require(static_cast<char *>(out), "out");
    /* Negation and conjugation may be pending: a bit on the tensor that its memory knows nothing of. */
    const at::Tensor host = source.detach().to(at::kCPU).resolve_conj().resolve_neg().contiguous();
    std::memcpy(out, host.data_ptr(), needed);
  });
}

tw_status tw_tensor_copy_from(tw_tensor *tensor, const tw_tensor *source) {
  return tw::guard([&] {
    const at::Tensor &from = tw::tensor_of(source, "source");
    tw::tensor_of(tensor, "tensor").copy_(from);
  });
}

tw_status tw_tensor_to_dtype(tw_tensor **out, const tw_tensor *tensor, tw_dtype dtype) {
  return tw::guard_new(out,
                       [&] { return tw::new_tensor(tw::tensor_of(tensor, "tensor").to(tw::scalar_type_of(dtype))); });
}

tw_status tw_tensor_to_device(tw_tensor **out, const tw_tensor *tensor, const char *device) {
  return tw::guard_new(out, [&] { return tw::new_tensor(tw::tensor_of(tensor, "tensor").to(tw::device_of(device))); });
}

tw_status tw_tensor_clone(tw_tensor **out, const tw_tensor *tensor) {
  return tw::guard_new(out, [&] { return tw::new_tensor(tw::tensor_of(tensor, "tensor").clone()); });
}

tw_status tw_tensor_detach(tw_tensor **out, const tw_tensor *tensor) {
  return tw::guard_new(out, [&] { return tw::new_tensor(tw::tensor_of(tensor, "tensor").detach()); });
}

tw_status tw_tensor_share(tw_tensor **out, const tw_tensor *tensor) {
  return tw::guard_new(out, [&] { return tw::new_tensor(tw::tensor_of(tensor, "tensor")); });
}

/* ---- gradients ---- */

tw_status tw_tensor_set_requires_grad(tw_tensor *tensor, int32_t requires_grad) {
  return tw::guard([&] {
    const bool wanted = tw::require_bool(requires_grad, "requires_grad");
    tw::tensor_of(tensor, "tensor").requires_grad_(wanted);
  });
}

tw_status tw_tensor_get_requires_grad(int32_t *out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] { return tw::tensor_of(tensor, "tensor").requires_grad(); });
}

tw_status tw_tensor_get_grad(tw_tensor **out, const tw_tensor *tensor) {
  return tw::guard_new(out, [&] {
    const at::Tensor &gradient = tw::tensor_of(tensor, "tensor").grad();
    return gradient.defined() ? tw::new_tensor(gradient) : nullptr;
  });
}

tw_status tw_tensor_set_grad(tw_tensor *tensor, const tw_tensor *gradient) {
  return tw::guard([&] {
    const at::Tensor &owner = tw::tensor_of(tensor, "tensor");
    const at::Tensor value = gradient != nullptr ? gradient->tensor : at::Tensor();
    tw::check(!value.defined() || (value.sizes() == owner.sizes() && value.dtype() == owner.dtype() &&
                                   value.device() == owner.device()),
              TW_ERROR_ARGUMENT, "gradient is ", value.toString(), value.sizes(), "; the tensor is ", owner.toString(),
              owner.sizes());
    tw::check(!value.is_same(owner), TW_ERROR_ARGUMENT, "gradient is the tensor itself");
    owner.mutable_grad() = value;
  });
}

tw_status tw_tensor_backward(tw_tensor *tensor) { return tw_tensor_backward_with(tensor, nullptr, 0); }

tw_status tw_tensor_backward_with(tw_tensor *tensor, const tw_tensor *gradient, int32_t retain_graph) {
  return tw::guard([&] {
    const bool retain = tw::require_bool(retain_graph, "retain_graph");
    const at::Tensor seed = gradient != nullptr ? gradient->tensor : at::Tensor();
    tw::tensor_of(tensor, "tensor").backward(seed, retain);
  });
}

void tw_tensor_free(tw_tensor *tensor) { delete tensor; }
