/* Normalization. */
#include <ATen/Context.h>
#include <torch/nn/modules/normalization.h>

#include <algorithm>

#include "module/layer.h"

namespace tw {
namespace {

constexpr tw_layer_norm_options layer_norm_defaults{0, 0, 1, 1e-5};
constexpr twi_options_type layer_norm_type{TW_OPTIONS_LAYER_NORM, sizeof(tw_layer_norm_options), 0,
                                           &layer_norm_defaults, "tw_layer_norm_options_init"};

constexpr tw_group_norm_options group_norm_defaults{0, 0, 1, 1e-5};
constexpr twi_options_type group_norm_type{TW_OPTIONS_GROUP_NORM, sizeof(tw_group_norm_options), 0,
                                           &group_norm_defaults, "tw_group_norm_options_init"};

constexpr tw_batch_norm_options batch_norm_defaults{0, 0, 0, 1e-5, 0.1, 1, 1};
constexpr twi_options_type batch_norm_type{TW_OPTIONS_BATCH_NORM, sizeof(tw_batch_norm_options), 0,
                                           &batch_norm_defaults, "tw_batch_norm_options_init"};

/* LibTorch's own classes have a member that the library does not export, so that nothing can derive from them. */
class BatchNorm final : public torch::nn::Module, public Forward {
 public:
  /* dims are the numbers of dimensions that its input may have. */
  BatchNorm(const char *name, std::vector<int64_t> dims, int64_t num_features, const tw_batch_norm_options &options)
      : Module(name), dims_(std::move(dims)), options_(options) {
    if (options.affine == 1) {
      weight_ = register_parameter("weight", at::ones({num_features}));
      bias_ = register_parameter("bias", at::zeros({num_features}));
    }
    if (options.track_running_stats == 0) return;
    running_mean_ = register_buffer("running_mean", at::zeros({num_features}));
    running_var_ = register_buffer("running_var", at::ones({num_features}));
    num_batches_tracked_ = register_buffer("num_batches_tracked", at::zeros({}, at::kLong));
  }

  Tensors forward_all(const Tensors &inputs) override {
    const at::Tensor &input = only_input(*this, inputs);
    const bool own_statistics = is_training() || !running_mean_.defined();
    check_input(input, own_statistics);
    return {at::batch_norm(input, weight_, bias_, running_mean_, running_var_, own_statistics, weight_of_batch(),
                           options_.eps, at::globalContext().userEnabledCuDNN())};
  }

 private:
  void check_input(const at::Tensor &input, bool own_statistics) const {
    check(std::find(dims_.begin(), dims_.end(), input.dim()) != dims_.end(), TW_ERROR_TORCH, name(), " takes ",
          c10::Join(" or ", dims_), " dimensions; the input has ", input.dim());
    check(!own_statistics || input.numel() > input.size(1), TW_ERROR_TORCH, name(),
          " needs more than one value for each channel while training; the input's sizes are ", input.sizes());
  }

  /* The newest batch's in the running statistics; counts the batch. */
  double weight_of_batch() {
    if (is_training() && num_batches_tracked_.defined()) num_batches_tracked_ += 1;
    if (options_.cumulative == 0) return options_.momentum;
    return is_training() && num_batches_tracked_.defined() ? 1 / num_batches_tracked_.item<double>() : 0;
  }

  std::vector<int64_t> dims_;
  tw_batch_norm_options options_;
  at::Tensor weight_, bias_, running_mean_, running_var_, num_batches_tracked_; /* undefined where there is none */
};

tw_status new_batch_norm(tw_module **out, const char *name, std::initializer_list<int64_t> dims, int64_t num_features,
                         const tw_batch_norm_options *options) {
  return guard_new(out, [&] {
    const auto read = read_options(options, batch_norm_type);
    require_at_least(num_features, 1, "num_features");
    not_negative(read.eps, "eps");
    share(read.momentum, "momentum");
    require_bool(read.cumulative, "cumulative");
    require_bool(read.affine, "affine");
    require_bool(read.track_running_stats, "track_running_stats");
    return new_module(std::make_shared<BatchNorm>(name, std::vector<int64_t>(dims), num_features, read));
  });
}

}  // namespace
}  // namespace tw

tw_status tw_batch_norm_options_init(tw_batch_norm_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::batch_norm_type);
}

tw_status tw_module_batch_norm1d(tw_module **out, int64_t num_features, const tw_batch_norm_options *options) {
  return tw::new_batch_norm(out, "BatchNorm1d", {2, 3}, num_features, options);
}

tw_status tw_module_batch_norm2d(tw_module **out, int64_t num_features, const tw_batch_norm_options *options) {
  return tw::new_batch_norm(out, "BatchNorm2d", {4}, num_features, options);
}

tw_status tw_module_batch_norm3d(tw_module **out, int64_t num_features, const tw_batch_norm_options *options) {
  return tw::new_batch_norm(out, "BatchNorm3d", {5}, num_features, options);
}

tw_status tw_layer_norm_options_init(tw_layer_norm_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::layer_norm_type);
}

tw_status tw_module_layer_norm(tw_module **out, const int64_t *normalized_shape, size_t ndim,
                               const tw_layer_norm_options *options) {
  return tw::guard_new(out, [&] {
    const auto read = tw::read_options(options, tw::layer_norm_type);
    tw::require_array(normalized_shape, ndim, "normalized_shape");
    tw::check(ndim > 0, TW_ERROR_RANGE, "ndim is 0; it must be at least 1");
    std::vector<int64_t> shape;
    for (size_t i = 0; i < ndim; ++i)
      shape.push_back(tw::require_at_least(normalized_shape[i], 1, c10::str("normalized_shape[", i, "]")));
    torch::nn::LayerNormOptions made(shape);
    made.eps(tw::not_negative(read.eps, "eps"));
    made.elementwise_affine(tw::require_bool(read.elementwise_affine, "elementwise_affine"));
    return tw::new_layer<torch::nn::LayerNormImpl>(made);
  });
}

tw_status tw_group_norm_options_init(tw_group_norm_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::group_norm_type);
}

tw_status tw_module_group_norm(tw_module **out, int64_t num_groups, int64_t num_channels,
                               const tw_group_norm_options *options) {
  return tw::guard_new(out, [&] {
    const auto read = tw::read_options(options, tw::group_norm_type);
    tw::require_at_least(num_groups, 1, "num_groups");
    tw::require_at_least(num_channels, 1, "num_channels");
    tw::check(num_channels % num_groups == 0, TW_ERROR_RANGE, "num_groups is ", num_groups,
              ", which does not divide num_channels, ", num_channels);
    torch::nn::GroupNormOptions made(num_groups, num_channels);
    made.eps(tw::not_negative(read.eps, "eps")).affine(tw::require_bool(read.affine, "affine"));
    return tw::new_layer<torch::nn::GroupNormImpl>(made);
  });
}
