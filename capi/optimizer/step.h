/* One step of an optimizer of LibTorch's. */
#pragma once

#include <torch/optim/optimizer.h>

#include "optimizer/state.h"

namespace tw {

/* Checks all, then changes every parameter that has a gradient. A class that is not LibTorch's own checks for itself. */
void step(torch::optim::Optimizer &optimizer);

/* What would make a step of this class fail half done, with the number of the parameter. */
void check_step(torch::optim::Optimizer &optimizer, const StateKind &kind);

}  // namespace tw
