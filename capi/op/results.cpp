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

bool is_list(const c10::Type &type) { return type.kind() == c10::TypeKind::ListType; }

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

void check_results(const c10::FunctionSchema &schema) {
  for (const c10::Argument &result : schema.returns()) {
    const c10::Type &type = *result.real_type();
    check(becomes_tensor(is_list(type) ? *type.expectRef<c10::ListType>().getElementType() : type), TW_ERROR_TYPE,
          "a result of type ", type.str(), " cannot become a tensor\n  ", schema);
  }
}

void check_one_result(const c10::FunctionSchema &schema) {
  check_results(schema);
  const auto &results = schema.returns();
  check(results.size() == 1, TW_ERROR_TYPE, "there are ", results.size(),
        " results where one is asked for; tw_op_call gives a list of them\n  ", schema);
  check(!is_list(*results[0].real_type()), TW_ERROR_TYPE,
        "the result is a list where a tensor is asked for; tw_op_call gives it\n  ", schema);
}

std::vector<at::Tensor> results_of(const torch::jit::Stack &stack) {
  std::vector<at::Tensor> results;
  for (const c10::IValue &value : stack) append(results, value);
  return results;
}

}  // namespace tw
