/* A module's state_dict into a checkpoint. */
#include "checkpoint/checkpoint.h"
#include "module/module.h"

namespace tw {
namespace {

struct Entry {
  Value name, tensor;
};

std::vector<Entry> entries_of(tw_checkpoint &checkpoint, const torch::nn::Module &module) {
  std::vector<Entry> entries;
  for (const NamedTensor &named : state_of(module))
    entries.push_back(
        {new_string(named.name, "the name of a parameter or buffer"), new_tensor_value(checkpoint, named.tensor)});
  return entries;
}

Value state_dict_of(std::vector<Entry> entries) {
  Value state = new_dict(TWI_VALUE_ORDERED_DICT);
  for (Entry &entry : entries) add(state, std::move(entry.name), std::move(entry.tensor));
  return state;
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_put_module(tw_checkpoint *checkpoint, const char *key, const tw_module *module) {
  return tw::guard([&] {
    tw::require(checkpoint, "checkpoint");
    /* All are made before the first is put. */
    auto entries = tw::entries_of(*checkpoint, *tw::require(module, "module").module);
    if (key != nullptr) return tw::put(checkpoint, key, tw::state_dict_of(std::move(entries)));
    const tw::Value &root = tw::writable_root(*checkpoint);
    for (auto &entry : entries) tw::set(root, std::move(entry.name), std::move(entry.tensor));
  });
}
