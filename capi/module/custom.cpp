/* Modules of the caller's own. */
#include <algorithm>

#include "base/handles.h"
#include "module/module.h"

namespace tw {
namespace {

/* The handle that a callback made. Fails before it is taken for one of ours if it is none that may be freed. */
std::unique_ptr<tw_tensor> take_output(tw_tensor *made, const std::vector<tw_tensor *> &inputs) {
  check(made != nullptr, TW_ERROR_CALLBACK, "forward returned TW_OK but did not set out");
  const bool borrowed = std::find(inputs.begin(), inputs.end(), made) != inputs.end();
  check(!borrowed, TW_ERROR_CALLBACK,
        "forward set out to an input, which it only borrows; give a tw_tensor_share of it");
  require(made, "what forward set out to");
  return take(made, "forward");
}

class Custom final : public Container, public Forward {
 public:
  Custom(tw_module_forward_function forward, Context context) : Container(std::move(context)), forward_(forward) {}

  Tensors forward_all(const Tensors &inputs) override {
    tw_module self{shared_from_this()};
    std::vector<tw_tensor> handles;
    for (const at::Tensor &input : inputs) handles.push_back(tw_tensor{input});
    std::vector<tw_tensor *> borrowed;
    borrowed.reserve(handles.size());
    for (tw_tensor &handle : handles) borrowed.push_back(handle.tensor.defined() ? &handle : nullptr);
    const Lent<tw_module> lent_self(&self);
    const Lent<tw_tensor> lent_inputs(handles.data(), handles.size());
    tw_tensor *made = nullptr;
    run_callback("forward", [&] { return forward_(&made, &self, borrowed.data(), borrowed.size(), context()); });
    return {take_output(made, borrowed)->tensor};
  }

  bool takes_none(size_t /*index*/) const override { return true; }

 private:
  tw_module_forward_function forward_;
};

}  // namespace
}  // namespace tw

tw_status tw_module_custom(tw_module **out, tw_module_forward_function forward, void *context,
                           void (*release)(void *context)) {
  tw::Context owned(context, release);
  return tw::guard_new(out, [&] {
    if (forward == nullptr) return tw::new_module(std::make_shared<tw::Container>(std::move(owned)));
    return tw::new_module(std::make_shared<tw::Custom>(forward, std::move(owned)));
  });
}
