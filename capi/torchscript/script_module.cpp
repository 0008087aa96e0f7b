/* TorchScript's modules as the rest of this library takes modules. */
#include <ATen/core/Dict.h>
#include <ATen/core/jit_type.h>

#include "module/running.h"
#include "torchscript/torchscript.h"

namespace tw {
namespace {

/* The class as it was named in Python. */
std::string class_name(const torch::jit::Module &script) {
  const auto &name = script.type()->name();
  return name ? name->name() : "ScriptModule";
}

/* The tensors of a result, in order; what else it holds is left out. */
void append_tensors(Tensors &tensors, const c10::IValue &value) {
  if (value.isTensor()) {
    if (value.toTensor().defined()) tensors.push_back(value.toTensor());
  } else if (value.isTuple()) {
    for (const c10::IValue &item : value.toTupleRef().elements()) append_tensors(tensors, item);
  } else if (value.isList()) {
    for (const c10::IValue &item : value.toListRef()) append_tensors(tensors, item);
  } else if (value.isGenericDict()) {
    for (const auto &entry : value.toGenericDict()) append_tensors(tensors, entry.value());
  }
}

}  // namespace

ScriptModule::ScriptModule(torch::jit::Module script) : Module(class_name(script)), script_(std::move(script)) {}

std::shared_ptr<ScriptModule> ScriptModule::make(const torch::jit::Module &script) {
  Book book;
  return make(script, book);
}

std::shared_ptr<ScriptModule> ScriptModule::make(const torch::jit::Module &script, Book &book) {
  const auto [place, added] = book.try_emplace(script._ivalue().get());
  if (!added) {
    check(place->second != nullptr, TW_ERROR_FORMAT, "the module ", class_name(script), " holds itself");
    return place->second;
  }
  auto made = std::make_shared<ScriptModule>(script);
  for (const auto &child : script.named_children()) made->register_module(child.name, make(child.value, book));
  place->second = made;
  return made;
}

Tensors ScriptModule::forward_all(const Tensors &inputs) {
  check(script_.find_method("forward").has_value(), TW_ERROR_STATE, "the module ", name(), " has no forward");
  const c10::IValue result = call_method(script_, "forward", {inputs.begin(), inputs.end()}, Running::path_within());
  Tensors tensors;
  append_tensors(tensors, result);
  check(!tensors.empty(), TW_ERROR_TYPE, "forward of ", name(), " gave a value of type ",
        result.type()->annotation_str(), ", without a tensor; tw_module_call_method gives it");
  return tensors;
}

std::vector<NamedTensor> ScriptModule::own_state() const {
  std::vector<NamedTensor> state;
  for (const auto &item : script_.named_parameters(/*recurse=*/false)) state.push_back({item.name, item.value, true});
  for (const auto &item : script_.named_buffers(/*recurse=*/false)) state.push_back({item.name, item.value, false});
  return state;
}

std::optional<size_t> ScriptModule::training_slot() const {
  const auto slot = script_.type()->findAttributeSlot("training");
  if (!slot || script_.type()->getAttribute(*slot)->kind() != c10::TypeKind::BoolType) return {};
  return *slot;
}

void ScriptModule::train(bool on) {
  Module::train(on); /* the children's */
  if (const auto slot = training_slot()) script_._ivalue()->setSlot(*slot, on);
}

/* A frozen module has no mode any more: it is one of evaluation. */
bool ScriptModule::is_training() const noexcept {
  const auto slot = training_slot();
  return slot && script_._ivalue()->getSlot(*slot).toBool();
}

const ScriptModule &script_module(const tw_module *module, const char *what) {
  const torch::nn::Module &found = *require(module, "module").module;
  const auto *script = dynamic_cast<const ScriptModule *>(&found);
  check(script != nullptr, TW_ERROR_TYPE, "module is no TorchScript module, ", what, ": ", described(found));
  return *script;
}

}  // namespace tw
