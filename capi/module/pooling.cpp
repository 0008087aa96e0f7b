/* Pooling. */
#include "module/layer.h"

namespace tw {
namespace {

constexpr tw_max_pool1d_options max_pool1d_defaults{0, 0, 0, 0, 0, 1};
constexpr twi_options_type max_pool1d_type{TW_OPTIONS_MAX_POOL1D, sizeof(tw_max_pool1d_options), 0,
                                           &max_pool1d_defaults, "tw_max_pool1d_options_init"};
constexpr tw_max_pool2d_options max_pool2d_defaults{0, 0, 0, {0, 0}, {0, 0}, {1, 1}};
constexpr twi_options_type max_pool2d_type{TW_OPTIONS_MAX_POOL2D, sizeof(tw_max_pool2d_options), 0,
                                           &max_pool2d_defaults, "tw_max_pool2d_options_init"};
constexpr tw_avg_pool1d_options avg_pool1d_defaults{0, 0, 0, 0, 0, 0, 1};
constexpr twi_options_type avg_pool1d_type{TW_OPTIONS_AVG_POOL1D, sizeof(tw_avg_pool1d_options),
                                           offsetof(tw_avg_pool1d_options, reserved), &avg_pool1d_defaults,
                                           "tw_avg_pool1d_options_init"};
constexpr tw_avg_pool2d_options avg_pool2d_defaults{0, 0, 0, {0, 0}, {0, 0}, 0, 1, 0};
constexpr twi_options_type avg_pool2d_type{TW_OPTIONS_AVG_POOL2D, sizeof(tw_avg_pool2d_options),
                                           offsetof(tw_avg_pool2d_options, reserved), &avg_pool2d_defaults,
                                           "tw_avg_pool2d_options_init"};

/* What every pool has. */
template <size_t D>
struct Windows {
  template <class Options>
  Windows(const int64_t *kernel_size, const Options &options)
      : size(numbers<D>(1, kernel_size, "kernel_size")),
        stride(numbers<D>(0, first(options.stride), "stride")),
        padding(numbers<D>(0, first(options.padding), "padding")),
        ceil_mode(require_bool(options.ceil_mode, "ceil_mode")) {
    for (size_t i = 0; i < D; ++i) {
      if (stride[i] == 0) stride[i] = size[i];
      check(padding[i] <= size[i] / 2, TW_ERROR_RANGE, D == 1 ? "padding" : c10::str("padding[", i, "]"), " is ",
            padding[i], "; it must be at most half the window, ", size[i], " / 2");
    }
  }

  std::array<int64_t, D> size, stride, padding;
  bool ceil_mode;
};

std::unique_ptr<tw_module> new_max_pool2d(const int64_t *kernel_size, const tw_max_pool2d_options &options) {
  const Windows<2> w(kernel_size, options);
  const auto dilation = numbers<2>(1, options.dilation, "dilation");
  return new_function("MaxPool2d", [=](const at::Tensor &x) {
    return at::max_pool2d(x, w.size, w.stride, w.padding, dilation, w.ceil_mode);
  });
}

std::unique_ptr<tw_module> new_max_pool1d(int64_t kernel_size, const tw_max_pool1d_options &options) {
  const Windows<1> w(&kernel_size, options);
  const auto dilation = numbers<1>(1, &options.dilation, "dilation");
  return new_function("MaxPool1d", [=](const at::Tensor &x) {
    return at::max_pool1d(x, w.size, w.stride, w.padding, dilation, w.ceil_mode);
  });
}

std::unique_ptr<tw_module> new_avg_pool1d(int64_t kernel_size, const tw_avg_pool1d_options &options) {
  const Windows<1> w(&kernel_size, options);
  const bool count_padding = require_bool(options.count_include_pad, "count_include_pad");
  return new_function("AvgPool1d", [=](const at::Tensor &x) {
    return at::avg_pool1d(x, w.size, w.stride, w.padding, w.ceil_mode, count_padding);
  });
}

std::unique_ptr<tw_module> new_avg_pool2d(const int64_t *kernel_size, const tw_avg_pool2d_options &options) {
  const Windows<2> w(kernel_size, options);
  const bool count_padding = require_bool(options.count_include_pad, "count_include_pad");
  const int64_t divisor = require_at_least(options.divisor_override, 0, "divisor_override");
  return new_function("AvgPool2d", [=](const at::Tensor &x) {
    if (divisor == 0) return at::avg_pool2d(x, w.size, w.stride, w.padding, w.ceil_mode, count_padding);
    return at::avg_pool2d(x, w.size, w.stride, w.padding, w.ceil_mode, count_padding, divisor);
  });
}

/* What an adaptive pool leaves: -1 stands for the input's own size. */
template <size_t D>
std::array<int64_t, D> output_size_of(const int64_t *values) {
  const auto sizes = numbers<D>(-1, values, "output_size");
  for (size_t i = 0; i < D; ++i)
    check(sizes[i] != 0, TW_ERROR_RANGE, D == 1 ? "output_size" : c10::str("output_size[", i, "]"),
          " is 0; it must be positive, or -1 for the input's own");
  return sizes;
}

template <size_t D>
std::array<int64_t, D> fit(std::array<int64_t, D> output_size, const at::Tensor &input) {
  for (size_t i = 0; i < D; ++i)
    if (output_size[i] == -1) output_size[i] = input.size(static_cast<int64_t>(i) - static_cast<int64_t>(D));
  return output_size;
}

}  // namespace
}  // namespace tw

tw_status tw_max_pool1d_options_init(tw_max_pool1d_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::max_pool1d_type);
}

tw_status tw_module_max_pool1d(tw_module **out, int64_t kernel_size, const tw_max_pool1d_options *options) {
  return tw::guard_new(out, [&] {
    const auto read = tw::read_options(options, tw::max_pool1d_type);
    return tw::new_max_pool1d(kernel_size, read);
  });
}

tw_status tw_max_pool2d_options_init(tw_max_pool2d_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::max_pool2d_type);
}

tw_status tw_module_max_pool2d(tw_module **out, const int64_t kernel_size[2], const tw_max_pool2d_options *options) {
  return tw::guard_new(out, [&] {
    const auto read = tw::read_options(options, tw::max_pool2d_type);
    return tw::new_max_pool2d(kernel_size, read);
  });
}

tw_status tw_avg_pool1d_options_init(tw_avg_pool1d_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::avg_pool1d_type);
}

tw_status tw_module_avg_pool1d(tw_module **out, int64_t kernel_size, const tw_avg_pool1d_options *options) {
  return tw::guard_new(out, [&] {
    const auto read = tw::read_options(options, tw::avg_pool1d_type);
    return tw::new_avg_pool1d(kernel_size, read);
  });
}

tw_status tw_avg_pool2d_options_init(tw_avg_pool2d_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::avg_pool2d_type);
}

tw_status tw_module_avg_pool2d(tw_module **out, const int64_t kernel_size[2], const tw_avg_pool2d_options *options) {
  return tw::guard_new(out, [&] {
    const auto read = tw::read_options(options, tw::avg_pool2d_type);
    return tw::new_avg_pool2d(kernel_size, read);
  });
}

tw_status tw_module_adaptive_avg_pool1d(tw_module **out, int64_t output_size) {
  return tw::guard_new(out, [&] {
    const auto size = tw::output_size_of<1>(&output_size);
    return tw::new_function("AdaptiveAvgPool1d",
                            [=](const at::Tensor &x) { return at::adaptive_avg_pool1d(x, tw::fit(size, x)); });
  });
}

tw_status tw_module_adaptive_avg_pool2d(tw_module **out, const int64_t output_size[2]) {
  return tw::guard_new(out, [&] {
    const auto size = tw::output_size_of<2>(output_size);
    return tw::new_function("AdaptiveAvgPool2d",
                            [=](const at::Tensor &x) { return at::adaptive_avg_pool2d(x, tw::fit(size, x)); });
  });
}

tw_status tw_module_adaptive_max_pool2d(tw_module **out, const int64_t output_size[2]) {
  return tw::guard_new(out, [&] {
    const auto size = tw::output_size_of<2>(output_size);
    return tw::new_function("AdaptiveMaxPool2d", [=](const at::Tensor &x) {
      return std::get<0>(at::adaptive_max_pool2d(x, tw::fit(size, x)));
    });
  });
}
