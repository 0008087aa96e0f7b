/* Modules of the caller's own, and the sequence of modules. */
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
  return std::unique_ptr<tw_tensor>(made);
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
    tw_tensor *made = nullptr;
    run_callback("forward", [&] { return forward_(&made, &self, borrowed.data(), borrowed.size(), context()); });
    return {take_output(made, borrowed)->tensor};
  }

  bool takes_none(size_t /*index*/) const override { return true; }

 private:
  tw_module_forward_function forward_;
};

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

Container &container_of(tw_module *module) {
  torch::nn::Module &target = *require(module, "module").module;
  auto *container = dynamic_cast<Container *>(&target);
  check(container != nullptr, TW_ERROR_TYPE,
        "things are registered only with a module of tw_module_custom; this is: ", target);
  return *container;
}

/* A name that may be given to something new in the module. */
const char *require_free_name(const torch::nn::Module &module, const char *name) {
  const std::string text = &require(name, "name");
  check(!text.empty(), TW_ERROR_ARGUMENT, "name is empty");
  check(text.find('.') == std::string::npos, TW_ERROR_ARGUMENT, "name is \"", text, "\"; it must not have a dot");
  const bool taken = module.named_parameters(/*recurse=*/false).contains(text) ||
                     module.named_buffers(/*recurse=*/false).contains(text) || module.named_children().contains(text);
  check(!taken, TW_ERROR_ARGUMENT, "name is \"", text, "\", which is taken in this module");
  return name;
}

/* A module inside itself would be run, and freed, for ever. */
void require_no_cycle(const torch::nn::Module &parent, const torch::nn::Module &child, const char *name) {
  check(&parent != &child, TW_ERROR_ARGUMENT, "child is the module itself, under the name \"", name, "\"");
  for (const std::shared_ptr<torch::nn::Module> &inner : child.modules(/*include_self=*/false))
    check(inner.get() != &parent, TW_ERROR_ARGUMENT, "child \"", name, "\" holds the module it is to be a child of");
}

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

tw_status tw_module_sequential(tw_module **out, tw_module *const *modules, size_t count) {
  return tw::guard_new(out, [&] {
    tw::require_array(modules, count, "modules");
    auto sequential = std::make_shared<tw::Sequential>();
    for (size_t i = 0; i < count; ++i) {
      tw::check(modules[i] != nullptr, TW_ERROR_ARGUMENT, "modules[", i, "] is NULL");
      sequential->register_module(std::to_string(i), modules[i]->module);
    }
    return tw::new_module(std::move(sequential));
  });
}

tw_status tw_module_register_parameter(tw_module *module, const char *name, tw_tensor *tensor) {
  return tw::guard([&] {
    tw::Container &container = tw::container_of(module);
    tw::require_free_name(container, name);
    const at::Tensor &value = tw::tensor_of(tensor, "tensor");
    tw::check(c10::isFloatingType(value.scalar_type()), TW_ERROR_TYPE, "tensor is of type ", value.scalar_type(),
              "; a parameter is of a floating type");
    tw::check(value.is_leaf(), TW_ERROR_ARGUMENT, "tensor is a result of other tensors; a parameter is a leaf");
    container.register_parameter(name, value);
  });
}

tw_status tw_module_register_buffer(tw_module *module, const char *name, tw_tensor *tensor) {
  return tw::guard([&] {
    tw::Container &container = tw::container_of(module);
    container.register_buffer(tw::require_free_name(container, name), tw::tensor_of(tensor, "tensor"));
  });
}

tw_status tw_module_register_module(tw_module *module, const char *name, tw_module *child) {
  return tw::guard([&] {
    tw::Container &container = tw::container_of(module);
    tw::require_free_name(container, name);
    const std::shared_ptr<torch::nn::Module> &added = tw::require(child, "child").module;
    tw::require_no_cycle(container, *added, name);
    container.register_module(name, added);
  });
}
