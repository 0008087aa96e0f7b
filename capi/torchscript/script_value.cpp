/* Values that go to TorchScript and come from there. */
#include "torchscript/script_value.h"

#include <ATen/core/Dict.h>
#include <ATen/core/List.h>
#include <ATen/core/function_schema.h>
#include <ATen/core/jit_type.h>

#include <algorithm>

#include "torchscript/types.h"

namespace tw {
namespace {

/* A container that TorchScript made. */
class ScriptContainer : public ValueContainer {
 public:
  explicit ScriptContainer(c10::IValue held) : held_(std::move(held)) {}

  const c10::IValue &held() const { return held_; }
  size_t depth() const override {
    size_t deepest = 0;
    for (size_t i = 0; i < size(); ++i) deepest = std::max(deepest, depth_of(item(i)));
    return deepest + 1;
  }
  tw_value key(size_t) const override { fail(TW_ERROR_INTERNAL, "a key of what is no dict"); }

 private:
  c10::IValue held_;
};

class ScriptList final : public ScriptContainer {
 public:
  using ScriptContainer::ScriptContainer;

  tw_kind kind() const override { return TW_KIND_LIST; }
  size_t size() const override { return held().toListRef().size(); }
  tw_value item(size_t index) const override { return value_of(held().toListRef()[index]); }
};

class ScriptTuple final : public ScriptContainer {
 public:
  using ScriptContainer::ScriptContainer;

  tw_kind kind() const override { return TW_KIND_TUPLE; }
  size_t size() const override { return held().toTupleRef().elements().size(); }
  tw_value item(size_t index) const override { return value_of(held().toTupleRef().elements()[index]); }

  std::optional<tw_value> find(const std::string &key) const override {
    const auto fields = names(size()).value_or(std::vector<std::string>());
    const auto found = std::find(fields.begin(), fields.end(), key);
    if (found == fields.end()) return {};
    return item(static_cast<size_t>(found - fields.begin()));
  }

  std::optional<std::vector<std::string>> names(size_t limit) const override {
    const auto type = held().type()->expect<c10::TupleType>();
    if (type->schema() == nullptr) return {};
    std::vector<std::string> found;
    for (const c10::Argument &field : type->schema()->arguments())
      if (found.size() < limit) found.push_back(field.name());
    return found;
  }
};

class ScriptDict final : public ScriptContainer {
 public:
  using ScriptContainer::ScriptContainer;

  tw_kind kind() const override { return TW_KIND_DICT; }
  size_t size() const override { return held().toGenericDict().size(); }
  tw_value item(size_t index) const override { return value_of(entry(index)->value()); }
  tw_value key(size_t index) const override { return value_of(entry(index)->key()); }

 private:
  c10::Dict<c10::IValue, c10::IValue>::iterator entry(size_t index) const {
    auto entry = held().toGenericDict().begin();
    for (size_t i = 0; i < index; ++i) ++entry;
    return entry;
  }
};

template <class Kind>
tw_value container(c10::IValue given) {
  return {std::shared_ptr<const ValueContainer>(std::make_shared<Kind>(std::move(given)))};
}

using Part = tw_value (ValueContainer::*)(size_t) const;

std::vector<c10::IValue> ivalues_of(const ValueContainer &container, Part part) {
  std::vector<c10::IValue> found;
  for (size_t i = 0; i < container.size(); ++i) found.push_back(ivalue_of((container.*part)(i)));
  return found;
}

c10::IValue ivalue_of_container(const ValueContainer &container) {
  if (const auto *script = dynamic_cast<const ScriptContainer *>(&container)) return script->held();
  auto items = ivalues_of(container, &ValueContainer::item);
  if (container.kind() == TW_KIND_LIST) return new_ivalue_list(items);
  if (container.kind() == TW_KIND_TUPLE) return c10::ivalue::Tuple::create(std::move(items));
  return new_ivalue_dict(ivalues_of(container, &ValueContainer::key), items);
}

}  // namespace

tw_value value_of(c10::IValue given) {
  if (given.isList()) return container<ScriptList>(std::move(given));
  if (given.isTuple()) return container<ScriptTuple>(std::move(given));
  if (given.isGenericDict()) return container<ScriptDict>(std::move(given));
  return {std::move(given)};
}

c10::IValue ivalue_of(const tw_value &value) {
  if (const ValueContainer *container = container_of(value)) return ivalue_of_container(*container);
  if (const c10::IValue *plain = plain_of(value)) return *plain;
  auto tensor = tensor_in(value);
  if (!tensor.has_value()) fail_kind(value, "what a method of TorchScript takes");
  return c10::IValue(*std::move(tensor));
}

}  // namespace tw
