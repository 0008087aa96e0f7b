/* Gradients of tensors. */
#include <ATen/ATen.h>

#include "base/handles.h"

tw_status tw_tensor_set_requires_grad(tw_tensor *tensor, int32_t requires_grad) {
  return tw::guard([&] {
    const bool wanted = tw::require_bool(requires_grad, "requires_grad");
    const at::Tensor &target = tw::tensor_of(tensor, "tensor");
    tw::check(!wanted || target.is_floating_point() || target.is_complex(), TW_ERROR_TYPE, "the tensor's elements are ",
              target.toString(), "; only those of a floating type have a gradient");
    target.requires_grad_(wanted);
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
    const at::Tensor value = tw::optional_tensor_of(gradient, "gradient");
    tw::check(!value.defined() || (value.sizes() == owner.sizes() && value.dtype() == owner.dtype() &&
                                   value.device() == owner.device()),
              TW_ERROR_ARGUMENT, "gradient is ", value.toString(), value.sizes(), "; the tensor is ", owner.toString(),
              owner.sizes());
    tw::check(!value.is_same(owner), TW_ERROR_ARGUMENT, "gradient is the tensor itself");
    owner.mutable_grad() = value;
  });
}

tw_status tw_tensor_backward(tw_tensor *tensor, const tw_tensor *gradient, int32_t retain_graph) {
  return tw::guard([&] {
    const bool retain = tw::require_bool(retain_graph, "retain_graph");
    const at::Tensor seed = tw::optional_tensor_of(gradient, "gradient");
    const at::Tensor &root = tw::tensor_of(tensor, "tensor");
    /* LibTorch sums a gradient of more elements up. Python does not. */
    tw::check(!seed.defined() || seed.is_nested() || root.is_nested() || seed.sizes() == root.sizes(), TW_ERROR_TORCH,
              "gradient has the sizes ", seed.sizes(), "; the tensor has ", root.sizes());
    root.backward(seed, retain);
  });
}
