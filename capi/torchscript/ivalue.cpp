/* Making values and looking into them. */
#include "torchscript/ivalue.h"

#include <ATen/core/Dict.h>
#include <ATen/core/List.h>
#include <ATen/core/function_schema.h>
#include <ATen/core/jit_type.h>
#include <c10/util/StringUtil.h>

#include "base/handles.h"

namespace tw {

std::vector<c10::IValue> ivalues_of(tw_ivalue *const *values, size_t count, const char *name) {
  require_array(values, count, name);
  std::vector<c10::IValue> found;
  found.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    check(values[i] != nullptr, TW_ERROR_ARGUMENT, name, "[", i, "] is NULL");
    found.push_back(values[i]->value);
  }
  return found;
}

tw_ivalue_kind kind_of(const c10::IValue &value) {
  if (value.isNone()) return TW_IVALUE_NONE;
  if (value.isTensor()) return TW_IVALUE_TENSOR;
  if (value.isInt()) return TW_IVALUE_INT64;
  if (value.isDouble()) return TW_IVALUE_DOUBLE;
  if (value.isBool()) return TW_IVALUE_BOOL;
  if (value.isString()) return TW_IVALUE_STRING;
  if (value.isList()) return TW_IVALUE_LIST;
  if (value.isTuple()) return TW_IVALUE_TUPLE;
  return value.isGenericDict() ? TW_IVALUE_DICT : TW_IVALUE_OTHER;
}

namespace {

[[noreturn]] void fail_kind(const c10::IValue &value, const char *wanted) {
  fail(TW_ERROR_TYPE, "value is of type ", type_name(value), ", not ", wanted);
}

const c10::IValue &value_of(const tw_ivalue *value) { return require(value, "value").value; }

double double_of(const c10::IValue &value) {
  if (value.isDouble()) return value.toDouble();
  if (!value.isInt()) fail_kind(value, "a float");
  const auto exact = exact_double(value.toInt());
  check(exact.has_value(), TW_ERROR_TYPE, "value is the int ", value.toInt(), ", which a double does not hold");
  return *exact;
}

size_t size_of(const c10::IValue &value) {
  if (value.isList()) return value.toListRef().size();
  if (value.isTuple()) return value.toTupleRef().elements().size();
  if (!value.isGenericDict()) fail_kind(value, "a list, tuple or dict");
  return value.toGenericDict().size();
}

void check_index(const c10::IValue &value, size_t index) {
  const size_t size = size_of(value);
  check(index < size, TW_ERROR_RANGE, "index is ", index, "; the value has ", size, " items");
}

c10::Dict<c10::IValue, c10::IValue>::iterator entry_of(const c10::IValue &value, size_t index) {
  auto entry = value.toGenericDict().begin();
  for (size_t i = 0; i < index; ++i) ++entry;
  return entry;
}

c10::IValue item_of(const c10::IValue &value, size_t index) {
  check_index(value, index);
  if (value.isList()) return value.toListRef()[index];
  return value.isTuple() ? value.toTupleRef().elements()[index] : entry_of(value, index)->value();
}

c10::IValue key_of(const c10::IValue &value, size_t index) {
  if (!value.isGenericDict()) fail_kind(value, "a dict");
  check_index(value, index);
  return entry_of(value, index)->key();
}

[[noreturn]] void fail_without(const std::string &key, std::vector<std::string> names) {
  constexpr size_t most = 30; /* of a message that can be read */
  if (names.size() > most) {
    names.resize(most);
    names.emplace_back("...");
  }
  fail(TW_ERROR_ARGUMENT, "there is no key \"", key, "\"; there ",
       names.empty() ? "are none" : "are: ", c10::Join(", ", names));
}

c10::IValue find_entry(const c10::IValue &dict, const std::string &key) {
  std::vector<std::string> names;
  for (const auto &entry : dict.toGenericDict()) {
    if (!entry.key().isString()) continue;
    if (entry.key().toStringRef() == key) return entry.value();
    names.push_back(entry.key().toStringRef());
  }
  fail_without(key, names);
}

c10::IValue find_field(const c10::IValue &tuple, const c10::FunctionSchema &fields, const std::string &key) {
  std::vector<std::string> names;
  for (const c10::Argument &field : fields.arguments()) {
    if (field.name() == key) return tuple.toTupleRef().elements()[names.size()];
    names.push_back(field.name());
  }
  fail_without(key, names);
}

c10::IValue find(const c10::IValue &value, const std::string &key) {
  if (value.isGenericDict()) return find_entry(value, key);
  const auto fields = value.isTuple() ? value.type()->expect<c10::TupleType>()->schema() : nullptr;
  if (fields == nullptr) fail_kind(value, "a dict or a named tuple");
  return find_field(value, *fields, key);
}

}  // namespace
}  // namespace tw

/* ---- making values ---- */

tw_status tw_ivalue_none(tw_ivalue **out) {
  return tw::guard_new(out, [] { return tw::new_ivalue({}); });
}

tw_status tw_ivalue_tensor(tw_ivalue **out, const tw_tensor *tensor) {
  return tw::guard_new(out, [&] { return tw::new_ivalue(tw::tensor_of(tensor, "tensor")); });
}

tw_status tw_ivalue_int64(tw_ivalue **out, int64_t value) {
  return tw::guard_new(out, [&] { return tw::new_ivalue(value); });
}

tw_status tw_ivalue_double(tw_ivalue **out, double value) {
  return tw::guard_new(out, [&] { return tw::new_ivalue(value); });
}

tw_status tw_ivalue_bool(tw_ivalue **out, int32_t value) {
  return tw::guard_new(out, [&] { return tw::new_ivalue(tw::require_bool(value, "value")); });
}

tw_status tw_ivalue_string(tw_ivalue **out, const char *value) {
  return tw::guard_new(out, [&] { return tw::new_ivalue(std::string(&tw::require(value, "value"))); });
}

tw_status tw_ivalue_list(tw_ivalue **out, tw_ivalue *const *items, size_t count) {
  return tw::guard_new(out, [&] { return tw::new_ivalue(tw::new_ivalue_list(tw::ivalues_of(items, count, "items"))); });
}

tw_status tw_ivalue_tuple(tw_ivalue **out, tw_ivalue *const *items, size_t count) {
  return tw::guard_new(
      out, [&] { return tw::new_ivalue(c10::ivalue::Tuple::create(tw::ivalues_of(items, count, "items"))); });
}

tw_status tw_ivalue_dict(tw_ivalue **out, tw_ivalue *const *keys, tw_ivalue *const *values, size_t count) {
  return tw::guard_new(out, [&] {
    return tw::new_ivalue(
        tw::new_ivalue_dict(tw::ivalues_of(keys, count, "keys"), tw::ivalues_of(values, count, "values")));
  });
}

/* ---- looking into values ---- */

tw_status tw_ivalue_get_kind(tw_ivalue_kind *out, const tw_ivalue *value) {
  return tw::guard_value(out, [&] { return tw::kind_of(tw::value_of(value)); });
}

tw_status tw_ivalue_get_tensor(tw_tensor **out, const tw_ivalue *value) {
  return tw::guard_new(out, [&] {
    const c10::IValue &found = tw::value_of(value);
    if (!found.isTensor()) tw::fail_kind(found, "a Tensor");
    return tw::new_tensor(found.toTensor());
  });
}

tw_status tw_ivalue_get_int64(int64_t *out, const tw_ivalue *value) {
  return tw::guard_value(out, [&] {
    const c10::IValue &found = tw::value_of(value);
    if (!found.isInt()) tw::fail_kind(found, "an int");
    return found.toInt();
  });
}

tw_status tw_ivalue_get_double(double *out, const tw_ivalue *value) {
  return tw::guard_value(out, [&] { return tw::double_of(tw::value_of(value)); });
}

tw_status tw_ivalue_get_bool(int32_t *out, const tw_ivalue *value) {
  return tw::guard_value(out, [&] {
    const c10::IValue &found = tw::value_of(value);
    if (!found.isBool()) tw::fail_kind(found, "a bool");
    return found.toBool() ? 1 : 0;
  });
}

tw_status tw_ivalue_get_string(char *out, size_t capacity, size_t *length, const tw_ivalue *value) {
  if (length != nullptr) *length = 0;
  return tw::guard([&] {
    const c10::IValue &found = tw::value_of(value);
    if (!found.isString()) tw::fail_kind(found, "a str");
    tw::copy_text(out, capacity, length, found.toStringRef());
  });
}

tw_status tw_ivalue_get_size(size_t *out, const tw_ivalue *value) {
  return tw::guard_value(out, [&] { return tw::size_of(tw::value_of(value)); });
}

tw_status tw_ivalue_get_item(tw_ivalue **out, const tw_ivalue *value, size_t index) {
  return tw::guard_new(out, [&] { return tw::new_ivalue(tw::item_of(tw::value_of(value), index)); });
}

tw_status tw_ivalue_get_key(tw_ivalue **out, const tw_ivalue *value, size_t index) {
  return tw::guard_new(out, [&] { return tw::new_ivalue(tw::key_of(tw::value_of(value), index)); });
}

tw_status tw_ivalue_find(tw_ivalue **out, const tw_ivalue *value, const char *key) {
  return tw::guard_new(out, [&] { return tw::new_ivalue(tw::find(tw::value_of(value), &tw::require(key, "key"))); });
}

void tw_ivalue_free(tw_ivalue *value) { delete value; }
