#include "op/results.h"

#include <ATen/ScalarOps.h>
#include <ATen/core/jit_type.h>

#include "base/guard.h"

namespace tw {
namespace {

bool becomes_tensor(const c10::Type &type) {
  switch (type.kind()) {
    case c10::TypeKind::TensorType:
    case c10::TypeKind::NumberType:
    case c10::TypeKind::IntType:
    case c10::TypeKind::FloatType:
    case c10::TypeKind::ComplexType:
    case c10::TypeKind::BoolType:
    case c10::TypeKind::SymIntType:
    case c10::TypeKind::SymFloatType:
      return true;
    case c10::TypeKind::OptionalType:
      return becomes_tensor(*type.expectRef<c10::OptionalType>().getElementType());
    default:
      return false;
  }
}

void append(std::vector<at::Tensor> &results, const c10::IValue &value) {
  if (value.isTensor()) {
    results.push_back(value.toTensor());
  } else if (value.isNone()) {
    results.emplace_back();
  } else if (value.isScalar()) {
    results.push_back(c10::scalar_to_tensor(value.toScalar()));
  } else {
    check(value.isList(), TW_ERROR_TYPE, "the operator returned a ", value.tagKind(), ", which is no tensor");
    for (const c10::IValue &element : value.toListRef()) append(results, element);
  }
}

}  // namespace

std::optional<size_t> result_count(const c10::FunctionSchema &schema) {
  bool has_list = false;
  for (const c10::Argument &result : schema.returns()) {
    const c10::Type &type = *result.real_type();
    const bool is_list = type.kind() == c10::TypeKind::ListType;
    const c10::Type &element = is_list ? *type.expectRef<c10::ListType>().getElementType() : type;
    check(becomes_tensor(element), TW_ERROR_TYPE, "a result of type ", type.str(), " cannot become a tensor\n  ",
          schema);
    has_list = has_list || is_list;
  }
  return has_list ? std::nullopt : std::optional<size_t>(schema.returns().size());
}

std::vector<at::Tensor> results_of(const torch::jit::Stack &stack) {
  std::vector<at::Tensor> results;
  for (const c10::IValue &value : stack) append(results, value);
  return results;
}

}  // namespace tw
