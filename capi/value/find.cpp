/* Finding what a value has under a name. */
#include "value/value.h"

namespace tw {
namespace {

tw_value find(const tw_value &value, const std::string &key) {
  const ValueContainer *container = container_of(value);
  auto found = container != nullptr ? container->find(key) : std::nullopt;
  if (found.has_value()) return std::move(*found);
  auto names = container != nullptr ? container->names(most_names + 1) : std::nullopt;
  if (!names.has_value()) fail_kind(value, "a dict or a named tuple");
  fail(TW_ERROR_NOT_FOUND, "there is no key \"", key, "\"; ", names_there_are(std::move(*names)));
}

}  // namespace
}  // namespace tw

tw_status tw_value_find(tw_value **out, const tw_value *value, const char *key) {
  return tw::guard_new(out,
                       [&] { return tw::new_value(tw::find(tw::require(value, "value"), &tw::require(key, "key"))); });
}
