/* What stands behind the handles that hold tensors. */
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <memory>
#include <utility>
#include <vector>

#include "base/guard.h"
#include "torch_warmup/tensor.h"

struct tw_tensor {
  at::Tensor tensor;
};

struct tw_generator {
  at::Generator generator;
};

namespace tw {

inline std::unique_ptr<tw_tensor> new_tensor(at::Tensor tensor) {
  return std::make_unique<tw_tensor>(tw_tensor{std::move(tensor)});
}

inline const at::Tensor &tensor_of(const tw_tensor *tensor, const char *name) { return require(tensor, name).tensor; }

/* What stands for None where LibTorch takes an optional tensor: an undefined one. */
inline at::Tensor optional_tensor_of(const tw_tensor *tensor, const char *name) {
  return tensor == nullptr ? at::Tensor() : tensor_of(tensor, name);
}

/* count tensors of which none may be null; the message of a null one names its index. */
std::vector<at::Tensor> tensors_of(tw_tensor *const *tensors, size_t count, const char *name);

/* The same, where a null one stands for None: an undefined tensor. */
std::vector<at::Tensor> optional_tensors_of(tw_tensor *const *tensors, size_t count, const char *name);

}  // namespace tw
