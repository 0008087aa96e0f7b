/* The state of single parameters that LibTorch's step takes for granted but makes only when an optimizer is created or
   takes its first step: without it, a parameter group added later or a momentum set later fails at the next step. */
#pragma once

#include <ATen/core/Tensor.h>
#include <torch/optim/optimizer.h>

#include <functional>
#include <vector>

namespace tw {

/* Makes what is missing for params under the options that they are to have. Nothing changes until the result is called,
   and that fails only where there is no memory for a few words. */
std::function<void()> missing_state(torch::optim::Optimizer &optimizer, const std::vector<at::Tensor> &params,
                                    const torch::optim::OptimizerOptions &options);

}  // namespace tw
