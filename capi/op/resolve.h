/* From an operator's name and arguments to the one overload that takes them. */
#pragma once

#include <ATen/core/stack.h>
#include <torch/csrc/jit/runtime/operator.h>

#include <memory>

#include "op/bind.h"

namespace tw {

/* An overload with its arguments laid out, ready to run. */
struct BoundOp {
  std::shared_ptr<torch::jit::Operator> op;
  torch::jit::Stack stack;
};

/* The first overload of name that takes arguments. Fails where the name is unknown or none takes them. */
BoundOp resolve_op(const std::string &name, Arguments arguments);

}  // namespace tw
