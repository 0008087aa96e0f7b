/* Convolutions, of one to three dimensions by the same functions. */
#include <torch/nn/modules/conv.h>

#include "module/layer.h"

namespace tw {
namespace {

constexpr tw_conv1d_options conv1d_defaults{0, 0, 0, 1, 0, 1, 1, 1, TW_CONV_PADDING_ZEROS};
constexpr twi_options_type conv1d_type{TW_OPTIONS_CONV1D, sizeof(tw_conv1d_options),
                                       offsetof(tw_conv1d_options, reserved), &conv1d_defaults,
                                       "tw_conv1d_options_init"};
constexpr tw_conv2d_options conv2d_defaults{0, 0, 0, {1, 1}, {0, 0}, {1, 1}, 1, 1, TW_CONV_PADDING_ZEROS};
constexpr twi_options_type conv2d_type{TW_OPTIONS_CONV2D, sizeof(tw_conv2d_options),
                                       offsetof(tw_conv2d_options, reserved), &conv2d_defaults,
                                       "tw_conv2d_options_init"};
constexpr tw_conv3d_options conv3d_defaults{0, 0, 0, {1, 1, 1}, {0, 0, 0}, {1, 1, 1}, 1, 1, TW_CONV_PADDING_ZEROS};
constexpr twi_options_type conv3d_type{TW_OPTIONS_CONV3D, sizeof(tw_conv3d_options),
                                       offsetof(tw_conv3d_options, reserved), &conv3d_defaults,
                                       "tw_conv3d_options_init"};
constexpr tw_conv_transpose1d_options conv_transpose1d_defaults{0, 0, 1, 1, 0, 0, 1, 1};
constexpr twi_options_type conv_transpose1d_type{TW_OPTIONS_CONV_TRANSPOSE1D, sizeof(tw_conv_transpose1d_options), 0,
                                                 &conv_transpose1d_defaults, "tw_conv_transpose1d_options_init"};
constexpr tw_conv_transpose2d_options conv_transpose2d_defaults{0, 0, 1, {1, 1}, {0, 0}, {0, 0}, {1, 1}, 1};
constexpr twi_options_type conv_transpose2d_type{TW_OPTIONS_CONV_TRANSPOSE2D, sizeof(tw_conv_transpose2d_options), 0,
                                                 &conv_transpose2d_defaults, "tw_conv_transpose2d_options_init"};
constexpr tw_conv_transpose3d_options conv_transpose3d_defaults{0, 0, 1, {1, 1, 1}, {0, 0, 0}, {0, 0, 0}, {1, 1, 1}, 1};
constexpr twi_options_type conv_transpose3d_type{TW_OPTIONS_CONV_TRANSPOSE3D, sizeof(tw_conv_transpose3d_options), 0,
                                                 &conv_transpose3d_defaults, "tw_conv_transpose3d_options_init"};

torch::nn::detail::conv_padding_mode_t padding_mode_of(tw_conv_padding_mode mode) {
  switch (mode) {
    case TW_CONV_PADDING_ZEROS:
      return torch::kZeros;
    case TW_CONV_PADDING_REFLECT:
      return torch::kReflect;
    case TW_CONV_PADDING_REPLICATE:
      return torch::kReplicate;
    case TW_CONV_PADDING_CIRCULAR:
      return torch::kCircular;
    default:
      fail(TW_ERROR_ARGUMENT, "padding_mode is ", mode, ", which is no tw_conv_padding_mode");
  }
}

/* What both directions have; Made is LibTorch's structure. */
template <size_t D, class Made, class Options>
Made common_options(int64_t in_channels, int64_t out_channels, const int64_t *kernel_size, const Options &options) {
  require_at_least(in_channels, 1, "in_channels");
  require_at_least(out_channels, 1, "out_channels");
  require_at_least(options.groups, 1, "groups");
  check(in_channels % options.groups == 0 && out_channels % options.groups == 0, TW_ERROR_RANGE, "groups is ",
        options.groups, ", which does not divide the channels, ", in_channels, " and ", out_channels);
  Made made(in_channels, out_channels, numbers<D>(1, kernel_size, "kernel_size"));
  made.stride(numbers<D>(1, first(options.stride), "stride"));
  made.padding(torch::ExpandingArray<D>(numbers<D>(0, first(options.padding), "padding")));
  made.dilation(numbers<D>(1, first(options.dilation), "dilation"));
  made.groups(options.groups).bias(require_bool(options.bias, "bias"));
  return made;
}

/* Options is one of our structures. */
template <size_t D, class Impl, class Options>
tw_status new_convolution(tw_module **out, int64_t in_channels, int64_t out_channels, const int64_t *kernel_size,
                          const Options *options, const twi_options_type &type) {
  return guard_new(out, [&] {
    const Options read = read_options(options, type);
    auto made = common_options<D, torch::nn::ConvOptions<D>>(in_channels, out_channels, kernel_size, read);
    made.padding_mode(padding_mode_of(read.padding_mode));
    return new_layer<Impl>(made);
  });
}

template <size_t D>
std::array<int64_t, D> output_padding_of(const int64_t *values, const int64_t *stride, const int64_t *dilation) {
  const auto padding = numbers<D>(0, values, "output_padding");
  for (size_t i = 0; i < D; ++i)
    check(padding[i] < std::max(stride[i], dilation[i]), TW_ERROR_RANGE,
          D == 1 ? "output_padding" : c10::str("output_padding[", i, "]"), " is ", padding[i],
          "; it must be below the larger of stride and dilation, ", std::max(stride[i], dilation[i]));
  return padding;
}

template <size_t D, class Impl, class Options>
tw_status new_transposed(tw_module **out, int64_t in_channels, int64_t out_channels, const int64_t *kernel_size,
                         const Options *options, const twi_options_type &type) {
  return guard_new(out, [&] {
    const Options read = read_options(options, type);
    auto made = common_options<D, torch::nn::ConvTransposeOptions<D>>(in_channels, out_channels, kernel_size, read);
    made.output_padding(output_padding_of<D>(first(read.output_padding), first(read.stride), first(read.dilation)));
    return new_layer<Impl>(made);
  });
}

}  // namespace
}  // namespace tw

tw_status tw_conv1d_options_init(tw_conv1d_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::conv1d_type);
}

tw_status tw_module_conv1d(tw_module **out, int64_t in_channels, int64_t out_channels, int64_t kernel_size,
                           const tw_conv1d_options *options) {
  return tw::new_convolution<1, torch::nn::Conv1dImpl>(out, in_channels, out_channels, &kernel_size, options,
                                                       tw::conv1d_type);
}

tw_status tw_conv2d_options_init(tw_conv2d_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::conv2d_type);
}

tw_status tw_module_conv2d(tw_module **out, int64_t in_channels, int64_t out_channels, const int64_t kernel_size[2],
                           const tw_conv2d_options *options) {
  return tw::new_convolution<2, torch::nn::Conv2dImpl>(out, in_channels, out_channels, kernel_size, options,
                                                       tw::conv2d_type);
}

tw_status tw_conv3d_options_init(tw_conv3d_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::conv3d_type);
}

tw_status tw_module_conv3d(tw_module **out, int64_t in_channels, int64_t out_channels, const int64_t kernel_size[3],
                           const tw_conv3d_options *options) {
  return tw::new_convolution<3, torch::nn::Conv3dImpl>(out, in_channels, out_channels, kernel_size, options,
                                                       tw::conv3d_type);
}

tw_status tw_conv_transpose1d_options_init(tw_conv_transpose1d_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::conv_transpose1d_type);
}

tw_status tw_module_conv_transpose1d(tw_module **out, int64_t in_channels, int64_t out_channels, int64_t kernel_size,
                                     const tw_conv_transpose1d_options *options) {
  return tw::new_transposed<1, torch::nn::ConvTranspose1dImpl>(out, in_channels, out_channels, &kernel_size, options,
                                                               tw::conv_transpose1d_type);
}

tw_status tw_conv_transpose2d_options_init(tw_conv_transpose2d_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::conv_transpose2d_type);
}

tw_status tw_module_conv_transpose2d(tw_module **out, int64_t in_channels, int64_t out_channels,
                                     const int64_t kernel_size[2], const tw_conv_transpose2d_options *options) {
  return tw::new_transposed<2, torch::nn::ConvTranspose2dImpl>(out, in_channels, out_channels, kernel_size, options,
                                                               tw::conv_transpose2d_type);
}

tw_status tw_conv_transpose3d_options_init(tw_conv_transpose3d_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::conv_transpose3d_type);
}

tw_status tw_module_conv_transpose3d(tw_module **out, int64_t in_channels, int64_t out_channels,
                                     const int64_t kernel_size[3], const tw_conv_transpose3d_options *options) {
  return tw::new_transposed<3, torch::nn::ConvTranspose3dImpl>(out, in_channels, out_channels, kernel_size, options,
                                                               tw::conv_transpose3d_type);
}
