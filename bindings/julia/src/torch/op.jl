# Any operator of LibTorch by its name.

"A device's name as an operator's argument, where a string would be a string: `Torch.op(\"zeros\", [2]; device = Torch.Device(\"cuda\"))`."
struct Device
    name::String
end

const MEMORY_FORMATS = (
    contiguous_format = LibTW.TW_CONTIGUOUS_FORMAT, preserve_format = LibTW.TW_PRESERVE_FORMAT,
    channels_last = LibTW.TW_CHANNELS_LAST, channels_last_3d = LibTW.TW_CHANNELS_LAST_3D,
)

# One argument, its name still to come; what its pointer points at is put into roots.
argument(kind; integer = 0, real = 0.0, pointer = C_NULL, count = 0) =
    LibTW.tw_argument(C_NULL, kind, 0, integer, real, pointer, count, (0, 0))

argument(::Nothing, roots) = argument(LibTW.TW_KIND_NONE)
argument(value::Bool, roots) = argument(LibTW.TW_KIND_BOOL; integer = value)
argument(value::Integer, roots) = argument(LibTW.TW_KIND_INT64; integer = value)
argument(value::Real, roots) = argument(LibTW.TW_KIND_DOUBLE; real = value)
argument(value::Type, roots) = argument(LibTW.TW_KIND_DTYPE; integer = Int64(dtype_number(value)))
argument(value::AbstractString, roots) = argument(LibTW.TW_KIND_STRING; pointer = rooted_text(value, roots))
argument(value::Device, roots) = argument(LibTW.TW_KIND_DEVICE; pointer = rooted_text(value.name, roots))

function argument(value::Symbol, roots)
    value === :bfloat16 && return argument(LibTW.TW_KIND_DTYPE; integer = Int64(dtype_number(value)))
    return argument(LibTW.TW_KIND_MEMORY_FORMAT; integer = Int64(TorchWarmup.symbol_of(MEMORY_FORMATS, value, "the memory format")))
end

function argument(value::Tensor, roots)
    push!(roots, value)
    return argument(LibTW.TW_KIND_TENSOR; pointer = Base.unsafe_convert(Ptr{LibTW.tw_tensor}, value))
end

function argument(value::Generator, roots)
    push!(roots, value)
    return argument(LibTW.TW_KIND_GENERATOR; pointer = Base.unsafe_convert(Ptr{LibTW.tw_generator}, value))
end

function argument(values::Union{Tuple, AbstractVector}, roots)
    kind, list = if all(value -> value isa Bool, values) && !isempty(values)
        LibTW.TW_KIND_BOOL_LIST, Int32[values...]
    elseif all(value -> value isa Integer, values)
        LibTW.TW_KIND_INT64_LIST, Int64[values...]
    elseif all(value -> value isa Real, values)
        LibTW.TW_KIND_DOUBLE_LIST, Cdouble[values...]
    elseif all(value -> value isa Union{Nothing, Tensor}, values)
        LibTW.TW_KIND_TENSOR_LIST, tensor_pointers(values, roots)
    else
        throw(ArgumentError("a list of $(join(unique(map(typeof, values)), ", ")) is no argument of an operator"))
    end
    push!(roots, list)
    return argument(kind; pointer = pointer(list), count = length(list))
end

argument(value, roots) = throw(ArgumentError("a $(typeof(value)) is no argument of an operator"))

function tensor_pointers(values, roots)
    push!(roots, values)
    return Ptr{LibTW.tw_tensor}[value === nothing ? C_NULL : Base.unsafe_convert(Ptr{LibTW.tw_tensor}, value) for value in values]
end

function rooted_text(value, roots)
    text = Base.cconvert(Cstring, String(value))
    Base.unsafe_convert(Cstring, text) # refuses a 0 within
    push!(roots, text)
    return pointer(text)
end

named(argument, name, roots) =
    LibTW.tw_argument(rooted_text(name, roots), argument.kind, 0, argument.integer, argument.real, argument.pointer, argument.count, (0, 0))

function with_arguments(call, positional, keywords)
    roots = Any[]
    list = LibTW.tw_argument[argument(value, roots) for value in positional]
    for (name, value) in keywords
        push!(list, named(argument(value, roots), string(name), roots))
    end
    return GC.@preserve roots call(list, length(list))
end

"""
    Torch.op(name, arguments...; keywords...)

Calls an operator of LibTorch of one result by its name: `"conv2d"`, `"aten::add.Tensor"`, or as Python has it, `"F.relu"`. Arguments are
tensors, numbers, `Bool`s, strings, types, a [`Torch.Device`](@ref), `nothing`, and vectors or tuples of tensors, numbers or `Bool`s.

```julia
y = Torch.op("conv2d", x, weight, bias; stride = [2, 2])
```
"""
op(name::AbstractString, arguments...; keywords...) =
    with_arguments((list, count) -> tensor_of(out -> LibTW.tw_op_call_one(out, name, list, count)), arguments, keywords)

"""
    Torch.ops(name, arguments...; keywords...)

Calls an operator of several results and gives a vector of them, `nothing` standing for None; otherwise as [`Torch.op`](@ref).
"""
function ops(name::AbstractString, arguments...; keywords...)
    with_arguments(arguments, keywords) do list, count
        listed(out -> LibTW.tw_op_call(out, name, list, count))
    end
end

"""
    Torch.op!(name, arguments...; keywords...)

Calls an operator for what it does to its arguments, such as `"zero_"`; gives `nothing`.
"""
op!(name::AbstractString, arguments...; keywords...) =
    with_arguments((list, count) -> check(LibTW.tw_op_call(C_NULL, name, list, count)), arguments, keywords)

# The tensors of a list that a call of C's gives.
function listed(make)
    list = created(make, LibTW.tw_tensor_list)
    try
        count = number(out -> LibTW.tw_tensor_list_get_count(out, list), Csize_t)
        return map(1:Int(count)) do i
            pointer = created(out -> LibTW.tw_tensor_list_get(out, list, i - 1), LibTW.tw_tensor)
            pointer == C_NULL ? nothing : Tensor(pointer)
        end
    finally
        LibTW.tw_tensor_list_free(list)
    end
end
