/* A copy of a checkpoint. */
#include "checkpoint/tree.h"

namespace tw {
namespace {

std::unique_ptr<tw_checkpoint> clone(const tw_checkpoint &checkpoint) {
  auto made = std::make_unique<tw_checkpoint>();
  made->memory->file = checkpoint.memory->file;
  made->root = TreeCopy(*made, checkpoint, clone_storage)(*checkpoint.root);
  return made;
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_clone(tw_checkpoint **out, const tw_checkpoint *checkpoint) {
  return tw::guard_new(out, [&] { return tw::clone(tw::require(checkpoint, "checkpoint")); });
}
