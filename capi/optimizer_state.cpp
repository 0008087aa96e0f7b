#include "optimizer_state.h"

#include <ATen/ATen.h>
#include <torch/optim/adagrad.h>
#include <torch/optim/rmsprop.h>

#include <sstream>
#include <string>
#include <type_traits>
#include <utility>

namespace tw {
namespace {

using torch::optim::AdagradParamState;
using torch::optim::Optimizer;
using torch::optim::RMSpropParamState;
using StateMap = std::remove_reference_t<decltype(std::declval<Optimizer &>().state())>;

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

StateMap::iterator find_state(Optimizer &optimizer, const at::Tensor &param) {
  return optimizer.state().find(key_of<StateMap::key_type>(param));
}

/* Adagrad's constructor makes the sums, nothing does for a group that is added. */
std::function<void()> missing_sums(Optimizer &optimizer, const std::vector<at::Tensor> &params, double initial) {
  std::vector<std::pair<at::Tensor, at::Tensor>> sums;
  for (const at::Tensor &param : params) {
    if (find_state(optimizer, param) != optimizer.state().end()) continue;
    sums.emplace_back(param, at::full_like(param.detach(), initial, at::MemoryFormat::Preserve));
  }
  return [&optimizer, sums] {
    for (const auto &[param, sum] : sums) {
      auto state = std::make_unique<AdagradParamState>();
      state->step(0);
      state->sum(sum);
      optimizer.state()[key_of<StateMap::key_type>(param)] = std::move(state);
    }
  };
}

/* RMSprop makes its momentum buffers at a parameter's first step, if it has a momentum by then. */
std::function<void()> missing_momentum_buffers(Optimizer &optimizer, const std::vector<at::Tensor> &params) {
  std::vector<std::pair<RMSpropParamState *, at::Tensor>> buffers;
  for (const at::Tensor &param : params) {
    auto found = find_state(optimizer, param);
    if (found == optimizer.state().end()) continue;
    auto &state = static_cast<RMSpropParamState &>(*found->second);
    if (!state.momentum_buffer().defined()) buffers.emplace_back(&state, at::zeros_like(param.detach()));
  }
  return [buffers] {
    for (const auto &[state, buffer] : buffers) state->momentum_buffer(buffer);
  };
}

}  // namespace

std::function<void()> missing_state(Optimizer &optimizer, const std::vector<at::Tensor> &params,
                                    const torch::optim::OptimizerOptions &options) {
  /* Only where the class is LibTorch's own: another one with these options keeps a state of another kind. */
  if (dynamic_cast<torch::optim::Adagrad *>(&optimizer) != nullptr) {
    const auto &adagrad = static_cast<const torch::optim::AdagradOptions &>(options);
    return missing_sums(optimizer, params, adagrad.initial_accumulator_value());
  }
  if (dynamic_cast<torch::optim::RMSprop *>(&optimizer) != nullptr) {
    const auto &rmsprop = static_cast<const torch::optim::RMSpropOptions &>(options);
    if (rmsprop.momentum() > 0) return missing_momentum_buffers(optimizer, params);
  }
  return [] {};
}

}  // namespace tw
