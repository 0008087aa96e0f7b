/* Whether a checkpoint has a key. */
#include "checkpoint/checkpoint.h"

namespace tw {
namespace {

bool has(const twi_value &root, const char *key) {
  return twi_value_is_dict(&root) && twi_value_find(&root, key) != nullptr;
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_has(int32_t *out, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard_value(
      out, [&] { return tw::has(*tw::require(checkpoint, "checkpoint").root, &tw::require(key, "key")) ? 1 : 0; });
}
