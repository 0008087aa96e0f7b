# The operators that training loops use on every line. What is not here, Torch.op reaches.

two(entry) = (a, b) -> tensor_of(out -> entry(out, a, b))

Base.:+(a::Tensor, b::Tensor) = two(LibTW.tw_op_add)(a, b)
Base.:-(a::Tensor, b::Tensor) = two(LibTW.tw_op_sub)(a, b)
"The matrix product, batched and broadcast as `torch.matmul`; elements are multiplied by `.*`."
Base.:*(a::Tensor, b::Tensor) = two(LibTW.tw_op_matmul)(a, b)
Base.:-(a::Tensor) = tensor_of(out -> LibTW.tw_op_neg(out, a))

# As in PyTorch an integer keeps an integer tensor one, and another number does not.
plus(a, value::Integer) = tensor_of(out -> LibTW.tw_op_add_int64(out, a, value))
plus(a, value::Real) = tensor_of(out -> LibTW.tw_op_add_double(out, a, value))
times(a, value::Integer) = tensor_of(out -> LibTW.tw_op_mul_int64(out, a, value))
times(a, value::Real) = tensor_of(out -> LibTW.tw_op_mul_double(out, a, value))
Base.:+(a::Tensor, value::Real) = plus(a, value)
Base.:+(value::Real, a::Tensor) = plus(a, value)
Base.:-(a::Tensor, value::Real) = plus(a, -value)
Base.:-(value::Real, a::Tensor) = plus(-a, value)
Base.:*(a::Tensor, value::Real) = times(a, value)
Base.:*(value::Real, a::Tensor) = times(a, value)
Base.:/(a::Tensor, value::Real) = op("div", a, value)

# Element by element, with LibTorch's broadcasting: a .* b.
Base.Broadcast.broadcasted(::typeof(+), a::Tensor, b::Tensor) = a + b
Base.Broadcast.broadcasted(::typeof(-), a::Tensor, b::Tensor) = a - b
Base.Broadcast.broadcasted(::typeof(*), a::Tensor, b::Tensor) = two(LibTW.tw_op_mul)(a, b)
Base.Broadcast.broadcasted(::typeof(/), a::Tensor, b::Tensor) = two(LibTW.tw_op_div)(a, b)
Base.Broadcast.broadcasted(::typeof(==), a::Tensor, b::Tensor) = two(LibTW.tw_op_eq)(a, b)
for operator in (:+, :-, :*, :/)
    @eval Base.Broadcast.broadcasted(::typeof($operator), a::Tensor, value::Real) = $operator(a, value)
    operator === :/ || @eval Base.Broadcast.broadcasted(::typeof($operator), value::Real, a::Tensor) = $operator(value, a)
end
Base.Broadcast.broadcasted(::typeof(^), a::Tensor, exponent::Integer) = tensor_of(out -> LibTW.tw_op_pow_int64(out, a, exponent))
Base.Broadcast.broadcasted(::typeof(^), a::Tensor, exponent::Real) = tensor_of(out -> LibTW.tw_op_pow_double(out, a, exponent))
Base.Broadcast.broadcasted(::typeof(Base.literal_pow), ::typeof(^), a::Tensor, ::Val{N}) where {N} =
    Base.Broadcast.broadcasted(^, a, N)
for (name, entry) in (:exp => :tw_op_exp, :log => :tw_op_log, :sqrt => :tw_op_sqrt, :tanh => :tw_op_tanh)
    @eval Base.Broadcast.broadcasted(::typeof($name), a::Tensor) = tensor_of(out -> LibTW.$entry(out, a))
end

# Another function would be taken element by element over a copy, and no gradient would flow.
Base.Broadcast.broadcastable(::Tensor) =
    throw(ArgumentError("no such operation broadcasts over tensors here: use Torch.op(\"sin\", x), or Array(x)"))

for (name, entry) in (:relu => :tw_op_relu, :gelu => :tw_op_gelu, :sigmoid => :tw_op_sigmoid)
    @eval begin
        @doc $("    Torch.$name(input)\n\nAs `torch.nn.functional.$name`, element by element.")
        $name(input::Tensor) = tensor_of(out -> LibTW.$entry(out, input))
    end
end

for (name, entry) in (:softmax => :tw_op_softmax, :log_softmax => :tw_op_log_softmax)
    @eval begin
        @doc $("    Torch.$name(input; dim = -1)\n\nAs `torch.nn.functional.$name`; dimensions count from 0.")
        $name(input::Tensor; dim::Integer = -1) = tensor_of(out -> LibTW.$entry(out, input, dim))
    end
end

Base.sum(input::Tensor) = tensor_of(out -> LibTW.tw_op_sum(out, input))
"The mean of all elements, a tensor without dimensions."
mean(input::Tensor) = tensor_of(out -> LibTW.tw_op_mean(out, input))

"""
    Torch.argmax(input; dim = -1, keepdim = false)

The index of the largest element along `dim`; indices and dimensions count from 0, as LibTorch's do.
"""
argmax(input::Tensor; dim::Integer = -1, keepdim::Bool = false) = tensor_of(out -> LibTW.tw_op_argmax(out, input, dim, keepdim))

"""
    Torch.linear(input, weight, bias = nothing)

`input * weight' + bias`, as `torch.nn.functional.linear`.
"""
linear(input::Tensor, weight::Tensor, bias::Union{Nothing, Tensor} = nothing) =
    tensor_of(out -> LibTW.tw_op_linear(out, input, weight, bias === nothing ? C_NULL : bias))

"""
    Torch.conv2d(input, weight, bias = nothing; stride = 1, padding = 0, dilation = 1, groups = 1)

As `torch.nn.functional.conv2d`; numbers are for both dimensions, or tuples of rows and columns.
"""
function conv2d(input::Tensor, weight::Tensor, bias::Union{Nothing, Tensor} = nothing; given...)
    settings = options(LibTW.tw_op_conv2d_options, LibTW.tw_op_conv2d_options_init; given...)
    return tensor_of(out -> LibTW.tw_op_conv2d(out, input, weight, bias === nothing ? C_NULL : bias, settings))
end

"""
    Torch.max_pool2d(input, kernel_size; stride = kernel_size, padding = 0, dilation = 1, ceil_mode = false)

As `torch.nn.functional.max_pool2d`; numbers are for both dimensions, or tuples of rows and columns.
"""
function max_pool2d(input::Tensor, kernel_size; given...)
    settings = options(LibTW.tw_op_max_pool2d_options, LibTW.tw_op_max_pool2d_options_init; given...)
    return tensor_of(out -> LibTW.tw_op_max_pool2d(out, input, lengths(2, kernel_size), settings))
end

# One number for all dimensions, or one for each.
lengths(count, value::Integer) = fill(Int64(value), count)
function lengths(count, values)
    length(values) == count || throw(DimensionMismatch("$(length(values)) numbers for $count dimensions"))
    return Int64[values...]
end

"""
    Torch.dropout(input, p = 0.5; training = true)

While training, zeroes elements with probability `p` and scales the rest.
"""
dropout(input::Tensor, p::Real = 0.5; training::Bool = true) = tensor_of(out -> LibTW.tw_op_dropout(out, input, p, training))

"""
    Torch.reshape(input, sizes...)

The same elements in another shape, **in the order of rows**, as `torch.reshape`; one size may be -1.
"""
reshape(input::Tensor, sizes::Integer...) = tensor_of(out -> LibTW.tw_op_reshape(out, input, Int64[sizes...], length(sizes)))

"""
    Torch.flatten(input; start_dim = 0, end_dim = -1)

Joins dimensions into one, as `torch.flatten`; they count from 0.
"""
flatten(input::Tensor; start_dim::Integer = 0, end_dim::Integer = -1) =
    tensor_of(out -> LibTW.tw_op_flatten(out, input, start_dim, end_dim))

"""
    Torch.transpose(input, dim0, dim1)

A view with two dimensions swapped; they count from 0.
"""
transpose(input::Tensor, dim0::Integer, dim1::Integer) = tensor_of(out -> LibTW.tw_op_transpose(out, input, dim0, dim1))

"""
    Torch.cat(tensors; dim = 0)

Joins tensors along a dimension, which counts from 0.
"""
cat(tensors; dim::Integer = 0) = with_pointers(tensors, LibTW.tw_tensor) do pointers
    tensor_of(out -> LibTW.tw_op_cat(out, pointers, length(pointers), dim))
end
