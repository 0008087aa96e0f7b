#include "handles.h"
#include "layers.h"

using tw::test::Handle;

namespace {

constexpr int64_t one[] = {1, 1, 1}, two[] = {2, 2, 2}, three[] = {3, 3, 3}, window[] = {3, 2, 2}, steps[] = {2, 1, 2};

/* Options as their init function leaves them, changed. */
template <class Options, class Change>
Options options(tw_status (*init)(Options *, size_t), Change change) {
  Options made;
  init(&made, sizeof made);
  change(made);
  return made;
}

template <size_t D>
void set(int64_t (&numbers)[D], const int64_t *from) {
  for (size_t i = 0; i < D; ++i) numbers[i] = from[i];
}

tw_status conv1d(tw_module **out, tw_conv_padding_mode mode) {
  const auto o = options(tw_conv1d_options_init, [&](auto &each) {
    each.stride = 2;
    each.padding = 2;
    each.dilation = 2;
    each.groups = 2;
    each.padding_mode = mode;
  });
  return tw_module_conv1d(out, 4, 6, 3, &o);
}

tw_status conv2d(tw_module **out, tw_conv_padding_mode mode) {
  const auto o = options(tw_conv2d_options_init, [&](auto &each) {
    set(each.stride, steps);
    set(each.padding, one);
    set(each.dilation, two);
    each.bias = 0;
    each.padding_mode = mode;
  });
  return tw_module_conv2d(out, 3, 4, window, &o);
}

tw_status conv3d(tw_module **out) {
  const auto o = options(tw_conv3d_options_init, [](auto &each) {
    set(each.stride, steps);
    set(each.padding, one);
    each.groups = 2;
  });
  return tw_module_conv3d(out, 2, 4, window, &o);
}

tw_status conv_transpose1d(tw_module **out) {
  const auto o = options(tw_conv_transpose1d_options_init, [](auto &each) {
    each.stride = 3;
    each.padding = 1;
    each.output_padding = 2;
  });
  return tw_module_conv_transpose1d(out, 2, 3, 4, &o);
}

tw_status conv_transpose2d(tw_module **out) {
  const auto o = options(tw_conv_transpose2d_options_init, [](auto &each) {
    set(each.stride, two);
    set(each.padding, one);
    set(each.output_padding, one);
    set(each.dilation, two);
    each.groups = 2;
  });
  return tw_module_conv_transpose2d(out, 4, 6, window, &o);
}

tw_status conv_transpose3d(tw_module **out) {
  const auto o = options(tw_conv_transpose3d_options_init, [](auto &each) {
    set(each.stride, two);
    each.bias = 0;
  });
  return tw_module_conv_transpose3d(out, 2, 3, window, &o);
}

tw_status embedding(tw_module **out) {
  const auto o = options(tw_embedding_options_init, [](auto &each) {
    each.has_padding_idx = 1;
    each.padding_idx = -2;
    each.max_norm = 1.5;
    each.scale_grad_by_freq = 1;
  });
  return tw_module_embedding(out, 7, 4, &o);
}

tw_status batch_norm_cumulative(tw_module **out) {
  const auto o = options(tw_batch_norm_options_init, [](auto &each) {
    each.cumulative = 1;
    each.eps = 1e-3;
  });
  return tw_module_batch_norm1d(out, 3, &o);
}

tw_status batch_norm_bare(tw_module **out) {
  const auto o = options(tw_batch_norm_options_init, [](auto &each) {
    each.affine = 0;
    each.track_running_stats = 0;
  });
  return tw_module_batch_norm2d(out, 3, &o);
}

tw_status max_pool1d(tw_module **out) {
  const auto o = options(tw_max_pool1d_options_init, [](auto &each) {
    each.stride = 2;
    each.padding = 1;
    each.dilation = 2;
    each.ceil_mode = 1;
  });
  return tw_module_max_pool1d(out, 3, &o);
}

tw_status max_pool2d(tw_module **out) {
  const auto o = options(tw_max_pool2d_options_init, [](auto &each) {
    set(each.stride, two);
    set(each.padding, one);
    each.ceil_mode = 1;
  });
  return tw_module_max_pool2d(out, three, &o);
}

tw_status avg_pool1d(tw_module **out) {
  const auto o = options(tw_avg_pool1d_options_init, [](auto &each) {
    each.padding = 1;
    each.count_include_pad = 0;
  });
  return tw_module_avg_pool1d(out, 3, &o);
}

tw_status avg_pool2d(tw_module **out) {
  const auto o = options(tw_avg_pool2d_options_init, [](auto &each) {
    set(each.stride, two);
    set(each.padding, one);
    each.ceil_mode = 1;
    each.divisor_override = 5;
  });
  return tw_module_avg_pool2d(out, three, &o);
}

/* Options of either kind of recurrent layer. */
template <class Options>
Options recurrent(tw_status (*init)(Options *, size_t), int64_t num_layers, bool batch_first, bool bidirectional,
                  double dropout, bool bias) {
  return options(init, [&](auto &each) {
    each.num_layers = num_layers;
    each.batch_first = batch_first ? 1 : 0;
    each.bidirectional = bidirectional ? 1 : 0;
    each.dropout = dropout;
    each.bias = bias ? 1 : 0;
  });
}

tw_status lstm(tw_module **out, int64_t num_layers, bool batch_first, bool bidirectional, double dropout, bool bias) {
  const auto o = recurrent(tw_lstm_options_init, num_layers, batch_first, bidirectional, dropout, bias);
  return tw_module_lstm(out, 3, 4, &o);
}

tw_status gru(tw_module **out, int64_t num_layers, bool batch_first, bool bidirectional, double dropout, bool bias) {
  const auto o = recurrent(tw_gru_options_init, num_layers, batch_first, bidirectional, dropout, bias);
  return tw_module_gru(out, 3, 4, &o);
}

tw_status attention(tw_module **out, int64_t kdim, bool places, bool batch_first, bool bias) {
  const auto o = options(tw_multihead_attention_options_init, [&](auto &each) {
    each.kdim = kdim;
    each.vdim = kdim;
    each.dropout = 0.25;
    each.add_bias_kv = places ? 1 : 0;
    each.add_zero_attn = places ? 1 : 0;
    each.batch_first = batch_first ? 1 : 0;
    each.bias = bias ? 1 : 0;
  });
  return tw_module_multihead_attention(out, 8, 2, &o);
}

tw_status encoder_layer(tw_module **out, bool norm_first, bool batch_first, tw_transformer_activation activation) {
  const auto o = options(tw_transformer_encoder_layer_options_init, [&](auto &each) {
    each.dim_feedforward = 16;
    each.dropout = 0.2;
    each.layer_norm_eps = 1e-3;
    each.activation = activation;
    each.norm_first = norm_first ? 1 : 0;
    each.batch_first = batch_first ? 1 : 0;
  });
  return tw_module_transformer_encoder_layer(out, 8, 2, &o);
}

tw_status encoder(tw_module **out, bool with_norm) {
  Handle<tw_module> layer, norm;
  const int64_t shape[] = {8};
  tw_status status = encoder_layer(layer.out(), false, true, TW_TRANSFORMER_ACTIVATION_RELU);
  if (status == TW_OK && with_norm) status = tw_module_layer_norm(norm.out(), shape, 1, nullptr);
  if (status == TW_OK) status = tw_module_transformer_encoder(out, layer.get(), 2, norm.get());
  return status;
}

constexpr int64_t shape[] = {4, 3}, adaptive[] = {3, -1};

tw_status linear_bare(tw_module **out) {
  const auto o = options(tw_linear_options_init, [](auto &each) { each.bias = 0; });
  return tw_module_linear(out, 5, 3, &o);
}

tw_status layer_norm_bare(tw_module **out) {
  const auto o = options(tw_layer_norm_options_init, [](auto &each) {
    each.eps = 1e-2;
    each.elementwise_affine = 0;
  });
  return tw_module_layer_norm(out, shape + 1, 1, &o);
}

tw_status prelu(tw_module **out) {
  const auto o = options(tw_prelu_options_init, [](auto &each) {
    each.num_parameters = 3;
    each.init = 0.3;
  });
  return tw_module_prelu(out, &o);
}

tw_status gelu_tanh(tw_module **out) {
  const auto o = options(tw_gelu_options_init, [](auto &each) { each.approximate = TW_GELU_APPROXIMATION_TANH; });
  return tw_module_gelu(out, &o);
}

tw_status softplus(tw_module **out) {
  const auto o = options(tw_softplus_options_init, [](auto &each) {
    each.beta = 2;
    each.threshold = 3;
  });
  return tw_module_softplus(out, &o);
}

}  // namespace

/* LAYER("name", a call that makes it at out) */
#define LAYER(name, call)                      \
  {                                            \
    name, [](tw_module **out) { return call; } \
  }

const std::vector<Layer> &layers() {
  static const std::vector<Layer> table = {
      LAYER("linear", tw_module_linear(out, 5, 3, nullptr)),
      LAYER("linear_without_bias", linear_bare(out)),
      LAYER("identity", tw_module_identity(out)),
      LAYER("flatten", tw_module_flatten(out, 1, 2)),
      LAYER("embedding", embedding(out)),
      LAYER("embedding_plain", tw_module_embedding(out, 7, 4, nullptr)),
      LAYER("conv1d", conv1d(out, TW_CONV_PADDING_ZEROS)),
      LAYER("conv1d_reflect", conv1d(out, TW_CONV_PADDING_REFLECT)),
      LAYER("conv1d_plain", tw_module_conv1d(out, 2, 3, 2, nullptr)),
      LAYER("conv2d", conv2d(out, TW_CONV_PADDING_ZEROS)),
      LAYER("conv2d_circular", conv2d(out, TW_CONV_PADDING_CIRCULAR)),
      LAYER("conv2d_replicate", conv2d(out, TW_CONV_PADDING_REPLICATE)),
      LAYER("conv3d", conv3d(out)),
      LAYER("conv_transpose1d", conv_transpose1d(out)),
      LAYER("conv_transpose2d", conv_transpose2d(out)),
      LAYER("conv_transpose3d", conv_transpose3d(out)),
      LAYER("batch_norm1d", tw_module_batch_norm1d(out, 3, nullptr)),
      LAYER("batch_norm1d_cumulative", batch_norm_cumulative(out)),
      LAYER("batch_norm2d", tw_module_batch_norm2d(out, 3, nullptr)),
      LAYER("batch_norm2d_bare", batch_norm_bare(out)),
      LAYER("batch_norm3d", tw_module_batch_norm3d(out, 2, nullptr)),
      LAYER("layer_norm", tw_module_layer_norm(out, shape, 2, nullptr)),
      LAYER("layer_norm_bare", layer_norm_bare(out)),
      LAYER("group_norm", tw_module_group_norm(out, 2, 6, nullptr)),
      LAYER("dropout", tw_module_dropout(out, 0.3)),
      LAYER("dropout1d", tw_module_dropout1d(out, 0.5)),
      LAYER("dropout1d_alone", tw_module_dropout1d(out, 0.5)),
      LAYER("dropout2d", tw_module_dropout2d(out, 0.5)),
      LAYER("dropout3d", tw_module_dropout3d(out, 0.5)),
      LAYER("dropout3d_alone", tw_module_dropout3d(out, 0.5)),
      LAYER("alpha_dropout", tw_module_alpha_dropout(out, 0.3)),
      LAYER("max_pool1d", max_pool1d(out)),
      LAYER("max_pool2d", max_pool2d(out)),
      LAYER("max_pool2d_plain", tw_module_max_pool2d(out, window, nullptr)),
      LAYER("avg_pool1d", avg_pool1d(out)),
      LAYER("avg_pool2d", avg_pool2d(out)),
      LAYER("avg_pool2d_plain", tw_module_avg_pool2d(out, window, nullptr)),
      LAYER("adaptive_avg_pool1d", tw_module_adaptive_avg_pool1d(out, 4)),
      LAYER("adaptive_avg_pool2d", tw_module_adaptive_avg_pool2d(out, adaptive)),
      LAYER("adaptive_max_pool2d", tw_module_adaptive_max_pool2d(out, adaptive)),
      LAYER("relu", tw_module_relu(out)),
      LAYER("relu6", tw_module_relu6(out)),
      LAYER("leaky_relu", tw_module_leaky_relu(out, 0.2)),
      LAYER("prelu", prelu(out)),
      LAYER("elu", tw_module_elu(out, 0.7)),
      LAYER("celu", tw_module_celu(out, 0.7)),
      LAYER("selu", tw_module_selu(out)),
      LAYER("gelu", tw_module_gelu(out, nullptr)),
      LAYER("gelu_tanh", gelu_tanh(out)),
      LAYER("silu", tw_module_silu(out)),
      LAYER("mish", tw_module_mish(out)),
      LAYER("softplus", softplus(out)),
      LAYER("softsign", tw_module_softsign(out)),
      LAYER("sigmoid", tw_module_sigmoid(out)),
      LAYER("log_sigmoid", tw_module_log_sigmoid(out)),
      LAYER("tanh", tw_module_tanh(out)),
      LAYER("hardsigmoid", tw_module_hardsigmoid(out)),
      LAYER("hardswish", tw_module_hardswish(out)),
      LAYER("hardtanh", tw_module_hardtanh(out, -0.5, 0.8)),
      LAYER("glu", tw_module_glu(out, 1)),
      LAYER("softmax", tw_module_softmax(out, 1)),
      LAYER("log_softmax", tw_module_log_softmax(out, -1)),
      LAYER("lstm", lstm(out, 1, false, false, 0, true)),
      LAYER("lstm_alone", lstm(out, 1, true, true, 0, true)),
      LAYER("lstm_deep", lstm(out, 3, true, true, 0.4, true)),
      LAYER("lstm_without_bias", lstm(out, 2, false, false, 0, false)),
      LAYER("gru", gru(out, 1, false, false, 0, true)),
      LAYER("gru_alone", gru(out, 2, false, false, 0, true)),
      LAYER("gru_deep", gru(out, 2, true, true, 0.4, true)),
      LAYER("attention", attention(out, 0, false, false, true)),
      LAYER("attention_masked", attention(out, 0, false, true, true)),
      LAYER("attention_padded", attention(out, 0, true, false, true)),
      LAYER("attention_alone", attention(out, 0, false, false, false)),
      LAYER("attention_of_others", attention(out, 5, true, true, true)),
      LAYER("encoder_layer", encoder_layer(out, false, false, TW_TRANSFORMER_ACTIVATION_RELU)),
      LAYER("encoder_layer_norm_first", encoder_layer(out, true, true, TW_TRANSFORMER_ACTIVATION_GELU)),
      LAYER("encoder", encoder(out, false)),
      LAYER("encoder_with_norm", encoder(out, true)),
  };
  return table;
}
