#include "torch_warmup/functional.h"

#include <ATen/Functions.h>
#include <ATen/core/Reduction.h>

#include <array>

#include "base/guard.h"
#include "base/handles.h"

namespace {

using tw::guard_new;
using tw::new_tensor;
using tw::tensor_of;

template <class Op>
tw_status unary(tw_tensor **out, const tw_tensor *input, const char *name, Op op) {
  return guard_new(out, [&] { return new_tensor(op(tensor_of(input, name))); });
}

template <class Op>
tw_status binary(tw_tensor **out, const tw_tensor *a, const tw_tensor *b, Op op) {
  return guard_new(out, [&] { return new_tensor(op(tensor_of(a, "a"), tensor_of(b, "b"))); });
}

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

template <class Op>
tw_status loss(tw_tensor **out, const tw_tensor *input, const tw_tensor *target, tw_reduction reduction, Op op) {
  return guard_new(out, [&] {
    return new_tensor(op(tensor_of(input, "input"), tensor_of(target, "target"), reduction_of(reduction)));
  });
}

/* What stands for None where LibTorch takes an optional tensor. */
at::Tensor optional_tensor(const tw_tensor *tensor) { return tensor == nullptr ? at::Tensor() : tensor->tensor; }

std::array<int64_t, 2> pair_or(const int64_t *pair, std::array<int64_t, 2> otherwise) {
  return pair == nullptr ? otherwise : std::array<int64_t, 2>{pair[0], pair[1]};
}

}  // namespace

/* ---- arithmetic -------------------------------------------------------------------------------------------------- */

tw_status tw_op_add(tw_tensor **out, const tw_tensor *a, const tw_tensor *b) {
  return binary(out, a, b, [](const at::Tensor &x, const at::Tensor &y) { return at::add(x, y); });
}

tw_status tw_op_sub(tw_tensor **out, const tw_tensor *a, const tw_tensor *b) {
  return binary(out, a, b, [](const at::Tensor &x, const at::Tensor &y) { return at::sub(x, y); });
}

tw_status tw_op_mul(tw_tensor **out, const tw_tensor *a, const tw_tensor *b) {
  return binary(out, a, b, [](const at::Tensor &x, const at::Tensor &y) { return at::mul(x, y); });
}

tw_status tw_op_div(tw_tensor **out, const tw_tensor *a, const tw_tensor *b) {
  return binary(out, a, b, [](const at::Tensor &x, const at::Tensor &y) { return at::div(x, y); });
}

tw_status tw_op_add_scalar(tw_tensor **out, const tw_tensor *a, double value) {
  return unary(out, a, "a", [&](const at::Tensor &x) { return at::add(x, value); });
}

tw_status tw_op_mul_scalar(tw_tensor **out, const tw_tensor *a, double value) {
  return unary(out, a, "a", [&](const at::Tensor &x) { return at::mul(x, value); });
}

tw_status tw_op_pow_scalar(tw_tensor **out, const tw_tensor *a, double exponent) {
  return unary(out, a, "a", [&](const at::Tensor &x) { return at::pow(x, exponent); });
}

tw_status tw_op_neg(tw_tensor **out, const tw_tensor *a) { return unary(out, a, "a", at::neg); }

tw_status tw_op_exp(tw_tensor **out, const tw_tensor *a) { return unary(out, a, "a", at::exp); }

tw_status tw_op_log(tw_tensor **out, const tw_tensor *a) { return unary(out, a, "a", at::log); }

tw_status tw_op_sqrt(tw_tensor **out, const tw_tensor *a) { return unary(out, a, "a", at::sqrt); }

tw_status tw_op_eq(tw_tensor **out, const tw_tensor *a, const tw_tensor *b) {
  return binary(out, a, b, [](const at::Tensor &x, const at::Tensor &y) { return at::eq(x, y); });
}

/* ---- products ---------------------------------------------------------------------------------------------------- */

tw_status tw_op_matmul(tw_tensor **out, const tw_tensor *a, const tw_tensor *b) {
  return binary(out, a, b, at::matmul);
}

tw_status tw_op_linear(tw_tensor **out, const tw_tensor *input, const tw_tensor *weight, const tw_tensor *bias) {
  return guard_new(out, [&] {
    return new_tensor(at::linear(tensor_of(input, "input"), tensor_of(weight, "weight"), optional_tensor(bias)));
  });
}

tw_status tw_op_conv2d(tw_tensor **out, const tw_tensor *input, const tw_tensor *weight, const tw_tensor *bias,
                       const int64_t stride[2], const int64_t padding[2], const int64_t dilation[2], int64_t groups) {
  return guard_new(out, [&] {
    const auto strides = pair_or(stride, {1, 1}), paddings = pair_or(padding, {0, 0}),
               dilations = pair_or(dilation, {1, 1});
    return new_tensor(at::conv2d(tensor_of(input, "input"), tensor_of(weight, "weight"), optional_tensor(bias),
                                 c10::IntArrayRef(strides), c10::IntArrayRef(paddings), c10::IntArrayRef(dilations),
                                 groups));
  });
}

/* ---- activations ------------------------------------------------------------------------------------------------- */

tw_status tw_op_relu(tw_tensor **out, const tw_tensor *input) { return unary(out, input, "input", at::relu); }

tw_status tw_op_gelu(tw_tensor **out, const tw_tensor *input) {
  return unary(out, input, "input", [](const at::Tensor &x) { return at::gelu(x); });
}

tw_status tw_op_sigmoid(tw_tensor **out, const tw_tensor *input) { return unary(out, input, "input", at::sigmoid); }

tw_status tw_op_tanh(tw_tensor **out, const tw_tensor *input) { return unary(out, input, "input", at::tanh); }

tw_status tw_op_softmax(tw_tensor **out, const tw_tensor *input, int64_t dim) {
  return unary(out, input, "input", [&](const at::Tensor &x) { return at::softmax(x, dim); });
}

tw_status tw_op_log_softmax(tw_tensor **out, const tw_tensor *input, int64_t dim) {
  return unary(out, input, "input", [&](const at::Tensor &x) { return at::log_softmax(x, dim); });
}

/* ---- pooling and dropout ----------------------------------------------------------------------------------------- */

tw_status tw_op_max_pool2d(tw_tensor **out, const tw_tensor *input, const int64_t kernel_size[2],
                           const int64_t stride[2], const int64_t padding[2]) {
  return guard_new(out, [&] {
    tw::require(kernel_size, "kernel_size");
    const auto kernel = pair_or(kernel_size, {}), strides = pair_or(stride, kernel),
               paddings = pair_or(padding, {0, 0});
    return new_tensor(at::max_pool2d(tensor_of(input, "input"), kernel, strides, paddings));
  });
}

tw_status tw_op_dropout(tw_tensor **out, const tw_tensor *input, double p, int32_t training) {
  return guard_new(out, [&] {
    tw::check(p >= 0.0 && p <= 1.0, TW_ERROR_RANGE, "p is ", p, "; it must be from 0 to 1");
    return new_tensor(at::dropout(tensor_of(input, "input"), p, tw::require_bool(training, "training")));
  });
}

/* ---- losses ------------------------------------------------------------------------------------------------------ */

tw_status tw_op_nll_loss(tw_tensor **out, const tw_tensor *input, const tw_tensor *target, tw_reduction reduction) {
  return loss(out, input, target, reduction,
              [](const at::Tensor &x, const at::Tensor &y, int64_t how) { return at::nll_loss(x, y, {}, how); });
}

tw_status tw_op_cross_entropy(tw_tensor **out, const tw_tensor *input, const tw_tensor *target,
                              tw_reduction reduction) {
  return loss(out, input, target, reduction, [](const at::Tensor &x, const at::Tensor &y, int64_t how) {
    return at::cross_entropy_loss(x, y, {}, how);
  });
}

tw_status tw_op_mse_loss(tw_tensor **out, const tw_tensor *input, const tw_tensor *target, tw_reduction reduction) {
  return loss(out, input, target, reduction, at::mse_loss);
}

/* ---- reductions -------------------------------------------------------------------------------------------------- */

tw_status tw_op_sum(tw_tensor **out, const tw_tensor *input) {
  return unary(out, input, "input", [](const at::Tensor &x) { return at::sum(x); });
}

tw_status tw_op_mean(tw_tensor **out, const tw_tensor *input) {
  return unary(out, input, "input", [](const at::Tensor &x) { return at::mean(x); });
}

tw_status tw_op_argmax(tw_tensor **out, const tw_tensor *input, int64_t dim, int32_t keepdim) {
  return unary(out, input, "input",
               [&](const at::Tensor &x) { return at::argmax(x, dim, tw::require_bool(keepdim, "keepdim")); });
}

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

tw_status tw_op_reshape(tw_tensor **out, const tw_tensor *input, const int64_t *sizes, size_t dim) {
  return unary(out, input, "input", [&](const at::Tensor &x) {
    return at::reshape(x, c10::IntArrayRef(tw::require_array(sizes, dim, "sizes"), dim));
  });
}

tw_status tw_op_flatten(tw_tensor **out, const tw_tensor *input, int64_t start_dim, int64_t end_dim) {
  return unary(out, input, "input", [&](const at::Tensor &x) { return at::flatten(x, start_dim, end_dim); });
}

tw_status tw_op_transpose(tw_tensor **out, const tw_tensor *input, int64_t dim0, int64_t dim1) {
  return unary(out, input, "input", [&](const at::Tensor &x) { return at::transpose(x, dim0, dim1); });
}

tw_status tw_op_cat(tw_tensor **out, tw_tensor *const *tensors, size_t count, int64_t dim) {
  return guard_new(out, [&] { return new_tensor(at::cat(tw::tensors_of(tensors, count, "tensors"), dim)); });
}
