#include "op/arguments.h"

#include <ATen/core/List.h>
#include <ATen/core/jit_type.h>
#include <c10/core/MemoryFormat.h>
#include <c10/core/Scalar.h>

#include <algorithm>

#include "base/guard.h"
#include "base/handles.h"
#include "tensor/dtype.h"

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
  const bool none_if_null = argument.kind == TW_ARGUMENT_TENSOR || argument.kind == TW_ARGUMENT_GENERATOR;
  return argument.kind == TW_ARGUMENT_NONE || (none_if_null && argument.pointer == nullptr);
}

bool has_null_tensor(const tw_argument &argument) {
  const auto *tensors = static_cast<const tw_tensor *const *>(argument.pointer);
  return tensors != nullptr && std::find(tensors, tensors + argument.count, nullptr) != tensors + argument.count;
}

/* ---- single values ----------------------------------------------------------------------------------------------- */

Value to_tensor(const Pair &pair) {
  if (pair.argument.kind != TW_ARGUMENT_TENSOR || pair.argument.pointer == nullptr) return {};
  return static_cast<const tw_tensor *>(pair.argument.pointer)->tensor;
}

Value to_int(const Pair &pair) {
  if (pair.argument.kind != TW_ARGUMENT_INT) return {};
  return pair.argument.integer;
}

Value to_float(const Pair &pair) {
  if (pair.argument.kind == TW_ARGUMENT_FLOAT) return pair.argument.real;
  if (pair.argument.kind == TW_ARGUMENT_INT) return static_cast<double>(pair.argument.integer);
  return {};
}

bool truth(int64_t integer, const char *name) {
  check(integer == 0 || integer == 1, TW_ERROR_ARGUMENT, name, " is ", integer, "; it must be 0 or 1");
  return integer == 1;
}

Value to_bool(const Pair &pair) {
  if (pair.argument.kind != TW_ARGUMENT_BOOL) return {};
  return truth(pair.argument.integer, pair.name());
}

Value to_scalar(const Pair &pair) {
  if (pair.argument.kind == TW_ARGUMENT_FLOAT) return pair.argument.real;
  return pair.argument.kind == TW_ARGUMENT_INT ? to_int(pair) : to_bool(pair);
}

Value to_string(const Pair &pair) {
  if (pair.argument.kind != TW_ARGUMENT_STRING) return {};
  return std::string(&require(static_cast<const char *>(pair.argument.pointer), pair.name()));
}

Value to_device(const Pair &pair) {
  if (pair.argument.kind != TW_ARGUMENT_DEVICE) return {};
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
  if (pair.argument.kind != TW_ARGUMENT_DTYPE) return {};
  return scalar_type_of(static_cast<tw_dtype>(enum_number(pair)));
}

c10::MemoryFormat memory_format_of(tw_memory_format format, const char *name) {
  switch (format) {
    case TW_CONTIGUOUS_FORMAT:
      return c10::MemoryFormat::Contiguous;
    case TW_PRESERVE_FORMAT:
      return c10::MemoryFormat::Preserve;
    case TW_CHANNELS_LAST:
      return c10::MemoryFormat::ChannelsLast;
    case TW_CHANNELS_LAST_3D:
      return c10::MemoryFormat::ChannelsLast3d;
    default:
      fail(TW_ERROR_ARGUMENT, name, " is ", format, ", which is no tw_memory_format");
  }
}

Value to_memory_format(const Pair &pair) {
  if (pair.argument.kind != TW_ARGUMENT_MEMORY_FORMAT) return {};
  return memory_format_of(static_cast<tw_memory_format>(enum_number(pair)), pair.name());
}

Value to_generator(const Pair &pair) {
  if (pair.argument.kind != TW_ARGUMENT_GENERATOR || pair.argument.pointer == nullptr) return {};
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
  if (pair.argument.kind == TW_ARGUMENT_INTS) return number_list<int64_t, int64_t>(pair);
  if (pair.argument.kind == TW_ARGUMENT_INT) return repeated(pair, pair.argument.integer);
  return {};
}

Value to_float_list(const Pair &pair) {
  if (pair.argument.kind == TW_ARGUMENT_FLOATS) return number_list<double, double>(pair);
  if (pair.argument.kind == TW_ARGUMENT_INTS) return number_list<double, int64_t>(pair);
  const Value single = to_float(pair);
  return single ? repeated(pair, single->toDouble()) : Value{};
}

Value to_bool_list(const Pair &pair) {
  if (pair.argument.kind != TW_ARGUMENT_BOOLS) return {};
  /* bool[3] is an array of three to LibTorch, which would read beyond the end of a shorter list. */
  const auto length = pair.parameter.N();
  check(!length || pair.argument.count == static_cast<size_t>(*length), TW_ERROR_ARGUMENT, pair.name(), " has ",
        pair.argument.count, " elements; it must have ", length ? *length : 0);
  return convert_list<bool, int32_t>(pair, [&](int32_t element) { return truth(element, pair.name()); });
}

Value to_scalar_list(const Pair &pair) {
  if (pair.argument.kind == TW_ARGUMENT_INTS) return number_list<c10::Scalar, int64_t>(pair);
  if (pair.argument.kind == TW_ARGUMENT_FLOATS) return number_list<c10::Scalar, double>(pair);
  if (pair.argument.kind != TW_ARGUMENT_BOOLS) return {};
  return convert_list<c10::Scalar, int32_t>(pair,
                                            [&](int32_t element) { return c10::Scalar(truth(element, pair.name())); });
}

Value to_tensor_list(const Pair &pair) {
  if (pair.argument.kind != TW_ARGUMENT_TENSORS || has_null_tensor(pair.argument)) return {};
  return convert_list<at::Tensor, const tw_tensor *>(pair, [](const tw_tensor *element) { return element->tensor; });
}

Value to_optional_tensor_list(const Pair &pair) {
  if (pair.argument.kind != TW_ARGUMENT_TENSORS) return {};
  const auto *tensors = pair.elements<const tw_tensor *>();
  c10::impl::GenericList list(c10::OptionalType::ofTensor());
  for (size_t i = 0; i < pair.argument.count; ++i)
    list.push_back(tensors[i] ? c10::IValue(tensors[i]->tensor) : c10::IValue());
  return list;
}

/* ---- by the type that the schema asks for ------------------------------------------------------------------------ */

Value to_list(const Pair &pair, const c10::Type &element) {
  switch (element.kind()) {
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType:
      return to_int_list(pair);
    case c10::TypeKind::FloatType:
      return to_float_list(pair);
    case c10::TypeKind::BoolType:
      return to_bool_list(pair);
    case c10::TypeKind::NumberType:
      return to_scalar_list(pair);
    case c10::TypeKind::TensorType:
      return to_tensor_list(pair);
    case c10::TypeKind::OptionalType:
      if (element.expectRef<c10::OptionalType>().getElementType()->kind() != c10::TypeKind::TensorType) return {};
      return to_optional_tensor_list(pair);
    default:
      return {};
  }
}

Value to_type(const Pair &pair, const c10::Type &type) {
  switch (type.kind()) {
    case c10::TypeKind::OptionalType:
      if (is_none(pair.argument)) return c10::IValue();
      return to_type(pair, *type.expectRef<c10::OptionalType>().getElementType());
    case c10::TypeKind::ListType:
      return to_list(pair, *type.expectRef<c10::ListType>().getElementType());
    case c10::TypeKind::TensorType:
      return to_tensor(pair);
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType:
      return to_int(pair);
    case c10::TypeKind::FloatType:
    case c10::TypeKind::SymFloatType:
      return to_float(pair);
    case c10::TypeKind::BoolType:
      return to_bool(pair);
    case c10::TypeKind::NumberType:
      return to_scalar(pair);
    case c10::TypeKind::StringType:
      return to_string(pair);
    case c10::TypeKind::DeviceObjType:
      return to_device(pair);
    case c10::TypeKind::ScalarTypeType:
      return to_dtype(pair);
    case c10::TypeKind::MemoryFormatType:
      return to_memory_format(pair);
    case c10::TypeKind::GeneratorType:
      return to_generator(pair);
    default:
      return {};
  }
}

}  // namespace

std::optional<c10::IValue> convert_argument(const c10::Argument &parameter, const tw_argument &argument) {
  /* The real type tells a ScalarType from an int; the plain one does not. */
  return to_type({parameter, argument}, *parameter.real_type());
}

std::string describe_kind(const tw_argument &argument) {
  switch (argument.kind) {
    case TW_ARGUMENT_NONE:
      return "None";
    case TW_ARGUMENT_TENSOR:
      return argument.pointer ? "a Tensor" : "NULL";
    case TW_ARGUMENT_TENSORS:
      return has_null_tensor(argument) ? "a list of Tensors with a NULL" : "a list of Tensors";
    case TW_ARGUMENT_INT:
      return "an int";
    case TW_ARGUMENT_INTS:
      return "a list of ints";
    case TW_ARGUMENT_FLOAT:
      return "a float";
    case TW_ARGUMENT_FLOATS:
      return "a list of floats";
    case TW_ARGUMENT_BOOL:
      return "a bool";
    case TW_ARGUMENT_BOOLS:
      return "a list of bools";
    case TW_ARGUMENT_STRING:
      return "a str";
    case TW_ARGUMENT_DTYPE:
      return "a dtype";
    case TW_ARGUMENT_DEVICE:
      return "a device";
    case TW_ARGUMENT_MEMORY_FORMAT:
      return "a memory format";
    case TW_ARGUMENT_GENERATOR:
      return argument.pointer ? "a Generator" : "NULL";
    default:
      return c10::str("of the kind ", argument.kind, ", which is no tw_argument_kind");
  }
}

}  // namespace tw
