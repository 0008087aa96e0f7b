/* What the layers refuse, by name and with the value. */
#include <limits>

#include "catch.h"
#include "failure.h"
#include "modules.h"

using namespace tw::test;

namespace {

constexpr int64_t sizes_[] = {3, 3, 3}, flat[] = {3, 0, 3};
constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/* A call that must be refused leaves no module. */
template <class Call>
void refused(tw_status wanted, const char *text, Call call) {
  INFO(text);
  tw_module *out = rubbish<tw_module>();
  check_failure(call(&out), wanted, {text});
  CHECK(out == nullptr);
}

/* The same of options, as their init function leaves them, after one change. */
template <class Options, class Make>
class Refusals {
 public:
  Refusals(tw_status (*init)(Options *, size_t), Make make) : init_(init), make_(make) {}

  template <class Change>
  void operator()(tw_status wanted, const char *text, Change change) const {
    Options options;
    REQUIRE(init_(&options, sizeof options) == TW_OK);
    change(options);
    refused(wanted, text, [&](tw_module **out) { return make_(out, &options); });
  }

 private:
  tw_status (*init_)(Options *, size_t);
  Make make_;
};

}  // namespace

TEST_CASE("lookups and dropout refuse what is out of range", "[layers]") {
  refused(TW_ERROR_RANGE, "num_embeddings is 0", [](auto out) { return tw_module_embedding(out, 0, 2, nullptr); });
  refused(TW_ERROR_RANGE, "embedding_dim is -1", [](auto out) { return tw_module_embedding(out, 2, -1, nullptr); });
  const Refusals refuses(tw_embedding_options_init,
                         [](auto out, auto options) { return tw_module_embedding(out, 4, 2, options); });
  const auto padding = [](int64_t index) {
    return [index](auto &o) {
      o.has_padding_idx = 1;
      o.padding_idx = index;
    };
  };
  refuses(TW_ERROR_RANGE, "padding_idx is 4; it must lie in [-4, 4)", padding(4));
  refuses(TW_ERROR_RANGE, "padding_idx is -5", padding(-5));
  refuses(TW_ERROR_ARGUMENT, "has_padding_idx is 2", [](auto &o) { o.has_padding_idx = 2; });
  refuses(TW_ERROR_ARGUMENT, "scale_grad_by_freq is -1", [](auto &o) { o.scale_grad_by_freq = -1; });
  refuses(TW_ERROR_RANGE, "max_norm is -1", [](auto &o) { o.max_norm = -1; });
  refuses(TW_ERROR_RANGE, "norm_type is 0", [](auto &o) { o.norm_type = 0; });
  for (const auto make : {tw_module_dropout1d, tw_module_dropout2d, tw_module_dropout3d, tw_module_alpha_dropout}) {
    refused(TW_ERROR_RANGE, "p is 1.5", [&](auto out) { return make(out, 1.5); });
    refused(TW_ERROR_RANGE, "p is nan", [&](auto out) { return make(out, no_number); });
  }
}

TEST_CASE("a linear layer refuses what is out of range", "[layers]") {
  const Refusals refuses(tw_linear_options_init, [](auto out, auto o) { return tw_module_linear(out, 2, 3, o); });
  refuses(TW_ERROR_ARGUMENT, "bias is 2", [](auto &o) { o.bias = 2; });
  refused(TW_ERROR_RANGE, "in_features is 0", [](auto out) { return tw_module_linear(out, 0, 3, nullptr); });
  refused(TW_ERROR_RANGE, "out_features is -1", [](auto out) { return tw_module_linear(out, 2, -1, nullptr); });
}

TEST_CASE("convolutions of each dimension refuse what is out of range", "[layers]") {
  refused(TW_ERROR_RANGE, "kernel_size is 0", [](auto out) { return tw_module_conv1d(out, 2, 4, 0, nullptr); });
  refused(TW_ERROR_RANGE, "kernel_size[1] is 0", [](auto out) { return tw_module_conv3d(out, 2, 4, flat, nullptr); });
  const Refusals one(tw_conv1d_options_init, [](auto out, auto o) { return tw_module_conv1d(out, 2, 4, 3, o); });
  one(TW_ERROR_RANGE, "stride is 0", [](auto &o) { o.stride = 0; });
  one(TW_ERROR_RANGE, "padding is -1", [](auto &o) { o.padding = -1; });
  one(TW_ERROR_RANGE, "groups is 3, which does not divide the channels, 2 and 4", [](auto &o) { o.groups = 3; });
  one(TW_ERROR_ARGUMENT, "padding_mode is 4, which is no tw_conv_padding_mode",
      [](auto &o) { set_number(o.padding_mode, 4); });
  one(TW_ERROR_ARGUMENT, "bias is 2", [](auto &o) { o.bias = 2; });
  const Refusals three(tw_conv3d_options_init, [](auto out, auto o) { return tw_module_conv3d(out, 2, 4, sizes_, o); });
  three(TW_ERROR_RANGE, "dilation[2] is 0", [](auto &o) { o.dilation[2] = 0; });
  three(TW_ERROR_ARGUMENT, "padding_mode is -1", [](auto &o) { set_number(o.padding_mode, -1); });
}

TEST_CASE("transposed convolutions refuse what is out of range", "[layers]") {
  const Refusals one(tw_conv_transpose1d_options_init,
                     [](auto out, auto o) { return tw_module_conv_transpose1d(out, 2, 4, 3, o); });
  one(TW_ERROR_RANGE, "output_padding is 1; it must be below the larger of stride and dilation, 1",
      [](auto &o) { o.output_padding = 1; });
  one(TW_ERROR_RANGE, "output_padding is -1", [](auto &o) { o.output_padding = -1; });
  const Refusals two(tw_conv_transpose2d_options_init,
                     [](auto out, auto o) { return tw_module_conv_transpose2d(out, 2, 4, sizes_, o); });
  two(TW_ERROR_RANGE, "output_padding[1] is 2", [](auto &o) {
    o.stride[0] = 3;
    o.output_padding[0] = o.output_padding[1] = 2;
  });
  refused(TW_ERROR_RANGE, "in_channels is 0",
          [](auto out) { return tw_module_conv_transpose3d(out, 0, 4, sizes_, nullptr); });
}

TEST_CASE("normalization refuses what is out of range", "[layers]") {
  const Refusals refuses(tw_batch_norm_options_init,
                         [](auto out, auto options) { return tw_module_batch_norm2d(out, 3, options); });
  refuses(TW_ERROR_RANGE, "eps is -1", [](auto &o) { o.eps = -1; });
  refuses(TW_ERROR_RANGE, "momentum is 1.5", [](auto &o) { o.momentum = 1.5; });
  refuses(TW_ERROR_ARGUMENT, "cumulative is 2", [](auto &o) { o.cumulative = 2; });
  refuses(TW_ERROR_ARGUMENT, "affine is 2", [](auto &o) { o.affine = 2; });
  refuses(TW_ERROR_ARGUMENT, "track_running_stats is 2", [](auto &o) { o.track_running_stats = 2; });
  for (const auto make : {tw_module_batch_norm1d, tw_module_batch_norm2d, tw_module_batch_norm3d})
    refused(TW_ERROR_RANGE, "num_features is 0", [&](auto out) { return make(out, 0, nullptr); });
  refused(TW_ERROR_RANGE, "ndim is 0", [](auto out) { return tw_module_layer_norm(out, nullptr, 0, nullptr); });
  refused(TW_ERROR_RANGE, "normalized_shape[1] is 0",
          [](auto out) { return tw_module_layer_norm(out, flat, 2, nullptr); });
  const Refusals layer(tw_layer_norm_options_init,
                       [](auto out, auto o) { return tw_module_layer_norm(out, flat, 1, o); });
  layer(TW_ERROR_RANGE, "eps is nan", [](auto &o) { o.eps = no_number; });
  layer(TW_ERROR_ARGUMENT, "elementwise_affine is 2", [](auto &o) { o.elementwise_affine = 2; });
  refused(TW_ERROR_RANGE, "num_groups is 0", [](auto out) { return tw_module_group_norm(out, 0, 4, nullptr); });
  refused(TW_ERROR_RANGE, "num_channels is 0", [](auto out) { return tw_module_group_norm(out, 1, 0, nullptr); });
  refused(TW_ERROR_RANGE, "num_groups is 3, which does not divide num_channels, 4",
          [](auto out) { return tw_module_group_norm(out, 3, 4, nullptr); });
  const Refusals group(tw_group_norm_options_init, [](auto out, auto o) { return tw_module_group_norm(out, 2, 4, o); });
  group(TW_ERROR_RANGE, "eps is -1", [](auto &o) { o.eps = -1; });
  group(TW_ERROR_ARGUMENT, "affine is -1", [](auto &o) { o.affine = -1; });
}

TEST_CASE("pools refuse what is out of range", "[layers]") {
  const Refusals max(tw_max_pool1d_options_init, [](auto out, auto o) { return tw_module_max_pool1d(out, 3, o); });
  max(TW_ERROR_RANGE, "padding is 2; it must be at most half the window, 3 / 2", [](auto &o) { o.padding = 2; });
  max(TW_ERROR_RANGE, "stride is -1", [](auto &o) { o.stride = -1; });
  max(TW_ERROR_RANGE, "dilation is 0", [](auto &o) { o.dilation = 0; });
  max(TW_ERROR_ARGUMENT, "ceil_mode is 2", [](auto &o) { o.ceil_mode = 2; });
  const Refusals avg(tw_avg_pool2d_options_init, [](auto out, auto o) { return tw_module_avg_pool2d(out, sizes_, o); });
  avg(TW_ERROR_RANGE, "padding[1] is 2", [](auto &o) { o.padding[1] = 2; });
  avg(TW_ERROR_RANGE, "divisor_override is -1", [](auto &o) { o.divisor_override = -1; });
  avg(TW_ERROR_ARGUMENT, "count_include_pad is 2", [](auto &o) { o.count_include_pad = 2; });
  refused(TW_ERROR_RANGE, "kernel_size is 0", [](auto out) { return tw_module_avg_pool1d(out, 0, nullptr); });
  refused(TW_ERROR_RANGE, "output_size is 0", [](auto out) { return tw_module_adaptive_avg_pool1d(out, 0); });
  refused(TW_ERROR_RANGE, "output_size is -2", [](auto out) { return tw_module_adaptive_avg_pool1d(out, -2); });
  for (const auto make : {tw_module_adaptive_avg_pool2d, tw_module_adaptive_max_pool2d})
    refused(TW_ERROR_RANGE, "output_size[1] is 0", [&](auto out) { return make(out, flat); });
}

TEST_CASE("activations refuse what they cannot compute", "[layers]") {
  const Refusals gelu(tw_gelu_options_init, [](auto out, auto o) { return tw_module_gelu(out, o); });
  for (const int wrong : {2, -1})
    gelu(TW_ERROR_ARGUMENT, ("approximate is " + std::to_string(wrong) + ", which is no tw_gelu_approximation").c_str(),
         [&](auto &o) { set_number(o.approximate, wrong); });
  refused(TW_ERROR_RANGE, "alpha is 0", [](auto out) { return tw_module_celu(out, 0); });
  const Refusals prelu(tw_prelu_options_init, [](auto out, auto o) { return tw_module_prelu(out, o); });
  prelu(TW_ERROR_RANGE, "num_parameters is 0", [](auto &o) { o.num_parameters = 0; });
  refused(TW_ERROR_RANGE, "min_val is 1; it must be below max_val, 1",
          [](auto out) { return tw_module_hardtanh(out, 1, 1); });
  refused(TW_ERROR_RANGE, "min_val is nan", [](auto out) { return tw_module_hardtanh(out, no_number, 1); });
}

TEST_CASE("recurrent layers refuse what is out of range", "[layers]") {
  const auto check_kind = [](auto make, auto init) {
    refused(TW_ERROR_RANGE, "input_size is 0", [&](auto out) { return make(out, 0, 2, nullptr); });
    refused(TW_ERROR_RANGE, "hidden_size is -3", [&](auto out) { return make(out, 2, -3, nullptr); });
    const Refusals refuses(init, [&](auto out, auto options) { return make(out, 2, 3, options); });
    refuses(TW_ERROR_RANGE, "num_layers is 0", [](auto &o) { o.num_layers = 0; });
    refuses(TW_ERROR_RANGE, "dropout is -0.1", [](auto &o) { o.dropout = -0.1; });
    refuses(TW_ERROR_ARGUMENT, "bias is 2", [](auto &o) { o.bias = 2; });
    refuses(TW_ERROR_ARGUMENT, "batch_first is 2", [](auto &o) { o.batch_first = 2; });
    refuses(TW_ERROR_ARGUMENT, "bidirectional is 2", [](auto &o) { o.bidirectional = 2; });
    refuses(TW_ERROR_ARGUMENT, "struct_size is 3", [](auto &o) { o.struct_size = 3; });
  };
  check_kind(tw_module_lstm, tw_lstm_options_init);
  check_kind(tw_module_gru, tw_gru_options_init);
}

TEST_CASE("attention and transformers refuse what is out of range", "[layers]") {
  refused(TW_ERROR_RANGE, "num_heads is 3, which does not divide embed_dim, 8",
          [](auto out) { return tw_module_multihead_attention(out, 8, 3, nullptr); });
  refused(TW_ERROR_RANGE, "embed_dim is 9223372036854775806",
          [](auto out) { return tw_module_multihead_attention(out, INT64_MAX - 1, 1, nullptr); });
  refused(TW_ERROR_RANGE, "d_model is 9223372036854775806",
          [](auto out) { return tw_module_transformer_encoder_layer(out, INT64_MAX - 1, 1, nullptr); });
  refused(TW_ERROR_RANGE, "embed_dim is 0", [](auto out) { return tw_module_multihead_attention(out, 0, 1, nullptr); });
  const Refusals attention(tw_multihead_attention_options_init,
                           [](auto out, auto o) { return tw_module_multihead_attention(out, 8, 2, o); });
  attention(TW_ERROR_RANGE, "dropout is 2", [](auto &o) { o.dropout = 2; });
  attention(TW_ERROR_RANGE, "kdim is -1", [](auto &o) { o.kdim = -1; });
  attention(TW_ERROR_RANGE, "vdim is -1", [](auto &o) { o.vdim = -1; });
  attention(TW_ERROR_ARGUMENT, "bias is 2", [](auto &o) { o.bias = 2; });
  attention(TW_ERROR_ARGUMENT, "add_bias_kv is 2", [](auto &o) { o.add_bias_kv = 2; });
  attention(TW_ERROR_ARGUMENT, "add_zero_attn is 2", [](auto &o) { o.add_zero_attn = 2; });
  attention(TW_ERROR_ARGUMENT, "batch_first is 2", [](auto &o) { o.batch_first = 2; });
  refused(TW_ERROR_RANGE, "nhead is 3, which does not divide d_model, 8",
          [](auto out) { return tw_module_transformer_encoder_layer(out, 8, 3, nullptr); });
  const Refusals layer(tw_transformer_encoder_layer_options_init,
                       [](auto out, auto o) { return tw_module_transformer_encoder_layer(out, 8, 2, o); });
  layer(TW_ERROR_RANGE, "dim_feedforward is 0", [](auto &o) { o.dim_feedforward = 0; });
  layer(TW_ERROR_RANGE, "dropout is 2", [](auto &o) { o.dropout = 2; });
  layer(TW_ERROR_RANGE, "layer_norm_eps is -1", [](auto &o) { o.layer_norm_eps = -1; });
  layer(TW_ERROR_ARGUMENT, "activation is 3, which is no tw_transformer_activation",
        [](auto &o) { set_number(o.activation, 3); });
  layer(TW_ERROR_ARGUMENT, "batch_first is 2", [](auto &o) { o.batch_first = 2; });
  layer(TW_ERROR_ARGUMENT, "norm_first is 2", [](auto &o) { o.norm_first = 2; });
}

TEST_CASE("an encoder is made of a transformer's layer, at least once", "[layers]") {
  Handle<tw_module> layer;
  REQUIRE(tw_module_transformer_encoder_layer(layer.out(), 4, 2, nullptr) == TW_OK);
  refused(TW_ERROR_RANGE, "num_layers is 0",
          [&](auto out) { return tw_module_transformer_encoder(out, layer.get(), 0, nullptr); });
  const auto other = linear(2, 2);
  refused(TW_ERROR_TYPE, "encoder_layer must be a module of tw_module_transformer_encoder_layer",
          [&](auto out) { return tw_module_transformer_encoder(out, other.get(), 1, nullptr); });
}
