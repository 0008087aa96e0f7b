/* What LibTorch keeps of each parameter between steps. optimizer_state.cpp is the one place that knows its concrete
   classes, and how a state is found. */
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/util/ArrayRef.h>
#include <torch/optim/optimizer.h>

#include <functional>
#include <memory>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>

#include "optimizer/options.h"

namespace tw {

using torch::optim::OptimizerParamState;

/* ---- what a checkpoint needs of it ------------------------------------------------------------------------------- */

/* One tensor of a parameter's state, by PyTorch's name. */
struct StateTensor {
  const char *name;
  const char *needed_with; /* the option above 0 without which steps do without it; "" where none can; null where all
                              can */
  at::Tensor &(*tensor)(OptimizerParamState &state);
};

/* The state of one of LibTorch's own classes of optimizer, and what its step can take. */
struct StateKind {
  const OptimizerKind &(*options)();
  c10::ArrayRef<StateTensor> tensors;
  int64_t &(*step)(OptimizerParamState &state);               /* null where steps are not counted */
  const std::type_info *type;                                 /* of the class itself */
  bool (*is_class)(const torch::optim::Optimizer &optimizer); /* or derived from it, with a step that may be its own */
  bool (*is_state)(const OptimizerParamState &state);
  std::unique_ptr<OptimizerParamState> (*make)();
  /* The state before the first step, of the options that the optimizer was made with, where LibTorch's step does not make
     it; null where it does. */
  std::unique_ptr<OptimizerParamState> (*make_first)(const at::Tensor &param,
                                                     const torch::optim::OptimizerOptions &defaults);
  bool takes_sparse; /* gradients */
  bool
      takes_complex; /* parameters, as they are: it does nothing with a number but add it and multiply it by real ones */
};

/* Null for a class that is not LibTorch's own, and for those that this library does not know. */
const StateKind *state_kind_of(const torch::optim::Optimizer &optimizer);

using StateMap = std::remove_reference_t<decltype(std::declval<torch::optim::Optimizer &>().state())>;

/* A parameter's state; null where it has none yet. */
OptimizerParamState *find_state(const StateMap &states, const at::Tensor &param);

/* Gives a parameter a state, in place of what it has. */
void put_state(StateMap &states, const at::Tensor &param, std::unique_ptr<OptimizerParamState> state);

/* Under what a parameter's state is kept. */
StateMap::key_type state_key(const at::Tensor &param);

/* Whether an option says that steps need this tensor. */
bool is_needed(const StateTensor &each, const torch::optim::OptimizerOptions &options);

/* What a StateKind's make_first makes, for those parameters that LibTorch's constructor gives another: complex ones. */
void put_first_states(torch::optim::Optimizer &optimizer);

/* ---- what LibTorch's step takes for granted ---------------------------------------------------------------------- */

/* LibTorch makes some state only when an optimizer is created or takes its first step: without it, a parameter group
   added later or a momentum set later fails at the next step. Makes what is missing for params under the options that
   they are to have. Nothing changes until the result is called, and that fails only where there is no memory for a few
   words. */
std::function<void()> missing_state(torch::optim::Optimizer &optimizer, const std::vector<at::Tensor> &params,
                                    const torch::optim::OptimizerOptions &options);

}  // namespace tw
