# The layers of torch.nn, each with Python's name, sizes and keywords.

# ---- of a few numbers

for (name, entry, words) in (
    (:Identity, :tw_module_identity, ()), (:ReLU, :tw_module_relu, ()), (:ReLU6, :tw_module_relu6, ()),
    (:LeakyReLU, :tw_module_leaky_relu, (:negative_slope => 0.01,)), (:ELU, :tw_module_elu, (:alpha => 1.0,)),
    (:CELU, :tw_module_celu, (:alpha => 1.0,)), (:SELU, :tw_module_selu, ()), (:SiLU, :tw_module_silu, ()),
    (:Mish, :tw_module_mish, ()), (:Softsign, :tw_module_softsign, ()), (:Sigmoid, :tw_module_sigmoid, ()),
    (:LogSigmoid, :tw_module_log_sigmoid, ()), (:Tanh, :tw_module_tanh, ()), (:Hardsigmoid, :tw_module_hardsigmoid, ()),
    (:Hardswish, :tw_module_hardswish, ()), (:Hardtanh, :tw_module_hardtanh, (:min_val => -1.0, :max_val => 1.0)),
    (:GLU, :tw_module_glu, (:dim => -1,)), (:Softmax, :tw_module_softmax, (:dim => -1,)),
    (:LogSoftmax, :tw_module_log_softmax, (:dim => -1,)), (:Dropout, :tw_module_dropout, (:p => 0.5,)),
    (:Dropout1d, :tw_module_dropout1d, (:p => 0.5,)), (:Dropout2d, :tw_module_dropout2d, (:p => 0.5,)),
    (:Dropout3d, :tw_module_dropout3d, (:p => 0.5,)), (:AlphaDropout, :tw_module_alpha_dropout, (:p => 0.5,)),
    (:Flatten, :tw_module_flatten, (:start_dim => 1, :end_dim => -1)),
)
    positional = [Expr(:kw, word, default) for (word, default) in words]
    shown = join(["$word = $default" for (word, default) in words], ", ")
    @eval begin
        @doc $("    Torch.$name($shown)\n\nThe layer `torch.nn.$name`.")
        $name($(positional...)) = module_of(out -> LibTW.$entry(out, $(map(first, words)...)))
    end
end

# ---- of sizes, and options as keywords

# A layer of a constructor make(out, settings), where the caller's keywords are options.
optional(make, type, init, given) = module_of(out -> make(out, options(type, init; given...)))

for (name, entry, type, sizes, words) in (
    (:Linear, :tw_module_linear, :tw_linear_options, (:in_features, :out_features), "bias = true"),
    (:BatchNorm1d, :tw_module_batch_norm1d, :tw_batch_norm_options, (:num_features,),
        "eps = 1e-5, momentum = 0.1, cumulative = false, affine = true, track_running_stats = true"),
    (:BatchNorm2d, :tw_module_batch_norm2d, :tw_batch_norm_options, (:num_features,), "as of BatchNorm1d"),
    (:BatchNorm3d, :tw_module_batch_norm3d, :tw_batch_norm_options, (:num_features,), "as of BatchNorm1d"),
    (:GroupNorm, :tw_module_group_norm, :tw_group_norm_options, (:num_groups, :num_channels), "eps = 1e-5, affine = true"),
    (:PReLU, :tw_module_prelu, :tw_prelu_options, (), "num_parameters = 1, init = 0.25"),
    (:GELU, :tw_module_gelu, :tw_gelu_options, (), "approximate = :none"),
    (:Softplus, :tw_module_softplus, :tw_softplus_options, (), "beta = 1, threshold = 20"),
    (:LSTM, :tw_module_lstm, :tw_lstm_options, (:input_size, :hidden_size),
        "num_layers = 1, bias = true, batch_first = false, dropout = 0, bidirectional = false"),
    (:GRU, :tw_module_gru, :tw_gru_options, (:input_size, :hidden_size), "as of LSTM"),
    (:MultiheadAttention, :tw_module_multihead_attention, :tw_multihead_attention_options, (:embed_dim, :num_heads),
        "dropout = 0, bias = true, add_bias_kv = false, add_zero_attn = false, kdim, vdim, batch_first = false"),
    (:TransformerEncoderLayer, :tw_module_transformer_encoder_layer, :tw_transformer_encoder_layer_options, (:d_model, :nhead),
        "dim_feedforward = 2048, dropout = 0.1, activation = :relu, layer_norm_eps = 1e-5, batch_first = false, norm_first = false"),
)
    init = Symbol(type, "_init")
    @eval begin
        @doc $("    Torch.$name($(join(sizes, ", ")); options...)\n\nThe layer `torch.nn.$name`. Options: `$words`.")
        $name($([:($size::Integer) for size in sizes]...); given...) =
            optional((out, settings) -> LibTW.$entry(out, $(sizes...), settings), LibTW.$type, LibTW.$init, given)
    end
end

"""
    Torch.Embedding(num_embeddings, embedding_dim; padding_idx = nothing, max_norm = 0, norm_type = 2, scale_grad_by_freq = false)

The layer `torch.nn.Embedding`: vectors to look up by integers, which count from 0.
"""
function Embedding(num_embeddings::Integer, embedding_dim::Integer; padding_idx::Union{Nothing, Integer} = nothing, given...)
    padded = padding_idx === nothing ? given : (; given..., has_padding_idx = true, padding_idx = padding_idx)
    make = (out, settings) -> LibTW.tw_module_embedding(out, num_embeddings, embedding_dim, settings)
    return optional(make, LibTW.tw_embedding_options, LibTW.tw_embedding_options_init, padded)
end

"""
    Torch.LayerNorm(normalized_shape; eps = 1e-5, elementwise_affine = true)

The layer `torch.nn.LayerNorm`, of the sizes of the last dimensions: a number, or a tuple.
"""
function LayerNorm(normalized_shape; given...)
    sizes = per_group(Int64, normalized_shape)
    make = (out, settings) -> LibTW.tw_module_layer_norm(out, sizes, length(sizes), settings)
    return optional(make, LibTW.tw_layer_norm_options, LibTW.tw_layer_norm_options_init, given)
end

# ---- convolutions and pooling, over one, two and three dimensions

# A window's size as C takes it: a number for one dimension, an array for several.
window(count, size) = count == 1 ? Int64(size) : lengths(count, size)

for (name, entry, type, count, words) in (
    (:Conv1d, :tw_module_conv1d, :tw_conv1d_options, 1, "padding_mode = :zeros"),
    (:Conv2d, :tw_module_conv2d, :tw_conv2d_options, 2, "padding_mode = :zeros"),
    (:Conv3d, :tw_module_conv3d, :tw_conv3d_options, 3, "padding_mode = :zeros"),
    (:ConvTranspose1d, :tw_module_conv_transpose1d, :tw_conv_transpose1d_options, 1, "output_padding = 0"),
    (:ConvTranspose2d, :tw_module_conv_transpose2d, :tw_conv_transpose2d_options, 2, "output_padding = 0"),
    (:ConvTranspose3d, :tw_module_conv_transpose3d, :tw_conv_transpose3d_options, 3, "output_padding = 0"),
)
    init = Symbol(type, "_init")
    @eval begin
        @doc $("""
    Torch.$name(in_channels, out_channels, kernel_size; options...)

The layer `torch.nn.$name`; numbers are for all dimensions, or tuples. Options: `stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, $words`.
""")
        $name(in_channels::Integer, out_channels::Integer, kernel_size; given...) = optional(
            (out, settings) -> LibTW.$entry(out, in_channels, out_channels, window($count, kernel_size), settings),
            LibTW.$type, LibTW.$init, given,
        )
    end
end

for (name, entry, type, count, words) in (
    (:MaxPool1d, :tw_module_max_pool1d, :tw_max_pool1d_options, 1, "dilation = 1"),
    (:MaxPool2d, :tw_module_max_pool2d, :tw_max_pool2d_options, 2, "dilation = 1"),
    (:AvgPool1d, :tw_module_avg_pool1d, :tw_avg_pool1d_options, 1, "count_include_pad = true"),
    (:AvgPool2d, :tw_module_avg_pool2d, :tw_avg_pool2d_options, 2, "count_include_pad = true"),
)
    init = Symbol(type, "_init")
    @eval begin
        @doc $("    Torch.$name(kernel_size; options...)\n\nThe layer `torch.nn.$name`. Options: `stride = kernel_size, padding = 0, ceil_mode = false, $words`.")
        $name(kernel_size; given...) =
            optional((out, settings) -> LibTW.$entry(out, window($count, kernel_size), settings), LibTW.$type, LibTW.$init, given)
    end
end

for (name, entry, count) in (
    (:AdaptiveAvgPool1d, :tw_module_adaptive_avg_pool1d, 1), (:AdaptiveAvgPool2d, :tw_module_adaptive_avg_pool2d, 2),
    (:AdaptiveMaxPool2d, :tw_module_adaptive_max_pool2d, 2),
)
    @eval begin
        @doc $("    Torch.$name(output_size)\n\nThe layer `torch.nn.$name`.")
        $name(output_size) = module_of(out -> LibTW.$entry(out, window($count, output_size)))
    end
end

# ---- of modules

"""
    Torch.Sequential(modules...)

A module that runs its children, named `"0"`, `"1"`, ..., one after the other.
"""
Sequential(modules::NNModule...) = with_pointers(modules, LibTW.tw_module) do pointers
    module_of(out -> LibTW.tw_module_sequential(out, pointers, length(pointers)))
end

"""
    Torch.TransformerEncoder(encoder_layer, num_layers; norm = nothing)

The module `torch.nn.TransformerEncoder`.
"""
TransformerEncoder(encoder_layer::NNModule, num_layers::Integer; norm::Union{Nothing, NNModule} = nothing) =
    module_of(out -> LibTW.tw_module_transformer_encoder(out, encoder_layer, num_layers, norm === nothing ? C_NULL : norm))
