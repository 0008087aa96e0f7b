/* The sequence of modules. */
#include "module/module.h"

namespace tw {
namespace {

/* torch::nn::Sequential wants modules whose classes are known when it is compiled; these are not. */
class Sequential final : public torch::nn::Module, public Forward {
 public:
  Sequential() : Module("Sequential") {}

  Tensors forward_all(const Tensors &inputs) override {
    Tensors values = inputs;
    bool first = true;
    for (const std::shared_ptr<torch::nn::Module> &child : children()) {
      if (!first) values.resize(1);
      values = run_forward(*child, values);
      first = false;
    }
    return values;
  }

  bool takes_none(size_t /*index*/) const override { return true; } /* the first child has its own say */
};

}  // namespace
}  // namespace tw

tw_status tw_module_sequential(tw_module **out, tw_module *const *modules, size_t count) {
  return tw::guard_new(out, [&] {
    tw::require_array(modules, count, "modules");
    auto sequential = std::make_shared<tw::Sequential>();
    for (size_t i = 0; i < count; ++i)
      sequential->register_module(std::to_string(i), tw::require_at(modules, i, "modules").module);
    return tw::new_module(std::move(sequential));
  });
}
