#include "optimizer/state.h"

#include <ATen/ATen.h>
#include <torch/optim/adagrad.h>
#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>
#include <torch/optim/rmsprop.h>
#include <torch/optim/sgd.h>

#include <sstream>
#include <string>

namespace tw {
namespace {

using torch::optim::AdagradParamState;
using torch::optim::AdamParamState;
using torch::optim::AdamWParamState;
using torch::optim::Optimizer;
using torch::optim::OptimizerOptions;
using torch::optim::RMSpropParamState;
using torch::optim::SGDParamState;

template <class State>
State &as(OptimizerParamState &state) {
  return static_cast<State &>(state);
}

/* ---- The table: what each class keeps, by Python's names and in its order ---------------------------------------- */

#define TW_STATE(State, member, needed_with)                                                                    \
  {                                                                                                             \
#member, needed_with, [](OptimizerParamState & state) -> at::Tensor & { return as<State>(state).member(); } \
  }

constexpr StateTensor adam_tensors[] = {
    TW_STATE(AdamParamState, exp_avg, ""),
    TW_STATE(AdamParamState, exp_avg_sq, ""),
    TW_STATE(AdamParamState, max_exp_avg_sq, "amsgrad"),
};

constexpr StateTensor adamw_tensors[] = {
    TW_STATE(AdamWParamState, exp_avg, ""),
    TW_STATE(AdamWParamState, exp_avg_sq, ""),
    TW_STATE(AdamWParamState, max_exp_avg_sq, "amsgrad"),
};

constexpr StateTensor sgd_tensors[] = {TW_STATE(SGDParamState, momentum_buffer, nullptr)};

constexpr StateTensor rmsprop_tensors[] = {
    TW_STATE(RMSpropParamState, square_avg, ""),
    TW_STATE(RMSpropParamState, momentum_buffer, "momentum"),
    TW_STATE(RMSpropParamState, grad_avg, "centered"),
};

constexpr StateTensor adagrad_tensors[] = {TW_STATE(AdagradParamState, sum, "")};

#undef TW_STATE

template <class State>
int64_t &step_of(OptimizerParamState &state) {
  return as<State>(state).step();
}

/* dynamic_cast also where another shared library made the object: LibTorch alone defines these classes' typeinfo. */
template <class Torch, class State>
StateKind make_kind(const OptimizerKind &(*options)(), c10::ArrayRef<StateTensor> tensors,
                    int64_t &(*step)(OptimizerParamState &), bool takes_sparse = false, bool takes_complex = false,
                    decltype(StateKind::make_first) make_first = nullptr) {
  return {options,
          tensors,
          step,
          &typeid(Torch),
          [](const Optimizer &optimizer) { return dynamic_cast<const Torch *>(&optimizer) != nullptr; },
          [](const OptimizerParamState &state) { return dynamic_cast<const State *>(&state) != nullptr; },
          []() -> std::unique_ptr<OptimizerParamState> { return std::make_unique<State>(); },
          make_first,
          takes_sparse,
          takes_complex};
}

/* Of the constructor's value whatever the group says, as in Python: there a group's own is kept and counts for nothing. */
std::unique_ptr<OptimizerParamState> first_sum(const at::Tensor &param, const OptimizerOptions &defaults) {
  const double initial = static_cast<const torch::optim::AdagradOptions &>(defaults).initial_accumulator_value();
  const at::Scalar first = param.is_complex() ? at::Scalar(c10::complex<double>(initial, initial)) : initial;
  auto state = std::make_unique<AdagradParamState>();
  state->step(0);
  state->sum(at::full_like(param.detach(), first, at::MemoryFormat::Preserve));
  return state;
}

/* ---- The map of states ------------------------------------------------------------------------------------------- */

/* The state's key is the address of the tensor: written out as text up to LibTorch 2.1, as it is from then on. */
template <class Key>
Key key_of(const at::Tensor &param) {
  if constexpr (std::is_same_v<Key, std::string>) {
    std::ostringstream text;
    text << param.unsafeGetTensorImpl();
    return text.str();
  } else {
    return param.unsafeGetTensorImpl();
  }
}

/* ---- What steps take for granted --------------------------------------------------------------------------------- */

/* Adagrad's constructor makes the sums, nothing does for a group that is added. */
std::function<void()> missing_sums(Optimizer &optimizer, const std::vector<at::Tensor> &params) {
  auto states = std::make_shared<std::vector<std::pair<at::Tensor, std::unique_ptr<OptimizerParamState>>>>();
  for (const at::Tensor &param : params)
    if (find_state(optimizer.state(), param) == nullptr)
      states->emplace_back(param, first_sum(param, optimizer.defaults()));
  return [&optimizer, states] {
    for (auto &[param, state] : *states) put_state(optimizer.state(), param, std::move(state));
  };
}

/* RMSprop makes its momentum buffers at a parameter's first step, if it has a momentum by then. */
std::function<void()> missing_momentum_buffers(const Optimizer &optimizer, const std::vector<at::Tensor> &params) {
  std::vector<std::pair<RMSpropParamState *, at::Tensor>> buffers;
  for (const at::Tensor &param : params) {
    auto *state = static_cast<RMSpropParamState *>(find_state(optimizer.state(), param));
    if (state == nullptr || state->momentum_buffer().defined()) continue;
    buffers.emplace_back(state, at::zeros_like(param.detach()));
  }
  return [buffers] {
    for (const auto &[state, buffer] : buffers) state->momentum_buffer(buffer);
  };
}

}  // namespace

const StateKind *state_kind_of(const Optimizer &optimizer) {
  static const StateKind kinds[] = {
      make_kind<torch::optim::AdamW, AdamWParamState>(adamw_kind, adamw_tensors, step_of<AdamWParamState>),
      make_kind<torch::optim::Adam, AdamParamState>(adam_kind, adam_tensors, step_of<AdamParamState>),
      make_kind<torch::optim::SGD, SGDParamState>(sgd_kind, sgd_tensors, nullptr, /*takes_sparse=*/true,
                                                  /*takes_complex=*/true),
      make_kind<torch::optim::RMSprop, RMSpropParamState>(rmsprop_kind, rmsprop_tensors, step_of<RMSpropParamState>),
      make_kind<torch::optim::Adagrad, AdagradParamState>(adagrad_kind, adagrad_tensors, step_of<AdagradParamState>,
                                                          /*takes_sparse=*/true, /*takes_complex=*/false, first_sum),
  };
  for (const StateKind &kind : kinds)
    if (kind.is_class(optimizer)) return &kind;
  return nullptr;
}

StateMap::key_type state_key(const at::Tensor &param) { return key_of<StateMap::key_type>(param); }

OptimizerParamState *find_state(const StateMap &states, const at::Tensor &param) {
  const auto found = states.find(state_key(param));
  return found == states.end() ? nullptr : found->second.get();
}

void put_state(StateMap &states, const at::Tensor &param, std::unique_ptr<OptimizerParamState> state) {
  states[state_key(param)] = std::move(state);
}

bool is_needed(const StateTensor &each, const OptimizerOptions &options) {
  if (each.needed_with == nullptr) return false;
  double option = 1;
  if (*each.needed_with != 0) get_option(options, each.needed_with, &option);
  return option != 0;
}

void put_first_states(Optimizer &optimizer) {
  const StateKind *kind = state_kind_of(optimizer);
  if (kind == nullptr || kind->make_first == nullptr) return;
  for (const auto &group : optimizer.param_groups()) {
    for (const at::Tensor &param : group.params())
      if (param.is_complex()) put_state(optimizer.state(), param, kind->make_first(param, optimizer.defaults()));
  }
}

std::function<void()> missing_state(Optimizer &optimizer, const std::vector<at::Tensor> &params,
                                    const OptimizerOptions &options) {
  /* Only where the class is LibTorch's own: another one with these options keeps a state of another kind. */
  if (dynamic_cast<torch::optim::Adagrad *>(&optimizer) != nullptr) return missing_sums(optimizer, params);
  if (dynamic_cast<torch::optim::RMSprop *>(&optimizer) != nullptr) {
    const auto &rmsprop = static_cast<const torch::optim::RMSpropOptions &>(options);
    if (rmsprop.momentum() > 0) return missing_momentum_buffers(optimizer, params);
  }
  return [] {};
}

}  // namespace tw
