/* What the caller puts into a module of its own: parameters, buffers, children. */
#include <c10/core/ScalarType.h>

#include "base/handles.h"
#include "module/module.h"

namespace tw {
namespace {

Container &container_of(tw_module *module) {
  torch::nn::Module &target = *require(module, "module").module;
  auto *container = dynamic_cast<Container *>(&target);
  check(container != nullptr, TW_ERROR_TYPE,
        "things are registered only with a module of tw_module_custom; this is: ", described(target));
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
