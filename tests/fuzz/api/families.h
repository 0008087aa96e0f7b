/* The table of calls, a part a family. */
#pragma once

#include "run.h"

namespace tw::fuzz {

const std::vector<Call> &core_calls();
const std::vector<Call> &schedule_calls();
const std::vector<Call> &tensor_calls();
const std::vector<Call> &op_calls();
const std::vector<Call> &layer_calls();
const std::vector<Call> &module_calls();
const std::vector<Call> &torch_optimizer_calls();
const std::vector<Call> &value_calls();
const std::vector<Call> &checkpoint_calls();

}  // namespace tw::fuzz
