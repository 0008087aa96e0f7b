/* Activations. */
#include <torch/nn/modules/activation.h>

#include "module/layer.h"

using at::Tensor;

namespace tw {
namespace {

constexpr tw_prelu_options prelu_defaults{0, 0, 0, 1, 0.25};
constexpr twi_options_type prelu_type{TW_OPTIONS_PRELU, sizeof(tw_prelu_options), offsetof(tw_prelu_options, reserved),
                                      &prelu_defaults, "tw_prelu_options_init"};

constexpr tw_gelu_options gelu_defaults{0, 0, TW_GELU_APPROXIMATION_NONE};
constexpr twi_options_type gelu_type{TW_OPTIONS_GELU, sizeof(tw_gelu_options), 0, &gelu_defaults,
                                     "tw_gelu_options_init"};

constexpr tw_softplus_options softplus_defaults{0, 0, 0, 1, 20};
constexpr twi_options_type softplus_type{TW_OPTIONS_SOFTPLUS, sizeof(tw_softplus_options),
                                         offsetof(tw_softplus_options, reserved), &softplus_defaults,
                                         "tw_softplus_options_init"};

/* The one table between this library's approximations and LibTorch's. */
const char *approximation_of(tw_gelu_approximation approximate) {
  if (approximate == TW_GELU_APPROXIMATION_NONE) return "none";
  if (approximate == TW_GELU_APPROXIMATION_TANH) return "tanh";
  fail(TW_ERROR_ARGUMENT, "approximate is ", approximate, ", which is no tw_gelu_approximation");
}

}  // namespace
}  // namespace tw

tw_status tw_module_relu(tw_module **out) {
  return tw::guard_new(out, [] { return tw::new_function("ReLU", [](const Tensor &x) { return at::relu(x); }); });
}

tw_status tw_module_relu6(tw_module **out) {
  return tw::guard_new(out, [] { return tw::new_function("ReLU6", [](const Tensor &x) { return at::relu6(x); }); });
}

tw_status tw_module_leaky_relu(tw_module **out, double negative_slope) {
  return tw::guard_new(out, [=] {
    return tw::new_function("LeakyReLU", [=](const Tensor &x) { return at::leaky_relu(x, negative_slope); });
  });
}

tw_status tw_prelu_options_init(tw_prelu_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::prelu_type);
}

tw_status tw_module_prelu(tw_module **out, const tw_prelu_options *options) {
  return tw::guard_new(out, [=] {
    const auto read = tw::read_options(options, tw::prelu_type);
    torch::nn::PReLUOptions made;
    made.num_parameters(tw::require_at_least(read.num_parameters, 1, "num_parameters")).init(read.init);
    return tw::new_layer<torch::nn::PReLUImpl>(made);
  });
}

tw_status tw_module_elu(tw_module **out, double alpha) {
  return tw::guard_new(out,
                       [=] { return tw::new_function("ELU", [=](const Tensor &x) { return at::elu(x, alpha); }); });
}

tw_status tw_module_celu(tw_module **out, double alpha) {
  return tw::guard_new(out, [=] {
    tw::check(alpha != 0, TW_ERROR_RANGE, "alpha is 0, which x cannot be divided by");
    return tw::new_function("CELU", [=](const Tensor &x) { return at::celu(x, alpha); });
  });
}

tw_status tw_module_selu(tw_module **out) {
  return tw::guard_new(out, [] { return tw::new_function("SELU", [](const Tensor &x) { return at::selu(x); }); });
}

tw_status tw_gelu_options_init(tw_gelu_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::gelu_type);
}

tw_status tw_module_gelu(tw_module **out, const tw_gelu_options *options) {
  return tw::guard_new(out, [=] {
    const char *kind = tw::approximation_of(tw::read_options(options, tw::gelu_type).approximate);
    return tw::new_function("GELU", [=](const Tensor &x) { return at::gelu(x, kind); });
  });
}

tw_status tw_module_silu(tw_module **out) {
  return tw::guard_new(out, [] { return tw::new_function("SiLU", [](const Tensor &x) { return at::silu(x); }); });
}

tw_status tw_module_mish(tw_module **out) {
  return tw::guard_new(out, [] { return tw::new_function("Mish", [](const Tensor &x) { return at::mish(x); }); });
}

tw_status tw_softplus_options_init(tw_softplus_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::softplus_type);
}

tw_status tw_module_softplus(tw_module **out, const tw_softplus_options *options) {
  return tw::guard_new(out, [=] {
    const auto read = tw::read_options(options, tw::softplus_type);
    return tw::new_function("Softplus", [=](const Tensor &x) { return at::softplus(x, read.beta, read.threshold); });
  });
}

tw_status tw_module_softsign(tw_module **out) {
  return tw::guard_new(out,
                       [] { return tw::new_function("Softsign", [](const Tensor &x) { return x / (x.abs() + 1); }); });
}

tw_status tw_module_sigmoid(tw_module **out) {
  return tw::guard_new(out, [] { return tw::new_function("Sigmoid", [](const Tensor &x) { return at::sigmoid(x); }); });
}

tw_status tw_module_log_sigmoid(tw_module **out) {
  return tw::guard_new(
      out, [] { return tw::new_function("LogSigmoid", [](const Tensor &x) { return at::log_sigmoid(x); }); });
}

tw_status tw_module_tanh(tw_module **out) {
  return tw::guard_new(out, [] { return tw::new_function("Tanh", [](const Tensor &x) { return at::tanh(x); }); });
}

tw_status tw_module_hardsigmoid(tw_module **out) {
  return tw::guard_new(
      out, [] { return tw::new_function("Hardsigmoid", [](const Tensor &x) { return at::hardsigmoid(x); }); });
}

tw_status tw_module_hardswish(tw_module **out) {
  return tw::guard_new(out,
                       [] { return tw::new_function("Hardswish", [](const Tensor &x) { return at::hardswish(x); }); });
}

tw_status tw_module_hardtanh(tw_module **out, double min_val, double max_val) {
  return tw::guard_new(out, [=] {
    tw::check(min_val < max_val, TW_ERROR_RANGE, "min_val is ", min_val, "; it must be below max_val, ", max_val);
    return tw::new_function("Hardtanh", [=](const Tensor &x) { return at::hardtanh(x, min_val, max_val); });
  });
}

tw_status tw_module_glu(tw_module **out, int64_t dim) {
  return tw::guard_new(out, [=] { return tw::new_function("GLU", [=](const Tensor &x) { return at::glu(x, dim); }); });
}

tw_status tw_module_softmax(tw_module **out, int64_t dim) {
  return tw::guard_new(
      out, [=] { return tw::new_function("Softmax", [=](const Tensor &x) { return at::softmax(x, dim); }); });
}

tw_status tw_module_log_softmax(tw_module **out, int64_t dim) {
  return tw::guard_new(
      out, [=] { return tw::new_function("LogSoftmax", [=](const Tensor &x) { return at::log_softmax(x, dim); }); });
}
