#include "torch_warmup/losses.h"

#include <ATen/Functions.h>
#include <ATen/core/Reduction.h>

#include "base/arguments.h"
#include "base/guard.h"
#include "base/handles.h"
#include "base/read_options.h"

namespace {

using tw::guard_new;
using tw::new_tensor;
using tw::tensor_of;

/* The one table between this library's reductions and LibTorch's. */
int64_t reduction_of(tw_reduction reduction) {
  switch (reduction) {
    case TW_REDUCTION_NONE:
      return at::Reduction::None;
    case TW_REDUCTION_MEAN:
      return at::Reduction::Mean;
    case TW_REDUCTION_SUM:
      return at::Reduction::Sum;
    default:
      tw::fail(TW_ERROR_ARGUMENT, "reduction is ", reduction, ", which is no tw_reduction");
  }
}

/* LibTorch would broadcast one to the other, which is never what a loss is meant to do. */
void check_same_sizes(const at::Tensor &tensor, const at::Tensor &input, const char *name) {
  TORCH_CHECK(tensor.sizes() == input.sizes(), name, " has the sizes ", tensor.sizes(), "; input has ", input.sizes());
}

/* ---- options ----------------------------------------------------------------------------------------------------- */

const tw_cross_entropy_options cross_entropy_defaults = {
    sizeof(tw_cross_entropy_options), TW_OPTIONS_CROSS_ENTROPY, TW_REDUCTION_MEAN, nullptr, -100, 0.0};
const twi_options_type cross_entropy_type = {TW_OPTIONS_CROSS_ENTROPY, sizeof(tw_cross_entropy_options), 0,
                                             &cross_entropy_defaults, "tw_cross_entropy_options_init"};

const tw_nll_loss_options nll_loss_defaults = {sizeof(tw_nll_loss_options), TW_OPTIONS_NLL_LOSS, TW_REDUCTION_MEAN,
                                               nullptr, -100};
const twi_options_type nll_loss_type = {TW_OPTIONS_NLL_LOSS, sizeof(tw_nll_loss_options), 0, &nll_loss_defaults,
                                        "tw_nll_loss_options_init"};

const tw_binary_cross_entropy_with_logits_options binary_defaults = {
    sizeof(tw_binary_cross_entropy_with_logits_options), TW_OPTIONS_BINARY_CROSS_ENTROPY_WITH_LOGITS, TW_REDUCTION_MEAN,
    nullptr, nullptr};
const twi_options_type binary_type = {TW_OPTIONS_BINARY_CROSS_ENTROPY_WITH_LOGITS,
                                      sizeof(tw_binary_cross_entropy_with_logits_options), 0, &binary_defaults,
                                      "tw_binary_cross_entropy_with_logits_options_init"};

const tw_mse_loss_options mse_loss_defaults = {sizeof(tw_mse_loss_options), TW_OPTIONS_MSE_LOSS, TW_REDUCTION_MEAN,
                                               nullptr};
const twi_options_type mse_loss_type = {TW_OPTIONS_MSE_LOSS, sizeof(tw_mse_loss_options), 0, &mse_loss_defaults,
                                        "tw_mse_loss_options_init"};

/* LibTorch's own has no weights: as torch.nn.functional does it. */
at::Tensor weighted_mse_loss(const at::Tensor &input, const at::Tensor &target, const at::Tensor &weight,
                             int64_t reduction) {
  check_same_sizes(weight, input, "weight");
  const at::Tensor squares = at::pow(input - target, 2) * weight;
  if (reduction == at::Reduction::None) return squares;
  return reduction == at::Reduction::Sum ? squares.sum() : squares.sum() / weight.sum();
}

}  // namespace

tw_status tw_cross_entropy_options_init(tw_cross_entropy_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &cross_entropy_type);
}

tw_status tw_nll_loss_options_init(tw_nll_loss_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &nll_loss_type);
}

tw_status tw_binary_cross_entropy_with_logits_options_init(tw_binary_cross_entropy_with_logits_options *options,
                                                           size_t struct_size) {
  return twi_options_init(options, struct_size, &binary_type);
}

tw_status tw_mse_loss_options_init(tw_mse_loss_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &mse_loss_type);
}

/* ---- losses ------------------------------------------------------------------------------------------------------ */

tw_status tw_op_cross_entropy(tw_tensor **out, const tw_tensor *input, const tw_tensor *target,
                              const tw_cross_entropy_options *options) {
  return guard_new(out, [&] {
    const auto how = tw::read_options(options, cross_entropy_type);
    tw::require_within(how.label_smoothing, 0.0, 1.0, "label_smoothing");
    return new_tensor(at::cross_entropy_loss(tensor_of(input, "input"), tensor_of(target, "target"),
                                             tw::optional_tensor_of(how.weight, "weight"), reduction_of(how.reduction),
                                             how.ignore_index, how.label_smoothing));
  });
}

tw_status tw_op_nll_loss(tw_tensor **out, const tw_tensor *input, const tw_tensor *target,
                         const tw_nll_loss_options *options) {
  return guard_new(out, [&] {
    const auto how = tw::read_options(options, nll_loss_type);
    return new_tensor(at::nll_loss_nd(tensor_of(input, "input"), tensor_of(target, "target"),
                                      tw::optional_tensor_of(how.weight, "weight"), reduction_of(how.reduction),
                                      how.ignore_index));
  });
}

tw_status tw_op_binary_cross_entropy_with_logits(tw_tensor **out, const tw_tensor *input, const tw_tensor *target,
                                                 const tw_binary_cross_entropy_with_logits_options *options) {
  return guard_new(out, [&] {
    const auto how = tw::read_options(options, binary_type);
    const at::Tensor &x = tensor_of(input, "input"), &y = tensor_of(target, "target");
    check_same_sizes(y, x, "target");
    return new_tensor(at::binary_cross_entropy_with_logits(x, y, tw::optional_tensor_of(how.weight, "weight"),
                                                           tw::optional_tensor_of(how.pos_weight, "pos_weight"),
                                                           reduction_of(how.reduction)));
  });
}

tw_status tw_op_mse_loss(tw_tensor **out, const tw_tensor *input, const tw_tensor *target,
                         const tw_mse_loss_options *options) {
  return guard_new(out, [&] {
    const auto how = tw::read_options(options, mse_loss_type);
    const at::Tensor &x = tensor_of(input, "input"), &y = tensor_of(target, "target");
    const int64_t reduction = reduction_of(how.reduction);
    if (how.weight != nullptr) return new_tensor(weighted_mse_loss(x, y, tensor_of(how.weight, "weight"), reduction));
    return new_tensor(at::mse_loss(x, y, reduction));
  });
}
