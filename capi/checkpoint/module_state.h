/* How a state_dict fits a module. */
#pragma once

#include <array>
#include <string>
#include <vector>

#include "checkpoint/checkpoint.h"
#include "module/module.h"

namespace tw {

/* Where names differ, by tw_difference. Those that are mismatched, each with why. */
struct Differences {
  std::array<std::vector<std::string>, 3> names;
  std::vector<std::string> reasons;

  const std::vector<std::string> &operator[](tw_difference which) const { return names[which]; }
};

/* What a state_dict has for a module. */
struct ModuleState {
  struct Copy { /* what is to be copied where */
    const twi_value_tensor *from;
    at::Tensor to;
  };

  std::string name; /* of the state_dict in messages */
  std::vector<Copy> copies;
  Differences differences;
  bool has_opaque = false; /* whether something that is mismatched is what this library has no type for */
};

/* key is NULL where the checkpoint itself is the state_dict. */
ModuleState match_module(const tw_module *module, const tw_checkpoint *checkpoint, const char *key);

}  // namespace tw

struct tw_module_differences {
  tw::Differences differences;
};
