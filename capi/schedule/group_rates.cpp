#include "schedule/group_rates.h"

#include <cmath>

#include "optimizer/optimizer.h"

namespace tw {
namespace {

/* The option that PyTorch cycles: betas[0] where there are betas, else momentum. Null where there is neither. */
const char *momentum_name(const torch::optim::OptimizerOptions &options) {
  double value = 0;
  if (get_option(options, "betas[0]", &value)) return "betas[0]";
  return get_option(options, "momentum", &value) ? "momentum" : nullptr;
}

double momentum_of(const torch::optim::Optimizer &optimizer, size_t group) {
  const torch::optim::OptimizerOptions &options = group_options(optimizer, group);
  const char *name = momentum_name(options);
  check(name != nullptr, TW_ERROR_TYPE, "the optimizer is ", optimizer_class_name(optimizer), ", whose group ", group,
        " has neither momentum nor betas to cycle; set cycle_momentum to 0");
  double value = 0;
  get_option(options, name, &value);
  return value;
}

void set_momentum(torch::optim::Optimizer &optimizer, size_t group, double value) {
  torch::optim::OptimizerOptions &options = group_options(optimizer, group);
  set_options(options, {{momentum_name(options), value}});
}

}  // namespace

void GroupRates::resize(size_t count) {
  lrs.resize(count);
  momentums.resize(count);
  before.resize(count);
}

tw_rates GroupRates::view() { return {lrs.size(), lrs.data(), momentums.data()}; }

void GroupRates::read(const torch::optim::Optimizer &optimizer, bool with_momentum) {
  read_lrs(optimizer, lrs.data());
  if (!with_momentum) return;
  for (size_t group = 0; group < momentums.size(); ++group) momentums[group] = momentum_of(optimizer, group);
}

void GroupRates::write(torch::optim::Optimizer &optimizer, bool with_momentum, const char *source,
                       const double *present) const {
  require_finite_lrs(lrs, source);
  for (size_t group = 0; with_momentum && group < momentums.size(); ++group)
    check(momentums[group] >= 0 && momentums[group] < 1, TW_ERROR_RANGE, source, " makes the momentum of group ", group,
          " ", momentums[group], "; it must lie in [0, 1)");
  if (present == nullptr) read_lrs(optimizer, before.data());
  write_lrs(optimizer, lrs.data(), present != nullptr ? present : before.data());
  for (size_t group = 0; with_momentum && group < momentums.size(); ++group)
    set_momentum(optimizer, group, momentums[group]);
}

bool cycles_betas(const torch::optim::Optimizer &optimizer) {
  double value = 0;
  return group_count(optimizer) > 0 && get_option(group_options(optimizer, 0), "betas[0]", &value);
}

void require_finite_lrs(const std::vector<double> &lrs, const char *source) {
  for (size_t group = 0; group < lrs.size(); ++group)
    check(std::isfinite(lrs[group]), TW_ERROR_RANGE, source, " makes the rate of group ", group, " ", lrs[group]);
}

}  // namespace tw
