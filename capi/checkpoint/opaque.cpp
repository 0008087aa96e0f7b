/* Values of a checkpoint that this library has no type for: what they are called, and what is said where one is asked for. */
#include <c10/util/StringUtil.h>

#include <algorithm>
#include <cstring>

#include "archive/pickle_names.h"
#include "checkpoint/checkpoint.h"
#include "tensor/dtype.h"

namespace tw {
namespace {

/* ---- looking at what a function is called with, of which nothing is sure ---- */

const twi_value *item_of(const twi_value *sequence, size_t index) {
  if (sequence == nullptr || !twi_value_is_sequence(sequence) || index >= sequence->as.container.count) return nullptr;
  return sequence->as.container.items[index];
}

/* "torch.float8_e5m2", of a dtype or class by its name. */
std::string global_name(int64_t global) {
  std::string name = twi_pickle_name(static_cast<int>(global));
  std::replace(name.begin(), name.end(), '\n', '.');
  return name;
}

bool is_dtype(int64_t global) { return global >= TWI_GLOBAL_FIRST_DTYPE && global < TWI_GLOBAL_FIRST_QSCHEME; }

/* "torch.complex64"; of bytes of whatever type, nothing. */
std::string dtype_of_element(twi_element element) {
  return element < TWI_ELEMENT_UNTYPED ? global_name(static_cast<int>(TWI_GLOBAL_FIRST_DTYPE) +
                                                     static_cast<int>(element) - static_cast<int>(TWI_ELEMENT_UINT8))
                                       : "";
}

std::string dtype_name(const twi_value *value) {
  if (value == nullptr) return "";
  if (value->kind == TWI_VALUE_STORAGE) return dtype_of_element(value->as.storage->element);
  if (value->kind == TWI_VALUE_TENSOR) return dtype_of_element(value->as.tensor.storage->element);
  return value->kind == TWI_VALUE_GLOBAL && is_dtype(value->as.integer) ? global_name(value->as.integer) : "";
}

std::string text_of(const twi_value *value) {
  return value != nullptr && value->kind == TWI_VALUE_STRING
             ? twi_quote(value->as.string.bytes, value->as.string.length).text
             : "";
}

/* "[2, 3]" of a tuple of sizes. */
std::string sizes_name(const twi_value *sizes) {
  std::vector<int64_t> numbers;
  for (size_t i = 0; const twi_value *size = item_of(sizes, i); ++i)
    numbers.push_back(size->kind == TWI_VALUE_INT ? size->as.integer : -1);
  return c10::str(c10::IntArrayRef(numbers));
}

std::string joined(const std::string &first, const std::string &second) {
  return first.empty() ? second : second.empty() ? first : first + " " + second;
}

/* ---- what each function makes ---- */

struct Call {
  int64_t function;
  const twi_value *arguments;
};

Call call_of(const twi_value &object) { return {object.as.object.function->as.integer, object.as.object.arguments}; }

std::string call_name(const Call &call);

std::string tensor_name(const std::string &what, const twi_value *dtype, const twi_value *sizes) {
  return joined(joined(what, dtype_name(dtype)), "tensor " + sizes_name(sizes));
}

/* (layout, (indices, values, size)), or with two sorts of indices. */
std::string sparse_name(const twi_value *arguments) {
  const twi_value *layout = item_of(arguments, 0), *parts = item_of(arguments, 1);
  const std::string name =
      layout != nullptr && layout->kind == TWI_VALUE_OBJECT ? text_of(item_of(layout->as.object.arguments, 0)) : "";
  const size_t values = name == "torch.sparse_coo" ? 1 : 2;
  return tensor_name(name, item_of(parts, values), item_of(parts, values + 1));
}

std::string inner_name(const twi_value *value) { return value != nullptr ? type_name_of(*value) : "tensor"; }

/* (function, type, arguments, state) */
std::string typed_name(const twi_value *arguments) {
  const twi_value *function = item_of(arguments, 0), *inner = item_of(arguments, 2);
  const bool known = function != nullptr && function->kind == TWI_VALUE_GLOBAL && inner != nullptr;
  return known ? call_name({function->as.integer, inner}) : "tensor";
}

std::string call_name(const Call &call) {
  const twi_value *arguments = call.arguments;
  switch (call.function) {
    case TWI_GLOBAL_ENCODE:
    case TWI_GLOBAL_BYTES:
      return "bytes";
    case TWI_GLOBAL_BYTEARRAY:
      return "bytearray";
    case TWI_GLOBAL_COMPLEX:
      return "complex";
    case TWI_GLOBAL_DEVICE:
      return "torch.device";
    case TWI_GLOBAL_GET_LAYOUT:
      return "torch.layout";
    case TWI_GLOBAL_REBUILD_TENSOR:
      return tensor_name("", item_of(arguments, 0), item_of(arguments, 2));
    case TWI_GLOBAL_REBUILD_TENSOR_V3:
      return tensor_name("", item_of(arguments, 6), item_of(arguments, 2));
    case TWI_GLOBAL_REBUILD_QTENSOR:
      return tensor_name("quantized", item_of(arguments, 0), item_of(arguments, 2));
    case TWI_GLOBAL_REBUILD_META:
      return tensor_name("meta", item_of(arguments, 0), item_of(arguments, 1));
    case TWI_GLOBAL_REBUILD_SPARSE:
    case TWI_GLOBAL_REBUILD_SPARSE_CSR:
      return sparse_name(arguments);
    case TWI_GLOBAL_REBUILD_NESTED:
      return "nested tensor";
    case TWI_GLOBAL_REBUILD_FROM_TYPE:
      return typed_name(arguments);
    case TWI_GLOBAL_FOREIGN_TENSOR:
      return tensor_name(text_of(item_of(arguments, 1)), nullptr, item_of(arguments, 2));
    case TWI_GLOBAL_REBUILD_FROM_CPU:
      return joined(text_of(item_of(arguments, 2)), inner_name(item_of(arguments, 0)));
    default: /* _rebuild_parameter, with attributes or without */
      return "torch.nn.Parameter of a " + inner_name(item_of(arguments, 0));
  }
}

std::string name_of_global(int64_t global) {
  if (is_dtype(global)) return "torch.dtype";
  if (global >= TWI_GLOBAL_FIRST_QSCHEME) return "torch.qscheme";
  const bool is_class = global < TWI_ELEMENT_COUNT || global == TWI_GLOBAL_ORDERED_DICT ||
                        global == TWI_GLOBAL_COUNTER || global == TWI_GLOBAL_SIZE || global == TWI_GLOBAL_SET ||
                        global == TWI_GLOBAL_TENSOR_CLASS || global == TWI_GLOBAL_PARAMETER_CLASS ||
                        global == TWI_GLOBAL_BYTES || global == TWI_GLOBAL_BYTEARRAY || global == TWI_GLOBAL_COMPLEX ||
                        global == TWI_GLOBAL_DEVICE;
  return is_class ? "type" : "function";
}

/* ---- what to do about each ---- */

/* The innermost call: of a parameter, that which makes its data. */
Call innermost(Call call) {
  const twi_value *first = item_of(call.arguments, 0);
  switch (call.function) {
    case TWI_GLOBAL_REBUILD_PARAMETER:
    case TWI_GLOBAL_REBUILD_PARAMETER_WITH_STATE:
      return first != nullptr && first->kind == TWI_VALUE_OBJECT ? innermost(call_of(*first)) : call;
    case TWI_GLOBAL_REBUILD_FROM_TYPE: {
      const twi_value *inner = item_of(call.arguments, 2);
      return first != nullptr && first->kind == TWI_VALUE_GLOBAL && inner != nullptr
                 ? innermost({first->as.integer, inner})
                 : call;
    }
    default:
      return call;
  }
}

const char *no_type = "which this library has no type for; ";

/* Of a tensor whose elements could be had, but for something else that is said of it. */
std::string reason_beside_elements(const twi_value *arguments) {
  const twi_value *metadata = item_of(arguments, 6);
  if (metadata != nullptr && twi_value_is_dict(metadata) && metadata->as.container.count > 0)
    return c10::str("with ", text_of(metadata->as.container.items[0]),
                    " in its metadata, which this library does not carry out; save x.clone() in its place");
  return "with hooks, or requiring a gradient where its type has none, which this library does not carry out; save "
         "x.detach().clone() in its place";
}

std::string reason_of_call(const Call &call) {
  const std::string dtype = dtype_name(item_of(call.arguments, call.function == TWI_GLOBAL_REBUILD_TENSOR_V3 ? 6 : 0));
  switch (call.function) {
    case TWI_GLOBAL_ENCODE:
    case TWI_GLOBAL_BYTES:
    case TWI_GLOBAL_BYTEARRAY:
      return c10::str(no_type, "save a str, or torch.tensor(list(x), dtype=torch.uint8), in its place");
    case TWI_GLOBAL_COMPLEX:
      return c10::str(no_type, "save x.real and x.imag in its place");
    case TWI_GLOBAL_DEVICE:
    case TWI_GLOBAL_GET_LAYOUT:
      return c10::str(no_type, "save str(x) in its place");
    case TWI_GLOBAL_REBUILD_QTENSOR:
      return c10::str(no_type, "save x.dequantize() in its place");
    case TWI_GLOBAL_REBUILD_META:
      return "which has no elements; save one that has";
    case TWI_GLOBAL_REBUILD_SPARSE:
    case TWI_GLOBAL_REBUILD_SPARSE_CSR:
      return c10::str(no_type, "save x.to_dense() in its place");
    case TWI_GLOBAL_REBUILD_NESTED:
      return c10::str(no_type, "save list(x.unbind()) in its place");
    case TWI_GLOBAL_FOREIGN_TENSOR:
      return c10::str(no_type, "convert it before saving");
    case TWI_GLOBAL_REBUILD_FROM_CPU:
      return c10::str(no_type, "save x.cpu() in its place");
    case TWI_GLOBAL_REBUILD_TENSOR:
      if (dtype.find("complex") == std::string::npos) return reason_beside_elements(call.arguments);
      [[fallthrough]];
    case TWI_GLOBAL_REBUILD_TENSOR_V3: {
      if (dtype.find("complex") != std::string::npos)
        return c10::str(no_type, "save torch.view_as_real(x.resolve_conj()) in its place");
      const bool is_int = dtype.find("int") != std::string::npos;
      return c10::str(no_type, "save x.to(torch.", is_int ? "int64" : "float32", ") in its place");
    }
    default: /* _rebuild_parameter of a tensor that could be had */
      return "with hooks or attributes that this library does not carry out; save x.detach().clone() in its place";
  }
}

/* "is the int 9223372036854775808", where 64 bits without a sign hold it. */
std::string name_of_int(const twi_value &value) {
  const auto *bytes = reinterpret_cast<const unsigned char *>(value.as.string.bytes);
  const size_t length = value.as.string.length;
  if (length != 9 || bytes[8] != 0) return c10::str("is an int of more than ", 8 * (length - 1), " bits");
  uint64_t number = 0;
  for (size_t i = 8; i-- > 0;) number = number << 8 | bytes[i];
  return c10::str("is the int ", number);
}

}  // namespace

std::string type_name_of(const twi_value &value) {
  static const char *const names[TWI_VALUE_GLOBAL] = {
      "NoneType", "bool",        "int",     "float", "str",        "list", "tuple",
      "dict",     "OrderedDict", "Counter", "",      "torch.Size", "set",  "int",
  };
  switch (value.kind) {
    case TWI_VALUE_TENSOR:
      return tensor_type_name(scalar_type_of(static_cast<tw_dtype>(value.as.tensor.storage->element)),
                              sizes_of(value.as.tensor));
    case TWI_VALUE_GLOBAL:
      return name_of_global(value.as.integer);
    case TWI_VALUE_STORAGE:
      return global_name(value.as.storage->element);
    case TWI_VALUE_OBJECT:
      return call_name(call_of(value));
    default:
      return names[value.kind];
  }
}

std::string refusal_of(const twi_value &value) {
  if (value.kind == TWI_VALUE_BIG_INT)
    return name_of_int(value) + ", which an int64_t does not hold; save str(x) in its place";
  const std::string is = "is a " + type_name_of(value) + ", ";
  if (value.kind == TWI_VALUE_OBJECT) return is + reason_of_call(innermost(call_of(value)));
  if (value.kind == TWI_VALUE_GLOBAL)
    return c10::str(is, global_name(value.as.integer), ", ", no_type, "save str(x) in its place");
  const char *remedy = value.kind == TWI_VALUE_SET ? "save sorted(x) in its place" : "save a tensor of it";
  return c10::str(is, no_type, remedy);
}

}  // namespace tw
