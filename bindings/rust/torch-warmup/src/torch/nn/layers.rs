//! Layers with options.

use torch_warmup_sys as sys;

use super::{defaults, ToC};
use crate::error::Result;
use crate::torch::module::Module;

/// An option that is one of several words.
macro_rules! words {
    ($($(#[$about:meta])* $name:ident: $raw:ident { $($(#[$word_about:meta])* $word:ident = $constant:ident,)* })*) => {
        $(
            $(#[$about])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub enum $name {
                $($(#[$word_about])* $word,)*
            }

            impl From<$name> for sys::$raw {
                fn from(word: $name) -> sys::$raw {
                    match word {
                        $($name::$word => sys::$constant,)*
                    }
                }
            }
        )*
    };
}

words! {
    /// What a convolution pads with.
    PaddingMode: tw_conv_padding_mode {
        /// Zeros.
        Zeros = TW_CONV_PADDING_ZEROS,
        /// The input, mirrored at its edge.
        Reflect = TW_CONV_PADDING_REFLECT,
        /// The input's edge.
        Replicate = TW_CONV_PADDING_REPLICATE,
        /// The input's other end.
        Circular = TW_CONV_PADDING_CIRCULAR,
    }
    /// How a GELU is computed.
    GeluApproximation: tw_gelu_approximation {
        /// Exactly.
        None = TW_GELU_APPROXIMATION_NONE,
        /// By a hyperbolic tangent.
        Tanh = TW_GELU_APPROXIMATION_TANH,
    }
    /// The activation within a transformer's layer.
    TransformerActivation: tw_transformer_activation {
        /// max(0, x).
        Relu = TW_TRANSFORMER_ACTIVATION_RELU,
        /// The Gaussian error linear unit.
        Gelu = TW_TRANSFORMER_ACTIVATION_GELU,
    }
}

layers! {
    /// input weight^T + bias, of [.., in_features].
    Linear(in_features: i64, out_features: i64): tw_linear_options, tw_linear_options_init, tw_module_linear {
        /// Default true.
        bias: bool,
    }

    /// A table of vectors to look up by integers.
    Embedding(num_embeddings: i64, embedding_dim: i64):
        tw_embedding_options, tw_embedding_options_init, tw_module_embedding {
        /// Rows of a larger norm are scaled down to it when looked up; default 0, for none.
        max_norm: f64,
        /// The p of that norm; default 2.
        norm_type: f64,
        /// Divides gradients by how often a row was looked up; default false.
        scale_grad_by_freq: bool,
    }

    /// A convolution of [N, C, L].
    Conv1d(in_channels: i64, out_channels: i64, kernel_size: i64):
        tw_conv1d_options, tw_conv1d_options_init, tw_module_conv1d {
        /// Default 1.
        stride: i64,
        /// On each side; default 0.
        padding: i64,
        /// Default 1.
        dilation: i64,
        /// Default 1.
        groups: i64,
        /// Default true.
        bias: bool,
        /// Default zeros.
        padding_mode: PaddingMode,
    }

    /// A convolution of [N, C, H, W].
    Conv2d(in_channels: i64, out_channels: i64, kernel_size: [i64; 2]):
        tw_conv2d_options, tw_conv2d_options_init, tw_module_conv2d {
        /// Default 1, 1.
        stride: [i64; 2],
        /// On each side; default 0, 0.
        padding: [i64; 2],
        /// Default 1, 1.
        dilation: [i64; 2],
        /// Default 1.
        groups: i64,
        /// Default true.
        bias: bool,
        /// Default zeros.
        padding_mode: PaddingMode,
    }

    /// A convolution of [N, C, D, H, W].
    Conv3d(in_channels: i64, out_channels: i64, kernel_size: [i64; 3]):
        tw_conv3d_options, tw_conv3d_options_init, tw_module_conv3d {
        /// Default 1, 1, 1.
        stride: [i64; 3],
        /// On each side; default 0, 0, 0.
        padding: [i64; 3],
        /// Default 1, 1, 1.
        dilation: [i64; 3],
        /// Default 1.
        groups: i64,
        /// Default true.
        bias: bool,
        /// Default zeros.
        padding_mode: PaddingMode,
    }

    /// A transposed convolution of [N, C, L].
    ConvTranspose1d(in_channels: i64, out_channels: i64, kernel_size: i64):
        tw_conv_transpose1d_options, tw_conv_transpose1d_options_init, tw_module_conv_transpose1d {
        /// Default 1.
        stride: i64,
        /// Default 0.
        padding: i64,
        /// Default 0.
        output_padding: i64,
        /// Default 1.
        dilation: i64,
        /// Default 1.
        groups: i64,
        /// Default true.
        bias: bool,
    }

    /// A transposed convolution of [N, C, H, W].
    ConvTranspose2d(in_channels: i64, out_channels: i64, kernel_size: [i64; 2]):
        tw_conv_transpose2d_options, tw_conv_transpose2d_options_init, tw_module_conv_transpose2d {
        /// Default 1, 1.
        stride: [i64; 2],
        /// Default 0, 0.
        padding: [i64; 2],
        /// Default 0, 0.
        output_padding: [i64; 2],
        /// Default 1, 1.
        dilation: [i64; 2],
        /// Default 1.
        groups: i64,
        /// Default true.
        bias: bool,
    }

    /// A transposed convolution of [N, C, D, H, W].
    ConvTranspose3d(in_channels: i64, out_channels: i64, kernel_size: [i64; 3]):
        tw_conv_transpose3d_options, tw_conv_transpose3d_options_init, tw_module_conv_transpose3d {
        /// Default 1, 1, 1.
        stride: [i64; 3],
        /// Default 0, 0, 0.
        padding: [i64; 3],
        /// Default 0, 0, 0.
        output_padding: [i64; 3],
        /// Default 1, 1, 1.
        dilation: [i64; 3],
        /// Default 1.
        groups: i64,
        /// Default true.
        bias: bool,
    }

    /// The largest value in each window of [N, C, L].
    MaxPool1d(kernel_size: i64): tw_max_pool1d_options, tw_max_pool1d_options_init, tw_module_max_pool1d {
        /// Default the window's length.
        stride: i64,
        /// Default 0.
        padding: i64,
        /// Default 1.
        dilation: i64,
        /// Default false.
        ceil_mode: bool,
    }

    /// The largest value in each window of [N, C, H, W].
    MaxPool2d(kernel_size: [i64; 2]): tw_max_pool2d_options, tw_max_pool2d_options_init, tw_module_max_pool2d {
        /// Default the window's lengths.
        stride: [i64; 2],
        /// Default 0, 0.
        padding: [i64; 2],
        /// Default 1, 1.
        dilation: [i64; 2],
        /// Default false.
        ceil_mode: bool,
    }

    /// The mean of each window of [N, C, L].
    AvgPool1d(kernel_size: i64): tw_avg_pool1d_options, tw_avg_pool1d_options_init, tw_module_avg_pool1d {
        /// Default the window's length.
        stride: i64,
        /// Default 0.
        padding: i64,
        /// Default false.
        ceil_mode: bool,
        /// Default true.
        count_include_pad: bool,
    }

    /// The mean of each window of [N, C, H, W].
    AvgPool2d(kernel_size: [i64; 2]): tw_avg_pool2d_options, tw_avg_pool2d_options_init, tw_module_avg_pool2d {
        /// Default the window's lengths.
        stride: [i64; 2],
        /// Default 0, 0.
        padding: [i64; 2],
        /// Default false.
        ceil_mode: bool,
        /// Default true.
        count_include_pad: bool,
        /// What each sum is divided by; default 0, for how many there are.
        divisor_override: i64,
    }

    /// A batch normalization of [N, C] or [N, C, L].
    BatchNorm1d(num_features: i64): tw_batch_norm_options, tw_batch_norm_options_init, tw_module_batch_norm1d {
        /// Added to the variance; default 1e-5.
        eps: f64,
        /// The weight of the newest batch in the running statistics; default 0.1.
        momentum: f64,
        /// The average of all batches, PyTorch's momentum=None; default false.
        cumulative: bool,
        /// Whether it has weight and bias; default true.
        affine: bool,
        /// Default true.
        track_running_stats: bool,
    }

    /// A batch normalization of [N, C, H, W].
    BatchNorm2d(num_features: i64): tw_batch_norm_options, tw_batch_norm_options_init, tw_module_batch_norm2d {
        /// Added to the variance; default 1e-5.
        eps: f64,
        /// The weight of the newest batch in the running statistics; default 0.1.
        momentum: f64,
        /// The average of all batches, PyTorch's momentum=None; default false.
        cumulative: bool,
        /// Whether it has weight and bias; default true.
        affine: bool,
        /// Default true.
        track_running_stats: bool,
    }

    /// A batch normalization of [N, C, D, H, W].
    BatchNorm3d(num_features: i64): tw_batch_norm_options, tw_batch_norm_options_init, tw_module_batch_norm3d {
        /// Added to the variance; default 1e-5.
        eps: f64,
        /// The weight of the newest batch in the running statistics; default 0.1.
        momentum: f64,
        /// The average of all batches, PyTorch's momentum=None; default false.
        cumulative: bool,
        /// Whether it has weight and bias; default true.
        affine: bool,
        /// Default true.
        track_running_stats: bool,
    }

    /// A normalization over groups of channels of [N, C, ..].
    GroupNorm(num_groups: i64, num_channels: i64):
        tw_group_norm_options, tw_group_norm_options_init, tw_module_group_norm {
        /// Added to the variance; default 1e-5.
        eps: f64,
        /// Whether it has weight and bias; default true.
        affine: bool,
    }

    /// A long short-term memory: takes the input, or the input, h_0 and c_0; gives the output, h_n and c_n.
    Lstm(input_size: i64, hidden_size: i64): tw_lstm_options, tw_lstm_options_init, tw_module_lstm {
        /// Stacked one on the other; default 1.
        num_layers: i64,
        /// Default true.
        bias: bool,
        /// Default false.
        batch_first: bool,
        /// Between one layer and the next; default 0.
        dropout: f64,
        /// Default false.
        bidirectional: bool,
    }

    /// A gated recurrent unit: takes the input, or the input and h_0; gives the output and h_n.
    Gru(input_size: i64, hidden_size: i64): tw_gru_options, tw_gru_options_init, tw_module_gru {
        /// Stacked one on the other; default 1.
        num_layers: i64,
        /// Default true.
        bias: bool,
        /// Default false.
        batch_first: bool,
        /// Between one layer and the next; default 0.
        dropout: f64,
        /// Default false.
        bidirectional: bool,
    }

    /// Attention: takes query, key and value, and masks where there are any; gives the output and the weights.
    MultiheadAttention(embed_dim: i64, num_heads: i64):
        tw_multihead_attention_options, tw_multihead_attention_options_init, tw_module_multihead_attention {
        /// Of the weights; default 0.
        dropout: f64,
        /// Default true.
        bias: bool,
        /// Default false.
        add_bias_kv: bool,
        /// Default false.
        add_zero_attn: bool,
        /// The features of key; default embed_dim.
        kdim: i64,
        /// The features of value; default embed_dim.
        vdim: i64,
        /// Default false.
        batch_first: bool,
    }

    /// A layer of a transformer's encoder.
    TransformerEncoderLayer(d_model: i64, nhead: i64):
        tw_transformer_encoder_layer_options, tw_transformer_encoder_layer_options_init,
        tw_module_transformer_encoder_layer {
        /// Default 2048.
        dim_feedforward: i64,
        /// Default 0.1.
        dropout: f64,
        /// Default ReLU.
        activation: TransformerActivation,
        /// Default 1e-5.
        layer_norm_eps: f64,
        /// Default false.
        batch_first: bool,
        /// Whether it normalizes before attention and feedforward instead of after; default false.
        norm_first: bool,
    }

    /// x, or weight x where x < 0, with a trained weight.
    PRelu(): tw_prelu_options, tw_prelu_options_init, tw_module_prelu {
        /// Default 1; or the number of channels.
        num_parameters: i64,
        /// Default 0.25.
        init: f64,
    }

    /// The Gaussian error linear unit.
    Gelu(): tw_gelu_options, tw_gelu_options_init, tw_module_gelu {
        /// Default exact.
        approximate: GeluApproximation,
    }

    /// log(1 + exp(beta x)) / beta.
    Softplus(): tw_softplus_options, tw_softplus_options_init, tw_module_softplus {
        /// Default 1.
        beta: f64,
        /// Where beta x is above it, x; default 20.
        threshold: f64,
    }
}

impl Embedding {
    /// A table with a row of zeros that is not trained; a negative one counts from the end.
    pub fn build_with_padding_idx(&self, padding_idx: i64) -> Result<Module> {
        let mut options = self.options()?;
        options.has_padding_idx = 1;
        options.padding_idx = padding_idx;
        // SAFETY: the structure is borrowed for the call.
        Module::create(|out| unsafe {
            sys::tw_module_embedding(out, self.num_embeddings, self.embedding_dim, &options)
        })
    }
}
