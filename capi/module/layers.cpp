/* Linear layers and embeddings; flatten and identity. */
#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>

#include "module/layer.h"

namespace tw {
namespace {

constexpr tw_linear_options linear_defaults{0, 0, 1};
constexpr twi_options_type linear_type{TW_OPTIONS_LINEAR, sizeof(tw_linear_options), 0, &linear_defaults,
                                       "tw_linear_options_init"};

constexpr tw_embedding_options embedding_defaults{0, 0, 0, 0, 0, 2, 0, 0};
constexpr twi_options_type embedding_type{TW_OPTIONS_EMBEDDING, sizeof(tw_embedding_options),
                                          offsetof(tw_embedding_options, reserved), &embedding_defaults,
                                          "tw_embedding_options_init"};

torch::nn::EmbeddingOptions embedding_options(int64_t rows, int64_t columns, const tw_embedding_options &options) {
  torch::nn::EmbeddingOptions made(require_at_least(rows, 1, "num_embeddings"),
                                   require_at_least(columns, 1, "embedding_dim"));
  if (require_bool(options.has_padding_idx, "has_padding_idx")) {
    check(options.padding_idx >= -rows && options.padding_idx < rows, TW_ERROR_RANGE, "padding_idx is ",
          options.padding_idx, "; it must lie in [", -rows, ", ", rows, ")");
    made.padding_idx(options.padding_idx);
  }
  if (not_negative(options.max_norm, "max_norm") > 0) made.max_norm(options.max_norm);
  check(options.norm_type > 0, TW_ERROR_RANGE, "norm_type is ", options.norm_type, "; it must be positive");
  made.norm_type(options.norm_type);
  return made.scale_grad_by_freq(require_bool(options.scale_grad_by_freq, "scale_grad_by_freq"));
}

}  // namespace
}  // namespace tw

tw_status tw_linear_options_init(tw_linear_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::linear_type);
}

tw_status tw_module_linear(tw_module **out, int64_t in_features, int64_t out_features,
                           const tw_linear_options *options) {
  return tw::guard_new(out, [&] {
    const auto read = tw::read_options(options, tw::linear_type);
    tw::require_at_least(in_features, 1, "in_features");
    tw::require_at_least(out_features, 1, "out_features");
    const bool with_bias = tw::require_bool(read.bias, "bias");
    return tw::new_layer<torch::nn::LinearImpl>(torch::nn::LinearOptions(in_features, out_features).bias(with_bias));
  });
}

tw_status tw_embedding_options_init(tw_embedding_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::embedding_type);
}

tw_status tw_module_embedding(tw_module **out, int64_t num_embeddings, int64_t embedding_dim,
                              const tw_embedding_options *options) {
  return tw::guard_new(out, [&] {
    const auto read = tw::read_options(options, tw::embedding_type);
    return tw::new_layer<torch::nn::EmbeddingImpl>(tw::embedding_options(num_embeddings, embedding_dim, read));
  });
}

tw_status tw_module_flatten(tw_module **out, int64_t start_dim, int64_t end_dim) {
  return tw::guard_new(out, [&] {
    return tw::new_function("Flatten", [=](const at::Tensor &x) { return at::flatten(x, start_dim, end_dim); });
  });
}

tw_status tw_module_identity(tw_module **out) {
  return tw::guard_new(out, [] { return tw::new_function("Identity", [](const at::Tensor &x) { return x; }); });
}
