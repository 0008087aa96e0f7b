/* A module's state_dict out of a checkpoint. */
#include <c10/util/StringUtil.h>

#include "checkpoint/module_state.h"
#include "tensor/memory.h"

namespace tw {
namespace {

std::string fault_of(const char *what, const std::vector<std::string> &names) {
  return names.empty() ? "" : c10::str("; ", what, ": ", c10::Join(", ", names));
}

bool ends_with_name(const std::string &longer, const std::string &name) {
  const size_t more = longer.size() - name.size();
  return longer.size() > name.size() && longer[more - 1] == '.' && longer.compare(more, name.size(), name) == 0;
}

/* The remedy where a name that is missing is there behind a prefix, as DataParallel puts before it. */
std::string remedy_for(const Differences &differences) {
  for (const std::string &name : differences[TW_DIFFERENCE_MISSING])
    for (const std::string &found : differences[TW_DIFFERENCE_UNEXPECTED])
      if (ends_with_name(found, name))
        return c10::str("; tw_checkpoint_from_value takes off a prefix such as \"",
                        found.substr(0, found.size() - name.size()), "\"");
  return "";
}

void check_fit(const ModuleState &state, bool strict) {
  const Differences &differences = state.differences;
  std::string faults;
  if (strict) faults += fault_of("missing", differences[TW_DIFFERENCE_MISSING]);
  if (strict) faults += fault_of("unexpected", differences[TW_DIFFERENCE_UNEXPECTED]);
  faults += fault_of("of other sizes", differences.reasons);
  if (strict) faults += remedy_for(differences);
  check(faults.empty(), state.has_opaque ? TW_ERROR_UNSUPPORTED : TW_ERROR_ARGUMENT, state.name,
        " does not fit the module", faults);
}

/* Every fault is found before the first copy. */
void copy_all(const CheckpointMemory &memory, const std::vector<ModuleState::Copy> &copies) {
  for (const ModuleState::Copy &copy : copies) {
    require_writable(copy.to, "a parameter or buffer of the module");
    check_storage(memory, *copy.from->storage);
  }
  for (const ModuleState::Copy &copy : copies) copy_tensor(memory, *copy.from, copy.to);
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_restore_module(tw_module *module, const tw_checkpoint *checkpoint, const char *key,
                                       int32_t strict) {
  return tw::guard([&] {
    const bool whole = tw::require_bool(strict, "strict");
    const tw::ModuleState state = tw::match_module(module, checkpoint, key);
    tw::check_fit(state, whole);
    tw::copy_all(*checkpoint, state.copies);
  });
}
