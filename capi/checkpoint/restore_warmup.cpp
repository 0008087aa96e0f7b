/* A warmup from a checkpoint: all is read and checked before anything changes. */
#include <utility>

#include "base/arguments.h"
#include "checkpoint/checkpoint.h"
#include "schedule/warmup.h"

namespace tw {
namespace {

/* A list of an entry a group. */
const twi_value *const *groups_of(const twi_value &state_dict, const char *key, size_t groups,
                                  const std::string &name) {
  const std::string path = c10::str(key, " of ", name);
  const auto &items = list_of(find_item(state_dict, key, name), path).as.container;
  check(items.count == groups, TW_ERROR_ARGUMENT, path, " has ", items.count, " entries; the warmup has ", groups,
        " groups");
  return items.items;
}

void read_params(FactorRule &rule, size_t group, const twi_value &params, const std::string &name) {
  if (rule.of_period != nullptr) {
    const int64_t period = int64_of(find_item(params, "warmup_period", name), "warmup_period of " + name);
    check(period >= 1, TW_ERROR_RANGE, "warmup_period of ", name, " is ", period, "; it must be positive");
    rule.periods[group] = period;
  } else if (!rule.radams.empty()) {
    const double beta2 = double_of(find_item(params, "beta2", name), "beta2 of " + name);
    check(tw_radam_init(&rule.radams[group], beta2) == 1, TW_ERROR_RANGE, "beta2 of ", name, " is ", beta2,
          "; it must lie in (0.6, 1)");
  }
}

struct State {
  FactorRule rule;
  int64_t last_step;
  std::vector<double> lrs;
};

State read_state(const tw_warmup &warmup, const twi_value &state_dict, const std::string &name) {
  const size_t groups = warmup.dampening.group_count;
  const twi_value *const *params = groups_of(dict_of(state_dict, name), "warmup_params", groups, name);
  const twi_value *const *lrs = groups_of(state_dict, "lrs", groups, name);
  State state{warmup.rule, int64_of(find_item(state_dict, "last_step", name), "last_step of " + name), {}};
  check(state.last_step >= -1, TW_ERROR_RANGE, "last_step of ", name, " is ", state.last_step,
        "; it must be at least -1");
  for (size_t group = 0; group < groups; ++group) {
    const std::string path = c10::str("warmup_params[", group, "] of ", name);
    read_params(state.rule, group, dict_of(*params[group], path), path);
    const std::string rate = c10::str("lrs[", group, "] of ", name);
    state.lrs.push_back(require_finite(double_of(*lrs[group], rate), rate));
  }
  return state;
}

/* A rule in place of a warmup's, until the end of the scope unless it is kept. */
class RuleSwap {
 public:
  RuleSwap(FactorRule &place, FactorRule &rule) : place_(place), rule_(rule) { std::swap(place_, rule_); }
  ~RuleSwap() {
    if (!kept_) std::swap(place_, rule_);
  }
  RuleSwap(const RuleSwap &) = delete;
  RuleSwap &operator=(const RuleSwap &) = delete;
  void keep() noexcept { kept_ = true; }

 private:
  FactorRule &place_, &rule_;
  bool kept_ = false;
};

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_restore_warmup(tw_warmup *warmup, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard([&] {
    tw_warmup &self = tw::require(warmup, "warmup");
    tw::require_groups(*self.torch, self.dampening.group_count, "this warmup");
    const twi_value &state_dict = tw::find_value(checkpoint, key);
    tw::State state = tw::read_state(self, state_dict, tw::quoted(key));
    tw::RuleSwap swap(self.rule, state.rule);
    self.put_state(state.last_step, state.lrs.data());
    swap.keep();
  });
}
