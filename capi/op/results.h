/* What an operator returns, as tensors. */
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/function_schema.h>
#include <ATen/core/stack.h>

#include <vector>

namespace tw {

/* Fails where a result is of a type that cannot become a tensor. */
void check_results(const c10::FunctionSchema &schema);

/* Fails too where there are several results, none, or a list of them, whose length is known only afterwards. */
void check_one_result(const c10::FunctionSchema &schema);

/* The results that an operator has left on its stack. Undefined tensors stand for None. */
std::vector<at::Tensor> results_of(const torch::jit::Stack &stack);

}  // namespace tw
