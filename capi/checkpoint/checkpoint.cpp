/* Checkpoints: making and freeing them. */
#include "checkpoint/checkpoint.h"

tw_status tw_checkpoint_create(tw_checkpoint **out) {
  return tw::guard_new(out, [] { return std::make_unique<tw_checkpoint>(); });
}

void tw_checkpoint_free(tw_checkpoint *checkpoint) { tw::take(checkpoint, "tw_checkpoint_free"); }
