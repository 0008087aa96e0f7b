/* What an operator returns, as tensors. */
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/function_schema.h>
#include <ATen/core/stack.h>

#include <optional>
#include <vector>

namespace tw {

/* How many results there will be, where the schema says so: a list's length is known only afterwards. Fails where a
   result is of a type that cannot become a tensor. */
std::optional<size_t> result_count(const c10::FunctionSchema &schema);

/* The results that an operator has left on its stack. Undefined tensors stand for None. */
std::vector<at::Tensor> results_of(const torch::jit::Stack &stack);

}  // namespace tw
