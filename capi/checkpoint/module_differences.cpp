/* The names in which a module and a state_dict differ. */
#include "checkpoint/module_state.h"

namespace tw {
namespace {

const std::vector<std::string> &names_of(const tw_module_differences *differences, tw_difference which) {
  const Differences &found = require(differences, "differences").differences;
  check(which >= 0 && static_cast<size_t>(which) < found.names.size(), TW_ERROR_ARGUMENT, "which is ",
        static_cast<int32_t>(which), "; it must be a tw_difference");
  return found[which];
}

}  // namespace
}  // namespace tw

tw_status tw_module_differences_get_count(size_t *out, const tw_module_differences *differences, tw_difference which) {
  return tw::guard_value(out, [&] { return tw::names_of(differences, which).size(); });
}

tw_status tw_module_differences_get_name(char *out, size_t capacity, size_t *needed,
                                         const tw_module_differences *differences, tw_difference which, size_t index) {
  if (needed != nullptr) *needed = 0;
  return tw::guard([&] {
    const std::vector<std::string> &names = tw::names_of(differences, which);
    tw::check(index < names.size(), TW_ERROR_RANGE, "index is ", index, ", but there are ", names.size(), " names");
    tw::copy_text(out, capacity, needed, names[index]);
  });
}

void tw_module_differences_free(tw_module_differences *differences) {
  tw::take(differences, "tw_module_differences_free");
}
