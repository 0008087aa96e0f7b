/* One valid call of each entry point of module.h and of layers.h and those beside it. */
#include "base/entry_points.h"

namespace tw::test {
namespace {

tw_status forward(tw_tensor **out, tw_module *, tw_tensor *const *inputs, size_t, void *) {
  return tw_tensor_share(out, inputs[0]);
}

void release(void *) {}

constexpr int64_t ones[] = {1, 1, 1};

const tw_module *encoder_layer() {
  static Handle<tw_module> layer;
  must(tw_module_transformer_encoder_layer(layer.out(), 2, 1, nullptr));
  return layer.get();
}

}  // namespace

const Entries module_entries = {
    OPTIONS(tw_linear_options_init),
    ENTRY(tw_module_linear, s.out(s.made_module), 2, 3, filled(tw_linear_options_init)),
    OPTIONS(tw_embedding_options_init),
    ENTRY(tw_module_embedding, s.out(s.made_module), 2, 3, filled(tw_embedding_options_init)),
    ENTRY(tw_module_flatten, s.out(s.made_module), 1, -1),
    ENTRY(tw_module_identity, s.out(s.made_module)),
    ENTRY(tw_module_dropout, s.out(s.made_module), 0.5),
    ENTRY(tw_module_dropout1d, s.out(s.made_module), 0.5),
    ENTRY(tw_module_dropout2d, s.out(s.made_module), 0.5),
    ENTRY(tw_module_dropout3d, s.out(s.made_module), 0.5),
    ENTRY(tw_module_alpha_dropout, s.out(s.made_module), 0.5),
    OPTIONS(tw_batch_norm_options_init),
    ENTRY(tw_module_batch_norm1d, s.out(s.made_module), 2, filled(tw_batch_norm_options_init)),
    ENTRY(tw_module_batch_norm2d, s.out(s.made_module), 2, filled(tw_batch_norm_options_init)),
    ENTRY(tw_module_batch_norm3d, s.out(s.made_module), 2, filled(tw_batch_norm_options_init)),
    OPTIONS(tw_layer_norm_options_init),
    ENTRY(tw_module_layer_norm, s.out(s.made_module), ones, 2, filled(tw_layer_norm_options_init)),
    OPTIONS(tw_group_norm_options_init),
    ENTRY(tw_module_group_norm, s.out(s.made_module), 1, 2, filled(tw_group_norm_options_init)),
    OPTIONS(tw_conv1d_options_init),
    ENTRY(tw_module_conv1d, s.out(s.made_module), 1, 2, 1, filled(tw_conv1d_options_init)),
    OPTIONS(tw_conv_transpose1d_options_init),
    ENTRY(tw_module_conv_transpose1d, s.out(s.made_module), 1, 2, 1, filled(tw_conv_transpose1d_options_init)),
    OPTIONS(tw_conv2d_options_init),
    ENTRY(tw_module_conv2d, s.out(s.made_module), 1, 2, ones, filled(tw_conv2d_options_init)),
    OPTIONS(tw_conv_transpose2d_options_init),
    ENTRY(tw_module_conv_transpose2d, s.out(s.made_module), 1, 2, ones, filled(tw_conv_transpose2d_options_init)),
    OPTIONS(tw_conv3d_options_init),
    ENTRY(tw_module_conv3d, s.out(s.made_module), 1, 2, ones, filled(tw_conv3d_options_init)),
    OPTIONS(tw_conv_transpose3d_options_init),
    ENTRY(tw_module_conv_transpose3d, s.out(s.made_module), 1, 2, ones, filled(tw_conv_transpose3d_options_init)),
    OPTIONS(tw_max_pool1d_options_init),
    ENTRY(tw_module_max_pool1d, s.out(s.made_module), 1, filled(tw_max_pool1d_options_init)),
    OPTIONS(tw_max_pool2d_options_init),
    ENTRY(tw_module_max_pool2d, s.out(s.made_module), ones, filled(tw_max_pool2d_options_init)),
    OPTIONS(tw_avg_pool1d_options_init),
    ENTRY(tw_module_avg_pool1d, s.out(s.made_module), 1, filled(tw_avg_pool1d_options_init)),
    OPTIONS(tw_avg_pool2d_options_init),
    ENTRY(tw_module_avg_pool2d, s.out(s.made_module), ones, filled(tw_avg_pool2d_options_init)),
    ENTRY(tw_module_adaptive_avg_pool1d, s.out(s.made_module), 1),
    ENTRY(tw_module_adaptive_avg_pool2d, s.out(s.made_module), ones),
    ENTRY(tw_module_adaptive_max_pool2d, s.out(s.made_module), ones),
    ENTRY(tw_module_relu, s.out(s.made_module)),
    ENTRY(tw_module_relu6, s.out(s.made_module)),
    ENTRY(tw_module_leaky_relu, s.out(s.made_module), 0.1),
    OPTIONS(tw_prelu_options_init),
    ENTRY(tw_module_prelu, s.out(s.made_module), filled(tw_prelu_options_init)),
    ENTRY(tw_module_elu, s.out(s.made_module), 1.0),
    ENTRY(tw_module_celu, s.out(s.made_module), 1.0),
    ENTRY(tw_module_selu, s.out(s.made_module)),
    OPTIONS(tw_gelu_options_init),
    ENTRY(tw_module_gelu, s.out(s.made_module), filled(tw_gelu_options_init)),
    ENTRY(tw_module_silu, s.out(s.made_module)),
    ENTRY(tw_module_mish, s.out(s.made_module)),
    OPTIONS(tw_softplus_options_init),
    ENTRY(tw_module_softplus, s.out(s.made_module), filled(tw_softplus_options_init)),
    ENTRY(tw_module_softsign, s.out(s.made_module)),
    ENTRY(tw_module_sigmoid, s.out(s.made_module)),
    ENTRY(tw_module_log_sigmoid, s.out(s.made_module)),
    ENTRY(tw_module_tanh, s.out(s.made_module)),
    ENTRY(tw_module_hardsigmoid, s.out(s.made_module)),
    ENTRY(tw_module_hardswish, s.out(s.made_module)),
    ENTRY(tw_module_hardtanh, s.out(s.made_module), -1.0, 1.0),
    ENTRY(tw_module_glu, s.out(s.made_module), -1),
    ENTRY(tw_module_softmax, s.out(s.made_module), 1),
    ENTRY(tw_module_log_softmax, s.out(s.made_module), 1),
    OPTIONS(tw_lstm_options_init),
    ENTRY(tw_module_lstm, s.out(s.made_module), 2, 3, filled(tw_lstm_options_init)),
    OPTIONS(tw_gru_options_init),
    ENTRY(tw_module_gru, s.out(s.made_module), 2, 3, filled(tw_gru_options_init)),
    OPTIONS(tw_multihead_attention_options_init),
    ENTRY(tw_module_multihead_attention, s.out(s.made_module), 2, 1, filled(tw_multihead_attention_options_init)),
    OPTIONS(tw_transformer_encoder_layer_options_init),
    ENTRY(tw_module_transformer_encoder_layer, s.out(s.made_module), 2, 1,
          filled(tw_transformer_encoder_layer_options_init)),
    ENTRY(tw_module_transformer_encoder, s.out(s.made_module), encoder_layer(), 2, s.child.get()),
    ENTRY(tw_module_sequential, s.out(s.made_module), list(s.child), 1),
    ENTRY(tw_module_custom, s.out(s.made_module), forward, &s, release),
    ENTRY(tw_module_register_parameter, s.holder.get(), "weight", s.weight.get()),
    ENTRY(tw_module_register_buffer, s.holder.get(), "buffer", s.x.get()),
    ENTRY(tw_module_register_module, s.holder.get(), "child", s.child.get()),
    ENTRY(tw_module_forward, s.out(s.tensor), s.module.get(), list(s.x), 1),
    ENTRY(tw_module_forward_all, s.out(s.made_list), s.module.get(), list(s.x), 1),
    ENTRY(tw_module_get_parameters, s.out(s.made_list), s.module.get()),
    ENTRY(tw_module_get_parameter_name, s.text, sizeof s.text, s.out(s.size), s.module.get(), 0),
    ENTRY(tw_module_get_tensor, s.out(s.tensor), s.module.get(), "0.weight"),
    ENTRY(tw_module_get_module, s.out(s.made_module), s.module.get(), "0"),
    ENTRY(tw_module_train, s.module.get(), 1),
    ENTRY(tw_module_is_training, s.out(s.int32), s.module.get()),
    ENTRY(tw_module_move_to, s.module.get(), "cpu"),
    ENTRY(tw_module_zero_grad, s.module.get()),
};

}  // namespace tw::test
