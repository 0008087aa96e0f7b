/* LibTorch's optimizers as the core's interface: reading and setting one number of all groups. */
#include "optimizer/torch_optimizer.h"

#include "optimizer/state.h"

namespace tw {
namespace {

using torch::optim::Optimizer;
using torch::optim::OptimizerOptions;

TorchOptimizer &self_of(void *context) { return *static_cast<TorchOptimizer *>(context); }

/* ---- the rates, of whatever class -------------------------------------------------------------------------------- */

/* LibTorch's base class throws where a class of options has no rate: a TW_ERROR_TYPE with the optimizer's name. access
   may go through several groups, and leaves in group where it stands: a guard for each would cost more than the rates. */
tw_status access_lrs(const Optimizer &optimizer, const size_t &group, c10::function_ref<void()> access) {
  const tw_status status = run_guarded(access);
  if (status == TW_OK) return TW_OK;
  return guard([&] {
    const std::string met = tw_last_error();
    group_options(optimizer, group); /* fails in its own words where there are none */
    fail(status == TW_ERROR_TORCH ? TW_ERROR_TYPE : status, "the options of group ", group, " of ",
         optimizer_class_name(optimizer), " do not give their learning rate by get_lr and set_lr: ", met);
  });
}

tw_status get_lrs(double *out, const Optimizer &optimizer) {
  const auto &groups = optimizer.param_groups();
  size_t group = 0;
  return access_lrs(optimizer, group, [&] {
    for (; group < groups.size(); ++group) out[group] = groups[group].options().get_lr();
  });
}

/* The options of an optimizer that was made here take any rate. Those of a borrowed one may refuse: what its groups had is
   kept until all have taken theirs. */
tw_status set_lrs(TorchOptimizer &self, const double *values) {
  auto &groups = self.torch->param_groups();
  const bool may_refuse = self.kind == nullptr;
  size_t group = 0;
  self.before.clear();
  const tw_status status = access_lrs(*self.torch, group, [&] {
    for (; group < groups.size(); ++group) {
      OptimizerOptions &options = groups[group].options();
      if (may_refuse) self.before.push_back(options.get_lr());
      options.set_lr(values[group]);
    }
  });
  if (status == TW_OK || !may_refuse) return status;
  /* Their own rates are what they take; should one refuse even that, the first failure is told. */
  (void)tw::attempt([&] {
    for (size_t changed = 0; changed < group; ++changed) groups[changed].options().set_lr(self.before[changed]);
  });
  return status;
}

/* ---- the other options ------------------------------------------------------------------------------------------- */

/* What our tables call it. */
const char *name_of(tw_option option) {
  if (option == TW_OPTION_BETA1) return "betas[0]";
  return option == TW_OPTION_BETA2 ? "betas[1]" : tw_option_name(option);
}

/* As optimizer.h says of any optimizer, but with the group where that alone lacks the option. */
[[noreturn]] void fail_without(const Optimizer &optimizer, size_t group, tw_option option) {
  fail(TW_ERROR_NOT_FOUND, "the options of group ", group, " of ", optimizer_class_name(optimizer), " have no ",
       tw_option_name(option));
}

void get_all(double *out, const Optimizer &optimizer, tw_option option) {
  const char *name = name_of(option);
  for (size_t group = 0; group < group_count(optimizer); ++group)
    if (!get_option(group_options(optimizer, group), name, &out[group])) fail_without(optimizer, group, option);
}

/* What a group is to have, and the state that its next steps take for granted. */
struct Change {
  std::unique_ptr<OptimizerOptions> options;
  std::function<void()> add_missing_state;
};

/* Nothing where the group has the number already. */
Change change_of(Optimizer &optimizer, size_t group, tw_option option, double value) {
  OptimizerOptions &options = group_options(optimizer, group);
  double present = 0;
  if (!get_option(options, name_of(option), &present)) fail_without(optimizer, group, option);
  if (present == value) return {};
  Change change{options.clone(), [] {}};
  set_options(*change.options, {{name_of(option), value}});
  if (option == TW_OPTION_MOMENTUM)
    change.add_missing_state = missing_state(optimizer, optimizer.param_groups()[group].params(), *change.options);
  return change;
}

void set_all(Optimizer &optimizer, const double *values, tw_option option) {
  std::vector<std::pair<size_t, Change>> changes;
  for (size_t group = 0; group < group_count(optimizer); ++group) {
    Change change = change_of(optimizer, group, option, values[group]);
    if (change.options != nullptr) changes.emplace_back(group, std::move(change));
  }
  for (auto &[group, change] : changes) {
    OptimizerOptions &options = group_options(optimizer, group);
    copy_options(*kind_of(options), options, *change.options);
    change.add_missing_state();
  }
}

/* ---- the interface ----------------------------------------------------------------------------------------------- */

tw_status count_groups(size_t *out, void *context) {
  *out = self_of(context).torch->param_groups().size();
  return TW_OK;
}

tw_status get_numbers(double *out, size_t, tw_option option, void *context) {
  const Optimizer &optimizer = *self_of(context).torch;
  if (option == TW_OPTION_LR) return get_lrs(out, optimizer);
  return guard([&] { get_all(out, optimizer, option); });
}

tw_status set_numbers(const double *values, size_t, tw_option option, void *context) {
  TorchOptimizer &self = self_of(context);
  if (option == TW_OPTION_LR) return set_lrs(self, values);
  return guard([&] { set_all(*self.torch, values, option); });
}

}  // namespace

void release_torch(void *context); /* borrow.cpp: it may stand in the list of borrowed ones */

const tw_optimizer_interface torch_interface = {
    sizeof(tw_optimizer_interface), nullptr, count_groups, get_numbers, set_numbers, release_torch};

}  // namespace tw
