/* LR schedulers and warmups in checkpoints, for tests. */
#pragma once

#include "checkpoint_files.h"
#include "schedulers.h"

namespace tw::test {

using Warmup = Handle<tw_warmup>;
using Checkpoint = Handle<tw_checkpoint>;

inline void require_ok(tw_status status) {
  INFO(last_error());
  REQUIRE(status == TW_OK);
}

}  // namespace tw::test
