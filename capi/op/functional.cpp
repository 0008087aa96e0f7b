#include "torch_warmup/functional.h"

#include <ATen/Functions.h>

#include "base/guard.h"
#include "base/handles.h"
#include "base/read_options.h"

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

/* What a scalar as Python has it becomes: an int64 stays one. */
template <class Number, class Op>
tw_status with_number(tw_tensor **out, const tw_tensor *a, Number number, Op op) {
  return guard_new(out, [&] { return new_tensor(op(tensor_of(a, "a"), at::Scalar(number))); });
}

const tw_op_conv2d_options conv2d_defaults = {
    sizeof(tw_op_conv2d_options), TW_OPTIONS_OP_CONV2D, 0, {1, 1}, {0, 0}, {1, 1}, 1};
const twi_options_type conv2d_type = {TW_OPTIONS_OP_CONV2D, sizeof(tw_op_conv2d_options),
                                      offsetof(tw_op_conv2d_options, reserved), &conv2d_defaults,
                                      "tw_op_conv2d_options_init"};

const tw_op_max_pool2d_options max_pool2d_defaults = {
    sizeof(tw_op_max_pool2d_options), TW_OPTIONS_OP_MAX_POOL2D, 0, {0, 0}, {0, 0}, {1, 1}};
const twi_options_type max_pool2d_type = {TW_OPTIONS_OP_MAX_POOL2D, sizeof(tw_op_max_pool2d_options), 0,
                                          &max_pool2d_defaults, "tw_op_max_pool2d_options_init"};

at::Tensor add_number(const at::Tensor &a, const at::Scalar &b) { return at::add(a, b); }
at::Tensor mul_number(const at::Tensor &a, const at::Scalar &b) { return at::mul(a, b); }
at::Tensor pow_number(const at::Tensor &a, const at::Scalar &b) { return at::pow(a, b); }

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

tw_status tw_op_add_int64(tw_tensor **out, const tw_tensor *a, int64_t value) {
  return with_number(out, a, value, add_number);
}

tw_status tw_op_add_double(tw_tensor **out, const tw_tensor *a, double value) {
  return with_number(out, a, value, add_number);
}

tw_status tw_op_mul_int64(tw_tensor **out, const tw_tensor *a, int64_t value) {
  return with_number(out, a, value, mul_number);
}

tw_status tw_op_mul_double(tw_tensor **out, const tw_tensor *a, double value) {
  return with_number(out, a, value, mul_number);
}

tw_status tw_op_pow_int64(tw_tensor **out, const tw_tensor *a, int64_t exponent) {
  return with_number(out, a, exponent, pow_number);
}

tw_status tw_op_pow_double(tw_tensor **out, const tw_tensor *a, double exponent) {
  return with_number(out, a, exponent, pow_number);
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
    return new_tensor(
        at::linear(tensor_of(input, "input"), tensor_of(weight, "weight"), tw::optional_tensor_of(bias, "bias")));
  });
}

tw_status tw_op_conv2d_options_init(tw_op_conv2d_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &conv2d_type);
}

tw_status tw_op_conv2d(tw_tensor **out, const tw_tensor *input, const tw_tensor *weight, const tw_tensor *bias,
                       const tw_op_conv2d_options *options) {
  return guard_new(out, [&] {
    const auto how = tw::read_options(options, conv2d_type);
    return new_tensor(at::conv2d(tensor_of(input, "input"), tensor_of(weight, "weight"),
                                 tw::optional_tensor_of(bias, "bias"), c10::IntArrayRef(how.stride),
                                 c10::IntArrayRef(how.padding), c10::IntArrayRef(how.dilation), how.groups));
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

tw_status tw_op_max_pool2d_options_init(tw_op_max_pool2d_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &max_pool2d_type);
}

tw_status tw_op_max_pool2d(tw_tensor **out, const tw_tensor *input, const int64_t kernel_size[2],
                           const tw_op_max_pool2d_options *options) {
  return guard_new(out, [&] {
    const c10::IntArrayRef kernel(&tw::require(kernel_size, "kernel_size"), 2);
    auto how = tw::read_options(options, max_pool2d_type);
    for (size_t i = 0; i < 2; ++i)
      if (how.stride[i] == 0) how.stride[i] = kernel[i];
    return new_tensor(at::max_pool2d(tensor_of(input, "input"), kernel, how.stride, how.padding, how.dilation,
                                     tw::require_bool(how.ceil_mode, "ceil_mode")));
  });
}

tw_status tw_op_dropout(tw_tensor **out, const tw_tensor *input, double p, int32_t training) {
  return guard_new(out, [&] {
    tw::check(p >= 0.0 && p <= 1.0, TW_ERROR_RANGE, "p is ", p, "; it must be from 0 to 1");
    const at::Tensor &x = tensor_of(input, "input");
    const bool drops = tw::require_bool(training, "training") && p > 0.0;
    /* LibTorch finds out once it has drawn the random numbers. */
    tw::check(!drops || at::isFloatingType(x.scalar_type()), TW_ERROR_TYPE, "input is of type ", x.scalar_type(),
              "; dropout scales what it keeps, for which it must be a floating one");
    return new_tensor(at::dropout(x, p, drops));
  });
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

tw_status tw_op_reshape(tw_tensor **out, const tw_tensor *input, const int64_t *sizes, size_t ndim) {
  return unary(out, input, "input", [&](const at::Tensor &x) {
    return at::reshape(x, c10::IntArrayRef(tw::require_array(sizes, ndim, "sizes"), ndim));
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
