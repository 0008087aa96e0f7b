#include "optimizer/torch_optimizer.h"

#include <c10/util/Type.h>
#include <torch/optim/lbfgs.h>

#include <typeinfo>
#include <unordered_map>
#include <unordered_set>

#include "base/handles.h"
#include "optimizer/state.h"
#include "optimizer/step.h"

namespace tw {
namespace {

using torch::optim::Optimizer;
using torch::optim::OptimizerOptions;
using torch::optim::OptimizerParamGroup;

/* ---- Parameters -------------------------------------------------------------------------------------------------- */

using ParamSet = std::unordered_set<const at::TensorImpl *>;

void check_param(const at::Tensor &param, size_t index, const ParamSet &earlier) {
  check(param.is_leaf(), TW_ERROR_ARGUMENT, "parameters[", index,
        "] is not a leaf: it is the result of an operator, so its gradient is not kept");
  check(param.requires_grad(), TW_ERROR_ARGUMENT, "parameters[", index,
        "] does not require a gradient; call tw_tensor_set_requires_grad first");
  check(earlier.count(param.unsafeGetTensorImpl()) == 0, TW_ERROR_ARGUMENT, "parameters[", index,
        "] comes twice in parameters");
}

std::vector<at::Tensor> parameters_of(tw_tensor *const *parameters, size_t count) {
  check(count > 0, TW_ERROR_ARGUMENT, "there is no parameter: count is 0");
  std::vector<at::Tensor> tensors = tensors_of(parameters, count, "parameters");
  ParamSet earlier;
  for (size_t i = 0; i < count; ++i) {
    check_param(tensors[i], i, earlier);
    earlier.insert(tensors[i].unsafeGetTensorImpl());
  }
  return tensors;
}

/* LibTorch looks a parameter up among the states, so it overlooks those that have taken no step yet. */
void check_in_no_group(const Optimizer &optimizer, const std::vector<at::Tensor> &parameters) {
  std::unordered_map<const at::TensorImpl *, size_t> added; /* and its index */
  for (size_t i = 0; i < parameters.size(); ++i) added.emplace(parameters[i].unsafeGetTensorImpl(), i);
  const auto &groups = optimizer.param_groups();
  for (size_t group = 0; group < groups.size(); ++group) {
    for (const at::Tensor &member : groups[group].params()) {
      const auto found = added.find(member.unsafeGetTensorImpl());
      check(found == added.end(), TW_ERROR_ARGUMENT, "parameters[", found == added.end() ? 0 : found->second,
            "] is already in group ", group);
    }
  }
}

/* ---- What the entry points share --------------------------------------------------------------------------------- */

tw_status create(tw_optimizer **out, const OptimizerKind &kind, const void *options, tw_tensor *const *parameters,
                 size_t count) {
  if (out != nullptr) *out = nullptr;
  return guard([&] {
    require(out, "out");
    auto torch_options = read_options(kind, options);
    auto made = std::make_unique<TorchOptimizer>();
    made->torch = kind.make(parameters_of(parameters, count), *torch_options);
    put_first_states(*made->torch);
    made->kind = &kind;
    *out = new_optimizer(std::move(made)).release();
  });
}

std::unique_ptr<OptimizerOptions> options_of_new_group(const TorchOptimizer &optimizer, const void *options) {
  Optimizer &torch = *optimizer.torch;
  check(dynamic_cast<torch::optim::LBFGS *>(&torch) == nullptr, TW_ERROR_TYPE, "LBFGS has one parameter group only");
  if (options == nullptr) return torch.defaults().clone();
  if (optimizer.kind == nullptr) {
    fail(TW_ERROR_TYPE, "options were given for a borrowed ", optimizer_class_name(torch),
         "; its new group gets those that it was made with");
  }
  return read_options(*optimizer.kind, options);
}

void add_param_group(Optimizer &optimizer, std::vector<at::Tensor> parameters,
                     std::unique_ptr<OptimizerOptions> options) {
  auto add_missing_state = missing_state(optimizer, parameters, *options);
  optimizer.add_param_group(OptimizerParamGroup(std::move(parameters), options->clone()));
  /* Recent LibTorch replaces an option that equals its constructor's default by the optimizer's. */
  optimizer.param_groups().back().set_options(std::move(options));
  add_missing_state();
}

}  // namespace

size_t group_count(const Optimizer &optimizer) { return optimizer.param_groups().size(); }

const OptimizerOptions &group_options(const Optimizer &optimizer, size_t group) {
  const auto &groups = optimizer.param_groups();
  /* Not check, which would make the class's name on every call. */
  if (group >= groups.size()) {
    fail(TW_ERROR_RANGE, "group is ", group, " but ", optimizer_class_name(optimizer), " has ", groups.size(),
         groups.size() == 1 ? " parameter group" : " parameter groups");
  }
  if (!groups[group].has_options()) {
    fail(TW_ERROR_TYPE, "group ", group, " of ", optimizer_class_name(optimizer), " has no options");
  }
  return groups[group].options();
}

OptimizerOptions &group_options(Optimizer &optimizer, size_t group) {
  return const_cast<OptimizerOptions &>(group_options(static_cast<const Optimizer &>(optimizer), group));
}

std::string optimizer_class_name(const Optimizer &optimizer) {
  const std::string name = c10::demangle(typeid(optimizer).name());
  const std::string prefix = "torch::optim::";
  return name.compare(0, prefix.size(), prefix) == 0 ? name.substr(prefix.size()) : name;
}

std::unique_ptr<tw_optimizer, void (*)(tw_optimizer *)> new_optimizer(std::unique_ptr<TorchOptimizer> torch) {
  const std::string class_name = optimizer_class_name(*torch->torch);
  tw_optimizer_interface interface = torch_interface;
  interface.class_name = class_name.c_str();
  tw_optimizer *made = nullptr;
  require_ok(twi_optimizer_new(&made, &interface, torch.release(), 0)); /* which releases it from a failure too */
  return {made, tw_optimizer_free};
}

TorchOptimizer &torch_of(const tw_optimizer *optimizer) {
  auto *torch =
      static_cast<TorchOptimizer *>(twi_optimizer_context(&require(optimizer, "optimizer"), &torch_interface));
  check(twi_optimizer_is_detached(optimizer) == 0, TW_ERROR_STATE, "the optimizer has been detached");
  check(torch != nullptr, TW_ERROR_TYPE, "the optimizer is ", twi_optimizer_class_name(optimizer),
        ", which is not one of LibTorch's: this is its owner's to do");
  return *torch;
}

}  // namespace tw

/* ---- Creation ---------------------------------------------------------------------------------------------------- */

tw_status tw_adam_options_init(tw_adam_options *options, size_t struct_size) {
  return tw::guard([&] { tw::init_options(tw::adam_kind(), options, struct_size); });
}

tw_status tw_adamw_options_init(tw_adamw_options *options, size_t struct_size) {
  return tw::guard([&] { tw::init_options(tw::adamw_kind(), options, struct_size); });
}

tw_status tw_sgd_options_init(tw_sgd_options *options, size_t struct_size) {
  return tw::guard([&] { tw::init_options(tw::sgd_kind(), options, struct_size); });
}

tw_status tw_rmsprop_options_init(tw_rmsprop_options *options, size_t struct_size) {
  return tw::guard([&] { tw::init_options(tw::rmsprop_kind(), options, struct_size); });
}

tw_status tw_adagrad_options_init(tw_adagrad_options *options, size_t struct_size) {
  return tw::guard([&] { tw::init_options(tw::adagrad_kind(), options, struct_size); });
}

tw_status tw_optimizer_adam(tw_optimizer **out, tw_tensor *const *parameters, size_t count,
                            const tw_adam_options *options) {
  return tw::create(out, tw::adam_kind(), options, parameters, count);
}

tw_status tw_optimizer_adamw(tw_optimizer **out, tw_tensor *const *parameters, size_t count,
                             const tw_adamw_options *options) {
  return tw::create(out, tw::adamw_kind(), options, parameters, count);
}

tw_status tw_optimizer_sgd(tw_optimizer **out, tw_tensor *const *parameters, size_t count,
                           const tw_sgd_options *options) {
  return tw::create(out, tw::sgd_kind(), options, parameters, count);
}

tw_status tw_optimizer_rmsprop(tw_optimizer **out, tw_tensor *const *parameters, size_t count,
                               const tw_rmsprop_options *options) {
  return tw::create(out, tw::rmsprop_kind(), options, parameters, count);
}

tw_status tw_optimizer_adagrad(tw_optimizer **out, tw_tensor *const *parameters, size_t count,
                               const tw_adagrad_options *options) {
  return tw::create(out, tw::adagrad_kind(), options, parameters, count);
}

tw_status tw_optimizer_add_param_group(tw_optimizer *optimizer, tw_tensor *const *parameters, size_t count,
                                       const void *options) {
  return tw::guard([&] {
    const tw::OptimizerLock lock(tw::require(optimizer, "optimizer"));
    const tw::TorchOptimizer &self = tw::torch_of(optimizer);
    auto torch_parameters = tw::parameters_of(parameters, count);
    tw::check_in_no_group(*self.torch, torch_parameters);
    tw::add_param_group(*self.torch, std::move(torch_parameters), tw::options_of_new_group(self, options));
  });
}

/* ---- Steps ------------------------------------------------------------------------------------------------------- */

tw_status tw_optimizer_step(tw_optimizer *optimizer) {
  return tw::guard([&] {
    const tw::OptimizerLock lock(tw::require(optimizer, "optimizer"));
    tw::step(*tw::torch_of(optimizer).torch);
  });
}

/* Not Optimizer::zero_grad: up to LibTorch 1.13 it fills the gradients with zeros, with which a momentum still moves. */
tw_status tw_optimizer_zero_grad(tw_optimizer *optimizer) {
  return tw::guard([&] {
    const tw::OptimizerLock lock(tw::require(optimizer, "optimizer"));
    for (auto &group : tw::torch_of(optimizer).torch->param_groups()) {
      for (at::Tensor &parameter : group.params()) {
        /* mutable_grad makes room for a gradient, which may fail, where there has been none. */
        if (parameter.defined() && parameter.grad().defined()) parameter.mutable_grad().reset();
      }
    }
  });
}
