/* Types of values, and values of other types. */
#include "torchscript/types.h"

#include <ATen/core/Dict.h>
#include <ATen/core/List.h>
#include <ATen/core/jit_type.h>

#include "value/value.h"

namespace tw {
namespace {

using Converted = std::optional<c10::IValue>;
using Values = std::vector<c10::IValue>;

c10::TypePtr type_of(const c10::IValue &value) { return c10::unshapedType(value.type()); }

/* The items of an empty list, and the keys of an empty dict, have no type as yet. */
bool is_open(const c10::ListType &type) { return type.getElementType()->kind() == c10::TypeKind::NoneType; }
bool is_open(const c10::DictType &type) { return type.getKeyType()->kind() == c10::TypeKind::AnyType; }

/* ---- the type of several values ---------------------------------------------------------------------------------- */

c10::TypePtr common_type(const c10::TypePtr &a, const c10::TypePtr &b);

c10::TypePtr common_list(const c10::TypePtr &a, const c10::TypePtr &b) {
  if (is_open(a->expectRef<c10::ListType>())) return b;
  if (is_open(b->expectRef<c10::ListType>())) return a;
  const c10::TypePtr element = common_type(a->containedType(0), b->containedType(0));
  return element ? c10::ListType::create(element) : nullptr;
}

c10::TypePtr common_dict(const c10::TypePtr &a, const c10::TypePtr &b) {
  if (is_open(a->expectRef<c10::DictType>())) return b;
  if (is_open(b->expectRef<c10::DictType>())) return a;
  const c10::TypePtr value = common_type(a->containedType(1), b->containedType(1));
  return value && *a->containedType(0) == *b->containedType(0) ? c10::DictType::create(a->containedType(0), value)
                                                               : nullptr;
}

c10::TypePtr common_tuple(const c10::TypePtr &a, const c10::TypePtr &b) {
  if (a->containedTypeSize() != b->containedTypeSize()) return nullptr;
  std::vector<c10::TypePtr> elements;
  for (size_t i = 0; i < a->containedTypeSize(); ++i) {
    elements.push_back(common_type(a->containedType(i), b->containedType(i)));
    if (elements.back() == nullptr) return nullptr;
  }
  return c10::TupleType::create(std::move(elements));
}

bool is_optional(const c10::TypePtr &type) { return type->kind() == c10::TypeKind::OptionalType; }

c10::TypePtr common_optional(const c10::TypePtr &a, const c10::TypePtr &b) {
  const auto without_none = [](const c10::TypePtr &type) {
    return is_optional(type) ? type->expectRef<c10::OptionalType>().getElementType() : type;
  };
  const c10::TypePtr element = common_type(without_none(a), without_none(b));
  return element ? c10::OptionalType::create(element) : nullptr;
}

/* The type that values of both have; null where there is none. */
c10::TypePtr common_type(const c10::TypePtr &a, const c10::TypePtr &b) {
  if (*a == *b) return a;
  if (a->kind() == c10::TypeKind::AnyType || b->kind() == c10::TypeKind::AnyType) return nullptr;
  if (a->kind() == c10::TypeKind::NoneType) return c10::OptionalType::create(b);
  if (b->kind() == c10::TypeKind::NoneType) return c10::OptionalType::create(a);
  if (is_optional(a) || is_optional(b)) return common_optional(a, b);
  if (a->kind() != b->kind()) return nullptr;
  if (a->kind() == c10::TypeKind::ListType) return common_list(a, b);
  if (a->kind() == c10::TypeKind::DictType) return common_dict(a, b);
  return a->kind() == c10::TypeKind::TupleType ? common_tuple(a, b) : nullptr;
}

/* Any where they have none. */
c10::TypePtr common_type(const Values &values) {
  if (values.empty()) return c10::NoneType::get();
  c10::TypePtr common = type_of(values.front());
  for (size_t i = 1; i < values.size() && common != nullptr; ++i) common = common_type(common, type_of(values[i]));
  return common != nullptr ? common : c10::AnyType::get();
}

c10::TypePtr key_type(const Values &keys) {
  if (keys.empty()) return c10::AnyType::get();
  for (const c10::IValue &key : keys)
    check(*type_of(key) == *type_of(keys.front()), TW_ERROR_TYPE, "a dict has keys of the types ",
          type_name(keys.front()), " and ", type_name(key), "; those of TorchScript's are all of one");
  return type_of(keys.front());
}

c10::IValue must_convert(const c10::IValue &value, const c10::TypePtr &type) {
  const Converted made = converted(value, type);
  check(made.has_value(), TW_ERROR_INTERNAL, type_name(value), " does not become ", type->annotation_str());
  return *made;
}

/* ---- conversion -------------------------------------------------------------------------------------------------- */

template <class Convert>
Converted convert_list(const c10::IValue &value, const c10::TypePtr &element, Convert &&convert) {
  c10::impl::GenericList list(element);
  list.reserve(value.toListRef().size());
  for (const c10::IValue &item : value.toListRef()) {
    Converted made = convert(item, element);
    if (!made) return {};
    list.push_back(std::move(*made));
  }
  return list;
}

template <class Convert>
Converted convert_dict(const c10::IValue &value, const c10::TypePtr &key, const c10::TypePtr &item, Convert &&convert) {
  c10::impl::GenericDict dict(key, item);
  for (const auto &entry : value.toGenericDict()) {
    const Converted made_key = convert(entry.key(), key), made_item = convert(entry.value(), item);
    if (!made_key || !made_item) return {};
    dict.insert(*made_key, *made_item);
  }
  return dict;
}

Converted convert_tuple(const c10::IValue &value, const c10::TypePtr &type) {
  const auto &elements = value.toTupleRef().elements();
  if (elements.size() != type->containedTypeSize()) return {};
  Values made;
  for (size_t i = 0; i < elements.size(); ++i) {
    Converted element = converted(elements[i], type->containedType(i));
    if (!element) return {};
    made.push_back(std::move(*element));
  }
  const auto tuple = type->expect<c10::TupleType>();
  if (tuple->schema() == nullptr) return c10::IValue(c10::ivalue::Tuple::create(std::move(made)));
  return c10::IValue(c10::ivalue::Tuple::createNamed(std::move(made), tuple));
}

Converted convert_union(const c10::IValue &value, const c10::TypePtr &type) {
  for (const c10::TypePtr &one : type->containedTypes())
    if (Converted made = converted(value, one)) return made;
  return {};
}

Converted convert_float(const c10::IValue &value) {
  const auto exact = value.isInt() ? exact_double(value.toInt()) : std::nullopt;
  return exact ? Converted(*exact) : Converted();
}

c10::IValue copied_tuple(const c10::IValue &value) {
  Values made;
  for (const c10::IValue &element : value.toTupleRef().elements()) made.push_back(copied(element));
  const auto type = value.type()->expect<c10::TupleType>();
  if (type->schema() == nullptr) return c10::ivalue::Tuple::create(std::move(made));
  return c10::ivalue::Tuple::createNamed(std::move(made), type);
}

}  // namespace

std::string type_name(const c10::IValue &value) {
  if (value.isList() && value.toListRef().empty()) return "an empty list";
  if (value.isGenericDict() && value.toGenericDict().empty()) return "an empty dict";
  return type_of(value)->annotation_str();
}

c10::IValue copied(const c10::IValue &value) {
  const auto copy = [](const c10::IValue &item, const c10::TypePtr &) { return Converted(copied(item)); };
  if (value.isTensor() && !value.toTensor().defined()) return {}; /* what LibTorch may give for None */
  if (value.isTuple()) return copied_tuple(value);
  if (value.isList()) return *convert_list(value, value.toList().elementType(), copy);
  if (!value.isGenericDict()) return value;
  return *convert_dict(value, value.toGenericDict().keyType(), value.toGenericDict().valueType(), copy);
}

Converted converted(const c10::IValue &value, const c10::TypePtr &type) {
  if (type_of(value)->isSubtypeOf(*type)) return copied(value);
  switch (type->kind()) {
    case c10::TypeKind::OptionalType: /* None has been a subtype of it */
      return converted(value, type->expectRef<c10::OptionalType>().getElementType());
    case c10::TypeKind::UnionType:
      return convert_union(value, type);
    case c10::TypeKind::FloatType:
      return convert_float(value);
    case c10::TypeKind::ListType:
      return value.isList() ? convert_list(value, type->containedType(0), converted) : Converted();
    case c10::TypeKind::DictType:
      if (!value.isGenericDict()) return {};
      return convert_dict(value, type->containedType(0), type->containedType(1), converted);
    case c10::TypeKind::TupleType:
      return value.isTuple() ? convert_tuple(value, type) : Converted();
    default:
      return {};
  }
}

c10::IValue new_ivalue_list(const Values &items) {
  const c10::TypePtr element = common_type(items);
  c10::impl::GenericList list(element);
  for (const c10::IValue &item : items) list.push_back(must_convert(item, element));
  return list;
}

c10::IValue new_ivalue_dict(const Values &keys, const Values &values) {
  const c10::TypePtr item = common_type(values);
  c10::impl::GenericDict dict(key_type(keys), item);
  for (size_t i = 0; i < keys.size(); ++i) dict.insert(keys[i], must_convert(values[i], item));
  return dict;
}

}  // namespace tw
