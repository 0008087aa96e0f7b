#include "base/handles.h"

namespace tw {

std::vector<at::Tensor> tensors_of(tw_tensor *const *tensors, size_t count, const char *name) {
  require_array(tensors, count, name);
  std::vector<at::Tensor> result;
  result.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    check(tensors[i] != nullptr, TW_ERROR_ARGUMENT, name, "[", i, "] is NULL");
    result.push_back(tensors[i]->tensor);
  }
  return result;
}

std::vector<at::Tensor> optional_tensors_of(tw_tensor *const *tensors, size_t count, const char *name) {
  require_array(tensors, count, name);
  std::vector<at::Tensor> result(count);
  for (size_t i = 0; i < count; ++i)
    if (tensors[i] != nullptr) result[i] = tensors[i]->tensor;
  return result;
}

}  // namespace tw
