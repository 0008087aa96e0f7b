/* Loading a checkpoint. */
#include "archive/checkpoint_read.h"
#include "checkpoint/checkpoint.h"

namespace tw {
namespace {

std::unique_ptr<tw_checkpoint> load_checkpoint(const std::string &path) {
  auto checkpoint = std::make_unique<tw_checkpoint>();
  const auto file = std::make_shared<SourceFile>(path);
  checkpoint->memory->file = file;
  const twi_zip_source source{SourceFile::source, file.get(), file->size()};
  twi_fault fault{};
  checkpoint->root.reset(twi_checkpoint_read(&source, &fault));
  if (checkpoint->root == nullptr) fail_fault(fault, path, "checkpoint");
  return checkpoint;
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_load(tw_checkpoint **out, const char *path) {
  return tw::guard_new(out, [&] { return tw::load_checkpoint(&tw::require(path, "path")); });
}
