/* The parts of the table together: the core, where most is bound to most, twice. */
#include "families.h"

namespace tw::fuzz {

const std::vector<Call> &all_calls() {
  static const std::vector<Call> calls = [] {
    std::vector<Call> all;
    for (const auto *part : {&core_calls(), &core_calls(), &schedule_calls(), &schedule_calls(), &tensor_calls(),
                             &op_calls(), &layer_calls(), &module_calls(), &module_calls(), &torch_optimizer_calls(),
                             &value_calls(), &checkpoint_calls()})
      all.insert(all.end(), part->begin(), part->end());
    return all;
  }();
  return calls;
}

}  // namespace tw::fuzz
