#include "optimizer/step.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <utility>
#include <vector>

namespace tw {
namespace {

using torch::optim::Optimizer;
using torch::optim::OptimizerOptions;

/* ---- complex numbers as pairs of real ones, which share their memory --------------------------------------------- */

at::Tensor gradient_as_real(const at::Tensor &grad) {
  if (grad._is_zerotensor()) return at::view_as_real(at::zeros(grad.sizes(), grad.options()));
  return at::view_as_real(grad.resolve_conj().resolve_neg());
}

at::Tensor param_as_real(const at::Tensor &param) {
  at::Tensor view = at::view_as_real(param.detach());
  view.mutable_grad() = gradient_as_real(param.grad());
  return view;
}

/* What LibTorch's step would make of a parameter that has no state yet. */
std::unique_ptr<OptimizerParamState> zero_state(const StateKind &kind, const at::Tensor &param,
                                                const OptimizerOptions &options) {
  auto state = kind.make();
  if (kind.step != nullptr) kind.step(*state) = 0;
  for (const StateTensor &each : kind.tensors)
    if (is_needed(each, options)) each.tensor(*state) = at::zeros_like(param.detach(), {}, at::MemoryFormat::Preserve);
  return state;
}

std::unique_ptr<OptimizerParamState> state_as_real(const StateKind &kind, OptimizerParamState &state) {
  auto made = kind.make();
  if (kind.step != nullptr) kind.step(*made) = kind.step(state);
  for (const StateTensor &each : kind.tensors)
    if (each.tensor(state).defined()) each.tensor(*made) = at::view_as_real(each.tensor(state));
  return made;
}

/* ---- the optimizer while it steps -------------------------------------------------------------------------------- */

/* Python's step takes complex parameters through view_as_real; LibTorch's squares them as they are. So while this lives
   such parameters are real ones to it. What is kept of them stays complex, as in Python. */
class ComplexAsReal {
 public:
  ComplexAsReal(Optimizer &optimizer, const StateKind &kind) : optimizer_(optimizer), kind_(kind) {}
  ComplexAsReal(const ComplexAsReal &) = delete;
  ComplexAsReal &operator=(const ComplexAsReal &) = delete;

  ~ComplexAsReal() {
    for (Exchanged &each : exchanged_) {
      if (each.is_placed) std::swap(*each.place, each.other);
      optimizer_.state().erase(each.view_key);
      if (each.is_new) optimizer_.state().erase(each.param_key);
    }
  }

  void exchange() {
    for (auto &group : optimizer_.param_groups()) {
      for (at::Tensor &param : group.params()) {
        const bool steps = param.defined() && param.grad().defined() && param.grad().layout() == at::kStrided;
        if (steps && param.is_complex()) exchange(param, group.options());
      }
    }
  }

  /* After the step. */
  void keep() {
    for (Exchanged &each : exchanged_) {
      OptimizerParamState &from = *optimizer_.state().find(each.view_key)->second;
      if (kind_.step != nullptr) kind_.step(*each.state) = kind_.step(from);
      for (const StateTensor &tensor : kind_.tensors) keep(tensor.tensor(*each.state), tensor.tensor(from));
      each.is_new = false;
    }
  }

 private:
  struct Exchanged {
    at::Tensor *place;
    at::Tensor other; /* the view, and while it is placed the parameter */
    StateMap::key_type view_key, param_key;
    OptimizerParamState *state; /* the complex one */
    bool is_new, is_placed;
  };

  void exchange(at::Tensor &param, const OptimizerOptions &options) {
    StateMap &states = optimizer_.state();
    at::Tensor view = param_as_real(param);
    OptimizerParamState *state = find_state(states, param);
    const bool is_new = state == nullptr;
    exchanged_.push_back({&param, view, state_key(view), state_key(param), state, is_new, false});
    if (is_new) put_state(states, param, zero_state(kind_, param, options));
    Exchanged &made = exchanged_.back();
    made.state = find_state(states, param);
    put_state(states, view, state_as_real(kind_, *made.state));
    std::swap(param, made.other);
    made.is_placed = true;
  }

  /* A step may put another tensor in place of one, which then does not lie in the same memory. */
  static void keep(at::Tensor &kept, const at::Tensor &from) {
    if (from.defined() && !(kept.defined() && from.is_alias_of(kept))) kept = at::view_as_complex(from);
  }

  Optimizer &optimizer_;
  const StateKind &kind_;
  std::vector<Exchanged> exchanged_;
};

}  // namespace

void step(Optimizer &optimizer) {
  const StateKind *kind = state_kind_of(optimizer);
  if (kind == nullptr || *kind->type != typeid(optimizer)) {
    optimizer.step();
    return;
  }
  check_step(optimizer, *kind);
  const at::NoGradGuard no_grad;
  ComplexAsReal reals(optimizer, *kind);
  if (!kind->takes_complex) reals.exchange();
  optimizer.step();
  reals.keep();
}

}  // namespace tw
