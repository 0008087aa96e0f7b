# Tensors: from and to arrays, looked into, copied, differentiated.

"""
    Torch.Tensor(array; reversed = false)
    Torch.Tensor(number)

A tensor on the CPU with a copy of the array's elements, of the array's sizes and indices; or of one element and no dimensions. With
`reversed = true` the elements stay in the order in which they lie, and the sizes are the array's in reverse.

```julia
julia> Torch.Tensor([1.0 2.0; 3.0 4.0; 5.0 6.0]) |> size
(3, 2)
```
"""
mutable struct Tensor <: Handle
    pointer::Ptr{LibTW.tw_tensor}
    function Tensor(pointer::Ptr{LibTW.tw_tensor})
        tensor = finalizer(collect_tensor, new(pointer))
        enter_scope(tensor)
        count_tensor()
        return tensor
    end
end

tensor_of(make) = Tensor(created(make, LibTW.tw_tensor))
TorchWarmup.free(pointer::Ptr{LibTW.tw_tensor}) = LibTW.tw_tensor_free(pointer)

# The collector sees 16 bytes of a tensor. So it is called when the number of handles has doubled.
const LIVE = Threads.Atomic{Int}(0)
const LIMIT = Threads.Atomic{Int}(5000)

function count_tensor()
    Threads.atomic_add!(LIVE, 1) >= LIMIT[] || return
    GC.gc(false)
    LIMIT[] >= 2 * LIVE[] || (LIMIT[] = 2 * LIVE[])
    return
end

function collect_tensor(tensor::Tensor)
    tensor.pointer == C_NULL || Threads.atomic_sub!(LIVE, 1)
    return free_now(tensor)
end

Base.close(tensor::Tensor) = collect_tensor(tensor)

# ---- scopes

const SCOPE = :TorchWarmup_scope

"""
    Torch.scope(f)

Runs `f()` and frees the tensors that were made meanwhile, but for those that it returns: a tensor, or a tuple, named tuple or
vector of tensors and other things. Scopes may lie in one another. What is to outlive a scope by another way than being returned is
made outside, or filled by [`Torch.copy_from!`](@ref).
"""
function scope(f)
    outer = get(task_local_storage(), SCOPE, nothing)
    made = Tensor[]
    task_local_storage()[SCOPE] = made
    result = nothing
    try
        result = f()
    finally
        outer === nothing ? delete!(task_local_storage(), SCOPE) : (task_local_storage()[SCOPE] = outer)
        kept = tensors_in(result)
        for tensor in made
            any(each -> each === tensor, kept) ? (outer === nothing || push!(outer, tensor)) : close(tensor)
        end
    end
    return result
end

function enter_scope(tensor)
    current_task().storage === nothing && return
    made = get(task_local_storage(), SCOPE, nothing)
    made === nothing || push!(made::Vector{Tensor}, tensor)
    return
end

tensors_in(tensor::Tensor) = (tensor,)
tensors_in(several::Union{Tuple, NamedTuple, AbstractVector}) = Tensor[tensor for each in several for tensor in tensors_in(each)]
tensors_in(_) = ()

# ---- types

const DTYPES = (
    UInt8 => LibTW.TW_UINT8, Int8 => LibTW.TW_INT8, Int16 => LibTW.TW_INT16, Int32 => LibTW.TW_INT32, Int64 => LibTW.TW_INT64,
    Float16 => LibTW.TW_FLOAT16, Float32 => LibTW.TW_FLOAT32, Float64 => LibTW.TW_FLOAT64, Bool => LibTW.TW_BOOL,
    :bfloat16 => LibTW.TW_BFLOAT16,
)

function dtype_number(type)
    for (each, number) in DTYPES
        each === type && return number
    end
    throw(ArgumentError("there are no tensors of $type; there are those of $(join(map(first, DTYPES), ", "))"))
end

"The type of a tensor's elements, a type of Julia's; of bfloat16, which Julia has not, the symbol `:bfloat16`."
function Base.eltype(tensor::Tensor)
    found = number(out -> LibTW.tw_tensor_get_dtype(out, tensor), LibTW.tw_dtype)
    return first(DTYPES[findfirst(pair -> pair[2] === found, DTYPES)])
end

# ---- from arrays

# The elements as LibTorch has them, in rows.
in_rows(array::AbstractArray{T, N}) where {T, N} = N < 2 ? convert(Array{T, N}, array) : permutedims(array, N:-1:1)

function Tensor(array::AbstractArray{T}; reversed::Bool = false) where {T}
    data = reversed ? convert(Array, array) : in_rows(array)
    sizes = Int64[(reversed ? Base.reverse(size(array)) : size(array))...]
    return tensor_of(out -> LibTW.tw_tensor_from_data(out, data, sizeof(data), sizes, length(sizes), dtype_number(T)))
end

Tensor(value::Union{Bool, Int64, Int32, Int16, Int8, UInt8, Float16, Float32, Float64}) = Tensor(fill(value))

"""
    Torch.share(array; reversed = false)

A tensor over the array's own memory, of the array's sizes and indices, or of its sizes in reverse: writes through either are seen by
both. The array stays alive as long as anything in LibTorch uses its memory; do not change its length.
"""
function share(array::Array{T, N}; reversed::Bool = false) where {T, N}
    sizes = Int64[(reversed ? Base.reverse(size(array)) : size(array))...]
    strides = Int64[(reversed ? Base.reverse(Base.strides(array)) : Base.strides(array))...]
    return tensor_of() do out
        LibTW.tw_tensor_from_blob(
            out, array, sizeof(array), sizes, N, strides, dtype_number(T), keep(array), release_pointer(),
        )
    end
end

# ---- to arrays

"""
    Array(tensor; reversed = false)

An array with a copy of the elements, of the tensor's sizes and indices, or, as the elements lie, of its sizes in reverse. Elements of
bfloat16 come as `Float32`.
"""
function Base.Array(tensor::Tensor; reversed::Bool = false)
    eltype(tensor) === :bfloat16 && return Array(to(tensor, Float32); reversed = reversed)
    array = Array{eltype(tensor)}(undef, Base.reverse(size(tensor))...)
    check(LibTW.tw_tensor_copy_data(array, sizeof(array), C_NULL, tensor))
    return reversed || ndims(array) < 2 ? array : permutedims(array, ndims(array):-1:1)
end

Base.collect(tensor::Tensor) = Array(tensor)

"""
    tensor[]

The value of a tensor of one element: an `Int` or a `Bool` exactly, else a `Float64`.
"""
function Base.getindex(tensor::Tensor)
    kind = eltype(tensor)
    kind isa Type && kind <: Integer || return number(out -> LibTW.tw_tensor_get_item_double(out, tensor), Cdouble)
    value = number(out -> LibTW.tw_tensor_get_item_int64(out, tensor), Int64)
    return kind === Bool ? value == 1 : value
end

# ---- made of sizes

for (name, entry) in (:empty => :tw_tensor_empty, :zeros => :tw_tensor_zeros, :ones => :tw_tensor_ones)
    @eval begin
        @doc $("    Torch.$name(sizes...; dtype = Float32, device = \"cpu\")\n\nA tensor, as `torch.$name` makes it.")
        function $name(sizes::Integer...; dtype = Float32, device = "cpu")
            lengths = Int64[sizes...]
            return tensor_of(out -> LibTW.$entry(out, lengths, length(lengths), dtype_number(dtype), device))
        end
    end
end

for (name, entry) in (:rand => :tw_tensor_rand, :randn => :tw_tensor_randn)
    @eval begin
        @doc $("    Torch.$name(sizes...; dtype = Float32, device = \"cpu\", generator = nothing)\n\nRandom numbers, as `torch.$name`.")
        function $name(sizes::Integer...; dtype = Float32, device = "cpu", generator = nothing)
            lengths = Int64[sizes...]
            source = generator === nothing ? C_NULL : generator
            return tensor_of(out -> LibTW.$entry(out, lengths, length(lengths), dtype_number(dtype), device, source))
        end
    end
end

"""
    Torch.full(value, sizes...; dtype, device = "cpu")

A tensor with every element equal to `value`; of `Int64` for an integer and of `Float32` for another number, unless `dtype` says.
"""
full(value::Integer, sizes::Integer...; dtype = Int64, device = "cpu") =
    tensor_of(out -> LibTW.tw_tensor_full_int64(out, Int64[sizes...], length(sizes), value, dtype_number(dtype), device))
full(value::Real, sizes::Integer...; dtype = Float32, device = "cpu") =
    tensor_of(out -> LibTW.tw_tensor_full_double(out, Int64[sizes...], length(sizes), value, dtype_number(dtype), device))

"""
    Torch.arange(start, stop, step = 1; dtype, device = "cpu")

The numbers `start, start + step, ...` up to but without `stop`.
"""
arange(start::Integer, stop::Integer, step::Integer = 1; dtype = Int64, device = "cpu") =
    tensor_of(out -> LibTW.tw_tensor_arange_int64(out, start, stop, step, dtype_number(dtype), device))
arange(start::Real, stop::Real, step::Real = 1; dtype = Float32, device = "cpu") =
    tensor_of(out -> LibTW.tw_tensor_arange_double(out, start, stop, step, dtype_number(dtype), device))

# ---- looking into one

Base.size(tensor::Tensor) = Tuple(Int.(numbers((out...) -> LibTW.tw_tensor_get_sizes(out..., tensor), Int64)))
Base.size(tensor::Tensor, dimension::Integer) = size(tensor)[dimension]
Base.strides(tensor::Tensor) = Tuple(Int.(numbers((out...) -> LibTW.tw_tensor_get_strides(out..., tensor), Int64)))
Base.ndims(tensor::Tensor) = Int(number(out -> LibTW.tw_tensor_get_ndim(out, tensor), Csize_t))
Base.length(tensor::Tensor) = Int(number(out -> LibTW.tw_tensor_get_numel(out, tensor), Csize_t))

"The name of the device where a tensor lives, such as `\"cpu\"` or `\"cuda:0\"`."
device(tensor::Tensor) = text((out...) -> LibTW.tw_tensor_get_device(out..., tensor))

function Base.show(io::IO, tensor::Tensor)
    isopen(tensor) || return print(io, "Tensor (closed)")
    print(io, join(size(tensor), "×"), ndims(tensor) == 0 ? "" : " ", "Tensor of ", eltype(tensor), " on ", device(tensor))
end

function Base.show(io::IO, ::MIME"text/plain", tensor::Tensor)
    show(io, tensor)
    isopen(tensor) && print(io, ":\n", text((out...) -> LibTW.tw_tensor_format(out..., tensor)))
end

# ---- copies

"""
    Torch.to(tensor, dtype)
    Torch.to(tensor, device)
    Torch.to(network, device)

A tensor of another dtype (a type) or on another device (a string), or another handle where it is so already. A module moves itself.
"""
to(tensor::Tensor, dtype::Union{Type, Symbol}) = tensor_of(out -> LibTW.tw_tensor_to_dtype(out, tensor, dtype_number(dtype)))
to(tensor::Tensor, device::AbstractString) = tensor_of(out -> LibTW.tw_tensor_to_device(out, tensor, device))

Base.copy(tensor::Tensor) = tensor_of(out -> LibTW.tw_tensor_clone(out, tensor))
Base.deepcopy_internal(tensor::Tensor, seen::IdDict) = get!(() -> copy(tensor), seen, tensor)

"A tensor over the same memory that no gradient flows through."
detach(tensor::Tensor) = tensor_of(out -> LibTW.tw_tensor_detach(out, tensor))

"Another handle to the very same tensor, its gradient and its graph included."
alias(tensor::Tensor) = tensor_of(out -> LibTW.tw_tensor_share(out, tensor))

"""
    Torch.copy_from!(tensor, source)

Copies the elements of another tensor, or of an array, into one that is there already, converting and broadcasting.
"""
function copy_from!(tensor::Tensor, source::Tensor)
    check(LibTW.tw_tensor_copy_from(tensor, source))
    return tensor
end
function copy_from!(tensor::Tensor, source::AbstractArray)
    scope(() -> (copy_from!(tensor, Tensor(source)); nothing))
    return tensor
end

# ---- gradients

"""
    Torch.requires_grad!(tensor, requires = true)

Says whether gradients are to be gathered for the tensor; gives the tensor.
"""
function requires_grad!(tensor::Tensor, requires::Bool = true)
    check(LibTW.tw_tensor_set_requires_grad(tensor, requires))
    return tensor
end

"Whether gradients are gathered for the tensor."
requires_grad(tensor::Tensor) = number(out -> LibTW.tw_tensor_get_requires_grad(out, tensor), Int32) == 1

"The tensor's gradient, or `nothing` where there is none yet."
function grad(tensor::Tensor)
    pointer = created(out -> LibTW.tw_tensor_get_grad(out, tensor), LibTW.tw_tensor)
    return pointer == C_NULL ? nothing : Tensor(pointer)
end

"""
    Torch.set_grad!(tensor, gradient)

Sets the tensor's gradient, or removes it where `gradient` is `nothing`.
"""
set_grad!(tensor::Tensor, ::Nothing) = check(LibTW.tw_tensor_set_grad(tensor, C_NULL))
set_grad!(tensor::Tensor, gradient::Tensor) = check(LibTW.tw_tensor_set_grad(tensor, gradient))

"""
    Torch.backward!(loss; gradient = nothing, retain_graph = false)

Adds the gradient of a tensor, such as a loss, to every leaf that it depends on. One of several elements needs the `gradient` with
respect to itself.
"""
backward!(loss::Tensor; gradient::Union{Nothing, Tensor} = nothing, retain_graph::Bool = false) =
    check(LibTW.tw_tensor_backward(loss, gradient === nothing ? C_NULL : gradient, retain_graph))
