/**
 * @file tensor.hpp
 * torch::Tensors into the C API, and out of it. Nothing is copied: memory, gradient and graph are shared.
 */
#ifndef TORCH_WARMUP_CPP_TENSOR_HPP
#define TORCH_WARMUP_CPP_TENSOR_HPP

#include <torch/types.h>

#include "../tensor.h"
#include "torch_optimizer.hpp"

namespace tw {
inline namespace v0_2 {

/** A handle of the C API to a tensor, which frees itself. */
struct FreeTensor {
  void operator()(tw_tensor *handle) const noexcept { tw_tensor_free(handle); }
};
using TensorHandle = std::unique_ptr<tw_tensor, FreeTensor>;

/** A handle to a tensor of yours. @throws Error  TW_ERROR_ARGUMENT: it is undefined */
inline TensorHandle to_handle(const torch::Tensor &tensor) {
  detail::require_same_torch();
  return TensorHandle(detail::make<tw_tensor>(tw_tensor_from_torch, static_cast<const void *>(&tensor)));
}

/** The tensor that a handle of the C API stands for. @param handle  borrows. */
inline torch::Tensor to_tensor(const tw_tensor *handle) {
  detail::require_same_torch();
  return *static_cast<const torch::Tensor *>(detail::get<const void *>(tw_tensor_get_torch, handle));
}

}  // namespace v0_2
}  // namespace tw

#endif
