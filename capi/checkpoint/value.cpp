/* Values of any kind, into a checkpoint and out of it. */
#include "checkpoint/stored_value.h"

namespace tw {
namespace {

void put_value(tw_checkpoint &checkpoint, const char *key, const tw_value &value) {
  Value tree = tree_of(checkpoint.memory, value);
  const size_t depth = tree->depth + (key != nullptr ? 1 : 0);
  check(depth <= deepest_value, TW_ERROR_RANGE, depth, " containers would lie in one another in the checkpoint; ",
        deepest_value, " are the most");
  if (key != nullptr) return put(&checkpoint, key, std::move(tree));
  checkpoint.root = std::move(tree);
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_put_value(tw_checkpoint *checkpoint, const char *key, const tw_value *value) {
  return tw::guard([&] { tw::put_value(tw::require(checkpoint, "checkpoint"), key, tw::require(value, "value")); });
}

tw_status tw_checkpoint_get_value(tw_value **out, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard_new(out, [&] {
    const twi_value &found = tw::find_value(checkpoint, key);
    return tw::new_value(tw::stored_value(checkpoint->memory, found));
  });
}
