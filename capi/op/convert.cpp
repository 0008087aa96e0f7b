#include "op/convert.h"

#include <ATen/core/List.h>
#include <ATen/core/jit_type.h>
#include <c10/core/Scalar.h>

#include <algorithm>

#include "base/guard.h"
#include "base/handles.h"
#include "tensor/dtype.h"
#include "tensor/memory_format.h"

namespace tw {
namespace {

using Value = std::optional<c10::IValue>;

/* One argument beside the parameter it is for. */
struct Pair {
  const c10::Argument &parameter;
  const tw_argument &argument;

  const char *name() const { return parameter.name().c_str(); }

  template <class Element>
  const Element *elements() const {
    return require_array(static_cast<const Element *>(argument.pointer), argument.count, name());
  }
};

bool is_none(const tw_argument &argument) {
  const bool none_if_null = argument.kind == TW_KIND_TENSOR || argument.kind == TW_KIND_GENERATOR;
  return argument.kind == TW_KIND_NONE || (none_if_null && argument.pointer == nullptr);
}

bool has_null_tensor(const tw_argument &argument) {
  const auto *tensors = static_cast<const tw_tensor *const *>(argument.pointer);
  return tensors != nullptr && std::find(tensors, tensors + argument.count, nullptr) != tensors + argument.count;
}

/* ---- single values ----------------------------------------------------------------------------------------------- */

Value to_tensor(const Pair &pair) {
  if (pair.argument.kind != TW_KIND_TENSOR || pair.argument.pointer == nullptr) return {};
  return static_cast<const tw_tensor *>(pair.argument.pointer)->tensor;
}

Value to_int(const Pair &pair) {
  if (pair.argument.kind != TW_KIND_INT64) return {};
  return pair.argument.integer;
}

Value to_float(const Pair &pair) {
  if (pair.argument.kind == TW_KIND_DOUBLE) return pair.argument.real;
  if (pair.argument.kind == TW_KIND_INT64) return static_cast<double>(pair.argument.integer);
  return {};
}

bool truth(int64_t integer, const char *name) {
  check(integer == 0 || integer == 1, TW_ERROR_ARGUMENT, name, " is ", integer, "; it must be 0 or 1");
  return integer == 1;
}

Value to_bool(const Pair &pair) {
  if (pair.argument.kind != TW_KIND_BOOL) return {};
  return truth(pair.argument.integer, pair.name());
}

Value to_scalar(const Pair &pair) {
  if (pair.argument.kind == TW_KIND_DOUBLE) return pair.argument.real;
  return pair.argument.kind == TW_KIND_INT64 ? to_int(pair) : to_bool(pair);
}

Value to_string(const Pair &pair) {
  if (pair.argument.kind != TW_KIND_STRING) return {};
  return std::string(&require(static_cast<const char *>(pair.argument.pointer), pair.name()));
}

Value to_device(const Pair &pair) {
  if (pair.argument.kind != TW_KIND_DEVICE) return {};
  return device_of(static_cast<const char *>(pair.argument.pointer));
}

/* A tw_argument holds an int64_t where the enums are int32_t: what does not fit is no enum either. */
int32_t enum_number(const Pair &pair) {
  const int64_t number = pair.argument.integer;
  check(number == static_cast<int32_t>(number), TW_ERROR_ARGUMENT, pair.name(), " is ", number,
        ", which is no constant");
  return static_cast<int32_t>(number);
}

Value to_dtype(const Pair &pair) {
  if (pair.argument.kind != TW_KIND_DTYPE) return {};
  return scalar_type_of(static_cast<tw_dtype>(enum_number(pair)));
}

Value to_memory_format(const Pair &pair) {
  if (pair.argument.kind != TW_KIND_MEMORY_FORMAT) return {};
  return memory_format_of(static_cast<tw_memory_format>(enum_number(pair)), pair.name());
}

Value to_generator(const Pair &pair) {
  if (pair.argument.kind != TW_KIND_GENERATOR || pair.argument.pointer == nullptr) return {};
  return static_cast<const tw_generator *>(pair.argument.pointer)->generator;
}

/* ---- lists ------------------------------------------------------------------------------------------------------- */

template <class To, class From, class Convert>
c10::IValue convert_list(const Pair &pair, Convert &&convert) {
  const From *elements = pair.elements<From>();
  c10::List<To> list;
  list.reserve(pair.argument.count);
  for (size_t i = 0; i < pair.argument.count; ++i) list.push_back(convert(elements[i]));
  return list;
}

template <class To, class From>
c10::IValue number_list(const Pair &pair) {
  return convert_list<To, From>(pair, [](From element) { return static_cast<To>(element); });
}

/* int[2] takes a single number for both. */
template <class To>
Value repeated(const Pair &pair, To value) {
  const auto length = pair.parameter.N();
  if (!length.has_value()) return {};
  c10::List<To> list;
  for (int32_t i = 0; i < *length; ++i) list.push_back(value);
  return list;
}

Value to_int_list(const Pair &pair) {
  if (pair.argument.kind == TW_KIND_INT64_LIST) return number_list<int64_t, int64_t>(pair);
  if (pair.argument.kind == TW_KIND_INT64) return repeated(pair, pair.argument.integer);
  return {};
}

Value to_float_list(const Pair &pair) {
  if (pair.argument.kind == TW_KIND_DOUBLE_LIST) return number_list<double, double>(pair);
  if (pair.argument.kind == TW_KIND_INT64_LIST) return number_list<double, int64_t>(pair);
  const Value single = to_float(pair);
  return single ? repeated(pair, single->toDouble()) : Value{};
}

Value to_bool_list(const Pair &pair) {
  if (pair.argument.kind != TW_KIND_BOOL_LIST) return {};
  /* bool[3] is an array of three to LibTorch, which would read beyond the end of a shorter list. */
  const auto length = pair.parameter.N();
  check(!length || pair.argument.count == static_cast<size_t>(*length), TW_ERROR_ARGUMENT, pair.name(), " has ",
        pair.argument.count, " elements; it must have ", length ? *length : 0);
  return convert_list<bool, int32_t>(pair, [&](int32_t element) { return truth(element, pair.name()); });
}

Value to_scalar_list(const Pair &pair) {
  if (pair.argument.kind == TW_KIND_INT64_LIST) return number_list<c10::Scalar, int64_t>(pair);
  if (pair.argument.kind == TW_KIND_DOUBLE_LIST) return number_list<c10::Scalar, double>(pair);
  if (pair.argument.kind != TW_KIND_BOOL_LIST) return {};
  return convert_list<c10::Scalar, int32_t>(pair,
                                            [&](int32_t element) { return c10::Scalar(truth(element, pair.name())); });
}

Value to_tensor_list(const Pair &pair) {
  if (pair.argument.kind != TW_KIND_TENSOR_LIST || has_null_tensor(pair.argument)) return {};
  return convert_list<at::Tensor, const tw_tensor *>(pair, [](const tw_tensor *element) { return element->tensor; });
}

Value to_optional_tensor_list(const Pair &pair) {
  if (pair.argument.kind != TW_KIND_TENSOR_LIST) return {};
  const auto *tensors = pair.elements<const tw_tensor *>();
  c10::impl::GenericList list(c10::OptionalType::ofTensor());
  for (size_t i = 0; i < pair.argument.count; ++i)
    list.push_back(tensors[i] ? c10::IValue(tensors[i]->tensor) : c10::IValue());
  return list;
}

/* ---- by the type that the schema asks for ------------------------------------------------------------------------ */

/* What becomes a value of a type, and what a list of them; null for what no argument becomes. */
struct Conversion {
  c10::TypeKind type;
  Value (*single)(const Pair &);
  Value (*list)(const Pair &);
};

const Conversion conversions[] = {
    {c10::TypeKind::TensorType, to_tensor, to_tensor_list},
    {c10::TypeKind::IntType, to_int, to_int_list},
    {c10::TypeKind::SymIntType, to_int, to_int_list},
    {c10::TypeKind::FloatType, to_float, to_float_list},
    {c10::TypeKind::SymFloatType, to_float, to_float_list},
    {c10::TypeKind::BoolType, to_bool, to_bool_list},
    {c10::TypeKind::NumberType, to_scalar, to_scalar_list},
    {c10::TypeKind::StringType, to_string, nullptr},
    {c10::TypeKind::DeviceObjType, to_device, nullptr},
    {c10::TypeKind::ScalarTypeType, to_dtype, nullptr},
    {c10::TypeKind::MemoryFormatType, to_memory_format, nullptr},
    {c10::TypeKind::GeneratorType, to_generator, nullptr},
};

Value convert(const Pair &pair, c10::TypeKind type, Value (*Conversion::*how)(const Pair &)) {
  for (const Conversion &conversion : conversions)
    if (conversion.type == type && conversion.*how != nullptr) return (conversion.*how)(pair);
  return {};
}

const c10::Type &inside_optional(const c10::Type &type) {
  return *type.expectRef<c10::OptionalType>().getElementType();
}

Value to_list(const Pair &pair, const c10::Type &element) {
  if (element.kind() != c10::TypeKind::OptionalType) return convert(pair, element.kind(), &Conversion::list);
  return inside_optional(element).kind() == c10::TypeKind::TensorType ? to_optional_tensor_list(pair) : Value{};
}

Value to_type(const Pair &pair, const c10::Type &type) {
  if (type.kind() == c10::TypeKind::OptionalType)
    return is_none(pair.argument) ? Value(c10::IValue()) : to_type(pair, inside_optional(type));
  if (type.kind() == c10::TypeKind::ListType) return to_list(pair, *type.expectRef<c10::ListType>().getElementType());
  return convert(pair, type.kind(), &Conversion::single);
}

/* ---- for messages ------------------------------------------------------------------------------------------------ */

struct Description {
  tw_kind kind;
  const char *text;
};

const Description descriptions[] = {
    {TW_KIND_NONE, "None"},
    {TW_KIND_TENSOR, "a Tensor"},
    {TW_KIND_TENSOR_LIST, "a list of Tensors"},
    {TW_KIND_INT64, "an int"},
    {TW_KIND_INT64_LIST, "a list of ints"},
    {TW_KIND_DOUBLE, "a float"},
    {TW_KIND_DOUBLE_LIST, "a list of floats"},
    {TW_KIND_BOOL, "a bool"},
    {TW_KIND_BOOL_LIST, "a list of bools"},
    {TW_KIND_STRING, "a str"},
    {TW_KIND_DTYPE, "a dtype"},
    {TW_KIND_DEVICE, "a device"},
    {TW_KIND_MEMORY_FORMAT, "a memory format"},
    {TW_KIND_GENERATOR, "a Generator"},
};

}  // namespace

std::optional<c10::IValue> convert_argument(const c10::Argument &parameter, const tw_argument &argument) {
  /* The real type tells a ScalarType from an int; the plain one does not. */
  return to_type({parameter, argument}, *parameter.real_type());
}

std::string describe_kind(const tw_argument &argument) {
  if (argument.kind != TW_KIND_NONE && is_none(argument)) return "NULL";
  if (argument.kind == TW_KIND_TENSOR_LIST && has_null_tensor(argument)) return "a list of Tensors with a NULL";
  for (const Description &description : descriptions)
    if (description.kind == argument.kind) return description.text;
  return c10::str("of the kind ", argument.kind, ", which is no operator's argument");
}

}  // namespace tw
