#include "base/handles.h"

#include <algorithm>

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

void store_tensors(tw_tensor **out, size_t capacity, size_t *count, const std::vector<at::Tensor> &tensors) {
  if (count != nullptr) *count = 0;
  if (out != nullptr) std::fill_n(out, capacity, nullptr);
  require_array(out, capacity, "out");

  if (out != nullptr && tensors.size() > capacity) {
    if (count != nullptr) *count = tensors.size();
    fail(TW_ERROR_RANGE, "capacity is ", capacity, ", but there are ", tensors.size(), " tensors");
  }
  std::vector<std::unique_ptr<tw_tensor>> made(out != nullptr ? tensors.size() : 0);
  for (size_t i = 0; i < made.size(); ++i)
    if (tensors[i].defined()) made[i] = new_tensor(tensors[i]);
  for (size_t i = 0; i < made.size(); ++i) out[i] = made[i].release();
  if (count != nullptr) *count = tensors.size();
}

}  // namespace tw
