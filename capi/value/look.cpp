/* Looking into values, of whatever sort. */
#include <c10/util/StringUtil.h>

#include <array>

#include "tensor/dtype.h"
#include "value/value.h"

namespace tw {
namespace {

struct KindOfIvalue {
  bool (c10::IValue::*is)() const;
  tw_kind kind;
};

/* What is none of them is TW_KIND_OTHER. */
constexpr KindOfIvalue kinds_of_ivalues[] = {
    {&c10::IValue::isNone, TW_KIND_NONE}, {&c10::IValue::isTensor, TW_KIND_TENSOR},
    {&c10::IValue::isInt, TW_KIND_INT64}, {&c10::IValue::isDouble, TW_KIND_DOUBLE},
    {&c10::IValue::isBool, TW_KIND_BOOL}, {&c10::IValue::isString, TW_KIND_STRING},
};

constexpr std::array<const char *, 10> kind_names = {"None",  "a tensor", "an int",  "a float", "a bool",
                                                     "a str", "a list",   "a tuple", "a dict",  "another object"};

tw_kind kind_of_ivalue(const c10::IValue &value) {
  for (const KindOfIvalue &each : kinds_of_ivalues)
    if ((value.*each.is)()) return each.kind;
  return TW_KIND_OTHER;
}

/* The text of a key that is a string. */
std::optional<std::string> text_of(const tw_value &key) {
  const c10::IValue *plain = plain_of(key);
  return plain != nullptr && plain->isString() ? std::optional(plain->toStringRef()) : std::nullopt;
}

}  // namespace

std::string ValueContainer::type_name() const {
  return kind() == TW_KIND_DICT ? "dict" : kind() == TW_KIND_TUPLE ? "tuple" : "list";
}

std::optional<tw_value> ValueContainer::find(const std::string &wanted) const {
  if (kind() != TW_KIND_DICT) return {};
  for (size_t i = 0; i < size(); ++i)
    if (text_of(key(i)) == wanted) return item(i);
  return {};
}

std::optional<std::vector<std::string>> ValueContainer::names(size_t limit) const {
  if (kind() != TW_KIND_DICT) return {};
  std::vector<std::string> found;
  for (size_t i = 0; i < size() && found.size() < limit; ++i)
    if (auto text = text_of(key(i))) found.push_back(std::move(*text));
  return found;
}

const HeldValue *held_of(const tw_value &value) {
  struct Visitor {
    const HeldValue *operator()(const c10::IValue &) const { return nullptr; }
    const HeldValue *operator()(const std::shared_ptr<const ValueContainer> &held) const { return held.get(); }
    const HeldValue *operator()(const std::shared_ptr<const StoredTensor> &held) const { return held.get(); }
    const HeldValue *operator()(const std::shared_ptr<const StoredObject> &held) const { return held.get(); }
  };
  return std::visit(Visitor(), value.held);
}

std::optional<at::Tensor> tensor_in(const tw_value &value) {
  if (const auto *stored = std::get_if<std::shared_ptr<const StoredTensor>>(&value.held)) return (*stored)->read();
  const c10::IValue *plain = plain_of(value);
  return plain != nullptr && plain->isTensor() ? std::optional(plain->toTensor()) : std::nullopt;
}

tw_kind kind_of(const tw_value &value) {
  if (const ValueContainer *container = container_of(value)) return container->kind();
  const c10::IValue *plain = plain_of(value);
  if (plain != nullptr) return kind_of_ivalue(*plain);
  return std::holds_alternative<std::shared_ptr<const StoredTensor>>(value.held) ? TW_KIND_TENSOR : TW_KIND_OTHER;
}

size_t depth_of(const tw_value &value) {
  const ValueContainer *container = container_of(value);
  return container != nullptr ? container->depth() : 0;
}

namespace {

std::string type_name_of_ivalue(const c10::IValue &value) {
  switch (kind_of_ivalue(value)) {
    case TW_KIND_NONE:
      return "NoneType";
    case TW_KIND_TENSOR:
      return tensor_type_name(value.toTensor().scalar_type(), value.toTensor().sizes());
    case TW_KIND_INT64:
      return "int";
    case TW_KIND_DOUBLE:
      return "float";
    case TW_KIND_BOOL:
      return "bool";
    case TW_KIND_STRING:
      return "str";
    default:
      return value.type()->repr_str();
  }
}

}  // namespace

std::string type_name_of(const tw_value &value) {
  const HeldValue *held = held_of(value);
  return held != nullptr ? held->type_name() : type_name_of_ivalue(*plain_of(value));
}

void fail_kind(const tw_value &value, const char *wanted) {
  if (const auto *object = dynamic_cast<const StoredObject *>(held_of(value)))
    fail(TW_ERROR_UNSUPPORTED, "value ", object->refusal());
  fail_kind(kind_of(value), "value", wanted);
}

const char *kind_name(tw_kind kind) { return kind_names[static_cast<size_t>(kind)]; }

void fail_kind(tw_kind kind, const std::string &name, const char *wanted) {
  fail(TW_ERROR_TYPE, name, " is ", kind_name(kind), ", not ", wanted);
}

const ValueContainer &require_container(const tw_value *value) {
  const ValueContainer *container = container_of(require(value, "value"));
  if (container == nullptr) fail_kind(*value, "a list, tuple or dict");
  return *container;
}

const ValueContainer &require_index(const tw_value *value, size_t index) {
  const ValueContainer &container = require_container(value);
  check(index < container.size(), TW_ERROR_RANGE, "index is ", index, "; the value has ", container.size(), " items");
  return container;
}

std::optional<double> exact_double(int64_t value) {
  constexpr int64_t largest = int64_t{1} << 53;
  if (value < -largest || value > largest) return {};
  return static_cast<double>(value);
}

double require_exact_double(int64_t value, const std::string &name) {
  const auto exact = exact_double(value);
  check(exact.has_value(), TW_ERROR_TYPE, name, " is the int ", value, ", which a double does not hold");
  return *exact;
}

std::string names_there_are(std::vector<std::string> names) {
  if (names.empty()) return "there are none";
  if (names.size() > most_names) {
    names.resize(most_names);
    names.emplace_back("...");
  }
  return "there are: " + c10::Join(", ", names);
}

}  // namespace tw
