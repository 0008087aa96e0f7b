#include "checkpoint/module_state.h"

#include <unordered_set>

#include "checkpoint/safetensors.h"

namespace tw {
namespace {

std::string key_text(const twi_value &key) {
  if (key.kind == TWI_VALUE_STRING) return {key.as.string.bytes, key.as.string.length};
  return key.kind == TWI_VALUE_INT ? std::to_string(key.as.integer) : "a key that is a " + type_name_of(key);
}

/* The equal sizes, or, as in Python, the first element of a list for a single number. */
bool sizes_fit(const twi_value_tensor &from, const at::Tensor &to) {
  return sizes_of(from) == to.sizes() || (to.dim() == 0 && from.dim == 1 && from.sizes[0] > 0);
}

class Match {
 public:
  Match(ModuleState &out, const twi_value &state_dict) : out_(out), state_dict_(state_dict) {}

  void find(const NamedTensor &named) {
    known_.insert(named.name);
    const twi_value *found = twi_value_find(&state_dict_, named.name.c_str());
    if (found == nullptr) {
      add(TW_DIFFERENCE_MISSING, named.name);
    } else if (is_opaque(*found)) {
      out_.has_opaque = true;
      mismatch(named.name, refusal_of(*found));
    } else if (found->kind != TWI_VALUE_TENSOR) {
      mismatch(named.name, "no tensor");
    } else if (!sizes_fit(found->as.tensor, named.tensor)) {
      mismatch(named.name, c10::str(sizes_of(found->as.tensor), " for ", named.tensor.sizes()));
    } else {
      out_.copies.push_back({&found->as.tensor, named.tensor});
    }
  }

  void look_for_unexpected(bool among_metadata) {
    const auto &items = state_dict_.as.container;
    for (size_t i = 0; i < items.count; i += 2) {
      const std::string name = key_text(*items.items[i]);
      const bool passed_over = among_metadata && is_metadata(*items.items[i], *items.items[i + 1]);
      if (known_.count(name) == 0 && !passed_over) add(TW_DIFFERENCE_UNEXPECTED, name);
    }
  }

 private:
  void add(tw_difference which, const std::string &name) { out_.differences.names[which].push_back(name); }
  void mismatch(const std::string &name, const std::string &reason) {
    add(TW_DIFFERENCE_MISMATCHED, name);
    out_.differences.reasons.push_back(name + " (" + reason + ")");
  }

  ModuleState &out_;
  const twi_value &state_dict_;
  std::unordered_set<std::string> known_;
};

}  // namespace

ModuleState match_module(const tw_module *module, const tw_checkpoint *checkpoint, const char *key) {
  ModuleState state;
  state.name = quoted(key);
  const torch::nn::Module &target = *require(module, "module").module;
  Match match(state, dict_of(find_value(checkpoint, key), state.name));
  for (const NamedTensor &named : state_of(target)) match.find(named);
  match.look_for_unexpected(/*among_metadata=*/key == nullptr);
  return state;
}

}  // namespace tw
