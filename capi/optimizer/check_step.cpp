/* What a step needs of parameters, gradients and states. LibTorch finds out at each parameter, when those before it have
   moved. */
#include <ATen/ATen.h>
#include <ATen/MemoryOverlap.h>

#include <array>
#include <cmath>
#include <limits>
#include <ostream>

#include "base/guard.h"
#include "optimizer/step.h"

namespace tw {
namespace {

using torch::optim::OptimizerOptions;

/* One parameter; as text, what messages call it. */
struct Member {
  const StateKind &kind;
  const OptimizerOptions &options;
  const at::Tensor &param;
  size_t group, index;
};

std::ostream &operator<<(std::ostream &out, const Member &member) {
  return out << "parameter " << member.index << " of group " << member.group;
}

bool is_sparse(const at::Tensor &tensor) { return tensor.layout() == at::kSparse; }

void check_param(const Member &member) {
  const at::Tensor &param = member.param;
  const bool written_elsewhere = param.is_complex() && (param.is_conj() || param.is_neg());
  check(!param._is_zerotensor() && !written_elsewhere, TW_ERROR_TYPE, member, " is ",
        written_elsewhere ? "a conjugated or negated view" : "a zero tensor without memory",
        ", which a step cannot change; make the parameter of its clone");
  check(param.layout() != at::kStrided || at::has_internal_overlap(param) != at::MemOverlap::Yes, TW_ERROR_TYPE, member,
        " has elements that share one place in memory, as expand makes them; make the parameter of its clone");
}

void check_gradient(const Member &member, const at::Tensor &grad) {
  const bool takes = member.kind.takes_sparse;
  const bool fits = is_sparse(grad) ? takes : grad.layout() == at::kStrided && member.param.layout() == at::kStrided;
  check(fits, TW_ERROR_TYPE, "the gradient of ", member, " is of layout ", grad.layout(), ", the parameter of ",
        member.param.layout(), ": ", member.kind.options().name, " cannot take that",
        takes ? "" : "; SGD and Adagrad take sparse gradients");
  check(grad.scalar_type() == member.param.scalar_type(), TW_ERROR_TYPE, "the gradient of ", member, " is of type ",
        grad.scalar_type(), ", the parameter of ", member.param.scalar_type());
  check(grad.device() == member.param.device(), TW_ERROR_TYPE, "the gradient of ", member, " is on ", grad.device(),
        ", the parameter on ", member.param.device());
  check(grad.sizes() == member.param.sizes(), TW_ERROR_STATE, "the gradient of ", member, " has the sizes ",
        grad.sizes(), "; those of the parameter are ", member.param.sizes());
  double decay = 0;
  if (is_sparse(grad) && !is_sparse(member.param)) get_option(member.options, "weight_decay", &decay);
  check(decay == 0, TW_ERROR_TYPE, "the gradient of ", member, " is sparse, which ", member.kind.options().name,
        " takes without weight_decay only; it is ", decay);
}

void check_state_tensor(const Member &member, const at::Tensor &grad, const StateTensor &each,
                        const at::Tensor &tensor) {
  if (!tensor.defined()) {
    check(!is_needed(each, member.options), TW_ERROR_STATE, member, " has no ", each.name, ", which ",
          member.kind.options().name, " needs", *each.needed_with == 0 ? "" : " with ", each.needed_with);
    return;
  }
  check(tensor.sizes() == member.param.sizes(), TW_ERROR_STATE, each.name, " of ", member, " has the sizes ",
        tensor.sizes(), "; those of the parameter are ", member.param.sizes());
  check(tensor.device() == member.param.device(), TW_ERROR_STATE, each.name, " of ", member, " is on ", tensor.device(),
        ", the parameter on ", member.param.device());
  check(tensor.is_complex() == member.param.is_complex(), TW_ERROR_STATE, each.name, " of ", member, " is of type ",
        tensor.scalar_type(), ", the parameter of ", member.param.scalar_type());
  check(tensor.layout() == at::kStrided || tensor.layout() == grad.layout(), TW_ERROR_TYPE, each.name, " of ", member,
        " is of layout ", tensor.layout(), ", the gradient of ", grad.layout());
}

void check_state(const Member &member, const at::Tensor &grad, OptimizerParamState *state) {
  if (state == nullptr) {
    check(member.kind.make_first == nullptr, TW_ERROR_STATE, member, " has no state, which ",
          member.kind.options().name, " makes before the first step");
    return;
  }
  check(member.kind.is_state(*state), TW_ERROR_STATE, "the state of ", member, " is not that of LibTorch's own ",
        member.kind.options().name);
  for (const StateTensor &each : member.kind.tensors) check_state_tensor(member, grad, each, each.tensor(*state));
}

/* The largest number of a parameter's type; of double none is too large. */
double most_of(c10::ScalarType type) {
  const c10::ScalarType real = c10::toRealValueType(type);
  if (real == c10::kHalf) return static_cast<double>(std::numeric_limits<c10::Half>::max());
  if (real == c10::kBFloat16) return static_cast<double>(std::numeric_limits<c10::BFloat16>::max());
  if (real == c10::kFloat) return std::numeric_limits<float>::max();
  return std::numeric_limits<double>::infinity();
}

/* A number of a group, and the largest that a step makes of it. */
struct Number {
  const char *name;
  double value, reach;
};

/* LibTorch makes numbers of the parameter's type out of the options, in the middle of the step. Adam's divide the rate by
   1 - beta1 at first, and AdamW shrinks parameters by the rate's share of weight_decay. */
std::array<Number, 5> numbers_of(const torch::optim::OptimizerOptions &options) {
  std::array<Number, 5> numbers = {
      {{"weight_decay", 0, 0}, {"eps", 0, 0}, {"momentum", 0, 0}, {"dampening", 0, 0}, {"lr", 0, 0}}};
  for (Number &number : numbers) {
    get_option(options, number.name, &number.value);
    number.reach = std::fabs(number.value);
  }
  double beta1 = 0;
  get_option(options, "betas[0]", &beta1);
  numbers.back().reach *= std::fmax(1 / (1 - beta1), numbers.front().value);
  return numbers;
}

void check_numbers(const Member &member, const std::array<Number, 5> &numbers) {
  const double most = most_of(member.param.scalar_type());
  for (const Number &number : numbers)
    check(!(number.reach > most), TW_ERROR_RANGE, "the ", number.name, " of group ", member.group, " is ", number.value,
          "; a step makes a number of it of the type of ", member, ", ", member.param.scalar_type(),
          ", which none above ", most, " is of");
}

}  // namespace

void check_step(torch::optim::Optimizer &optimizer, const StateKind &kind) {
  auto &groups = optimizer.param_groups();
  for (size_t group = 0; group < groups.size(); ++group) {
    const auto &params = groups[group].params();
    const auto numbers = numbers_of(groups[group].options());
    for (size_t index = 0; index < params.size(); ++index) {
      const at::Tensor &grad = params[index].grad();
      if (!grad.defined()) continue;
      const Member member{kind, groups[group].options(), params[index], group, index};
      check_param(member);
      check_gradient(member, grad);
      check_numbers(member, numbers);
      check_state(member, grad, find_state(optimizer.state(), params[index]));
    }
  }
}

}  // namespace tw
