/* Lists of tensors. */
#include "tensor/tensor_list.h"

namespace tw {

std::unique_ptr<tw_tensor_list> new_tensor_list(const std::vector<at::Tensor> &tensors) {
  auto made = std::make_unique<tw_tensor_list>();
  made->tensors.reserve(tensors.size()); /* the handles point into it */
  made->handles.reserve(tensors.size());
  for (const at::Tensor &tensor : tensors) {
    made->tensors.push_back(tw_tensor{tensor});
    made->handles.push_back(tensor.defined() ? &made->tensors.back() : nullptr);
    twi_handle_lend(made->handles.back(), TW_HANDLE_TENSOR);
  }
  return made;
}

}  // namespace tw

tw_status tw_tensor_list_create(tw_tensor_list **out, tw_tensor *const *tensors, size_t count) {
  return tw::guard_new(out, [&] { return tw::new_tensor_list(tw::optional_tensors_of(tensors, count, "tensors")); });
}

tw_status tw_tensor_list_get_count(size_t *out, const tw_tensor_list *list) {
  return tw::guard_value(out, [&] { return tw::require(list, "list").handles.size(); });
}

tw_status tw_tensor_list_get(tw_tensor **out, const tw_tensor_list *list, size_t index) {
  return tw::guard_new(out, [&] {
    const size_t count = tw::require(list, "list").handles.size();
    tw::check(index < count, TW_ERROR_RANGE, "index is ", index, "; the list has ", count, " tensors");
    const tw_tensor *found = list->handles[index];
    return found != nullptr ? tw::new_tensor(found->tensor) : nullptr;
  });
}

tw_status tw_tensor_list_get_data(tw_tensor *const **out, size_t *count, const tw_tensor_list *list) {
  if (count != nullptr) *count = 0;
  return tw::guard_value(out, [&] {
    const std::vector<tw_tensor *> &handles = tw::require(list, "list").handles;
    if (count != nullptr) *count = handles.size();
    return handles.data();
  });
}

void tw_tensor_list_free(tw_tensor_list *list) { tw::take(list, "tw_tensor_list_free"); }
