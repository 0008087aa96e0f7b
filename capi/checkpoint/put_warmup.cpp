/* A warmup into a checkpoint, as pytorch_warmup's state_dict has it. */
#include "checkpoint/checkpoint.h"
#include "optimizer/torch_optimizer.h"
#include "schedule/warmup.h"

namespace tw {
namespace {

/* What pytorch_warmup calls the parameters of a group's factor; a class of the caller's own may have any. */
Value new_params(const twi_factor_rule &rule, size_t group) {
  Value params = new_dict();
  if (rule.of_period != nullptr) set(params, "warmup_period", new_int(rule.periods[group]));
  if (rule.radams == nullptr) return params;
  set(params, "beta2", new_double(rule.radams[group].beta2));
  set(params, "rho_inf", new_double(rule.radams[group].rho_inf));
  set(params, "offset", new_int(rule.radams[group].offset));
  return params;
}

Value state_dict_of(const tw_warmup &warmup) {
  Value params = new_list(), lrs = new_list();
  for (size_t group = 0; group < warmup.group_count; ++group) {
    append(params, new_params(warmup.rule, group));
    append(lrs, new_double(warmup.undampened[group]));
  }
  Value state_dict = new_dict();
  set(state_dict, "warmup_params", std::move(params));
  set(state_dict, "last_step", new_int(warmup.last_step));
  set(state_dict, "lrs", std::move(lrs));
  return state_dict;
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_put_warmup(tw_checkpoint *checkpoint, const char *key, const tw_warmup *warmup) {
  return tw::guard([&] {
    const tw::OptimizerReadLock lock(*tw::require(warmup, "warmup").optimizer);
    tw::put(checkpoint, key, tw::state_dict_of(*warmup));
  });
}
