#include "base/handles.h"

namespace tw {

std::vector<at::Tensor> tensors_of(tw_tensor *const *tensors, size_t count, const char *name) {
  require_array(tensors, count, name);
  std::vector<at::Tensor> result;
  result.reserve(count);
  for (size_t i = 0; i < count; ++i) result.push_back(require_at(tensors, i, name).tensor);
  return result;
}

std::vector<at::Tensor> optional_tensors_of(tw_tensor *const *tensors, size_t count, const char *name) {
  require_array(tensors, count, name);
  std::vector<at::Tensor> result(count);
  for (size_t i = 0; i < count; ++i)
    if (tensors[i] != nullptr) result[i] = require_at(tensors, i, name).tensor;
  return result;
}

}  // namespace tw
