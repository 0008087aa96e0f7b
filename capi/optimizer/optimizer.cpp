#include "optimizer/optimizer.h"

#include <c10/util/Type.h>
#include <torch/optim/lbfgs.h>

#include <cmath>
#include <typeinfo>
#include <unordered_map>
#include <unordered_set>

#include "base/handles.h"
#include "optimizer/state.h"

namespace tw {
namespace {

using torch::optim::Optimizer;
using torch::optim::OptimizerOptions;
using torch::optim::OptimizerParamGroup;

/* ---- The rates, of whatever class -------------------------------------------------------------------------------- */

/* LibTorch's base class throws where a class of options has no rate: a TW_ERROR_TYPE with the optimizer's name. access
   may go through several groups, and leaves in group where it stands: a guard for each would cost more than the rates. */
void access_lr(const Optimizer &optimizer, const size_t &group, c10::function_ref<void()> access) {
  const tw_status status = run_guarded(access);
  if (status == TW_OK) return;
  group_options(optimizer, group); /* fails in its own words where there are none */
  fail(status == TW_ERROR_TORCH ? TW_ERROR_TYPE : status, "the options of group ", group, " of ",
       optimizer_class_name(optimizer), " do not give their learning rate by get_lr and set_lr: ", tw_last_error());
}

double read_lr(const Optimizer &optimizer, size_t group) {
  double lr = 0;
  const OptimizerOptions &options = group_options(optimizer, group);
  access_lr(optimizer, group, [&] { lr = options.get_lr(); });
  return lr;
}

void write_lr(Optimizer &optimizer, size_t group, double lr) {
  OptimizerOptions &options = group_options(optimizer, group);
  access_lr(optimizer, group, [&] { options.set_lr(lr); });
}

/* ---- Parameters -------------------------------------------------------------------------------------------------- */

using ParamSet = std::unordered_set<const at::TensorImpl *>;

void check_param(const at::Tensor &param, size_t index, const ParamSet &earlier) {
  check(param.is_leaf(), TW_ERROR_ARGUMENT, "params[", index,
        "] is not a leaf: it is the result of an operator, so its gradient is not kept");
  check(param.requires_grad(), TW_ERROR_ARGUMENT, "params[", index,
        "] does not require a gradient; call tw_tensor_set_requires_grad first");
  check(earlier.count(param.unsafeGetTensorImpl()) == 0, TW_ERROR_ARGUMENT, "params[", index,
        "] comes twice in params");
}

std::vector<at::Tensor> params_of(tw_tensor *const *params, size_t count) {
  check(count > 0, TW_ERROR_ARGUMENT, "there is no parameter: count is 0");
  std::vector<at::Tensor> tensors = tensors_of(params, count, "params");
  ParamSet earlier;
  for (size_t i = 0; i < count; ++i) {
    check_param(tensors[i], i, earlier);
    earlier.insert(tensors[i].unsafeGetTensorImpl());
  }
  return tensors;
}

/* LibTorch looks a parameter up among the states, so it overlooks those that have taken no step yet. */
void check_in_no_group(const Optimizer &optimizer, const std::vector<at::Tensor> &params) {
  std::unordered_map<const at::TensorImpl *, size_t> added; /* and its index */
  for (size_t i = 0; i < params.size(); ++i) added.emplace(params[i].unsafeGetTensorImpl(), i);
  const auto &groups = optimizer.param_groups();
  for (size_t group = 0; group < groups.size(); ++group) {
    for (const at::Tensor &member : groups[group].params()) {
      const auto found = added.find(member.unsafeGetTensorImpl());
      check(found == added.end(), TW_ERROR_ARGUMENT, "params[", found == added.end() ? 0 : found->second,
            "] is already in group ", group);
    }
  }
}

/* ---- What the entry points share --------------------------------------------------------------------------------- */

tw_status create(tw_optimizer **out, const OptimizerKind &kind, const void *options, tw_tensor *const *params,
                 size_t count) {
  return guard_new(out, [&] {
    auto torch_options = read_options(kind, options);
    return std::make_unique<tw_optimizer>(tw_optimizer{kind.make(params_of(params, count), *torch_options), &kind});
  });
}

std::unique_ptr<OptimizerOptions> options_of_new_group(const tw_optimizer &optimizer, const void *options) {
  Optimizer &torch = *optimizer.torch;
  check(dynamic_cast<torch::optim::LBFGS *>(&torch) == nullptr, TW_ERROR_TYPE, "LBFGS has one parameter group only");
  if (options == nullptr) return torch.defaults().clone();
  if (optimizer.kind == nullptr) {
    fail(TW_ERROR_TYPE, "options were given for a borrowed ", optimizer_class_name(torch),
         "; its new group gets those that it was made with");
  }
  return read_options(*optimizer.kind, options);
}

void add_param_group(Optimizer &optimizer, std::vector<at::Tensor> params, std::unique_ptr<OptimizerOptions> options) {
  auto add_missing_state = missing_state(optimizer, params, *options);
  optimizer.add_param_group(OptimizerParamGroup(std::move(params), options->clone()));
  /* Recent LibTorch replaces an option that equals its constructor's default by the optimizer's. */
  optimizer.param_groups().back().set_options(std::move(options));
  add_missing_state();
}

[[noreturn]] void fail_without_option(const Optimizer &optimizer, size_t group, const char *name) {
  fail(TW_ERROR_TYPE, "the options of group ", group, " of ", optimizer_class_name(optimizer), " have no ", name);
}

tw_status get_group_option(double *out, const tw_optimizer *optimizer, size_t group, const char *name) {
  return guard_value(out, [&] {
    const Optimizer &torch = *require(optimizer, "optimizer").torch;
    double value = 0;
    if (!get_option(group_options(torch, group), name, &value)) fail_without_option(torch, group, name);
    return value;
  });
}

/* A momentum that comes late finds the state that its steps take for granted. */
void set_momentum(Optimizer &optimizer, size_t group, double momentum) {
  OptimizerOptions &options = group_options(optimizer, group);
  double present = 0;
  if (!get_option(options, "momentum", &present)) fail_without_option(optimizer, group, "momentum");
  auto rehearsal = options.clone();
  set_options(*rehearsal, {{"momentum", momentum}});
  auto add_missing_state = missing_state(optimizer, optimizer.param_groups()[group].params(), *rehearsal);
  set_options(options, {{"momentum", momentum}});
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

void read_lrs(const Optimizer &optimizer, double *out) {
  const auto &groups = optimizer.param_groups();
  size_t group = 0;
  access_lr(optimizer, group, [&] {
    for (; group < groups.size(); ++group) out[group] = groups[group].options().get_lr();
  });
}

void write_lrs(Optimizer &optimizer, const double *lrs, const double *present) {
  auto &groups = optimizer.param_groups();
  size_t group = 0;
  const auto exchange = [&] {
    for (; group < groups.size(); ++group) groups[group].options().set_lr(lrs[group]);
  };
  const tw_status status = run_guarded([&] { access_lr(optimizer, group, exchange); });
  if (status == TW_OK) return;
  const std::string message = tw_last_error();
  while (group-- > 0) write_lr(optimizer, group, present[group]);
  fail(status, message);
}

bool get_betas(const Optimizer &optimizer, size_t group, double out[2]) {
  const OptimizerOptions &options = group_options(optimizer, group);
  return get_option(options, "betas[0]", &out[0]) && get_option(options, "betas[1]", &out[1]);
}

std::string optimizer_class_name(const Optimizer &optimizer) {
  const std::string name = c10::demangle(typeid(optimizer).name());
  const std::string prefix = "torch::optim::";
  return name.compare(0, prefix.size(), prefix) == 0 ? name.substr(prefix.size()) : name;
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

tw_status tw_optimizer_adam(tw_optimizer **out, const tw_adam_options *options, tw_tensor *const *params,
                            size_t count) {
  return tw::create(out, tw::adam_kind(), options, params, count);
}

tw_status tw_optimizer_adamw(tw_optimizer **out, const tw_adamw_options *options, tw_tensor *const *params,
                             size_t count) {
  return tw::create(out, tw::adamw_kind(), options, params, count);
}

tw_status tw_optimizer_sgd(tw_optimizer **out, const tw_sgd_options *options, tw_tensor *const *params, size_t count) {
  return tw::create(out, tw::sgd_kind(), options, params, count);
}

tw_status tw_optimizer_rmsprop(tw_optimizer **out, const tw_rmsprop_options *options, tw_tensor *const *params,
                               size_t count) {
  return tw::create(out, tw::rmsprop_kind(), options, params, count);
}

tw_status tw_optimizer_adagrad(tw_optimizer **out, const tw_adagrad_options *options, tw_tensor *const *params,
                               size_t count) {
  return tw::create(out, tw::adagrad_kind(), options, params, count);
}

tw_status tw_optimizer_borrow(tw_optimizer **out, void *torch_optimizer) {
  return tw::guard_new(out, [&] {
    auto *torch = &tw::require(static_cast<torch::optim::Optimizer *>(torch_optimizer), "torch_optimizer");
    const auto not_owned = std::shared_ptr<torch::optim::Optimizer>(std::shared_ptr<void>(), torch);
    return std::make_unique<tw_optimizer>(tw_optimizer{not_owned, nullptr});
  });
}

tw_status tw_optimizer_add_param_group(tw_optimizer *optimizer, const void *options, tw_tensor *const *params,
                                       size_t count) {
  return tw::guard([&] {
    auto &torch = *tw::require(optimizer, "optimizer").torch;
    auto torch_params = tw::params_of(params, count);
    tw::check_in_no_group(torch, torch_params);
    tw::add_param_group(torch, std::move(torch_params), tw::options_of_new_group(*optimizer, options));
  });
}

/* ---- Steps ------------------------------------------------------------------------------------------------------- */

tw_status tw_optimizer_step(tw_optimizer *optimizer) {
  return tw::guard([&] { tw::require(optimizer, "optimizer").torch->step(); });
}

/* Not Optimizer::zero_grad: up to LibTorch 1.13 it fills the gradients with zeros, with which a momentum still moves. */
tw_status tw_optimizer_zero_grad(tw_optimizer *optimizer) {
  return tw::guard([&] {
    for (auto &group : tw::require(optimizer, "optimizer").torch->param_groups()) {
      for (at::Tensor &param : group.params()) {
        if (param.defined()) param.mutable_grad().reset();
      }
    }
  });
}

/* ---- The groups' options ----------------------------------------------------------------------------------------- */

tw_status tw_optimizer_group_count(size_t *out, const tw_optimizer *optimizer) {
  return tw::guard_value(out, [&] { return tw::group_count(*tw::require(optimizer, "optimizer").torch); });
}

tw_status tw_optimizer_get_lr(double *out, const tw_optimizer *optimizer, size_t group) {
  return tw::guard_value(out, [&] { return tw::read_lr(*tw::require(optimizer, "optimizer").torch, group); });
}

tw_status tw_optimizer_set_lr(tw_optimizer *optimizer, size_t group, double lr) {
  return tw::guard([&] {
    auto &torch = *tw::require(optimizer, "optimizer").torch;
    tw::check(std::isfinite(lr) && lr >= 0, TW_ERROR_RANGE, "lr is ", lr, "; it must be finite and not negative");
    tw::write_lr(torch, group, lr);
  });
}

tw_status tw_optimizer_get_betas(double out[2], const tw_optimizer *optimizer, size_t group) {
  if (out != nullptr) out[0] = out[1] = 0;
  return tw::guard([&] {
    tw::require(out, "out");
    const auto &torch = *tw::require(optimizer, "optimizer").torch;
    if (!tw::get_betas(torch, group, out)) tw::fail_without_option(torch, group, "betas");
  });
}

tw_status tw_optimizer_set_betas(tw_optimizer *optimizer, size_t group, const double betas[2]) {
  return tw::guard([&] {
    auto &torch = *tw::require(optimizer, "optimizer").torch;
    auto &options = tw::group_options(torch, group);
    tw::require(betas, "betas");
    const bool known = tw::set_options(options, {{"betas[0]", betas[0]}, {"betas[1]", betas[1]}});
    if (!known) tw::fail_without_option(torch, group, "betas");
  });
}

tw_status tw_optimizer_get_weight_decay(double *out, const tw_optimizer *optimizer, size_t group) {
  return tw::get_group_option(out, optimizer, group, "weight_decay");
}

tw_status tw_optimizer_set_weight_decay(tw_optimizer *optimizer, size_t group, double weight_decay) {
  return tw::guard([&] {
    auto &torch = *tw::require(optimizer, "optimizer").torch;
    const bool known = tw::set_options(tw::group_options(torch, group), {{"weight_decay", weight_decay}});
    if (!known) tw::fail_without_option(torch, group, "weight_decay");
  });
}

tw_status tw_optimizer_get_momentum(double *out, const tw_optimizer *optimizer, size_t group) {
  return tw::get_group_option(out, optimizer, group, "momentum");
}

tw_status tw_optimizer_set_momentum(tw_optimizer *optimizer, size_t group, double momentum) {
  return tw::guard([&] { tw::set_momentum(*tw::require(optimizer, "optimizer").torch, group, momentum); });
}

void tw_optimizer_free(tw_optimizer *optimizer) { delete optimizer; }
