/* What a program does with a module, of whatever kind. */
#include "module/module.h"

#include "base/handles.h"
#include "module/running.h"
#include "tensor/dtype.h"
#include "tensor/tensor_list.h"

namespace tw {

std::string described(const torch::nn::Module &module) {
  return module.children().empty() ? c10::str(module) : module.name();
}

namespace {

Tensors checked_forward(torch::nn::Module &module, const Tensors &inputs) {
  auto *forward = dynamic_cast<Forward *>(&module);
  /* Not check, which would ask for the name each time: LibTorch ends the process where there is no memory for it. */
  if (forward == nullptr) fail(TW_ERROR_STATE, "the module ", module.name(), " has no forward; it only holds others");
  for (size_t i = 0; i < inputs.size(); ++i)
    check(inputs[i].defined() || forward->takes_none(i), TW_ERROR_ARGUMENT, "inputs[", i,
          "] is NULL, which is not taken there by: ", described(module));
  return forward->forward_all(inputs);
}

}  // namespace

Tensors run_as(const torch::nn::Module &module, c10::function_ref<Tensors()> body) {
  Running running(module);
  Tensors outputs;
  const Attempt ended = attempt([&] { outputs = body(); });
  if (ended.status != TW_OK) fail(ended.status, running.located(ended));
  return outputs;
}

Tensors run_forward(torch::nn::Module &module, const Tensors &inputs) {
  return run_as(module, [&] { return checked_forward(module, inputs); });
}

const at::Tensor &only_input(const torch::nn::Module &module, const Tensors &inputs) {
  check(inputs.size() == 1, TW_ERROR_ARGUMENT, "count is ", inputs.size(),
        "; this module takes one tensor: ", described(module));
  return inputs.front();
}

}  // namespace tw

namespace {

torch::nn::Module &torch_module(const tw_module *module) { return *tw::require(module, "module").module; }

tw::Tensors forward(tw_module *module, tw_tensor *const *inputs, size_t count) {
  /* Its own share: a callback may free the handle. */
  const std::shared_ptr<torch::nn::Module> running = tw::require(module, "module").module;
  return tw::run_forward(*running, tw::optional_tensors_of(inputs, count, "inputs"));
}

}  // namespace

tw_status tw_module_forward(tw_tensor **out, tw_module *module, tw_tensor *const *inputs, size_t count) {
  return tw::guard_new(out, [&] { return tw::new_tensor(forward(module, inputs, count).at(0)); });
}

tw_status tw_module_forward_all(tw_tensor_list **out, tw_module *module, tw_tensor *const *inputs, size_t count) {
  return tw::guard_new(out, [&] { return tw::new_tensor_list(forward(module, inputs, count)); });
}

tw_status tw_module_get_parameters(tw_tensor_list **out, const tw_module *module) {
  return tw::guard_new(out, [&] {
    tw::Tensors tensors;
    for (tw::NamedTensor &named : tw::parameters_of(torch_module(module))) tensors.push_back(std::move(named.tensor));
    return tw::new_tensor_list(tensors);
  });
}

tw_status tw_module_get_parameter_name(char *out, size_t capacity, size_t *needed, const tw_module *module,
                                       size_t index) {
  if (needed != nullptr) *needed = 0;
  return tw::guard([&] {
    const std::vector<tw::NamedTensor> parameters = tw::parameters_of(torch_module(module));
    tw::check(index < parameters.size(), TW_ERROR_RANGE, "index is ", index, "; the module has ", parameters.size(),
              " parameters");
    tw::copy_text(out, capacity, needed, parameters[index].name);
  });
}

tw_status tw_module_get_tensor(tw_tensor **out, const tw_module *module, const char *name) {
  return tw::guard_new(
      out, [&] { return tw::new_tensor(tw::find_tensor(torch_module(module), &tw::require(name, "name"))); });
}

tw_status tw_module_get_module(tw_module **out, const tw_module *module, const char *name) {
  return tw::guard_new(
      out, [&] { return tw::new_module(tw::find_module(torch_module(module), &tw::require(name, "name"))); });
}

tw_status tw_module_train(tw_module *module, int32_t mode) {
  return tw::guard([&] {
    torch::nn::Module &target = torch_module(module);
    target.train(tw::require_bool(mode, "mode"));
  });
}

tw_status tw_module_is_training(int32_t *out, const tw_module *module) {
  return tw::guard_value(out, [&] { return torch_module(module).is_training() ? 1 : 0; });
}

tw_status tw_module_move_to(tw_module *module, const char *device) {
  return tw::guard([&] {
    torch::nn::Module &target = torch_module(module);
    tw::move_tensors(target, tw::device_of(device));
  });
}

tw_status tw_module_zero_grad(tw_module *module) {
  return tw::guard([&] {
    /* mutable_grad makes room for a gradient, which may fail, where there has been none. */
    for (const tw::NamedTensor &named : tw::parameters_of(torch_module(module)))
      if (named.tensor.grad().defined()) named.tensor.mutable_grad().reset();
  });
}

void tw_module_free(tw_module *module) { tw::take(module, "tw_module_free"); }
