/* Loading a checkpoint. */
#include <cstring>

#include "archive/checkpoint_read.h"
#include "checkpoint/checkpoint.h"

namespace tw {
namespace {

/* Python pickles a method as a call of getattr, which is never run. */
const char *remedy_for(const twi_fault &fault) {
  const bool has_method = fault.kind == TWI_FAULT_UNSUPPORTED && std::strstr(fault.text, "getattr") != nullptr;
  return has_method
             ? "; remove \"anneal_func\" from the state_dict of a OneCycleLR of PyTorch 1.13 before torch.save, or "
               "whatever else is a method"
             : "";
}

std::unique_ptr<tw_checkpoint> load_checkpoint(const std::string &path) {
  auto checkpoint = std::make_unique<tw_checkpoint>();
  const auto file = std::make_shared<SourceFile>(path);
  checkpoint->memory->file = file;
  const twi_zip_source source{SourceFile::source, file.get(), file->size()};
  twi_fault fault{};
  checkpoint->root.reset(twi_checkpoint_read(&source, &fault));
  if (checkpoint->root == nullptr) fail_fault(fault, path, "checkpoint", remedy_for(fault));
  return checkpoint;
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_load(tw_checkpoint **out, const char *path) {
  return tw::guard_new(out, [&] { return tw::load_checkpoint(&tw::require(path, "path")); });
}
