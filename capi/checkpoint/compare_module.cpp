/* How a module and a state_dict differ. */
#include "checkpoint/module_state.h"

tw_status tw_checkpoint_compare_module(tw_module_differences **out, const tw_module *module,
                                       const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard_new(out, [&] {
    return std::make_unique<tw_module_differences>(
        tw_module_differences{tw::match_module(module, checkpoint, key).differences});
  });
}
