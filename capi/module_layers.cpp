/* The layers: LibTorch's own classes, each with its forward pass beside it. */
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/pooling.h>

#include "module.h"
#include "options.h"

namespace tw {
namespace {

/* One of LibTorch's layers that makes one tensor of one. */
template <class Impl>
class Layer final : public Impl, public Forward {
 public:
  using Impl::Impl;

  Tensors forward_all(const Tensors &inputs) override { return {Impl::forward(only_input(*this, inputs))}; }
};

template <class Impl, class... Options>
std::unique_ptr<tw_module> new_layer(const Options &...options) {
  return std::make_unique<tw_module>(tw_module{std::make_shared<Layer<Impl>>(options...)});
}

int64_t at_least(int64_t least, int64_t value, const char *name) {
  check(value >= least, TW_ERROR_RANGE, name, " is ", value, "; it must be at least ", least);
  return value;
}

/* Rows and columns, as LibTorch takes them. */
torch::ExpandingArray<2> two_at_least(int64_t least, const int64_t *values, const char *name) {
  require(values, name);
  for (int i = 0; i < 2; ++i) at_least(least, values[i], c10::str(name, "[", i, "]").c_str());
  return torch::ExpandingArray<2>(at::IntArrayRef(values, 2));
}

constexpr tw_conv2d_options conv2d_defaults{sizeof(tw_conv2d_options), {1, 1}, {0, 0}, {1, 1}, 1, 1};

torch::nn::Conv2dOptions conv2d_options(int64_t in_channels, int64_t out_channels, const int64_t *kernel_size,
                                        const tw_conv2d_options &options) {
  at_least(1, in_channels, "in_channels");
  at_least(1, out_channels, "out_channels");
  at_least(1, options.groups, "groups");
  check(in_channels % options.groups == 0 && out_channels % options.groups == 0, TW_ERROR_RANGE, "groups is ",
        options.groups, ", which does not divide the channels, ", in_channels, " and ", out_channels);
  return torch::nn::Conv2dOptions(in_channels, out_channels, two_at_least(1, kernel_size, "kernel_size"))
      .stride(two_at_least(1, options.stride, "stride"))
      .padding(two_at_least(0, options.padding, "padding"))
      .dilation(two_at_least(1, options.dilation, "dilation"))
      .groups(options.groups)
      .bias(require_bool(options.bias, "bias"));
}

}  // namespace
}  // namespace tw

tw_status tw_module_linear(tw_module **out, int64_t in_features, int64_t out_features, int32_t bias) {
  return tw::guard_new(out, [&] {
    tw::at_least(1, in_features, "in_features");
    tw::at_least(1, out_features, "out_features");
    const bool with_bias = tw::require_bool(bias, "bias");
    return tw::new_layer<torch::nn::LinearImpl>(torch::nn::LinearOptions(in_features, out_features).bias(with_bias));
  });
}

tw_status tw_conv2d_options_init(tw_conv2d_options *options, size_t struct_size) {
  return tw::guard([&] { tw::fill_options(options, struct_size, tw::conv2d_defaults, "tw_conv2d_options_init"); });
}

tw_status tw_module_conv2d(tw_module **out, int64_t in_channels, int64_t out_channels, const int64_t kernel_size[2],
                           const tw_conv2d_options *options) {
  return tw::guard_new(out, [&] {
    const auto read = tw::read_options(options, tw::conv2d_defaults, "tw_conv2d_options_init");
    return tw::new_layer<torch::nn::Conv2dImpl>(tw::conv2d_options(in_channels, out_channels, kernel_size, read));
  });
}

tw_status tw_module_dropout(tw_module **out, double p) {
  return tw::guard_new(out, [&] {
    tw::check(p >= 0 && p <= 1, TW_ERROR_RANGE, "p is ", p, "; it must lie in [0, 1]");
    return tw::new_layer<torch::nn::DropoutImpl>(torch::nn::DropoutOptions(p));
  });
}

tw_status tw_module_relu(tw_module **out) {
  return tw::guard_new(out, [] { return tw::new_layer<torch::nn::ReLUImpl>(); });
}

tw_status tw_module_tanh(tw_module **out) {
  return tw::guard_new(out, [] { return tw::new_layer<torch::nn::TanhImpl>(); });
}

tw_status tw_module_max_pool2d(tw_module **out, const int64_t kernel_size[2], const int64_t stride[2]) {
  return tw::guard_new(out, [&] {
    const auto window = tw::two_at_least(1, kernel_size, "kernel_size");
    const auto step = stride == nullptr ? window : tw::two_at_least(1, stride, "stride");
    return tw::new_layer<torch::nn::MaxPool2dImpl>(torch::nn::MaxPool2dOptions(window).stride(step));
  });
}

tw_status tw_module_flatten(tw_module **out, int64_t start_dim, int64_t end_dim) {
  return tw::guard_new(out, [&] {
    return tw::new_layer<torch::nn::FlattenImpl>(torch::nn::FlattenOptions().start_dim(start_dim).end_dim(end_dim));
  });
}

tw_status tw_module_log_softmax(tw_module **out, int64_t dim) {
  return tw::guard_new(out,
                       [&] { return tw::new_layer<torch::nn::LogSoftmaxImpl>(torch::nn::LogSoftmaxOptions(dim)); });
}
