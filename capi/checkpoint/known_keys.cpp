/* Dicts in which every entry counts. */
#include "checkpoint/checkpoint.h"

namespace tw {
namespace {

/* What no step can depend on: nothing, a switch that is off, a name. */
bool asks_for_nothing(const twi_value &value) {
  return value.kind == TWI_VALUE_NONE || value.kind == TWI_VALUE_STRING ||
         (value.kind == TWI_VALUE_BOOL && value.as.integer == 0);
}

}  // namespace

void require_known_keys(const twi_value &dict, c10::function_ref<bool(const std::string &)> is_known,
                        const std::string &name) {
  const auto &container = dict.as.container;
  for (size_t i = 0; i < container.count; i += 2) {
    const twi_value &key = *container.items[i], &value = *container.items[i + 1];
    const bool is_text = key.kind == TWI_VALUE_STRING;
    const std::string text = is_text ? std::string(key.as.string.bytes, key.as.string.length) : type_name_of(key);
    if ((is_text && is_known(text)) || asks_for_nothing(value)) continue;
    fail(TW_ERROR_UNSUPPORTED, name, " has \"", text, "\", a ", type_name_of(value),
         ", which this library does not know: what it asks for would be left out. Where nothing depends on it, take it "
         "out in Python and save again");
  }
}

}  // namespace tw
