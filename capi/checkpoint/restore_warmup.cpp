/* A warmup from a checkpoint: all is read and checked before anything changes. */
#include <algorithm>
#include <utility>
#include <vector>

#include "base/arguments.h"
#include "checkpoint/checkpoint.h"
#include "optimizer/torch_optimizer.h"
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

/* What a state_dict gives, beside the warmup: its rule's numbers, in the form in which the rule has them. */
struct State {
  int64_t last_step = 0;
  std::vector<int64_t> periods;
  std::vector<twi_radam> radams;
  std::vector<double> lrs;
};

void read_params(State &state, const twi_factor_rule &rule, const twi_value &params, const std::string &name) {
  if (rule.of_period != nullptr) {
    const int64_t period = int64_of(find_item(params, "warmup_period", name), "warmup_period of " + name);
    check(period >= 1, TW_ERROR_RANGE, "warmup_period of ", name, " is ", period, "; it must be positive");
    state.periods.push_back(period);
  } else if (rule.radams != nullptr) {
    const double beta2 = double_of(find_item(params, "beta2", name), "beta2 of " + name);
    twi_radam radam{};
    check(twi_radam_init(&radam, beta2) == 1, TW_ERROR_RANGE, "beta2 of ", name, " is ", beta2,
          "; it must lie in (0.6, 1)");
    state.radams.push_back(radam);
  }
}

bool is_entry(const std::string &key) { return key == "warmup_params" || key == "lrs" || key == "last_step"; }

/* RAdam's others follow from beta2. */
bool is_param(const twi_factor_rule &rule, const std::string &key) {
  if (rule.of_period != nullptr) return key == "warmup_period";
  return rule.radams != nullptr && (key == "beta2" || key == "rho_inf" || key == "offset");
}

State read_state(const tw_warmup &warmup, const twi_value &state_dict, const std::string &name) {
  const size_t groups = warmup.group_count;
  const twi_value *const *params = groups_of(dict_of(state_dict, name), "warmup_params", groups, name);
  const twi_value *const *lrs = groups_of(state_dict, "lrs", groups, name);
  State state;
  state.last_step = int64_of(find_item(state_dict, "last_step", name), "last_step of " + name);
  require_ok(twi_check_step(state.last_step, -1, ("last_step of " + name).c_str()));
  for (size_t group = 0; group < groups; ++group) {
    const std::string path = c10::str("warmup_params[", group, "] of ", name);
    read_params(state, warmup.rule, dict_of(*params[group], path), path);
    require_known_keys(
        *params[group], [&](const std::string &key) { return is_param(warmup.rule, key); }, path);
    const std::string rate = c10::str("lrs[", group, "] of ", name);
    state.lrs.push_back(require_rate(double_of(*lrs[group], rate), rate));
  }
  require_known_keys(state_dict, is_entry, name);
  return state;
}

/* A rule's numbers and those of a state in each other's place. */
void swap_rules(twi_factor_rule &rule, State &state) {
  std::swap_ranges(state.periods.begin(), state.periods.end(), rule.periods);
  std::swap_ranges(state.radams.begin(), state.radams.end(), rule.radams);
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_restore_warmup(tw_warmup *warmup, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard([&] {
    const tw::OptimizerLock lock(*tw::require(warmup, "warmup").optimizer);
    tw::require_ok(twi_warmup_check(warmup));
    tw::State state = tw::read_state(*warmup, tw::find_value(checkpoint, key), tw::quoted(key));
    tw::swap_rules(warmup->rule, state);
    const tw_status status = twi_warmup_put_state(warmup, state.last_step, state.lrs.data());
    if (status != TW_OK) tw::swap_rules(warmup->rule, state);
    tw::require_ok(status);
  });
}
