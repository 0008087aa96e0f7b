# Written by bindings/generate/julia.py from the public headers: change those.

"""
The C interface as it is, one function of Julia for each of C, with C's names: `LibTW.tw_lr_scheduler_step(scheduler)`.

The headers of the C library say what each does. Statuses are returned, not thrown. A function that the loaded library does
not have, since it is the core alone, throws a [`TorchWarmupError`](@ref) of status `UNSUPPORTED`.
"""
module LibTW

# The functions' addresses, found when the package is loaded, so that which library it is need not be known before.
const ADDRESSES = fill(C_NULL, 362)
const MISSING = Ref{Any}(name -> error("the library has no $name"))

@inline function address(index::Int)
    found = @inbounds ADDRESSES[index]
    found == C_NULL && MISSING[](FUNCTIONS[index])
    return found
end

# ---- enumerations

@enum tw_status::Int32 begin
    TW_OK = 0
    TW_ERROR_ARGUMENT = 1
    TW_ERROR_TYPE = 2
    TW_ERROR_RANGE = 3
    TW_ERROR_STATE = 4
    TW_ERROR_MEMORY = 5
    TW_ERROR_DEVICE = 6
    TW_ERROR_IO = 7
    TW_ERROR_FORMAT = 8
    TW_ERROR_TORCH = 9
    TW_ERROR_CALLBACK = 10
    TW_ERROR_INTERNAL = 11
    TW_ERROR_NOT_FOUND = 12
    TW_ERROR_CAPACITY = 13
    TW_ERROR_UNSUPPORTED = 14
    TW_ERROR_CANCELLED = 15
    TW_STATUS_UNKNOWN = -1
    TW_STATUS_MAX_ENUM = 2147483647
end

@enum tw_kind::Int32 begin
    TW_KIND_NONE = 0
    TW_KIND_TENSOR = 1
    TW_KIND_INT64 = 2
    TW_KIND_DOUBLE = 3
    TW_KIND_BOOL = 4
    TW_KIND_STRING = 5
    TW_KIND_LIST = 6
    TW_KIND_TUPLE = 7
    TW_KIND_DICT = 8
    TW_KIND_OTHER = 9
    TW_KIND_DTYPE = 10
    TW_KIND_DEVICE = 11
    TW_KIND_MEMORY_FORMAT = 12
    TW_KIND_GENERATOR = 13
    TW_KIND_TENSOR_LIST = 14
    TW_KIND_INT64_LIST = 15
    TW_KIND_DOUBLE_LIST = 16
    TW_KIND_BOOL_LIST = 17
    TW_KIND_UNKNOWN = -1
    TW_KIND_MAX_ENUM = 2147483647
end

@enum tw_memory_format::Int32 begin
    TW_CONTIGUOUS_FORMAT = 0
    TW_PRESERVE_FORMAT = 1
    TW_CHANNELS_LAST = 2
    TW_CHANNELS_LAST_3D = 3
    TW_MEMORY_FORMAT_UNKNOWN = -1
    TW_MEMORY_FORMAT_MAX_ENUM = 2147483647
end

@enum tw_dtype::Int32 begin
    TW_UINT8 = 1
    TW_INT8 = 2
    TW_INT16 = 3
    TW_INT32 = 4
    TW_INT64 = 5
    TW_FLOAT16 = 6
    TW_BFLOAT16 = 7
    TW_FLOAT32 = 8
    TW_FLOAT64 = 9
    TW_BOOL = 10
    TW_DTYPE_UNKNOWN = -1
    TW_DTYPE_MAX_ENUM = 2147483647
end

@enum tw_option::Int32 begin
    TW_OPTION_LR = 0
    TW_OPTION_BETA1 = 1
    TW_OPTION_BETA2 = 2
    TW_OPTION_MOMENTUM = 3
    TW_OPTION_WEIGHT_DECAY = 4
    TW_OPTION_EPS = 5
    TW_OPTION_ALPHA = 6
    TW_OPTION_DAMPENING = 7
    TW_OPTION_LR_DECAY = 8
    TW_OPTION_INITIAL_ACCUMULATOR_VALUE = 9
    TW_OPTION_AMSGRAD = 10
    TW_OPTION_CENTERED = 11
    TW_OPTION_NESTEROV = 12
    TW_OPTION_UNKNOWN = -1
    TW_OPTION_MAX_ENUM = 2147483647
end

@enum tw_difference::Int32 begin
    TW_DIFFERENCE_MISSING = 0
    TW_DIFFERENCE_UNEXPECTED = 1
    TW_DIFFERENCE_MISMATCHED = 2
    TW_DIFFERENCE_UNKNOWN = -1
    TW_DIFFERENCE_MAX_ENUM = 2147483647
end

@enum tw_options_kind::Int32 begin
    TW_OPTIONS_ADAM = 1
    TW_OPTIONS_ADAMW = 2
    TW_OPTIONS_SGD = 3
    TW_OPTIONS_RMSPROP = 4
    TW_OPTIONS_ADAGRAD = 5
    TW_OPTIONS_CYCLIC = 6
    TW_OPTIONS_ONE_CYCLE = 7
    TW_OPTIONS_REDUCE_ON_PLATEAU = 8
    TW_OPTIONS_EMBEDDING = 9
    TW_OPTIONS_BATCH_NORM = 10
    TW_OPTIONS_LAYER_NORM = 11
    TW_OPTIONS_GROUP_NORM = 12
    TW_OPTIONS_CONV1D = 13
    TW_OPTIONS_CONV2D = 14
    TW_OPTIONS_CONV3D = 15
    TW_OPTIONS_CONV_TRANSPOSE1D = 16
    TW_OPTIONS_CONV_TRANSPOSE2D = 17
    TW_OPTIONS_CONV_TRANSPOSE3D = 18
    TW_OPTIONS_MAX_POOL1D = 19
    TW_OPTIONS_MAX_POOL2D = 20
    TW_OPTIONS_AVG_POOL1D = 21
    TW_OPTIONS_AVG_POOL2D = 22
    TW_OPTIONS_LSTM = 23
    TW_OPTIONS_GRU = 24
    TW_OPTIONS_MULTIHEAD_ATTENTION = 25
    TW_OPTIONS_TRANSFORMER_ENCODER_LAYER = 26
    TW_OPTIONS_PRELU = 27
    TW_OPTIONS_SOFTPLUS = 28
    TW_OPTIONS_GELU = 29
    TW_OPTIONS_CROSS_ENTROPY = 30
    TW_OPTIONS_NLL_LOSS = 31
    TW_OPTIONS_MSE_LOSS = 32
    TW_OPTIONS_BINARY_CROSS_ENTROPY_WITH_LOGITS = 33
    TW_OPTIONS_OP_CONV2D = 34
    TW_OPTIONS_OP_MAX_POOL2D = 35
    TW_OPTIONS_LINEAR = 36
    TW_OPTIONS_KIND_UNKNOWN = -1
    TW_OPTIONS_KIND_MAX_ENUM = 2147483647
end

@enum tw_handle_kind::Int32 begin
    TW_HANDLE_OPTIMIZER = 0
    TW_HANDLE_LR_SCHEDULER = 1
    TW_HANDLE_WARMUP = 2
    TW_HANDLE_TENSOR = 3
    TW_HANDLE_TENSOR_LIST = 4
    TW_HANDLE_GENERATOR = 5
    TW_HANDLE_MODULE = 6
    TW_HANDLE_MODULE_DIFFERENCES = 7
    TW_HANDLE_VALUE = 8
    TW_HANDLE_CHECKPOINT = 9
    TW_HANDLE_KIND_UNKNOWN = -1
    TW_HANDLE_KIND_MAX_ENUM = 2147483647
end

@enum tw_gelu_approximation::Int32 begin
    TW_GELU_APPROXIMATION_NONE = 0
    TW_GELU_APPROXIMATION_TANH = 1
    TW_GELU_APPROXIMATION_UNKNOWN = -1
    TW_GELU_APPROXIMATION_MAX_ENUM = 2147483647
end

@enum tw_conv_padding_mode::Int32 begin
    TW_CONV_PADDING_ZEROS = 0
    TW_CONV_PADDING_REFLECT = 1
    TW_CONV_PADDING_REPLICATE = 2
    TW_CONV_PADDING_CIRCULAR = 3
    TW_CONV_PADDING_MODE_UNKNOWN = -1
    TW_CONV_PADDING_MODE_MAX_ENUM = 2147483647
end

@enum tw_transformer_activation::Int32 begin
    TW_TRANSFORMER_ACTIVATION_RELU = 1
    TW_TRANSFORMER_ACTIVATION_GELU = 2
    TW_TRANSFORMER_ACTIVATION_UNKNOWN = -1
    TW_TRANSFORMER_ACTIVATION_MAX_ENUM = 2147483647
end

@enum tw_reduction::Int32 begin
    TW_REDUCTION_NONE = 0
    TW_REDUCTION_MEAN = 1
    TW_REDUCTION_SUM = 2
    TW_REDUCTION_UNKNOWN = -1
    TW_REDUCTION_MAX_ENUM = 2147483647
end

@enum tw_lr_decay::Int32 begin
    TW_LR_DECAY_LINEAR = 0
    TW_LR_DECAY_COSINE = 1
    TW_LR_DECAY_SQRT = 2
    TW_LR_DECAY_UNKNOWN = -1
    TW_LR_DECAY_MAX_ENUM = 2147483647
end

@enum tw_cyclic_mode::Int32 begin
    TW_CYCLIC_TRIANGULAR = 0
    TW_CYCLIC_TRIANGULAR2 = 1
    TW_CYCLIC_EXP_RANGE = 2
    TW_CYCLIC_CUSTOM = 3
    TW_CYCLIC_MODE_UNKNOWN = -1
    TW_CYCLIC_MODE_MAX_ENUM = 2147483647
end

@enum tw_cyclic_scale_mode::Int32 begin
    TW_CYCLIC_SCALE_CYCLE = 0
    TW_CYCLIC_SCALE_ITERATIONS = 1
    TW_CYCLIC_SCALE_MODE_UNKNOWN = -1
    TW_CYCLIC_SCALE_MODE_MAX_ENUM = 2147483647
end

@enum tw_one_cycle_anneal::Int32 begin
    TW_ONE_CYCLE_ANNEAL_COS = 0
    TW_ONE_CYCLE_ANNEAL_LINEAR = 1
    TW_ONE_CYCLE_ANNEAL_UNKNOWN = -1
    TW_ONE_CYCLE_ANNEAL_MAX_ENUM = 2147483647
end

@enum tw_plateau_mode::Int32 begin
    TW_PLATEAU_MIN = 0
    TW_PLATEAU_MAX = 1
    TW_PLATEAU_MODE_UNKNOWN = -1
    TW_PLATEAU_MODE_MAX_ENUM = 2147483647
end

@enum tw_plateau_threshold_mode::Int32 begin
    TW_PLATEAU_THRESHOLD_REL = 0
    TW_PLATEAU_THRESHOLD_ABS = 1
    TW_PLATEAU_THRESHOLD_MODE_UNKNOWN = -1
    TW_PLATEAU_THRESHOLD_MODE_MAX_ENUM = 2147483647
end

# ---- constants

const TW_VERSION_MAJOR = 0
const TW_VERSION_MINOR = 2
const TW_VERSION_PATCH = 0

# ---- handles

mutable struct tw_generator end
mutable struct tw_tensor end
mutable struct tw_optimizer end
mutable struct tw_lr_scheduler end
mutable struct tw_tensor_list end
mutable struct tw_module end
mutable struct tw_value end
mutable struct tw_warmup end
mutable struct tw_checkpoint end
mutable struct tw_module_differences end

# ---- structures

struct tw_argument
    name::Ptr{UInt8}
    kind::tw_kind
    reserved::Int32
    integer::Int64
    real::Cdouble
    pointer::Ptr{Cvoid}
    count::Csize_t
    reserved_words::NTuple{2, UInt64}
end

struct tw_optimizer_interface
    struct_size::Csize_t
    class_name::Ptr{UInt8}
    group_count::Ptr{Cvoid}
    get::Ptr{Cvoid}
    set::Ptr{Cvoid}
    release::Ptr{Cvoid}
end

struct tw_op_conv2d_options
    struct_size::Csize_t
    kind::Int32
    reserved::Int32
    stride::NTuple{2, Int64}
    padding::NTuple{2, Int64}
    dilation::NTuple{2, Int64}
    groups::Int64
end

struct tw_op_max_pool2d_options
    struct_size::Csize_t
    kind::Int32
    ceil_mode::Int32
    stride::NTuple{2, Int64}
    padding::NTuple{2, Int64}
    dilation::NTuple{2, Int64}
end

struct tw_prelu_options
    struct_size::Csize_t
    kind::Int32
    reserved::Int32
    num_parameters::Int64
    init::Cdouble
end

struct tw_gelu_options
    struct_size::Csize_t
    kind::Int32
    approximate::tw_gelu_approximation
end

struct tw_softplus_options
    struct_size::Csize_t
    kind::Int32
    reserved::Int32
    beta::Cdouble
    threshold::Cdouble
end

struct tw_conv1d_options
    struct_size::Csize_t
    kind::Int32
    reserved::Int32
    stride::Int64
    padding::Int64
    dilation::Int64
    groups::Int64
    bias::Int32
    padding_mode::tw_conv_padding_mode
end

struct tw_conv2d_options
    struct_size::Csize_t
    kind::Int32
    reserved::Int32
    stride::NTuple{2, Int64}
    padding::NTuple{2, Int64}
    dilation::NTuple{2, Int64}
    groups::Int64
    bias::Int32
    padding_mode::tw_conv_padding_mode
end

struct tw_conv3d_options
    struct_size::Csize_t
    kind::Int32
    reserved::Int32
    stride::NTuple{3, Int64}
    padding::NTuple{3, Int64}
    dilation::NTuple{3, Int64}
    groups::Int64
    bias::Int32
    padding_mode::tw_conv_padding_mode
end

struct tw_conv_transpose1d_options
    struct_size::Csize_t
    kind::Int32
    bias::Int32
    stride::Int64
    padding::Int64
    output_padding::Int64
    dilation::Int64
    groups::Int64
end

struct tw_conv_transpose2d_options
    struct_size::Csize_t
    kind::Int32
    bias::Int32
    stride::NTuple{2, Int64}
    padding::NTuple{2, Int64}
    output_padding::NTuple{2, Int64}
    dilation::NTuple{2, Int64}
    groups::Int64
end

struct tw_conv_transpose3d_options
    struct_size::Csize_t
    kind::Int32
    bias::Int32
    stride::NTuple{3, Int64}
    padding::NTuple{3, Int64}
    output_padding::NTuple{3, Int64}
    dilation::NTuple{3, Int64}
    groups::Int64
end

struct tw_max_pool1d_options
    struct_size::Csize_t
    kind::Int32
    ceil_mode::Int32
    stride::Int64
    padding::Int64
    dilation::Int64
end

struct tw_max_pool2d_options
    struct_size::Csize_t
    kind::Int32
    ceil_mode::Int32
    stride::NTuple{2, Int64}
    padding::NTuple{2, Int64}
    dilation::NTuple{2, Int64}
end

struct tw_avg_pool1d_options
    struct_size::Csize_t
    kind::Int32
    reserved::Int32
    stride::Int64
    padding::Int64
    ceil_mode::Int32
    count_include_pad::Int32
end

struct tw_avg_pool2d_options
    struct_size::Csize_t
    kind::Int32
    reserved::Int32
    stride::NTuple{2, Int64}
    padding::NTuple{2, Int64}
    ceil_mode::Int32
    count_include_pad::Int32
    divisor_override::Int64
end

struct tw_lstm_options
    struct_size::Csize_t
    kind::Int32
    bias::Int32
    num_layers::Int64
    dropout::Cdouble
    batch_first::Int32
    bidirectional::Int32
end

struct tw_gru_options
    struct_size::Csize_t
    kind::Int32
    bias::Int32
    num_layers::Int64
    dropout::Cdouble
    batch_first::Int32
    bidirectional::Int32
end

struct tw_multihead_attention_options
    struct_size::Csize_t
    kind::Int32
    reserved::Int32
    dropout::Cdouble
    kdim::Int64
    vdim::Int64
    bias::Int32
    add_bias_kv::Int32
    add_zero_attn::Int32
    batch_first::Int32
end

struct tw_transformer_encoder_layer_options
    struct_size::Csize_t
    kind::Int32
    activation::tw_transformer_activation
    dim_feedforward::Int64
    dropout::Cdouble
    layer_norm_eps::Cdouble
    batch_first::Int32
    norm_first::Int32
end

struct tw_linear_options
    struct_size::Csize_t
    kind::Int32
    bias::Int32
end

struct tw_embedding_options
    struct_size::Csize_t
    kind::Int32
    has_padding_idx::Int32
    padding_idx::Int64
    max_norm::Cdouble
    norm_type::Cdouble
    scale_grad_by_freq::Int32
    reserved::Int32
end

struct tw_batch_norm_options
    struct_size::Csize_t
    kind::Int32
    cumulative::Int32
    eps::Cdouble
    momentum::Cdouble
    affine::Int32
    track_running_stats::Int32
end

struct tw_layer_norm_options
    struct_size::Csize_t
    kind::Int32
    elementwise_affine::Int32
    eps::Cdouble
end

struct tw_group_norm_options
    struct_size::Csize_t
    kind::Int32
    affine::Int32
    eps::Cdouble
end

struct tw_cross_entropy_options
    struct_size::Csize_t
    kind::Int32
    reduction::tw_reduction
    weight::Ptr{tw_tensor}
    ignore_index::Int64
    label_smoothing::Cdouble
end

struct tw_nll_loss_options
    struct_size::Csize_t
    kind::Int32
    reduction::tw_reduction
    weight::Ptr{tw_tensor}
    ignore_index::Int64
end

struct tw_binary_cross_entropy_with_logits_options
    struct_size::Csize_t
    kind::Int32
    reduction::tw_reduction
    weight::Ptr{tw_tensor}
    pos_weight::Ptr{tw_tensor}
end

struct tw_mse_loss_options
    struct_size::Csize_t
    kind::Int32
    reduction::tw_reduction
    weight::Ptr{tw_tensor}
end

struct tw_cyclic_options
    struct_size::Csize_t
    kind::Int32
    cycle_momentum::Int32
    step_size_up::Cdouble
    step_size_down::Cdouble
    mode::tw_cyclic_mode
    scale_mode::tw_cyclic_scale_mode
    gamma::Cdouble
    scale_fn::Ptr{Cvoid}
    scale_context::Ptr{Cvoid}
    scale_release::Ptr{Cvoid}
    momentum_count::Csize_t
    base_momentum::Ptr{Cdouble}
    max_momentum::Ptr{Cdouble}
end

struct tw_one_cycle_options
    struct_size::Csize_t
    kind::Int32
    cycle_momentum::Int32
    pct_start::Cdouble
    anneal_strategy::tw_one_cycle_anneal
    three_phase::Int32
    div_factor::Cdouble
    final_div_factor::Cdouble
    momentum_count::Csize_t
    base_momentum::Ptr{Cdouble}
    max_momentum::Ptr{Cdouble}
end

struct tw_reduce_on_plateau_options
    struct_size::Csize_t
    kind::Int32
    reserved::Int32
    mode::tw_plateau_mode
    threshold_mode::tw_plateau_threshold_mode
    factor::Cdouble
    patience::Int64
    threshold::Cdouble
    cooldown::Int64
    min_lr_count::Csize_t
    min_lr::Ptr{Cdouble}
    eps::Cdouble
end

struct tw_adam_options
    struct_size::Csize_t
    kind::Int32
    amsgrad::Int32
    lr::Cdouble
    betas::NTuple{2, Cdouble}
    eps::Cdouble
    weight_decay::Cdouble
end

struct tw_adamw_options
    struct_size::Csize_t
    kind::Int32
    amsgrad::Int32
    lr::Cdouble
    betas::NTuple{2, Cdouble}
    eps::Cdouble
    weight_decay::Cdouble
end

struct tw_sgd_options
    struct_size::Csize_t
    kind::Int32
    nesterov::Int32
    lr::Cdouble
    momentum::Cdouble
    dampening::Cdouble
    weight_decay::Cdouble
end

struct tw_rmsprop_options
    struct_size::Csize_t
    kind::Int32
    centered::Int32
    lr::Cdouble
    alpha::Cdouble
    eps::Cdouble
    weight_decay::Cdouble
    momentum::Cdouble
end

struct tw_adagrad_options
    struct_size::Csize_t
    kind::Int32
    reserved::Int32
    lr::Cdouble
    lr_decay::Cdouble
    weight_decay::Cdouble
    initial_accumulator_value::Cdouble
    eps::Cdouble
end

# ---- functions

const FUNCTIONS = (
    :tw_adagrad_options_init,
    :tw_adam_options_init,
    :tw_adamw_options_init,
    :tw_argument_bool,
    :tw_argument_bool_list,
    :tw_argument_device,
    :tw_argument_double,
    :tw_argument_double_list,
    :tw_argument_dtype,
    :tw_argument_generator,
    :tw_argument_int64,
    :tw_argument_int64_list,
    :tw_argument_memory_format,
    :tw_argument_none,
    :tw_argument_set_name,
    :tw_argument_string,
    :tw_argument_tensor,
    :tw_argument_tensor_list,
    :tw_avg_pool1d_options_init,
    :tw_avg_pool2d_options_init,
    :tw_batch_norm_options_init,
    :tw_binary_cross_entropy_with_logits_options_init,
    :tw_checkpoint_clone,
    :tw_checkpoint_compare_module,
    :tw_checkpoint_copy_tensor,
    :tw_checkpoint_create,
    :tw_checkpoint_free,
    :tw_checkpoint_from_value,
    :tw_checkpoint_get_double,
    :tw_checkpoint_get_int64,
    :tw_checkpoint_get_key,
    :tw_checkpoint_get_key_count,
    :tw_checkpoint_get_kind,
    :tw_checkpoint_get_string,
    :tw_checkpoint_get_tensor,
    :tw_checkpoint_get_value,
    :tw_checkpoint_has,
    :tw_checkpoint_load,
    :tw_checkpoint_load_safetensors,
    :tw_checkpoint_put_double,
    :tw_checkpoint_put_generator,
    :tw_checkpoint_put_int64,
    :tw_checkpoint_put_lr_scheduler,
    :tw_checkpoint_put_module,
    :tw_checkpoint_put_optimizer,
    :tw_checkpoint_put_rng_state,
    :tw_checkpoint_put_string,
    :tw_checkpoint_put_tensor,
    :tw_checkpoint_put_value,
    :tw_checkpoint_put_warmup,
    :tw_checkpoint_restore_generator,
    :tw_checkpoint_restore_lr_scheduler,
    :tw_checkpoint_restore_module,
    :tw_checkpoint_restore_optimizer,
    :tw_checkpoint_restore_rng_state,
    :tw_checkpoint_restore_warmup,
    :tw_checkpoint_save,
    :tw_checkpoint_save_safetensors,
    :tw_conv1d_options_init,
    :tw_conv2d_options_init,
    :tw_conv3d_options_init,
    :tw_conv_transpose1d_options_init,
    :tw_conv_transpose2d_options_init,
    :tw_conv_transpose3d_options_init,
    :tw_cross_entropy_options_init,
    :tw_cuda_get_device_count,
    :tw_cuda_is_available,
    :tw_cyclic_options_init,
    :tw_embedding_options_init,
    :tw_gelu_options_init,
    :tw_generator_create,
    :tw_generator_free,
    :tw_generator_manual_seed,
    :tw_get_num_threads,
    :tw_group_norm_options_init,
    :tw_gru_options_init,
    :tw_handle_kind_name,
    :tw_last_error,
    :tw_last_error_copy,
    :tw_layer_norm_options_init,
    :tw_linear_options_init,
    :tw_live_handles,
    :tw_lr_scheduler_chained,
    :tw_lr_scheduler_clone,
    :tw_lr_scheduler_constant,
    :tw_lr_scheduler_cosine_annealing,
    :tw_lr_scheduler_cosine_annealing_warm_restarts,
    :tw_lr_scheduler_cyclic,
    :tw_lr_scheduler_exponential,
    :tw_lr_scheduler_free,
    :tw_lr_scheduler_get_base_lrs,
    :tw_lr_scheduler_get_group_count,
    :tw_lr_scheduler_get_last_epoch,
    :tw_lr_scheduler_get_last_lrs,
    :tw_lr_scheduler_get_state,
    :tw_lr_scheduler_inverse_sqrt,
    :tw_lr_scheduler_lambda,
    :tw_lr_scheduler_linear,
    :tw_lr_scheduler_multi_step,
    :tw_lr_scheduler_multiplicative,
    :tw_lr_scheduler_one_cycle,
    :tw_lr_scheduler_polynomial,
    :tw_lr_scheduler_preview,
    :tw_lr_scheduler_reduce_on_plateau,
    :tw_lr_scheduler_sequential,
    :tw_lr_scheduler_set_last_epoch,
    :tw_lr_scheduler_set_state,
    :tw_lr_scheduler_step,
    :tw_lr_scheduler_step_at,
    :tw_lr_scheduler_step_lr,
    :tw_lr_scheduler_step_metric,
    :tw_lr_scheduler_warmup_stable_decay,
    :tw_lstm_options_init,
    :tw_manual_seed,
    :tw_max_pool1d_options_init,
    :tw_max_pool2d_options_init,
    :tw_module_adaptive_avg_pool1d,
    :tw_module_adaptive_avg_pool2d,
    :tw_module_adaptive_max_pool2d,
    :tw_module_alpha_dropout,
    :tw_module_avg_pool1d,
    :tw_module_avg_pool2d,
    :tw_module_batch_norm1d,
    :tw_module_batch_norm2d,
    :tw_module_batch_norm3d,
    :tw_module_call_method,
    :tw_module_celu,
    :tw_module_conv1d,
    :tw_module_conv2d,
    :tw_module_conv3d,
    :tw_module_conv_transpose1d,
    :tw_module_conv_transpose2d,
    :tw_module_conv_transpose3d,
    :tw_module_custom,
    :tw_module_differences_free,
    :tw_module_differences_get_count,
    :tw_module_differences_get_name,
    :tw_module_dropout,
    :tw_module_dropout1d,
    :tw_module_dropout2d,
    :tw_module_dropout3d,
    :tw_module_elu,
    :tw_module_embedding,
    :tw_module_flatten,
    :tw_module_forward,
    :tw_module_forward_all,
    :tw_module_free,
    :tw_module_gelu,
    :tw_module_get_module,
    :tw_module_get_parameter_name,
    :tw_module_get_parameters,
    :tw_module_get_tensor,
    :tw_module_glu,
    :tw_module_group_norm,
    :tw_module_gru,
    :tw_module_hardsigmoid,
    :tw_module_hardswish,
    :tw_module_hardtanh,
    :tw_module_has_method,
    :tw_module_identity,
    :tw_module_is_training,
    :tw_module_layer_norm,
    :tw_module_leaky_relu,
    :tw_module_linear,
    :tw_module_load_torchscript,
    :tw_module_load_torchscript_memory,
    :tw_module_log_sigmoid,
    :tw_module_log_softmax,
    :tw_module_lstm,
    :tw_module_max_pool1d,
    :tw_module_max_pool2d,
    :tw_module_mish,
    :tw_module_move_to,
    :tw_module_multihead_attention,
    :tw_module_prelu,
    :tw_module_register_buffer,
    :tw_module_register_module,
    :tw_module_register_parameter,
    :tw_module_relu,
    :tw_module_relu6,
    :tw_module_save_torchscript,
    :tw_module_selu,
    :tw_module_sequential,
    :tw_module_sigmoid,
    :tw_module_silu,
    :tw_module_softmax,
    :tw_module_softplus,
    :tw_module_softsign,
    :tw_module_tanh,
    :tw_module_train,
    :tw_module_transformer_encoder,
    :tw_module_transformer_encoder_layer,
    :tw_module_zero_grad,
    :tw_mse_loss_options_init,
    :tw_multihead_attention_options_init,
    :tw_nll_loss_options_init,
    :tw_one_cycle_options_init,
    :tw_op_add,
    :tw_op_add_double,
    :tw_op_add_int64,
    :tw_op_argmax,
    :tw_op_binary_cross_entropy_with_logits,
    :tw_op_call,
    :tw_op_call_one,
    :tw_op_cat,
    :tw_op_conv2d,
    :tw_op_conv2d_options_init,
    :tw_op_cross_entropy,
    :tw_op_div,
    :tw_op_dropout,
    :tw_op_eq,
    :tw_op_exp,
    :tw_op_flatten,
    :tw_op_gelu,
    :tw_op_linear,
    :tw_op_log,
    :tw_op_log_softmax,
    :tw_op_matmul,
    :tw_op_max_pool2d,
    :tw_op_max_pool2d_options_init,
    :tw_op_mean,
    :tw_op_mse_loss,
    :tw_op_mul,
    :tw_op_mul_double,
    :tw_op_mul_int64,
    :tw_op_neg,
    :tw_op_nll_loss,
    :tw_op_pow_double,
    :tw_op_pow_int64,
    :tw_op_relu,
    :tw_op_reshape,
    :tw_op_sigmoid,
    :tw_op_softmax,
    :tw_op_sqrt,
    :tw_op_sub,
    :tw_op_sum,
    :tw_op_tanh,
    :tw_op_transpose,
    :tw_optimizer_adagrad,
    :tw_optimizer_adam,
    :tw_optimizer_adamw,
    :tw_optimizer_add_param_group,
    :tw_optimizer_borrow,
    :tw_optimizer_custom,
    :tw_optimizer_detach,
    :tw_optimizer_free,
    :tw_optimizer_get_class_name,
    :tw_optimizer_get_group_count,
    :tw_optimizer_get_lr,
    :tw_optimizer_get_lrs,
    :tw_optimizer_get_option,
    :tw_optimizer_rates,
    :tw_optimizer_rmsprop,
    :tw_optimizer_set_lr,
    :tw_optimizer_set_option,
    :tw_optimizer_sgd,
    :tw_optimizer_step,
    :tw_optimizer_zero_grad,
    :tw_option_name,
    :tw_prelu_options_init,
    :tw_reduce_on_plateau_options_init,
    :tw_restart_with_patient_threads,
    :tw_rmsprop_options_init,
    :tw_set_grad_enabled,
    :tw_set_last_error,
    :tw_set_num_threads,
    :tw_sgd_options_init,
    :tw_softplus_options_init,
    :tw_status_name,
    :tw_tensor_arange_double,
    :tw_tensor_arange_int64,
    :tw_tensor_backward,
    :tw_tensor_clone,
    :tw_tensor_copy_data,
    :tw_tensor_copy_from,
    :tw_tensor_detach,
    :tw_tensor_empty,
    :tw_tensor_format,
    :tw_tensor_free,
    :tw_tensor_from_blob,
    :tw_tensor_from_data,
    :tw_tensor_from_dlpack,
    :tw_tensor_from_dlpack_versioned,
    :tw_tensor_from_torch,
    :tw_tensor_full_double,
    :tw_tensor_full_int64,
    :tw_tensor_get_data_ptr,
    :tw_tensor_get_device,
    :tw_tensor_get_dtype,
    :tw_tensor_get_grad,
    :tw_tensor_get_item_double,
    :tw_tensor_get_item_int64,
    :tw_tensor_get_ndim,
    :tw_tensor_get_numel,
    :tw_tensor_get_requires_grad,
    :tw_tensor_get_sizes,
    :tw_tensor_get_strides,
    :tw_tensor_get_torch,
    :tw_tensor_list_create,
    :tw_tensor_list_free,
    :tw_tensor_list_get,
    :tw_tensor_list_get_count,
    :tw_tensor_list_get_data,
    :tw_tensor_ones,
    :tw_tensor_rand,
    :tw_tensor_randn,
    :tw_tensor_set_grad,
    :tw_tensor_set_requires_grad,
    :tw_tensor_share,
    :tw_tensor_to_device,
    :tw_tensor_to_dlpack,
    :tw_tensor_to_dlpack_versioned,
    :tw_tensor_to_dtype,
    :tw_tensor_zeros,
    :tw_torch_cxx11_abi,
    :tw_torch_version,
    :tw_transformer_encoder_layer_options_init,
    :tw_value_bool,
    :tw_value_dict,
    :tw_value_double,
    :tw_value_find,
    :tw_value_free,
    :tw_value_get_bool,
    :tw_value_get_double,
    :tw_value_get_int64,
    :tw_value_get_item,
    :tw_value_get_key,
    :tw_value_get_kind,
    :tw_value_get_size,
    :tw_value_get_string,
    :tw_value_get_tensor,
    :tw_value_get_type_name,
    :tw_value_int64,
    :tw_value_list,
    :tw_value_none,
    :tw_value_string,
    :tw_value_tensor,
    :tw_value_tuple,
    :tw_version,
    :tw_version_number,
    :tw_warmup_custom,
    :tw_warmup_dampen,
    :tw_warmup_dampen_at,
    :tw_warmup_dampening_begin,
    :tw_warmup_dampening_cancel,
    :tw_warmup_dampening_end,
    :tw_warmup_detach,
    :tw_warmup_exponential,
    :tw_warmup_free,
    :tw_warmup_get_factor,
    :tw_warmup_get_group_count,
    :tw_warmup_get_last_step,
    :tw_warmup_get_state,
    :tw_warmup_get_undampened_lrs,
    :tw_warmup_linear,
    :tw_warmup_preview,
    :tw_warmup_radam,
    :tw_warmup_set_last_step,
    :tw_warmup_set_state,
    :tw_warmup_step,
    :tw_warmup_untuned_exponential,
    :tw_warmup_untuned_linear,
)

# tw_status tw_adagrad_options_init(tw_adagrad_options *options, size_t struct_size)
function tw_adagrad_options_init(options, struct_size)
    return ccall(address(1), tw_status, (Ptr{tw_adagrad_options}, Csize_t), options, struct_size)
end

# tw_status tw_adam_options_init(tw_adam_options *options, size_t struct_size)
function tw_adam_options_init(options, struct_size)
    return ccall(address(2), tw_status, (Ptr{tw_adam_options}, Csize_t), options, struct_size)
end

# tw_status tw_adamw_options_init(tw_adamw_options *options, size_t struct_size)
function tw_adamw_options_init(options, struct_size)
    return ccall(address(3), tw_status, (Ptr{tw_adamw_options}, Csize_t), options, struct_size)
end

# tw_status tw_argument_bool(tw_argument *out, int32_t value)
function tw_argument_bool(out, value)
    return ccall(address(4), tw_status, (Ptr{tw_argument}, Int32), out, value)
end

# tw_status tw_argument_bool_list(tw_argument *out, const int32_t *values, size_t count)
function tw_argument_bool_list(out, values, count)
    return ccall(address(5), tw_status, (Ptr{tw_argument}, Ptr{Int32}, Csize_t), out, values, count)
end

# tw_status tw_argument_device(tw_argument *out, const char *device)
function tw_argument_device(out, device)
    return ccall(address(6), tw_status, (Ptr{tw_argument}, Cstring), out, device)
end

# tw_status tw_argument_double(tw_argument *out, double value)
function tw_argument_double(out, value)
    return ccall(address(7), tw_status, (Ptr{tw_argument}, Cdouble), out, value)
end

# tw_status tw_argument_double_list(tw_argument *out, const double *values, size_t count)
function tw_argument_double_list(out, values, count)
    return ccall(address(8), tw_status, (Ptr{tw_argument}, Ptr{Cdouble}, Csize_t), out, values, count)
end

# tw_status tw_argument_dtype(tw_argument *out, tw_dtype dtype)
function tw_argument_dtype(out, dtype)
    return ccall(address(9), tw_status, (Ptr{tw_argument}, tw_dtype), out, dtype)
end

# tw_status tw_argument_generator(tw_argument *out, const tw_generator *generator)
function tw_argument_generator(out, generator)
    return ccall(address(10), tw_status, (Ptr{tw_argument}, Ptr{tw_generator}), out, generator)
end

# tw_status tw_argument_int64(tw_argument *out, int64_t value)
function tw_argument_int64(out, value)
    return ccall(address(11), tw_status, (Ptr{tw_argument}, Int64), out, value)
end

# tw_status tw_argument_int64_list(tw_argument *out, const int64_t *values, size_t count)
function tw_argument_int64_list(out, values, count)
    return ccall(address(12), tw_status, (Ptr{tw_argument}, Ptr{Int64}, Csize_t), out, values, count)
end

# tw_status tw_argument_memory_format(tw_argument *out, tw_memory_format format)
function tw_argument_memory_format(out, format)
    return ccall(address(13), tw_status, (Ptr{tw_argument}, tw_memory_format), out, format)
end

# tw_status tw_argument_none(tw_argument *out)
function tw_argument_none(out)
    return ccall(address(14), tw_status, (Ptr{tw_argument},), out)
end

# tw_status tw_argument_set_name(tw_argument *argument, const char *name)
function tw_argument_set_name(argument, name)
    return ccall(address(15), tw_status, (Ptr{tw_argument}, Cstring), argument, name)
end

# tw_status tw_argument_string(tw_argument *out, const char *value)
function tw_argument_string(out, value)
    return ccall(address(16), tw_status, (Ptr{tw_argument}, Cstring), out, value)
end

# tw_status tw_argument_tensor(tw_argument *out, const tw_tensor *tensor)
function tw_argument_tensor(out, tensor)
    return ccall(address(17), tw_status, (Ptr{tw_argument}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_argument_tensor_list(tw_argument *out, tw_tensor *const *tensors, size_t count)
function tw_argument_tensor_list(out, tensors, count)
    return ccall(address(18), tw_status, (Ptr{tw_argument}, Ptr{Ptr{tw_tensor}}, Csize_t), out, tensors, count)
end

# tw_status tw_avg_pool1d_options_init(tw_avg_pool1d_options *options, size_t struct_size)
function tw_avg_pool1d_options_init(options, struct_size)
    return ccall(address(19), tw_status, (Ptr{tw_avg_pool1d_options}, Csize_t), options, struct_size)
end

# tw_status tw_avg_pool2d_options_init(tw_avg_pool2d_options *options, size_t struct_size)
function tw_avg_pool2d_options_init(options, struct_size)
    return ccall(address(20), tw_status, (Ptr{tw_avg_pool2d_options}, Csize_t), options, struct_size)
end

# tw_status tw_batch_norm_options_init(tw_batch_norm_options *options, size_t struct_size)
function tw_batch_norm_options_init(options, struct_size)
    return ccall(address(21), tw_status, (Ptr{tw_batch_norm_options}, Csize_t), options, struct_size)
end

# tw_status tw_binary_cross_entropy_with_logits_options_init(tw_binary_cross_entropy_with_logits_options *options, size_t struct_size)
function tw_binary_cross_entropy_with_logits_options_init(options, struct_size)
    return ccall(address(22), tw_status, (Ptr{tw_binary_cross_entropy_with_logits_options}, Csize_t), options, struct_size)
end

# tw_status tw_checkpoint_clone(tw_checkpoint **out, const tw_checkpoint *checkpoint)
function tw_checkpoint_clone(out, checkpoint)
    return ccall(address(23), tw_status, (Ptr{Ptr{tw_checkpoint}}, Ptr{tw_checkpoint}), out, checkpoint)
end

# tw_status tw_checkpoint_compare_module(tw_module_differences **out, const tw_module *module, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_compare_module(out, module_, checkpoint, key)
    return ccall(address(24), tw_status, (Ptr{Ptr{tw_module_differences}}, Ptr{tw_module}, Ptr{tw_checkpoint}, Cstring), out, module_, checkpoint, key)
end

# tw_status tw_checkpoint_copy_tensor(tw_tensor *tensor, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_copy_tensor(tensor, checkpoint, key)
    return ccall(address(25), tw_status, (Ptr{tw_tensor}, Ptr{tw_checkpoint}, Cstring), tensor, checkpoint, key)
end

# tw_status tw_checkpoint_create(tw_checkpoint **out)
function tw_checkpoint_create(out)
    return ccall(address(26), tw_status, (Ptr{Ptr{tw_checkpoint}},), out)
end

# void tw_checkpoint_free(tw_checkpoint *checkpoint)
function tw_checkpoint_free(checkpoint)
    return ccall(address(27), Cvoid, (Ptr{tw_checkpoint},), checkpoint)
end

# tw_status tw_checkpoint_from_value(tw_checkpoint **out, const tw_value *value, const char *prefix)
function tw_checkpoint_from_value(out, value, prefix)
    return ccall(address(28), tw_status, (Ptr{Ptr{tw_checkpoint}}, Ptr{tw_value}, Cstring), out, value, prefix)
end

# tw_status tw_checkpoint_get_double(double *out, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_get_double(out, checkpoint, key)
    return ccall(address(29), tw_status, (Ptr{Cdouble}, Ptr{tw_checkpoint}, Cstring), out, checkpoint, key)
end

# tw_status tw_checkpoint_get_int64(int64_t *out, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_get_int64(out, checkpoint, key)
    return ccall(address(30), tw_status, (Ptr{Int64}, Ptr{tw_checkpoint}, Cstring), out, checkpoint, key)
end

# tw_status tw_checkpoint_get_key(char *out, size_t capacity, size_t *needed, const tw_checkpoint *checkpoint, size_t index)
function tw_checkpoint_get_key(out, capacity, needed, checkpoint, index)
    return ccall(address(31), tw_status, (Ptr{UInt8}, Csize_t, Ptr{Csize_t}, Ptr{tw_checkpoint}, Csize_t), out, capacity, needed, checkpoint, index)
end

# tw_status tw_checkpoint_get_key_count(size_t *out, const tw_checkpoint *checkpoint)
function tw_checkpoint_get_key_count(out, checkpoint)
    return ccall(address(32), tw_status, (Ptr{Csize_t}, Ptr{tw_checkpoint}), out, checkpoint)
end

# tw_status tw_checkpoint_get_kind(tw_kind *out, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_get_kind(out, checkpoint, key)
    return ccall(address(33), tw_status, (Ptr{tw_kind}, Ptr{tw_checkpoint}, Cstring), out, checkpoint, key)
end

# tw_status tw_checkpoint_get_string(char *out, size_t capacity, size_t *needed, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_get_string(out, capacity, needed, checkpoint, key)
    return ccall(address(34), tw_status, (Ptr{UInt8}, Csize_t, Ptr{Csize_t}, Ptr{tw_checkpoint}, Cstring), out, capacity, needed, checkpoint, key)
end

# tw_status tw_checkpoint_get_tensor(tw_tensor **out, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_get_tensor(out, checkpoint, key)
    return ccall(address(35), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_checkpoint}, Cstring), out, checkpoint, key)
end

# tw_status tw_checkpoint_get_value(tw_value **out, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_get_value(out, checkpoint, key)
    return ccall(address(36), tw_status, (Ptr{Ptr{tw_value}}, Ptr{tw_checkpoint}, Cstring), out, checkpoint, key)
end

# tw_status tw_checkpoint_has(int32_t *out, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_has(out, checkpoint, key)
    return ccall(address(37), tw_status, (Ptr{Int32}, Ptr{tw_checkpoint}, Cstring), out, checkpoint, key)
end

# tw_status tw_checkpoint_load(tw_checkpoint **out, const char *path)
function tw_checkpoint_load(out, path)
    return ccall(address(38), tw_status, (Ptr{Ptr{tw_checkpoint}}, Cstring), out, path)
end

# tw_status tw_checkpoint_load_safetensors(tw_checkpoint **out, const char *path)
function tw_checkpoint_load_safetensors(out, path)
    return ccall(address(39), tw_status, (Ptr{Ptr{tw_checkpoint}}, Cstring), out, path)
end

# tw_status tw_checkpoint_put_double(tw_checkpoint *checkpoint, const char *key, double value)
function tw_checkpoint_put_double(checkpoint, key, value)
    return ccall(address(40), tw_status, (Ptr{tw_checkpoint}, Cstring, Cdouble), checkpoint, key, value)
end

# tw_status tw_checkpoint_put_generator(tw_checkpoint *checkpoint, const char *key, const tw_generator *generator)
function tw_checkpoint_put_generator(checkpoint, key, generator)
    return ccall(address(41), tw_status, (Ptr{tw_checkpoint}, Cstring, Ptr{tw_generator}), checkpoint, key, generator)
end

# tw_status tw_checkpoint_put_int64(tw_checkpoint *checkpoint, const char *key, int64_t value)
function tw_checkpoint_put_int64(checkpoint, key, value)
    return ccall(address(42), tw_status, (Ptr{tw_checkpoint}, Cstring, Int64), checkpoint, key, value)
end

# tw_status tw_checkpoint_put_lr_scheduler(tw_checkpoint *checkpoint, const char *key, const tw_lr_scheduler *scheduler)
function tw_checkpoint_put_lr_scheduler(checkpoint, key, scheduler)
    return ccall(address(43), tw_status, (Ptr{tw_checkpoint}, Cstring, Ptr{tw_lr_scheduler}), checkpoint, key, scheduler)
end

# tw_status tw_checkpoint_put_module(tw_checkpoint *checkpoint, const char *key, const tw_module *module)
function tw_checkpoint_put_module(checkpoint, key, module_)
    return ccall(address(44), tw_status, (Ptr{tw_checkpoint}, Cstring, Ptr{tw_module}), checkpoint, key, module_)
end

# tw_status tw_checkpoint_put_optimizer(tw_checkpoint *checkpoint, const char *key, const tw_optimizer *optimizer)
function tw_checkpoint_put_optimizer(checkpoint, key, optimizer)
    return ccall(address(45), tw_status, (Ptr{tw_checkpoint}, Cstring, Ptr{tw_optimizer}), checkpoint, key, optimizer)
end

# tw_status tw_checkpoint_put_rng_state(tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_put_rng_state(checkpoint, key)
    return ccall(address(46), tw_status, (Ptr{tw_checkpoint}, Cstring), checkpoint, key)
end

# tw_status tw_checkpoint_put_string(tw_checkpoint *checkpoint, const char *key, const char *value)
function tw_checkpoint_put_string(checkpoint, key, value)
    return ccall(address(47), tw_status, (Ptr{tw_checkpoint}, Cstring, Cstring), checkpoint, key, value)
end

# tw_status tw_checkpoint_put_tensor(tw_checkpoint *checkpoint, const char *key, const tw_tensor *tensor)
function tw_checkpoint_put_tensor(checkpoint, key, tensor)
    return ccall(address(48), tw_status, (Ptr{tw_checkpoint}, Cstring, Ptr{tw_tensor}), checkpoint, key, tensor)
end

# tw_status tw_checkpoint_put_value(tw_checkpoint *checkpoint, const char *key, const tw_value *value)
function tw_checkpoint_put_value(checkpoint, key, value)
    return ccall(address(49), tw_status, (Ptr{tw_checkpoint}, Cstring, Ptr{tw_value}), checkpoint, key, value)
end

# tw_status tw_checkpoint_put_warmup(tw_checkpoint *checkpoint, const char *key, const tw_warmup *warmup)
function tw_checkpoint_put_warmup(checkpoint, key, warmup)
    return ccall(address(50), tw_status, (Ptr{tw_checkpoint}, Cstring, Ptr{tw_warmup}), checkpoint, key, warmup)
end

# tw_status tw_checkpoint_restore_generator(tw_generator *generator, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_restore_generator(generator, checkpoint, key)
    return ccall(address(51), tw_status, (Ptr{tw_generator}, Ptr{tw_checkpoint}, Cstring), generator, checkpoint, key)
end

# tw_status tw_checkpoint_restore_lr_scheduler(tw_lr_scheduler *scheduler, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_restore_lr_scheduler(scheduler, checkpoint, key)
    return ccall(address(52), tw_status, (Ptr{tw_lr_scheduler}, Ptr{tw_checkpoint}, Cstring), scheduler, checkpoint, key)
end

# tw_status tw_checkpoint_restore_module(tw_module *module, const tw_checkpoint *checkpoint, const char *key, int32_t strict)
function tw_checkpoint_restore_module(module_, checkpoint, key, strict)
    return ccall(address(53), tw_status, (Ptr{tw_module}, Ptr{tw_checkpoint}, Cstring, Int32), module_, checkpoint, key, strict)
end

# tw_status tw_checkpoint_restore_optimizer(tw_optimizer *optimizer, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_restore_optimizer(optimizer, checkpoint, key)
    return ccall(address(54), tw_status, (Ptr{tw_optimizer}, Ptr{tw_checkpoint}, Cstring), optimizer, checkpoint, key)
end

# tw_status tw_checkpoint_restore_rng_state(const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_restore_rng_state(checkpoint, key)
    return ccall(address(55), tw_status, (Ptr{tw_checkpoint}, Cstring), checkpoint, key)
end

# tw_status tw_checkpoint_restore_warmup(tw_warmup *warmup, const tw_checkpoint *checkpoint, const char *key)
function tw_checkpoint_restore_warmup(warmup, checkpoint, key)
    return ccall(address(56), tw_status, (Ptr{tw_warmup}, Ptr{tw_checkpoint}, Cstring), warmup, checkpoint, key)
end

# tw_status tw_checkpoint_save(const tw_checkpoint *checkpoint, const char *path)
function tw_checkpoint_save(checkpoint, path)
    return ccall(address(57), tw_status, (Ptr{tw_checkpoint}, Cstring), checkpoint, path)
end

# tw_status tw_checkpoint_save_safetensors(const tw_checkpoint *checkpoint, const char *path)
function tw_checkpoint_save_safetensors(checkpoint, path)
    return ccall(address(58), tw_status, (Ptr{tw_checkpoint}, Cstring), checkpoint, path)
end

# tw_status tw_conv1d_options_init(tw_conv1d_options *options, size_t struct_size)
function tw_conv1d_options_init(options, struct_size)
    return ccall(address(59), tw_status, (Ptr{tw_conv1d_options}, Csize_t), options, struct_size)
end

# tw_status tw_conv2d_options_init(tw_conv2d_options *options, size_t struct_size)
function tw_conv2d_options_init(options, struct_size)
    return ccall(address(60), tw_status, (Ptr{tw_conv2d_options}, Csize_t), options, struct_size)
end

# tw_status tw_conv3d_options_init(tw_conv3d_options *options, size_t struct_size)
function tw_conv3d_options_init(options, struct_size)
    return ccall(address(61), tw_status, (Ptr{tw_conv3d_options}, Csize_t), options, struct_size)
end

# tw_status tw_conv_transpose1d_options_init(tw_conv_transpose1d_options *options, size_t struct_size)
function tw_conv_transpose1d_options_init(options, struct_size)
    return ccall(address(62), tw_status, (Ptr{tw_conv_transpose1d_options}, Csize_t), options, struct_size)
end

# tw_status tw_conv_transpose2d_options_init(tw_conv_transpose2d_options *options, size_t struct_size)
function tw_conv_transpose2d_options_init(options, struct_size)
    return ccall(address(63), tw_status, (Ptr{tw_conv_transpose2d_options}, Csize_t), options, struct_size)
end

# tw_status tw_conv_transpose3d_options_init(tw_conv_transpose3d_options *options, size_t struct_size)
function tw_conv_transpose3d_options_init(options, struct_size)
    return ccall(address(64), tw_status, (Ptr{tw_conv_transpose3d_options}, Csize_t), options, struct_size)
end

# tw_status tw_cross_entropy_options_init(tw_cross_entropy_options *options, size_t struct_size)
function tw_cross_entropy_options_init(options, struct_size)
    return ccall(address(65), tw_status, (Ptr{tw_cross_entropy_options}, Csize_t), options, struct_size)
end

# tw_status tw_cuda_get_device_count(size_t *out)
function tw_cuda_get_device_count(out)
    return ccall(address(66), tw_status, (Ptr{Csize_t},), out)
end

# tw_status tw_cuda_is_available(int32_t *out)
function tw_cuda_is_available(out)
    return ccall(address(67), tw_status, (Ptr{Int32},), out)
end

# tw_status tw_cyclic_options_init(tw_cyclic_options *options, size_t struct_size)
function tw_cyclic_options_init(options, struct_size)
    return ccall(address(68), tw_status, (Ptr{tw_cyclic_options}, Csize_t), options, struct_size)
end

# tw_status tw_embedding_options_init(tw_embedding_options *options, size_t struct_size)
function tw_embedding_options_init(options, struct_size)
    return ccall(address(69), tw_status, (Ptr{tw_embedding_options}, Csize_t), options, struct_size)
end

# tw_status tw_gelu_options_init(tw_gelu_options *options, size_t struct_size)
function tw_gelu_options_init(options, struct_size)
    return ccall(address(70), tw_status, (Ptr{tw_gelu_options}, Csize_t), options, struct_size)
end

# tw_status tw_generator_create(tw_generator **out, const char *device, uint64_t seed)
function tw_generator_create(out, device, seed)
    return ccall(address(71), tw_status, (Ptr{Ptr{tw_generator}}, Cstring, UInt64), out, device, seed)
end

# void tw_generator_free(tw_generator *generator)
function tw_generator_free(generator)
    return ccall(address(72), Cvoid, (Ptr{tw_generator},), generator)
end

# tw_status tw_generator_manual_seed(tw_generator *generator, uint64_t seed)
function tw_generator_manual_seed(generator, seed)
    return ccall(address(73), tw_status, (Ptr{tw_generator}, UInt64), generator, seed)
end

# tw_status tw_get_num_threads(size_t *out)
function tw_get_num_threads(out)
    return ccall(address(74), tw_status, (Ptr{Csize_t},), out)
end

# tw_status tw_group_norm_options_init(tw_group_norm_options *options, size_t struct_size)
function tw_group_norm_options_init(options, struct_size)
    return ccall(address(75), tw_status, (Ptr{tw_group_norm_options}, Csize_t), options, struct_size)
end

# tw_status tw_gru_options_init(tw_gru_options *options, size_t struct_size)
function tw_gru_options_init(options, struct_size)
    return ccall(address(76), tw_status, (Ptr{tw_gru_options}, Csize_t), options, struct_size)
end

# const char *tw_handle_kind_name(tw_handle_kind kind)
function tw_handle_kind_name(kind)
    return ccall(address(77), Cstring, (tw_handle_kind,), kind)
end

# const char *tw_last_error()
function tw_last_error()
    return ccall(address(78), Cstring, ())
end

# tw_status tw_last_error_copy(char *out, size_t capacity, size_t *needed)
function tw_last_error_copy(out, capacity, needed)
    return ccall(address(79), tw_status, (Ptr{UInt8}, Csize_t, Ptr{Csize_t}), out, capacity, needed)
end

# tw_status tw_layer_norm_options_init(tw_layer_norm_options *options, size_t struct_size)
function tw_layer_norm_options_init(options, struct_size)
    return ccall(address(80), tw_status, (Ptr{tw_layer_norm_options}, Csize_t), options, struct_size)
end

# tw_status tw_linear_options_init(tw_linear_options *options, size_t struct_size)
function tw_linear_options_init(options, struct_size)
    return ccall(address(81), tw_status, (Ptr{tw_linear_options}, Csize_t), options, struct_size)
end

# tw_status tw_live_handles(size_t *out, tw_handle_kind kind)
function tw_live_handles(out, kind)
    return ccall(address(82), tw_status, (Ptr{Csize_t}, tw_handle_kind), out, kind)
end

# tw_status tw_lr_scheduler_chained(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_scheduler *const *schedulers, size_t count)
function tw_lr_scheduler_chained(out, optimizer, schedulers, count)
    return ccall(address(83), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Ptr{Ptr{tw_lr_scheduler}}, Csize_t), out, optimizer, schedulers, count)
end

# tw_status tw_lr_scheduler_clone(tw_lr_scheduler **out, const tw_lr_scheduler *scheduler, tw_optimizer *optimizer)
function tw_lr_scheduler_clone(out, scheduler, optimizer)
    return ccall(address(84), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_lr_scheduler}, Ptr{tw_optimizer}), out, scheduler, optimizer)
end

# tw_status tw_lr_scheduler_constant(tw_lr_scheduler **out, tw_optimizer *optimizer, double factor, double total_iters)
function tw_lr_scheduler_constant(out, optimizer, factor, total_iters)
    return ccall(address(85), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Cdouble, Cdouble), out, optimizer, factor, total_iters)
end

# tw_status tw_lr_scheduler_cosine_annealing(tw_lr_scheduler **out, tw_optimizer *optimizer, double t_max, double eta_min)
function tw_lr_scheduler_cosine_annealing(out, optimizer, t_max, eta_min)
    return ccall(address(86), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Cdouble, Cdouble), out, optimizer, t_max, eta_min)
end

# tw_status tw_lr_scheduler_cosine_annealing_warm_restarts(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t t_0, int64_t t_mult, double eta_min)
function tw_lr_scheduler_cosine_annealing_warm_restarts(out, optimizer, t_0, t_mult, eta_min)
    return ccall(address(87), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Int64, Int64, Cdouble), out, optimizer, t_0, t_mult, eta_min)
end

# tw_status tw_lr_scheduler_cyclic(tw_lr_scheduler **out, tw_optimizer *optimizer, const double *base_lrs, size_t count, const double *max_lrs, const tw_cyclic_options *options)
function tw_lr_scheduler_cyclic(out, optimizer, base_lrs, count, max_lrs, options)
    return ccall(address(88), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Ptr{Cdouble}, Csize_t, Ptr{Cdouble}, Ptr{tw_cyclic_options}), out, optimizer, base_lrs, count, max_lrs, options)
end

# tw_status tw_lr_scheduler_exponential(tw_lr_scheduler **out, tw_optimizer *optimizer, double gamma)
function tw_lr_scheduler_exponential(out, optimizer, gamma)
    return ccall(address(89), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Cdouble), out, optimizer, gamma)
end

# void tw_lr_scheduler_free(tw_lr_scheduler *scheduler)
function tw_lr_scheduler_free(scheduler)
    return ccall(address(90), Cvoid, (Ptr{tw_lr_scheduler},), scheduler)
end

# tw_status tw_lr_scheduler_get_base_lrs(double *out, size_t capacity, size_t *needed, const tw_lr_scheduler *scheduler)
function tw_lr_scheduler_get_base_lrs(out, capacity, needed, scheduler)
    return ccall(address(91), tw_status, (Ptr{Cdouble}, Csize_t, Ptr{Csize_t}, Ptr{tw_lr_scheduler}), out, capacity, needed, scheduler)
end

# tw_status tw_lr_scheduler_get_group_count(size_t *out, const tw_lr_scheduler *scheduler)
function tw_lr_scheduler_get_group_count(out, scheduler)
    return ccall(address(92), tw_status, (Ptr{Csize_t}, Ptr{tw_lr_scheduler}), out, scheduler)
end

# tw_status tw_lr_scheduler_get_last_epoch(double *out, const tw_lr_scheduler *scheduler)
function tw_lr_scheduler_get_last_epoch(out, scheduler)
    return ccall(address(93), tw_status, (Ptr{Cdouble}, Ptr{tw_lr_scheduler}), out, scheduler)
end

# tw_status tw_lr_scheduler_get_last_lrs(double *out, size_t capacity, size_t *needed, const tw_lr_scheduler *scheduler)
function tw_lr_scheduler_get_last_lrs(out, capacity, needed, scheduler)
    return ccall(address(94), tw_status, (Ptr{Cdouble}, Csize_t, Ptr{Csize_t}, Ptr{tw_lr_scheduler}), out, capacity, needed, scheduler)
end

# tw_status tw_lr_scheduler_get_state(double *out, size_t capacity, size_t *needed, const tw_lr_scheduler *scheduler)
function tw_lr_scheduler_get_state(out, capacity, needed, scheduler)
    return ccall(address(95), tw_status, (Ptr{Cdouble}, Csize_t, Ptr{Csize_t}, Ptr{tw_lr_scheduler}), out, capacity, needed, scheduler)
end

# tw_status tw_lr_scheduler_inverse_sqrt(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t timescale)
function tw_lr_scheduler_inverse_sqrt(out, optimizer, timescale)
    return ccall(address(96), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Int64), out, optimizer, timescale)
end

# tw_status tw_lr_scheduler_lambda(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_function lr_lambda, void *context, void (*)(void *) release)
function tw_lr_scheduler_lambda(out, optimizer, lr_lambda, context, release)
    return ccall(address(97), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}), out, optimizer, lr_lambda, context, release)
end

# tw_status tw_lr_scheduler_linear(tw_lr_scheduler **out, tw_optimizer *optimizer, double start_factor, double end_factor, double total_iters)
function tw_lr_scheduler_linear(out, optimizer, start_factor, end_factor, total_iters)
    return ccall(address(98), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Cdouble, Cdouble, Cdouble), out, optimizer, start_factor, end_factor, total_iters)
end

# tw_status tw_lr_scheduler_multi_step(tw_lr_scheduler **out, tw_optimizer *optimizer, const int64_t *milestones, size_t count, double gamma)
function tw_lr_scheduler_multi_step(out, optimizer, milestones, count, gamma)
    return ccall(address(99), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Ptr{Int64}, Csize_t, Cdouble), out, optimizer, milestones, count, gamma)
end

# tw_status tw_lr_scheduler_multiplicative(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_function lr_lambda, void *context, void (*)(void *) release)
function tw_lr_scheduler_multiplicative(out, optimizer, lr_lambda, context, release)
    return ccall(address(100), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}), out, optimizer, lr_lambda, context, release)
end

# tw_status tw_lr_scheduler_one_cycle(tw_lr_scheduler **out, tw_optimizer *optimizer, const double *max_lrs, size_t count, int64_t total_steps, const tw_one_cycle_options *options)
function tw_lr_scheduler_one_cycle(out, optimizer, max_lrs, count, total_steps, options)
    return ccall(address(101), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Ptr{Cdouble}, Csize_t, Int64, Ptr{tw_one_cycle_options}), out, optimizer, max_lrs, count, total_steps, options)
end

# tw_status tw_lr_scheduler_polynomial(tw_lr_scheduler **out, tw_optimizer *optimizer, double total_iters, double power)
function tw_lr_scheduler_polynomial(out, optimizer, total_iters, power)
    return ccall(address(102), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Cdouble, Cdouble), out, optimizer, total_iters, power)
end

# tw_status tw_lr_scheduler_preview(double *out, size_t capacity, size_t *needed, tw_lr_scheduler *const *schedulers, size_t count, size_t steps)
function tw_lr_scheduler_preview(out, capacity, needed, schedulers, count, steps)
    return ccall(address(103), tw_status, (Ptr{Cdouble}, Csize_t, Ptr{Csize_t}, Ptr{Ptr{tw_lr_scheduler}}, Csize_t, Csize_t), out, capacity, needed, schedulers, count, steps)
end

# tw_status tw_lr_scheduler_reduce_on_plateau(tw_lr_scheduler **out, tw_optimizer *optimizer, const tw_reduce_on_plateau_options *options)
function tw_lr_scheduler_reduce_on_plateau(out, optimizer, options)
    return ccall(address(104), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Ptr{tw_reduce_on_plateau_options}), out, optimizer, options)
end

# tw_status tw_lr_scheduler_sequential(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_scheduler *const *schedulers, size_t count, const int64_t *milestones, size_t milestone_count)
function tw_lr_scheduler_sequential(out, optimizer, schedulers, count, milestones, milestone_count)
    return ccall(address(105), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Ptr{Ptr{tw_lr_scheduler}}, Csize_t, Ptr{Int64}, Csize_t), out, optimizer, schedulers, count, milestones, milestone_count)
end

# tw_status tw_lr_scheduler_set_last_epoch(tw_lr_scheduler *scheduler, double epoch, const double *lrs, size_t count)
function tw_lr_scheduler_set_last_epoch(scheduler, epoch, lrs, count)
    return ccall(address(106), tw_status, (Ptr{tw_lr_scheduler}, Cdouble, Ptr{Cdouble}, Csize_t), scheduler, epoch, lrs, count)
end

# tw_status tw_lr_scheduler_set_state(tw_lr_scheduler *scheduler, const double *state, size_t count)
function tw_lr_scheduler_set_state(scheduler, state, count)
    return ccall(address(107), tw_status, (Ptr{tw_lr_scheduler}, Ptr{Cdouble}, Csize_t), scheduler, state, count)
end

# tw_status tw_lr_scheduler_step(tw_lr_scheduler *scheduler)
function tw_lr_scheduler_step(scheduler)
    return ccall(address(108), tw_status, (Ptr{tw_lr_scheduler},), scheduler)
end

# tw_status tw_lr_scheduler_step_at(tw_lr_scheduler *scheduler, double epoch)
function tw_lr_scheduler_step_at(scheduler, epoch)
    return ccall(address(109), tw_status, (Ptr{tw_lr_scheduler}, Cdouble), scheduler, epoch)
end

# tw_status tw_lr_scheduler_step_lr(tw_lr_scheduler **out, tw_optimizer *optimizer, double step_size, double gamma)
function tw_lr_scheduler_step_lr(out, optimizer, step_size, gamma)
    return ccall(address(110), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Cdouble, Cdouble), out, optimizer, step_size, gamma)
end

# tw_status tw_lr_scheduler_step_metric(tw_lr_scheduler *scheduler, double metric)
function tw_lr_scheduler_step_metric(scheduler, metric)
    return ccall(address(111), tw_status, (Ptr{tw_lr_scheduler}, Cdouble), scheduler, metric)
end

# tw_status tw_lr_scheduler_warmup_stable_decay(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t warmup_iters, int64_t stable_iters, int64_t decay_iters, tw_lr_decay decay, double end_factor)
function tw_lr_scheduler_warmup_stable_decay(out, optimizer, warmup_iters, stable_iters, decay_iters, decay, end_factor)
    return ccall(address(112), tw_status, (Ptr{Ptr{tw_lr_scheduler}}, Ptr{tw_optimizer}, Int64, Int64, Int64, tw_lr_decay, Cdouble), out, optimizer, warmup_iters, stable_iters, decay_iters, decay, end_factor)
end

# tw_status tw_lstm_options_init(tw_lstm_options *options, size_t struct_size)
function tw_lstm_options_init(options, struct_size)
    return ccall(address(113), tw_status, (Ptr{tw_lstm_options}, Csize_t), options, struct_size)
end

# tw_status tw_manual_seed(uint64_t seed)
function tw_manual_seed(seed)
    return ccall(address(114), tw_status, (UInt64,), seed)
end

# tw_status tw_max_pool1d_options_init(tw_max_pool1d_options *options, size_t struct_size)
function tw_max_pool1d_options_init(options, struct_size)
    return ccall(address(115), tw_status, (Ptr{tw_max_pool1d_options}, Csize_t), options, struct_size)
end

# tw_status tw_max_pool2d_options_init(tw_max_pool2d_options *options, size_t struct_size)
function tw_max_pool2d_options_init(options, struct_size)
    return ccall(address(116), tw_status, (Ptr{tw_max_pool2d_options}, Csize_t), options, struct_size)
end

# tw_status tw_module_adaptive_avg_pool1d(tw_module **out, int64_t output_size)
function tw_module_adaptive_avg_pool1d(out, output_size)
    return ccall(address(117), tw_status, (Ptr{Ptr{tw_module}}, Int64), out, output_size)
end

# tw_status tw_module_adaptive_avg_pool2d(tw_module **out, const int64_t *output_size)
function tw_module_adaptive_avg_pool2d(out, output_size)
    return ccall(address(118), tw_status, (Ptr{Ptr{tw_module}}, Ptr{Int64}), out, output_size)
end

# tw_status tw_module_adaptive_max_pool2d(tw_module **out, const int64_t *output_size)
function tw_module_adaptive_max_pool2d(out, output_size)
    return ccall(address(119), tw_status, (Ptr{Ptr{tw_module}}, Ptr{Int64}), out, output_size)
end

# tw_status tw_module_alpha_dropout(tw_module **out, double p)
function tw_module_alpha_dropout(out, p)
    return ccall(address(120), tw_status, (Ptr{Ptr{tw_module}}, Cdouble), out, p)
end

# tw_status tw_module_avg_pool1d(tw_module **out, int64_t kernel_size, const tw_avg_pool1d_options *options)
function tw_module_avg_pool1d(out, kernel_size, options)
    return ccall(address(121), tw_status, (Ptr{Ptr{tw_module}}, Int64, Ptr{tw_avg_pool1d_options}), out, kernel_size, options)
end

# tw_status tw_module_avg_pool2d(tw_module **out, const int64_t *kernel_size, const tw_avg_pool2d_options *options)
function tw_module_avg_pool2d(out, kernel_size, options)
    return ccall(address(122), tw_status, (Ptr{Ptr{tw_module}}, Ptr{Int64}, Ptr{tw_avg_pool2d_options}), out, kernel_size, options)
end

# tw_status tw_module_batch_norm1d(tw_module **out, int64_t num_features, const tw_batch_norm_options *options)
function tw_module_batch_norm1d(out, num_features, options)
    return ccall(address(123), tw_status, (Ptr{Ptr{tw_module}}, Int64, Ptr{tw_batch_norm_options}), out, num_features, options)
end

# tw_status tw_module_batch_norm2d(tw_module **out, int64_t num_features, const tw_batch_norm_options *options)
function tw_module_batch_norm2d(out, num_features, options)
    return ccall(address(124), tw_status, (Ptr{Ptr{tw_module}}, Int64, Ptr{tw_batch_norm_options}), out, num_features, options)
end

# tw_status tw_module_batch_norm3d(tw_module **out, int64_t num_features, const tw_batch_norm_options *options)
function tw_module_batch_norm3d(out, num_features, options)
    return ccall(address(125), tw_status, (Ptr{Ptr{tw_module}}, Int64, Ptr{tw_batch_norm_options}), out, num_features, options)
end

# tw_status tw_module_call_method(tw_value **out, tw_module *module, const char *method, tw_value *const *inputs, size_t count)
function tw_module_call_method(out, module_, method, inputs, count)
    return ccall(address(126), tw_status, (Ptr{Ptr{tw_value}}, Ptr{tw_module}, Cstring, Ptr{Ptr{tw_value}}, Csize_t), out, module_, method, inputs, count)
end

# tw_status tw_module_celu(tw_module **out, double alpha)
function tw_module_celu(out, alpha)
    return ccall(address(127), tw_status, (Ptr{Ptr{tw_module}}, Cdouble), out, alpha)
end

# tw_status tw_module_conv1d(tw_module **out, int64_t in_channels, int64_t out_channels, int64_t kernel_size, const tw_conv1d_options *options)
function tw_module_conv1d(out, in_channels, out_channels, kernel_size, options)
    return ccall(address(128), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Int64, Ptr{tw_conv1d_options}), out, in_channels, out_channels, kernel_size, options)
end

# tw_status tw_module_conv2d(tw_module **out, int64_t in_channels, int64_t out_channels, const int64_t *kernel_size, const tw_conv2d_options *options)
function tw_module_conv2d(out, in_channels, out_channels, kernel_size, options)
    return ccall(address(129), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Ptr{Int64}, Ptr{tw_conv2d_options}), out, in_channels, out_channels, kernel_size, options)
end

# tw_status tw_module_conv3d(tw_module **out, int64_t in_channels, int64_t out_channels, const int64_t *kernel_size, const tw_conv3d_options *options)
function tw_module_conv3d(out, in_channels, out_channels, kernel_size, options)
    return ccall(address(130), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Ptr{Int64}, Ptr{tw_conv3d_options}), out, in_channels, out_channels, kernel_size, options)
end

# tw_status tw_module_conv_transpose1d(tw_module **out, int64_t in_channels, int64_t out_channels, int64_t kernel_size, const tw_conv_transpose1d_options *options)
function tw_module_conv_transpose1d(out, in_channels, out_channels, kernel_size, options)
    return ccall(address(131), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Int64, Ptr{tw_conv_transpose1d_options}), out, in_channels, out_channels, kernel_size, options)
end

# tw_status tw_module_conv_transpose2d(tw_module **out, int64_t in_channels, int64_t out_channels, const int64_t *kernel_size, const tw_conv_transpose2d_options *options)
function tw_module_conv_transpose2d(out, in_channels, out_channels, kernel_size, options)
    return ccall(address(132), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Ptr{Int64}, Ptr{tw_conv_transpose2d_options}), out, in_channels, out_channels, kernel_size, options)
end

# tw_status tw_module_conv_transpose3d(tw_module **out, int64_t in_channels, int64_t out_channels, const int64_t *kernel_size, const tw_conv_transpose3d_options *options)
function tw_module_conv_transpose3d(out, in_channels, out_channels, kernel_size, options)
    return ccall(address(133), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Ptr{Int64}, Ptr{tw_conv_transpose3d_options}), out, in_channels, out_channels, kernel_size, options)
end

# tw_status tw_module_custom(tw_module **out, tw_module_forward_function forward, void *context, void (*)(void *) release)
function tw_module_custom(out, forward, context, release)
    return ccall(address(134), tw_status, (Ptr{Ptr{tw_module}}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}), out, forward, context, release)
end

# void tw_module_differences_free(tw_module_differences *differences)
function tw_module_differences_free(differences)
    return ccall(address(135), Cvoid, (Ptr{tw_module_differences},), differences)
end

# tw_status tw_module_differences_get_count(size_t *out, const tw_module_differences *differences, tw_difference which)
function tw_module_differences_get_count(out, differences, which)
    return ccall(address(136), tw_status, (Ptr{Csize_t}, Ptr{tw_module_differences}, tw_difference), out, differences, which)
end

# tw_status tw_module_differences_get_name(char *out, size_t capacity, size_t *needed, const tw_module_differences *differences, tw_difference which, size_t index)
function tw_module_differences_get_name(out, capacity, needed, differences, which, index)
    return ccall(address(137), tw_status, (Ptr{UInt8}, Csize_t, Ptr{Csize_t}, Ptr{tw_module_differences}, tw_difference, Csize_t), out, capacity, needed, differences, which, index)
end

# tw_status tw_module_dropout(tw_module **out, double p)
function tw_module_dropout(out, p)
    return ccall(address(138), tw_status, (Ptr{Ptr{tw_module}}, Cdouble), out, p)
end

# tw_status tw_module_dropout1d(tw_module **out, double p)
function tw_module_dropout1d(out, p)
    return ccall(address(139), tw_status, (Ptr{Ptr{tw_module}}, Cdouble), out, p)
end

# tw_status tw_module_dropout2d(tw_module **out, double p)
function tw_module_dropout2d(out, p)
    return ccall(address(140), tw_status, (Ptr{Ptr{tw_module}}, Cdouble), out, p)
end

# tw_status tw_module_dropout3d(tw_module **out, double p)
function tw_module_dropout3d(out, p)
    return ccall(address(141), tw_status, (Ptr{Ptr{tw_module}}, Cdouble), out, p)
end

# tw_status tw_module_elu(tw_module **out, double alpha)
function tw_module_elu(out, alpha)
    return ccall(address(142), tw_status, (Ptr{Ptr{tw_module}}, Cdouble), out, alpha)
end

# tw_status tw_module_embedding(tw_module **out, int64_t num_embeddings, int64_t embedding_dim, const tw_embedding_options *options)
function tw_module_embedding(out, num_embeddings, embedding_dim, options)
    return ccall(address(143), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Ptr{tw_embedding_options}), out, num_embeddings, embedding_dim, options)
end

# tw_status tw_module_flatten(tw_module **out, int64_t start_dim, int64_t end_dim)
function tw_module_flatten(out, start_dim, end_dim)
    return ccall(address(144), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64), out, start_dim, end_dim)
end

# tw_status tw_module_forward(tw_tensor **out, tw_module *module, tw_tensor *const *inputs, size_t count)
function tw_module_forward(out, module_, inputs, count)
    return ccall(address(145), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_module}, Ptr{Ptr{tw_tensor}}, Csize_t), out, module_, inputs, count)
end

# tw_status tw_module_forward_all(tw_tensor_list **out, tw_module *module, tw_tensor *const *inputs, size_t count)
function tw_module_forward_all(out, module_, inputs, count)
    return ccall(address(146), tw_status, (Ptr{Ptr{tw_tensor_list}}, Ptr{tw_module}, Ptr{Ptr{tw_tensor}}, Csize_t), out, module_, inputs, count)
end

# void tw_module_free(tw_module *module)
function tw_module_free(module_)
    return ccall(address(147), Cvoid, (Ptr{tw_module},), module_)
end

# tw_status tw_module_gelu(tw_module **out, const tw_gelu_options *options)
function tw_module_gelu(out, options)
    return ccall(address(148), tw_status, (Ptr{Ptr{tw_module}}, Ptr{tw_gelu_options}), out, options)
end

# tw_status tw_module_get_module(tw_module **out, const tw_module *module, const char *name)
function tw_module_get_module(out, module_, name)
    return ccall(address(149), tw_status, (Ptr{Ptr{tw_module}}, Ptr{tw_module}, Cstring), out, module_, name)
end

# tw_status tw_module_get_parameter_name(char *out, size_t capacity, size_t *needed, const tw_module *module, size_t index)
function tw_module_get_parameter_name(out, capacity, needed, module_, index)
    return ccall(address(150), tw_status, (Ptr{UInt8}, Csize_t, Ptr{Csize_t}, Ptr{tw_module}, Csize_t), out, capacity, needed, module_, index)
end

# tw_status tw_module_get_parameters(tw_tensor_list **out, const tw_module *module)
function tw_module_get_parameters(out, module_)
    return ccall(address(151), tw_status, (Ptr{Ptr{tw_tensor_list}}, Ptr{tw_module}), out, module_)
end

# tw_status tw_module_get_tensor(tw_tensor **out, const tw_module *module, const char *name)
function tw_module_get_tensor(out, module_, name)
    return ccall(address(152), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_module}, Cstring), out, module_, name)
end

# tw_status tw_module_glu(tw_module **out, int64_t dim)
function tw_module_glu(out, dim)
    return ccall(address(153), tw_status, (Ptr{Ptr{tw_module}}, Int64), out, dim)
end

# tw_status tw_module_group_norm(tw_module **out, int64_t num_groups, int64_t num_channels, const tw_group_norm_options *options)
function tw_module_group_norm(out, num_groups, num_channels, options)
    return ccall(address(154), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Ptr{tw_group_norm_options}), out, num_groups, num_channels, options)
end

# tw_status tw_module_gru(tw_module **out, int64_t input_size, int64_t hidden_size, const tw_gru_options *options)
function tw_module_gru(out, input_size, hidden_size, options)
    return ccall(address(155), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Ptr{tw_gru_options}), out, input_size, hidden_size, options)
end

# tw_status tw_module_hardsigmoid(tw_module **out)
function tw_module_hardsigmoid(out)
    return ccall(address(156), tw_status, (Ptr{Ptr{tw_module}},), out)
end

# tw_status tw_module_hardswish(tw_module **out)
function tw_module_hardswish(out)
    return ccall(address(157), tw_status, (Ptr{Ptr{tw_module}},), out)
end

# tw_status tw_module_hardtanh(tw_module **out, double min_val, double max_val)
function tw_module_hardtanh(out, min_val, max_val)
    return ccall(address(158), tw_status, (Ptr{Ptr{tw_module}}, Cdouble, Cdouble), out, min_val, max_val)
end

# tw_status tw_module_has_method(int32_t *out, const tw_module *module, const char *method)
function tw_module_has_method(out, module_, method)
    return ccall(address(159), tw_status, (Ptr{Int32}, Ptr{tw_module}, Cstring), out, module_, method)
end

# tw_status tw_module_identity(tw_module **out)
function tw_module_identity(out)
    return ccall(address(160), tw_status, (Ptr{Ptr{tw_module}},), out)
end

# tw_status tw_module_is_training(int32_t *out, const tw_module *module)
function tw_module_is_training(out, module_)
    return ccall(address(161), tw_status, (Ptr{Int32}, Ptr{tw_module}), out, module_)
end

# tw_status tw_module_layer_norm(tw_module **out, const int64_t *normalized_shape, size_t ndim, const tw_layer_norm_options *options)
function tw_module_layer_norm(out, normalized_shape, ndim, options)
    return ccall(address(162), tw_status, (Ptr{Ptr{tw_module}}, Ptr{Int64}, Csize_t, Ptr{tw_layer_norm_options}), out, normalized_shape, ndim, options)
end

# tw_status tw_module_leaky_relu(tw_module **out, double negative_slope)
function tw_module_leaky_relu(out, negative_slope)
    return ccall(address(163), tw_status, (Ptr{Ptr{tw_module}}, Cdouble), out, negative_slope)
end

# tw_status tw_module_linear(tw_module **out, int64_t in_features, int64_t out_features, const tw_linear_options *options)
function tw_module_linear(out, in_features, out_features, options)
    return ccall(address(164), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Ptr{tw_linear_options}), out, in_features, out_features, options)
end

# tw_status tw_module_load_torchscript(tw_module **out, const char *path)
function tw_module_load_torchscript(out, path)
    return ccall(address(165), tw_status, (Ptr{Ptr{tw_module}}, Cstring), out, path)
end

# tw_status tw_module_load_torchscript_memory(tw_module **out, const void *data, size_t size)
function tw_module_load_torchscript_memory(out, data, size)
    return ccall(address(166), tw_status, (Ptr{Ptr{tw_module}}, Ptr{Cvoid}, Csize_t), out, data, size)
end

# tw_status tw_module_log_sigmoid(tw_module **out)
function tw_module_log_sigmoid(out)
    return ccall(address(167), tw_status, (Ptr{Ptr{tw_module}},), out)
end

# tw_status tw_module_log_softmax(tw_module **out, int64_t dim)
function tw_module_log_softmax(out, dim)
    return ccall(address(168), tw_status, (Ptr{Ptr{tw_module}}, Int64), out, dim)
end

# tw_status tw_module_lstm(tw_module **out, int64_t input_size, int64_t hidden_size, const tw_lstm_options *options)
function tw_module_lstm(out, input_size, hidden_size, options)
    return ccall(address(169), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Ptr{tw_lstm_options}), out, input_size, hidden_size, options)
end

# tw_status tw_module_max_pool1d(tw_module **out, int64_t kernel_size, const tw_max_pool1d_options *options)
function tw_module_max_pool1d(out, kernel_size, options)
    return ccall(address(170), tw_status, (Ptr{Ptr{tw_module}}, Int64, Ptr{tw_max_pool1d_options}), out, kernel_size, options)
end

# tw_status tw_module_max_pool2d(tw_module **out, const int64_t *kernel_size, const tw_max_pool2d_options *options)
function tw_module_max_pool2d(out, kernel_size, options)
    return ccall(address(171), tw_status, (Ptr{Ptr{tw_module}}, Ptr{Int64}, Ptr{tw_max_pool2d_options}), out, kernel_size, options)
end

# tw_status tw_module_mish(tw_module **out)
function tw_module_mish(out)
    return ccall(address(172), tw_status, (Ptr{Ptr{tw_module}},), out)
end

# tw_status tw_module_move_to(tw_module *module, const char *device)
function tw_module_move_to(module_, device)
    return ccall(address(173), tw_status, (Ptr{tw_module}, Cstring), module_, device)
end

# tw_status tw_module_multihead_attention(tw_module **out, int64_t embed_dim, int64_t num_heads, const tw_multihead_attention_options *options)
function tw_module_multihead_attention(out, embed_dim, num_heads, options)
    return ccall(address(174), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Ptr{tw_multihead_attention_options}), out, embed_dim, num_heads, options)
end

# tw_status tw_module_prelu(tw_module **out, const tw_prelu_options *options)
function tw_module_prelu(out, options)
    return ccall(address(175), tw_status, (Ptr{Ptr{tw_module}}, Ptr{tw_prelu_options}), out, options)
end

# tw_status tw_module_register_buffer(tw_module *module, const char *name, tw_tensor *tensor)
function tw_module_register_buffer(module_, name, tensor)
    return ccall(address(176), tw_status, (Ptr{tw_module}, Cstring, Ptr{tw_tensor}), module_, name, tensor)
end

# tw_status tw_module_register_module(tw_module *module, const char *name, tw_module *child)
function tw_module_register_module(module_, name, child)
    return ccall(address(177), tw_status, (Ptr{tw_module}, Cstring, Ptr{tw_module}), module_, name, child)
end

# tw_status tw_module_register_parameter(tw_module *module, const char *name, tw_tensor *tensor)
function tw_module_register_parameter(module_, name, tensor)
    return ccall(address(178), tw_status, (Ptr{tw_module}, Cstring, Ptr{tw_tensor}), module_, name, tensor)
end

# tw_status tw_module_relu(tw_module **out)
function tw_module_relu(out)
    return ccall(address(179), tw_status, (Ptr{Ptr{tw_module}},), out)
end

# tw_status tw_module_relu6(tw_module **out)
function tw_module_relu6(out)
    return ccall(address(180), tw_status, (Ptr{Ptr{tw_module}},), out)
end

# tw_status tw_module_save_torchscript(const tw_module *module, const char *path)
function tw_module_save_torchscript(module_, path)
    return ccall(address(181), tw_status, (Ptr{tw_module}, Cstring), module_, path)
end

# tw_status tw_module_selu(tw_module **out)
function tw_module_selu(out)
    return ccall(address(182), tw_status, (Ptr{Ptr{tw_module}},), out)
end

# tw_status tw_module_sequential(tw_module **out, tw_module *const *modules, size_t count)
function tw_module_sequential(out, modules, count)
    return ccall(address(183), tw_status, (Ptr{Ptr{tw_module}}, Ptr{Ptr{tw_module}}, Csize_t), out, modules, count)
end

# tw_status tw_module_sigmoid(tw_module **out)
function tw_module_sigmoid(out)
    return ccall(address(184), tw_status, (Ptr{Ptr{tw_module}},), out)
end

# tw_status tw_module_silu(tw_module **out)
function tw_module_silu(out)
    return ccall(address(185), tw_status, (Ptr{Ptr{tw_module}},), out)
end

# tw_status tw_module_softmax(tw_module **out, int64_t dim)
function tw_module_softmax(out, dim)
    return ccall(address(186), tw_status, (Ptr{Ptr{tw_module}}, Int64), out, dim)
end

# tw_status tw_module_softplus(tw_module **out, const tw_softplus_options *options)
function tw_module_softplus(out, options)
    return ccall(address(187), tw_status, (Ptr{Ptr{tw_module}}, Ptr{tw_softplus_options}), out, options)
end

# tw_status tw_module_softsign(tw_module **out)
function tw_module_softsign(out)
    return ccall(address(188), tw_status, (Ptr{Ptr{tw_module}},), out)
end

# tw_status tw_module_tanh(tw_module **out)
function tw_module_tanh(out)
    return ccall(address(189), tw_status, (Ptr{Ptr{tw_module}},), out)
end

# tw_status tw_module_train(tw_module *module, int32_t mode)
function tw_module_train(module_, mode)
    return ccall(address(190), tw_status, (Ptr{tw_module}, Int32), module_, mode)
end

# tw_status tw_module_transformer_encoder(tw_module **out, const tw_module *encoder_layer, int64_t num_layers, tw_module *norm)
function tw_module_transformer_encoder(out, encoder_layer, num_layers, norm)
    return ccall(address(191), tw_status, (Ptr{Ptr{tw_module}}, Ptr{tw_module}, Int64, Ptr{tw_module}), out, encoder_layer, num_layers, norm)
end

# tw_status tw_module_transformer_encoder_layer(tw_module **out, int64_t d_model, int64_t nhead, const tw_transformer_encoder_layer_options *options)
function tw_module_transformer_encoder_layer(out, d_model, nhead, options)
    return ccall(address(192), tw_status, (Ptr{Ptr{tw_module}}, Int64, Int64, Ptr{tw_transformer_encoder_layer_options}), out, d_model, nhead, options)
end

# tw_status tw_module_zero_grad(tw_module *module)
function tw_module_zero_grad(module_)
    return ccall(address(193), tw_status, (Ptr{tw_module},), module_)
end

# tw_status tw_mse_loss_options_init(tw_mse_loss_options *options, size_t struct_size)
function tw_mse_loss_options_init(options, struct_size)
    return ccall(address(194), tw_status, (Ptr{tw_mse_loss_options}, Csize_t), options, struct_size)
end

# tw_status tw_multihead_attention_options_init(tw_multihead_attention_options *options, size_t struct_size)
function tw_multihead_attention_options_init(options, struct_size)
    return ccall(address(195), tw_status, (Ptr{tw_multihead_attention_options}, Csize_t), options, struct_size)
end

# tw_status tw_nll_loss_options_init(tw_nll_loss_options *options, size_t struct_size)
function tw_nll_loss_options_init(options, struct_size)
    return ccall(address(196), tw_status, (Ptr{tw_nll_loss_options}, Csize_t), options, struct_size)
end

# tw_status tw_one_cycle_options_init(tw_one_cycle_options *options, size_t struct_size)
function tw_one_cycle_options_init(options, struct_size)
    return ccall(address(197), tw_status, (Ptr{tw_one_cycle_options}, Csize_t), options, struct_size)
end

# tw_status tw_op_add(tw_tensor **out, const tw_tensor *a, const tw_tensor *b)
function tw_op_add(out, a, b)
    return ccall(address(198), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{tw_tensor}), out, a, b)
end

# tw_status tw_op_add_double(tw_tensor **out, const tw_tensor *a, double value)
function tw_op_add_double(out, a, value)
    return ccall(address(199), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Cdouble), out, a, value)
end

# tw_status tw_op_add_int64(tw_tensor **out, const tw_tensor *a, int64_t value)
function tw_op_add_int64(out, a, value)
    return ccall(address(200), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Int64), out, a, value)
end

# tw_status tw_op_argmax(tw_tensor **out, const tw_tensor *input, int64_t dim, int32_t keepdim)
function tw_op_argmax(out, input, dim, keepdim)
    return ccall(address(201), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Int64, Int32), out, input, dim, keepdim)
end

# tw_status tw_op_binary_cross_entropy_with_logits(tw_tensor **out, const tw_tensor *input, const tw_tensor *target, const tw_binary_cross_entropy_with_logits_options *options)
function tw_op_binary_cross_entropy_with_logits(out, input, target, options)
    return ccall(address(202), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{tw_tensor}, Ptr{tw_binary_cross_entropy_with_logits_options}), out, input, target, options)
end

# tw_status tw_op_call(tw_tensor_list **out, const char *name, const tw_argument *arguments, size_t argument_count)
function tw_op_call(out, name, arguments, argument_count)
    return ccall(address(203), tw_status, (Ptr{Ptr{tw_tensor_list}}, Cstring, Ptr{tw_argument}, Csize_t), out, name, arguments, argument_count)
end

# tw_status tw_op_call_one(tw_tensor **out, const char *name, const tw_argument *arguments, size_t argument_count)
function tw_op_call_one(out, name, arguments, argument_count)
    return ccall(address(204), tw_status, (Ptr{Ptr{tw_tensor}}, Cstring, Ptr{tw_argument}, Csize_t), out, name, arguments, argument_count)
end

# tw_status tw_op_cat(tw_tensor **out, tw_tensor *const *tensors, size_t count, int64_t dim)
function tw_op_cat(out, tensors, count, dim)
    return ccall(address(205), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Ptr{tw_tensor}}, Csize_t, Int64), out, tensors, count, dim)
end

# tw_status tw_op_conv2d(tw_tensor **out, const tw_tensor *input, const tw_tensor *weight, const tw_tensor *bias, const tw_op_conv2d_options *options)
function tw_op_conv2d(out, input, weight, bias, options)
    return ccall(address(206), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{tw_tensor}, Ptr{tw_tensor}, Ptr{tw_op_conv2d_options}), out, input, weight, bias, options)
end

# tw_status tw_op_conv2d_options_init(tw_op_conv2d_options *options, size_t struct_size)
function tw_op_conv2d_options_init(options, struct_size)
    return ccall(address(207), tw_status, (Ptr{tw_op_conv2d_options}, Csize_t), options, struct_size)
end

# tw_status tw_op_cross_entropy(tw_tensor **out, const tw_tensor *input, const tw_tensor *target, const tw_cross_entropy_options *options)
function tw_op_cross_entropy(out, input, target, options)
    return ccall(address(208), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{tw_tensor}, Ptr{tw_cross_entropy_options}), out, input, target, options)
end

# tw_status tw_op_div(tw_tensor **out, const tw_tensor *a, const tw_tensor *b)
function tw_op_div(out, a, b)
    return ccall(address(209), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{tw_tensor}), out, a, b)
end

# tw_status tw_op_dropout(tw_tensor **out, const tw_tensor *input, double p, int32_t training)
function tw_op_dropout(out, input, p, training)
    return ccall(address(210), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Cdouble, Int32), out, input, p, training)
end

# tw_status tw_op_eq(tw_tensor **out, const tw_tensor *a, const tw_tensor *b)
function tw_op_eq(out, a, b)
    return ccall(address(211), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{tw_tensor}), out, a, b)
end

# tw_status tw_op_exp(tw_tensor **out, const tw_tensor *a)
function tw_op_exp(out, a)
    return ccall(address(212), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, a)
end

# tw_status tw_op_flatten(tw_tensor **out, const tw_tensor *input, int64_t start_dim, int64_t end_dim)
function tw_op_flatten(out, input, start_dim, end_dim)
    return ccall(address(213), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Int64, Int64), out, input, start_dim, end_dim)
end

# tw_status tw_op_gelu(tw_tensor **out, const tw_tensor *input)
function tw_op_gelu(out, input)
    return ccall(address(214), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, input)
end

# tw_status tw_op_linear(tw_tensor **out, const tw_tensor *input, const tw_tensor *weight, const tw_tensor *bias)
function tw_op_linear(out, input, weight, bias)
    return ccall(address(215), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{tw_tensor}, Ptr{tw_tensor}), out, input, weight, bias)
end

# tw_status tw_op_log(tw_tensor **out, const tw_tensor *a)
function tw_op_log(out, a)
    return ccall(address(216), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, a)
end

# tw_status tw_op_log_softmax(tw_tensor **out, const tw_tensor *input, int64_t dim)
function tw_op_log_softmax(out, input, dim)
    return ccall(address(217), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Int64), out, input, dim)
end

# tw_status tw_op_matmul(tw_tensor **out, const tw_tensor *a, const tw_tensor *b)
function tw_op_matmul(out, a, b)
    return ccall(address(218), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{tw_tensor}), out, a, b)
end

# tw_status tw_op_max_pool2d(tw_tensor **out, const tw_tensor *input, const int64_t *kernel_size, const tw_op_max_pool2d_options *options)
function tw_op_max_pool2d(out, input, kernel_size, options)
    return ccall(address(219), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{Int64}, Ptr{tw_op_max_pool2d_options}), out, input, kernel_size, options)
end

# tw_status tw_op_max_pool2d_options_init(tw_op_max_pool2d_options *options, size_t struct_size)
function tw_op_max_pool2d_options_init(options, struct_size)
    return ccall(address(220), tw_status, (Ptr{tw_op_max_pool2d_options}, Csize_t), options, struct_size)
end

# tw_status tw_op_mean(tw_tensor **out, const tw_tensor *input)
function tw_op_mean(out, input)
    return ccall(address(221), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, input)
end

# tw_status tw_op_mse_loss(tw_tensor **out, const tw_tensor *input, const tw_tensor *target, const tw_mse_loss_options *options)
function tw_op_mse_loss(out, input, target, options)
    return ccall(address(222), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{tw_tensor}, Ptr{tw_mse_loss_options}), out, input, target, options)
end

# tw_status tw_op_mul(tw_tensor **out, const tw_tensor *a, const tw_tensor *b)
function tw_op_mul(out, a, b)
    return ccall(address(223), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{tw_tensor}), out, a, b)
end

# tw_status tw_op_mul_double(tw_tensor **out, const tw_tensor *a, double value)
function tw_op_mul_double(out, a, value)
    return ccall(address(224), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Cdouble), out, a, value)
end

# tw_status tw_op_mul_int64(tw_tensor **out, const tw_tensor *a, int64_t value)
function tw_op_mul_int64(out, a, value)
    return ccall(address(225), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Int64), out, a, value)
end

# tw_status tw_op_neg(tw_tensor **out, const tw_tensor *a)
function tw_op_neg(out, a)
    return ccall(address(226), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, a)
end

# tw_status tw_op_nll_loss(tw_tensor **out, const tw_tensor *input, const tw_tensor *target, const tw_nll_loss_options *options)
function tw_op_nll_loss(out, input, target, options)
    return ccall(address(227), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{tw_tensor}, Ptr{tw_nll_loss_options}), out, input, target, options)
end

# tw_status tw_op_pow_double(tw_tensor **out, const tw_tensor *a, double exponent)
function tw_op_pow_double(out, a, exponent)
    return ccall(address(228), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Cdouble), out, a, exponent)
end

# tw_status tw_op_pow_int64(tw_tensor **out, const tw_tensor *a, int64_t exponent)
function tw_op_pow_int64(out, a, exponent)
    return ccall(address(229), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Int64), out, a, exponent)
end

# tw_status tw_op_relu(tw_tensor **out, const tw_tensor *input)
function tw_op_relu(out, input)
    return ccall(address(230), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, input)
end

# tw_status tw_op_reshape(tw_tensor **out, const tw_tensor *input, const int64_t *sizes, size_t ndim)
function tw_op_reshape(out, input, sizes, ndim)
    return ccall(address(231), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{Int64}, Csize_t), out, input, sizes, ndim)
end

# tw_status tw_op_sigmoid(tw_tensor **out, const tw_tensor *input)
function tw_op_sigmoid(out, input)
    return ccall(address(232), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, input)
end

# tw_status tw_op_softmax(tw_tensor **out, const tw_tensor *input, int64_t dim)
function tw_op_softmax(out, input, dim)
    return ccall(address(233), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Int64), out, input, dim)
end

# tw_status tw_op_sqrt(tw_tensor **out, const tw_tensor *a)
function tw_op_sqrt(out, a)
    return ccall(address(234), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, a)
end

# tw_status tw_op_sub(tw_tensor **out, const tw_tensor *a, const tw_tensor *b)
function tw_op_sub(out, a, b)
    return ccall(address(235), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Ptr{tw_tensor}), out, a, b)
end

# tw_status tw_op_sum(tw_tensor **out, const tw_tensor *input)
function tw_op_sum(out, input)
    return ccall(address(236), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, input)
end

# tw_status tw_op_tanh(tw_tensor **out, const tw_tensor *input)
function tw_op_tanh(out, input)
    return ccall(address(237), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, input)
end

# tw_status tw_op_transpose(tw_tensor **out, const tw_tensor *input, int64_t dim0, int64_t dim1)
function tw_op_transpose(out, input, dim0, dim1)
    return ccall(address(238), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Int64, Int64), out, input, dim0, dim1)
end

# tw_status tw_optimizer_adagrad(tw_optimizer **out, tw_tensor *const *parameters, size_t count, const tw_adagrad_options *options)
function tw_optimizer_adagrad(out, parameters, count, options)
    return ccall(address(239), tw_status, (Ptr{Ptr{tw_optimizer}}, Ptr{Ptr{tw_tensor}}, Csize_t, Ptr{tw_adagrad_options}), out, parameters, count, options)
end

# tw_status tw_optimizer_adam(tw_optimizer **out, tw_tensor *const *parameters, size_t count, const tw_adam_options *options)
function tw_optimizer_adam(out, parameters, count, options)
    return ccall(address(240), tw_status, (Ptr{Ptr{tw_optimizer}}, Ptr{Ptr{tw_tensor}}, Csize_t, Ptr{tw_adam_options}), out, parameters, count, options)
end

# tw_status tw_optimizer_adamw(tw_optimizer **out, tw_tensor *const *parameters, size_t count, const tw_adamw_options *options)
function tw_optimizer_adamw(out, parameters, count, options)
    return ccall(address(241), tw_status, (Ptr{Ptr{tw_optimizer}}, Ptr{Ptr{tw_tensor}}, Csize_t, Ptr{tw_adamw_options}), out, parameters, count, options)
end

# tw_status tw_optimizer_add_param_group(tw_optimizer *optimizer, tw_tensor *const *parameters, size_t count, const void *options)
function tw_optimizer_add_param_group(optimizer, parameters, count, options)
    return ccall(address(242), tw_status, (Ptr{tw_optimizer}, Ptr{Ptr{tw_tensor}}, Csize_t, Ptr{Cvoid}), optimizer, parameters, count, options)
end

# tw_status tw_optimizer_borrow(tw_optimizer **out, void *torch_optimizer)
function tw_optimizer_borrow(out, torch_optimizer)
    return ccall(address(243), tw_status, (Ptr{Ptr{tw_optimizer}}, Ptr{Cvoid}), out, torch_optimizer)
end

# tw_status tw_optimizer_custom(tw_optimizer **out, const tw_optimizer_interface *functions, void *context)
function tw_optimizer_custom(out, functions, context)
    return ccall(address(244), tw_status, (Ptr{Ptr{tw_optimizer}}, Ptr{tw_optimizer_interface}, Ptr{Cvoid}), out, functions, context)
end

# tw_status tw_optimizer_detach(tw_optimizer *optimizer)
function tw_optimizer_detach(optimizer)
    return ccall(address(245), tw_status, (Ptr{tw_optimizer},), optimizer)
end

# void tw_optimizer_free(tw_optimizer *optimizer)
function tw_optimizer_free(optimizer)
    return ccall(address(246), Cvoid, (Ptr{tw_optimizer},), optimizer)
end

# tw_status tw_optimizer_get_class_name(char *out, size_t capacity, size_t *needed, const tw_optimizer *optimizer)
function tw_optimizer_get_class_name(out, capacity, needed, optimizer)
    return ccall(address(247), tw_status, (Ptr{UInt8}, Csize_t, Ptr{Csize_t}, Ptr{tw_optimizer}), out, capacity, needed, optimizer)
end

# tw_status tw_optimizer_get_group_count(size_t *out, const tw_optimizer *optimizer)
function tw_optimizer_get_group_count(out, optimizer)
    return ccall(address(248), tw_status, (Ptr{Csize_t}, Ptr{tw_optimizer}), out, optimizer)
end

# tw_status tw_optimizer_get_lr(double *out, const tw_optimizer *optimizer, size_t group)
function tw_optimizer_get_lr(out, optimizer, group)
    return ccall(address(249), tw_status, (Ptr{Cdouble}, Ptr{tw_optimizer}, Csize_t), out, optimizer, group)
end

# tw_status tw_optimizer_get_lrs(double *out, size_t capacity, size_t *needed, const tw_optimizer *optimizer)
function tw_optimizer_get_lrs(out, capacity, needed, optimizer)
    return ccall(address(250), tw_status, (Ptr{Cdouble}, Csize_t, Ptr{Csize_t}, Ptr{tw_optimizer}), out, capacity, needed, optimizer)
end

# tw_status tw_optimizer_get_option(double *out, const tw_optimizer *optimizer, size_t group, tw_option option)
function tw_optimizer_get_option(out, optimizer, group, option)
    return ccall(address(251), tw_status, (Ptr{Cdouble}, Ptr{tw_optimizer}, Csize_t, tw_option), out, optimizer, group, option)
end

# tw_status tw_optimizer_rates(tw_optimizer **out, const double *lrs, const double *betas, size_t group_count)
function tw_optimizer_rates(out, lrs, betas, group_count)
    return ccall(address(252), tw_status, (Ptr{Ptr{tw_optimizer}}, Ptr{Cdouble}, Ptr{Cdouble}, Csize_t), out, lrs, betas, group_count)
end

# tw_status tw_optimizer_rmsprop(tw_optimizer **out, tw_tensor *const *parameters, size_t count, const tw_rmsprop_options *options)
function tw_optimizer_rmsprop(out, parameters, count, options)
    return ccall(address(253), tw_status, (Ptr{Ptr{tw_optimizer}}, Ptr{Ptr{tw_tensor}}, Csize_t, Ptr{tw_rmsprop_options}), out, parameters, count, options)
end

# tw_status tw_optimizer_set_lr(tw_optimizer *optimizer, size_t group, double lr)
function tw_optimizer_set_lr(optimizer, group, lr)
    return ccall(address(254), tw_status, (Ptr{tw_optimizer}, Csize_t, Cdouble), optimizer, group, lr)
end

# tw_status tw_optimizer_set_option(tw_optimizer *optimizer, size_t group, tw_option option, double value)
function tw_optimizer_set_option(optimizer, group, option, value)
    return ccall(address(255), tw_status, (Ptr{tw_optimizer}, Csize_t, tw_option, Cdouble), optimizer, group, option, value)
end

# tw_status tw_optimizer_sgd(tw_optimizer **out, tw_tensor *const *parameters, size_t count, const tw_sgd_options *options)
function tw_optimizer_sgd(out, parameters, count, options)
    return ccall(address(256), tw_status, (Ptr{Ptr{tw_optimizer}}, Ptr{Ptr{tw_tensor}}, Csize_t, Ptr{tw_sgd_options}), out, parameters, count, options)
end

# tw_status tw_optimizer_step(tw_optimizer *optimizer)
function tw_optimizer_step(optimizer)
    return ccall(address(257), tw_status, (Ptr{tw_optimizer},), optimizer)
end

# tw_status tw_optimizer_zero_grad(tw_optimizer *optimizer)
function tw_optimizer_zero_grad(optimizer)
    return ccall(address(258), tw_status, (Ptr{tw_optimizer},), optimizer)
end

# const char *tw_option_name(tw_option option)
function tw_option_name(option)
    return ccall(address(259), Cstring, (tw_option,), option)
end

# tw_status tw_prelu_options_init(tw_prelu_options *options, size_t struct_size)
function tw_prelu_options_init(options, struct_size)
    return ccall(address(260), tw_status, (Ptr{tw_prelu_options}, Csize_t), options, struct_size)
end

# tw_status tw_reduce_on_plateau_options_init(tw_reduce_on_plateau_options *options, size_t struct_size)
function tw_reduce_on_plateau_options_init(options, struct_size)
    return ccall(address(261), tw_status, (Ptr{tw_reduce_on_plateau_options}, Csize_t), options, struct_size)
end

# tw_status tw_restart_with_patient_threads(char *const *argv)
function tw_restart_with_patient_threads(argv)
    return ccall(address(262), tw_status, (Ptr{Ptr{UInt8}},), argv)
end

# tw_status tw_rmsprop_options_init(tw_rmsprop_options *options, size_t struct_size)
function tw_rmsprop_options_init(options, struct_size)
    return ccall(address(263), tw_status, (Ptr{tw_rmsprop_options}, Csize_t), options, struct_size)
end

# tw_status tw_set_grad_enabled(int32_t *previous, int32_t enabled)
function tw_set_grad_enabled(previous, enabled)
    return ccall(address(264), tw_status, (Ptr{Int32}, Int32), previous, enabled)
end

# void tw_set_last_error(const char *message)
function tw_set_last_error(message)
    return ccall(address(265), Cvoid, (Cstring,), message)
end

# tw_status tw_set_num_threads(size_t count)
function tw_set_num_threads(count)
    return ccall(address(266), tw_status, (Csize_t,), count)
end

# tw_status tw_sgd_options_init(tw_sgd_options *options, size_t struct_size)
function tw_sgd_options_init(options, struct_size)
    return ccall(address(267), tw_status, (Ptr{tw_sgd_options}, Csize_t), options, struct_size)
end

# tw_status tw_softplus_options_init(tw_softplus_options *options, size_t struct_size)
function tw_softplus_options_init(options, struct_size)
    return ccall(address(268), tw_status, (Ptr{tw_softplus_options}, Csize_t), options, struct_size)
end

# const char *tw_status_name(tw_status status)
function tw_status_name(status)
    return ccall(address(269), Cstring, (tw_status,), status)
end

# tw_status tw_tensor_arange_double(tw_tensor **out, double start, double end, double step, tw_dtype dtype, const char *device)
function tw_tensor_arange_double(out, start, end_, step, dtype, device)
    return ccall(address(270), tw_status, (Ptr{Ptr{tw_tensor}}, Cdouble, Cdouble, Cdouble, tw_dtype, Cstring), out, start, end_, step, dtype, device)
end

# tw_status tw_tensor_arange_int64(tw_tensor **out, int64_t start, int64_t end, int64_t step, tw_dtype dtype, const char *device)
function tw_tensor_arange_int64(out, start, end_, step, dtype, device)
    return ccall(address(271), tw_status, (Ptr{Ptr{tw_tensor}}, Int64, Int64, Int64, tw_dtype, Cstring), out, start, end_, step, dtype, device)
end

# tw_status tw_tensor_backward(tw_tensor *tensor, const tw_tensor *gradient, int32_t retain_graph)
function tw_tensor_backward(tensor, gradient, retain_graph)
    return ccall(address(272), tw_status, (Ptr{tw_tensor}, Ptr{tw_tensor}, Int32), tensor, gradient, retain_graph)
end

# tw_status tw_tensor_clone(tw_tensor **out, const tw_tensor *tensor)
function tw_tensor_clone(out, tensor)
    return ccall(address(273), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_copy_data(void *out, size_t capacity, size_t *needed, const tw_tensor *tensor)
function tw_tensor_copy_data(out, capacity, needed, tensor)
    return ccall(address(274), tw_status, (Ptr{Cvoid}, Csize_t, Ptr{Csize_t}, Ptr{tw_tensor}), out, capacity, needed, tensor)
end

# tw_status tw_tensor_copy_from(tw_tensor *tensor, const tw_tensor *source)
function tw_tensor_copy_from(tensor, source)
    return ccall(address(275), tw_status, (Ptr{tw_tensor}, Ptr{tw_tensor}), tensor, source)
end

# tw_status tw_tensor_detach(tw_tensor **out, const tw_tensor *tensor)
function tw_tensor_detach(out, tensor)
    return ccall(address(276), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_empty(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device)
function tw_tensor_empty(out, sizes, ndim, dtype, device)
    return ccall(address(277), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Int64}, Csize_t, tw_dtype, Cstring), out, sizes, ndim, dtype, device)
end

# tw_status tw_tensor_format(char *out, size_t capacity, size_t *needed, const tw_tensor *tensor)
function tw_tensor_format(out, capacity, needed, tensor)
    return ccall(address(278), tw_status, (Ptr{UInt8}, Csize_t, Ptr{Csize_t}, Ptr{tw_tensor}), out, capacity, needed, tensor)
end

# void tw_tensor_free(tw_tensor *tensor)
function tw_tensor_free(tensor)
    return ccall(address(279), Cvoid, (Ptr{tw_tensor},), tensor)
end

# tw_status tw_tensor_from_blob(tw_tensor **out, void *data, size_t bytes, const int64_t *sizes, size_t ndim, const int64_t *strides, tw_dtype dtype, void *context, void (*)(void *) release)
function tw_tensor_from_blob(out, data, bytes, sizes, ndim, strides, dtype, context, release)
    return ccall(address(280), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Cvoid}, Csize_t, Ptr{Int64}, Csize_t, Ptr{Int64}, tw_dtype, Ptr{Cvoid}, Ptr{Cvoid}), out, data, bytes, sizes, ndim, strides, dtype, context, release)
end

# tw_status tw_tensor_from_data(tw_tensor **out, const void *data, size_t bytes, const int64_t *sizes, size_t ndim, tw_dtype dtype)
function tw_tensor_from_data(out, data, bytes, sizes, ndim, dtype)
    return ccall(address(281), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Cvoid}, Csize_t, Ptr{Int64}, Csize_t, tw_dtype), out, data, bytes, sizes, ndim, dtype)
end

# tw_status tw_tensor_from_dlpack(tw_tensor **out, struct DLManagedTensor *managed)
function tw_tensor_from_dlpack(out, managed)
    return ccall(address(282), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Cvoid}), out, managed)
end

# tw_status tw_tensor_from_dlpack_versioned(tw_tensor **out, struct DLManagedTensorVersioned *managed)
function tw_tensor_from_dlpack_versioned(out, managed)
    return ccall(address(283), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Cvoid}), out, managed)
end

# tw_status tw_tensor_from_torch(tw_tensor **out, const void *at_tensor)
function tw_tensor_from_torch(out, at_tensor)
    return ccall(address(284), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Cvoid}), out, at_tensor)
end

# tw_status tw_tensor_full_double(tw_tensor **out, const int64_t *sizes, size_t ndim, double value, tw_dtype dtype, const char *device)
function tw_tensor_full_double(out, sizes, ndim, value, dtype, device)
    return ccall(address(285), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Int64}, Csize_t, Cdouble, tw_dtype, Cstring), out, sizes, ndim, value, dtype, device)
end

# tw_status tw_tensor_full_int64(tw_tensor **out, const int64_t *sizes, size_t ndim, int64_t value, tw_dtype dtype, const char *device)
function tw_tensor_full_int64(out, sizes, ndim, value, dtype, device)
    return ccall(address(286), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Int64}, Csize_t, Int64, tw_dtype, Cstring), out, sizes, ndim, value, dtype, device)
end

# tw_status tw_tensor_get_data_ptr(void **out, const tw_tensor *tensor)
function tw_tensor_get_data_ptr(out, tensor)
    return ccall(address(287), tw_status, (Ptr{Ptr{Cvoid}}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_get_device(char *out, size_t capacity, size_t *needed, const tw_tensor *tensor)
function tw_tensor_get_device(out, capacity, needed, tensor)
    return ccall(address(288), tw_status, (Ptr{UInt8}, Csize_t, Ptr{Csize_t}, Ptr{tw_tensor}), out, capacity, needed, tensor)
end

# tw_status tw_tensor_get_dtype(tw_dtype *out, const tw_tensor *tensor)
function tw_tensor_get_dtype(out, tensor)
    return ccall(address(289), tw_status, (Ptr{tw_dtype}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_get_grad(tw_tensor **out, const tw_tensor *tensor)
function tw_tensor_get_grad(out, tensor)
    return ccall(address(290), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_get_item_double(double *out, const tw_tensor *tensor)
function tw_tensor_get_item_double(out, tensor)
    return ccall(address(291), tw_status, (Ptr{Cdouble}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_get_item_int64(int64_t *out, const tw_tensor *tensor)
function tw_tensor_get_item_int64(out, tensor)
    return ccall(address(292), tw_status, (Ptr{Int64}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_get_ndim(size_t *out, const tw_tensor *tensor)
function tw_tensor_get_ndim(out, tensor)
    return ccall(address(293), tw_status, (Ptr{Csize_t}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_get_numel(size_t *out, const tw_tensor *tensor)
function tw_tensor_get_numel(out, tensor)
    return ccall(address(294), tw_status, (Ptr{Csize_t}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_get_requires_grad(int32_t *out, const tw_tensor *tensor)
function tw_tensor_get_requires_grad(out, tensor)
    return ccall(address(295), tw_status, (Ptr{Int32}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_get_sizes(int64_t *out, size_t capacity, size_t *needed, const tw_tensor *tensor)
function tw_tensor_get_sizes(out, capacity, needed, tensor)
    return ccall(address(296), tw_status, (Ptr{Int64}, Csize_t, Ptr{Csize_t}, Ptr{tw_tensor}), out, capacity, needed, tensor)
end

# tw_status tw_tensor_get_strides(int64_t *out, size_t capacity, size_t *needed, const tw_tensor *tensor)
function tw_tensor_get_strides(out, capacity, needed, tensor)
    return ccall(address(297), tw_status, (Ptr{Int64}, Csize_t, Ptr{Csize_t}, Ptr{tw_tensor}), out, capacity, needed, tensor)
end

# tw_status tw_tensor_get_torch(const void **out, const tw_tensor *tensor)
function tw_tensor_get_torch(out, tensor)
    return ccall(address(298), tw_status, (Ptr{Ptr{Cvoid}}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_list_create(tw_tensor_list **out, tw_tensor *const *tensors, size_t count)
function tw_tensor_list_create(out, tensors, count)
    return ccall(address(299), tw_status, (Ptr{Ptr{tw_tensor_list}}, Ptr{Ptr{tw_tensor}}, Csize_t), out, tensors, count)
end

# void tw_tensor_list_free(tw_tensor_list *list)
function tw_tensor_list_free(list)
    return ccall(address(300), Cvoid, (Ptr{tw_tensor_list},), list)
end

# tw_status tw_tensor_list_get(tw_tensor **out, const tw_tensor_list *list, size_t index)
function tw_tensor_list_get(out, list, index)
    return ccall(address(301), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor_list}, Csize_t), out, list, index)
end

# tw_status tw_tensor_list_get_count(size_t *out, const tw_tensor_list *list)
function tw_tensor_list_get_count(out, list)
    return ccall(address(302), tw_status, (Ptr{Csize_t}, Ptr{tw_tensor_list}), out, list)
end

# tw_status tw_tensor_list_get_data(tw_tensor *const **out, size_t *count, const tw_tensor_list *list)
function tw_tensor_list_get_data(out, count, list)
    return ccall(address(303), tw_status, (Ptr{Ptr{Ptr{tw_tensor}}}, Ptr{Csize_t}, Ptr{tw_tensor_list}), out, count, list)
end

# tw_status tw_tensor_ones(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device)
function tw_tensor_ones(out, sizes, ndim, dtype, device)
    return ccall(address(304), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Int64}, Csize_t, tw_dtype, Cstring), out, sizes, ndim, dtype, device)
end

# tw_status tw_tensor_rand(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device, tw_generator *generator)
function tw_tensor_rand(out, sizes, ndim, dtype, device, generator)
    return ccall(address(305), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Int64}, Csize_t, tw_dtype, Cstring, Ptr{tw_generator}), out, sizes, ndim, dtype, device, generator)
end

# tw_status tw_tensor_randn(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device, tw_generator *generator)
function tw_tensor_randn(out, sizes, ndim, dtype, device, generator)
    return ccall(address(306), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Int64}, Csize_t, tw_dtype, Cstring, Ptr{tw_generator}), out, sizes, ndim, dtype, device, generator)
end

# tw_status tw_tensor_set_grad(tw_tensor *tensor, const tw_tensor *gradient)
function tw_tensor_set_grad(tensor, gradient)
    return ccall(address(307), tw_status, (Ptr{tw_tensor}, Ptr{tw_tensor}), tensor, gradient)
end

# tw_status tw_tensor_set_requires_grad(tw_tensor *tensor, int32_t requires_grad)
function tw_tensor_set_requires_grad(tensor, requires_grad)
    return ccall(address(308), tw_status, (Ptr{tw_tensor}, Int32), tensor, requires_grad)
end

# tw_status tw_tensor_share(tw_tensor **out, const tw_tensor *tensor)
function tw_tensor_share(out, tensor)
    return ccall(address(309), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_to_device(tw_tensor **out, const tw_tensor *tensor, const char *device)
function tw_tensor_to_device(out, tensor, device)
    return ccall(address(310), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, Cstring), out, tensor, device)
end

# tw_status tw_tensor_to_dlpack(struct DLManagedTensor **out, const tw_tensor *tensor)
function tw_tensor_to_dlpack(out, tensor)
    return ccall(address(311), tw_status, (Ptr{Ptr{Cvoid}}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_to_dlpack_versioned(struct DLManagedTensorVersioned **out, const tw_tensor *tensor)
function tw_tensor_to_dlpack_versioned(out, tensor)
    return ccall(address(312), tw_status, (Ptr{Ptr{Cvoid}}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_tensor_to_dtype(tw_tensor **out, const tw_tensor *tensor, tw_dtype dtype)
function tw_tensor_to_dtype(out, tensor, dtype)
    return ccall(address(313), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_tensor}, tw_dtype), out, tensor, dtype)
end

# tw_status tw_tensor_zeros(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device)
function tw_tensor_zeros(out, sizes, ndim, dtype, device)
    return ccall(address(314), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{Int64}, Csize_t, tw_dtype, Cstring), out, sizes, ndim, dtype, device)
end

# int32_t tw_torch_cxx11_abi()
function tw_torch_cxx11_abi()
    return ccall(address(315), Int32, ())
end

# const char *tw_torch_version()
function tw_torch_version()
    return ccall(address(316), Cstring, ())
end

# tw_status tw_transformer_encoder_layer_options_init(tw_transformer_encoder_layer_options *options, size_t struct_size)
function tw_transformer_encoder_layer_options_init(options, struct_size)
    return ccall(address(317), tw_status, (Ptr{tw_transformer_encoder_layer_options}, Csize_t), options, struct_size)
end

# tw_status tw_value_bool(tw_value **out, int32_t value)
function tw_value_bool(out, value)
    return ccall(address(318), tw_status, (Ptr{Ptr{tw_value}}, Int32), out, value)
end

# tw_status tw_value_dict(tw_value **out, tw_value *const *keys, tw_value *const *values, size_t count)
function tw_value_dict(out, keys, values, count)
    return ccall(address(319), tw_status, (Ptr{Ptr{tw_value}}, Ptr{Ptr{tw_value}}, Ptr{Ptr{tw_value}}, Csize_t), out, keys, values, count)
end

# tw_status tw_value_double(tw_value **out, double value)
function tw_value_double(out, value)
    return ccall(address(320), tw_status, (Ptr{Ptr{tw_value}}, Cdouble), out, value)
end

# tw_status tw_value_find(tw_value **out, const tw_value *value, const char *key)
function tw_value_find(out, value, key)
    return ccall(address(321), tw_status, (Ptr{Ptr{tw_value}}, Ptr{tw_value}, Cstring), out, value, key)
end

# void tw_value_free(tw_value *value)
function tw_value_free(value)
    return ccall(address(322), Cvoid, (Ptr{tw_value},), value)
end

# tw_status tw_value_get_bool(int32_t *out, const tw_value *value)
function tw_value_get_bool(out, value)
    return ccall(address(323), tw_status, (Ptr{Int32}, Ptr{tw_value}), out, value)
end

# tw_status tw_value_get_double(double *out, const tw_value *value)
function tw_value_get_double(out, value)
    return ccall(address(324), tw_status, (Ptr{Cdouble}, Ptr{tw_value}), out, value)
end

# tw_status tw_value_get_int64(int64_t *out, const tw_value *value)
function tw_value_get_int64(out, value)
    return ccall(address(325), tw_status, (Ptr{Int64}, Ptr{tw_value}), out, value)
end

# tw_status tw_value_get_item(tw_value **out, const tw_value *value, size_t index)
function tw_value_get_item(out, value, index)
    return ccall(address(326), tw_status, (Ptr{Ptr{tw_value}}, Ptr{tw_value}, Csize_t), out, value, index)
end

# tw_status tw_value_get_key(tw_value **out, const tw_value *value, size_t index)
function tw_value_get_key(out, value, index)
    return ccall(address(327), tw_status, (Ptr{Ptr{tw_value}}, Ptr{tw_value}, Csize_t), out, value, index)
end

# tw_status tw_value_get_kind(tw_kind *out, const tw_value *value)
function tw_value_get_kind(out, value)
    return ccall(address(328), tw_status, (Ptr{tw_kind}, Ptr{tw_value}), out, value)
end

# tw_status tw_value_get_size(size_t *out, const tw_value *value)
function tw_value_get_size(out, value)
    return ccall(address(329), tw_status, (Ptr{Csize_t}, Ptr{tw_value}), out, value)
end

# tw_status tw_value_get_string(char *out, size_t capacity, size_t *needed, const tw_value *value)
function tw_value_get_string(out, capacity, needed, value)
    return ccall(address(330), tw_status, (Ptr{UInt8}, Csize_t, Ptr{Csize_t}, Ptr{tw_value}), out, capacity, needed, value)
end

# tw_status tw_value_get_tensor(tw_tensor **out, const tw_value *value)
function tw_value_get_tensor(out, value)
    return ccall(address(331), tw_status, (Ptr{Ptr{tw_tensor}}, Ptr{tw_value}), out, value)
end

# tw_status tw_value_get_type_name(char *out, size_t capacity, size_t *needed, const tw_value *value)
function tw_value_get_type_name(out, capacity, needed, value)
    return ccall(address(332), tw_status, (Ptr{UInt8}, Csize_t, Ptr{Csize_t}, Ptr{tw_value}), out, capacity, needed, value)
end

# tw_status tw_value_int64(tw_value **out, int64_t value)
function tw_value_int64(out, value)
    return ccall(address(333), tw_status, (Ptr{Ptr{tw_value}}, Int64), out, value)
end

# tw_status tw_value_list(tw_value **out, tw_value *const *items, size_t count)
function tw_value_list(out, items, count)
    return ccall(address(334), tw_status, (Ptr{Ptr{tw_value}}, Ptr{Ptr{tw_value}}, Csize_t), out, items, count)
end

# tw_status tw_value_none(tw_value **out)
function tw_value_none(out)
    return ccall(address(335), tw_status, (Ptr{Ptr{tw_value}},), out)
end

# tw_status tw_value_string(tw_value **out, const char *value)
function tw_value_string(out, value)
    return ccall(address(336), tw_status, (Ptr{Ptr{tw_value}}, Cstring), out, value)
end

# tw_status tw_value_tensor(tw_value **out, const tw_tensor *tensor)
function tw_value_tensor(out, tensor)
    return ccall(address(337), tw_status, (Ptr{Ptr{tw_value}}, Ptr{tw_tensor}), out, tensor)
end

# tw_status tw_value_tuple(tw_value **out, tw_value *const *items, size_t count)
function tw_value_tuple(out, items, count)
    return ccall(address(338), tw_status, (Ptr{Ptr{tw_value}}, Ptr{Ptr{tw_value}}, Csize_t), out, items, count)
end

# const char *tw_version()
function tw_version()
    return ccall(address(339), Cstring, ())
end

# int32_t tw_version_number()
function tw_version_number()
    return ccall(address(340), Int32, ())
end

# tw_status tw_warmup_custom(tw_warmup **out, tw_optimizer *optimizer, tw_warmup_factor_function factor, void *context, void (*)(void *) release)
function tw_warmup_custom(out, optimizer, factor, context, release)
    return ccall(address(341), tw_status, (Ptr{Ptr{tw_warmup}}, Ptr{tw_optimizer}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}), out, optimizer, factor, context, release)
end

# tw_status tw_warmup_dampen(tw_warmup *warmup)
function tw_warmup_dampen(warmup)
    return ccall(address(342), tw_status, (Ptr{tw_warmup},), warmup)
end

# tw_status tw_warmup_dampen_at(tw_warmup *warmup, int64_t step)
function tw_warmup_dampen_at(warmup, step)
    return ccall(address(343), tw_status, (Ptr{tw_warmup}, Int64), warmup, step)
end

# tw_status tw_warmup_dampening_begin(tw_warmup *warmup)
function tw_warmup_dampening_begin(warmup)
    return ccall(address(344), tw_status, (Ptr{tw_warmup},), warmup)
end

# tw_status tw_warmup_dampening_cancel(tw_warmup *warmup)
function tw_warmup_dampening_cancel(warmup)
    return ccall(address(345), tw_status, (Ptr{tw_warmup},), warmup)
end

# tw_status tw_warmup_dampening_end(tw_warmup *warmup)
function tw_warmup_dampening_end(warmup)
    return ccall(address(346), tw_status, (Ptr{tw_warmup},), warmup)
end

# tw_status tw_warmup_detach(tw_warmup *warmup)
function tw_warmup_detach(warmup)
    return ccall(address(347), tw_status, (Ptr{tw_warmup},), warmup)
end

# tw_status tw_warmup_exponential(tw_warmup **out, tw_optimizer *optimizer, const int64_t *periods, size_t count)
function tw_warmup_exponential(out, optimizer, periods, count)
    return ccall(address(348), tw_status, (Ptr{Ptr{tw_warmup}}, Ptr{tw_optimizer}, Ptr{Int64}, Csize_t), out, optimizer, periods, count)
end

# void tw_warmup_free(tw_warmup *warmup)
function tw_warmup_free(warmup)
    return ccall(address(349), Cvoid, (Ptr{tw_warmup},), warmup)
end

# tw_status tw_warmup_get_factor(double *out, const tw_warmup *warmup, int64_t step, size_t group)
function tw_warmup_get_factor(out, warmup, step, group)
    return ccall(address(350), tw_status, (Ptr{Cdouble}, Ptr{tw_warmup}, Int64, Csize_t), out, warmup, step, group)
end

# tw_status tw_warmup_get_group_count(size_t *out, const tw_warmup *warmup)
function tw_warmup_get_group_count(out, warmup)
    return ccall(address(351), tw_status, (Ptr{Csize_t}, Ptr{tw_warmup}), out, warmup)
end

# tw_status tw_warmup_get_last_step(int64_t *out, const tw_warmup *warmup)
function tw_warmup_get_last_step(out, warmup)
    return ccall(address(352), tw_status, (Ptr{Int64}, Ptr{tw_warmup}), out, warmup)
end

# tw_status tw_warmup_get_state(int64_t *step, double *lrs, size_t capacity, size_t *needed, const tw_warmup *warmup)
function tw_warmup_get_state(step, lrs, capacity, needed, warmup)
    return ccall(address(353), tw_status, (Ptr{Int64}, Ptr{Cdouble}, Csize_t, Ptr{Csize_t}, Ptr{tw_warmup}), step, lrs, capacity, needed, warmup)
end

# tw_status tw_warmup_get_undampened_lrs(double *out, size_t capacity, size_t *needed, const tw_warmup *warmup)
function tw_warmup_get_undampened_lrs(out, capacity, needed, warmup)
    return ccall(address(354), tw_status, (Ptr{Cdouble}, Csize_t, Ptr{Csize_t}, Ptr{tw_warmup}), out, capacity, needed, warmup)
end

# tw_status tw_warmup_linear(tw_warmup **out, tw_optimizer *optimizer, const int64_t *periods, size_t count)
function tw_warmup_linear(out, optimizer, periods, count)
    return ccall(address(355), tw_status, (Ptr{Ptr{tw_warmup}}, Ptr{tw_optimizer}, Ptr{Int64}, Csize_t), out, optimizer, periods, count)
end

# tw_status tw_warmup_preview(double *out, size_t capacity, size_t *needed, tw_warmup *warmup, tw_lr_scheduler *const *schedulers, size_t count, size_t steps)
function tw_warmup_preview(out, capacity, needed, warmup, schedulers, count, steps)
    return ccall(address(356), tw_status, (Ptr{Cdouble}, Csize_t, Ptr{Csize_t}, Ptr{tw_warmup}, Ptr{Ptr{tw_lr_scheduler}}, Csize_t, Csize_t), out, capacity, needed, warmup, schedulers, count, steps)
end

# tw_status tw_warmup_radam(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s, size_t count)
function tw_warmup_radam(out, optimizer, beta2s, count)
    return ccall(address(357), tw_status, (Ptr{Ptr{tw_warmup}}, Ptr{tw_optimizer}, Ptr{Cdouble}, Csize_t), out, optimizer, beta2s, count)
end

# tw_status tw_warmup_set_last_step(tw_warmup *warmup, int64_t step)
function tw_warmup_set_last_step(warmup, step)
    return ccall(address(358), tw_status, (Ptr{tw_warmup}, Int64), warmup, step)
end

# tw_status tw_warmup_set_state(tw_warmup *warmup, int64_t step, const double *lrs, size_t count)
function tw_warmup_set_state(warmup, step, lrs, count)
    return ccall(address(359), tw_status, (Ptr{tw_warmup}, Int64, Ptr{Cdouble}, Csize_t), warmup, step, lrs, count)
end

# tw_status tw_warmup_step(tw_warmup *warmup, tw_lr_scheduler *const *schedulers, size_t count)
function tw_warmup_step(warmup, schedulers, count)
    return ccall(address(360), tw_status, (Ptr{tw_warmup}, Ptr{Ptr{tw_lr_scheduler}}, Csize_t), warmup, schedulers, count)
end

# tw_status tw_warmup_untuned_exponential(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s, size_t count)
function tw_warmup_untuned_exponential(out, optimizer, beta2s, count)
    return ccall(address(361), tw_status, (Ptr{Ptr{tw_warmup}}, Ptr{tw_optimizer}, Ptr{Cdouble}, Csize_t), out, optimizer, beta2s, count)
end

# tw_status tw_warmup_untuned_linear(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s, size_t count)
function tw_warmup_untuned_linear(out, optimizer, beta2s, count)
    return ccall(address(362), tw_status, (Ptr{Ptr{tw_warmup}}, Ptr{tw_optimizer}, Ptr{Cdouble}, Csize_t), out, optimizer, beta2s, count)
end

end
