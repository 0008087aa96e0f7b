/* A module's state_dict, into a checkpoint and out of it. */
#include <c10/util/StringUtil.h>

#include <cstring>
#include <unordered_set>

#include "checkpoint/checkpoint.h"
#include "module/module.h"

namespace tw {
namespace {

/* ---- putting ----------------------------------------------------------------------------------------------------- */

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
  for (Entry &entry : entries)
    if (!twi_value_add(state.get(), entry.name.release(), entry.tensor.release())) throw std::bad_alloc();
  return state;
}

/* ---- getting ----------------------------------------------------------------------------------------------------- */

/* What is to be copied where. */
struct Copy {
  const twi_value_tensor *from;
  at::Tensor to;
};

std::string key_text(const twi_value &key) {
  if (key.kind == TWI_VALUE_STRING) return key.as.string.bytes;
  return key.kind == TWI_VALUE_INT ? std::to_string(key.as.integer) : "a key that is no string";
}

/* A string of a file's metadata, which lies among the tensors where the checkpoint itself is the state_dict. */
bool is_metadata(const twi_value &key, const twi_value &value) {
  constexpr const char *prefix = "__metadata__.";
  return key.kind == TWI_VALUE_STRING && value.kind == TWI_VALUE_STRING &&
         std::strncmp(key.as.string.bytes, prefix, std::strlen(prefix)) == 0;
}

/* The equal sizes, or, as in Python, the first element of a list for a single number. */
bool sizes_fit(const twi_value_tensor &from, const at::Tensor &to) {
  return sizes_of(from) == to.sizes() || (to.dim() == 0 && from.dim == 1 && from.sizes[0] > 0);
}

/* What a state_dict has for a module: every copy to make, and every fault. */
class Load {
 public:
  /* key is NULL where the checkpoint itself is the state_dict. */
  Load(const tw_checkpoint &checkpoint, const char *key, const torch::nn::Module &module)
      : checkpoint_(checkpoint), name_(key != nullptr ? quoted(key) : "the checkpoint") {
    const twi_value &state = key != nullptr ? dict_of(find_value(&checkpoint, key), name_) : *checkpoint.root;
    std::unordered_set<std::string> known;
    for (const NamedTensor &named : state_of(module)) {
      known.insert(named.name);
      match(twi_value_find(&state, named.name.c_str()), named);
    }
    for (size_t i = 0; i < state.as.container.count; i += 2) {
      const twi_value &name = *state.as.container.items[i], &value = *state.as.container.items[i + 1];
      const bool passed_over = key == nullptr && is_metadata(name, value);
      if (known.count(key_text(name)) == 0 && !passed_over) unknown_.push_back(key_text(name));
    }
  }

  void require_fit(bool strict) const {
    std::string faults;
    if (strict && !missing_.empty()) faults += "; missing: " + c10::Join(", ", missing_);
    if (strict && !unknown_.empty()) faults += "; unknown: " + c10::Join(", ", unknown_);
    if (!misshapen_.empty()) faults += "; of other sizes: " + c10::Join(", ", misshapen_);
    check(faults.empty(), TW_ERROR_ARGUMENT, name_, " does not fit the module", faults);
  }

  std::string report() const {
    std::string lines;
    for (const std::string &name : missing_) lines += "missing " + name + "\n";
    for (const std::string &name : unknown_) lines += "unknown " + name + "\n";
    return lines;
  }

  void run() const {
    for (const Copy &copy : copies_) check_storage(checkpoint_, *copy.from->storage);
    for (const Copy &copy : copies_) copy_tensor(checkpoint_, *copy.from, copy.to);
  }

 private:
  void match(const twi_value *found, const NamedTensor &named) {
    if (found == nullptr) {
      missing_.push_back(named.name);
    } else if (found->kind != TWI_VALUE_TENSOR) {
      misshapen_.push_back(named.name + " (no tensor)");
    } else if (!sizes_fit(found->as.tensor, named.tensor)) {
      misshapen_.push_back(c10::str(named.name, " (", sizes_of(found->as.tensor), " for ", named.tensor.sizes(), ")"));
    } else {
      copies_.push_back({&found->as.tensor, named.tensor});
    }
  }

  const tw_checkpoint &checkpoint_;
  std::string name_;
  std::vector<Copy> copies_;
  std::vector<std::string> missing_, unknown_, misshapen_;
};

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_put_module(tw_checkpoint *checkpoint, const char *key, const tw_module *module) {
  return tw::guard([&] {
    tw::require(checkpoint, "checkpoint");
    /* All are made before the first is put. */
    auto entries = tw::entries_of(*checkpoint, *tw::require(module, "module").module);
    if (key != nullptr) return tw::put(checkpoint, key, tw::state_dict_of(std::move(entries)));
    for (auto &entry : entries) tw::set(checkpoint->root, std::move(entry.name), std::move(entry.tensor));
  });
}

tw_status tw_checkpoint_get_module(const tw_checkpoint *checkpoint, const char *key, tw_module *module) {
  return tw::guard([&] {
    const torch::nn::Module &target = *tw::require(module, "module").module;
    const tw::Load load(tw::require(checkpoint, "checkpoint"), key, target);
    load.require_fit(/*strict=*/true);
    load.run();
  });
}

tw_status tw_checkpoint_get_module_nonstrict(char *report, size_t capacity, size_t *length,
                                             const tw_checkpoint *checkpoint, const char *key, tw_module *module) {
  if (length != nullptr) *length = 0;
  return tw::guard([&] {
    tw::check(report != nullptr || capacity == 0, TW_ERROR_ARGUMENT, "report is NULL but its capacity is ", capacity);
    const torch::nn::Module &target = *tw::require(module, "module").module;
    const tw::Load load(tw::require(checkpoint, "checkpoint"), key, target);
    load.require_fit(/*strict=*/false);
    const std::string text = load.report();
    if (length != nullptr) *length = text.size() + 1;
    if (capacity > 0) tw::copy_text(report, capacity, length, text);
    load.run();
  });
}
