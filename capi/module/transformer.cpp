/* The encoder of a transformer. LibTorch's own classes lack batch_first, norm_first and layer_norm_eps, and draw random
   numbers when a layer is copied. */
#include <torch/nn/modules/normalization.h>

#include "module/attention.h"
#include "module/layer.h"

namespace tw {
namespace {

constexpr tw_transformer_encoder_layer_options layer_defaults{0, 0, TW_TRANSFORMER_ACTIVATION_RELU, 2048, 0.1, 1e-5,
                                                              0, 0};
constexpr twi_options_type layer_type{TW_OPTIONS_TRANSFORMER_ENCODER_LAYER,
                                      sizeof(tw_transformer_encoder_layer_options), 0, &layer_defaults,
                                      "tw_transformer_encoder_layer_options_init"};

/* ---- a layer ----------------------------------------------------------------------------------------------------- */

struct EncoderLayerOptions {
  int64_t d_model, nhead;
  tw_transformer_encoder_layer_options more;
};

class EncoderLayer final : public torch::nn::Module, public Forward {
 public:
  /* Its parameters are to be initialised, or copied from another. */
  explicit EncoderLayer(const EncoderLayerOptions &options);

  void initialise();
  std::shared_ptr<EncoderLayer> copy() const;
  at::Tensor forward(const at::Tensor &src, const at::Tensor &mask, const at::Tensor &key_padding_mask);

  Tensors forward_all(const Tensors &inputs) override;
  bool takes_none(size_t index) const override { return index >= 1; }

 private:
  std::shared_ptr<Dropout> add_dropout(const char *name);
  std::shared_ptr<Layer<torch::nn::LayerNormImpl>> add_norm(const char *name);
  at::Tensor attend(const at::Tensor &x, const at::Tensor &mask, const at::Tensor &key_padding_mask);
  at::Tensor feed_forward(const at::Tensor &x);

  EncoderLayerOptions options_;
  std::shared_ptr<MultiheadAttention> self_attn_;
  std::shared_ptr<Projection> linear1_, linear2_;
  std::shared_ptr<Layer<torch::nn::LayerNormImpl>> norm1_, norm2_;
  std::shared_ptr<Dropout> dropout_, dropout1_, dropout2_;
};

EncoderLayer::EncoderLayer(const EncoderLayerOptions &options) : Module("TransformerEncoderLayer"), options_(options) {
  const tw_transformer_encoder_layer_options &more = options.more;
  const AttentionOptions attention{options.d_model, options.nhead, options.d_model, options.d_model,      more.dropout,
                                   /*bias=*/true,   false,         false,           more.batch_first == 1};
  self_attn_ = register_module("self_attn", std::make_shared<MultiheadAttention>(attention));
  linear1_ = register_module("linear1", std::make_shared<Projection>(options.d_model, more.dim_feedforward, true));
  dropout_ = add_dropout("dropout");
  linear2_ = register_module("linear2", std::make_shared<Projection>(more.dim_feedforward, options.d_model, true));
  norm1_ = add_norm("norm1");
  norm2_ = add_norm("norm2");
  dropout1_ = add_dropout("dropout1");
  dropout2_ = add_dropout("dropout2");
}

std::shared_ptr<Dropout> EncoderLayer::add_dropout(const char *name) {
  return register_module(name, std::make_shared<Dropout>("Dropout", at::dropout, options_.more.dropout));
}

std::shared_ptr<Layer<torch::nn::LayerNormImpl>> EncoderLayer::add_norm(const char *name) {
  const auto options = torch::nn::LayerNormOptions({options_.d_model}).eps(options_.more.layer_norm_eps);
  return register_module(name, std::make_shared<Layer<torch::nn::LayerNormImpl>>(options));
}

void EncoderLayer::initialise() {
  self_attn_->initialise();
  linear1_->initialise();
  linear2_->initialise();
}

/* As Python's deepcopy: tensors of its own, equal to these, and no random number is drawn. */
std::shared_ptr<EncoderLayer> EncoderLayer::copy() const {
  auto made = std::make_shared<EncoderLayer>(options_);
  const auto from = state_of(*this), to = state_of(*made);
  for (size_t i = 0; i < to.size(); ++i) {
    at::Tensor tensor = to[i].tensor;
    tensor.set_data(from[i].tensor.detach().clone());
    tensor.set_requires_grad(from[i].tensor.requires_grad());
  }
  made->train(is_training());
  return made;
}

at::Tensor EncoderLayer::attend(const at::Tensor &x, const at::Tensor &mask, const at::Tensor &key_padding_mask) {
  const auto attention = [&] { return self_attn_->attend({x, x, x, key_padding_mask, mask}, /*need_weights=*/false); };
  return run_one(*dropout1_, run_as(*self_attn_, attention)[0]);
}

at::Tensor EncoderLayer::feed_forward(const at::Tensor &x) {
  const at::Tensor hidden = run_one(*linear1_, x);
  const at::Tensor active =
      options_.more.activation == TW_TRANSFORMER_ACTIVATION_GELU ? at::gelu(hidden) : at::relu(hidden);
  return run_one(*dropout2_, run_one(*linear2_, run_one(*dropout_, active)));
}

at::Tensor EncoderLayer::forward(const at::Tensor &src, const at::Tensor &mask, const at::Tensor &key_padding_mask) {
  if (options_.more.norm_first == 1) {
    const at::Tensor x = src + attend(run_one(*norm1_, src), mask, key_padding_mask);
    return x + feed_forward(run_one(*norm2_, x));
  }
  const at::Tensor x = run_one(*norm1_, src + attend(src, mask, key_padding_mask));
  return run_one(*norm2_, x + feed_forward(x));
}

/* src and its masks, undefined where they are left out. */
Tensors three_inputs(const torch::nn::Module &module, const Tensors &inputs) {
  check(!inputs.empty() && inputs.size() <= 3, TW_ERROR_ARGUMENT, "count is ", inputs.size(),
        "; this module takes src, and may take src_mask and src_key_padding_mask: ", described(module));
  Tensors three = inputs;
  three.resize(3);
  return three;
}

Tensors EncoderLayer::forward_all(const Tensors &inputs) {
  const Tensors three = three_inputs(*this, inputs);
  return {forward(three[0], three[1], three[2])};
}

/* ---- the encoder ------------------------------------------------------------------------------------------------- */

class Encoder final : public torch::nn::Module, public Forward {
 public:
  Encoder(const EncoderLayer &layer, int64_t num_layers, std::shared_ptr<torch::nn::Module> norm)
      : Module("TransformerEncoder"), norm_(std::move(norm)) {
    auto list = register_module("layers", std::make_shared<torch::nn::Module>("ModuleList"));
    for (int64_t i = 0; i < num_layers; ++i) layers_.push_back(list->register_module(std::to_string(i), layer.copy()));
    if (norm_ != nullptr) register_module("norm", norm_);
  }

  Tensors forward_all(const Tensors &inputs) override {
    const Tensors three = three_inputs(*this, inputs);
    at::Tensor x = three[0];
    for (const std::shared_ptr<EncoderLayer> &layer : layers_) x = run_forward(*layer, {x, three[1], three[2]})[0];
    return norm_ != nullptr ? run_forward(*norm_, {x}) : Tensors{x};
  }

  bool takes_none(size_t index) const override { return index >= 1; }

 private:
  std::vector<std::shared_ptr<EncoderLayer>> layers_;
  std::shared_ptr<torch::nn::Module> norm_;
};

EncoderLayerOptions encoder_layer_options(int64_t d_model, int64_t nhead,
                                          const tw_transformer_encoder_layer_options &read) {
  check_heads(d_model, "d_model", nhead, "nhead");
  require_at_least(read.dim_feedforward, 1, "dim_feedforward");
  share(read.dropout, "dropout");
  not_negative(read.layer_norm_eps, "layer_norm_eps");
  check(read.activation == TW_TRANSFORMER_ACTIVATION_RELU || read.activation == TW_TRANSFORMER_ACTIVATION_GELU,
        TW_ERROR_ARGUMENT, "activation is ", read.activation, ", which is no tw_transformer_activation");
  require_bool(read.batch_first, "batch_first");
  require_bool(read.norm_first, "norm_first");
  return {d_model, nhead, read};
}

const EncoderLayer &encoder_layer_of(const tw_module *module) {
  const torch::nn::Module &given = *require(module, "encoder_layer").module;
  const auto *layer = dynamic_cast<const EncoderLayer *>(&given);
  check(layer != nullptr, TW_ERROR_TYPE,
        "encoder_layer must be a module of tw_module_transformer_encoder_layer; it is: ", described(given));
  return *layer;
}

}  // namespace
}  // namespace tw

tw_status tw_transformer_encoder_layer_options_init(tw_transformer_encoder_layer_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::layer_type);
}

tw_status tw_module_transformer_encoder_layer(tw_module **out, int64_t d_model, int64_t nhead,
                                              const tw_transformer_encoder_layer_options *options) {
  return tw::guard_new(out, [&] {
    const auto read = tw::read_options(options, tw::layer_type);
    auto made = std::make_shared<tw::EncoderLayer>(tw::encoder_layer_options(d_model, nhead, read));
    made->initialise();
    return tw::new_module(std::move(made));
  });
}

tw_status tw_module_transformer_encoder(tw_module **out, const tw_module *encoder_layer, int64_t num_layers,
                                        tw_module *norm) {
  return tw::guard_new(out, [&] {
    const tw::EncoderLayer &layer = tw::encoder_layer_of(encoder_layer);
    tw::require_at_least(num_layers, 1, "num_layers");
    return tw::new_module(
        std::make_shared<tw::Encoder>(layer, num_layers, norm != nullptr ? tw::require(norm, "norm").module : nullptr));
  });
}
