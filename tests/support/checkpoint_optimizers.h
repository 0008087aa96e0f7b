/* Optimizers in checkpoints, for tests. */
#pragma once

#include <string>

#include "catch.h"
#include "checkpoint_files.h"
#include "files.h"

namespace tw::test {

inline Handle<tw_checkpoint> checkpoint_of(const tw_optimizer *optimizer) {
  auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_optimizer(made.get(), "optimizer", optimizer) == TW_OK);
  return made;
}

/* Options and state to the bit: what the file holds. */
inline std::string bytes_of(const tw_optimizer *optimizer) {
  const TemporaryFile file;
  save(checkpoint_of(optimizer), file);
  return bytes_of_file(file.path());
}

}  // namespace tw::test
