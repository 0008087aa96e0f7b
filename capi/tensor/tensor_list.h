/* What stands behind tw_tensor_list. */
#pragma once

#include <memory>
#include <vector>

#include "base/handles.h"
#include "torch_warmup/tensor_list.h"

struct tw_tensor_list {
  std::vector<tw_tensor> tensors;
  std::vector<tw_tensor *> handles; /* to each of those; null where it is undefined */

  tw_tensor_list() = default;
  tw_tensor_list(const tw_tensor_list &) = delete;
  tw_tensor_list &operator=(const tw_tensor_list &) = delete;
  ~tw_tensor_list() {
    for (const tw_tensor *handle : handles) twi_handle_take_back(handle);
  }
};

namespace tw {

/* Undefined tensors stand for None. */
std::unique_ptr<tw_tensor_list> new_tensor_list(const std::vector<at::Tensor> &tensors);

}  // namespace tw
