/* Layers of every kind. */
#include "draws_options.h"
#include "families.h"

namespace tw::fuzz {
namespace {

using Made = Out<tw_module>;

TW_FUZZ_DOUBLE(Probability, 0, 0.5, 1);

/* Three numbers of a kernel. */
struct Cube : Plain {
  int64_t sizes[3];
  explicit Cube(Run &run) : sizes{Features(run).value, Features(run).value, Features(run).value} {}
  auto values() { return std::make_tuple(static_cast<const int64_t *>(sizes)); }
  std::string text() const { return text_of(sizes[0]) + " x " + text_of(sizes[1]) + " x " + text_of(sizes[2]); }
};

const std::vector<Call> calls = {
    TW_FUZZ_CALL(tw_module_linear, kNone, Made, Features, Features, TW_FUZZ_DEFAULTS(linear)),
    TW_FUZZ_CALL(tw_module_linear, kNone, Made, Features, Features, NoOptions),
    TW_FUZZ_CALL(tw_module_embedding, kNone, Made, Features, Features, TW_FUZZ_DEFAULTS(embedding)),
    TW_FUZZ_CALL(tw_module_conv1d, kNone, Made, Features, Features, Features, TW_FUZZ_DEFAULTS(conv1d)),
    TW_FUZZ_CALL(tw_module_conv2d, kNone, Made, Features, Features, Kernel, TW_FUZZ_DEFAULTS(conv2d)),
    TW_FUZZ_CALL(tw_module_batch_norm1d, kNone, Made, Features, TW_FUZZ_DEFAULTS(batch_norm)),
    TW_FUZZ_CALL(tw_module_layer_norm, kNone, Made, Sizes, TW_FUZZ_DEFAULTS(layer_norm)),
    TW_FUZZ_CALL(tw_module_group_norm, kNone, Made, Features, Features, TW_FUZZ_DEFAULTS(group_norm)),
    TW_FUZZ_CALL(tw_module_lstm, kNone, Made, Features, Features, TW_FUZZ_DEFAULTS(lstm)),
    TW_FUZZ_CALL(tw_module_gru, kNone, Made, Features, Features, TW_FUZZ_DEFAULTS(gru)),
    TW_FUZZ_CALL(tw_module_multihead_attention, kNone, Made, Features, Features, TW_FUZZ_DEFAULTS(multihead_attention)),
    TW_FUZZ_CALL(tw_module_max_pool2d, kNone, Made, Kernel, TW_FUZZ_DEFAULTS(max_pool2d)),
    TW_FUZZ_CALL(tw_module_prelu, kNone, Made, TW_FUZZ_DEFAULTS(prelu)),
    TW_FUZZ_CALL(tw_module_dropout, kNone, Made, Probability),
    TW_FUZZ_CALL(tw_module_flatten, kNone, Made, Dimension, Dimension),
    TW_FUZZ_CALL(tw_module_softmax, kNone, Made, Dimension),
    TW_FUZZ_CALL(tw_module_hardtanh, kNone, Made, AnyDouble, AnyDouble),
    TW_FUZZ_CALL(tw_module_relu, kNone, Made),
    TW_FUZZ_CALL(tw_module_sigmoid, kNone, Made),
    TW_FUZZ_CALL(tw_module_identity, kNone, Made),
    TW_FUZZ_CALL(tw_module_conv3d, kNone, Made, Features, Features, Cube, TW_FUZZ_DEFAULTS(conv3d)),
    TW_FUZZ_CALL(tw_module_conv_transpose1d, kNone, Made, Features, Features, Features,
                 TW_FUZZ_DEFAULTS(conv_transpose1d)),
    TW_FUZZ_CALL(tw_module_conv_transpose2d, kNone, Made, Features, Features, Kernel,
                 TW_FUZZ_DEFAULTS(conv_transpose2d)),
    TW_FUZZ_CALL(tw_module_conv_transpose3d, kNone, Made, Features, Features, Cube, TW_FUZZ_DEFAULTS(conv_transpose3d)),
    TW_FUZZ_CALL(tw_module_batch_norm2d, kNone, Made, Features, TW_FUZZ_DEFAULTS(batch_norm)),
    TW_FUZZ_CALL(tw_module_batch_norm3d, kNone, Made, Features, TW_FUZZ_DEFAULTS(batch_norm)),
    TW_FUZZ_CALL(tw_module_transformer_encoder_layer, kNone, Made, Features, Features,
                 TW_FUZZ_DEFAULTS(transformer_encoder_layer)),
    TW_FUZZ_CALL(tw_module_transformer_encoder, kNone, Made, In<tw_module>, Features, OptionalIn<tw_module>),
    TW_FUZZ_CALL(tw_module_max_pool1d, kNone, Made, Features, TW_FUZZ_DEFAULTS(max_pool1d)),
    TW_FUZZ_CALL(tw_module_avg_pool1d, kNone, Made, Features, TW_FUZZ_DEFAULTS(avg_pool1d)),
    TW_FUZZ_CALL(tw_module_avg_pool2d, kNone, Made, Kernel, TW_FUZZ_DEFAULTS(avg_pool2d)),
    TW_FUZZ_CALL(tw_module_adaptive_avg_pool1d, kNone, Made, Features),
    TW_FUZZ_CALL(tw_module_adaptive_avg_pool2d, kNone, Made, Kernel),
    TW_FUZZ_CALL(tw_module_adaptive_max_pool2d, kNone, Made, Kernel),
    TW_FUZZ_CALL(tw_module_dropout1d, kNone, Made, Probability),
    TW_FUZZ_CALL(tw_module_dropout2d, kNone, Made, Probability),
    TW_FUZZ_CALL(tw_module_dropout3d, kNone, Made, Probability),
    TW_FUZZ_CALL(tw_module_alpha_dropout, kNone, Made, Probability),
    TW_FUZZ_CALL(tw_module_elu, kNone, Made, AnyDouble),
    TW_FUZZ_CALL(tw_module_celu, kNone, Made, AnyDouble),
    TW_FUZZ_CALL(tw_module_leaky_relu, kNone, Made, AnyDouble),
    TW_FUZZ_CALL(tw_module_glu, kNone, Made, Dimension),
    TW_FUZZ_CALL(tw_module_log_softmax, kNone, Made, Dimension),
    TW_FUZZ_CALL(tw_module_gelu, kNone, Made, TW_FUZZ_DEFAULTS(gelu)),
    TW_FUZZ_CALL(tw_module_softplus, kNone, Made, TW_FUZZ_DEFAULTS(softplus)),
    TW_FUZZ_CALL(tw_module_hardsigmoid, kNone, Made),
    TW_FUZZ_CALL(tw_module_hardswish, kNone, Made),
    TW_FUZZ_CALL(tw_module_log_sigmoid, kNone, Made),
    TW_FUZZ_CALL(tw_module_mish, kNone, Made),
    TW_FUZZ_CALL(tw_module_relu6, kNone, Made),
    TW_FUZZ_CALL(tw_module_selu, kNone, Made),
    TW_FUZZ_CALL(tw_module_silu, kNone, Made),
    TW_FUZZ_CALL(tw_module_softsign, kNone, Made),
    TW_FUZZ_CALL(tw_module_tanh, kNone, Made),
};

}  // namespace

const std::vector<Call> &layer_calls() { return calls; }

}  // namespace tw::fuzz
