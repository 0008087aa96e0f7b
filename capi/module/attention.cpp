#include "module/attention.h"

#include <torch/nn/init.h>

#include <cmath>
#include <limits>

#include "module/layer.h"

namespace tw {

/* ---- a linear layer ---------------------------------------------------------------------------------------------- */

Projection::Projection(int64_t in_features, int64_t out_features, bool with_bias) : Module("Linear") {
  weight = register_parameter("weight", at::empty({out_features, in_features}));
  if (with_bias) bias = register_parameter("bias", at::empty({out_features}));
}

void Projection::initialise() {
  torch::nn::init::kaiming_uniform_(weight, std::sqrt(5));
  const double bound = 1 / std::sqrt(static_cast<double>(weight.size(1)));
  if (bias.defined()) torch::nn::init::uniform_(bias, -bound, bound);
}

at::Tensor Projection::forward(const at::Tensor &input) { return at::linear(input, weight, bias); }

Tensors Projection::forward_all(const Tensors &inputs) { return {forward(only_input(*this, inputs))}; }

/* ---- attention --------------------------------------------------------------------------------------------------- */

MultiheadAttention::MultiheadAttention(const AttentionOptions &options)
    : Module("MultiheadAttention"), options_(options) {
  const int64_t features = options.embed_dim;
  if (options.kdim == features && options.vdim == features) {
    in_proj_weight_ = register_parameter("in_proj_weight", at::empty({3 * features, features}));
  } else {
    q_proj_weight_ = register_parameter("q_proj_weight", at::empty({features, features}));
    k_proj_weight_ = register_parameter("k_proj_weight", at::empty({features, options.kdim}));
    v_proj_weight_ = register_parameter("v_proj_weight", at::empty({features, options.vdim}));
  }
  if (options.bias) in_proj_bias_ = register_parameter("in_proj_bias", at::empty({3 * features}));
  if (options.add_bias_kv) {
    bias_k_ = register_parameter("bias_k", at::empty({1, 1, features}));
    bias_v_ = register_parameter("bias_v", at::empty({1, 1, features}));
  }
  out_proj_ = register_module("out_proj", std::make_shared<Projection>(features, features, options.bias));
}

void MultiheadAttention::initialise() {
  using namespace torch::nn::init;
  out_proj_->initialise();
  for (const at::Tensor &weight : {in_proj_weight_, q_proj_weight_, k_proj_weight_, v_proj_weight_})
    if (weight.defined()) xavier_uniform_(weight);
  for (const at::Tensor &bias : {in_proj_bias_, out_proj_->bias})
    if (bias.defined()) zeros_(bias);
  for (const at::Tensor &bias : {bias_k_, bias_v_})
    if (bias.defined()) xavier_normal_(bias);
}

/* ---- its forward pass: inside, all is [places, sequences, features] ---------------------------------------------- */

namespace {

void check_sizes(const at::Tensor &tensor, at::IntArrayRef sizes, const char *name) {
  check(tensor.sizes() == sizes, TW_ERROR_TORCH, name, " has the sizes ", tensor.sizes(), "; they must be ", sizes);
}

/* What is added to the scores. */
at::Tensor additive(const at::Tensor &mask, const at::TensorOptions &type, const char *name) {
  if (mask.scalar_type() == at::kBool)
    return at::zeros(mask.sizes(), type).masked_fill(mask, -std::numeric_limits<double>::infinity());
  check(mask.is_floating_point(), TW_ERROR_TYPE, name, " is of type ", mask.scalar_type(),
        "; it must be of a floating type or bool");
  return mask.to(type);
}

}  // namespace

MultiheadAttention::Inputs MultiheadAttention::arrange(const Inputs &given) const {
  const int64_t dim = given.query.dim();
  check(dim == 2 || dim == 3, TW_ERROR_TORCH, "query has ", dim, " dimensions; it must have 3, or 2 without a batch");
  const auto places_first = [&](const at::Tensor &input, const char *name) {
    check(input.dim() == dim, TW_ERROR_TORCH, name, " has ", input.dim(), " dimensions; query has ", dim);
    if (dim == 2) return input.unsqueeze(1);
    return options_.batch_first ? input.transpose(0, 1) : input;
  };
  Inputs inputs{places_first(given.query, "query"), {}, {}, given.key_padding_mask, given.attn_mask};
  /* Self-attention stays one tensor, which is projected at once. */
  inputs.key = given.key.is_same(given.query) ? inputs.query : places_first(given.key, "key");
  inputs.value = given.value.is_same(given.key) ? inputs.key : places_first(given.value, "value");
  check_sizes(inputs.query, {inputs.query.size(0), inputs.key.size(1), options_.embed_dim}, "query, places first,");
  check_sizes(inputs.value, {inputs.key.size(0), inputs.key.size(1), options_.vdim}, "value, places first,");
  check_sizes(inputs.key, {inputs.key.size(0), inputs.key.size(1), options_.kdim}, "key, places first,");
  if (dim == 2 && given.key_padding_mask.defined()) inputs.key_padding_mask = given.key_padding_mask.unsqueeze(0);
  return inputs;
}

at::Tensor MultiheadAttention::arrange_back(const at::Tensor &output, bool batched) const {
  if (!batched) return output.squeeze(1);
  return options_.batch_first ? output.transpose(0, 1) : output;
}

Tensors MultiheadAttention::project(const Inputs &inputs) const {
  const bool packed = in_proj_weight_.defined();
  if (packed && inputs.query.is_same(inputs.key) && inputs.key.is_same(inputs.value))
    return at::linear(inputs.query, in_proj_weight_, in_proj_bias_).chunk(3, -1);
  const Tensors weights = packed ? in_proj_weight_.chunk(3) : Tensors{q_proj_weight_, k_proj_weight_, v_proj_weight_};
  const Tensors biases = in_proj_bias_.defined() ? in_proj_bias_.chunk(3) : Tensors(3);
  return {at::linear(inputs.query, weights[0], biases[0]), at::linear(inputs.key, weights[1], biases[1]),
          at::linear(inputs.value, weights[2], biases[2])};
}

/* The trained place, then the one of zeros. */
void MultiheadAttention::add_places(at::Tensor &key, at::Tensor &value) const {
  const auto add = [&](at::Tensor &to, const at::Tensor &trained) {
    if (trained.defined()) to = at::cat({to, trained.expand({1, to.size(1), -1})});
    if (options_.add_zero_attn) to = at::cat({to, at::zeros({1, to.size(1), to.size(2)}, to.options())});
  };
  add(key, bias_k_);
  add(value, bias_v_);
}

/* [places, sequences, features] to [sequences * heads, places, features / heads]. */
at::Tensor MultiheadAttention::split_heads(const at::Tensor &projected) const {
  const int64_t heads = projected.size(1) * options_.num_heads;
  return projected.contiguous().view({projected.size(0), heads, -1}).transpose(0, 1);
}

/* The masks as one that can be added to the scores; undefined where there is none. */
at::Tensor MultiheadAttention::merge_masks(const Inputs &inputs) const {
  const int64_t target = inputs.query.size(0), source = inputs.key.size(0), batch = inputs.key.size(1);
  const int64_t heads = options_.num_heads;
  at::Tensor merged;
  if (inputs.attn_mask.defined()) {
    const at::Tensor mask = inputs.attn_mask.dim() == 2 ? inputs.attn_mask.unsqueeze(0) : inputs.attn_mask;
    check_sizes(mask, {inputs.attn_mask.dim() == 2 ? 1 : batch * heads, target, source}, "attn_mask");
    merged = additive(mask, inputs.query.options(), "attn_mask");
  }
  if (inputs.key_padding_mask.defined()) {
    check_sizes(inputs.key_padding_mask, {batch, source}, "key_padding_mask");
    const at::Tensor mask = additive(inputs.key_padding_mask, inputs.query.options(), "key_padding_mask");
    const at::Tensor spread = mask.repeat_interleave(heads, 0).unsqueeze(1);
    merged = merged.defined() ? merged + spread : spread;
  }
  const int64_t added = (bias_k_.defined() ? 1 : 0) + (options_.add_zero_attn ? 1 : 0);
  return merged.defined() && added > 0 ? at::constant_pad_nd(merged, {0, added}) : merged;
}

at::Tensor MultiheadAttention::scores(const at::Tensor &query, const at::Tensor &key, const at::Tensor &mask) const {
  const at::Tensor scaled = query / std::sqrt(static_cast<double>(query.size(2)));
  const at::Tensor keys = key.transpose(1, 2);
  return mask.defined() ? at::baddbmm(mask, scaled, keys) : at::bmm(scaled, keys);
}

Tensors MultiheadAttention::attend(const Inputs &given, bool need_weights) {
  const Inputs inputs = arrange(given);
  const int64_t target = inputs.query.size(0), batch = inputs.query.size(1);
  Tensors projected = project(inputs);
  add_places(projected[1], projected[2]);
  const at::Tensor query = split_heads(projected[0]), key = split_heads(projected[1]),
                   value = split_heads(projected[2]);
  at::Tensor weights = at::softmax(scores(query, key, merge_masks(inputs)), -1);
  if (is_training() && options_.dropout > 0) weights = at::dropout(weights, options_.dropout, /*train=*/true);
  const at::Tensor joined = at::bmm(weights, value).transpose(0, 1).reshape({target, batch, options_.embed_dim});
  const bool batched = given.query.dim() == 3;
  Tensors results{arrange_back(run_one(*out_proj_, joined), batched)};
  if (!need_weights) return results;
  const at::Tensor average = weights.view({batch, options_.num_heads, target, -1}).sum(1) / options_.num_heads;
  results.push_back(batched ? average : average.squeeze(0));
  return results;
}

Tensors MultiheadAttention::forward_all(const Tensors &inputs) {
  const size_t count = inputs.size();
  check(count >= 3 && count <= 5, TW_ERROR_ARGUMENT, "count is ", count,
        "; this module takes query, key and value, and may take key_padding_mask and attn_mask: ", *this);
  return attend(
      {inputs[0], inputs[1], inputs[2], count > 3 ? inputs[3] : at::Tensor(), count > 4 ? inputs[4] : at::Tensor()},
      /*need_weights=*/true);
}

/* ---- the entry points -------------------------------------------------------------------------------------------- */

void check_heads(int64_t features, const char *features_name, int64_t heads, const char *heads_name) {
  require_at_least(features, 1, features_name);
  require_at_least(heads, 1, heads_name);
  check(features <= INT64_MAX / 3, TW_ERROR_RANGE, features_name, " is ", features,
        "; three times as many rows are more than 64 bits count");
  check(features % heads == 0, TW_ERROR_RANGE, heads_name, " is ", heads, ", which does not divide ", features_name,
        ", ", features);
}

namespace {

constexpr tw_multihead_attention_options attention_defaults{0, 0, 0, 0, 0, 0, 1, 0, 0, 0};
constexpr twi_options_type attention_type{TW_OPTIONS_MULTIHEAD_ATTENTION, sizeof(tw_multihead_attention_options),
                                          offsetof(tw_multihead_attention_options, reserved), &attention_defaults,
                                          "tw_multihead_attention_options_init"};

AttentionOptions attention_options(int64_t embed_dim, int64_t num_heads, const tw_multihead_attention_options &read) {
  check_heads(embed_dim, "embed_dim", num_heads, "num_heads");
  require_at_least(read.kdim, 0, "kdim");
  require_at_least(read.vdim, 0, "vdim");
  return {embed_dim,
          num_heads,
          read.kdim == 0 ? embed_dim : read.kdim,
          read.vdim == 0 ? embed_dim : read.vdim,
          share(read.dropout, "dropout"),
          require_bool(read.bias, "bias"),
          require_bool(read.add_bias_kv, "add_bias_kv"),
          require_bool(read.add_zero_attn, "add_zero_attn"),
          require_bool(read.batch_first, "batch_first")};
}

}  // namespace
}  // namespace tw

tw_status tw_multihead_attention_options_init(tw_multihead_attention_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::attention_type);
}

tw_status tw_module_multihead_attention(tw_module **out, int64_t embed_dim, int64_t num_heads,
                                        const tw_multihead_attention_options *options) {
  return tw::guard_new(out, [&] {
    const auto read = tw::read_options(options, tw::attention_type);
    auto made = std::make_shared<tw::MultiheadAttention>(tw::attention_options(embed_dim, num_heads, read));
    made->initialise();
    return tw::new_module(std::move(made));
  });
}
